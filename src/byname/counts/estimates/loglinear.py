"""Log-linear models: all hierarchical ones, weighed by AIC or BIC, none without an estimate.

The classical way of multiple systems estimation (Fienberg 1972, Biometrika 59; Bishop, Fienberg &
Holland 1975, chapter 6): that people on one list are more, or less, often on another is allowed
for by an interaction of the two, and of three by an interaction of three; the interaction of all
lists is taken to be nought, which no table can show.

Modules: ``hierarchy`` says which models there are, ``searching`` which of them are looked at,
``existence`` whether a table has an estimate under a model at all, ``fitting`` fits them,
``hierarchical_fits`` ranks them, ``averaging`` makes one answer of many, ``profiling`` the
interval of one, ``loglinear_cautions`` says what speaks against it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from byname.counts.estimates.averaging import Mixture, buckland, log_spread, weights
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.fitting import Progress
from byname.counts.estimates.hierarchical_fits import CRITERIA, Ranking, rank
from byname.counts.estimates.loglinear_cautions import cautions, passed_over
from byname.counts.estimates.model import Diagnostics, Estimate
from byname.counts.estimates.searching import default_order
from byname.errors import EstimateError

METHOD = "loglinear"
DRAWS = 4_000
SEED = 1937
TOP = 10
"""So many models are told of by name."""
PROFILED = 20
"""So many models of an average, at most, have their interval from the profile likelihood ..."""
PROFILED_WEIGHT = 0.01
"""... those of at least this weight."""
MOST_REFUSED = 0.5
"""Where models without a finite estimate have more of the weight, no figure is given."""
LEAST_WEIGHT = 1e-7
"""Lighter models are left out of an average."""


def estimate(
    cells: Cells,
    level: float = 0.95,
    *,
    criterion: str = "aic",
    average: bool = True,
    order: int | None = None,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate how many there were by log-linear models.

    By default all models are averaged, by weights from AIC. One model alone leaves out the doubt
    which it should be (Regal & Hook 1991, Statistics in Medicine 10), and BIC takes a simple model
    before the data can show that it is wrong. Of 120 simulated tables of four lists on which 2,000
    people differed in how likely they were to be named, the 95 % interval held the truth in 97 %
    by AIC averaged, in 79 % by the best model by AIC, in 43 % by BIC averaged
    (``benchmarks/mse_loglinear_choice.py``). The price is width: where lists are independent, AIC's
    interval is half as wide again as BIC's.

    Args:
        cells: the table; two to ten lists.
        level: of the interval, between 0 and 1.
        criterion: "aic" or "bic".
        average: weigh all models; else only the best is used, with its profile likelihood.
        order: the most lists in an interaction, below the number of lists. By default all but
            one up to five lists, two with more.
        progress: called with the number of models done and of all.

    Returns:
        an estimate whose ``diagnostics.details`` hold ``model``, ``best_aic``, ``best_bic`` (each
        with estimate, standard error, interval, AIC, BIC, deviance, degrees of freedom),
        ``top_models`` with weights, ``models_fitted``, ``models_refused`` and more. ``estimate``
        is None when no model has a finite estimate, or when those without one have most of the
        weight; the first warning says so.

    Raises:
        EstimateError: ``level``, ``criterion`` or ``order`` cannot be meant.

    """
    ranking = rank(cells, _checked(cells, level, criterion, order), progress)
    if not ranking.usable.any():
        return _nothing(ranking, level)
    details = _details(ranking, criterion, level)
    if details["refused_weight"] > MOST_REFUSED:
        return _withheld(ranking, criterion, level, details)
    weight = weights(ranking.scores(criterion))
    best = ranking.order(criterion)
    heavy = best[weight[best] > LEAST_WEIGHT] if average else best[:1]
    mixture = _mixture(ranking, heavy, weight[heavy], level)
    details |= _weighed(ranking, heavy, weight[heavy], average)
    if average:
        shares = (0.5, (1.0 - level) / 2.0, (1.0 + level) / 2.0)
        middle, low, high = (cells.n + mixture.quantile(share) for share in shares)
    else:
        middle, low, high = (
            details[f"best_{criterion}"][key] for key in ("estimate", "low", "high")
        )
    return Estimate(
        METHOD,
        middle,
        low,
        high,
        level,
        cells.n,
        Diagnostics(cautions(ranking, criterion, details), details),
        cells.n + mixture.draw(DRAWS, np.random.default_rng(SEED)),
    )


def _checked(cells: Cells, level: float, criterion: str, order: int | None) -> int:
    """Return the order of the models; a sentence when something cannot be meant."""
    if not 0.0 < level < 1.0:
        raise EstimateError(f"The level {level} is not between 0 and 1; give 0.95 for 95 %.")
    if criterion not in CRITERIA:
        raise EstimateError(f'There is no criterion {criterion!r}; give "bic" or "aic".')
    most = max(1, len(cells.lists) - 1)
    if order is not None and not 1 <= order <= most:
        raise EstimateError(
            f"An interaction of {order} lists cannot be asked of {len(cells.lists)} lists; give "
            f"an order from 1 to {most}."
        )
    return default_order(len(cells.lists)) if order is None else order


def _nothing(ranking: Ranking, level: float) -> Estimate:
    """Return an estimate without a number, and the reason."""
    everybody = [
        name
        for name, size in zip(ranking.cells.lists, ranking.cells.sizes, strict=True)
        if size == ranking.cells.n
    ]
    why = (
        f"Everybody known is on the list {everybody[0]!r}, so that the table cannot show whom that "
        "list missed; leave it out, or add lists made apart from it."
        if everybody
        else "No log-linear model has a finite estimate on this table: its overlaps leave open how "
        "many are on no list. Merge lists of one origin, or add lists that overlap."
    )
    details = {"models_fitted": len(ranking.aic), "models_refused": len(ranking.aic)}
    return Estimate(METHOD, None, None, None, level, ranking.cells.n, Diagnostics((why,), details))


def _withheld(ranking: Ranking, criterion: str, level: float, details: dict[str, Any]) -> Estimate:
    """Return an estimate without a number though some models have one: the better ones do not."""
    best = details[f"best_{criterion}"]
    why = (
        "This table has no finite estimate by log-linear models: those without one have "
        f"{details['refused_weight']:.0%} of the weight by {criterion.upper()}. "
        f"{passed_over(best, criterion)} The best model that sets a number, {best['model']}, would "
        f"say {best['estimate']:,.0f}. Merge lists of one origin, or add lists that overlap with "
        "these."
    )
    said = cautions(ranking, criterion, details)[1:]
    return Estimate(
        METHOD, None, None, None, level, ranking.cells.n, Diagnostics((why, *said), details)
    )


def _mixture(
    ranking: Ranking, rows: NDArray[np.intp], weight: NDArray[np.float64], level: float
) -> Mixture:
    """Return what models say together, the heavy ones by the profiles of their likelihoods."""
    fits = ranking.looked.fits
    weight = weight / weight.sum()
    centre = fits.intercept[rows]
    spread = log_spread(centre, fits.variance[rows])
    below, above = spread.copy(), spread.copy()
    reach = float(ndtri((1.0 + level) / 2.0))
    for place in np.flatnonzero(weight >= PROFILED_WEIGHT)[:PROFILED]:
        found = ranking.profile(int(rows[place]), level)
        if found.low > 0.0:
            below[place] = (centre[place] - np.log(found.low)) / reach
        if found.high is not None:
            above[place] = (np.log(found.high) - centre[place]) / reach
    return Mixture(weight, centre, below, above)


def _details(ranking: Ranking, criterion: str, level: float) -> dict[str, Any]:
    """Return the figures of the best models and of the search."""
    looked, count = ranking.looked, len(ranking.aic)
    how = "all hierarchical models" if looked.exhaustive else "a search among neighbouring models"
    figures = {name: _of_best(ranking, name, level) for name in CRITERIA}
    chosen = figures[criterion]
    freedom, probability = ranking.fit_probability(ranking.best(criterion))
    return {
        **{key: chosen[key] for key in ("model", "aic", "bic", "deviance", "df")},
        "standard_error": chosen["standard_error"],
        "criterion": criterion,
        "order": looked.order,
        "search": f"{how} with interactions of up to {looked.order} lists",
        "models_fitted": count,
        "models_refused": count - int(ranking.usable.sum()),
        "refused_weight": ranking.refused_weight(criterion),
        "fit_df": freedom,
        "fit_p": probability,
        "best_aic": figures["aic"],
        "best_bic": figures["bic"],
    }


def _of_best(ranking: Ranking, criterion: str, level: float) -> dict[str, Any]:
    """Return the figures of the best model by a criterion, with its profile interval.

    ``passed_over`` names the model that fits better yet but has no finite estimate, and
    ``passed_over_for`` says why: "boundless", "none" or "open" (``existence.tendency``).
    """
    at = ranking.best(criterion)
    found = ranking.profile(at, level)
    better = ranking.best_refused(criterion)
    return ranking.figures(at) | {
        "low": ranking.cells.n + found.low,
        "high": None if found.high is None else ranking.cells.n + found.high,
        "passed_over": None if better is None else ranking.text(better),
        "passed_over_for": None if better is None else ranking.tendency(better),
    }


def _weighed(
    ranking: Ranking, rows: NDArray[np.intp], weight: NDArray[np.float64], average: bool
) -> dict[str, Any]:
    """Return the heaviest models with their weights, and Buckland's mean of all."""
    top = [
        ranking.figures(int(at)) | {"weight": float(share)}
        for at, share in zip(rows[:TOP], weight[:TOP], strict=True)
    ]
    found: dict[str, Any] = {"averaged": average, "top_models": top}
    if average:
        known = ranking.cells.n + ranking.unseen[rows]
        mean, error = buckland(weight / weight.sum(), known, ranking.error[rows])
        found |= {"mean_estimate": mean, "mean_standard_error": error}
    return found
