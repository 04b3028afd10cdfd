"""Bayesian model averaging over decomposable graphical models.

D. Madigan & J. C. York (1997), "Bayesian methods for estimation of the size of a closed
population", Biometrika 84, 19-31. Which lists depend on each other is unknown; every decomposable
graph of the lists is a model of it, all with the same prior probability, and with m people on no
list

    p(graph, m | table)  is proportional to  p(N) N! / m!  product h(clique) / product h(separator)

(their section 3; N = n + m, h in ``marginals``). The posterior of N is the sum over all graphs,
which ``chordal`` does exactly for 2 to 10 lists.

Two priors are on offer. ``"total"``, p(N) = 1/N, is what the R package dga computes;
``"unseen"``, p(m) = 1/m for m from 1, is what dga's manual describes. Where they disagree the lists
say little, and the estimate says so.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from byname.counts.estimates import bma_notes
from byname.counts.estimates.bma_notes import Ends
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.chordal import Progress, log_sum
from byname.counts.estimates.graphs import Parts, text
from byname.counts.estimates.grid import Density, explore
from byname.counts.estimates.marginals import Floats, Marginals, tables
from byname.counts.estimates.model import Diagnostics, Draws, Estimate
from byname.counts.estimates.ranking import Scale, pairs, rank
from byname.errors import EstimateError

PRIORS = ("total", "unseen")
DRAWS = 4000
GRAPHS = (1, 2, 8, 61, 822, 18154, 617675, 30888596, 2192816760, 215488096587)
"""Decomposable graphs on 1, 2, ... 10 lists (OEIS A058862)."""
SHOWN = 10
GRID_OF_DGA = 20
MOST_PAIRED = 8
"""Lists up to which every pair is weighed: two seconds with eight, a minute with nine."""


class _Posterior(NamedTuple):
    """The posterior of one table under one prior."""

    marginals: Marginals
    prior: str
    density: Density


def estimate(
    cells: Cells,
    level: float = 0.95,
    *,
    delta: float | None = None,
    prior: str = "total",
    seed: int = 0,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate how many there were in all, averaged over all decomposable graphs.

    Args:
        cells: the table, 2 to 10 lists; work grows fivefold with each list.
        level: of the interval, between 0 and 1.
        delta: prior of a cell of the table, in people; 2**-p when None, as dga advises: the prior
            weighs as much as one person in all.
        prior: "total" for p(N) = 1/N, "unseen" for p(m) = 1/m; see above.
        seed: of the order of the draws. Strata that are added up by draws want different
            tables, names or seeds, or else their draws go up and down together.
        progress: told how many numbers of unseen people are done in this round, and of how many.

    Returns:
        The posterior median of N, the interval between its quantiles (None for an end beyond
        ``grid_end``: only with so small a delta that the posterior hardly falls), 4,000 draws at
        evenly spaced quantiles in random order, and in ``diagnostics.details``:

        ``models`` how many graphs were averaged over; ``graphs`` the heaviest as
        ``{"graph": "[A B][B C]", "weight": 0.4}``; ``graphs_weighed`` and ``graphs_covered`` how
        many graphs were weighed for that and what they make up together; ``pairs`` the weight of
        the graphs that join two lists, for all pairs (up to 8 lists; more would take minutes);
        ``independent`` and ``saturated`` the weights of the graphs without any line and with all;
        ``modes`` where the posterior has its peaks and the mass around each; ``cut_off_mass`` a
        bound on the mass beyond the grid's upper end, ``grid_points``, ``grid_end`` (people in
        all) and ``grid_error``; ``prior``, ``delta``, and under ``other_prior`` what the other
        prior gives, under ``up_to`` what is left when no more than 20 times those seen may be
        unseen, as users of dga set its grid.

    Raises:
        EstimateError: level, delta or prior cannot be meant.

    """
    _check(level, delta, prior)
    lists = len(cells.lists)
    used = 2.0**-lists if delta is None else float(delta)
    marginals = Marginals(tables(cells), used)

    def log_density(unseen: Floats) -> Floats:
        out: Floats = log_sum(marginals.logs, lists, unseen, progress)
        out += marginals.ways(unseen)
        out += log_prior(prior, cells.n, unseen)
        return out

    density = explore(
        log_density,
        cells.n,
        # With all lines every table has the same likelihood but for the prior: no graph falls
        # more slowly than m to the power of -(2^p - 1) delta, to which 1/N adds -1.
        fall=(2.0**lists - 1) * used,
        least=1 if prior == "unseen" else 0,
    )
    posterior = _Posterior(marginals, prior, density)
    low, middle, high = ends = _ends(density, cells.n, level)
    details = _details(cells, posterior, level)
    return Estimate(
        method="bma",
        estimate=middle,
        low=low,
        high=high,
        level=level,
        observed=cells.n,
        diagnostics=Diagnostics(bma_notes.warnings(cells, ends, details, level), details),
        draws=_draws(cells, density, seed),
    )


def _check(level: float, delta: float | None, prior: str) -> None:
    if not 0 < level < 1:
        raise EstimateError(
            f"the level of an interval lies between 0 and 1, and {level} was asked; give 0.95 for "
            "95 %."
        )
    if delta is not None and not 0 < delta < float("inf"):
        raise EstimateError(
            f"delta is the prior number of people in a cell, and {delta} is none; give a number "
            "above nought (0.5, or leave it out for 1 / 2^lists)."
        )
    if prior not in PRIORS:
        raise EstimateError(
            f"there is no prior named {prior!r}; take 'total' (1/N, as the R package dga computes) "
            "or 'unseen' (1/m, as its manual says)."
        )


def log_prior(prior: str, seen: int, unseen: Floats) -> Floats:
    """Return the log of the prior of so many unseen people, up to a constant."""
    if prior == "total":
        return -np.log(unseen + seen)
    # Nobody unseen (the cell from -1/2 to 1/2) is ruled out.
    return np.where(unseen < 0.5, -np.inf, -np.log(np.maximum(unseen, 0.5)))


def _ends(density: Density, seen: int, level: float) -> Ends:
    """Low end, median and high end, people in all; None where it lies beyond the grid."""
    tail = (1 - level) / 2
    found = (density.quantiles(np.array([tail, 0.5, 1 - tail])) + seen).tolist()
    low, middle, high = (one if isfinite(one) else None for one in found)
    return low, middle, high


def _draws(cells: Cells, density: Density, seed: int) -> Draws:
    """Evenly spaced quantiles, in an order that differs from table to table.

    What lies beyond the grid stands at its end.
    """
    unseen = density.quantiles((np.arange(DRAWS) + 0.5) / DRAWS)
    draws: Draws = np.minimum(unseen, density.edges[-1]) + cells.n
    table = repr((cells.name, cells.lists, sorted(cells.counts.items())))
    np.random.default_rng([seed, zlib.crc32(table.encode())]).shuffle(draws)
    return draws


def _details(cells: Cells, posterior: _Posterior, level: float) -> dict[str, Any]:
    """Return what the diagnostics tell."""
    marginals, prior, density = posterior
    lists = len(cells.lists)
    whole = density.logs - marginals.ways(density.nodes)
    whole -= log_prior(prior, cells.n, density.nodes)
    scale = Scale(marginals.logs(density.nodes), whole, density.shares)
    ranked = rank(scale, lists, SHOWN)
    apart = Parts(tuple(1 << place for place in range(lists)), ())
    joined = Parts(((1 << lists) - 1,), ())
    paired = ranked.pairs
    if paired is None and lists <= MOST_PAIRED:
        paired = pairs(marginals, density.nodes, density.shares)
    return {
        "models": GRAPHS[lists - 1],
        "graphs": [
            {"graph": text(graph, cells.lists), "weight": round(weight, 6)}
            for graph, weight in zip(ranked.graphs, ranked.weights, strict=True)
        ],
        "graphs_weighed": ranked.weighed,
        "graphs_covered": round(ranked.covered, 6),
        "pairs": [
            {"lists": f"{cells.lists[one]} {cells.lists[two]}", "weight": round(weight, 3)}
            for one, two, weight in paired or ()
        ],
        "independent": float(np.exp(scale.log_weight(apart))),
        "saturated": float(np.exp(scale.log_weight(joined))),
        "modes": bma_notes.modes(density, cells.n),
        "cut_off_mass": density.cut_off_mass,
        "grid_points": len(density.nodes),
        "grid_end": float(density.edges[-1]) + cells.n,
        "grid_error": density.grid_error,
        "prior": prior,
        "delta": marginals.delta,
        "other_prior": _other(posterior, cells.n, level),
        "up_to": _up_to(density, cells.n, level),
    }


def _other(posterior: _Posterior, seen: int, level: float) -> dict[str, Any]:
    """Return the estimate under the other prior, from the same grid.

    With "unseen" the grid starts at one person, so that nobody unseen stays ruled out here.
    """
    other = PRIORS[1 - PRIORS.index(posterior.prior)]

    def log_ratio(unseen: Floats) -> Floats:
        ratio = log_prior(other, seen, unseen)
        ratio -= log_prior(posterior.prior, seen, unseen)
        return ratio

    low, middle, high = _ends(posterior.density.reweighted(log_ratio), seen, level)
    return {"prior": other, "estimate": middle, "low": low, "high": high}


def _up_to(density: Density, seen: int, level: float) -> dict[str, Any]:
    """Return the estimate if nobody allowed for more unseen than ``GRID_OF_DGA`` times those seen.

    So dga is used, whose grid ends where its user says; where the tail is heavy its upper end is
    that of the grid.
    """
    most = GRID_OF_DGA * seen
    cut = density.reweighted(lambda unseen: np.where(unseen > most, -np.inf, 0.0))
    low, middle, high = _ends(replace(cut, cut_off_mass=0.0), seen, level)
    return {"unseen": most, "estimate": middle, "low": low, "high": high}
