"""What somebody may be typing: the names of the archive that go on from there."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from byname.search import lookup
from byname.search.index import NameIndex, Names
from byname.search.query import LONGEST_QUERY
from byname.search.words import Word

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ`-])*")
_SURELY = 0.9
_MOST_SURNAMES = 12
_MOST_RUNS = 4000
_LONGEST = 40
_LONG_ENOUGH = 4
"""Letters from which a beginning that no name has is taken for a slip."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name as the lists have it, and how many records bear it."""

    text: str
    records: int


def suggest(index: NameIndex, text: str, limit: int = 8) -> list[Suggestion]:
    """Return names that begin as ``text`` does, in any script: the same first, then the commonest.

    One word is the beginning of a surname; after a whole surname comes the beginning of a given
    name, then of a patronymic. Nothing is suggested for what cannot be a name.
    """
    words = _WORD.findall(text[:LONGEST_QUERY])
    if not words or limit < 1 or any(len(word) > _LONGEST for word in words):
        return []
    going_on = text[-1:].isspace()
    if len(words) == 1 and not going_on:
        return _surnames(index, Word(words[0]), limit)
    before, last = (words, "") if going_on else (words[:-1], words[-1])
    return _names(index, before, last, limit)


def _surnames(index: NameIndex, word: Word, limit: int) -> list[Suggestion]:
    names = index.surnames
    found = dict(_beginning(names, word))
    if not found and len(word.text) >= _LONG_ENOUGH:
        near = heapq.nlargest(limit, lookup.wide(names, word).items(), key=lambda one: one[1])
        found = {number: names.count(number) for number, _ in near}
    same = {number for number in found if names.wholes[number] in word.readings}
    best = heapq.nsmallest(
        limit, found, key=lambda number: (number not in same, -found[number], number)
    )
    return [Suggestion(names.names[number], found[number]) for number in best]


def _beginning(names: Names, word: Word) -> Iterator[tuple[int, int]]:
    """Yield the names that begin as the word does, and how many rows bear them."""
    for reading in word.readings:
        first, last = names.beginning(reading)
        yield from zip(range(first, last), names.counts(first, last), strict=True)


def _names(index: NameIndex, before: list[str], last: str, limit: int) -> list[Suggestion]:
    """Suggest given names after a surname, patronymics after both."""
    likes = lookup.exact(index.surnames, Word(before[0]))
    surnames = heapq.nlargest(_MOST_SURNAMES, likes, key=lambda number: likes[number])
    counts: Counter[tuple[int, int, int]] = Counter()
    for surname in surnames:
        if likes[surname] < _SURELY:
            continue
        rows = index.with_surname(surname)
        if len(before) == 1:
            for given, (low, high) in _given_runs(index, rows, _ranges(index.givens, last)):
                counts[surname, given, 0] += high - low
        else:
            for given, run in _given_runs(index, rows, _same(index.givens, before[1])):
                for span in _ranges(index.patronymics, last):
                    low, high = index.with_patronymic(run, span)
                    for place in range(low, min(high, low + _MOST_RUNS)):
                        counts[surname, given, index.patronymic[place]] += 1
    best = heapq.nsmallest(limit, counts, key=lambda key: (-counts[key], key))
    return [Suggestion(_text(index, key), counts[key]) for key in best]


def _text(index: NameIndex, key: tuple[int, int, int]) -> str:
    surname, given, patronymic = key
    parts = (
        index.surnames.names[surname], index.givens.names[given],
        index.patronymics.names[patronymic],
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def _ranges(names: Names, beginning: str) -> list[tuple[int, int]]:
    if not beginning:
        return [(1, len(names.wholes))]
    return [names.beginning(reading) for reading in Word(beginning).readings]


def _same(names: Names, text: str) -> list[tuple[int, int]]:
    likes = lookup.exact(names, Word(text))
    return [(number, number + 1) for number, like in likes.items() if like >= lookup.SOUNDS]


def _given_runs(
    index: NameIndex, rows: tuple[int, int], spans: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the given names of a surname's rows within ranges, and the rows of each."""
    for span in spans:
        low, high = index.with_given(rows, span)
        runs = 0
        while low < high and runs < _MOST_RUNS:
            given = index.given[low]
            end = index.with_given((low, high), (given, given + 1))[1]
            yield given, (low, end)
            low = end
            runs += 1
