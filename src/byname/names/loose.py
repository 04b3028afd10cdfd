"""The loose form of a name: its letters without what a clerk did not hear.

Between ``forms.fold`` (nothing that anybody would call a difference) and ``forms.sound_key``
(which throws the vowels together): soft signs, doubled consonants, ы and э, the Ukrainian and
Belarusian letters are taken away, every vowel stays where it was.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from byname.names.forms import fold
from byname.names.letters import repair_lookalikes

_SOFT_O = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])['’ʼ`]?(?:ьо|йо)")
_LETTERS = str.maketrans({"ы": "и", "э": "е", "ь": None, "ъ": None, "ћ": "ч", "ђ": "дж", "ј": "и"})
_DOUBLED = re.compile(r"([ибвгджзклмнпрстфхцчшщ])\1+")
_OTHER = re.compile(r"[^а-я ]")
_SPACES = re.compile(r" {2,}")
_LATIN_PLAIN = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d", "ə": "a", "æ": "ae"})


@lru_cache(maxsize=200_000)
def loose(word: str) -> str:
    """Return the loose form of a Cyrillic word or words, in а-я and single spaces.

    >>> loose("Кирилл"), loose("Ѳаддѣй"), loose("Воробйов"), loose("Гольдберг")
    ('кирил', 'фадеи', 'воробев', 'голдберг')
    """
    text = unicodedata.normalize("NFC", repair_lookalikes(word)[0]).lower().replace("ў", "в")
    form = fold(_SOFT_O.sub("е", text)).translate(_LETTERS)
    form = _OTHER.sub("", form).replace("шч", "щ")
    form = _DOUBLED.sub(r"\1", form).replace("иа", "ия")
    return _SPACES.sub(" ", form).strip()


@lru_cache(maxsize=50_000)
def plain_latin(word: str) -> str:
    """Return a Latin word in a-z: "Józef" -> "jozef"."""
    bare = unicodedata.normalize("NFD", word.lower().translate(_LATIN_PLAIN))
    return "".join(letter for letter in bare if "a" <= letter <= "z")
