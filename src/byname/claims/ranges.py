"""Two numerals that are the ends of one range: "from 5 to 7 million", "20-35,000"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from byname.claims.numerals import Numeral

_PER_CENT: Final = r"(?:\s?(?:%|per\s?cent|процент\w{0,3}))?"
_HEDGED: Final = r"(?:(?:about|around|some|perhaps|even|over|as\s+many\s+as|more\s+than)\s+)?"
_TO: Final = re.compile(
    rf"{_PER_CENT}(?:\s?[-‐‑–—−]\s?|\s+(?:to|up\s+to|till|до)\s+){_HEDGED}", re.IGNORECASE
)
_OR: Final = re.compile(rf"{_PER_CENT},?\s+(?:or|или)\s+{_HEDGED}", re.IGNORECASE)
_AND: Final = re.compile(rf"{_PER_CENT}(?:\s+[^\W\d_]+)?\s+(?:and|и)\s+{_HEDGED}", re.IGNORECASE)
_BETWEEN: Final = re.compile(
    r"(?<!\w)(?:(?:somewhere|anywhere|something)\s+)?(?:between|from|между|от|с)\s+"
    r"(?:(?:about|around|some|approximately|roughly|an\s+estimated|примерно|около)\s+)?$",
    re.IGNORECASE,
)
_PAIRED: Final = re.compile(r"between|между", re.IGNORECASE)
# "Rose from 1,000 to 35,000" tells two numbers, not one that is uncertain.
_CHANGED: Final = re.compile(
    r"(?<!\w)(?:rose|risen|rising|grew|grown|growing|increas\w{1,4}|jump\w{2,3}|fell|fallen|dropp?\w{0,4}"
    r"|declin\w{1,3}|decreas\w{1,4}|went|expand\w{1,3}|swell\w{1,3}|climb\w{2,3}|reduc\w{1,3}|rais\w{2,3}"
    r"|shr[aiu]nk|sank|вырос\w{0,3}|увелич\w{2,8}|сократ\w{2,7}|упал\w?|возрос\w{0,3}|сни[зж]\w{2,8})"
    r"(?:\s+[\w'’-]+){0,5}\s+$",
    re.IGNORECASE,
)


def joined(text: str, floor: int, found: list[Numeral]) -> Iterator[tuple[Numeral, str, int]]:
    """Yield the numerals, ranges made one: numeral, hedge ("range" or ""), where it begins."""
    at = 0
    while at < len(found):
        one = found[at]
        opened = _BETWEEN.search(text, max(floor, one.start - 40), one.start)
        both = _range(text, floor, one, found[at + 1], opened) if at + 1 < len(found) else None
        if both is None:
            yield one, "", one.start
            at += 1
            continue
        yield both, "range", opened.start() if opened else one.start
        at += 2


def _range(
    text: str, floor: int, one: Numeral, two: Numeral, opened: re.Match[str] | None
) -> Numeral | None:
    gap = text[one.end : two.start]
    if len(gap) > 40:
        return None
    low = _lent(text, one, two)
    if not low < two.high or (one.vague != two.vague):
        return None
    if _TO.fullmatch(gap):
        if opened and _CHANGED.search(text, max(floor, opened.start() - 60), opened.start()):
            return None
    elif _OR.fullmatch(gap):
        if two.high > 3 * low:
            return None
    elif not (opened and _AND.fullmatch(gap) and _PAIRED.search(opened[0])):
        return None
    return replace(one, end=two.end, low=low, high=two.high, digits=max(one.digits, two.digits))


_ENDS_IN_THOUSANDS: Final = re.compile(r"\d,\d{3}$")


def _lent(text: str, one: Numeral, two: Numeral) -> float:
    """Return the lower end with the scale of the upper: "5 to 7 million", "20-35,000"."""
    if one.scale > 1 or one.vague:
        return one.low
    if two.scale >= 1000 and one.low < 1000 and one.low < two.high / two.scale:
        return one.low * two.scale
    thousands = _ENDS_IN_THOUSANDS.search(text, max(0, two.end - 8), two.end)
    if thousands and one.low < 1000 and one.low * 1000 < two.high and two.high % 1000 == 0:
        return one.low * 1000
    return one.low
