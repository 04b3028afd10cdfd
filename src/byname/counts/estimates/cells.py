"""A table of capture patterns: how many people stand on just these lists and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from byname.errors import EstimateError

MOST_LISTS = 10
"""More lists than any method here can use: 2**11 patterns, most of them empty."""

MOST_PEOPLE = 10_000_000_000
"""More than ever lived at one time: a count above it is a slip, and sums would overflow."""

Pattern = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """How many people were seen with each pattern of lists.

        lists    A  B      pattern (1, 0): on A and not on B
        counts   (1, 0): 40, (0, 1): 30, (1, 1): 6

    Attributes:
        lists: the names of the lists, in the order of a pattern's places.
        counts: pattern -> people, only those above nought; nobody has the pattern of noughts.
        name: what the table is about, for messages ("" when unknown).

    """

    lists: tuple[str, ...]
    counts: Mapping[Pattern, int]
    name: str = ""

    @property
    def n(self) -> int:
        """People seen on at least one list."""
        return sum(self.counts.values())

    @property
    def sizes(self) -> tuple[int, ...]:
        """People on each list."""
        return tuple(
            sum(count for pattern, count in self.counts.items() if pattern[place])
            for place in range(len(self.lists))
        )

    def check(self) -> None:
        """Say in a sentence why the table bears no estimate.

        Raises:
            EstimateError: see ``cells``.

        """
        _named(self)
        _counted(len(self.lists), self.counts.items(), self.name)
        _overlapping(self)

    def of_lists_with_people(self) -> Cells:
        """Return the table without the lists that name nobody in it."""
        kept = [place for place, size in enumerate(self.sizes) if size]
        counts = {
            tuple(pattern[place] for place in kept): count for pattern, count in self.counts.items()
        }
        return Cells(tuple(self.lists[place] for place in kept), counts, self.name)

    def on(self, *places: int) -> int:
        """Return how many stand on all of these lists (given as places in a pattern)."""
        return sum(
            count
            for pattern, count in self.counts.items()
            if all(pattern[place] for place in places)
        )


def cells(lists: Sequence[str], rows: Iterable[tuple[Sequence[int], int]], name: str = "") -> Cells:
    """Return a table of cells from patterns and counts, checked.

    Raises:
        EstimateError: fewer than two lists, more than ten, a list named twice or with nobody on
            it, a pattern given twice, a count below nought, nobody at all, or no two lists that
            share anybody.

    """
    table = Cells(tuple(lists), {}, name)
    _named(table)
    table = parted(lists, rows, name)
    table.check()
    return table


def _named(table: Cells) -> None:
    """Say in a sentence why these lists cannot be estimated from."""
    where = _of(table.name)
    nameless = [place for place, name in enumerate(table.lists, 1) if not name.strip()]
    if nameless:
        raise EstimateError(f"{where}list {nameless[0]} has no name; give every list its own name.")
    twice = sorted({one for one in table.lists if table.lists.count(one) > 1})
    if twice:
        raise EstimateError(
            f"{where}two lists are named {twice[0]!r}; give every list its own name."
        )
    if len(table.lists) < 2:
        there = "only one list" if table.lists else "no list"
        raise EstimateError(
            f"{where}there is {there}; those whom no list names are estimated from people "
            "who stand on several, so at least two are needed."
        )
    if len(table.lists) > MOST_LISTS:
        raise EstimateError(
            f"{where}there are {len(table.lists)} lists, and estimates are made from at most "
            f"{MOST_LISTS}; merge lists of one origin into one, or leave out the smallest."
        )


def _overlapping(table: Cells) -> None:
    """Say in a sentence why the people of a table bear no estimate."""
    where = _of(table.name)
    if not table.n:
        raise EstimateError(f"{where}all counts are nought; there is nobody to estimate from.")
    empty = [
        name
        for name, size in zip(table.lists, table.sizes, strict=True)
        if not size
    ]  # fmt: skip
    if empty:
        raise EstimateError(f"{where}nobody is on the list {empty[0]!r}; leave that list out.")
    if all(sum(pattern) < 2 for pattern in table.counts):
        raise EstimateError(
            f"{where}no two lists share anybody; without people found twice nothing can be said "
            "about those never found. Link the lists first, or choose lists that overlap."
        )


def parted(lists: Sequence[str], rows: Iterable[tuple[Sequence[int], int]], name: str) -> Cells:
    """Return a table that is not judged yet: one stratum of several.

    Raises:
        EstimateError: a line of it is malformed, or a pattern stands there twice.

    """
    counts = _counted(len(lists), rows, name)
    return Cells(tuple(lists), {key: count for key, count in counts.items() if count}, name)


def _counted(
    lists: int, rows: Iterable[tuple[Sequence[int], int]], name: str
) -> dict[Pattern, int]:
    """Return pattern -> people, nought included; a sentence for a line that cannot be."""
    counts: dict[Pattern, int] = {}
    for pattern, count in rows:
        key = tuple(int(value) for value in pattern)
        if len(key) != lists or any(value not in (0, 1) for value in pattern):
            raise EstimateError(
                f"{_of(name)}the pattern {_shown(key)} is none of {lists} lists; give a 1 (named "
                "there) or a 0 (not) for each list."
            )
        if key in counts:
            raise EstimateError(
                f"{_of(name)}the pattern {_shown(key)} stands there twice; add the two rows up, or "
                "name the column that tells them apart with --by, to estimate each group by itself."
            )
        if not 0 <= count <= MOST_PEOPLE or count != int(count):
            raise EstimateError(
                f"{_of(name)}the pattern {_shown(key)} has the count {count}; give a number of "
                f"people, whole and from 0 to {MOST_PEOPLE:,}."
            )
        if count and not any(key):
            raise EstimateError(
                f"{_of(name)}{count:,} people are said to be on no list at all; they are what is "
                "to be estimated, so remove that row."
            )
        counts[key] = int(count)
    return counts


def _of(name: str) -> str:
    return f"{name}: " if name else ""


def _shown(pattern: Pattern) -> str:
    return ",".join(str(value) for value in pattern)
