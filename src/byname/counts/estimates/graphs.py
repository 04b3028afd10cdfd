"""Decomposable graphs of lists: their cliques and separators, all of them, and their neighbours.

A line between two lists says that they may depend on each other given the others. A graph is
decomposable (chordal) when every ring of four lists or more has a chord; then the likelihood is a
product over its cliques divided by a product over its separators (Lauritzen 1996, "Graphical
models", proposition 3.19).

Lists are numbered from 0, a group of lists is the number with these bits, and a graph is a tuple
with the group of neighbours of every list.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

Graph = tuple[int, ...]

MOST_ENUMERATED = 6
"""18,154 graphs on six lists; 617,675 on seven are too many to list for a reader's sake."""


class Parts(NamedTuple):
    """Cliques and separators (with repetition; 0 is the empty separator) of a graph."""

    cliques: tuple[int, ...]
    separators: tuple[int, ...]


def bits(group: int) -> Iterator[int]:
    """Yield the numbers of the lists of a group, smallest first."""
    while group:
        low = group & -group
        yield low.bit_length() - 1
        group ^= low


def parts(graph: Graph) -> Parts | None:
    """Return cliques and separators of a graph, or None when it is not decomposable.

    By maximum cardinality search (Tarjan & Yannakakis 1984, "Simple linear-time algorithms to test
    chordality of graphs", SIAM J. Computing 13): lists are visited, always one with most visited
    neighbours; in a decomposable graph these are joined to each other. Where their number does not
    grow, a clique is complete and they are the separator of the next (Blair & Peyton 1993).
    """
    cliques: list[int] = []
    separators: list[int] = []
    visited = clique = 0
    left = (1 << len(graph)) - 1
    while left:
        at = max(bits(left), key=lambda one: (graph[one] & visited).bit_count())
        before = graph[at] & visited
        if any((before & ~(1 << one)) & ~graph[one] for one in bits(before)):
            return None
        if visited and before != clique:
            cliques.append(clique)
            separators.append(before)
        clique = before | 1 << at
        visited |= 1 << at
        left ^= 1 << at
    return Parts((*cliques, clique), tuple(separators))


@lru_cache(maxsize=1)
def decomposable(lists: int) -> tuple[Graph, ...]:
    """Return all decomposable graphs on so many lists: 1, 2, 8, 61, 822, 18,154, ...

    Every decomposable graph has a list whose neighbours are all joined (Dirac 1961, "On rigid
    circuit graphs"), and is decomposable without it. So all come from those on one list less, put
    in every place, with the new list joined to every clique.
    """
    if lists == 1:
        return ((0,),)
    found: set[Graph] = set()
    for small in decomposable(lists - 1):
        joined = {
            group
            for clique in _parts_of_decomposable(small).cliques
            for group in _subgroups(clique)
        }
        for place in range(lists):
            wide = tuple(_with_room(group, place) for group in small)
            for group in joined:
                found.add(_joined(wide, place, _with_room(group, place)))
    return tuple(sorted(found))


def _parts_of_decomposable(graph: Graph) -> Parts:
    found = parts(graph)
    assert found is not None  # only decomposable graphs are given
    return found


def _subgroups(group: int) -> Iterator[int]:
    """Yield all groups within a group, the empty one last."""
    one = group
    while one:
        yield one
        one = (one - 1) & group
    yield 0


def _with_room(group: int, place: int) -> int:
    """Return the group with the lists from ``place`` on numbered one higher."""
    low = group & ((1 << place) - 1)
    return low | (group ^ low) << 1


def _joined(wide: Graph, place: int, neighbours: int) -> Graph:
    """Return the graph with a new list in ``place`` that is joined to ``neighbours``."""
    new = [*wide[:place], 0, *wide[place:]]
    for one in bits(neighbours):
        new[one] |= 1 << place
    new[place] = neighbours
    return tuple(new)


def neighbours(graph: Graph) -> Iterator[tuple[Graph, Parts]]:
    """Yield the decomposable graphs with one line more or less, and their parts."""
    for first in range(len(graph)):
        for second in range(first):
            new = list(graph)
            new[first] ^= 1 << second
            new[second] ^= 1 << first
            found = parts(tuple(new))
            if found is not None:
                yield tuple(new), found


def text(found: Parts, names: tuple[str, ...]) -> str:
    """Return the cliques as text, ``[A B][B C]``: A and C depend on each other through B alone."""
    groups = sorted(tuple(bits(clique)) for clique in found.cliques)
    return "".join(f"[{' '.join(names[place] for place in group)}]" for group in groups)
