"""Whether a log-linear model has a finite estimate for a table, before anything is made of it.

Two things can fail when patterns have no people. A term may be estimated at infinity: the
likelihood grows for ever as some means shrink to nought. Then the fit is that of its limit, in
which those patterns are left out and the others, the *face* of the table, have finite means
(Fienberg & Rinaldo 2012, Annals of Statistics 40, theorem 3.1 and section 3; the linear program
is that of their supplement). And the patterns of the face may leave it open how many are on no
list: the intercept is not identified (Chan, Silverman & Vincent 2021, Journal of the American
Statistical Association 116, section 3). Programs that check neither print 10**13 people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from byname.counts.estimates.hierarchy import Models

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Existence:
    """What a table lets a model say.

    Attributes:
        face: shape (2**t - 1,), the patterns whose means stay above nought in the limit.
        exists: all patterns do: the maximum of the likelihood is reached at finite values.
        identified: the number on no list has one finite value in the limit.

    """

    face: Bools
    exists: bool
    identified: bool


def check(design: Floats, counts: Floats) -> Existence:
    """Say whether a model's estimate exists and tells how many are on no list.

    Args:
        design: shape (patterns, parameters), the first column all ones (the intercept).
        counts: shape (patterns,), people with each pattern.

    """
    alive = face(design, counts, np.ones(len(counts), dtype=np.bool_))
    return Existence(alive, bool(alive.all()), identifies(design[alive]))


def face(design: Floats, counts: Floats, alive: Bools) -> Bools:
    """Return the patterns whose means stay above nought, among those not known to vanish.

    One linear program finds them all: of the directions along which the likelihood does not fall
    (they leave every pattern with people as it is and raise none without), one that lowers as
    many empty patterns as can be. Sums of such directions are such directions, so one is enough.
    """
    seen = counts > 0
    empty = np.flatnonzero(alive & ~seen)
    if not len(empty):
        return alive
    wide = design.shape[1]
    lowered = np.hstack([design[empty], np.eye(len(empty))])
    still = np.hstack([design[seen], np.zeros((int(seen.sum()), len(empty)))])
    found = linprog(
        c=np.concatenate([np.zeros(wide), -np.ones(len(empty))]),
        A_ub=lowered,
        b_ub=np.zeros(len(empty)),
        A_eq=still,
        b_eq=np.zeros(len(still)),
        bounds=[(None, None)] * wide + [(0.0, 1.0)] * len(empty),
        method="highs",
    )
    result = alive.copy()
    result[empty[found.x[wide:] > 0.5]] = False
    return result


def identifies(design: Floats) -> bool:
    """Return whether patterns determine the intercept: it is a combination of their rows."""
    if not len(design):
        return False
    first = np.zeros(design.shape[1])
    first[0] = 1.0
    solution = np.linalg.lstsq(design.T, first, rcond=None)[0]
    return bool(np.abs(design.T @ solution - first).max() < 1e-6)


def tendency(design: Floats, alive: Bools) -> str:
    """Return where the number on no list goes when patterns do not determine it.

    Of the directions along which the likelihood does not fall, some may raise the intercept and
    some lower it: "boundless" when they only raise it (the more people on no list, the better the
    fit), "none" when they only lower it (nobody on no list fits best), "open" when both do.

    Args:
        design: as in ``check``.
        alive: the face, on which the intercept is not identified.

    """
    wide = design.shape[1]
    gone = design[~alive]
    ways = []
    for sign in (1.0, -1.0):
        found = linprog(
            c=np.concatenate([[-sign], np.zeros(wide - 1)]),
            A_ub=gone if len(gone) else None,
            b_ub=np.zeros(len(gone)) if len(gone) else None,
            A_eq=design[alive],
            b_eq=np.zeros(int(alive.sum())),
            bounds=[(-1.0, 1.0)] + [(None, None)] * (wide - 1),
            method="highs",
        )
        ways.append(found.status == 0 and -found.fun > 0.5)
    return {(True, False): "boundless", (False, True): "none"}.get((ways[0], ways[1]), "open")


def dead_margins(counts: Floats, models: Models, among: Sequence[int], lists: int) -> Bools:
    """Return the patterns that an empty margin alone forces to nought: shape (models, patterns).

    A model reproduces the sums over the patterns that agree on the lists of a term. Where such a
    sum is nought, so is each of its patterns. Most limits are of this kind (two lists with nobody
    in common), and they are found for all models at once.
    """
    dead = np.zeros((len(models), len(counts)), dtype=np.bool_)
    for place in range(lists):
        dead |= _dead_by(1 << place, counts)
    for at, term in enumerate(among):
        forbidden = _dead_by(term, counts)
        if forbidden.any():
            dead[np.ix_(models[:, at], forbidden)] = True
    return dead


def _dead_by(term: int, counts: Floats) -> Bools:
    """Return the patterns that empty margins of one term force to nought."""
    patterns = np.arange(1, len(counts) + 1)
    dead = np.zeros(len(counts), dtype=np.bool_)
    for part in _parts(term):
        cells = (patterns & term) == part
        if not counts[cells].any():
            dead |= cells
    return dead


def _parts(term: int) -> list[int]:
    """Return all sets of lists within a term, the empty set too."""
    places = [1 << place for place in range(term.bit_length()) if term & (1 << place)]
    return [sum(some) for size in range(len(places) + 1) for some in combinations(places, size)]
