"""Finding a person: every spelling, the right reasons, polite refusals."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import pytest
from tests.archive.helpers import TITLE, write_list

from byname import Archive
from byname.errors import UsageError

PEOPLE = (
    "Алсубовский Михаил Николаевич, род. 1893, дер. Пробная.",
    "Алсубовский Николай Николаевич, род. 1889, дер. Пробная.",
    "Бервадин М. Н., род. 1901, г. Примерск.",
    "Жудоренко Семён Андреевич, род. 1880, г. Примерск.",
    "Жудоренко Прасковья Андреевна, род. 1884, г. Примерск.",
    "Щелмасова Мария Яковлевна, род. 1900, г. Примерск.",
    "Гутань (Зазубрин) Карл Янович, род. 1895, г. Примерск.",
    "Ким Чер-Сан, род. 1904, кореец.",
    "Вомир-Дальний Пётр Ильич, род. 1870, г. Примерск.",
    "Иванов Иван Иванович, род. 1898, г. Примерск.",
    "Иванов Иван Петрович, род. 1899, г. Примерск.",
    "Хомрадьев Юрий Цезаревич, род. 1888, г. Примерск.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("find")
    path = write_list(folder / "list.txt", list(PEOPLE))
    with Archive(folder / "a.duckdb") as opened:
        opened.add(path, source=TITLE, format="paragraphs")
    with Archive(folder / "a.duckdb", read_only=True) as opened:
        yield opened


def first(archive, query, **options):
    found = archive.find(query, **options)
    assert found.people, [(one.name, one.score) for one in found.nearest]
    return found.people[0]


QUERIES = [
    # asked, line of the person, words that stand in the reasons
    ("Алсубовский Михаил Николаевич", 1, "surname as written"),
    ("алсубовский михаил", 1, "given name as written"),
    ("Михаил Алсубовский", 1, "surname as written"),
    ("Алсубовский М.Н.", 1, "given name matches the initial М."),
    ("М. Н. Алсубовский", 1, "patronymic matches the initial Н."),
    ("Алсубовский Н.Н.", 2, "given name matches the initial Н."),
    ("Алсубовский 1889", 2, "born 1889 as asked"),
    ("Алсубовский 1894", 1, "born 1893, one year off"),
    ("Алсубовская Михаил", 1, "masculine or feminine form"),
    ("Алсубовский Михаил Николаевч", 1, "patronymic differs in one letter"),
    ("Алсобувский Михаил", 1, "surname"),
    ("Alsubovsky Mikhail", 1, "as written, in other letters"),
    ("Alsubowski Michail", 1, "as written, in other letters"),
    ("Alsoubovski Mikhaïl", 1, "as written, in other letters"),
    ("Бервадин Михаил", 3, "given name is given as the initial М. only"),
    ("Жудоренко Семен", 4, "given name as written"),
    ("Жудоренко Семёнъ", 4, "given name as written"),
    ("Schudorenko Semjon", 4, "in other letters"),
    ("Joudorenko Semion", 4, "in other letters"),
    ("Żudorenko Siemion", 4, "in other letters"),
    ("Žudorenko Semën", 4, "in other letters"),
    ("Жудоренко П.", 5, "initial П."),
    ("Щелмасов Мария", 6, "masculine or feminine form"),
    ("Schtschelmasowa", 6, "in other letters"),
    ("Szczelmasowa", 6, "in other letters"),
    ("Зазубрин", 7, "found under another name"),
    ("Ким Чер Сан", 8, "surname as written"),
    ("Ким Чер-Сан 1904", 8, "born 1904 as asked"),
    ("Дальний Петр", 9, "surname as written"),
    ("Вомир-Дальний", 9, "surname as written"),
    ("Ivanov Ivan Petrovich", 11, "patronymic as written, in other letters"),
    ("Chomradjew Juri", 12, "in other letters"),
    ("Khomradyev Yuri", 12, "in other letters"),
]


@pytest.mark.parametrize(("query", "number", "words"), QUERIES)
def test_who_is_found_first_and_why(archive, query, number, words):
    person = first(archive, query)
    assert person.records[0].raw == PEOPLE[number - 1]
    assert person.person == f"r{number}"
    assert words in "; ".join(person.reasons)


def test_born_counts_before_a_year_in_the_text(archive):
    assert first(archive, "Алсубовский 1893", born=1889).records[0].raw == PEOPLE[1]


def test_the_limit(archive):
    assert len(archive.find("Иванов", limit=1).people) == 1
    assert len(archive.find("Иванов").people) == 2
    with pytest.raises(UsageError):
        archive.find("Иванов", limit=0)


def test_the_order_is_stable(archive):
    assert archive.find("Иванов").people == archive.find("Иванов").people


def test_nobody_fits_but_the_nearest_are_named(archive):
    found = archive.find("Иванов Христофор Эдуардович 1950")
    assert found.people == []
    assert found.nearest
    assert found.nearest[0].name.startswith("Иванов")
    assert archive.find("Щюкмыр").people == []


def test_a_pattern_is_a_condition_and_says_what_does_not_fit(archive):
    assert archive.find("Жудоренко Пр*").people[0].records[0].raw == PEOPLE[4]
    found = archive.find("Жудоренко Х*")
    assert found.people == []
    assert "nothing in the record answers to Х*" in found.nearest[0].reasons


def test_people_are_not_linked_yet_and_the_answer_says_so(archive):
    assert "not yet linked" in archive.find("Иванов").note


ABSURD = ["", "   ", "1937", "😀", "М.", "x" * 10_000, "и " * 90, "'; DROP TABLE records; --" * 9]


@pytest.mark.parametrize("query", ABSURD)
def test_absurd_queries_are_refused_politely(archive, query):
    started = time.perf_counter()
    with pytest.raises(UsageError, match=r"query"):
        archive.find(query)
    assert time.perf_counter() - started < 0.05


HARMLESS = [
    "'; DROP TABLE records; --",
    "שלום",
    "%",
    "a\x00b Иванов",
    "\ud800 Иванов",
    "Иванов\u202e",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_odd_queries_do_no_harm(archive, query):
    with suppress(UsageError):
        archive.find(query)
    assert len(archive.find("Иванов").people) == 2


def test_several_readers_at_once(archive):
    answers: list[object] = []

    def ask() -> None:
        answers.extend(archive.find("Иванов Иван").people[0].person for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["r10"] * 40


def test_a_corrected_name_is_found_and_the_old_one_is_not(tmp_path):
    path = write_list(tmp_path / "list.txt", list(PEOPLE))
    with Archive(tmp_path / "a.duckdb") as archive:
        archive.add(path, source=TITLE, format="paragraphs")
        write_list(path, [*PEOPLE[:-1], PEOPLE[-1].replace("Хомрадьев", "Рилматов")])
        archive.add(path, source=TITLE, format="paragraphs")
        assert archive.find("Рилматов").people[0].person == "r12"
        assert archive.find("Хомрадьев").people == []


def test_more_names_than_sixteen_bits_count_answer_alike(tmp_path, archive, monkeypatch):
    """Columns of 32 bits, which only archives of very many names need."""
    monkeypatch.setattr("byname.search.build._narrow", lambda connection, table: "I")
    path = write_list(tmp_path / "list.txt", list(PEOPLE))
    with Archive(tmp_path / "a.duckdb") as wide:
        wide.add(path, source=TITLE, format="paragraphs")
        assert wide.index().bytes > archive.index().bytes
        for query, number, _ in QUERIES:
            found = wide.find(query)
            assert found.people == archive.find(query).people
            assert found.people[0].person == f"r{number}"


def test_without_a_surname_the_year_is_looked_for_among_all(tmp_path):
    """The one born in the year asked for is the last of hundreds by name."""
    lines = [f"Алсубов{n % 10 * 'ов'}ский Иван Ильич, род. 18{80 + n % 9}." for n in range(600)]
    path = write_list(tmp_path / "list.txt", [*lines, "Яскулькин Иван Ильич, род. 1871."])
    with Archive(tmp_path / "a.duckdb") as archive:
        archive.add(path, source=TITLE, format="paragraphs")
        assert archive.find("Иван Ильич 1871").people[0].name == "Яскулькин Иван Ильич"
        found = archive.find("Иван Ильич", years=(1870, 1872))
        assert [one.name for one in found.people] == ["Яскулькин Иван Ильич"]
