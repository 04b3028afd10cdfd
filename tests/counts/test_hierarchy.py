"""The hierarchical models of a number of lists."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from byname.counts.estimates.hierarchy import (
    all_models,
    count_of_models,
    facets,
    generators,
    neighbours,
    terms,
    text_of,
)


@pytest.mark.parametrize(("lists", "count"), [(2, 1), (3, 8), (4, 113), (5, 6893)])
def test_there_are_as_many_models_as_dedekind_counted(lists, count):
    assert len(all_models(lists, max(1, lists - 1))) == count


def test_of_six_lists_all_graphs_of_pairs_are_models():
    assert count_of_models(6, 2) == 2**15 == len(all_models(6, 2))
    assert count_of_models(7, 1) == 1
    assert count_of_models(6, 3) is None


def test_a_model_of_four_lists_holds_all_parts_of_its_terms():
    among = terms(4, 3)
    for model in all_models(4, 3):
        held = {term for term, there in zip(among, model, strict=True) if there}
        for term in held:
            assert all(part in held or part.bit_count() == 1 for part in facets(term))


def test_no_model_comes_twice_and_none_holds_all_lists_in_one_term():
    models = all_models(4, 3)
    assert len(np.unique(models, axis=0)) == len(models)
    assert 0b1111 not in terms(4, 3)


def test_terms_are_sets_of_lists_small_ones_first():
    assert terms(3, 2) == (0b011, 0b101, 0b110)
    assert [term.bit_count() for term in terms(4, 3)] == [2] * 6 + [3] * 4
    assert terms(2, 2) == ()


def test_a_model_is_written_by_its_largest_terms():
    among = terms(4, 3)
    model = [term in (0b0011, 0b0101, 0b0110, 0b0111) for term in among]
    assert text_of(model, among, ("A", "B", "C", "D")) == "[A B C][D]"
    assert generators(model, among, 4) == (0b0111, 0b1000)
    assert text_of([False] * len(among), among, ("A", "B", "C", "D")) == "[A][B][C][D]"


def test_neighbours_are_the_models_one_term_away():
    among = terms(4, 3)
    models = {tuple(model) for model in all_models(4, 3).tolist()}
    for model in models:
        near = set(neighbours(model, among))
        apart = {other for other in models if differences(model, other) == 1}
        assert near == apart


def differences(model, other):
    return sum(one != two for one, two in zip(model, other, strict=True))


def test_facets_lack_one_list():
    assert set(facets(0b1011)) == {
        sum(1 << place for place in some) for some in combinations((0, 1, 3), 2)
    }
