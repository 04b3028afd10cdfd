"""Whom an estimate is about, and how many of them the lists name, in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NO_PLACE = "no {axis} that could be read"
"""What the part of those is called who cannot be parted by an axis."""

_NARROW = "\u202f"

_ONE_MORE: dict[str, tuple[str, str, str]] = {
    "named": ("человек", "человека", "человек"),
    "executed": ("расстрелянный", "расстрелянных", "расстрелянных"),
    "arrested": ("арестованный", "арестованных", "арестованных"),
    "sentenced": ("осуждённый", "осуждённых", "осуждённых"),
    "died": ("умерший", "умерших", "умерших"),
    "rehabilitated": ("реабилитированный", "реабилитированных", "реабилитированных"),
}
_CONDITIONS = {
    "from": "с", "to": "по", "region": "регион", "region of": "регион по", "sex": "пол",
    "nationality": "национальность", "party": "партийность", "occupation": "род занятий",
    "body": "орган", "article": "статья", "fate": "судьба",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """Whom an estimate is about.

    Attributes:
        what: the event that befell them, or "named" for everybody.
        conditions: what else was asked of them: name -> value, as the reader typed it.

    """

    what: str = "named"
    conditions: Mapping[str, str] = field(default_factory=dict)

    def words(self, count: int = 2) -> str:
        """Return "people executed (sex female)", or "person ..." for a count of one."""
        noun = "person" if count == 1 else "people"
        event = "" if self.what == "named" else f" {self.what}"
        shown = ", ".join(f"{name} {value}" for name, value in self.conditions.items())
        return f"{noun}{event}" + (f" ({shown})" if shown else "")


def lists_name(about: About, lists: int, people: int, language: str = "en") -> str:
    """Return "The 4 lists name 4,400 people", "В 4 списках названо 4 400 человек"."""
    if language == "en":
        return f"The {lists} lists name {number(people)} {about.words(people)}"
    form = _russian(people)
    noun = _ONE_MORE.get(about.what, _ONE_MORE["named"])[form]
    shown = "; ".join(
        f"{_CONDITIONS.get(name, name)}: {value}" for name, value in about.conditions.items()
    )
    verb = "назван" if form == 0 else "названо"
    inside = "списке" if _russian(lists) == 0 else "списках"
    named = f"В {lists} {inside} {verb} {number(people, 'ru')} {noun}"
    return named + (f" ({shown})" if shown else "")


def number(people: float, language: str = "en") -> str:
    """Return "8,390" or "8 390", with a blank that does not break."""
    text = f"{people:,.0f}"
    return text.replace(",", _NARROW) if language == "ru" else text


def _russian(count: int) -> int:
    """Return which form of a noun goes with a number: of one, of two to four, of more."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2
