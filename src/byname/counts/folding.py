"""The cells of a query -> rows, gaps and totals of a tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from byname.counts import cells
from byname.counts.coding import UNKNOWN
from byname.counts.question import TIME, Question
from byname.counts.tally import Gap, TallyRow

Cells = Iterable[Sequence[Any]]
_REASONS = {
    cells.MONTH_ONLY: "month only",
    cells.YEAR_ONLY: "year only",
    cells.DECADE: "decade only",
    cells.INTERVAL: "between two dates",
    cells.IN_MONTH: "between two dates",
    cells.IN_YEAR: "between two dates",
    cells.UNREADABLE: "not readable",
    cells.NOT_STATED: "not stated",
}
_AGE_REASONS = {
    cells.NO_BIRTH: "not stated",
    cells.VAGUE_BIRTH: "several years of birth",
    cells.NO_DAY: "no year of the event",
    cells.NO_AGE: "not readable",
}


@dataclass(slots=True)
class Folded:
    """The cells put in order.

    Attributes:
        rows: number by the keys of the axes.
        gaps: number by axis, reason and the row it may belong to.
        perhaps: those whose date may lie in the span asked for, but need not.
        undated: those without a date, where a span is asked for.

    """

    rows: Counter[tuple[str, ...]] = field(default_factory=Counter)
    gaps: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)
    perhaps: int = 0
    undated: int = 0


def fold(question: Question, found: Cells, titles: Mapping[int, str]) -> Folded:
    """Sort the cells into rows and gaps; of two gaps of one cell that of time is told."""
    folded = Folded()
    order = sorted(range(len(question.by)), key=lambda n: question.by[n] not in TIME)
    for stands, *values, number in found:
        if stands == cells.PERHAPS:
            folded.perhaps += number
        elif stands == cells.UNDATED:
            folded.undated += number
        else:
            read = _read(question, values, titles)
            gap = next((read[n] for n in order if isinstance(read[n], tuple)), None)
            if isinstance(gap, tuple):
                folded.gaps[gap] += number
            else:
                folded.rows[tuple(str(one) for one in read)] += number
    return folded


_Key = str | tuple[str, str, str | None]
"""The key of a row, or what a gap is: axis, reason, the row it may belong to."""


def _read(question: Question, values: list[Any], titles: Mapping[int, str]) -> list[_Key]:
    found: list[_Key] = []
    rest = iter(values)
    for axis in question.by:
        if axis in TIME:
            found.append(_time(axis, next(rest), next(rest)))
        elif axis == "age":
            found.append(_age(next(rest)))
        elif axis == "source":
            number = next(rest)
            found.append(titles.get(number, str(number)))
        else:
            found.append(_value(axis, next(rest)))
    return found


def _value(axis: str, key: str | None) -> _Key:
    if key is None:
        return axis, "not stated", None
    return (axis, "not recognised", None) if key == UNKNOWN else key


def _age(start: int) -> _Key:
    if start < 0:
        return "age", _AGE_REASONS[start], None
    return age_group(start)


def age_group(start: int) -> str:
    """Return the name of the age group that begins with ``start``."""
    ends = dict(zip((0, *cells.AGES), cells.AGES, strict=False))
    if start == 0:
        return f"under {cells.AGES[0]}"
    return f"{start}-{ends[start] - 1}" if start in ends else f"{start} and over"


def _time(axis: str, reason: int, day: date | None) -> _Key:
    if reason == cells.PLACED and day is not None:
        return time_key(axis, day)
    return axis, _REASONS[reason], _could(reason, day)


def time_key(axis: str, day: date) -> str:
    """Return the row of an axis of time that holds ``day``: "1937-08", "1937-W31"."""
    if axis == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[axis]]


def _could(reason: int, day: date | None) -> str | None:
    if day is None:
        return None
    if reason in {cells.MONTH_ONLY, cells.IN_MONTH}:
        return day.isoformat()[:7]
    return f"{day.year}s" if reason == cells.DECADE else str(day.year)


def rows_of(question: Question, rows: Mapping[tuple[str, ...], int]) -> tuple[TallyRow, ...]:
    """Return the rows in the order of time and age, else the largest first."""
    ordered = [n for n, axis in enumerate(question.by) if axis in TIME or axis == "age"]

    def place(item: tuple[tuple[str, ...], int]) -> tuple[Any, ...]:
        keys, number = item
        return ([_rank(keys[n]) for n in ordered], -number, keys)

    return tuple(TallyRow(keys, number) for keys, number in sorted(rows.items(), key=place))


def _rank(key: str) -> str:
    return "" if key.startswith("under") else key


def gaps_of(gaps: Mapping[tuple[str, str, str | None], int]) -> tuple[Gap, ...]:
    """Return the gaps, the largest first."""
    found = [Gap(axis, reason, number, could) for (axis, reason, could), number in gaps.items()]
    return tuple(sorted(found, key=lambda gap: (gap.axis, -gap.count, gap.reason, gap.could or "")))
