"""Plausible linkages: as likely as their pairs, and never against a decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byname.people.clusters import Decided, Pair, cluster
from byname.people.linkages import draw_linkages, uncertain

DRAWS = 2_000


def share_joined(pairs: list[Pair], decisions: list[Decided], left: int, right: int) -> float:
    """In how many of the draws two records are one person."""
    usual = cluster(pairs, decisions)
    drawn = [usual | people for people in draw_linkages(pairs, decisions, DRAWS, 7)]
    return sum(people[left] == people[right] for people in drawn) / DRAWS


@pytest.mark.parametrize("weight", [-5.0, -2.0, 0.0, 1.0, 4.0])
def test_a_pair_alone_is_joined_as_often_as_is_likely(weight):
    likely = 1 / (1 + 2**-weight)
    assert share_joined([Pair(1, 2, weight)], [], 1, 2) == pytest.approx(likely, abs=0.035)


@pytest.mark.parametrize(("weight", "share"), [(12.0, 1.0), (-12.0, 0.0)])
def test_what_is_certain_stays(weight, share):
    assert share_joined([Pair(1, 2, weight), Pair(2, 3, 0.5)], [], 1, 2) == share


@pytest.mark.parametrize("same", [True, False])
def test_a_decision_stands_in_every_draw(same):
    pairs = [Pair(1, 2, 0.0), Pair(2, 3, 1.0)]
    assert share_joined(pairs, [Decided(1, 2, same)], 1, 2) == same


def test_what_contradicts_one_person_does_so_in_every_draw():
    pairs = [Pair(1, 2, 2.0, "two dates of death"), Pair(2, 3, 1.0), Pair(1, 3, 1.0)]
    assert share_joined(pairs, [], 1, 2) == 0
    assert uncertain(pairs, []) == [Pair(1, 3, 1.0), Pair(2, 3, 1.0)]


PAIRS = st.dictionaries(
    st.tuples(st.integers(1, 7), st.integers(1, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(-12, 12),
    max_size=12,
).map(lambda found: [Pair(*pair, weight) for pair, weight in found.items()])


@given(PAIRS)
def test_draws_are_whole_and_the_same_seed_gives_the_same(pairs):
    drawn = list(draw_linkages(pairs, [], 3, 5))
    assert drawn == list(draw_linkages(list(reversed(pairs)), [], 3, 5))
    usual = cluster(pairs)
    for people in drawn:
        whole = usual | people
        for record, person in whole.items():
            assert person <= record
            assert whole[person] == person


@given(PAIRS)
def test_without_uncertain_pairs_nothing_moves(pairs):
    sure = [pair._replace(weight=11.0 if pair.weight > 0 else -11.0) for pair in pairs]
    assert list(draw_linkages(sure, [], 2, 5)) == [{}, {}]
