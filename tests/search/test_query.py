"""A line of free text taken apart: names, initials, the year, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byname.errors import UsageError
from byname.search.query import LONGEST_QUERY, read_query

READ = [
    # typed, names, initials, year of birth
    ("Гиттис Владимир Михайлович", "Гиттис Владимир Михайлович", "", None),
    ("Гиттис В.М. 1881", "Гиттис", "В М", 1881),
    ("В. М. Гиттис", "Гиттис", "В М", None),
    ("В.М.Гиттис", "Гиттис", "В М", None),
    ("Гиттис, 1881 г.р.", "Гиттис", "", 1881),
    ("Гиттис 1881 г. р.", "Гиттис", "", 1881),
    ("Гиттис Владимир, 1881 года рождения", "Гиттис Владимир", "", 1881),
    ("Гиттис 1881 г.", "Гиттис", "", 1881),
    ("Гиттис, род. 1881", "Гиттис", "", 1881),
    ("Гиттис, родился в 1881", "Гиттис", "", 1881),
    ("Gittis, born 1881", "Gittis", "", 1881),
    ("Gittis, b. 1881", "Gittis", "", 1881),
    ("Gittis geb. 1881", "Gittis", "", 1881),
    ("Babel 1894", "Babel", "", 1894),
    ("Born Max 1882", "Born Max", "", 1882),
    ("Родов 1894", "Родов", "", 1894),
    ("Нарбут 1888", "Нарбут", "", 1888),
    ("Urban 1890", "Urban", "", 1890),
    ("Мамед оглы Али", "Мамед оглы|Али", "", None),
    ("фон Реквальд Карл", "фон Реквальд|Карл", "", None),
    ("Ван Лю Ши", "Ван|Лю|Ши", "", None),
    ("Van Tszi-Shan", "Van|Tszi-Shan", "", None),
    ("van Rekwald Karl", "van Rekwald|Karl", "", None),
    ("Ван дер Реквальд Карл", "Ван дер Реквальд|Карл", "", None),
    ("Дружинин ван Николаевич", "Дружинин|ван|Николаевич", "", None),
    ("У Дэ-Бын", "Дэ-Бын", "У", None),
    ("У", "У", "", None),
    ("Тухач*", "Тухач*", "", None),
    ("Ли Ч*", "Ли Ч*", "", None),
    ("Mаria", "Maria", "", None),  # one letter of it is Cyrillic
    ("Ивaнов", "Иванов", "", None),  # one is Latin
    ("Yu. Zhukov", "Zhukov", "Yu", None),
    ("д’Артань Шарль", "д’Артань|Шарль", "", None),
]


@pytest.mark.parametrize(("typed", "names", "initials", "born"), READ)
def test_a_line_taken_apart(typed, names, initials, born):
    query = read_query(typed)
    words = names.split("|") if "|" in names else names.split()
    assert [word.text for word in query.words if not word.initial] == words
    assert [word.text for word in query.words if word.initial] == initials.split()
    assert query.born == born


def test_a_year_given_apart_counts_first():
    assert read_query("Гиттис 1881", 1890).born == 1890


REFUSED = [
    "", "  ", "1937", "М.", "М. Н.", "😀", "*", "??", "а*", "М. *", "и " * 90, "х" * 41,
    "а" * (LONGEST_QUERY + 1), "один два три четыре пять шесть семь восемь девять",
]  # fmt: skip


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_no_name_is_refused_with_a_sentence(typed):
    with pytest.raises(UsageError, match=r"^The query .*\S[.)\"]$"):
        read_query(typed)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.text(max_size=250))
def test_any_text_is_read_or_refused(text):
    try:
        query = read_query(text)
    except UsageError:
        return
    assert query.words
    for word in query.words:
        assert word.wild or word.readings
