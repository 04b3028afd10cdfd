"""The curve: how many in each month (week, year), with the orders and plenums at their dates.

The events come from the evidence base, by their rows: a date that is corrected there moves here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from byname.charts.frame import (
    Spec,
    end_of,
    framed,
    key_words,
    link_channel,
    linked,
    start_of,
    text_view,
)
from byname.charts.look import Look
from byname.charts.marks import LANE, Mark, fitting, laid_out, mark_layers
from byname.charts.words import number, says
from byname.counts.tally import Tally
from byname.errors import UsageError
from byname.knowledge import Event, load

KINDS = ("murder", "order", "plenum")
"""The events that are marked unless others are asked for; see ``short`` in the evidence base."""

_SPAN = (date(1934, 11, 1), date(1939, 3, 1))
"""Always shown where the data touch it: from Kirov's murder to the end of the operations."""
MARGIN = 36
"""Left of the plot, for the numbers of the scale, in pixels."""
_LONGEST = 3
"""More years than these are drawn only where people stand in them."""


def curve(tally: Tally, look: Look | None = None, events: Sequence[Event] | None = None) -> Spec:
    """Return the curve of a tally by week, month or year.

    Args:
        tally: by one axis of time.
        look: language, width, colours.
        events: what is marked; by default the murder of Kirov, the orders and the plenums,
            nothing by year.

    Raises:
        UsageError: the tally is not by time, or holds nobody with a date.

    """
    look = look or Look()
    if len(tally.by) != 1 or tally.by[0] not in ("week", "month", "year"):
        raise UsageError("The curve shows a tally by time; count with --by month, week or year.")
    unit = tally.by[0]
    counts = {start_of(row.keys[0], unit): row for row in tally.rows}
    if not counts:
        raise UsageError("Nobody in this tally has a date; look with `byname describe`.")
    first, last = window(list(counts), [row.count for row in counts.values()], unit != "year")
    # A year is too long a bar to stand beside a day.
    shown = events if events is not None else load().marked(*KINDS) if unit != "year" else ()
    marked = [event for event in shown if first <= event.when.first < last]
    width = look.width - 2 * (6 if look.phone else 14) - MARGIN
    width = fitting(marked, (first, last), width, look)
    marks = laid_out(marked, (first, last), width, look)
    inside = {start: row for start, row in counts.items() if first <= start < last}
    notes = _beside(tally, counts, (first, last), look)
    views = [_plot(inside, marks, (first, last), unit, width, look), *_below(marks, look)]
    return framed(views, tally, look, notes, indent=MARGIN)


def window(starts: list[date], counts: list[int], stretch: bool = True) -> tuple[date, date]:
    """Return what is drawn: all of it, or of many years those that hold nearly everybody.

    With ``stretch`` the years from Kirov's murder to the end of the operations are drawn even
    where they hold nobody.
    """
    first, last = min(starts), max(starts)
    if last.year - first.year > _LONGEST:
        pairs = sorted(zip(starts, counts, strict=True))
        least = max(1.0, sum(counts) / 200)
        first, last = _trimmed(pairs, least), _trimmed(pairs[::-1], least)
    if stretch and first < _SPAN[1] and last >= date(1936, 1, 1):
        first, last = min(first, _SPAN[0]), max(last, _SPAN[1])
    return date(first.year, first.month if stretch else 1, 1), date(last.year + 1, 1, 1)


def _trimmed(pairs: list[tuple[date, int]], least: float) -> date:
    passed = 0
    for start, count in pairs:
        passed += count
        if passed > least:
            return start
    return pairs[-1][0]


def _plot(
    rows: dict[date, Any],
    marks: list[Mark],
    ends: tuple[date, date],
    unit: str,
    width: int,
    look: Look,
) -> Spec:
    lanes = max((mark.lane for mark in marks), default=-1) + 1
    top = lanes * LANE + (8 if lanes else 0)
    height = 190 if look.phone else 260
    most = max((row.high or row.count for row in rows.values()), default=1) or 1
    # The labels stand in room above the highest bar: the scale goes on there, unmarked.
    room = most * 1.04 * (1 + top / height)
    lines, labels = mark_layers(marks, room, height + top, look)
    layers = [*lines, _bars(rows, unit, look), *labels]
    if any(row.low is not None for row in rows.values()):
        layers.append(_whiskers(rows, unit, look))
    ticks = _ticks(most, 4)
    for layer in layers:
        encoding = layer["encoding"]
        encoding["x"] = {**_time(ends, unit, look), **encoding.get("x", {})}
        if "y" in encoding:
            encoding["y"] = {
                "type": "quantitative",
                "scale": {"domain": [0, room], "nice": False},
                "axis": {
                    "values": ticks, "title": None, "format": ",d",
                    "minExtent": MARGIN, "maxExtent": MARGIN,
                },
                **encoding["y"],
            }  # fmt: skip
    return {"width": width, "height": height + top, "layer": layers}


def _time(ends: tuple[date, date], unit: str, look: Look) -> Spec:
    years = range(ends[0].year, ends[1].year)
    every = 1 if len(years) <= (6 if look.phone else 14) else 2 if len(years) <= 28 else 5
    values = [_stamp(date(y, 1, 1)) for y in years if y % every == 0 and date(y, 1, 1) >= ends[0]]
    return {
        "type": "temporal",
        "scale": {"domain": [_stamp(ends[0]), _stamp(ends[1])], "nice": False, "type": "utc"},
        "axis": {
            "values": values, "format": "%Y", "title": None, "grid": True,
            "ticks": True, "tickColor": look.ink.quiet, "tickSize": 6, "domain": True,
            "domainColor": look.ink.ink, "labelAlign": "left", "labelOffset": 2,
            "labelFontSize": 12, "labelBound": False, "labelFlush": False,
        },
    }  # fmt: skip


def _stamp(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def _ticks(most: float, about: int) -> list[int]:
    """Return round numbers from 0 to near the highest."""
    for power in range(9):
        for step in (1, 2, 5):
            size = step * 10**power
            if most / size <= about + 1:
                return list(range(0, int(most) + 1, size))
    return [0, int(most)]


def _bars(rows: dict[date, Any], unit: str, look: Look) -> Spec:
    values = []
    for start, row in sorted(rows.items()):
        end = end_of(start, unit)
        span = end - start
        name = key_words(look.language, unit, row.keys[0])
        values.append(
            {
                unit: row.keys[0],
                "count": row.count,
                "start": (start + span * 0.04).isoformat(),
                "end": (start + span * 0.94).isoformat() if span.days > 20 else end.isoformat(),
                "says": f"{name}: {number(look.language, row.count)}",
                **linked(look, {unit: row.keys[0]}),
            }
        )
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "color": look.ink.ink},
        "encoding": {
            "x": {"field": "start"},
            "x2": {"field": "end"},
            "y": {"field": "count"},
            "y2": {"datum": 0},
            "tooltip": {"field": "says", "type": "nominal"},
            "description": {"field": "says", "type": "nominal"},
            **link_channel(look),
        },
    }


def _whiskers(rows: dict[date, Any], unit: str, look: Look) -> Spec:
    values = [
        {
            "middle": (start + (end_of(start, unit) - start) / 2).isoformat(),
            "low": row.low,
            "high": row.high,
        }
        for start, row in sorted(rows.items())
        if row.low is not None and row.high is not None and row.high > row.low
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "color": look.ink.ramp[2], "strokeWidth": 2, "aria": False},
        "encoding": {"x": {"field": "middle"}, "y": {"field": "low"}, "y2": {"field": "high"}},
    }


def _below(marks: list[Mark], look: Look) -> list[Spec]:
    """Return the words of the numbers on a telephone, and what a star means."""
    views = []
    if look.phone and marks:
        lines = [f"{place}. {mark.label}" for place, mark in enumerate(marks, 1)]
        views.append(text_view(lines, look, 11, look.ink.accent, MARGIN))
    if not all(mark.event.confirmed for mark in marks):
        star = [says(look.language, "unconfirmed")]
        views.append(text_view(star, look, 10.5, look.ink.quiet, MARGIN))
    return views


def _beside(tally: Tally, rows: dict[date, Any], ends: tuple[date, date], look: Look) -> list[str]:
    """Return what stands outside of the years drawn."""
    outside: dict[int, int] = {}
    for start, row in rows.items():
        if not ends[0] <= start < ends[1]:
            outside[start.year] = outside.get(start.year, 0) + row.count
    if not outside:
        return []
    total = number(look.language, sum(outside.values()))
    span = "–".join(dict.fromkeys((str(min(outside)), str(max(outside)))))
    return [says(look.language, "years", years=f"{span}: {total}") + "."]
