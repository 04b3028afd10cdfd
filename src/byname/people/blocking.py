"""Features -> candidate pairs: keys that survive the errors lists make.

Each rule gives a record one key or several; two records with a key in common are compared.
A rule fails for some error (a respelt surname, a wrong year, a missing patronymic), so the
rules are chosen to fail for different ones. A key that too many records share is made
narrower by a second property, and dropped when even that does not help: so the number of
pairs grows with the number of records, not with its square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from byname.people.extras import Extra
from byname.people.sql import number, row

MOST = 30
"""Records that may share a key before it is narrowed, and the narrowed key before it goes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A blocking rule: SQL over ``features f``.

    Attributes:
        parts: what two records must share; a record where one is NULL has no key.
        narrow: what is added to a key that too many records share, one after the other.
        tables: further SQL after ``FROM features f`` (an unnested list).

    """

    parts: tuple[str, ...]
    narrow: tuple[str, str]
    tables: str = ""


_SURNAMES = ", unnest(f.surname_keys) AS t(surname)"
_LETTER = "coalesce(f.given_initials[1], '')"
_FATHER = "coalesce(f.father_initials[1], '')"
_PLACE = (
    "coalesce(f.birth_place_rare[1], f.home_rare[1], f.birth_place_common[1], f.nationality, '')"
)
_FIRST, _LAST = "substr(f.surname_key, 1, 3)", "substr(f.surname_key, -4)"
_NAMES = ("least(f.given, f.father)", "greatest(f.given, f.father)")
_BIRTHDAY = ("substr(f.birth, 1, 4)", "least(f.birth[6:7], f.birth[9:10])",
             "greatest(f.birth[6:7], f.birth[9:10])")  # fmt: skip

_SHORTENED = (
    "CASE WHEN f.surname_key IN (SELECT surname_key FROM features "
    "WHERE given_short OR father_short) THEN t.surname END"
)
_EACH_INITIAL = (
    f"{_SURNAMES}, unnest(f.given_initials) AS i(letter), unnest(f.father_initials) AS j(letter)"
)

RULES: tuple[Rule, ...] = (
    Rule(("t.surname", "f.birth_low"), (_LETTER, _FATHER), _SURNAMES),
    Rule(("t.surname", "f.given"), (_FATHER, "f.birth_low // 4"), _SURNAMES),
    Rule(("t.surname", "f.father", _LETTER), ("f.birth_low // 4", _PLACE), _SURNAMES),
    Rule((*_NAMES, "f.birth_low"), (_PLACE, _FIRST)),
    Rule((*_NAMES, _FIRST), ("substr(f.surname_key, 4, 1)", "f.birth_low // 4")),
    Rule((*_NAMES, _LAST, "substr(f.surname_key, 1, 1)"), ("f.birth_low // 4", _PLACE)),
    Rule((_FIRST, "f.given", "f.birth_low"), (_FATHER, _PLACE)),
    Rule((_LAST, "f.given", "f.birth_low", "substr(f.surname_key, 1, 1)"), (_FATHER, _PLACE)),
    Rule((*_BIRTHDAY, _LETTER), ("substr(f.surname_key, 1, 1)", _FATHER)),
    Rule(("f.birth_md", "f.surname_key"), (_LETTER, _FATHER)),
    Rule(("f.ended", _FIRST), (_LETTER, _FATHER)),
    Rule(("f.ended", "f.given", "f.father"), (_PLACE, "f.birth_low")),
    Rule(("d.day", _FIRST), (_LETTER, _FATHER), ", unnest(f.arrests) AS d(day)"),
    Rule(("d.day", _FIRST), (_LETTER, _FATHER), ", unnest(f.sentences) AS d(day)"),
    Rule((_SHORTENED, "i.letter", "j.letter"), ("f.birth_low // 4", _PLACE), _EACH_INITIAL),
)
"""See the test of blocking for what each rule is there for."""

WITHOUT_PATRONYMICS: tuple[Rule, ...] = (
    Rule(("f.birth",), (_LETTER, _PLACE)),
    Rule(("f.given", _FIRST), ("f.birth_low", _LAST)),
    Rule(("f.given", "f.birth_low"), (_FIRST, _PLACE)),
    Rule(("t.surname", _PLACE), (_LETTER, "f.birth_low"), _SURNAMES),
)
"""Further rules for lists without patronymics, which have less to go by."""
_FEW_PATRONYMICS = 0.2


def candidates(
    connection: duckdb.DuckDBPyConnection, extras: Sequence[Extra], fresh: str | None = None
) -> int:
    """Make the table ``candidates`` (left_record < right_record); return how many there are.

    ``fresh`` is SQL that selects the ids of new records: only pairs with one of them count.
    """
    rules = [*RULES, *(rule for extra in extras for rule in _extra_rules(extra))]
    if _stated(connection, "birth_low") > 0 and _stated(connection, "father") < _FEW_PATRONYMICS:
        rules += WITHOUT_PATRONYMICS
    _keys(connection, rules)
    _blocks(connection)
    only = f"AND (l.record IN ({fresh}) OR r.record IN ({fresh}))" if fresh else ""
    connection.execute(f"""
        CREATE OR REPLACE TABLE candidates AS
        SELECT DISTINCT l.record AS left_record, r.record AS right_record
        FROM blocks l JOIN blocks r ON l.block = r.block AND l.record < r.record {only}
    """)
    connection.execute("DROP TABLE blocks")
    return number(connection, "SELECT count(*) FROM candidates")


def _extra_rules(extra: Extra) -> tuple[Rule, ...]:
    value = (f"'{extra.column}'", f"f.{extra.column}")
    return (
        Rule(value, ("f.birth_low", _LETTER)),
        Rule((*value, _LETTER), (_FIRST, "f.birth_low")),
        Rule((*value, _FIRST), (_LETTER, _LAST)),
    )


def _stated(connection: duckdb.DuckDBPyConnection, column: str) -> float:
    """Return the share of records that state ``column``."""
    return float(row(connection, f"SELECT avg(({column} IS NOT NULL)::INT) FROM features")[0] or 0)


def _keys(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    connection.execute(
        "CREATE OR REPLACE TABLE block_keys "
        "(record BIGINT, key UBIGINT, narrower UBIGINT, narrowest UBIGINT)"
    )
    for place, rule in enumerate(rules):
        joined = " || '|' || ".join(f"({part})::VARCHAR" for part in rule.parts)
        first, second = (f"coalesce(({part})::VARCHAR, '')" for part in rule.narrow)
        connection.execute(f"""
            INSERT INTO block_keys
            SELECT unique_id, hash({place}, text), hash({place}, text, a),
                   hash({place}, text, a, b)
            FROM (SELECT DISTINCT f.unique_id, {joined} AS text, {first} AS a, {second} AS b
                  FROM features f{rule.tables})
            WHERE text IS NOT NULL
        """)


def _blocks(connection: duckdb.DuckDBPyConnection) -> None:
    """Narrow the keys that too many records share; leave out those nobody shares."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE blocks AS
        WITH counted AS (
            SELECT *, count(*) OVER (PARTITION BY key) AS n FROM block_keys
        ), narrowed AS (
            SELECT *, count(*) OVER (PARTITION BY narrower) AS n2 FROM counted WHERE n > 1
        ), chosen AS (
            SELECT record, CASE WHEN n <= {MOST} THEN key WHEN n2 <= {MOST} THEN narrower
                                ELSE narrowest END AS block
            FROM narrowed
        )
        SELECT record, block FROM chosen
        QUALIFY count(*) OVER (PARTITION BY block) BETWEEN 2 AND {MOST}
    """)
    connection.execute("DROP TABLE block_keys")
