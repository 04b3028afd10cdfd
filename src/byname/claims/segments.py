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
    edges = [statement.start, *cuts, end]
    return list(zip(edges, edges[1:], strict=False))


def placed(judged: list[Judgement], cut: list[Piece]) -> list[tuple[Piece, list[Judgement]]]:
    """Return the pieces that judgements rest on; pieces without any join the one before."""
    homes: dict[int, list[Judgement]] = {}
    for judgement in judged:
        homes.setdefault(_home(judgement, cut), []).append(judgement)
    found: list[tuple[Piece, list[Judgement]]] = []
    first = cut[0][0]
    for number in sorted(homes):
        later = [n for n in sorted(homes) if n > number]
        end = cut[later[0] - 1][1] if later else cut[-1][1]
        found.append(((first, end), homes[number]))
        first = end
    return found


def _home(judgement: Judgement, cut: list[Piece]) -> int:
    overlaps = [min(judgement.end, last) - max(judgement.start, first) for first, last in cut]
    return max(range(len(cut)), key=lambda n: (overlaps[n], -n))
