"""Why a record answers to the query, part by part, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from byname.names.families import near_families, surname_form, surname_halves
from byname.names.forms import masculine, sound_key
from byname.search.forms import KINDS, Kind, family, pieces, whole
from byname.search.roles import Roles
from byname.search.wildcards import fits
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
        how = f"fits the pattern {word.text}: {name}" if fits(word.text, folded) else None
    elif len(folded) == 1 and len(word.readings[0]) > 1:
        same = folded in word.letters
        how = f"is given as the initial {folded.upper()}. only" if same else None
    else:
        how = next(_differences(kind, word, name, folded), None)
    return f"{label} {how}" if how else f"nothing in the record answers to {_shown(word)}"


def _differences(kind: Kind, word: Word, name: str, folded: str) -> Iterator[str]:
    """Yield what the difference may be called, the smallest first."""
    pair = f"{word.text} / {name}"
    if folded in word.readings and not word.latin:
        yield "as written"
    if word.latin and (folded in word.readings or word.written_as(name)):
        yield f"as written, in other letters: {pair}"
    if kind == "surname":
        yield from _of_surname(word, name, folded, pair)
    if folded in word.nominatives(kind):
        yield f"in a declined form: {pair}"
    if kind != "surname":
        yield from _of_family(kind, word, name, pair)
    yield from _of_letters(kind, word, folded, pair)


def _of_surname(word: Word, name: str, folded: str, pair: str) -> Iterator[str]:
    asked = word.readings[0]
    if not word.latin and masculine(folded) == masculine(asked):
        yield f"in its masculine or feminine form: {pair}"
    halves = pieces(name)
    if len(halves) > 1 and any(half in word.readings for half in halves):
        yield f"as written, one of a double surname: {pair}"
    form = surname_form(name).replace("-", "")
    if "-" in word.text and folded in pieces(word.text):
        yield f"is one half of the double surname asked for: {pair}"
    if form in word.surname_spellings:
        yield (
            f"as written, in other letters: {pair}"
            if word.latin
            else (f"in another spelling of the same name: {pair}")
        )
    if not set(surname_halves(name)).isdisjoint(word.surname_spellings):
        yield f"like a half of a double surname: {pair}"
    if form in word.declined("surname") or any(half in word.declined("surname") for half in halves):
        yield f"in a declined form: {pair}"


def _of_family(kind: Kind, word: Word, name: str, pair: str) -> Iterator[str]:
    asked, has = word.family(kind), family(kind, name)
    if asked and asked == has:
        yield f"is another form of the same name: {pair}"
    elif has in near_families(asked):
        yield f"is a name that the same person may be found under: {pair}"


def _of_letters(kind: Kind, word: Word, folded: str, pair: str) -> Iterator[str]:
    distance, nearest = min(
        (OSA.distance(form, folded), form) for form in (*word.readings, *word.spellings(kind))
    )
    letters = _NUMBERS[distance] if distance < len(_NUMBERS) else "several letters"
    if sound_key(folded) in word.sounds:
        yield (
            f"sounds alike, differs in {letters}: {pair}"
            if distance
            else (f"in another spelling of the same name: {pair}")
        )
    if distance <= max(2, len(nearest) // 3) and distance < len(_NUMBERS):
        yield (
            f"differs in {letters}: {pair}"
            if distance
            else (f"in another spelling of the same name: {pair}")
        )
    if any(OSA.distance(key, sound_key(folded)) <= 1 for key in word.sounds):
        yield f"sounds nearly alike: {pair}"
    if 2 * distance <= len(folded):
        yield f"like in half of its letters or more: {pair}"


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
