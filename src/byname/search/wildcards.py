"""Patterns with * (any letters) and ? (one letter) -> the names of an archive that fit."""

from __future__ import annotations

import re

from byname.names.forms import fold
from byname.names.translit import is_latin, wide_readings
from byname.search.index import Names
from byname.search.lookup import AS_WRITTEN, Likes

_AT_ONCE = 10_000


def fitting(names: Names, pattern: str, most: int | None = None) -> Likes:
    """Return the names that fit a pattern, in any script; ``most`` of them or some more."""
    found: Likes = {}
    for spelt in _readings(pattern):
        beginning = re.split(r"[*?]", spelt, maxsplit=1)[0]
        first, last = names.beginning(beginning) if beginning else (1, len(names.wholes))
        expression = _compiled(spelt)
        literal = max(re.split(r"[*?]", spelt), key=len)
        for start in range(first, last, _AT_ONCE):
            wholes = names.wholes.between(start, min(start + _AT_ONCE, last))
            likely = [one for one in enumerate(wholes, start) if literal in one[1]]
            found |= {n: AS_WRITTEN for n, whole in likely if expression.fullmatch(whole)}
            if most is not None and len(found) >= most:
                return found
    return found


def fits(pattern: str, whole: str) -> bool:
    """Tell whether a folded name fits a pattern."""
    return any(_compiled(spelt).fullmatch(whole) for spelt in _readings(pattern))


def _compiled(spelt: str) -> re.Pattern[str]:
    return re.compile("".join(map(_expression, spelt)))


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
