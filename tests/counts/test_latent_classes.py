"""The posterior of latent classes: against the formula of the paper, and against differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.latent_classes import LatentClasses

TABLE = Cells(("A", "B", "C"), {(1, 0, 0): 40, (0, 1, 0): 30, (0, 0, 1): 20, (1, 1, 0): 6})


def states(model: LatentClasses, seed: int, count: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(0, 1.5, (model.dimension, count)).astype(np.float32)


def by_hand(
    model: LatentClasses, state: np.ndarray
) -> tuple[float, list[float], list[list[float]]]:
    """The likelihood of one state, class by class, with plain arithmetic."""
    k, lists = model.classes, model.lists
    sticks = [1 / (1 + math.exp(-float(v))) for v in state[: k - 1]] + [1.0]
    shares, left = [], 1.0
    for stick in sticks:
        shares.append(left * stick)
        left *= 1 - stick
    chances = [
        [1 / (1 + math.exp(-float(state[k - 1 + j * k + c]))) for j in range(lists)]
        for c in range(k)
    ]

    def chance(pattern: tuple[int, ...]) -> float:
        return sum(
            share * math.prod(q if on else 1 - q for q, on in zip(found, pattern, strict=True))
            for share, found in zip(shares, chances, strict=True)
        )

    likelihood = sum(n * math.log(chance(x)) for x, n in TABLE.counts.items())
    likelihood -= TABLE.n * math.log(1 - chance((0,) * lists))
    return likelihood, shares, chances


@pytest.mark.parametrize("classes", [2, 4, 10])
def test_the_likelihood_is_that_of_the_paper_with_those_unseen_summed_over(classes):
    model = LatentClasses(TABLE, classes)
    x = states(model, 1)
    likelihood, _ = model.energy(x)
    for column in range(x.shape[1]):
        assert likelihood[column] == pytest.approx(by_hand(model, x[:, column])[0], rel=1e-9)


def test_summing_over_those_unseen_leaves_what_the_likelihood_says():
    """sum over N of p(N) x multinomial, with p(N) = 1/N, is prod p(x)^n / (1 - p(0))^n."""
    unseen = 0.6
    n = 25
    total = sum(
        math.exp(
            math.lgamma(n + missing) - math.lgamma(missing + 1) + missing * math.log(unseen)
            - math.lgamma(n)
        )
        for missing in range(2000)
    )  # fmt: skip
    assert math.log(total) == pytest.approx(-n * math.log(1 - unseen), abs=1e-9)


def test_the_prior_is_that_of_the_paper_with_alpha_summed_over():
    model = LatentClasses(TABLE, 3, shape=0.25, rate=0.25)
    x = states(model, 2, 6)
    _, prior = model.energy(x)

    def direct(state: np.ndarray) -> float:
        v = [1 / (1 + math.exp(-float(one))) for one in state[:2]]
        chances = [1 / (1 + math.exp(-float(one))) for one in state[2:]]

        def under(alpha: float) -> float:
            gamma = alpha ** (0.25 - 1) * math.exp(-0.25 * alpha)
            return float(gamma * math.prod(alpha * (1 - one) ** (alpha - 1) for one in v))

        beta = quad(under, 0, 1)[0] + quad(under, 1, np.inf)[0]
        volume = math.prod(one * (1 - one) for one in [*v, *chances])
        return float(math.log(beta * volume))

    by_formula = np.array([direct(x[:, column]) for column in range(x.shape[1])])
    # both leave constants out: the differences between states must agree
    assert prior - prior[0] == pytest.approx(by_formula - by_formula[0], abs=1e-5)


@pytest.mark.parametrize("classes", [2, 5])
def test_the_gradient_is_the_slope_of_the_density(classes):
    model = LatentClasses(TABLE, classes)
    x = states(model, 3)
    heat = np.array([1.0, 0.5, 0.1, 0.0, 1.0], np.float32)
    force = model.force(x, heat)
    step = 2.0**-10
    for row in range(model.dimension):
        up, down = x.copy(), x.copy()
        up[row] += step
        down[row] -= step
        above, below = model.energy(up), model.energy(down)
        slope = heat * (above[0] - below[0]) + above[1] - below[1]
        slope /= up[row].astype(float) - down[row].astype(float)
        assert force[row] == pytest.approx(slope, rel=2e-3, abs=2e-3)


def test_draws_from_the_prior_have_its_moments():
    model = LatentClasses(TABLE, 4)
    x = model.draw_prior(np.random.default_rng(1), 40_000)
    chances = 1 / (1 + np.exp(-x[3:].astype(float)))
    assert chances.mean() == pytest.approx(0.5, abs=0.01)
    assert np.quantile(chances, [0.1, 0.9]) == pytest.approx([0.1, 0.9], abs=0.01)
    # E[1 - V] = E[alpha / (1 + alpha)] under Gamma(0.25, 0.25)
    expected = quad(
        lambda a: a / (1 + a) * 0.25**0.25 * a**-0.75 * math.exp(-0.25 * a) / math.gamma(0.25),
        0, np.inf,
    )[0]  # fmt: skip
    left = 1 - 1 / (1 + np.exp(-x[0].astype(float)))
    assert left.mean() == pytest.approx(expected, abs=0.01)


def test_shares_add_up_to_one():
    model = LatentClasses(TABLE, 10)
    assert model.shares(states(model, 4)).sum(0) == pytest.approx(np.ones(5))


def test_states_beyond_what_numbers_hold_are_impossible_and_not_likely():
    """All chances below what a number holds: their ratio means nothing, and must not win."""
    model = LatentClasses(TABLE, 3)
    x = np.full((model.dimension, 2), -700, np.float32)
    x[: model.classes - 1] = 0
    likelihood, prior = model.energy(x)
    assert (likelihood < -1e9).all()
    assert np.isfinite(prior).all()
    for wild in (1e6, -1e6, 130.0, -130.0):
        x[:] = wild
        assert np.isfinite(model.energy(x)).all()


def test_those_unseen_are_negative_binomial():
    model = LatentClasses(TABLE, 2)
    x = np.repeat(states(model, 5, 1), 20_000, axis=1)
    _, shares, chances = by_hand(model, x[:, 0])
    missed = sum(
        share * math.prod(1 - one for one in found)
        for share, found in zip(shares, chances, strict=True)
    )
    drawn = model.population(np.random.default_rng(1), x)
    assert drawn.mean() == pytest.approx(TABLE.n / (1 - missed), rel=0.01)
    assert drawn.min() >= TABLE.n
