from __future__ import annotations

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.shared import shared_file
from tests.sources.helpers import entries_of, read_all, write

from byname.sources import open_list

ONE_LINE = [
    "Синтетов Иван Петрович, род. 1890, в г. Примерске, русский, б/п. Расстрелян 1.02.1938.",
    "Синтетова Анна Карловна, род. 1901, в с. Пробном, латышка, б/п. Расстреляна 2.03.1938.",
    "Пробный Карл Янович, род. 20.07.1886, в Риге, латыш, член ВКП(б). Расстрелян 3.03.1938.",
]
WRAPPED = [
    "СИНТЕТОВ Иван Петрович, 1890 г. р., уроженец г. Примерска,\nрусский, рабочий. Осужден "
    "тройкой\n1 мая 1938 г. Расстрелян.",
    "СИНТЕТОВА Анна Карловна, 1901 г. р., уроженка с. Пробного,\nдомохозяйка. Выслана в 1930 г.",
]
NOT_PEOPLE = [
    ("12", "page number"), ("- 12 -", "page number"), ("стр. 12", "page number"),
    ("XIV", "page number"), ("А", "letter"), ("Буква А", "heading"),
    ("Книга памяти Примерской области", "heading"), ("СОДЕРЖАНИЕ", "heading"),
    ("* * *", "no words"), ("ПРИМЕРСК", "single word"),
]  # fmt: skip


def test_one_person_a_line(tmp_path):
    entries, rejected = read_all(write(tmp_path, "book.txt", "\n".join(ONE_LINE)))
    assert [entry.raw for entry in entries] == ONE_LINE
    assert [entry.locator for entry in entries] == ["line 1", "line 2", "line 3"]
    assert {entry.kind for entry in entries} == {"paragraph"}
    assert rejected == []


def test_headings_between_blank_lines_do_not_make_blocks(tmp_path):
    text = "А\n\n" + "\n".join(ONE_LINE) + "\n\nБ\n\n" + "\n".join(ONE_LINE)
    entries, rejected = read_all(write(tmp_path, "book.txt", text))
    assert [entry.raw for entry in entries] == ONE_LINE * 2
    assert [item.raw for item in rejected] == ["А", "Б"]


def test_wrapped_paragraphs(tmp_path):
    text = "Список\n\n" + "\n\n".join(WRAPPED) + "\n\n- 7 -\n"
    entries, rejected = read_all(write(tmp_path, "book.txt", text))
    assert [entry.raw for entry in entries] == WRAPPED
    assert [entry.line for entry in entries] == [3, 7]
    assert [item.raw for item in rejected] == ["Список", "- 7 -"]


@pytest.mark.parametrize(("text", "reason"), NOT_PEOPLE)
def test_what_is_no_person_is_kept_with_the_reason(tmp_path, text, reason):
    content = "\n".join([ONE_LINE[0], text, ONE_LINE[1]])
    entries, rejected = read_all(write(tmp_path, "book.txt", content))
    assert len(entries) == 2
    assert rejected[0].raw == text
    assert rejected[0].locator == "line 2"
    assert reason in rejected[0].reason


def test_certificates_between_blank_lines(tmp_path):
    one = "Синтетов Иван\nРод. в 1890, Примерск, русский.\nИсточник: Синтетическая книга"
    entries, _ = read_all(write(tmp_path, "list.txt", f"{one}\n\n{one}\n"), format="paragraphs")
    assert [(entry.raw, entry.kind) for entry in entries] == [(one, "certificate")] * 2


def test_a_column_of_text(tmp_path):
    rows = [["Record", "Lat", "Date"], *([text, "55.9", "1.02.1938"] for text in ONE_LINE)]
    path = tmp_path / "book.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    with open_list(path) as reader:
        assert reader.format == "paragraphs"
        entries = entries_of(reader)
    assert [entry.raw for entry in entries] == ONE_LINE
    assert [entry.locator for entry in entries] == ["line 2", "line 3", "line 4"]
    assert entries[0].extra == {"Lat": "55.9", "Date": "1.02.1938"}
    assert entries[0].columns == {}


@pytest.mark.parametrize("heading", ["raw", "text", "Запись", "ТЕКСТ"])
def test_headings_of_free_text(tmp_path, heading):
    path = write(tmp_path, "book.csv", f'id;{heading}\n7;"{ONE_LINE[0]}"\n')
    entries, _ = read_all(path)
    assert [(entry.raw, entry.locator, entry.entry_id) for entry in entries] == [
        (ONE_LINE[0], "7", "7")
    ]


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)


@given(st.lists(WORDS, min_size=1, max_size=8), st.sampled_from(",;\t|"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_cells_come_out_as_they_went_in(tmp_path, texts, delimiter):
    texts = [f"Синтетов, {text}\n{text}" for text in texts]
    path = tmp_path / "book.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows([["id", "raw"], *enumerate(texts)])
    entries, rejected = read_all(path)
    assert [entry.raw for entry in entries] == texts
    assert rejected == []


def test_an_unclosed_quotation_mark_spoils_its_row_only(tmp_path):
    text = 'id,raw\n1,"Синтетов, род. 1890\n' + "".join(
        f"{n},Синтетов {n}\n" for n in range(2, 2_000)
    )
    entries, rejected = read_all(write(tmp_path, "book.csv", text))
    assert len(entries) == 1_998
    assert [item.locator for item in rejected] == ["line 2"]
    assert "quotation mark" in rejected[0].reason


def test_stray_quotation_marks_do_not_swallow_the_people_between_them(tmp_path):
    rows = [f'{n},"Синтетов {n}' if n % 3 == 0 else f"{n},Пробный {n}" for n in range(300)]
    entries, rejected = read_all(write(tmp_path, "book.csv", "id,raw\n" + "\n".join(rows)))
    assert len(entries) == 200
    assert len(rejected) == 100
    assert all(entry.raw == f"Пробный {entry.locator}" for entry in entries)


def test_the_moscow_lists():
    path = shared_file("data/moscow/shot_in_moscow.csv")
    with path.open(encoding="utf-8", newline="") as data:
        expected = [row["Record"] for row in csv.DictReader(data)]
    entries, rejected = read_all(path)
    assert [entry.raw for entry in entries] == expected
    assert len(entries) == 8_390
    assert rejected == []
    assert {entry.kind for entry in entries} == {"paragraph"}
    assert len({entry.locator for entry in entries}) == 8_390


def test_the_moscow_lists_as_plain_lines(tmp_path):
    with shared_file("data/moscow/shot_in_moscow.csv").open(encoding="utf-8", newline="") as data:
        expected = [row["Record"] for row in csv.DictReader(data)]
    entries, rejected = read_all(write(tmp_path, "book.txt", "\n".join(expected), "cp1251"))
    assert [entry.raw for entry in entries] == expected
    assert rejected == []
