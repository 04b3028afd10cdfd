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
from byname.search.gather import BESIDE, Gather, Part, year_factor
from byname.search.index import NameIndex
from byname.search.lookup import Likes
from byname.search.query import Query
from byname.search.roles import Evidence, Roles, roles
from byname.search.wildcards import fitting
from byname.search.words import Word

_GOOD = 0.97
"""Score from which a second slip in the surname is looked for no longer."""
_ENOUGH = 0.9
"""Score from which slips in given name and patronymic are looked for no longer."""
_POOR = 0.8
"""Score below which the less likely readings of the query are tried too."""
_NEARLY = 3.0
"""Readings of the query so much less likely (powers of ten) than the first are left for later."""
_LEFT_OVER = 0.8
"""What a word that answers to nothing leaves of the score."""
_OUT_OF_ORDER = 0.93
"""What is left of it when the patronymic stands before the given name."""
_WITHOUT_SURNAME = 0.9
_OTHER_SURNAME = 0.6
"""Score of somebody with another surname whose given name and patronymic are rare ones."""
_RARE = 40
"""Rows with one given name and patronymic up to which these are rare."""
_FATHERS = 6
_PATTERN_ALONE = 5_000
"""Names after which no more are looked for that fit a pattern, where nothing else is asked."""
_GIVENS = 40
"""Likeliest names of a kind that are tried where the surname does not lead."""
_NO_LETTER = 0.3
"""Likeness of a surname that has nothing of the one asked for."""
_SURELY = {True: 0.8, False: 0.58}
"""How sure a surname must be for the other names to be compared by letters, with a patronymic
and without."""


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
        self.evidence = Evidence(index, query.words)
        self._gathers: list[tuple[Roles, Gather]] = []
        self._allowed = allowed
        self._wide: dict[tuple[Kind, Word], Likes] = {}
        self._most = most

    def run(self) -> list[Meant]:
        """Look for the query's readings: as typed, then with slips."""
        readings = self._readings()
        likely = [one for one in readings if one.weight > readings[0].weight - _NEARLY][:3]
        for one in likely:
            self._gather(one, self._narrow, self._narrow)
        self._by_father(likely[0], most=1)
        if self._best() >= _GOOD:  # others spelt nearly so, for whoever is on another list too
            self._gather(likely[0], self._one_slip, self._narrow)
        else:
            for one in likely[:2]:
                self._gather(one, self._slips, self._narrow)
        if self._best() < _ENOUGH:
            for one in likely[:2]:
                self._gather(one, self._slips, self._slips)
                self._by_letters(one)
                self._by_given(one)
                self._by_father(one)
        if self._best() < _POOR:
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
        """Return the words with neighbours joined: a name of several words, as Чер Сан is."""
        first = words[0]
        if first.initial and not first.dot and len(words) > 1:
            words = [Word(first.text), *words[1:]]
        if any(word.initial or word.wild for word in words):
            return []
        asian = len(words) > 2 and not any(word.fatherly for word in words)
        found = [tuple(words)] if first.initial else []
        found += [(words[0], _join(words[1:]))] if asian else []
        for at in range(len(words) - 1):
            pair = words[at : at + 2]
            if any(word.fatherly for word in pair):
                continue
            joined = _join(pair)
            if any(
                lookup.known(names, joined)
                for names in (self.index.givens, self.index.surnames, self.index.patronymics)
            ):
                found.append((*words[:at], joined, *words[at + 2 :]))
        return list(dict.fromkeys(found))

    def _narrow(self, kind: Kind, word: Word) -> Likes:
        if not word.wild:
            return self.evidence.likes(kind, word)
        key = (kind, word)
        if key not in self._wide:
            alone = len(self.query.words) == 1 and self.query.born is None and not self._allowed
            most = _PATTERN_ALONE if alone else None
            self._wide[key] = fitting(self.evidence.names(kind), word.text, most)
        return self._wide[key]

    def _one_slip(self, kind: Kind, word: Word) -> Likes:
        if word.wild:
            return self._narrow(kind, word)
        return lookup.wide(self.evidence.names(kind), word, 1)

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
        factor = self._factor(one)
        given = self._part("given", one.given, others)
        patronymic = self._part("patronymic", one.patronymic, others)
        if one.surname is not None:
            gather.surnames(surnames("surname", one.surname), given, patronymic, factor)
        elif given is not None and patronymic is not None:
            self._without_surname(gather, given, patronymic, factor)

    def _by_letters(self, one: Roles) -> None:
        """Compare the other names of those with (nearly) the surname letter by letter."""
        if one.surname is None or one.surname.wild:
            return
        given = self._part("given", one.given, self._narrow, loose=True)
        patronymic = self._part("patronymic", one.patronymic, self._narrow, loose=True)
        if given is None and patronymic is None:
            return
        least = _SURELY[one.patronymic is not None]
        slips = self._slips("surname", one.surname).items()
        likes = {number: like for number, like in slips if like >= least}
        self._gather_of(one).surnames(likes, given, patronymic, self._factor(one))

    def _by_given(self, one: Roles) -> None:
        """Look for a surname further off among those of (nearly) one given name.

        For names without a patronymic, Chinese and Korean ones above all, whose surnames are so
        short that two clerks may not have a letter of them in common.
        """
        if one.surname is None or one.given is None or one.patronymic is not None:
            return
        if one.given.initial or one.given.wild or one.surname.wild:
            return
        gather = self._gather_of(one)
        known = self._slips("surname", one.surname)
        like_of = lookup.by_letters(self.index.surnames, one.surname)
        for given, like in _first(self._slips("given", one.given), _GIVENS):
            places = self.index.of_father(0, given)
            if len(places) > _RARE:
                continue
            for place in places:
                surname = self.index.surname_of(place)
                likeness = known.get(surname) or like_of(surname) or _NO_LETTER
                score = self._factor(one) * (likeness + BESIDE * like) / (1 + BESIDE)
                gather.add(place, self._dated(score, place))

    def _gather_of(self, one: Roles) -> Gather:
        for known, gather in self._gathers:
            if known == one:
                return gather
        new = Gather(self.index, self.query.born, self._most, self._allowed)
        self._gathers.append((one, new))
        return self._gathers[-1][1]

    def _factor(self, one: Roles) -> float:
        return _LEFT_OVER ** len(one.left_over) * (1.0 if one.in_order else _OUT_OF_ORDER)

    def _part(
        self,
        kind: Kind,
        word: Word | None,
        likes: Callable[[Kind, Word], Likes],
        loose: bool = False,
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
        any_like = lookup.by_letters(names, word) if loose and not word.wild else None
        return Part(initials | likes(kind, word), any_like=any_like)

    def _without_surname(
        self, gather: Gather, given: Part, patronymic: Part, factor: float
    ) -> None:
        """Take those with a given name and patronymic, whatever they are called."""
        for father, like in _first(patronymic.likes):
            for number, other in _first(given.likes):
                places = self.index.of_father(father, number)
                if self.query.born is None and self._allowed is None:
                    places = places[: 4 * self._most]  # all alike: the first by name will do
                for place in places:
                    score = factor * _WITHOUT_SURNAME * (like + other) / 2
                    gather.add(place, self._dated(score, place))

    def _dated(self, score: float, place: int) -> float:
        born = self.query.born
        return score if born is None else score * year_factor(born, self.index.born(place))

    def _by_father(self, one: Roles, most: int = _FATHERS) -> None:
        """Look for a surname further off among those of one given name and patronymic.

        With ``most`` 1 only where these are rare: a maiden name, a pseudonym.
        """
        if one.surname is None or one.given is None or one.patronymic is None:
            return
        if one.given.initial or one.patronymic.initial or one.surname.wild:
            return
        gather = self._gather_of(one)
        asked = one.surname.readings
        wholes = self.index.surnames.wholes
        compared: dict[int, float] = {}
        for father, like in _first(self._narrow("patronymic", one.patronymic), most):
            for given, other in _first(self._narrow("given", one.given), most):
                places = self.index.of_father(father, given)
                if most == 1 and len(places) > _RARE:
                    continue
                least = _OTHER_SURNAME if len(places) <= _RARE else 0.0
                for place in places:
                    surname = self.index.surname_of(place)
                    if surname not in compared:
                        compared[surname] = _far(asked, wholes[surname])
                    if compared[surname] or least:
                        score = (compared[surname] + BESIDE * (like + other)) / (1 + 2 * BESIDE)
                        gather.add(place, self._dated(max(score, least * like * other), place))

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


def _join(words: Sequence[Word]) -> Word:
    return Word(" ".join(word.text for word in words))


def _first(likes: Likes, most: int = _FATHERS) -> list[tuple[int, float]]:
    return sorted(likes.items(), key=lambda one: (-one[1], one[0]))[:most]


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
