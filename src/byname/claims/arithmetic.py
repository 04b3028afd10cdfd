"""A claimed number against a published one: how near, and what that makes the claim.

The bands are those historians use in speech: a round number within a tenth agrees, a slip of
up to a factor of two is the right order of magnitude, further off is another number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from byname.claims.quantities import Quantity

Nearness = Literal["same", "near", "digit", "order", "far"]
ROUNDING = 0.10
FACTOR = 2.05
_SMALL = 100
"""Below this, things are counted on fingers: sixteen is not seventeen."""
_MANY_DIGITS = 4
_SHARE_FACTOR = 1.7
_SMALL_SHARE = 12.0
"""Below this, in per cent, shares differ by ratio: one in a hundred is not one in two hundred."""

VERDICT: dict[Nearness, str] = {
    "same": "supported",
    "near": "supported",
    "digit": "imprecise",
    "order": "imprecise",
    "far": "contradicted",
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A number as claimed: an interval, its digits, and the words that hedge it."""

    low: float
    high: float
    digits: int
    hedge: str

    @classmethod
    def of(cls, quantity: Quantity) -> Claimed:
        """Return the number of a quantity."""
        return cls(quantity.low, quantity.high, quantity.exact, quantity.hedge)

    @property
    def middle(self) -> float:
        """Return the middle of the claimed interval."""
        return (self.low + self.high) / 2


def nearness(claimed: Claimed, value: float, low: float, high: float) -> Nearness:
    """Tell how near a claimed count comes to a published one.

    Args:
        claimed: the number of the text.
        value: the published central value.
        low: the least published value of the same thing.
        high: the greatest.

    """
    if claimed.hedge in ("more than", "at least"):
        return _from_below(claimed.low, low, high)
    if claimed.hedge in ("less than", "at most"):
        return _from_above(claimed.high, low, high)
    if claimed.low < claimed.high:
        return _of_range(claimed, value, low, high)
    return _of_number(claimed, value, low, high)


def _from_below(least: float, low: float, high: float) -> Nearness:
    """Judge "at least N": right where N is reached and not absurdly low."""
    if least <= high * 1.03:
        return "same" if least >= low * 0.58 else "order"
    return _by_ratio(least, high)


def _from_above(most: float, low: float, high: float) -> Nearness:
    if most >= low * 0.97:
        return "same" if most <= high * 2.2 else "order"
    return _by_ratio(most, low)


def _of_range(claimed: Claimed, value: float, low: float, high: float) -> Nearness:
    inside = claimed.low * (1 - ROUNDING) <= value <= claimed.high * (1 + ROUNDING)
    if inside:
        return "near" if claimed.high <= claimed.low * 12 else "order"
    if claimed.low <= high and low <= claimed.high and low < high:
        return "near"
    edge = claimed.low if claimed.low > high else claimed.high
    return _by_ratio(edge, high if claimed.low > high else low)


def _of_number(claimed: Claimed, value: float, low: float, high: float) -> Nearness:
    number = claimed.middle
    if any(
        same_when_rounded(number, published, claimed.digits) for published in (value, low, high)
    ):
        return "same"
    whole = number == int(number)
    if number < _SMALL and value < _SMALL and whole:
        if low <= number <= high:
            return "near"
        off = abs(number - value)
        return "order" if claimed.hedge and off <= max(1, value * ROUNDING) else "far"
    close = min(abs(number - p) / p if p else math.inf for p in (value, low, high))
    if close <= ROUNDING or low < number < high:
        exact = claimed.digits >= _MANY_DIGITS and not claimed.hedge
        return "digit" if exact and not _round(number) else "near"
    nearest = min((value, low, high), key=lambda p: abs(math.log((p or 0.5) / (number or 0.5))))
    return _by_ratio(number, nearest)


def _by_ratio(number: float, published: float) -> Nearness:
    if number <= 0 or published <= 0:
        return "same" if number == published else "far"
    ratio = max(number / published, published / number)
    if ratio <= 1 + ROUNDING:
        return "near"
    return "order" if ratio <= FACTOR else "far"


def same_when_rounded(number: float, published: float, digits: int) -> bool:
    """Tell whether ``published`` rounds, or is cut off, to ``number`` with as many digits."""
    if number == published:
        return True
    if number <= 0 or published <= 0 or digits < 1:
        return False
    step = 10.0 ** (math.floor(math.log10(number)) - digits + 1)
    if (digits == 1 and number < _SMALL) or abs(number - published) > ROUNDING * published:
        return False
    here = round(number / step)
    cut_off = digits >= 2 and math.floor(published / step) == here
    return here == round(published / step) or cut_off


def _round(number: float) -> bool:
    """Tell whether a number ends in zeros, as spoken figures do."""
    return number >= 1000 and number % 1000 == 0


def share_nearness(claimed: Claimed, published: float, low: float, high: float) -> Nearness:
    """Tell how near a claimed share comes to a published one, both in per cent."""
    slack = 5.0 if claimed.digits <= 1 else 2.5
    low, high = min(low, published), max(high, published)
    if claimed.hedge in ("more than", "at least"):
        if claimed.low <= high + 0.5:
            return "near" if claimed.low >= low - 25 else "order"
    elif claimed.hedge in ("less than", "at most"):
        if claimed.high >= low - 0.5:
            return "near" if claimed.high <= high + 25 else "order"
    elif claimed.low - slack <= high and low <= claimed.high + slack:
        small = min(high, claimed.high) < _SMALL_SHARE
        if not small or low / 1.17 <= claimed.middle <= high * 1.17:
            return "near"
    nearest = min((low, published, high), key=lambda p: abs(p - claimed.middle))
    ratio = max(claimed.middle, nearest) / max(min(claimed.middle, nearest), 0.01)
    return "order" if ratio <= _SHARE_FACTOR and abs(claimed.middle - nearest) <= 18 else "far"


def grouped(number: float) -> str:
    """Return a number as English print has it: 681,692; 0.42."""
    if abs(number - round(number)) < 1e-9:
        return f"{round(number):,}"
    return f"{number:,.2f}".rstrip("0").rstrip(".") if abs(number) < 100 else f"{number:,.0f}"
