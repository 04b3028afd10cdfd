"""What is made of a record's words before two records are compared."""

from __future__ import annotations

import json
import random
from typing import Any

import duckdb
import pytest
from tests.people.helpers import features_of, over

from byname.names.families import father_family, given_family
from byname.people import extras, features, values

YEARS = [
    ("1895", (1895, 1895), "a year"),
    ("1895-03-12", (1895, 1895), "a day"),
    ("1895-03", (1895, 1895), "a month"),
    ("1895~", (1893, 1897), "about: two years either way"),
    ("[1895,1896]", (1895, 1896), "two years, the entry does not know which"),
    ("[1889-05-02,1898]", (1889, 1898), "a day or another year"),
    ("1937?", (1937, 1937), "doubtful, but a year"),
    (None, (None, None), "not stated"),
]


@pytest.mark.parametrize(("date", "years", "why"), YEARS, ids=[row[2] for row in YEARS])
def test_a_date_is_an_interval_of_years(date, years, why):
    (row,) = features_of([{"birth_date": date, "ended": date}])
    assert (row["birth_low"], row["birth_high"]) == years, why
    assert (row["ended_low"], row["ended_high"]) == years, why


@pytest.mark.parametrize("date", [row[0] for row in YEARS if row[0] != "1895-03-12"])
def test_only_a_day_is_a_day(date):
    (row,) = features_of([{"birth_date": date, "ended": date}])
    assert (row["birth"], row["birth_md"], row["ended"]) == (None, None, None)


def test_a_day_is_a_day():
    (row,) = features_of([{"birth_date": "1895-03-12", "ended": "1937-09-28"}])
    assert (row["birth"], row["birth_md"]) == ("1895-03-12", "03-12")
    assert (row["ended"], row["ended_month"]) == ("1937-09-28", "1937-09")


def test_several_cases_give_several_days_and_years():
    (row,) = features_of([{"arrests": ["1929-12-01", "1937", "1929-12-01"], "sentences": ["1938"]}])
    assert row["arrests"] == ["1929-12-01"]
    assert sorted(row["arrest_years"]) == ["1929", "1937"]
    assert (row["sentences"], row["sentence_years"]) == (None, ["1938"])


def stems(*places: str | None, column: str = "birth_place") -> list[set[str]]:
    found = features_of([{column: place} for place in places])
    name = {"birth_place": "birth_place", "residence": "home", "occupation": "job"}[column]
    return [{*(row[f"{name}_rare"] or ()), *(row[f"{name}_common"] or ())} for row in found]


ONE_PLACE = [
    ("Калининская обл., Кашинский р-н", "Тверская губ., г. Кашин", 2),
    ("Горьковская обл.", "Нижегородская губерния", 1),
    ("г. Ленинград", "С.-Петербургская губ.", 1),
    ("г. Ленинград", "Петроград", 1),
    ("Сталинградская обл.", "Царицынская губ.", 1),
    ("Свердловская обл.", "г. Екатеринбург", 1),
    ("Молотовская обл.", "Пермская губ.", 1),
    ("Вятская губ., дер. Крутиха", "Кировская обл., д. Крутиха", 2),
    ("с. Берёзовка", "село Березовка", 1),
    ("дер. Рогожкино", "деревне Рогожкино", 1),
    ("Московская губ.", "Московской губернии", 1),
    ("дер. Рогожкино", "дер. Уклейка", 0),
    ("Тверская губ.", "Рязанская губ.", 0),
    ("с. Ивановка", "г. Иваново", 1),
]


@pytest.mark.parametrize(("one", "two", "shared"), ONE_PLACE, ids=[row[0] for row in ONE_PLACE])
def test_places_by_their_names_over_time(one, two, shared):
    left, right = stems(one, two)
    assert len(left & right) == shared, (left, right)


def test_the_words_for_village_and_district_are_no_place():
    for found in stems("дер.", "Мценский уезд", "с. Ключи ... района", "д. 5 кв. 17"):
        assert not found & {"уезд", "район", "дер", "дерев", "кв"}


def test_a_word_that_many_records_share_is_common_and_a_rare_one_rare():
    rows = [{"birth_place": f"Тверская губ., дер. Малая{chr(1072 + n)}бвг"} for n in range(30)]
    rows.append({"birth_place": "Тверская губ., дер. Рогожкино"})
    *_, last = features_of(rows)
    assert last["birth_place_common"] == ["тверь"]
    assert last["birth_place_rare"] == ["рогож"]


def test_what_is_common_is_counted_over_birthplaces_and_residences():
    rows = [{"birth_place": "г. Орел", "residence": "г. Орел"} for _ in range(11)]
    assert features_of(rows)[0]["birth_place_common"] == ["орел"]
    assert features_of(rows[:10])[0]["birth_place_rare"] == ["орел"], "20 bearers are not many"


def test_occupations_are_compared_without_endings_and_short_words():
    left, right = stems("рабочий з-да", "рабочая на заводе", column="occupation")
    assert left & right == {"рабоч"}


def names(**record: Any) -> dict[str, Any]:
    return features_of([record])[0]


def test_forms_of_a_name_have_one_number_and_others_another():
    forms = [("Егор", "Осипович"), ("Георгий", "Иосифович"), ("Григорий", "Юрьевич")]
    one, two, other = features_of([{"given": g, "patronymic": p} for g, p in forms])
    assert (one["given_id"], one["father_id"]) == (two["given_id"], two["father_id"])
    assert one["names_id"] == two["names_id"] != other["names_id"]
    assert one["given_id"] is not None
    assert one["given_id"] != other["given_id"]


def test_an_initial_has_no_family_but_its_letters():
    row = names(surname="Кувшинников", given="И.", patronymic="Г.")
    assert (row["given"], row["given_id"], row["given_short"]) == (None, None, True)
    assert "и" in row["given_initials"]
    full = names(given="Иосиф")
    assert set(full["given_initials"]) & set(row["given_initials"])
    assert full["given_short"] is False


def test_a_patronymic_in_the_place_of_the_given_name_is_the_fathers_name():
    swapped, right = features_of([{"given": "Петрович"}, {"patronymic": "Петрович"}])
    assert swapped["given"] == right["father"]
    assert (swapped["misplaced"], right["misplaced"]) == (True, False)
    as_given, _ = features_of([{"patronymic": "Демьян"}, {}])
    assert as_given["misplaced"]
    assert not names(given="Демьян", patronymic="Карпович")["misplaced"]


def test_surnames_recorded_beside_the_first_are_surnames():
    one, two, double = features_of(
        [
            {"surname": "Зубцов", "other_names": ["Зазубрин"]},
            {"surname": "Зазубрин"},
            {"surname": "Крутояров-Белых"},
        ]
    )
    assert set(one["surnames"]) & set(two["surnames"])
    assert set(one["surname_keys"]) & set(two["surname_keys"])
    assert one["surname_id"] != two["surname_id"]
    assert len(double["surnames"]) == 3


def test_a_record_that_says_nothing_is_still_there():
    (row,) = features_of([{}])
    assert row["unique_id"] == 1
    stated = {name: value for name, value in row.items() if value not in (None, [], False)}
    assert set(stated) <= {"unique_id", "source"}


ODD = ["", " ", "?", "...", "12", "\u0301", "Ж" * 500, "'; DROP TABLE input; --", "💐", "-"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_do_no_harm(odd):
    record = dict.fromkeys(
        ("surname", "given", "patronymic", "birth_place", "residence", "occupation", "sex",
         "birth_date", "ended", "nationality"), odd,
    )  # fmt: skip
    rows = features_of([record | {"other_names": [odd], "arrests": [odd]}, {"surname": "Пробин"}])
    assert len(rows) == 2


def test_one_row_a_record():
    rows = [{"surname": "Пробин", "given": "Иван", "other_names": ["Пробкин"]} for _ in range(7)]
    assert [row["unique_id"] for row in features_of(rows)] == list(range(1, 8))


def test_forms_are_numbered_from_one_and_each_once():
    numbers = values.Numbers()
    assert [numbers.of(form) for form in ("а", "б", "а", "в")] == [1, 2, 1, 3]
    assert numbers.rows() == [(1, "а"), (2, "б"), (3, "в")]


def test_how_often_a_patronymic_goes_with_a_given_name():
    """P(told | given), smoothed towards P(told): what is usual together proves less."""
    rows = [{"given": "Абрам", "patronymic": "Моисеевич"}] * 6
    rows += [{"given": "Абрам", "patronymic": "Ильич"}] * 2
    rows += [{"given": "Иван", "patronymic": "Ильич"}] * 8
    connection = over(rows)
    features.build(connection)
    name = features.conditional_frequencies(connection, "names_id")
    found = dict(
        connection.execute(
            f"SELECT DISTINCT f.given || ' ' || f.father, q.tf_names_id FROM features f "
            f"JOIN {name} q USING (names_id)"
        ).fetchall()
    )

    def share(given: str, patronymic: str) -> float:
        return float(found[f"{given_family(given)} {father_family(patronymic)}"])

    assert share("Абрам", "Моисеевич") == pytest.approx((6 + 4 * 6 / 16) / (8 + 4))
    assert share("Абрам", "Ильич") == pytest.approx((2 + 4 * 10 / 16) / (8 + 4))
    assert share("Иван", "Ильич") == pytest.approx((8 + 4 * 10 / 16) / (8 + 4))


def a_table(**columns: Any) -> duckdb.DuckDBPyConnection:
    """200 invented rows with further columns; a column is made by a function of n and the row."""
    rng = random.Random(1937)
    rows = []
    for n in range(200):
        surname = "".join(rng.choices("абвгдежз", k=6)) + "ов"
        row = {
            "surname": surname, "given": rng.choice(["Иван", "Петр", "Карл", "Осип"]),
            "birth_place": f"дер. {rng.choice('абвгдежзик')}",
        }  # fmt: skip
        further = {name: make(n, row, rng) for name, make in columns.items()}
        rows.append(row | {"extra": json.dumps({k: v for k, v in further.items() if v})})
    return over(rows)


def kept(**columns: Any) -> list[str]:
    return [extra.name for extra in extras.extra_columns(a_table(**columns))]


def postcode(n: int, row: dict[str, str], rng: random.Random) -> str:
    return f"{rng.randint(1000, 1080)}"


FURTHER = {
    "a postcode": (postcode, True),
    "an insurance number that few share": (lambda n, row, rng: f"S{n // 2 * 7919}", True),
    "a column with a quote in its name": (postcode, True),
    "the number of the row": (lambda n, row, rng: str(n), False),
    "the same for everybody": (lambda n, row, rng: "картотека", False),
    "nearly the same for everybody": (lambda n, row, rng: "да" if n % 20 else "нет", False),
    "the name again": (lambda n, row, rng: f"{row['surname']}, {row['given']}", False),
    "the surname in capitals": (lambda n, row, rng: row["surname"].upper(), False),
    "what follows from the birthplace": (lambda n, row, rng: f"код {row['birth_place']}", False),
    "a long text": (lambda n, row, rng: f"{'дело ' * 20}{rng.randint(1, 50)}", False),
    "hardly ever filled": (lambda n, row, rng: "" if n % 10 else f"{n % 30}", False),
    "blanks only": (lambda n, row, rng: "  ", False),
}


@pytest.mark.parametrize("name", FURTHER)
def test_further_columns(name):
    make, expected = FURTHER[name]
    assert kept(**{name: make}) == [name] * expected


@pytest.mark.parametrize("name", ["a'b", 'a"b', "a\\b", "a.b", "a b$[0]", "индекс"])
def test_further_columns_of_any_name(name):
    connection = a_table(**{name: postcode})
    (extra,) = features.build(connection)
    assert extra.name == name
    found = connection.execute(f"SELECT count({extra.column}) FROM features").fetchall()
    assert found == [(200,)]


def test_the_columns_that_tell_most_apart_come_first_and_are_ten_at_most():
    columns: dict[str, Any] = {
        f"c{m}": lambda n, row, rng, m=m: str(rng.randint(0, 2 + m * 3)) for m in range(14)
    }
    found = kept(**columns)
    assert len(found) == 10
    assert set(found) == {f"c{m}" for m in range(4, 14)}


def test_the_columns_of_an_earlier_run_are_used_as_they_were():
    earlier = [extras.Extra("postcode", "extra_1")]
    connection = a_table(other=postcode)
    assert features.build(connection, earlier) == earlier
    assert connection.execute("SELECT count(extra_1) FROM features").fetchall() == [(0,)]
