"""The rows of the index that may be meant by a query, best first.

Cheap questions come first: names just as typed, in any script and family. Names with slips are
looked for as far as the answers so far leave room for better ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from byname.search import lookup
from byname.search.forms import Kind
from byname.search.gather import Candidate, Gather, Part, year_factor
from byname.search.index import NameIndex
from byname.search.lookup import Likes
from byname.search.query import Query
from byname.search.roles import Evidence, Roles, roles
from byname.search.wildcards import fitting
from byname.search.words import Word

GOOD = 0.97
"""Score from which nothing better is looked for in given name and patronymic."""
_NEARLY = 3.0
"""Readings of the query so much less likely (powers of ten) than the first are left for later."""
_LEFT_OVER = 0.8
_OUT_OF_ORDER = 0.93
_WITHOUT_SURNAME = 0.9
_FATHERS = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """A row that may be meant, its score, and the words that it was compared with."""

    score: float
    place: int
    roles: Roles


def candidates(
    index: NameIndex, query: Query, most: int, allowed: bytes | None = None
) -> list[Meant]:
    """Return at most some ``most`` rows, best first."""
    return _Search(index, query, most, allowed).run()


class _Search:
    def __init__(self, index: NameIndex, query: Query, most: int, allowed: bytes | None) -> None:
        self.index = index
        self.query = query
        self.evidence = Evidence(index)
        self._gathers: list[tuple[Roles, Gather]] = []
        self._new = lambda: Gather(index, query.born, most, allowed)
        self._wide: dict[tuple[Kind, Word], Likes] = {}
        self._most = most

    def run(self) -> list[Meant]:
        """Look for the query's readings: as typed, then with slips."""
        readings = self._readings()
        likely = [one for one in readings if one.weight > readings[0].weight - _NEARLY][:3]
        for one in likely:
            self._gather(one, self._narrow, self._narrow)
        for one in likely[:2]:
            if self._best() < GOOD or one is likely[0]:
                self._gather(one, self._slips, self._narrow)
        if self._best() < lookup.FAMILY:
            for one in likely[:2]:
                self._gather(one, self._slips, self._slips)
                self._by_father(one)
        if self._best() < 0.8:
            for one in readings[:6]:
                if one not in likely[:2]:
                    self._gather(one, self._slips, self._slips)
        return self._ranked()

    def _readings(self) -> list[Roles]:
        found = roles(self.evidence, self.query.words)
        for words in self._grouped(self.query.words):
            found += [replace(one, weight=one.weight + 2.0) for one in roles(self.evidence, words)]
        return sorted(found, key=lambda one: -one.weight)

    def _grouped(self, words: Sequence[Word]) -> list[tuple[Word, ...]]:
        """Return the words with neighbours joined that are one name in the archive: Чер Сан."""
        found = []
        for at in range(len(words) - 1):
            pair = words[at : at + 2]
            if any(word.initial or word.wild for word in pair):
                continue
            joined = Word(" ".join(word.text for word in pair))
            if any(
                lookup.known(names, joined)
                for names in (self.index.givens, self.index.surnames, self.index.patronymics)
            ):
                found.append((*words[:at], joined, *words[at + 2 :]))
        return found

    def _narrow(self, kind: Kind, word: Word) -> Likes:
        if word.wild:
            return fitting(self.evidence.names(kind), word.text)
        return self.evidence.likes(kind, word)

    def _slips(self, kind: Kind, word: Word) -> Likes:
        if word.wild:
            return self._narrow(kind, word)
        key = (kind, word)
        if key not in self._wide:
            self._wide[key] = lookup.wide(self.evidence.names(kind), word)
        return self._wide[key]

    def _gather(
        self,
        one: Roles,
        surnames: Callable[[Kind, Word], Likes],
        others: Callable[[Kind, Word], Likes],
    ) -> None:
        gather = self._gather_of(one)
        factor = _LEFT_OVER ** len(one.left_over) * (1.0 if one.in_order else _OUT_OF_ORDER)
        given = self._part("given", one.given, others)
        patronymic = self._part("patronymic", one.patronymic, others)
        if one.surname is not None:
            gather.surnames(surnames("surname", one.surname), given, patronymic, factor)
        elif given is not None and patronymic is not None:
            self._without_surname(gather, given, patronymic, factor)

    def _gather_of(self, one: Roles) -> Gather:
        for known, gather in self._gathers:
            if known == one:
                return gather
        self._gathers.append((one, self._new()))
        return self._gathers[-1][1]

    def _part(
        self, kind: Kind, word: Word | None, likes: Callable[[Kind, Word], Likes]
    ) -> Part | None:
        if word is None:
            return None
        names = self.evidence.names(kind)
        if word.initial:
            return Part({}, tuple(names.beginning(letter) for letter in word.letters), initial=True)
        initials = dict.fromkeys(
            (n for letter in word.letters for n in lookup.initials(names, letter)),
            lookup.ONLY_INITIAL,
        )
        return Part(initials | likes(kind, word))

    def _without_surname(
        self, gather: Gather, given: Part, patronymic: Part, factor: float
    ) -> None:
        """Take those with a given name and patronymic, whatever they are called."""
        for father, like in _first(patronymic.likes):
            for number, other in _first(given.likes):
                places = self.index.of_father(father, number)[: 4 * self._most]
                for place in places:
                    score = factor * _WITHOUT_SURNAME * (like + other) / 2
                    gather.add(place, self._dated(score, place))

    def _dated(self, score: float, place: int) -> float:
        born = self.query.born
        return score if born is None else score * year_factor(born, self.index.born(place))

    def _by_father(self, one: Roles) -> None:
        """Look for a surname further off among those of one given name and patronymic."""
        if one.surname is None or one.given is None or one.patronymic is None:
            return
        if one.given.initial or one.patronymic.initial or one.surname.wild:
            return
        gather = self._gather_of(one)
        asked = one.surname.readings
        wholes, compared = self.index.surnames.wholes, dict[int, float]()
        for father, like in _first(self._narrow("patronymic", one.patronymic)):
            for given, other in _first(self._narrow("given", one.given)):
                for place in self.index.of_father(father, given):
                    surname = self.index.surname_of(place)
                    if surname not in compared:
                        compared[surname] = _far(asked, wholes[surname])
                    if compared[surname]:
                        score = (compared[surname] + 0.6 * like + 0.6 * other) / 2.2
                        gather.add(place, self._dated(score, place))

    def _best(self) -> float:
        return max((max(g.best.values(), default=0.0) for _, g in self._gathers), default=0.0)

    def _ranked(self) -> list[Meant]:
        best: dict[int, Meant] = {}
        for one, gather in self._gathers:
            for found in gather.ranked()[: self._most]:
                known = best.get(found.place)
                if known is None or found.score > known.score:
                    best[found.place] = Meant(found.score, found.place, one)
        return sorted(best.values(), key=lambda meant: (-round(meant.score, 4), meant.place))


def _first(likes: Likes) -> list[tuple[int, float]]:
    return sorted(likes.items(), key=lambda one: (-one[1], one[0]))[:_FATHERS]


def _far(asked: Sequence[str], name: str) -> float:
    """Return how like a surname is by its letters alone, down to every third letter another."""
    best = 0.0
    for one in asked:
        longest = max(len(one), len(name))
        most = longest // 3
        distance = OSA.distance(one, name, score_cutoff=most)
        if distance <= most:
            best = max(best, 0.75 - 0.6 * distance / longest)
    return best


__all__ = ["Candidate", "Meant", "candidates"]
