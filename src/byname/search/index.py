"""The index over the names of an archive: every distinct part, and which records bear it.

Kept in the archive itself and written in the same transaction as the records, so that it is
never older or newer than they are. Words are taken apart in SQL; only words never met before
are looked at in Python, once each.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from byname.names.forms import fold, sound_key

_WORDS = r"""regexp_extract_all(lower({column}), '[\p{{L}}][\p{{L}}\p{{M}}''’ʼ`-]*')"""


def update_index(connection: duckdb.DuckDBPyConnection, changed: str, folder: Path) -> None:
    """Index the records whose ids the query ``changed`` selects, in the open transaction."""
    connection.execute(f"DELETE FROM name_postings WHERE record IN ({changed})")
    _take_words(connection, changed)
    _add_parts(connection, folder)
    connection.execute("""
        INSERT INTO name_postings
        SELECT DISTINCT p.id, b.record
        FROM borne b JOIN name_parts p USING (kind, part)
        ORDER BY p.id, b.record
    """)
    connection.execute("DROP TABLE borne")


def _take_words(connection: duckdb.DuckDBPyConnection, changed: str) -> None:
    columns = " UNION ALL ".join(
        f"SELECT id, '{kind}' AS kind, {_WORDS.format(column=column)} AS words FROM chosen"
        for kind, column in (
            ("surname", "surname"),
            ("given", "given"),
            ("patronymic", "patronymic"),
            ("other", "array_to_string(other_names, ' ')"),
        )
    )
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE borne AS
        WITH chosen AS (
            SELECT id, surname, given, patronymic, other_names
            FROM records WHERE id IN ({changed})
        ), single AS (SELECT id, kind, unnest(words) AS word FROM ({columns}))
        SELECT id AS record, kind, rtrim(word, '-''’ʼ`') AS part FROM single
        UNION ALL
        SELECT id, kind, unnest(string_split(word, '-')) FROM single WHERE contains(word, '-')
    """)
    connection.execute("DELETE FROM borne WHERE part = ''")


def _add_parts(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    new = connection.execute("""
        SELECT DISTINCT kind, part FROM borne
        WHERE (kind, part) NOT IN (SELECT (kind, part) FROM name_parts)
        ORDER BY kind, part
    """).fetchall()
    if not new:
        return
    row = connection.execute("SELECT coalesce(max(id), 0) FROM name_parts").fetchone()
    first = (int(row[0]) if row else 0) + 1
    path = folder / "parts.ndjson"
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for number, (kind, part) in enumerate(new, first):
            line = {"id": number, "kind": kind, "part": part, "form": fold(part)}
            line["key"] = sound_key(part)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    quoted = str(path).replace("'", "''")
    connection.execute(f"""
        INSERT INTO name_parts
        SELECT id, kind, part, form, key
        FROM read_json('{quoted}', format = 'newline_delimited', columns = {{
            'id': 'INTEGER', 'kind': 'VARCHAR', 'part': 'VARCHAR', 'form': 'VARCHAR',
            'key': 'VARCHAR'}})
    """)
