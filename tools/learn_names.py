"""Learn how names are misspelt from variants that archivists recorded: writes ``edits.tsv``.

    python tools/learn_names.py NAMES.csv OUT.tsv [--half 0|1|all]

NAMES.csv has the columns имя, отчество, фамилия, основное, id: one main name an id and its
variants. Half 0 and half 1 divide the people by a hash of the id, so that what is learnt on one
half can be measured on the other. What is written are statistics of letters, not names.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from byname.names.edits import EASTERN, MOVES, STATES, SWAP, TABLES, Way, model, parse, use
from byname.names.similarity import (
    Kind,
    NameKey,
    bits_many,
    mixed,
    parts_bits,
    presence,
    table_of,
    unlike,
    ways,
)

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.learn_edits import Learnt, learn
from tools.learn_letters import Row, half_of, key_of, read

HEAD = """What letters of names are written for what others, learnt by tools/learn_names.py.
Learnt from {variants} name variants that the archivists of the Khabarovsk book of memory recorded
(half of the people: {half}; Open List, CC BY-SA 4.0), by hard EM over alignments of one- and
two-letter edits with back-off to classes of letters. It holds no names of people, only statistics
of letters: "state" and "number" and "edit" in bits, "gram" how often letters follow each other."""


def learn_shares(main: dict[str, Row], variants: list[Row]) -> dict[Way, float]:
    """Return how often names go together in which way, by EM over the model in use.

    Each person counts once as recorded under the main name, and once for each variant.
    """
    keys = [(key_of(main[row["id"]]), key_of(row)) for row in variants]
    found = [[way for way in ways(a, b) if way[1]] for a, b in keys]
    as_written = Counter(unchanged(key_of(row)) for row in main.values())
    shares: dict[Way, float] = defaultdict(lambda: 1.0)
    for _ in range(20):
        times: dict[Way, float] = defaultdict(float, as_written)
        for name in found:
            total = sum(shares[way] * ratio for way, ratio in name)
            for way, ratio in name:
                times[way] += shares[way] * ratio / total
        shares = {way: share for table in TABLES for way, share in spread(times, table).items()}
    return shares


def unchanged(key: NameKey) -> Way:
    """Return the way in which a name goes with itself: most lists print the main name."""
    table = table_of(key, key)
    last = key.syllables[1] if table in EASTERN else key.patronymic
    return (table, 0, 0 if key.given else 3, 0 if last else 3)


def spread(times: dict[Way, float], table: str) -> dict[Way, float]:
    """Return the shares of one table, shrunk to those of its parts taken singly and of its kin."""
    people = ["woman", "man"] if table in ("woman", "man") else [table]
    together: dict[tuple[int, int, int], float] = defaultdict(float)
    moved = {move: sum(times.get((name, move), 0.0) for name in people) + 0.5 for move in MOVES}
    for way, seen in times.items():
        if way[0] in people and len(way) == 4:
            together[way[1], way[2], way[3]] += seen
    every = sum(together.values())
    single = [
        [
            sum(seen for way, seen in together.items() if way[part] == state) + 0.5
            for state in range(4)
        ]
        for part in range(3)
    ]
    found: dict[Way, float] = {}
    for one, two, three in product(range(4), repeat=3):
        apart = single[0][one] * single[1][two] * single[2][three] / (every + 2.0) ** 3
        kin = (together.get((one, two, three), 0.0) + 5.0 * apart) / (every + 5.0)
        found[table, one, two, three] = times.get((table, one, two, three), 0.0) + 40.0 * kin
    for move in MOVES:
        found[table, move] = times.get((table, move), 0.0) + 40.0 * moved[move] / (every + 1.0)
    total = sum(found.values())
    return {way: seen / total for way, seen in found.items()}


def learn_presence(main: dict[str, Row], variants: list[Row]) -> dict[str, float]:
    """Return the bits of both names having a patronymic, one, or neither; and so for hyphens."""
    known = {person: key_of(row) for person, row in main.items()}
    pairs = [(known[row["id"]], key_of(row)) for row in variants]
    found = {"patronymic": of_presence(known.values(), pairs, lambda key: bool(key.patronymic))}
    eastern = [key for key in known.values() if key.syllables[1] and not key.patronymic]
    both = [
        (a, b)
        for a, b in pairs
        if a.syllables[1] and b.syllables[1] and not (a.patronymic or b.patronymic)
    ]
    found["hyphen"] = of_presence(eastern, both, lambda key: key.hyphened)
    return {
        f"{what} in {name}": value
        for what, values in found.items()
        for name, value in values.items()
    }


def of_presence(
    known: Iterable[NameKey], pairs: list[tuple[NameKey, NameKey]], has: Callable[[NameKey], bool]
) -> dict[str, float]:
    """Return log2 of how much oftener both, one, neither of a pair have it than of strangers."""
    every = [has(key) for key in known]
    of_main = sum(every) / len(every)
    of_variants = sum(has(b) for _, b in pairs) / len(pairs)
    times = Counter({"both": 1, "one": 1, "neither": 1})
    times.update(presence(has(a), has(b)) for a, b in pairs)
    both, neither = of_main * of_variants, (1 - of_main) * (1 - of_variants)
    chance = {"both": both, "neither": neither, "one": 1 - both - neither}
    return {name: math.log2(times[name] / sum(times.values()) / chance[name]) for name in chance}


def learn_crowding(kind: Kind, main: dict[str, Row], variants: list[Row]) -> float:
    """Return how many bits fewer a respelling can prove for each bit that it costs.

    The value under which the true word stands out best among all words near the variant.
    """
    parts = {person: part_of(row, kind) for person, row in main.items() if row["отчество"]}
    known = Counter(parts.values())
    pairs = {(parts.get(row["id"], ""), part_of(row, kind)) for row in variants if row["отчество"]}
    rivals: list[list[tuple[str, str, int]]] = []
    for true, variant in sorted(pairs):
        if true and variant and true != variant and Levenshtein.distance(true, variant) <= 4:
            near = process.extract(
                variant, known.keys(), scorer=Levenshtein.distance, score_cutoff=4, limit=100
            )
            others = [word for word, _, _ in near if word not in (true, variant, "")]
            rivals.append([(word, variant, known[word]) for word in (true, *others)])
    losses: dict[float, float] = {}
    for value in (step / 10 for step in range(10)):
        use(replace(model(), states=model().states | {f"{kind} crowding": value}))
        losses[value] = 0.0
        for choice in rivals:
            found = bits_many(kind, [(word, variant) for word, variant, _ in choice])
            scores = [bits + math.log2(c[2]) for bits, c in zip(found, choice, strict=True)]
            losses[value] += mixed(*scores) - scores[0]
    return min(losses, key=lambda value: losses[value])


def part_of(row: Row, kind: Kind) -> str:
    """Return one part of a name as it is compared."""
    key = key_of(row)
    return {"surname": key.surname, "given": key.given, "patronymic": key.patronymic}[kind]


def learn_eastern(main: dict[str, Row], variants: list[Row]) -> dict[str, float]:
    """Return what the parts of eastern names and the letters in which they differ are worth.

    A conditional logit: among the nearest names and names of the same surname, the true one is to
    have the most bits. Variants whose true name is not even there teach nothing about order.
    """
    keys = [key for key in map(key_of, main.values()) if not key.patronymic]
    spelt = [" ".join((key.surname, *key.syllables)) for key in keys]
    of_surname: dict[str, list[NameKey]] = defaultdict(list)
    for key in keys:
        of_surname[key.surname].append(key)
    choices: list[list[tuple[float, float]]] = []
    for row in variants:
        key, true = key_of(row), key_of(main[row["id"]])
        name = " ".join((key.surname, *key.syllables))
        near = process.extract(name, spelt, scorer=Levenshtein.normalized_similarity, limit=60)
        others = {*(keys[place] for _, _, place in near), *of_surname[key.surname][:150]}
        if true in others:
            rivals = [true, *(others - {true})]
            choices.append([(parts_bits(other, key), -unlike(other, key)) for other in rivals])
    parts, letters = fitted(choices)
    return {"eastern parts": parts, "eastern letters": -letters}


def fitted(choices: list[list[tuple[float, float]]]) -> tuple[float, float]:
    """Return the weights (1/bit) under which the first of each list is chosen most surely."""
    weights = [0.5, 10.0]
    for _ in range(12):
        slope, bend = [0.0, 0.0], [[1e-6, 0.0], [0.0, 1e-6]]
        for rivals in choices:
            scores = [weights[0] * one + weights[1] * two for one, two in rivals]
            every = mixed(*scores)
            chances = [2.0 ** (score - every) for score in scores]
            mean = [sum(c * x[n] for c, x in zip(chances, rivals, strict=True)) for n in (0, 1)]
            for n in (0, 1):
                slope[n] += rivals[0][n] - mean[n]
                for m in (0, 1):
                    both = sum(c * x[n] * x[m] for c, x in zip(chances, rivals, strict=True))
                    bend[n][m] += both - mean[n] * mean[m]
        size = (bend[0][0] * bend[1][1] - bend[0][1] ** 2) * math.log(2)
        weights[0] += (bend[1][1] * slope[0] - bend[0][1] * slope[1]) / size
        weights[1] += (bend[0][0] * slope[1] - bend[0][1] * slope[0]) / size
    return weights[0], weights[1]


def lines_of(learnt: Learnt, head: str) -> list[str]:
    """Return what was learnt as lines of tab-separated values."""
    lines = [f"# {line}" for line in head.splitlines()]
    lines += [f"state\t{name}\t{value:.2f}" for name, value in learnt.states.items()]
    for style, added in learnt.numbers.items():
        lines.append("\t".join(["number", style, *(f"{bit:.2f}" for bit in added)]))
    for ground, points in learnt.rarity.items():
        lines.append("\t".join(["rarity", ground, *(f"{x:.1f}:{y:.1f}" for x, y in points)]))
    for (style, place), table in learnt.prices.items():
        rows: dict[str, list[str]] = defaultdict(list)
        for (old, new), price in sorted(table.items()):
            if old < new or (old, new) == SWAP:
                rows[old].append(f"{new}:{price:.1f}")
        lines += [f"edit\t{style}\t{place}\t{old}\t{' '.join(row)}" for old, row in rows.items()]
    for ground, letters in learnt.letters.items():
        heads: dict[str, list[str]] = defaultdict(list)
        for gram, times in sorted(letters.counts.items()):
            heads[gram[:-1]].append(f"{gram[-1]}{times}")
        lines += [f"gram\t{ground}\t{head}\t{' '.join(row)}" for head, row in heads.items()]
    return lines


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
    head = HEAD.format(variants=len(variants), half=asked.half)
    asked.out.write_text(text_of(names, variants, head), encoding="utf-8")


def text_of(names: dict[str, Row], variants: list[Row], head: str) -> str:
    """Return the whole file learnt from these names; leaves its model in use."""
    lines = lines_of(learn(names, variants), head)
    use(parse("\n".join(lines)))
    crowding = {"eastern crowding": 0.0}
    kinds: tuple[Kind, ...] = ("surname", "given", "patronymic")
    for kind in kinds:
        crowding[f"{kind} crowding"] = learn_crowding(kind, names, variants)
    use(replace(model(), states=model().states | crowding))
    shares = learn_shares(names, variants)
    model().shares.update(shares)
    states = crowding | learn_presence(names, variants) | learn_eastern(names, variants)
    lines += [f"state\t{name}\t{value:.2f}" for name, value in states.items()]
    for way, share in shares.items():
        cells = way[1:] if len(way) == 2 else [STATES[state] for state in way[1:]]
        lines.append("\t".join(["together", way[0], *cells, f"{math.log2(share):.1f}"]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
