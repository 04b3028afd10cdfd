"""What people decide about two records: kept with author, time and score, never deleted.

A new decision on a pair replaces the one before, which stays in the table with the time it
was replaced. Deciding changes people at once, but only those it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from byname.archive import people, reading
from byname.archive.grouping import regroup
from byname.errors import UsageError


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as kept; ``weight`` and ``probability`` are those of that moment."""

    id: int
    left: str
    right: str
    same: bool
    author: str
    note: str
    made: str
    weight: float | None
    probability: float | None
    undone: str | None
    undone_by: str | None
    undone_note: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the decision as plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision changed: the people that hold the two records now."""

    decision: Decision
    people: list[str]
    warning: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as plain values for JSON."""
        return asdict(self)


def record_number(connection: duckdb.DuckDBPyConnection, record: str | int) -> int:
    """Return the number of a record named "r12" or 12; a sentence when there is none."""
    text = str(record).strip().removeprefix("r")
    if not text.isdecimal():
        raise UsageError(
            f"{record!r} is not the id of a record; `byname show` prints ids such as r12."
        )
    number = min(int(text), 2**62)
    if not connection.execute("SELECT 1 FROM records WHERE id = ?", [number]).fetchall():
        raise UsageError(f"There is no record r{number}; `byname find` prints the ids there are.")
    return number


def decide(
    connection: duckdb.DuckDBPyConnection,
    pair: tuple[str | int, str | int],
    same: bool,
    author: str,
    note: str = "",
) -> Decided:
    """Keep the decision on a pair of records and carry it out."""
    left, right = sorted(record_number(connection, record) for record in pair)
    if left == right:
        raise UsageError(f"r{left} is one record; a decision is about two.")
    if not author.strip():
        raise UsageError("A decision needs its author; say who decides with --by.")
    now = datetime.now(UTC).replace(tzinfo=None)
    known = people.evidence(connection, left, right)
    connection.execute("BEGIN")
    try:
        _replace(connection, left, right, (now, author, "replaced by a newer decision"))
        connection.execute(
            "INSERT INTO decisions VALUES ((SELECT coalesce(max(id), 0) + 1 FROM decisions), "
            "?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
            [left, right, same, author.strip(), note, now, known.weight, known.probability],
        )
        regroup(connection, [left, right])
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    newest = decisions(connection, "WHERE id = (SELECT max(id) FROM decisions)")[0]
    held = _people(connection, left, right)
    return Decided(newest, held, _warning(same, held))


_WAITS = "The records were not linked yet; `byname link` carries the decision out."


def undo(
    connection: duckdb.DuckDBPyConnection,
    pair: tuple[str | int, str | int],
    author: str,
    note: str = "",
) -> Decided:
    """Take back the decision on a pair; people are again what the evidence says."""
    left, right = sorted(record_number(connection, record) for record in pair)
    where = f"WHERE left_record = {left} AND right_record = {right} AND undone IS NULL"
    found = decisions(connection, where)
    if not found:
        raise UsageError(f"There is no decision on r{left} and r{right} to take back.")
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("BEGIN")
    try:
        _replace(connection, left, right, (now, author, note))
        regroup(connection, [left, right])
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    undone = decisions(connection, f"WHERE id = {found[0].id}")[0]
    return Decided(undone, _people(connection, left, right))


def decisions(connection: duckdb.DuckDBPyConnection, where: str = "") -> list[Decision]:
    """Return the decisions, the oldest first, those taken back among them."""
    rows = reading.rows(
        connection,
        f"""
        SELECT id, 'r' || left_record AS "left", 'r' || right_record AS "right", same, author,
               note, made, weight, probability, undone, undone_by, undone_note
        FROM decisions {where} ORDER BY id
        """,
    )
    return [Decision(**row) for row in rows]


def _replace(
    connection: duckdb.DuckDBPyConnection,
    left: int,
    right: int,
    undone: tuple[datetime, str, str],
) -> None:
    connection.execute(
        "UPDATE decisions SET undone = ?, undone_by = ?, undone_note = ? "
        "WHERE left_record = ? AND right_record = ? AND undone IS NULL",
        [*undone, left, right],
    )


def _people(connection: duckdb.DuckDBPyConnection, *records: int) -> list[str]:
    found = (people.members_of(connection, record) for record in records)
    return [
        f"p{held[0]}" if held else f"r{record}" for held, record in zip(found, records, strict=True)
    ]


def _warning(same: bool, held: Iterable[str]) -> str | None:
    held = list(held)
    if any(person.startswith("r") for person in held):
        return _WAITS
    apart = len(set(held)) > 1
    if same and apart:
        return "Another decision says that they are different people; they stay apart until undone."
    if not same and not apart:
        return "Other decisions join them through a third record; they stay together until undone."
    return None
