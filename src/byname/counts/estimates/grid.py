"""A posterior of the unseen on a grid that finds its own points.

The number m of people on no list runs over all whole numbers from nought. The first ``ONE_BY_ONE``
are taken one by one; further up the sum over m is an integral over

    u = 2 sqrt(n) asinh(sqrt(m / n)),    m = n sinh(u / (2 sqrt(n)))^2

with n people seen. In u no peak of the posterior is narrower than a standard deviation of one: the
second derivative of log (N! / m!) is -n / (m N) up to terms of higher order, and the rest of the
likelihood of a decomposable graph bends upwards, because to every separator there is a clique
around it whose empty cell holds no more people (trigamma falls). So points 6 apart cannot miss a
peak: the nearest is at most 3 from its top, where the posterior is still exp(-4.5) of its height.

Panels that may hold mass are halved until a parabola through three values of the logarithm
foretells the next two; the upper end is moved out until what lies beyond is bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import asinh, sqrt

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.marginals import Floats

LogDensity = Callable[[Floats], Floats]
"""Unseen people, shape (g,) -> log of the posterior up to a constant, shape (g,)."""

ONE_BY_ONE = 64
"""From here on the sum and the integral differ by less than 1e-4 of the mass nearby."""
_PANEL = 12.0
"""Width of a panel in u at first; its three points are 6 apart."""
_HIDDEN = 5.0
"""A panel of that width may hold exp(4.5) times what its points show; a little is added."""
_NO_MASS = 1e-8
_WIDEST = 2.0
"""Width of a panel that holds mass, at most."""
_TOLERANCE = 1e-6
"""Error of a panel's mass, as a share of the whole, at most."""
_CELLS = 32
"""Cells into which a panel is cut to be summed up."""
_UNKNOWN = 1e30
"""Error of a panel that was never halved."""
_MOST_ROUNDS = 40
_MOST_BEYOND = 50.0
"""Logarithm of the mass cut off to that on the grid: as good as all of it."""
_FARTHEST = 1e9
"""The upper end is never moved beyond so many times the people seen."""


@dataclass(frozen=True, slots=True)
class Density:
    """A posterior of the number of unseen people.

    Attributes:
        edges: shape (c + 1,), rising: ends of cells in numbers of the unseen; a whole number m
            owns m - 1/2 to m + 1/2.
        mass: shape (c,), sums to 1: mass of the cells, as a share of that on the grid.
        nodes: shape (g,): unseen people where the posterior was computed.
        logs: shape (g,): its logarithm there, up to one constant.
        shares: shape (g,), sums to 1: the mass that each node stands for.
        cut_off_mass: bound on the mass beyond the last edge, as a share of the whole.
        grid_error: estimated error of the mass through interpolation, as a share of the whole.

    """

    edges: Floats
    mass: Floats
    nodes: Floats
    logs: Floats
    shares: Floats
    cut_off_mass: float
    grid_error: float

    def quantiles(self, levels: Floats) -> Floats:
        """Return the smallest whole numbers of unseen people that reach these levels.

        A level that lies in the mass cut off gives infinity.
        """
        reached = np.concatenate([[0.0], np.cumsum(self.mass)])
        reached *= (1 - self.cut_off_mass) / reached[-1]
        at = np.interp(levels, reached, self.edges, right=np.inf)
        whole: Floats = np.maximum(np.ceil(at - 0.5), 0.0)
        return whole

    def reweighted(self, log_ratio: LogDensity) -> Density:
        """Return the posterior under another prior, given the log of the ratio of the two."""
        mass = self.mass * np.exp(log_ratio(_middles(self.edges)))
        shares = self.shares * np.exp(log_ratio(self.nodes))
        return Density(
            self.edges,
            mass / mass.sum(),
            self.nodes,
            self.logs + log_ratio(self.nodes),
            shares / shares.sum(),
            self.cut_off_mass,
            self.grid_error,
        )


def _middles(edges: Floats) -> Floats:
    out: Floats = (edges[1:] + edges[:-1]) / 2
    return out


class _Panels:
    """Panels of u with the logarithm of the density in u at both ends and in the middle."""

    def __init__(self, seen: int, log_density: LogDensity) -> None:
        self._root = sqrt(seen)
        self._log_density = log_density
        self.left = np.empty(0)
        self.width = np.empty(0)
        self.values = np.empty((0, 3))
        self.error = np.empty(0)

    def unseen(self, u: Floats) -> Floats:
        m: Floats = np.square(self._root * np.sinh(u / (2 * self._root)))
        return m

    def log_stretch(self, u: Floats) -> Floats:
        """Log of dm / du = sqrt(m (m + n) / n)."""
        log: Floats = np.log(self._root * np.sinh(u / self._root) / 2)
        return log

    def at(self, u: Floats) -> Floats:
        """Log of the density in u."""
        return self._log_density(self.unseen(u)) + self.log_stretch(u)

    def extend(self, start: float, end: float) -> None:
        """Add panels of the first width from ``start`` to ``end``, of unknown error."""
        many = max(1, int(np.ceil((end - start) / _PANEL)))
        u = np.linspace(start, end, 2 * many + 1)
        values = self.at(u)
        new = np.stack([values[:-2:2], values[1:-1:2], values[2::2]], axis=1)
        self.left = np.concatenate([self.left, u[:-2:2]])
        self.width = np.concatenate([self.width, np.full(many, (end - start) / many)])
        self.values = np.concatenate([self.values, new])
        self.error = np.concatenate([self.error, np.full(many, _UNKNOWN)])

    def halve(self, chosen: NDArray[np.bool_]) -> None:
        """Cut the chosen panels in two; what the parabola missed is their halves' error."""
        left, width, values = self.left[chosen], self.width[chosen], self.values[chosen]
        between = left[:, None] + width[:, None] * np.array([0.25, 0.75])
        new = self.at(between.ravel()).reshape(-1, 2)
        missed = np.abs(new - _parabola(values, np.array([0.25, 0.75]))).max(axis=1)
        # The error of a parabola falls with the third power of the width: 1/8 of it, and with
        # some caution 1/4, is left after halving.
        missed = np.minimum(missed / 4, 1.0)
        halves = [
            np.stack([values[:, 0], new[:, 0], values[:, 1]], axis=1),
            np.stack([values[:, 1], new[:, 1], values[:, 2]], axis=1),
        ]
        self.left = np.concatenate([self.left[~chosen], left, left + width / 2])
        self.width = np.concatenate([self.width[~chosen], width / 2, width / 2])
        self.values = np.concatenate([self.values[~chosen], *halves])
        self.error = np.concatenate([self.error[~chosen], missed, missed])

    def cells(self, top: float) -> Floats:
        """Mass of the cells, in units of exp(top); shape (panels, cells), by Simpson's rule."""
        fine = np.exp(_parabola(self.values, np.linspace(0, 1, 2 * _CELLS + 1)) - top)
        sums = fine[:, :-1:2] + 4 * fine[:, 1::2] + fine[:, 2::2]
        mass: Floats = sums * (self.width / (6 * _CELLS))[:, None]
        return mass

    def sort(self) -> None:
        order = np.argsort(self.left)
        self.left, self.width = self.left[order], self.width[order]
        self.values, self.error = self.values[order], self.error[order]


def _parabola(values: Floats, at: Floats) -> Floats:
    """Values at 0, 1/2 and 1, shape (k, 3) -> of the parabola through them at ``at``."""
    weights = np.stack([(1 - at) * (1 - 2 * at), 4 * at * (1 - at), at * (2 * at - 1)])
    out: Floats = values @ weights
    return out


def explore(
    log_density: LogDensity, seen: int, *, fall: float, least: int = 0, bound: float = 1e-6
) -> Density:
    """Return the posterior on a grid of its own making.

    Args:
        log_density: log of the posterior of m up to a constant; smooth in m, and defined between
            whole numbers too.
        seen: n, people on at least one list.
        fall: k > 0, such that the posterior falls at least as m^(-1 - k) in the end; what lies
            beyond m is then at most m times the posterior there, divided by k.
        least: smallest possible number of the unseen.
        bound: the upper end is moved out until the mass cut off is below this share, or the end
            is ``_FARTHEST`` times the people seen.

    """
    single = np.arange(least, ONE_BY_ONE, dtype=np.float64)
    single_logs = log_density(single)
    panels = _Panels(seen, log_density)
    cut = _reach(panels, single_logs, (seen, fall, bound))
    for _ in range(_MOST_ROUNDS):
        top = max(float(single_logs.max()), float(panels.values.max()))
        total = np.exp(single_logs - top).sum() + panels.cells(top).sum()
        mass = panels.cells(top).sum(axis=1) / total
        most = np.exp(panels.values.max(axis=1) - top + _HIDDEN) * panels.width / total
        chosen = (most > _NO_MASS) & (
            (mass * panels.error > _TOLERANCE)
            | ((panels.width > _WIDEST) & (most > _NO_MASS * 1e2))
        )
        if not chosen.any():
            break
        panels.halve(chosen)
    panels.sort()
    return _density(panels, (single, single_logs), cut)


def _reach(panels: _Panels, single_logs: Floats, limits: tuple[int, float, float]) -> float:
    """Lay panels outwards until little lies beyond; return the bound on that, as a logarithm."""
    seen, fall, bound = limits
    root = sqrt(seen)
    start = 2 * root * asinh(sqrt((ONE_BY_ONE - 0.5) / seen))
    farthest = max(_FARTHEST * seen, 1e3 * ONE_BY_ONE)
    far = min(max(20.0 * seen, 4.0 * ONE_BY_ONE), farthest)
    while True:
        end = 2 * root * asinh(sqrt(far / seen))
        panels.extend(start, end)
        top = max(float(single_logs.max()), float(panels.values.max()))
        total = np.log(np.exp(single_logs - top).sum() + panels.cells(top).sum()) + top
        last = float(panels.values[-1, 2]) - float(panels.log_stretch(np.array([end]))[0])
        beyond = last + np.log(far / fall)
        if beyond - total < np.log(bound) or far >= farthest:
            return float(beyond)
        start, far = end, min(far * 20, farthest)


def _density(panels: _Panels, single: tuple[Floats, Floats], cut: float) -> Density:
    """Put the numbers taken one by one and the panels into one row of cells."""
    numbers, logs = single
    top = max(float(logs.max()), float(panels.values.max()))
    ones = np.exp(logs - top)
    cells = panels.cells(top)
    total = ones.sum() + cells.sum()
    beyond = float(np.exp(min(cut - top - np.log(total), _MOST_BEYOND)))
    parts = panels.left[:, None] + panels.width[:, None] * np.arange(1, _CELLS + 1) / _CELLS
    edges = np.concatenate(
        [[numbers[0] - 0.5], numbers + 0.5, panels.unseen(parts.ravel())],
    )
    # The first quarter of a panel counts for its left node, two for the middle, one for the right.
    quarter = _CELLS // 4
    shares = np.stack(
        [
            cells[:, :quarter].sum(axis=1),
            cells[:, quarter:-quarter].sum(axis=1),
            cells[:, -quarter:].sum(axis=1),
        ],
        axis=1,
    )
    u = panels.left[:, None] + panels.width[:, None] * np.array([0.0, 0.5, 1.0])
    known = np.where(panels.error < _UNKNOWN, panels.error, 0.0)
    return Density(
        edges=edges,
        mass=np.concatenate([ones, cells.ravel()]) / total,
        nodes=np.concatenate([numbers, panels.unseen(u.ravel())]),
        logs=np.concatenate([logs, (panels.values - panels.log_stretch(u)).ravel()]),
        shares=np.concatenate([ones, shares.ravel()]) / total,
        cut_off_mass=beyond / (1 + beyond),
        grid_error=float((cells.sum(axis=1) / total) @ known),
    )
