"""Dated events in the margin of a chart: each a thin line at its day, its name above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from byname.charts.frame import Spec
from byname.charts.look import Look
from byname.charts.words import short_day
from byname.knowledge import Event

LANE = 15
"""Height of a line of labels, in pixels."""
_LETTER = 5.7
"""Width of a letter of a label, in pixels; Cyrillic ones are a little wider."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event at its place: a line at ``at``, its words on ``lane`` counted from the top."""

    event: Event
    at: date
    label: str
    lane: int


def laid_out(
    events: Sequence[Event], ends: tuple[date, date], width: int, look: Look
) -> list[Mark]:
    """Return the events with their labels on lanes where no label covers another.

    A label stands right of its line. It takes the highest lane from which its line runs down
    without crossing a label: the lanes below it must be free at that place.
    """
    days = (ends[1] - ends[0]).days
    letter = _letter(look)
    reach: list[float] = []
    marks: list[Mark] = []
    for event in sorted(events, key=lambda event: (event.when.first, event.id)):
        label = f"{short_day(look.language, event.when.first)}  {name_of(event, look.language)}"
        shown = f"{len(marks) + 1}" if look.phone else label
        at = (event.when.first - ends[0]).days / days * width
        long = len(shown) * letter + (6 if look.phone else 14)
        lane = next(n for n in range(len(reach) + 1) if all(at > end for end in reach[n:]))
        del reach[lane:]
        reach.append(at + long)
        marks.append(Mark(event, event.when.first, label, lane))
    return marks


def fitting(events: Sequence[Event], ends: tuple[date, date], width: int, look: Look) -> int:
    """Return how wide the plot may be so that no label runs out of the picture."""
    room, days = float(width), (ends[1] - ends[0]).days
    for event in events:
        label = f"{short_day(look.language, event.when.first)}  {name_of(event, look.language)}"
        share = (event.when.first - ends[0]).days / days
        if not look.phone and share > 0:
            room = min(room, (width - len(label) * _letter(look)) / share)
    return max(round(room), width // 2)


def _letter(look: Look) -> float:
    return _LETTER * (1.06 if look.language == "ru" else 1)


def name_of(event: Event, language: str) -> str:
    """Return an event in a few words; one not yet confirmed in its source has a star."""
    short = event.short
    name = event.states if short is None else short.ru if language == "ru" else short.en
    return name if event.confirmed else f"{name}*"


def mark_layers(
    marks: list[Mark], room: float, height: float, look: Look
) -> tuple[list[Spec], list[Spec]]:
    """Return the lines, which go behind the bars, and the labels, which go before them.

    Args:
        marks: the events, laid out.
        room: the highest value of the scale of counts.
        height: of the plot in pixels, which shows that scale from 0 to ``room``.
        look: language and colours; on a telephone numbers stand for the words.

    """
    values: list[dict[str, Any]] = []
    for place, mark in enumerate(marks, 1):
        values.append(
            {
                "event": mark.event.id,
                "at": mark.at.isoformat(),
                "label": str(place) if look.phone else mark.label,
                "top": round(room * (1 - (mark.lane * LANE + 8) / height), 4),
                "says": f"{mark.label}. {mark.event.states}",
            }
        )
    if not values:
        return [], []
    return [_lines(values, look)], [_words(values, look, halo) for halo in (True, False)]


def _lines(values: list[dict[str, Any]], look: Look) -> Spec:
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "color": look.ink.accent, "strokeWidth": 1, "opacity": 0.8},
        "encoding": {
            "x": {"field": "at"},
            "y": {"field": "top"},
            "y2": {"datum": 0},
            "tooltip": {"field": "says", "type": "nominal"},
            "description": {"field": "says", "type": "nominal"},
        },
    }


def _words(values: list[dict[str, Any]], look: Look, halo: bool) -> Spec:
    """Return the labels; under each its own shape in the colour of the paper, to part it."""
    mark: dict[str, Any] = {
        "type": "text",
        "align": "left",
        "dx": 4,
        "fontSize": 11,
        "baseline": "middle",
        "aria": False,
        "color": look.ink.accent,
    }
    if halo:
        mark |= {"stroke": look.ink.paper, "strokeWidth": 4, "color": look.ink.paper}
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {
            "x": {"field": "at"},
            "y": {"field": "top"},
            "text": {"field": "label", "type": "nominal"},
        },
    }
