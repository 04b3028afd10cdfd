"""The sentence that a journalist may quote without being wrong."""

from __future__ import annotations

from collections.abc import Sequence

from byname.counts.estimates.lcmcr import AGREED
from byname.counts.estimates.methods import METHODS
from byname.counts.estimates.model import Estimate

APART = 3.0
"""Where the highest end is so many times the lowest, no single figure is quoted."""


def quotable(about: str, observed: int, lists: int, results: Sequence[Estimate]) -> str:
    """Return a sentence that holds however the methods differ.

    It gives the widest range of the methods that settled, says what it rests on, and refuses to
    give a figure when they tell different stories.
    """
    named = f"The {lists} lists name {observed:,} {about}"
    bounds = [one for one in results if METHODS[one.method].bound and one.low is not None]
    full = [one for one in results if one.low is not None and one.high is not None]
    settled = [one for one in full if _settled(one)]
    least = max((one.low for one in bounds if one.low is not None), default=None)
    at_least = f", and there were probably at least {_round(least)}" if least else ""
    if not full:
        return f"{named}{at_least}; how many there were beside them, these lists cannot tell."
    if not settled:
        return f"{named}{at_least}; no method came to a figure that could be relied on."
    low = min(one.low for one in settled if one.low is not None)
    high = max(one.high for one in settled if one.high is not None)
    ways = f"{len(settled)} methods" if len(settled) > 1 else "one method"
    share = f"{settled[0].level:.0%}"
    if high > APART * low:
        return (
            f"{named}{at_least}; with those on no list the estimates of {ways} reach from "
            f"{_round(low)} to {_round(high)}, too far apart for a single figure."
        )
    word = "their" if len(settled) > 1 else "its"
    intervals = "intervals" if len(settled) > 1 else "interval"
    return (
        f"{named}; with those on no list there were between {_round(low)} and {_round(high)} by "
        f"{ways} ({word} {share} {intervals} taken together), if the lists overlap as the methods "
        "assume."
    )


def _settled(one: Estimate) -> bool:
    """Whether the method itself has no grave objection."""
    details = one.diagnostics.details
    if details.get("rhat", 1.0) > AGREED or len(details.get("modes", [])) > 1:
        return False
    return not details.get("strata_without_estimate")


def _round(people: float) -> str:
    """Return a number to three figures, as nobody should quote more."""
    if people < 1000:
        return f"{people:,.0f}"
    unit = 10 ** (len(str(int(people))) - 3)
    return f"{round(people / unit) * unit:,}"
