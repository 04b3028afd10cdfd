"""Plausible linkages of an archive, as a table that counts and estimates can be made over."""

from __future__ import annotations

import duckdb

from byname.archive.grouping import decided_pairs, scored_pairs
from byname.people.linkages import draw_linkages, uncertain


def sampled_linkages(connection: duckdb.DuckDBPyConnection, draws: int, seed: int) -> int:
    """Leave ``linkage_draws(draw INTEGER, record BIGINT, person BIGINT)`` on ``connection``.

    Only records whose person differs from that of ``members`` stand in it, draw 0 first: whoever
    reads a draw takes ``coalesce(linkage_draws.person, members.person)``. A person bears the
    number of its first record, in every draw. The same seed gives the same table.

    Returns:
        How many scored pairs are uncertain (one in a thousand or more may be otherwise).

    """
    pairs, decisions = scored_pairs(connection), decided_pairs(connection)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE linkage_draws (draw INTEGER, record BIGINT, person BIGINT)"
    )
    for draw, people in enumerate(draw_linkages(pairs, decisions, draws, seed)):
        known = _members(connection, list(people))
        moved = {record: one for record, one in people.items() if known.get(record) != one}
        if moved:
            connection.execute(
                "INSERT INTO linkage_draws SELECT ?, unnest(?::BIGINT[]), unnest(?::BIGINT[])",
                [draw, list(moved), list(moved.values())],
            )
    return len(uncertain(pairs, decisions))


def _members(connection: duckdb.DuckDBPyConnection, records: list[int]) -> dict[int, int]:
    return dict(
        connection.execute(
            "SELECT record, person FROM members SEMI JOIN "
            "(SELECT unnest(?::BIGINT[]) AS record) USING (record)",
            [records],
        ).fetchall()
    )
