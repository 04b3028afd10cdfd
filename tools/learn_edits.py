"""The prices of edits, learnt by hard EM over alignments: half of what ``learn_names.py`` does.

Each round aligns every pair of words the cheapest way, counts the edits, and sets the prices anew:
for all styles of names together, then for each style, then for each place in the word, every
level shrunk towards the one above it, and rare pairs of letters towards their class.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from rapidfuzz.distance import Levenshtein
from tools.learn_letters import Row, backgrounds, key_of, learn_rarity, letters_of, parts_of

from byname.names.edits import (
    EASTERN,
    IMPOSSIBLE,
    PLACES,
    STYLES,
    SWAP,
    Background,
    Letters,
    Place,
    Prices,
    Style,
    groups,
    write_group,
)
from byname.names.similarity import table_of

Slot = tuple[Style, Place]
Pair = tuple[str, str]
Tables = dict[Slot, Prices]
Shares = tuple[float, float, float]
LEAST = 3
PRIOR = 2.0
ROUNDS = 6
VOWELS = "аеиоуыэюя"
ALIKE = (
    ("heard alike", "ао еи яе эе ыи уо юу яа аэ ои иы яи ею ое оы"),
    ("voiced", "бп вф гк дт жш зс гх кх"),
    ("hissing", "цс чц шщ щч сш чш жз тц зц чт хг"),
    ("of one look", "ин нп ип тш тп вб ео лм кн ст гт шт иш рф гч пт ля нк иш лн уч ур дв"),
    ("eastern", "цс цч цш цж сж зж дж дч тч кх фх хш вф ву иш сх"),
    ("sonorous", "лр мн нл нр"),
)
CLASSES = {name for name, _ in ALIKE}


@dataclass(slots=True)
class Word:
    """Two ways to write one part of a name, and what was found out about them."""

    style: Style
    main: str
    variant: str
    letters: Background
    weight: float = 1.0


@dataclass(slots=True)
class Counts:
    """How often each edit happened, and how often each group of letters stood there."""

    edits: dict[Slot, Counter[Pair]] = field(default_factory=lambda: defaultdict(Counter))
    stood: dict[Slot, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    numbers: dict[Style, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass(slots=True)
class Learnt:
    """What is learnt: see ``byname.names.edits.Model``."""

    letters: dict[Background, Letters]
    prices: Tables
    numbers: dict[Style, tuple[float, ...]]
    states: dict[str, float]
    rarity: dict[Background, list[tuple[float, float]]] = field(default_factory=dict)


def words(main: dict[str, Row], variants: Iterable[Row]) -> Iterator[Word]:
    """Yield the parts that a variant and its main name both have.

    A surname respelt in one way counts once, however many of a family were recorded so.
    """
    seen: set[tuple[str, str]] = set()
    for row in variants:
        a, b = key_of(main[row["id"]]), key_of(row)
        eastern = table_of(a, b) in EASTERN
        for (ground, old), (_, new) in zip(parts_of(a, eastern), parts_of(b, eastern), strict=True):
            if old and new and (ground != "surname" or old == new or (old, new) not in seen):
                seen.add((old, new))
                yield Word("eastern" if eastern else cast(Style, ground), old, new, ground)


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


def shape(old: str, new: str) -> str:
    """Return what sort of edit this is: "other letter", "letter more", or "group"."""
    if len(old) == len(new) == 1:
        return "other letter"
    return "letter more" if len(old) + len(new) == 1 else "group"


def count(pairs: list[Word], prices: Tables) -> Counts:
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


def edits_of(word: Word, prices: Tables) -> list[tuple[Place, Pair]]:
    """Return the edits of the cheapest alignment, each the smaller side first."""
    found: list[tuple[Place, Pair]] = []
    for place, old, new in groups(*sorted((word.main, word.variant))):
        for a, b in write_group(old, new, prices[word.style, place])[1]:
            swapped = len(a) == len(b) == 2 and a == b[::-1]
            found.append((place, SWAP if swapped else (min(a, b), max(a, b))))
    return found


def first_prices(pairs: list[Word]) -> Tables:
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
        pair: 7.5 - len(pair[0] + pair[1]) / 4
        for pair, times in seen.items()
        if times >= LEAST and pair not in table and max(map(len, pair)) < 5
    }
    table |= {(b, a): price for (a, b), price in table.items()}
    return {(style, place): Prices(table) for style in STYLES for place in PLACES}


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


def learn_prices(counts: Counts, known: Iterable[Pair]) -> Tables:
    """Return prices from counts: all styles together, then each style, then each place in it."""
    every: Counter[Pair] = sum(counts.edits.values(), Counter())
    stood: Counter[str] = sum(counts.stood.values(), Counter())
    pairs = [pair for pair in known if class_of(*pair) != "group" or every[pair] > 1]
    rates = levelled(dict.fromkeys(pairs, 0.001), every, stood, lambda pair: class_of(*pair))
    found: Tables = {}
    for style in STYLES:
        edits = sum((counts.edits[style, place] for place in PLACES), Counter())
        where = sum((counts.stood[style, place] for place in PLACES), Counter())
        of_style = levelled(rates, edits, where, lambda pair: class_of(*pair))
        for place in PLACES:
            slot = (style, place)
            here = levelled(
                of_style, counts.edits[slot], counts.stood[slot], lambda pair: shape(*pair)
            )
            found[slot] = Prices(
                (direction, -math.log2(rate))
                for (a, b), rate in here.items()
                for direction in ((a, b), (b, a))
            )
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


def learn(main: dict[str, Row], variants: list[Row]) -> Learnt:
    """Return the model that explains these variants best, by hard EM over alignments."""
    pairs = list(words(main, variants))
    letters = letters_of(backgrounds(main.values()))
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
