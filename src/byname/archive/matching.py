"""Which entry of a new version of a list is which entry of the archive."""

from __future__ import annotations

import duckdb

POSITIONAL = r"(^|[\s,;:/])(line|row|record|paragraph|entry|item|block|without id) \d+( \(\d+\))?$"
"""Locators that only say where an entry stands, not which one it is: when a line is inserted,
everything after it has another one. Such entries are recognised by their words first."""

ALIKE = 0.6
"""Share of common words from which two texts at one place count as one text corrected."""


def match(connection: duckdb.DuckDBPyConnection, texts: str) -> None:
    """Make the table ``matched``: number of a winner -> id of the entry the archive has.

    An entry with an id of its own is known by it. One that only has a place is known by its
    words, and where these were corrected, by its neighbours. ``texts`` reads the new words.
    """
    _by_id(connection)
    row = connection.execute("SELECT count(*) FROM winners WHERE by_place").fetchone()
    if row and row[0]:
        _by_words(connection)
        _by_place(connection, texts)


def _by_id(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE matched AS
        SELECT w.seq, e.id
        FROM winners w JOIN entries e USING (source, locator)
        WHERE NOT w.by_place AND w.reason IS NULL
    """)


def _by_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Match the n-th entry with some wording to the n-th the archive has."""
    connection.execute(f"""
        INSERT INTO matched
        WITH new AS (
            SELECT seq, source, hash,
                   row_number() OVER (PARTITION BY source, hash ORDER BY seq) AS nth
            FROM winners WHERE by_place AND reason IS NULL
        ), old AS (
            SELECT id, source, hash, row_number() OVER (
                PARTITION BY source, hash ORDER BY absent_run IS NOT NULL, position, id) AS nth
            FROM entries WHERE source IN (SELECT source FROM winners WHERE by_place)
                AND regexp_matches(locator, '{POSITIONAL}')
        )
        SELECT new.seq, old.id FROM new JOIN old USING (source, hash, nth)
    """)


def _by_place(connection: duckdb.DuckDBPyConnection, texts: str) -> None:
    """Match corrected texts: the n-th unknown after an entry both versions have.

    Counting from the last common entry, not from the start, keeps an inserted line from
    shifting everything after it; being alike keeps strangers from replacing each other.
    """
    connection.execute(f"""
        INSERT INTO matched
        WITH new_after AS (
            SELECT w.seq, w.source, m.id AS known, last_value(m.id IGNORE NULLS) OVER (
                PARTITION BY w.source ORDER BY w.seq) AS after
            FROM winners w LEFT JOIN matched m USING (seq)
            WHERE w.by_place AND w.reason IS NULL
        ), old_after AS (
            SELECT e.id, e.source, m.id AS known, last_value(m.id IGNORE NULLS) OVER (
                PARTITION BY e.source ORDER BY e.position, e.id) AS after
            FROM entries e LEFT JOIN matched m ON m.id = e.id
            WHERE e.absent_run IS NULL AND e.source IN (SELECT source FROM new_after)
                AND regexp_matches(e.locator, '{POSITIONAL}')
        ), new AS (
            SELECT seq, source, after,
                   row_number() OVER (PARTITION BY source, after ORDER BY seq) AS nth
            FROM new_after WHERE known IS NULL
        ), old AS (
            SELECT id, source, after,
                   row_number() OVER (PARTITION BY source, after ORDER BY id) AS nth
            FROM old_after WHERE known IS NULL
        ), pairs AS (
            SELECT new.seq, old.id FROM new JOIN old
            ON new.source = old.source AND new.nth = old.nth
               AND new.after IS NOT DISTINCT FROM old.after
        ), words AS (
            SELECT p.seq, p.id, list_distinct(string_split(left(t.raw, 2000), ' ')) AS ours,
                   list_distinct(string_split(left(e.raw, 2000), ' ')) AS theirs
            FROM pairs p JOIN {texts} t USING (seq) JOIN entries e ON e.id = p.id
        )
        SELECT seq, id FROM words
        WHERE len(list_intersect(ours, theirs)) >= {ALIKE} * greatest(len(ours), len(theirs))
    """)
