"""Scored pairs and decisions -> members: which records make up which person."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from byname.archive.facts import write_people
from byname.people.clusters import Decided, Pair, cluster

_DECISIONS = "SELECT left_record, right_record, same FROM decisions WHERE undone IS NULL"


def unlink(connection: duckdb.DuckDBPyConnection, records: str) -> None:
    """Forget what was linked of the records that the SQL ``records`` selects."""
    connection.execute(f"DELETE FROM members WHERE record IN ({records})")
    connection.execute(
        f"DELETE FROM links WHERE left_record IN ({records}) OR right_record IN ({records})"
    )


def group_all(connection: duckdb.DuckDBPyConnection) -> int:
    """Write ``members`` for all records; return how many pairs speak for one person."""
    pairs = scored_pairs(connection)
    people = cluster(pairs, decided_pairs(connection))
    connection.execute("DELETE FROM members")
    _put(connection, people)
    connection.execute(
        "INSERT INTO members SELECT r.id, coalesce(p.person, r.id) FROM records r "
        "LEFT JOIN put p ON p.record = r.id ORDER BY r.id"
    )
    connection.execute("DROP TABLE put")
    write_people(connection)
    return sum(pair.weight >= 0 for pair in pairs)


def regroup(connection: duckdb.DuckDBPyConnection, records: Iterable[int]) -> None:
    """Put together anew only the records that ``records`` may be linked with.

    The outcome is that of ``group_all``: what no pair at even odds and no decision connects
    never influences each other. Records added since the last link wait for the next one.
    """
    around = _around(connection, set(records))
    inside = "IN (SELECT id FROM around)"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE around AS SELECT record AS id FROM members "
        "WHERE record IN (SELECT unnest(?::BIGINT[]))",
        [sorted(around)],
    )
    where = f"left_record {inside} AND right_record {inside}"
    people = cluster(
        scored_pairs(connection, f"WHERE {where}"), decided_pairs(connection, f"AND {where}")
    )
    _put(connection, people)
    connection.execute(f"DELETE FROM members WHERE record {inside}")
    connection.execute(
        "INSERT INTO members SELECT a.id, coalesce(p.person, a.id) FROM around a "
        "LEFT JOIN put p ON p.record = a.id ORDER BY a.id"
    )
    connection.execute("DROP TABLE put")
    write_people(connection, "SELECT id FROM around")
    connection.execute("DROP TABLE around")


def _around(connection: duckdb.DuckDBPyConnection, records: set[int]) -> set[int]:
    """Return the records connected with ``records`` by pairs, decisions or a common person."""
    known: set[int] = set()
    edge = records
    while edge:
        known |= edge
        rows = connection.execute(
            f"""
            WITH edge AS (SELECT unnest(?::BIGINT[]) AS id), pairs AS (
                SELECT left_record, right_record FROM links WHERE weight >= 0
                UNION ALL SELECT left_record, right_record FROM ({_DECISIONS})
            )
            SELECT right_record FROM pairs WHERE left_record IN (SELECT id FROM edge)
            UNION SELECT left_record FROM pairs WHERE right_record IN (SELECT id FROM edge)
            UNION SELECT record FROM members WHERE person IN
                (SELECT person FROM members WHERE record IN (SELECT id FROM edge))
            """,
            [sorted(edge)],
        ).fetchall()
        edge = {int(row[0]) for row in rows} - known
    return known


def scored_pairs(connection: duckdb.DuckDBPyConnection, where: str = "") -> list[Pair]:
    """Return the scored pairs that ``where`` selects."""
    found = connection.execute(
        f"SELECT left_record, right_record, weight, against FROM links {where}"
    )
    return [Pair(*values) for values in found.fetchall()]


def decided_pairs(connection: duckdb.DuckDBPyConnection, where: str = "") -> list[Decided]:
    """Return the decisions in force that ``where`` selects."""
    found = connection.execute(f"{_DECISIONS} {where}").fetchall()
    return [Decided(*values) for values in found]


def _put(connection: duckdb.DuckDBPyConnection, people: dict[int, int]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE put (record BIGINT, person BIGINT)")
    if people:
        connection.execute(
            "INSERT INTO put SELECT unnest(?::BIGINT[]), unnest(?::BIGINT[])",
            [list(people.keys()), list(people.values())],
        )
