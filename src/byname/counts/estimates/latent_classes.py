"""The posterior density of a latent class model of lists, and its gradient.

The model (Manrique-Vallier 2016, "Bayesian population size estimation using Dirichlet process
mixtures", Biometrics 72, 1246-1254, eqs. 2-6): everybody belongs to one of K classes; within a
class, lists find people independently of one another:

    p(x) = sum_k pi_k prod_j lambda_kj^x_j (1 - lambda_kj)^(1 - x_j)
    lambda_kj ~ Beta(1, 1);   pi_k = V_k prod_(h<k) (1 - V_h);   V_k ~ Beta(1, alpha)
    alpha ~ Gamma(a, b);      p(N) proportional to 1 / N

Here the allocation of people to classes, N and alpha are integrated out, in closed form, where
the Gibbs sampler of the paper draws them. What is left is a smooth density of the logits of V and
lambda, which gradients can follow:

    log p(n | lambda, V) = sum_x n_x log p(x) - n log(1 - p(0))         (N out: negative binomial)
    log p(V) = - sum_k log(1 + exp(-v_k))
               - (a + K - 1) log(b + sum_k log(1 + exp(v_k)))                       (alpha out)

N given lambda and V is the number seen, n, plus a negative binomial draw with n successes of
chance 1 - p(0): no cap is put on it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.cells import Cells

States = NDArray[np.float32]
"""Shape (dimension, replicas): first the K - 1 logits of V, then those of lambda, list by list."""

Floats = NDArray[np.float64]

_HIGH = np.float32(80.0)
"""Logits above are as good as infinite; exp(80) still fits a single-precision number."""
_TINY = 1e-30
_NOUGHT = 1e-280
_IMPOSSIBLE = -1e12
_LOGISTIC = np.float32(3 / np.pi**2)
"""Precision of the logit of a uniform chance."""
_INFORMATION = np.float32(0.15)
"""What one person tells about the logit of a chance, lambda (1 - lambda), about the middle."""


class LatentClasses:
    """The posterior of a table, for any number of states at once.

    States are kept in single precision, and so are gradients (they only steer); energies, which
    decide what is accepted, are summed in double precision.

    Args:
        cells: the table.
        classes: K, at which the stick-breaking is cut off.
        shape, rate: a and b, of the prior of alpha.

    """

    def __init__(self, cells: Cells, classes: int, shape: float = 0.25, rate: float = 0.25) -> None:
        patterns = [*cells.counts, (0,) * len(cells.lists)]
        self.n = float(cells.n)
        self.classes, self.lists = classes, len(cells.lists)
        self.dimension = classes - 1 + classes * self.lists
        self._shape, self._rate = shape + classes - 1, rate
        self._patterns = len(patterns)
        self._design = np.array([(*pattern, 1) for pattern in patterns], np.float64)
        self._counts = np.array(list(cells.counts.values()), np.float64)[:, None]
        self._alpha = shape
        self._single = (
            np.ascontiguousarray(self._design, np.float32),
            np.ascontiguousarray(self._design.T, np.float32),
            self._counts.astype(np.float32),
        )

    def draw_prior(self, rng: np.random.Generator, replicas: int) -> States:
        """Return independent draws from the prior, shape (dimension, replicas)."""
        alpha = np.maximum(rng.gamma(self._alpha, 1 / self._rate, replicas), 1e-30)
        left = np.log(rng.uniform(size=(self.classes - 1, replicas))) / alpha  # log(1 - V)
        with np.errstate(divide="ignore", over="ignore"):
            sticks = np.where(left < -30, -left, np.log(-np.expm1(left)) - left)
        chance = rng.uniform(size=(self.classes * self.lists, replicas))
        logits = np.log(chance) - np.log1p(-chance)
        return np.concatenate([np.clip(sticks, -80, 1e30), logits]).astype(np.float32)

    def energy(self, states: States) -> tuple[Floats, Floats]:
        """Return log likelihood and log prior, up to constants, each of shape (replicas,)."""
        k = self.classes
        x = states.astype(np.float64)
        parts = _Parts(x, self, self._design)
        seen = np.maximum(parts.seen, _NOUGHT)
        chances = np.maximum(parts.totals[:-1], _NOUGHT)
        likelihood = (self._counts * np.log(chances)).sum(0) - self.n * np.log(seen)
        # where chances are too small to be held as numbers, their ratio means nothing
        likelihood[(seen <= _NOUGHT) | (chances <= _NOUGHT).any(0)] = _IMPOSSIBLE
        prior = (
            (x[: k - 1] - parts.stick_softplus).sum(0)
            - self._shape * np.log(self._rate + parts.stick_sum)
            + x[k - 1 :].sum(0)
            - 2 * parts.softplus[k - 1 :].sum(0)
        )
        return likelihood, prior

    def force(self, states: States, heat: States) -> States:
        """Return the gradient of ``heat * log likelihood + log prior``, shape of ``states``."""
        k, lists, replicas = self.classes, self.lists, states.shape[1]
        design, transposed, counts = self._single
        parts = _Parts(states, self, design)
        chance = np.divide(parts.exps, parts.exps_plus_one, out=parts.exps)  # V, lambda
        factor = np.maximum(parts.totals, _TINY, out=parts.totals)
        np.divide(counts, factor[:-1], out=factor[:-1])
        np.divide(np.float32(self.n), np.maximum(parts.seen, _TINY), out=factor[-1])
        factor *= heat
        by_class = parts.by_class.reshape(self._patterns, k, replicas)
        by_class *= factor[:, None, :]
        sums = (transposed @ parts.by_class).reshape(lists + 1, k, replicas)
        weight = sums[lists]  # people of each class, those unseen included
        after = np.cumsum(weight, 0)
        stick = after[-1] - after[:-1]
        stick += weight[:-1]
        stick += 1 + np.float32(self._shape) / (np.float32(self._rate) + parts.stick_sum)
        out = chance
        out[: k - 1] *= stick
        np.subtract(weight[:-1] + 1, out[: k - 1], out=out[: k - 1])
        logits = out[k - 1 :].reshape(lists, k, replicas)
        weight += 2
        logits *= weight
        np.subtract(sums[:lists], logits, out=logits)
        logits += 1
        return np.asarray(out)

    def population(self, rng: np.random.Generator, states: States) -> Floats:
        """Draw N given states: shape (replicas,), people, those whom no list names included."""
        seen = _Parts(states.astype(np.float64), self, self._design).seen
        chance = np.clip(seen, 1e-12, 1.0)
        return np.asarray(self.n + rng.negative_binomial(self.n, chance), np.float64)

    def scales(self, states: States, heat: States) -> States:
        """Return steps that suit the logits of lambda while the shares of classes stay.

        A class of many people holds its lambdas tightly, an empty one not at all; the shares tell
        which is which. Logits of V have the step 0: what a step rests on must not move with it.
        """
        people = np.float32(self.n) * heat * self.shares(states).astype(np.float32)
        steps = np.zeros_like(states)
        wide = 1 / np.sqrt(_LOGISTIC + _INFORMATION * people)
        steps[self.classes - 1 :] = np.tile(wide, (self.lists, 1))
        return steps

    def shares(self, states: States) -> Floats:
        """Return the shares of the classes, shape (classes, replicas)."""
        return np.asarray(np.exp(self.log_shares(states)))

    def log_shares(self, states: States) -> Floats:
        """Return the logs of the shares of the classes, shape (classes, replicas)."""
        x = states[: self.classes - 1].astype(np.float64)
        stick = np.logaddexp(0, x)
        logs = np.zeros((self.classes, x.shape[1]))
        logs[:-1] = x - stick
        logs[1:] -= np.cumsum(stick, 0)
        return logs


class _Parts:
    """What energy and gradient share, in the precision of ``x``; replicas come last."""

    def __init__(
        self, x: NDArray[np.floating], model: LatentClasses, design: NDArray[np.floating]
    ) -> None:
        k, lists, replicas = model.classes, model.lists, x.shape[1]
        self.exps = np.minimum(x, _HIGH.astype(x.dtype))
        np.exp(self.exps, out=self.exps)
        self.exps_plus_one = self.exps + 1
        self.softplus = np.log(self.exps_plus_one)
        np.maximum(self.softplus, x, out=self.softplus)  # right above 80 too
        sticks = x[: k - 1]
        self.stick_softplus = self.softplus[: k - 1]
        left = np.cumsum(self.stick_softplus, 0)
        self.stick_sum = left[-1]
        missed = self.softplus[k - 1 :].reshape(lists, k, replicas).sum(0)
        shares = np.zeros((k, replicas), x.dtype)  # logs at first
        np.subtract(sticks, self.stick_softplus, out=shares[:-1])
        shares[1:] -= left
        terms = np.empty((lists + 1, k, replicas), x.dtype)
        terms[:lists] = x[k - 1 :].reshape(lists, k, replicas)
        np.subtract(shares, missed, out=terms[lists])
        self.by_class = design @ terms.reshape(lists + 1, k * replicas)
        np.exp(self.by_class, out=self.by_class)
        self.totals = self.by_class.reshape(len(design), k, replicas).sum(1)
        np.exp(shares, out=shares)
        np.negative(missed, out=missed)
        np.expm1(missed, out=missed)  # 1 - p(0) where p(0) is near one
        shares *= missed
        self.seen = -shares.sum(0)
