"""The command line: exit codes, JSON keys, help, quiet ends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import typer
from tests.archive.helpers import TITLE, command, environment, line, run, write_list
from typer.testing import CliRunner

import byname
from byname.cli import app

COMMANDS = typer.main.get_command(app)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.duckdb"
    people = write_list(tmp_path / "people.txt", [line(n) for n in range(30)])
    assert run("add", people, "-a", path, "--source", TITLE).returncode == 0
    return path


def test_version():
    result = run("--version")
    assert (result.returncode, result.stdout) == (0, f"byname {byname.__version__}\n")


def test_every_command_and_option_has_help():
    for name, one in COMMANDS.commands.items():  # type: ignore[attr-defined]
        assert one.help, name
        for parameter in one.params:
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"
        result = CliRunner().invoke(app, [name, "--help"])
        assert result.exit_code == 0


WRONG = (
    ("nonsense",),
    ("find",),
    ("find", "Пробин", "--limit", "0"),
    ("find", "1937"),
    ("find", "x" * 10_000),
    ("show", "Пробин"),
    ("show", "r999999"),
    ("add",),
    ("rejected", "--limit", "-1"),
)


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage(archive, arguments):
    result = run(*arguments, env={**environment(), "BYNAME_ARCHIVE": str(archive)})
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()


def test_wrong_format(tmp_path):
    people = write_list(tmp_path / "people.txt", [line(1)])
    result = run("add", people, "-f", "papyrus", "-a", tmp_path / "a.duckdb")
    assert result.returncode == 2
    assert "papyrus" in result.stderr
    assert not (tmp_path / "a.duckdb").exists()


def test_parse_prints_one_object_a_line(tmp_path):
    lines = [json.dumps({"id": f"e{n}", "raw": line(n)}, ensure_ascii=False) for n in range(3)]
    path = write_list(tmp_path / "entries.jsonl", lines)
    result = run("parse", path)
    assert result.returncode == 0, result.stderr
    objects = [json.loads(text) for text in result.stdout.splitlines()]
    assert [one["id"] for one in objects] == ["e0", "e1", "e2"]
    assert objects[0]["surname"] == "Алсубов"
    assert objects[0]["birth"]["date"] == "1880"
    assert all({"locator", "source", "cases", "spans"} <= one.keys() for one in objects)


def test_parse_reads_standard_input(tmp_path):
    text = json.dumps({"id": "e1", "raw": line(1)}, ensure_ascii=False) + "\n"
    result = run("parse", "-", input=text)
    assert json.loads(result.stdout)["id"] == "e1"


def test_parse_through_workers_keeps_the_order(tmp_path):
    path = write_list(tmp_path / "long.txt", [line(n) for n in range(2600)])
    result = run("parse", path, "--format", "paragraphs")
    assert result.returncode == 0, result.stderr
    objects = [json.loads(text) for text in result.stdout.splitlines()]
    assert [one["line"] for one in objects] == list(range(1, 2601))
    assert list(byname.parse(path, format="paragraphs"))[:5] == objects[:5]


def test_parse_ends_quietly_when_nobody_listens(tmp_path):
    path = write_list(tmp_path / "long.txt", [line(n) for n in range(3000)])
    process = subprocess.Popen(
        command("parse", path), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 0
    assert errors == b""


def test_coverage(tmp_path):
    path = write_list(tmp_path / "people.txt", [line(n) for n in range(9)])
    result = run("parse", path, "--coverage", "--json")
    found = json.loads(result.stdout)
    assert found["entries"] == 9
    assert 0.5 < found["share"] <= 1
    assert found["covered"] <= found["characters"]
    assert "%" in run("parse", path, "--coverage").stdout


def test_add_json(tmp_path, archive):
    result = run("add", tmp_path / "people.txt", "-a", archive, "--source", TITLE, "--json")
    report = json.loads(result.stdout)
    assert report["read"] == report["unchanged"] == 30
    assert (report["added"], report["updated"], report["rejected"]) == (0, 0, 0)
    assert result.stderr == ""


def test_find_json(archive):
    result = run("find", "Bervadin Petr", "1881", "-a", archive, "--json")
    found = json.loads(result.stdout)
    person = found["people"][0]
    assert person["name"].startswith("Бервадин Петр")
    assert person["birth"] == "1881"
    assert {"person", "score", "reasons", "records"} <= person.keys()
    assert person["records"][0]["source"] == TITLE
    assert person["records"][0]["locator"] == "line 2"
    assert person["records"][0]["raw"] == line(1)
    assert found["took_ms"] > 0


def test_find_and_show_for_people(archive):
    found = run("find", "Бервадин", "-a", archive)
    assert "surname as written" in found.stdout
    assert "not yet linked" in found.stdout
    shown = run("show", "r2", "-a", archive).stdout
    assert TITLE in shown
    assert line(1) in shown
    assert (
        json.loads(run("show", "r2", "-a", archive, "--json").stdout)["records"][0]["record"] == 2
    )


def test_nobody_found(archive):
    result = run("find", "Щуклевич", "-a", archive)
    assert result.returncode == 0
    assert "No one" in result.stdout


def test_sources_runs_rejected(archive):
    assert TITLE in run("sources", "-a", archive).stdout
    assert json.loads(run("sources", "-a", archive, "--json").stdout)["sources"][0]["entries"] == 30
    assert "added 30" in run("runs", "-a", archive).stdout
    assert json.loads(run("runs", "-a", archive, "--json").stdout)["runs"][0]["command"] == "add"
    assert run("rejected", "-a", archive).stdout == "Nothing was rejected.\n"
    assert json.loads(run("rejected", "-a", archive, "--json").stdout) == {"rejected": []}


def test_the_archive_of_the_environment(tmp_path, archive):
    result = run("find", "Бервадин", env={**environment(), "BYNAME_ARCHIVE": str(archive)})
    assert result.returncode == 0
    assert "Бервадин" in result.stdout


def test_missing_list(tmp_path):
    result = run("add", tmp_path / "none.txt", "-a", tmp_path / "a.duckdb")
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert run("parse", tmp_path / "none.txt").returncode == 1
    assert run("add", tmp_path, "-a", tmp_path / "a.duckdb").returncode == 1


def test_the_public_door():
    assert byname.__all__ == sorted(byname.__all__)
    assert all(hasattr(byname, name) for name in byname.__all__)
    public = {
        name
        for name, value in vars(byname).items()
        if not name.startswith("_") and getattr(value, "__module__", None)
    }
    assert public == set(byname.__all__) - {"__version__"}
