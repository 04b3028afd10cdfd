"""Small multiples: the curve of each region side by side, on the same months."""

from __future__ import annotations

from datetime import date
from typing import Any

from byname.charts.curve import window
from byname.charts.frame import Spec, end_of, framed, key_words, link_channel, linked, start_of
from byname.charts.look import Look
from byname.charts.marks import name_of
from byname.charts.words import number, says, short_day
from byname.counts.tally import Tally
from byname.errors import UsageError
from byname.knowledge import Event, load

_MOST = 12
_EVENTS = ("O447-DATE", "END-17NOV")
"""The two marked in every panel: the order of the mass operation, and the decree at its end."""


def panels(tally: Tally, look: Look | None = None, shared: bool = False) -> Spec:
    """Return a small curve for each of the largest categories of a tally by time and category.

    Args:
        tally: by one axis of time and one other, in any order.
        look: language, width, colours.
        shared: one height for all, to compare sizes; else each its own, to compare shapes.

    Raises:
        UsageError: the tally is not by time and something else, or holds nobody.

    """
    look = look or Look()
    times = [axis for axis in tally.by if axis in ("week", "month", "year")]
    if len(tally.by) != 2 or len(times) != 1 or not tally.rows:
        raise UsageError(
            "Small multiples show a tally by time and one thing more; "
            "count with --by region --by month, for example."
        )
    unit, at = times[0], tally.by.index(times[0])
    held: dict[str, dict[date, tuple[str, int]]] = {}
    for row in tally.rows:
        start = start_of(row.keys[at], unit)
        held.setdefault(row.keys[1 - at], {})[start] = (row.keys[at], row.count)
    totals = {name: sum(n for _, n in rows.values()) for name, rows in held.items()}
    chosen = sorted(totals, key=lambda name: (-totals[name], name))[:_MOST]
    ends = window(
        [start for rows in held.values() for start in rows],
        [n for rows in held.values() for _, n in rows.values()],
        stretch=False,
    )
    events = [e for e in load().marked() if e.id in _EVENTS and ends[0] <= e.when.first < ends[1]]
    outside = sum(n for rows in held.values() for s, (_, n) in rows.items() if not _in(s, ends))
    drawn = {
        name: {start: told for start, told in held[name].items() if _in(start, ends)}
        for name in chosen
    }
    chosen = [name for name in chosen if drawn[name]]
    most = max(n for name in chosen for _, n in drawn[name].values()) if shared else None
    axes = (unit, tally.by[1 - at])
    views = [_panel(name, drawn[name], axes, ends, (events, most), look) for name in chosen]
    grid = {"concat": views, "columns": 2 if look.phone else 4, "spacing": 18}
    notes = _notes(totals, chosen, events, shared, look)
    if outside:
        notes.append(says(look.language, "outside", n=number(look.language, outside)) + ".")
    return framed([grid], tally, look, notes)


def _in(start: date, ends: tuple[date, date]) -> bool:
    return ends[0] <= start < ends[1]


def _notes(
    totals: dict[str, int], chosen: list[str], events: list[Event], shared: bool, look: Look
) -> list[str]:
    notes = []
    left = len(totals) - len(chosen)
    if left:
        rest = number(look.language, sum(totals.values()) - sum(totals[name] for name in chosen))
        notes.append(says(look.language, "shown", n=len(chosen), all=len(totals), rest=rest) + ".")
    if not shared:
        notes.append(says(look.language, "scale") + ".")
    if events:
        named = "; ".join(
            f"{short_day(look.language, event.when.first)} {name_of(event, look.language)}"
            for event in events
        )
        notes.append(says(look.language, "lines", events=named) + ".")
    return notes


def _panel(
    name: str,
    rows: dict[date, tuple[str, int]],
    axes: tuple[str, str],
    ends: tuple[date, date],
    shown: tuple[list[Event], int | None],
    look: Look,
) -> Spec:
    events, most = shown
    unit, axis = axes
    across = 2 if look.phone else 4
    width = (look.width - 2 * (6 if look.phone else 14) - 18 * (across - 1)) // across
    shown_as = key_words(look.language, axis, name)
    peak = max(rows, key=lambda start: (rows[start][1], start))
    values = [
        {
            unit: key,
            axis: name,
            "count": count,
            "start": start.isoformat(),
            "end": end_of(start, unit).isoformat(),
            "says": f"{shown_as}, {key_words(look.language, unit, key)}: "
            f"{number(look.language, count)}",
            **linked(look, {unit: key, axis: name}),
        }
        for start, (key, count) in sorted(rows.items())
    ]
    years = [y for y in range(ends[0].year, ends[1].year) if date(y, 1, 1) >= ends[0]]
    every = 1 if len(years) <= 4 else 2
    x: dict[str, Any] = {
        "field": "start",
        "type": "temporal",
        "scale": {"domain": [_utc(ends[0]), _utc(ends[1])], "nice": False, "type": "utc"},
        "axis": {
            "values": [_utc(date(y, 1, 1)) for y in years[::every]], "format": "%Y",
            "title": None, "grid": False, "ticks": True, "tickColor": look.ink.rule,
            "labelFontSize": 10, "domain": True, "domainColor": look.ink.ink,
            "labelAlign": "left", "labelBound": True,
        },
    }  # fmt: skip
    y = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, (most or rows[peak][1]) * 1.22], "nice": False},
    }
    total = number(look.language, sum(count for _, count in rows.values()))
    return {
        "title": {"text": shown_as, "subtitle": total, "fontSize": 12.5,
                  "subtitleFontSize": 11, "offset": 2, "subtitlePadding": 1},
        "width": width,
        "height": 78,
        "layer": [_lines(events, x, look), _bars(values, x, y, look),
                  *(_peak(rows, peak, (x, y), look, halo) for halo in (True, False))],
    }  # fmt: skip


def _utc(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def _lines(events: list[Event], x: Spec, look: Look) -> Spec:
    values = [{"event": e.id, "start": e.when.first.isoformat()} for e in events]
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "color": look.ink.accent, "strokeWidth": 0.8, "aria": False},
        "encoding": {"x": x},
    }


def _bars(values: list[dict[str, Any]], x: Spec, y: Spec, look: Look) -> Spec:
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "color": look.ink.ink},
        "encoding": {
            "x": x,
            "x2": {"field": "end"},
            "y": {"field": "count", **y},
            "y2": {"datum": 0},
            "tooltip": {"field": "says", "type": "nominal"},
            "description": {"field": "says", "type": "nominal"},
            **link_channel(look),
        },
    }


def _peak(
    rows: dict[date, tuple[str, int]], peak: date, at: tuple[Spec, Spec], look: Look, halo: bool
) -> Spec:
    """Return the number over the highest bar, ``halo`` for the ground that parts it from lines."""
    most = rows[peak][1]
    data = [{"start": peak.isoformat(), "count": most, "text": number(look.language, most)}]
    mark: dict[str, Any] = {
        "type": "text", "align": "center", "baseline": "bottom", "dy": -2, "dx": 2,
        "fontSize": 10.5, "color": look.ink.quiet, "aria": False,
    }  # fmt: skip
    if halo:
        mark |= {"stroke": look.ink.paper, "strokeWidth": 4}
    return {
        "data": {"values": data},
        "mark": mark,
        "encoding": {
            "x": at[0],
            "y": {"field": "count", **at[1]},
            "text": {"field": "text", "type": "nominal"},
        },
    }
