from __future__ import annotations

import json

import pytest
from tests.shared import shared_file

from byname.sources import guess_kind

LABELLED = {
    "a": "paragraph", "a-hard": "paragraph", "b": "certificate", "c": "openlist", "d": "memorial",
}  # fmt: skip

CASES = [
    ("Синтетов Иван Иванович, род. 1890, в Примерске, русский, б/п.", None, "paragraph"),
    ("СИНТЕТОВ Иван Иванович, 1890 г. р., русский.\nАрестован 1 мая 1937 г.", None, "paragraph"),
    ("Родился в 1890 г.", None, "memorial"),
    ("Родилась  в Примерская обл.; русская;\nПроживала: г. Примерск.", None, "memorial"),
    ("(варианты имени: Иоанн)\nРод. в 1890 г.\nПрож.: г. Примерск.", None, "memorial"),
    ("Синтетов Иван\nРодился в 1890 г.\nПриговорен: тройкой", None, "memorial"),
    ("1890 г.р., урож. г. Примерска, русский.", None, "memorial"),
    ("р. 1890 в г. Примерске. Арестован 1.05.1937.", None, "memorial"),
    ("русский;\nПрож.: г. Примерск.", None, "memorial"),
    ("Синтетов Иван\nРод. в 1890, Примерск.\nИсточник: Книга", None, "certificate"),
    ("Синтетов Иван\nРод. в 1890, Примерск.", None, "certificate"),
    ("Синтетов Иван\n1890 р. н., українець.\nИсточник: Книга", None, "certificate"),
    ("{{Формуляр\n|дата рождения=1890\n}}", None, "openlist"),
    ("\n\n{{ шаблон:формуляр\n|пол=\n}}", None, "openlist"),
    ("|дата рождения=1890\n|пол=мужчина\n|статус=", "Синтетов Иван (1890)", "openlist"),
    ("", None, "paragraph"),
]


@pytest.mark.parametrize(("raw", "title", "kind"), CASES)
def test_the_way_lines_begin_tells_the_kind(raw, title, kind):
    assert guess_kind(raw, title) == kind


def test_labelled_real_entries():
    lines = shared_file("data/entries_dev.jsonl").read_text("utf-8").splitlines()
    for entry in map(json.loads, lines):
        found = guess_kind(entry["raw"], entry.get("title"))
        assert found == LABELLED[entry["kind"]], entry["id"]
