from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.helpers import read_all, write

from byname.errors import ListError
from byname.records import model
from byname.sources import CASE_COLUMNS, PERSON_COLUMNS, Entry, open_list
from byname.sources.columns import canonical, meaning

HEADER = ["record_id", "list", "surname", "given", "birth.date", "arrest_date_2", "цвет папки"]
ROW = ["7", "Синтетический список", "Синтетов", "Иван", "1890~", "1938-02-01", "серый"]


def check(entry: Entry) -> None:
    assert entry.kind == "table"
    assert (entry.locator, entry.entry_id) == ("7", "7")
    assert entry.source == "Синтетический список"
    assert entry.columns == {
        "surname": "Синтетов", "given": "Иван", "birth_date": "1890~",
        "arrest_date_2": "1938-02-01",
    }  # fmt: skip
    assert entry.extra == {"цвет папки": "серый"}
    assert entry.raw == "\n".join(f"{k}: {v}" for k, v in zip(HEADER, ROW, strict=True))
    for name, (start, end) in entry.cells.items():
        assert entry.raw[start:end] == entry.columns[name]


def workbook(path: Path, rows: list[list[str]]) -> None:
    """Write the smallest XLSX that can be read."""
    cell = '<c t="inlineStr"><is><t>%s</t></is></c>'
    cells = "".join(f"<row>{''.join(cell % escape(c) for c in row)}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    opening = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    link = f'{opening}<Relationship Id="r1" Type="{kind}/%s" Target="%s"/></Relationships>'
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("_rels/.rels", link % ("officeDocument", "xl/workbook.xml"))
        out.writestr("xl/_rels/workbook.xml.rels", link % ("worksheet", "worksheets/sheet1.xml"))
        out.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
            '<sheet name="Лист1" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        out.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_delimited(tmp_path, delimiter, encoding):
    text = "\r\n".join(delimiter.join(row) for row in (HEADER, ROW))
    entries, rejected = read_all(write(tmp_path, "list.csv", text, encoding))
    check(entries[0])
    assert (entries[0].line, rejected) == (2, [])


def test_json_lines(tmp_path):
    row = dict(zip(HEADER, ROW, strict=True))
    nested: dict[str, object] = {"record_id": 7, "party": None}
    for name, value in row.items():
        nested["birth" if name == "birth.date" else name] = value
    nested |= {"birth": {"date": row["birth.date"]}, "record_id": 7}
    path = write(tmp_path, "list.jsonl", json.dumps(nested, ensure_ascii=False) + "\n")
    check(read_all(path)[0][0])


def test_workbook(tmp_path):
    workbook(tmp_path / "list.xlsx", [HEADER, ROW])
    check(read_all(tmp_path / "list.xlsx")[0][0])


def test_parquet(tmp_path):
    path = tmp_path / "list.parquet"
    names = ", ".join(f"'{value}' AS \"{name}\"" for name, value in zip(HEADER, ROW, strict=True))
    duckdb.connect().execute(f"COPY (SELECT {names}) TO '{path}' (FORMAT parquet)")
    check(read_all(path)[0][0])


def test_russian_headings(tmp_path):
    header = "Фамилия;Имя;Отчество;Год рождения;Место рождения;Национальность"
    text = f"{header}\nСинтетов;Иван;;1890;Примерск;русский"
    entries, _ = read_all(write(tmp_path, "list.csv", text, "cp1251"))
    assert entries[0].columns == {
        "surname": "Синтетов", "given": "Иван", "birth_date": "1890", "birth_place": "Примерск",
        "nationality": "русский",
    }  # fmt: skip
    assert entries[0].locator == "line 2"


def test_two_columns_for_one_field(tmp_path):
    text = "фамилия,дата рождения,год рождения\nСинтетов,,1890\nПробный,1.02.1891,1891\n"
    (first, second), _ = read_all(write(tmp_path, "list.csv", text))
    assert first.columns["birth_date"] == "1890"
    assert second.columns["birth_date"] == "1.02.1891"
    assert second.extra == {"год рождения": "1891"}


def test_list_names_the_source_rather_than_source(tmp_path):
    text = "source,list,surname\nстр. 5,Синтетический список,Синтетов\n"
    (entry,), _ = read_all(write(tmp_path, "list.csv", text))
    assert entry.source == "Синтетический список"
    assert entry.extra == {"source": "стр. 5"}


def test_repeated_ids_stay_apart(tmp_path):
    text = "id,surname\n5,Синтетов\n5,Пробный\n5,Учебный\n6,Образцов\n"
    entries, _ = read_all(write(tmp_path, "list.csv", text))
    assert [entry.locator for entry in entries] == ["5", "5#2", "5#3", "6"]


def test_rows_that_are_none(tmp_path):
    text = "id,surname,цвет\n1,Синтетов,\n2,,серый\n3,Пробный,серый,лишнее\n\n,,\n4,Учебный\n"
    entries, rejected = read_all(write(tmp_path, "list.csv", text))
    assert [entry.locator for entry in entries] == ["1", "4"]
    assert [(item.locator, item.line) for item in rejected] == [("2", 3), ("line 4", 4)]


def test_unknown_columns_ask_for_a_mapping_file(tmp_path):
    path = write(tmp_path, "list.csv", "a,b\n1,2\n")
    with pytest.raises(ListError, match=r"list\.csv has no column.*a, b.*--mapping"):
        read_all(path)


def test_entries_as_json_lines_have_the_kinds_of_their_texts(tmp_path):
    rows = [
        {"id": "x1", "raw": "Синтетов Иван, род. 1890, русский."},
        {"id": "x2", "raw": "Родился в 1890 г."},
        {"id": "x3", "raw": "{{Формуляр\n|пол=\n}}", "title": "Синтетов Иван (1890)"},
        {"id": "x4", "raw": "Синтетов\nРод. в 1890.\nИсточник: Книга", "more": {"a": [1]}},
        {"id": "x5", "raw": " "},
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    entries, rejected = read_all(write(tmp_path, "list.jsonl", text + "\n[1]\n{\n"))
    assert [entry.kind for entry in entries] == ["paragraph", "memorial", "openlist", "certificate"]
    assert [entry.entry_id for entry in entries] == ["x1", "x2", "x3", "x4"]
    assert entries[2].title == "Синтетов Иван (1890)"
    assert [item.locator for item in rejected] == ["x5", "line 6", "line 7"]


def test_json_escapes_that_are_no_letters(tmp_path):
    text = '{"id": 1, "surname": "Синтетов"}\n{"id": 2, "surname": "\\ud800"}\n'
    entries, rejected = read_all(write(tmp_path, "list.jsonl", text))
    assert (len(entries), len(rejected)) == (1, 1)


def test_field_names_agree_with_the_records():
    assert PERSON_COLUMNS == model.PERSON_FIELDS
    assert CASE_COLUMNS == model.CASE_FIELDS
    assert all(canonical(name) == name for name in PERSON_COLUMNS + CASE_COLUMNS)


@pytest.mark.parametrize(("heading", "name"), [
    ("ФИО", "name"), ("Birth.Place", "birth_place"), ("arrest_date_1", "arrest_date"),
    ("sentence 3", "sentence_3"), ("surname_2", None), ("год  рождения ", "birth_date"),
    ("RECORD_ID", "locator"), ("нечто", None), ("", None),
])  # fmt: skip
def test_meaning_of_headings(heading, name):
    assert meaning(heading) == name


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6), st.sampled_from(",;\t"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_cells_come_out_as_they_went_in(tmp_path, rows, delimiter):
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow(["surname", "given", "нечто"])
        writer.writerows([f"С{surname}", given, other] for surname, given, other in rows)
    entries, rejected = read_all(path)
    assert rejected == []
    for entry, (surname, given_name, other) in zip(entries, rows, strict=True):
        assert entry.columns["surname"] == f"С{surname}".strip()
        assert entry.columns.get("given", "") == given_name.strip()
        assert entry.extra.get("нечто", "") == other.strip()
        for name, (start, end) in entry.cells.items():
            assert entry.raw[start:end] == entry.columns[name]


def test_a_table_by_force(tmp_path):
    path = write(tmp_path, "list.txt", "surname,given\nСинтетов,Иван\n")
    with open_list(path, format="table") as reader:
        assert [item.locator for item in reader] == ["line 2"]
    with pytest.raises(ListError, match="no columns"):
        open_list(write(tmp_path, "plain.txt", "Синтетов Иван\n"), format="table")
