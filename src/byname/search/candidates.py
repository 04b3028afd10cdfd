"""The few hundred records worth ranking, found through the index in two queries.

The distinct parts of names are compared by what they sound like, which is plain ASCII (the
distance function of DuckDB counts bytes); the record's own spelling decides in the ranking.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import duckdb

from byname.search.query import Query
from byname.search.similar import likeness

MOST_CANDIDATES = 300
_KIND_WEIGHT = {"surname": 1.0, "other": 0.95, "patronymic": 0.55, "given": 0.5}


class Hit(NamedTuple):
    """A distinct name part that a word of the query may mean."""

    word: int
    part: int
    weight: float


def candidates(connection: duckdb.DuckDBPyConnection, query: Query) -> list[int]:
    """Return the ids of at most ``MOST_CANDIDATES`` records, most promising first."""
    hits = _hits(connection, query)
    if not hits:
        return []
    rows = connection.execute(
        """
        WITH hits AS (
            SELECT unnest(from_json(?, '[{"word": "INTEGER", "part": "INTEGER",
                                          "weight": "DOUBLE"}]'), recursive := true)
        ), best AS (
            SELECT p.record, h.word, max(h.weight) AS weight
            FROM name_postings p JOIN hits h USING (part) GROUP BY ALL
        ), summed AS (SELECT record, sum(weight) AS weight FROM best GROUP BY record)
        SELECT s.record
        FROM summed s JOIN records r ON r.id = s.record
        ORDER BY s.weight + CASE
                WHEN ?::INTEGER IS NULL OR r.birth_year_low IS NULL THEN 0
                WHEN ?::INTEGER BETWEEN r.birth_year_low AND r.birth_year_high THEN 0.5
                WHEN ?::INTEGER BETWEEN r.birth_year_low - 2 AND r.birth_year_high + 2 THEN 0.3
                ELSE 0 END
            + CASE WHEN ? <> '' AND r.given IS NOT NULL
                    AND contains(?, lower(left(r.given, 1))) THEN 0.2 ELSE 0 END
            DESC, s.record
        LIMIT ?
        """,
        [
            json.dumps([hit._asdict() for hit in hits]),
            query.born, query.born, query.born,
            _initials(query), _initials(query),
            MOST_CANDIDATES,
        ],
    ).fetchall()  # fmt: skip
    return [row[0] for row in rows]


def _initials(query: Query) -> str:
    return "".join(form[0] for word in query.words if word.initial for form in word.forms)


def _hits(connection: duckdb.DuckDBPyConnection, query: Query) -> list[Hit]:
    asked = [
        {"word": number, "key": key, "typos": _typos(key)}
        for number, word in enumerate(query.words)
        if not word.initial
        for key in word.keys
    ]
    rows = connection.execute(
        """
        WITH asked AS (
            SELECT unnest(from_json(?, '[{"word": "INTEGER", "key": "VARCHAR",
                                          "typos": "INTEGER"}]'), recursive := true)
        )
        SELECT DISTINCT a.word, p.id, p.kind, p.part
        FROM name_parts p JOIN asked a
            ON length(p.key) BETWEEN length(a.key) - a.typos AND length(a.key) + a.typos
            AND levenshtein(p.key, a.key) <= a.typos
        """,
        [json.dumps(asked)],
    ).fetchall()
    hits = []
    for number, part, kind, text in rows:
        value = likeness(query.words[number], text).value
        if value >= 0.55:
            hits.append(Hit(number, part, value * _KIND_WEIGHT[kind]))
    return hits


def _typos(key: str) -> int:
    if len(key) < 3:
        return 1 if len(key) == 2 else 0
    return 1 if len(key) < 5 else 2
