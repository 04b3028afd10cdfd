"""How likely two names are one name, in bits: a log-likelihood ratio learnt from real variants.

The ratio of Fellegi & Sunter (1969): log2 of how probable it is that an archivist recorded ``b``
as a variant of ``a``, over how probable ``b`` is as the name of somebody else. A word is the same,
or respelt (a learnt channel of edits, see ``byname.names.edits``), or wholly different; the three
are mixed with learnt shares, so unlike names cost a fixed price and no name, however strange,
can cost more. An equal or respelt rare name is worth more than a common one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from rapidfuzz.distance import Levenshtein

from byname.names.edits import (
    EASTERN,
    Background,
    Style,
    Way,
    first_letter,
    group_price,
    groups,
    model,
    rareness,
    rarity,
    remembered,
    surprise,
)
from byname.names.families import father_family, given_family
from byname.names.forms import fold

Kind = Literal["surname", "given", "patronymic"]

Chances = tuple[float, float, float, float]
"""How much likelier a part is than as a stranger's: same, respelt, kindred, other (always 1)."""
_OTHER: Chances = (0.0, 0.0, 0.0, 1.0)
_MISSING: Chances = (1.0, 1.0, 1.0, 1.0)
_LEFT_OUT: Chances = (0.0, 0.0, 2.0, 0.0)
_TWO_SYLLABLES = re.compile(
    r"([^аеиоуыэюя]*[аеиоуыэюя]+(?:[нмлркпбт]ь?(?![аеиоуыэюя]))?)"
    r"([^аеиоуыэюяь]+[аеиоуыэюя]+[нмлркпбт]?ь?|[аеоуыэюя]+[нмлркпбт]ь?)"
)
_CUT = re.compile(r"[\s\-‐–]+")
_CHEAP = 5.0
"""The price in bits of one usual respelling, which lowers no ceiling."""
_FAR = 0.6
"""Above this share of edited letters no respelling was ever worth more than a wholly other name."""


@remembered
def _shares(style: Style) -> tuple[float, float, float]:
    """Return log2 of the shares of same, respelt and other words among recorded variants."""
    states = model().states
    return states[f"{style} same"], states[f"{style} near"], states[f"{style} other"]


def respelt(style: Style, letters: Background, a: str, b: str) -> float:
    """Return the bits for ``b`` being a respelling of ``a`` (they differ) over any other name."""
    strange_a, rare_a = rareness(letters, a)
    strange_b, rare_b = rareness(letters, b)
    commoner = rare_a if rare_a < rare_b else rare_b
    return _capped(style, (strange_a + strange_b) / 2, changed(style, a, b), commoner)


def _capped(style: Style, strange: float, change: float, commoner: float) -> float:
    """Return the bits of a change, kept below the rarity of the commoner of two names.

    Somebody else's name may be misspelt too: a respelling of a common name proves no more than
    the common name itself, and the more letters change, the more strangers come as near; how
    fast is learnt for each style ("crowding").
    """
    crowding = 0.0
    if change < -_CHEAP:
        crowding = model().states[f"{style} crowding"] * (change + _CHEAP)
    return -either(-strange - change, 1.0 - commoner - crowding)


def changed(style: Style, a: str, b: str) -> float:
    """Return log2 of the probability that ``b`` is written for ``a`` (they differ)."""
    numbers = model().numbers[style]
    price, edits = 0.0, 0
    for place, old, new in groups(a, b) if a < b else groups(b, a):
        bits_here, edits_here = group_price(style, place, old, new)
        price += bits_here
        edits += edits_here
    return numbers[edits - 1 if edits <= len(numbers) else -1] - price


def either(one: float, two: float) -> float:
    """Return log2 of the sum of two chances given as log2."""
    gap = one - two
    if gap < 0:
        one, gap = two, -gap
    return one if gap > 50 else one + math.log2(1.0 + 2.0**-gap)


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
                found.append(either(near + respelt(kind, kind, a, b), other))
    return found


@dataclass(frozen=True, slots=True)
class NameKey:
    """A whole name made ready to compare: folded parts without hyphens and blanks, "" if missing.

    ``halves`` holds the pieces of a double surname, ``syllables`` the first and the later ones of
    a Chinese or Korean given name, where it has two, ``hyphened`` whether a hyphen joins them.
    """

    surname: str
    given: str = ""
    patronymic: str = ""
    halves: tuple[str, ...] = ()
    syllables: tuple[str, str] = ("", "")
    hyphened: bool = False


def name_key(
    surname: str | None, given: str | None = None, patronymic: str | None = None
) -> NameKey:
    """Return the key of a name as it stands in a list; initials may keep their dots.

    >>> name_key("Ван", "Син-Тин")
    NameKey(surname='ван', given='синтин', patronymic='', halves=('ван',), \
syllables=('син', 'тин'), hyphened=True)
    """
    halves, pieces = _pieces(surname), _pieces(given)
    if len(pieces) == 1 and (two := _TWO_SYLLABLES.fullmatch(pieces[0])):
        pieces = (two[1], two[2])
    first, rest = (pieces[0], "".join(pieces[1:])) if pieces else ("", "")
    father = "".join(_pieces(patronymic))
    hyphened = "-" in (given or "")
    return NameKey("".join(halves), "".join(pieces), father, halves, (first, rest), hyphened)


def _pieces(words: str | None) -> tuple[str, ...]:
    return tuple(piece for word in _CUT.split(words or "") if (piece := fold(word)))


@remembered
def part_chances(style: Style, letters: Background, a: str, b: str) -> Chances:
    """Return how much likelier ``b`` is than as a stranger's: same, respelt, kindred, other.

    Plain ratios, not bits. ``style`` chooses the prices of edits, ``letters`` the background.
    """
    if not a or not b:
        return _MISSING if a or b else _OTHER
    if a == b:
        return (2.0 ** rarity(letters, a), 0.0, 0.0, 1.0)
    if min(len(a), len(b)) == 1 and style != "eastern":
        if a[0] != b[0]:
            return _OTHER
        whole = rarity(letters, a if len(a) > len(b) else b)
        return (2.0 ** min(first_letter(letters, a[0]), whole), 0.0, 0.0, 1.0)
    kindred = 0.0
    if _kindred(letters, a, b):
        kindred = 2.0 ** min(rarity(letters, a), rarity(letters, b))
    furthest = int(_FAR * max(len(a), len(b)))
    far = Levenshtein.distance(a, b, score_cutoff=furthest) > furthest
    if far and (style != "eastern" or max(len(a), len(b)) > 4):
        return (0.0, 0.0, kindred, 1.0)
    return (0.0, 2.0 ** respelt(style, letters, a, b), kindred, 1.0)


def _kindred(letters: Background, a: str, b: str) -> bool:
    """Tell whether two given names, or two fathers' names, are forms of one name."""
    if letters.endswith("surname"):
        return False
    family = father_family if letters == "patronymic" else given_family
    return family(a) == family(b)


def _surname_chances(a: NameKey, b: NameKey) -> Chances:
    """Return the chances of two surnames; kindred are those that share a half."""
    same, near, _, other = part_chances("surname", "surname", a.surname, b.surname)
    if same or len(a.halves) == len(b.halves) == 1 or not (a.surname and b.surname):
        return (same, near, float(bool(a.surname) != bool(b.surname)), other)
    shared = 0.0
    for one, two in product(a.halves, b.halves):
        if min(len(one), len(two)) > 2:
            alike = part_chances("surname", "surname", one, two)
            shared = max(shared, alike[0], alike[1] / 4)
    return (same, near, shared, other)


def table_of(a: NameKey, b: NameKey) -> str:
    """Return whose shares count: a woman's, a man's, or those of names without patronymic."""
    if not a.patronymic and not b.patronymic:
        return "eastern" if a.syllables[1] or b.syllables[1] else "short"
    hers = any(key.patronymic.endswith("на") for key in (a, b))
    return "woman" if hers else "man"


def ways(a: NameKey, b: NameKey) -> Iterator[tuple[Way, float]]:
    """Yield each way in which two names may go together and its ratio, without its learnt share."""
    table = table_of(a, b)
    if table in EASTERN:
        parts = eastern_chances(a, b)
        yield from _eastern_moves(table, a, b)
    else:
        parts = (
            _surname_chances(a, b),
            part_chances("given", "given", a.given, b.given),
            part_chances("patronymic", "patronymic", a.patronymic, b.patronymic),
        )
        if a.given and b.given and a.patronymic and b.patronymic:
            crossed = _crossed(a, b)
            if crossed:
                yield (table, "given and patronymic"), crossed * parts[0][0]
    for one, first in enumerate(parts[0]):
        if first:
            for two, second in enumerate(parts[1]):
                if second:
                    both = first * second
                    for three, third in enumerate(parts[2]):
                        if third:
                            yield (table, one, two, three), both * third


def eastern_chances(a: NameKey, b: NameKey) -> tuple[Chances, Chances, Chances]:
    """Return the chances of surname, first and later syllables of two names without patronymic."""
    first, last = (
        part_chances("eastern", "eastern given", *pair)
        for pair in zip(a.syllables, b.syllables, strict=True)
    )
    surname = part_chances("eastern", "eastern surname", a.surname, b.surname)
    return (
        _LEFT_OUT if surname is _MISSING else surname,
        _LEFT_OUT if first is _MISSING else first,
        _LEFT_OUT if last is _MISSING else last,
    )


def _crossed(a: NameKey, b: NameKey) -> float:
    """Return the ratio of the given name and the patronymic having changed places."""
    if (a.given, a.patronymic) != (b.patronymic, b.given):
        return 0.0
    both = (rarity("given", key.given) + rarity("patronymic", key.patronymic) for key in (a, b))
    return math.exp2(min(both))


def _eastern_moves(table: str, a: NameKey, b: NameKey) -> Iterator[tuple[Way, float]]:
    """Yield the ratio of names that are one when written together, or with the surname last."""
    one, two = a.surname + a.given, b.surname + b.given
    commoner = min(_of_both(rarity, a), _of_both(rarity, b))
    if one == two:
        yield (table, "joined"), math.exp2(commoner)
    elif _cut_apart(a, b) and Levenshtein.distance(one, two, score_cutoff=3) <= 3:
        strange = (_of_both(surprise, a) + _of_both(surprise, b)) / 2
        yield (
            (table, "joined"),
            math.exp2(_capped("eastern", strange, changed("eastern", one, two), commoner)),
        )
    if a.given and (a.surname, a.given) == (b.given, b.surname):
        yield (table, "surname and given"), math.exp2(commoner)


def _cut_apart(a: NameKey, b: NameKey) -> bool:
    """Tell whether two names have different numbers of syllables as they stand."""
    return [bool(piece) for piece in a.syllables] != [bool(piece) for piece in b.syllables]


def _of_both(measure: Callable[[Background, str], float], key: NameKey) -> float:
    """Return the sum of a measure in bits over the surname and syllables that there are."""
    given = sum(measure("eastern given", piece) for piece in key.syllables if piece)
    return given + measure("eastern surname", key.surname)


def presence(one: object, two: object) -> str:
    """Return how many of two names have something: "both", "one" or "neither"."""
    return ("neither", "one", "both")[bool(one) + bool(two)]


def name_bits(a: NameKey, b: NameKey, *, one_list: bool = False) -> float:
    """Return the evidence in bits that two whole names, each as recorded, are of one person.

    The parts are weighed together: that one part of three changed is common, that all did is
    rare, and how rare is learnt, apart for women, for men and for names without patronymic.
    Names that one hand wrote down (``one_list``) also keep its habit of hyphens in Chinese and
    Korean names; between two lists the habit tells nothing.
    """
    if (a.surname, a.given, a.patronymic) > (b.surname, b.given, b.patronymic):
        a, b = b, a  # the order in which two records are taken tells nothing
    states = model().states
    found = parts_bits(a, b)
    if not (a.patronymic or b.patronymic):
        found = found * states["eastern parts"] + states["eastern letters"] * unlike(a, b)
        if one_list and a.syllables[1] and b.syllables[1]:
            found += states[f"hyphen in {presence(a.hyphened, b.hyphened)}"]
    return found + states[f"patronymic in {presence(a.patronymic, b.patronymic)}"]


def parts_bits(a: NameKey, b: NameKey) -> float:
    """Return the evidence in bits of the parts that two names have, weighed together."""
    shares = model().shares
    return math.log2(sum(shares[way] * ratio for way, ratio in ways(a, b)))


def unlike(a: NameKey, b: NameKey) -> float:
    """Return the share of letters in which two names without patronymic differ, 0 to 1.

    Syllables taken one by one forget that a clerk who hears badly hears the whole name badly.
    """
    one, two = (f"{key.surname} {key.syllables[0]} {key.syllables[1]}" for key in (a, b))
    same = a.surname + a.given == b.surname + b.given
    return 0.0 if same else Levenshtein.normalized_distance(one, two)
