"""Intervals over plausible linkages: what they are is what counting each draw anew gives."""

from __future__ import annotations

import random

import duckdb
from tests.archive.counting_helpers import Told, archive_of, count, rows_of

from byname.archive.facts import write_people
from byname.archive.grouping import group_all
from byname.archive.linkages import sampled_linkages

DRAWS = 8
DAYS = ("1937-08-05", "1937-09-06", "1937-10", "")


def uncertain_archive(seed: int = 3, people: int = 40) -> duckdb.DuckDBPyConnection:
    """Records of whom nobody knows for certain who is who."""
    chance = random.Random(seed)
    told = [Told(str(n), (chance.choice(DAYS),)) for n in range(people)]
    connection = archive_of(told, linked=False)
    pairs = {tuple(sorted(chance.sample(range(1, people + 1), 2))) for _ in range(people)}
    for left, right in sorted(pairs):
        weight = chance.uniform(-6, 9)
        connection.execute(
            "INSERT INTO links (left_record, right_record, weight, probability, against) "
            "VALUES (?, ?, ?, ?, '')",
            [left, right, weight, 1 / (1 + 2**-weight)],
        )
    group_all(connection)
    return connection


def test_the_table_of_draws_holds_only_who_moves_and_is_repeatable():
    connection = uncertain_archive()
    assert sampled_linkages(connection, DRAWS, 5) > 10
    rows = connection.execute("FROM linkage_draws ORDER BY ALL").fetchall()
    members = dict(connection.execute("SELECT record, person FROM members").fetchall())
    assert rows
    assert {row[0] for row in rows} <= set(range(DRAWS))
    assert all(members[record] != person for _, record, person in rows)
    sampled_linkages(connection, DRAWS, 5)
    assert connection.execute("FROM linkage_draws ORDER BY ALL").fetchall() == rows
    sampled_linkages(connection, DRAWS, 6)
    assert connection.execute("FROM linkage_draws ORDER BY ALL").fetchall() != rows


def test_each_draw_counted_anew_gives_the_interval():
    connection = uncertain_archive()
    tally = count(connection, by="month", draws=DRAWS, seed=5)
    usual = connection.execute("SELECT record, person FROM members").fetchall()
    drawn = connection.execute("FROM linkage_draws").fetchall()
    tallies = []
    for draw in range(DRAWS):
        moved = {record: person for one, record, person in drawn if one == draw}
        connection.execute("DELETE FROM members")
        connection.executemany(
            "INSERT INTO members VALUES (?, ?)",
            [(record, moved.get(record, person)) for record, person in usual],
        )
        connection.execute("DELETE FROM person_facts")
        write_people(connection)
        tallies.append(count(connection, by="month"))
    totals = [one.total for one in tallies]
    assert len(set(totals)) > 1
    assert (tally.total_low, tally.total_high) == (min(totals), max(totals))
    for row in tally.rows:
        numbers = [rows_of(one).get(row.keys, 0) for one in tallies]
        assert (row.low, row.high) == (min(numbers), max(numbers))


def test_records_need_no_interval_and_unlinked_archives_have_none():
    connection = uncertain_archive()
    assert count(connection, records=True, draws=DRAWS).total_low is None
    plain = archive_of([Told("a", ("1937",))], linked=False)
    tally = count(plain, draws=DRAWS)
    assert tally.unit == "records"
    assert tally.total_low is None
    assert any("byname link" in note for note in tally.notes)
