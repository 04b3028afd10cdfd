"""The calendar of days: every month a page of the calendar, every day a square.

The darker, the more; the days with the most stand in colour and are named above. A year's line
says how many of its people could not be put on a day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from byname.charts.frame import Spec, framed, link_channel, linked, start_of
from byname.charts.look import Look
from byname.charts.words import MONTHS, counted, long_day, number, says, short_day
from byname.counts.tally import Tally
from byname.errors import UsageError

_WORST = 5
_MOST_YEARS = 8
_GAP = 1.6
"""Between two months, in squares."""
_HEAD = 1.7
"""Above a month, for its name, in squares."""


def calendar(tally: Tally, look: Look | None = None) -> Spec:
    """Return the calendar of a tally by day.

    Raises:
        UsageError: the tally is not by day, or holds no day.

    """
    look = look or Look()
    if tally.by != ("day",):
        raise UsageError("The calendar shows a tally by day; count with --by day.")
    days = {start_of(row.keys[0], "day"): row.count for row in tally.rows if row.count}
    if not days:
        raise UsageError("Nobody in this tally has a day; count by year, or widen the filters.")
    years, left_out = _years(days)
    worst = sorted(days, key=lambda day: (-days[day], day))[:_WORST]
    steps = _steps(days)
    panels = [_year(year, days, set(worst), steps, tally, look) for year in years]
    named = "; ".join(
        f"{short_day(look.language, day)}: {number(look.language, days[day])}" for day in worst
    )
    notes = [says(look.language, "worst", days=named) + "."]
    if left_out:
        also = ", ".join(f"{year}: {number(look.language, n)}" for year, n in left_out)
        notes.append(says(look.language, "years", years=also) + ".")
    return framed([_legend(steps, look), *panels], tally, look, notes)


def _years(days: dict[date, int]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the years that are drawn, and what the others hold."""
    held: dict[int, int] = {}
    for day, count in days.items():
        held[day.year] = held.get(day.year, 0) + count
    chosen = sorted(held, key=lambda year: (-held[year], year))[:_MOST_YEARS]
    # A year with next to nobody would be an empty sheet: it is told instead of drawn.
    least = sum(held.values()) / 50
    drawn = sorted(year for year in chosen if held[year] >= least)
    return drawn, [(year, held[year]) for year in sorted(held) if year not in drawn]


def _steps(days: dict[date, int]) -> list[int]:
    """Return where one grey ends and a darker one begins, round numbers near the fifths.

    A fifth of the days on which anybody stands has about each grey, so that a list of hundreds
    and one of hundreds of thousands both show which days were worse than others.
    """
    counts = sorted(days.values())
    found: list[int] = []
    for fifth in range(1, 5):
        near = counts[len(counts) * fifth // 5]
        step = min(_round_numbers(near), key=lambda n: (abs(n - near), n))
        if step > (found[-1] if found else 1):
            found.append(step)
    return found or [2]


def _round_numbers(near: int) -> list[int]:
    power = 10 ** (len(str(near)) - 1)
    return [round(power * part) for part in (1, 1.5, 2, 3, 4, 5, 7, 10) if power * part >= 1]


def _shade(count: int, steps: list[int], look: Look) -> str:
    ramp = look.ink.ramp
    place = sum(count >= step for step in steps)
    return ramp[round(place * (len(ramp) - 1) / max(1, len(steps)))]


def _grid(look: Look) -> tuple[int, float]:
    """Return how many months stand side by side, and how large a day is."""
    months = 4 if look.phone else 12
    inner = look.width - 2 * (6 if look.phone else 14)
    return months, inner / (months * 7 + (months - 1) * _GAP)


def _year(
    year: int, days: dict[date, int], worst: set[date], steps: list[int], tally: Tally, look: Look
) -> Spec:
    across, cell = _grid(look)
    rows = [_day(day, days.get(day, 0), day in worst, steps, look) for day in _all_days(year)]
    down = 12 // across
    width = across * 7 + (across - 1) * _GAP
    height = down * (6 + _HEAD) - 0.3
    axes: dict[str, Any] = {
        "x": {"field": "x", "type": "quantitative", "axis": None, "scale": _scale(width)},
        "x2": {"field": "x2"},
        "y": {"field": "y", "type": "quantitative", "axis": None, "scale": _scale(height, True)},
        "y2": {"field": "y2"},
    }
    empty = {
        "data": {"values": [row for row in rows if not row["count"]]},
        "mark": {"type": "rect", "color": look.ink.empty, "aria": False},
        "encoding": axes,
    }
    squares = {
        "data": {"values": [row for row in rows if row["count"]]},
        "mark": {"type": "rect"},
        "encoding": {
            **axes,
            "color": {"field": "shade", "type": "nominal", "scale": None},
            "tooltip": {"field": "says", "type": "nominal"},
            "description": {"field": "says", "type": "nominal"},
            **link_channel(look),
        },
    }
    names = {
        "data": {"values": [_name(month, look) for month in range(1, 13)]},
        "mark": {
            "type": "text", "align": "left", "baseline": "alphabetic",
            "fontSize": 10 if look.phone else 10.5, "color": look.ink.quiet, "aria": False,
        },
        "encoding": {
            "x": axes["x"], "y": axes["y"], "text": {"field": "text", "type": "nominal"},
        },
    }  # fmt: skip
    return {
        "title": {
            "text": str(year),
            "subtitle": _told(year, rows, tally, look),
            "fontSize": 15,
            "offset": 4,
            "subtitlePadding": 2,
            "subtitleFontSize": 11,
        },
        "width": round(width * cell),
        "height": round(height * cell),
        "layer": [empty, squares, names],
    }


def _scale(most: float, down: bool = False) -> Spec:
    return {"domain": [0, most], "nice": False, "zero": False, "reverse": down}


def _all_days(year: int) -> list[date]:
    return [
        date(year, month, day)
        for month in range(1, 13)
        for day in range(1, monthrange(year, month)[1] + 1)
    ]


def _corner(month: int, look: Look) -> tuple[float, float]:
    across, _ = _grid(look)
    return (month - 1) % across * (7 + _GAP), (month - 1) // across * (6 + _HEAD)


def _day(day: date, count: int, worst: bool, steps: list[int], look: Look) -> dict[str, Any]:
    left, top = _corner(day.month, look)
    week = (day.day - 1 + day.replace(day=1).weekday()) // 7
    x, y = left + day.weekday(), top + _HEAD - 0.4 + week
    told = f"{long_day(look.language, day, weekday=True)}: {number(look.language, count)}"
    return {
        "day": day.isoformat(),
        "count": count,
        "x": round(x + 0.06, 3),
        "x2": round(x + 0.94, 3),
        "y": round(y + 0.06, 3),
        "y2": round(y + 0.94, 3),
        **(
            {
                "shade": look.ink.accent if worst else _shade(count, steps, look),
                "says": told,
                **linked(look, {"day": day.isoformat()}),
            }
            if count
            else {}
        ),
    }


def _name(month: int, look: Look) -> dict[str, Any]:
    left, top = _corner(month, look)
    return {"x": left, "y": round(top + _HEAD - 0.8, 3), "text": MONTHS[look.language][month - 1]}


def _told(year: int, rows: list[dict[str, Any]], tally: Tally, look: Look) -> str:
    """Return how many stand on the days of a year, and how many only somewhere in it."""
    on_days = sum(row["count"] for row in rows)
    rough = sum(gap.count for gap in tally.gaps if gap.could and gap.could[:4] == str(year))
    told = counted(look.language, on_days, tally.unit)
    if not rough:
        return told
    more = number(look.language, rough)
    if look.language == "ru":
        return f"{told}; ещё {more} без точного дня"
    return f"{told}; {more} more without the exact day"


def _legend(steps: list[int], look: Look) -> Spec:
    """Return the key of the greys."""
    limits = [1, *steps]
    ends: list[int | None] = [*(step - 1 for step in steps), None]
    rows = [{"x": 0, "shade": look.ink.empty, "text": "0"}]
    for place, (low, high) in enumerate(zip(limits, ends, strict=True), 1):
        least = number(look.language, low)
        most = "" if high is None else number(look.language, high)
        text = least if low == high else f"{least}–{most}" if most else f"{least} +"
        rows.append({"x": place, "shade": _shade(low, steps, look), "text": text})
    size = 46 if look.phone else 64
    rows.append({"x": len(rows), "shade": look.ink.paper, "text": says(look.language, "a_day")})
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": _scale(len(rows))}
    return {
        "data": {"values": rows},
        "width": size * len(rows),
        "height": 14,
        "layer": [
            {
                "mark": {"type": "point", "shape": "square", "filled": True, "size": 90,
                         "opacity": 1, "aria": False, "xOffset": 5},
                "encoding": {"x": x, "color": {"field": "shade", "type": "nominal", "scale": None}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 14, "fontSize": 10.5,
                         "color": look.ink.quiet, "aria": False},
                "encoding": {"x": x, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    }  # fmt: skip
