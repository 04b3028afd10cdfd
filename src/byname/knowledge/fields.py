"""The cells of a row → values, with a sentence for the historian where they do not fit."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any

from byname.dates import parse_edtf
from byname.knowledge.model import Element, Pattern, Window
from byname.knowledge.rows import Row


class MisfitError(Exception):
    """A cell that does not fit; ``key`` names it."""

    def __init__(self, says: str, key: str = "") -> None:
        super().__init__(says)
        self.key = key


def text(row: Row, key: str, needed: bool = False) -> str:
    """Return a cell of free words."""
    value = row.values.get(key)
    if value is None or value == "":
        if needed:
            raise MisfitError(f"'{key}' is missing.")
        return ""
    if isinstance(value, (dict, list)):
        raise MisfitError(f"'{key}' must be plain words; put them in quotation marks.", key)
    return str(value).strip()


def words(row: Row, key: str) -> tuple[str, ...]:
    """Return a cell that is a list of words."""
    return listed(row.values.get(key), key)


def listed(value: Any, key: str) -> tuple[str, ...]:
    """Return a list of words; a single word is a list of one."""
    if value is None:
        return ()
    if isinstance(value, (str, int, float, date)):
        return (str(value),)
    if isinstance(value, list) and not any(isinstance(v, (dict, list)) for v in value):
        return tuple(str(v) for v in value)
    raise MisfitError(f"'{key}' must be a list such as [one, two].", key)


def number(row: Row, key: str) -> float | None:
    """Return a cell that is a number."""
    value = row.values.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise MisfitError(f"'{key}' must be a number without commas, not {value!r}.", key)
    if not isfinite(value):
        raise MisfitError(f"'{key}' must be a number, not {value!r}.", key)
    return float(value)


def limits(row: Row, value: float) -> tuple[float, float]:
    """Return ``range``, by default the value itself."""
    cell = row.values.get("range")
    if cell is None:
        return value, value
    fits = isinstance(cell, list) and len(cell) == 2
    if not fits or not all(isinstance(v, (int, float)) for v in cell) or cell[0] > cell[1]:
        raise MisfitError("'range' must be [lowest, highest].", "range")
    return min(float(cell[0]), value), max(float(cell[1]), value)


def window(value: Any, key: str) -> Window | None:
    """Return a day, month, year or ``from/to`` as a window."""
    if value is None or value == "":
        return None
    ends = str(value).split("/")
    try:
        first, last = parse_edtf(ends[0].strip()), parse_edtf(ends[-1].strip())
    except ValueError:
        raise MisfitError(
            f"'{key}' must be a date such as 1937, 1937-08 or 1937-08-05/1938-11-16, not {value}.",
            key,
        ) from None
    if len(ends) > 2 or first.start > last.end:
        raise MisfitError(f"'{key}' must run from an earlier to a later date.", key)
    return Window(first.start, last.end)


def elements(value: Any, key: str) -> tuple[Element, ...]:
    """Return a pattern's demands; a list inside the list is met by any of its members."""
    if value is None:
        return ()
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise MisfitError(f"'{key}' must be a list of terms.", key)
    return tuple(frozenset(listed(part, key)) for part in value)


def pattern(value: Any, key: str) -> Pattern:
    """Return one pattern, written as a list or as ``{says:, without:}``."""
    if isinstance(value, dict):
        return Pattern(
            elements(value.get("says"), key), frozenset(listed(value.get("without"), key))
        )
    return Pattern(elements(value, key))


def patterns(value: Any, key: str) -> tuple[Pattern, ...]:
    """Return several patterns; a list of plain terms is one pattern."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise MisfitError(f"'{key}' must be a list of patterns.", key)
    if value and all(isinstance(part, str) for part in value):
        return (pattern(value, key),)
    return tuple(pattern(part, key) for part in value)
