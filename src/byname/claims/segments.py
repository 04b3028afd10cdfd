"""Where one claim ends and the next begins inside a clause.

"..., a close associate of Stalin, on 1 December 1934" tells three things that may be right and
wrong apart: a clause is cut at its commas, and each judgement belongs to the piece it rests on.
"""

from __future__ import annotations

from byname.claims.model import Judgement
from byname.claims.reading import Statement

Piece = tuple[int, int]


def pieces(text: str, statement: Statement, end: int) -> list[Piece]:
    """Return a clause cut at the commas that stand in no number, date or name."""
    held = [(m.start, m.end) for m in statement.moments]
    held += [(q.start, q.end) for q in statement.quantities]
    held += [(t.start, t.end) for t in statement.tags]
    cuts = [
        at + 1
        for at in range(statement.start, end - 1)
        if text[at] == "," and text[at + 1].isspace() and not any(a < at < b for a, b in held)
    ]
    # "The Spanish Civil War (1936-1939) convinced Stalin": the bracketed date is a claim apart.
    cuts += [
        at + 1
        for at in range(statement.start, end - 1)
        if text[at] == ")" and any(text[m.end : at + 1].strip() == ")" for m in statement.moments)
    ]
    cuts.sort()
    edges = [statement.start, *cuts, end]
    return list(zip(edges, edges[1:], strict=False))


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
