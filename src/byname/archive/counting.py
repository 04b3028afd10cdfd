"""Counting in an open archive: runs the queries of a question and puts a tally together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import duckdb

from byname.counts import cells
from byname.counts.folding import fold, gaps_of, rows_of
from byname.counts.question import TIME, Question
from byname.counts.sentences import basis
from byname.counts.tally import Tally
from byname.errors import UsageError


def count(
    connection: duckdb.DuckDBPyConnection, question: Question, source: str | None = None
) -> Tally:
    """Return the tally that ``question`` asks for, of the lists that ``source`` names."""
    if source is not None:
        question = replace(
            question,
            sources=sources_called(connection, source),
            shown=question.shown | {"source": source},
        )
    titles = _titles(connection)
    linked = bool(connection.execute("SELECT 1 FROM members LIMIT 1").fetchall())
    question = replace(question, records=question.records or not linked)
    folded = fold(question, _rows(connection, cells.cells(question)), titles)
    stood = {row[0]: row for row in _rows(connection, cells.totals(question))}
    total = stood.get(cells.WITHIN, (0, 0, 0, 0))[1]
    placed = sum(folded.rows.values()) + sum(folded.gaps.values())
    return Tally(
        what=question.what,
        by=question.by,
        unit="records" if question.records else "people",
        rows=rows_of(question, folded.rows) if question.by else (),
        total=total,
        undated=sum(n for (axis, *_), n in folded.gaps.items() if axis in TIME),
        gaps=gaps_of(folded.gaps),
        filters=question.shown,
        notes=tuple(basis(question)),
        exclusive=placed <= total,
    )


def _titles(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    return dict(connection.execute("SELECT id, title FROM sources ORDER BY id").fetchall())


def _rows(connection: duckdb.DuckDBPyConnection, query: cells.Query) -> list[Any]:
    return connection.execute(query.sql, query.values).fetchall()


def sources_called(connection: duckdb.DuckDBPyConnection, words: str) -> tuple[int, ...]:
    """Return the lists that have ``words`` in their titles, or that number.

    Raises:
        UsageError: no list is called so.

    """
    asked = words.strip().lower()
    titles: Mapping[int, str] = _titles(connection)
    found = [number for number in titles if asked == str(number)]
    found = found or [number for number, title in titles.items() if asked in title.lower()]
    if not found:
        raise UsageError(
            f'No list of this archive is called "{words}"; `byname sources` prints them.'
        )
    return tuple(found)
