"""The commands export and evaluate as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
import typer
from tests.archive.helpers import TITLE, line, write_list
from typer.testing import CliRunner

from byname import Archive
from byname.cli.app import guarded
from byname.cli.evaluate import evaluate
from byname.cli.export import export

app = typer.Typer()
app.command()(guarded(export))
app.command()(guarded(evaluate))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Six records: r1 with r4, r2 with r5, r3 and r6 alone."""
    path = tmp_path / "a.duckdb"
    people = write_list(tmp_path / "people.txt", [line(n) for n in range(3)])
    with Archive(path) as made:
        for title in (TITLE, f"{TITLE}, again"):
            made.add(people, format="paragraphs", source=title)
    with duckdb.connect(str(path)) as base:
        members = {1: 1, 2: 2, 3: 3, 4: 1, 5: 2, 6: 6}
        sql = "INSERT INTO members (record, person) VALUES (?, ?)"
        base.executemany(sql, [*members.items()])
        base.execute("INSERT INTO links (left_record, right_record, probability) VALUES (1, 4, 1)")
    return path


def run(*arguments: str | Path):
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_memberships_on_standard_output(archive):
    result = run("export", "memberships", "-", "-a", archive)
    assert result.exit_code == 0
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == ["source", "locator", "person", "record"]
    assert rows[4] == [f"{TITLE}, again", "line 1", "p1", "r4"]
    assert len(rows) == 7


def test_to_a_file(archive, tmp_path):
    out = tmp_path / "records.parquet"
    result = run("export", "records", out, "-a", archive)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{out} holds 6 rows of records.\n"
    assert run("export", "records", out, "-a", archive).exit_code == 2
    result = run("export", "records", out, "-a", archive, "--force", "--json")
    assert json.loads(result.stdout) == {
        "what": "records", "out": str(out), "format": "parquet", "rows": 6, "people": 4,
        "unlinked": 0, "absent": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("export", "gedcom", "a.ged"), 2, "there are memberships and records"),
        (("export", "gedcom", "-"), 2, "there are memberships and records"),
        (("export", "records", "a.ods"), 2, "none of the endings"),
        (("export", "records", "-", "--json"), 2, "both write to standard output"),
        (("export",), 2, "Missing argument"),
        (("evaluate", "none.csv"), 1, "none.csv does not exist"),
        (("evaluate", "none.csv", "--drawn", "villages"), 2, "by people or by records"),
        (("evaluate",), 2, "Missing argument"),
    ],
)
def test_what_is_wrong_is_one_sentence(archive, arguments, code, says):
    result = run(*arguments, "-a", archive)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_not_linked(archive, tmp_path):
    with duckdb.connect(str(archive)) as base:
        base.execute("DELETE FROM members")
    truth = write_list(tmp_path / "truth.csv", ["record,person", "r1,a"])
    for arguments in (("export", "memberships", "-"), ("evaluate", truth)):
        result = run(*arguments, "-a", archive)
        assert result.exit_code == 1
        assert "not linked yet" in result.stderr
        assert "`byname link`" in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_records_without_a_person_are_remarked_on_stderr(archive):
    with duckdb.connect(str(archive)) as base:
        base.execute("DELETE FROM members WHERE record = 6")
        base.execute("UPDATE entries SET absent_run = 2 WHERE id = 5")
    result = run("export", "memberships", "-", "-a", archive)
    assert len(result.stdout.splitlines()) == 7
    assert "1 row without a person: run `byname link`" in result.stderr
    assert "1 row of entries that the newest version" in result.stderr


def test_evaluate_prints_a_table(archive, tmp_path):
    rows = ["record,person", "1,a", "4,a", "2,b", "5,c", "3,d", "6,d", "99,e"]
    truth = write_list(tmp_path / "truth.csv", rows)
    result = run("evaluate", truth, "-a", archive)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{truth} speaks of 6 of 6 records.",
        "",
        "                       precision      recall          F1",
        "pairs                     0.5000      0.5000      0.5000",
        "records (B-cubed)         0.8333      0.8333      0.8333",
        "whole people              0.2500      0.2500      0.2500",
        "",
        "2 pairs put together, 1 of them rightly; 2 belong together.",
        "4 people in truth: 1 found right to the record, 1 torn into several.",
        "4 people found: 1 mixed of several.",
        "1 row of TRUTH left out, naming no record here:",
        "  line 8: no r99",
        "",
        "Probabilities of 1 pair, wrong by 0.0000 on average:",
        "       between       pairs      said      true",
        "       0.999-1           1    1.0000    1.0000",
    ]


def test_evaluate_with_a_sample(archive, tmp_path):
    pytest.importorskip("er_evaluation", reason="not installed: byname[evaluate]")
    truth = write_list(tmp_path / "truth.csv", ["record,person", "1,a", "4,a", "2,b", "3,c"])
    result = run("evaluate", truth, "-a", archive)
    assert result.exit_code == 0
    assert "Estimated for the whole archive, with standard errors:" in result.stdout
    assert "±" in result.stdout
    assert "TRUTH is a sample" in result.stdout
    document = json.loads(run("evaluate", truth, "-a", archive, "--json").stdout)
    assert document["estimates"]["recall"].keys() == {"estimate", "standard_error"}


def test_evaluate_pairs_json(archive, tmp_path):
    truth = write_list(tmp_path / "truth.csv", ["left,right,same", "r1,r4,1", "r3,r6,1", "1,2,0"])
    document = json.loads(run("evaluate", truth, "-a", archive, "--json").stdout)
    assert (document["precision"], document["recall"]) == (1, 0.5)
    assert document["basis"] == "pairs"
    text = run("evaluate", truth, "-a", archive).stdout
    assert "pairs                     1.0000      0.5000" in text
    assert "B-cubed" not in text
