"""Patterns with * (any letters) and ? (one letter) -> the names of an archive that fit."""

from __future__ import annotations

import re

from byname.names.forms import fold
from byname.names.translit import is_latin, wide_readings
from byname.search.index import Names
from byname.search.lookup import AS_WRITTEN, Likes

MOST = 5_000
"""Names that one pattern finds at most."""


def fitting(names: Names, pattern: str) -> Likes:
    """Return the names that fit a pattern, in any script."""
    found: Likes = {}
    for spelt in _readings(pattern):
        beginning = re.split(r"[*?]", spelt, maxsplit=1)[0]
        first, last = names.beginning(beginning) if beginning else (1, len(names.wholes))
        expression = re.compile("".join(map(_expression, spelt)))
        literal = max(re.split(r"[*?]", spelt), key=len)
        wholes = enumerate(names.wholes.between(first, last), first)
        for number, whole in [one for one in wholes if literal in one[1]]:
            if expression.fullmatch(whole):
                found[number] = AS_WRITTEN
                if len(found) >= MOST:
                    return found
    return found


def _readings(pattern: str) -> list[str]:
    """Return the pattern folded, in Cyrillic."""
    pieces = re.split(r"([*?]+)", pattern)
    if not is_latin(pattern):
        return ["".join(piece if piece[:1] in "*?" else fold(piece) for piece in pieces if piece)]
    found = [""]
    for piece in filter(None, pieces):
        wild = piece[0] in "*?"
        spelt = [piece] if wild else list(dict.fromkeys(map(fold, wide_readings(piece))))
        found = [one + two for one in found for two in spelt][:40]
    return found


def _expression(letter: str) -> str:
    return {"*": ".*", "?": "."}.get(letter) or re.escape(letter)
