"""Why a record answers to the query, part by part, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from byname.names.families import surname_form
from byname.names.forms import masculine, sound_key
from byname.search.forms import KINDS, Kind, family, pieces, whole
from byname.search.roles import Roles
from byname.search.words import Word

LABELS: dict[Kind, str] = {
    "surname": "surname", "given": "given name", "patronymic": "patronymic",
}  # fmt: skip
_NUMBERS = ("no letter", "one letter", "two letters", "three letters", "four letters")
HOW_WELL = (
    (0.985, "as asked"),
    (0.93, "very close"),
    (0.85, "close"),
    (0.7, "possible"),
    (0.0, "unlikely"),
)
"""Least score, and what it means in words."""


class RecordName(NamedTuple):
    """The name of a row as the record has it; ``other`` for a recorded alternate."""

    surname: str
    given: str
    patronymic: str
    other: bool

    @property
    def full(self) -> str:
        """The name in one line."""
        return " ".join(part for part in self[:3] if part)


def how_well(score: float) -> str:
    """Return what a score from 0 to 1 means, in words."""
    return next(words for least, words in HOW_WELL if score >= least)


def reasons(
    roles: Roles, name: RecordName, asked: int | None, born: tuple[int, int] | None
) -> list[str]:
    """Return why a record was found, a sentence for each part of the query."""
    found = []
    if name.other:
        found.append(f"found under another name, {name.full}")
    for kind in KINDS:
        word = roles.word(kind)
        if word is not None:
            found.append(_part(kind, word, getattr(name, kind)))
    found += [f"nothing in the record answers to {_shown(word)}" for word in roles.left_over]
    return [*found, *_birth(asked, born)]


def _shown(word: Word) -> str:
    return word.text + ("." if word.initial else "")


def _part(kind: Kind, word: Word, name: str) -> str:
    label = LABELS[kind]
    if not name:
        return f"{label} not stated in the record"
    folded = whole(name)
    how: str | None
    if word.initial:
        how = f"matches the initial {word.text}." if folded[:1] in word.letters else None
    elif word.wild:
        how = f"fits the pattern {word.text}: {name}"
    elif len(folded) == 1 and len(word.readings[0]) > 1:
        fits = folded in word.letters
        how = f"is given as the initial {folded.upper()}. only" if fits else None
    else:
        how = next(_differences(kind, word, name, folded), None)
    return f"{label} {how}" if how else f"nothing in the record answers to {_shown(word)}"


def _differences(kind: Kind, word: Word, name: str, folded: str) -> Iterator[str]:
    """Yield what the difference may be called, the smallest first."""
    pair = f"{word.text} / {name}"
    if folded in word.readings:
        if word.latin:
            yield f"as written, in other letters: {pair}"
        elif word.text.lower() == name.lower() or whole(word.text) == folded:
            yield "as written"
    asked = word.readings[0] if word.readings else ""
    if word.latin and word.written_as(name):
        yield f"as written, in other letters: {pair}"
    if kind == "surname":
        yield from _of_surname(word, name, folded, asked, pair)
    if folded in word.nominatives(kind):
        yield f"in a declined form: {pair}"
    if kind != "surname" and _same_family(kind, word, name):
        yield f"is another form of the same name: {pair}"
    distance, nearest = min(
        (OSA.distance(form, folded), form) for form in (*word.readings, *word.spellings(kind))
    )
    if distance and sound_key(folded) in word.sounds:
        letters = _NUMBERS[distance] if distance < len(_NUMBERS) else "several letters"
        yield f"sounds alike, differs in {letters}: {pair}"
    if distance <= max(2, len(nearest) // 3) and distance < len(_NUMBERS):
        yield f"differs in {_NUMBERS[distance]}: {pair}" if distance else f"as written: {pair}"
    if any(OSA.distance(key, sound_key(folded)) <= 1 for key in word.sounds):
        yield f"sounds nearly alike: {pair}"


def _of_surname(word: Word, name: str, folded: str, asked: str, pair: str) -> Iterator[str]:
    if not word.latin and folded != asked and masculine(folded) == masculine(asked):
        yield f"in its masculine or feminine form: {pair}"
    halves = pieces(name)
    if len(halves) > 1 and any(half in word.readings for half in halves):
        yield f"as written, one of a double surname: {pair}"
    if surname_form(name).replace("-", "") in word.surname_spellings:
        if word.latin:
            yield f"as written, in other letters: {pair}"
        if surname_form(name).replace("-", "") not in (folded, asked):
            yield f"in another spelling or form of the same name: {pair}"
    if any(half in word.nominatives("surname") for half in (folded, *halves)):
        yield f"in a declined form: {pair}"
    if surname_form(name).replace("-", "") in map(surname_form, word.nominatives("surname")):
        yield f"in a declined form: {pair}"


def _same_family(kind: Kind, word: Word, name: str) -> bool:
    return bool(word.family(kind)) and word.family(kind) == family(kind, name)


def _birth(asked: int | None, born: tuple[int, int] | None) -> Iterator[str]:
    if asked is None:
        return
    if born is None:
        yield "year of birth not stated"
        return
    low, high = born
    if low <= asked <= high:
        yield f"born {asked} as asked"
        return
    off = low - asked if asked < low else asked - high
    years = str(low) if low == high else f"{low} or {high}"
    if off <= 2:
        yield f"born {years}, {'one year' if off == 1 else 'two years'} off"
    else:
        yield f"born {years}, not {asked}"
