"""All methods side by side, strata, plausible linkages; what holds for every table."""

from __future__ import annotations

import json
from math import isfinite

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.counts.mse_tables import ARTIFICIAL_3, HAV, HIV, table
from tests.shared import shared_file

import byname
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.estimation import Asked, make
from byname.counts.estimates.methods import METHODS, chosen
from byname.counts.estimates.whom import About
from byname.errors import EstimateError, UsageError

PAIR = table("A B", "10 40, 01 30, 11 6")
QUICK = ("bma", "loglinear", "chao")


def by(method: str) -> Asked:
    return Asked(method=method)


class TestWhole:
    @pytest.mark.parametrize("method", QUICK)
    def test_one_table_is_what_the_method_says(self, method):
        made = make([{"": HAV}], by(method))
        (one,) = made.results
        assert one.method == method
        assert (made.observed, made.lists, made.sizes) == (271, ("P", "Q", "E"), (135, 122, 126))
        assert made.strata == ()
        assert made.overlaps[0] == (("P",), 69)
        assert sum(people for _, people in made.overlaps) == 271

    def test_all_methods_of_two_lists(self):
        assert [one.method for one in make([{"": PAIR}]).results] == ["lincoln-petersen", "chao"]

    def test_all_methods_of_more_lists(self):
        assert chosen("all", 3) == chosen("all", 7) == ("lcmcr", "bma", "loglinear", "chao")

    def test_latent_classes_in_full(self):
        told: list[str] = []
        made = byname.estimate(HAV, "lcmcr", progress=told.append)
        (one,) = made.results
        details = one.diagnostics.as_dict()
        assert details["rhat"] <= 1.01
        assert min(details["ess_bulk"], details["ess_tail"]) >= 400
        assert one.low is not None
        assert one.estimate is not None
        assert one.high is not None
        assert 271 < one.low < one.estimate < one.high
        assert any("latent classes" in words for words in told)

    def test_two_lists_bear_no_latent_classes(self):
        (one,) = make([{"": PAIR}], by("lcmcr")).results
        assert one.estimate is None
        assert "latent classes need three at least" in one.diagnostics.warnings[0]

    def test_lists_that_share_nobody_are_named(self):
        made = make([{"": ARTIFICIAL_3}], by("chao"))
        assert made.notes == (
            "Lists that share nobody: A and C; B and C. Such pairs tell little about those on no "
            "list.",
        )

    def test_a_table_without_a_finite_estimate_gets_a_sentence(self):
        (one,) = make([{"": ARTIFICIAL_3}], by("loglinear")).results
        assert one.estimate is None
        assert one.diagnostics.warnings

    @pytest.mark.parametrize("level", [0, 1, -0.5, 95, float("nan")])
    def test_levels_that_are_none(self, level):
        with pytest.raises(UsageError, match=r"is not the level of an interval; write a share"):
            make([{"": HAV}], Asked("chao", level))

    def test_no_such_method(self):
        with pytest.raises(UsageError, match='no method "dga"; choose one of: all, lcmcr, bma'):
            make([{"": HAV}], by("dga"))

    def test_a_table_that_bears_none(self):
        apart = Cells(("A", "B"), {(1, 0): 3, (0, 1): 4})
        with pytest.raises(EstimateError, match="no two lists share anybody"):
            make([{"": apart}], by("chao"))

    @pytest.mark.parametrize("level", [0.5, 0.8, 0.99])
    def test_the_level_is_that_of_all(self, level):
        made = make([{"": HAV}], Asked("bma", level))
        assert made.level == level == made.results[0].level

    def test_what_json_holds(self):
        found = json.loads(
            json.dumps(make([{"": HAV}], by("loglinear"), About("executed")).as_dict())
        )
        assert found["about"] == "people executed"
        (one,) = found["results"]
        assert {"method", "estimate", "low", "high", "level", "diagnostics", "assumes"} <= set(one)
        assert "warnings" in one["diagnostics"]
        assert found["lists"][0] == {"list": "P", "title": "P", "people": 135}
        assert found["sentence"].startswith("The 3 lists name 271 people executed; with those")
        assert found["sentence_ru"].startswith("В 3 списках назван 271 расстрелянный; вместе с")


class TestStrata:
    def test_they_stand_beside_their_total(self):
        made = make([{"a": HIV, "b": HIV}], by("bma"))
        assert [one.name for one in made.strata] == ["a", "b"]
        assert made.observed == 2 * 1896
        alone, whole = made.strata[0].results[0], made.results[0]
        assert whole.estimate == pytest.approx(2 * (alone.estimate or 0), rel=0.1)
        assert (whole.high or 0) < 2 * (alone.high or 0)
        assert (whole.low or 0) > 2 * (alone.low or 0)

    def test_a_list_that_names_nobody_in_a_part_is_left_out_there(self):
        part = Cells(("A", "B", "C"), {(1, 0, 0): 40, (0, 1, 0): 30, (1, 1, 0): 6}, "Omsk")
        full = table("A B C", "100 40, 010 30, 110 6, 101 5, 011 7, 001 20, 111 3")
        made = make([{"Omsk": part, "Tomsk": full}], by("bma"))
        assert made.strata[0].why == ""
        assert (
            made.strata[0].results[0].estimate == make([{"": PAIR}], by("bma")).results[0].estimate
        )
        assert made.sizes == (46 + 54, 36 + 46, 35)

    def test_a_part_that_bears_none_says_why(self):
        alone = Cells(("A", "B"), {(1, 0): 9}, "Omsk")
        made = make([{"Omsk": alone, "Tomsk": PAIR}])
        assert made.strata[0].results == ()
        assert made.strata[0].why.startswith("there is only one list")
        assert not any("Omsk: Omsk" in text for text in made.results[0].diagnostics.warnings)
        assert made.observed == 85
        for one in made.results:
            assert one.observed == 85
            assert one.diagnostics.details["strata_without_estimate"] == ["Omsk"]
        assert "no figure for the whole" in made.sentence

    def test_no_part_bears_one(self):
        alone = Cells(("A", "B"), {(1, 0): 9}, "Omsk")
        with pytest.raises(
            EstimateError, match="None of the parts bears an estimate; the first, Omsk: there"
        ):
            make([{"Omsk": alone, "Tomsk": alone}])

    def test_one_part_alone_is_its_own_total(self):
        made = make([{"Omsk": HAV}], by("bma"))
        assert made.results == made.strata[0].results

    def test_a_published_table_by_three_columns(self):
        path = shared_file("data/mse/conting_ScotPWID_stratified.csv")
        made = byname.estimate(path, "bma", by="Region,Gender,Age")
        assert made.observed == 5670
        assert len(made.strata) == 8
        assert sum(one.observed for one in made.strata) == 5670
        whole = made.results[0]
        ends = [(one.results[0].low or 0, one.results[0].high or 0) for one in made.strata]
        assert sum(low for low, _ in ends) < (whole.low or 0)
        assert (whole.high or 0) < sum(high for _, high in ends)
        middles = sum(one.results[0].estimate or 0 for one in made.strata)
        assert whole.estimate == pytest.approx(middles, rel=0.05)


class TestLinkages:
    def test_several_are_put_together(self):
        other = table("A B", "10 42, 01 32, 11 4")
        made = make([{"": PAIR}, {"": other}, {"": PAIR}], by("lincoln-petersen"))
        alone = make([{"": PAIR}], by("lincoln-petersen")).results[0]
        assert made.linkages == 3
        assert (made.results[0].high or 0) > (alone.high or 0)
        assert len(made.results[0].diagnostics.details["by_linkage"]) == 3

    def test_strata_of_several(self):
        made = make([{"a": PAIR, "b": PAIR}] * 2, by("lincoln-petersen"))
        assert [one.results[0].diagnostics.details["linkages"] for one in made.strata] == [2, 2]

    def test_one_that_bears_no_estimate_at_all(self):
        apart = Cells(("A", "B"), {(1, 0): 46, (0, 1): 36})
        made = make([{"": PAIR}, {"": apart}], by("lincoln-petersen"))
        assert made.results[0].estimate is None
        assert (
            "1 of 2 plausible linkages have no estimate" in made.results[0].diagnostics.warnings[0]
        )


PATTERNS = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1) if a + b + c]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(PATTERNS), st.integers(1, 400), min_size=2),
    st.sampled_from(QUICK),
)
def test_every_table_gets_an_estimate_or_a_sentence(counts, method):
    lists = Cells(("A", "B", "C"), counts)
    try:
        lists.check()
    except EstimateError:
        assume(False)
    made = make([{"": lists}], by(method))
    (one,) = made.results
    assert made.sentence.endswith(".")
    json.dumps(made.as_dict(), allow_nan=False)
    if one.estimate is None:
        assert one.diagnostics.warnings
        return
    assert isfinite(one.estimate)
    assert one.low is not None
    assert lists.n - 1e-6 <= one.low <= one.estimate + 1e-6
    assert one.high is None or one.estimate <= one.high + 1e-6
    assert (one.high is None) == METHODS[method].bound or one.high is None


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 300))
def test_every_pair_gets_an_estimate_or_a_sentence(first, second, both):
    lists = Cells(("A", "B"), {(1, 0): first, (0, 1): second} | ({(1, 1): both} if both else {}))
    if not both:
        with pytest.raises(EstimateError, match="no two lists share anybody"):
            make([{"": lists}])
        return
    for one in make([{"": lists}]).results:
        assert one.low is not None
        assert one.estimate is not None
        assert first + second + both <= one.low + 1e-6 <= one.estimate + 2e-6
