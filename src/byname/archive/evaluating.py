"""Measuring the people of an archive against a known truth: TRUTH is joined in DuckDB.

Nothing is written: the tables of a run are temporary and end with its cursor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from byname.archive import labels, truth
from byname.archive.connect import open_file, sentences
from byname.archive.labels import Missing
from byname.archive.lists import Progress, Silence
from byname.archive.truth import TruePairs
from byname.errors import ArchiveError, UsageError
from byname.people import estimates
from byname.people.estimates import DRAWN, Estimate, Population
from byname.people.evaluation import (
    Calibration,
    Evaluation,
    PairEvaluation,
    calibrate,
    evaluate_pairs,
)
from byname.people.evaluation import evaluate as evaluate_people
from byname.version import VERSION

NOT_LINKED = "{name} is not linked yet; run `byname link` first."
_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """How good the people of an archive are, as far as a truth can tell.

    Attributes:
        truth: name of the file.
        found: the plain numbers, over the records (or pairs) of the truth.
        records: of the archive that the truth speaks of.
        archive_records: in the archive altogether.
        unlinked: records judged that were added or changed since the last link; each counts
            as a person of its own.
        blocking_recall: share of the true pairs that were compared at all, None when the
            archive does not keep the pairs compared.
        calibration: whether the probabilities of pairs mean what they say.
        estimates: for the whole archive with standard errors, when the truth is a sample.
        unmatched: rows of the truth that name nobody in the archive.
        unmatched_examples: the first of them, in words.
        notes: what the reader should know, a sentence each.

    """

    truth: str
    found: Evaluation | PairEvaluation
    records: int
    archive_records: int
    unlinked: int
    blocking_recall: float | None
    calibration: Calibration | None
    estimates: dict[str, Estimate] | None
    unmatched: int
    unmatched_examples: tuple[str, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the JSON of ``byname evaluate``."""
        document: dict[str, Any] = asdict(self)
        found: dict[str, Any] = document.pop("found")
        if isinstance(self.found, PairEvaluation):
            found["labelled_pairs"] = found.pop("pairs")
            found["true_pairs"] = found.pop("same")
            found["predicted_pairs"] = found.pop("predicted")
            found["right_pairs"] = found.pop("right")
        basis = "pairs" if isinstance(self.found, PairEvaluation) else "people"
        return {"truth": document.pop("truth"), "basis": basis} | found | document


def evaluate_file(
    archive: Path, path: Path, drawn: str = "people", progress: Progress | None = None
) -> EvaluationReport:
    """Measure the archive at ``archive`` against the truth at ``path``."""
    connection = open_file(archive, True, VERSION)
    try:
        with sentences(archive):
            return evaluate(connection, path, drawn, progress, archive.name)
    finally:
        connection.close()


def evaluate(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    drawn: str = "people",
    progress: Progress | None = None,
    name: str = "The archive",
) -> EvaluationReport:
    """Measure the people of an archive against the truth at ``path``.

    Args:
        connection: to the archive.
        path: a table, see ``truth``.
        drawn: one of ``DRAWN``, how a sample was drawn, for the estimates.
        progress: told what is being done.
        name: of the archive, for messages.

    Raises:
        UsageError: ``drawn`` is none of ``DRAWN``.
        ArchiveError: the archive is not linked yet.
        ListError: the truth cannot be read, contradicts itself, or names nobody here.

    """
    if drawn not in DRAWN:
        raise UsageError(f"A sample is drawn by {' or by '.join(DRAWN)}, not by {drawn!r}.")
    say = (progress or Silence()).step
    with connection.cursor() as work:
        if not _number(work, "SELECT count(*) FROM members"):
            raise ArchiveError(NOT_LINKED.format(name=name))
        say("reading the truth")
        known = truth.read_truth(path)
        if isinstance(known, TruePairs):
            say("comparing pairs")
            return _judge_pairs(work, known)
        missing = labels.put_people(work, known)
        say("comparing people")
        return _judge_people(work, known.shown, drawn, missing)


# --- people ---------------------------------------------------------------------------------


def _judge_people(
    work: duckdb.DuckDBPyConnection, shown: str, drawn: str, missing: Missing
) -> EvaluationReport:
    predicted: dict[int, int] = {}
    real: dict[int, str] = {}
    for record, person, true in work.execute(
        "SELECT l.record, coalesce(m.person, -l.record), l.person FROM labels l "
        "LEFT JOIN members m ON m.record = l.record"
    ).fetchall():
        predicted[record], real[record] = person, true
    found = evaluate_people(predicted, real)
    records = _number(work, "SELECT count(*) FROM records")
    notes: list[str] = []
    estimated = None
    if records > len(real):
        touched = _touched(work)
        estimated = estimates.estimate(touched, real, _population(work), drawn)
        notes.append(_sampled(len(touched) - len(real)))
        if estimated is None:
            notes.append(estimates.HOW_TO_INSTALL)
    return EvaluationReport(
        truth=shown,
        found=found,
        records=len(real),
        archive_records=records,
        unlinked=sum(person < 0 for person in predicted.values()),
        blocking_recall=_blocking_recall(work, _SAME_PEOPLE, found.true_pairs),
        calibration=calibrate(_scored(work, _SCORED_PEOPLE)),
        estimates=estimated,
        unmatched=missing.rows,
        unmatched_examples=missing.examples,
        notes=tuple(notes),
    )


def _sampled(strangers: int) -> str:
    """Return what a reader of numbers from a sample should know."""
    return (
        "TRUTH is a sample: the plain numbers see only its own records and flatter. Estimates "
        "and probabilities take it to hold every record of its people, and so count as wrong "
        f"the {strangers:,} other records that were put with them."
    )


def _touched(work: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Return record -> person for all records of the people who hold a labelled record."""
    return dict(
        work.execute(
            "SELECT record, person FROM members WHERE person IN "
            "(SELECT m.person FROM members m JOIN labels l ON l.record = m.record) "
            "UNION ALL SELECT record, -record FROM labels "
            "WHERE record NOT IN (SELECT record FROM members)"
        ).fetchall()
    )


def _population(work: duckdb.DuckDBPyConnection) -> Population:
    records = _number(work, "SELECT count(*) FROM records")
    linked = _number(work, "SELECT count(*) FROM members")
    people = _number(work, "SELECT count(DISTINCT person) FROM members")
    return Population(records, people + records - linked)


# --- pairs ----------------------------------------------------------------------------------


def _judge_pairs(work: duckdb.DuckDBPyConnection, known: TruePairs) -> EvaluationReport:
    labelled, missing = labels.put_pairs(work, known)
    predicted = dict(
        work.execute(
            "SELECT record, person FROM members SEMI JOIN labels USING (record)"
        ).fetchall()
    )
    found = evaluate_pairs(predicted, labelled)
    records = _number(work, "SELECT count(*) FROM labels")
    return EvaluationReport(
        truth=known.shown,
        found=found,
        records=records,
        archive_records=_number(work, "SELECT count(*) FROM records"),
        unlinked=records - len(predicted),
        blocking_recall=_blocking_recall(work, _SAME_PAIRS, found.same),
        calibration=calibrate(_scored(work, _SCORED_PAIRS)),
        estimates=None,
        unmatched=missing.rows,
        unmatched_examples=missing.examples,
        notes=("The numbers are about the pairs of TRUTH only, not about all records.",),
    )


# --- what both have -------------------------------------------------------------------------

_SAME_PEOPLE = (
    "SELECT least(c.left_record, c.right_record), greatest(c.left_record, c.right_record) "
    "FROM {table} c JOIN labels a ON a.record = "
    "c.left_record JOIN labels b ON b.record = c.right_record AND b.person = a.person"
)
_SAME_PAIRS = (
    "SELECT j.left_record, j.right_record FROM {table} c JOIN judged j "
    "ON j.left_record = c.left_record AND j.right_record = c.right_record AND j.same"
)
# A sampled person's pairs with strangers are met once when both are sampled, and else with
# half the chance of his own pairs (from one of two ends): so they weigh a half or one.
_SCORED_PEOPLE = (
    "SELECT k.probability, coalesce(a.person = b.person, false), "
    "CASE WHEN a.record IS NOT NULL AND b.record IS NOT NULL "
    "THEN 1.0 ELSE 0.5 END "
    "FROM links k LEFT JOIN labels a ON a.record = k.left_record "
    "LEFT JOIN labels b ON b.record = k.right_record "
    "WHERE a.record IS NOT NULL OR b.record IS NOT NULL"
)
_SCORED_PAIRS = (
    "SELECT k.probability, j.same, 1.0 FROM links k JOIN judged j "
    "ON j.left_record = k.left_record AND j.right_record = k.right_record"
)


def _scored(work: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[float, bool, float]]:
    rows = work.execute(sql)
    while batch := rows.fetchmany(_BATCH):
        for probability, same, weight in batch:
            yield probability, same, float(weight)


def _blocking_recall(work: duckdb.DuckDBPyConnection, sql: str, true_pairs: int) -> float | None:
    """Return the share of the true pairs that were compared: candidates, or scored earlier."""
    kept = _number(
        work,
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'candidates' "
        "AND database_name = current_database()",
    )
    if not kept or not true_pairs:
        return None
    met = " UNION ".join(sql.format(table=table) for table in ("candidates", "links"))
    return _number(work, f"SELECT count(*) FROM ({met})") / true_pairs


def _number(work: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = work.execute(sql).fetchone()
    return int(row[0]) if row else 0
