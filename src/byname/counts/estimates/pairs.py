"""Two lists: how many there were, from how many are on both.

If the second list takes people as if it did not know the first, the share of the first list that
it names is the share of all people that it names (Lincoln 1930, Petersen 1896). Chapman's form,
(n1 + 1)(n2 + 1)/(m + 1) - 1, is without bias when n1 + n2 is at least the number of people, and
nearly so else (Chapman 1951; Seber 1982, The Estimation of Animal Abundance, eq. 3.3 and 3.4).
Lists of one origin share more people than chance, and the figure is then too low; lists that avoid
each other share fewer, and it is too high. Two lists cannot show which.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import combinations
from math import log, sqrt
from typing import Any

import numpy as np
from scipy.special import ndtri

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.model import Diagnostics, Estimate
from byname.errors import EstimateError

METHOD = "lincoln-petersen"
DRAWS = 4_000
SEED = 1951
FEW = 7
"""With fewer people on both lists Chapman's form is biased too (Robson & Regier 1964)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two lists say.

    Attributes:
        lists: their names.
        sizes: people on each.
        both: people on both.
        observed: people on either.
        estimate, standard_error, low, high: of all people; None when nobody is on both.
        sentence: why there is no figure, with the least number that there may have been; else "".

    """

    lists: tuple[str, str]
    sizes: tuple[int, int]
    both: int
    observed: int
    estimate: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Return the pair with names as in the JSON."""
        return asdict(self)


def pairs(cells: Cells, level: float = 0.95) -> tuple[Pair, ...]:
    """Return what each pair of lists says by itself, in the order of the lists."""
    places = range(len(cells.lists))
    return tuple(pair(cells, one, other, level) for one, other in combinations(places, 2))


def pair(cells: Cells, one: int, other: int, level: float = 0.95) -> Pair:
    """Return what two lists, given as places in a pattern, say.

    Raises:
        EstimateError: ``level`` is not between 0 and 1.

    """
    if not 0.0 < level < 1.0:
        raise EstimateError(f"The level {level} is not between 0 and 1; give 0.95 for 95 %.")
    names = cells.lists[one], cells.lists[other]
    first, second, both = cells.on(one), cells.on(other), cells.on(one, other)
    seen = first + second - both
    if not both:
        why = _nobody_on_both(names, first, second, level)
        return Pair(names, (first, second), 0, seen, None, None, None, None, why)
    unseen, error = chapman(first, second, both)
    spread = _log_spread(unseen, error)
    reach = float(np.exp(float(ndtri((1.0 + level) / 2.0)) * spread))
    return Pair(
        names,
        (first, second),
        both,
        seen,
        seen + unseen,
        error,
        seen + unseen / reach,
        seen + unseen * reach,
        "",
    )


def chapman(first: int, second: int, both: int) -> tuple[float, float]:
    """Return the number on neither list and the standard error (Seber 1982, eq. 3.3 and 3.4)."""
    whole = (first + 1) * (second + 1) / (both + 1) - 1.0
    product = (first + 1) * (second + 1) * (first - both) * (second - both)
    error = sqrt(product / ((both + 1) ** 2 * (both + 2)))
    return whole - (first + second - both), error


def estimate(cells: Cells, level: float = 0.95) -> Estimate:
    """Estimate how many there were from two lists.

    Args:
        cells: the table. With more than two lists no single figure is given; the pairs are in
            ``diagnostics.details["pairs"]``, where their disagreement can be read.
        level: of the interval, between 0 and 1; by the logarithm of the number on neither list.

    Raises:
        EstimateError: ``level`` is not between 0 and 1.

    """
    table = pairs(cells, level)
    details: dict[str, Any] = {"pairs": [one.as_dict() for one in table]}
    if len(table) > 1:
        said = Diagnostics(_of_many(table), details)
        return Estimate(METHOD, None, None, None, level, cells.n, said)
    only = table[0]
    if only.estimate is None:
        said = Diagnostics((only.sentence,), details)
        return Estimate(METHOD, None, None, None, level, cells.n, said)
    details |= {"standard_error": only.standard_error, "both": only.both}
    unseen, error = chapman(*only.sizes, only.both)
    normal = np.random.default_rng(SEED).standard_normal(DRAWS)
    return Estimate(
        METHOD,
        only.estimate,
        only.low,
        only.high,
        level,
        cells.n,
        Diagnostics(_cautions(only), details),
        cells.n + unseen * np.exp(_log_spread(unseen, error) * normal),
    )


def _log_spread(unseen: float, error: float) -> float:
    """Return the standard deviation of the log of the number on neither list."""
    return sqrt(log(1.0 + (error / unseen) ** 2)) if unseen > 0.0 else 0.0


def _nobody_on_both(names: tuple[str, str], first: int, second: int, level: float) -> str:
    """Say the least that an empty overlap allows: fewer people would have met in the lists.

    With N people and lists that do not know each other, n1 n2 / N are on both on average, and
    nobody is with probability exp(-n1 n2 / N).
    """
    least = first * second / -log(1.0 - level)
    return (
        f"Nobody is on both {names[0]} and {names[1]}, so the two set no upper limit. If neither "
        f"knew the other, there were at least about {max(least, first + second):,.0f} people "
        f"({level:.0%} confidence); if they avoid each other's people, even that does not follow."
    )


def _cautions(only: Pair) -> tuple[str, ...]:
    """Return what is to be said of two lists, the worst first."""
    found = []
    if only.both in only.sizes:
        inner, outer = only.lists if only.both == only.sizes[0] else (only.lists[1], only.lists[0])
        found.append(
            f"Everybody on {inner} is on {outer} too; if one was made from the other, the figure "
            "says nothing."
        )
    if only.both < FEW:
        found.append(
            f"Only {only.both} {'person is' if only.both == 1 else 'people are'} on both lists; "
            "one more or less moves the figure much."
        )
    found.append(
        "Two lists cannot show whether they depend on each other: lists with a common origin make "
        "this figure too low, lists that avoid each other's people make it too high."
    )
    return tuple(found)


def _of_many(table: tuple[Pair, ...]) -> tuple[str, ...]:
    """Return what the pairs of several lists say together."""
    known = sorted(one.estimate for one in table if one.estimate is not None)
    span = f"from {known[0]:,.0f} to {known[-1]:,.0f}" if len(known) > 1 else f"{known[0]:,.0f}"
    said = [
        f"This method takes two lists, and here are more; taken two by two they say {span}. Where "
        "pairs differ much, lists depend on each other. Use a method for several lists, or choose "
        "two."
    ]
    said += [one.sentence for one in table if one.sentence]
    return tuple(said)
