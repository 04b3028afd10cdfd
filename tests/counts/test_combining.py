"""Strata added up draw by draw, and plausible linkages put together by Rubin's rules."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from byname.counts.estimates.combining import DRAWS, over_linkages, total
from byname.counts.estimates.model import Diagnostics, Estimate


def told(draws, observed=10, warnings=(), level=0.95, bound=False, **details) -> Estimate:
    """An estimate with these draws, its ends their quantiles."""
    draws = np.asarray(draws, dtype=float)
    low, middle, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Estimate(
        "bma", float(middle), float(low), None if bound else float(high), level, observed,
        Diagnostics(tuple(warnings), details), draws,
    )  # fmt: skip


def silent(observed=10, why="No two lists share anybody.", level=0.95) -> Estimate:
    return Estimate("bma", None, None, None, level, observed, Diagnostics((why,)))


def exact(parts: list[dict[int, float]], level: float) -> tuple[int, int, int]:
    """The quantiles of a sum of independent numbers, by convolution."""
    whole = {0: 1.0}
    for part in parts:
        following: dict[int, float] = {}
        for one, share in whole.items():
            for other, weight in part.items():
                following[one + other] = following.get(one + other, 0.0) + share * weight
        whole = following

    def quantile(share: float) -> int:
        reached = 0.0
        for value in sorted(whole):
            reached += whole[value]
            if reached >= share:
                return value
        raise AssertionError

    low, middle, high = (quantile(one) for one in ((1 - level) / 2, 0.5, (1 + level) / 2))
    return low, middle, high


class TestStrata:
    @pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
    def test_the_total_is_the_convolution_of_its_parts(self, level):
        rng = np.random.default_rng(5)
        shapes = [(40, 0.3), (400, 0.05), (25, 0.8)]
        parts, known = [], []
        for at, (size, share) in enumerate(shapes):
            draws = rng.binomial(size, share, 40_000)
            parts.append((str(at), told(100 + draws, 100, level=level)))
            values, counts = np.unique(draws, return_counts=True)
            known.append(
                {100 + int(v): c / draws.size for v, c in zip(values, counts, strict=True)}
            )
        found = total(parts, 1)
        assert (found.low, found.estimate, found.high) == pytest.approx(exact(known, level), abs=1)
        assert found.observed == 300
        assert found.draws.shape == (DRAWS,)

    def test_the_interval_is_narrower_than_its_ends_added_up(self):
        rng = np.random.default_rng(6)
        parts = [(str(at), told(rng.normal(1000, 100, 4000))) for at in range(9)]
        found = total(parts, 1)
        added = sum((one.high or 0) - (one.low or 0) for _, one in parts)
        assert (found.high or 0) - (found.low or 0) == pytest.approx(added / 3, rel=0.06)

    def test_draws_in_one_order_are_not_added_in_that_order(self):
        draws = np.sort(np.random.default_rng(7).normal(1000, 100, 4000))
        found = total([("a", told(draws)), ("b", told(draws))], 1)
        assert found.draws.std() == pytest.approx(100 * sqrt(2), rel=0.05)

    def test_a_part_without_estimate_enters_with_those_seen_and_is_told(self):
        found = total([("Omsk", told([100.0] * 50, 60)), ("Tomsk", silent(7))], 1)
        assert (found.low, found.estimate, found.high) == (107, 107, 107)
        assert found.observed == 67
        assert found.diagnostics.warnings[0] == (
            "1 of 2 strata bear no estimate (Tomsk); they enter with the 7 people seen there, so "
            "that the total is too low."
        )
        assert found.diagnostics.details["strata_without_estimate"] == ["Tomsk"]

    def test_no_part_with_an_estimate(self):
        found = total([("Omsk", silent(3)), ("Tomsk", silent(7))], 1)
        assert (found.estimate, found.low, found.high, found.observed) == (None, None, None, 10)
        assert found.diagnostics.warnings == ("All 2 strata: No two lists share anybody.",)

    def test_bounds_add_up_to_a_bound(self):
        found = total([("a", told([5.0, 6.0, 7.0], bound=True)), ("b", told([1.0, 2.0]))], 1)
        assert found.high is None
        assert found.low is not None

    def test_the_worst_of_the_samplers_is_passed_on(self):
        parts = [
            ("a", told([5.0, 6.0], rhat=1.0, ess_bulk=900.0, ess_tail=800.0)),
            ("b", told([5.0, 6.0], rhat=1.2, ess_bulk=50.0, ess_tail=850.0)),
            ("c", told([5.0, 6.0], modes=[{"people": 5}, {"people": 6}])),
        ]
        details = total(parts, 1).diagnostics.details
        assert (details["rhat"], details["ess_bulk"], details["ess_tail"]) == (1.2, 50.0, 800.0)
        assert details["strata_unsettled"] == ["b", "c"]

    def test_what_all_parts_say_is_told_once(self):
        parts = [(str(at), told([5.0], warnings=["It is small.", "more"])) for at in range(8)]
        assert total(parts, 1).diagnostics.warnings == ("All 8 strata: It is small.",)
        parts.append(("last", told([5.0])))
        assert total(parts, 1).diagnostics.warnings == (
            "0; 1; 2; 3; 4; and 3 more: It is small.",
        )  # fmt: skip

    @given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 90)), min_size=1, max_size=6))
    def test_totals_lie_between_what_the_parts_allow(self, sizes):
        parts = [
            (str(at), told(np.linspace(n, n + more, 9), n)) for at, (n, more) in enumerate(sizes)
        ]
        found = total(parts, 3)
        assert found.observed == sum(n for n, _ in sizes)
        assert found.low is not None
        assert found.high is not None
        assert found.observed <= found.low <= found.high
        assert found.high <= found.observed + sum(more for _, more in sizes) + 1e-6

    def test_the_same_seed_the_same_total(self):
        parts = [("a", told(np.arange(100.0))), ("b", told(np.arange(50.0)))]
        assert total(parts, 4).estimate == total(parts, 4).estimate
        assert np.array_equal(total(parts, 4).draws, total(parts, 4).draws)


class TestLinkages:
    def test_rubins_rules_by_hand(self):
        """Three linkages, the numbers worked out step by step (Rubin 1987, 3.1.2 to 3.1.8)."""
        rng = np.random.default_rng(8)
        parts = [told(np.exp(rng.normal(log(at), 0.1, 4000))) for at in (1000, 1100, 1300)]
        logs = [log(one.estimate or 0) for one in parts]
        q = (logs[0] + logs[1] + logs[2]) / 3
        u = sum(np.log(one.draws).var(ddof=1) for one in parts) / 3
        b = ((logs[0] - q) ** 2 + (logs[1] - q) ** 2 + (logs[2] - q) ** 2) / 2
        t = u + (1 + 1 / 3) * b
        freedom = 2 * (1 + u / ((1 + 1 / 3) * b)) ** 2
        reach = student.ppf(0.975, freedom) * sqrt(t)
        found = over_linkages(parts)
        assert found.estimate == pytest.approx(exp(q))
        assert found.low == pytest.approx(exp(q - reach))
        assert found.high == pytest.approx(exp(q + reach))
        details = found.diagnostics.details
        assert details["variance_within"] == pytest.approx(u)
        assert details["variance_between"] == pytest.approx(b)
        assert details["share_of_linkage"] == round(4 / 3 * b / t, 3)
        assert details["by_linkage"] == [round(exp(one), 1) for one in logs]

    def test_linkages_that_agree_leave_the_interval_as_it_was(self):
        draws = np.exp(np.random.default_rng(9).normal(log(1000), 0.1, 4000))
        found = over_linkages([told(draws)] * 5)
        alone = told(draws)
        assert found.estimate == pytest.approx(alone.estimate)
        assert found.low == pytest.approx(alone.low, rel=0.01)
        assert found.high == pytest.approx(alone.high, rel=0.01)

    def test_linkages_that_differ_widen_it(self):
        draws = np.exp(np.random.default_rng(9).normal(log(1000), 0.1, 4000))
        parts = [told(draws * factor) for factor in (0.8, 1.0, 1.25)]
        found = over_linkages(parts)
        assert (found.low or 0) < min(one.low or 0 for one in parts)
        assert (found.high or 0) > max(one.high or 0 for one in parts)

    def test_never_below_those_seen(self):
        parts = [told([100.0, 101.0, 180.0], 100), told([97.0, 99.0, 300.0], 97)]
        found = over_linkages(parts)
        assert found.low == 97
        assert found.observed == 98

    def test_a_bound_stays_a_bound(self):
        assert over_linkages([told([5.0, 6.0], bound=True)] * 2).high is None

    def test_one_linkage_without_estimate_leaves_none(self):
        found = over_linkages([told([5.0, 6.0]), silent(), told([5.0, 7.0])])
        assert (found.estimate, found.low, found.high) == (None, None, None)
        assert found.diagnostics.warnings[0].startswith("1 of 3 plausible linkages have no estim")

    def test_unsettled_linkages_are_counted(self):
        parts = [told([5.0, 6.0]), told([5.0, 6.0], rhat=1.3), told([5.0, 6.0])]
        details = over_linkages(parts).diagnostics.details
        assert (details["linkages"], details["linkages_unsettled"], details["rhat"]) == (3, 1, 1.3)
