"""Names of the table that ``learn_names.py`` learns from, and the letters they are made of."""

from __future__ import annotations

import csv
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from byname.names.edits import Background, Letters
from byname.names.similarity import NameKey, name_key

Row = dict[str, str]
ORDER: dict[Background, int] = {
    "surname": 4,
    "given": 5,
    "patronymic": 6,
    "eastern surname": 4,
    "eastern given": 4,
}
LEAST = 3
KNOTS = (8, 12, 16, 20, 28, 40)


def half_of(person: str) -> int:
    """Return 0 or 1, by a hash of the person's id."""
    return hashlib.sha256(person.encode()).digest()[0] % 2


def read(path: Path) -> tuple[dict[str, Row], list[Row]]:
    """Return the main names by id, and the variants."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    main = {row["id"]: row for row in rows if row["основное"] == "True"}
    return main, [row for row in rows if row["основное"] != "True"]


def key_of(row: Row) -> NameKey:
    """Return the key of a name of the table."""
    return name_key(row["фамилия"], row["имя"], row["отчество"])


def parts_of(key: NameKey, eastern: bool) -> list[tuple[Background, str]]:
    """Return the parts of a name as they are compared, each with what it stands out against."""
    if eastern:
        first, rest = key.syllables
        return [("eastern surname", key.surname), ("eastern given", first), ("eastern given", rest)]
    return [("surname", key.surname), ("given", key.given), ("patronymic", key.patronymic)]


def backgrounds(names: Iterable[Row]) -> dict[Background, list[str]]:
    """Return the folded parts of names by background; eastern ones count among the others too."""
    found: dict[Background, list[str]] = defaultdict(list)
    for key in map(key_of, names):
        for eastern in {False, not key.patronymic}:
            for ground, word in parts_of(key, eastern):
                if word:
                    found[ground].append(word)
    return found


def letters_of(parts: dict[Background, list[str]]) -> dict[Background, Letters]:
    """Return the letter n-grams of names; rare long ones are left out."""
    found: dict[Background, Letters] = {}
    for ground, known in parts.items():
        counts: Counter[str] = Counter()
        for word in (f"^{word}$" for word in known):
            for at in range(1, len(word)):
                for start in range(max(0, at + 1 - ORDER[ground]), at + 1):
                    counts[word[start : at + 1]] += 1
        kept = {g: n for g, n in counts.items() if n >= LEAST or len(g) < 3}
        found[ground] = Letters(ORDER[ground], kept)
        found[ground].close()
    return found


def learn_rarity(main: dict[str, Row]) -> dict[Background, list[tuple[float, float]]]:
    """Return points (surprise, bits): how often names so surprising are met with again.

    One half of these people gives the letters, the other is looked up in it.
    """
    halves: tuple[list[Row], list[Row]] = ([], [])
    for person, row in main.items():
        halves[half_of(person + "again")].append(row)
    first, second = map(backgrounds, halves)
    letters = letters_of(first)
    return {style: points_of(letters[style], first[style], second[style]) for style in letters}


def points_of(letters: Letters, first: list[str], second: list[str]) -> list[tuple[float, float]]:
    """Return the points of one background: means of surprise, and bits of coincidence there."""
    times = Counter(first)
    points: list[tuple[float, float]] = []
    raw = {word: letters.surprise(word) for word in set(second)}
    for low, high in zip((0, *KNOTS), (*KNOTS, math.inf), strict=True):
        inside = [word for word in second if low <= raw[word] < high]
        if not inside:
            continue
        met = sum(times[word] for word in inside) + 0.5
        middle = sum(raw[word] for word in inside) / len(inside)
        bits = -math.log2(met / len(inside) / len(first))
        points.append((middle, max(bits, points[-1][1] if points else 0.0)))
    return points
