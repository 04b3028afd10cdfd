"""Where one claim ends and the next begins inside a clause.

"..., a close associate of Stalin, on 1 December 1934" tells three things that may be right and
wrong apart: a clause is cut at its commas, and each judgement belongs to the piece it rests on.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from byname.claims.model import Judgement
from byname.claims.reading import Statement
from byname.claims.verbs import FINITE, PREPOSITION, VERB

Piece = tuple[int, int]
_NAME: Final = r"[A-ZА-ЯЁ][\w'’-]+"
_NAME_BEFORE: Final = re.compile(rf"(?<!\w){_NAME}$")
_NAMES_AFTER: Final = re.compile(rf"\s+{_NAME}(?:\s+{_NAME})?(?:,|\s+(?:and|и))\s+{_NAME}(?!\w)")
_ASIDE: Final = (
    r",\s+(?:too|however|by\s+contrast|in\s+turn|in\s+fact|for\s+(?:instance|example|his\s+part)|then"
    r"|moreover|of\s+course|meanwhile|likewise|однако|например|впрочем|напротив|конечно|кстати)"
)
_ASIDE_AFTER: Final = re.compile(rf"{_ASIDE},", re.IGNORECASE)
_ASIDE_BEFORE: Final = re.compile(rf"{_ASIDE}$", re.IGNORECASE)
_LONGEST_LEAD: Final = 8


def pieces(text: str, statement: Statement, end: int) -> list[Piece]:
    """Return a clause cut at the commas that stand in no number, date or name."""
    held = [(m.start, m.end) for m in statement.moments]
    held += [(q.start, q.end) for q in statement.quantities]
    held += [(t.start, t.end) for t in statement.tags]
    cuts = [
        at + 1
        for at in range(statement.start, end - 1)
        if text[at] == ","
        and text[at + 1].isspace()
        and not any(a < at < b for a, b in held)
        and not _in_list(text, at)
        and not _ASIDE_AFTER.match(text, at)
        and not _ASIDE_BEFORE.search(text, max(statement.start, at - 24), at)
    ]
    while cuts and _leads_in(text, statement, cuts[0], end):
        cuts.pop(0)
    # "The Spanish Civil War (1936-1939) convinced Stalin": the bracketed date is a claim apart.
    cuts += [
        at + 1
        for at in range(statement.start, end - 1)
        if text[at] == ")" and any(text[m.end : at + 1].strip() == ")" for m in statement.moments)
    ]
    cuts.sort()
    edges = [statement.start, *cuts, end]
    return list(pairwise(edges))


def _in_list(text: str, at: int) -> bool:
    """Tell whether a comma stands in a list of names: "Getty, Rittersporn and Zemskov"."""
    if not _NAME_BEFORE.search(text, max(0, at - 24), at):
        return False
    return _NAMES_AFTER.match(text, at + 1) is not None


def _leads_in(text: str, statement: Statement, cut: int, end: int) -> bool:
    """Tell whether words without a verb lead in what follows: "In her book of 1999, Knight"."""
    start = statement.start
    if not PREPOSITION.match(text, start) or VERB.search(text, start, cut):
        return False
    if any(start <= q.start < cut for q in statement.quantities):
        return False
    short = len(text[start:cut].split()) <= _LONGEST_LEAD
    return short and FINITE.search(text, cut, end) is not None


def placed(
    judged: list[Judgement], cut: list[Piece], statement: Statement
) -> list[tuple[Piece, list[Judgement]]]:
    """Return the pieces that judgements rest on, with the words around that tell no number.

    A piece with a number of its own that nothing bears on stays out: it is not judged.
    """
    homes: dict[int, list[Judgement]] = {}
    for judgement in judged:
        homes.setdefault(_home(judgement, cut), []).append(judgement)
    counted = [q.start for q in statement.quantities if q.kind in ("count", "share", "rate")]
    found: list[tuple[Piece, list[Judgement]]] = []
    taken = -1
    for number in sorted(homes):
        first = number
        while first - 1 > taken and not any(
            cut[first - 1][0] <= at < cut[first - 1][1] for at in counted
        ):
            first -= 1
        found.append(((cut[first][0], cut[number][1]), homes[number]))
        taken = number
    return found


def _home(judgement: Judgement, cut: list[Piece]) -> int:
    overlaps = [min(judgement.end, last) - max(judgement.start, first) for first, last in cut]
    return max(range(len(cut)), key=lambda n: (overlaps[n], -n))
