"""How likely two records are one person before anything is compared.

The chance differs between records of one list (a person stands in a list once, as a rule)
and of two. Both are learnt from the scored pairs themselves: the expected number of true
pairs among all pairs, by expectation maximisation over the priors alone (m and u held).
"""

from __future__ import annotations

import math

import duckdb

LEAST_WEIGHT = -10.0
"""Bits from which a scored pair is kept: as evidence for one person, or against."""
_ROUNDS = 40
_LEAST_PAIRS = 2.0
"""True pairs that are assumed at least, so that a prior is never zero."""


def learn(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    """Return the chance within one list and across two, learnt from the table ``scored``."""
    within, across = _possible(connection)
    return (
        _chance(_evidence(connection, "="), within),
        _chance(_evidence(connection, "<>"), across),
    )


def apply(connection: duckdb.DuckDBPyConnection, within: float, across: float) -> None:
    """Add ``weight`` (bits, prior included) and ``probability`` to the table ``scored``."""
    odds_within, odds_across = (math.log2(p / (1 - p)) for p in (within, across))
    connection.execute(f"""
        CREATE OR REPLACE TABLE weighed AS
        SELECT left_record, right_record, levels, bits,
               CASE WHEN same_list THEN {odds_within} ELSE {odds_across} END AS prior,
               evidence + prior AS weight, 1 / (1 + pow(2, -weight)) AS probability
        FROM scored WHERE weight >= {LEAST_WEIGHT}
    """)


def _possible(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    rows = connection.execute("SELECT count(*) FROM features GROUP BY source").fetchall()
    sizes = [float(row[0]) for row in rows]
    within = sum(size * (size - 1) / 2 for size in sizes)
    everything = sum(sizes) * (sum(sizes) - 1) / 2
    return within, everything - within


def _evidence(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[float, int]]:
    """Return (evidence rounded to quarter bits, number of pairs) of one kind of pair."""
    same = relation == "="
    rows = connection.execute(
        "SELECT round(evidence * 4) / 4, count(*) FROM scored WHERE same_list = ? GROUP BY 1",
        [same],
    ).fetchall()
    return [(float(bits), int(number)) for bits, number in rows]


def _chance(evidence: list[tuple[float, int]], possible: float) -> float:
    if possible < 1:
        return 1e-6
    chance = max(_LEAST_PAIRS / possible, 1e-9)
    for _ in range(_ROUNDS):
        odds = math.log2(chance / (1 - chance))
        expected = sum(n / (1 + 2 ** -min(500.0, bits + odds)) for bits, n in evidence)
        chance = min(0.2, max(expected, _LEAST_PAIRS) / possible)
    return min(0.2, max(chance, 1e-9))
