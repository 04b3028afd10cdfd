"""Records against the query: a score from 0 to 1 and the reasons for it in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from byname.search.query import Query, Word
from byname.search.similar import Likeness, likeness

THRESHOLD = 0.7
"""Score from which a record is an answer; below it is only the nearest there is."""

_WEIGHT = {"surname": 1.0, "other": 1.0, "given": 0.6, "patronymic": 0.6, "other given": 0.59}
_LABEL = {"surname": "surname", "given": "given name", "patronymic": "patronymic"}
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ`])*")


class NamePart(NamedTuple):
    """A word of a record's name; ``whole`` is the name it belongs to."""

    kind: str
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A record's score with the reasons."""

    record: int
    score: float
    reasons: list[str]


def rank(query: Query, row: dict[str, Any]) -> Ranked:
    """Score a record (its columns by name) against ``query``."""
    parts = list(_parts(row))
    pairs = _assign(query.words, parts)
    total = reached = 0.0
    reasons: list[str] = []
    for number, word in enumerate(query.words):
        found = pairs.get(number)
        if found is None:
            total += 0.1 if word.particle else 0.4 if word.initial else 1.0
            dot = "." if word.initial else ""
            reasons.append(f"nothing in the record answers to {word.text}{dot}")
            continue
        part, like = found
        weight = _WEIGHT[part.kind] * (0.6 if word.initial else 1.0)
        total += weight
        reached += weight * like.value
        reasons.append(_reason(part, like))
    score = reached / total if total else 0.0
    if pairs and all(_WEIGHT[part.kind] < 1 for part, _ in pairs.values()):
        certain = all(like.value >= 0.95 for _, like in pairs.values())
        score *= 0.9 if certain else 0.75  # a surname was most likely meant
    factor, words = _birth(query.born, row["birth_year_low"], row["birth_year_high"])
    if words:
        reasons.append(words)
    return Ranked(row["id"], round(score * factor, 3), reasons)


def _parts(row: dict[str, Any]) -> Iterator[NamePart]:
    for kind in ("surname", "given", "patronymic"):
        yield from _words(kind, row[kind] or "")
    for name in row["other_names"]:
        for number, part in enumerate(_words("other", name)):
            yield part._replace(kind="other given") if number else part


def _words(kind: str, name: str) -> Iterator[NamePart]:
    if "-" in name:
        for whole in name.split():
            if "-" in whole:
                yield NamePart(kind, whole, name)
    for match in _WORD.finditer(name):
        yield NamePart(kind, match[0], name)


def _assign(words: tuple[Word, ...], parts: list[NamePart]) -> dict[int, tuple[NamePart, Likeness]]:
    """Give every word the part it fits best, each part to one word only."""
    fits: list[tuple[float, int, int, Likeness]] = []
    for number, word in enumerate(words):
        for index, part in enumerate(parts):
            if word.initial and part.kind not in ("given", "patronymic"):
                continue
            like = likeness(word, part.text)
            if like.value >= 0.55:
                fits.append((like.value * _WEIGHT[part.kind], -number, -index, like))
    fits.sort(key=lambda fit: fit[:3], reverse=True)
    pairs: dict[int, tuple[NamePart, Likeness]] = {}
    taken: set[int] = set()
    for _, number, index, like in fits:
        if -number not in pairs and -index not in taken:
            pairs[-number] = (parts[-index], like)
            taken.add(-index)
    return pairs


def _reason(part: NamePart, like: Likeness) -> str:
    if part.kind.startswith("other"):
        return f"found under another name, {part.whole}: {like.how}"
    return f"{_LABEL[part.kind]} {like.how}"


def _birth(asked: int | None, low: int | None, high: int | None) -> tuple[float, str]:
    if asked is None:
        return 1.0, ""
    if low is None or high is None:
        return 0.95, "year of birth not stated"
    if low <= asked <= high:
        return 1.0, f"born {asked} as asked"
    off = low - asked if asked < low else asked - high
    born = str(low) if low == high else f"{low} or {high}"
    if off <= 2:
        return (
            0.97 if off == 1 else 0.95,
            f"born {born}, {'one year' if off == 1 else 'two years'} off",
        )
    return (0.85 if off <= 5 else 0.72), f"born {born}, not {asked}"
