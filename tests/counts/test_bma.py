"""Averages over decomposable graphs: against R's dga, and against adding all up one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.counts.mse_tables import ARTIFICIAL_3, HAV, oracle, table
from tests.counts.plain_sums import by_plain_sums
from tests.shared import shared_file

from byname.counts.estimates import bma
from byname.counts.estimates.bma import estimate
from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.cells import cells
from byname.errors import EstimateError

FOUR = table(
    "A B C D",
    "1000 60, 0100 44, 0010 38, 0001 51, 1100 9, 1010 12, 0110 5, 1001 7, 0011 14, 1011 3, 1111 1",
)
"""Made up."""
FOUR_ALIKE = table("A B C D", "1000 20, 0100 20, 0010 20, 0001 20, 1111 30")
"""Made up: whoever is on two lists is on all."""


def details(of):
    return of.diagnostics.details


def ends(of) -> tuple[float, float, float]:
    """Low end, median and high end, all of them there."""
    assert None not in (of.low, of.estimate, of.high)
    return of.low, of.estimate, of.high


# --- by plain sums -------------------------------------------------------------------------------


@pytest.mark.parametrize("prior", ["total", "unseen"])
@pytest.mark.parametrize("delta", [None, 0.5])
@pytest.mark.parametrize(
    "data",
    [FOUR, FOUR_ALIKE, table("A B C", "100 40, 010 31, 001 22, 110 9, 011 4, 111 5")],
)
def test_it_is_what_plain_sums_give(data, delta, prior):
    ours = estimate(data, delta=delta, prior=prior)
    used = 2.0 ** -len(data.lists) if delta is None else delta
    plain, weights = by_plain_sums(data, used, prior)
    assert [ours.estimate, ours.low, ours.high] == pytest.approx(plain, rel=2e-3, abs=1)
    assert details(ours)["independent"] == pytest.approx(weights[frozenset()], rel=5e-3)
    every = frozenset(combinations(range(len(data.lists)), 2))
    assert details(ours)["saturated"] == pytest.approx(weights[every], rel=5e-3, abs=1e-6)
    assert details(ours)["graphs"][0]["weight"] == pytest.approx(max(weights.values()), rel=5e-3)
    joined = {
        (data.lists[one], data.lists[two]): sum(
            weight for lines, weight in weights.items() if (one, two) in lines
        )
        for one, two in combinations(range(len(data.lists)), 2)
    }
    for pair in details(ours)["pairs"]:
        assert pair["weight"] == pytest.approx(joined[tuple(pair["lists"].split())], abs=2e-3)


def test_two_lists_are_two_graphs():
    """Independent or not: all the posterior knows comes from the prior of that."""
    two = table("A B", "10 200, 01 150, 11 50")
    ours = estimate(two, delta=0.5)
    plain, weights = by_plain_sums(two, 0.5, "total")
    assert [ours.estimate, ours.low] == pytest.approx(plain[:2], rel=2e-3)
    assert details(ours)["models"] == 2
    assert details(ours)["independent"] == pytest.approx(weights[frozenset()], rel=5e-3)
    assert any("two lists" in one for one in ours.diagnostics.warnings)


# --- as R has it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", oracle("dga_bma"), ids=lambda row: f"{row['table']}-{row['prior']}-{row['delta']}"
)
def test_as_dga_has_it(row):
    data = read_cells(shared_file(f"data/mse/{row['table']}"))
    ours = estimate(
        data, float(row["level"]), delta=float(row["delta"]), prior=row["prior"]
    )  # fmt: skip
    theirs = [float(row[name]) for name in ("median", "low", "high")]
    # One person, or one step of R's grid, or a tenth of what is asked for.
    assert [ours.estimate, ours.low, ours.high] == pytest.approx(
        theirs, rel=1e-3, abs=float(row["step"])
    )
    assert ours.observed == int(row["seen"])


def test_dga_weighs_hepatitis_alike():
    """HAV needs no shared data: R gives 293 [271, 1,430] on a grid to 20 million."""
    ours = estimate(HAV)
    assert (ours.estimate, ours.low) == (293, 271)
    assert ours.high == pytest.approx(1430, abs=2)


def test_cut_where_users_of_dga_cut_it_is_what_they_get():
    """R: bma.cr(HAV, 0:(20 * 271), 1/8, graphs3) gives 292 [271, 1,119]."""
    ours = estimate(HAV)
    cut = details(ours)["up_to"]
    assert cut["unseen"] == 20 * 271
    assert (cut["estimate"], cut["low"]) == (292, 271)
    assert cut["high"] == pytest.approx(1119, rel=3e-3)
    assert "The upper end rests on a long tail" in told(ours)


# --- more lists than R takes ----------------------------------------------------------------------


def populations(lists, people, seed, share=0.35, copied=0.0):
    """Lists of a known population, independent but for B, which copies part of A."""
    rng = np.random.default_rng(seed)
    on = rng.random((people, lists)) < share
    on[:, 1] |= on[:, 0] & (rng.random(people) < copied)
    patterns, counts = np.unique(on[on.any(axis=1)].astype(int), axis=0, return_counts=True)
    names = [chr(ord("A") + place) for place in range(lists)]
    return cells(
        names, [(tuple(row), int(many)) for row, many in zip(patterns, counts, strict=True)]
    )


@pytest.mark.parametrize("lists", [6, 7, 8])
def test_six_to_eight_lists_find_a_known_number(lists):
    ours = estimate(populations(lists, 400, 10 + lists), 0.99)
    low, _, high = ends(ours)
    assert low <= 400 <= high
    assert details(ours)["models"] == (18154, 617675, 30888596)[lists - 6]


def test_a_million_people_of_whom_half_were_never_seen():
    ours = estimate(populations(5, 1_000_000, 2, share=0.12, copied=0.5))
    low, _, high = ends(ours)
    assert low <= 1_000_000 <= high
    assert high / low < 1.05
    assert details(ours)["graphs"][0]["graph"] == "[A B][C][D][E]"
    assert details(ours)["grid_points"] < 3000


def test_the_search_finds_what_the_full_list_has(monkeypatch):
    """On six lists, where all can be weighed, the search for the heaviest misses none of them."""
    data = populations(6, 3000, 1)
    full = details(estimate(data))
    monkeypatch.setattr("byname.counts.estimates.ranking.MOST_ENUMERATED", 5)
    looked = details(estimate(data))
    assert looked["graphs"][:3] == full["graphs"][:3]
    assert full["graphs_covered"] == pytest.approx(1, abs=1e-4)
    assert looked["graphs_covered"] <= 1
    # Pairs without a list of graphs, from the sums with and without a line.
    exact = {pair["lists"]: pair["weight"] for pair in full["pairs"]}
    assert {pair["lists"]: pair["weight"] for pair in looked["pairs"]} == pytest.approx(
        exact, abs=0.01
    )
    assert looked["graphs_weighed"] < full["graphs_weighed"] == 18154


# --- properties -----------------------------------------------------------------------------------

patterns = st.lists(st.integers(0, 30), min_size=7, max_size=7)


def three_lists(counts):
    """Return the table, or None when it is none (an empty list, no overlap)."""
    rows = [
        ((number >> 2 & 1, number >> 1 & 1, number & 1), count)
        for number, count in enumerate(counts, start=1)
    ]
    try:
        return cells("ABC", rows)
    except EstimateError:
        return None


@settings(deadline=None, max_examples=40)
@given(patterns)
def test_any_table_of_three_lists_gets_an_interval(counts):
    data = three_lists(counts)
    if data is None:
        return
    ours = estimate(data)
    low, middle, high = ends(ours)
    assert data.n <= low <= middle <= high < np.inf
    assert details(ours)["cut_off_mass"] < 1e-5
    assert details(ours)["grid_error"] < 1e-3
    assert sum(one["weight"] for one in details(ours)["graphs"]) == pytest.approx(1, abs=1e-4)
    assert sum(one["mass"] for one in details(ours)["modes"]) == pytest.approx(1, abs=1e-3)


@settings(deadline=None, max_examples=15)
@given(patterns, st.permutations(range(3)))
def test_the_order_of_lists_changes_nothing(counts, order):
    data = three_lists(counts)
    if data is None:
        return
    moved = cells(
        [data.lists[place] for place in order],
        [(tuple(row[place] for place in order), count) for row, count in data.counts.items()],
    )
    one, other = estimate(data), estimate(moved)
    assert ends(one) == ends(other)
    assert details(one)["modes"] == details(other)["modes"]


def test_draws_are_the_posterior_and_come_again():
    ours, again = estimate(FOUR), estimate(FOUR)
    assert ours.draws.shape == (bma.DRAWS,)
    np.testing.assert_array_equal(ours.draws, again.draws)
    assert np.median(ours.draws) == pytest.approx(ours.estimate, abs=1)
    assert np.quantile(ours.draws, [0.025, 0.975]) == pytest.approx([ours.low, ours.high], rel=5e-3)
    assert ours.draws.min() >= FOUR.n


def test_draws_of_two_strata_do_not_go_together():
    ours, other = estimate(FOUR), estimate(FOUR_ALIKE)
    named = estimate(cells(FOUR.lists, FOUR.counts.items(), "women"))
    seeded = estimate(FOUR, seed=1)
    for one in (other, named, seeded):
        assert abs(np.corrcoef(ours.draws, one.draws)[0, 1]) < 0.1
    np.testing.assert_array_equal(np.sort(ours.draws), np.sort(seeded.draws))


def test_the_more_are_found_twice_the_fewer_are_unseen():
    few = estimate(table("A B C", "100 90, 010 80, 001 70, 110 4, 101 5, 011 3"))
    many = estimate(table("A B C", "100 90, 010 80, 001 70, 110 40, 101 50, 011 30, 111 20"))
    assert ends(few)[1] / few.observed > ends(many)[1] / many.observed


# --- what is told ---------------------------------------------------------------------------------


def told(of):
    return " ".join(of.diagnostics.warnings)


def test_peaks_pairs_and_the_prior_are_told():
    ours = estimate(ARTIFICIAL_3)
    assert "2 peaks" in told(ours)
    assert "2 of 3 pairs of lists share nobody (A and C; B and C)" in told(ours)
    assert "The prior matters: with 1/m" in told(ours)
    assert len(details(ours)["modes"]) == 2


def test_the_other_prior_is_what_asking_for_it_gives():
    ours, asked = estimate(FOUR), estimate(FOUR, prior="unseen")
    other = details(ours)["other_prior"]
    assert (other["estimate"], other["low"], other["high"]) == pytest.approx(
        (asked.estimate, asked.low, asked.high), rel=1e-3, abs=1
    )


def test_all_lists_joined_are_told():
    assert "every list depends on every other" in told(estimate(HAV))


def test_an_estimate_of_many_times_those_seen_is_told():
    assert "times those seen" in told(
        estimate(table("A B C", "100 300, 010 200, 001 100, 110 3, 101 2, 011 1"))
    )


def test_a_posterior_that_hardly_falls_is_told():
    ours = estimate(ARTIFICIAL_3, delta=1e-3)
    assert 0.2 < details(ours)["cut_off_mass"] < 0.6
    assert ours.low == 96
    assert ours.high is None
    assert np.isfinite(ours.draws).all()
    assert "there may be no upper end. Take a larger delta" in told(ours)


def test_independence_is_told_and_nothing_else():
    ours = estimate(populations(4, 500, 3))
    assert len(ours.diagnostics.warnings) == 1
    assert "independent of each other" in told(ours)


def test_progress_is_told():
    seen = []
    estimate(HAV, progress=lambda done, of: seen.append((done, of)))
    assert seen
    assert all(0 < done <= of for done, of in seen)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, float("nan")])
def test_a_level_that_is_none(level):
    with pytest.raises(EstimateError, match=r"between 0 and 1.*0\.95"):
        estimate(HAV, level)


@pytest.mark.parametrize("delta", [0, -1, float("inf"), float("nan")])
def test_a_delta_that_is_none(delta):
    with pytest.raises(EstimateError, match="above nought"):
        estimate(HAV, delta=delta)


def test_a_prior_that_is_none():
    with pytest.raises(EstimateError, match=r"'total'.*'unseen'"):
        estimate(HAV, prior="flat")
