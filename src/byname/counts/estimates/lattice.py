"""A table's patterns, and sums over the subsets and supersets of every set of lists.

The sums are taken for many models at once: t passes of additions (Yates 1937) in place of 4**t
multiplications a model with the table of which set is part of which pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Values = TypeVar("Values", NDArray[np.float64], NDArray[np.bool_])


def over_supersets(values: Values, lists: int) -> Values:
    """Return for every set the sum over all sets that hold it (of truth values: any).

    Args:
        values: shape (models, 2**lists), by the numbers of the sets; not changed.
        lists: the number of lists.

    """
    result = values.copy()
    for place in range(lists):
        halves = result.reshape(len(values), -1, 2, 1 << place)
        halves[:, :, 0] += halves[:, :, 1]
    return result


def over_subsets(values: Values, lists: int) -> Values:
    """Return for every set the sum over all sets that are part of it."""
    result = values.copy()
    for place in range(lists):
        halves = result.reshape(len(values), -1, 2, 1 << place)
        halves[:, :, 1] += halves[:, :, 0]
    return result


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of patterns and what all fits to them share.

    Attributes:
        counts: shape (patterns,), people with each pattern.
        patterns: shape (patterns,), the patterns as numbers (see ``hierarchy``).
        design: shape (patterns, 2**t): which sets of lists are part of which pattern.
        lists: t.

    """

    counts: Floats
    patterns: Ints
    design: Floats
    lists: int

    def sums(self, values: Values) -> Values:
        """Return for every set of lists the sum over the patterns that hold it.

        ``values`` are of shape (models, patterns), what is returned of shape (models, 2**t).
        """
        if len(self.patterns) == 1 << self.lists:
            return over_supersets(values, self.lists)
        none = np.zeros((len(values), 1), dtype=values.dtype)
        return over_supersets(np.hstack([none, values]), self.lists)

    def spread(self, values: Floats) -> Floats:
        """Return for every pattern the sum over the sets that are part of it; the reverse."""
        return over_subsets(values, self.lists)[:, self.patterns[0] :]


def table_of(counts: Sequence[float] | Floats, lists: int, unseen: float | None = None) -> Table:
    """Return the table of the counts of the patterns 1 ... 2**t - 1.

    With ``unseen`` the pattern of noughts is one of the patterns too and has that count.
    """
    patterns = np.arange(1 if unseen is None else 0, 1 << lists)
    sets = np.arange(1 << lists)[None, :]
    parts = (patterns[:, None] & sets) == sets
    given = np.asarray(counts, dtype=np.float64)
    whole = given if unseen is None else np.concatenate([[unseen], given])
    return Table(whole, patterns, parts.astype(np.float64), lists)
