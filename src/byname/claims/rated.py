"""Words that make a number of people a number a day, and numbers that lend each other a unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import Final

from byname.claims.quantity import Quantity
from byname.claims.units import RATE, rate_per

_BREAK: Final = re.compile(
    r"[;:()!?\n]|\.\s|(?<!\w)(?:while|but|whereas|which|who|because|after|before|when|although|whom"
    r"|но|а|которы\w|когда|если)(?!\w)"
)
_NOT_A: Final = re.compile(
    r"(?<!\w)(?:for|in|of|within|after|than|only|once|twice|half|about|nearly|almost|over|spent|times"
    r"|was|is|such|quite|what)\s+$",
    re.IGNORECASE,
)


def with_rates(text: str, start: int, stop: int, found: list[Quantity]) -> list[Quantity]:
    """Give the words that make a rate to the nearest count of the same clause."""
    ends = [quantity.end for quantity in found]
    hours: set[int] = set()
    for match in RATE.finditer(text, start, stop):
        close = match["close"] is not None
        if close and _NOT_A.search(text, max(start, match.start() - 10), match.start()):
            continue
        after = bisect_right(ends, match.start())
        if after < len(found) and found[after].start < match.end():
            hours.add(after)  # the "24 hours" of "every 24 hours"
        at = _rated(text, match, found, after, close)
        if at is not None:
            found[at] = _as_rate(text, found[at], match)
            ends[at] = found[at].end
    return [quantity for at, quantity in enumerate(found) if at not in hours]


def _as_rate(text: str, quantity: Quantity, match: re.Match[str]) -> Quantity:
    end = match.end() if not text[quantity.end : match.start()].strip() else quantity.end
    kind = "rate" if quantity.kind == "count" else quantity.kind
    return replace(
        quantity, end=max(end, quantity.end), kind=kind, per=rate_per(match), unit_span=match.span()
    )


_FAR: Final = 160


def _rated(
    text: str, match: re.Match[str], found: list[Quantity], after: int, close: bool
) -> int | None:
    """Return the index of the count that a rate belongs to, None when it belongs to none."""
    before = after - 1
    if before >= 0 and match.start() - found[before].end < _FAR:
        gap = text[found[before].end : match.start()]
        if found[before].kind == "share":
            return before if not gap.strip() else None
        near = len(gap.split()) <= (7 if close else 12) and not _BREAK.search(gap)
        if found[before].kind == "count" and near:
            return before
    while close and after < len(found) and found[after].kind == "duration":
        after += 1  # "Per month, in that sixteen-month peak, some 40,000"
    if after >= len(found) or found[after].kind != "count":
        return None
    gap = text[match.end() : min(found[after].start, match.end() + _FAR)]
    if close and not _rate_first(text, match, gap):
        return None
    return after if len(gap.split()) <= (12 if close else 8) and not _BREAK.search(gap) else None


_HABIT: Final = re.compile(r"\s+(?:\w+\s+)?[а-яё]{3,20}[иы]ва(?:л\w{0,2}|ют|ет)(?:сь|ся)?(?!\w)")
_OPENS: Final = re.compile(r"(?:^|[.!?;:—–(\n])\s*$")


def _rate_first(text: str, match: re.Match[str], gap: str) -> bool:
    """Tell whether a rate stands before its number: "Per month, ...", "В сутки казнили двести"."""
    words = match[0].lower()
    before = text[max(0, match.start() - 16) : match.start()].lower()
    if "в среднем" in before or "on average" in before or words.endswith(("сутки",)):
        return True
    if words.startswith("per"):
        return _OPENS.search(before) is not None
    return words.startswith(("в ", "за ")) and _HABIT.match(gap) is not None


_GIVEN: Final = re.compile(r"(?<!\w)(?P<word>to|к|на)\s+$", re.IGNORECASE)
_NO_NOUN: Final = re.compile(r"\s*(?:[.,;!?)]|$|(?:and|but|и|а|но|in|by|в|на)(?!\w))")


def with_terms(text: str, found: list[Quantity]) -> list[Quantity]:
    """Read "to ten years, and Kamenev to five": the second number counts years as well."""
    term: tuple[str, str] | None = None
    for at, quantity in enumerate(found):
        given = _GIVEN.search(text, max(0, quantity.start - 6), quantity.start)
        word = given["word"].lower() if given else ""
        bare = quantity.kind == "count" and quantity.value <= 25 and quantity.exact > 0
        if quantity.kind == "duration" and word:
            term = (word, quantity.per)
        elif bare and term and word == term[0] and _NO_NOUN.match(text, quantity.end):
            found[at] = replace(quantity, kind="duration", per=term[1])
    return found
