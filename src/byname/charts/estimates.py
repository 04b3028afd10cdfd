"""Estimates of all methods on one chart, above the overlaps they are made from."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

from byname.charts.frame import SCHEMA, Spec
from byname.charts.look import Look, config
from byname.charts.words import number

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation
    from byname.counts.estimates.model import Estimate

_ROW = 34
_MOST_OVERLAPS = 14
_WIDE_RANGE = 6.0
"""Beyond this ratio of the highest to the lowest the scale is logarithmic."""

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
        "named": "named: {n}", "none": "no figure", "least": "at least {n}",
        "interval": "{n} ({low} to {high})", "overlaps": "Who stands on which lists",
        "level": "Lines are {level} intervals. Named on at least one of {lists} lists: {n}.",
        "people": "people", "other": "other combinations",
    },
    "ru": {
        "title": "Сколько всего, включая тех, кого нет ни в одном списке",
        "named": "названы: {n}", "none": "оценки нет", "least": "не менее {n}",
        "interval": "{n} ({low} – {high})", "overlaps": "Кто в каких списках",
        "level": "Линии — интервалы {level}. Названы хотя бы в одном из списков ({lists}): {n}.",
        "people": "человек", "other": "прочие сочетания",
    },
}  # fmt: skip


def estimates(made: Estimation, look: Look | None = None) -> Spec:
    """Return the chart of an estimation: a line a method, then the overlaps of the lists."""
    look = look or Look()
    says = _SAYS[look.language]
    level = f"{made.level:.0%}".replace("%", " %" if look.language == "ru" else "%")
    foot = says["level"].format(
        level=level, lists=len(made.lists), n=number(look.language, made.observed)
    )
    lines = wrap(foot, look.letters)
    if look.language == "en":  # the sentence is made in English only
        lines = [*wrap(made.sentence, look.letters), *lines]
    margin = 150 if look.phone else 210
    width = max(80, look.width - 2 * (6 if look.phone else 14) - margin - 24)
    views = [_methods(made, look, width), _overlaps(made, look, width)]
    heading = wrap(says["title"], max(20, look.width // 11))
    return {
        "$schema": SCHEMA,
        "description": f"{says['title']}. {' '.join(lines)}",
        "title": {"text": heading, "subtitle": lines},
        "vconcat": [view for view in views if view],
        "config": config(look),
        "resolve": {"scale": {"color": "independent", "x": "independent"}},
    }


def _methods(made: Estimation, look: Look, width: int) -> Spec:
    """Return a row a method: the interval as a line, the figure as a point, words above it."""
    rows = [_row(place, one, look) for place, one in enumerate(made.results)]
    ends = [row[key] for row in rows for key in ("low", "high", "value") if row[key]]
    highest, lowest = max([made.observed, *ends]), min([made.observed, *ends])
    scale: Spec = {"nice": False, "zero": False}
    if highest > _WIDE_RANGE * max(lowest, 1):
        scale |= {"type": "log", "domain": [max(1, lowest * 0.8), highest * 1.15]}
    else:
        scale |= {"domain": [lowest * 0.9, highest * 1.08]}
    x = {
        "type": "quantitative", "scale": scale,
        "axis": {"format": "~s", "title": _SAYS[look.language]["people"], "tickCount": 5},
    }  # fmt: skip
    y = {
        "field": "name", "type": "nominal", "title": None,
        "sort": {"field": "place"},
        "axis": {"labelLimit": 200, "labelFontSize": 12, "labelColor": look.ink.ink},
    }  # fmt: skip
    ink = look.ink
    drawn = [row for row in rows if row["value"]]
    seen = {"x": made.observed, "says": _SAYS[look.language]["named"].format(
        n=number(look.language, made.observed))}  # fmt: skip
    layers: list[Spec] = [
        {
            "data": {"values": [seen]},
            "mark": {"type": "rule", "strokeDash": [3, 3], "color": ink.quiet},
            "encoding": {"x": {**x, "field": "x"},
                         "description": {"field": "says", "type": "nominal"}},
        },
        {
            "data": {"values": [row for row in drawn if row["high"]]},
            "mark": {"type": "rule", "strokeWidth": 3, "color": ink.ramp[2], "aria": False},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
        },
        {
            "data": {"values": drawn},
            "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
            "encoding": {
                "x": {**x, "field": "value"}, "y": y,
                "color": {"field": "kind", "type": "nominal", "legend": None,
                          "scale": {"domain": ["figure", "bound"],
                                    "range": [ink.ink, ink.accent]}},
                "description": {"field": "says", "type": "nominal"},
            },
        },
        {
            "data": {"values": rows},
            "mark": {"type": "text", "dy": -12, "align": "left", "fontSize": 11.5,
                     "color": ink.quiet, "aria": False},
            "encoding": {"x": {**x, "field": "at"}, "y": y,
                         "text": {"field": "words", "type": "nominal"}},
        },
    ]  # fmt: skip
    return {"width": width, "height": {"step": _ROW + 6}, "layer": layers}


def _row(place: int, one: Estimate, look: Look) -> dict[str, Any]:
    says, language = _SAYS[look.language], look.language
    name = _TITLES[language][one.method]
    bound = one.high is None and one.estimate is not None
    low, high, value = one.low or 0.0, one.high or 0.0, one.estimate or 0.0
    if not value:
        words = says["none"]
    elif bound:
        words = says["least"].format(n=number(language, round(value)))
    else:
        words = says["interval"].format(
            n=number(language, round(value)),
            low=number(language, round(low)),
            high=number(language, round(high)),
        )
    return {
        "place": place, "name": name, "low": low, "high": 0.0 if bound else high, "value": value,
        "kind": "bound" if bound else "figure", "at": low or value or one.observed,
        "words": words, "says": f"{name}: {words}",
    }  # fmt: skip


def _overlaps(made: Estimation, look: Look, width: int) -> Spec:
    """Return bars of who stands on just which lists, the matrix of lists in words."""
    language, ink = look.language, look.ink
    shown = list(made.overlaps[:_MOST_OVERLAPS])
    rest = sum(people for _, people in made.overlaps[_MOST_OVERLAPS:])
    letters = 24 if look.phone else 34
    rows = [
        {
            "place": place, "name": _named(names, letters), "people": people,
            "amount": number(language, people), "several": "yes" if len(names) > 1 else "no",
            "says": f"{' + '.join(names)}: {number(language, people)}",
        }
        for place, (names, people) in enumerate(shown)
    ]  # fmt: skip
    if rest:
        other = _SAYS[language]["other"]
        rows.append({
            "place": len(rows), "name": other, "people": rest, "amount": number(language, rest),
            "several": "no", "says": f"{other}: {number(language, rest)}",
        })  # fmt: skip
    most = max((int(str(row["people"])) for row in rows), default=1)
    x = {
        "field": "people", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, most * 1.12], "nice": False},
    }  # fmt: skip
    y = {
        "field": "place", "type": "ordinal", "title": None,
        "axis": {
            "labelExpr": _labels([str(row["name"]) for row in rows]), "labelLimit": 220,
            "labelFontSize": 11, "labelColor": ink.ink,
        },
    }  # fmt: skip
    return {
        "title": {"text": _SAYS[language]["overlaps"], "fontSize": 14, "anchor": "start",
                  "offset": 8, "frame": "bounds"},
        "width": width,
        "height": {"step": 20},
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "x": x, "y": y,
                    "color": {"field": "several", "type": "nominal", "legend": None,
                              "scale": {"domain": ["yes", "no"],
                                        "range": [ink.accent, ink.ramp[2]]}},
                    "description": {"field": "says", "type": "nominal"},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11,
                         "color": ink.quiet, "aria": False},
                "encoding": {"x": x, "y": y, "text": {"field": "amount", "type": "nominal"}},
            },
        ],
    }  # fmt: skip


def _named(names: Sequence[str], letters: int) -> str:
    each = max(6, (letters - 3 * (len(names) - 1)) // len(names))
    return " + ".join(shorten(name, each, placeholder="…") or name[:each] for name in names)


def _labels(names: Sequence[str]) -> str:
    """Return the expression that puts a name to each place."""
    quoted = ", ".join("'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'" for name in names)
    return f"[{quoted}][datum.value]"
