"""What it costs to write one name for another: learnt prices of edits, and what names look like.

A noisy channel (Ristad & Yianilos 1998, "Learning string-edit distance"): a word is written for
another through edits of one or two letters, each with a learnt price in bits, minus log2 of how
often that edit happens where it could. Prices are kept for each style of name (surname, given,
patronymic, and eastern for Chinese, Korean and Japanese names) and place in the word. The
background is an n-gram model of letters, interpolated after Witten & Bell (1991).

All of it is read from ``edits.tsv``, which ``tools/learn_names.py`` writes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal, ParamSpec, TypeVar, cast

from rapidfuzz.distance import Levenshtein

P = ParamSpec("P")
R = TypeVar("R")
Style = Literal["surname", "given", "patronymic", "eastern"]
Background = Literal["surname", "given", "patronymic", "eastern surname", "eastern given"]
Place = Literal["first", "inside", "last"]

Way = tuple[str, int, int, int] | tuple[str, str]
"""How two names may go together: table and state of each part, or table and what was moved."""
STATES = ("same", "near", "kindred", "other")
TABLES = ("woman", "man", "eastern", "short")
EASTERN = ("eastern", "short")
MOVES = ("joined", "surname and given", "given and patronymic")

STYLES: tuple[Style, ...] = ("surname", "given", "patronymic", "eastern")
PLACES: tuple[Place, ...] = ("first", "inside", "last")
IMPOSSIBLE = 60.0
"""The price, in bits, of what was never seen and has no class to fall back upon."""
SWAP = ("12", "21")
"""Stands in the tables of prices for two neighbouring letters changing places."""


class Prices(dict[tuple[str, str], float]):
    """Edit (letters, letters that stand for them) -> its price in bits."""

    @cached_property
    def twos(self) -> frozenset[str]:
        """The groups of two letters of which some edit is known."""
        return frozenset(side for pair in self for side in pair if len(side) == 2)


@dataclass(slots=True)
class Letters:
    """Counts of letter n-grams of one style; ``context`` holds (occurrences, followers)."""

    order: int = 4
    counts: dict[str, int] = field(default_factory=dict)
    context: dict[str, tuple[int, int]] = field(default_factory=dict)
    known: dict[str, float] = field(default_factory=dict)

    def close(self) -> None:
        """Work out the contexts once all counts are in."""
        seen: dict[str, int] = defaultdict(int)
        kinds: dict[str, int] = defaultdict(int)
        for gram, count in self.counts.items():
            seen[gram[:-1]] += count
            kinds[gram[:-1]] += 1
        self.context = {head: (seen[head], kinds[head]) for head in seen}

    def surprise(self, word: str) -> float:
        """Return minus log2 of the probability of ``word``, in bits."""
        text, order, known = f"^{word}$", self.order, self.known
        total = 0.0
        for end in range(2, len(text) + 1):
            gram = text[end - order : end] if end > order else text[:end]
            price = known.get(gram)
            if price is None:
                price = known[gram] = -math.log2(self.chance(gram[:-1], gram[-1]))
            total += price
        return total

    def chance(self, head: str, letter: str) -> float:
        """Return the probability of ``letter`` after ``head``."""
        chance = 1 / 40
        for start in range(len(head), -1, -1):
            tail = head[start:]
            known = self.context.get(tail)
            if known is None:
                break
            total, kinds = known
            chance = (self.counts.get(tail + letter, 0) + kinds * chance) / (total + kinds)
        return chance


@dataclass(slots=True)
class Model:
    """Everything learnt: prices of edits, the letters of names, how often what happens."""

    prices: dict[tuple[Style, Place], Prices] = field(default_factory=dict)
    letters: dict[Background, Letters] = field(default_factory=dict)
    numbers: dict[Style, tuple[float, ...]] = field(default_factory=dict)
    states: dict[str, float] = field(default_factory=dict)
    shares: dict[Way, float] = field(default_factory=dict)
    rarity: dict[Background, list[tuple[float, float]]] = field(default_factory=dict)


_FORGET: list[Callable[[], None]] = []
_IN_USE: list[Model] = []


def model() -> Model:
    """Return the model in use: the one read from ``edits.tsv`` unless another was put to use."""
    if not _IN_USE:
        text = resources.files("byname.names").joinpath("edits.tsv").read_text(encoding="utf-8")
        _IN_USE.append(parse(text))
    return _IN_USE[0]


def use(other: Model | None) -> None:
    """Put ``other`` in the place of the bundled model, or (None) the bundled model back.

    For measuring what was learnt on one half of the people on the other half.
    """
    _IN_USE[:] = [] if other is None else [other]
    for forget in _FORGET:
        forget()


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Remember what ``function`` returned, until another model is put to use."""
    known = lru_cache(maxsize=500_000)(function)
    _FORGET.append(known.cache_clear)
    return cast(Callable[P, R], known)


def parse(text: str) -> Model:
    """Return the model written in ``text``: lines of tab-separated values, "#" for comments.

    ``gram style head followers-with-counts``,
    ``edit style place from to:bits ...`` (good both ways),
    ``number style bits...`` (added for one edit, two, ...), ``state name bits``,
    ``rarity style surprise:bits ...`` (points of a line).
    """
    read = Model({(style, place): Prices() for style in STYLES for place in PLACES})
    for line in text.splitlines():
        if line and not line.startswith("#"):
            _take(read, line.split("\t"))
    for letters in read.letters.values():
        letters.close()
    return read


def _take(read: Model, cells: list[str]) -> None:
    what, name = cells[0], cells[1]
    if what == "gram":
        letters = read.letters.setdefault(cast(Background, name), Letters())
        for cell in cells[3].split(" "):
            letters.counts[cells[2] + cell[0]] = int(cell[1:])
        letters.order = max(letters.order, len(cells[2]) + 1)
    elif what == "edit":
        table = read.prices[cast(Style, name), cast(Place, cells[2])]
        for cell in cells[4].split(" "):
            new, _, bits = cell.partition(":")
            table[cells[3], new] = table[new, cells[3]] = float(bits)
    elif what == "rarity":
        points = (cell.split(":") for cell in cells[2:])
        read.rarity[cast(Background, name)] = [(float(raw), float(bits)) for raw, bits in points]
    elif what == "number":
        read.numbers[cast(Style, name)] = tuple(map(float, cells[2:]))
    elif what == "together":
        way = (name, cells[2]) if len(cells) == 4 else (name, *map(STATES.index, cells[2:5]))
        read.shares[cast(Way, way)] = 2.0 ** float(cells[-1])
    elif what == "state":
        read.states[name] = float(cells[2])


Group = tuple[Place, str, str]


def groups(old: str, new: str) -> list[Group]:
    """Return the places where two different words differ, with the letters that stand there.

    Differences with no more than one common letter between them are one group; a group that is
    longer on one side takes in the letter before and after, so that "лл" for "л" shows.
    """
    found = cast(list[tuple[str, int, int]], Levenshtein.editops(old, new).as_list())
    if len(found) == 1:
        tag, i, j = found[0]
        return [_group(old, new, (i, i + (tag != "insert"), j, j + (tag != "delete")))]
    spans: list[tuple[int, int, int, int]] = []
    for tag, i, j in found:
        i_end, j_end = i + (tag != "insert"), j + (tag != "delete")
        if spans and i - spans[-1][1] <= 1 and j - spans[-1][3] <= 1:
            spans[-1] = (spans[-1][0], i_end, spans[-1][2], j_end)
        else:
            spans.append((i, i_end, j, j_end))
    return [_group(old, new, span) for span in spans]


def _group(old: str, new: str, span: tuple[int, int, int, int]) -> Group:
    i, i_end, j, j_end = span
    left = len(old) - i_end
    place: Place = "first" if i == 0 or j == 0 else ("last" if left <= 1 else "inside")
    if i_end - i != j_end - j:
        i, j = (i - 1, j - 1) if i and j else (i, j)
        i_end, j_end = (i_end + 1, j_end + 1) if left else (i_end, j_end)
    return place, old[i:i_end], new[j:j_end]


def align(old: str, new: str, prices: Prices) -> tuple[float, list[tuple[str, str]]]:
    """Return the cheapest way to write ``new`` for ``old``: its bits, and its edits."""
    price_of, twos = prices.get, prices.twos
    best: list[list[tuple[float, int, int]]] = []
    for i in range(len(old) + 1):
        best.append([])
        x, xx = old[i - 1 : i], old[i - 2 : i] if i > 1 else "-"
        for j in range(len(new) + 1):
            y, yy = new[j - 1 : j], new[j - 2 : j] if j > 1 else "-"
            ways = [] if i or j else [(0.0, 0, 0)]
            if i and j:
                price = 0.0 if x == y else price_of((x, y), IMPOSSIBLE)
                ways.append((best[i - 1][j - 1][0] + price, 1, 1))
            if i:
                ways.append((best[i - 1][j][0] + price_of((x, ""), IMPOSSIBLE), 1, 0))
            if j:
                ways.append((best[i][j - 1][0] + price_of(("", y), IMPOSSIBLE), 0, 1))
            if xx in twos or yy in twos or xx == yy[::-1] != "-":
                ways += _longer(best, (xx, x, yy, y), prices)
            best[i].append(min(ways))
    return best[-1][-1][0], _edits(old, new, best)


def _longer(
    best: list[list[tuple[float, int, int]]], last: tuple[str, str, str, str], prices: Prices
) -> list[tuple[float, int, int]]:
    """Return the ways to end in an edit of two letters, given the last letters of both sides."""
    xx, x, yy, y = last
    i, j = len(best) - 1, len(best[-1])
    found: list[tuple[float, int, int]] = []
    for a, b in ((xx, yy), (xx, y), (xx, ""), (x, yy), ("", yy)):
        if "-" in (a, b) or (len(a) == 1 and not i) or (len(b) == 1 and not j):
            continue
        price = prices.get((a, b))
        if price is None and len(a) == len(b) == 2 and a == b[::-1]:
            price = prices.get(SWAP)
        if price is not None:
            found.append((best[i - len(a)][j - len(b)][0] + price, len(a), len(b)))
    return found


def _edits(old: str, new: str, best: list[list[tuple[float, int, int]]]) -> list[tuple[str, str]]:
    """Return the edits along the cheapest way, first to last."""
    found: list[tuple[str, str]] = []
    i, j = len(old), len(new)
    while i or j:
        _, di, dj = best[i][j]
        if old[i - di : i] != new[j - dj : j]:
            found.append((old[i - di : i], new[j - dj : j]))
        i, j = i - di, j - dj
    return found[::-1]


def write_group(old: str, new: str, prices: Prices) -> tuple[float, list[tuple[str, str]]]:
    """Return ``align`` of a group, or the group as one edit where that is learnt and cheaper."""
    if len(old) == len(new) == 1:
        return prices.get((old, new), IMPOSSIBLE), [(old, new)]
    price, edits = align(old, new, prices)
    whole = prices.get((old, new), math.inf)
    return (whole, [(old, new)]) if whole < price else (price, edits)


@remembered
def group_price(style: Style, place: Place, old: str, new: str) -> tuple[float, int]:
    """Return the price in bits of writing the letters ``new`` for ``old``, and how many edits."""
    price, edits = write_group(old, new, model().prices[style, place])
    return price, len(edits)


@remembered
def first_letter(style: Background, letter: str) -> float:
    """Return how rare a first letter is: minus log2 of its share among names of this style."""
    return -math.log2(model().letters[style].chance("^", letter))


def surprise(style: Background, word: str) -> float:
    """Return minus log2 of the probability that letters fall so among names of this style."""
    return model().letters[style].surprise(word)


def rarity(style: Background, word: str) -> float:
    """Return minus log2 of the chance that somebody else in the same lists has this name.

    Letters alone would make a long strange name rarer than names are: relatives and neighbours
    bear it too. How ``surprise`` and real coincidence go together is learnt.
    """
    return rareness(style, word)[1]


@remembered
def rareness(style: Background, word: str) -> tuple[float, float]:
    """Return ``surprise`` and ``rarity`` of a word, in bits."""
    raw = surprise(style, word)
    return raw, _expected(raw, model().rarity[style])


def _expected(raw: float, points: list[tuple[float, float]]) -> float:
    """Return the bits of real coincidence at a surprise of ``raw`` bits."""
    low, at_low = points[0]
    if raw <= low:
        return at_low * raw / low
    for high, at_high in points[1:]:
        if raw <= high:
            return at_low + (at_high - at_low) * (raw - low) / (high - low)
        low, at_low = high, at_high
    return at_low
