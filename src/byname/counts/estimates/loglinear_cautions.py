"""What speaks against an estimate from log-linear models, in sentences, the worst first."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.hierarchical_fits import Ranking

FEW = 5
"""A pair of lists with fewer people in common is a thin thread."""
APART = 1.5
"""Two estimates whose ratio is above this say different things."""
NEAR = 2.0
"""Models within so many units of the best are about as good (Burnham & Anderson 2002, p. 70)."""
POOR_FIT = 0.05
HEAVY = 0.05
"""Refused models that would have had at least this weight are told of."""
FAR = 10.0
"""So many times the people known is far from what the lists have seen."""


def cautions(ranking: Ranking, criterion: str, details: dict[str, Any]) -> tuple[str, ...]:
    """Return the warnings of an estimate; ``details`` as ``loglinear.estimate`` gives them."""
    found = [
        *_refused(criterion, details),
        *_loose(details, criterion),
        *_criteria_apart(details),
        *_near_models(ranking, criterion),
        *_refused_by_other(criterion, details),
        *_fit(details),
        *_far(ranking.cells, details, criterion),
        *_edge(ranking, criterion),
        *overlap_cautions(ranking.cells),
    ]
    return tuple(found)


def _refused(criterion: str, details: dict[str, Any]) -> list[str]:
    weight, best = details["refused_weight"], details[f"best_{criterion}"]
    if best["passed_over"] is None and weight < HEAVY:
        return []
    return [
        f"{passed_over(best, criterion)} Models without a finite estimate were refused "
        f"({details['models_refused']:,} of {details['models_fitted']:,}); they would have had "
        f"{weight:.0%} of the weight, so the figure rests on the models that are left.".lstrip()
    ]


def _refused_by_other(criterion: str, details: dict[str, Any]) -> list[str]:
    other = "aic" if criterion == "bic" else "bic"
    best = details[f"best_{other}"]
    return [] if best["passed_over"] is None else [passed_over(best, other)]


def passed_over(best: dict[str, Any], criterion: str) -> str:
    """Say why the model that fits best was not taken; nothing when it was."""
    model = best["passed_over"]
    if model is None:
        return ""
    why = {
        "boundless": "the more people on no list, the better it fits",
        "none": "it would have nobody on no list, only because nobody was found with some patterns",
        "open": "any number on no list fits it as well",
    }[best["passed_over_for"]]
    return (
        f"The model that fits best by {criterion.upper()}, {model}, has no finite estimate on "
        f"this table: {why}."
    )


def _loose(details: dict[str, Any], criterion: str) -> list[str]:
    best = details[f"best_{criterion}"]
    if best["high"] is None:
        return [
            f"The table sets no upper limit under the model {best['model']}; its figure is no more "
            "than a lower bound."
        ]
    if best["high"] > 4.0 * best["low"]:
        return [
            f"Even if the model {best['model']} were the true one, anything from "
            f"{_people(best['low'])} to {_people(best['high'])} would fit; too few people are on "
            "several lists to say more."
        ]
    return []


def _criteria_apart(details: dict[str, Any]) -> list[str]:
    aic, bic = details["best_aic"], details["best_bic"]
    low, high = sorted((aic["estimate"], bic["estimate"]))
    if high < APART * low:
        return []
    return [
        f"Two usual ways of choosing a model disagree by a factor of {high / low:.1f}: AIC takes "
        f"{aic['model']} with {_people(aic['estimate'])}, BIC takes {bic['model']} with "
        f"{_people(bic['estimate'])}."
    ]


def _near_models(ranking: Ranking, criterion: str) -> list[str]:
    scores = ranking.scores(criterion)
    near = scores <= scores.min() + NEAR
    known = ranking.cells.n + ranking.unseen[near]
    if near.sum() < 2 or known.max() < APART * known.min():
        return []
    return [
        f"{int(near.sum())} models fit about as well as the best (within {NEAR:.0f} units of "
        f"{criterion.upper()}), and their estimates go from {_people(float(known.min()))} to "
        f"{_people(float(known.max()))}."
    ]


def _fit(details: dict[str, Any]) -> list[str]:
    if details["fit_df"] <= 0:
        return [
            f"The model {details['model']} has as many parameters as the table has patterns, so "
            "nothing in the table can show whether it is wrong."
        ]
    if details["fit_p"] >= POOR_FIT:
        return []
    return [
        f"The model {details['model']} fits poorly: deviance {details['deviance']:.1f} on "
        f"{details['fit_df']} degrees of freedom (p = {details['fit_p']:.2g})."
    ]


def _far(cells: Cells, details: dict[str, Any], criterion: str) -> list[str]:
    best = details[f"best_{criterion}"]["estimate"]
    if best < FAR * cells.n:
        return []
    return [
        f"The model's figure is {best / cells.n:.0f} times the {cells.n:,} people known; so far "
        "from what was seen it rests on the form of the model more than on names."
    ]


def _edge(ranking: Ranking, criterion: str) -> list[str]:
    at = ranking.best(criterion)
    gone = ~ranking.looked.fits.alive[at]
    if not gone.any():
        return []
    return [
        f"The model {ranking.text(at)} is at the edge of what can be fitted: it takes "
        f"{int(np.sum(gone))} of the {len(gone)} patterns to be impossible because nobody was "
        "found with them."
    ]


def overlap_cautions(cells: Cells) -> list[str]:
    """Return what is to be said about pairs of lists with nobody or hardly anybody in common."""
    names = cells.lists
    common = {
        f"{names[one]} and {names[other]}": cells.on(one, other)
        for one, other in combinations(range(len(names)), 2)
    }
    none = [pair for pair, count in common.items() if not count]
    few = [f"{pair} ({count})" for pair, count in common.items() if 0 < count < FEW]
    found = []
    if none:
        found.append(
            f"{_pairs(len(none))} of {len(common)} with nobody in common: {_some(none)}. A model "
            "with an interaction of such a pair takes it for certain that nobody can be on both."
        )
    if few:
        found.append(
            f"{_pairs(len(few))} of {len(common)} with fewer than {FEW} people in common: "
            f"{_some(few)}. One person more or less there moves the estimate."
        )
    return found


def _some(pairs: list[str]) -> str:
    return f"{', '.join(pairs[:6])}{' and others' if len(pairs) > 6 else ''}"


def _pairs(number: int) -> str:
    return "One pair of lists" if number == 1 else f"{number} pairs of lists"


def _people(number: float) -> str:
    return f"{number:,.0f}"
