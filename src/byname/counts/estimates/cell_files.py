"""CSV files with one 0/1 column a list and a column ``count`` -> tables of cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from byname.counts.estimates.cells import Cells, cells, parted
from byname.errors import EstimateError

COUNT = "count"
_LAYOUT = "give a CSV file with one 0/1 column a list and a column named count"
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}")
_MARKS = {";": "semicolons", "\t": "tabs", "|": "bars"}

Line = tuple[int, list[str]]
"""Number of the line in the file, and its values."""


def read_cells(path: Path) -> Cells:
    """Read a CSV file with one 0/1 column a list and a column ``count``.

    Raises:
        EstimateError: the file is missing or malformed; the message names the line.

    """
    return read_strata(path)[""]


def read_strata(path: Path, by: Sequence[str] = ()) -> dict[str, Cells]:
    """Read such a file into one table for each value of the columns ``by``, "" without any.

    Without ``by`` the table is judged as ``cells`` judges it; whether each of several strata
    bears an estimate is not judged here.

    Raises:
        EstimateError: the file is missing or malformed; the message names the line.

    """
    (first, header), *lines = _lines(path)
    header = [name.strip() for name in header]
    _check_header(f"{path}, line {first}: ", header, by)
    at_count = [name.lower() for name in header].index(COUNT)
    lists = [n for n, name in enumerate(header) if n != at_count and name not in by]
    names = [header[n] for n in lists]
    found: dict[str, list[tuple[list[int], int]]] = {}
    for number, row in lines:
        where = f"{path}, line {number}: "
        if len(row) != len(header):
            raise EstimateError(
                f"{where}{len(row)} values where the first line names {len(header)} columns; give "
                "every line one value a column."
            )
        stratum = ", ".join(row[header.index(name)].strip() or f"no {name}" for name in by)
        pattern = [_on_list(where, header[n], row[n]) for n in lists]
        found.setdefault(stratum, []).append((pattern, _people(where, row[at_count])))
    if not found:
        raise EstimateError(f"{path} has a first line only; add a line for each pattern of lists.")
    if not by:
        return {"": cells(names, found[""], path.name)}
    return {name: parted(names, rows, f"{path.name}, {name}") for name, rows in found.items()}


def _lines(path: Path) -> list[Line]:
    """Return the lines that hold anything, the header first."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            lines = [(reader.line_num, row) for row in reader if any(map(str.strip, row))]
    except FileNotFoundError:
        raise EstimateError(f"There is no file {path}; {_LAYOUT}.") from None
    except UnicodeDecodeError:
        raise EstimateError(f"{path} is not UTF-8 text; save it as a CSV file in UTF-8.") from None
    except (OSError, csv.Error) as error:
        raise EstimateError(f"{path} could not be read ({error}); {_LAYOUT}.") from None
    if not lines:
        raise EstimateError(
            f"{path} is empty; its first line must name the lists and the column count."
        )
    return lines


def _check_header(where: str, header: Sequence[str], by: Sequence[str]) -> None:
    """Say in a sentence why these are not the columns of a table."""
    shown = ", ".join(header)
    marks = [words for mark, words in _MARKS.items() if any(mark in name for name in header)]
    counts = sum(name.lower() == COUNT for name in header)
    if not counts and marks:
        raise EstimateError(
            f"{where}the values seem to be parted by {marks[0]}; save the file with commas between "
            "them."
        )
    if not counts:
        raise EstimateError(
            f"{where}there is no column named count (the columns are {shown}); name the column "
            "count that says how many people have the pattern."
        )
    twice = [name for n, name in enumerate(header) if name in header[:n]]
    if counts > 1 or twice:
        raise EstimateError(
            f"{where}two columns are named {twice[0] if twice else COUNT}; give each its own name."
        )
    if "" in header:
        raise EstimateError(
            f"{where}column {header.index('') + 1} has no name; name it, or leave it out if it "
            "only numbers the rows."
        )
    for n, name in enumerate(by):
        if name not in header or name.lower() == COUNT:
            raise EstimateError(
                f"{where}there is no column named {name} to part the people by (the columns are "
                f"{shown}); name one of them with --by."
            )
        if name in by[:n]:
            raise EstimateError(f"{where}{name} is named twice in --by; once is enough.")


def _on_list(where: str, name: str, text: str) -> int:
    value = text.strip()
    if value not in {"0", "1"}:
        raise EstimateError(
            f"{where}{value!r} in the column {name} is neither 1 (named there) nor 0 (not). If the "
            f"column is no list but parts people into groups (region, sex), say --by {name}."
        )
    return int(value)


def _people(where: str, text: str) -> int:
    value = text.strip()
    if not _NUMBER.fullmatch(value):
        raise EstimateError(
            f"{where}{value!r} in the column count is not a whole number; write how many people "
            "have this pattern, in digits alone."
        )
    if int(value) < 0:
        raise EstimateError(f"{where}the count is {value}; a number of people cannot be below 0.")
    return int(value)
