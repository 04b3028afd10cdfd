"""The columns that tallies are counted from: one row a record, coded once, when it is read.

A count over millions must not read dates and places again, so ``add`` writes what each record
says of each event (whether, from which day to which), and the keys of its region, occupation,
party and the rest, into the table ``facts``. Words are coded by distinct wording, not by record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import duckdb

from byname import vocabulary
from byname.counts.coding import UNKNOWN, articles, occupations, regions
from byname.counts.events import EVENTS
from byname.counts.joining import alone, joined
from byname.counts.regions import HEAD
from byname.dates import parse_edtf
from byname.pool import Pool

_EVENT_COLUMNS = ",\n    ".join(
    f"{event} UTINYINT, {event}_first DATE, {event}_last DATE" for event in EVENTS
)
_KEYS = """sex VARCHAR,
    nationality VARCHAR,        -- keys of the vocabulary; '?' for words that it lacks
    party VARCHAR,
    occupation VARCHAR,
    residence VARCHAR,          -- regions
    birth VARCHAR,
    death VARCHAR,              -- of death, else of burial
    sentence VARCHAR,           -- of the body that sentenced, else of the one that arrested
    body VARCHAR,
    fate VARCHAR,
    articles VARCHAR[],
    born_first SMALLINT,        -- years
    born_last SMALLINT,
    age SMALLINT,               -- as stated"""
FACTS_TABLES = f"""
CREATE TABLE facts (            -- what is counted of a record; see archive/facts.py
    record BIGINT,
    source INTEGER,
    {_KEYS}
    -- per event NULL where the record does not tell of it, else 0 without a date, 1 dated,
    -- 2 with words that are no date, 3 dated more than once, differently: the last case counts
    {_EVENT_COLUMNS}
);
CREATE TABLE person_facts (     -- the same of a person, once records were linked
    person BIGINT,
    sources INTEGER[],
    {_KEYS}
    -- as above, and 4 where the records' dates exclude each other, 5 where 3 and 4 hold
    {_EVENT_COLUMNS}
);
"""
"""Version 4."""

_AT_ONCE = 250_000
"""Records that are written at a time: the memory for millions at once would not do."""
_CHUNK = 20_000
_FEW = 40_000
"""Wordings from which on worker processes pay."""
_PLACES = ("residence", "birth_place", "death_place", "burial_place")
_BODIES = ("sentencing_body", "arrest_body")
_DATES = ("execution_date", "arrest_date", "sentence_date", "rehabilitation_date")


def write_facts(connection: duckdb.DuckDBPyConnection, records: str | None = None) -> None:
    """Write the facts of the records whose ids the SQL ``records`` selects, None for all."""
    inside = f" IN ({records})" if records else " IS NOT NULL"
    connection.execute(f"DELETE FROM facts WHERE record{inside}")
    _code(connection, inside)
    row = connection.execute(f"SELECT min(id), max(id) FROM records WHERE id{inside}").fetchone()
    if row is not None and row[0] is not None:
        for first in range(row[0], row[1] + 1, _AT_ONCE):
            within = f"{inside} AND $id BETWEEN {first} AND {first + _AT_ONCE - 1}"
            sql = _INSERT.replace("record$inside", "record" + within.replace("$id", "record"))
            connection.execute(sql.replace("r.id$inside", "r.id" + within.replace("$id", "r.id")))
    for name in _CODES:
        connection.execute(f"DROP TABLE {name}")
    connection.execute("DELETE FROM meta WHERE key = 'facts'")
    connection.execute("INSERT INTO meta VALUES ('facts', ?)", [vocabulary.fingerprint()])


def fresh(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the facts were coded with the vocabulary of today."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'facts'").fetchone()
    return row is not None and row[0] == vocabulary.fingerprint()


_LINKED = "SELECT 1 FROM members LIMIT 1"
_MANY = """
    SELECT record, person FROM members WHERE record <> person
    UNION ALL SELECT DISTINCT person, person FROM members WHERE record <> person
"""
"""The records of people who have several. A person bears the number of the first record."""


def write_people(connection: duckdb.DuckDBPyConnection, records: str | None = None) -> None:
    """Put the facts together by person, for the people of the records that SQL selects.

    ``records`` must hold all records of a person or none. Until records are linked, there is
    nothing to do. A record added since stands for a person of its own.
    """
    if not connection.execute(_LINKED).fetchall():
        return
    inside = f" IN ({records})" if records else " IS NOT NULL"
    connection.execute(f"DELETE FROM person_facts WHERE person{inside}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE many AS {_MANY}")
    single = f"FROM facts WHERE record{inside} AND record NOT IN (SELECT record FROM many)"
    connection.execute(f"INSERT INTO person_facts {alone(single)}")
    several = f"SELECT f.*, m.person FROM facts f JOIN many m USING (record) WHERE record{inside}"
    row = connection.execute("SELECT count(*) // ? + 1 FROM many", [_AT_ONCE]).fetchone()
    parts = int(row[0]) if row else 1
    for part in range(parts):
        some = f"{several} AND m.person % {parts} = {part}"
        connection.execute(f"INSERT INTO person_facts {joined(some)}")
    connection.execute("DROP TABLE many")


_CODES: dict[str, str] = {
    "fact_days": "first DATE, last DATE",
    "fact_texts": "head VARCHAR",
    "fact_heads": "key VARCHAR",
    "fact_regions": "key VARCHAR",
    "fact_occupations": "key VARCHAR",
    "fact_articles": "key VARCHAR[]",
}
"""Temporary tables: a wording (``text``) and what it means."""


def _code(connection: duckdb.DuckDBPyConnection, inside: str) -> None:
    """Make tables of the distinct wordings with what they mean."""
    cases = [(name, f"cases WHERE record{inside}") for name in (*_DATES, *_BODIES, "articles")]
    people = [
        (name, f"records WHERE id{inside}") for name in (*_PLACES, "occupation", "death_date")
    ]
    held = dict([*cases, *people])
    for name, task, columns in (
        ("fact_days", _intervals, (*_DATES, "death_date")),
        ("fact_regions", regions, (*_PLACES, *_BODIES)),
        ("fact_occupations", occupations, ("occupation",)),
        ("fact_articles", articles, ("articles",)),
    ):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} (text VARCHAR, {_CODES[name]})")
        parts = " UNION ".join(
            f"SELECT DISTINCT {column} AS text FROM {held[column]} AND {column} IS NOT NULL"
            for column in columns
        )
        if task is regions:
            parts = _write_heads(connection, parts)
        _write_codes(connection, name, task, f"{parts} ORDER BY text")


def _write_heads(connection: duckdb.DuckDBPyConnection, parts: str) -> str:
    """Code the places whose words of a region tell; return the SQL for the others.

    Millions of addresses name a few thousand regions in as many spellings.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE fact_heads (text VARCHAR, key VARCHAR);"
        "CREATE OR REPLACE TEMP TABLE fact_texts AS "
        f"SELECT text, {_head('text')} AS head FROM ({parts})"
    )
    heads = "SELECT DISTINCT head AS text FROM fact_texts WHERE head <> '' ORDER BY text"
    _write_codes(connection, "fact_heads", regions, heads)
    connection.execute(f"DELETE FROM fact_heads WHERE key = '{UNKNOWN}'")
    return "SELECT text FROM fact_texts WHERE head NOT IN (SELECT text FROM fact_heads)"


def _write_codes(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    task: Callable[[list[str]], list[Any]],
    sql: str,
) -> None:
    texts = [row[0] for row in connection.execute(sql).fetchall()]
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    kinds = [column.split()[1] for column in _CODES[name].split(", ")]
    for chunk, found in zip(chunks, _answers(task, chunks, len(texts)), strict=True):
        values = list(zip(*found, strict=True)) if len(kinds) > 1 else [found]
        columns = ", ".join(f"unnest(?::{kind}[])" for kind in ("VARCHAR", *kinds))
        connection.execute(
            f"INSERT INTO {name} SELECT {columns}", [chunk, *(list(column) for column in values)]
        )


def _answers(
    task: Callable[[list[str]], list[Any]], chunks: Sequence[list[str]], number: int
) -> Iterator[list[Any]]:
    if number < _FEW or task is _intervals:
        yield from map(task, chunks)
        return
    with Pool(task) as pool:
        yield from pool.map(chunks)


def _intervals(texts: list[str]) -> list[tuple[date | None, date | None]]:
    return [_interval(text) for text in texts]


def _interval(text: str) -> tuple[date | None, date | None]:
    try:
        found = parse_edtf(text)
    except ValueError:
        return None, None
    return found.start, found.end


def _state(said: str, text: str, first: str, several: str) -> str:
    """Return the SQL of an event's state; see ``FACTS_TABLES``."""
    return (
        f"CASE WHEN {text} IS NULL THEN (CASE WHEN {said} THEN 0 END) "
        f"WHEN {first} IS NULL THEN 2 WHEN {several} THEN 3 ELSE 1 END"
    )


_REGIONS = {
    "lived": "s.residence", "born": "s.birth_place", "ended": "s.died_at", "held": "s.body_words",
}  # fmt: skip
"""Regions in the order of their columns, each with the words it is read from."""


def _head(column: str) -> str:
    """Return the SQL of the words that name a region; see ``HEAD``."""
    return f"regexp_extract({column}, $${HEAD}$$, 0, 'i')"


def _joins_of_region(name: str, column: str) -> str:
    """Return the joins of a region: by the words that name it, else by the whole wording."""
    return (
        f"LEFT JOIN fact_heads {name}_head ON {name}_head.text = {_head(column)} "
        f"LEFT JOIN fact_regions {name} ON {name}.text = {column}"
    )


_INSERT = f"""
INSERT INTO facts
WITH told AS (
    SELECT record,
        arg_max(execution_date, n) AS executed,
        arg_max(arrest_date, n) AS arrested,
        bool_or(arrest_body IS NOT NULL) AS arrest_told,
        min(arrest_date) <> max(arrest_date) AS arrests,
        arg_max(sentence_date, n) FILTER (NOT closed) AS sentenced,
        bool_or(NOT closed AND (sentence IS NOT NULL OR sentencing_body IS NOT NULL))
            AS sentence_told,
        min(sentence_date) FILTER (NOT closed) <> max(sentence_date) FILTER (NOT closed)
            AS sentences,
        arg_max(rehabilitation_date, n) AS rehabilitated,
        bool_or(rehabilitation_body IS NOT NULL OR rehabilitation_grounds IS NOT NULL)
            AS rehabilitation_told,
        min(rehabilitation_date) <> max(rehabilitation_date) AS rehabilitations,
        min(execution_date) <> max(execution_date) AS executions,
        arg_max(coalesce(sentencing_body, arrest_body), n) AS body_words,
        coalesce(arg_max(json_extract_string(coded, '$.sentencing_body'), n),
                 CASE WHEN count(sentencing_body) > 0 THEN '?' END) AS body,
        list(articles ORDER BY n) FILTER (articles IS NOT NULL) AS articles
    FROM (SELECT *, coalesce(json_extract_string(coded, '$.sentence')
                             IN ('closed', 'released'), false) AS closed
          FROM cases WHERE record$inside)
    GROUP BY record
), numbers AS (
    SELECT record, list_sort(list_distinct(flatten(list(coalesce(a.key, ['?']))))) AS articles
    FROM (SELECT record, unnest(articles) AS text FROM told WHERE articles IS NOT NULL)
         LEFT JOIN fact_articles a USING (text)
    GROUP BY record
), said AS (
    SELECT r.id, r.sex, r.nationality, r.party, r.coded, r.occupation, r.residence, r.birth_place,
        coalesce(r.death_place, r.burial_place) AS died_at, r.fate, r.birth_year_low,
        r.birth_year_high, try_cast(regexp_extract(r.age, '\\d+') AS SMALLINT) AS age,
        t.* EXCLUDE (executed, articles),
        r.fate = 'executed' AS shot,
        coalesce(r.fate IN ('executed', 'died', 'died_in_custody'), false) OR r.death_date
            IS NOT NULL AS dead,
        CASE WHEN r.fate = 'executed' THEN coalesce(t.executed, r.death_date) END AS executed,
        coalesce(t.executed, r.death_date) AS died
    FROM records r LEFT JOIN told t ON t.record = r.id WHERE r.id$inside
)
SELECT s.id, e.source, s.sex,
    coalesce(json_extract_string(s.coded, '$.nationality'), if(s.nationality IS NULL, NULL, '?')),
    coalesce(json_extract_string(s.coded, '$.party'), if(s.party IS NULL, NULL, '?')),
    o.key, {", ".join(f"coalesce({name}_head.key, {name}.key)" for name in _REGIONS)}, s.body,
    s.fate, n.articles,
    s.birth_year_low, s.birth_year_high, s.age,
    {_state("s.shot", "s.executed", "x.first", "s.executions")}, x.first, x.last,
    {_state("s.arrest_told", "s.arrested", "a.first", "s.arrests")}, a.first, a.last,
    {_state("s.sentence_told", "s.sentenced", "t.first", "s.sentences")}, t.first, t.last,
    {_state("s.dead", "s.died", "d.first", "s.executions")}, d.first, d.last,
    {_state("s.rehabilitation_told", "s.rehabilitated", "b.first", "s.rehabilitations")},
    b.first, b.last
FROM said s JOIN entries e ON e.id = s.id
    LEFT JOIN numbers n ON n.record = s.id
    LEFT JOIN fact_occupations o ON o.text = s.occupation
    {" ".join(_joins_of_region(name, column) for name, column in _REGIONS.items())}
    LEFT JOIN fact_days x ON x.text = s.executed
    LEFT JOIN fact_days a ON a.text = s.arrested
    LEFT JOIN fact_days t ON t.text = s.sentenced
    LEFT JOIN fact_days d ON d.text = s.died
    LEFT JOIN fact_days b ON b.text = s.rehabilitated
ORDER BY s.id
"""
