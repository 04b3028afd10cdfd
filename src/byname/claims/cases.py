"""Russian case endings, as far as they tell the doer from the one it was done to."""

from __future__ import annotations

import re

from byname.claims.tagging import Tag, fold
from byname.knowledge import Base

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_NAMING = re.compile(r"(?:[бвгджзклмнпрстфхцчшщ]|ий|ый|ой)$")
"""How a surname ends that is in no list of forms."""


def russian(words: str) -> bool:
    """Tell whether some words are Russian."""
    return _CYRILLIC.search(words) is not None


def possessive(tag: Tag, text: str) -> bool:
    """Tell whether a name says whose: "Stalin's"; the ending may be part of the tag or not."""
    return text[tag.start : tag.end].endswith(_WHOSE) or text[tag.end : tag.end + 2] in _WHOSE


_WHOSE = ("'s", "’s", "s'", "s’")


def nominative(tag: Tag, text: str, base: Base) -> bool:
    """Tell whether a Russian name stands in the case of the subject: "Ежов", not "Ежова".

    The first Russian form of a row is the nominative one.
    """
    word = fold(text[tag.start : tag.end].rsplit(maxsplit=1)[-1])
    term = base.rows.terms.get(tag.term)
    forms = [form for form in term.forms if russian(form)] if term else []
    plain = {fold(form.split()[-1]) for form in forms[:1] if not form.endswith("*")}
    listed = {fold(form.split()[-1]) for form in forms}
    if word in plain:
        return True
    return word not in listed and _NAMING.search(word) is not None
