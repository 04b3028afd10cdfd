"""An estimate -> a row of a chart, and the scale on which rows stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log10
from typing import TYPE_CHECKING, Any

from byname.charts.frame import Spec
from byname.charts.look import Look
from byname.charts.words import number

if TYPE_CHECKING:
    from byname.counts.estimates.model import Estimate

Row = dict[str, Any]
LEFT = "left"
_WIDE_RANGE = 6.0
"""Beyond this ratio of the highest to the lowest the scale is logarithmic."""
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "none": "no figure; named: {seen}", "least": "at least {n}", "open": "{n} ({low} or more)",
        "interval": "{n} ({low} to {high})", "unsettled": "not settled: {low} to {high}",
    },
    "ru": {
        "none": "оценки нет; названо: {seen}", "least": "не менее {n}",
        "open": "{n} ({low} и более)", "interval": "{n} ({low} – {high})",
        "unsettled": "ненадёжно: {low} – {high}",
    },
}  # fmt: skip


def row_of(
    place: int, name: str, one: Estimate | None, look: Look, observed: int | None = None
) -> Row:
    """Return what is drawn of an estimate; None stands for a part that bears none."""
    says, language = _WORDS[look.language], look.language
    seen = observed if observed is not None else (one.observed if one else 0)
    low = (one.low if one else None) or 0.0
    high = (one.high if one else None) or 0.0
    value = (one.estimate if one else None) or 0.0
    bound = one is not None and one.method == "chao"
    settled = bound or one is None or not value or _settled(one)
    if not value:
        form = "none"
    elif bound:
        form = "least"
    elif not high:
        form = "open"
    else:
        form = "interval" if settled else "unsettled"
    words = says[form].format(
        n=number(language, round(value)), low=number(language, round(low)),
        high=number(language, round(high)), seen=number(language, seen),
    )  # fmt: skip
    return {
        "place": place, "name": name, "low": low, "high": high, "value": value,
        "kind": "bound" if bound else "figure", "settled": settled, "seen": seen,
        "words": words, "says": f"{name}: {words}",
    }  # fmt: skip


def _settled(one: Estimate) -> bool:
    from byname.counts.estimates.settling import settled  # noqa: PLC0415 - needs NumPy

    return settled(one)


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers of people on the x axis.

    Attributes:
        low, high: ends of the axis.
        logs: whether the scale is logarithmic.
        width: of the plot in pixels.
        letters: size of the words above the lines.

    """

    low: float
    high: float
    logs: bool
    width: int
    letters: float

    @property
    def scale(self) -> Spec:
        """Return the scale as Vega-Lite reads it."""
        kind = {"type": "log"} if self.logs else {"zero": False}
        return {**kind, "nice": False, "domain": [self.low, self.high]}

    @property
    def ticks(self) -> list[float]:
        """Return round numbers on the axis, few enough to be read."""
        most = max(3, self.width // 80)
        if self.logs:
            decades = range(int(log10(self.low)), int(log10(self.high)) + 1)
            for steps in ((1, 2, 5), (1, 3), (1,)):
                found = [float(step * 10**one) for one in decades for step in steps]
                found = [one for one in found if self.low <= one <= self.high]
                if len(found) <= most:
                    return found
            return found
        for unit in (step * 10.0**one for one in range(12) for step in (1, 2, 5)):
            first = -int(-self.low // unit)
            last = int(self.high // unit)
            if last - first < most:
                return [unit * one for one in range(first, last + 1)]
        return [self.low]

    def placed(self, row: Row) -> Row:
        """Return a row with where its words begin or end, so that they stay on the chart."""
        needed = len(row["words"]) * self.letters * 0.55
        first = row["low"] or row["value"] or max(self.low, row["seen"])
        last = row["high"] or row["value"] or first
        if self._at(first) + needed <= self.width:
            return row | {"at": first, "align": LEFT}
        if self._at(last) >= needed:
            return row | {"at": last, "align": "right"}
        return row | {"at": self.low, "align": LEFT}

    def _at(self, people: float) -> float:
        """Return how far from the left a number stands, in pixels."""
        if self.logs:
            share = log(max(people, self.low) / self.low) / log(self.high / self.low)
        else:
            share = (people - self.low) / (self.high - self.low)
        return share * self.width


def span_of(rows: Sequence[Row], look: Look, width: int, seen: int | None) -> Span:
    """Return the axis on which rows stand, those named included where ``seen`` is given."""
    ends = [row[key] for row in rows for key in ("low", "high", "value") if row[key]]
    ends += [seen] if seen is not None else []
    ends = ends or [row["seen"] for row in rows] or [1]
    lowest, highest = max(1.0, min(ends)), max(1.0, *ends)
    logs = highest > _WIDE_RANGE * lowest
    low = lowest * (0.8 if logs else 0.92)
    high = highest * (1.2 if logs else 1.06) + (0 if logs else 1)
    return Span(low, high, logs, width, 10.5 if look.phone else 11.5)
