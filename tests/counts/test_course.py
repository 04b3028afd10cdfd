"""The course of a count: series without holes, events before a break, regions side by side."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byname.counts import Tally, TallyRow
from byname.counts.course import (
    NEAR_DAYS,
    Series,
    course,
    near,
    regional,
    series_by,
    series_of,
    spearman,
    together,
)
from byname.errors import UsageError
from byname.knowledge import load


def tally(by, rows) -> Tally:
    axes = (by,) if isinstance(by, str) else by
    made = tuple(TallyRow((k,) if isinstance(k, str) else k, n) for k, n in rows)
    return Tally("executed", axes, "people", made, sum(row.count for row in made))


def months(counts, first=date(1936, 1, 1)) -> dict[str, int]:
    found, at = {}, first
    for count in counts:
        found[at.isoformat()[:7]] = count
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found


TERROR = [3] * 19 + [200] * 15 + [2] * 8
"""From January 1936; the much begins in August 1937 and ends with October 1938."""


class TestSeries:
    def test_months_without_anybody_are_zeros(self):
        series = series_of(tally("month", [("1937-11", 4), ("1938-02", 9)]))
        assert series.counts == (4, 0, 0, 9)
        assert series.starts[1] == date(1937, 12, 1)

    def test_weeks_and_days(self):
        weeks = series_of(tally("week", [("1937-W52", 1), ("1938-W02", 1)]))
        assert weeks.starts == (date(1937, 12, 27), date(1938, 1, 3), date(1938, 1, 10))
        assert series_of(tally("day", [("1937-02-28", 1), ("1937-03-02", 1)])).counts == (1, 0, 1)

    def test_a_span_cuts_it(self):
        whole = tally("month", [("1919-05", 8), ("1937-08", 5), ("1937-09", 6), ("1951-01", 1)])
        assert series_of(whole, date(1934, 1, 1), date(1940, 1, 1)).counts == (5, 6)
        assert series_of(whole, date(1960, 1, 1)).counts == ()

    def test_only_time(self):
        with pytest.raises(UsageError, match="by day, week or month"):
            series_of(tally("year", [("1937", 4)]))


class TestNear:
    def test_the_order_two_days_before_august(self):
        found = {one.id: one.days for one in near(*_month(1937, 8), load().marked())}
        assert found["O447-DATE"] == 2
        assert found["GER-ORDER"] == 7
        assert found["POL-ORDER"] == -10  # inside the month
        assert found["HAR-ORDER"] == -50  # an order after it
        assert "PLENUM-HELD" not in found
        assert "KIR-DATE" not in found

    def test_of_what_came_after_only_orders(self):
        found = near(*_month(1938, 2), load().marked())
        assert "TR-3-HELD" not in {one.id for one in found}
        assert all(-NEAR_DAYS <= one.days <= NEAR_DAYS for one in found)

    def test_dates_and_doubts_are_those_of_the_evidence_base(self):
        known = load().rows.events
        for one in near(*_month(1938, 10), load().marked()):
            assert one.when == known[one.id].when.first.isoformat()
            assert one.confirmed is known[one.id].confirmed


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


class TestCourse:
    def test_breaks_have_dates_rates_and_events(self):
        pytest.importorskip("ruptures")
        found = course(series_of(tally("month", months(TERROR).items())))
        assert [one.date for one in found.breaks] == ["1937-08-01", "1938-11-01"]
        assert (found.breaks[0].before, found.breaks[0].after) == (3.0, 200.0)
        assert "O447-DATE" in {one.id for one in found.breaks[0].near}
        assert "END-17NOV" in {one.id for one in found.breaks[1].near}
        assert found.first_rise == found.breaks[0]

    def test_regions_against_the_whole(self):
        pytest.importorskip("ruptures")
        courses = {
            "Омская область": TERROR,
            "Ленинградская область": [3] * 21 + [150] * 13 + [2] * 8,
            "Коми АССР": [0] * 40 + [5, 5],
        }
        rows = [
            ((name, month), count)
            for name, counts in courses.items()
            for month, count in months(counts).items()
        ]
        like = series_of(
            tally("month", months(map(sum, zip(*courses.values(), strict=True))).items())
        )
        by_region = series_by(tally(("region", "month"), rows), like)
        found = regional(course(like), like, by_region)
        assert [one.name for one in found] == ["Омская область", "Ленинградская область"]
        lags = {one.name: one.lag or 0 for one in found}
        assert lags["Ленинградская область"] - lags["Омская область"] == 2
        moved = together(by_region)
        assert moved is not None
        assert (moved.regions, moved.pairs) == (2, 1)
        assert 0.5 < moved.levels["median"] <= 1

    def test_one_region_moves_with_nobody(self):
        starts = (date(1937, 8, 1), date(1937, 9, 1))
        assert together({"Омская область": Series("month", starts, (100, 200))}) is None


class TestSpearman:
    def test_known_values(self):
        assert spearman([1, 2, 3], [10, 20, 30]) == 1
        assert spearman([1, 2, 3], [3, 2, 1]) == -1
        assert spearman([1, 1, 1], [1, 2, 3]) == 0

    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=40))
    def test_as_scipy_has_it(self, pairs):
        stats = pytest.importorskip("scipy.stats")
        left, right = zip(*pairs, strict=True)
        if len(set(left)) > 1 and len(set(right)) > 1:
            assert spearman(left, right) == pytest.approx(stats.spearmanr(left, right)[0])


@given(st.dictionaries(st.dates(date(1930, 1, 1), date(1945, 12, 31)), st.integers(1, 9)))
def test_a_series_has_every_month_once_and_everybody(days):
    held: dict[str, int] = {}
    for day, count in days.items():
        held[day.isoformat()[:7]] = held.get(day.isoformat()[:7], 0) + count
    series = series_of(tally("month", held.items()))
    assert sum(series.counts) == sum(days.values())
    for before, after in pairwise(series.starts):
        assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == 1
