"""A word of the query -> the names of an archive that it may mean, and how likely each is.

Likeness goes from 0 to 1. Exact spellings, sounds and families are looked up at once; names
within two slips of the pen only when asked for (``wide``), since they cost a hundred times more.

The figures below were set by hand on the generated queries of ``benchmarks/find.py`` and looked
at on the variants of the Khabarovsk book; what counts is their order, not their third digit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from byname.names.families import is_known_family, near_families
from byname.search.deletes import Neighbours
from byname.search.forms import family
from byname.search.index import Names
from byname.search.words import Word

Likes = dict[int, float]
"""Number of a name -> its likeness."""

AS_WRITTEN = 1.0
FOLDED = 0.99
SAME_FORM = 0.96
SOUNDS = 0.92
DECLINED = 0.94
FAMILY = 0.93
NEAR_FAMILY = 0.86
"""Егор for Юрий: names that one man is found under, though each is a name of its own."""
SURE = 0.935
"""Likeness above which a word is that name, not just one of its family or sound."""
ONLY_INITIAL = 0.85
_VOWELS = frozenset("аеиоуыэюя")
_ALIKE = frozenset(
    map(frozenset, ("бп", "вф", "гк", "дт", "жш", "зс", "шщ", "цс", "чш", "хг", "хк", "йи", "лр",
                    "мн", "тц"))
)  # fmt: skip
"""Consonants that a clerk hears, or a typist reads, one for the other."""
_LIGHTER = 0.75
"""Share of the cost of a slip between vowels, consonants alike, or in a soft or doubled letter."""
_COST_BY_LENGTH = ((9, 0.08, 0.2), (7, 0.1, 0.28), (5, 0.14, 0.38), (4, 0.2, 0.52), (1, 0.36, 0.9))
"""Shortest length, what one and what two slips cost in a word of that length."""
_OTHER_BEGINNING = 0.03
"""What a different first letter costs beside: slips are rarest there."""
_NEARLY_SOUNDS = 0.06
"""What one slip in the sound costs beside half of its price as a slip of letters."""
_OTHER_NAME = 0.6
"""Likeness of a given name that sounds alike but is known to be another."""
_BY_LETTERS = 0.8
_LEAST_SHARE = 0.4
"""What a name with all letters alike would be worth where only letters are compared, and the
share of letters below which it is worth nothing."""
_FREQUENCY = 0.01
"""What a name ten times as common is better, where letters are wrong: Bayes' prior."""
_HALF = {"surname": 0.04, "given": 0.1, "patronymic": 0.1}
"""What a part of a double name costs, typed for the whole."""


def exact(names: Names, word: Word) -> Likes:
    """Return the names that ``word`` is, in some script, spelling, gender, case or family."""
    kind = names.kind
    found: Likes = {}
    if word.initial:
        return found
    found.update(_of_families(names, word))
    ways: tuple[tuple[Literal["sounds", "spellings"], Iterable[str], float], ...] = (
        ("sounds", word.sounds, SOUNDS),
        ("spellings", word.declined(kind), DECLINED),
        ("spellings", word.spellings(kind), SAME_FORM),
    )
    for what, forms, like in ways:
        for number in _of_forms(names, what, forms):
            found[number] = max(found.get(number, 0.0), like)
    for number, like in found.items():
        if like == SOUNDS and _another_name(names, word, number):
            found[number] = _OTHER_NAME
        elif like >= SOUNDS:
            found[number] = _precise(names, word, number, like)
    return found


def known(names: Names, word: Word) -> bool:
    """Tell whether some name is spelt as the word is."""
    return any(names.spellings.place(form) is not None for form in word.spellings(names.kind))


def initials(names: Names, letter: str) -> list[int]:
    """Return the names that are a letter alone: "и", "И."."""
    at = names.spellings.place(letter)
    return [] if at is None else [n for n in names.of("spellings", at) if names.wholes[n] == letter]


def _of_families(names: Names, word: Word) -> Likes:
    if names.kind == "surname":
        return {}
    family = word.family(names.kind)
    found = {n: NEAR_FAMILY for near in near_families(family) for n in names.of_family(near)}
    return found | dict.fromkeys(names.of_family(family), FAMILY)


def _another_name(names: Names, word: Word, number: int) -> bool:
    """Tell whether a name that sounds alike is known to be another: Игорь is not Егор."""
    if names.kind != "given" or not is_known_family(word.family("given")):
        return False
    other = family("given", names.names[number])
    return other != word.family("given") and is_known_family(other)


def _of_forms(names: Names, what: Literal["sounds", "spellings"], forms: Iterable[str]
              ) -> Iterator[int]:  # fmt: skip
    index = names.sounds if what == "sounds" else names.spellings
    for form in forms:
        if (at := index.place(form)) is not None:
            yield from names.of(what, at)


def _precise(names: Names, word: Word, number: int, like: float) -> float:
    """Return how well a name that is spelt or sounds like ``word`` answers to it."""
    folded = names.wholes[number]
    if folded in word.readings:
        if word.latin:
            return FOLDED if word.written_as(names.names[number]) else FOLDED - 0.01
        return AS_WRITTEN
    if word.latin and word.written_as(names.names[number]):
        return FOLDED
    spare = 3 if names.kind == "surname" else 1
    if all(len(folded) > len(form) + spare for form in word.readings):
        return like - _HALF[names.kind]
    if like == SOUNDS and not word.latin:
        distance = OSA.distance(folded, word.readings[0])
        return like - 0.01 * distance
    return like


def wide(names: Names, word: Word, most: int = 2) -> Likes:
    """Return ``exact`` and the names within ``most`` slips, or one in what it sounds like."""
    found = exact(names, word)
    if word.initial:
        return found
    most = min(most, 1 if word.latin else 2)
    for number, near in _near(names.spellings, word.spellings(names.kind), most).items():
        if not near.distance:
            continue
        for name in names.of("spellings", number):
            like = FOLDED - near.cost - _half(names, name, near.form) + _common(names, name)
            if like > found.get(name, 0.0):
                found[name] = like
    for number, near in _near(names.sounds, word.sounds, 1).items():
        like = SOUNDS - near.cost / 2 - _NEARLY_SOUNDS
        if near.distance and len(near.form) > 3:
            for name in names.of("sounds", number):
                if like > found.get(name, 0.0):
                    found[name] = like
    return found


def by_letters(names: Names, word: Word) -> Callable[[int], float]:
    """Return what tells how like any name is by its letters alone; 0 when they differ mostly."""

    def like(number: int) -> float:
        whole = names.wholes[number]
        share = max(Levenshtein.normalized_similarity(form, whole) for form in word.readings)
        return _BY_LETTERS * share if share >= _LEAST_SHARE else 0.0

    return like


class _Near(NamedTuple):
    """A form in the index near one that was asked for."""

    form: str
    distance: int
    cost: float


def _near(index: Neighbours, asked: Sequence[str], most: int) -> dict[int, _Near]:
    """Return number -> form for the forms within ``most`` edits of one asked for."""
    numbers: list[int] = []
    forms: list[str] = []
    for first, words in index.near(asked, most):
        numbers.extend(range(first, first + len(words)))
        forms.extend(words)
    found: dict[int, _Near] = {}
    for one in asked:
        for form, distance, place in process.extract(
            one, forms, scorer=OSA.distance, score_cutoff=most, limit=None
        ):
            number = numbers[place]
            cost = _cost(distance, one, form)
            if number not in found or cost < found[number].cost:
                found[number] = _Near(form, distance, cost)
    return found


def _cost(distance: int, one: str, two: str) -> float:
    """Return what so many slips cost between two forms."""
    if not distance:
        return 0.0
    shorter = min(len(one), len(two))
    cost = next(costs[distance - 1] for least, *costs in _COST_BY_LENGTH if shorter >= least)
    if distance == 1 and _light(one, two):
        return cost * _LIGHTER
    return cost + (_OTHER_BEGINNING if one[0] != two[0] else 0.0)


def _light(one: str, two: str) -> bool:
    """Tell whether the one slip between two forms is of a kind that is made more often."""
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    if len(one) == len(two):
        a, b = one[at], two[at]
        return (a in _VOWELS and b in _VOWELS) or frozenset((a, b)) in _ALIKE
    longer = one if len(one) > len(two) else two
    at = min(at, len(longer) - 1)
    return longer[at] in "ьъ" or longer[at] == longer[at - 1]


def _common(names: Names, name: int) -> float:
    """Return what speaks for a common name having been meant where letters are wrong."""
    return _FREQUENCY * min(math.log10(names.count(name) + 1), 4.0) - 4.0 * _FREQUENCY


def _half(names: Names, name: int, form: str) -> float:
    """Return what it costs that ``form`` is only a part of a double name, else 0."""
    whole = names.wholes[name]
    spare = 3 if names.kind == "surname" else 0  # an ending is not part of the form
    return _HALF[names.kind] if len(whole) > len(form) + spare else 0.0
