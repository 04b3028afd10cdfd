"""Weights of models and the mixture of what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byname.counts.estimates.averaging import Mixture, buckland, log_spread, weights


def test_weights_are_those_of_buckland_burnham_and_augustin():
    found = weights(np.array([100.0, 102.0, np.inf, 110.0]))
    assert found.sum() == pytest.approx(1.0)
    assert found[1] / found[0] == pytest.approx(np.exp(-1.0))
    assert found[2] == 0.0
    assert found[3] / found[0] == pytest.approx(np.exp(-5.0))


def test_one_model_has_the_quantiles_of_the_normal_distribution():
    one = Mixture(np.ones(1), np.array([np.log(50.0)]), np.array([0.2]), np.array([0.4]))
    assert one.quantile(0.5) == pytest.approx(50.0)
    assert one.quantile(0.025) == pytest.approx(50.0 * np.exp(-1.959964 * 0.2), rel=1e-6)
    assert one.quantile(0.975) == pytest.approx(50.0 * np.exp(1.959964 * 0.4), rel=1e-6)


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.tuples(st.floats(0.05, 1.0), st.floats(0.0, 12.0), st.floats(0.05, 1.5)),
        min_size=1,
        max_size=6,
    )
)
def test_draws_have_the_quantiles(models):
    weight, centre, spread = (np.array(column) for column in zip(*models, strict=True))
    mixture = Mixture(weight / weight.sum(), centre, spread, spread * 1.5)
    draws = mixture.draw(20_000, np.random.default_rng(0))
    shares = [0.1, 0.5, 0.9]
    for share in shares:
        below = float((draws <= mixture.quantile(share)).mean())
        assert below == pytest.approx(share, abs=0.02)
    ends = [mixture.quantile(share) for share in shares]
    assert ends == sorted(ends)


def test_a_light_model_far_off_does_not_move_the_middle_but_moves_the_mean():
    weight = np.array([0.999, 0.001])
    mixture = Mixture(weight, np.log([1e3, 1e7]), np.array([0.1, 0.1]), np.array([0.1, 0.1]))
    assert mixture.quantile(0.5) == pytest.approx(1000, rel=0.01)
    mean, error = buckland(weight, np.array([1e3, 1e7]), np.array([100.0, 1e6]))
    assert mean > 10_000
    assert error > 10_000


def test_models_that_agree_have_their_own_error_on_average():
    mean, error = buckland(np.array([0.5, 0.5]), np.array([900.0, 900.0]), np.array([30.0, 50.0]))
    assert (mean, error) == (900.0, 40.0)


def test_the_spread_holds_the_number_s_own_chance():
    assert log_spread(np.array([np.log(100.0)]), np.array([0.03]))[0] == pytest.approx(0.2)
