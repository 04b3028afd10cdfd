"""What a chart is made of: the numbers of its tally, its coverage, events at their dates."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.charts.tallies import (
    AGES,
    ALL,
    DAYS,
    MONTHS,
    NATIONS,
    REGIONS,
    SEXES,
    WEEKS,
    YEARS,
    data,
    tally,
    words,
)

from byname.charts import Look, bars, calendar, chart_of, curve, panels
from byname.charts.labels import label as named
from byname.charts.marks import laid_out
from byname.counts.choices import labels as keys_of
from byname.errors import UsageError
from byname.knowledge import load


def shown(spec, *axes) -> dict[tuple[str, ...], int]:
    """Key -> count of the marks that stand for rows."""
    return {
        tuple(row[axis] for axis in axes): row["count"]
        for row in data(spec)
        if all(axis in row for axis in axes) and row.get("count")
    }


def rows(of) -> dict[tuple[str, ...], int]:
    return {row.keys: row.count for row in of.rows}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("width", [900, 340])
def test_the_marks_are_the_rows(name, language, width):
    spec = chart_of(ALL[name], Look(language, width))
    assert shown(spec, *ALL[name].by) == rows(ALL[name])
    json.dumps(spec, allow_nan=False)


def test_which_chart_shows_what():
    assert "1937" in json.dumps(chart_of(DAYS)["vconcat"][1]["title"])  # a year of the calendar
    assert chart_of(NATIONS) == bars(NATIONS)
    assert chart_of(REGIONS) == panels(REGIONS)
    assert chart_of(MONTHS) == curve(MONTHS)
    with pytest.raises(UsageError, match="A total alone makes no chart"):
        chart_of(tally((), []))
    with pytest.raises(UsageError, match="Nobody in this tally could be placed"):
        chart_of(tally("month", [], [("month", "not stated", 9)]))


class TestCoverage:
    def test_those_without_a_row_are_told_above_the_chart(self):
        assert (
            "1,826 of 1,874 people are placed; not placed: 42 not stated; "
            "6 known by year only (1937: 6)." in words(chart_of(MONTHS))
        )

    def test_in_russian_with_its_numbers_and_cases(self):
        said = words(chart_of(MONTHS, Look("ru")))
        assert "Размещено 1\u202f826 из 1\u202f874 человек" in said
        assert "не указано — 42; известен только год — 6 (1937: 6)." in said

    def test_all_placed(self):
        assert "8,484 people, all of them placed." in words(chart_of(YEARS))

    def test_two_axes_name_the_one_that_is_missing(self):
        of = tally(
            ("region", "month"),
            [(("Карельская АССР", "1937-11"), 5)],
            [("region", "not stated", 2), ("month", "not stated", 1)],
        )
        said = words(chart_of(of))
        assert "region: 2 not stated; month: 1 not stated" in said

    def test_conditions_and_intervals(self):
        of = tally(
            "sex",
            [("male", 10, 9, 12)],
            filters={"nationality": "pole"},
            total_low=9,
            total_high=12,
        )
        said = words(chart_of(of))
        assert "Only: nationality pole." in said
        assert "over plausible linkages: 9 to 12" in said

    def test_the_source_stands_at_the_foot(self):
        spec = chart_of(MONTHS, Look(source="Leningrad martyrology"))
        assert "Leningrad martyrology" in json.dumps(spec["vconcat"][-1], ensure_ascii=False)

    @given(st.integers(0, 9999), st.integers(1, 9999))
    def test_placed_and_total_are_those_of_the_tally(self, missing, placed):
        of = tally("sex", [("male", placed)], [("sex", "not stated", missing)] if missing else [])
        assert f"{placed:,}" in words(chart_of(of))
        assert f"{placed + missing:,}" in words(chart_of(of))

    def test_a_reader_who_hears_it_is_told_the_same(self):
        heard = chart_of(MONTHS)["description"]
        assert heard.startswith("Executed, month by month. 1,826 of 1,874 people are placed")
        assert "The most: December 1937, 900." in heard


class TestCurve:
    def test_orders_and_plenums_stand_at_their_dates(self):
        events = {row["event"]: row["at"] for row in data(curve(MONTHS)) if "event" in row}
        assert events["KIR-DATE"] == "1934-12-01"
        assert events["PLENUM-HELD"] == "1937-02-23"
        assert events["GER-ORDER"] == "1937-07-25"
        assert events["O447-DATE"] == "1937-07-30"
        assert events["POL-ORDER"] == "1937-08-11"
        assert events["WIVES-ORDER"] == "1937-08-15"
        assert events["END-17NOV"] == "1938-11-17"
        assert "TR-3-HELD" not in events  # trials are marked when asked for

    def test_dates_are_those_of_the_evidence_base(self):
        known = load().rows.events
        for row in data(curve(MONTHS)):
            if "event" in row:
                assert row["at"] == known[row["event"]].when.first.isoformat()

    def test_an_unconfirmed_date_has_a_star(self):
        labels = {row["event"]: row["label"] for row in data(curve(MONTHS)) if "event" in row}
        known = load().rows.events
        for name, label in labels.items():
            assert label.endswith("*") is not known[name].confirmed

    def test_labels_in_both_languages(self):
        for language, label in (
            ("en", "30 Jul 1937  Order 00447: mass operation"),
            ("ru", "30 июл 1937  Приказ 00447: массовая операция"),
        ):
            assert label in {row.get("label") for row in data(curve(MONTHS, Look(language)))}

    def test_other_events_can_be_asked_for(self):
        spec = curve(MONTHS, events=load().marked("trial"))
        assert {row["event"] for row in data(spec) if "event" in row} >= {"TR-2-HELD", "TUK-TRIAL"}

    def test_a_year_is_too_long_to_stand_beside_a_day(self):
        assert not [row for row in data(curve(YEARS)) if "event" in row]

    def test_no_label_covers_a_line_or_another_label(self):
        ends = (date(1934, 11, 1), date(1939, 1, 1))
        marks = laid_out(load().marked("murder", "order", "plenum"), ends, 836, Look())
        assert [mark.at for mark in marks] == sorted(mark.at for mark in marks)
        for left, right in pairwise(marks):
            days = (right.at - left.at).days / (ends[1] - ends[0]).days * 836
            if days < 5.7 * len(left.label):
                assert right.lane > left.lane

    def test_years_with_next_to_nobody_are_told_instead_of_drawn(self):
        of = tally("month", [("1919-05", 1), ("1937-08", 400), ("1938-02", 500)])
        assert "Also dated: 1919: 1." in words(curve(of))

    def test_what_uncertain_links_leave_open_is_drawn(self):
        of = tally("month", [("1937-08", 120, 118, 131), ("1937-09", 90, 90, 90)])
        drawn = [(row["low"], row["high"]) for row in data(curve(of)) if "middle" in row]
        assert drawn == [(118, 131)]

    def test_weeks_begin_on_mondays(self):
        starts = {row["week"]: row["start"] for row in data(curve(WEEKS)) if "week" in row}
        assert starts["1937-W31"] == "1937-08-02"


class TestCalendar:
    def test_every_day_of_a_year_is_there_once(self):
        days = [row["day"] for row in data(calendar(DAYS)) if "day" in row and "x" in row]
        assert len([day for day in days if day.startswith("1937")]) == 365
        assert len(set(days)) == len(days)

    def test_the_worst_days_are_named_and_coloured(self):
        spec = calendar(DAYS)
        assert "28 Feb 1938: 562" in words(spec)
        worst = next(row for row in data(spec) if row.get("day") == "1938-02-28")
        assert worst["shade"] == Look().ink.accent
        assert worst["says"] == "Monday, 28 February 1938: 562"

    def test_greys_part_the_days_whatever_their_size(self):
        for size in (1, 100, 10_000):
            of = tally("day", [(f"1937-10-{n + 1:02}", n * size + 1) for n in range(25)])
            shades = [row["shade"] for row in data(calendar(of)) if "day" in row and row["count"]]
            assert len(set(shades)) >= 4

    def test_a_year_tells_who_has_no_day_in_it(self):
        subtitles = [view["title"]["subtitle"] for view in calendar(DAYS)["vconcat"][1:-1]]
        assert subtitles[0] == "52 people; 7 more without the exact day"
        russian = calendar(DAYS, Look("ru"))["vconcat"][1]["title"]["subtitle"]
        assert russian == "52 человека; ещё 7 без точного дня"

    def test_only_a_tally_by_day(self):
        with pytest.raises(UsageError, match="--by day"):
            calendar(MONTHS)


class TestBars:
    def test_those_without_a_category_have_a_bar_of_their_own(self):
        gaps = {
            row["name"]: row["count"] for row in data(bars(NATIONS)) if row.get("kind") == "gap"
        }
        assert gaps == {"not stated": 213, "not recognised": 4}

    def test_small_rows_are_told_together(self):
        of = tally("article", [(f"58-{n}", 100 - n) for n in range(40)])
        rest = [row for row in data(bars(of)) if row.get("kind") == "rest"]
        assert {row["name"] for row in rest} == {"others (16)"}
        drawn = {row["name"]: row["count"] for row in data(bars(of)) if "kind" in row}
        assert sum(drawn.values()) == of.total

    def test_names_in_the_language_of_the_reader(self):
        names = {row.get("name") for row in data(bars(NATIONS, Look("ru")))}
        assert {"русский", "латыш", "поляк"} <= names
        assert "Latvian" in {row.get("name") for row in data(bars(NATIONS))}

    @pytest.mark.parametrize("axis", ["nationality", "sex", "party", "occupation", "body", "fate"])
    def test_every_category_has_a_russian_name(self, axis):
        assert [key for key in keys_of(axis) if named("ru", axis, key) == key] == []

    def test_ages_stay_in_order(self):
        names = [row["name"] for row in data(bars(AGES)["vconcat"][0]["layer"][0])]
        assert names == ["under 18", "18–24", "65 and over"]


class TestPanels:
    def test_each_region_with_its_total_the_largest_first(self):
        titles = [view["title"] for view in panels(REGIONS)["vconcat"][0]["concat"]]
        assert [title["subtitle"] for title in titles] == ["130", "18"]

    def test_regions_that_are_not_drawn_are_told(self):
        of = tally(
            ("region", "month"),
            [((f"Область {n}", "1937-08"), 30 - n) for n in range(15)],
        )
        assert "12 of 15 shown, with the most people; in the others together 51." in words(
            panels(of)
        )


def test_links_lead_from_the_marks():
    def link(keys):
        return "?" + "&".join(f"{axis}={key}" for axis, key in keys.items())

    for of, address in (
        (MONTHS, "?month=1937-08"),
        (DAYS, "?day=1938-02-28"),
        (NATIONS, "?nationality=latvian"),
        (SEXES, "?nationality=pole&sex=male"),
    ):
        spec = chart_of(of, Look(link=link))
        assert address in {row.get("href") for row in data(spec)}
        assert '"href": {"field": "href"' in json.dumps(spec)
        assert "href" not in json.dumps(chart_of(of))


def test_dark_ground_and_unknown_language():
    assert chart_of(MONTHS, Look(dark=True))["config"]["background"] == "#1a1a18"
    with pytest.raises(UsageError, match="the charts speak en and ru"):
        Look("de")
