"""Chao's lower bound: from how many are on just one list and how many on just two.

People differ in how likely lists are to name them, and those least likely are the ones missed.
Whatever the differences, as many as

    (t - 1) / t * f1**2 / (2 f2)

are on no list on average, or more, with t lists, f1 people on one list alone and f2 on two (Chao
1987, Biometrics 43, eq. 11 in its form for a finite number of lists: Chao & Huggins 2005, in
Handbook of Capture-Recapture Analysis, section 4.2; from the Cauchy-Schwarz inequality). It is a
bound as long as the lists are alike in size and do not lead people to one another; where being on
one list makes being on another likelier, it stays a bound, where they avoid each other it may not.
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

import numpy as np
from scipy.special import ndtri

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.model import Diagnostics, Draws, Estimate
from byname.errors import EstimateError

METHOD = "chao"
DRAWS = 4_000
SEED = 1987
FEW = 10
"""With fewer people on two lists the uncorrected bound is well above what it should be."""
UNEVEN = 5.0
"""A list so many times the size of another: the lists are not alike."""


def estimate(cells: Cells, level: float = 0.95) -> Estimate:
    """Estimate the least number that there were.

    Args:
        cells: the table; two to ten lists.
        level: of the interval, between 0 and 1.

    Returns:
        an estimate whose ``estimate`` is the bound and ``low`` the lower end of the bound's
        interval, by the logarithm of the number on no list (Chao 1987, eq. 12); ``high`` is None,
        for nothing is said about how many more there were. ``diagnostics.details`` hold ``f1``,
        ``f2``, ``standard_error``, ``bound_high`` (the upper end of the interval of the bound, not
        of the number), ``bias_corrected`` with its own, and ``uneven``: whether the lists differ so
        much in size that the bound may be too high. Without anybody on just two lists
        ``estimate`` is None and the first warning says so.

    Raises:
        EstimateError: ``level`` is not between 0 and 1.

    """
    if not 0.0 < level < 1.0:
        raise EstimateError(f"The level {level} is not between 0 and 1; give 0.95 for 95 %.")
    t, n = len(cells.lists), cells.n
    ones, twos = on_exactly(cells, 1), on_exactly(cells, 2)
    details: dict[str, Any] = {"f1": ones, "f2": twos, "lists": t, "lower_bound": True}
    if not twos:
        why = (
            "Nobody is on just two lists, and Chao's bound is made from how many are; link the "
            "lists first, or choose lists that overlap."
        )
        return Estimate(METHOD, None, None, None, level, n, Diagnostics((why,), details))
    unseen, error = bound(ones, twos, t)
    corrected, corrected_error = corrected_bound(ones, twos, t)
    low, high = interval(unseen, error, level)
    details |= {
        "standard_error": error,
        "bound_high": n + high,
        "bias_corrected": _figures(n, corrected, corrected_error, level),
        "uneven": max(cells.sizes) > UNEVEN * min(cells.sizes),
    }
    return Estimate(
        METHOD,
        n + unseen,
        n + low,
        None,
        level,
        n,
        Diagnostics(_cautions(cells, ones, twos, n + corrected), details),
        n + _draws(unseen, error),
    )


def on_exactly(cells: Cells, lists: int) -> int:
    """Return how many people are on so many lists, no more and no fewer."""
    return sum(count for pattern, count in cells.counts.items() if sum(pattern) == lists)


def bound(ones: int, twos: int, lists: int) -> tuple[float, float]:
    """Return the bound of the number on no list and its standard error (Chao 1987, eq. 11).

    The error is that of the log-linear form of the bound (Rivest & Baillargeon 2007, Biometrics
    63), which is the delta method's.
    """
    if not ones:
        return 0.0, 0.0
    unseen = (lists - 1) / lists * ones**2 / (2.0 * twos)
    return unseen, sqrt(unseen + unseen**2 * (4.0 / ones + 1.0 / twos))


def corrected_bound(ones: int, twos: int, lists: int) -> tuple[float, float]:
    """Return the bound without its bias in small tables, and its standard error.

    Rivest & Baillargeon 2007, Biometrics 63, section 4: f1 (f1 - 1) for f1**2 and f2 + 1 for f2.
    """
    share = (lists - 1) / lists
    product = ones * (ones - 1)
    unseen = share * product / (2.0 * (twos + 1))
    more = ones**2 + 4 * ones * twos + 3 * ones - 6 * twos - 6
    spread = share**2 * product * more / (4.0 * (twos + 1) ** 2 * (twos + 2))
    return unseen, sqrt(max(unseen + spread, 0.0))


def interval(unseen: float, error: float, level: float) -> tuple[float, float]:
    """Return the ends of the interval of a number on no list (Chao 1987, eq. 12).

    The logarithm of the number is taken to be normal, so that the interval does not reach below
    those who are known.
    """
    if unseen <= 0.0:
        return 0.0, 0.0
    factor = exp(float(ndtri((1.0 + level) / 2.0)) * _log_spread(unseen, error))
    return unseen / factor, unseen * factor


def _log_spread(unseen: float, error: float) -> float:
    return sqrt(log(1.0 + (error / unseen) ** 2))


def _figures(n: int, unseen: float, error: float, level: float) -> dict[str, float]:
    """Return a bound of all people, its error and interval."""
    low, high = interval(unseen, error, level)
    return {"estimate": n + unseen, "standard_error": error, "low": n + low, "high": n + high}


def _draws(unseen: float, error: float) -> Draws:
    """Draw from what the bound's sampling distribution is taken to be."""
    if unseen <= 0.0:
        return np.zeros(DRAWS)
    normal = np.random.default_rng(SEED).standard_normal(DRAWS)
    return np.asarray(unseen * np.exp(_log_spread(unseen, error) * normal), dtype=np.float64)


def _cautions(cells: Cells, ones: int, twos: int, corrected: float) -> tuple[str, ...]:
    """Return what is to be said of the bound, the worst first."""
    found = []
    if twos < FEW:
        found.append(
            f"Only {twos} people are on just two lists; corrected for so few, the bound is "
            f"{corrected:,.0f}."
        )
    if not ones:
        found.append("Nobody is on one list alone, so the bound is the number of people known.")
    sizes = cells.sizes
    if max(sizes) > UNEVEN * min(sizes):  # ``uneven`` in the details
        small = cells.lists[sizes.index(min(sizes))]
        large = cells.lists[sizes.index(max(sizes))]
        found.append(
            f"The lists differ much in size ({large}: {max(sizes):,}, {small}: {min(sizes):,}); "
            "the bound takes lists to be alike and can then be too high."
        )
    found.append(
        "This is a lower bound: at least about so many, if the lists do not avoid each other's "
        "people; how many more, it does not say."
    )
    return tuple(found)
