"""Which decomposable graphs carry the posterior, and which pairs of lists depend on each other.

A graph's posterior weight is exact once the sum over all graphs is known. Up to six lists all
graphs are weighed; beyond that the best are looked for, always next to the best found so far, and
the report says how much of the posterior those found make up together.

Two lists i and j are joined in a graph just when its cliques that hold both are one more than its
separators that do (the cliques around a pair make up a tree). So the sum over the graphs without
that line is the sum over all with h(A) put to nought for every group A that holds both.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.chordal import log_sum
from byname.counts.estimates.graphs import (
    MOST_ENUMERATED,
    Graph,
    Parts,
    decomposable,
    neighbours,
    parts,
)
from byname.counts.estimates.marginals import Floats, Marginals

Signs = NDArray[np.int8]

Pair = tuple[int, int, float]
"""Places of two lists, and the weight of the graphs that join them."""

ENOUGH = 0.99
"""The search ends when the graphs found make up so much of the posterior ..."""
MOST_LOOKED_AROUND = 150
"""... or when the neighbours of so many were weighed."""
_NO_SHARE = 1e-9
_POINTS = 24
"""Quantiles of the unseen at which a pair is weighed beyond six lists; good to about 0.01."""
_LOG_NOUGHT = -1e9
"""Logarithm of a number that stands for nought; a true one would make nought divided by nought."""
_AT_ONCE = 2048
"""Graphs weighed in one matrix product."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Graphs by posterior weight, heaviest first.

    Attributes:
        graphs: cliques and separators.
        weights: posterior weights, exact; those of all graphs there are sum to 1.
        covered: sum of the weights of all graphs weighed (1 up to six lists).
        weighed: number of graphs weighed.
        pairs: weights of the graphs that join two lists, where all graphs were weighed.

    """

    graphs: tuple[Parts, ...]
    weights: tuple[float, ...]
    covered: float
    weighed: int
    pairs: list[Pair] | None = None


class Scale:
    """Weighs graphs: the share of a graph in the sum over all, averaged over the unseen.

    Args:
        logs: shape (2^p, g), log h of every group at g numbers of the unseen.
        whole: shape (g,), log of the sum over all graphs there.
        shares: shape (g,), posterior mass that each number stands for.

    """

    def __init__(self, logs: Floats, whole: Floats, shares: Floats) -> None:
        # Numbers of the unseen that hold next to nothing would only cost time.
        held = shares > _NO_SHARE
        self._logs = np.ascontiguousarray(logs[:, held])
        self._whole = whole[held]
        self._shares = shares[held]

    def log_weight(self, one: Parts) -> float:
        """Return the logarithm of a graph's posterior weight; it may lie far below -700."""
        log = self._logs[list(one.cliques)].sum(axis=0)
        log -= self._logs[list(one.separators)].sum(axis=0)
        log -= self._whole
        most = min(float(log.max()), 0.0)
        return most + float(np.log(self._shares @ np.exp(np.minimum(log - most, 0.0))))

    def weights(self, exponents: Signs) -> Floats:
        """Return the posterior weights of many graphs, given by their exponents."""
        out = np.empty(len(exponents))
        for start in range(0, len(exponents), _AT_ONCE):
            logs = exponents[start : start + _AT_ONCE].astype(np.float64) @ self._logs
            logs -= self._whole
            np.exp(np.minimum(logs, 0.0, out=logs), out=logs)
            out[start : start + _AT_ONCE] = logs @ self._shares
        return out


@lru_cache(maxsize=2)
def _listed(lists: int) -> tuple[tuple[Parts, ...], Signs]:
    """Return all graphs, and for each how often h of every group is multiplied in."""
    graphs = tuple(one for one in map(parts, decomposable(lists)) if one is not None)
    exponents = np.zeros((len(graphs), 1 << lists), dtype=np.int8)
    for exponent, one in zip(exponents, graphs, strict=True):
        exponent[list(one.cliques)] = 1
        for group in one.separators:
            exponent[group] -= 1
    return graphs, exponents


def rank(scale: Scale, lists: int, most: int = 10) -> Ranked:
    """Return the graphs of greatest posterior weight on so many lists."""
    if lists <= MOST_ENUMERATED:
        graphs, exponents = _listed(lists)
        weights = scale.weights(exponents)
        found = list(zip(weights.tolist(), graphs, strict=True))
        joined = _pairs_of(weights, exponents, lists)
    else:
        found = _look(scale, lists)
        joined = None
    found.sort(key=lambda one: (-one[0], one[1]))
    return Ranked(
        graphs=tuple(graph for _, graph in found[:most]),
        weights=tuple(weight for weight, _ in found[:most]),
        covered=min(1.0, sum(weight for weight, _ in found)),
        weighed=len(found),
        pairs=joined,
    )


def _pairs_of(weights: Floats, exponents: Signs, lists: int) -> list[Pair]:
    """Return the weights of pairs from those of all graphs."""
    out = []
    for one, two in combinations(range(lists), 2):
        joined = exponents[:, _holding(lists, one, two)].sum(axis=1)
        out.append((one, two, float(weights @ joined)))
    return sorted(out, key=lambda pair: -pair[2])


def _holding(lists: int, one: int, two: int) -> NDArray[np.bool_]:
    """Return which groups hold both lists; shape (2^p,)."""
    groups = np.arange(1 << lists)
    held: NDArray[np.bool_] = (groups >> one & groups >> two & 1) == 1
    return held


def _look(scale: Scale, lists: int) -> list[tuple[float, Parts]]:
    """Weigh the graphs around the heaviest found, starting from no line at all."""
    start: Graph = (0,) * lists
    lines: Parts | None = parts(start)
    assert lines is not None  # no line, no ring
    found: dict[Graph, tuple[float, Parts]] = {start: (scale.log_weight(lines), lines)}
    # In order of the logarithm: at first all weights are too small for a float.
    waiting = [(-found[start][0], start)]
    covered = np.exp(found[start][0])
    for _ in range(MOST_LOOKED_AROUND):
        if covered >= ENOUGH or not waiting:
            break
        _, graph = heapq.heappop(waiting)
        for other, its_parts in neighbours(graph):
            if other not in found:
                log = scale.log_weight(its_parts)
                found[other] = (log, its_parts)
                covered += np.exp(log)
                heapq.heappush(waiting, (-log, other))
    return [(float(np.exp(log)), graph) for log, graph in found.values()]


def pairs(marginals: Marginals, unseen: Floats, shares: Floats) -> list[Pair]:
    """Return the posterior weight of the graphs that join two lists, without listing any graph.

    Args:
        marginals: of the table.
        unseen: shape (g,), rising; numbers of the unseen.
        shares: shape (g,), posterior mass that each stands for.

    Returns:
        Places of two lists and the weight from 0 to 1, heaviest first.

    """
    reached = np.cumsum(shares)
    at = np.searchsorted(reached, (np.arange(_POINTS) + 0.5) / _POINTS * reached[-1])
    some = unseen[at]

    def summed(kept: Floats) -> Floats:
        """Log of the sum over the graphs, with ``kept`` added to log h of every group."""
        return log_sum(lambda chunk: marginals.logs(chunk) + kept[:, None], marginals.p, some)

    whole = summed(np.zeros(1 << marginals.p))
    out = []
    for one, two in combinations(range(marginals.p), 2):
        without = summed(np.where(_holding(marginals.p, one, two), _LOG_NOUGHT, 0.0))
        joined = -np.expm1(np.minimum(without - whole, 0.0))
        out.append((one, two, float(joined.mean())))
    return sorted(out, key=lambda pair: -pair[2])
