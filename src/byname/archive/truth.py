"""Reading TRUTH: which records are one person, as somebody knows it.

A table (CSV, TSV, JSON lines; a workbook or Parquet too) with a row for each record and its
true person, or with a row for each pair of records somebody judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

from byname.sources.inputs import Input, open_input
from byname.sources.rows import (
    Row,
    delimited_rows,
    json_rows,
    parquet_rows,
    sniff_delimiter,
    workbook_rows,
)
from byname.sources.text import read_lines, text_file

PERSON_NAMES = ("person", "cluster", "truth", "entity", "true_id")
"""Headings of the column with the true person, the first one there counts."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Letters with which a cell begins that a spreadsheet would take for a formula."""

_PAIR_NAMES = ("left", "right", "same")
_YES = frozenset({"1", "yes", "y", "true", "t", "same", "match"})
_NO = frozenset({"0", "no", "n", "false", "f", "different", "distinct"})
_RECORD = re.compile(r"[rR]?(\d{1,18})")
_COLUMNS = (
    "give the columns record (r12) or source and locator, and person; "
    "or left, right and same for pairs"
)
_MAGIC = ((b"PAR1", "parquet"), (b"PK\x03\x04", "workbook"), (b"\xd0\xcf\x11\xe0", "workbook"))

By = Literal["record", "locator", "source and locator"]


@dataclass(slots=True)
class TruePeople:
    """Rows that name a record and its true person, as columns of equal length.

    Attributes:
        shown: the name of the file in messages.
        by: how the rows name their records.
        lines: where each row stands.
        records: its record, 0 where it is named by its locator.
        sources: title of the list, empty where the rows do not state it.
        locators: where in the list.
        people: the true person.
        blank: lines without a person or without a record.

    """

    shown: str
    by: By
    lines: list[int] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    locators: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)


@dataclass(slots=True)
class TruePairs:
    """Rows that say of two records whether they are one person, as columns of equal length."""

    shown: str
    lines: list[int] = field(default_factory=list)
    lefts: list[int] = field(default_factory=list)
    rights: list[int] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)


def read_truth(path: Path) -> TruePeople | TruePairs:
    """Read the truth at ``path`` (``-`` is standard input).

    Raises:
        ListError: it cannot be read or understood; the message names the line.

    """
    with closing(open_input(path, wanted="a table of records and their true people")) as source:
        rows = _sound(source, _rows(source))
        first = next(rows, None)
        if first is None:
            raise source.error(f"holds no row below its header; {_COLUMNS}.")
        columns = {name.strip().lower(): name for name in reversed(list(first.cells))}
        rows = _chained(first, rows)
        person = next((columns[name] for name in PERSON_NAMES if name in columns), None)
        if person is not None and ("record" in columns or "locator" in columns):
            return _people(source, rows, columns, person)
        if all(name in columns for name in _PAIR_NAMES):
            return _pairs(source, rows, columns)
        raise source.error(f"has the columns {', '.join(first.cells)[:300]}: {_COLUMNS}.")


def _chained(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _rows(source: Input) -> Iterator[Row]:
    start = source.head(8)
    kind = next((kind for magic, kind in _MAGIC if start.startswith(magic)), None)
    if kind == "parquet":
        return parquet_rows(source)
    if kind == "workbook":
        return workbook_rows(source)
    file = text_file(source)
    sample = [line.text for line in islice(read_lines(file), 50)]
    if next((line for line in sample if line.strip()), "").lstrip("\ufeff ").startswith("{"):
        return json_rows(file)
    return delimited_rows(file, sniff_delimiter([line for line in sample if line]) or ",")


def _sound(source: Input, rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if row.fault is not None:
            raise source.error(
                f"cannot be read: {row.fault.rstrip('.')}; correct that line.", row.line
            )
        if any(cell.strip() for cell in row.cells.values()):
            yield row


def _people(
    source: Input, rows: Iterator[Row], columns: Mapping[str, str], person: str
) -> TruePeople:
    names = [columns.get(name) for name in ("record", "source", "locator")]
    if names[0] is not None:
        by: By = "record"
    else:
        by = "source and locator" if names[1] is not None else "locator"
    found = TruePeople(source.shown, by)
    for row in rows:
        record, title, locator = (_cell(row, name) for name in names)
        true = _cell(row, person)
        if not true or not (record if by == "record" else locator):
            found.blank.append(row.line)
            continue
        found.lines.append(row.line)
        found.records.append(_record(source, row.line, record) if by == "record" else 0)
        found.sources.append(title)
        found.locators.append(locator)
        found.people.append(true)
    return found


def _pairs(source: Input, rows: Iterator[Row], columns: Mapping[str, str]) -> TruePairs:
    found = TruePairs(source.shown)
    known: dict[tuple[int, int], tuple[int, bool]] = {}
    for row in rows:
        cells = [_cell(row, columns[name]) for name in _PAIR_NAMES]
        one, other = sorted(_record(source, row.line, cell) for cell in cells[:2])
        same = _same(source, row.line, cells[2])
        if one == other:
            raise source.error(f"pairs the record r{one} with itself; give two records.", row.line)
        line, before = known.setdefault((one, other), (row.line, same))
        if before != same:
            raise source.error(
                f"says the contrary of line {line} about r{one} and r{other}; keep one of them.",
                row.line,
            )
        if line == row.line:
            found.lines.append(row.line)
            found.lefts.append(one)
            found.rights.append(other)
            found.same.append(same)
    return found


def _cell(row: Row, name: str | None) -> str:
    """Return a cell, without the apostrophe that ``byname export`` puts before a formula."""
    cell = row.cells.get(name, "").strip() if name is not None else ""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


def _record(source: Input, line: int, cell: str) -> int:
    number = _RECORD.fullmatch(cell)
    if number is None:
        raise source.error(
            f"has {cell[:60]!r} where the id of a record stands; ids look like r12, "
            "and `byname export records` lists them.",
            line,
        )
    return int(number[1])


def _same(source: Input, line: int, cell: str) -> bool:
    word = cell.lower()
    if word not in _YES and word not in _NO:
        raise source.error(
            f"has {cell[:60]!r} in the column same; write 1 for one person and 0 for two.", line
        )
    return word in _YES
