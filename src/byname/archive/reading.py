"""Reading an archive back: what was added, what was rejected, one entry with its record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from byname.archive.schema import TEXT_FIELDS
from byname.records import CASE_FIELDS

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of an entry that a corrected list replaced."""

    raw: str
    title: str | None
    added: str
    replaced: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One record beside the entry it was read from."""

    record: int
    source: str
    locator: str
    line: int | None
    kind: str
    title: str | None
    raw: str
    extra: dict[str, str]
    absent: bool
    fields: dict[str, str]
    other_names: list[str]
    cases: list[dict[str, Any]]
    fate: str | None
    inferred: list[str]
    coded: dict[str, str]
    doubts: list[dict[str, str]]
    spans: dict[str, list[Any]]
    history: list[Wording] = field(default_factory=list)

    def as_dict(self) -> Row:
        """Return everything as plain values for JSON."""
        return asdict(self)


def rows(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """Return the result of ``sql`` as dicts; times as ISO text."""
    cursor = connection.execute(sql, list(values))
    names = [column[0] for column in cursor.description or ()]
    return [
        {name: _plain(value) for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _plain(value: Any) -> Any:
    return value.isoformat(timespec="seconds") + "Z" if isinstance(value, datetime) else value


def sources(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the lists of the archive with their sizes, in the order they were added."""
    return rows(
        connection,
        """
        WITH held AS (
            SELECT source, count(*) AS entries,
                   count(*) FILTER (absent_run IS NOT NULL) AS absent
            FROM entries GROUP BY source
        ), refused AS (
            SELECT source, count(*) AS rejected FROM rejected
            WHERE absent_run IS NULL GROUP BY source
        )
        SELECT s.id, s.title, coalesce(h.entries, 0) AS entries,
               coalesce(h.absent, 0) AS absent,
               coalesce(r.rejected, 0) AS rejected, s.format, s.file, s.sha256, s.encoding,
               s.publisher, s.licence, s.citation,
               a.started AS first_added, z.started AS last_changed
        FROM sources s LEFT JOIN held h ON h.source = s.id LEFT JOIN refused r ON r.source = s.id
             LEFT JOIN runs a ON a.id = s.first_run LEFT JOIN runs z ON z.id = s.last_run
        ORDER BY s.id
        """,
    )


def runs(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the log, oldest first."""
    found = rows(connection, "SELECT * FROM runs ORDER BY id")
    for row in found:
        row["arguments"] = json.loads(row["arguments"])
        row["counts"] = json.loads(row["counts"])
    return found


def rejected(connection: duckdb.DuckDBPyConnection, limit: int | None = None) -> list[Row]:
    """Return what could not be read as an entry, with the reasons."""
    return rows(
        connection,
        f"""
        SELECT s.title AS source, r.locator, r.reason, r.raw, u.started AS since,
               r.absent_run IS NOT NULL AS absent
        FROM rejected r JOIN sources s ON s.id = r.source LEFT JOIN runs u ON u.id = r.run
        ORDER BY r.source, r.rowid {"LIMIT " + str(int(limit)) if limit is not None else ""}
        """,
    )


def show(connection: duckdb.DuckDBPyConnection, record: int) -> Shown | None:
    """Return record ``record`` with its entry, or None when there is none."""
    found = rows(
        connection,
        """
        SELECT s.title AS source_title, e.locator, e.line, e.kind AS entry_kind, e.title, e.raw,
               e.extra, e.absent_run IS NOT NULL AS absent, r.*
        FROM entries e JOIN sources s ON s.id = e.source JOIN records r ON r.id = e.id
        WHERE e.id = ?
        """,
        [record],
    )
    if not found:
        return None
    row = found[0]
    return Shown(
        record=record,
        source=row["source_title"],
        locator=row["locator"],
        line=row["line"],
        kind=row["entry_kind"],
        title=row["title"],
        raw=row["raw"],
        extra=_json(row["extra"], {}),
        absent=row["absent"],
        fields={name: row[name] for name in TEXT_FIELDS if row[name] is not None},
        other_names=row["other_names"],
        cases=_cases(connection, record),
        fate=row["fate"],
        inferred=row["inferred"],
        coded=_json(row["coded"], {}),
        doubts=_json(row["doubts"], []),
        spans=_json(row["spans"], {}),
        history=_history(connection, record),
    )


def _cases(connection: duckdb.DuckDBPyConnection, record: int) -> list[Row]:
    cases = []
    for row in rows(connection, "SELECT * FROM cases WHERE record = ? ORDER BY n", [record]):
        case: Row = {"n": row["n"]}
        case |= {name: row[name] for name in CASE_FIELDS if row[name] is not None}
        if row["coded"]:
            case["coded"] = json.loads(row["coded"])
        cases.append(case)
    return cases


def _history(connection: duckdb.DuckDBPyConnection, record: int) -> list[Wording]:
    found = rows(
        connection,
        """
        SELECT h.raw, h.title, a.started AS added, z.started AS replaced
        FROM entry_history h JOIN runs a ON a.id = h.from_run JOIN runs z ON z.id = h.until_run
        WHERE h.entry = ? ORDER BY h.until_run
        """,
        [record],
    )
    return [Wording(**row) for row in found]


def _json(text: str | None, empty: Any) -> Any:
    return json.loads(text) if text else empty
