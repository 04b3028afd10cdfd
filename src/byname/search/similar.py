"""How alike a word of the query and a part of a record's name are, and why, in words."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA

from byname.names.forms import fold, masculine, sound_key
from byname.search.query import Word

_COST_BY_LENGTH = ((9, 0.08, 0.2), (7, 0.1, 0.3), (5, 0.14, 0.4), (4, 0.2, 1.0), (1, 0.38, 1.0))
"""Shortest length, what one and what two wrong letters cost in a word of that length."""

_OTHER_BEGINNING = 0.05
"""What a different first letter costs beside: slips are rarest there."""


class Likeness(NamedTuple):
    """From 0 (nothing in common) to 1 (as written), and the difference in words."""

    value: float
    how: str


NOTHING = Likeness(0.0, "")


def likeness(word: Word, part: str) -> Likeness:
    """Compare ``word`` with ``part``, a word of a record's name as written."""
    form = fold(part)
    if word.initial:
        fits = form[:1] in {asked[:1] for asked in word.forms}
        return Likeness(0.97, f"matches the initial {word.text}.") if fits else NOTHING
    if len(form) == 1:
        fits = form in {asked[:1] for asked in word.forms}
        return Likeness(0.85, f"is given as the initial {part}. only") if fits else NOTHING
    if part.lower() == word.text.lower():
        return Likeness(1.0, "as written")
    return max(_by_form(word, part, form), _by_sound(word, part), key=lambda found: found.value)


def _by_form(word: Word, part: str, form: str) -> Likeness:
    pair = f"{word.text} / {part}"
    if form in word.forms:
        how = f"as written, in other letters: {pair}" if word.latin else "as written"
        return Likeness(0.99, how)
    if not word.latin and masculine(form) == masculine(word.forms[0]):
        return Likeness(0.96, f"in its masculine or feminine form: {pair}")
    distance, asked = min(
        (OSA.distance(asked, form, score_cutoff=3), asked) for asked in word.forms
    )
    if distance > 2:
        return NOTHING
    one, two = _costs(min(len(form), len(asked)))
    cost = one if distance == 1 else two
    if form[0] != asked[0]:
        cost += _OTHER_BEGINNING
    letters = "one letter" if distance == 1 else "two letters"
    return Likeness(max(0.0, 0.99 - cost), f"differs in {letters}: {pair}")


def _by_sound(word: Word, part: str) -> Likeness:
    key = sound_key(part)
    if len(key) < 2:
        return NOTHING
    pair = f"{word.text} / {part}"
    if key in word.keys:
        if word.latin:
            return Likeness(0.97, f"as written, in other letters: {pair}")
        return Likeness(0.9, f"sounds alike: {pair}")
    if len(key) >= 5 and any(OSA.distance(asked, key, score_cutoff=1) <= 1 for asked in word.keys):
        return Likeness(0.8 if len(key) >= 7 else 0.72, f"sounds nearly alike: {pair}")
    return NOTHING


def _costs(length: int) -> tuple[float, float]:
    for shortest, one, two in _COST_BY_LENGTH:
        if length >= shortest:
            return one, two
    return 1.0, 1.0
