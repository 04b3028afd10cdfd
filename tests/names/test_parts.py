"""Printed names against the table ``cases/names.tsv``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import rows

from byname.names.letters import repair_lookalikes
from byname.names.parts import looks_like_patronymic, sex_of_patronymic, split_name


@pytest.mark.parametrize("row", rows("names"), ids=lambda row: row[0])
def test_printed_name(row):
    printed, surname, given_name, patronymic, others = (row + [""] * 5)[:5]
    parts = split_name(printed)
    found = [part.value if part else "" for part in (parts.surname, parts.given, parts.patronymic)]
    assert found == [surname, given_name, patronymic]
    assert [part.value for part in parts.others] == [o for o in others.split("; ") if o]


@given(st.text(alphabet="АБВИванович()-. ,оглыёМ1870", max_size=40))
def test_parts_stand_where_they_say(line):
    parts = split_name(line)
    for part in (parts.given, parts.patronymic, *parts.others):
        if part is not None:
            words = iter(line[part.start : part.end])
            assert all(letter in words for letter in part.value if letter.isalpha())


@pytest.mark.parametrize(
    ("patronymic", "sex"),
    [("Ивановна", "female"), ("Ильинична", "female"), ("Ильич", "male"), ("Гасан кызы", "female"),
     ("Мамед оглы", "male"), ("Іванівна", "female"), ("И.", None), ("", None)],
)  # fmt: skip
def test_sex_by_patronymic(patronymic, sex):
    assert sex_of_patronymic(patronymic) == sex


def test_short_words_are_no_patronymics():
    assert not looks_like_patronymic("Ич")
    assert looks_like_patronymic("Фомич")


@pytest.mark.parametrize(
    ("printed", "repaired"),
    [("Hиколай", "Николай"), ("HКВД", "НКВД"), ("USB-порт", "USB-порт"), ("Smith", "Smith"),
     ("Нечаев", "Нечаев"), ("Cеменов", "Семенов")],
)  # fmt: skip
def test_latin_letters_in_cyrillic_words(printed, repaired):
    text, changed = repair_lookalikes(printed)
    assert text == repaired
    assert bool(changed) == (printed != repaired)


@given(st.text(max_size=60))
def test_repair_keeps_every_character_in_its_place(text):
    assert len(repair_lookalikes(text)[0]) == len(text)
