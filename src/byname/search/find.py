"""A name in any script -> the people of an archive who may be meant, with reasons."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import Any

import duckdb

from byname.errors import UsageError
from byname.search.candidates import candidates
from byname.search.query import read_query
from byname.search.rank import THRESHOLD, Ranked, rank

NOT_LINKED = "not yet linked: each record stands alone"
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of a person, with the entry it was read from."""

    source: str
    locator: str
    raw: str
    record: int
    title: str | None = None


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person who may be meant."""

    person: str
    name: str
    birth: str | None
    score: float
    reasons: list[str]
    records: list[FoundRecord]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: ``people`` best first, or, when nobody fits, the ``nearest``."""

    query: str
    people: list[FoundPerson]
    nearest: list[FoundPerson] = field(default_factory=list)
    took_ms: float = 0.0
    note: str = NOT_LINKED

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as the JSON of ``byname find``."""
        return asdict(self)


def find(
    connection: duckdb.DuckDBPyConnection, query: str, born: int | None = None, limit: int = 10
) -> Found:
    """Answer ``query``; ``born`` counts before a year in the text."""
    if limit < 1:
        raise UsageError(f"The limit is {limit}; ask for at least 1 person.")
    clock = time.perf_counter()
    asked = read_query(query, born)
    rows = _rows(connection, candidates(connection, asked))
    ranked = sorted(
        (rank(asked, row) for row in rows.values()), key=lambda one: (-one.score, one.record)
    )
    good = [one for one in ranked if one.score >= THRESHOLD]
    people = _people(connection, rows, good[:limit])
    nearest = [] if good else _people(connection, rows, ranked[: min(limit, _NEAREST)])
    return Found(query, people, nearest, round((time.perf_counter() - clock) * 1000, 1))


def _rows(connection: duckdb.DuckDBPyConnection, ids: list[int]) -> dict[int, dict[str, Any]]:
    cursor = connection.execute(
        """
        SELECT id, surname, given, patronymic, other_names, birth_date,
               birth_year_low, birth_year_high
        FROM records WHERE id IN (SELECT unnest(?::BIGINT[]))
        """,
        [ids],
    )
    names = [column[0] for column in cursor.description or ()]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def _people(
    connection: duckdb.DuckDBPyConnection, rows: dict[int, dict[str, Any]], ranked: list[Ranked]
) -> list[FoundPerson]:
    entries = {
        row[0]: FoundRecord(row[1], row[2], row[3], row[0], row[4])
        for row in connection.execute(
            """
            SELECT e.id, s.title, e.locator, e.raw, e.title
            FROM entries e JOIN sources s ON s.id = e.source
            WHERE e.id IN (SELECT unnest(?::BIGINT[]))
            """,
            [[one.record for one in ranked]],
        ).fetchall()
    }
    return [
        FoundPerson(
            person=f"r{one.record}",
            name=_name(rows[one.record]),
            birth=rows[one.record]["birth_date"],
            score=one.score,
            reasons=one.reasons,
            records=[entries[one.record]],
        )
        for one in ranked
    ]


def _name(row: dict[str, Any]) -> str:
    parts = (row["surname"], row["given"], row["patronymic"])
    return " ".join(part for part in parts if part)
