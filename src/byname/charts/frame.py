"""What stands around every chart: title, coverage, source, and the words for a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

from byname.charts import words
from byname.charts.labels import label
from byname.charts.look import Look, config
from byname.charts.words import (
    counted,
    counted_of,
    long_day,
    long_month,
    number,
    reason,
    says,
    title,
)
from byname.counts.tally import Gap, Tally
from byname.errors import UsageError

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
TIME = ("day", "week", "month", "year")
"""Axes of time, as the tallies name them."""


def framed(
    views: Sequence[Spec], tally: Tally, look: Look, notes: Sequence[str] = (), indent: int = 0
) -> Spec:
    """Return views one below the other under the title, with coverage above and source below.

    Args:
        views: the chart itself.
        tally: what it shows.
        look: language and colours.
        notes: sentences on what is drawn and what is not, after those on the coverage.
        indent: how far the first view's plot stands right of its edge, in pixels.

    """
    heading = title(look.language, tally.what, tally.by)
    lines = [*coverage(tally, look.language), *notes]
    wrapped = [part for line in lines for part in wrap(line, look.letters)]
    text = wrap(heading, max(20, look.width // 11))
    return {
        "$schema": SCHEMA,
        "description": description(tally, look.language, notes),
        "title": {"text": text if len(text) > 1 else heading, "subtitle": wrapped},
        "vconcat": [*views, *_foot(look, indent)],
        "config": config(look),
        "resolve": {"scale": {"color": "independent"}},
    }


def coverage(tally: Tally, language: str) -> list[str]:
    """Return how many are shown, how many have no place and why, one sentence a line."""
    total = counted(language, tally.total, tally.unit)
    missing = sum(gap.count for gap in tally.gaps)
    if tally.filters:
        chosen = ", ".join(
            f"{words.axis(language, name)} {shown}" for name, shown in tally.filters.items()
        )
        where = [says(language, "where", filters=chosen) + "."]
    else:
        where = []
    if not missing:
        lines = [says(language, "all", total=total)]
    else:
        placed = number(language, max(0, tally.total - _nowhere(tally)))
        of = counted_of(language, tally.total, tally.unit)
        lines = [says(language, "placed", placed=placed, of=of)]
        lines[0] += "; " + says(language, "missing", gaps=_gaps(tally, language))
    if tally.total_low is not None and tally.total_high is not None:
        low, high = number(language, tally.total_low), number(language, tally.total_high)
        lines[0] += "; " + says(language, "interval", low=low, high=high)
    lines[0] += "."
    if not tally.exclusive:
        lines.append(says(language, "twice") + ".")
    return [*where, *lines]


def _nowhere(tally: Tally) -> int:
    """Return how many have no row: by the axis that lacks most, as gaps of two may overlap."""
    by_axis: dict[str, int] = {}
    for gap in tally.gaps:
        by_axis[gap.axis] = by_axis.get(gap.axis, 0) + gap.count
    if tally.exclusive and tally.by:
        return tally.total - sum(row.count for row in tally.rows)
    return max(by_axis.values(), default=0)


def _gaps(tally: Tally, language: str) -> str:
    """Return "120 year only (1937: 80, 1938: 40), 12 not stated"."""
    groups: dict[tuple[str, str], list[Gap]] = {}
    for gap in tally.gaps:
        groups.setdefault((gap.axis, gap.reason), []).append(gap)
    several = len({axis for axis, _ in groups}) > 1
    parts = []
    for (axis, why), gaps in groups.items():
        amount = number(language, sum(gap.count for gap in gaps))
        where = [f"{g.could}: {number(language, g.count)}" for g in gaps if g.could]
        more = f" ({', '.join(where)})" if 0 < len(where) <= 4 else ""
        of = f"{words.axis(language, axis)}: " if several else ""
        said = reason(language, why)
        if language == "ru":
            parts.append(f"{of}{said} — {amount}{more}")
        else:
            parts.append(f"{of}{amount} {said}{more}")
    return "; ".join(parts)


def description(tally: Tally, language: str, notes: Sequence[str] = ()) -> str:
    """Return the chart in sentences, for those who hear it instead of seeing it."""
    parts = [title(language, tally.what, tally.by) + ".", *coverage(tally, language)]
    best = max(tally.rows, key=lambda row: row.count, default=None)
    if best is not None:
        keys = ", ".join(
            key_words(language, axis, key) for axis, key in zip(tally.by, best.keys, strict=True)
        )
        parts.append(says(language, "most", key=keys, n=number(language, best.count)) + ".")
    return " ".join([*parts, *notes])


def key_words(language: str, axis: str, key: str) -> str:
    """Return a key of a row as a reader would say it: "February 1938" for "1938-02"."""
    if axis == "month" and len(key) == 7:
        return long_month(language, start_of(key, "month"))
    if axis == "day" and len(key) == 10:
        return long_day(language, start_of(key, "day"))
    return label(language, axis, key)


def start_of(key: str, axis: str) -> date:
    """Return the first day of a key of time: a day, a week ("1937-W33" or its Monday), ..."""
    try:
        if axis == "week" and "W" in key:
            return date.fromisoformat(f"{key}-1" if len(key) == 8 else key)
        parts = [int(part) for part in key.split("-")]
        year, month, day = [*parts, 1, 1][:3]
        return date(year, month, day)
    except (ValueError, TypeError):
        raise UsageError(
            f"{key!r} is not a {axis} of the calendar; count by day, week, month or year."
        ) from None


def end_of(start: date, axis: str) -> date:
    """Return the first day after the unit of time that begins on ``start``."""
    if axis == "day":
        return start + timedelta(days=1)
    if axis == "week":
        return start + timedelta(days=7)
    if axis == "year":
        return date(start.year + 1, 1, 1)
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)


def linked(look: Look, keys: Mapping[str, str]) -> dict[str, str]:
    """Return the address of a mark as a field, empty without one."""
    address = look.link(keys) if look.link else None
    return {"href": address} if address else {}


def link_channel(look: Look) -> Spec:
    """Return the encoding that makes marks links; empty without links."""
    return {"href": {"field": "href", "type": "nominal"}} if look.link else {}


def _foot(look: Look, indent: int) -> list[Spec]:
    lines = [says(look.language, "made")]
    if look.source:
        lines.insert(0, says(look.language, "source", source=look.source) + ".")
    wrapped = [part for line in lines for part in wrap(line, look.letters + 6)]
    return [text_view(wrapped, look, 10.5, look.ink.quiet, indent)]


def text_view(lines: Sequence[str], look: Look, size: float, colour: str, indent: int = 0) -> Spec:
    """Return lines of words as a view of its own, ``indent`` left of the plots above it."""
    inner = look.width - 2 * (6 if look.phone else 14) - indent
    return {
        "data": {"values": [{"text": list(lines)}]},
        "width": inner,
        "height": round(len(lines) * size * 1.4) + 4,
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "fontSize": size,
            "lineHeight": round(size * 1.4),
            "color": colour,
            "x": -indent,
            "y": 4,
            "aria": False,
        },
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }
