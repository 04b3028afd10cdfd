"""Bars for categories: the most at the top, those without a category beside them, in outline."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from byname.charts.frame import Spec, framed, key_words, link_channel, linked
from byname.charts.look import Look
from byname.charts.words import number, reason, says
from byname.counts.tally import Tally, TallyRow
from byname.errors import UsageError

_MOST = 24
_ROW = 21
_ORDERED = ("age", "year")
"""Axes whose own order says more than the size of their rows."""


def bars(tally: Tally, look: Look | None = None) -> Spec:
    """Return the bars of a tally by one category.

    Raises:
        UsageError: the tally is by several axes, or holds nobody.

    """
    look = look or Look()
    if len(tally.by) != 1 or not (tally.rows or tally.gaps):
        raise UsageError("Bars show a tally by one axis; count with --by nationality, for example.")
    rows = _rows(tally, look)
    letters = 22 if look.phone else 46
    for row in rows:
        row["name"] = shorten(row["name"], letters, placeholder="…") or row["name"][:letters]
    margin = round(max(len(row["name"]) for row in rows) * 7.2) + 14
    width = look.width - 2 * (6 if look.phone else 14) - margin - 64
    most = max(max(row["count"], row["high"]) for row in rows) or 1
    y = {"field": "place", "type": "ordinal", "axis": None, "scale": {"padding": 0.22}}
    x = {
        "field": "count", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, most], "nice": False},
    }  # fmt: skip
    layers = [
        _marks(rows, x, y, look),
        _text(rows, {"x": {"value": -8}, "y": y}, "name", "right", look.ink.ink),
        _text(rows, {"x": {**x, "field": "edge"}, "y": y}, "amount", "left", look.ink.quiet),
    ]
    if any(row["high"] for row in rows):
        layers.append(_whiskers(rows, x, y, look))
    plot = {"width": max(80, width), "height": _ROW * len(rows), "layer": layers}
    return framed([plot], tally, look, indent=margin)


def _rows(tally: Tally, look: Look) -> list[dict[str, Any]]:
    """Return the bars: rows, the small ones together, and the gaps."""
    axis, language = tally.by[0], look.language
    rows = list(tally.rows)
    if axis not in _ORDERED:
        rows.sort(key=lambda row: -row.count)
    shown, rest = (rows, []) if len(rows) <= _MOST + 1 else (rows[:_MOST], rows[_MOST:])
    made = [_bar(row, axis, look) for row in shown]
    if rest:
        name = says(language, "others", n=number(language, len(rest)))
        made.append(_plain(name, sum(row.count for row in rest), "rest", look))
    gaps: dict[str, int] = {}
    for gap in tally.gaps:
        if gap.axis == axis:
            gaps[gap.reason] = gaps.get(gap.reason, 0) + gap.count
    made += [_plain(reason(language, why), n, "gap", look) for why, n in gaps.items() if n]
    for place, row in enumerate(made):
        row["place"] = place
    return made


def _bar(row: TallyRow, axis: str, look: Look) -> dict[str, Any]:
    key = row.keys[0]
    made = _plain(key_words(look.language, axis, key), row.count, "row", look)
    return {
        **made,
        axis: key,
        "low": row.low or 0,
        "high": row.high or 0,
        **linked(look, {axis: key}),
    }


def _plain(name: str, count: int, kind: str, look: Look) -> dict[str, Any]:
    amount = number(look.language, count)
    return {
        "name": name, "count": count, "amount": amount, "kind": kind, "low": 0, "high": 0,
        "edge": count, "says": f"{name}: {amount}",
    }  # fmt: skip


def _marks(rows: list[dict[str, Any]], x: Spec, y: Spec, look: Look) -> Spec:
    def by_kind(full: str, rest: str, gap: str) -> Spec:
        scale = {"domain": ["row", "rest", "gap"], "range": [full, rest, gap]}
        return {"field": "kind", "type": "nominal", "scale": scale, "legend": None}

    ink = look.ink
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "strokeWidth": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": by_kind(ink.ink, ink.ramp[1], ink.paper),
            "stroke": by_kind(ink.ink, ink.ramp[1], ink.ramp[2]),
            "strokeDash": {
                "field": "kind", "type": "nominal", "legend": None,
                "scale": {"domain": ["row", "rest", "gap"], "range": [[1, 0], [1, 0], [3, 2]]},
            },
            "tooltip": {"field": "says", "type": "nominal"},
            "description": {"field": "says", "type": "nominal"},
            **link_channel(look),
        },
    }  # fmt: skip


def _text(rows: list[dict[str, Any]], at: Spec, field: str, align: str, colour: str) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {
            "type": "text", "align": align, "baseline": "middle", "color": colour,
            "dx": 6 if align == "left" else 0, "fontSize": 12, "aria": False,
        },
        "encoding": {**at, "text": {"field": field, "type": "nominal"}},
    }  # fmt: skip


def _whiskers(rows: list[dict[str, Any]], x: Spec, y: Spec, look: Look) -> Spec:
    for row in rows:
        row["edge"] = max(row["count"], row["high"])
    return {
        "data": {"values": [row for row in rows if row["high"] > row["low"]]},
        "mark": {"type": "rule", "color": look.ink.accent, "strokeWidth": 2, "aria": False},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
    }
