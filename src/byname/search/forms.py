"""The forms under which a name as written can be looked up: spelling, sound, family."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from byname.names.families import father_family, given_family, surname_form, surname_halves
from byname.names.forms import fold, sound_key
from byname.names.syllables import syllables

Kind = Literal["surname", "given", "patronymic"]
KINDS: tuple[Kind, ...] = ("surname", "given", "patronymic")

_CUT = re.compile(r"[\s\-‐‑–—/.,;()\[\]]+")
_FAMILY: dict[Kind, Callable[[str], str]] = {
    "surname": lambda text: "",
    "given": given_family,
    "patronymic": father_family,
}


def pieces(text: str) -> list[str]:
    """Return the folded words of a name, hyphens taken for blanks."""
    return [piece for piece in map(fold, _CUT.split(text)) if piece]


def whole(text: str) -> str:
    """Return a name folded into one word: "Чер-Сан" and "Чер Сан" alike.

    >>> whole("Чер-Сан") == whole("чер сан") == "черсан"
    True
    """
    return "".join(pieces(text))


def spellings(kind: Kind, text: str) -> list[str]:
    """Return what a name is spelt like: the whole, and each half of a double name."""
    if kind == "surname":
        found = [surname_form(text).replace("-", ""), *surname_halves(text)]
    else:
        words = pieces(text)
        found = ["".join(words), *(word for word in words[:4] if not _syllable(word))]
    return [form for form in dict.fromkeys(found) if form]


def _syllable(word: str) -> bool:
    """Tell whether a word of a name is a syllable, as in Chinese and Korean names: no name."""
    return len(word) < 4 or len(syllables(word)) == 1


def sounds(kind: Kind, text: str) -> list[str]:
    """Return what a name sounds like: the whole, and each half of a double surname."""
    found = [sound_key(whole(text))]
    if kind == "surname":
        found += [sound_key(half) for half in pieces(text)]
    return [key for key in dict.fromkeys(found) if len(key) > 1]


def family(kind: Kind, text: str) -> str:
    """Return the family of a given name or of a father's name; "" for a surname."""
    return _FAMILY[kind](text)
