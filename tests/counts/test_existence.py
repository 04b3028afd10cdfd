"""Whether a table has a finite estimate under a model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.counts.mse_tables import ARTIFICIAL_3, HAV

from byname.counts.estimates.existence import check, dead_margins, face, identifies, tendency
from byname.counts.estimates.fitting import finite_sets, fit
from byname.counts.estimates.hierarchical_fits import counts_of
from byname.counts.estimates.hierarchy import all_models, terms, text_of
from byname.counts.estimates.lattice import table_of

NAMES = ("A", "B", "C", "D")


def design_of(model, among, lists):
    """The columns of a model: the intercept, the lists, its terms."""
    sets = [0, *(1 << place for place in range(lists))]
    sets += [term for term, there in zip(among, model, strict=True) if there]
    return table_of(np.zeros((1 << lists) - 1), lists).design[:, sets]


def verdicts(counts, lists):
    among = terms(lists, lists - 1)
    return {
        text_of(model.tolist(), among, NAMES[:lists]): check(design_of(model, among, lists), counts)
        for model in all_models(lists, lists - 1)
    }


def test_a_table_without_empty_patterns_has_every_estimate():
    for verdict in verdicts(counts_of(HAV), 3).values():
        assert verdict.exists
        assert verdict.identified


@pytest.mark.parametrize(
    ("model", "identified"),
    [
        ("[A][B][C]", True),
        ("[A C][B]", True),
        ("[B C][A]", True),
        ("[A C][B C]", True),
        ("[A B][C]", False),
        ("[A B][A C]", False),
        ("[A B][B C]", False),
        ("[A B][A C][B C]", False),
    ],
)
def test_chan_silverman_and_vincent_on_their_table_2(model, identified):
    """Without AB there is an estimate; with AB, or with all three pairs, there is none.

    Chan, Silverman & Vincent 2021 (help page of SparseMSE 2.0.1 on Artificial_3).
    """
    assert verdicts(counts_of(ARTIFICIAL_3), 3)[model].identified is identified


def test_of_independence_on_that_table_the_maximum_is_reached():
    assert verdicts(counts_of(ARTIFICIAL_3), 3)["[A][B][C]"].exists


def test_lists_with_nobody_in_common_have_the_patterns_of_both_forbidden():
    verdict = verdicts(counts_of(ARTIFICIAL_3), 3)["[A C][B]"]
    patterns = np.arange(1, 8)
    assert not verdict.exists
    assert not verdict.face[(patterns & 0b101) == 0b101].any()
    assert verdict.face[(patterns & 0b101) != 0b101].all()


def test_a_limit_that_no_empty_margin_shows_is_found_by_linear_programming():
    """As in Haberman 1974, appendix B: no margin is empty, and yet there is no maximum."""
    counts = np.full(15, 5.0)
    counts[[0b0011 - 1, 0b1100 - 1]] = 0.0
    among = terms(4, 3)
    triple = [term.bit_count() == 2 or term == 0b0111 for term in among]
    triples = [True] * len(among)
    assert not dead_margins(counts, np.array([triple, triples]), among, 4).any()
    assert check(design_of(triple, among, 4), counts).exists
    assert not check(design_of(triples, among, 4), counts).exists


@pytest.mark.parametrize(
    ("terms_held", "way"),
    [((0b011,), "boundless"), ((0b011, 0b101), "boundless"), ((0b011, 0b101, 0b110), "open")],
)
def test_where_the_number_on_no_list_goes(terms_held, way):
    """With AB alone list C meets nobody, so that the more are missing the better it fits."""
    among, counts = terms(3, 2), counts_of(ARTIFICIAL_3)
    design = design_of([term in terms_held for term in among], among, 3)
    assert tendency(design, check(design, counts).face) == way


def test_a_list_that_all_are_on_has_nobody_missing():
    counts, design = np.array([30.0, 0.0, 12.0]), design_of([], (), 2)
    assert tendency(design, check(design, counts).face) == "none"


def test_rows_that_determine_the_intercept():
    assert identifies(np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]))
    assert not identifies(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]))
    assert not identifies(np.zeros((0, 3)))


def test_a_table_with_people_everywhere_needs_no_program():
    alive = np.ones(7, dtype=np.bool_)
    assert face(design_of([True, True, True], terms(3, 2), 3), counts_of(HAV), alive).all()


sparse_counts = st.lists(st.sampled_from([0, 0, 0, 1, 2, 7, 40]), min_size=15, max_size=15).filter(
    lambda counts: sum(counts) > 0
)


@settings(deadline=None, max_examples=25)
@given(sparse_counts, st.integers(0, 112))
def test_fits_find_the_limits_that_linear_programming_finds(numbers, which):
    """Margins and Newton's method together against one program on the whole table."""
    counts = np.array(numbers, dtype=np.float64)
    among, models = terms(4, 3), all_models(4, 3)
    verdict = check(design_of(models[which].tolist(), among, 4), counts)
    fits = fit(table_of(counts, 4), models[which : which + 1], among)
    assert fits.settled[0]
    assert fits.alive[0].tolist() == verdict.face.tolist()
    assert fits.identified[0] == verdict.identified


def test_terms_of_which_the_limit_leaves_nothing_have_no_finite_parameter():
    among, models = terms(3, 2), all_models(3, 2)
    table = table_of(counts_of(ARTIFICIAL_3), 3)
    alive = ~dead_margins(table.counts, models, among, 3)
    held = finite_sets(table, models, among, alive)
    full = models.all(axis=1)
    assert held[full, 0b011].all()
    assert not held[full, 0b101].any()
    assert not held[full, 0b110].any()
