"""Fits many log-linear models to one table at once, by Poisson likelihood.

The counts of the 2**t - 1 patterns that can be seen are Poisson with

    log mean(pattern) = intercept + sum of the terms that are part of the pattern,

so that exp(intercept) is the mean of those on no list (Fienberg 1972, Biometrika 59, eq. 2.3;
Cormack 1989, Biometrics 45). Because a pattern's term is nought or one, every product that
Newton's method needs is a sum of means over the patterns that hold two terms: one table of such
sums serves all entries of all models' matrices, and a batch of models is one call of a solver.

Where a term has no finite estimate (two lists with nobody in common, in a model that allows for
their interaction), the limit is fitted: patterns that the limit forbids are left out, the others
keep finite means (the extended maximum likelihood estimate: Fienberg & Rinaldo 2012, Annals of
Statistics 40, section 3). Whether the intercept has a value in that limit is found here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.existence import dead_margins, face
from byname.counts.estimates.hierarchy import Models
from byname.counts.estimates.lattice import Table

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]

Progress = Callable[[int, int], None]
"""Called with how many models are done and how many there are in all."""

BATCH = 1024
"""Models fitted at once; 1,024 models of 31 parameters are 8 MB of matrices."""
STEPS = 40
"""Newton steps after which a fit is given up; most need five."""
DOUBTFUL_STEPS = 9
"""Steps after which a model that has not settled is looked at by linear programming."""
SETTLED = 1e-9
"""Twice the log-likelihood that a step brings; below this it was the last (its square is left)."""
RIDGE = 1e-11
"""Added to the diagonal of matrices scaled to ones there: for terms the table cannot tell apart."""
OUTSIDE = 1e-5
"""What of a vector of whole numbers lies outside a space of such vectors: above this, or nought."""


@dataclass(slots=True)
class Fits:
    """The fits of several models; every array has one value a model.

    Attributes:
        deviance: twice the log-likelihood lost against a model with a parameter for each pattern.
        parameters: in the model, the intercept counted, also those whose estimate is at infinity.
        intercept: log of the mean number on no list; of no meaning where not ``identified``.
        variance: of the intercept.
        alive: shape (models, 2**t - 1): patterns that the limit does not forbid.
        identified: the intercept has one finite value.
        settled: Newton's method came to rest.

    """

    deviance: Floats
    parameters: Ints
    intercept: Floats
    variance: Floats
    alive: Bools
    identified: Bools
    settled: Bools

    @classmethod
    def blank(cls, models: int, patterns: int) -> Fits:
        """Return a place for the fits of so many models."""
        nothing = np.full(models, np.nan)
        return cls(
            nothing.copy(),
            np.zeros(models, dtype=np.intp),
            nothing.copy(),
            nothing.copy(),
            np.ones((models, patterns), dtype=np.bool_),
            np.zeros(models, dtype=np.bool_),
            np.zeros(models, dtype=np.bool_),
        )

    def taken(self, rows: Ints) -> Fits:
        """Return the fits of some models, in this order."""
        return Fits(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    def joined(self, more: Fits) -> Fits:
        """Return these fits and then those."""
        pairs = ((getattr(self, one.name), getattr(more, one.name)) for one in fields(self))
        return Fits(*(np.concatenate(pair) for pair in pairs))

    def put(self, rows: Ints, some: Fits) -> None:
        """Take over the fits of some models."""
        for one in fields(self):
            getattr(self, one.name)[rows] = getattr(some, one.name)


def fit(
    table: Table, models: Models, among: Sequence[int], progress: Progress | None = None
) -> Fits:
    """Fit all models to the counts: ``models`` of shape (models, terms), ``among`` the terms.

    Models that differ only in terms of which the table's empty margins leave nothing have one
    fit, made once; on sparse tables that is most of them. ``progress`` is told how many different
    models are done and how many there are.
    """
    alive = ~dead_margins(table.counts, models, among, table.lists)
    held = finite_sets(table, models, among, alive)
    key = np.packbits(np.hstack([held, alive]), axis=1)
    _, first, same = np.unique(key, axis=0, return_index=True, return_inverse=True)
    few = _fit_distinct(table, held[first], alive[first], progress)
    out = few.taken(same.reshape(-1))
    out.parameters = 1 + table.lists + models.sum(axis=1)
    return out


def finite_sets(table: Table, models: Models, among: Sequence[int], alive: Bools) -> Bools:
    """Return which sets of lists have a finite parameter: shape (models, 2**t)."""
    held = np.zeros((len(models), 1 << table.lists), dtype=np.bool_)
    held[:, [0, *(1 << place for place in range(table.lists))]] = True
    held[:, list(among)] = models
    held &= table.sums(alive)
    return held


def _fit_distinct(table: Table, held: Bools, alive: Bools, progress: Progress | None) -> Fits:
    """Fit models that all differ, those with equally many parameters together."""
    sizes = held.sum(axis=1)
    out = Fits.blank(len(held), len(table.counts))
    done = 0
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            sets = np.nonzero(held[some])[1].reshape(len(some), -1)
            out.put(some, _fit_batch(table, sets, alive[some]))
            done += len(some)
            if progress is not None:
                progress(done, len(held))
    return out


def _fit_batch(table: Table, sets: Ints, alive: Bools) -> Fits:
    """Fit models of one size; where there is no maximum still, fit the limit that a program finds.

    Newton's method doubles the digits where there is a maximum; where there is none it goes on at
    one speed for ever. Hence only models that have not settled after some steps are doubtful.
    """
    fits = newton(table, sets, alive, DOUBTFUL_STEPS)
    doubtful = np.flatnonzero(~fits.settled)
    if len(doubtful):
        alive = alive.copy()
        for row in doubtful:
            alive[row] &= face(table.design[:, sets[row]], table.counts, alive[row])
        fits.put(doubtful, newton(table, sets[doubtful], alive[doubtful], STEPS))
    fits.alive = alive
    fits.identified = identified(table, sets, alive) & fits.settled
    return fits


def newton(table: Table, sets: Ints, alive: Bools, steps: int) -> Fits:
    """Fit models by Newton's method, halving steps that lose likelihood.

    Args:
        table: the counts.
        sets: shape (models, parameters), the columns of the design of each model.
        alive: shape (models, patterns), the patterns to be fitted.
        steps: at most so many.

    """
    fits = Fits.blank(len(sets), len(table.counts))
    fits.alive = alive
    work = _Work.start(table, sets, alive)
    for _ in range(steps):
        gain = work.step(table)
        done = gain < SETTLED
        if done.any():
            work.deliver(fits, done)
            if done.all():
                return fits
            work = work.only(~done)
    work.deliver(fits, np.ones(len(work.rows), dtype=np.bool_), settled=False)
    return fits


@dataclass(slots=True)
class _Work:
    """Models that have not settled yet.

    Attributes:
        rows: which of the models they are.
        sets, alive: as in ``newton``.
        unions: shape (models, parameters, parameters), the union of two terms' lists.
        beta: shape (models, parameters).
        means: shape (models, patterns), noughts where not alive.
        deviance, variance: as in ``Fits``.

    """

    rows: Ints
    sets: Ints
    alive: Bools
    unions: Ints
    beta: Floats
    means: Floats
    deviance: Floats
    variance: Floats

    @classmethod
    def start(cls, table: Table, sets: Ints, alive: Bools) -> _Work:
        """Start from the means (count + 0.1), as if they had been observed."""
        models, wide = sets.shape
        unions = sets[:, :, None] | sets[:, None, :]
        guess = np.where(alive, table.counts + 0.1, 0.0)
        logs = np.log(table.counts + 0.1)
        blank = np.zeros(models)
        work = cls(
            np.arange(models), sets, alive, unions, np.zeros((models, wide)), guess, blank, blank
        )
        target = table.sums(guess * logs + np.where(alive, table.counts - guess, 0.0))
        work.beta = work._solve(table, np.take_along_axis(target, sets, axis=1))
        work._look(table, np.arange(models))
        return work

    def step(self, table: Table) -> Floats:
        """Take a step each; return twice the log-likelihood that it was to bring."""
        left = np.where(self.alive, table.counts, 0.0) - self.means
        slope = np.take_along_axis(table.sums(left), self.sets, axis=1)
        move = self._solve(table, slope)
        gain: Floats = np.abs((slope * move).sum(axis=1))
        before = self.deviance.copy()
        self.beta = self.beta + move
        self._look(table, np.arange(len(self.rows)))
        for _ in range(30):
            worse = np.flatnonzero(~(self.deviance <= before + 1e-8 * (1.0 + before)))
            if not len(worse):
                break
            move[worse] *= 0.5
            self.beta[worse] -= move[worse]
            self._look(table, worse)
            gain[worse] = np.inf
        return gain

    def _solve(self, table: Table, right: Floats) -> Floats:
        """Solve for a step; keep the variance of the intercept, which the same matrix gives."""
        sums = table.sums(self.means)
        wide = self.sets.shape[1]
        flat = self.unions.reshape(len(sums), -1)
        matrix = np.take_along_axis(sums, flat, axis=1).reshape(-1, wide, wide)
        scale = np.sqrt(np.take_along_axis(sums, self.sets, axis=1))
        nowhere = scale == 0.0
        scale[nowhere] = 1.0
        matrix /= scale[:, :, None]
        matrix /= scale[:, None, :]
        places = np.arange(wide)
        matrix[:, places, places] += RIDGE + nowhere
        both = np.zeros((len(sums), wide, 2))
        both[:, :, 0] = right / scale
        both[:, 0, 1] = 1.0 / scale[:, 0]
        found = np.linalg.solve(matrix, both)
        self.variance = found[:, 0, 1] / scale[:, 0]
        answer: Floats = found[:, :, 0] / scale
        return answer

    def _look(self, table: Table, rows: Ints) -> None:
        """Work out the means and deviances that some models' parameters give."""
        whole = np.zeros((len(rows), table.design.shape[1]))
        np.put_along_axis(whole, self.sets[rows], self.beta[rows], axis=1)
        logs = np.minimum(table.spread(whole), 700.0)
        means = np.where(self.alive[rows], np.exp(logs), 0.0)
        self.means[rows] = means
        own = np.einsum("ij,j->i", logs, table.counts)
        lost = means.sum(axis=1) - table.counts.sum() + _own(table.counts) - own
        self.deviance[rows] = 2.0 * lost

    def deliver(self, fits: Fits, done: Bools, settled: bool = True) -> None:
        """Write down the fits of some models."""
        rows = self.rows[done]
        fits.deviance[rows] = np.maximum(self.deviance[done], 0.0)
        fits.intercept[rows] = self.beta[done, 0]
        fits.variance[rows] = self.variance[done]
        fits.settled[rows] = settled

    def only(self, keep: Bools) -> _Work:
        """Return the work on some of the models."""
        return _Work(**{one.name: getattr(self, one.name)[keep] for one in fields(self)})


def _own(counts: Floats) -> float:
    """Return the sum of y log y."""
    some = counts[counts > 0]
    return float((some * np.log(some)).sum())


def identified(table: Table, sets: Ints, alive: Bools) -> Bools:
    """Return which models' patterns alive determine the intercept.

    The intercept is determined when its unit vector lies in the row space of the design of those
    patterns. With G the design times itself, ``ridge (G + ridge)^-1 unit`` is what of the unit
    vector lies outside, but for a part of the size of the ridge.
    """
    result = np.ones(len(sets), dtype=np.bool_)
    rows = np.flatnonzero(~alive.all(axis=1))
    if not len(rows):
        return result
    ridge = 1e-9
    some = sets[rows]
    wide = some.shape[1]
    unions = (some[:, :, None] | some[:, None, :]).reshape(len(rows), -1)
    gram = np.take_along_axis(table.sums(alive[rows].astype(np.float64)), unions, axis=1)
    gram = gram.reshape(-1, wide, wide) + ridge * np.eye(wide)
    unit = np.zeros((len(rows), wide, 1))
    unit[:, 0] = 1.0
    outside = np.abs(ridge * np.linalg.solve(gram, unit)).max(axis=(1, 2))
    result[rows] = outside < OUTSIDE
    return result
