from __future__ import annotations

import json

import pytest
import yaml
from tests.shared import shared_file
from tests.sources.helpers import entries_of, read_all, write

from byname.sources import open_list

ONE = {
    "spravka_old_id": 16086,
    "repryear": 1938,
    "fio": "Синтетов Иван Петрович",
    "source": "Синтетическая книга",
    "spravka": "Род. в 1890, Примерск.\nАрестован 01.02.1938.",
}
RAW = (
    "Синтетов Иван Петрович\nРод. в 1890, Примерск.\nАрестован 01.02.1938.\n"
    "Источник: Синтетическая книга"
)


def dump(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def test_yaml_with_several_certificates(tmp_path):
    two = ONE | {"spravka_old_id": 16087, "repryear": None}
    path = write(tmp_path, "p20017.yaml", dump([ONE, two]))
    with open_list(path) as reader:
        assert reader.format == "certificates"
        first, second = entries_of(reader)
    assert (first.raw, first.kind, first.locator) == (RAW, "certificate", "p20017#16086")
    assert first.extra == {"spravka_old_id": "16086", "repryear": "1938"}
    assert second.locator == "p20017#16087"
    assert second.extra == {"spravka_old_id": "16087"}


def test_yaml_with_one_mapping(tmp_path):
    data = {"repyear": 1938, "fio": ONE["fio"], "spravka": ONE["spravka"], "source": ONE["source"]}
    entries, rejected = read_all(write(tmp_path, "p7.yaml", dump(data)))
    assert [(entry.raw, entry.locator) for entry in entries] == [(RAW, "p7")]
    assert rejected == []


def test_literal_blocks_as_the_site_writes_them(tmp_path):
    text = (
        "- spravka_old_id: 1\n  repryear: null\n  fio: Синтетов Иван Петрович\n"
        "  source: Синтетическая книга\n  spravka: |-\n    Род. в 1890, Примерск.\n"
        "    Арестован 01.02.1938.\n"
    )
    entries, _ = read_all(write(tmp_path, "p1.yaml", text))
    assert entries[0].raw == RAW


def test_a_broken_certificate_spoils_itself_only(tmp_path):
    text = dump([ONE]) + '- fio: "Синтетов\n  spravka: [\n' + dump([ONE | {"spravka_old_id": 3}])
    entries, rejected = read_all(write(tmp_path, "p1.yaml", text))
    assert [entry.locator for entry in entries] == ["p1#16086", "p1#3"]
    assert "not correct YAML" in rejected[0].reason


CSV = (
    '00001;1937;Синтетов Иван;Род. в 1890, трест "Проба". # Арестован 11.07.1936. # '
    "Реабилитирован 17.05.1991;Синтетическая книга;\n"
    "00002;1936;Пробный Карл;Род. в 1886; по др. данным 1887.;Синтетическая книга;\n"
    "00003;;Без Года;Род. в 1888;Синтетическая книга;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_csv(tmp_path, encoding):
    path = write(tmp_path, "spravki.csv", CSV, encoding)
    with open_list(path) as reader:
        assert (reader.format, reader.encoding) == ("certificates", encoding)
        first, second, third = entries_of(reader)
    assert first.raw == (
        'Синтетов Иван\nРод. в 1890, трест "Проба".\nАрестован 11.07.1936.\n'
        "Реабилитирован 17.05.1991\nИсточник: Синтетическая книга"
    )
    assert (first.locator, first.entry_id, first.extra) == ("00001", "00001", {"repryear": "1937"})
    assert "Род. в 1886; по др. данным 1887." in second.raw
    assert third.extra == {}


def test_a_short_line_is_rejected(tmp_path):
    entries, rejected = read_all(write(tmp_path, "spravki.csv", CSV + "00004;1937;Некто\n"))
    assert len(entries) == 3
    assert (rejected[0].locator, rejected[0].line) == ("line 4", 4)


def test_the_labelled_certificates_are_put_together_the_same_way(tmp_path):
    lines = shared_file("data/entries_dev.jsonl").read_text("utf-8").splitlines()
    for entry in map(json.loads, lines):
        if entry["kind"] != "b":
            continue
        name, *middle, source = entry["raw"].split("\n")
        parts = {"fio": name, "spravka": "\n".join(middle)}
        data = [parts | {"source": source.removeprefix("Источник: ")}]
        entries, _ = read_all(write(tmp_path, "p1.yaml", dump(data)))
        assert entries[0].raw == entry["raw"]
