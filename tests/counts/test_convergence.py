"""R-hat and effective draws beside theory and a slow reading of the paper; modes of densities."""

from __future__ import annotations

from math import log10, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from byname.counts.estimates.convergence import convergence, modes


def ar1(rho: float, chains: int, length: int, seed: int = 1) -> np.ndarray:
    """Chains whose neighbouring draws have the correlation ``rho``, each standard normal."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((chains, length))
    out = np.empty_like(noise)
    out[:, 0] = noise[:, 0]
    for at in range(1, length):
        out[:, at] = rho * out[:, at - 1] + sqrt(1 - rho**2) * noise[:, at]
    return out


class Slow:
    """Vehtari et al. 2021, formula by formula, on lists of numbers."""

    @staticmethod
    def halves(draws):
        length = len(draws[0]) // 2
        return [list(one[:length]) for one in draws] + [list(one[-length:]) for one in draws]

    @staticmethod
    def ranked(draws):
        everything = sorted(value for one in draws for value in one)
        places: dict[float, list[int]] = {}
        for place, value in enumerate(everything, 1):
            places.setdefault(value, []).append(place)
        size = len(everything)
        mean = {value: sum(found) / len(found) for value, found in places.items()}
        return [
            [float(norm.ppf((mean[value] - 3 / 8) / (size + 1 / 4))) for value in one]
            for one in draws
        ]

    @staticmethod
    def variances(draws):
        m, n = len(draws), len(draws[0])
        means = [sum(one) / n for one in draws]
        grand = sum(means) / m
        between = n / (m - 1) * sum((mean - grand) ** 2 for mean in means)
        within = (
            sum(
                sum((value - mean) ** 2 for value in one) / (n - 1)
                for one, mean in zip(draws, means, strict=True)
            )
            / m
        )
        return within, (n - 1) / n * within + between / n  # eqs. 1 to 3

    @classmethod
    def rhat(cls, draws):
        within, total = cls.variances(draws)
        return sqrt(total / within)  # eq. 4

    @classmethod
    def ess(cls, draws):
        m, n = len(draws), len(draws[0])
        within, total = cls.variances(draws)

        def covariance(one, lag):
            mean = sum(one) / n
            return sum((one[t] - mean) * (one[t + lag] - mean) for t in range(n - lag)) / n

        rho = [1.0]
        for lag in range(1, n):
            scaled = sum(covariance(one, lag) for one in draws) / m * n / (n - 1)
            rho.append(1 - (within - scaled) / total)  # eq. 10
        pairs: list[float] = []
        for at in range(0, n - 1, 2):
            pair = rho[at] + rho[at + 1]
            if pair < 0:
                break
            pairs.append(min([pair, *pairs[-1:]]))
        tau = max(-1 + 2 * sum(pairs), 1 / log10(m * n))  # eq. 13
        return m * n / tau  # eq. 11

    @classmethod
    def all(cls, draws, level):
        halves = cls.halves(draws)
        flat = sorted(value for one in halves for value in one)
        middle = float(np.median(flat))
        folded = [[abs(value - middle) for value in one] for one in halves]
        ends = [float(np.quantile(flat, share)) for share in ((1 - level) / 2, (1 + level) / 2)]
        tails = [cls.ess([[float(v <= end) for v in one] for one in halves]) for end in ends]
        rhat = max(cls.rhat(cls.ranked(halves)), cls.rhat(cls.ranked(folded)))
        return rhat, cls.ess(cls.ranked(halves)), min(tails)


@pytest.mark.parametrize("rho", [-0.4, 0.0, 0.6, 0.95])
@pytest.mark.parametrize(("chains", "length"), [(4, 120), (2, 75), (5, 61)])
def test_as_the_paper_says_formula_by_formula(rho, chains, length):
    draws = np.exp(ar1(rho, chains, length, seed=chains)).round(3)  # skewed, with ties
    found = convergence(draws)
    assert (found.rhat, found.ess_bulk, found.ess_tail) == pytest.approx(
        Slow.all(draws.tolist(), 0.95), rel=1e-9
    )


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.7, 0.9])
def test_draws_of_an_autoregression_are_worth_what_theory_says(rho):
    found = [convergence(ar1(rho, 4, 5000, seed)) for seed in range(5)]
    expected = 4 * 5000 * (1 - rho) / (1 + rho)
    assert np.mean([one.ess_bulk for one in found]) == pytest.approx(expected, rel=0.06)
    assert max(one.rhat for one in found) < 1.02


def test_draws_that_avoid_their_neighbours_are_worth_more_than_their_number():
    assert convergence(ar1(-0.5, 4, 4000)).ess_bulk > 1.5 * 16_000


@pytest.mark.parametrize("apart", [0.3, 1.0, 5.0, 500.0])
def test_chains_at_different_levels_do_not_agree(apart):
    draws = ar1(0.2, 4, 1000) + apart * np.arange(4)[:, None]
    assert convergence(draws).rhat > 1.03


def test_chains_of_different_spread_do_not_agree():
    draws = ar1(0.0, 4, 1000) * np.array([1.0, 1.0, 1.0, 3.0])[:, None]
    assert convergence(draws).rhat > 1.05


def test_a_chain_that_drifts_does_not_agree_with_itself():
    draws = ar1(0.0, 4, 1000) + np.linspace(0, 2, 1000)
    assert convergence(draws).rhat > 1.05


def test_chains_that_stand_still():
    assert convergence(np.full((4, 100), 7.0)).rhat == 1.0
    stuck = np.repeat(np.array([[1.0], [2.0], [1.0], [3.0]]), 100, axis=1)
    assert convergence(stuck).rhat > 1e6
    assert convergence(stuck).ess_bulk < 10


@settings(max_examples=30, deadline=None)
@given(st.floats(0.1, 50), st.floats(-1000, 1000), st.integers(0, 10**6))
def test_only_ranks_matter(scale, shift, seed):
    draws = np.random.default_rng(seed).standard_normal((4, 50))
    plain, moved = convergence(draws), convergence(draws * scale + shift)
    assert moved.ess_bulk == pytest.approx(plain.ess_bulk, rel=1e-6)
    assert moved.ess_tail == pytest.approx(plain.ess_tail, rel=0.05)
    assert moved.rhat == pytest.approx(plain.rhat, rel=0.02)


def test_tails_are_those_of_the_level():
    draws = ar1(0.9, 4, 2000)
    assert convergence(draws, 0.5).ess_tail != convergence(draws, 0.99).ess_tail


class TestModes:
    @pytest.mark.parametrize("seed", range(8))
    @pytest.mark.parametrize("shape", ["normal", "lognormal", "skewed", "heavy"])
    def test_one(self, seed, shape):
        rng = np.random.default_rng(seed)
        draws = {
            "normal": rng.normal(10_000, 300, 8000),
            "lognormal": rng.lognormal(9, 0.8, 8000),
            "skewed": 500 + rng.gamma(1.5, 400, 8000),
            "heavy": 4000 + 1000 * rng.pareto(1.5, 8000),
        }[shape]
        found = modes(draws.reshape(4, -1))
        assert len(found) == 1
        assert found[0][1] == 1.0

    @pytest.mark.parametrize("seed", range(8))
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
    def test_two(self, seed, share):
        rng = np.random.default_rng(seed)
        low = rng.random(8000) < share
        draws = np.where(low, rng.lognormal(10.8, 0.1, 8000), rng.lognormal(11.9, 0.15, 8000))
        (first, first_share), (second, second_share) = modes(draws)
        assert first == pytest.approx(np.exp(10.8), rel=0.06)
        assert second == pytest.approx(np.exp(11.9), rel=0.08)
        assert first_share == pytest.approx(share, abs=0.03)
        assert first_share + second_share == pytest.approx(1.0, abs=0.002)

    def test_three(self):
        rng = np.random.default_rng(3)
        draws = np.concatenate([rng.lognormal(at, 0.08, 3000) for at in (8.0, 9.0, 10.0)])
        assert [round(float(np.log(place))) for place, _ in modes(draws)] == [8, 9, 10]

    def test_a_few_strays_are_no_mode(self):
        rng = np.random.default_rng(4)
        draws = np.concatenate([rng.lognormal(9, 0.1, 8000), rng.lognormal(12, 0.1, 100)])
        assert len(modes(draws)) == 1

    def test_one_value(self):
        ((place, share),) = modes(np.full((4, 50), 96.0))
        assert (place, share) == pytest.approx((96.0, 1.0))
