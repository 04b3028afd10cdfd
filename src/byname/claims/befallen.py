"""To whom a deed was done: the person of a clause whom "was shot" is told of."""

from __future__ import annotations

import re

from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag

PASSIVE = re.compile(
    r"(?:\b(?:was|were|been|being|be|is|are|got|had)\b(?:\s+\w+){0,5}\s*|,\s*)$"
    r"|(?:\b(?:был[аи]?|быть|будет)\b(?:\s+\w+){0,2}\s*)$",
    re.IGNORECASE,
)
DONE_TO = frozenset(
    ["arrested", "shot", "sentenced", "tried", "expelled", "exiled", "rehabilitated", "removed", "appointed", "executed", "convicted", "killed", "assassinated", "death-sentences", "dismissed"]
)  # fmt: skip
_KIN = re.compile(
    r"['’]s\s+(?:\w+\s+){0,2}(?:wife|widow|husband|sons?|daughters?|brothers?|sisters?|father|mother"
    r"|children|family|parents|deput\w+|successor|aides?|secretar\w+|bodyguards?|judges?|murderer"
    r"|killer|assassin|ally|allies|colleagues?|friends?|followers?)\b",
    re.IGNORECASE,
)
"""It is not Bukharin who is told of in "Bukharin's widow"."""


def befell(act: Tag, own: str, reading: Reading, statement: Statement) -> bool:
    """Tell whether an act was done to (or by, where nobody else is) the person of a life."""
    text = reading.text
    people = [t for t in statement.tags if t.kind == "person"]
    people = [t for t in people if not _KIN.match(text, t.end - 2) and not _KIN.match(text, t.end)]
    if any(t.start <= act.start and act.end < t.end for t in statement.tags if t.kind == "act"):
        return False  # "shot himself" is not "shot"
    if statement.tags and own in {t.term for t in statement.tags} - {t.term for t in people}:
        return False
    before = [t for t in people if t.end <= act.start]
    after = [t for t in people if t.start >= act.end]
    if re.match(r"\s+(?:of|at|,)?\s*", text[act.end : act.end + 4]) and after:
        between = text[act.end : after[0].start]
        if after[0].term == own and re.fullmatch(r"\s*(?:of|at)?\s*(?:\w+\s+){0,3}", between):
            if act.term not in DONE_TO or " of" in between or not before:
                return True
    if before and before[-1].term != own:
        # "Yezhov replaced Yagoda" says nothing of Yagoda; a list of names does of each.
        listed = text[before[0].end : before[-1].start]
        if own not in {t.term for t in before} or not re.fullmatch(r"[\w\s,.]*", listed):
            return False
    if act.term not in DONE_TO:
        return True
    lead = text[max(statement.start, act.start - 40) : act.start]
    if PASSIVE.search(lead) or re.search(r"['’]s\s*$", lead):
        return True
    return any("а" <= c <= "я" for c in text[act.start : act.end].lower())
