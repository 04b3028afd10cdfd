"""Dates as essays write them against ``cases/moments.tsv``, and what must hold for any text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.writing import ESSAY, apart, document, essay_like, seconds
from tests.tables import rows

from byname.claims.moments import NO_YEAR, moments

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2049, 12, 31))
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"]  # fmt: skip
GENITIVE = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
            "сентября", "октября", "ноября", "декабря"]  # fmt: skip
PRECISIONS = {"day", "month", "season", "year", "period", "part"}


def told(moment):
    """Write a moment as the table does; a date without a year without it."""
    first, last = (
        f"{day:%m-%d}" if day.year == NO_YEAR else day.isoformat()
        for day in (moment.first, moment.last)
    )
    value = first if first == last else f"{first}..{last}"
    parts = [f"{moment.text} = {value} {moment.precision}"]
    parts += ["range"] if moment.form == "range" else []
    parts += [moment.hedge] if moment.hedge else []
    parts += ["no year"] if moment.partial else []
    return ", ".join(parts)


@pytest.mark.parametrize("row", rows("moments"), ids=lambda row: row[0])
def test_words_to_days(row):
    text, expected = row
    assert (" ; ".join(told(moment) for moment in moments(text)) or "-") == expected


def test_a_carried_year_completes_a_day():
    (moment,) = moments("The order was signed on 30 July.", year=1937)
    assert moment.partial
    assert moment.dated
    assert moment.first == moment.last == date(1937, 7, 30)


def test_a_carried_year_leaves_whole_dates_alone():
    (moment,) = moments("in August 1938", year=1937)
    assert moment.first == date(1938, 8, 1)


def test_a_leap_day_in_a_year_without_one():
    (moment,) = moments("on 29 February", year=1937)
    assert moment.first == date(1937, 2, 28)


def test_an_essay():
    assert [(" ".join(m.text.split()), m.precision) for m in moments(ESSAY)] == [
        ("from 1936-1938", "year"), ("1937 - 1938", "year"), ("December 1, 1934", "day"),
        ("1937", "year"), ("between October 1936 and November 1938", "month"),
        ("3 March 1937", "day"), ("1937–1938 гг.", "year"),
    ]  # fmt: skip


def test_only_what_is_asked_for():
    text = "In 1937 and not in 1934."
    assert [m.text for m in moments(text, 9)] == ["1934"]
    assert [m.text for m in moments(text, 0, 9)] == ["1937"]


@given(DAYS)
def test_every_day_comes_back(day):
    month, genitive = MONTHS[day.month - 1], GENITIVE[day.month - 1]
    for words in (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month[:3]}. {day.day}, {day.year}".replace("May.", "May"),
        f"{day.day} {genitive} {day.year} года",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
    ):
        found = moments(f"He was shot on {words}.")
        assert [(m.first, m.last, m.text) for m in found] == [(day, day, words)]


@given(DAYS, DAYS)
def test_every_range_comes_back(one, two):
    first, last = sorted((one, two))
    words = [f"{d.day} {MONTHS[d.month - 1]} {d.year}" for d in (first, last)]
    for form in ("from {} to {}", "between {} and {}", "{} - {}", "{}–{}"):
        (found,) = moments(form.format(*words))
        assert (found.first, found.last) == (first, last)


@given(essay_like(), st.integers(0, 60), st.integers(0, 200), st.none() | st.integers(1, 9999))
def test_any_text_is_read(text, start, length, year):
    for begin, end in ((0, len(text)), (min(start, len(text)), min(start + length, len(text)))):
        found = moments(text, begin, end, year=year)
        assert apart([(m.start, m.end) for m in found], begin, end)
        for m in found:
            assert m.first <= m.last
            assert m.text == text[m.start : m.end]
            assert m.precision in PRECISIONS
            assert m.form in ("point", "range")


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text):
    assert apart([(m.start, m.end) for m in moments(text)], 0, len(text))


@given(essay_like())
def test_words_of_a_moment_mean_the_same_alone(text):
    for m in moments(text):
        again = moments("in " + m.text) or moments(m.text)
        if m.partial or m.precision == "period" or not again:
            continue  # "May" or "thirties" alone need the words before them
        assert (again[0].first, again[-1].last) == (m.first, m.last)


@pytest.mark.parametrize("odd", ["July ", "1937-", "5 and ", "from ", "the ", "1 ", "19", "late "])
def test_time_grows_with_length_only(odd):
    moments(odd * 500)
    short, long = seconds(moments, odd * 4_000), seconds(moments, odd * 16_000)
    assert long < 10 * short + 0.2


def test_a_hundred_pages_take_no_time():
    assert seconds(moments, document()) < 2
