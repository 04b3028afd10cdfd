"""``byname check``: the JSON, the terminal, the page, the sentences when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.archive.helpers import environment, run
from tests.reports.helpers import checked

import byname
from byname.cli.check import closing, emit_text, marked
from byname.errors import ArchiveError, TextError

TEXT = (
    "In 1937 and 1938 the security bodies of the Soviet Union had 681,692 people shot. "
    "Sergei Kirov was murdered in Leningrad on 1 December 1935.\n"
)
RECIPE = "Take 3 eggs and 250 grams of flour, stir for 10 minutes and bake at 180 degrees.\n"
KEYS = {"start", "end", "text", "kind", "verdict", "reason", "evidence", "computed", "suggestion"}


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json(essay):
    result = run("check", essay, "--json")
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    claims = document["claims"]
    assert [claim["verdict"] for claim in claims] == ["supported", "contradicted"]
    for claim in claims:
        assert claim.keys() >= KEYS
        assert claim["text"] == TEXT[claim["start"] : claim["end"]]
        assert claim["reason"]
        for cited in claim["evidence"]:
            assert cited["id"]
            assert cited["value"]
            assert cited["source"]
            assert isinstance(cited["confirmed"], bool)
    assert document["verdicts"]["supported"] == 1
    assert result.stdout == run("check", "-", "--json", input=TEXT).stdout


def test_the_same_answer_every_time(essay):
    answers = {
        run("check", essay, "--json", env={**environment(), "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1


def test_without_a_terminal_the_verdict_stands_behind_the_claim(essay):
    printed = run("check", essay).stdout
    assert "1 supported]" in printed
    assert "2 contradicted]" in printed
    assert "\x1b" not in printed
    assert "Put 1 December 1934." in printed
    assert "2 statements found: 1 contradicted, 1 supported." in printed
    assert max(len(line) for line in printed.splitlines()) <= 88
    assert not [line for line in printed.splitlines() if line != line.rstrip()]


def test_with_colour_a_number_is_enough_and_unconfirmed_rows_say_so(capsys):
    texts = list(marked(checked(), coloured=True))
    assert "681,692 people shot [1]" in "".join(text.plain for text in texts)
    styles = {str(span.style) for text in texts for span in text.spans}
    assert {"underline green", "underline bold red"} <= styles
    emit_text(checked())
    printed = capsys.readouterr().out
    assert "RATE (unconfirmed): A day: 934" in printed
    assert "Unconfirmed rows were not yet seen" in printed
    assert closing(checked()).startswith("5 statements found: 1 contradicted, 1 imprecise")


def test_a_page(essay, tmp_path):
    out = tmp_path / "report.html"
    result = run("check", essay, "--html", out)
    assert result.returncode == 0, result.stderr
    assert "report.html" in result.stdout
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in page
    assert "essay.txt" in page
    assert run("check", essay, "--html", out, "--lang", "ru").returncode == 0
    assert '<html lang="ru">' in out.read_text(encoding="utf-8")


def test_text_of_something_else_is_left_alone(tmp_path):
    result = run("check", "-", "--json", input=RECIPE)
    assert json.loads(result.stdout)["claims"] == []
    assert "Nothing was found" in run("check", "-", input=RECIPE).stdout


def test_russian_in_an_old_encoding(tmp_path):
    path = tmp_path / "text.txt"
    words = "Приказ НКВД СССР 00447 был подписан Ежовым 30 июля 1937 года.\n"
    path.write_bytes(words.encode("cp1251"))
    claims = json.loads(run("check", path, "--json").stdout)["claims"]
    assert claims[0]["verdict"] == "supported"
    assert claims[0]["text"] in words


FAULTS = (
    (b"", "is empty; give a file that holds a text."),
    (b"\n \n", "holds no words"),
    (bytes(range(30)) * 90, "is not text"),
    (None, "does not exist"),
)


@pytest.mark.parametrize(("content", "says"), FAULTS)
def test_a_text_at_fault_is_one_sentence_and_exit_1(tmp_path, content, says):
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    result = run("check", path)
    assert result.returncode == 1
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_wrong_usage_is_exit_2(essay, tmp_path):
    for arguments in (
        (essay, "--html", essay),
        (essay, "--html", tmp_path),
        (essay, "--lang", "fr", "--html", tmp_path / "x.html"),
        (),
    ):
        result = run("check", *arguments)
        assert result.returncode == 2, arguments
        assert "Traceback" not in result.stderr
    assert essay.read_text(encoding="utf-8") == TEXT


def test_no_such_archive(essay, tmp_path):
    result = run("check", essay, "--archive", tmp_path / "none.duckdb")
    assert result.returncode == 1
    assert "There is no archive" in result.stderr


def test_from_python(essay, tmp_path, monkeypatch):
    for given in (str(essay), essay, TEXT):
        assert [claim.verdict for claim in byname.check(given).claims] == [
            "supported",
            "contradicted",
        ]
    assert byname.check(TEXT).claims[0].evidence[0].source
    for missing in ("no-such.txt", "folder/no-such", tmp_path / "none"):
        with pytest.raises(TextError):
            byname.check(missing)
    for empty in ("", " \n"):
        with pytest.raises(TextError, match="empty"):
            byname.check(empty)
    with pytest.raises(ArchiveError):
        byname.check(TEXT, archive=tmp_path / "none.duckdb")
    long = "Nothing to see here, " * 400
    assert byname.check(long).claims == []
