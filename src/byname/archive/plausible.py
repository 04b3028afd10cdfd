"""A tally over plausible linkages: only the people whom some draw changes are counted again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import duckdb

from byname.archive.linkages import sampled_linkages
from byname.counts import cells
from byname.counts.folding import fold, rows_of
from byname.counts.joining import joined
from byname.counts.question import Question
from byname.counts.tally import Tally, TallyRow

_CUT = 40
"""One in so many draws is left out at each end: 95 of 100 remain."""
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draws:
    """How many linkages to draw, with which seed, and who is told what is being done."""

    number: int
    seed: int
    step: Callable[[str], None]


TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched AS
SELECT f.*, m.person AS usual FROM facts f JOIN members m USING (record)
WHERE m.person IN (
    SELECT person FROM members WHERE record IN
        (SELECT record FROM linkage_draws UNION SELECT person FROM linkage_draws)
)
"""
UNTOUCHED = "(SELECT * FROM person_facts WHERE person NOT IN (SELECT usual FROM touched))"
DRAWN = """
SELECT t.*, coalesce(d.person, t.usual) AS person
FROM touched t LEFT JOIN (SELECT * FROM linkage_draws WHERE draw = {draw}) d USING (record)
"""


def with_intervals(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    tally: Tally,
    draws: Draws,
    titles: dict[int, str],
) -> Tally:
    """Return ``tally`` with what each number is over plausible linkages."""
    if question.records:
        why = "Records are counted as they are; how they are linked does not matter to them."
        return replace(tally, notes=(*tally.notes, why))
    draws.step("drawing linkages")
    unsure = sampled_linkages(connection, draws.number, draws.seed)
    connection.execute(TOUCHED)

    def counted(people: str) -> tuple[int, Counter[Keys]]:
        found = [
            connection.execute(query.sql, query.values).fetchall()
            for query in (cells.totals(question, people), cells.cells(question, people))
        ]
        total = sum(row[1] for row in found[0] if row[0] == cells.WITHIN)
        return total, fold(question, found[1], titles).rows if question.by else Counter()

    rest, rest_rows = counted(UNTOUCHED)
    totals: list[int] = []
    rows: list[Counter[Keys]] = []
    draws.step("counting again")
    for draw in range(draws.number):
        total, found = counted(f"({joined(DRAWN.format(draw=draw))})")
        totals.append(rest + total)
        rows.append(rest_rows + found)
    low, high = _ends(totals)
    return replace(
        tally,
        rows=_rows(question, tally.rows, rows),
        total_low=low,
        total_high=high,
        notes=(*tally.notes, _note(tally.total, totals, unsure)),
    )


def _ends(values: Sequence[int]) -> tuple[int, int]:
    ordered = sorted(values)
    cut = len(ordered) // _CUT
    return ordered[cut], ordered[-1 - cut]


def _rows(
    question: Question, rows: Sequence[TallyRow], drawn: Sequence[Counter[Keys]]
) -> tuple[TallyRow, ...]:
    """Return the rows with their ends, and those that only a draw has, counted 0."""
    counts = {row.keys: row.count for row in rows}
    for one in drawn:
        counts |= {keys: 0 for keys in one if keys not in counts}
    found = []
    for row in rows_of(question, counts):
        low, high = _ends([one[row.keys] for one in drawn])
        found.append(replace(row, low=low, high=high))
    return tuple(found)


def _note(total: int, totals: Sequence[int], unsure: int) -> str:
    low, high = _ends(totals)
    pairs = f"{unsure:,} pair{'' if unsure == 1 else 's'} of records could be otherwise"
    outside = (
        "" if low <= total <= high
        else " (the linkage in use takes every link likelier than not, and lies outside)"
    )  # fmt: skip
    return (
        f"{len(totals)} plausible linkages give {low:,} to {high:,}{outside}: {pairs}, each "
        "drawn by its probability; decisions by people stand. Who stands on no list is not in it."
    )
