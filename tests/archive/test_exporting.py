"""Tables written to files: complete, in order, safe to open, all or nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from tests.archive.helpers import TITLE, line, write_list

from byname import Archive
from byname.archive import exporting
from byname.archive.evaluating import evaluate_file
from byname.archive.exporting import WHAT, export, export_file
from byname.archive.schema import TEXT_FIELDS
from byname.errors import ArchiveError, ByNameError, UsageError

COLUMNS = ["source", "locator", "person", "record"]
TWICE = "Synthetic list of the tests, second edition"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two lists of the same five people, linked by hand."""
    path = tmp_path / "a.duckdb"
    people = write_list(tmp_path / "people.txt", [line(n) for n in range(5)])
    with Archive(path) as made:
        for title in (TITLE, TWICE):
            made.add(people, format="paragraphs", source=title)
    put(path, {n: (n - 1) % 5 + 1 for n in range(1, 11)})
    return path


def put(path: Path, members: dict[int, int]) -> None:
    with duckdb.connect(str(path)) as base:
        base.executemany("INSERT INTO members (record, person) VALUES (?, ?)", [*members.items()])


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def parquet(path: Path) -> list[dict[str, object]]:
    found = duckdb.execute("FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_memberships(tmp_path, archive):
    out = tmp_path / "who.csv"
    report = export_file(archive, "memberships", out)
    rows = cells(out)
    assert list(rows[0]) == COLUMNS
    assert [row["record"] for row in rows] == [f"r{n}" for n in range(1, 11)]
    assert [row["person"] for row in rows] == [f"p{n}" for n in (1, 2, 3, 4, 5)] * 2
    assert [row["source"] for row in rows] == [TITLE] * 5 + [TWICE] * 5
    assert rows[1]["locator"] == "line 2"
    assert report.as_dict() == {
        "what": "memberships", "out": str(out), "format": "csv", "rows": 10, "people": 5,
        "unlinked": 0, "absent": 0,
    }  # fmt: skip


@pytest.mark.parametrize("what", WHAT)
def test_all_formats_say_the_same(tmp_path, archive, what):
    made = {}
    for ending in ("csv", "parquet", "jsonl"):
        out = tmp_path / f"out.{ending}"
        assert export_file(archive, what, out).rows == 10
        made[ending] = out
    lines = [json.loads(text) for text in made["jsonl"].read_text("utf-8").splitlines()]
    for ours, other, flat in zip(lines, parquet(made["parquet"]), cells(made["csv"]), strict=True):
        assert list(ours) == list(other) == list(flat)
        for name in ("record", "person", "source", "locator"):
            assert ours[name] == other[name] == flat[name]


def test_the_same_archive_gives_the_same_file(tmp_path, archive):
    for what in WHAT:
        for n in (1, 2):
            export_file(archive, what, tmp_path / f"{what}{n}.csv")
        assert (tmp_path / f"{what}1.csv").read_bytes() == (tmp_path / f"{what}2.csv").read_bytes()


def test_records_hold_every_field_and_the_cases(tmp_path, archive):
    out = tmp_path / "records.jsonl"
    export_file(archive, "records", out)
    row = json.loads(out.read_text("utf-8").splitlines()[1])
    assert set(TEXT_FIELDS) <= row.keys()
    assert (row["record"], row["person"], row["surname"]) == ("r2", "p2", "Бервадин")
    assert row["raw"] == line(1)
    assert row["birth_date"] == "1881"
    assert row["cases"][0]["execution_date"] == "1938-03-02"
    assert "arrest_date" not in row["cases"][0]
    assert row["absent"] is False
    table = tmp_path / "records.parquet"
    export_file(archive, "records", table)
    case = parquet(table)[1]["cases"]
    assert isinstance(case, list)
    assert case[0]["execution_date"] == "1938-03-02"
    flat = tmp_path / "records.csv"
    export_file(archive, "records", flat)
    assert json.loads(cells(flat)[1]["cases"])[0]["execution_date"] == "1938-03-02"
    assert cells(flat)[1]["other_names"] == ""


@pytest.mark.parametrize("what", WHAT)
def test_parts_make_the_whole(tmp_path, archive, monkeypatch, what):
    for ending in ("csv", "parquet", "jsonl"):
        export_file(archive, what, tmp_path / f"one.{ending}")
    with duckdb.connect(str(archive)) as base:
        assert base.execute("SELECT count(*), min(id), max(id) FROM entries").fetchall() == [
            (10, 1, 10)
        ]
    monkeypatch.setattr(exporting, "_PART", 3)
    for ending in ("csv", "parquet", "jsonl"):
        export_file(archive, what, tmp_path / f"many.{ending}")
    for ending in ("csv", "jsonl"):
        one, many = (tmp_path / f"{name}.{ending}" for name in ("one", "many"))
        assert one.read_bytes() == many.read_bytes()
    assert parquet(tmp_path / "one.parquet") == parquet(tmp_path / "many.parquet")


RISKY = ("=1+1", "+7", "-5", "@SUM", "line 3", "'quoted'", 'a "b", c', "стр. 5\nвнизу", "5-7")


def test_formulas_are_made_harmless_in_csv_and_nowhere_else(tmp_path, archive):
    with duckdb.connect(str(archive)) as base:
        for n, locator in enumerate(RISKY, 1):
            base.execute("UPDATE entries SET locator = ? WHERE id = ?", [locator, n])
    for ending in ("csv", "parquet", "jsonl"):
        export_file(archive, "memberships", tmp_path / f"out.{ending}")
    flat = [row["locator"] for row in cells(tmp_path / "out.csv")]
    assert flat[:9] == ["'=1+1", "'+7", "'-5", "'@SUM", *RISKY[4:]]
    assert [row["locator"] for row in parquet(tmp_path / "out.parquet")][:9] == list(RISKY)
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(text)["locator"] for text in lines][:9] == list(RISKY)


def test_an_archive_that_is_not_linked(tmp_path, archive):
    with duckdb.connect(str(archive)) as base:
        base.execute("DELETE FROM members")
    out = tmp_path / "who.csv"
    with pytest.raises(ArchiveError, match="run `byname link` first"):
        export_file(archive, "memberships", out)
    assert not out.exists()
    report = export_file(archive, "records", out)
    assert (report.rows, report.people, report.unlinked) == (10, 0, 10)
    assert cells(out)[0]["person"] == ""


def test_records_that_wait_for_the_next_link_have_no_person(tmp_path, archive):
    with duckdb.connect(str(archive)) as base:
        base.execute("DELETE FROM members WHERE record = 7")
        base.execute("UPDATE entries SET absent_run = 2 WHERE id = 3")
    out = tmp_path / "who.csv"
    report = export_file(archive, "memberships", out)
    assert (report.rows, report.unlinked, report.absent) == (10, 1, 1)
    assert {row["record"]: row["person"] for row in cells(out)}["r7"] == ""


def test_what_cannot_be_meant(tmp_path, archive):
    for what, out, says in (
        ("gedcom", "a.csv", "'gedcom' cannot be exported; there are memberships and records"),
        ("records", "a.xlsx", "has none of the endings .csv, .parquet, .jsonl"),
        ("records", "a", "has none of the endings"),
        ("records", "none/a.csv", "The folder .* does not exist; make it first"),
    ):
        with pytest.raises(UsageError, match=says):
            export_file(archive, what, tmp_path / out)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        export_file(archive, "records", tmp_path / "folder.csv", force=True)
    with pytest.raises(ArchiveError, match="There is no archive"):
        export_file(tmp_path / "none.duckdb", "records", tmp_path / "a.csv")


def test_a_file_is_overwritten_only_when_asked(tmp_path, archive):
    out = write_list(tmp_path / "who.csv", ["mine"])
    with pytest.raises(UsageError, match=r"exists already; .* --force"):
        export_file(archive, "memberships", out)
    assert out.read_text("utf-8") == "mine\n"
    export_file(archive, "memberships", out, force=True)
    assert len(cells(out)) == 10


def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path, archive, monkeypatch):
    out = write_list(tmp_path / "who.csv", ["mine"])
    before = sorted(tmp_path.iterdir())
    monkeypatch.setitem(exporting._COPY, "csv", "?")
    with pytest.raises(ByNameError):
        export_file(archive, "memberships", out, force=True)
    assert out.read_text("utf-8") == "mine\n"
    assert sorted(tmp_path.iterdir()) == before


def test_an_open_archive_exports_too_and_quotes_in_paths_do_no_harm(tmp_path, archive):
    folder = tmp_path / "it's {here} *"
    folder.mkdir()
    with duckdb.connect(str(archive)) as base:
        export(base, "memberships", folder / "o'ne.csv")
        base.execute("INSERT INTO members (record, person) VALUES (99, 99)")  # not in a transaction
    assert len(cells(folder / "o'ne.csv")) == 10
    assert [path.name for path in folder.iterdir()] == ["o'ne.csv"]


def test_what_was_exported_is_a_truth_of_itself(tmp_path, archive):
    out = tmp_path / "who.csv"
    export_file(archive, "memberships", out)
    report = evaluate_file(archive, out).as_dict()
    assert (report["records"], report["f1"], report["cluster_f1"]) == (10, 1, 1)
