"""One run of ``link``: work beside the archive, then write the people in one transaction.

A killed run leaves the archive as it was: everything until the last step happens in a file of
its own in the folder of ``scratch``.
"""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from byname.archive.adding import next_run
from byname.archive.connect import quoted, scratch
from byname.archive.grouping import group_all
from byname.archive.lists import Progress
from byname.people import linking
from byname.people.model import Model, from_json

WORK_MEMORY = "1800MB"
_GROWN = 2
"""Times the records of the last learning at which the model is learnt anew."""


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What ``link`` did.

    Attributes:
        records: in the archive.
        people: whom they speak of, as far as can be told.
        pairs: of records that were compared in this run.
        linked: pairs kept as evidence that two records are one person (even odds or better).
        fresh: records that were not linked before.
        learned: whether the weights were learnt in this run.
        decisions: human decisions honoured.
        seconds: it took.

    """

    records: int
    people: int
    pairs: int
    linked: int
    fresh: int
    learned: bool
    decisions: int
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the JSON of ``byname link``."""
        return asdict(self)


def link(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    version: str,
    progress: Progress,
    relearn: bool = False,
    keep_candidates: bool = False,
) -> LinkReport:
    """Link the records of the archive at ``path`` into people."""
    started, clock = datetime.now(UTC), time.perf_counter()
    known = None if relearn else _model(connection)
    folder = scratch(path)
    try:
        connection.execute(f"SET temp_directory = '{quoted(folder / 'duckdb')}'")
        fresh = _count(connection, _FRESH.format(what="count(*)"))
        model, pairs = known, 0
        if known is None or fresh:
            _hand_over(connection, folder / "work.duckdb")
            model, pairs = _score(folder, known, progress)
        progress.step("putting records together")
        connection.execute("BEGIN")
        try:
            if pairs or model is not known:
                _take_back(connection, folder / "work.duckdb", model, known, keep_candidates)
            report = _write_people(connection, pairs, fresh, model is not known)
            report = _timed(report, clock)
            _log(connection, version, started, report, relearn)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                connection.execute("ROLLBACK")
            raise
    finally:
        with suppress(duckdb.Error):
            connection.execute("DETACH DATABASE IF EXISTS work")
        shutil.rmtree(folder, ignore_errors=True)
    return report


_FRESH = "SELECT {what} FROM records WHERE id NOT IN (SELECT record FROM members)"


def _model(connection: duckdb.DuckDBPyConnection) -> Model | None:
    """Return the model in use, None when there is none or the archive has outgrown it."""
    row = connection.execute("SELECT model FROM models ORDER BY run DESC LIMIT 1").fetchone()
    if row is None:
        return None
    model = from_json(row[0])
    grown = _count(connection, "SELECT count(*) FROM records") > _GROWN * model.records
    return None if grown else model


def _hand_over(connection: duckdb.DuckDBPyConnection, work: Path) -> None:
    """Write the fields that are compared to a database of their own."""
    connection.execute(f"ATTACH '{quoted(work)}' AS work")
    connection.execute("""
        CREATE TABLE work.input AS
        WITH told AS (
            SELECT record, min(execution_date) AS executed,
                   list(arrest_date ORDER BY n) FILTER (arrest_date IS NOT NULL) AS arrests,
                   list(sentence_date ORDER BY n) FILTER (sentence_date IS NOT NULL) AS sentences
            FROM cases GROUP BY record
        )
        SELECT r.id AS record, e.source, r.surname, r.given, r.patronymic, r.other_names, r.sex,
               r.birth_date, r.birth_place,
               coalesce(json_extract_string(r.coded, '$.nationality'), lower(r.nationality))
                   AS nationality,
               r.residence, r.occupation, coalesce(t.executed, r.death_date) AS ended,
               t.arrests, t.sentences, e.extra
        FROM records r JOIN entries e ON e.id = r.id LEFT JOIN told t ON t.record = r.id
        ORDER BY r.id
    """)
    connection.execute(f"CREATE TABLE work.fresh AS {_FRESH.format(what='id AS record')}")
    connection.execute("DETACH work")


def _score(folder: Path, known: Model | None, progress: Progress) -> tuple[Model, int]:
    with duckdb.connect(str(folder / "work.duckdb")) as work:
        work.execute(f"SET memory_limit = '{WORK_MEMORY}'")
        work.execute(f"SET temp_directory = '{quoted(folder / 'work')}'")
        work.execute("SET enable_progress_bar = false")
        work.execute("SET preserve_insertion_order = false")
        return linking.score(work, known, progress.step)


def _take_back(
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    model: Model | None,
    known: Model | None,
    keep_candidates: bool,
) -> None:
    run = next_run(connection)
    connection.execute(f"ATTACH '{quoted(work)}' AS work (READ_ONLY)")
    if model is not None and model is not known:
        connection.execute("DELETE FROM links")
        connection.execute("INSERT INTO models VALUES (?, ?)", [run, model.as_json()])
    connection.execute(
        "INSERT INTO links SELECT left_record, right_record, weight, probability, prior, "
        "levels, bits, against, ? FROM work.weighed ORDER BY left_record, right_record",
        [run],
    )
    if keep_candidates:
        connection.execute(
            "CREATE OR REPLACE TABLE candidates AS "
            "SELECT left_record, right_record FROM work.candidates"
        )


def _write_people(
    connection: duckdb.DuckDBPyConnection, pairs: int, fresh: int, learned: bool
) -> LinkReport:
    linked = group_all(connection)
    return LinkReport(
        records=_count(connection, "SELECT count(*) FROM members"),
        people=_count(connection, "SELECT count(DISTINCT person) FROM members"),
        pairs=pairs,
        linked=linked,
        fresh=fresh,
        learned=learned,
        decisions=_count(connection, "SELECT count(*) FROM decisions WHERE undone IS NULL"),
        seconds=0.0,
    )


def _timed(report: LinkReport, clock: float) -> LinkReport:
    return replace(report, seconds=round(time.perf_counter() - clock, 3))


def _log(
    connection: duckdb.DuckDBPyConnection,
    version: str,
    started: datetime,
    report: LinkReport,
    relearn: bool,
) -> None:
    counts = {name: value for name, value in report.as_dict().items() if name != "seconds"}
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, 'link', ?, ?, ?, ?, 'done')",
        [
            next_run(connection), version, json.dumps({"relearn": relearn}),
            started.replace(tzinfo=None), report.seconds, json.dumps(counts),
        ],
    )  # fmt: skip


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
