"""Words within two edits of a word, found by what is left when letters are taken away.

Symmetric deletion (Garbe 2012, "SymSpell"; after Mor & Fraenkel 1982): two words within n edits,
a swap of neighbours counted as one, have a common form within n deletions of each. Only the
first letters of a word are taken apart; words that begin alike form one group and stand together
in the sorted list. Groups are found through a table of hashed forms without the forms themselves:
a few groups too many, sorted out by the exact distance afterwards, are cheaper than their letters.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from zlib import crc32

from byname.search.store import Sections, Texts, Writer

BEGINNING = 7
"""How many first letters are taken apart."""


def left_over(beginning: str, most: int) -> set[str]:
    """Return what is left of a word's beginning without 0 to ``most`` letters.

    >>> sorted(left_over("ким", 1))
    ['им', 'ки', 'ким', 'км']
    """
    found = {beginning}
    length = len(beginning)
    for taken in range(1, min(most, length - 1) + 1):
        for kept in combinations(beginning, length - taken):
            found.add("".join(kept))
    return found


def write(writer: Writer, name: str, words: Sequence[str], most: int) -> None:
    """Write sorted ``words`` and the table that finds those within ``most`` edits."""
    writer.put_texts(name, words)
    starts = array("I")
    before = None
    beginnings: list[str] = []
    for number, word in enumerate(words):
        if word[:BEGINNING] != before:
            before = word[:BEGINNING]
            beginnings.append(before)
            starts.append(number)
    starts.append(len(words))
    writer.put(f"{name} groups", starts)
    _write_table(writer, name, beginnings, most)


def _write_table(writer: Writer, name: str, beginnings: Sequence[str], most: int) -> None:
    """Write for each hash the numbers of the groups, one row of buckets after another."""
    hashes = array("I")
    groups = array("I")
    for number, beginning in enumerate(beginnings):
        forms = left_over(beginning, most)
        hashes.extend(crc32(form.encode()) for form in forms)
        groups.extend([number] * len(forms))
    bits = max(4, (len(hashes) // 2).bit_length())
    mask = (1 << bits) - 1
    starts = array("I", bytes(4 * (mask + 2)))
    for value in hashes:
        starts[(value & mask) + 1] += 1
    total = 0
    for place in range(mask + 2):
        total += starts[place]
        starts[place] = total
    table = array("I", bytes(4 * len(hashes)))
    at = array("I", starts)
    for value, group in zip(hashes, groups, strict=True):
        bucket = value & mask
        table[at[bucket]] = group
        at[bucket] += 1
    writer.put(f"{name} buckets", starts)
    writer.put(f"{name} table", table)


class Neighbours:
    """A written list of words, asked for those near a word."""

    def __init__(self, sections: Sections, name: str) -> None:
        self.words: Texts = sections.texts(name)
        self._groups = sections.numbers(f"{name} groups")
        self._buckets = sections.numbers(f"{name} buckets")
        self._table = sections.numbers(f"{name} table")
        self._mask = len(self._buckets) - 2

    def place(self, word: str) -> int | None:
        """Return the number of ``word``, None if it is not in the list."""
        at = self.words.place(word)
        return at if at < len(self.words) and self.words[at] == word else None

    def near(self, words: Iterable[str], most: int) -> Iterator[tuple[int, list[str]]]:
        """Yield (first number, words) of the groups that may hold a word near one of ``words``."""
        forms: set[str] = set()
        for beginning in {word[:BEGINNING] for word in words}:
            forms |= left_over(beginning, most)
        buckets, table, mask = self._buckets, self._table, self._mask
        found: set[int] = set()
        for form in forms:
            bucket = crc32(form.encode()) & mask
            begin, end = buckets[bucket], buckets[bucket + 1]
            if end > begin:
                found.update(table[begin:end])
        groups, texts = self._groups, self.words
        for group in found:
            first = groups[group]
            yield first, texts.between(first, groups[group + 1])
