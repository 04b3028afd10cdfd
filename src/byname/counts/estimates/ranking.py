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
from itertools import combinations

import numpy as np

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

ENOUGH = 0.99
"""The search ends when the graphs found make up so much of the posterior ..."""
MOST_LOOKED_AROUND = 150
"""... or when the neighbours of so many were weighed."""
_NO_SHARE = 1e-9
_POINTS = 24
"""Quantiles of the unseen at which a pair is weighed; weights of pairs are good to about 0.01."""
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

    """

    graphs: tuple[Parts, ...]
    weights: tuple[float, ...]
    covered: float
    weighed: int


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

    def weights(self, many: tuple[Parts, ...]) -> Floats:
        """Return the posterior weights of many graphs."""
        out = np.empty(len(many))
        for start in range(0, len(many), _AT_ONCE):
            some = many[start : start + _AT_ONCE]
            signs = np.zeros((len(some), len(self._logs)))
            for row, one in enumerate(some):
                for group in one.cliques:
                    signs[row, group] += 1
                for group in one.separators:
                    signs[row, group] -= 1
            logs = signs @ self._logs
            logs -= self._whole
            np.exp(np.minimum(logs, 0.0, out=logs), out=logs)
            out[start : start + len(some)] = logs @ self._shares
        return out


def rank(scale: Scale, lists: int, most: int = 10) -> Ranked:
    """Return the graphs of greatest posterior weight on so many lists."""
    if lists <= MOST_ENUMERATED:
        graphs = tuple(one for one in map(parts, decomposable(lists)) if one is not None)
        weights = scale.weights(graphs)
        found = list(zip(weights.tolist(), graphs, strict=True))
    else:
        found = _look(scale, lists)
    found.sort(key=lambda one: (-one[0], one[1]))
    return Ranked(
        graphs=tuple(graph for _, graph in found[:most]),
        weights=tuple(weight for weight, _ in found[:most]),
        covered=min(1.0, sum(weight for weight, _ in found)),
        weighed=len(found),
    )


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


def pairs(marginals: Marginals, unseen: Floats, shares: Floats) -> list[tuple[int, int, float]]:
    """Return the posterior weight of the graphs that join two lists, for every two.

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
    groups = np.arange(1 << marginals.p)

    def summed(kept: Floats) -> Floats:
        """Log of the sum over the graphs, with ``kept`` added to log h of every group."""
        return log_sum(lambda chunk: marginals.logs(chunk) + kept[:, None], marginals.p, some)

    whole = summed(np.zeros(len(groups)))
    out = []
    for one, two in combinations(range(marginals.p), 2):
        without = summed(np.where(groups >> one & groups >> two & 1, _LOG_NOUGHT, 0.0))
        joined = -np.expm1(np.minimum(without - whole, 0.0))
        out.append((one, two, float(joined.mean())))
    return sorted(out, key=lambda pair: -pair[2])
