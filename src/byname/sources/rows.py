"""Rows of a table, whatever file they stand in: delimited text, workbook, Parquet, JSON lines.

A row is its cells by column name, in file order, as text. What the cells mean is decided in
``tables``.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any, NamedTuple

import duckdb
import python_calamine

from byname.sources.inputs import ENTRY_LIMIT, Input
from byname.sources.text import Line, TextFile, read_lines, unprintable

_CELL_LINES = 500
"""Physical lines one row may cover; beyond it an opening quotation mark was never closed."""

_UNPACKED_LIMIT = 1 << 30
_BATCH = 2_000


class Row(NamedTuple):
    """One row: its cells, or the words and the reason why it could not be taken apart.

    ``where`` is set for a row that does not stand in the list's own file.
    """

    line: int
    cells: Mapping[str, str]
    fault: str | None = None
    words: str = ""
    where: str | None = None


class _UnclosedError(Exception):
    """A quotation mark opened in a row does not close within reason."""


def column_names(header: Iterable[str]) -> list[str]:
    """Return names for all columns: blanks and repetitions get a number."""
    names: list[str] = []
    for position, cell in enumerate(header, 1):
        name = cell.strip().lstrip("\ufeff") or f"column {position}"
        repeated = sum(1 for known in names if known == name or known.startswith(f"{name} ("))
        names.append(f"{name} ({repeated + 1})" if repeated else name)
    return names


def _cells(names: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Return name -> value; a short row lacks its last cells, as spreadsheets write them."""
    return dict(zip_longest(names, values[: len(names)], fillvalue=""))


# --- delimited text -------------------------------------------------------------------------


def sniff_delimiter(lines: Sequence[str]) -> str | None:
    """Return the character that cuts ``lines`` into equally many columns, more than one."""
    best: tuple[float, int, str] | None = None
    for delimiter in "\t;,|":
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:  # a carriage return inside a line
            continue
        if not widths or widths[0] < 2:
            continue
        even = sum(width == widths[0] for width in widths) / len(widths)
        if best is None or (even, widths[0]) > best[:2]:
            best = (even, widths[0], delimiter)
    return best[2] if best and best[0] >= 0.5 else None


class _RowLines:
    """Feeds csv.reader the lines of one row at a time and can take them back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._ready: list[Line] = []
        self.taken: list[Line] = []
        self._size = 0

    def start(self) -> Line | None:
        """Return the line the next row starts with, without consuming it."""
        self.taken, self._size = [], 0
        if not self._ready:
            line = next(self._lines, None)
            if line is None:
                return None
            self._ready.append(line)
        return self._ready[-1]

    def skip(self) -> None:
        self._ready.pop()

    def give_back(self) -> None:
        """Return the lines of a failed row, but for its first, to be read as rows anew."""
        self._ready.extend(reversed(self.taken[1:]))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.taken and len(self.taken) >= _CELL_LINES:
            raise _UnclosedError
        line = self._ready.pop() if self._ready else next(self._lines, None)
        if line is None:
            if self.taken:
                raise _UnclosedError
            raise StopIteration
        self.taken.append(line)
        self._size += len(line.text)
        if line.fault or self._size > ENTRY_LIMIT:
            raise _UnclosedError
        return line.text + "\n"


def delimited_rows(file: TextFile, delimiter: str, skip: int = 0) -> Iterator[Row]:
    """Yield the rows of a delimited text below its header.

    Raises:
        ListError: there is no header.
    """
    csv.field_size_limit(2 * ENTRY_LIMIT)
    lines = _RowLines(read_lines(file))
    raw = _raw_rows(lines, delimiter)
    for _ in range(skip):
        if lines.start() is None:
            break
        lines.skip()
    names: list[str] | None = None
    for number, values, fault in raw:
        if names is None:
            if fault:
                raise file.source.error(f"has a header that cannot be read: {fault}", number)
            names = column_names(values)
            continue
        reason = fault
        if fault is None and any(values[len(names) :]):
            reason = f"The row has {len(values)} cells where the header has {len(names)}."
        words = delimiter.join(values)
        if reason or words.strip(f"{delimiter} \t"):
            yield Row(number, _cells(names, values), reason, words)
    if names is None:
        raise file.source.error("holds no header and no row; give a table with both.")


def _raw_rows(lines: _RowLines, delimiter: str) -> Iterator[tuple[int, Sequence[str], str | None]]:
    # strict: otherwise a stray quotation mark swallows all people up to the next stray one
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while (first := lines.start()) is not None:
        if first.fault:
            lines.skip()
            yield first.number, (first.text,), first.fault
        elif not first.text.strip():
            lines.skip()
        elif '"' not in first.text:
            lines.skip()
            yield first.number, first.text.split(delimiter), None
        else:
            try:
                values = next(reader)
            except (_UnclosedError, csv.Error) as error:
                reader = csv.reader(lines, delimiter=delimiter, strict=True)
                lines.give_back()
                why = (
                    "A quotation mark opened in this row does not close; double it or remove it."
                    if isinstance(error, _UnclosedError)
                    else f"The cells of the row cannot be told apart ({error}); double the "
                    "quotation marks inside a cell."
                )
                yield first.number, (first.text,), why
            else:
                yield first.number, values, None


# --- workbooks, Parquet, JSON lines ---------------------------------------------------------


def workbook_rows(source: Input, sheet: str | None = None, skip: int = 0) -> Iterator[Row]:
    """Yield the rows of a sheet (by default the first that holds any) below its header.

    Raises:
        ListError: the workbook is damaged, or has no such sheet.
    """
    _check_unpacked_size(source)
    try:
        with (
            source.open() as opened,
            python_calamine.CalamineWorkbook.from_filelike(opened) as book,
        ):
            if sheet is not None and sheet not in book.sheet_names:
                names = ", ".join(book.sheet_names)
                raise source.error(f"has no sheet {sheet!r}; its sheets are {names}.")
            wanted = [sheet] if sheet is not None else book.sheet_names
            grids = (book.get_sheet_by_name(name) for name in wanted)
            grid = next((found for found in grids if found.height > skip + 1), None)
            if grid is None:
                raise source.error("holds no sheet with a header and rows; give one that does.")
            top = grid.start[0] if grid.start else 0
            yield from _grid_rows(source, grid.iter_rows(), top, skip, grid.height)
    except python_calamine.CalamineError as error:
        why = " ".join(str(error).split())[:100]
        raise source.error(f"is a damaged workbook ({why}); fetch it again.") from error


def _grid_rows(
    source: Input, grid: Iterator[list[Any]], top: int, skip: int, height: int
) -> Iterator[Row]:
    names: list[str] | None = None
    for position, values in enumerate(grid):
        source.done = source.size * (position + 1) // max(height, 1)
        texts = [cell_text(value) for value in values]
        if position < skip or not any(texts):
            continue
        if names is None:
            names = column_names(texts)
        else:
            yield Row(top + position + 1, _cells(names, texts))


def _check_unpacked_size(source: Input) -> None:
    """Refuse a workbook that would unpack to more memory than a laptop has."""
    if source.head(2) != b"PK":
        return
    try:
        with zipfile.ZipFile(source.path) as packed:
            unpacked = sum(info.file_size for info in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise source.error("is a truncated or damaged workbook; fetch it again.") from error
    if unpacked > _UNPACKED_LIMIT:
        raise source.error("unpacks to more than a gigabyte; save the sheet as CSV.")


def cell_text(value: object) -> str:
    """Return a cell as the table shows it: whole numbers without ".0", dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def parquet_rows(source: Input) -> Iterator[Row]:
    """Yield the rows of a Parquet file.

    Raises:
        ListError: the file is damaged.
    """
    try:
        with duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as base:
            found = base.execute("SELECT * FROM read_parquet(?)", [str(source.path)])
            names = column_names([str(column[0]) for column in found.description or []])
            number = 0
            while batch := found.fetchmany(_BATCH):
                for values in batch:
                    number += 1
                    yield Row(number, _cells(names, [cell_text(value) for value in values]))
                source.done = min(source.size, source.done + source.size // 100)
    except duckdb.Error as error:
        short = str(error).split("\n")[0]
        raise source.error(f"is a damaged Parquet file ({short}); fetch it again.") from error


def json_rows(file: TextFile) -> Iterator[Row]:
    """Yield the objects of JSON lines as rows; nested keys are joined with a point."""
    for line in read_lines(file):
        if not line.text.strip():
            continue
        if line.fault:
            yield Row(line.number, {}, line.fault, line.text)
            continue
        try:
            loaded = json.loads(line.text)
        except (ValueError, RecursionError):
            yield Row(line.number, {}, "The line is not JSON.", line.text)
            continue
        if isinstance(loaded, dict):
            cells = dict(_flat(loaded))
            odd = any(unprintable(text) for text in (*cells, *cells.values()))
            fault = "The object holds escapes that stand for no letters." if odd else None
            yield Row(line.number, cells, fault, line.text)
        else:
            yield Row(line.number, {}, "The line is not a JSON object.", line.text)


def _flat(loaded: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in loaded.items():
        name = f"{above}{key}"
        if isinstance(value, dict) and not above:
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield name, "; ".join(value)
        elif isinstance(value, dict | list):
            yield name, json.dumps(value, ensure_ascii=False)
        else:
            yield name, cell_text(value)
