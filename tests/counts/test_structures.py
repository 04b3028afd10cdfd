"""Jumps between structures: their density is that of what is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammaln, logsumexp

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.latent_classes import LatentClasses
from byname.counts.estimates.structures import fit
from byname.counts.estimates.tempering import Pace, Tempered

TABLE = Cells(
    ("P", "Q", "E"),
    {
        (1, 0, 0): 69, (0, 1, 0): 55, (0, 0, 1): 63, (1, 1, 0): 21, (1, 0, 1): 17, (0, 1, 1): 18,
        (1, 1, 1): 28,
    },
    "hepatitis A in Taiwan, Chao et al. 1997",
)  # fmt: skip


@pytest.fixture(scope="module")
def sampled():
    """States of the posterior by tempering alone."""
    model = LatentClasses(TABLE, 5)
    rng = np.random.default_rng(1)
    chains = Tempered(model, 16, rng, float(TABLE.n))
    chains.warm_up(Pace(8, 4), (100, 150, 200))
    met = []
    for _ in range(1000):
        chains.sweep(Pace(8, 4))
        met.append(chains.coldest.copy())
    return model, chains, np.concatenate(met, axis=1)


def evidence_by_ladder(chains: Tempered, sweeps: int) -> float:
    """Log of the integral of likelihood times prior, by stepping stones up the ladder."""
    heat = chains.ladder.heat
    found = []
    for _ in range(sweeps):
        chains.sweep(Pace(8, 4))
        found.append(chains.likelihood.reshape(chains.chains, -1).copy())
    table = np.concatenate(found)
    steps = np.diff(heat) * table[:, :-1]
    return float((logsumexp(steps, axis=0) - np.log(len(table))).sum())


def test_the_density_of_proposals_is_theirs(sampled):
    """Weights of proposals add up to the evidence that the ladder gives, which knows no jumps.

    A density that left out a factor (the order of classes, a Jacobian) would miss it by far.
    """
    model, chains, met = sampled
    jumps = fit(model, met[:, ::4])
    assert jumps is not None
    new, density = jumps.draw(np.random.default_rng(2), 200_000)
    likelihood, prior = model.energy(new)
    by_weights = logsumexp(likelihood + prior - density) - np.log(density.size)
    k = model.classes
    # what the prior, which is kept without its constant, integrates to
    constant = gammaln(0.25) - gammaln(0.25 + k - 1) - 0.25 * np.log(0.25)
    assert by_weights == pytest.approx(evidence_by_ladder(chains, 600) + constant, abs=0.5)


def test_chains_that_jump_stay_in_the_same_posterior(sampled):
    model, chains, met = sampled
    chains.jumps = fit(model, met[:, ::4])
    people = []
    for _ in range(1500):
        chains.sweep(Pace(8, 4))
        people.append(model.population(chains.rng, chains.coldest))
    assert chains.jumped.min() > 20
    before = np.quantile(model.population(chains.rng, met), [0.025, 0.5, 0.975])
    assert np.quantile(people, [0.025, 0.5, 0.975]) == pytest.approx(before, rel=0.06)


def test_too_few_states_give_no_jumps():
    model = LatentClasses(TABLE, 5)
    assert fit(model, model.draw_prior(np.random.default_rng(1), 3)) is None
