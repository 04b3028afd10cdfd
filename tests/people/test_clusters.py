"""Pairs and decisions -> people: situations a historian can check, and what always holds.

The situations are in ``cases/people_clusters.tsv``.
"""

from __future__ import annotations

import random
import re
import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import rows

from byname.people.clusters import Decided, Pair, cluster

SITUATIONS = {row[3]: row for row in rows("people_clusters")}


def read_pairs(text: str) -> list[Pair]:
    found = re.findall(r"(\d+)-(\d+):([+-]?\d+)(!?)", text)
    return [Pair(int(a), int(b), float(weight), "!" and mark) for a, b, weight, mark in found]


def read_decisions(text: str) -> list[Decided]:
    found = re.findall(r"(\d+)([=/])(\d+)", text)
    return [Decided(int(a), int(b), sign == "=") for a, sign, b in found]


def groups(people: dict[int, int]) -> set[frozenset[int]]:
    made: dict[int, set[int]] = {}
    for record, person in people.items():
        made.setdefault(person, set()).add(record)
    return {frozenset(records) for records in made.values()}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situations(situation):
    pairs, decisions, people, _ = SITUATIONS[situation]
    expected = {frozenset(map(int, group.split())) for group in people.split("|")}
    assert groups(cluster(read_pairs(pairs), read_decisions(decisions))) == expected


def test_every_mark_of_the_table_is_read():
    for pairs, decisions, *_ in SITUATIONS.values():
        assert len(read_pairs(pairs)) == len(pairs.replace("-", "", pairs == "-").split())
        assert len(read_decisions(decisions)) == (0 if decisions == "-" else len(decisions.split()))


def test_nothing_is_nobody():
    assert cluster([]) == {}


def test_the_least_weight_can_be_raised():
    pairs = [Pair(1, 2, 5.0), Pair(3, 4, 9.0)]
    assert groups(cluster(pairs, least=7.0)) == {frozenset({n}) for n in (1, 2)} | {
        frozenset({3, 4})
    }


def two_records(most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.sampled_from(list(combinations(range(1, most + 1), 2)))


def scored(most: int = 9) -> st.SearchStrategy[list[Pair]]:
    """Pairs, each once, with weights of whole bits (so that sums have no order)."""
    value = st.tuples(st.integers(-12, 20), st.sampled_from(["", "", "", "two days of death"]))
    return st.dictionaries(two_records(most), value, max_size=20).map(
        lambda found: [Pair(*two, float(w), against) for two, (w, against) in found.items()]
    )


def decided(most: int = 9) -> st.SearchStrategy[list[Decided]]:
    return st.dictionaries(two_records(most), st.booleans(), max_size=4).map(
        lambda found: [Decided(*two, same) for two, same in found.items()]
    )


@given(scored(), decided(), st.randoms(use_true_random=False))
def test_the_order_of_pairs_and_decisions_does_not_matter(pairs, decisions, rng):
    people = cluster(pairs, decisions)
    rng.shuffle(pairs)
    rng.shuffle(decisions)
    assert cluster(pairs, decisions) == people


@given(scored(), decided())
def test_every_record_is_one_person_named_by_its_first_record(pairs, decisions):
    people = cluster(pairs, decisions)
    told = {record for pair in pairs for record in pair[:2]}
    told |= {record for one in decisions for record in (one.left, one.right)}
    assert set(people) == told
    for group in groups(people):
        assert {people[record] for record in group} == {min(group)}


@given(scored(), decided())
def test_what_contradicts_never_stands_together_unless_decided(pairs, decisions):
    people = cluster(pairs, decisions)
    told = {record for one in decisions if one.same for record in (one.left, one.right)}
    for one in decisions:
        assert one.same or people[one.left] != people[one.right]
    for pair in pairs:
        if pair.against and people[pair.left] == people[pair.right]:
            assert told & {pair.left, pair.right}


@given(scored(), decided())
def test_decisions_are_carried_out_before_any_evidence(pairs, decisions):
    """Evidence never separates what decisions joined."""
    people = cluster(pairs, decisions)
    for group in groups(cluster([], decisions)):
        assert len({people[record] for record in group}) == 1


@given(scored(), decided())
def test_every_person_hangs_together(pairs, decisions):
    """Within a person every record is tied to the others by pairs at even odds or decisions."""
    ties = [(p.left, p.right) for p in pairs if p.weight >= 0]
    ties += [(d.left, d.right) for d in decisions if d.same]
    for group in groups(cluster(pairs, decisions)):
        reached, edge = set(), {min(group)}
        while edge:
            reached |= edge
            edge = {
                b for tie in ties for a, b in (tie, tie[::-1]) if a in reached and b in group
            } - reached
        assert reached == group


@given(scored(), scored(), decided(), decided())
def test_what_does_not_meet_does_not_matter(pairs, others, decisions, more):
    """Clustering two worlds at once is clustering each alone."""
    away = [p._replace(left=p.left + 100, right=p.right + 100) for p in others]
    elsewhere = [Decided(d.left + 100, d.right + 100, d.same) for d in more]
    together = cluster(pairs + away, decisions + elsewhere)
    assert together == {**cluster(pairs, decisions), **cluster(away, elsewhere)}


@given(scored())
def test_a_decision_on_what_is_so_anyway_changes_nothing_about_the_pair(pairs):
    people = cluster(pairs)
    for pair in pairs:
        same = people[pair.left] == people[pair.right]
        after = cluster(pairs, [Decided(pair.left, pair.right, same)])
        assert (after[pair.left] == after[pair.right]) == same


def test_many_pairs_are_put_together_quickly():
    rng = random.Random(1937)
    lists = [range(n * 4, n * 4 + 4) for n in range(5_000)]
    pairs = [Pair(a, b, 5 + 10 * rng.random()) for one in lists for a, b in combinations(one, 2)]
    strangers = [sorted(rng.sample(range(20_000), 2)) for _ in range(15_000)]
    pairs += [Pair(a, b, 2 * rng.random() - 3) for a, b in strangers if a // 4 != b // 4]
    rng.shuffle(pairs)
    started = time.perf_counter()
    people = cluster(pairs)
    assert groups(people) == {frozenset(one) for one in lists}
    assert time.perf_counter() - started < 10
