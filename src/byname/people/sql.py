"""Small helpers over a DuckDB connection."""

from __future__ import annotations

from typing import Any

import duckdb


def row(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    """Return the one row of ``sql``; the result is fetched whole, as Splink needs it."""
    found: tuple[Any, ...] = connection.execute(sql).fetchall()[0]
    return found


def number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """Return the one number of ``sql``, 0 for NULL."""
    return int(row(connection, sql)[0] or 0)
