"""To whom a deed was done: the person of a clause whom "was shot" is told of."""

from __future__ import annotations

import re
from itertools import pairwise

from byname.claims.cases import nominative, russian
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Base

PASSIVE = re.compile(
    r"(?:\b(?:was|were|been|being|be|is|are|got|had)\b(?:\s+\w+){0,5}\s*|,\s*)$"
    r"|(?:\b(?:был[аи]?|быть|будет)\b(?:\s+\w+){0,2}\s*)$",
    re.IGNORECASE,
)
DONE_TO = frozenset(
    ["arrested", "shot", "sentenced", "tried", "expelled", "exiled", "rehabilitated", "removed",
     "appointed", "executed", "convicted", "killed", "assassinated", "death-sentences",
     "dismissed"]
)  # fmt: skip
_OWNED = re.compile(r"['’]s\s+(?!(?:own\s+)?$)")
"""It is not Bukharin who is told of in "Bukharin's widow was shot"."""
_NOUN = re.compile(
    r"(?:own |final |second |first |brutal |sudden |alleged )*(?:murder|death|execution|arrest"
    r"|trial"
    r"|suicide|assassination|dismissal|removal|appointment|rehabilitation|expulsion|exile|killing"
    r"|conviction|sentence)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\W*(?:(?:and|or|и|as well as|along with|together with|then)\W+)?(?:[A-ZА-ЯЁ][\w.]*\s+"
    r"|marshal\s+)"
    r"{0,3}",
)
_AFTER = re.compile(
    r"\s+(?:(?:the|former|old|Marshal|marshal|General|general|[A-Z][\w.]*)\s+){0,3}"
)
_OF = re.compile(r"\s*(?:of|at)\s+(?:\w+\s+){0,3}")
_OTHERS = re.compile(
    r"\b(?<!in )(?<!of )(?<!at )(?<!on )(?<!by )(?<!with )(?<!from )(?<!to )(?<!after )(?<!for )"
    r"(?<!under )(?<!as )(?<!was )(?<!during )(?<!before )(?:the|an?|his|her|their|all|many|most"
    r"|some"
    r"|those|these|whose|others)\b.*\b(?:was|were|be|been|being)\b",
    re.IGNORECASE,
)
"""Between a person and a passive: a subject that is not the person."""
_WANTED = re.compile(
    r"\b(?:demand|order|want|vot|ask|urg|sign|request|call|propos|approv|sanction|insist|decid"
    r"|consent|agree|condemn)\w*\b(?!\s+by\b)",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(
    r"(?:perish|fell\b|met |lost (?:his|her|their) li|paid with|did not survive|succumb|погиб)",
    re.IGNORECASE,
)
"""Words for a death that nobody is said to inflict."""
_RU_ACTIVE = re.compile(r"л[аи]?$")
_RU_SHORT = re.compile(r"(?:[нт]|[нт]а|[нт]ы)$")


def befell(act: Tag, own: str, reading: Reading, statement: Statement) -> bool:
    """Tell whether an act was done to (or by, where nobody else is) the person of a life."""
    text = reading.text
    if _inside(act, statement) or _quoted_apart(act, reading, statement):
        return False  # "shot himself" is not "shot"
    people = [t for t in statement.tags if t.kind == "person" and not t.inner]
    meant = [t for t in people if not owns(t, act, text)]
    before = _subjects([t for t in meant if t.end <= act.start], act, text)
    after = [t for t in meant if t.start >= act.end]
    if russian(text[act.start : act.end]) and meant:
        return _befell_russian(act, own, before, after, reading)
    if after and (hit := _object(act, before, after, text)) is not None:
        return hit.term == own
    if not before:
        return _left_out(act, own, reading, statement)
    return _befell_before(act, own, before, reading, statement)


_VERB_TO = re.compile(
    r"\s+(?:\w+ly\s+)?(?:had\s+)?\w+(?:ed|met|led|knew)\s+(?:the\s+)?(?:Marshal\s+|General\s+)?"
)
_AND_THEN = re.compile(r"\s*,?\s*(?:and|but|then)\b")


def _subjects(before: list[Tag], act: Tag, text: str) -> list[Tag]:
    """Leave out whom the subject did something to before: "Beria replaced Yezhov and was shot"."""
    if not before[1:] or not _AND_THEN.match(text, before[-1].end, act.start):
        return before
    between = text[before[-2].end : before[-1].start]
    return before[:-1] if _VERB_TO.fullmatch(between) else before


def _befell_before(
    act: Tag, own: str, before: list[Tag], reading: Reading, statement: Statement
) -> bool:
    text = reading.text
    row = _row(before, text)
    if own not in {t.term for t in row}:
        return False
    if act.term not in DONE_TO or _OF_ITSELF.match(text, act.start):
        return True
    between = re.sub(r",[^,]*,", " ", text[row[-1].end : act.start])
    if _OTHERS.search(between) or _WANTED.search(between):
        return False
    lead = text[max(statement.start, act.start - 40) : act.start]
    return bool(PASSIVE.search(lead) or re.search(r"(?:['’]s|\bhis|\bher)\s*$", lead))


def _inside(act: Tag, statement: Statement) -> bool:
    return any(
        t.start <= act.start and act.end <= t.end and t.end - t.start > act.end - act.start
        for t in statement.tags
        if t.kind == "act" and t.term != act.term
    )


def _quoted_apart(act: Tag, reading: Reading, statement: Statement) -> bool:
    """Tell whether an act stands in a quotation and its people do not."""
    return any(
        q.inner_start <= act.start < q.inner_end and statement.start < q.start
        for q in reading.quotes
    )


def owns(tag: Tag, act: Tag, text: str) -> bool:
    """Tell whether a name only says whose: "Bukharin's widow", "his deputy"."""
    said = text[tag.start : tag.end].lower()
    if tag.lent and said in ("his", "her"):
        return act.start - tag.end > 12 or not _NOUN.match(text[tag.end :].lstrip()[:40])
    at = tag.end - 2 if said.endswith(("'s", "’s")) else tag.end
    owned = re.match(r"['’]s\s+", text[at : at + 4])
    if owned is None:
        return False
    return not _NOUN.match(text[at + owned.end() : at + 60])


def _row(before: list[Tag], text: str) -> list[Tag]:
    """Return the people named together right before an act: "Yakir, Kork and Putna were"."""
    row = [before[-1]]
    for one, two in reversed(list(pairwise(before))):
        if not _LISTED.fullmatch(text[one.end : two.start]):
            break
        row.insert(0, one)
    return row


def _object(act: Tag, before: list[Tag], after: list[Tag], text: str) -> Tag | None:
    """Return whom an active verb is said of, or a noun: "shot Kirov", "the arrest of Beria"."""
    between = text[act.end : after[0].start]
    if _OF.fullmatch(between):
        return after[0]
    if not _AFTER.fullmatch(between):
        return None
    lead = text[max(0, act.start - 40) : act.start]
    if before and act.term in DONE_TO and PASSIVE.search(lead) and not lead.rstrip().endswith(","):
        return None
    return after[0]


_JOINS = re.compile(
    r"(?:and|then|later|soon|finally|afterwards|was|had been|who|и|а|затем|потом|позже|был|была"
    r"|\s)*"
)


def _left_out(act: Tag, own: str, reading: Reading, statement: Statement) -> bool:
    """Tell whether a clause without a subject has the person of the clause before: "and shot"."""
    lead = reading.text[statement.start : act.start].lower().strip(" ,")
    sentence = reading.sentences[statement.sentence]
    earlier = [
        t for t in sentence.tags if t.kind == "person" and not t.inner and t.end <= statement.start
    ]
    named = any(t.kind == "person" for t in statement.tags)
    earlier = _subjects([t for t in earlier if not owns(t, act, reading.text)], act, reading.text)
    if named or not earlier:
        return False
    if not _JOINS.fullmatch(lead):
        return False
    return {t.term for t in _row(earlier, reading.text)} == {own} or earlier[0].term == own


def _subject(tag: Tag, text: str, base: Base) -> bool:
    if tag.lent:
        return text[tag.start : tag.end].lower() in ("он", "она", "оба", "они")
    return nominative(tag, text, base)


def _befell_russian(
    act: Tag, own: str, before: list[Tag], after: list[Tag], reading: Reading
) -> bool:
    text, base = reading.text, reading.base
    word = text[act.start : act.end].split()[-1].lower()
    near = [*_row(before, text)] if before else []
    if after and re.fullmatch(r"\s+(?:\w+\s+){0,2}", text[act.end : after[0].start]):
        near.append(after[0])
    theirs = [t for t in near if t.term == own]
    if not theirs:
        return False
    subject = _subject(theirs[0], text, base)
    if act.term not in DONE_TO or _OF_ITSELF.match(word):
        return True
    if _RU_ACTIVE.search(word):
        return not subject
    if _RU_SHORT.search(word):
        return subject
    return theirs[0].start >= act.end  # "арест Бухарина", "расстрелянный Бухарин"
