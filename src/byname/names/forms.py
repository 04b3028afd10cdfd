"""Comparison forms of a name part: what is left when spelling habits are taken away.

``fold`` removes what no reader would call a difference (case, ё, й, pre-reform and Ukrainian
letters). ``sound_key`` goes further, to plain ASCII in which unstressed vowels, hissing
consonants and the feminine ending of surnames fall together, whatever the script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from byname.names.translit import is_latin, likely_reading

_FOLDED = str.maketrans(
    {
        "ё": "е", "й": "и", "ѣ": "е", "і": "и", "ї": "и", "є": "е", "ґ": "г", "ѳ": "ф", "ѵ": "и",
        "ў": "у", "ә": "а", "ө": "о", "ү": "у", "қ": "к", "ғ": "г", "ң": "н", "һ": "х",
    }
)  # fmt: skip
_MARKS = re.compile(r"['’ʼ`´\-‐–.]")

_SOUNDS = str.maketrans(
    {
        "а": "a", "о": "a", "я": "a", "е": "i", "э": "i", "и": "i", "ы": "i", "у": "u", "ю": "u",
        "б": "b", "в": "v", "г": "g", "д": "d", "ж": "x", "ш": "x", "щ": "x", "з": "s", "с": "s",
        "к": "k", "л": "l", "м": "m", "н": "n", "п": "p", "р": "r", "т": "t", "ф": "f", "х": "h",
        "ц": "c", "ч": "q", "ь": "", "ъ": "",
    }
)  # fmt: skip
_FEMININE = (
    (re.compile(r"(?<=[сц]к)ая?$|(?<=[сц]ьк)а$"), "ии"),
    (re.compile(r"(?<=[вн])а$"), ""),
    (re.compile(r"(?<=..[^аеиоуыэюя])ая$"), "ыи"),
)
_ALIKE = (
    (re.compile(r"шч"), "щ"),
    (re.compile(r"дж"), "ж"),
    (re.compile(r"(?<=[жшщч])о"), "е"),
    (re.compile(r"[тд]ь?с(?=к)"), "ц"),
    (re.compile(r"тц|тс"), "ц"),
    (re.compile(r"кх"), "х"),
    (re.compile(r"ье|ие|ьо"), "е"),
    (re.compile(r"(?:ии|ыи|ои|еи|и|ы)$"), "и"),
    (re.compile(r"(?:фф?|в)$"), "в"),
)
_VOWELS = re.compile(r"i+")
_DOUBLED = re.compile(r"(.)\1+")


def fold(word: str) -> str:
    """Return ``word`` in lower case without what nobody would call a difference.

    >>> fold("Семёнов"), fold("Ѳедоровъ"), fold("Д’Артаньян")
    ('семенов', 'федоров', 'дартаньян')
    """
    folded = _MARKS.sub("", unicodedata.normalize("NFC", word).lower()).translate(_FOLDED)
    return folded[:-1] if folded.endswith("ъ") else folded


def masculine(form: str) -> str:
    """Return the folded surname as a man would bear it: "иванова" -> "иванов".

    Applied to both sides of a comparison, so that it does no harm to "калина".
    """
    for pattern, ending in _FEMININE:
        changed, count = pattern.subn(ending, form)
        if count and len(changed) > 3:
            return changed
    return form


@lru_cache(maxsize=100_000)
def sound_key(word: str) -> str:
    """Return what ``word`` sounds like, in ASCII, for a word of either script.

    >>> sound_key("Тухачевская") == sound_key("Тухачевський") == sound_key("Tuchatschewski")
    True
    """
    form = fold(likely_reading(word) if is_latin(word) else word)
    form = masculine(form)
    for pattern, sound in _ALIKE:
        form = pattern.sub(sound, form)
    key = form.translate(_SOUNDS)
    key = "".join(letter for letter in key if letter.isascii() and letter.isalnum())
    return _DOUBLED.sub(r"\1", _VOWELS.sub("i", key))
