"""The posterior by plain sums over every graph and every number of the unseen: slow, and plain.

Nothing of the package is used but the table.
"""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
from scipy.special import gammaln


def complete(lines, group):
    return all(pair in lines for pair in combinations(group, 2))


def exponents(lists, lines):
    """Group -> how often h(group) is multiplied in; None when there is a ring without a chord.

    Found from the largest groups down, so that the groups around every complete group add up
    to one: no search for cliques or separators.
    """
    for many in range(4, lists + 1):
        for ring in permutations(range(lists), many):
            around = {tuple(sorted((ring[at], ring[at - 1]))) for at in range(many)}
            inside = {pair for pair in combinations(sorted(ring), 2) if pair in lines}
            if around == inside:
                return None
    found: dict[tuple[int, ...], int] = {}
    for size in range(lists, 0, -1):
        for group in combinations(range(lists), size):
            if complete(lines, group):
                above = sum(times for other, times in found.items() if set(group) < set(other))
                found[group] = 1 - above
    return {group: times for group, times in found.items() if times}


def log_h(data, group, delta, unseen):
    lists = len(data.lists)
    a = delta * 2 ** (lists - len(group))
    held: dict[tuple[int, ...], int] = {}
    for pattern, count in data.counts.items():
        key = tuple(pattern[place] for place in group)
        held[key] = held.get(key, 0) + count
    nowhere = (0,) * len(group)
    zero = held.pop(nowhere, 0) + unseen
    whole = delta * 2**lists
    out = gammaln(whole) - gammaln(whole + data.n + unseen) + gammaln(a + zero) - gammaln(a)
    for count in held.values():
        out = out + gammaln(a + count) - gammaln(a)
    return out


def by_plain_sums(data, delta, prior):
    """Median, ends of the 95 % interval, and the weight of each graph.

    All numbers to 20,000, then one for every hundred to 20 million.
    """
    lists = len(data.lists)
    singly = np.arange(1 if prior == "unseen" else 0, 20_000, dtype=float)
    unseen = np.concatenate([singly, np.arange(20_049.5, 2e7, 100)])
    shared = gammaln(data.n + unseen + 1) - gammaln(unseen + 1)
    shared[len(singly) :] += np.log(100)
    shared -= np.log(unseen if prior == "unseen" else data.n + unseen)
    pairs = list(combinations(range(lists), 2))
    logs = {}
    for number in range(1 << len(pairs)):
        lines = frozenset(pair for at, pair in enumerate(pairs) if number >> at & 1)
        times = exponents(lists, lines)
        if times is not None:
            logs[lines] = shared + sum(
                many * log_h(data, group, delta, unseen) for group, many in times.items()
            )
    top = max(log.max() for log in logs.values())
    weights = {lines: np.exp(log - top).sum() for lines, log in logs.items()}
    reached = np.cumsum(sum(np.exp(log - top) for log in logs.values()))
    found = [
        float(unseen[np.searchsorted(reached, share * reached[-1])]) + data.n
        for share in (0.5, 0.025, 0.975)
    ]
    total = sum(weights.values())
    return found, {lines: weight / total for lines, weight in weights.items()}
