"""How often two records of different people agree by chance: u of every level, by counting.

All levels of all comparisons are counted on one sample of pairs, every record of one part of
the sample against every record of the other. The sample is chosen by a hash of the record's
id, so that the same archive gives the same model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb

from byname.people.comparisons import Comparison

_NAME = re.compile(r"\b[a-z0-9_]+_[lr]\b")

SIDE = 1_000
"""Records on each side of the sample: their square is the number of pairs."""
_STRENGTH = 20_000
"""Pairs that the shipped u of a level counts for beside those of the sample."""


def sample(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``chance_pairs`` of pairs of records taken at random."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE chance_pairs AS
        WITH drawn AS (
            SELECT unique_id, row_number() OVER (ORDER BY hash(unique_id, 'chance')) AS n
            FROM features
            QUALIFY n <= least({2 * SIDE}, (SELECT count(*) FROM features))
        ), middle AS (SELECT max(n) // 2 AS m FROM drawn)
        SELECT l.unique_id AS left_record, r.unique_id AS right_record
        FROM drawn l, drawn r, middle WHERE l.n <= m AND r.n > m
    """)


def count(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[Comparison]
) -> dict[str, list[float]]:
    """Return comparison -> u of its levels, in their order, over ``chance_pairs``."""
    return {one.name: _shares(connection, one) for one in chosen}


def _shares(connection: duckdb.DuckDBPyConnection, one: Comparison) -> list[float]:
    cases = " ".join(
        f"WHEN {level.sql} THEN {number}"
        for number, level in enumerate(one.levels)
        if level.sql != "ELSE"
    )
    last = len(one.levels) - 1
    columns = sorted(_columns(one))
    sides = ", ".join(f"{side}.{c} AS {c}_{side}" for c in columns for side in "lr")
    rows = connection.execute(f"""
        SELECT CASE WHEN {one.missing} THEN -1 {cases} ELSE {last} END AS level, count(*)
        FROM (SELECT {sides} FROM chance_pairs p JOIN compared l ON l.unique_id = p.left_record
              JOIN compared r ON r.unique_id = p.right_record)
        GROUP BY level
    """).fetchall()
    counted = dict(rows)
    total = sum(n for level, n in rows if level >= 0)
    assumed = sum(level.u for level in one.levels)
    return [
        (counted.get(number, 0) + _STRENGTH * level.u / assumed) / (total + _STRENGTH)
        for number, level in enumerate(one.levels)
    ]


def _columns(one: Comparison) -> set[str]:
    """Return the columns of ``compared`` that the conditions of a comparison read."""
    words = _NAME.findall(" ".join([one.missing, *(level.sql for level in one.levels)]))
    return {word[:-2] for word in words}
