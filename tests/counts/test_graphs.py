"""Decomposable graphs: against a brute force that looks for rings without a chord."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byname.counts.estimates.bma import GRAPHS
from byname.counts.estimates.graphs import Graph, bits, decomposable, neighbours, parts, text


def from_lines(lists, lines):
    graph = [0] * lists
    for one, two in lines:
        graph[one] |= 1 << two
        graph[two] |= 1 << one
    return tuple(graph)


def lines_of(graph):
    return [(one, two) for one in range(len(graph)) for two in bits(graph[one]) if one < two]


def every_graph(lists):
    places = list(combinations(range(lists), 2))
    for number in range(1 << len(places)):
        yield from_lines(lists, [line for at, line in enumerate(places) if number >> at & 1])


def has_ring_without_chord(graph):
    """Look at every ring of four or more, in every order: slow, and plain to see right."""
    for many in range(4, len(graph) + 1):
        for ring in permutations(range(len(graph)), many):
            closed = all(
                graph[ring[at]] >> ring[(at + 1) % many] & 1
                for at in range(many)
            )  # fmt: skip
            inside = sum(graph[one] >> two & 1 for one, two in combinations(ring, 2))
            if closed and inside == many:
                return True
    return False


def complete_groups(graph):
    found = {0}
    for group in range(1, 1 << len(graph)):
        if all(graph[one] >> two & 1 for one, two in combinations(bits(group), 2)):
            found.add(group)
    return found


def maximal(groups):
    return {one for one in groups if not any(one != two and one & two == one for two in groups)}


@pytest.mark.parametrize("lists", [1, 2, 3, 4, 5])
def test_all_that_have_no_ring_without_a_chord_and_no_other(lists):
    slow = {graph for graph in every_graph(lists) if not has_ring_without_chord(graph)}
    assert set(decomposable(lists)) == slow
    assert len(decomposable(lists)) == GRAPHS[lists - 1]
    assert all((parts(graph) is not None) == (graph in slow) for graph in every_graph(lists))


def test_there_are_18154_on_six_lists():
    assert len(decomposable(6)) == len(set(decomposable(6))) == 18154


@pytest.mark.parametrize("lists", [2, 3, 4, 5])
def test_cliques_are_the_maximal_complete_groups(lists):
    for graph in decomposable(lists):
        found = parts(graph)
        assert found is not None
        assert len(set(found.cliques)) == len(found.cliques)
        assert set(found.cliques) == maximal(complete_groups(graph))


def test_cliques_less_separators_hold_every_complete_group_once():
    """The cliques around a group make up a tree: what fixes the separators, with repetition."""
    for graph in decomposable(5):
        found = parts(graph)
        assert found is not None
        assert len(found.separators) == len(found.cliques) - 1
        for group in complete_groups(graph):
            around = sum(clique & group == group for clique in found.cliques)
            between = sum(separator & group == group for separator in found.separators)
            assert around - between == 1


@given(st.integers(2, 7).flatmap(lambda lists: st.tuples(st.just(lists), st.integers(0, 1 << 21))))
def test_neighbours_differ_by_one_line_and_are_decomposable(drawn):
    lists, number = drawn
    places = list(combinations(range(lists), 2))
    graph = from_lines(lists, [line for at, line in enumerate(places) if number >> at & 1])
    for other, found in neighbours(graph):
        assert len(set(lines_of(graph)) ^ set(lines_of(other))) == 1
        assert parts(other) == found


def test_every_decomposable_graph_is_reached_line_by_line():
    start: Graph = (0,) * 5
    reached, waiting = {start}, [start]
    while waiting:
        for other, _ in neighbours(waiting.pop()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    assert reached == set(decomposable(5))


def test_a_graph_is_written_by_its_cliques():
    found = parts(from_lines(4, [(0, 1), (1, 2), (0, 2)]))
    assert found is not None
    assert text(found, ("A", "B", "C", "D")) == "[A B C][D]"
    apart = parts((0, 0, 0))
    assert apart is not None
    assert text(apart, ("A", "B", "C")) == "[A][B][C]"


def test_a_ring_of_four_is_not_decomposable():
    assert parts(from_lines(4, [(0, 1), (1, 2), (2, 3), (3, 0)])) is None
