"""What is said against an estimate from log-linear models, and in which order."""

from __future__ import annotations

import pytest
from tests.counts.mse_tables import ARTIFICIAL_3, HAV, table
from tests.shared import shared_file

from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.loglinear import estimate
from byname.counts.estimates.loglinear_cautions import overlap_cautions, passed_over


def test_a_table_with_people_everywhere_has_nothing_said_of_its_pairs():
    assert overlap_cautions(HAV) == []


def test_pairs_with_nobody_and_with_few_in_common():
    lists = table("A B C D", "1000 50, 0100 40, 0010 30, 0001 9, 1100 12, 0110 3, 0011 4")
    none, few = overlap_cautions(lists)
    assert none.startswith("3 pairs of lists of 6 with nobody in common: A and C, A and D, B and D")
    assert few.startswith("2 pairs of lists of 6 with fewer than 5 people in common: ")
    assert "B and C (3), C and D (4)" in few


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("boundless", "the more people on no list, the better it fits"),
        ("none", "nobody on no list"),
        ("open", "any number on no list fits it as well"),
    ],
)
def test_why_a_model_was_passed_over(way, words):
    said = passed_over({"passed_over": "[A B][C]", "passed_over_for": way}, "aic")
    assert said.startswith("The model that fits best by AIC, [A B][C], has no finite estimate")
    assert words in said


def test_nothing_is_said_of_a_best_model_that_was_taken():
    assert passed_over({"passed_over": None, "passed_over_for": None}, "aic") == ""


def test_the_worst_comes_first():
    found = estimate(ARTIFICIAL_3).diagnostics.warnings
    assert found[0].startswith("This table has no finite estimate")
    assert found[-1].startswith("2 pairs of lists of 3 with nobody in common")


def test_models_that_disagree_are_named_with_their_figures():
    lists = read_cells(shared_file("data/mse/sparsemse_UKdat_5.csv"))
    text = " ".join(estimate(lists).diagnostics.warnings)
    assert "disagree by a factor of 4.6" in text
    assert "[LA NG PFNCA][NG GP][PFNCA GO] with 25,311" in text
    assert "fit about as well as the best" in text


def test_a_poor_fit_is_told_of():
    lists = read_cells(shared_file("data/mse/care1_Diabetes.csv"))
    text = " ".join(estimate(lists, criterion="bic").diagnostics.warnings)
    assert "fits poorly: deviance 22.0 on 7 degrees of freedom (p = 0.0026)" in text


def test_refused_models_that_fit_best_come_first_on_a_sparse_table():
    lists = read_cells(shared_file("data/mse/sparsemse_Western.csv"))
    found = estimate(lists)
    assert found.diagnostics.warnings[0].startswith(
        "The model that fits best by AIC, [A C D][A D E][B C][B D], has no finite estimate"
    )
    assert "(1,353 of 6,893)" in found.diagnostics.warnings[0]


def test_where_nothing_is_wrong_nothing_is_said():
    lists = read_cells(shared_file("data/mse/conting_spina.csv"))
    assert estimate(lists).diagnostics.warnings == ()
