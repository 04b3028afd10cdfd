from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from pathlib import Path

import pytest
from tests.shared import SHARED
from tests.sources.helpers import FORM, export, page, read_all, write

from byname.errors import ListError
from byname.sources import Entry, Rejected, newest, open_list

ENTRY = "Синтетов Иван Петрович, род. 1890, в г. Примерске, русский, б/п."


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", Stdin(f"{ENTRY}\n{ENTRY}\n".encode("cp1251")))
    with open_list("-") as reader:
        assert (reader.path, reader.encoding) == (Path("-"), "cp1251")
        assert [item.raw for item in reader] == [ENTRY, ENTRY]
    assert list(tmp_path.iterdir()) == []


def test_an_export_from_standard_input(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", Stdin(export(page(5, 50, FORM)).encode()))
    with open_list("-") as reader:
        assert [item.locator for item in newest(reader)] == ["page id 5"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4"])
def test_errors_of_standard_input_leave_nothing_behind(tmp_path, monkeypatch, data):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    with pytest.raises(ListError, match="standard input is"):
        open_list("-")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_spooling(monkeypatch):
    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdin", Stdin(b"x"))
    monkeypatch.setattr("shutil.copyfileobj", fail)
    with pytest.raises(ListError, match="disk is full"):
        open_list("-")


def test_a_disk_that_fails_while_reading(tmp_path, monkeypatch):
    reader = open_list(write(tmp_path, "list.txt", ENTRY))

    def fail(*_args, **_options):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("pathlib.Path.open", fail)
    with pytest.raises(ListError, match="input/output error"):
        list(reader)


def test_progress_moves_from_nothing_to_all(tmp_path):
    path = write(tmp_path, "list.txt", f"{ENTRY}\n" * 60_000)
    with open_list(path) as reader:
        seen = [reader.progress()[0] for _ in reader]
        assert reader.progress() == (path.stat().st_size, path.stat().st_size)
    assert seen == sorted(seen)
    assert len(set(seen)) > 3


def test_a_list_can_be_read_again(tmp_path):
    with open_list(write(tmp_path, "dump.xml", export(page(5, 50, FORM)))) as reader:
        assert list(reader) == list(reader)
        assert reader.stats == {"revisions": 1, "superseded": 0}


def test_newest_of_a_text_is_the_text(tmp_path):
    with open_list(write(tmp_path, "list.txt", ENTRY)) as reader:
        assert [item.raw for item in newest(reader)] == [ENTRY]


@pytest.mark.skipif(SHARED is None, reason="the shared data is not beside the repository")
def test_every_real_file_is_read_or_refused_and_locators_are_unique():
    assert SHARED is not None
    for path in sorted((SHARED / "data").rglob("*")):
        if not path.is_file():
            continue
        with contextlib.suppress(ListError):
            entries, rejected = read_all(path)
            items: list[Entry | Rejected] = [*entries, *rejected]
            assert len({(item.source, item.locator) for item in items}) == len(items)
            assert all(entry.raw.strip() for entry in entries)


def test_a_full_disk_while_sorting_out_revisions(tmp_path, monkeypatch):
    def fail(*_args, **_options):
        raise OSError(28, "No space left on device")

    with open_list(write(tmp_path, "dump.xml", export(page(5, 50, FORM)))) as reader:
        monkeypatch.setattr(tempfile, "TemporaryFile", fail)
        with pytest.raises(ListError, match="disk is full"):
            list(newest(reader))
