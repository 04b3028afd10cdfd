"""Counting people from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.archive.helpers import TITLE, run, write_list

from byname import Archive

PEOPLE = (
    "Алсубовский Михаил Николаевич, род. 1893, русский, священник. Адрес: Калининская обл., "
    "с. Пробное. Расстрелян 1.03.1938.",
    "Алсубовская Анна Петровна, род. 1899, латышка, слесарь. Адрес: Тверская обл. "
    "Расстреляна 2.03.1938.",
    "Бервадин Иван Петрович, род. 1880, поляк. Адрес: с. Пробное. Расстрелян в 1937 г.",
    "Жудоренко Семён Андреевич, род. 1880, украинец.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("count command")
    path = write_list(folder / "list.txt", list(PEOPLE))
    with Archive(folder / "a.duckdb") as opened:
        opened.add(path, source=TITLE, format="paragraphs")
        opened.link()
    return folder / "a.duckdb"


def counted(archive: Any, *arguments: str) -> dict[str, Any]:
    result = run("count", *arguments, "--archive", archive, "--json")
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_holds_rows_total_undated_and_unit(archive):
    found = counted(archive, "--by", "month")
    assert found["rows"] == [{"month": "1938-03", "count": 2}]
    assert (found["total"], found["undated"], found["unit"]) == (3, 1, "people")
    assert found["gaps"] == [
        {"axis": "month", "reason": "year only", "count": 1, "could": "1937"}
    ]  # fmt: skip


FILTERS = [
    ((), 3), (("--sex", "female"), 1), (("--nationality", "Polish"), 1),
    (("--nationality", "латышка,русский"), 2), (("--region", "Тверская область"), 2),
    (("--occupation", "clergy"), 1), (("--occupation", "священник"), 1),
    (("--from", "1938"), 2), (("--from", "1938-03-02", "--to", "1938-03"), 1),
    (("--to", "1937"), 1), (("--source", "of the tests"), 3), (("--records",), 3),
    (("--what", "died"), 3), (("--what", "arrested"), 0), (("--fate", "executed"), 3),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "total"), FILTERS, ids=lambda value: str(value)[:40])
def test_conditions(archive, arguments, total):
    assert counted(archive, *arguments)["total"] == total


def test_two_axes_in_both_ways_of_writing(archive):
    rows = counted(archive, "--by", "year,sex")["rows"]
    assert rows == counted(archive, "--by", "year", "--by", "sex")["rows"]
    assert {"year": "1938", "sex": "female", "count": 1} in rows


def test_the_table_for_people(archive):
    result = run("count", "--by", "region", "--archive", archive)
    lines = result.stdout.splitlines()
    assert lines[0] == "People executed"
    assert lines[2].split() == ["Region", "people"]
    assert lines[3].split() == ["Калининская", "область", "2"]
    assert "Total 3" in lines
    assert "Without a row by region: 1 (1 not recognised)" in lines
    assert any(line.startswith("- An execution is counted where") for line in lines)


def test_intervals_over_plausible_linkages(archive):
    found = counted(archive, "--by", "year", "--with-linkage-uncertainty", "--draws", "5")
    assert found["low"] <= found["total"] <= found["high"]
    assert all(row["low"] <= row["count"] <= row["high"] for row in found["rows"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--what", "born"), 'Nothing is counted as "born"'),
        (("--by", "colour"), 'Nothing is counted by "colour"'),
        (("--region", "Атлантида"), 'No region is called "Атлантида"'),
    ],
)
def test_mistakes_are_sentences(archive, arguments, sentence):
    result = run("count", *arguments, "--archive", archive)
    assert result.returncode == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
