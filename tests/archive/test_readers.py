"""Readers beside a writer: no error, no wrong answer, and the new list as soon as it is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time

import pytest
from tests.archive.helpers import TITLE, command, environment, line, run, write_list

from byname import Archive
from byname.errors import ArchiveError

OLD = "Хомрадьев Юрий Цезаревич, род. 1888, г. Примерск."
NEW = "Щелмаров Пётр Ильич, род. 1870, г. Примерск."
READERS = 20


@pytest.fixture
def lists(tmp_path):
    """An archive with one list, and a second list of some thousands that names somebody new."""
    path = tmp_path / "a.duckdb"
    first = write_list(tmp_path / "first.txt", [OLD, *(line(n) for n in range(200))])
    second = write_list(tmp_path / "second.txt", [NEW, *(line(n) for n in range(300, 4000))])
    with Archive(path) as archive:
        archive.add(first, source=TITLE, format="paragraphs")
    return path, second


def right(found) -> bool:
    """Both states of the archive are right answers, nothing between them."""
    old, new = found
    return named(old) == ["Хомрадьев Юрий Цезаревич"] and (
        named(new) in ([], ["Щелмаров Пётр Ильич"])
    )


def named(found) -> list[str]:
    return [one.name for one in found.people if one.match == "as asked"]


@pytest.mark.parametrize("shared", [True, False], ids=["one archive", "an archive each"])
def test_twenty_threads_read_while_a_list_is_added(lists, shared):
    path, second = lists
    done, wrong, asked = threading.Event(), list[object](), list[bool]()
    held = Archive(path)

    def read() -> None:
        archive = held if shared else Archive(path, read_only=True)
        try:
            while not done.is_set():
                answers = archive.find("Хомрадьев Юрий"), archive.find("Щелмаров Пётр")
                asked.append(bool(named(answers[1])))
                if not right(answers):
                    wrong.append([named(one) for one in answers])
        except Exception as error:
            wrong.append(error)
        finally:
            if not shared:
                archive.close()

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    held.add(second, source="Второй список", format="paragraphs")
    added = len(asked)
    while len(asked) < added + 3 * READERS and not wrong:
        time.sleep(0.01)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert all(asked[-READERS:])  # readers that were open before see the new list
    assert asked[0] is False
    assert right((held.find("Хомрадьев Юрий"), held.find("Щелмаров Пётр")))
    held.close()


_READ = """
import json, sys, time
from byname import Archive
seen = []
with Archive(sys.argv[1], read_only=True) as archive:
    print("ready", flush=True)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        old, new = archive.find("Хомрадьев Юрий"), archive.find("Щелмаров Пётр")
        seen.append([[one.name for one in found.people if one.match == "as asked"]
                     for found in (old, new)])
        if seen[-1][1]:
            break
print(json.dumps([one for n, one in enumerate(seen) if one not in seen[:n]]))
"""


def test_processes_that_read_see_the_list_that_another_adds(lists):
    path, second = lists
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", _READ, str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        )
        for _ in range(4)
    ]  # fmt: skip
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    assert run("add", second, "-a", path, "--source", "Второй список").returncode == 0
    for reader in readers:
        out, errors = reader.communicate()
        assert reader.returncode == 0, errors
        assert json.loads(out) == [
            [["Хомрадьев Юрий Цезаревич"], []],
            [["Хомрадьев Юрий Цезаревич"], ["Щелмаров Пётр Ильич"]],
        ]


def test_commands_answer_while_a_list_is_added(lists):
    path, second = lists
    adding = subprocess.Popen(
        command("add", second, "-a", path, "--source", "Второй список"),
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    answers = 0
    while adding.poll() is None:
        found = run("find", "Хомрадьев Юрий", "-a", path, "--json")
        assert found.returncode == 0, found.stderr
        assert json.loads(found.stdout)["people"][0]["name"] == "Хомрадьев Юрий Цезаревич"
        answers += 1
    adding.communicate()
    assert adding.returncode == 0
    assert answers


def test_two_writers_at_once_the_second_is_told(lists):
    path, second = lists
    with Archive(path) as archive, archive._handle.writing():
        told = run("add", second, "-a", path)
        assert told.returncode == 1
        assert "being changed by another program" in told.stderr
        with Archive(path) as other, pytest.raises(ArchiveError, match="being changed"):
            other.add(second)
    assert run("add", second, "-a", path).returncode == 0
    assert not list(path.parent.glob(".a.duckdb*"))


def test_what_fails_on_the_way_leaves_the_archive_as_it_was(lists):
    path, _ = lists
    before = path.read_bytes()

    def fail() -> None:
        with Archive(path) as archive, archive._handle.writing() as copy:
            copy.execute("DELETE FROM records")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".a.duckdb*"))


def test_links_of_killed_readers_are_removed_by_the_next_writer(lists):
    path, second = lists
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = path.with_name(f".{path.name}.read-{gone.pid}-1-2")
    alive = path.with_name(f".{path.name}.read-{os.getpid()}-1-2")
    for link in (dead, alive):
        os.link(path, link)
    assert run("add", second, "-a", path).returncode == 0
    assert not dead.exists()
    assert alive.exists()


_UNFINISHED = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("PRAGMA disable_checkpoint_on_shutdown")
connection.execute("UPDATE meta SET value = 'another program' WHERE key = 'created_by'")
os._exit(0)
"""


def test_what_a_killed_program_left_in_its_log_is_read_and_kept(lists):
    """A program that writes the file itself, as By Name did before, and dies after a commit."""
    path, second = lists
    subprocess.run([sys.executable, "-c", _UNFINISHED, str(path)], check=True)
    log = path.with_name("a.duckdb.wal")
    assert log.exists()
    wanted = [{"value": "another program"}]
    query = "SELECT value FROM meta WHERE key = 'created_by'"
    with Archive(path, read_only=True) as archive:
        assert archive.sql(query) == wanted
    assert run("add", second, "-a", path).returncode == 0
    assert not log.exists()
    with Archive(path, read_only=True) as archive:
        assert archive.sql(query) == wanted
        assert named(archive.find("Щелмаров Пётр")) == ["Щелмаров Пётр Ильич"]
