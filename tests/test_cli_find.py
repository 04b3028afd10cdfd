"""Finding people from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from tests.archive.helpers import TITLE, run, write_list

from byname import Archive

PEOPLE = (
    "Алсубовский Михаил Николаевич, род. 1893, Калининская обл., русский. Расстрелян 1.03.1938.",
    "Алсубовский Николай Петрович, род. 1899, Пензенская обл., латыш. Расстрелян 2.03.1938.",
    "Жудоренко Семён Андреевич, род. 1880, г. Примерск, украинец.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("find command")
    path = write_list(folder / "list.txt", list(PEOPLE))
    with Archive(folder / "a.duckdb") as opened:
        opened.add(path, source=TITLE, format="paragraphs")
    return folder / "a.duckdb"


def names(*arguments: str) -> list[str]:
    result = run("find", *arguments, "--json")
    assert result.returncode == 0, result.stderr
    return [person["name"] for person in json.loads(result.stdout)["people"]]


BOTH = ["Алсубовский Михаил Николаевич", "Алсубовский Николай Петрович"]
FILTERS = [
    ((), BOTH),
    (("--years", "1893"), BOTH[:1]),
    (("--years", "1890-1895"), BOTH[:1]),
    (("--years", "1894–1900"), BOTH[1:]),
    (("--region", "Тверская область"), BOTH[:1]),
    (("--region", "Penza"), BOTH[1:]),
    (("--nationality", "Latvian"), BOTH[1:]),
    (("--nationality", "русский"), BOTH[:1]),
    (("--fate", "executed"), BOTH),
    (("--source", "of the tests"), BOTH),
    (("--limit", "1"), BOTH[:1]),
    (("--limit", "1", "--offset", "1"), BOTH[1:]),
    (("--born", "1899"), BOTH[::-1]),
]


@pytest.mark.parametrize(("options", "found"), FILTERS)
def test_filters_and_pages(archive, options, found):
    assert names("Алсубовский", *options, "-a", str(archive)) == found


REFUSED = [
    (("--years", "1893-"), "write 1890-1895"),
    (("--years", "1900-1890"), "earlier year first"),
    (("--fate", "lost"), "executed"),
    (("--source", "no such list"), "byname sources"),
    (("--region", "обл."), "names no region"),
    (("--offset", "5000"), "page as far as"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED)
def test_what_cannot_be_is_refused_with_a_remedy(archive, options, words):
    result = run("find", "Алсубовский", *options, "-a", str(archive))
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_nobody_found_says_what_there_is(archive):
    result = run("find", "Кржемпуловский", "-a", str(archive))
    assert result.returncode == 0
    assert "No one in the archive answers to" in result.stdout
    assert f"This archive holds 3 entries of one list: {TITLE} (3)." in result.stdout
    assert "cannot be found here" in result.stdout


def test_the_next_page_is_named(archive):
    result = run("find", "Алсубовский", "-n", "1", "-a", str(archive))
    assert "next page: --offset 1" in result.stdout
    assert "as asked: 1.00" in result.stdout


def test_suggestions(archive):
    result = run("suggest", "Алсуб", "-a", str(archive))
    assert result.stdout.split() == ["2", "Алсубовский"]
    result = run("suggest", "Алсубовский Н", "-a", str(archive), "--json")
    assert json.loads(result.stdout) == [{"text": "Алсубовский Николай", "records": 1}]
    assert "goes on" in run("suggest", "Щхю", "-a", str(archive)).stdout


def test_the_index_is_made_again_when_it_is_gone(archive):
    there = json.loads(run("index", "-a", str(archive), "--json").stdout)
    assert (there["file"], there["rows"], there["built"]) == ("a.duckdb.names", 3, False)
    archive.with_name("a.duckdb.names").unlink()
    again = json.loads(run("index", "-a", str(archive), "--json").stdout)
    assert again["built"] is True
    assert again["bytes"] == there["bytes"]
    rebuilt = run("index", "--rebuild", "-a", str(archive))
    assert "3 names" in rebuilt.stdout
    assert "made in" in rebuilt.stdout


def test_an_older_archive_says_how_it_is_brought_up_to_date(archive, tmp_path):
    old = Path(shutil.copy(archive, tmp_path / "old.duckdb"))
    with duckdb.connect(str(old)) as connection:
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    told = run("find", "Алсубовский", "-a", old)
    assert told.returncode == 1
    assert "byname index --archive old.duckdb" in told.stderr
    assert run("index", "-a", old).returncode == 0
    assert names("Алсубовский", "-a", str(old)) == BOTH
