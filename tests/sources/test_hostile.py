from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.sources.helpers import read_all, write

from byname.errors import ListError, UsageError
from byname.sources import FORMATS, Entry, Rejected, open_list

ENTRY = "Синтетов Иван Петрович, род. 1890, в г. Примерске, русский, б/п."


def refused(path, words: str, **options) -> None:
    with pytest.raises(ListError) as found:
        read_all(path, **options)
    sentence = str(found.value)
    assert words in sentence
    assert sentence.startswith(str(path))
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_paths_that_cannot_be_read(tmp_path):
    refused(tmp_path, "is a folder")
    refused(tmp_path / "none.txt", "does not exist")
    refused(write(tmp_path, "a.txt", "x") / "b.txt", "does not exist")
    refused(write(tmp_path, "empty.txt", ""), "is empty")
    refused(write(tmp_path, "blank.txt", " \n\n\t\n"), "nothing but blanks")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    refused(tmp_path / "loop", "leads back to itself")
    (tmp_path / "gone").symlink_to(tmp_path / "none")
    refused(tmp_path / "gone", "does not exist")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "is a pipe")
    refused(tmp_path / ("x" * 300), "a name longer")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    path = write(tmp_path, "list.txt", ENTRY)
    path.chmod(0)
    refused(path, "may not be read")


def test_no_permission_as_the_system_says_it(tmp_path, monkeypatch):
    path = write(tmp_path, "list.txt", ENTRY)

    def deny(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", deny)
    refused(path, "may not be read")


def test_a_device():
    with pytest.raises(ListError, match="device"):
        open_list("/dev/zero")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"%PDF-1.4\n%\xe2\xe3", "PDF"),
        ("a.txt", b"{\\rtf1\\ansi list}", "RTF"),
        ("a.csv", b"SQLite format 3\0" + bytes(90), "SQLite"),
        ("a.txt", bytes(range(32)) * 40, "not text"),
        ("a.html", b"<!DOCTYPE html>\n<html><body>", "web page"),
        ("a.json", b'[{"surname": "x"}]', "JSON array"),
        ("a.xml", b"<?xml version='1.0'?><list/>", "not a MediaWiki export"),
        ("a.xlsx", b"PK\x05\x06" + bytes(18), "empty zip"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50), "damaged workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged workbook"),
        ("a.parquet", b"PAR1" + bytes(50), "damaged Parquet"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "damaged 7z"),
        ("a.bz2", b"BZh9" + bytes(40), "damaged bz2"),
        ("a.gz", b"\x1f\x8b\x08" + bytes(40), "damaged gzip"),
        ("a.xz", b"\xfd7zXZ\0" + bytes(40), "damaged xz"),
    ],
)
def test_files_that_are_no_lists(tmp_path, name, data, words):
    refused(write(tmp_path, name, data), words)


def test_a_zip_that_is_no_workbook(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    refused(write(tmp_path, "a.docx", out.getvalue()), "no workbook")


def test_a_truncated_parquet_and_workbook(tmp_path):
    whole = tmp_path / "whole.parquet"
    duckdb.connect().execute(f"COPY (SELECT 'x' AS surname) TO '{whole}' (FORMAT parquet)")
    data = whole.read_bytes()
    refused(write(tmp_path, "half.parquet", data[: len(data) // 2]), "damaged Parquet")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 100)
    half = out.getvalue()[: len(out.getvalue()) // 2]
    refused(write(tmp_path, "half.xlsx", half), "damaged workbook")
    refused(write(tmp_path, "odd.xlsx", out.getvalue()), "damaged workbook")


def test_a_workbook_that_unpacks_to_gigabytes(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as out,
    ):
        for _ in range(1_100):
            out.write(bytes(1 << 20))
    refused(tmp_path / "bomb.xlsx", "gigabyte")


@pytest.mark.parametrize("name", ["a.xlsx", "a.7z", "a.parquet", "a.xml.bz2", "a.yaml"])
def test_text_with_the_suffix_of_something_else(tmp_path, name):
    entries, _ = read_all(write(tmp_path, name, f"{ENTRY}\n{ENTRY}\n"))
    assert [entry.raw for entry in entries] == [ENTRY, ENTRY]


@pytest.mark.parametrize("name", ["list.txt", "list.csv", "list.jsonl", "list.yaml"])
def test_a_line_of_fifty_megabytes(tmp_path, name):
    opening = {
        "list.csv": "id,raw\n",
        "list.jsonl": '{"id": 1, "raw": "Синтетов, 1890"}\n',
        "list.yaml": "- fio: Синтетов\n  spravka: Род. в 1890\n",
        "list.txt": "",
    }[name]
    path = tmp_path / name
    with path.open("w", encoding="utf-8") as out:
        out.write(f"{opening}{ENTRY}\n" if name != "list.jsonl" else opening)
        out.writelines("Ы" * (1 << 20) for _ in range(50))
        out.write(f"\n{ENTRY}\n" if name == "list.txt" else "\n")
    limit = (
        "import resource, sys; from byname.sources import *\n"
        "items = list(open_list(sys.argv[1]))\n"
        "shown = [item for item in items if isinstance(item, Rejected)]\n"
        "assert any('million' in item.reason for item in shown), shown\n"
        "assert all(len(item.raw) <= 2000 for item in shown)\n"
        "own = [line.split()[1] for line in open('/proc/self/status') if line[:6] == 'VmHWM:'] "
        "if sys.platform == 'linux' else []\n"  # ru_maxrss would count the test runner's, too
        "print(*own or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024])"
    )
    done = subprocess.run(
        [sys.executable, "-c", limit, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 160_000  # kilobytes


def test_unknown_formats_are_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="paragraphs, memorial"):
        open_list(write(tmp_path, "a.txt", ENTRY), format="excel")


@pytest.mark.parametrize("format_", ["memorial", "paragraphs", "certificates", "table"])
def test_an_export_is_nothing_else(tmp_path, format_):
    path = write(tmp_path, "dump.xml", "<mediawiki></mediawiki>")
    refused(path, f"cannot be read as {format_}", format=format_)


def test_a_text_is_no_export(tmp_path):
    refused(write(tmp_path, "a.txt", ENTRY), "not a MediaWiki export", format="openlist")


HEADS = [
    b"", b"7z\xbc\xaf\x27\x1c", b"BZh9", b"\x1f\x8b\x08", b"PK\x03\x04", b"PAR1", b"\xfd7zXZ\0",
    b"<mediawiki>", b"<mediawiki><page><id>1</id><revision><id>1</id>", b"{", b'{"raw": "',
    b"surname,given\n", b"surname;given\n", b"- fio: x\n  spravka: ", b"1;1937;x;", b"---\n",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml",
]  # fmt: skip


def read_or_refuse(path: Path, **options: Any) -> list[Entry | Rejected]:
    """Read a list to its end; a refusal must be a sentence that begins with the file."""
    try:
        entries, rejected = read_all(path, **options)
    except ListError as error:
        sentence = str(error)
    else:
        return [*entries, *rejected]
    assert sentence.startswith(str(path))
    return []


@given(st.sampled_from(HEADS), st.binary(max_size=300), st.sampled_from([None, *FORMATS]))
@example(b"PAR1", b"PAR1", None)
@example(b"", b"\0", None)
@example(b"", b"\r", None)
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_bytes_are_read_or_refused(tmp_path, head, data, format_):
    path = write(tmp_path, "list", head + data)
    for item in read_or_refuse(path, format=format_):
        item.raw.encode("utf-8")
        assert "\0" not in item.raw


@given(st.text(max_size=300), st.sampled_from([None, *FORMATS]))
@example('id,raw\n1,x\ry\n2,"x"\ry\n', None)
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_text_is_read_or_refused(tmp_path, text, format_):
    path = write(tmp_path, "list", text.encode("utf-8", "surrogatepass"))
    read_or_refuse(path, format=format_)
