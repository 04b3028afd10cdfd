"""Oblique cases of names lead back to the nominative."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byname.names.forms import fold
from byname.search.declined import nominatives
from byname.search.forms import KINDS

CASES = {
    "surname": {
        "Алсубовский": "Алсубовского Алсубовскому Алсубовским Алсубовском",
        "Дембржицкий": "Дембржицкого Дембржицкому Дембржицким Дембржицком",
        "Алсубовская": "Алсубовскую Алсубовскою",
        "Бервадской": "Бервадского",
        "Щелмасов": "Щелмасова Щелмасову Щелмасовым Щелмасове",
        "Чурлаев": "Чурлаева Чурлаеву Чурлаевым Чурлаеве",
        "Кассимшин": "Кассимшина Кассимшину Кассимшиным Кассимшине",
        "Щелмасова": "Щелмасовой Щелмасову Щелмасовою",
        "Гриняшук": "Гриняшука Гриняшуку Гриняшуком Гриняшуке",
        "Реквальд": "Реквальда Реквальду Реквальдом Реквальде",
        "Шмельтинг": "Шмельтинга Шмельтингу Шмельтингом",
        "Яскулькевич": "Яскулькевича Яскулькевичу Яскулькевичем",
        "Гутань": "Гутаня Гутаню Гутанем Гутане",
        "Хомрай": "Хомрая Хомраю Хомраем",
        "Вомирный": "Вомирного Вомирному Вомирным",
        "Дальний": "Дальнего Дальнему Дальним",
        "Вомирная": "Вомирную",
        "Скворчиха": "Скворчихи Скворчихе Скворчиху Скворчихой",
        "Гутыня": "Гутыни Гутыню Гутыней",
        "Дорвенец": "Дорвенца Дорвенцу Дорвенцем",
        "Вомирок": "Вомирка Вомирку Вомирком",
    },
    "given": {
        "Иван": "Ивана Ивану Иваном Иване",
        "Михаил": "Михаила Михаилу Михаилом Михаиле",
        "Николай": "Николая Николаю Николаем",
        "Василий": "Василия Василию Василием",
        "Игорь": "Игоря Игорю Игорем",
        "Павел": "Павла Павлу Павлом",
        "Лев": "Льва Льву",
        "Никита": "Никиты Никите Никиту Никитой",
        "Илья": "Ильи Илье Илью Ильей",
        "Анна": "Анны Анне Анну Анной",
        "Мария": "Марии Марию Марией",
        "Любовь": "Любови",
        "Фёдор": "Фёдора Федору Фёдором",
    },
    "patronymic": {
        "Иванович": "Ивановича Ивановичу Ивановичем Ивановиче",
        "Ильич": "Ильича Ильичу Ильичем",
        "Ивановна": "Ивановны Ивановне Ивановной Ивановну Ивановною",
        "Ильинична": "Ильиничны Ильиничне Ильиничной Ильиничну",
        "Николаевич": "Николаевича Николаевичу",
        "Миколаївна": "Миколаївни",
    },
}  # fmt: skip
ROWS = [
    (kind, form, nominative)
    for kind, names in CASES.items()
    for nominative, forms in names.items()
    for form in forms.split()
]


WOMEN = [("Алсубовской", "Алсубовская"), ("Вомирной", "Вомирная"), ("Дальней", "Дальняя")]


@pytest.mark.parametrize(("form", "nominative"), WOMEN)
def test_women_with_surnames_like_adjectives(form, nominative):
    assert fold(nominative) in nominatives("surname", fold(form))


@pytest.mark.parametrize(("kind", "form", "nominative"), ROWS)
def test_the_nominative_is_among_those_offered(kind, form, nominative):
    assert fold(nominative) in nominatives(kind, fold(form))


NOT_DECLINED = [
    ("given", "Иван", "Ива"),
    ("given", "Ким", "Ки"),
    ("patronymic", "Иванович", "Иванов"),
    ("patronymic", "Ивановна", "Иванов"),
    ("patronymic", "оглы", "огла"),
]


@pytest.mark.parametrize(("kind", "form", "other"), NOT_DECLINED)
def test_another_name_is_not_offered(kind, form, other):
    assert fold(other) not in nominatives(kind, fold(form))


@pytest.mark.parametrize("form", ["иванович", "ильич", "ивановна", "ильинична", "оглы"])
def test_a_patronymic_in_the_nominative_comes_from_no_other(form):
    assert nominatives("patronymic", form) == []


SHORTEST = {"surname": 3, "given": 2, "patronymic": 3}  # Ян, Лев


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["", "а", "и", "у", "ли", "ан", "е"])
def test_short_words_come_from_nothing_shorter(kind, form):
    assert all(len(one) >= SHORTEST[kind] for one in nominatives(kind, form))


ENDINGS = sorted({fold(form[-4:]) for _, form, _ in ROWS})
FORMS = st.builds(str.__add__, st.text("абвеийноуця", max_size=8), st.sampled_from(["", *ENDINGS]))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.sampled_from(KINDS), FORMS)
def test_never_the_form_itself_never_short_never_twice(kind, form):
    found = nominatives(kind, form)
    assert form not in found
    assert all(len(one) >= SHORTEST[kind] for one in found)
    assert len(found) == len(set(found))
    assert found == nominatives(kind, form)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_taken(text):
    for kind in KINDS:
        nominatives(kind, text)
