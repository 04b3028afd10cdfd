"""Tallies of archives: nothing is dropped, and every number is the one counted by hand."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.archive.counting_helpers import Told, archive_of, count, reasons_of, rows_of
from tests.tables import rows

from byname.archive.facts import write_facts, write_people
from byname.counts.question import AXES, TIME
from byname.errors import UsageError

SITUATIONS = {row[4]: row for row in rows("tallies")}


def read_records(text: str) -> list[Told]:
    found = []
    for one in text.split():
        person, told = one.split(":")
        days = () if told == "-" else tuple(day.replace("+", "") for day in told.split("/"))
        found.append(Told(person, days))
    return found


def numbers(text: str) -> dict[str, int]:
    """ "year only=1 not stated=1" -> both."""
    if text == "-":
        return {}
    found, words = {}, []
    for word in text.split():
        name, sign, number = word.partition("=")
        words.append(name)
        if sign:
            found[" ".join(words)] = int(number)
            words = []
    return found


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situations(situation):
    told, axis, expected, missing, _ = SITUATIONS[situation]
    tally = count(archive_of(read_records(told)), by=axis)
    assert {keys[0]: n for keys, n in rows_of(tally).items()} == numbers(expected)
    assert reasons_of(tally) == numbers(missing)
    assert tally.undated == sum(numbers(missing).values())


DATES = ("1937-08-05", "1937-08-06", "1937-08", "1937", "1938-01-02", "1938", "1937~", "soon", "",
         "[1937-12-10,1937-12-11]", "[1937,1939]")  # fmt: skip
FIELDS = {
    "residence": (None, "Ленинградской обл.", "г. Ленинград", "с. Покровское", "Тверская обл."),
    "sex": (None, "male", "female"),
    "coded": (None, '{"nationality":"pole","party":"none"}', '{"nationality":"latvian"}'),
    "nationality": (None, "неведомо"),
    "occupation": (None, "слесарь", "священник", "без слов"),
    "age": (None, "45 лет", "около сорока"),
}
TOLD = st.builds(
    Told,
    st.sampled_from("abcde"),
    st.lists(st.sampled_from(DATES), max_size=2).map(tuple),
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FIELDS.items()}),
    st.sampled_from((1, 2)),
)
BY = st.lists(st.sampled_from(AXES), max_size=2, unique=True).filter(
    lambda axes: sum(axis in TIME for axis in axes) < 2
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TOLD, min_size=1, max_size=12), BY, st.booleans(), st.booleans())
def test_rows_and_gaps_add_up_to_the_total(told, by, records, linked):
    tally = count(archive_of(told, linked), by=by, records=records)
    placed = sum(row.count for row in tally.rows) + sum(gap.count for gap in tally.gaps)
    executed = [one for one in told if one.executed]
    unit = len(executed) if records or not linked else len({one.person for one in executed})
    assert tally.total == unit
    assert tally.unit == ("records" if records or not linked else "people")
    assert all(row.count > 0 for row in tally.rows)
    assert tally.by == tuple(by)
    assert all(len(row.keys) == len(by) for row in tally.rows)
    if not by:
        assert tally.rows == ()
        assert tally.gaps == ()
    elif tally.exclusive:
        assert placed == tally.total
    else:
        assert {"source", "article"} & set(by)
        assert placed > tally.total


@settings(max_examples=40, deadline=None)
@given(st.lists(TOLD, min_size=1, max_size=12))
def test_a_filter_counts_what_its_row_counts(told):
    connection = archive_of(told)
    for axis in ("sex", "nationality", "region", "occupation"):
        for row in count(connection, by=axis).rows:
            assert count(connection, filters={axis: row.keys[0]}).total == row.count
    for row in count(connection, by="source").rows:
        assert count(connection, source=row.keys[0]).total == row.count
    for row in count(connection, by="month").rows:
        span = (row.keys[0], row.keys[0])
        assert count(connection, span=span).total == row.count


@settings(max_examples=40, deadline=None)
@given(st.lists(TOLD, min_size=1, max_size=12))
def test_people_by_sex_are_those_counted_by_hand(told):
    stated: defaultdict[str, list[str]] = defaultdict(list)
    executed = {one.person for one in told if one.executed}
    for one in told:
        if one.fields["sex"]:
            stated[one.person].append(one.fields["sex"])
    expected = Counter(
        max(stated[person], key=lambda sex: (stated[person].count(sex), -stated[person].index(sex)))
        for person in executed if stated[person]
    )  # fmt: skip
    tally = count(archive_of(told), by="sex")
    assert rows_of(tally) == {(sex,): number for sex, number in expected.items()}
    assert reasons_of(tally).get("not stated", 0) == len(executed) - sum(expected.values())


def test_spellings_of_a_region_are_one_row_and_what_is_unknown_a_gap():
    told = [
        Told(str(n), ("1937",), {"residence": words})
        for n, words in enumerate(
            ("Ленинградской обл.", "Ленинградская область, Лужский р-н", "с. Покровское", None)
        )
    ]
    tally = count(archive_of(told), by="region")
    assert rows_of(tally) == {("Ленинградская область",): 2}
    assert reasons_of(tally) == {"not recognised": 1, "not stated": 1}


def test_age_is_told_in_groups():
    told = [
        Told("a", ("1937-08-05",), {"birth_year_low": 1897, "birth_year_high": 1897}),
        Told("b", ("1937",), {"age": "17"}),
        Told("c", ("",), {"birth_year_low": 1897, "birth_year_high": 1897}),
        Told("d", ("1937",), {"birth_year_low": 1885, "birth_year_high": 1888}),
        Told("e", ("1937",)),
    ]
    tally = count(archive_of(told), by="age")
    assert rows_of(tally) == {("under 18",): 1, ("35-44",): 1}
    assert [row.keys[0] for row in tally.rows] == ["under 18", "35-44"]
    assert set(reasons_of(tally)) == {
        "no year of the event", "several years of birth", "not stated"
    }  # fmt: skip


def test_what_is_only_a_death_sentence_is_told_beside():
    told = [Told("a", ("1937",)), Told("b", (), {"fate": "sentenced_to_death"})]
    tally = count(archive_of(told))
    assert tally.total == 1
    assert any("1 other was sentenced to death" in note for note in tally.notes)


def test_a_span_counts_the_certain_and_tells_of_the_others():
    told = [Told(str(n), (day,)) for n, day in enumerate(("1937-08-05", "1937", "", "1936"))]
    tally = count(archive_of(told), by="month", span=("1937-08", "1937-09"))
    assert tally.total == 1
    assert any("1 with a date too rough to tell and 1 without a date" in one for one in tally.notes)


def test_how_the_largest_month_could_change_is_told():
    days = ["1937-08-05"] * 5 + ["1938-01-01"] * 3 + ["1938"] * 3
    told = [Told(str(n), (day,)) for n, day in enumerate(days)]
    notes = " ".join(count(archive_of(told), by="month").notes)
    assert "3 of the 11 have no row; 1937-08 leads with 5, yet 1938-01 could have up to 6" in notes
    told = [Told(str(n), (day,)) for n, day in enumerate([*days, "1937-08-07", "1937-08-08"])]
    notes = " ".join(count(archive_of(told), by="month").notes)
    assert "no other month can exceed 1937-08 (7, at most 7)" in notes


def test_records_that_disagree_are_told():
    notes = " ".join(count(archive_of([Told("a", ("1937",)), Told("a", ("1938",))])).notes)
    assert "The records of 1 person give dates of execution that exclude each other" in notes


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"what": "born"}, 'Nothing is counted as "born"'),
        ({"by": "colour"}, 'Nothing is counted by "colour"'),
        ({"by": "day,month"}, "one axis of time"),
        ({"by": "sex,region,party"}, "one axis or two"),
        ({"span": ("yesterday", None)}, '"yesterday" is not a date'),
        ({"span": ("1938", "1937")}, "no span of time"),
        ({"region_of": "work"}, 'no region of "work"'),
        ({"filters": {"nationality": "martian"}}, 'No nationality is called "martian"'),
        ({"filters": {"sex": "other"}}, 'No sex is called "other"'),
        ({"source": "nowhere"}, 'No list of this archive is called "nowhere"'),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(asked, sentence):
    with pytest.raises(UsageError, match=sentence):
        count(archive_of([Told("a", ("1937",))]), **asked)


def test_filters_take_words_of_both_languages():
    told = [Told("a", ("1937",), {"coded": '{"nationality":"pole"}', "residence": "г. Москва"})]
    connection = archive_of(told)
    for filters in (
        {"nationality": "поляк"}, {"nationality": "Polish"}, {"region": "Moscow"},
        {"region": "Москва"}, {"nationality": "Latvian, pole"},
    ):  # fmt: skip
        assert count(connection, filters=filters).total == 1, filters
    assert count(connection, filters={"nationality": "Latvian"}).total == 0


def test_a_month_without_a_row_may_be_the_largest():
    told = [Told(str(n), (day,)) for n, day in enumerate(["1937-08-05"] * 2 + ["1936"] * 5)]
    notes = " ".join(count(archive_of(told), by="month").notes)
    assert "1937-08 leads with 2, yet a month that has no row now could have up to 5" in notes


def test_a_closed_case_is_an_arrest_and_no_sentence():
    connection = archive_of([Told("a"), Told("b"), Told("c")])
    connection.executemany(
        "INSERT INTO cases (record, n, arrest_date, sentence_date, sentence, coded) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (1, 1, "1937-08", "1939-02-03", "дело прекращено", '{"sentence":"closed"}'),
            (2, 1, "1930", "1931-01-05", "3 года ссылки", '{"sentence":"exile"}'),
            (2, 2, "1937-09", "1939-02-03", "дело прекращено", '{"sentence":"closed"}'),
            (3, 1, None, None, "ВМН", '{"sentence":"death"}'),
        ],
    )
    write_facts(connection)
    connection.execute("DELETE FROM person_facts")
    write_people(connection)
    assert rows_of(count(connection, what="arrested", by="year")) == {("1937",): 2}
    tally = count(connection, what="sentenced", by="year")
    assert rows_of(tally) == {("1931",): 1}
    assert reasons_of(tally) == {"not stated": 1}
    assert any(
        "For 1 of them several arrests are told" in note
        for note in count(connection, what="arrested").notes
    )
