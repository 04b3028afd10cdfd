"""How likely two names are one name, in bits: a log-likelihood ratio learnt from real variants.

The ratio of Fellegi & Sunter (1969): log2 of how probable it is that an archivist recorded ``b``
as a variant of ``a``, over how probable ``b`` is as the name of somebody else. A word is the same,
or respelt (a learnt channel of edits, see ``byname.names.edits``), or wholly different; the three
are mixed with learnt shares, so unlike names cost a fixed price and no name, however strange,
can cost more. An equal or respelt rare name is worth more than a common one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from byname.names.edits import Style, group_price, groups, model, rarity, surprise

Kind = Literal["surname", "given", "patronymic"]

_FAR = 0.6
"""Above this share of edited letters no respelling was ever worth more than a wholly other name."""


@cache
def _shares(style: Style) -> tuple[float, float, float]:
    """Return log2 of the shares of same, respelt and other words among recorded variants."""
    states = model().states
    return states[f"{style} same"], states[f"{style} near"], states[f"{style} other"]


def respelt(style: Style, letters: Style, a: str, b: str) -> float:
    """Return the bits for ``b`` being a respelling of ``a`` (they differ) over any other name.

    Somebody else's name may be misspelt too: a respelling of a common name proves no more than
    the common name itself, so the ratio stays below the rarity of the commoner of the two.
    """
    if a > b:
        a, b = b, a
    price, edits = 0.0, 0
    for place, old, new in groups(a, b):
        bits_here, edits_here = group_price(style, place, old, new)
        price += bits_here
        edits += edits_here
    numbers = model().numbers[style]
    one, two = surprise(letters, a), surprise(letters, b)
    ratio = (one + two) / 2 - price + numbers[min(edits, len(numbers)) - 1]
    commoner = min(rarity(letters, a), rarity(letters, b))
    return -mixed(-ratio, 1.0 - commoner)


def mixed(*chances: float) -> float:
    """Return log2 of the sum of chances given as log2."""
    most = max(chances)
    return most + math.log2(sum(2.0 ** (chance - most) for chance in chances))


def bits(kind: Kind, a: str, b: str) -> float:
    """Return the evidence in bits that two folded words are one name.

    Above 0 speaks for one name, below for two; 1 bit doubles the odds. Symmetric. Words are as
    ``names.forms.fold`` leaves them. An empty word tells nothing: 0.

    >>> bits("surname", "гитис", "гиттис") > 5 > 0 > bits("surname", "гитис", "петров")
    True
    """
    return bits_many(kind, ((a, b),))[0]


def bits_many(kind: Kind, pairs: Iterable[tuple[str, str]]) -> list[float]:
    """Return ``bits`` of many pairs of words of one kind, in their order, in bits."""
    same, near, other = _shares(kind)
    distance = Levenshtein.distance
    found: list[float] = []
    for a, b in pairs:
        if not a or not b:
            found.append(0.0)
        elif a == b:
            found.append(rarity(kind, a) + same)
        else:
            furthest = int(_FAR * max(len(a), len(b)))
            if distance(a, b, score_cutoff=furthest) > furthest:
                found.append(other)
            else:
                found.append(mixed(near + respelt(kind, kind, a, b), other))
    return found
