"""Names that archivists recorded as variants, each looked for among all main names.

    python benchmarks/variants.py [SHARED] [--half 0|1] [--misses N] [--every N]

By the similarity of names alone: is the true person among the first ten? What ours has learnt, it
learnt on the other half of the people. Peers in the same run: normalised Levenshtein and
Jaro-Winkler on the whole name, and RapidFuzz's token_sort_ratio. Ties count by expectation: one
true name among twenty equals of first rank is found at ten with a chance of a half.
SHARED is the folder of the real lists; without it the benchmark says so and stops.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from byname.names import edits
from byname.names.forms import sound_key
from byname.names.similarity import NameKey, name_bits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.learn_letters import Row, half_of, key_of, read
from tools.learn_names import HEAD, text_of

AT = (1, 10)
NEAREST = 300
PEERS: dict[str, Callable[..., float]] = {
    "Levenshtein, normalised": Levenshtein.normalized_similarity,
    "Jaro-Winkler": JaroWinkler.normalized_similarity,
    "token_sort_ratio": fuzz.token_sort_ratio,
}


class Names:
    """All main names, and ways to find those worth comparing with care."""

    def __init__(self, main: dict[str, Row]) -> None:
        self.ids = list(main)
        self.places = {person: place for place, person in enumerate(self.ids)}
        self.whole = [whole(row) for row in main.values()]
        self.keys = [key_of(row) for row in main.values()]
        self.index: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, key in enumerate(self.keys):
            for entry in entries(key):
                self.index[entry].append(place)

    def candidates(self, key: NameKey, scores: Any) -> list[int]:
        """Return the places of the names nearest by Levenshtein or sharing an index entry."""
        found = set(scores.argpartition(-NEAREST)[-NEAREST:].tolist())
        for entry in entries(key):
            found.update(self.index.get(entry, ()))
        return sorted(found)


def entries(key: NameKey) -> set[tuple[str, str]]:
    """Return what two names must share one of: a sounding surname or half, or the other parts."""
    found = {("surname", sound_key(word)) for word in (key.surname, *key.halves) if len(word) > 1}
    if key.given and key.patronymic:
        found.add(("names", sound_key(key.given) + " " + sound_key(key.patronymic)))
    elif key.given:
        found.add(("given", sound_key(key.given)))
        found.add(("joined", sound_key(key.given + key.surname)))
    return found


def whole(row: Row) -> str:
    """Return the whole name in lower case."""
    return " ".join(filter(None, (row["фамилия"], row["имя"], row["отчество"]))).lower()


def chances(scores: Sequence[float], true: float) -> list[float]:
    """Return the chance that the true name is among the first 1 and 10, ties drawn by lot."""
    better = sum(score > true for score in scores)
    equal = max(1, sum(score == true for score in scores))
    return [min(1.0, max(0.0, (first - better) / equal)) for first in AT]


def ours(names: Names, key: NameKey, nearest: Any, true: int) -> tuple[list[float], list[int]]:
    """Return the chances of the true name, and the first three found."""
    places = names.candidates(key, nearest)
    scores = {place: name_bits(names.keys[place], key, one_list=True) for place in places}
    first = sorted(scores, key=lambda place: -scores[place])[:3]
    if true not in scores:
        return [0.0, 0.0], first
    return chances(list(scores.values()), scores[true]), first


def run(main: dict[str, Row], variants: list[Row], misses: int) -> None:
    """Rank and print."""
    names = Names(main)
    asked = [whole(row) for row in variants]
    true = [names.places[row["id"]] for row in variants]
    results: dict[str, list[list[float]]] = {}
    for name, scorer in PEERS.items():
        started = time.perf_counter()
        matrix = process.cdist(asked, names.whole, scorer=scorer, workers=2)
        results[name] = [
            chances_of(row, row[place]) for row, place in zip(matrix, true, strict=True)
        ]
        report(name, results[name], variants, time.perf_counter() - started)
    started = time.perf_counter()
    matrix = process.cdist(asked, names.whole, scorer=Levenshtein.normalized_similarity, workers=2)
    found = []
    for row, nearest, place in zip(variants, matrix, true, strict=True):
        chance, first = ours(names, key_of(row), nearest, place)
        found.append(chance)
        if chance[1] < 0.5 and misses:
            misses -= 1
            bits = [name_bits(names.keys[p], key_of(row), one_list=True) for p in (place, *first)]
            said = [f"{names.whole[p]} {b:.1f}" for p, b in zip((place, *first), bits, strict=True)]
            print(f"  miss: {whole(row)} <- {'; '.join(said)}")
    report("By Name", found, variants, time.perf_counter() - started)


def chances_of(scores: Any, true: float) -> list[float]:
    """Do what ``chances`` does with a row of a matrix."""
    better, equal = int((scores > true).sum()), int((scores == true).sum())
    return [min(1.0, max(0.0, (first - better) / equal)) for first in AT]


def report(name: str, found: list[list[float]], variants: list[Row], seconds: float) -> None:
    """Print one line of the table."""
    with_father = [f for f, row in zip(found, variants, strict=True) if row["отчество"]]
    cells = [sum(f[at] for f in part) / len(part) for part in (found, with_father) for at in (1, 0)]
    print(f"{name:26}" + "".join(f"{cell:10.3f}" for cell in cells) + f"{seconds:9.1f} s")


def main() -> None:
    """Learn on one half, rank the variants of the other, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument(
        "shared", type=Path, nargs="?", default=os.environ.get("BYNAME_SHARED", beside)
    )
    parser.add_argument("--half", type=int, choices=(0, 1), default=1, help="which half is ranked")
    parser.add_argument("--misses", type=int, default=0, help="print so many names not found")
    parser.add_argument("--every", type=int, default=1, help="rank every Nth variant only")
    asked = parser.parse_args()
    path = Path(asked.shared) / "data" / "khabarovsk" / "names.csv"
    if not path.exists():
        raise SystemExit(f"{path} is not here: give the folder of the shared lists")
    people, variants = read(path)
    known = {person: row for person, row in people.items() if half_of(person) != asked.half}
    text = text_of(known, [row for row in variants if row["id"] in known], HEAD)
    edits.use(edits.parse(text))
    ranked = [row for row in variants if half_of(row["id"]) == asked.half][:: asked.every]
    print(f"{len(ranked)} variants (half {asked.half}) among {len(people)} main names")
    print(f"{'':26}{'@10':>10}{'@1':>10}{'@10 patr.':>10}{'@1 patr.':>10}")
    run(people, ranked, asked.misses)


if __name__ == "__main__":
    main()
