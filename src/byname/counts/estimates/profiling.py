"""The interval of one log-linear model, from its profile likelihood.

For a number in all N the model is fitted to the table with N - n people in the pattern of noughts;
the multinomial likelihood that this gives, as a function of N, is the profile (Cormack 1992,
Biometrics 48, "Interval estimation for mark-recapture studies of closed populations"). Unlike
estimate plus or minus twice its error, the interval is as lopsided as the data say, and does not
reach below the people known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaln, xlogy
from scipy.stats import chi2

from byname.counts.estimates.fitting import STEPS, newton
from byname.counts.estimates.lattice import table_of

FARTHEST = 1e4
"""No upper end is looked for above so many times the estimate."""
LEAST = 1e-6
"""So few on no list are none."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The interval of the number on no list by profile likelihood.

    Attributes:
        best: the number at which the profile is highest; slightly below that of the Poisson fit.
        low: lower end, 0.0 when the likelihood allows for none.
        high: upper end; None when the likelihood does not fall off however many there are.

    """

    best: float
    low: float
    high: float | None


def profile(
    counts: NDArray[np.float64],
    lists: int,
    sets: NDArray[np.intp],
    alive: NDArray[np.bool_],
    centre: float,
    level: float,
) -> Profile:
    """Return the interval of the number on no list for one model.

    Args:
        counts: shape (2**t - 1,).
        lists: t.
        sets: shape (parameters,), the model's sets of lists with finite parameters.
        alive: shape (2**t - 1,), the patterns of the fit.
        centre: the number that the Poisson fit gives, above nought.
        level: of the interval.

    """
    likelihood = _likelihood(counts, lists, sets, alive)

    def loss(log: float) -> float:
        return -likelihood(float(np.exp(log)))

    middle = np.log(centre)
    found = minimize_scalar(loss, bounds=(middle - 4.0, middle + 1.0), method="bounded")
    top, best = -float(found.fun), float(found.x)
    fall = 0.5 * float(chi2.ppf(level, 1))

    def above(log: float) -> float:
        return likelihood(float(np.exp(log))) - top + fall

    low = _crossing(above, best, -1.0, np.log(LEAST))
    high = _crossing(above, best, 1.0, middle + np.log(FARTHEST))
    return Profile(
        float(np.exp(best)),
        0.0 if low is None else float(np.exp(low)),
        None if high is None else float(np.exp(high)),
    )


def _crossing(
    above: Callable[[float], float], start: float, way: float, end: float
) -> float | None:
    """Return where the profile falls through the level, walking in ever longer steps."""
    near, stride = start, 0.25
    while way * near < way * end:
        far = near + way * stride
        if above(far) < 0.0:
            return float(brentq(above, *sorted((near, far)), xtol=1e-6))
        near, stride = far, stride * 1.6
    return None


def _likelihood(
    counts: NDArray[np.float64],
    lists: int,
    sets: NDArray[np.intp],
    alive: NDArray[np.bool_],
) -> Callable[[float], float]:
    """Return the profile log-likelihood, but for a constant, as a function of those on no list."""
    n = float(counts.sum())
    columns = sets[None, :]
    all_alive = np.concatenate([[True], alive])[None, :]

    def likelihood(unseen: float) -> float:
        whole = n + unseen
        table = table_of(counts, lists, unseen)
        fits = newton(table, columns, all_alive, STEPS)
        ways = float(gammaln(whole + 1.0) - gammaln(unseen + 1.0))
        kept = float(xlogy(unseen, unseen) - xlogy(whole, whole))
        return ways + kept - 0.5 * float(fits.deviance[0])

    return likelihood
