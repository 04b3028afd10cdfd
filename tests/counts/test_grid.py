"""The grid that finds its own points: against posteriors whose sums are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import gammaln
from tests.counts.mse_tables import HAV

from byname.counts.estimates.grid import explore
from byname.counts.estimates.marginals import Marginals, log_gamma_ratio, sizes, tables

LEVELS = np.array([0.001, 0.025, 0.25, 0.5, 0.75, 0.975, 0.999])


def negative_binomial(seen, chance):
    """The posterior of the unseen when everybody is seen with a known chance."""

    def log_density(unseen):
        return (
            gammaln(unseen + seen) - gammaln(seen) - gammaln(unseen + 1)
            + seen * np.log(chance) + unseen * np.log1p(-chance)
        )  # fmt: skip

    return log_density


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 200_000), st.floats(0.02, 0.98))
def test_the_narrowest_posterior_there_can_be(seen, chance):
    """Its standard deviation is sqrt(m N / n) just where the grid says it is least."""
    found = explore(negative_binomial(seen, chance), seen, fall=1.0)
    exact = stats.nbinom(seen, chance)
    ours = found.quantiles(LEVELS)
    assert (exact.cdf(ours) >= LEVELS - 1e-4).all()
    assert (exact.cdf(ours - 1) <= LEVELS + 1e-4).all()
    assert found.cut_off_mass < 1e-6
    assert len(found.nodes) < 64 + 12 * math.sqrt(seen) + 400


def test_two_narrow_peaks_far_apart_are_both_found():
    one, other = negative_binomial(100_000, 0.5), negative_binomial(100_000, 0.05)
    found = explore(lambda m: np.logaddexp(one(m), other(m)), 100_000, fall=1.0)
    near, far = stats.nbinom(100_000, 0.5), stats.nbinom(100_000, 0.05)
    assert found.quantiles(np.array([0.25]))[0] == pytest.approx(near.median(), rel=1e-3)
    assert found.quantiles(np.array([0.75]))[0] == pytest.approx(far.median(), rel=1e-3)


def test_a_heavy_tail_is_followed_until_little_is_left():
    """1 / (1 + m)^2 over all whole numbers: the sum is pi^2 / 6, beyond M about 1 / M."""
    found = explore(lambda m: -2 * np.log1p(m), 50, fall=1.0)
    exact = np.cumsum(1 / np.arange(1.0, 2e6) ** 2) / (math.pi**2 / 6)
    expected = np.searchsorted(exact, LEVELS[:-1])
    assert found.quantiles(LEVELS[:-1]) == pytest.approx(expected, rel=5e-3, abs=0)
    assert found.cut_off_mass < 1e-6
    assert found.edges[-1] > 5e5


def test_what_lies_beyond_the_end_is_no_number():
    found = explore(lambda m: -1.01 * np.log1p(m), 50, fall=0.01)
    assert found.cut_off_mass > 0.5
    assert np.isinf(found.quantiles(np.array([0.975]))[0])


def test_mass_shares_and_edges_fit_together():
    found = explore(negative_binomial(300, 0.3), 300, fall=1.0)
    assert found.mass.sum() == pytest.approx(1)
    assert found.shares.sum() == pytest.approx(1)
    assert (np.diff(found.edges) > 0).all()
    assert len(found.edges) == len(found.mass) + 1
    assert len(found.nodes) == len(found.logs) == len(found.shares)
    assert found.shares @ found.nodes == pytest.approx(300 * 0.7 / 0.3, rel=1e-3)


def test_nobody_unseen_can_be_ruled_out():
    found = explore(lambda m: -3 * np.log(m), 10, fall=2.0, least=1)
    assert found.quantiles(np.array([0.0001, 0.5])).tolist() == [1, 1]


def test_another_prior_is_another_weight():
    plain = explore(negative_binomial(300, 0.3), 300, fall=1.0)
    tilted = plain.reweighted(lambda m: m * np.log(0.99))
    # (1 - chance) of a negative binomial is multiplied by 0.99.
    exact = stats.nbinom(300, 1 - 0.7 * 0.99)
    assert tilted.quantiles(LEVELS) == pytest.approx(exact.ppf(LEVELS), rel=2e-3, abs=1)


# --- the likelihood of a group of lists -----------------------------------------------------------


@given(st.floats(0.01, 1e3), st.integers(1, 200))
def test_a_ratio_of_gammas_is_a_product(x, step):
    product = math.fsum(math.log(x + one) for one in range(step))
    assert log_gamma_ratio(np.array([x]), float(step))[0] == pytest.approx(product, abs=1e-10)
    back = log_gamma_ratio(np.array([x + step]), -float(step))[0]
    assert back == pytest.approx(-product, abs=1e-10)


@pytest.mark.parametrize("x", [1e6, 1e10, 1e14])
def test_it_keeps_its_digits_far_out(x):
    product = math.fsum(math.log(x + one) for one in range(500))
    assert log_gamma_ratio(np.array([x]), 500.0)[0] == pytest.approx(product, rel=1e-15, abs=1e-11)


def test_tables_and_empty_cells_of_hepatitis():
    counts = tables(HAV)
    assert counts[0b001] == 69  # P alone
    assert counts[0b110] == 18  # Q and E
    assert counts.sum() == HAV.n == 271
    marginals = Marginals(counts, 0.125)
    assert marginals.empty[0b111] == 0
    assert marginals.empty[0b001] == 55 + 63 + 18  # not on P
    assert sizes(3).tolist() == [0, 1, 1, 2, 1, 2, 2, 3]


def test_a_group_is_as_likely_as_its_people_drawn_one_by_one():
    """The Dirichlet-multinomial as a Polya urn: each goes where others went before."""
    delta, unseen = 0.25, 4
    counts = np.array([0, 2, 1, 3])
    logs = Marginals(counts, delta).logs(np.array([float(unseen)]))[:, 0]
    for group, held in ((0b11, [4, 2, 1, 3]), (0b01, [4 + 1, 2 + 3]), (0b10, [4 + 2, 1 + 3])):
        prior = delta * 4 / len(held)
        expected, drawn = 0.0, 0
        for count in held:
            for before in range(count):
                expected += math.log((prior + before) / (delta * 4 + drawn))
                drawn += 1
        assert logs[group] == pytest.approx(expected)
    assert logs[0] == 0
