"""The demo: builds the bundled sample, finds someone, says plainly what it did."""

from __future__ import annotations

import json
from importlib.resources import files

import duckdb
import pytest
from tests.archive.helpers import check_sums, run

from byname import steps
from byname.errors import ArchiveError, UsageError, VocabularyError


def test_the_demo_from_nothing(tmp_path):
    result = run("demo", "--no-serve", "--json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    done = json.loads(result.stdout)
    assert done["archive"] == "byname-demo.duckdb"
    assert done["records"] > 600
    assert 338 <= done["people"] <= 355, "the sample tells of 341 people"
    assert done["checked"] >= 10
    assert sum(done["verdicts"].values()) == done["checked"]
    assert done["verdicts"]["supported"] >= 6
    assert done["verdicts"]["contradicted"] >= 2
    assert len(done["lists"]) >= 3
    assert all(row["licence"] and row["citation"] for row in done["lists"])
    assert done["found"]["people"][0]["name"].startswith("Тухачевский")
    check_sums(tmp_path / "byname-demo.duckdb")


def test_the_demo_in_words_and_again(tmp_path):
    for _ in range(2):
        result = run("demo", cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        assert "Тухачевский Михаил Николаевич" in result.stdout
        assert "byname find" in result.stdout
        assert "read from" in result.stdout or "surname" in result.stdout
        assert "contradicted]" in result.stdout
        assert "1 December 1934" in result.stdout
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["byname-demo.duckdb", "byname-demo.duckdb.names"]


def test_the_text_says_that_it_is_ours():
    text = (files("byname") / "sample" / steps.DEMO_TEXT).read_text(encoding="utf-8")
    assert "Written for By Name" in text
    assert 120 <= len(text.split()) <= 180


def test_the_demo_replaces_no_file_of_another_kind(tmp_path):
    path = tmp_path / "byname-demo.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t (a INTEGER)")
    with pytest.raises(ArchiveError, match="not an archive of By Name"):
        steps.demo(path)


def test_a_sample_folder_with_a_mistake(tmp_path):
    with pytest.raises(UsageError):
        steps.sample_lists(tmp_path)
    for text in ("- title: x", "{{", "5", "- file: [1]\n  title: x"):
        (tmp_path / "manifest.yaml").write_text(text)
        with pytest.raises(VocabularyError, match="manifest"):
            steps.sample_lists(tmp_path)
