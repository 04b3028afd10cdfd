"""Numbers tied to the whole they are part of: "98 of the 139", "Of the 139 members, 98"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from byname.claims.quantity import Quantity

_NAMES: Final = r"(?:[^\W\d_][\w'’-]*\s+){0,4}?"
_BASE: Final = re.compile(
    rf"\s+(?:of\s+(?:the|its|his|their|these|those|all|some|a\s+total\s+of)?\s*|of\s+|{_NAMES}(?:out\s+of"
    rf"|(?:from\s+)?among|из)\s+(?:the\s+|its\s+|all\s+|общего\s+числа\s+)?){_NAMES}",
    re.IGNORECASE,
)
_BASE_BEFORE: Final = re.compile(
    r"(?:[.;:(,—–]\s*|(?<!\w)that\s+|\n)(?:out\s+of|of|from|из)\s+(?:the\s+|its\s+|his\s+|(?P<these>these\s+)|all\s+)?$",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"[\w-]+s(?!\w)|people|men|women|clergy|человек")
_STOPS: Final = re.compile(
    r"(?<!\w)(?:in|on|by|who|which|were|was|and|or|for|at|to|и|в|были)(?!\w)"
)


def with_bases(text: str, start: int, found: list[Quantity]) -> list[Quantity]:
    """Tie "98 of the 139 members", "of the 139 members 98", "139 members, of whom 98"."""
    for at, (one, two) in enumerate(pairwise(found)):
        if two.kind == "count" and _is_part(text, one, two):
            named = two if two.noun else one
            found[at] = replace(one, base=two.value, base_span=(two.start, two.end),
                                noun=named.noun, noun_span=named.noun_span)  # fmt: skip
            found[at + 1] = replace(two, is_base=True)
    for at, one in enumerate(found):
        if one.kind == "count" and one.base is None and _opens_base(text, start, one):
            _share_base(text, found, at)
    for at in range(1, len(found)):
        if _of_them(text, found[at - 1], found[at]):
            _of_before(found, at)
    return found


_WHOM: Final = re.compile(
    r"(?<!\w)(?:of|из|among)\s+(?:whom|which|these|them|них|которых)(?:\s+[^\W\d][\w-]*){0,2}\s+$"
    r"|(?<!\w)в\s+том\s+числе\s+$",
    re.IGNORECASE,
)
_OF_THEM: Final = re.compile(r"\s+(?:of\s+(?:whom|them|these)|из\s+них)(?!\w)")


def _of_them(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Tell whether "of whom" or "of them" ties a quantity to one before it."""
    if quantity.base is not None or quantity.is_base or quantity.kind not in ("count", "share"):
        return False
    opening = text[max(before.end, quantity.start - 40) : quantity.start]
    return bool(_WHOM.search(opening) or _OF_THEM.match(text, quantity.end))


def _of_before(found: list[Quantity], at: int) -> None:
    """Take the nearest greater count before as the base; that one stays a statement itself."""
    quantity = found[at]
    for before in reversed(found[:at]):
        if quantity.start - before.end > _LONG:
            return
        plain = before.kind == "count" and not before.is_base
        if plain and (quantity.kind == "share" or before.value > quantity.value):
            span = (before.start, before.end)
            found[at] = replace(quantity, base=before.value, base_span=span)
            return


def _is_part(text: str, one: Quantity, two: Quantity) -> bool:
    """Tell whether the first is told as so many of the second."""
    gap = text[one.end : two.start]
    if one.kind == "count" and one.value == two.value:
        return _ALL_OF.fullmatch(gap) is not None  # "16 of 16 commissars"
    if one.kind != "share" and (one.kind != "count" or two.value < one.value):
        return False
    return len(gap) < 80 and bool(_BASE.fullmatch(gap)) and not _STOPS.search(gap)


_ALL_OF: Final = re.compile(r"\s+(?:(?:out\s+)?of|из)\s+(?:the\s+)?")


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
        if len(gap) > _LONG or _NEXT_SENTENCE.search(gap):
            return
        part = quantity.kind == "share" or (
            quantity.kind == "count" and quantity.value < base.value
        )
        if part and quantity.base is None and not quantity.is_base:
            found[later] = replace(quantity, base=base.value, base_span=(base.start, base.end))
            found[at] = replace(base, is_base=True)


_LONG: Final = 300
_NEXT_SENTENCE: Final = re.compile(r"[.!?]\s+[A-ZА-ЯЁ]|\n\n")
