"""The sum over all decomposable graphs at once, without listing them.

There are 822 decomposable graphs on five lists, but 31 million on eight and 2 * 10^14 on ten. Their
sum is had exactly from smaller sums. Write w(G) for the product of h over the cliques of a graph
divided by the product over its separators, and for disjoint groups S and R let

    F(S, R) = sum of w(G) / h(S) over the decomposable graphs on S and R in which S is complete,
              R hangs together, and every list of S has a neighbour in R.

Some lists of R are joined to the whole of S, and these lists U hang together (were two of them
joined only by a path outside U, the path would close a ring without a chord). The complete groups K
within U make up a complex that can be shrunk to a point, as in every connected decomposable graph,
so that the sum of (-1)^(|K| - 1) over them is its Euler characteristic, one. Hence every graph is
counted once in

    F(S, R) = sum over K within R, not empty, of (-1)^(|K| - 1) h(S + K) / h(S) B(S, K, R - K)
    B(S, K, M) = sum over the partitions of M into groups X of the product of b(S, K, X)
    b(S, K, X) = sum over N within S + K that meet K of F(N, X)

since with S + K complete the rest falls into pieces X, each hanging on the complete group N of its
neighbours. A whole graph is a partition into connected pieces: the same sum with F({}, X).

All but the first line are sums of positive terms. In the first no term is larger than the answer,
since each is itself a sum over some of the graphs that the answer counts; so few digits are lost.
Everything is kept as logarithms, one column a number of unseen people. Work and memory grow as 5^p
and 4^p. With h = 1 the sum is the number of graphs, known to ten lists (OEIS A058862); up to six it
is also held against a list of them all (tests/counts/test_chordal.py).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.marginals import Floats, sizes

Indices = NDArray[np.int64]

Progress = Callable[[int, int], None]
"""Called with how many numbers of unseen people are summed for, and how many are asked for."""

_HELD = 1 << 23
"""Numbers in the largest table at once (64 MB, and there are two of them)."""
_COLUMNS = 256
"""Columns at once: more would only leave the processor's cache."""


def log_sum(
    logs: Callable[[Floats], Floats],
    lists: int,
    unseen: Floats,
    progress: Progress | None = None,
) -> Floats:
    """Return the log of the sum of w(G) over all decomposable graphs.

    Args:
        logs: gives log h of every group, shape (2^p, g), for g numbers of unseen people.
        lists: p, from 1 to 10.
        unseen: shape (g,).
        progress: told how many of these are done, and how many there are.

    Returns:
        Shape (g,).

    """
    wide = max(1, min(_COLUMNS, _HELD >> (2 * lists)))
    out = np.empty(len(unseen))
    for start in range(0, len(unseen), wide):
        chunk = unseen[start : start + wide]
        out[start : start + wide] = _Sum(logs(chunk), lists).whole()
        if progress is not None:
            progress(start + len(chunk), len(unseen))
    return out


class _Sum:
    """The tables of one chunk: F by (S, R), b and B by (S, K, X), as logarithms."""

    def __init__(self, logs: Floats, lists: int) -> None:
        columns = logs.shape[1]
        self.logs = logs
        self.lists = lists
        self.all = (1 << lists) - 1
        self.sizes = sizes(lists)
        self.three = _spread(lists, 3)
        self.four = _spread(lists, 4)
        self.hanging = np.zeros((3**lists, columns))
        self.blocks = np.empty((4**lists, columns))
        # Rows with M empty stay nought: one partition, the empty one.
        self.parted = np.zeros((4**lists, columns))

    def whole(self) -> Floats:
        """Return log of the sum over all graphs."""
        by_size = sorted(range(1, self.all + 1), key=int.bit_count)
        for size in range(1, self.lists + 1):
            groups = [group for group in by_size if group.bit_count() == size]
            for work in (self._fill_hanging, self._fill_blocks, self._fill_parted):
                for group in groups:
                    work(group)
        total = np.zeros((self.all + 1, self.logs.shape[1]))
        for group in by_size:
            held = _with_lowest(group)
            total[group] = _log_sum(self.hanging[2 * self.three[held]] + total[group ^ held], 0)
        out: Floats = total[self.all]
        return out

    def _fill_hanging(self, rest: int) -> None:
        """F(S, R) for all S outside R."""
        outside = _within(self.all ^ rest)
        inner = _within(rest)[1:]
        rows = self.four[outside][:, None] + (2 * self.four[inner] + 3 * self.four[rest ^ inner])
        terms = self.parted[rows]
        terms += self.logs[outside[:, None] | inner]
        terms -= self.logs[outside][:, None]
        signs = np.where(self.sizes[inner] % 2 == 1, 1.0, -1.0)
        most = terms.max(axis=1)
        terms -= most[:, None]
        np.exp(terms, out=terms)
        self.hanging[self.three[outside] + 2 * self.three[rest]] = most + np.log(
            np.einsum("skg,k->sg", terms, signs)
        )

    def _fill_blocks(self, block: int) -> None:
        """b(S, K, X) for all S and K outside X: first for one list in K, then list by list."""
        outside = _within(self.all ^ block)
        places = (self.all ^ block).bit_count()
        if not places:
            return
        hanging = self.hanging[self.three[outside] + 2 * self.three[block]]
        local = np.empty((3**places, hanging.shape[1]))
        steps = _steps(places)
        for place in range(places):
            with_place = hanging.reshape(-1, 2, 1 << place, hanging.shape[1])[:, 1]
            local[steps.single[place]] = _over_subgroups(
                with_place.reshape(-1, hanging.shape[1]), places - 1
            )
        for rows, without, alone in steps.further:
            local[rows] = np.logaddexp(local[without], local[alone])
        codes = _codes(self.all ^ block, 4)
        self.blocks[codes + 3 * self.four[block]] = local[steps.met]

    def _fill_parted(self, parted: int) -> None:
        """B(S, K, M): the group that holds the lowest list of M, and a partition of the rest."""
        if parted == self.all:
            return
        codes = _codes(self.all ^ parted, 4)
        first = _with_lowest(parted)
        terms = self.blocks[codes[:, None] + 3 * self.four[first]]
        terms += self.parted[codes[:, None] + 3 * self.four[parted ^ first]]
        self.parted[codes + 3 * self.four[parted]] = _log_sum(terms, 1)


def _log_sum(terms: Floats, axis: int) -> Floats:
    """Return the log of the sum of exponentials along an axis; ``terms`` is used up."""
    most = terms.max(axis=axis, keepdims=True)
    terms -= most
    np.exp(terms, out=terms)
    out: Floats = np.log(terms.sum(axis=axis)) + most.squeeze(axis)
    return out


def _over_subgroups(values: Floats, places: int) -> Floats:
    """Return for every group the sum over its subgroups (the zeta transform), as logarithms."""
    out = values.copy()
    for place in range(places):
        halves = out.reshape(-1, 2, 1 << place, values.shape[1])
        np.logaddexp(halves[:, 0], halves[:, 1], out=halves[:, 1])
    return out


class _Steps:
    """In which order b(S, K, X) is filled for so many places outside X.

    Rows are numbers of base 3 with a digit a place: 0 in neither, 1 in S, 2 in K.

    Attributes:
        single: for each place the rows with K that place alone, by S as a number of the others.
        further: for |K| = 2, 3, ...: rows, the rows without the last place of K, and those with
            that place alone in K and the others in S.
        met: rows with K not empty, in the order of ``_codes``.

    """

    def __init__(self, places: int) -> None:
        powers = 3 ** np.arange(places)
        digits = np.arange(3**places)[:, None] // powers % 3
        in_k = digits == 2
        size = in_k.sum(axis=1)
        self.met = np.flatnonzero(size)
        groups = np.arange(1 << max(places - 1, 0))
        self.single = []
        for place in range(places):
            others = np.delete(powers, place)
            member = groups[:, None] >> np.arange(places - 1) & 1
            self.single.append(member @ others + 2 * powers[place])
        last = powers[np.where(in_k, np.arange(places), -1).max(axis=1)]
        self.further = []
        for many in range(2, places + 1):
            rows = np.flatnonzero(size == many)
            others_in_s = rows - (in_k[rows] @ powers - last[rows])
            self.further.append((rows, rows - 2 * last[rows], others_in_s))


@lru_cache(maxsize=16)
def _steps(places: int) -> _Steps:
    return _Steps(places)


@lru_cache(maxsize=32)
def _spread(lists: int, base: int) -> Indices:
    """Return for every group the number of that base with a digit 1 for each of its lists."""
    groups = np.arange(1 << lists)
    out: Indices = (groups[:, None] >> np.arange(lists) & 1) @ base ** np.arange(lists)
    return out


@lru_cache(maxsize=1 << 11)
def _within(group: int) -> Indices:
    """Return all groups within a group, counting upwards; the empty one first."""
    out = np.zeros(1, dtype=np.int64)
    for place in range(group.bit_length()):
        if group >> place & 1:
            out = np.concatenate([out, out | 1 << place])
    return out


@lru_cache(maxsize=1 << 11)
def _with_lowest(group: int) -> Indices:
    """Return the groups within a group that hold its lowest list."""
    lowest = group & -group
    return _within(group ^ lowest) | lowest


@lru_cache(maxsize=1 << 11)
def _codes(group: int, base: int) -> Indices:
    """Return S + 2 K as numbers of that base, for all disjoint S and K within a group, K held."""
    places = [place for place in range(group.bit_length()) if group >> place & 1]
    steps = _steps(len(places))
    digits = steps.met[:, None] // 3 ** np.arange(len(places)) % 3
    out: Indices = digits @ base ** np.array(places, dtype=np.int64)
    return out
