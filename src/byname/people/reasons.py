"""The weight of each field of a pair, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from byname.names.forms import fold, masculine
from byname.names.latin import LATIN_TRADITIONS, to_latin
from byname.names.translit import is_latin
from byname.people.comparisons import comparisons
from byname.people.extras import Extra

_COLUMNS: dict[str, tuple[str, ...]] = {
    "surname": ("surname",), "given": ("given",), "father": ("patronymic",),
    "birth": ("birth_date",), "place": ("birth_place", "residence"), "job": ("occupation",),
    "nationality": ("nationality",), "ended": ("executions", "death_date"),
    "arrests": ("arrests",), "sentences": ("sentences",), "sex": (),
}  # fmt: skip
_NAMES = ("surname", "given", "father")
_SAME = ("surname is the same", "given name is the same", "patronymic is the same")
_SPOKEN = {"BGN": "English", "ISO": "ISO 9", "Baltic": "Latvian"}
_UKRAINIAN = frozenset("іїєґІЇЄҐ")


@dataclass(frozen=True, slots=True)
class Reason:
    """What one field says about a pair: words, and bits for (+) or against (-) one person."""

    field: str
    words: str
    bits: float

    def __str__(self) -> str:
        return f"{self.words}: {self.bits:+.1f}"


def reasons(
    extras: Sequence[Extra],
    levels: Sequence[int],
    bits: Sequence[float],
    left: Mapping[str, Any],
    right: Mapping[str, Any],
) -> list[Reason]:
    """Return the reasons of a pair, the weightiest first; fields not stated say nothing.

    Args:
        extras: the further columns of the model.
        levels: per comparison of the model its level, -1 for not stated.
        bits: per comparison its part of the weight.
        left: the values of one record, by column.
        right: those of the other.

    """
    found = [
        Reason(one.name, _words(one.name, one.levels[level].words, left, right), weight)
        for one, level, weight in zip(comparisons(extras), levels, bits, strict=True)
        if level >= 0
    ]
    return sorted(found, key=lambda reason: -abs(reason.bits))


def _words(name: str, words: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> str:
    one, two = (_value(name, side) for side in (left, right))
    if not one or not two:
        return words
    if name in _NAMES and words.startswith(_SAME) and one != two:
        words = f"{words.split(' is', maxsplit=1)[0]} differs only {difference(one, two)}"
    return f"{words} ({one})" if one == two else f"{words} ({one} / {two})"


def _value(name: str, record: Mapping[str, Any]) -> str:
    values = (record.get(column) for column in _COLUMNS.get(name, ()))
    texts = (", ".join(value) if isinstance(value, list) else value for value in values)
    return "; ".join(text for text in texts if text)


def difference(one: str, two: str) -> str:
    """Say how two spellings of one name differ: "as German spells it", "as Ukrainian does".

    >>> difference("Schukow", "Жуков"), difference("Иванова", "Иванов")
    ('as German spells it', 'as a woman and a man bear it')
    """
    if is_latin(one) != is_latin(two):
        return _across_scripts(*((one, two) if is_latin(one) else (two, one)))
    if is_latin(one):
        return "as two languages spell it"
    if bool(_UKRAINIAN & set(one)) != bool(_UKRAINIAN & set(two)):
        return "as Ukrainian or Belarusian and Russian spell it"
    if fold(one) == fold(two):
        return "in capitals, ё and й, or signs"
    same = masculine(fold(one)) == masculine(fold(two))
    return "as a woman and a man bear it" if same else "as forms of one name do"


def _across_scripts(latin: str, cyrillic: str) -> str:
    tradition = _tradition(latin, cyrillic)
    if tradition is None:
        return "in its letters, Latin and Cyrillic"
    return f"as {_SPOKEN.get(tradition, tradition)} spells it"


def _tradition(latin: str, cyrillic: str) -> str | None:
    plain = latin.casefold()
    for tradition in LATIN_TRADITIONS:
        if to_latin(cyrillic, tradition).casefold() == plain:
            return tradition
    return None
