"""Columns of the lists that are no field of a record, where they can tell people apart.

A table from outside (postcodes, insurance numbers) is compared by these too. Left out are
columns that number the rows, that are the same for everybody, that are long texts, or that
follow from a field already compared (coordinates of an address): counting those would count
the same evidence twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from byname.people.sql import row

_MOST = 10
_FEWEST_ROWS = 50
_LONGEST = 40
_DEPENDENT = 0.8
_KNOWN = (
    "surname", "given", "patronymic", "birth_date", "birth_place", "residence", "ended",
    "nationality", "occupation",
)  # fmt: skip
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Extra:
    """A further column: ``name`` in the lists, ``column`` among the features."""

    name: str
    column: str

    @property
    def sql(self) -> str:
        """The SQL of its value in the table ``input`` called ``i``."""
        path = self.name.replace("\\", "\\\\").replace('"', '\\"').replace("'", "''")
        value = f"""json_extract_string(i.extra, '$."{path}"')"""
        return f"nullif(lower(trim({value})), '')"


def extra_columns(connection: duckdb.DuckDBPyConnection) -> list[Extra]:
    """Return the further columns worth comparing, those that tell most people apart first."""
    rows = connection.execute("""
        SELECT key, count(*) AS n FROM (
            SELECT unnest(json_keys(extra)) AS key FROM input WHERE extra IS NOT NULL)
        GROUP BY key ORDER BY key
    """).fetchall()
    names = [name for name, count in rows if count >= _FEWEST_ROWS]
    if not names:
        return []
    numbered = [Extra(name, f"extra_{number}") for number, name in enumerate(names, 1)]
    columns = ", ".join(f"{extra.sql} AS {extra.column}" for extra in numbered)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE further AS
        SELECT i.record, {", ".join(f"lower(i.{name}) AS {name}" for name in _KNOWN)}, {columns}
        FROM (SELECT * FROM input WHERE extra IS NOT NULL
              ORDER BY hash(record) LIMIT {_SAMPLE}) i
    """)
    worth = [(_worth(connection, extra), extra) for extra in numbered]
    chosen = sorted((one for one in worth if one[0] > 0), key=lambda one: (-one[0], one[1].name))
    kept = [extra for _, extra in chosen if not _follows(connection, extra)][:_MOST]
    connection.execute("DROP TABLE further")
    return [Extra(extra.name, f"extra_{n}") for n, extra in enumerate(kept, 1)]


def _worth(connection: duckdb.DuckDBPyConnection, extra: Extra) -> float:
    """Return how many values the column tells apart, 0 where it is of no use."""
    c = extra.column
    found = row(
        connection,
        f"""
        SELECT count({c}), count(DISTINCT {c}), coalesce(avg(length({c})), 0),
               coalesce(max(n), 0), coalesce(sum(n * n), 0)
        FROM (SELECT {c}, count({c}) OVER (PARTITION BY {c}) AS n FROM further)
        WHERE {c} IS NOT NULL
    """,
    )
    filled, distinct, length, most, squares = found
    if filled < _FEWEST_ROWS or length > _LONGEST or distinct == filled or most > 0.9 * filled:
        return 0.0
    return float(filled / max(1.0, squares / filled))


def _follows(connection: duckdb.DuckDBPyConnection, extra: Extra) -> bool:
    """Tell whether the column repeats a known field or follows from it."""
    return _repeats_name(connection, extra.column) or any(
        _determined(connection, extra.column, known) for known in _KNOWN
    )


def _repeats_name(connection: duckdb.DuckDBPyConnection, column: str) -> bool:
    found = row(
        connection,
        f"""
        SELECT avg((contains({column}, surname) OR contains({column}, given)
                    OR contains(surname, {column}))::INT)
        FROM further WHERE {column} IS NOT NULL AND surname IS NOT NULL
    """,
    )
    return bool(found[0] is not None and found[0] > 0.4)


def _determined(connection: duckdb.DuckDBPyConnection, column: str, known: str) -> bool:
    """Tell whether people of different names who share ``known`` share ``column`` too."""
    names = [name for name in ("surname", "given") if name != known]
    differ = " AND ".join(f"a.{name} <> b.{name}" for name in names)
    found = row(
        connection,
        f"""
        WITH told AS (
            SELECT *, row_number() OVER (PARTITION BY {known} ORDER BY record) AS nth
            FROM further WHERE {known} IS NOT NULL AND {column} IS NOT NULL
        )
        SELECT avg((a.{column} = b.{column})::INT), count(*)
        FROM told a JOIN told b ON a.{known} = b.{known} AND b.nth = a.nth + 1 AND {differ}
    """,
    )
    return bool(found[1] >= 10 and found[0] > _DEPENDENT)
