"""A tally: how many of those named, by what, and how many could not be placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Gap:
    """Those who belong to the total but to no row, or only roughly to one.

    Attributes:
        axis: the axis that they could not be placed on ("month", "region").
        reason: "not stated", "year only", "month only", "between two years", ...
        count: how many.
        could: rows that they may belong to, by their key ("1937": nobody knows the month), when
            the reason tells; None when they may belong to any.

    """

    axis: str
    reason: str
    count: int
    could: str | None = None


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One row of a tally.

    Attributes:
        keys: one value an axis, in the order of ``Tally.by``: ("1937-08", "Татарстан").
        count: how many stand there for certain.
        low, high: over plausible linkages, when asked for.

    """

    keys: tuple[str, ...]
    count: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A tally with its coverage. The rows and the gaps of one axis add up to the total.

    Where one person may stand in several rows of an axis (two sources, two articles),
    ``exclusive`` is False, and the rows add up to more than the total.

    Attributes:
        what: "executed", "arrested", "sentenced", "died", "rehabilitated".
        by: axes, none to two.
        unit: "people" or "records".
        rows: in the order of time, else the largest first.
        total: all whom the question is about, those without a row included.
        undated: of the total, those whose date is not known well enough for a row of the time
            axis (0 when no axis is one of time).
        gaps: all who have no row, with the reason.
        filters: what was asked for beside, by name, as shown to the reader.
        notes: sentences on what the tally rests on and how the gaps could change the picture.
        total_low, total_high: of the total over plausible linkages, when asked for.
        exclusive: whether each person has one row at most.

    """

    what: str
    by: tuple[str, ...]
    unit: str
    rows: tuple[TallyRow, ...]
    total: int
    undated: int = 0
    gaps: tuple[Gap, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    total_low: int | None = None
    total_high: int | None = None
    exclusive: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of ``byname count``; a row has one key an axis and ``count``."""
        return {
            "what": self.what,
            "by": list(self.by),
            "unit": self.unit,
            "filters": self.filters,
            "rows": [self._row(row) for row in self.rows],
            "total": self.total,
            **self._interval(self.total_low, self.total_high),
            "undated": self.undated,
            "gaps": [
                {"axis": gap.axis, "reason": gap.reason, "count": gap.count, "could": gap.could}
                for gap in self.gaps
            ],
            "exclusive": self.exclusive,
            "notes": list(self.notes),
        }

    def _row(self, row: TallyRow) -> dict[str, Any]:
        keys = dict(zip(self.by, row.keys, strict=True))
        return {**keys, "count": row.count, **self._interval(row.low, row.high)}

    @staticmethod
    def _interval(low: int | None, high: int | None) -> dict[str, int]:
        return {} if low is None or high is None else {"low": low, "high": high}
