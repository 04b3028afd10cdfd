"""One run of ``add``: stage outside the archive, then write everything in one transaction."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from byname import search
from byname.archive.connect import quoted, scratch
from byname.archive.lists import AddReport, ListToAdd, Progress
from byname.archive.merge import Merge
from byname.archive.staging import Staged, stage
from byname.errors import ListError


def add(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    version: str,
    lists: Sequence[ListToAdd],
    progress: Progress,
) -> tuple[AddReport, Path | None]:
    """Read ``lists`` into the archive at ``path``: all of them, or none.

    ``connection`` leads to the copy that is written. The second value is the index made for it,
    to be put in its place when the copy is, or None when nothing has changed.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    folder = scratch(path)
    index: Path | None = None
    try:
        connection.execute(f"SET temp_directory = '{quoted(folder / 'duckdb')}'")
        staged = stage(lists, folder, progress)
        connection.execute("BEGIN")
        try:
            report = _write(connection, staged, progress)
            report.seconds = round(time.perf_counter() - clock, 3)
            _log(connection, version, lists, started, report)
            if report.added + report.updated + report.reread:
                index = search.prepare(connection, path, progress.step)
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            if index is not None:
                index.unlink(missing_ok=True)
            raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return report, index


def _write(connection: duckdb.DuckDBPyConnection, staged: Staged, progress: Progress) -> AddReport:
    progress.step("comparing with the archive")
    merge = Merge(connection, staged, next_run(connection))
    report = merge.write()
    if report.read == report.rejected:
        raise ListError(_nothing_read(staged, report))
    row = connection.execute("SELECT count(*) FROM records").fetchone()
    report.records = row[0] if row else 0
    return report


def _nothing_read(staged: Staged, report: AddReport) -> str:
    names = ", ".join(str(file.list.path) for file in staged.files)
    reason = next(iter(report.reasons), "it is empty")
    return (
        f"Nothing in {names} could be read as an entry ({report.rejected:,} rejected, most "
        f"because: {reason.rstrip('.')}). Name its layout with --format."
    )


def next_run(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the run that is about to be written."""
    row = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM runs").fetchone()
    return int(row[0]) if row else 1


def _log(
    connection: duckdb.DuckDBPyConnection,
    version: str,
    lists: Sequence[ListToAdd],
    started: datetime,
    report: AddReport,
) -> None:
    arguments = [
        {"file": wanted.path.name, "source": wanted.source_title}
        | ({"format": wanted.format} if wanted.format else {})
        | ({"mapping": wanted.mapping.name} if wanted.mapping else {})
        for wanted in lists
    ]
    counts = {name: value for name, value in report.as_dict().items() if name != "seconds"}
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, 'add', ?, ?, ?, ?, 'done')",
        [
            next_run(connection), version, json.dumps(arguments, ensure_ascii=False),
            started.replace(tzinfo=None), report.seconds, json.dumps(counts, ensure_ascii=False),
        ],
    )  # fmt: skip


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):  # beyond use then; closing it discards the transaction
        connection.execute("ROLLBACK")
