"""How likely the lists of one group are, as the number of people on no list varies.

For a group A of lists let the table of A be the counts of the 2^|A| patterns of those lists alone.
With a Dirichlet prior of ``delta`` a cell of the full table (2^p cells), a cell of the table of A
has the prior a = delta 2^(p - |A|), and the marginal likelihood of the table is

    h(A) = G(a0) / G(a0 + N)  *  product over the cells c of  G(n_c + a) / G(a)

with G the gamma function, a0 = delta 2^p and N people in all (Dawid & Lauritzen 1993, "Hyper
Markov laws in the statistical analysis of decomposable graphical models", Annals of Statistics 21,
section 3; Madigan & York 1997, Biometrika 84, section 3). Only the cell of those on none of the
lists of A depends on the unseen m = N - n: it holds m and all who were seen, but not on A.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from byname.counts.estimates.cells import Cells

Floats = NDArray[np.float64]

_STIRLING_FROM = 50.0
"""From here on the series below, cut after its third term, is exact to the last digits."""


def log_gamma_ratio(x: Floats, step: float) -> Floats:
    """Return log G(x + step) - log G(x) without the loss of digits of a difference.

    The plain difference loses everything once log G(x) is larger than 1e16 times the answer: at
    x = 1e13 it is off by 0.1. For large x Stirling's series is subtracted term by term.

    Args:
        x: positive numbers, any shape.
        step: such that x + step is positive too.

    """
    x = np.asarray(x, dtype=np.float64)
    far = np.minimum(x, x + step) >= _STIRLING_FROM
    safe = np.where(far, x, _STIRLING_FROM + abs(step))
    top = safe + step
    series = (top - 0.5) * np.log1p(step / safe) + step * (np.log(safe) - 1.0)
    ratio: Floats = series + _tail_of_stirling(top) - _tail_of_stirling(safe)
    if far.all():
        return ratio
    near = np.where(far, 1.0 + abs(step), x)
    return np.where(far, ratio, gammaln(near + step) - gammaln(near))


def _tail_of_stirling(x: Floats) -> Floats:
    """Return 1/12x - 1/360x^3 + 1/1260x^5 (Abramowitz & Stegun 1964, 6.1.41)."""
    inverse = 1.0 / x
    square = inverse * inverse
    tail: Floats = inverse * (1 / 12 - square * (1 / 360 - square / 1260))
    return tail


def sizes(lists: int) -> NDArray[np.int64]:
    """Return how many lists every group of so many lists holds; shape (2^p,)."""
    return np.array([group.bit_count() for group in range(1 << lists)], dtype=np.int64)


def tables(cells: Cells) -> NDArray[np.int64]:
    """Return the people of every pattern, indexed by the pattern as a number.

    Returns:
        Shape (2^p,): the list in place i of ``cells.lists`` is the bit 2^i; [0] is nought.

    """
    counts = np.zeros(1 << len(cells.lists), dtype=np.int64)
    for pattern, count in cells.counts.items():
        counts[sum(1 << place for place, on in enumerate(pattern) if on)] += count
    return counts


class Marginals:
    """log h(A) of every group A of lists, for any numbers of unseen people.

    Attributes:
        p: number of lists.
        n: people seen.
        delta: prior of a cell of the full table.
        empty: shape (2^p,); how many were seen, but on none of the lists of the group.

    """

    def __init__(self, counts: NDArray[np.int64], delta: float) -> None:
        self.p = len(counts).bit_length() - 1
        self.n = int(counts.sum())
        self.delta = delta
        groups = np.arange(len(counts))
        self._alpha = delta * 2.0 ** (self.p - sizes(self.p))
        self.empty = np.zeros(len(counts))
        self._constant = np.zeros(len(counts))
        for group in range(1, len(counts)):
            table = np.bincount(groups & group, weights=counts, minlength=len(counts))
            a = float(self._alpha[group])
            self.empty[group] = table[0]
            # Cells with nobody in them add log G(0 + a) - log G(a) = 0.
            held = table[1:][table[1:] > 0]
            self._constant[group] = (gammaln(held + a) - gammaln(a)).sum()

    def logs(self, unseen: Floats) -> Floats:
        """Return log h(A) for every group A.

        Args:
            unseen: shape (g,), people on no list, from nought.

        Returns:
            Shape (2^p, g); row 0, the empty group, is nought.

        """
        whole = self.delta * 2.0**self.p
        total = unseen + (self.n + whole)
        out = np.zeros((1 << self.p, len(unseen)))
        for group in range(1, 1 << self.p):
            a = float(self._alpha[group])
            # log G(m + empty + a) - log G(N + a0): a step downwards from the total.
            step = self.empty[group] + a - self.n - whole
            out[group] = log_gamma_ratio(total, step) + self._constant[group] - gammaln(a)
        out[1:] += math.lgamma(whole)
        return out

    def ways(self, unseen: Floats) -> Floats:
        """Return log (N! / m!): in how many ways n of the N can be those seen; shape (g,)."""
        return log_gamma_ratio(unseen + 1.0, float(self.n))
