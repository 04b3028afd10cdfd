"""Estimates of all methods on one chart, above the parts and overlaps they are made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from byname.charts.estimates_rows import LEFT, Row, Span, row_of, span_of
from byname.charts.frame import SCHEMA, Spec, key_words, text_view
from byname.charts.look import Look, config
from byname.charts.overlaps import key_lines, overlaps, short_names
from byname.charts.words import axis, number, reason
from byname.counts.estimates.whom import NO_PLACE

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation
    from byname.counts.estimates.model import Estimate

_MOST_PARTS = 24

_TITLES: dict[str, dict[str, str]] = {
    "en": {
        "lcmcr": "latent classes", "bma": "graphical models", "loglinear": "log-linear models",
        "chao": "lower bound (Chao)", "lincoln-petersen": "two lists",
    },
    "ru": {
        "lcmcr": "скрытые классы", "bma": "графические модели",
        "loglinear": "логлинейные модели", "chao": "нижняя граница (Чао)",
        "lincoln-petersen": "два списка",
    },
}  # fmt: skip
_SAYS: dict[str, dict[str, str]] = {
    "en": {
        "title": "How many, those on no list included",
        "level": "Lines are {level} intervals; the dashed line stands at those named, {n}.",
        "hollow": "Hollow: the method does not stand by its figure.",
        "parts": "Part by part: {method}",
        "more": "and {n} smaller parts: see the table or --json",
    },
    "ru": {
        "title": "Сколько всего, включая тех, кого нет ни в одном списке",
        "level": "Линии — интервалы {level}; пунктир — сколько названо: {n}.",
        "hollow": "Полые знаки — метод сам не ручается за своё число.",
        "parts": "По частям: {method}",
        "more": "и менее крупные части ({n}): см. таблицу или --json",
    },
}  # fmt: skip


def estimates(made: Estimation, look: Look | None = None) -> Spec:
    """Return the chart of an estimation: a line a method, the parts, the overlaps of the lists."""
    look = look or Look()
    says = _SAYS[look.language]
    margin = 120 if look.phone else 210
    width = max(80, look.width - 2 * (6 if look.phone else 14) - margin - 20)
    rows = _rows(made, look)
    foot = says["level"].format(
        level=_level(made.level, look.language), n=number(look.language, made.observed)
    )
    if any(not row["settled"] for row in rows):
        foot += " " + says["hollow"]
    sentence = made.sentence_ru if look.language == "ru" else made.sentence
    lines = [*wrap(sentence, look.letters), *wrap(foot, look.letters)]
    names = short_names(made, look)
    views = [
        _lines(rows, look, (width, margin), made.observed),
        *_parts(made, look, (width, margin)),
        overlaps(made, look, (width, margin), names),
        *_key(key_lines(made, look, names), look, margin),
    ]
    return {
        "$schema": SCHEMA,
        "description": " ".join(
            [says["title"] + ".", *lines, *(row["says"] + "." for row in rows)]
        ),
        "title": {"text": wrap(says["title"], max(20, look.width // 11)), "subtitle": lines},
        "vconcat": views,
        "config": config(look) | {"concat": {"spacing": 14}},
        "resolve": {"scale": {"color": "independent", "x": "independent", "y": "independent"}},
    }


def method_title(name: str, language: str) -> str:
    """Return what a method is called on charts."""
    return _TITLES[language][name]


def part_name(made: Estimation, name: str, language: str) -> str:
    """Return what a part is called on charts: the keys of an archive's axes in words."""
    for one in made.by:
        if name == NO_PLACE.format(axis=one):
            return f"{axis(language, one)}: {reason(language, 'not stated')}"
    keys = name.split(", ")
    if not made.by or len(keys) != len(made.by):
        return name
    return ", ".join(key_words(language, *pair) for pair in zip(made.by, keys, strict=True))


def _level(level: float, language: str) -> str:
    return f"{100 * level:g} %" if language == "ru" else f"{100 * level:g}%"


def _rows(made: Estimation, look: Look) -> list[Row]:
    return [
        row_of(place, _TITLES[look.language][one.method], one, look)
        for place, one in enumerate(made.results)
    ]


def _parts(made: Estimation, look: Look, sizes: tuple[int, int]) -> list[Spec]:
    """Return a row a part, by the first method that gave each most; nothing without parts."""
    if not made.strata:
        return []
    counted = [
        sum(bool(one.results) and one.results[at].estimate is not None for one in made.strata)
        for at in range(len(made.results))
    ]
    at = counted.index(max(counted))
    ordered = sorted(made.strata, key=lambda one: -one.observed)
    rows = [
        row_of(
            place,
            part_name(made, one.name, look.language),
            _of(one.results, at),
            look,
            one.observed,
        )
        for place, one in enumerate(ordered[:_MOST_PARTS])
    ]
    says = _SAYS[look.language]
    view = _lines(rows, look, sizes)
    method = _TITLES[look.language][made.results[at].method]
    view["title"] = {
        "text": says["parts"].format(method=method), "fontSize": 14, "anchor": "start",
        "offset": 8, "frame": "bounds",
    }  # fmt: skip
    if len(ordered) > _MOST_PARTS:
        view["title"]["subtitle"] = says["more"].format(n=len(ordered) - _MOST_PARTS)
    return [view]


def _of(results: Sequence[Estimate], at: int) -> Estimate | None:
    return results[at] if results else None


def _lines(
    rows: Sequence[Row], look: Look, sizes: tuple[int, int], seen: int | None = None
) -> Spec:
    """Return a row an estimate: the interval as a line, the figure as a point, words above it."""
    span = span_of(rows, look, sizes[0], seen)
    x = {
        "type": "quantitative", "scale": span.scale, "title": None,
        "axis": {"format": ",.0f", "values": span.ticks, "labelOverlap": "greedy"},
    }  # fmt: skip
    y = {
        "field": "name", "type": "nominal", "title": None,
        "sort": [row["name"] for row in rows],
        "axis": {"labelLimit": sizes[1] - 6, **({"labelExpr": _folded(rows)} if look.phone else {}),
                 "labelFontSize": 11 if look.phone else 12,
                 "labelColor": look.ink.ink, "minExtent": sizes[1], "maxExtent": sizes[1]},
    }  # fmt: skip
    return {
        "width": sizes[0],
        "height": {"step": 40},
        "layer": [
            *_named(x, look, seen),
            *_intervals(rows, look, x, y),
            *_words([span.placed(row) for row in rows], look, x, y, span),
        ],
    }


def _folded(rows: Sequence[Row]) -> str:
    """Return the expression that puts long names into several lines, where there is little room."""
    lines = {row["name"]: wrap(row["name"], 16, max_lines=3, placeholder="…") for row in rows}
    return json.dumps(lines, ensure_ascii=False) + "[datum.label]"


def _named(x: Spec, look: Look, seen: int | None) -> list[Spec]:
    if seen is None:
        return []
    rule = {"type": "rule", "strokeDash": [3, 3], "color": look.ink.quiet, "aria": False}
    return [
        {
            "data": {"values": [{"x": seen}]},
            "mark": rule,
            "encoding": {"x": {**x, "field": "x"}},
        }
    ]


def _intervals(rows: Sequence[Row], look: Look, x: Spec, y: Spec) -> list[Spec]:
    """Return lines and points; hollow and dashed where the method does not stand by them."""
    ink = look.ink
    layers: list[Spec] = []
    for settled in (True, False):
        drawn = [row for row in rows if row["value"] and row["settled"] is settled]
        dash = {} if settled else {"strokeDash": [5, 4]}
        layers += [
            {
                "data": {"values": [row for row in drawn if row["high"]]},
                "mark": {"type": "rule", "strokeWidth": 3 if settled else 2,
                         "color": ink.ramp[2], "aria": False, **dash},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
            },
            {
                "data": {"values": drawn},
                "mark": {"type": "point", "size": 80, "opacity": 1, "stroke": ink.ink,
                         "fill": ink.ink if settled else ink.paper},
                "encoding": {
                    "x": {**x, "field": "value"}, "y": y,
                    "shape": {"field": "kind", "type": "nominal", "legend": None,
                              "scale": {"domain": ["figure", "bound"],
                                        "range": ["circle", "triangle-right"]}},
                    "description": {"field": "says", "type": "nominal"},
                },
            },
        ]  # fmt: skip
    return layers


def _words(rows: Sequence[Row], look: Look, x: Spec, y: Spec, span: Span) -> list[Spec]:
    """Return the words above the lines, begun where they fit."""
    return [
        {
            "data": {"values": [row for row in rows if row["align"] == align]},
            "mark": {"type": "text", "dy": -12, "align": align, "fontSize": span.letters,
                     "color": look.ink.quiet, "aria": False},
            "encoding": {"x": {**x, "field": "at"}, "y": y,
                         "text": {"field": "words", "type": "nominal"}},
        }
        for align in (LEFT, "right")
    ]  # fmt: skip


def _key(lines: Sequence[str], look: Look, margin: int) -> list[Spec]:
    return [text_view(lines, look, 11, look.ink.quiet, margin)] if lines else []
