from __future__ import annotations

import csv
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.shared import shared_file
from tests.sources.helpers import read_all, write

from byname.sources import open_list
from byname.sources.inputs import Input
from byname.sources.text import read_lines, recognise_encoding, text_file

ENTRY = "Синтетов Иван Петрович, род. 1890, в г. Примерске, русский, б/п, рабочий."
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", [20, 70, 7_300])
def test_encodings_are_recognised(tmp_path, encoding, length):
    text = ENTRY[:length] if length < 100 else "\n".join([ENTRY] * 100)
    path = write(tmp_path, "list.txt", text, encoding)
    entries, rejected = read_all(path, format="paragraphs")
    assert "\n".join(entry.raw for entry in entries) == text
    assert rejected == []


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-16"])
def test_encodings_of_real_entries(tmp_path, encoding):
    with shared_file("data/moscow/shot_in_moscow.csv").open(encoding="utf-8", newline="") as data:
        records = [row["Record"] for row in csv.DictReader(data)]
    chosen = random.Random(1).sample(records, 120)
    for start in range(0, 120, 3):
        text = "\n".join(chosen[start : start + 3]).encode(encoding, "ignore").decode(encoding)
        path = write(tmp_path, f"{start}.txt", text, encoding)
        entries, _ = read_all(path, format="paragraphs")
        assert [entry.raw for entry in entries] == text.split("\n")


def test_an_ascii_beginning_does_not_hide_the_encoding(tmp_path):
    text = "1. Smith John, 1890\n" * 20_000 + ENTRY + "\n"
    path = write(tmp_path, "list.txt", text, "cp1251")
    entries, _ = read_all(path)
    assert entries[-1].raw == ENTRY


def test_one_broken_byte_spoils_one_line(tmp_path):
    data = f"{ENTRY}\n".encode() * 20
    broken = data + b"\xff\xfe " + ENTRY.encode() + b"\n" + ENTRY.encode()
    entries, rejected = read_all(write(tmp_path, "list.txt", broken))
    assert len(entries) == 21
    assert [item.locator for item in rejected] == ["line 21"]
    assert "no letters in the file's encoding" in rejected[0].reason
    rejected[0].raw.encode("utf-8")


def test_a_nul_spoils_one_line(tmp_path):
    text = f"{ENTRY}\nСинт\0етов Петр, род. 1891\n{ENTRY}\n"
    entries, rejected = read_all(write(tmp_path, "list.txt", text))
    assert len(entries) == 2
    assert "NUL" in rejected[0].reason
    assert "\0" not in rejected[0].raw


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(tmp_path, newline):
    path = write(tmp_path, "list.txt", newline.join([ENTRY, ENTRY, ""]))
    entries, _ = read_all(path)
    assert [entry.raw for entry in entries] == [ENTRY, ENTRY]
    assert [entry.locator for entry in entries] == ["line 1", "line 2"]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")),
        min_size=1,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_lines_come_out_as_they_went_in(tmp_path, lines):
    text = "\n".join(lines)
    if not text:
        return
    path = write(tmp_path, "list.txt", text)
    source = Input(path, str(path))
    found = [line.text for line in read_lines(text_file(source, "utf-8"))]
    assert found == (lines[:-1] if lines[-1] == "" else lines)
    assert source.done == source.size


def test_the_reader_says_which_encoding(tmp_path):
    path = write(tmp_path, "list.txt", ENTRY, "koi8-r")
    assert recognise_encoding(Input(path, "list.txt")) == "koi8-r"
    with open_list(path) as reader:
        assert reader.encoding == "koi8-r"
