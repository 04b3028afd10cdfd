"""Estimates from log-linear models: against R, on simulated people, and what they warn of."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.counts.mse_tables import (
    ARTIFICIAL_3,
    HAV,
    HIV,
    numbered,
    oracle,
    said,
    sorted_terms,
    table,
)
from tests.shared import shared_file

from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.cells import Cells, cells
from byname.counts.estimates.loglinear import estimate
from byname.errors import EstimateError

R_BEST = oracle("rcapture_loglinear")
NO_ESTIMATE = 1e12
"""R prints such numbers where there is none."""


def simulated(chances, people, seed):
    """People on lists that do not know each other."""
    random = np.random.default_rng(seed)
    on = random.random((people, len(chances))) < np.asarray(chances)
    patterns, counts = np.unique(on[on.any(axis=1)].astype(int), axis=0, return_counts=True)
    names = [f"L{place}" for place in range(len(chances))]
    return cells(names, zip(patterns.tolist(), counts.tolist(), strict=True))


@pytest.mark.parametrize("line", R_BEST, ids=lambda line: f"{line['table']}-{line['criterion']}")
def test_the_best_models_are_those_of_r(line):
    lists = read_cells(shared_file(f"data/mse/{line['table']}"))
    criterion = line["criterion"].lower()
    found = estimate(lists, criterion=criterion, average=False)
    best = found.diagnostics.details[f"best_{criterion}"]
    if float(line["abundance"]) > NO_ESTIMATE:
        assert numbered(best["passed_over"], lists.lists) == sorted_terms(line["model"])
        assert any("has no finite estimate" in one for one in found.diagnostics.warnings)
        return
    assert best["passed_over"] is None
    assert best["estimate"] == pytest.approx(float(line["abundance"]), rel=1e-5)
    assert best["standard_error"] == pytest.approx(float(line["stderr"]), rel=1e-3)
    assert best["aic"] == pytest.approx(float(line["AIC"]), abs=1e-4)
    assert best["bic"] == pytest.approx(float(line["BIC"]), abs=1e-4)
    assert best["deviance"] == pytest.approx(float(line["deviance"]), abs=1e-4)
    assert best["df"] == int(line["df"])
    assert best["low"] == pytest.approx(float(line["low"]), rel=1e-3)
    assert best["high"] == pytest.approx(float(line["high"]), rel=1e-3)
    assert numbered(best["model"], lists.lists) == sorted_terms(line["model"])
    if line["models"] != "-":
        assert found.diagnostics.details["models_fitted"] == int(line["models"])


def test_five_lists_are_searched_in_a_second_of_the_processor():
    lists = read_cells(shared_file("data/mse/care1_Congenital.csv"))
    times = []
    for _ in range(3):
        start = time.process_time()
        estimate(lists)
        times.append(time.process_time() - start)
    assert min(times) < 1.0


def test_a_table_that_has_no_finite_estimate_gets_a_sentence():
    found = estimate(ARTIFICIAL_3)
    assert (found.estimate, found.low, found.high) == (None, None, None)
    assert not len(found.draws)
    first = found.diagnostics.warnings[0]
    assert first.startswith("This table has no finite estimate by log-linear models")
    assert "[A B][C]" in first
    details = found.diagnostics.details
    assert (details["models_fitted"], details["models_refused"]) == (8, 4)
    assert details["best_bic"]["estimate"] == pytest.approx(539.09, abs=0.01)
    assert details["best_bic"]["passed_over"] == "[A B][C]"


def test_no_estimate_is_beyond_what_r_prints_for_none():
    for name in ("sparsemse_Western.csv", "sparsemse_NewOrl.csv", "sparsemse_Ned.csv"):
        lists = read_cells(shared_file(f"data/mse/{name}"))
        for criterion in ("aic", "bic"):
            found = estimate(lists, criterion=criterion)
            assert found.estimate is None or found.estimate < 1e6


def test_a_list_that_holds_everybody_cannot_show_whom_it_missed():
    found = estimate(table("A B", "10 30, 11 12"))
    assert found.estimate is None
    assert "Everybody known is on the list 'A'" in found.diagnostics.warnings[0]


def test_two_lists_are_the_lincoln_petersen_estimate():
    found = estimate(table("A B", "10 30, 01 20, 11 10"), average=False)
    assert found.estimate == pytest.approx(40 * 30 / 10)
    low, _, high = said(found)
    assert 60 < low < 120 < high


def test_independent_lists_give_back_their_people():
    inside = []
    for seed in range(12):
        found = estimate(simulated((0.3, 0.25, 0.2, 0.15), 3000, seed))
        assert found.estimate == pytest.approx(3000, rel=0.12)
        low, _, high = said(found)
        inside.append(low <= 3000 <= high)
    assert sum(inside) >= 10


def test_a_shared_origin_of_two_lists_is_found_and_allowed_for():
    """B takes two thirds of its people from A: independence would lose a third of all."""
    random = np.random.default_rng(3)
    on = random.random((8000, 4)) < np.array([0.3, 0.08, 0.25, 0.2])
    on[:, 1] |= on[:, 0] & (random.random(8000) < 0.4)
    patterns, counts = np.unique(on[on.any(axis=1)].astype(int), axis=0, return_counts=True)
    lists = cells("ABCD", zip(patterns.tolist(), counts.tolist(), strict=True))
    found = estimate(lists)
    assert "[A B]" in found.diagnostics.details["model"]
    assert found.estimate == pytest.approx(8000, rel=0.05)
    low, _, high = said(found)
    assert low < 8000 < high


@settings(deadline=None, max_examples=8)
@given(st.permutations(range(4)), st.sampled_from(["aic", "bic"]))
def test_the_order_of_the_lists_does_not_matter(places, criterion):
    turned = Cells(
        tuple(HIV.lists[place] for place in places),
        {tuple(pattern[place] for place in places): n for pattern, n in HIV.counts.items()},
    )
    here, there = (estimate(one, criterion=criterion) for one in (HIV, turned))
    assert said(there) == pytest.approx(said(here), rel=1e-5)


def test_more_people_in_the_same_shares_narrow_the_interval():
    often = Cells(HIV.lists, {pattern: 4 * n for pattern, n in HIV.counts.items()})
    once, fourfold = (estimate(one, order=1, average=False) for one in (HIV, often))
    assert said(fourfold)[1] == pytest.approx(4 * said(once)[1], rel=1e-6)
    widths = [
        np.log((said(one)[2] - one.observed) / (said(one)[0] - one.observed))
        for one in (once, fourfold)
    ]
    assert widths[1] == pytest.approx(widths[0] / 2, rel=0.05)


def test_draws_say_what_the_estimate_says():
    for average in (True, False):
        found = estimate(HAV, average=average)
        assert found.draws.shape == (4000,)
        assert found.draws.min() > HAV.n
        assert np.median(found.draws) == pytest.approx(found.estimate, rel=0.06)
        assert np.quantile(found.draws, 0.975) == pytest.approx(found.high, rel=0.1)
    again = estimate(HAV)
    assert (again.draws == estimate(HAV).draws).all()


def test_weights_add_up_and_the_average_lies_among_the_models():
    found = estimate(HAV)
    top = found.diagnostics.details["top_models"]
    assert sum(one["weight"] for one in top) == pytest.approx(1.0, abs=1e-6)
    assert [one["aic"] for one in top] == sorted(one["aic"] for one in top)
    known = [one["estimate"] for one in top]
    assert min(known) < found.estimate < max(known)
    assert found.diagnostics.details["mean_standard_error"] > 0


def test_a_wider_level_is_a_wider_interval():
    for average in (True, False):
        narrow, wide = (said(estimate(HIV, level, average=average)) for level in (0.5, 0.99))
        assert wide[0] < narrow[0] < narrow[2] < wide[2]


def test_order_one_is_independence():
    found = estimate(HIV, order=1, average=False)
    assert found.diagnostics.details["models_fitted"] == 1
    assert found.diagnostics.details["model"] == "[c1][c2][c3][c4]"
    assert found.estimate == pytest.approx(11124.578, abs=0.01)


def test_seven_lists_are_searched_among_neighbours():
    lists = simulated((0.3, 0.25, 0.2, 0.15, 0.2, 0.1, 0.3), 3000, 1)
    found = estimate(lists)
    details = found.diagnostics.details
    assert "a search among neighbouring models" in details["search"]
    assert found.estimate == pytest.approx(3000, rel=0.06)


def test_a_search_finds_the_best_of_all_models(monkeypatch):
    whole = estimate(HIV).diagnostics.details
    monkeypatch.setattr("byname.counts.estimates.searching.MOST_MODELS", 10)
    part = estimate(HIV).diagnostics.details
    assert part["models_fitted"] < 113
    for best in ("best_aic", "best_bic"):
        assert part[best]["model"] == whole[best]["model"]


def test_interactions_of_three_of_six_lists_are_searched_for():
    lists = simulated((0.3, 0.25, 0.2, 0.15, 0.2, 0.1), 3000, 2)
    found = estimate(lists, order=3)
    assert "a search" in found.diagnostics.details["search"]
    assert found.diagnostics.details["order"] == 3
    assert said(found)[1] == pytest.approx(3000, rel=0.06)


def test_millions_of_people_are_fitted_as_well_as_hundreds():
    many = Cells(HIV.lists, {pattern: 10_000 * n for pattern, n in HIV.counts.items()})
    here, there = (estimate(one, order=1).diagnostics.details["best_aic"] for one in (HIV, many))
    assert there["estimate"] == pytest.approx(10_000 * here["estimate"], rel=1e-8)
    assert there["deviance"] == pytest.approx(10_000 * here["deviance"], rel=1e-6)


def test_what_is_wrong_with_a_table_is_said():
    text = " ".join(estimate(HAV).diagnostics.warnings)
    assert "as many parameters as the table has patterns" in text
    text = " ".join(estimate(HIV, average=False).diagnostics.warnings)
    assert "nobody in common" not in text
    lists = table("A B C", "100 50, 010 40, 001 30, 110 12, 011 3")
    text = " ".join(estimate(lists).diagnostics.warnings)
    assert "One pair of lists of 3 with nobody in common: A and C." in text
    assert "fewer than 5 people in common: B and C (3)." in text


def test_what_is_told_can_be_written_as_json():
    for lists in (HAV, HIV, ARTIFICIAL_3):
        json.dumps(estimate(lists).as_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"level": 1.0}, "not between 0 and 1"),
        ({"criterion": "dic"}, "no criterion 'dic'"),
        ({"order": 4}, "an order from 1 to 3"),
        ({"order": 0}, "an order from 1 to 3"),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(asked, sentence):
    with pytest.raises(EstimateError, match=sentence):
        estimate(HIV, **asked)
