"""Two axes at once: a field of squares, the darker the more, each with its number."""

from __future__ import annotations

from textwrap import shorten, wrap
from typing import Any

from byname.charts.frame import TIME, Spec, framed, key_words, link_channel, linked
from byname.charts.look import Look
from byname.charts.words import MONTHS, number, says
from byname.counts.tally import Tally
from byname.errors import UsageError

_ROOMY = 56
"""Columns so wide, in pixels, have their names in lines above them, others aslant."""
_DOWN, _ACROSS = 20, 16
"""Rows and columns at most, where they are categories; of a time axis all are shown."""


def cross(tally: Tally, look: Look | None = None) -> Spec:
    """Return the field of a tally by two axes; time runs from left to right.

    Raises:
        UsageError: the tally is not by two axes, or holds nobody.

    """
    look = look or Look()
    if len(tally.by) != 2 or not tally.rows:
        raise UsageError("This chart shows a tally by two axes; count with --by twice.")
    over = 0 if tally.by[0] in TIME and tally.by[1] not in TIME else 1
    counts = {(row.keys[1 - over], row.keys[over]): row.count for row in tally.rows}
    down, hidden_down = _chosen(counts, 0, tally.by[1 - over], _DOWN)
    most = 8 if look.phone else _ACROSS
    across, hidden_across = _chosen(counts, 1, tally.by[over], most)
    rows = _squares(counts, down, across, (tally.by[1 - over], tally.by[over]), look)
    notes = _left_out(counts, rows, hidden_down + hidden_across, look)
    plot, margin = _field(rows, down, across, (tally.by[1 - over], tally.by[over]), look)
    return framed([plot], tally, look, notes, indent=margin)


def _chosen(
    counts: dict[tuple[str, str], int], place: int, axis: str, most: int
) -> tuple[list[str], int]:
    """Return the rows or columns that are drawn, and how many are not."""
    held: dict[str, int] = {}
    for keys, count in counts.items():
        held[keys[place]] = held.get(keys[place], 0) + count
    if axis in TIME:
        whole = sum(held.values())
        drawn = [key for key in sorted(held) if held[key] * 200 >= whole] or sorted(held)
        first, last = drawn[0], drawn[-1]
        kept = [key for key in sorted(held) if first <= key <= last]
    elif axis == "age":
        kept = sorted(held, key=lambda key: "" if key.startswith("under") else key)
    else:
        kept = sorted(held, key=lambda key: (-held[key], key))[:most]
    return kept, len(held) - len(kept)


def _squares(
    counts: dict[tuple[str, str], int],
    down: list[str],
    across: list[str],
    axes: tuple[str, str],
    look: Look,
) -> list[dict[str, Any]]:
    most = max((counts.get((d, a), 0) for d in down for a in across), default=1) or 1
    rows = []
    for d in down:
        for a in across:
            count = counts.get((d, a), 0)
            depth = (count / most) ** 0.5
            shade = round(depth * (len(look.ink.ramp) - 1))
            named = (
                f"{key_words(look.language, axes[0], d)}, {key_words(look.language, axes[1], a)}"
            )
            rows.append(
                {
                    axes[0]: d,
                    axes[1]: a,
                    "down": d,
                    "across": a,
                    "count": count,
                    "shade": look.ink.ramp[shade] if count else look.ink.empty,
                    "ink": look.ink.paper if shade >= (2 if look.dark else 3) else look.ink.ink,
                    "amount": number(look.language, count) if count else "",
                    "says": f"{named}: {number(look.language, count)}",
                    **(linked(look, {axes[0]: d, axes[1]: a}) if count else {}),
                }
            )
    return rows


def _left_out(
    counts: dict[tuple[str, str], int], rows: list[dict[str, Any]], hidden: int, look: Look
) -> list[str]:
    missing = sum(counts.values()) - sum(row["count"] for row in rows)
    if not hidden or not missing:
        return []
    return [says(look.language, "outside", n=number(look.language, missing)) + "."]


def _field(
    rows: list[dict[str, Any]],
    down: list[str],
    across: list[str],
    axes: tuple[str, str],
    look: Look,
) -> tuple[Spec, int]:
    letters = 16 if look.phone else 34
    names = {key: _short(key_words(look.language, axes[0], key), letters) for key in down}
    margin = round(max(len(name) for name in names.values()) * 7.4) + 16
    width: float = look.width - 2 * (6 if look.phone else 14) - margin
    step = width / len(across)
    roomy = step >= _ROOMY
    heads = {key: _head(key, axes[1], look) for key in across}
    if roomy:
        heads = {
            key: "\n".join(wrap(head, round(step / 6.6), break_long_words=False)[:3])
            for key, head in heads.items()
        }
    for row in rows:
        row["name"], row["head"] = names[row["down"]], heads[row["across"]]
    longest = max(len(line) for head in heads.values() for line in head.split("\n"))
    lines = max(head.count("\n") for head in heads.values()) + 1
    crowded = not roomy and longest * 6 > step
    if crowded:  # the last head leans out to the right
        width -= max(0.0, min(120.0, len(heads[across[-1]]) * 6.0) / 2 - step / 2)
    order_x, order_y = [heads[key] for key in across], [names[key] for key in down]
    x: dict[str, Any] = {
        "field": "head", "type": "nominal", "sort": order_x,
        "scale": {"paddingInner": 0.04, "paddingOuter": 0},
        "axis": {"title": None, "orient": "top", "labelAngle": -60 if crowded else 0,
                 "labelAlign": "left" if crowded else "center", "labelLimit": 120,
                 "labelFontSize": 10 if roomy else 11,
                 "labelBaseline": "top" if roomy else "middle",
                 "labelPadding": 14 * lines if roomy else 5,
                 "labelExpr": "split(datum.label, '\\n')", "labelOverlap": False},
    }  # fmt: skip
    y = {
        "field": "name", "type": "nominal", "sort": order_y,
        "scale": {"paddingInner": 0.06, "paddingOuter": 0},
        "axis": {"title": None, "labelFontSize": 12, "labelColor": look.ink.ink,
                 "labelLimit": 400, "minExtent": margin, "maxExtent": margin},
    }  # fmt: skip
    widest = max((len(row["amount"]) for row in rows), default=1)
    layers = [_rects(rows, x, y, look)]
    if widest * 6 <= step:
        layers.append(_amounts(rows, x, y))
    return {"width": round(width), "height": 24 * len(down), "layer": layers}, margin


def _short(words: str, letters: int) -> str:
    return shorten(words, letters, placeholder="…") if " " in words else words[:letters]


def _head(key: str, axis: str, look: Look) -> str:
    if axis == "month" and len(key) == 7:
        return f"{MONTHS[look.language][int(key[5:]) - 1]} {key[:4]}"
    return _short(key_words(look.language, axis, key), 34)


def _rects(rows: list[dict[str, Any]], x: Spec, y: Spec, look: Look) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "rect"},
        "encoding": {
            "x": x,
            "y": y,
            "color": {"field": "shade", "type": "nominal", "scale": None},
            "tooltip": {"field": "says", "type": "nominal"},
            "description": {"field": "says", "type": "nominal"},
            **link_channel(look),
        },
    }


def _amounts(rows: list[dict[str, Any]], x: Spec, y: Spec) -> Spec:
    return {
        "data": {"values": [row for row in rows if row["count"]]},
        "mark": {"type": "text", "fontSize": 10.5, "aria": False},
        "encoding": {
            "x": x,
            "y": y,
            "text": {"field": "amount", "type": "nominal"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
