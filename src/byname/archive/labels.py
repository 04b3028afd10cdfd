"""A truth put into tables beside the archive: which record each of its rows speaks of.

``labels`` (record, person) for people; for pairs ``judged`` (left_record, right_record, same)
and ``labels`` (record). Temporary, so that the archive itself is only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb

from byname.archive import truth
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
    work.execute(
        "CREATE TEMP TABLE told (line BIGINT, record BIGINT, source VARCHAR, locator VARCHAR, "
        "person VARCHAR)"
    )
    columns = (known.lines, known.records, known.sources, known.locators, known.people)
    for start in range(0, len(known.lines), _PUT):
        work.execute(
            "INSERT INTO told SELECT unnest(?::BIGINT[]), unnest(?::BIGINT[]), "
            "unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [column[start : start + _PUT] for column in columns],
        )
    work.execute(
        "CREATE TEMP TABLE matched AS SELECT t.line, e.id AS record, t.source, t.locator, "
        f"t.person, t.record AS named FROM told t {_BY[known.by]}"
    )
    twice = work.execute(
        "SELECT line, any_value(locator), count(*) FROM matched GROUP BY line "
        "HAVING count(*) > 1 ORDER BY line LIMIT 1"
    ).fetchone()
    if twice is not None:
        raise truth.ambiguous(known.shown, *twice)
    torn = work.execute(
        "SELECT record, list(DISTINCT person) FROM matched WHERE record IS NOT NULL "
        "GROUP BY record HAVING count(DISTINCT person) > 1 ORDER BY record LIMIT 1"
    ).fetchone()
    if torn is not None:
        said = work.execute(
            "SELECT min(line) AS first, person FROM matched WHERE record = ? "
            "GROUP BY person ORDER BY first LIMIT 2",
            [torn[0]],
        ).fetchall()
        raise truth.contradiction(
            known.shown, [line for line, _ in said], torn[0], [person for _, person in said]
        )
    work.execute(
        "CREATE TEMP TABLE labels AS "
        "SELECT DISTINCT record, person FROM matched WHERE record IS NOT NULL"
    )


def _unmatched(work: duckdb.DuckDBPyConnection, known: TruePeople) -> tuple[int, tuple[str, ...]]:
    absent = work.execute(
        "SELECT line, named, source, locator FROM matched WHERE record IS NULL ORDER BY line"
    ).fetchall()
    words = [f"line {line} names no record or no person" for line in known.blank[:_EXAMPLES]]
    for line, record, source, locator in absent[:_EXAMPLES]:
        where = f"{source}, {locator}" if source else locator
        words.append(f"line {line}: no {f'r{record}' if known.by == 'record' else where}")
    return len(absent) + len(known.blank), tuple(words[:_EXAMPLES])


def _nobody(shown: str, examples: tuple[str, ...]) -> ListError:
    first = f" ({examples[0]})" if examples else ""
    return ListError(
        f"{shown} names no record of this archive{first}; `byname export memberships -` prints "
        "the records there are with their sources and locators."
    )
