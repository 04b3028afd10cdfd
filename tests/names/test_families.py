"""Canonical forms of names against ``cases/name_families.tsv``, and what holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import rows

from byname.errors import UsageError, VocabularyError
from byname.names.families import (
    father_family,
    given_family,
    initial_of,
    initials_of,
    is_initial,
    is_known_family,
    near_families,
    readings_of_initial,
    sex_of_family,
    surname_form,
    surname_forms,
    surname_halves,
)
from byname.names.kin import compiled, kin
from byname.names.latin import LATIN_TRADITIONS, to_latin
from byname.names.loose import loose, plain_latin

CANONICAL = {
    "given": (given_family, given_family),
    "father": (father_family, father_family),
    "swap": (given_family, father_family),
    "surname": (surname_form, surname_form),
}
CASES = rows("name_families")


@pytest.mark.parametrize("row", CASES, ids=lambda row: "-".join(row[:3]))
def test_canonical_forms(row):
    kind, a, b, verdict = row[:4]
    assert verdict in ("same", "different")
    if kind == "half":
        assert (surname_form(b) in surname_halves(a)) == (verdict == "same")
        return
    first, second = CANONICAL[kind]
    assert first(a)
    assert (first(a) == second(b)) == (verdict == "same"), (first(a), second(b))


def test_the_table_is_large_and_has_both_verdicts():
    assert len(CASES) >= 150
    assert sum(row[3] == "different" for row in CASES) >= 50


def test_a_family_is_its_own_key():
    for key in sorted({key for _, key in kin().ordered}):
        assert given_family(key) == key
        assert is_known_family(key)
        assert sex_of_family(key) in ("male", "female")
        assert loose(initial_of(key)) in initials_of(key)


def test_every_name_of_the_table_is_found_in_its_family():
    wrong = [
        (name, key, given_family(name))
        for name, key in {**kin().members, **kin().latin}.items()
        if given_family(name) != key
    ]
    assert wrong == []


# A vocabulary of letters that names are made of, in both scripts, with what stands between them.
TEXT = st.text(
    alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўѣѳАБИЯІ"
    "Jjabcdefghijklmnopqrstuvwxyzłšžćäöü .-'’",
    max_size=24,
)
FUNCTIONS = [given_family, father_family, surname_form]


@pytest.mark.parametrize("function", FUNCTIONS)
@given(text=TEXT | st.text(max_size=30))
def test_any_text_has_a_form_which_is_its_own(function, text):
    form = function(text)
    again = given_family if function is father_family else function
    assert again(form) == form
    assert form == form.strip()
    assert form == form.lower()


@given(text=TEXT)
def test_case_and_spaces_do_not_matter(text):
    assert given_family(f"  {text.upper()} ") == given_family(text.upper())
    assert surname_form(text.lower()) == surname_form(f" {text.lower()}  ")


@given(st.text(alphabet="абвгдежзиклмнопрстуфхцчшщыэюяь", min_size=2, max_size=12))
def test_spelling_habits_do_not_matter(word):
    for function in FUNCTIONS:
        assert function(word) == function(word.replace("е", "ё")) == function(word + "ъ")
        assert function(word) == function(word.capitalize())


@given(st.text(max_size=30))
def test_odd_texts_are_taken_in_stride(text):
    assert isinstance(surname_halves(text), tuple)
    assert isinstance(surname_forms(text), tuple)
    assert isinstance(readings_of_initial(text), frozenset)
    assert isinstance(is_initial(text), bool)
    assert isinstance(initials_of(text), frozenset)
    assert loose(loose(text)) == loose(text)
    assert plain_latin(plain_latin(text)) == plain_latin(text)
    for tradition in LATIN_TRADITIONS:
        assert isinstance(to_latin(text, tradition), str)


def test_a_very_long_word_takes_no_time():
    started = time.perf_counter()
    for function in FUNCTIONS:
        function("ович" * 5_000)
        function("Син-" * 5_000)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("text", ["", " ", "-", ".", "?", "1937", "😀", "«»"])
def test_nothing_has_the_empty_form(text):
    assert given_family(text) == father_family(text) == surname_form(text) == ""
    assert surname_halves(text) == surname_forms(text) == ()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("И.", True), ("И", True), ("J.", True), ("Zh.", True), ("Yu.", True), ("Ив.", False),
     ("Zh", False), ("", False), (".", False), ("Ян", False), (" К. ", True)],
)  # fmt: skip
def test_initials(text, verdict):
    assert is_initial(text) is verdict


@pytest.mark.parametrize(
    ("initial", "name"),
    [("Г.", "Егор"), ("Е.", "Георгий"), ("О.", "Иосиф"), ("И.", "Осип"), ("J.", "Иосиф"),
     ("J.", "Яков"), ("Й.", "Иосиф"), ("M.", "Николай"), ("Н.", "Микола"), ("Zh.", "Женя"),
     ("W.", "Владимир"), ("Ch.", "Хаим"), ("Э.", "Эмиль"), ("Ф.", "Теодор"), ("X.", "Ксения")],
)  # fmt: skip
def test_an_initial_may_stand_for_a_name(initial, name):
    assert readings_of_initial(initial) & initials_of(given_family(name))


@pytest.mark.parametrize(("initial", "name"), [("К.", "Егор"), ("W.", "Иван"), ("Г.", "Иван")])
def test_an_initial_may_not_stand_for_a_name(initial, name):
    assert not readings_of_initial(initial) & initials_of(given_family(name))


def test_near_families_are_near_both_ways():
    assert "юрии" in near_families("георгии")
    assert near_families("никакой") == frozenset()
    for key, others in kin().near.items():
        assert key not in others
        assert all(key in near_families(other) for other in others)


@pytest.mark.parametrize(
    ("word", "tradition", "latin"),
    [("Жуков", "BGN", "Zhukov"), ("Ежов", "BGN", "Yezhov"),
     ("Щербаков", "German", "Schtscherbakow"), ("Тухачевский", "Polish", "Tuchaczewski"),
     ("Бухарин", "French", "Boukharine"),
     ("Михайлович", "Finnish", "Mihailovitš"), ("Жуков", "Baltic", "Žukovs"),
     ("Зиновьев", "ISO", "Zinovʹev"), ("ЖУКОВ", "BGN", "ZHUKOV"), ("Иванов-Петров", "English",
     "Ivanov-Petrov"), ("", "BGN", "")],
)  # fmt: skip
def test_to_latin(word, tradition, latin):
    assert to_latin(word, tradition) == latin


SURNAMES = [
    "Тухачевский", "Жуков", "Щербаков", "Бухарин", "Ежов", "Иванов", "Петренко", "Сидорчук",
    "Михайлов", "Воронин", "Лебедев", "Шаповалов", "Черных", "Кузнецов", "Бондаренко", "Хохлов",
    "Цветаев", "Юдин", "Яковлев", "Зиновьев",
]  # fmt: skip


@pytest.mark.parametrize("tradition", LATIN_TRADITIONS)
@pytest.mark.parametrize("surname", SURNAMES)
def test_a_latin_surname_reads_back(surname, tradition):
    forms = surname_forms(to_latin(surname, tradition))
    # German writes ж as sch, so that Жуков cannot be told from Шуков
    expected = {surname_form(surname), surname_form(surname.replace("Ж", "Ш").replace("ж", "ш"))}
    assert expected & set(forms)


def test_an_unknown_tradition_is_refused():
    with pytest.raises(UsageError, match="There is no tradition"):
        to_latin("Жуков", "Klingon")


MISTAKES = [
    ({"male": {"иван": ["Ян"], "яков": ["Ян"]}}, '"Ян" stands in two families, "иван" and "яков"'),
    ({"male": {"иван": "Ян"}}, 'row "иван": write the other forms as a list'),
    ({"male": {"иван": []}, "female": {"иван": []}}, "both among men and women"),
    ({"male": {"иван": ["?"]}}, "is not a name"),
    ({"men": {}}, 'has a part called "men"'),
    ({"male": ["иван"]}, '"male" must be rows'),
    ({"male": {"иван": []}, "near": [["иван", "ян"]]}, '"ян" is not the key of a family'),
    ({"male": {"иван": []}, "near": ["иван"]}, "must be a list"),
    ({"male": {"иван": []}, "short": {"Ст": "степан"}}, 'means "степан", which is no family'),
]


@pytest.mark.parametrize(("table", "words"), MISTAKES)
def test_a_mistake_in_the_table_is_named(table, words):
    with pytest.raises(VocabularyError, match=r"given\.yaml") as caught:
        compiled(table)
    assert words in str(caught.value)
