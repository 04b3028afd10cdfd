"""The tables of an archive, and how an older archive becomes a newer one.

No table has a PRIMARY KEY: DuckDB checks it row by row, which a bulk load of millions cannot
afford. Uniqueness is upheld by the merge (one place) and checked by the tests. The plain indexes
of ``KEYS`` are for reading a few entries among millions: 1 ms for ten, without them 200 ms.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from byname.archive.facts import FACTS_TABLES, write_facts, write_people
from byname.errors import ArchiveError
from byname.records import CASE_FIELDS, PERSON_FIELDS

SCHEMA_VERSION = 4
"""Raised whenever a table changes; ``MIGRATIONS`` must then hold the step to it."""

Migration = Callable[[duckdb.DuckDBPyConnection], None]

PEOPLE_TABLES = """
CREATE TABLE members (          -- which person a record is held to speak of
    record BIGINT,              -- absent: added or read anew since the last link
    person BIGINT               -- the first record of the person; its id for good
);
CREATE TABLE links (            -- pairs of records that may be one person, scored
    left_record BIGINT,         -- the smaller id
    right_record BIGINT,
    weight DOUBLE,              -- bits, the prior included; 0 is even odds
    probability DOUBLE,
    prior DOUBLE,               -- bits
    levels TINYINT[],           -- per comparison of the model: its level, -1 for not stated
    bits FLOAT[],               -- per comparison: its part of the weight
    against VARCHAR,            -- what contradicts one person, in words, or ''
    run INTEGER                 -- run that scored it
);
CREATE TABLE models (           -- linkage models learnt, the newest in use
    run INTEGER,
    model JSON
);
CREATE TABLE decisions (        -- what people decided about two records; nothing is deleted
    id INTEGER,
    left_record BIGINT,
    right_record BIGINT,
    same BOOLEAN,
    author VARCHAR,
    note VARCHAR,
    made TIMESTAMP,             -- UTC
    weight DOUBLE,              -- of the pair at that moment, NULL when it was not scored
    probability DOUBLE,
    undone TIMESTAMP,           -- when it was taken back or replaced, else NULL
    undone_by VARCHAR,
    undone_note VARCHAR
);
"""
"""Records -> people (version 2)."""

KEYS = """
CREATE INDEX IF NOT EXISTS entries_id ON entries (id);
CREATE INDEX IF NOT EXISTS records_id ON records (id);
CREATE INDEX IF NOT EXISTS members_record ON members (record);
CREATE INDEX IF NOT EXISTS members_person ON members (person);
"""
"""What reads single entries and people (version 3)."""


def _add_people(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(PEOPLE_TABLES)


def _add_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """The index of names is a file beside the archive now; see ``byname.search.upkeep``."""
    connection.execute("DROP TABLE IF EXISTS name_parts")
    connection.execute("DROP TABLE IF EXISTS name_postings")
    connection.execute(KEYS)


def _add_facts(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DROP TABLE IF EXISTS facts")
    connection.execute("DROP TABLE IF EXISTS person_facts")
    connection.execute(FACTS_TABLES)
    write_facts(connection)
    write_people(connection)


MIGRATIONS: dict[int, Migration] = {2: _add_people, 3: _add_keys, 4: _add_facts}
"""Version -> the step that brings an archive of the version before to it."""

TEXT_FIELDS: tuple[str, ...] = tuple(name for name in PERSON_FIELDS if name != "other_names")
"""Person fields that are one text; ``other_names`` is a list."""

_PERSON_COLUMNS = ",\n    ".join(f"{name} VARCHAR" for name in TEXT_FIELDS)
_CASE_COLUMNS = ",\n    ".join(f"{name} VARCHAR" for name in CASE_FIELDS)

TABLES = f"""
CREATE TABLE meta (
    key VARCHAR,                -- 'schema', 'created_by', 'created'
    value VARCHAR
);
CREATE TABLE runs (             -- the log: what was done to this archive, and with what
    id INTEGER,
    version VARCHAR,            -- of By Name
    command VARCHAR,
    arguments JSON,
    started TIMESTAMP,          -- UTC
    seconds DOUBLE,
    counts JSON,
    outcome VARCHAR
);
CREATE TABLE sources (          -- a list as published
    id INTEGER,
    title VARCHAR,
    format VARCHAR,
    file VARCHAR,               -- name of the file it was last read from
    sha256 VARCHAR,             -- of that file
    encoding VARCHAR,
    publisher VARCHAR,
    licence VARCHAR,
    citation VARCHAR,
    first_run INTEGER,
    last_run INTEGER            -- the last run that changed anything of this list
);
CREATE TABLE entries (          -- what a source says about one person, verbatim
    id BIGINT,                  -- given once, kept for good; a record has its entry's id
    source INTEGER,
    locator VARCHAR,            -- where it stands in the newest version of the list
    position BIGINT,            -- its order in that version
    line BIGINT,                -- the line of the file where it starts, if it has lines
    kind VARCHAR,
    title VARCHAR,
    raw VARCHAR,
    extra JSON,                 -- columns nobody mapped
    hash UBIGINT,               -- of title, raw and extra: the wording
    revision BIGINT,
    added_run INTEGER,
    changed_run INTEGER,        -- run that brought this wording
    absent_run INTEGER          -- run since which the list no longer has it, else NULL
);
CREATE TABLE entry_history (    -- wordings that a corrected list replaced
    entry BIGINT,
    title VARCHAR,
    raw VARCHAR,
    extra JSON,
    hash UBIGINT,
    revision BIGINT,
    from_run INTEGER,           -- run that brought the wording
    until_run INTEGER           -- run that replaced it
);
CREATE TABLE records (          -- the entry read into fields; dates are EDTF
    id BIGINT,
    kind VARCHAR,
    {_PERSON_COLUMNS},
    other_names VARCHAR[],
    birth_year_low INTEGER,
    birth_year_high INTEGER,
    fate VARCHAR,
    inferred VARCHAR[],
    coded JSON,                 -- field -> key of a vocabulary table
    doubts JSON,                -- [{{"code": ..., "message": ...}}]
    spans JSON,                 -- field path -> [start, end] in the entry's raw text
    reader VARCHAR              -- version of the reading (and of the mapping, for tables)
);
CREATE TABLE cases (            -- arrest-to-outcome episodes of a record
    record BIGINT,
    n INTEGER,
    {_CASE_COLUMNS},
    coded JSON
);
CREATE TABLE rejected (         -- what could not be read as an entry, with the reason
    source INTEGER,
    locator VARCHAR,
    raw VARCHAR,
    reason VARCHAR,
    run INTEGER,                -- run that met it first
    absent_run INTEGER          -- run since which the list no longer has it, else NULL
);
{PEOPLE_TABLES}{FACTS_TABLES}{KEYS}"""


def create(connection: duckdb.DuckDBPyConnection, version: str) -> None:
    """Make the tables of an empty archive, all or none."""
    connection.execute("BEGIN")
    connection.execute(TABLES)
    connection.execute(
        "INSERT INTO meta VALUES ('schema', ?), ('created_by', ?)",
        [str(SCHEMA_VERSION), f"byname {version}"],
    )
    connection.execute("COMMIT")


def version_of(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Return the schema version, or say that this is some other program's database."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return int(row[0]) if row else 0
    except (duckdb.CatalogException, duckdb.BinderException, ValueError):
        raise ArchiveError(
            f"{name} is a DuckDB file but not an archive of By Name; choose another with --archive."
        ) from None


def upgrade(connection: duckdb.DuckDBPyConnection, name: str, read_only: bool) -> None:
    """Bring an older archive to this version; refuse a newer one in one sentence."""
    version = version_of(connection, name)
    if version > SCHEMA_VERSION:
        raise ArchiveError(
            f"{name} was made by a newer By Name (archive version {version}, this program knows "
            f"up to {SCHEMA_VERSION}); install the newer version to open it."
        )
    if version == SCHEMA_VERSION:
        return
    if read_only:
        raise ArchiveError(
            f"{name} was made by an older By Name; run `byname index --archive {name}` once, where "
            "it may be written, to bring it up to date."
        )
    connection.execute("BEGIN")
    for step in range(version + 1, SCHEMA_VERSION + 1):
        MIGRATIONS[step](connection)
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(SCHEMA_VERSION)])
    connection.execute("COMMIT")
