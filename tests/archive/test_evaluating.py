"""A truth held against an archive: how it is read, joined, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from tests.archive.helpers import write_list

from byname import Archive
from byname.archive.evaluating import EvaluationReport, evaluate, evaluate_file
from byname.archive.truth import TruePairs, TruePeople, read_truth
from byname.errors import ArchiveError, ByNameError, ListError, UsageError
from byname.people.evaluation import Evaluation, PairEvaluation

ONE, OTHER = "Synthetic list one", "Synthetic list two"
FOUND = {1: 1, 2: 2, 3: 3, 4: 4, 5: 1, 6: 2, 7: 7, 8: 4}
"""What was linked: 1 with 5, 2 with 6, 4 with 8."""

TRUE = {1: "a", 2: "b", 3: "c", 4: "d", 5: "a", 6: "b", 7: "c", 8: "e"}
"""In truth 3 and 7 are one person too, and 4 and 8 are not."""

LINKS = ((1, 5, 0.999), (2, 6, 0.95), (3, 7, 0.3), (4, 8, 0.92), (1, 6, 0.001))


def build(folder: Path, linked: bool = True) -> Path:
    """An archive of two lists of four records each: r1-r4 and r5-r8, locators k1-k4 in both."""
    path = folder / "a.duckdb"
    with Archive(path) as archive:
        for n, title in enumerate((ONE, OTHER)):
            rows = [
                json.dumps({"record_id": f"k{k}", "surname": f"Пробин{k}", "given": "Иван"})
                for k in range(1, 5)
            ]
            archive.add(write_list(folder / f"list{n}.jsonl", rows), source=title)
    if linked:
        fill(path)
    return path


def fill(path: Path, candidates: bool = False) -> None:
    with duckdb.connect(str(path)) as base:
        base.executemany("INSERT INTO members (record, person) VALUES (?, ?)", list(FOUND.items()))
        sql = "INSERT INTO links (left_record, right_record, probability) VALUES (?, ?, ?)"
        base.executemany(sql, list(LINKS))
        if candidates:
            base.execute("CREATE TABLE candidates (left_record BIGINT, right_record BIGINT)")
            base.execute("INSERT INTO candidates VALUES (1, 5), (1, 6), (4, 8), (1, 7)")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return build(tmp_path)


def table(folder: Path, *rows: str, name: str = "truth.csv") -> Path:
    return write_list(folder / name, list(rows))


def whole(folder: Path) -> Path:
    return table(folder, "record,person", *(f"r{n},{person}" for n, person in TRUE.items()))


def judged(report: EvaluationReport) -> Evaluation:
    assert isinstance(report.found, Evaluation)
    return report.found


def test_by_hand(tmp_path, archive):
    report = evaluate_file(archive, whole(tmp_path))
    found = judged(report)
    assert (found.right_pairs, found.predicted_pairs, found.true_pairs) == (2, 3, 3)
    assert found.precision == found.recall == pytest.approx(2 / 3)
    assert (found.merged, found.split, found.right_people) == (1, 1, 2)
    assert (report.records, report.archive_records, report.unmatched) == (8, 8, 0)
    assert report.estimates is None
    assert report.notes == ()
    assert report.blocking_recall is None


def test_every_way_to_name_a_record_gives_the_same(tmp_path, archive):
    by_record = evaluate_file(archive, whole(tmp_path)).as_dict()
    places = {n: f"{ONE if n < 5 else OTHER}{{}}k{(n - 1) % 4 + 1}{{}}{TRUE[n]}" for n in TRUE}
    tsv = table(
        tmp_path,
        "source\tlocator\tcluster",
        *(row.format("\t", "\t") for row in places.values()),
        name="truth.tsv",
    )
    lines = [json.dumps({"true_id": TRUE[n], "record": n}) for n in TRUE]
    jsonl = table(tmp_path, *lines, name="truth.jsonl")
    numbers = table(tmp_path, "Record;Entity", *(f"{n};{TRUE[n]}" for n in TRUE), name="t2.csv")
    for path in (tsv, jsonl, numbers):
        other = evaluate_file(archive, path).as_dict()
        assert other.pop("truth") == str(path)
        assert {"truth": by_record["truth"]} | other == by_record


def test_a_locator_alone_where_it_is_unique(tmp_path):
    path = tmp_path / "a.duckdb"
    rows = [json.dumps({"record_id": f"k{k}", "surname": "Пробин"}) for k in range(3)]
    with Archive(path) as made:
        made.add(write_list(tmp_path / "list.jsonl", rows), source=ONE)
        made.link()
    report = evaluate_file(path, table(tmp_path, "locator,person", "k0,x", "k1,y", "k2,x"))
    assert judged(report).true_pairs == 1


def test_the_json_document(tmp_path, archive):
    document = evaluate_file(archive, whole(tmp_path)).as_dict()
    assert json.loads(json.dumps(document)) == json.loads(json.dumps(document))
    assert document.keys() >= {
        "records", "true_pairs", "predicted_pairs", "precision", "recall", "f1",
        "b_cubed_precision", "b_cubed_recall", "blocking_recall", "calibration", "estimates",
        "unmatched",
    }  # fmt: skip


def test_calibration(tmp_path, archive):
    table_ = evaluate_file(archive, whole(tmp_path)).calibration
    assert table_ is not None
    assert table_.pairs == 5
    bins = {one.low: one for one in table_.bins}
    assert bins[0.9].pairs == 2
    assert bins[0.9].share_same == 0.5
    assert bins[0.3].share_same == 1
    assert bins[0.0].share_same == 0


def test_blocking_recall_counts_what_was_compared_now_or_before(tmp_path):
    archive = build(tmp_path, linked=False)
    fill(archive, candidates=True)
    # (1, 5) is a candidate, (2, 6) and (3, 7) stand in links from an earlier run
    assert evaluate_file(archive, whole(tmp_path)).blocking_recall == 1
    with duckdb.connect(str(archive)) as base:
        base.execute("DELETE FROM links WHERE left_record = 3")
    assert evaluate_file(archive, whole(tmp_path)).blocking_recall == pytest.approx(2 / 3)
    pairs = table(tmp_path, "left,right,same", "1,5,1", "7,3,1", "1,7,0", name="pairs.csv")
    assert evaluate_file(archive, pairs).blocking_recall == 0.5


def test_a_sample_gets_estimates(tmp_path, archive):
    pytest.importorskip("er_evaluation", reason="not installed: byname[evaluate]")
    rows = [f"r{n},{person}" for n, person in TRUE.items() if person in "abcd"]
    report = evaluate_file(archive, table(tmp_path, "record,person", *rows))
    found = judged(report)
    assert found.precision == 1  # r8, wrongly put with r4, is not labelled
    assert report.estimates is not None
    assert report.estimates["precision"].estimate < 1
    assert report.estimates["recall"].estimate == pytest.approx(2 / 3, abs=0.1)
    assert "sample" in report.notes[0]
    assert "count as wrong the 1 other records" in report.notes[0]
    # (4, 8) has one labelled end and weighs a half
    assert report.calibration is not None
    assert report.calibration.pairs == 4.5
    with pytest.raises(UsageError, match="people or by records"):
        evaluate_file(archive, whole(tmp_path), drawn="villages")


def test_without_er_evaluation_the_plain_numbers_stand(tmp_path, archive, monkeypatch):
    monkeypatch.setattr("byname.people.estimates.estimate", lambda *_: None)
    report = evaluate_file(archive, table(tmp_path, "record,person", "1,a", "5,a"))
    assert report.estimates is None
    assert 'pip install "byname[evaluate]"' in report.notes[-1]
    assert judged(report).f1 == 1


def test_pairs(tmp_path, archive):
    path = table(
        tmp_path, "left,right,same", "r1,r5,yes", "r7,r3,same", "4,8,no", "r2,r99,1", "5,1,1"
    )
    report = evaluate_file(archive, path)
    assert isinstance(report.found, PairEvaluation)
    assert (report.found.pairs, report.found.same, report.found.predicted) == (3, 2, 2)
    assert (report.found.precision, report.found.recall) == (0.5, 0.5)
    assert report.unmatched == 1
    assert report.unmatched_examples == ("line 5: no r2 or no r99",)
    assert report.as_dict()["basis"] == "pairs"
    assert report.as_dict()["labelled_pairs"] == 3
    assert report.calibration is not None
    assert report.calibration.pairs == 3


def test_rows_that_name_nobody_are_counted(tmp_path, archive):
    path = table(
        tmp_path, "source,locator,person", f"{ONE},k1,a", f"{OTHER},k1,a", "Lost list,k1,a",
        f"{ONE},k2,", f"{ONE},k99,b",
    )  # fmt: skip
    report = evaluate_file(archive, path)
    assert (report.records, report.unmatched) == (2, 3)
    assert report.unmatched_examples == (
        "line 4: no Lost list, k1",
        "line 5 states no record or no person",
        f"line 6: no {ONE}, k99",
    )


def test_a_record_not_linked_yet_stands_alone(tmp_path, archive):
    with duckdb.connect(str(archive)) as base:
        base.execute("DELETE FROM members WHERE record IN (1, 2)")
    report = evaluate_file(archive, whole(tmp_path))
    assert report.unlinked == 2
    assert judged(report).predicted_pairs == 1


WRONG = {
    "no such column": (("name,person", "Пробин,a"), r"has the columns name, person: give the"),
    "only a header": (("record,person",), "holds no row below its header"),
    "no id": (("record,person", "r1,a", "Пробин,b"), "line 3, has 'Пробин' where the id"),
    "contradiction": (
        ("record,person", "r1,a", "r2,b", "1,c"),
        "line 4, gives the record r1 to 'c', but line 2 to 'a'; keep one",
    ),
    "locator of two lists": (
        ("locator,person", "k1,a"),
        "line 2, names the locator 'k1', which stands in 2 lists of the archive; add a column",
    ),
    "nobody": (("record,person", "r77,a"), r"names no record of this archive \(line 2: no r77\)"),
    "too many cells": (("record,person", "r1,a,b"), "line 2, cannot be read: The row has 3 cells"),
    "with itself": (("left,right,same", "r1,1,1"), "line 2, pairs the record r1 with itself"),
    "neither yes nor no": (("left,right,same", "r1,2,maybe"), "line 2, has 'maybe' in the column"),
    "yes and no": (
        ("left,right,same", "r1,2,1", "2,r1,0"),
        "line 3, says the contrary of line 2 about r1 and r2",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_bad_input_is_one_sentence(tmp_path, archive, name):
    rows, says = WRONG[name]
    with pytest.raises(ListError, match=says) as caught:
        evaluate_file(archive, table(tmp_path, *rows))
    assert str(caught.value).startswith(str(tmp_path / "truth.csv"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2\3" * 50, b"PAR1 no", b"PK\x03\x04 no", b"{\n", b'record,person\n"r1,a\n'],
)
def test_hostile_files(tmp_path, archive, content):
    path = tmp_path / "truth"
    path.write_bytes(content)
    with pytest.raises(ByNameError):
        evaluate_file(archive, path)
    with pytest.raises(ListError):
        evaluate_file(archive, tmp_path / "none.csv")


def test_an_archive_that_is_not_linked(tmp_path):
    archive = build(tmp_path, linked=False)
    with pytest.raises(ArchiveError, match="run `byname link` first"):
        evaluate_file(archive, whole(tmp_path))
    with pytest.raises(ArchiveError, match="There is no archive"):
        evaluate_file(tmp_path / "none.duckdb", whole(tmp_path))


def test_nothing_is_left_behind(tmp_path, archive):
    before = archive.read_bytes()
    with duckdb.connect(str(archive), read_only=True) as base:
        tables = base.execute("SHOW TABLES").fetchall()
        for _ in range(2):
            evaluate(base, whole(tmp_path))
        assert base.execute("SHOW TABLES").fetchall() == tables
    assert archive.read_bytes() == before


def test_an_exported_cell_is_read_as_it_was(tmp_path):
    people = read_truth(table(tmp_path, "locator,person", "'-5,'=a", "'t Hof,b"))
    assert isinstance(people, TruePeople)
    assert (people.locators, people.people) == (["-5", "'t Hof"], ["=a", "b"])
    assert isinstance(read_truth(table(tmp_path, "left,right,same", "1,2,0")), TruePairs)


def test_after_a_real_link(tmp_path):
    path = tmp_path / "a.duckdb"
    rows = [
        f"{surname} Иван Петрович, род. {year}, дер. Пробная, русский. Расстрелян 5.03.1938."
        for surname, year in (("Алсубов", 1880), ("Бервадин", 1890), ("Вомирский", 1901))
    ]
    with Archive(path) as made:
        made.add(write_list(tmp_path / "one.txt", rows), format="paragraphs", source=ONE)
        made.add(write_list(tmp_path / "two.txt", rows), format="paragraphs", source=OTHER)
        made.link(keep_candidates=True)
    names = [f"{n},{(n - 1) % 3}" for n in range(1, 7)]
    report = evaluate_file(path, table(tmp_path, "record,person", *names))
    assert judged(report).true_pairs == 3
    assert judged(report).precision == 1
    assert report.blocking_recall == 1
