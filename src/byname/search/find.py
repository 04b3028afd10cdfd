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
"""Said when records of the answer belong to no person yet."""
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
    note: str = ""

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
    people, linked = _people(connection, rows, good, limit)
    nearest: list[FoundPerson] = []
    if not good:
        nearest, linked = _people(connection, rows, ranked, min(limit, _NEAREST))
    took = round((time.perf_counter() - clock) * 1000, 1)
    return Found(query, people, nearest, took, "" if linked else NOT_LINKED)


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
    connection: duckdb.DuckDBPyConnection,
    rows: dict[int, dict[str, Any]],
    ranked: list[Ranked],
    limit: int,
) -> tuple[list[FoundPerson], bool]:
    """Return the people of the records ranked best, and whether all of them are linked."""
    persons = _persons(connection, [one.record for one in ranked])
    best: dict[int, Ranked] = {}
    for one in ranked:
        best.setdefault(persons.get(one.record, -one.record), one)
    chosen = dict(list(best.items())[:limit])
    held = _members(connection, [person for person in chosen if person > 0])
    wanted = {key: held.get(key, [one.record]) for key, one in chosen.items()}
    entries = _entries(connection, [record for group in wanted.values() for record in group])
    found = [
        FoundPerson(
            person=f"p{key}" if key > 0 else f"r{one.record}",
            name=_name(rows[one.record]),
            birth=rows[one.record]["birth_date"],
            score=one.score,
            reasons=one.reasons,
            records=[entries[record] for record in _first(one.record, wanted[key])],
        )
        for key, one in chosen.items()
    ]
    return found, all(key > 0 for key in chosen)


def _first(record: int, others: list[int]) -> list[int]:
    """Return the record that was found, then the person's other ones."""
    return [record, *(other for other in others if other != record)]


def _persons(connection: duckdb.DuckDBPyConnection, records: list[int]) -> dict[int, int]:
    found = connection.execute(
        "SELECT record, person FROM members WHERE record IN (SELECT unnest(?::BIGINT[]))",
        [records],
    )
    return dict(found.fetchall())


def _members(connection: duckdb.DuckDBPyConnection, people: list[int]) -> dict[int, list[int]]:
    found = connection.execute(
        "SELECT person, list(record ORDER BY record) FROM members "
        "WHERE person IN (SELECT unnest(?::BIGINT[])) GROUP BY person",
        [people],
    )
    return dict(found.fetchall())


def _entries(connection: duckdb.DuckDBPyConnection, records: list[int]) -> dict[int, FoundRecord]:
    found = connection.execute(
        """
        SELECT e.id, s.title, e.locator, e.raw, e.title
        FROM entries e JOIN sources s ON s.id = e.source
        WHERE e.id IN (SELECT unnest(?::BIGINT[]))
        """,
        [records],
    )
    return {row[0]: FoundRecord(row[1], row[2], row[3], row[0], row[4]) for row in found.fetchall()}


def _name(row: dict[str, Any]) -> str:
    parts = (row["surname"], row["given"], row["patronymic"])
    return " ".join(part for part in parts if part)
