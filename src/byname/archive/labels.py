"""A truth put into tables beside the archive: which record each of its rows speaks of.

``labels`` (record, person) for people; for pairs ``judged`` (left_record, right_record, same)
and ``labels`` (record). Temporary, so that the archive itself is only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb

from byname.archive.truth import TruePairs, TruePeople
from byname.errors import ListError

_EXAMPLES = 5
_PUT = 50_000


class Missing(NamedTuple):
    """Rows of a truth that name nobody in the archive, the first of them in words."""

    rows: int
    examples: tuple[str, ...]


def _put(
    work: duckdb.DuckDBPyConnection, columns: dict[str, str], values: Sequence[Sequence[Any]]
) -> None:
    """Make the table ``told`` with ``columns`` (name -> type) of ``values``, column by column."""
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    work.execute(f"CREATE TEMP TABLE told ({typed})")
    wanted = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
    for start in range(0, len(values[0]), _PUT):
        part = [column[start : start + _PUT] for column in values]
        work.execute(f"INSERT INTO told SELECT {wanted}", part)


_BY = {
    "record": "LEFT JOIN records e ON e.id = t.record",
    "locator": "LEFT JOIN (SELECT id, locator FROM entries WHERE absent_run IS NULL) e "
    "ON e.locator = t.locator",
    "source and locator": "LEFT JOIN (SELECT n.id, n.locator, s.title FROM entries n "
    "JOIN sources s ON s.id = n.source WHERE n.absent_run IS NULL) e "
    "ON e.locator = t.locator AND e.title = t.source",
}


def put_people(work: duckdb.DuckDBPyConnection, known: TruePeople) -> Missing:
    """Make the table ``labels`` (record, person) of the rows that name a record here.

    Raises:
        ListError: a locator stands in several lists, a record is given to two people, or no
            row names a record of the archive.

    """
    columns = {
        "line": "BIGINT",
        "record": "BIGINT",
        "source": "VARCHAR",
        "locator": "VARCHAR",
        "person": "VARCHAR",
    }
    _put(work, columns, (known.lines, known.records, known.sources, known.locators, known.people))
    work.execute(
        "CREATE TEMP TABLE matched AS SELECT t.line, e.id AS record, t.source, t.locator, "
        f"t.person, t.record AS named FROM told t {_BY[known.by]}"
    )
    _refuse(work, known.shown)
    work.execute(
        "CREATE TEMP TABLE labels AS "
        "SELECT DISTINCT record, person FROM matched WHERE record IS NOT NULL"
    )
    absent = work.execute(
        "SELECT line, named, source, locator FROM matched WHERE record IS NULL ORDER BY line"
    ).fetchall()
    words = [
        (line, f"line {line} states no record or no person") for line in known.blank[:_EXAMPLES]
    ]
    for line, record, source, locator in absent[:_EXAMPLES]:
        where = f"{source}, {locator}" if source else locator
        words.append((line, f"line {line}: no {where or f'r{record}'}"))
    examples = tuple(text for _, text in sorted(words)[:_EXAMPLES])
    return _missing(work, known.shown, Missing(len(absent) + len(known.blank), examples))


def _refuse(work: duckdb.DuckDBPyConnection, shown: str) -> None:
    """Raise an error when a row of ``matched`` means two records, or a record two people."""
    twice = work.execute(
        "SELECT line, any_value(locator), count(*) FROM matched GROUP BY line "
        "HAVING count(*) > 1 ORDER BY line LIMIT 1"
    ).fetchone()
    if twice is not None:
        line, locator, lists = twice
        raise ListError(
            f"{shown}, line {line}, names the locator {locator!r}, which stands in {lists} lists "
            "of the archive; add a column source with the title of the list."
        )
    torn = work.execute(
        "SELECT record FROM matched WHERE record IS NOT NULL "
        "GROUP BY record HAVING count(DISTINCT person) > 1 ORDER BY record LIMIT 1"
    ).fetchone()
    if torn is not None:
        (first, one), (second, other) = work.execute(
            "SELECT min(line) AS first, person FROM matched WHERE record = ? "
            "GROUP BY person ORDER BY first LIMIT 2",
            torn,
        ).fetchall()
        raise ListError(
            f"{shown}, line {second}, gives the record r{torn[0]} to {other!r}, but line {first} "
            f"to {one!r}; keep one of them."
        )


def put_pairs(
    work: duckdb.DuckDBPyConnection, known: TruePairs
) -> tuple[dict[tuple[int, int], bool], Missing]:
    """Make the tables ``judged`` and ``labels``; return the pairs whose records are here.

    Raises:
        ListError: no pair is of records of the archive.

    """
    columns = {
        "line": "BIGINT",
        "left_record": "BIGINT",
        "right_record": "BIGINT",
        "same": "BOOLEAN",
    }
    _put(work, columns, (known.lines, known.lefts, known.rights, known.same))
    work.execute(
        "CREATE TEMP TABLE judged AS SELECT * FROM told "
        "WHERE left_record IN (SELECT id FROM records) "
        "AND right_record IN (SELECT id FROM records)"
    )
    work.execute(
        "CREATE TEMP TABLE labels AS SELECT left_record AS record FROM judged "
        "UNION SELECT right_record FROM judged"
    )
    absent = work.execute(
        "SELECT line, left_record, right_record FROM told ANTI JOIN judged USING (line) "
        "ORDER BY line"
    ).fetchall()
    examples = tuple(f"line {line}: no r{a} or no r{b}" for line, a, b in absent[:_EXAMPLES])
    missing = _missing(work, known.shown, Missing(len(absent), examples))
    pairs = work.execute("SELECT left_record, right_record, same FROM judged").fetchall()
    return {(left, right): same for left, right, same in pairs}, missing


def _missing(work: duckdb.DuckDBPyConnection, shown: str, missing: Missing) -> Missing:
    """Return ``missing``, or raise an error when nothing but it was found."""
    if work.execute("SELECT 1 FROM labels LIMIT 1").fetchone() is not None:
        return missing
    first = f" ({missing.examples[0]})" if missing.examples else ""
    raise ListError(
        f"{shown} names no record of this archive{first}; `byname export memberships -` prints "
        "the records there are with their sources and locators."
    )
