"""Which word of a query is the surname, which the given name, which the patronymic.

The order decides little: "Иван Иванович Гиттис", "Гиттис Иван" and "И. Гиттис" are all common.
How often the archive has a word as a surname, given name or patronymic, and its ending, decide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from byname.names.families import is_known_family
from byname.search import lookup
from byname.search.forms import KINDS, Kind
from byname.search.index import NameIndex, Names
from byname.search.lookup import Likes
from byname.search.words import Word

_UNLIKELY = -1.5
_LEFT_OUT = 2.5
_LONG = 5
_MOST_ROLES = 8
_ORDER = {("surname", 0): 0.4, ("given", 0): 0.2, ("patronymic", 0): -0.6}
"""Bonus for a kind of name at the beginning."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Words in their parts; None for a part that the query does not have."""

    surname: Word | None
    given: Word | None
    patronymic: Word | None
    left_over: tuple[Word, ...]
    weight: float
    in_order: bool = True
    """Whether the given name stands before the patronymic, as nearly everybody writes."""

    def word(self, kind: Kind) -> Word | None:
        """Return the word of a kind."""
        found: Word | None = getattr(self, kind)
        return found


class Evidence:
    """How often an archive has the words of a query as what; worked out once a query."""

    def __init__(self, index: NameIndex, words: Sequence[Word]) -> None:
        self.index = index
        self._one_father = len(words) > 2 and sum(word.fatherly for word in words) == 1
        self._likes: dict[tuple[Kind, Word], Likes] = {}
        self._weights: dict[tuple[Kind, Word], float] = {}

    def names(self, kind: Kind) -> Names:
        """Return the names of a kind."""
        found: Names = getattr(self.index, f"{kind}s")
        return found

    def likes(self, kind: Kind, word: Word) -> Likes:
        """Return what the word exactly is, as a name of a kind."""
        key = (kind, word)
        if key not in self._likes:
            self._likes[key] = lookup.exact(self.names(kind), word)
        return self._likes[key]

    def weight(self, kind: Kind, word: Word) -> float:
        """Return how much speaks for the word being a name of a kind, in powers of ten."""
        key = (kind, word)
        if key not in self._weights:
            self._weights[key] = self._weigh(kind, word)
        return self._weights[key]

    def is_father(self, word: Word) -> bool:
        """Tell whether a word may well be a patronymic, by its ending or as one in the lists."""
        return word.fatherly or word.initial or bool(self.likes("patronymic", word))

    def is_surname(self, word: Word) -> bool:
        """Tell whether a word may well be another surname of somebody who has one already."""
        if word.initial or len(word.text) < _LONG or is_known_family(word.family("given")):
            return False
        return self.weight("surname", word) > max(1.0, self.weight("given", word))

    def _weigh(self, kind: Kind, word: Word) -> float:
        fatherly = word.fatherly
        if word.initial:
            return -3.0 if kind == "surname" else 0.0
        if fatherly != (kind == "patronymic") and kind != "surname":
            return _UNLIKELY  # not worth looking up
        if fatherly and kind == "surname" and self._one_father:
            return _UNLIKELY
        strong = [n for n, like in self.likes(kind, word).items() if like > lookup.SURE]
        borne = sum(self.names(kind).count(number) for number in strong[:50])
        found = math.log10(1 + borne)
        if kind == "patronymic":
            return found + 2.0
        if kind == "given":
            known = is_known_family(word.family("given"))
            return found + (1.5 if known else 0.0)
        return found + 0.5 - (1.0 if fatherly else 0.0)


def roles(evidence: Evidence, words: Sequence[Word]) -> list[Roles]:
    """Return the ways to take the words for parts of a name, the likeliest first."""
    found = []
    for places in _ways(len(words), any(word.fatherly for word in words)):
        parts = [None if at is None else words[at] for at in places]
        surname, given, patronymic = parts
        if given is None and patronymic is not None and not evidence.is_father(patronymic):
            continue
        left_over = tuple(word for at, word in enumerate(words) if at not in places)
        few = len(words) - len(left_over) < min(len(words), 3)
        if few and not all(map(evidence.is_surname, left_over)):
            continue
        weight = sum(_weights(evidence, parts, places)) - _LEFT_OUT * len(left_over)
        found.append(Roles(surname, given, patronymic, left_over, weight, _in_order(parts, places)))
    found.sort(key=lambda one: -one.weight)
    return found[:_MOST_ROLES]


Places = tuple[int | None, int | None, int | None]


def _ways(count: int, fatherly: bool) -> Iterator[Places]:
    """Yield which word is surname, given name and patronymic; None for no word.

    All are used, up to three; one may be left over where none is a patronymic: a second surname.
    """
    least = min(count, 3) if fatherly else max(1, min(count, 3) - 1)
    for chosen in dict.fromkeys(permutations([*range(count), None, None, None], 3)):
        surname, given, patronymic = chosen
        used = sum(place is not None for place in chosen)
        if used >= least and (used == min(count, 3) or surname is not None):
            yield surname, given, patronymic


def _in_order(parts: Sequence[Word | None], places: Places) -> bool:
    """Tell whether the parts stand as nearly everybody writes them.

    The given name comes before the patronymic, and a single initial is that of a given name.
    """
    _, given, patronymic = places
    if given is not None and patronymic is not None:
        return given < patronymic
    return patronymic is None or parts[2] is None or not parts[2].initial


def _weights(evidence: Evidence, parts: Sequence[Word | None], places: Places) -> Iterator[float]:
    for kind, word, place in zip(KINDS, parts, places, strict=True):
        if word is not None and place is not None:
            yield evidence.weight(kind, word) + _ORDER.get((kind, place), 0.0)
    _, given, patronymic = places
    if given is not None and patronymic == given + 1:
        yield 0.5
