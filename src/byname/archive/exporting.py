"""Writing tables of an archive to files that other programs read.

DuckDB writes them itself, in bounded memory, under another name; a file stands under its own
name only when it is whole.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from byname.archive.connect import open_file, quoted, sentences
from byname.archive.lists import Progress, Silence
from byname.archive.schema import TEXT_FIELDS
from byname.archive.truth import FORMULA
from byname.errors import ArchiveError, UsageError
from byname.records import CASE_FIELDS
from byname.version import VERSION

FORMATS = {".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""Ending of a file -> its format."""

WHAT = {
    "memberships": "which record is which person: source, locator, person, record",
    "records": "one row a record: its person, the entry's words, every field, its cases",
}
"""What can be exported, and what it is."""

_PART = 50_000
"""Ids that are written at a time."""

_COPY = {
    "csv": "FORMAT csv",
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "jsonl": "FORMAT json",
}


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was exported.

    Attributes:
        what: one of ``WHAT``.
        out: the file.
        format: csv, parquet or jsonl.
        rows: written, without the header.
        people: named in them.
        unlinked: rows without a person: records added or changed since the last link.
        absent: rows of entries that the newest version of their list no longer has.

    """

    what: str
    out: str
    format: str
    rows: int
    people: int
    unlinked: int
    absent: int

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the JSON of ``byname export``."""
        return asdict(self)


def export_file(
    archive: Path, what: str, out: Path, force: bool = False, progress: Progress | None = None
) -> ExportReport:
    """Export ``what`` of the archive at ``archive`` to the file ``out``.

    Args:
        archive: its file.
        what: one of ``WHAT``.
        out: the file to write; its ending tells the format.
        force: overwrite ``out`` when it exists.
        progress: told what is being done.

    Raises:
        UsageError: there is no such thing to export, or ``out`` cannot be meant.
        ArchiveError: there is no archive, or it is not linked yet.

    """
    check_request(what, out, force)
    connection = open_file(archive, True, VERSION)
    try:
        return export(connection, what, out, force, progress)
    finally:
        connection.close()


def export(
    connection: duckdb.DuckDBPyConnection,
    what: str,
    out: Path,
    force: bool = False,
    progress: Progress | None = None,
) -> ExportReport:
    """Export ``what`` of the archive behind ``connection``; see ``export_file``."""
    form = check_request(what, out, force)
    with sentences(out), connection.cursor() as work:
        work.execute("BEGIN")  # what is counted is what is written
        report = _counted(work, what, out, form)
        (progress or Silence()).step(f"writing {report.rows:,} rows")
        folder = Path(tempfile.mkdtemp(prefix=".byname-", dir=out.parent))
        try:
            with suppress(duckdb.Error):  # an earlier step of this connection has made its own
                work.execute(f"SET temp_directory = '{quoted(folder / 'duckdb')}'")
            whole = _write(work, what, form, folder)
            work.execute("ROLLBACK")
            whole.replace(out)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return report


def _write(work: duckdb.DuckDBPyConnection, what: str, form: str, folder: Path) -> Path:
    """Write ``what`` part by part, for DuckDB gathers the cases of a part in memory."""
    row = work.execute("SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM entries").fetchone()
    first, last = row or (0, 0)
    parts: list[Path] = []
    for start in range(first, last + 1, _PART):
        parts.append(folder / f"{len(parts)}.{form}")
        options = _COPY[form] + (", HEADER false" if form == "csv" and len(parts) > 1 else "")
        query = _query(work, what, form, f"BETWEEN {start} AND {start + _PART - 1}")
        work.execute(f"COPY ({query}) TO '{quoted(parts[-1])}' ({options})")
    whole = folder / f"whole.{form}"
    if form == "parquet":
        names = ", ".join(f"'{quoted(part)}'" for part in parts)
        work.execute(f"COPY (FROM read_parquet([{names}])) TO '{quoted(whole)}' ({_COPY[form]})")
        return whole
    with whole.open("wb") as joined:
        for part in parts:
            with part.open("rb") as opened:
                shutil.copyfileobj(opened, joined, 1 << 20)
            part.unlink()
    return whole


def check_request(what: str, out: Path, force: bool) -> str:
    """Return the format of ``out``, or say why this cannot be exported there.

    Raises:
        UsageError: unknown ``what``, unknown ending, no such folder, or a file that exists.

    """
    if what not in WHAT:
        raise UsageError(f"{what!r} cannot be exported; there are {' and '.join(WHAT)}.")
    form = FORMATS.get(out.suffix.lower())
    if form is None:
        endings = ", ".join(FORMATS)
        raise UsageError(
            f"{out} has none of the endings {endings}, which tell the format; add one."
        )
    if not out.parent.is_dir():
        raise UsageError(f"The folder {out.parent} does not exist; make it first.")
    if out.is_dir():
        raise UsageError(f"{out} is a folder; name a file in it.")
    if out.exists() and not force:
        raise UsageError(f"{out} exists already; name another file, or overwrite it with --force.")
    return form


def _counted(work: duckdb.DuckDBPyConnection, what: str, out: Path, form: str) -> ExportReport:
    row = work.execute(
        "SELECT count(*), count(DISTINCT m.person), count(*) FILTER (m.person IS NULL), "
        "count(*) FILTER (e.absent_run IS NOT NULL) "
        "FROM entries e LEFT JOIN members m ON m.record = e.id"
    ).fetchone()
    rows, people, unlinked, absent = row or (0, 0, 0, 0)
    if what == "memberships" and not people:
        raise ArchiveError(
            "The archive is not linked yet, so that nobody knows which records are one person; "
            "run `byname link` first."
        )
    return ExportReport(what, str(out), form, rows, people, unlinked, absent)


# --- what is written ------------------------------------------------------------------------

_FROM = "FROM entries e JOIN sources s ON s.id = e.source LEFT JOIN members m ON m.record = e.id"
_CASE = ", ".join(f"{name} := {name}" for name in ("n", *CASE_FIELDS, "coded"))


def _query(work: duckdb.DuckDBPyConnection, what: str, form: str, ids: str) -> str:
    """Return the SELECT of ``what`` for some ids, safe for spreadsheets where it becomes CSV."""
    query = _memberships(ids) if what == "memberships" else _records(form, ids)
    if form != "csv":
        return query
    columns = work.execute(f"DESCRIBE {query}").fetchall()
    cells = (_safe(name) if kind == "VARCHAR" else f'"{name}"' for name, kind, *_ in columns)
    return f"SELECT {', '.join(cells)} FROM ({query})"


def _safe(name: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; all others stay as they are."""
    risky = ", ".join(f"chr({ord(letter)})" for letter in FORMULA)
    return (
        f"""CASE WHEN left("{name}", 1) IN ({risky}) """
        f"""THEN '''' || "{name}" ELSE "{name}" END AS "{name}" """
    )


def _memberships(ids: str) -> str:
    return (
        "SELECT s.title AS source, e.locator, 'p' || m.person AS person, 'r' || e.id AS record "
        f"{_FROM} WHERE e.id {ids} ORDER BY e.id"
    )


def _records(form: str, ids: str) -> str:
    fields = ", ".join(f"r.{name}" for name in TEXT_FIELDS)
    flat = form == "csv"
    lists = {
        "other_names": "array_to_string(r.other_names, '; ')" if flat else "r.other_names",
        "inferred": "array_to_string(r.inferred, '; ')" if flat else "r.inferred",
        # Fields that a case does not state are left out where cases are JSON.
        "cases": "c.cases"
        if form == "parquet"
        else "list_transform(c.cases, lambda one: json_merge_patch('{}', to_json(one)))::JSON",
    }
    named = {name: f"{sql}{'::VARCHAR' if flat else ''} AS {name}" for name, sql in lists.items()}
    coded = ", ".join(
        f"r.{name}::VARCHAR AS {name}" if flat else f"r.{name}" for name in ("coded", "doubts")
    )
    extra = "e.extra::VARCHAR AS extra" if flat else "e.extra"
    return (
        "SELECT 'r' || e.id AS record, 'p' || m.person AS person, s.title AS source, e.locator, "
        f"e.title, {fields}, {named['other_names']}, r.birth_year_low, r.birth_year_high, r.fate, "
        f"{named['inferred']}, {named['cases']}, {coded}, {extra}, e.raw, "
        f"e.absent_run IS NOT NULL AS absent {_FROM} JOIN records r ON r.id = e.id "
        f"LEFT JOIN (SELECT record, list(struct_pack({_CASE}) ORDER BY n) AS cases FROM cases "
        f"WHERE record {ids} GROUP BY record) c ON c.record = e.id WHERE e.id {ids} ORDER BY e.id"
    )
