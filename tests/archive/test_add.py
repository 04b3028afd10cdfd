"""Adding: repeatable, corrected lists update, everything adds up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.archive.helpers import (
    TITLE,
    check_sums,
    content,
    counts,
    line,
    write_list,
    write_table,
)

from byname import Archive
from byname.archive import ListToAdd
from byname.archive.rows import pack, unpack
from byname.errors import ArchiveError, ListError, UsageError
from byname.sources import Entry, Rejected

EXAMPLES = int(os.environ.get("BYNAME_EXAMPLES", "25"))
BASE = [line(n) for n in range(12)]


def add(folder: Path, lines: list[str], name: str = "list.txt"):
    path = write_list(folder / name, lines)
    with Archive(folder / "a.duckdb") as archive:
        report = archive.add(path, format="paragraphs", source=TITLE)
    check_sums(folder / "a.duckdb")
    return report


def ids(folder: Path) -> dict[str, int]:
    with Archive(folder / "a.duckdb", read_only=True) as archive:
        return {
            row["raw"]: row["id"]
            for row in archive.sql("SELECT raw, min(id) AS id FROM entries GROUP BY raw")
        }


CORRECTIONS = {
    "the same list": (BASE, {"unchanged": 12}),
    "a line inserted at the top": (
        [line(99), *BASE],
        {"added": 1, "unchanged": 12, "moved": 12},
    ),
    "a line corrected": (
        [*BASE[:5], line(5, " завода"), *BASE[6:]],
        {"unchanged": 11, "updated": 1},
    ),
    "a line inserted and another corrected": (
        [BASE[0], line(99), *BASE[1:7], line(7, " завода"), *BASE[8:]],
        {"added": 1, "unchanged": 11, "updated": 1, "moved": 11},
    ),
    "two lines taken out": (BASE[2:], {"unchanged": 10, "absent": 2, "moved": 10}),
    "a line replaced by a stranger": (
        [
            *BASE[:3],
            "Юрвин Карл Янович, 1901 г. р., уроженец г. Примерска. Судьба не указана.",
            *BASE[4:],
        ],
        {"added": 1, "unchanged": 11, "absent": 1},
    ),
    "a line doubled": ([*BASE, BASE[3]], {"added": 1, "unchanged": 12}),
    "the order reversed": (BASE[::-1], {"unchanged": 12, "moved": 12}),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_a_corrected_list(tmp_path, name):
    lines, expected = CORRECTIONS[name]
    assert counts(add(tmp_path, BASE)) == {"added": 12}
    before = ids(tmp_path)
    assert counts(add(tmp_path, lines)) == expected
    after = ids(tmp_path)
    assert {raw: after[raw] for raw in before if raw in after} == {
        raw: number for raw, number in before.items() if raw in after
    }


def test_the_old_wording_is_kept(tmp_path):
    add(tmp_path, BASE)
    add(tmp_path, [line(0, " завода"), *BASE[1:]])
    with Archive(tmp_path / "a.duckdb", read_only=True) as archive:
        shown = archive.record(1)
    assert shown.raw == line(0, " завода")
    assert [wording.raw for wording in shown.history] == [line(0)]


def test_an_entry_that_comes_back_is_the_same_entry(tmp_path):
    add(tmp_path, BASE)
    add(tmp_path, BASE[1:])
    assert counts(add(tmp_path, BASE))["unchanged"] == 12
    with Archive(tmp_path / "a.duckdb", read_only=True) as archive:
        assert archive.sql("SELECT count(*) AS n FROM entries") == [{"n": 12}]


def test_rows_with_ids_are_matched_by_them(tmp_path):
    path = tmp_path / "table.jsonl"
    archive = tmp_path / "a.duckdb"
    write_table(path, {"p1": "дер. Пробная", "p2": "г. Примерск", "p3": "с. Учебное"})
    with Archive(archive) as opened:
        assert counts(opened.add(path, source=TITLE)) == {"added": 3}
    write_table(path, {"p3": "с. Учебное", "p0": "дер. Новая", "p1": "город Другой"})
    with Archive(archive) as opened:
        report = opened.add(path, source=TITLE)
    assert counts(report) == {"added": 1, "unchanged": 1, "updated": 1, "absent": 1}
    check_sums(archive)


def test_two_files_of_one_list_do_not_replace_each_other(tmp_path):
    first = write_list(tmp_path / "vol1.txt", BASE[:6])
    second = write_list(tmp_path / "vol2.txt", BASE[6:])
    with Archive(tmp_path / "a.duckdb") as archive:
        assert counts(archive.add(first, second, source=TITLE)) == {"added": 12}
        assert counts(archive.add(first, second, source=TITLE)) == {"unchanged": 12}
        assert len(archive.sources()) == 1
    check_sums(tmp_path / "a.duckdb")


def test_several_lists_are_added_or_none(tmp_path):
    good = write_list(tmp_path / "good.txt", BASE)
    add(tmp_path, [line(50)])
    before = content(tmp_path / "a.duckdb")
    with Archive(tmp_path / "a.duckdb") as archive, pytest.raises(ListError, match="missing"):
        archive.add(good, tmp_path / "missing.txt")
    assert content(tmp_path / "a.duckdb") == before


def test_a_new_archive_is_not_left_behind_by_a_failure(tmp_path):
    with Archive(tmp_path / "a.duckdb") as archive, pytest.raises(ListError):
        archive.add(tmp_path / "missing.txt")
    assert list(tmp_path.iterdir()) == []


def test_no_working_files_are_left(tmp_path):
    (tmp_path / ".a.duckdb.parts-1").mkdir()
    (tmp_path / ".a.duckdb.parts-1" / "keys-000000.ndjson").write_text("stale")
    add(tmp_path, BASE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.duckdb", "a.duckdb.names", "list.txt",
    ]  # fmt: skip


def test_a_long_list_goes_through_workers_with_the_same_result(tmp_path, monkeypatch):
    lines = [line(n) for n in range(300)]
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    add(tmp_path / "one", lines)
    monkeypatch.setattr("byname.archive.staging.BATCH", 20)
    add(tmp_path / "many", lines)
    assert content(tmp_path / "one" / "a.duckdb") == content(tmp_path / "many" / "a.duckdb")


def test_a_newer_reader_reads_again_without_updating(tmp_path, monkeypatch):
    add(tmp_path, BASE)
    monkeypatch.setattr("byname.records.reader_version", lambda: "next")
    report = add(tmp_path, BASE)
    assert (report.unchanged, report.updated, report.reread) == (12, 0, 12)
    assert add(tmp_path, BASE).reread == 0


def test_the_log_says_what_was_done(tmp_path):
    add(tmp_path, BASE)
    with Archive(tmp_path / "a.duckdb", read_only=True) as archive:
        (run,) = archive.runs()
        (source,) = archive.sources()
    assert (run["command"], run["outcome"], run["counts"]["added"]) == ("add", "done", 12)
    assert run["arguments"] == [{"file": "list.txt", "source": TITLE, "format": "paragraphs"}]
    assert (source["title"], source["entries"], len(source["sha256"])) == (TITLE, 12, 64)


def test_what_is_known_about_a_list_is_kept(tmp_path):
    path = write_list(tmp_path / "list.txt", BASE)
    known = ListToAdd(path, title=TITLE, publisher="Nobody", licence="CC0", citation="Invented")
    with Archive(tmp_path / "a.duckdb") as archive:
        archive.add(known)
        archive.add(ListToAdd(path, title=TITLE))
        (source,) = archive.sources()
    assert (source["publisher"], source["licence"]) == ("Nobody", "CC0")
    assert source["citation"] == "Invented"


ODD = {"nul": "a\x00b", "surrogate": "a\ud800b", "quote": "'\"\\\n", "emoji": "\U0001f56f"}


@pytest.mark.parametrize("name", ODD)
def test_odd_characters_survive(tmp_path, monkeypatch, name):
    entry = Entry(f"Пробин Иван {ODD[name]}", "line 1", "paragraph", title=ODD[name])
    _read_from(monkeypatch, [entry])
    path = write_list(tmp_path / "list.txt", ["-"])
    with Archive(tmp_path / "a.duckdb") as archive:
        archive.add(path, source=f"{TITLE} {ODD[name]}".replace("\ud800", ""))
        assert counts(archive.add(path, source=f"{TITLE} {ODD[name]}".replace("\ud800", "")))
        shown = archive.record(1)
    assert shown.raw == entry.raw.replace("\ud800", "?")


def test_only_the_highest_revision_counts(tmp_path, monkeypatch):
    def page(number, revision, text):
        return Entry(text, f"page id {number}", "paragraph", revision=revision)

    path = write_list(tmp_path / "list.txt", ["-"])
    with Archive(tmp_path / "a.duckdb") as archive:
        _read_from(monkeypatch, [page(1, 5, "new"), page(2, 3, "only"), page(1, 2, "old")])
        report = archive.add(path, source=TITLE)
        assert (report.read, report.added, report.superseded) == (2, 2, 1)
        _read_from(monkeypatch, [page(1, 4, "older dump"), page(2, 9, "newer")])
        assert counts(archive.add(path, source=TITLE)) == {"unchanged": 1, "updated": 1}
        raws = [row["raw"] for row in archive.sql("SELECT raw FROM entries ORDER BY id")]
        assert raws == ["new", "newer"]
        gone = Rejected("#REDIRECT", "page id 2", "a redirect", revision=10)
        _read_from(monkeypatch, [page(1, 5, "new"), gone])
        assert counts(archive.add(path, source=TITLE)) == {
            "unchanged": 1, "rejected": 1, "absent": 1,
        }  # fmt: skip
        assert archive.rejected()[0]["reason"] == "a redirect"


def test_rejected_lines_are_kept_once(tmp_path, monkeypatch):
    items = [Entry("Пробин Иван", "line 1", "paragraph"), Rejected("???", "line 2", "no name")]
    _read_from(monkeypatch, items)
    path = write_list(tmp_path / "list.txt", ["-"])
    with Archive(tmp_path / "a.duckdb") as archive:
        for _ in range(2):
            assert archive.add(path, source=TITLE).rejected == 1
        assert [row["raw"] for row in archive.rejected()] == ["???"]


def test_a_list_without_entries_is_refused(tmp_path, monkeypatch):
    _read_from(monkeypatch, [Rejected("???", "line 1", "There is no name in it.")])
    path = write_list(tmp_path / "list.txt", ["-"])
    with Archive(tmp_path / "a.duckdb") as archive, pytest.raises(ListError, match="no name in it"):
        archive.add(path)
    assert not (tmp_path / "a.duckdb").exists()


def test_an_entry_as_long_as_a_book_is_rejected(tmp_path, monkeypatch):
    monkeypatch.setattr("byname.archive.rows.LONGEST", 100)
    items = [Entry("x" * 101, "line 1", "paragraph"), Entry("Пробин Иван", "line 2", "paragraph")]
    _read_from(monkeypatch, items)
    path = write_list(tmp_path / "list.txt", ["-"])
    with Archive(tmp_path / "a.duckdb") as archive:
        assert counts(archive.add(path)) == {"added": 1, "rejected": 1}


def test_show_refuses_what_is_no_id(tmp_path):
    add(tmp_path, BASE)
    with Archive(tmp_path / "a.duckdb", read_only=True) as archive:
        for wrong in ("Тухачевский", "r", "r-1", "9999", "9" * 40):
            with pytest.raises(UsageError):
                archive.show(wrong)


def test_a_read_only_archive_cannot_be_added_to(tmp_path):
    add(tmp_path, BASE)
    with Archive(tmp_path / "a.duckdb", read_only=True) as archive, pytest.raises(ArchiveError):
        archive.add(tmp_path / "list.txt")


items = st.lists(
    st.builds(
        Entry,
        raw=st.sampled_from(["Пробин Иван", "Пробин Петр, 1890", "Учебный П. И.", "?", " "]),
        locator=st.sampled_from(["line 1", "line 2", "line 3", "p1", "p2"]),
        kind=st.just("paragraph"),
        title=st.none() | st.sampled_from(["Заголовок"]),
        source=st.none() | st.sampled_from([f"{TITLE} A", f"{TITLE} B"]),
        revision=st.sampled_from([0, 0, 1, 2]),
        extra=st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=3), max_size=2),
    )
    | st.builds(
        Rejected,
        raw=st.text(max_size=5),
        locator=st.sampled_from(["line 4", "p3", "p1"]),
        reason=st.just("a reason"),
        revision=st.sampled_from([0, 3]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(items)
def test_adding_any_list_twice_changes_nothing(tmp_path_factory, items):
    folder = tmp_path_factory.mktemp("twice")
    items.append(Entry("Пробин Карл", "line 99", "paragraph"))
    path = write_list(folder / "list.txt", ["-"])
    with pytest.MonkeyPatch.context() as patch:
        _read_from(patch, items)
        with Archive(folder / "a.duckdb") as archive:
            first = archive.add(path, source=TITLE)
        before = content(folder / "a.duckdb")
        with Archive(folder / "a.duckdb") as archive:
            second = archive.add(path, source=TITLE)
    assert content(folder / "a.duckdb") == before
    assert (second.added, second.updated, second.moved) == (0, 0, 0)
    assert second.unchanged == first.added
    assert second.rejected == first.rejected
    check_sums(folder / "a.duckdb")


@given(
    st.builds(Entry, raw=st.text(), locator=st.text(), kind=st.just("table"), line=st.none())
    | st.builds(Rejected, raw=st.text(), locator=st.text(), reason=st.text())
)
def test_packing_loses_nothing(item):
    assert unpack(pack(item)) == item


class _Reader:
    """Stands in for a list reader."""

    format, encoding = "paragraphs", "utf-8"
    stats: dict[str, int] = {}  # noqa: RUF012

    def __init__(self, items):
        self._items = items

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def __iter__(self):
        return iter(self._items)

    def progress(self):
        return 0, None


def _read_from(patch, items):
    patch.setattr("byname.archive.staging.open_list", lambda *a, **k: _Reader(items))
