"""Learn how names are misspelt from variants that archivists recorded: writes ``edits.tsv``.

    python tools/learn_names.py NAMES.csv OUT.tsv [--half 0|1|all]

NAMES.csv has the columns имя, отчество, фамилия, основное, id: one main name an id and its
variants. Half 0 and half 1 divide the people by a hash of the id, so that what is learnt on one
half can be measured on the other. What is written are statistics of letters, not names.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from byname.names.edits import (
    IMPOSSIBLE,
    PLACES,
    STYLES,
    SWAP,
    Letters,
    Place,
    Style,
    groups,
    shape,
    write_group,
)
from byname.names.forms import fold

COLUMNS: tuple[tuple[Style, str], ...] = (
    ("surname", "фамилия"),
    ("given", "имя"),
    ("patronymic", "отчество"),
)
ORDER: dict[Style, int] = {"surname": 4, "given": 5, "patronymic": 6, "eastern": 4}
LEAST = 3
PRIOR = 2.0
ROUNDS = 6
VOWELS = "аеиоуыэюя"
HEAD = """What letters of names are written for what others, learnt by tools/learn_names.py.
Learnt from {variants} name variants that the archivists of the Khabarovsk book of memory recorded
(half of the people: {half}; Open List, CC BY-SA 4.0), by hard EM over alignments of one- and
two-letter edits with back-off to classes of letters. It holds no names of people, only statistics
of letters: "state" and "number" and "edit" in bits, "gram" how often letters follow each other."""
ALIKE = (
    ("heard alike", "ао еи яе эе ыи уо юу яа аэ ои иы яи ею ое оы"),
    ("voiced", "бп вф гк дт жш зс гх кх"),
    ("hissing", "цс чц шщ щч сш чш жз тц зц чт хг"),
    ("of one look", "ин нп ип тш тп вб ео лм кн ст гт шт иш рф гч пт ля нк иш лн уч ур дв"),
    ("sonorous", "лр мн нл нр"),
)


@dataclass(slots=True)
class Word:
    """Two ways to write one part of a name, and what was found out about them."""

    style: Style
    main: str
    variant: str
    letters: Style
    weight: float = 1.0


Slot = tuple[Style, Place]
Pair = tuple[str, str]
Prices = dict[Slot, dict[Pair, float]]


@dataclass(slots=True)
class Counts:
    """How often each edit happened, and how often each group of letters stood there."""

    edits: dict[Slot, Counter[Pair]] = field(default_factory=lambda: defaultdict(Counter))
    stood: dict[Slot, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    numbers: dict[Style, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


Row = dict[str, str]
Shares = tuple[float, float, float]
CLASSES = {name for name, _ in ALIKE}


def half_of(person: str) -> int:
    """Return 0 or 1, by a hash of the person's id."""
    return hashlib.sha256(person.encode()).digest()[0] % 2


def read(path: Path) -> tuple[dict[str, Row], list[Row]]:
    """Return the main names by id, and the variants."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    main = {row["id"]: row for row in rows if row["основное"] == "True"}
    return main, [row for row in rows if row["основное"] != "True"]


def words(main: dict[str, Row], variants: Iterable[Row]) -> Iterator[Word]:
    """Yield the parts that a variant and its main name both have.

    A surname respelt in one way counts once, however many of a family were recorded so.
    """
    seen: set[tuple[Style, str, str]] = set()
    for row in variants:
        other = main[row["id"]]
        eastern = not row["отчество"] and not other["отчество"]
        for style, column in COLUMNS:
            old, new = (fold(part[column]).replace(" ", "") for part in (other, row))
            known = (style, old, new)
            if old and new and (style != "surname" or old == new or known not in seen):
                seen.add(known)
                yield Word("eastern" if eastern else style, old, new, style)


def letters_of(names: Iterable[Row]) -> dict[Style, Letters]:
    """Return the letter n-grams of the main names; rare long ones are left out."""
    found: dict[Style, Letters] = {}
    names = list(names)
    for style, column in COLUMNS:
        counts: Counter[str] = Counter()
        for row in names:
            word = f"^{fold(row[column]).replace(' ', '')}$"
            if len(word) > 2:
                for at in range(1, len(word)):
                    for start in range(max(0, at + 1 - ORDER[style]), at + 1):
                        counts[word[start : at + 1]] += 1
        kept = {g: n for g, n in counts.items() if n >= LEAST or len(g) < 3}
        found[style] = Letters(ORDER[style], kept)
        found[style].close()
    return found


def class_of(old: str, new: str) -> str:
    """Return the class whose rate an edit falls back upon when it was rarely seen."""
    if len(old) == len(new) == 1:
        for name, pairs in ALIKE:
            if old + new in pairs.split() or new + old in pairs.split():
                return name
        return (
            "vowels"
            if old in VOWELS and new in VOWELS
            else ("mixed" if (old in VOWELS) != (new in VOWELS) else "consonants")
        )
    if len(old) + len(new) == 1:
        letter = old + new
        return (
            "sign"
            if letter in "ьъ"
            else (
                "h" if letter in "хг" else ("vowel more" if letter in VOWELS else "consonant more")
            )
        )
    if (old, new) == SWAP:
        return "swap"
    doubled = sorted((old, new), key=len)
    return "doubled" if doubled[1] == doubled[0] * 2 else "group"


def count(pairs: list[Word], prices: Prices) -> Counts:
    """Align each pair the cheapest way and count what was done, by weight."""
    found = Counts()
    for word in pairs:
        if word.main == word.variant or word.weight < 0.02:
            continue
        for side in (word.main, word.variant):
            for at in range(len(side) + 1):
                stood = found.stood[word.style, place_of(at, len(side))]
                for gram in {side[at : at + length] for length in range(5)}:
                    stood[gram] += word.weight  # type: ignore[assignment]
        edits = edits_of(word, prices)
        for place, pair in edits:
            found.edits[word.style, place][pair] += word.weight  # type: ignore[assignment]
        found.numbers[word.style][min(len(edits), 6)] += word.weight  # type: ignore[assignment]
    return found


def place_of(at: int, length: int) -> Place:
    """Return where the letter ``at`` stands in a word of ``length`` letters."""
    return "first" if at == 0 else ("last" if at >= length - 2 else "inside")


def edits_of(word: Word, prices: Prices) -> list[tuple[Place, Pair]]:
    """Return the edits of the cheapest alignment, each the smaller side first."""
    found: list[tuple[Place, Pair]] = []
    for place, old, new in groups(*sorted((word.main, word.variant))):
        for a, b in write_group(old, new, prices[word.style, place])[1]:
            swapped = len(a) == len(b) == 2 and a == b[::-1]
            found.append((place, SWAP if swapped else (min(a, b), max(a, b))))
    return found


def first_prices(pairs: list[Word]) -> Prices:
    """Return the prices to start from: letters of one class are near, pairs seen often nearer."""
    letters = sorted({c for word in pairs for c in word.main + word.variant if "а" <= c <= "я"})
    table = {
        (a, b): 5.0 if class_of(a, b) in CLASSES else 7.5
        for a in ["", *letters]
        for b in letters
        if a < b
    }
    table |= {(a, a + a): 5.0 for a in letters} | {SWAP: 8.0}
    seen: Counter[Pair] = Counter()
    for word in pairs:
        far = Levenshtein.normalized_distance(word.main, word.variant)
        if 0 < far < 0.5:
            for _, old, new in groups(*sorted((word.main, word.variant))):
                seen.update({(min(side), max(side)) for side in ((old, new), trimmed(old, new))})
    table |= {
        pair: 7.0
        for pair, times in seen.items()
        if times >= LEAST and pair not in table and max(map(len, pair)) < 5
    }
    table |= {(b, a): price for (a, b), price in table.items()}
    return {(style, place): dict(table) for style in STYLES for place in PLACES}


def trimmed(old: str, new: str) -> Pair:
    """Return a group without the letters before and after that both sides share."""
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


def shrunk(times: float, expected: float, prior: float = PRIOR) -> float:
    """Return how often to expect what happened ``times``, where ``expected`` was the guess."""
    return expected * (times + prior) / (expected + prior)


def exposure(pair: Pair, stood: Counter[str]) -> float:
    """Return how often the edit could have happened: the geometric mean of both directions."""
    if pair == SWAP:
        return sum(times for gram, times in stood.items() if len(gram) == 2)
    return math.sqrt((stood[pair[0]] + 0.5) * (stood[pair[1]] + 0.5))


def levelled(
    rates: dict[Pair, float], edits: Counter[Pair], stood: Counter[str], kind: Callable[[Pair], str]
) -> dict[Pair, float]:
    """Return ``rates`` brought to what was counted: each kind as a whole, then each pair."""
    guess = {pair: rate * exposure(pair, stood) for pair, rate in rates.items()}
    happened: Counter[str] = Counter()
    guessed: Counter[str] = Counter()
    for pair, expected in guess.items():
        happened[kind(pair)] += edits[pair]
        guessed[kind(pair)] += expected  # type: ignore[assignment]
    found = {}
    for pair, expected in guess.items():
        factor = (happened[kind(pair)] + 3.0) / (guessed[kind(pair)] + 3.0)
        found[pair] = shrunk(edits[pair], expected * factor) / exposure(pair, stood)
    return found


def learn_prices(counts: Counts, known: Iterable[Pair]) -> Prices:
    """Return prices from counts: all styles together, then each style, then each place in it."""
    every: Counter[Pair] = sum(counts.edits.values(), Counter())
    stood: Counter[str] = sum(counts.stood.values(), Counter())
    pairs = [pair for pair in known if class_of(*pair) != "group" or every[pair] > 1]
    rates = levelled(dict.fromkeys(pairs, 0.001), every, stood, lambda pair: class_of(*pair))
    found: Prices = {}
    for style in STYLES:
        edits = sum((counts.edits[style, place] for place in PLACES), Counter())
        where = sum((counts.stood[style, place] for place in PLACES), Counter())
        of_style = levelled(rates, edits, where, lambda pair: class_of(*pair))
        for place in PLACES:
            slot = (style, place)
            here = levelled(
                of_style, counts.edits[slot], counts.stood[slot], lambda pair: shape(*pair)
            )
            found[slot] = {
                direction: -math.log2(rate)
                for (a, b), rate in here.items()
                for direction in ((a, b), (b, a))
            }
    return found


def learn_numbers(counts: Counts) -> dict[Style, tuple[float, ...]]:
    """Return what one, two, ... edits in a word add in bits to the prices of the edits.

    The prices alone would have edits fall independently; real variants have mostly one.
    """
    found: dict[Style, tuple[float, ...]] = {}
    for style in STYLES:
        times = counts.numbers[style]
        words_seen = sum(times.values()) + 4.0
        mean = sum(number * seen for number, seen in times.items()) / words_seen
        bits = []
        for number in range(1, 7):
            share = (times[number] + 4.0 * 0.5**number) / words_seen
            bits.append(math.log2(share * math.factorial(number) / mean**number))
        found[style] = tuple(bits)
    return found


@dataclass(slots=True)
class Learnt:
    """What is learnt: see ``byname.names.edits.Model``."""

    letters: dict[Style, Letters]
    prices: Prices
    numbers: dict[Style, tuple[float, ...]]
    states: dict[str, float]
    rarity: dict[Style, list[tuple[float, float]]] = field(default_factory=dict)


def learn(main: dict[str, Row], variants: list[Row]) -> Learnt:
    """Return the model that explains these variants best, by hard EM over alignments."""
    pairs = list(words(main, variants))
    letters = letters_of(main.values())
    prices = first_prices(pairs)
    known = {
        (min(pair), max(pair)) if pair not in (SWAP, SWAP[::-1]) else SWAP
        for pair in prices["surname", "first"]
    }
    numbers: dict[Style, tuple[float, ...]] = dict.fromkeys(STYLES, (0.0,) * 6)
    shares = dict.fromkeys(STYLES, (0.35, 0.4, 0.25))
    for _ in range(ROUNDS):
        shares = weigh(pairs, Learnt(letters, prices, numbers, {}), shares)
        counts = count(pairs, prices)
        prices, numbers = learn_prices(counts, known), learn_numbers(counts)
    states = {
        f"{style} {state}": math.log2(share)
        for style in STYLES
        for state, share in zip(("same", "near", "other"), shares[style], strict=True)
    }
    return Learnt(letters, prices, numbers, states, learn_rarity(main))


KNOTS = (8, 12, 16, 20, 28, 40)


def learn_rarity(main: dict[str, Row]) -> dict[Style, list[tuple[float, float]]]:
    """Return points (surprise, bits): how often names so surprising are met with again.

    One half of these people gives the letters, the other is looked up in it.
    """
    halves: tuple[list[Row], list[Row]] = ([], [])
    for person, row in main.items():
        halves[half_of(person + "again")].append(row)
    letters = letters_of(halves[0])
    found: dict[Style, list[tuple[float, float]]] = {}
    for style, column in COLUMNS:
        first, second = (
            [fold(r[column]).replace(" ", "") for r in rows if r[column]] for rows in halves
        )
        times = Counter(first)
        points: list[tuple[float, float]] = []
        raw = {word: letters[style].surprise(word) for word in set(second)}
        for low, high in zip((0, *KNOTS), (*KNOTS, math.inf), strict=True):
            inside = [word for word in second if low <= raw[word] < high]
            met = sum(times[word] for word in inside) + 0.5
            middle = sum(raw[word] for word in inside) / len(inside)
            bits = -math.log2(met / len(inside) / len(first))
            points.append((middle, max(bits, points[-1][1] if points else 0.0)))
        found[style] = points
    return found


def weigh(pairs: list[Word], learnt: Learnt, shares: dict[Style, Shares]) -> dict[Style, Shares]:
    """Set each pair's chance of being a respelling, not another name; return the new shares."""
    sums: dict[Style, list[float]] = {style: [1.0, 1.0, 1.0] for style in STYLES}
    for word in pairs:
        if word.main == word.variant:
            sums[word.style][0] += 1
            continue
        ratio = near_bits(word, learnt)
        near = shares[word.style][1] * 2.0 ** min(ratio, 60.0)
        word.weight = near / (near + shares[word.style][2])
        sums[word.style][1] += word.weight
        sums[word.style][2] += 1 - word.weight
    return {
        style: (a / (a + b + c), b / (a + b + c), c / (a + b + c))
        for style, (a, b, c) in sums.items()
    }


def near_bits(word: Word, learnt: Learnt) -> float:
    """Return log2 of how much likelier the variant is as a respelling than as any name."""
    rare = learnt.letters[word.letters]
    edits = edits_of(word, learnt.prices)
    price = sum(price_of(learnt.prices[word.style, place], pair) for place, pair in edits)
    number = learnt.numbers[word.style][min(len(edits), 6) - 1]
    return (rare.surprise(word.main) + rare.surprise(word.variant)) / 2 - price + number


def price_of(table: dict[Pair, float], pair: Pair) -> float:
    """Return the price of an edit, in bits."""
    return table.get(pair, IMPOSSIBLE)


def write(learnt: Learnt, head: str, out: Path) -> None:
    """Write what was learnt as lines of tab-separated values."""
    lines = [f"# {line}" for line in head.splitlines()]
    lines += [f"state\t{name}\t{bits:.2f}" for name, bits in learnt.states.items()]
    for style, bits in learnt.numbers.items():
        lines.append("\t".join(["number", style, *(f"{bit:.2f}" for bit in bits)]))
    for style, points in learnt.rarity.items():
        lines.append("\t".join(["rarity", style, *(f"{x:.1f}:{y:.1f}" for x, y in points)]))
    for (style, place), table in learnt.prices.items():
        rows: dict[str, list[str]] = defaultdict(list)
        for (old, new), price in sorted(table.items()):
            if old < new or (old, new) == SWAP:
                rows[old].append(f"{new}:{price:.1f}")
        lines += [f"edit\t{style}\t{place}\t{old}\t{' '.join(row)}" for old, row in rows.items()]
    for style, letters in learnt.letters.items():
        lines += [f"gram\t{style}\t{gram}\t{n}" for gram, n in sorted(letters.counts.items())]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments, learn and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", choices=("0", "1", "all"), default="all")
    asked = parser.parse_args()
    names, variants = read(asked.names)
    if asked.half != "all":
        names = {person: row for person, row in names.items() if half_of(person) == int(asked.half)}
        variants = [row for row in variants if row["id"] in names]
    learnt = learn(names, variants)
    write(learnt, HEAD.format(variants=len(variants), half=asked.half), asked.out)


if __name__ == "__main__":
    main()
