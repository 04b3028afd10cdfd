from __future__ import annotations

from pathlib import Path

import pytest
from tests.shared import shared_file
from tests.sources.helpers import read_all, write

from byname.errors import ListError, VocabularyError
from byname.sources import open_list
from byname.sources.mapping import load_mapping

DOCS = Path(__file__).resolve().parents[2] / "docs" / "mappings"

MISTAKES = [
    ("columns: {a: surnam}", "columns.a", "surnam"),
    ("columns: [a]", "columns", "table"),
    ("columns: {a: [surname]}", "columns.a", "one text"),
    ("column: {a: surname}", "column", "not known"),
    ("skip_rows: many", "skip_rows", "whole number"),
    ("encoding: cp125l", "encoding", "cp125l"),
    ("constant: {nation: x}", "constant.nation", "not a field"),
    ("files: [a.csv]", "join", "together"),
    ("join: id", "join", "together"),
    ("variants: {column: a, main: b}", "variants", "join"),
    ("variants: {column: a}", "variants", "main"),
    ("delimiter: tab", "delimiter", "one character"),
    ("ignore: {a: b}", "ignore", "list"),
]


@pytest.mark.parametrize(("text", "key", "why"), MISTAKES)
def test_mistakes_name_the_file_and_the_key(tmp_path, text, key, why):
    path = write(tmp_path, "map.yaml", text)
    with pytest.raises(VocabularyError) as found:
        load_mapping(path)
    assert f"{path}, key {key}:" in str(found.value)
    assert why in str(found.value)


@pytest.mark.parametrize("text", ["a: [", "- a", "", "'", "&a [*a, *a]"])
def test_no_mapping_at_all(tmp_path, text):
    with pytest.raises(VocabularyError, match=r"map\.yaml"):
        load_mapping(write(tmp_path, "map.yaml", text))


def test_a_missing_mapping_file(tmp_path):
    with pytest.raises(VocabularyError, match="does not exist"):
        load_mapping(tmp_path / "none.yaml")


def test_everything_a_mapping_can_say(tmp_path):
    text = (
        "columns: {fam: surname, born: birth.date}\nlocator: nr\nsource: book\nignore: [x]\n"
        'missing: ["?"]\nconstant: {nationality: поляк}\nencoding: cp866\ndelimiter: ";"\n'
        "skip_rows: 1\n"
    )
    mapping = write(tmp_path, "map.yaml", text)
    rows = "Синтетический отчет\nnr;fam;born;book;x;y\n7;Синтетов;?;Книга;9;серый\n"
    entries, _ = read_all(write(tmp_path, "list.txt", rows, "cp866"), mapping=mapping)
    (entry,) = entries
    assert (entry.locator, entry.source, entry.line) == ("7", "Книга", 3)
    assert entry.columns == {"nationality": "поляк", "surname": "Синтетов"}
    assert entry.extra == {"y": "серый"}
    assert entry.raw == "nr: 7\nfam: Синтетов\nborn: ?\nbook: Книга\ny: серый"
    assert set(entry.cells) == {"surname"}


def test_a_column_the_table_has_not(tmp_path):
    mapping = write(tmp_path, "map.yaml", "columns: {fam: surname}")
    path = write(tmp_path, "list.csv", "surname,given\nСинтетов,Иван\n")
    with pytest.raises(VocabularyError, match=r"'fam'.*list\.csv.*surname, given"):
        read_all(path, mapping=mapping)


def test_a_mapped_column_of_text(tmp_path):
    mapping = write(tmp_path, "map.yaml", "columns: {Eintrag: raw}\nlocator: nr")
    path = write(tmp_path, "list.csv", "nr,Eintrag\n7,Родился в 1890 г.\n")
    entries, _ = read_all(path, mapping=mapping)
    assert [(e.raw, e.kind, e.locator) for e in entries] == [("Родился в 1890 г.", "memorial", "7")]


JOINED = (
    'join: id\nfiles: [sex.csv]\nvariants: {column: main, main: "True"}\nlocator: id\n'
    "columns: {fam: surname, nam: given, sex: sex}\nmissing: [нет данных]\n"
)


def test_joined_files(tmp_path):
    mapping = write(tmp_path, "map.yaml", JOINED)
    write(tmp_path, "sex.csv", "id,sex\n1,мужчина\n2,нет данных\n9,женщина\n")
    names = "id,fam,nam,main\n1,Вариантов,Иван,False\n1,Синтетов,Иван,True\n2,Пробный,Карл,True\n"
    entries, rejected = read_all(write(tmp_path, "names.csv", names), mapping=mapping)
    first, second = entries
    assert first.columns == {
        "surname": "Синтетов", "given": "Иван", "sex": "мужчина", "other_names": "Вариантов Иван",
    }  # fmt: skip
    start, end = first.cells["other_names"]
    assert first.raw[start:end] == "Вариантов Иван"
    assert "sex" not in second.columns
    assert [(item.locator, item.reason) for item in rejected] == [
        ("sex.csv id 9", "id 9 stands in sex.csv, but not in the list.")
    ]


def test_without_variants_every_row_stays(tmp_path):
    mapping = write(tmp_path, "map.yaml", "join: id\nfiles: [sex.csv]\ncolumns: {fam: surname}")
    write(tmp_path, "sex.csv", "id,sex\n1,мужчина\n")
    names = "id,fam\n1,Синтетов\n1,Пробный\n"
    entries, _ = read_all(write(tmp_path, "names.csv", names), mapping=mapping)
    assert [entry.columns["surname"] for entry in entries] == ["Синтетов", "Пробный"]
    assert [entry.extra["sex"] for entry in entries] == ["мужчина", "мужчина"]


def test_a_companion_that_is_not_there(tmp_path):
    mapping = write(tmp_path, "map.yaml", JOINED)
    path = write(tmp_path, "names.csv", "id,fam,nam,main\n1,Синтетов,Иван,True\n")
    with pytest.raises(ListError, match=r"sex\.csv does not exist"):
        read_all(path, mapping=mapping)


def test_north_ossetia():
    path = shared_file("data/ossetia/north_ossetia.xlsx")
    entries, rejected = read_all(path, mapping=DOCS / "north_ossetia.yaml")
    assert (len(entries), rejected) == (2_998, [])
    first = entries[0]
    assert (first.locator, first.columns["surname"]) == ("1339563", "Абагаев")
    assert first.columns["patronymic"] == "Исламович"
    assert "Address from residence" not in first.raw
    assert "residence" not in first.columns, "the table copies the birthplace into it"
    assert sum("residence" in entry.columns for entry in entries) == 1_333
    assert all(
        entry.raw[start:end] == entry.columns[name]
        for entry in entries
        for name, (start, end) in entry.cells.items()
    )


def test_khabarovsk():
    path = shared_file("data/khabarovsk/names.csv")
    entries, rejected = read_all(path, mapping=DOCS / "khabarovsk.yaml")
    assert (len(entries), rejected) == (29_581, [])
    variants = sum(entry.columns.get("other_names", "").count(";") + 1
                   for entry in entries if "other_names" in entry.columns)  # fmt: skip
    assert 2_900 < variants <= 2_962
    by_id = {entry.locator: entry for entry in entries}
    assert by_id["1067310"].columns["other_names"] == "Вый-Лей Владимир Михайлович"
    assert all("нет данных" not in entry.columns.values() for entry in entries)


def test_the_reader_takes_the_mapping_only_once_it_is_correct(tmp_path):
    mapping = write(tmp_path, "map.yaml", "columns: {a: b}")
    with pytest.raises(VocabularyError):
        open_list(tmp_path / "none.csv", mapping=mapping)
