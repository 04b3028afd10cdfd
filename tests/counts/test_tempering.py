"""Tempered chains on posteriors whose moments and modes are known."""

from __future__ import annotations

import numpy as np

from byname.counts.estimates.convergence import convergence
from byname.counts.estimates.tempering import Pace, Tempered, part_of


class TwoHills:
    """A standard normal prior; a likelihood with two narrow hills, one three times the other."""

    dimension = 2
    places = (np.array([-2.0, 0.0]), np.array([2.0, 1.0]))
    shares = (0.25, 0.75)
    width = 0.1

    def draw_prior(self, rng, replicas):
        return rng.standard_normal((2, replicas)).astype(np.float32)

    def _hills(self, x):
        away = [((x - place[:, None]) ** 2).sum(0) for place in self.places]
        # the share that the prior takes from each hill is given back
        up = [
            np.log(share) + 0.5 * (place**2).sum() / (1 + self.width**2)
            for share, place in zip(self.shares, self.places, strict=True)
        ]
        return [height - 0.5 * one / self.width**2 for height, one in zip(up, away, strict=True)]

    def energy(self, states):
        x = states.astype(np.float64)
        return np.logaddexp(*self._hills(x)), -0.5 * (x**2).sum(0)

    def force(self, states, heat):
        x = states.astype(np.float64)
        hills = np.array(self._hills(x))
        weights = np.exp(hills - np.logaddexp.reduce(hills, axis=0))
        pull = sum(
            weight * (place[:, None] - x) / self.width**2
            for weight, place in zip(weights, self.places, strict=True)
        )
        return (heat * pull - x).astype(np.float32)

    def scales(self, states, heat):
        steps = np.zeros_like(states)
        steps[1] = 1 / np.sqrt(1 + heat / self.width**2)
        return steps


def sampled(seed: int, sweeps: int = 3000):
    rng = np.random.default_rng(seed)
    chains = Tempered(TwoHills(), 4, rng, 100.0)
    chains.warm_up(Pace(8, 4), (100, 100, 100))
    draws = np.empty((4, sweeps, 2))
    for sweep in range(sweeps):
        chains.sweep(Pace(8, 4))
        draws[:, sweep] = chains.coldest.T
    return chains, draws


def test_chains_cross_between_modes_and_give_each_its_share():
    chains, draws = sampled(1)
    right = draws[:, :, 0] > 0
    assert abs(right.mean() - 0.75) < 0.05
    assert convergence(draws[:, :, 0]).rhat < 1.02
    assert (chains.arrivals > 20).all()
    # within a hill: normal, pulled a little towards the prior's middle
    hill = draws[:, :, 1][right]
    assert abs(hill.mean() - 1 / (1 + 0.1**2)) < 0.01
    assert abs(hill.std() - 0.1 / np.sqrt(1 + 0.1**2)) < 0.01


def test_the_same_seed_gives_the_same_draws():
    assert (sampled(7, 50)[1] == sampled(7, 50)[1]).all()
    assert (sampled(7, 50)[1] != sampled(8, 50)[1]).any()


def test_rungs_run_from_the_prior_to_the_posterior_and_refuse_alike():
    chains, _ = sampled(3, 400)
    heat = chains.ladder.heat
    assert heat[0] == 0
    assert heat[-1] == 1
    assert (np.diff(heat) > 0).all()
    assert chains.refusals.max() < 0.75


def test_chains_go_on_from_where_they_stood():
    chains, _ = sampled(4, 10)
    standing = part_of(chains.standing(), 2)
    more = Tempered(TwoHills(), 2, np.random.default_rng(1), standing)
    assert more.rungs == chains.rungs
    assert (more.states == chains.states[:, : 2 * chains.rungs]).all()
    assert (more.likelihood == chains.likelihood[: 2 * chains.rungs]).all()
