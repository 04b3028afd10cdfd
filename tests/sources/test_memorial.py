from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.shared import shared_file
from tests.sources.helpers import entries_of, read_all, write

from byname.sources import open_list

BODIES = [
    "Родился в 1890 г., г. Примерск; русский;\nрабочий.\nПроживал: г. Примерск.\n"
    "Приговорен: тройкой 1 мая 1938 г.\nПриговор: ВМН",
    "Родилась в 1901 г.\nПриговор: выслана",
    "(варианты фамилии: Синтетова)\nРодилась в 1902 г.\nРеабилитирована 1 мая 1989 г.",
]


@pytest.mark.parametrize("rule", ["---", "-----", "— — —".replace(" ", "")])
def test_bodies_between_rules(tmp_path, rule):
    path = write(tmp_path, "texts.txt", f"\n{rule}\n".join(BODIES))
    with open_list(path) as reader:
        assert reader.format == "memorial"
        entries = entries_of(reader)
    assert [entry.raw for entry in entries] == BODIES
    assert [entry.locator for entry in entries] == ["record 1", "record 2", "record 3"]
    assert [entry.line for entry in entries] == [1, 7, 10]
    assert {entry.kind for entry in entries} == {"memorial"}


def test_bodies_with_a_name_between_blank_lines(tmp_path):
    named = [f"Синтетов Иван {n}\n{body}" for n, body in enumerate(BODIES[:2])]
    entries, rejected = read_all(write(tmp_path, "texts.txt", "\n\n\n".join(named) + "\n\n"))
    assert [entry.raw for entry in entries] == named
    assert {entry.kind for entry in entries} == {"memorial"}
    assert rejected == []


def test_blank_lines_inside_a_body_between_rules_stay(tmp_path):
    body = "Родился в 1890 г.\n\nПриговор: ВМН"
    entries, _ = read_all(write(tmp_path, "texts.txt", f"{body}\n---\n{BODIES[1]}\n---\n"))
    assert [entry.raw for entry in entries] == [body, BODIES[1]]


LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))).filter(
    lambda text: text.strip(" -—–_=*")
)


@given(st.lists(st.lists(LINE, min_size=1, max_size=5), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_bodies_come_out_as_they_went_in(tmp_path, bodies):
    texts = ["Родился в 1890 г.\n" + "\n".join(lines) + "\n." for lines in bodies]
    path = write(tmp_path, "texts.txt", "\n---\n".join(texts))
    entries, rejected = read_all(path, format="memorial")
    assert [entry.raw for entry in entries] == texts
    assert rejected == []


def test_the_real_bodies():
    path = shared_file("data/memorial/texts.txt")
    entries, rejected = read_all(path)
    assert len(entries) == 37_116
    assert rejected == []
    joined = "\n---\n".join(entry.raw for entry in entries)
    assert joined == path.read_text("utf-8").rstrip("\n")
