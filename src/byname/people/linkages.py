"""Plausible linkages: what the people might be if the uncertain links had fallen otherwise.

A pair of weight w (bits) is one person with probability 1 / (1 + 2^-w). In each draw its weight
becomes w less a logistic variate of the same scale, which is positive with just that
probability. Where that turns the pair to the other side, the program's own rule (``clusters``)
makes people anew of the records that hang together with it; so what no linkage may do (two dates
of death, a human decision) holds in every draw.

Pairs are drawn independently: that all weights may err in the same direction is not in it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log2

from byname.people.clusters import Decided, Pair, cluster

CERTAIN = 10.0
"""Bits from which on a pair counts as certain: one in a thousand may be otherwise."""


def uncertain(pairs: Iterable[Pair], decisions: Iterable[Decided]) -> list[Pair]:
    """Return the pairs that a draw may turn, in fixed order."""
    decided = {(one.left, one.right) for one in decisions}
    return sorted(
        pair for pair in pairs
        if abs(pair.weight) < CERTAIN and not pair.against
        and (pair.left, pair.right) not in decided
    )  # fmt: skip


def draw_linkages(
    pairs: Sequence[Pair], decisions: Iterable[Decided], draws: int, seed: int
) -> Iterator[dict[int, int]]:
    """Yield for each draw record -> person, of the records around a pair that turned.

    All others stay with the people that ``cluster`` makes of the pairs as they are.

    Args:
        pairs: the scored pairs, all of them.
        decisions: the valid human decisions; they stand in every draw.
        draws: how many linkages.
        seed: the same seed gives the same linkages.

    """
    told = list(decisions)
    web = _Web(pairs, told)
    open_pairs = uncertain(pairs, told)
    chance = random.Random(seed)
    for _ in range(draws):
        turned = {}
        for pair in open_pairs:
            drawn = pair.weight - _logistic(chance)
            if (drawn >= 0) != (pair.weight >= 0):
                turned[pair.left, pair.right] = drawn
        yield web.people(turned)


def _logistic(chance: random.Random) -> float:
    u = min(max(chance.random(), 1e-12), 1 - 1e-12)
    return log2(u / (1 - u))


class _Web:
    """Records and the pairs and decisions that connect them."""

    def __init__(self, pairs: Iterable[Pair], decisions: Sequence[Decided]) -> None:
        self._pairs: defaultdict[int, list[Pair]] = defaultdict(list)
        self._decided: defaultdict[int, list[Decided]] = defaultdict(list)
        for pair in pairs:
            self._pairs[pair.left].append(pair)
            self._pairs[pair.right].append(pair)
        for one in decisions:
            self._decided[one.left].append(one)
            self._decided[one.right].append(one)

    def people(self, turned: dict[tuple[int, int], float]) -> dict[int, int]:
        """Return record -> person around the pairs that turned, with their drawn weights."""
        inside = self._around(turned)
        pairs = [
            pair._replace(weight=turned.get((pair.left, pair.right), pair.weight))
            for record in sorted(inside)
            for pair in self._pairs.get(record, ())
            if pair.left == record and pair.right in inside
        ]
        told = [
            one for record in sorted(inside) for one in self._decided.get(record, ())
            if one.left == record and one.right in inside
        ]  # fmt: skip
        return cluster(pairs, told)

    def _around(self, turned: dict[tuple[int, int], float]) -> set[int]:
        inside: set[int] = set()
        waiting = [record for pair in turned for record in pair]
        while waiting:
            record = waiting.pop()
            if record in inside:
                continue
            inside.add(record)
            for pair in self._pairs.get(record, ()):
                if turned.get((pair.left, pair.right), pair.weight) >= 0:
                    waiting.append(pair.right if pair.left == record else pair.left)
            for one in self._decided.get(record, ()):
                waiting.append(one.right if one.left == record else one.left)
        return inside
