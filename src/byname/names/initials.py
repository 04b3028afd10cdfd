"""Initials: which letters an initial may stand for, whatever the script it is written in."""

from __future__ import annotations

import re

from byname.names.forms import fold
from byname.names.letters import repair_lookalikes

_ONE = re.compile(r"[^\W\d_]['’ʼ]?\.?")
_LATIN_GROUPS: dict[str, str] = {
    "a": "а", "b": "б", "c": "кцчс", "d": "д", "e": "еэ", "f": "ф", "g": "гдж", "h": "хг",
    "i": "ияю", "j": "ияюеждх", "k": "кх", "l": "л", "m": "м", "n": "н", "o": "о", "p": "пф",
    "q": "к", "r": "р", "s": "сзшщ", "t": "тфц", "u": "у", "v": "вф", "w": "ву", "x": "ксх",
    "y": "иеяюы", "z": "зцж", "š": "ш", "č": "ч", "ž": "ж", "ż": "ж", "ł": "л", "ś": "с",
    "ć": "ч", "ź": "з", "ö": "ое", "ä": "аэе", "ü": "юу", "é": "е", "è": "е", "õ": "ы", "ŝ": "щ",
    "zh": "ж", "kh": "х", "ch": "чхш", "sh": "шж", "shch": "щ", "sch": "шщж", "tsch": "ч",
    "schtsch": "щ", "ts": "ц", "yu": "ю", "ya": "я", "ye": "е", "yo": "е", "ju": "ю", "ja": "я",
    "je": "е", "jo": "ие", "iu": "ю", "ia": "я", "cz": "ч", "sz": "ш", "szcz": "щ", "rz": "р",
    "th": "тф", "ph": "ф", "dj": "д", "tch": "ч", "ou": "у",
}  # fmt: skip
"""Latin initial -> the Cyrillic letters it may stand for, the likeliest first."""

_CYRILLIC_SAME = {"е": "еэ", "э": "еэ", "ы": "ыи"}


def is_initial(text: str) -> bool:
    """Tell whether ``text`` is a letter in place of a name: "И.", "J", "Yu.", "Дж." .

    >>> is_initial("И."), is_initial("Zh."), is_initial("Ив."), is_initial("И")
    (True, True, False, True)
    """
    bare = text.strip()
    if _ONE.fullmatch(bare):
        return bool(fold(bare))
    return bare.endswith(".") and (bare[:-1].lower() in _LATIN_GROUPS or bare.lower() == "дж.")


def likely_letter(initial: str) -> str:
    """Return the one Cyrillic letter that an initial most likely stands for ("J." -> "и")."""
    bare = fold(repair_lookalikes(initial)[0].strip(" .'’ʼ"))
    return _LATIN_GROUPS.get(bare, bare)[:1]


def readings_of_initial(initial: str) -> frozenset[str]:
    """Return the Cyrillic letters an initial may stand for, of either script.

    >>> sorted(readings_of_initial("J.")), sorted(readings_of_initial("Й."))
    (['д', 'е', 'ж', 'и', 'х', 'ю', 'я'], ['и'])
    """
    bare = fold(initial.strip(" .'’ʼ"))
    return frozenset(_LATIN_GROUPS.get(bare) or _CYRILLIC_SAME.get(bare) or bare[:1])
