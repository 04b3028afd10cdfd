"""Chao's lower bound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counts.mse_tables import HAV, HIV, oracle, table
from tests.shared import shared_file

from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.cells import cells
from byname.counts.estimates.chao import bound, corrected_bound, estimate, interval, on_exactly
from byname.errors import EstimateError


@pytest.mark.parametrize("line", oracle("rcapture_chao"), ids=lambda line: line["table"])
def test_the_bounds_of_r(line):
    found = estimate(read_cells(shared_file(f"data/mse/{line['table']}")))
    details = found.diagnostics.details
    corrected = details["bias_corrected"]
    assert corrected["estimate"] == pytest.approx(float(line["corrected"]), rel=1e-6)
    assert corrected["standard_error"] == pytest.approx(float(line["corrected_error"]), rel=1e-6)
    if line["bound"] != "-":
        assert found.estimate == pytest.approx(float(line["bound"]), rel=1e-6)
        assert details["standard_error"] == pytest.approx(float(line["bound_error"]), rel=2e-5)


def test_the_bound_written_out():
    """Of hepatitis A: 187 people on one list, 56 on two, three lists."""
    assert (on_exactly(HAV, 1), on_exactly(HAV, 2), on_exactly(HAV, 3)) == (187, 56, 28)
    found = estimate(HAV)
    assert found.estimate == pytest.approx(271 + 2 / 3 * 187**2 / (2 * 56))
    assert found.high is None
    assert found.method == "chao"
    assert found.diagnostics.details["lower_bound"] is True
    assert "lower bound" in found.diagnostics.warnings[-1]


def test_its_interval_is_that_of_the_logarithm():
    low, high = interval(100.0, 30.0, 0.95)
    assert low * high == pytest.approx(100.0**2)
    assert high / 100.0 == pytest.approx(np.exp(1.959964 * np.sqrt(np.log(1.09))))
    found = estimate(HAV)
    assert found.low is not None
    assert found.estimate is not None
    assert HAV.n < found.low < found.estimate < found.diagnostics.details["bound_high"]


def test_without_people_on_two_lists_there_is_a_sentence():
    found = estimate(table("A B C", "100 50, 010 40, 001 30, 111 3"))
    assert found.estimate is None
    assert found.low is None
    assert found.diagnostics.warnings[0].startswith("Nobody is on just two lists")
    assert not len(found.draws)


def test_few_on_two_lists_are_told_of_with_the_corrected_bound():
    found = estimate(table("A B C", "100 50, 010 40, 001 30, 110 4"))
    assert "Only 4 people are on just two lists" in found.diagnostics.warnings[0]
    assert found.diagnostics.details["bias_corrected"]["estimate"] < found.estimate


def test_lists_of_very_different_size_are_told_of():
    found = estimate(table("A B C", "100 900, 010 40, 001 300, 110 14, 101 60"))
    assert any("differ much in size" in said for said in found.diagnostics.warnings)


def test_nobody_on_one_list_alone_leaves_those_known():
    found = estimate(table("A B C", "110 14, 101 60, 011 7"))
    assert found.estimate == found.low == 81
    assert (found.draws == 81).all()


def test_it_stays_below_where_people_differ():
    """Half of the people are hard to find: a bound, on average below the truth."""
    random = np.random.default_rng(11)
    bounds = []
    for _ in range(20):
        chances = np.where(random.random(4000) < 0.5, 0.05, 0.3)[:, None]
        on = random.random((4000, 4)) < chances
        patterns, counts = np.unique(on[on.any(axis=1)].astype(int), axis=0, return_counts=True)
        found = estimate(cells("ABCD", zip(patterns.tolist(), counts.tolist(), strict=True)))
        bounds.append(found.estimate or 0.0)
    assert 2500 < np.mean(bounds) < 4000


@given(st.integers(1, 10_000), st.integers(1, 10_000), st.integers(2, 10))
def test_bounds_are_numbers_and_the_correction_lowers_them(ones, twos, lists):
    plain, error = bound(ones, twos, lists)
    corrected, corrected_error = corrected_bound(ones, twos, lists)
    assert 0.0 <= corrected < plain
    assert error > 0.0
    assert corrected_error >= 0.0


def test_draws_are_about_the_bound():
    found = estimate(HIV)
    assert found.draws.shape == (4000,)
    assert np.median(found.draws) == pytest.approx(found.estimate, rel=0.02)
    assert np.quantile(found.draws, 0.025) == pytest.approx(found.low, rel=0.03)


def test_a_level_that_cannot_be_meant():
    with pytest.raises(EstimateError, match="between 0 and 1"):
        estimate(HAV, 95)
