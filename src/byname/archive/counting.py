"""Counting in an open archive: runs the queries of a question and puts a tally together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import duckdb

from byname.archive import facts
from byname.archive.plausible import Draws, with_intervals
from byname.counts import cells
from byname.counts.folding import fold, gaps_of, rows_of
from byname.counts.question import TIME, Question
from byname.counts.sentences import Known, notes
from byname.counts.tally import Tally
from byname.errors import UsageError


def count(
    connection: duckdb.DuckDBPyConnection, question: Question, draws: Draws | None = None
) -> Tally:
    """Return the tally that ``question`` asks for, over plausible linkages if ``draws``."""
    tally, question = _counted(connection, question)
    if draws is None or not draws.number:
        return tally
    return with_intervals(connection, question, tally, draws, titles(connection))


def _counted(connection: duckdb.DuckDBPyConnection, question: Question) -> tuple[Tally, Question]:
    """Return the tally, and the question as it was answered: of records before any link."""
    linked = bool(_rows(connection, cells.Query("SELECT 1 FROM members LIMIT 1", [])))
    question = replace(question, records=question.records or not linked)
    folded = fold(question, _rows(connection, cells.cells(question)), titles(connection))
    total, differ, several = _totals(connection, question)
    rows, gaps = rows_of(question, folded.rows), gaps_of(folded.gaps)
    known = Known(
        total=total,
        differ=differ,
        several=several,
        perhaps=folded.perhaps,
        undated=folded.undated,
        condemned=_condemned(connection, question),
        linked=linked,
        waiting=_one(connection, _WAITING) if linked else 0,
        gone=_one(connection, "SELECT count(*) FROM entries WHERE absent_run IS NOT NULL"),
        stale=not facts.fresh(connection),
    )
    tally = Tally(
        what=question.what,
        by=question.by,
        unit="records" if question.records else "people",
        rows=rows if question.by else (),
        total=total,
        undated=sum(gap.count for gap in gaps if gap.axis in TIME),
        gaps=gaps,
        filters=question.shown,
        notes=notes(question, rows, gaps, known),
        exclusive=sum(row.count for row in rows) + sum(gap.count for gap in gaps) <= total,
    )
    return tally, question


_WAITING = "SELECT count(*) - (SELECT count(*) FROM members) FROM records"


def _totals(connection: duckdb.DuckDBPyConnection, question: Question) -> tuple[int, int, int]:
    """Return how many there are, how many with dates that differ, how many with several."""
    for stands, total, differ, several in _rows(connection, cells.totals(question)):
        if stands == cells.WITHIN:
            return total, differ, several
    return 0, 0, 0


def _condemned(connection: duckdb.DuckDBPyConnection, question: Question) -> int:
    if question.what != "executed" or question.window:
        return 0
    return sum(row[1] for row in _rows(connection, cells.condemned(question)))


def titles(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Return the lists of the archive by number."""
    return dict(connection.execute("SELECT id, title FROM sources ORDER BY id").fetchall())


def _rows(connection: duckdb.DuckDBPyConnection, query: cells.Query) -> list[Any]:
    return connection.execute(query.sql, query.values).fetchall()


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def of_source(
    connection: duckdb.DuckDBPyConnection, question: Question, words: str | None
) -> Question:
    """Return the question about the lists that have ``words`` in their titles, or that number.

    Raises:
        UsageError: no list is called so.

    """
    if words is None:
        return question
    asked = words.strip().lower()
    known: Mapping[int, str] = titles(connection)
    found = [number for number in known if asked == str(number)]
    found = found or [number for number, title in known.items() if asked in title.lower()]
    if not found:
        raise UsageError(
            f'No list of this archive is called "{words}"; `byname sources` prints them.'
        )
    return replace(question, sources=tuple(found), shown=question.shown | {"source": words})
