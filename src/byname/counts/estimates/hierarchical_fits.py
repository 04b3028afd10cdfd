"""Models of a table ranked by AIC and BIC, and those refused that have no finite estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy
from scipy.stats import chi2

from byname.counts.estimates import averaging
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.existence import tendency
from byname.counts.estimates.fitting import Fits, Progress, finite_sets
from byname.counts.estimates.hierarchy import text_of
from byname.counts.estimates.lattice import Table, table_of
from byname.counts.estimates.profiling import Profile, profile
from byname.counts.estimates.searching import Looked, look

Floats = NDArray[np.float64]

CRITERIA = ("aic", "bic")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Models fitted to a table.

    Attributes:
        cells: the table.
        table: its counts in the order of the fits.
        looked: the models and their fits.
        aic, bic: shape (models,); n of BIC is the number of people seen.
        usable: shape (models,), those with one finite estimate; the others are refused.
        unseen, error: shape (models,), people on no list and the standard error of the estimate.

    """

    cells: Cells
    table: Table
    looked: Looked
    aic: Floats
    bic: Floats
    usable: NDArray[np.bool_]
    unseen: Floats
    error: Floats

    def scores(self, criterion: str) -> Floats:
        """Return a criterion of the usable models, infinite for those refused."""
        return np.where(self.usable, self._all(criterion), np.inf)

    def _all(self, criterion: str) -> Floats:
        """Return a criterion of all models that could be fitted, with an estimate or without."""
        whole = self.aic if criterion == "aic" else self.bic
        return np.where(self.looked.fits.settled, whole, np.inf)

    def best(self, criterion: str) -> int:
        """Return the best usable model."""
        return int(self.order(criterion)[0])

    def order(self, criterion: str) -> NDArray[np.intp]:
        """Return the usable models, best first; of equals the one with fewer terms."""
        scores = np.round(self.scores(criterion), 6)
        ranked: NDArray[np.intp] = np.lexsort((self.looked.fits.parameters, scores))
        return ranked[: int(self.usable.sum())]

    def refused_weight(self, criterion: str) -> float:
        """Return the weight that the refused models would have had together."""
        return float(averaging.weights(self._all(criterion))[~self.usable].sum())

    def best_refused(self, criterion: str) -> int | None:
        """Return the refused model that fits better than all usable ones, if there is one."""
        scores = np.where(self.usable, np.inf, self._all(criterion))
        at = int(scores.argmin())
        return at if scores[at] < self.scores(criterion).min() - 1e-6 else None

    def tendency(self, at: int) -> str:
        """Return where the number on no list goes under a refused model (see ``existence``)."""
        sets = np.flatnonzero(self._sets(at))
        design = self.table.design[:, sets]
        return tendency(design, self.looked.fits.alive[at])

    def text(self, at: int) -> str:
        """Return a model as its largest terms: ``[A B][C]``."""
        return text_of(self.looked.models[at].tolist(), self.looked.among, self.cells.lists)

    def figures(self, at: int) -> dict[str, Any]:
        """Return what is told of one model."""
        fits = self.looked.fits
        return {
            "model": self.text(at),
            "estimate": self.cells.n + float(self.unseen[at]),
            "standard_error": float(self.error[at]),
            "aic": float(self.aic[at]),
            "bic": float(self.bic[at]),
            "deviance": float(fits.deviance[at]),
            "df": len(self.table.counts) - int(fits.parameters[at]),
        }

    def profile(self, at: int, level: float) -> Profile:
        """Return the interval of one usable model by profile likelihood."""
        return profile(
            self.table.counts,
            self.table.lists,
            np.flatnonzero(self._sets(at)),
            self.looked.fits.alive[at],
            float(self.unseen[at]),
            level,
        )

    def fit_probability(self, at: int) -> tuple[int, float]:
        """Return the degrees of freedom left in the limit and the probability of a worse fit.

        Patterns that the limit forbids and parameters at infinity test nothing (Fienberg &
        Rinaldo 2012, section 3.3), so that these degrees of freedom can be fewer than ``df``.
        """
        alive = self.looked.fits.alive[at]
        rows = self.table.design[alive][:, self._sets(at)]
        left = int(alive.sum()) - int(np.linalg.matrix_rank(rows))
        deviance = float(self.looked.fits.deviance[at])
        return left, float(chi2.sf(deviance, left)) if left > 0 else 1.0

    def _sets(self, at: int) -> NDArray[np.bool_]:
        """Return which sets of lists have a finite parameter in a model."""
        row = slice(at, at + 1)
        alive = self.looked.fits.alive[row]
        sets = finite_sets(self.table, self.looked.models[row], self.looked.among, alive)
        found: NDArray[np.bool_] = sets[0]
        return found


def counts_of(cells: Cells) -> Floats:
    """Return the counts of the patterns 1 ... 2**t - 1, the list in place i being the bit i."""
    counts = np.zeros((1 << len(cells.lists)) - 1)
    for pattern, count in cells.counts.items():
        counts[sum(1 << place for place, there in enumerate(pattern) if there) - 1] = count
    return counts


def rank(cells: Cells, order: int, progress: Progress | None = None) -> Ranking:
    """Fit the models of a table up to an order and rank them."""
    table = table_of(counts_of(cells), len(cells.lists))
    looked = look(table, order, partial(_both, table), progress)
    fits = looked.fits
    with np.errstate(over="ignore", invalid="ignore"):
        unseen = np.exp(fits.intercept)
        error = np.sqrt(unseen + unseen**2 * fits.variance)
    usable = fits.identified & np.isfinite(unseen) & np.isfinite(error)
    aic, bic = _criteria(table, fits)
    return Ranking(cells, table, looked, aic, bic, usable, unseen, error)


def _criteria(table: Table, fits: Fits) -> tuple[Floats, Floats]:
    """Return AIC and BIC: minus twice the Poisson log-likelihood and the charge for parameters.

    As Rcapture has them: a parameter whose estimate is at infinity is charged for as any other
    (it was as free to fit as if one person more had been found), and the n of BIC's log n is the
    number of people seen.
    """
    counts = table.counts
    saturated = float((xlogy(counts, counts) - counts - gammaln(counts + 1.0)).sum())
    lost = fits.deviance - 2.0 * saturated
    aic: Floats = lost + 2.0 * fits.parameters
    bic: Floats = lost + np.log(counts.sum()) * fits.parameters
    return aic, bic


def _both(table: Table, fits: Fits) -> Sequence[Floats]:
    """Return the criteria that a search follows: usable models only, so that it does not stray."""
    return [np.where(fits.identified, score, np.inf) for score in _criteria(table, fits)]
