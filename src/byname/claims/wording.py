"""The sentences of a verdict, in one place so that they read alike."""

from __future__ import annotations

from byname.claims.arithmetic import grouped
from byname.knowledge import Event, Evidence, Figure, Window

_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
_UNITS = {
    "persons": "", "things": "", "arrests": " arrests", "deaths": " deaths",
    "per cent": " per cent", "per day": " a day", "per month": " a month", "times": " times",
}  # fmt: skip


def day(edtf: str) -> str:
    """Return an EDTF date in words: 30 July 1937; July 1937; 23-30 January 1937."""
    ends = [_single(part) for part in edtf.split("/")]
    return ends[0] if len(ends) == 1 else f"{ends[0]} to {ends[1]}"


def _single(edtf: str) -> str:
    parts = edtf.strip("~?[]").split("-")
    if len(parts) == 3:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    if len(parts) == 2:
        return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return parts[0]


def window(span: Window | None) -> str:
    """Return a stretch of time in words."""
    if span is None:
        return ""
    first, last = span.first, span.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        if first.year == last.year:
            return str(first.year)
        same_century = first.year // 100 == last.year // 100
        return f"{first.year}-{str(last.year)[2:] if same_century else last.year}"
    if first == last:
        return day(first.isoformat())
    return f"{day(first.isoformat())} to {day(last.isoformat())}"


def amount(figure: Figure) -> str:
    """Return a figure's value with its unit, and the range of other counts."""
    unit = _UNITS.get(figure.unit, "")
    text = f"{grouped(figure.value)}{unit}"
    if figure.low < figure.high:
        text += f" (published: {grouped(figure.low)} to {grouped(figure.high)})"
    return text


def value(row: Evidence) -> str:
    """Return what a row says, for the list of evidence."""
    if isinstance(row, Figure):
        when = window(row.window)
        return f"{row.states}: {amount(row)}{f' [{when}]' if when else ''}"
    if isinstance(row, Event):
        return f"{row.states}: {day(row.edtf)}"
    return row.states


def phrase(figure: Figure) -> str:
    """Return a figure as half a sentence."""
    return f"{amount(figure)}, {_lower(figure.states)}"


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    keep = first.isupper() or any(c.isupper() for c in first[1:]) or first.rstrip(",:;") in _NAMES
    return text if keep else text[:1].lower() + text[1:]


_NAMES = frozenset({"Order", "NKVD", "Politburo", "Memorial", "Conquest", "Stalin", "Ellman"})
