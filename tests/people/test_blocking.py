"""Which pairs are compared: those that one error of the lists keeps apart, and not many more."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import duckdb
import pytest
from tests.people.helpers import crowd, over

from byname.people import blocking, features
from byname.people.extras import Extra


def proposed(
    records: list[dict[str, Any]], fresh: str | None = None, extras: tuple[Extra, ...] = ()
) -> set[tuple[int, int]]:
    """The pairs of records (1, 2, ...) that blocking proposes."""
    connection = over(records)
    features.build(connection, list(extras))
    number = blocking.candidates(connection, extras, fresh)
    pairs = connection.execute("SELECT left_record, right_record FROM candidates").fetchall()
    assert number == len(pairs) == len(set(pairs))
    return set(pairs)


ALONE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "surname and year; the given name is misread, a patronymic missing": (
        {"surname": "Копылев", "given": "Карп", "patronymic": "Львович", "birth_date": "1890"},
        {"surname": "Копылёв", "given": "Нил", "birth_date": "1890"},
    ),
    "surname and given name; the year is off, a patronymic missing": (
        {"surname": "Копылев", "given": "Егор", "patronymic": "Львович", "birth_date": "1890"},
        {"surname": "Копылев", "given": "Георгий", "birth_date": "1891"},
    ),
    "surname, patronymic and first letter of the given name; the year is off": (
        {"surname": "Копылев", "given": "Карп", "patronymic": "Осипович", "birth_date": "1890"},
        {"surname": "Копылев", "given": "Клим", "patronymic": "Иосифович", "birth_date": "1891"},
    ),
    "both names, in either order, and the year; the surname is another": (
        {"surname": "Синегуб", "given": "Карп", "patronymic": "Львович", "birth_date": "1890"},
        {"surname": "Громов", "given": "Лев", "patronymic": "Карпович", "birth_date": "1890"},
    ),
    "both names and the beginning of the surname; its end and the year are off": (
        {"surname": "Тарановский", "given": "Карп", "patronymic": "Львович", "birth_date": "1890"},
        {"surname": "Тараничев", "given": "Карп", "patronymic": "Львович", "birth_date": "1892"},
    ),
    "both names, end and first letter of the surname; the rest and the year are off": (
        {"surname": "Фугалевич", "given": "Карп", "patronymic": "Львович", "birth_date": "1890"},
        {"surname": "Фонгалевич", "given": "Карп", "patronymic": "Львович", "birth_date": "1892"},
    ),
    "beginning of the surname, given name and year; a patronymic is missing": (
        {"surname": "Тарановский", "given": "Карп", "patronymic": "Львович", "birth_date": "1890"},
        {"surname": "Тараничев", "given": "Карп", "birth_date": "1890"},
    ),
    "end and first letter of the surname, given name, year; a patronymic is missing": (
        {"surname": "Фугалевич", "given": "Карп", "patronymic": "Львович", "birth_date": "1890"},
        {"surname": "Фонгалевич", "given": "Карп", "birth_date": "1890"},
    ),
    "birthday, even with day and month exchanged; the surname is another": (
        {"surname": "Синегуб", "given": "Карп", "birth_date": "1890-03-11"},
        {"surname": "Громов", "given": "Касьян", "birth_date": "1890-11-03"},
    ),
    "surname and the day of birth; the year and the given name are off": (
        {"surname": "Копылев", "given": "Карп", "birth_date": "1890-03-11"},
        {"surname": "Копылев", "given": "Нил", "birth_date": "1899-03-11"},
    ),
    "beginning of the surname and day of death; the rest is off or missing": (
        {"surname": "Тарановский", "given": "Карп", "ended": "1937-09-28"},
        {"surname": "Тараничев", "given": "Нил", "ended": "1937-09-28"},
    ),
    "both names and day of death; the surname is another, no year": (
        {"surname": "Синегуб", "given": "Карп", "patronymic": "Львович", "ended": "1937-09-28"},
        {"surname": "Громов", "given": "Карп", "patronymic": "Львович", "ended": "1937-09-28"},
    ),
    "beginning of the surname and day of one of the arrests": (
        {"surname": "Тарановский", "arrests": ["1929-01-02", "1937-07-30"]},
        {"surname": "Тараничев", "given": "Нил", "arrests": ["1937-07-30"]},
    ),
    "beginning of the surname and day of one of the sentences": (
        {"surname": "Тарановский", "sentences": ["1937-08-02"]},
        {"surname": "Тараничев", "given": "Нил", "sentences": ["1929-01-02", "1937-08-02"]},
    ),
    "surname and initials; the year is off": (
        {"surname": "Копылев", "given": "Е.", "patronymic": "О.", "birth_date": "1890"},
        {"surname": "Копылев", "given": "Георгий", "patronymic": "Иосифович", "birth_date": "1891"},
    ),
}
"""What a rule is there for -> two records that no other rule brings together; in the order of
``blocking.RULES``."""


STRANGER = {"surname": "Чужой", "given": "Юлий", "patronymic": "Юстович", "birth_date": "1801"}


def test_every_rule_has_its_case():
    assert len(ALONE) == len(blocking.RULES)
    assert len(ALONE_WITHOUT_PATRONYMICS) == len(blocking.WITHOUT_PATRONYMICS)


@pytest.mark.parametrize("number", range(len(ALONE)), ids=list(ALONE))
def test_what_each_rule_is_there_for(monkeypatch, number):
    records = [*list(ALONE.values())[number], STRANGER]
    rules = blocking.RULES
    monkeypatch.setattr(blocking, "RULES", rules[number : number + 1])
    assert proposed(records) == {(1, 2)}, "the rule itself finds them"
    monkeypatch.setattr(blocking, "RULES", rules[:number] + rules[number + 1 :])
    assert proposed(records) == set(), "and no other does"


ALONE_WITHOUT_PATRONYMICS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "born on one day; no name agrees": (
        {"surname": "Синегуб", "given": "Карп", "birth_date": "1890-03-11"},
        {"surname": "Громов", "given": "Нил", "birth_date": "1890-03-11"},
    ),
    "given name and beginning of the surname; the year is off": (
        {"surname": "Тарановский", "given": "Карп", "birth_date": "1890"},
        {"surname": "Тараничев", "given": "Карп", "birth_date": "1895"},
    ),
    "given name and year; the surname is another": (
        {"surname": "Синегуб", "given": "Карп", "birth_date": "1890"},
        {"surname": "Громов", "given": "Карп", "birth_date": "1890"},
    ),
    "surname and place; the given name is misread, the year off": (
        {"surname": "Копылев", "given": "Карп", "birth_date": "1890", "birth_place": "с. Мегра"},
        {"surname": "Копылев", "given": "Нил", "birth_date": "1891", "birth_place": "с. Мегра"},
    ),
}
"""The same for the rules of lists that know no patronymics."""


@pytest.mark.parametrize("number", range(4), ids=list(ALONE_WITHOUT_PATRONYMICS))
def test_what_lists_without_patronymics_need(monkeypatch, number):
    pair = list(list(ALONE_WITHOUT_PATRONYMICS.values())[number])
    rules = blocking.WITHOUT_PATRONYMICS
    monkeypatch.setattr(blocking, "RULES", ())
    monkeypatch.setattr(blocking, "WITHOUT_PATRONYMICS", rules[number : number + 1])
    assert proposed(pair) == {(1, 2)}, "the rule itself finds them"
    assert proposed([*pair, STRANGER]) == set(), "lists with patronymics do without"
    monkeypatch.setattr(blocking, "WITHOUT_PATRONYMICS", rules[:number] + rules[number + 1 :])
    assert proposed(pair) == set(), "and no other does"


RIGHT: dict[str, Any] = {
    "surname": "Жуковин", "given": "Иосиф", "patronymic": "Георгиевич",
    "birth_date": "1895-03-12", "birth_place": "дер. Рогожкино", "ended": "1937-09-28",
}  # fmt: skip
ERRORS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "German": {"surname": "Schukowin", "given": "Jossif", "patronymic": "Georgiewitsch"},
    "Polish": {"surname": "Żukowin", "given": "Józef", "patronymic": "Jerzowicz"},
    "French": {"surname": "Joukovine", "given": "Joseph", "patronymic": "Gueorguievitch"},
    "English": {"surname": "Zhukovin", "given": "Iosif", "patronymic": "Georgievich"},
    "Ukrainian": {"surname": "Жуковін", "given": "Йосип", "patronymic": "Георгійович"},
    "pre-reform": {"surname": "Жуковинъ", "given": "Іосифъ", "patronymic": "Георгіевичъ"},
    "respelt": {"surname": "Жюковин"},
    "the first letter misread": {"surname": "Муковин"},
    "a letter lost": {"surname": "Жуквин"},
    "families of names": {"given": "Осип", "patronymic": "Егорович"},
    "initials": {"given": "И.", "patronymic": "Г."},
    "no patronymic": {"patronymic": None},
    "exchanged": {"given": "Георгий", "patronymic": "Иосифович"},
    "the given name misread": {"given": "Носиф"},
    "another surname": {"surname": "Громов"},
    "another surname beside it": {"surname": "Громов", "other_names": ["Жуковин"]},
    "a double surname": {"surname": "Громов-Жуковин"},
    "half of the name in capitals": {"surname": "ЖУКОВИН"},
    "a year off": {"birth_date": "1896-03-12"},
    "two years off": {"birth_date": "1897"},
    "only the year": {"birth_date": "1895"},
    "only the month": {"birth_date": "1895-03"},
    "day and month exchanged": {"birth_date": "1895-12-03"},
    "about": {"birth_date": "1895~"},
    "no birth": {"birth_date": None},
    "no place": {"birth_place": None},
    "no date of death": {"ended": None},
    "another date of death": {"ended": "1938-02-10"},
}


CROWD = 600


@pytest.fixture(scope="module")
def among_others() -> set[tuple[int, int]]:
    """Candidates among a synthetic crowd, the record without error, and one for each error."""
    records = [*crowd_records(CROWD), RIGHT, *(RIGHT | error for error in ERRORS.values())]
    return proposed(records)


def crowd_records(number: int, prefix: str = "x") -> list[dict[str, Any]]:
    def iso(date: str) -> str | None:
        return "-".join(reversed(date.split("."))) or None

    return [
        {
            "surname": person.surname, "given": person.given, "patronymic": person.patronymic,
            "birth_date": iso(person.birth), "birth_place": person.place or None,
            "ended": iso(person.shot),
        }
        for person in crowd(number, prefix)
    ]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_one_error_does_not_keep_two_records_apart(error):
    assert proposed([RIGHT, RIGHT | ERRORS[error]]) == {(1, 2)}


@pytest.mark.parametrize("error", ERRORS)
def test_nor_does_it_in_a_crowd(among_others, error):
    assert (CROWD + 1, CROWD + 2 + list(ERRORS).index(error)) in among_others


BARE: dict[str, Any] = {
    "surname": "Жуковин",
    "given": "Иосиф",
    "patronymic": "Георгиевич",
    "birth_date": "1895",
}
PAIRS_OF_ERRORS: dict[str, dict[str, Any]] = {
    "respelt, a year off": {"surname": "Жюковин", "birth_date": "1896"},
    "German, no patronymic": {"surname": "Schukowin", "given": "Iossif", "patronymic": None},
    "Ukrainian, a year off": {"surname": "Жуковін", "given": "Йосип", "birth_date": "1894"},
    "initials, a year off": {"given": "И.", "patronymic": "Г.", "birth_date": "1896"},
    "a letter misread, a year off": {"surname": "Жупковин", "birth_date": "1896"},
    "no patronymic, a year off": {"patronymic": None, "birth_date": "1894"},
    "exchanged, respelt": {
        "surname": "Жуквин",
        "given": "Георгий",
        "patronymic": "Иосифович",
    },
}


@pytest.mark.parametrize("errors", PAIRS_OF_ERRORS)
def test_two_errors_with_only_names_and_a_year(errors):
    assert proposed([BARE, BARE | PAIRS_OF_ERRORS[errors]]) == {(1, 2)}


def test_strangers_are_not_compared():
    other = {"surname": "Громов", "given": "Нил", "patronymic": "Фомич", "birth_date": "1901"}
    assert proposed([RIGHT, other]) == set()
    assert proposed([{}, {}]) == set()
    assert proposed([{"birth_date": "1895"}, {"birth_date": "1895"}]) == set()
    assert proposed([]) == set()


def test_a_key_that_too_many_share_is_narrowed_and_then_dropped():
    """31 namesakes of one year: those with one initial meet; 31 with one initial do not."""
    base: dict[str, Any] = {"surname": "Иванов", "birth_date": "1898"}
    letters = "абвгдежзиклмнопрстуфхц"
    many = [base | {"given": f"{letter}лмаз"} for letter in letters] * 2
    found = proposed(many)
    assert len(many) > blocking.MOST
    assert found == {(n, n + len(letters)) for n in range(1, len(letters) + 1)}
    few = many[: blocking.MOST]
    assert found < proposed(few) | found
    assert len(proposed(few)) == len(list(combinations(few, 2)))
    alike = [base | {"given": "Иван", "patronymic": "Иванович"}] * (blocking.MOST + 1)
    assert proposed(alike) == set()
    assert len(proposed(alike[1:])) == blocking.MOST * (blocking.MOST - 1) // 2


def word(number: int) -> str:
    """An invented name for a number."""
    syllables = [one + two for one in "бвгдзклмнпрст" for two in "аеиоу"]
    made = syllables[number % 65]
    while number := number // 65:
        made += syllables[number % 65]
    return f"Са{made}"


def world(number: int) -> list[dict[str, Any]]:
    """Invented people whose names are as uneven as real ones: few are borne by very many."""
    rng = random.Random(1937)

    def one_of(most: int) -> str:
        return word(int(most ** rng.random()))

    return [
        {
            "surname": f"{one_of(number)}в", "given": f"{one_of(300)}й",
            "patronymic": f"{one_of(300)}ович", "birth_date": str(rng.randint(1870, 1912)),
            "birth_place": f"дер. {one_of(number)}",
            "ended": f"1938-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            if rng.random() < 0.4 else None,
        }
        for _ in range(number)
    ]  # fmt: skip


def test_twice_the_records_are_not_four_times_the_pairs():
    once, twice = (len(proposed(world(number))) for number in (8_000, 16_000))
    assert once > 8_000
    assert twice < 2.5 * once


def test_namesakes_without_end_are_not_compared_without_end():
    """In a world of a few thousand names the keys fill up; a record has its share of pairs."""
    records = crowd_records(20_000)
    assert len(proposed(records)) < 30 * len(records)


def test_only_pairs_with_a_new_record():
    records = [*crowd_records(300), *(RIGHT | error for error in ERRORS.values())]
    every = proposed(records)
    new = range(200, 301)
    fresh = f"SELECT range FROM range({new.start}, {new.stop})"
    assert proposed(records, fresh) == {
        pair for pair in every if pair[0] in new or pair[1] in new
    } != set()  # fmt: skip
    assert proposed(records, "SELECT 0 WHERE false") == set()


def test_a_further_column_is_a_key():
    postcode = (Extra("postcode", "extra_1"),)
    left: dict[str, Any] = {"surname": "Clarke", "given": "Amy", "extra": '{"postcode": "2601"}'}
    right: dict[str, Any] = {"surname": "Brown", "given": "Zoe", "extra": '{"postcode": "2601"}'}
    assert proposed([left, right], extras=postcode) == {(1, 2)}
    assert proposed([left, right | {"extra": '{"postcode": "2602"}'}], extras=postcode) == set()


def test_no_working_tables_are_left():
    connection: duckdb.DuckDBPyConnection = over([RIGHT, RIGHT])
    features.build(connection)
    before = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert blocking.candidates(connection, []) == 1
    after = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert after - before == {"candidates"}
