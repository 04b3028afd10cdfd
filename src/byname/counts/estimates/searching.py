"""Which models are looked at: all of them, or, with many lists, those near the best.

Six lists have 32,768 models with interactions of pairs, which are all fitted; seven have two
million. From there on, models are searched for: of those known, the best by AIC and the best by
BIC are taken, all models that hold one term more or less are fitted, and so on until the best have
no neighbour that was not looked at (compare Edwards & Havranek 1985, Biometrika 72: a fast
procedure for model search). Such a search may miss a model that is far from all good ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.fitting import Fits, Progress, fit
from byname.counts.estimates.hierarchy import (
    MOST_MODELS,
    Models,
    all_models,
    count_of_models,
    neighbours,
    terms,
)
from byname.counts.estimates.lattice import Table

Floats = NDArray[np.float64]

BEAM = 12
"""So many of the best models by each criterion have their neighbours looked at."""
ROUNDS = 200
"""The search is ended after this many rounds; ten lists took fewer than fifty."""

Row = tuple[bool, ...]
Scores = Callable[[Fits], Sequence[Floats]]


@dataclass(frozen=True, slots=True)
class Looked:
    """The models that were fitted.

    Attributes:
        among: the terms as numbers, the columns of ``models``.
        models: shape (models, terms).
        fits: of the models.
        exhaustive: these are all hierarchical models up to the order.
        order: the most lists in a term.

    """

    among: tuple[int, ...]
    models: Models
    fits: Fits
    exhaustive: bool
    order: int


def default_order(lists: int) -> int:
    """Return the most lists in a term: all but one up to five lists, two with more."""
    return max(1, lists - 1) if lists <= 5 else 2


def look(table: Table, order: int, scores: Scores, progress: Progress | None = None) -> Looked:
    """Fit all models up to an order, or those that a search comes upon.

    Args:
        table: the counts.
        order: the most lists in a term.
        scores: gives the criteria of fits, small is good; the search follows each of them.
        progress: told how many models are done of how many (in a search: known so far).

    """
    among = terms(table.lists, order)
    number = count_of_models(table.lists, order)
    if number is not None and number <= MOST_MODELS:
        models = all_models(table.lists, order)
        return Looked(among, models, fit(table, models, among, progress), True, order)
    return _search(table, among, order, scores, progress)


def _search(
    table: Table,
    among: tuple[int, ...],
    order: int,
    scores: Scores,
    progress: Progress | None,
) -> Looked:
    """Go from good models to their neighbours until no good one has a new neighbour."""
    pairs = tuple(term.bit_count() == 2 for term in among)
    start: list[Row] = [(False,) * len(among), pairs]
    known: list[Row] = []
    seen: set[Row] = set()
    asked: set[Row] = set()
    fits: Fits | None = None
    fresh = start
    for _ in range(ROUNDS):
        known += fresh
        seen.update(fresh)
        new = fit(table, np.asarray(fresh, dtype=np.bool_), among)
        fits = new if fits is None else fits.joined(new)
        if progress is not None:
            progress(len(known) - len(fresh), len(known))
        best = {int(at) for score in scores(fits) for at in np.argsort(score)[:BEAM]}
        turn = [known[at] for at in sorted(best) if known[at] not in asked]
        asked.update(turn)
        found = {near for row in turn for near in neighbours(row, among)} - seen
        if not found:
            break
        fresh = sorted(found)
    assert fits is not None
    return Looked(among, np.asarray(known, dtype=np.bool_), fits, False, order)
