"""How likely two records are one person before anything is compared.

The chance differs between records of one list (a person stands in a list once, as a rule)
and of two. Both are learnt from the scored pairs themselves: the expected number of true
pairs among all pairs, by expectation maximisation over the priors alone (m and u held).
"""

from __future__ import annotations

import math

import duckdb

from byname.people.contradictions import CAP
from byname.people.sql import number

_AGREEING = (
    "levels[1] BETWEEN 0 AND 3 AND levels[2] BETWEEN -1 AND 4 AND levels[3] BETWEEN -1 AND 5 "
    "AND levels[5] BETWEEN -1 AND 5"
)
"""Names and birth agree or are not stated (see the order of ``comparisons``)."""
LEAST_WEIGHT = -10.0
"""Bits from which a scored pair is kept: as evidence for one person, or against."""
_REPEATED = 0.05
"""Pairs of one person in one list, per record, from which lists repeat people as a rule."""
_ROUNDS = 40
_LEAST_PAIRS = 2.0
"""True pairs that are assumed at least, so that a prior is never zero."""


def learn(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    """Return the chance within one list and across two, learnt from the table ``scored``.

    Only pairs whose names and births agree count: of the others some are one person, but more
    are brothers or namesakes, and would be taken for proof that lists repeat people. Where
    they do, all count.
    """
    within, across = _possible(connection)
    chance = _chance(_evidence(connection, True, _AGREEING), within)
    if repeats(connection, chance):
        chance = _chance(_evidence(connection, True, "true"), within)
    return chance, _chance(_evidence(connection, False, _AGREEING), across)


def repeats(connection: duckdb.DuckDBPyConnection, within: float) -> bool:
    """Tell whether the lists repeat their people as a rule, not by mistake."""
    possible, _ = _possible(connection)
    records = number(connection, "SELECT count(*) FROM features")
    return within * possible > _REPEATED * records


def apply(
    connection: duckdb.DuckDBPyConnection, within: float, across: float, against: str
) -> None:
    """Make the table ``weighed``: pairs with weight (bits, prior included) and probability.

    ``against`` is the SQL that names what contradicts a pair.
    """
    odds_within, odds_across = (math.log2(p / (1 - p)) for p in (within, across))
    connection.execute(f"""
        CREATE OR REPLACE TABLE weighed AS
        WITH summed AS (
            SELECT *, CASE WHEN same_list THEN {odds_within} ELSE {odds_across} END AS prior,
                   evidence + prior AS whole
            FROM scored
        ), judged AS (
            SELECT *, {against} AS against,
                   CASE WHEN against = '' THEN whole ELSE least(whole, {CAP}) END AS weight
            FROM summed WHERE whole >= {LEAST_WEIGHT}
        )
        SELECT left_record, right_record, weight, 1 / (1 + pow(2, -weight)) AS probability,
               prior, levels, bits, against
        FROM judged
    """)


def _possible(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    rows = connection.execute("SELECT count(*) FROM features GROUP BY source").fetchall()
    sizes = [float(row[0]) for row in rows]
    within = sum(size * (size - 1) / 2 for size in sizes)
    everything = sum(sizes) * (sum(sizes) - 1) / 2
    return within, everything - within


def _evidence(
    connection: duckdb.DuckDBPyConnection, same_list: bool, which: str
) -> list[tuple[float, int]]:
    """Return (evidence rounded to quarter bits, number of pairs) of one kind of pair."""
    rows = connection.execute(
        "SELECT round(evidence * 4) / 4, count(*) FROM scored "
        f"WHERE same_list = ? AND {which} GROUP BY 1",
        [same_list],
    ).fetchall()
    return [(float(bits), int(number)) for bits, number in rows]


def _chance(evidence: list[tuple[float, int]], possible: float) -> float:
    if possible < 1:
        return 1e-6
    chance = min(0.2, max(_LEAST_PAIRS / possible, 1e-9))
    for _ in range(_ROUNDS):
        odds = math.log2(chance / (1 - chance))
        expected = sum(n / (1 + 2 ** -min(500.0, bits + odds)) for bits, n in evidence)
        chance = min(0.2, max(expected, _LEAST_PAIRS) / possible)
    return min(0.2, max(chance, 1e-9))
