"""One answer from many models: weights, the mixture of what they say, and draws from it.

A model says that the logarithm of the number on no list is normal about its estimate, with the
variance of the intercept and of the number itself (1/number). The models' weights are
exp(-difference/2) of the criterion to the best (Buckland, Burnham & Augustin 1997, Biometrics 53,
eq. 2; with BIC they approximate the probabilities of the models given the data, Raftery 1995).
The answer is the median of the mixture of these, its interval the mixture's quantiles, so that
the doubt about the model is in it. A weighted mean, as Buckland's eq. 1, would follow a model of
weight 0.001 that says ten million.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr

Floats = NDArray[np.float64]


def weights(scores: Floats) -> Floats:
    """Return the weights of models from AIC or BIC; an infinite score has none."""
    relative = np.exp(-0.5 * (scores - scores.min()))
    result: Floats = relative / relative.sum()
    return result


def log_spread(intercept: Floats, variance: Floats) -> Floats:
    """Return the standard deviation of the log of the number on no list."""
    result: Floats = np.sqrt(variance + np.exp(-intercept))
    return result


@dataclass(frozen=True, slots=True)
class Mixture:
    """What several models say of the logarithm of the number on no list.

    Each says: half above and half below its centre, as a normal distribution to either side.

    Attributes:
        weight, centre: shape (models,).
        below, above: shape (models,), the standard deviations to either side.

    """

    weight: Floats
    centre: Floats
    below: Floats
    above: Floats

    def quantile(self, share: float) -> float:
        """Return the number on no list below which a share of the mixture lies."""
        ends = (
            float((self.centre - 9.0 * self.below).min()),
            float((self.centre + 9.0 * self.above).max()),
        )

        def beyond(log: float) -> float:
            away = log - self.centre
            scale = np.where(away < 0.0, self.below, self.above)
            return float(self.weight @ ndtr(away / scale)) - share

        return float(np.exp(brentq(beyond, *ends, xtol=1e-10)))

    def draw(self, many: int, random: np.random.Generator) -> Floats:
        """Draw numbers on no list."""
        which = random.choice(len(self.weight), size=many, p=self.weight)
        normal = random.standard_normal(many)
        scale = np.where(normal < 0.0, self.below[which], self.above[which])
        result: Floats = np.exp(self.centre[which] + scale * normal)
        return result


def buckland(weight: Floats, estimate: Floats, error: Floats) -> tuple[float, float]:
    """Return the weighted mean of estimates and its standard error (Buckland et al. 1997, eq. 9).

    The standard error holds the models' own and how far they lie from the mean.
    """
    mean = float(weight @ estimate)
    return mean, float(weight @ np.sqrt(error**2 + (estimate - mean) ** 2))
