"""Pairs -> people, without chaining strangers together.

Pairs are taken from the strongest down. Two groups become one when the mean weight of all
pairs between them speaks for it (average linkage: pairs never compared count against), and
when nothing contradicts it: a human decision, two dates of death to the day, two full
patronymics, two sexes. Decisions that two records are one person come first and stand above
everything but a decision to the contrary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

UNSEEN = -3.0
"""Bits that a pair counts for which blocking never proposed or scoring dropped."""


class Pair(NamedTuple):
    """A scored pair; ``against`` names what contradicts it, or is empty."""

    left: int
    right: int
    weight: float
    against: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about two records."""

    left: int
    right: int
    same: bool


class _Groups:
    """Groups of records, with the sum of the weights between every two that met."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.root: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self.between: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        self.barred: dict[int, set[int]] = defaultdict(set)
        for pair in pairs:
            self._meet(pair.left, pair.right, pair.weight)

    def find(self, record: int) -> int:
        if record not in self.root:
            self.root[record] = record
            self.members[record] = [record]
        return self.root[record]

    def _meet(self, left: int, right: int, weight: float) -> None:
        a, b = self.find(left), self.find(right)
        total, number = self.between[a].get(b, (0.0, 0))
        self.between[a][b] = self.between[b][a] = (total + weight, number + 1)

    def bar(self, left: int, right: int) -> None:
        a, b = self.find(left), self.find(right)
        if a != b:
            self.barred[a].add(b)
            self.barred[b].add(a)

    def mean(self, a: int, b: int) -> float:
        total, number = self.between[a].get(b, (0.0, 0))
        possible = len(self.members[a]) * len(self.members[b])
        return (total + UNSEEN * (possible - number)) / possible

    def join(self, a: int, b: int) -> None:
        """Make group ``b`` part of group ``a``; call with the larger first."""
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        for record in self.members.pop(b):
            self.root[record] = a
            self.members[a].append(record)
        for other, (total, number) in self.between.pop(b, {}).items():
            self.between[other].pop(b, None)
            if other != a:
                known, count = self.between[a].get(other, (0.0, 0))
                self.between[a][other] = self.between[other][a] = (known + total, count + number)
        for other in self.barred.pop(b, set()):
            self.barred[other].discard(b)
            if other != a:
                self.barred[a].add(other)
                self.barred[other].add(a)


def cluster(
    pairs: Sequence[Pair], decisions: Iterable[Decided] = (), least: float = 0.0
) -> dict[int, int]:
    """Return record -> person for every record that stands in a pair or a decision.

    A person's number is that of its first record, so that it does not depend on the order
    in which lists were added or on how often they were linked.

    Args:
        pairs: scored pairs, weights in bits with the prior included (0 is even odds).
        decisions: human decisions, the valid ones only.
        least: weight from which a pair may join two groups.

    """
    groups = _Groups(pairs)
    told = _decide(groups, list(decisions))
    for pair in pairs:
        if pair.against and told.isdisjoint((pair.left, pair.right)):
            groups.bar(pair.left, pair.right)
    for pair in sorted(pairs, key=lambda p: (-p.weight, p.left, p.right)):
        if pair.weight < least:
            break
        a, b = groups.find(pair.left), groups.find(pair.right)
        if a != b and b not in groups.barred[a] and groups.mean(a, b) >= least:
            groups.join(a, b)
    return {record: min(members) for members in groups.members.values() for record in members}


def _decide(groups: _Groups, decisions: Sequence[Decided]) -> set[int]:
    """Carry out the decisions: what may not be joined first, then what is one person.

    Return the records joined. Somebody who says that Георгий is Григорий has answered what
    speaks against it: their contradictions with third records weigh, but bar nothing.
    """
    joined: set[int] = set()
    for one in decisions:
        if not one.same:
            groups.bar(one.left, one.right)
    for one in sorted(decisions, key=lambda d: (d.left, d.right)):
        a, b = groups.find(one.left), groups.find(one.right)
        if one.same and b not in groups.barred[a]:
            joined |= {one.left, one.right}
            if a != b:
                groups.join(a, b)
    return joined
