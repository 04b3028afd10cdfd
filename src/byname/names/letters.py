"""Latin letters that stand for Cyrillic ones inside a word, and their repair.

Typists and scanners put "H" for "Н" and "c" for "с". A word that mixes both scripts is
repaired letter for letter, so that every character keeps its place and spans stay true.
"""

from __future__ import annotations

import re

_LOOKALIKES = str.maketrans("ABCEHIKMOPTXaceiopxyBÏï", "АВСЕНІКМОРТХасеіорхуВЇї")
_CYRILLIC = "\u0400-\u04ff"
_MIXED = re.compile(
    rf"(?<![A-Za-z{_CYRILLIC}])(?=[A-Za-z{_CYRILLIC}]*[A-Za-zÏï])"
    rf"(?=[A-Za-z]*[{_CYRILLIC}])[A-Za-zÏï{_CYRILLIC}]+"
)
_BESIDE = re.compile(rf"[A-Za-zÏï][{_CYRILLIC}]|[{_CYRILLIC}][A-Za-zÏï]")
_ONLY_LOOKALIKES = frozenset("ABCEHIKMOPTXaceiopxyÏï")


def repair_lookalikes(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return ``text`` with mixed words in Cyrillic, and the ranges of the words changed.

    A word is repaired only when each of its Latin letters looks like a Cyrillic one
    ("Hиколай", not "USB-порт"); the length never changes.
    """
    if not _BESIDE.search(text):
        return text, []
    changed: list[tuple[int, int]] = []

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        latin = {letter for letter in word if letter.isascii() or letter in "Ïï"}
        if not latin <= _ONLY_LOOKALIKES or word.isascii():
            return word
        changed.append(match.span())
        return word.translate(_LOOKALIKES)

    return _MIXED.sub(mend, text), changed
