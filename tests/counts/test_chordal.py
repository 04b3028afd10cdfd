"""The sum over all decomposable graphs: against known counts and against adding them up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byname.counts.estimates import chordal
from byname.counts.estimates.bma import GRAPHS
from byname.counts.estimates.chordal import log_sum
from byname.counts.estimates.graphs import decomposable, parts


def with_table(logs):
    """Give the same logarithms for any numbers of the unseen."""
    return lambda unseen: np.repeat(logs[:, None], len(unseen), axis=1)


def added_up(logs, lists):
    weights = []
    for graph in decomposable(lists):
        found = parts(graph)
        assert found is not None
        weights.append(
            sum(logs[one] for one in found.cliques) - sum(logs[one] for one in found.separators)
        )
    return np.logaddexp.reduce(weights)


@pytest.mark.parametrize("lists", range(1, 10))
def test_with_nothing_to_tell_them_apart_it_counts_the_graphs(lists):
    """OEIS A058862, labelled chordal graphs."""
    logs = np.zeros(1 << lists)
    assert np.exp(log_sum(with_table(logs), lists, np.zeros(1))[0]) == pytest.approx(
        GRAPHS[lists - 1], rel=1e-11
    )


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1), st.sampled_from([0.1, 3.0, 300.0, 1e5]))
def test_it_is_the_sum_over_the_graphs_listed(lists, seed, spread):
    logs = np.random.default_rng(seed).normal(size=1 << lists) * spread
    logs[0] = 0
    assert log_sum(with_table(logs), lists, np.zeros(1))[0] == pytest.approx(
        added_up(logs, lists), rel=1e-12, abs=1e-10
    )


def test_so_on_six_lists():
    logs = np.random.default_rng(6).normal(size=64) * 5
    logs[0] = 0
    assert log_sum(with_table(logs), 6, np.zeros(1))[0] == pytest.approx(added_up(logs, 6))


def test_likelihoods_that_no_float_holds_are_summed():
    """With a million people the logarithms differ by millions."""
    logs = np.random.default_rng(8).normal(size=32) * 1e7
    logs[0] = 0
    assert log_sum(with_table(logs), 5, np.zeros(1))[0] == pytest.approx(added_up(logs, 5))


def test_chunks_change_nothing(monkeypatch):
    def logs(unseen):
        return np.sin(np.arange(32.0)[:, None] * (1 + unseen)) * (np.arange(32) > 0)[:, None]

    unseen = np.linspace(0, 3, 50)
    told = []
    whole = log_sum(logs, 5, unseen)
    monkeypatch.setattr(chordal, "_COLUMNS", 7)
    parted = log_sum(logs, 5, unseen, lambda done, of: told.append((done, of)))
    np.testing.assert_allclose(parted, whole, rtol=1e-12)
    assert told[0] == (7, 50)
    assert told[-1] == (50, 50)


def test_the_order_of_lists_does_not_matter():
    lists, order = 6, [3, 0, 5, 1, 4, 2]
    logs = np.random.default_rng(5).normal(size=1 << lists) * 10
    logs[0] = 0
    moved = np.empty_like(logs)
    for group in range(1 << lists):
        moved[sum(1 << order[place] for place in range(lists) if group >> place & 1)] = logs[group]
    one, other = (log_sum(with_table(table), lists, np.zeros(1))[0] for table in (logs, moved))
    assert one == pytest.approx(other, rel=1e-12)
