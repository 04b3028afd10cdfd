"""Numbers tied to the whole they are part of: "98 of the 139", "Of the 139 members, 98"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from byname.claims.quantity import Quantity

_NAMES: Final = r"(?:[^\W\d_][\w'’-]*\s+){0,4}?"
_BASE: Final = re.compile(
    rf"\s+(?:of\s+(?:the|its|his|their|these|those|all|some|a\s+total\s+of)?\s*|of\s+|{_NAMES}(?:out\s+of"
    rf"|(?:from\s+)?among|из)\s+(?:the\s+|its\s+|all\s+|общего\s+числа\s+)?){_NAMES}",
    re.IGNORECASE,
)
_BASE_BEFORE: Final = re.compile(
    r"(?:[.;:(,—–]\s*|(?<!\w)that\s+|\n)(?:out\s+of|of|из)\s+(?:the\s+|its\s+|his\s+|(?P<these>these\s+)|all\s+)?$",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"[\w-]+s(?!\w)|people|men|women|clergy|человек")
_STOPS: Final = re.compile(
    r"(?<!\w)(?:in|on|by|who|which|were|was|and|or|for|at|to|и|в|были)(?!\w)"
)


def with_bases(text: str, start: int, found: list[Quantity]) -> list[Quantity]:
    """Tie "98 of the 139 members" and "Of the 139 members, 98 were shot"."""
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        if two.kind == "count" and _is_part(text, one, two):
            named = two if two.noun else one
            found[at] = replace(one, base=two.value, base_span=(two.start, two.end),
                                noun=named.noun, noun_span=named.noun_span)  # fmt: skip
            found[at + 1] = replace(two, is_base=True)
        elif one.kind == "count" and one.base is None and _opens_base(text, start, one):
            _share_base(text, found, at)
    return found


def _is_part(text: str, one: Quantity, two: Quantity) -> bool:
    """Tell whether the first is told as so many of the second."""
    if one.kind != "share" and (one.kind != "count" or two.value <= one.value):
        return False
    gap = text[one.end : two.start]
    return len(gap) < 80 and bool(_BASE.fullmatch(gap)) and not _STOPS.search(gap)


def _opens_base(text: str, start: int, quantity: Quantity) -> bool:
    """Tell whether "Of the" stands before a number, at the beginning of a clause."""
    at = quantity.start
    before = text[max(start, at - 28) : at]
    match = _BASE_BEFORE.search(before if at - 28 > start else "\n" + before)
    # "Of these 503 were shot" tells a part, "of these 503 officers" a whole.
    return match is not None and (not match["these"] or _PLURAL.match(quantity.noun) is not None)


def _share_base(text: str, found: list[Quantity], at: int) -> None:
    """Give a base that opens a sentence to the smaller counts after it."""
    base = found[at]
    for later in range(at + 1, len(found)):
        quantity = found[later]
        gap = text[base.end : quantity.start]
        if len(gap) > 300 or _NEXT_SENTENCE.search(gap):
            return
        part = quantity.kind == "share" or (
            quantity.kind == "count" and quantity.value < base.value
        )
        if part and quantity.base is None:
            found[later] = replace(quantity, base=base.value, base_span=(base.start, base.end))
            found[at] = replace(base, is_base=True)


_NEXT_SENTENCE: Final = re.compile(r"[.!?]\s+[A-ZА-ЯЁ]|\n\n")
