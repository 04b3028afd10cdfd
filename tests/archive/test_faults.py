"""Killed, full, locked, damaged, newer: the archive is as before, or one sentence says why not."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from tests.archive.helpers import (
    TITLE,
    check_sums,
    command,
    content,
    environment,
    line,
    run,
    write_list,
)

from byname import Archive
from byname.archive.schema import SCHEMA_VERSION
from byname.errors import ArchiveError

KILLS = int(os.environ.get("BYNAME_KILLS", "20"))
"""How often ``byname add`` is killed; the long run sets more."""


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """An archive with a small list in it."""
    path = tmp_path / "a.duckdb"
    with Archive(path) as archive:
        archive.add(write_list(tmp_path / "small.txt", [line(n) for n in range(20)]), source=TITLE)
    return path


def sentence(result: subprocess.CompletedProcess[str], code: int = 1) -> str:
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_killed_at_any_moment(tmp_path):
    first = write_list(tmp_path / "first.txt", [line(n) for n in range(400)])
    second = write_list(
        tmp_path / "second.txt",
        [line(n, " завода" if n % 3 else "") for n in range(50, 5000)],
    )
    undisturbed, killed = tmp_path / "undisturbed.duckdb", tmp_path / "killed.duckdb"
    for archive in (undisturbed, killed):
        assert run("add", first, "-a", archive, "--source", TITLE).returncode == 0
    add = ("add", second, "--source", TITLE, "--format", "paragraphs", "-a")
    old = content(killed)
    started = time.monotonic()
    assert run(*add, undisturbed).returncode == 0
    whole = time.monotonic() - started
    new = content(undisturbed)
    rng = random.Random(1937)
    outcomes = set()
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(*add, killed), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(rng.uniform(0.0, whole * 1.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = content(killed)
        assert found in (old, new)
        outcomes.add(found == new)
        check_sums(killed)
    assert run(*add, killed).returncode == 0
    assert content(killed) == new
    assert not list(tmp_path.glob(".killed.duckdb.*"))


def test_disk_full(tmp_path, held):
    before = content(held)
    big = write_list(tmp_path / "big.txt", [line(n, f" {n * 7919}") for n in range(3000)])
    limit = 700_000

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    result = run("add", big, "-a", held, preexec_fn=limited)
    assert "room" in sentence(result)
    assert content(held) == before
    check_sums(held)
    assert run("add", big, "-a", held).returncode == 0
    check_sums(held)


def test_in_use_by_another_process(tmp_path, held):
    code = (
        f"import duckdb, sys; c = duckdb.connect({str(held)!r}); print('held', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    try:
        text = sentence(run("add", tmp_path / "small.txt", "-a", held))
        assert "in use" in text
        assert str(other.pid) in text
        assert "in use" in sentence(run("find", "Пробин", "-a", held))
    finally:
        other.communicate("\n")
    check_sums(held)


DAMAGE = {
    "not a database": lambda data: b"This is a letter, not an archive.\n" * 500,
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 3],
    "header overwritten": lambda data: b"\x00" * 64 + data[64:],
    "checksum wrong": lambda data: (
        data[:4096] + bytes(255 - b for b in data[4096:12288]) + data[12288:]
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_archive(tmp_path, held, kind):
    data = DAMAGE[kind](held.read_bytes())
    held.write_bytes(data)
    for arguments in (("find", "Пробин"), ("sources",)):
        assert str(held) in sentence(run(*arguments, "-a", held))
    assert held.read_bytes() == data


def test_a_database_of_another_program(tmp_path):
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1 AS a")
    with pytest.raises(ArchiveError, match="not an archive of By Name"):
        Archive(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT a FROM t").fetchone() == (1,)


def test_an_archive_of_a_newer_version(held):
    with duckdb.connect(str(held)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [SCHEMA_VERSION + 1])
    for read_only in (True, False):
        with pytest.raises(ArchiveError, match="newer By Name"):
            Archive(held, read_only=read_only)


def test_a_missing_archive_and_a_missing_folder(tmp_path):
    assert "no archive" in sentence(run("find", "Пробин", "-a", tmp_path / "none.duckdb"))
    small = write_list(tmp_path / "small.txt", [line(1)])
    assert "folder" in sentence(run("add", small, "-a", tmp_path / "no" / "a.duckdb"))
    assert "folder" in sentence(run("add", small, "-a", tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path):
    small = write_list(tmp_path / "small.txt", [line(1)])
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        assert "cannot be written" in sentence(run("add", small, "-a", folder / "a.duckdb"))
    finally:
        folder.chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_archive(tmp_path, held):
    held.chmod(0o400)
    more = write_list(tmp_path / "more.txt", [line(99)])
    assert "cannot be written" in sentence(run("add", more, "-a", held))
    assert run("find", "Алсубов", "-a", held).returncode == 0
