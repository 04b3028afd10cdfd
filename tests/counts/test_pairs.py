"""Two lists: Lincoln, Petersen and Chapman."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counts.mse_tables import ARTIFICIAL_3, HAV, said, table

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.pairs import chapman, estimate, pair, pairs
from byname.errors import EstimateError


@pytest.mark.parametrize(
    ("sizes", "both", "whole", "error"),
    [
        # Rcapture 1.4-4: closedp.bc(cbind(c(1,0,1), c(0,1,1), c(168,118,32)), dfreq=TRUE, m="Mt")
        ((200, 150), 32, 918.7273, 127.4761),
        # the same with c(34,24,6)
        ((40, 30), 6, 180.5714, 51.4369),
    ],
)
def test_chapman_as_r_has_it(sizes, both, whole, error):
    unseen, found = chapman(sizes[0], sizes[1], both)
    assert sum(sizes) - both + unseen == pytest.approx(whole, abs=1e-4)
    assert found == pytest.approx(error, abs=1e-4)


def test_pairs_of_hepatitis_a_written_out():
    """135 on the serum test, 122 in hospital records, 126 with the epidemiologists."""
    first, second, third = pairs(HAV)
    assert (first.lists, first.sizes, first.both) == (("P", "Q"), (135, 122), 49)
    assert first.estimate == pytest.approx(136 * 123 / 50 - 1)
    assert (second.lists, second.sizes, second.both) == (("P", "E"), (135, 126), 45)
    assert second.estimate == pytest.approx(136 * 127 / 46 - 1)
    assert (third.lists, third.both) == (("Q", "E"), 46)
    assert third.estimate == pytest.approx(123 * 127 / 47 - 1)


def test_two_lists_give_an_estimate_with_its_interval():
    found = estimate(table("A B", "10 168, 01 118, 11 32"))
    assert found.method == "lincoln-petersen"
    assert found.estimate == pytest.approx(918.7273, abs=1e-4)
    low, middle, high = said(found)
    assert 318 < low < 918 < high
    assert (low - 318) * (high - 318) == pytest.approx((middle - 318) ** 2)
    assert found.draws.shape == (4000,)
    assert np.median(found.draws) == pytest.approx(found.estimate, rel=0.03)
    assert "Two lists cannot show" in found.diagnostics.warnings[-1]


def test_an_empty_overlap_gives_a_sentence_with_a_bound_and_no_number():
    """40 + 6 on A and 20 on C: with N people 920/N were to be on both; at N = 307 that is 3."""
    found = pair(ARTIFICIAL_3, 0, 2)
    assert found.estimate is None
    assert found.high is None
    assert found.sentence.startswith("Nobody is on both A and C")
    assert "at least about 307 people" in found.sentence
    none = estimate(Cells(("A", "B"), {(1, 0): 40, (0, 1): 30}))
    assert none.estimate is None
    assert none.diagnostics.warnings[0].startswith("Nobody is on both A and B")


def test_several_lists_get_a_table_and_no_single_figure():
    found = estimate(HAV)
    assert found.estimate is None
    assert "taken two by two they say from 331 to 374" in found.diagnostics.warnings[0]
    assert [one["both"] for one in found.diagnostics.details["pairs"]] == [49, 45, 46]
    json.dumps(found.as_dict(), allow_nan=False)


def test_the_only_pair_with_people_in_common_is_told_of():
    found = estimate(ARTIFICIAL_3)
    assert "they say 247" in found.diagnostics.warnings[0]
    assert len(found.diagnostics.warnings) == 3


def test_a_list_within_the_other_is_told_of():
    found = estimate(table("A B", "10 30, 11 12"))
    assert "Everybody on B is on A too" in found.diagnostics.warnings[0]
    assert found.low == found.estimate == found.high


def test_few_people_on_both_are_told_of():
    found = estimate(table("A B", "10 30, 01 20, 11 1"))
    assert "Only 1 person is on both lists" in found.diagnostics.warnings[0]


def test_chapman_is_near_the_truth_on_average():
    random = np.random.default_rng(5)
    known = []
    for _ in range(300):
        on = random.random((1000, 2)) < (0.3, 0.2)
        first, second = (int(one) for one in on.sum(axis=0))
        both = int(on.all(axis=1).sum())
        known.append(chapman(first, second, both)[0] + first + second - both)
    assert np.mean(known) == pytest.approx(1000, rel=0.02)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_it_does_not_matter_which_list_comes_first(only_first, only_second, both):
    one = chapman(only_first + both, only_second + both, both)
    other = chapman(only_second + both, only_first + both, both)
    assert one == pytest.approx(other)
    assert one[0] >= -1e-9
    assert one[1] >= 0.0


def test_a_level_that_cannot_be_meant():
    with pytest.raises(EstimateError, match="between 0 and 1"):
        estimate(HAV, 0.0)
