"""Dates as the lists write them against ``cases/dates.tsv``, and EDTF as intervals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import rows

from byname.dates import Interval, find_date, find_dates, parse_edtf, read_date

DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2019, 12, 31))
GENITIVE = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
            "сентября", "октября", "ноября", "декабря"]  # fmt: skip


@pytest.mark.parametrize("row", rows("dates"), ids=lambda row: row[0])
def test_words_to_edtf(row):
    words, edtf = row
    found = find_date(words)
    assert (found.edtf if found else "-") == edtf


def test_a_day_that_is_none_is_said_so():
    found = find_date("31.02.1937")
    assert found is not None
    assert "no day of the calendar" in found.doubt


@given(DAYS, st.sampled_from(["{d:02d}.{m:02d}.{y}", "{d}.{m:02d}.{y}", "{d} {word} {y} г."]))
def test_every_day_comes_back(day, form):
    words = form.format(d=day.day, m=day.month, y=day.year, word=GENITIVE[day.month - 1])
    found = find_date(f"Арестован {words}.")
    assert found is not None
    assert found.edtf == day.isoformat()
    assert parse_edtf(found.edtf) == Interval(day, day)


@given(st.text(alphabet="0123456789.-/ гр[](),мартяпоинымд", max_size=40))
def test_any_text_is_read_or_left(text):
    for found in find_dates(text):
        assert text[found.start : found.end].strip()
        assert parse_edtf(found.edtf).start <= parse_edtf(found.edtf).end


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("1895", date(1895, 1, 1), date(1895, 12, 31)),
        ("1937-02", date(1937, 2, 1), date(1937, 2, 28)),
        ("1937-12-10", date(1937, 12, 10), date(1937, 12, 10)),
        ("1901~", date(1899, 1, 1), date(1903, 12, 31)),
        ("1898?", date(1898, 1, 1), date(1898, 12, 31)),
        ("[1885,1888]", date(1885, 1, 1), date(1888, 12, 31)),
    ],
)
def test_edtf_to_interval(edtf, start, end):
    assert parse_edtf(edtf) == Interval(start, end)


def test_a_date_this_package_never_writes_is_refused():
    with pytest.raises(ValueError, match="not a date"):
        parse_edtf("about 1937")


def test_a_year_may_precede_a_day_of_the_same_year():
    assert parse_edtf("1937").may_precede(parse_edtf("1937-01-01"))
    assert not parse_edtf("1938").may_precede(parse_edtf("1937-12-31"))


def test_a_cell_may_hold_edtf_already():
    found = read_date(" [1885,1888] ")
    assert found is not None
    assert found.edtf == "[1885,1888]"
