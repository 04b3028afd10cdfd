"""Simulated people and the lists they are on: for benchmarks of estimates, with the truth known.

Four kinds, 500 to 10,000 people (evenly on the scale of logs), three to five lists:

- ``independent``: every list finds every person with one chance, between 0.05 and 0.35;
- ``dependent``: lists of such chances, but one to three pairs of lists lead to each other's people
  (three in four) or away from them (one in four): log-linear interactions of 0.5 to 1.5;
- ``differing``: people differ in how easily lists find them, either in two or three classes
  (``classes``), or evenly (``continuous``: normal on the scale of log odds, standard deviation 0.5
  to 1.5). Within a class, or at one ease, the lists are independent;
- ``sparse``: lists of 15 to 150 people on average, a fifth of all at most, so that few stand on
  two; in half of them one to three pairs of lists share nobody, as lists of two regions do.

Nobody here has lived; names and fates are not simulated, only the lists' 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.cells import Cells

Floats = NDArray[np.float64]
KINDS = ("independent", "dependent", "differing", "sparse")


@dataclass(frozen=True, slots=True)
class Population:
    """People who were simulated, and what the lists show of them.

    Attributes:
        number: with the seed it makes the same population again.
        kind, variety: see above; ``variety`` is "" where a kind has only one.
        people: how many there are: the truth.
        table: what the lists show; not judged, it may bear no estimate.

    """

    number: int
    kind: str
    variety: str
    people: int
    table: Cells


def population(number: int, seed: int) -> Population:
    """Simulate a population; kinds take turns."""
    random = np.random.default_rng((seed, number))
    kind = KINDS[number % len(KINDS)]
    people = round(float(np.exp(random.uniform(np.log(500), np.log(10_000)))))
    lists = int(random.integers(3, 6))
    variety, chances = _MAKES[kind](random, people, lists)
    found = random.multinomial(people, chances)
    counts = {
        pattern: int(count)
        for pattern, count in zip(_patterns(lists), found, strict=True)
        if count and any(pattern)
    }
    named = f"simulated {kind} {number}"
    return Population(number, kind, variety, people, Cells(tuple("ABCDE"[:lists]), counts, named))


def _patterns(lists: int) -> list[tuple[int, ...]]:
    return list(product((0, 1), repeat=lists))


def _apart(chances: Floats) -> Floats:
    """Return the chance of every pattern, where lists with these chances are independent."""
    on = np.array(_patterns(len(chances)))
    return np.asarray(np.where(on, chances, 1 - chances).prod(axis=1))


def _odds(chances: Floats) -> Floats:
    return np.asarray(np.log(chances / (1 - chances)))


def _chance(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)))


def _usual(random: np.random.Generator, lists: int) -> Floats:
    return random.uniform(0.05, 0.35, lists)


def _independent(random: np.random.Generator, _: int, lists: int) -> tuple[str, Floats]:
    return "", _apart(_usual(random, lists))


def _dependent(random: np.random.Generator, _: int, lists: int) -> tuple[str, Floats]:
    """Draw lists some pairs of which attract, or avoid, each other's people."""
    chances = _usual(random, lists)
    weights = np.log(_apart(chances))
    on = np.array(_patterns(lists)) - chances
    pairs = random.permutation(list(combinations(range(lists), 2)))
    for one, other in pairs[: random.integers(1, lists - 1)]:
        strength = random.uniform(0.5, 1.5) * (1 if random.random() < 0.75 else -1)
        weights += strength * on[:, one] * on[:, other]
    odds = np.exp(weights)
    return "", np.asarray(odds / odds.sum())


def _differing(random: np.random.Generator, _: int, lists: int) -> tuple[str, Floats]:
    """Draw people who differ: in classes, or evenly (the integral by 61 points)."""
    odds = _odds(_usual(random, lists))
    if random.random() < 0.5:
        classes = int(random.integers(2, 4))
        shares = random.dirichlet(np.full(classes, 3.0))
        ease = random.normal(0, 1.2, (classes, 1)) + random.normal(0, 0.5, (classes, lists))
        return "classes", sum(
            (share * _apart(_chance(odds + one)) for share, one in zip(shares, ease, strict=True)),
            np.zeros(2**lists),
        )
    spread = random.uniform(0.5, 1.5)
    points, shares = np.polynomial.hermite_e.hermegauss(61)
    chances = sum(
        (
            share * _apart(_chance(odds + spread * at))
            for share, at in zip(shares, points, strict=True)
        ),
        np.zeros(2**lists),
    )
    return "continuous", np.asarray(chances / shares.sum())


def _sparse(random: np.random.Generator, people: int, lists: int) -> tuple[str, Floats]:
    """Draw short lists, of which some pairs may share nobody."""
    sizes = np.exp(random.uniform(np.log(15), np.log(150), lists))
    chances = _apart(np.minimum(sizes / people, 0.2))
    on = np.array(_patterns(lists))
    if random.random() < 0.5:
        pairs = random.permutation(list(combinations(range(lists), 2)))
        for one, other in pairs[: random.integers(1, lists - 1)]:
            chances = np.where(on[:, one] & on[:, other], 0, chances)
    return "", np.asarray(chances / chances.sum())


_MAKES: dict[str, Callable[[Any, int, int], tuple[str, Floats]]] = {
    "independent": _independent,
    "dependent": _dependent,
    "differing": _differing,
    "sparse": _sparse,
}
