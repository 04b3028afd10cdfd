"""Words in their parts -> the records that answer best, by ranges of the sorted rows.

Of a rare surname every row is looked at; of a common one only the ranges of rows whose given
name and patronymic may be meant are found, by bisection.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from byname.search.index import NameIndex
from byname.search.lookup import Likes

Span = tuple[int, int]

BESIDE = 0.6
"""What a given name or patronymic counts for, a surname being 1."""
INITIAL = 0.6
"""What an initial counts for, beside a whole name."""
MISMATCH = 1.0
INITIAL_MISMATCH = 0.4
NOT_STATED = 0.3
"""What a part asked for counts against a record that has another one, or none."""
_INITIAL_FITS = 0.97
_FEW = 48
"""Rows of a surname up to which all are looked at."""
_MANY = 4000
"""Rows up to which all are looked at when names are compared letter by letter."""
_MOST_NAMES = 60
_FEW_NAMES = 4


class Part:
    """A part of the name asked for: names it may be, and ranges of names for an initial.

    ``any_like``, where given, says how like any other name by number is.
    """

    __slots__ = ("_ranges", "any_like", "costs", "initial", "likes", "spans", "weight")

    def __init__(
        self,
        likes: Likes,
        spans: tuple[Span, ...] = (),
        initial: bool = False,
        any_like: Callable[[int], float] | None = None,
    ) -> None:
        self.any_like = any_like
        self.likes = likes
        self.spans = spans
        self.initial = initial
        self.weight = BESIDE * (INITIAL if initial else 1.0)
        self.costs = _Costs(self)
        self._ranges: list[Span] = []

    def ranges(self) -> list[Span]:
        """Return the ranges of names worth bisecting for, likeliest first; then "not stated"."""
        if not self._ranges:
            best = heapq.nlargest(_MOST_NAMES, self.likes, key=self.likes.__getitem__)
            self._ranges = [*self.spans, *((number, number + 1) for number in best), (0, 1)]
        return self._ranges


class _Costs(dict[int, tuple[float, float]]):
    """Number of a name -> (what is reached, of what) by a record that has it as this part."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, number: int) -> tuple[float, float]:
        part = self._part
        like = part.likes.get(number)
        if like is None:
            like = _INITIAL_FITS if any(a <= number < b for a, b in part.spans) else 0.0
            if part.any_like is not None and number and not like:
                like = part.any_like(number)
        if like:
            found = (part.weight * like, part.weight)
        elif not number:
            found = (0.0, NOT_STATED * (INITIAL if part.initial else 1.0))
        else:
            found = (0.0, INITIAL_MISMATCH if part.initial else MISMATCH)
        self[number] = found
        return found


class Candidate(NamedTuple):
    """A row that may be meant, with its score; best first in order."""

    score: float
    place: int


class Gather:
    """Gathers the best rows of one reading of the query."""

    def __init__(self, index: NameIndex, born: int | None, most: int,
                 allowed: bytes | None = None) -> None:  # fmt: skip
        self.index = index
        self.born = born
        self.most = most
        self._allowed = allowed
        self.best: dict[int, float] = {}
        self._least = 0.0

    def surnames(self, likes: Likes, given: Part | None, patronymic: Part | None,
                 factor: float = 1.0) -> None:  # fmt: skip
        """Gather rows by surname, the likeliest first, until no other can be among the best."""
        beside = sum(part.weight for part in (given, patronymic) if part)
        loose = given is not None and given.any_like is not None
        few = _MANY if loose else _FEW
        for number, like in sorted(likes.items(), key=lambda one: (-one[1], one[0])):
            if factor * (like + beside) / (1 + beside) <= self._least:
                break
            low, high = self.index.with_surname(number)
            if high - low <= few:
                self._all(range(low, high), like, given, patronymic, factor)
            else:
                self._rows((low, high), like, given, patronymic, factor)

    def _rows(self, rows: Span, like: float, given: Part | None, patronymic: Part | None,
              factor: float) -> None:  # fmt: skip
        """Look at those of a common surname whose other names may be meant."""
        if given is None:
            self._some(rows, like, given, patronymic, factor)
        elif given.any_like is not None and patronymic is not None:
            self._some_runs(rows, like, given, patronymic, factor, _FEW_NAMES)
        else:
            for span in given.ranges():
                narrowed = self.index.with_given(rows, span)
                if narrowed[1] - narrowed[0] > _FEW and patronymic is not None:
                    self._some_runs(narrowed, like, given, patronymic, factor)
                elif narrowed[0] < narrowed[1]:
                    self._some(narrowed, like, given, patronymic, factor)

    def _some_runs(self, rows: Span, like: float, given: Part, patronymic: Part, factor: float,
                   most: int | None = None) -> None:  # fmt: skip
        """Look, in the rows of each given name, at those whose patronymic may be meant."""
        for run in self._runs(rows):
            for fathers in patronymic.ranges()[:most]:
                found = self.index.with_patronymic(run, fathers)
                if found[0] < found[1]:
                    self._some(found, like, given, patronymic, factor)

    def _runs(self, rows: Span) -> Iterator[Span]:
        """Yield the rows of each given name apart."""
        low, high = rows
        while low < high:
            given = self.index.given[low]
            low, begin = self.index.with_given((low, high), (given, given + 1))[1], low
            yield begin, low

    def _some(self, rows: Span, like: float, given: Part | None, patronymic: Part | None,
              factor: float) -> None:  # fmt: skip
        """Look at all rows, or of very many at those of the right years and the first ones."""
        low, high = rows
        if high - low <= 4 * _FEW or (given is None and patronymic is not None):
            self._all(range(low, high), like, given, patronymic, factor)
            return
        if self._allowed is not None:
            chosen = [at for at in range(low, high) if self._is_allowed(at)]
            self._all(chosen if self.born else chosen[: 2 * self.most], like, given, patronymic,
                      factor)  # fmt: skip
            return
        if self.born is not None:
            years = (self.born - 2, self.born + 2)
            places = sorted(self.index.born_in(rows, years))
            self._all(places, like, given, patronymic, factor)
            self._all(self.index.without_year(rows, self.most), like, given, patronymic, factor)
        self._all(range(low, min(high, low + self.most)), like, given, patronymic, factor)

    def _all(self, places: Iterable[int], like: float, given: Part | None,
             patronymic: Part | None, factor: float) -> None:  # fmt: skip
        index, best = self.index, self.best
        givens, fathers = index.given, index.patronymic
        for place in places:
            if self._allowed is not None and not self._is_allowed(place):
                continue
            reached, total = like, 1.0
            if given is not None:
                more, of = given.costs[givens[place]]
                reached += more
                total += of
            if patronymic is not None:
                more, of = patronymic.costs[fathers[place]]
                reached += more
                total += of
            score = factor * reached / total
            if score <= self._least:
                continue
            if self.born is not None:
                score *= year_factor(self.born, index.born(place))
            if score > best.get(place, 0.0):
                best[place] = score
        if len(best) > 4 * self.most:
            self._prune()

    def _is_allowed(self, place: int) -> bool:
        return self._allowed is None or bool(self._allowed[self.index.record_of(place)[0]])

    def add(self, place: int, score: float) -> None:
        """Take a row found otherwise."""
        if score > self.best.get(place, 0.0) and self._is_allowed(place):
            self.best[place] = score

    def _prune(self) -> None:
        kept = heapq.nsmallest(self.most, self.best.items(), key=lambda one: (-one[1], one[0]))
        self.best = dict(kept)
        self._least = kept[-1][1] if len(kept) == self.most else 0.0

    def ranked(self) -> list[Candidate]:
        """Return the rows found, best first; equal ones in order of name, then of year."""
        found = sorted(self.best.items(), key=lambda one: (-round(one[1], 4), one[0]))
        return [Candidate(score, place) for place, score in found]


def year_factor(asked: int, born: Span | None) -> float:
    """Return what a record's years of birth leave of its score."""
    if born is None:
        return 0.95
    low, high = born
    if low <= asked <= high:
        return 1.0
    off = low - asked if asked < low else asked - high
    if off <= 2:
        return 0.97 if off == 1 else 0.95
    return 0.85 if off <= 5 else 0.72
