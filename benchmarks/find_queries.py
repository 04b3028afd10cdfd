"""Queries for ``find``: fifteen ways in which somebody asks for a person of a list.

Slips, respellings and transliterations are made by the tables here and those of
``synthetic_lists``, by nothing of ``byname.names``: nobody is examined with his own answers.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import synthetic_lists as lists

_ALPHABET = "абвгдежзийклмнопрстуфхцчшщыьэюя"
_ISO_9 = {
    "ё": "ë", "ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "ŝ", "ъ": "ʺ",
    "ь": "ʹ", "э": "è", "ю": "û", "я": "â", "а": "a", "б": "b", "в": "v", "г": "g", "д": "d",
    "е": "e", "з": "z", "и": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "ы": "y",
}  # fmt: skip


class Target(NamedTuple):
    """Who is meant."""

    surname: str
    given: str
    patronymic: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, its class, who is meant, and which of his parts it tells."""

    kind: str
    text: str
    target: Target
    parts: tuple[str, ...]

    def right(self, found: Target) -> bool:
        """Tell whether a record found is the one meant, as far as the query can tell."""
        for part in self.parts:
            asked, has = getattr(self.target, part.rstrip(".")), getattr(found, part.rstrip("."))
            if part.endswith("."):
                asked, has = asked[:1], has[:1]
            if asked != has:
                return False
        return True


FULL = ("surname", "given", "patronymic")
Maker = Callable[[Target, random.Random], str]


def slip(text: str, rng: random.Random) -> str:
    """Return ``text`` with one slip: a letter wrong, missing, too many, or two changed over."""
    while True:
        at = rng.randrange(len(text))
        if not text[at].isalpha():
            continue
        roll = rng.random()
        letter = rng.choice(_ALPHABET)
        if roll < 0.4:
            made = text[:at] + letter + text[at + 1 :]
        elif roll < 0.6:
            made = text[:at] + text[at + 1 :]
        elif roll < 0.8:
            made = text[:at] + letter + text[at:]
        else:
            made = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        if made.lower() != text.lower() and made.split() and len(made.split()) == len(text.split()):
            return made


def full(target: Target) -> str:
    return " ".join(target[:3])


def _spelling(target: Target, rng: random.Random) -> str:
    return f"{lists.respelt(target.surname, rng)} {target.given} {target.patronymic}"


def _latin(tradition: str) -> Maker:
    def make(target: Target, rng: random.Random) -> str:
        return " ".join(lists._roman(part, tradition) for part in target[:3])

    return make


def _iso(target: Target, rng: random.Random) -> str:
    made = "".join(_ISO_9.get(letter, letter) for letter in full(target).lower())
    return made.title()


def _ukrainian(target: Target, rng: random.Random) -> str:
    return " ".join(
        lists._UKRAINIAN.get(part) or lists._in_ukrainian(part, rng) for part in target[:3]
    )


def _two_slips(target: Target, rng: random.Random) -> str:
    return slip(slip(full(target), rng), rng)


def _initials(target: Target, rng: random.Random) -> str:
    return f"{target.surname} {target.given[0]}. {target.patronymic[0]}."


CLASSES: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "exact": (lambda t, rng: full(t), FULL),
    "one slip": (lambda t, rng: slip(full(t), rng), FULL),
    "two slips": (_two_slips, FULL),
    "spelling": (_spelling, FULL),
    "no patronymic": (lambda t, rng: f"{t.surname} {t.given}", ("surname", "given")),
    "no patronymic, year": (
        lambda t, rng: f"{t.surname} {t.given} {t.year}", ("surname", "given", "year"),
    ),
    "initials": (_initials, ("surname", "given.", "patronymic.")),
    "surname and year": (lambda t, rng: f"{t.surname} {t.year}", ("surname", "year")),
    "Latin, BGN": (_latin("bgn"), FULL),
    "Latin, ISO 9": (_iso, FULL),
    "Latin, German": (_latin("german"), FULL),
    "Latin, Polish": (_latin("polish"), FULL),
    "Latin, French": (_latin("french"), FULL),
    "Ukrainian": (_ukrainian, FULL),
    "transposed": (lambda t, rng: f"{t.given} {t.patronymic} {t.surname}", FULL),
}  # fmt: skip


def queries(targets: list[Target], count: int, rng: random.Random) -> list[Asked]:
    """Return ``count`` queries, the classes in turn, for targets drawn by lot."""
    usable = [t for t in targets if t.patronymic and t.given and t.year]
    found = []
    for number in range(count):
        kind = list(CLASSES)[number % len(CLASSES)]
        make, parts = CLASSES[kind]
        target = rng.choice(usable)
        found.append(Asked(kind, make(target, rng), target, parts))
    return found
