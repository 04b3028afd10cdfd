"""Small archives in memory, written row by row, and the same tally counted the plain way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import duckdb

from byname.archive import counting
from byname.archive.facts import write_facts, write_people
from byname.archive.plausible import Draws
from byname.archive.schema import create
from byname.counts import Tally
from byname.counts.question import ask


@dataclass(frozen=True)
class Told:
    """What an invented record tells; ``person`` is whom it truly speaks of."""

    person: str
    executed: tuple[str, ...] = ()
    """Dates of its cases; "" is an execution without a date."""
    fields: dict[str, Any] = field(default_factory=dict)
    source: int = 1


def archive_of(records: list[Told], linked: bool = True) -> duckdb.DuckDBPyConnection:
    """An archive in memory that holds ``records``, numbered from 1."""
    connection = duckdb.connect()
    create(connection, "tests")
    for source in sorted({one.source for one in records}):
        connection.execute(
            "INSERT INTO sources (id, title) VALUES (?, ?)", [source, f"Synthetic list {source}"]
        )
    first: dict[str, int] = {}
    for number, one in enumerate(records, 1):
        connection.execute(
            "INSERT INTO entries (id, source, raw) VALUES (?, ?, '')", [number, one.source]
        )
        values = {"fate": "executed" if one.executed else None, **one.fields}
        connection.execute(
            f"INSERT INTO records (id, {', '.join(values)}) VALUES (?{', ?' * len(values)})",
            [number, *values.values()],
        )
        for n, day in enumerate(one.executed, 1):
            connection.execute(
                "INSERT INTO cases (record, n, execution_date) VALUES (?, ?, ?)",
                [number, n, day or None],
            )
        person = first.setdefault(one.person, number)
        if linked:
            connection.execute("INSERT INTO members VALUES (?, ?)", [number, person])
    write_facts(connection)
    write_people(connection)
    return connection


def count(connection: duckdb.DuckDBPyConnection, **asked: Any) -> Tally:
    """The tally of an archive in memory."""
    number, seed = asked.pop("draws", 0), asked.pop("seed", 1)
    draws = Draws(number, seed, lambda words: None) if number else None
    source = asked.pop("source", None)
    question = counting.of_source(connection, ask(asked.pop("what", "executed"), **asked), source)
    return counting.count(connection, question, draws)


def rows_of(tally: Tally) -> dict[tuple[str, ...], int]:
    """Rows by their keys."""
    return {row.keys: row.count for row in tally.rows}


def reasons_of(tally: Tally) -> dict[str, int]:
    """Those without a row, by the reason."""
    found: Counter[str] = Counter()
    for gap in tally.gaps:
        found[gap.reason] += gap.count
    return dict(found)
