"""Synthetic lists (invented people, said so in every source title) and looks into an archive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import byname
from byname import Archive

TITLE = "Synthetic list of the tests"
SURNAMES = ("Алсубов", "Бервадин", "Вомирский", "Гутаненко", "Дорвекян", "Елмасов", "Жудорин")
GIVEN = ("Иван", "Петр", "Николай", "Василий", "Федор")
FATHERS = ("Иванович", "Петрович", "Николаевич", "Карлович")


def line(n: int, note: str = "") -> str:
    """A printed entry about invented person ``n``."""
    name = f"{SURNAMES[n % 7]} {GIVEN[n % 5]} {FATHERS[n % 4]}"
    return (
        f"{name}, род. {1880 + n % 30}, дер. Пробная-{n}, русский, б/п, рабочий{note}. "
        f"Расстрелян {1 + n % 28}.03.1938."
    )


def write_list(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_table(path: Path, people: dict[str, str]) -> Path:
    """A table whose rows have ids: id -> birth place."""
    rows = [
        json.dumps({"record_id": key, "surname": "Образцов", "given": "Иван", "birth_place": place})
        for key, place in people.items()
    ]
    return write_list(path, rows)


def counts(report: Any) -> dict[str, int]:
    """The four parts of ``read`` that are not zero."""
    assert report.read == report.added + report.unchanged + report.updated + report.rejected
    names = ("added", "unchanged", "updated", "rejected", "absent", "moved")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


CONTENT = {
    "sources": "id, title, format, file, sha256, encoding, publisher, licence, citation",
    "entries": "*",
    "entry_history": "*",
    "records": "*",
    "cases": "*",
    "rejected": "*",
}


def content(path: Path) -> dict[str, list[Any]]:
    """Everything in an archive but the times and durations of its log."""
    with Archive(path, read_only=True) as archive:
        return {
            table: archive.sql(f"SELECT {columns} FROM {table} ORDER BY ALL")
            for table, columns in CONTENT.items()
        }


def check_sums(path: Path) -> None:
    """What holds in every archive, whatever happened to it."""
    with Archive(path, read_only=True) as archive:

        def one(sql: str) -> Any:
            return next(iter(archive.sql(sql)[0].values()))

        assert one("SELECT count(*) = count(DISTINCT id) FROM entries")
        assert one("SELECT count(*) = count(DISTINCT id) FROM records")
        assert one("SELECT count(*) FROM entries ANTI JOIN records USING (id)") == 0
        assert one("SELECT count(*) FROM records ANTI JOIN entries USING (id)") == 0
        assert one("SELECT count(*) FROM cases c ANTI JOIN records r ON r.id = c.record") == 0
        assert one("SELECT count(*) FROM entries e ANTI JOIN sources s ON s.id = e.source") == 0
        named = one(
            "SELECT count(*) FROM records WHERE surname IS NOT NULL OR given IS NOT NULL "
            "OR patronymic IS NOT NULL"
        )
        assert archive.index().rows >= named
        assert one(
            "SELECT count(*) = count(DISTINCT (source, locator)) FROM entries "
            "WHERE absent_run IS NULL"
        )
        adding = [run for run in archive.runs() if run["command"] == "add"]
        for run in adding:
            made = run["counts"]
            parts = ("added", "unchanged", "updated", "rejected")
            assert made["read"] == sum(made[name] for name in parts)
        added = sum(run["counts"]["added"] for run in adding)
        assert added == one("SELECT count(*) FROM entries")


def environment() -> dict[str, str]:
    """The environment in which a subprocess finds this By Name, installed or not."""
    source = str(Path(byname.__file__).parents[1])
    old = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (source, old)))}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "byname", *map(str, arguments)]


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    settings: dict[str, Any] = {"capture_output": True, "text": True, "env": environment()}
    settings |= {"timeout": 120, "check": False} | options
    result: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: PLW1510
        command(*arguments), **settings
    )
    return result
