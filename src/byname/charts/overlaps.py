"""Bars of who stands on just which lists, and the key to the names of the lists."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

from byname.charts.frame import Spec
from byname.charts.look import Look
from byname.charts.words import number

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation

_MOST = 16
_LONGEST_TITLE = 160
_LETTERS, _PHONE_LETTERS = 36, 20
"""So many letters have room beside the bars."""
_SAYS = {
    "en": {"title": "Who stands on which lists; dark: on several",
           "other": "{n} other combinations", "key": "{name}: {title}, {people}"},
    "ru": {"title": "Кто в каких списках; тёмным — в нескольких",
           "other": "прочие ({n})", "key": "{name}: {title}, {people}"},
}  # fmt: skip


def short_names(made: Estimation, look: Look) -> dict[str, str]:
    """Return what the lists are called on the bars: their numbers where names are too long."""
    longest = max(len(" + ".join(lists)) for lists, _ in made.overlaps[:_MOST])
    if longest <= (_PHONE_LETTERS if look.phone else _LETTERS):
        return {name: name for name in made.lists}
    return {name: str(number) for number, name in enumerate(made.lists, 1)}


def key_lines(made: Estimation, look: Look, names: Mapping[str, str]) -> list[str]:
    """Return a line a list where its name on the bars is not its title; else nothing."""
    says = _SAYS[look.language]
    titles = made.titles or made.lists
    if all(names[name] == title for name, title in zip(made.lists, titles, strict=True)):
        return []
    lines: list[str] = []
    for name, title, people in zip(made.lists, titles, made.sizes, strict=True):
        told = says["key"].format(
            name=names[name],
            title=shorten(title, _LONGEST_TITLE, placeholder="…"),
            people=number(look.language, people),
        )
        lines += wrap(told, look.letters, subsequent_indent="   ")
    return lines


def overlaps(
    made: Estimation, look: Look, sizes: tuple[int, int], names: Mapping[str, str]
) -> Spec:
    """Return a bar a combination of lists, the largest first."""
    rows = _rows(made, look, names)
    most = max((row["people"] for row in rows), default=1)
    ink = look.ink
    x = {
        "field": "people", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, most * (1.3 if look.phone else 1.12)], "nice": False},
    }  # fmt: skip
    y = {
        "field": "name", "type": "nominal", "title": None,
        "sort": [row["name"] for row in rows],
        "axis": {"labelLimit": sizes[1] - 6, "labelFontSize": 11, "labelColor": ink.ink,
                 "minExtent": sizes[1], "maxExtent": sizes[1]},
    }  # fmt: skip
    bars = {
        "mark": {"type": "bar"},
        "encoding": {
            "x": x, "y": y,
            "color": {"field": "several", "type": "nominal", "legend": None,
                      "scale": {"domain": ["yes", "no"], "range": [ink.ramp[3], ink.ramp[1]]}},
            "description": {"field": "says", "type": "nominal"},
        },
    }  # fmt: skip
    amounts = {
        "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11, "color": ink.quiet,
                 "aria": False},
        "encoding": {"x": x, "y": y, "text": {"field": "amount", "type": "nominal"}},
    }  # fmt: skip
    return {
        "title": {"text": _SAYS[look.language]["title"], "fontSize": 14, "anchor": "start",
                  "offset": 8, "frame": "bounds"},
        "width": sizes[0],
        "height": {"step": 20},
        "data": {"values": rows},
        "layer": [bars, amounts],
    }  # fmt: skip


def _rows(made: Estimation, look: Look, names: Mapping[str, str]) -> list[dict[str, Any]]:
    language = look.language
    shown = made.overlaps if len(made.overlaps) <= _MOST else made.overlaps[: _MOST - 1]
    rest = made.overlaps[len(shown) :]
    found = [
        {
            "place": place, "name": " + ".join(names[one] for one in lists), "people": people,
            "several": "yes" if len(lists) > 1 else "no",
            "says": f"{' + '.join(lists)}: {number(language, people)}",
        }
        for place, (lists, people) in enumerate(shown)
    ]  # fmt: skip
    if rest:
        people = sum(one for _, one in rest)
        other = _SAYS[language]["other"].format(n=len(rest))
        several = "yes" if all(len(lists) > 1 for lists, _ in rest) else "no"
        found.append({
            "place": len(found), "name": other, "people": people, "several": several,
            "says": f"{other}: {number(language, people)}",
        })  # fmt: skip
    return [{**row, "amount": number(language, float(str(row["people"])))} for row in found]
