"""Which record field a column's heading names.

Two ways of knowing, both tables a reader may look at: the field names of a record (repeated
here, since ``sources`` does not import ``records``; a test compares them) and the words of
``headers.yaml``, which a historian may extend without touching code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import yaml

from byname.errors import VocabularyError

PERSON_COLUMNS: tuple[str, ...] = (
    "surname", "given", "patronymic", "other_names", "sex", "birth_date", "birth_place", "age",
    "nationality", "citizenship", "social_origin", "education", "party", "occupation",
    "residence", "family", "death_date", "death_place", "burial_place", "archive_file",
    "source_book", "notes",
)  # fmt: skip
"""The person fields of a record, as ``records`` names them."""

CASE_COLUMNS: tuple[str, ...] = (
    "arrest_date", "arrest_body", "detention", "charge", "articles", "sentence_date",
    "sentencing_body", "sentence", "served_at", "execution_date", "release_date", "release",
    "rehabilitation_date", "rehabilitation_body", "rehabilitation_grounds",
)  # fmt: skip
"""The case fields of a record; ``arrest_date_2`` is that of the second case."""

NAME_COLUMNS = ("surname", "given", "patronymic", "name")
"""Columns of which a table of people has at least one; ``name`` is the full name."""

ROLES = ("raw", "locator", "source", "title")
"""What a column may be instead of a field of the record."""

_FIELDS = frozenset((*PERSON_COLUMNS, *CASE_COLUMNS, "name"))
_NUMBERED = re.compile(r"(?P<field>[a-z_]+?)[_ ]?(?P<n>[1-9]\d?)")


def is_field(name: str) -> bool:
    """Whether ``name`` is a column that ``Entry.columns`` may have."""
    return canonical(name) is not None


def canonical(name: str) -> str | None:
    """Return the field ``name`` stands for ("birth.date", "arrest_date_1"), or None."""
    plain = name.strip().casefold().replace(".", "_").replace(" ", "_")
    if plain in _FIELDS:
        return plain
    numbered = _NUMBERED.fullmatch(plain)
    if numbered is None or numbered["field"] not in CASE_COLUMNS:
        return None
    return numbered["field"] if numbered["n"] == "1" else f"{numbered['field']}_{numbered['n']}"


def meaning(heading: str) -> str | None:
    """Return the field or role that ``heading`` names, or None when nobody can know."""
    return canonical(heading) or _words().get(_plain(heading))


def meanings(headings: Iterable[str]) -> dict[str, str]:
    """Return heading -> field or role for those headings whose meaning is known."""
    found = {heading: meaning(heading) for heading in headings}
    return {heading: name for heading, name in found.items() if name is not None}


def role_columns(headings: Sequence[str]) -> dict[str, str]:
    """Return role -> the heading that has it; of several, the word headers.yaml has first."""
    order = {word: rank for rank, word in enumerate(_words())}
    chosen: dict[str, str] = {}
    for heading in sorted(headings, key=lambda name: order.get(_plain(name), len(order))):
        role = meaning(heading)
        if role in ROLES:
            chosen.setdefault(role, heading)
    return chosen


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether ``cells`` head a table of people or of their texts."""
    known = set(meanings(cells).values())
    return len(cells) > 1 and ("raw" in known or bool(known.intersection(NAME_COLUMNS)))


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("ё", "е").replace("_", " ").split())


@cache
def _words() -> dict[str, str]:
    """Return the table of headers.yaml turned round: word -> field or role."""
    name = "headers.yaml"
    loaded = yaml.safe_load(files("byname.sources").joinpath(name).read_text("utf-8"))
    if not isinstance(loaded, dict):
        raise VocabularyError(f"{name} is not a table of field: [words].")
    words: dict[str, str] = {}
    for field, listed in loaded.items():
        if field not in ROLES and canonical(str(field)) is None:
            raise VocabularyError(f"{name}: {field!r} is not a field of a record.")
        if not isinstance(listed, list):
            raise VocabularyError(f"{name}: {field}: give its words as a list in brackets.")
        for word in listed:
            plain = _plain(str(word))
            if words.setdefault(plain, str(field)) != field:
                raise VocabularyError(f"{name}: {word!r} stands under {words[plain]} and {field}.")
    return words
