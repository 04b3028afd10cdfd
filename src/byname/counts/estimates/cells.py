"""A table of capture patterns: how many people stand on just these lists and no other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from byname.errors import EstimateError

MOST_LISTS = 10
"""More lists than any method here can use: 2**11 patterns, most of them empty."""

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
        _sound(self, {})

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
    counts: dict[Pattern, int] = {}
    for pattern, count in rows:
        key = tuple(int(value) for value in pattern)
        if key in counts:
            raise EstimateError(
                f"{_of(name)}the pattern {_shown(key)} stands there twice; add the two rows up, or "
                "remove the column that tells them apart and estimate each group by itself."
            )
        if count < 0:
            raise EstimateError(
                f"{_of(name)}the pattern {_shown(key)} has the count {count}; a number of people "
                "cannot be below nought."
            )
        counts[key] = int(count)
    table = Cells(tuple(lists), {key: count for key, count in counts.items() if count}, name)
    _sound(table, counts)
    return table


def _sound(table: Cells, given: Mapping[Pattern, int]) -> None:
    """Say in a sentence why a table bears no estimate."""
    where = _of(table.name)
    if len(table.lists) < 2:
        raise EstimateError(
            f"{where}there is only one list; those whom no list names are estimated from people "
            "who stand on several, so at least two are needed."
        )
    if len(table.lists) > MOST_LISTS:
        raise EstimateError(
            f"{where}there are {len(table.lists)} lists, and estimates are made from at most "
            f"{MOST_LISTS}; merge lists of one origin into one, or leave out the smallest."
        )
    twice = sorted({one for one in table.lists if table.lists.count(one) > 1})
    if twice:
        raise EstimateError(
            f"{where}two columns are named {twice[0]!r}; give every list its own name."
        )
    nowhere = (0,) * len(table.lists)
    if given.get(nowhere, 0) > 0:
        raise EstimateError(_NOWHERE.format(where=where, count=given[nowhere]))
    if not table.n:
        raise EstimateError(f"{where}all counts are nought; there is nobody to estimate from.")
    empty = [
        name
        for name, size in zip(table.lists, table.sizes, strict=True)
        if not size
    ]  # fmt: skip
    if empty:
        raise EstimateError(
            f"{where}nobody is on the list {empty[0]!r}; leave that column out (and add up rows "
            "that then have the same pattern)."
        )
    if all(sum(pattern) < 2 for pattern in table.counts):
        raise EstimateError(
            f"{where}no two lists share anybody; without people found twice nothing can be said "
            "about those never found. Link the lists first, or choose lists that overlap."
        )


def read_cells(path: Path) -> Cells:
    """Read a CSV file with one 0/1 column a list and a column ``count``.

    Raises:
        EstimateError: the file is missing or malformed; the message names the line.

    """
    return read_strata(path)[""]


def read_strata(path: Path, by: Sequence[str] = ()) -> dict[str, Cells]:
    """Read such a file into one table for each value of the columns ``by``, "" without any.

    Only the whole file is judged here, not whether each stratum bears an estimate.

    Raises:
        EstimateError: the file is missing or malformed; the message names the line.

    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [
                (reader.line_num, row) for reader in [csv.reader(file)] for row in reader if row
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EstimateError(
            f"{path} could not be read ({error}); give a CSV file with one 0/1 column a list and "
            "a column named count."
        ) from None
    if not lines:
        raise EstimateError(
            f"{path} is empty; its first line must name the lists and the column count."
        )
    header = [name.strip() for name in lines[0][1]]
    if "count" not in header:
        raise EstimateError(
            f"{path}, line {lines[0][0]}: there is no column named count (the columns are "
            f"{', '.join(header)}); name the column that says how many people have the pattern."
        )
    if header.count("count") > 1:
        raise EstimateError(f"{path}, line {lines[0][0]}: two columns are named count.")
    for name in by:
        if name not in header or name == "count":
            raise EstimateError(
                f"{path}, line {lines[0][0]}: there is no column named {name} to part the people "
                f"by (the columns are {', '.join(header)})."
            )
    names = [name for name in header if name not in {"count", *by}]
    found: dict[str, list[tuple[list[int], int]]] = {}
    for line, row in lines[1:]:
        told = dict(zip(header, _values(path, line, row, header), strict=True))
        stratum = ", ".join(told[name].strip() for name in by)
        numbers = _row(path, line, {name: told[name] for name in [*names, "count"]})
        found.setdefault(stratum, []).append((numbers[:-1], numbers[-1]))
    if not found:
        raise EstimateError(f"{path} has a first line only; nobody stands in it.")
    if not by:
        return {"": cells(names, found[""], path.name)}
    return {name: parted(names, rows, f"{path.name}, {name}") for name, rows in found.items()}


def parted(lists: Sequence[str], rows: Iterable[tuple[Sequence[int], int]], name: str) -> Cells:
    """Return a table that is not judged yet: one stratum of several."""
    counts: dict[Pattern, int] = {}
    for pattern, count in rows:
        key = tuple(int(value) for value in pattern)
        if key in counts:
            raise EstimateError(f"{_of(name)}the pattern {_shown(key)} stands there twice.")
        if count and not any(key):
            raise EstimateError(_NOWHERE.format(where=_of(name), count=count))
        if count:
            counts[key] = int(count)
    return Cells(tuple(lists), counts, name)


_NOWHERE = (
    "{where}{count} people are said to be on no list at all; they are what is to be estimated, so "
    "remove that row."
)


def _values(path: Path, line: int, row: Sequence[str], header: Sequence[str]) -> Sequence[str]:
    if len(row) != len(header):
        raise EstimateError(
            f"{path}, line {line}: {len(row)} values where the first line names {len(header)} "
            "columns."
        )
    return row


def _row(path: Path, line: int, values: Mapping[str, str]) -> list[int]:
    """Return the numbers of a line; a sentence that names the line when they are none."""
    where = f"{path}, line {line}: "
    numbers = []
    for name, text in values.items():
        try:
            number = int(text.strip())
        except ValueError:
            raise EstimateError(
                f"{where}{text.strip()!r} in the column {name} is not a whole number; "
                "lists have 1 (named there) or 0 (not), count the number of people."
            ) from None
        if name == "count" and number < 0:
            raise EstimateError(
                f"{where}the count is {number}; a number of people cannot be below nought."
            )
        if name != "count" and number not in (0, 1):
            raise EstimateError(
                f"{where}the column {name} has {number}; a list has 1 (named there) or 0 (not). A "
                "column that is no list (region, sex) parts the people into groups: name "
                "it with --by."
            )
        numbers.append(number)
    return numbers


def _of(name: str) -> str:
    return f"{name}: " if name else ""


def _shown(pattern: Pattern) -> str:
    return ",".join(str(value) for value in pattern)
