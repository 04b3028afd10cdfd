"""Sums over subsets and supersets."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from byname.counts.estimates.lattice import over_subsets, over_supersets, table_of

values = st.lists(st.integers(-50, 50), min_size=16, max_size=16)


@given(values, values)
def test_sums_are_those_taken_one_by_one(first, second):
    given_values = np.array([first, second], dtype=np.float64)
    up, down = over_supersets(given_values, 4), over_subsets(given_values, 4)
    for one in range(16):
        above = [other for other in range(16) if other & one == one]
        below = [other for other in range(16) if other & one == other]
        assert up[:, one].tolist() == given_values[:, above].sum(axis=1).tolist()
        assert down[:, one].tolist() == given_values[:, below].sum(axis=1).tolist()
    assert given_values.tolist() == [first, second]


def test_of_truth_values_any_counts():
    seen = np.zeros((1, 8), dtype=np.bool_)
    seen[0, 0b110] = True
    held = over_supersets(seen, 3)[0]
    assert np.flatnonzero(held).tolist() == [0b000, 0b010, 0b100, 0b110]


def test_a_table_sums_as_its_design_multiplies():
    random = np.random.default_rng(0)
    for unseen in (None, 7.0):
        table = table_of(random.integers(0, 9, 15).astype(np.float64), 4, unseen)
        assert table.counts.shape == table.patterns.shape
        some = random.random((5, len(table.counts)))
        by_set = random.random((5, 16))
        assert np.allclose(table.sums(some), some @ table.design)
        assert np.allclose(table.spread(by_set), by_set @ table.design.T)
