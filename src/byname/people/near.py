"""How near two name parts are, worked out once per pair of distinct values.

Splink compares records; a learnt similarity of names is no SQL. So every record carries, with
the number of its surname, the numbers of the surnames near it and how near (``BANDS``): near
or not is then a look into a short list.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
from rapidfuzz.distance import OSA

from byname.names.families import is_known_family
from byname.names.similarity import Kind, bits_many

BANDS: tuple[float, ...] = (12.0, 7.0, 3.0)
"""Bits from which two parts are near, nearest first; a band's number is its place here + 1."""

_KINDS: dict[str, tuple[Kind, str]] = {
    "surname": ("surname", "surname_forms"),
    "given": ("given", "given_forms"),
    "father": ("given", "patronymic_forms"),
}
"""Column -> kind of name (a father's name is a given name), table of its forms."""

_ALIKE = 0.7
_EDITS, _LETTERS = 2, 5
"""Forms less alike, or with more letters changed, are not looked at: of those that are worth
12 bits 0.1 % lie beyond, of those worth 7 bits 4 %."""


def write(connection: duckdb.DuckDBPyConnection, with_chances: bool = False) -> None:
    """Make the table ``compared``: ``features`` with the near parts of ``candidates``.

    ``with_chances`` adds those of the pairs in ``chance_pairs``.
    """
    pairs = "SELECT left_record, right_record FROM candidates"
    if with_chances:
        pairs += " UNION ALL SELECT left_record, right_record FROM chance_pairs"
    for column in _KINDS:
        _near(connection, column, pairs)
    joins = " ".join(f"LEFT JOIN {c}_near USING ({c}_id)" for c in _KINDS)
    lists = ", ".join(f"{c}_near.near AS {c}_near" for c in _KINDS)
    connection.execute(
        f"CREATE OR REPLACE TABLE compared AS SELECT f.*, {lists} FROM features f {joins}"
    )


def band_sql(column: str, band: int) -> str:
    """Return the condition that the right part is in ``band`` of the left one."""
    return f"list_contains({column}_near_l, {column}_id_r * 4 + {band})"


def _near(connection: duckdb.DuckDBPyConnection, column: str, pairs: str) -> None:
    kind, forms = _KINDS[column]
    # Tables, not subqueries: the planner would compare everybody with everybody.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE sides AS
        SELECT l.{column}_id AS l, r.{column}_id AS r
        FROM ({pairs}) c JOIN features l ON l.unique_id = c.left_record
             JOIN features r ON r.unique_id = c.right_record
    """)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE spelt AS
        SELECT a, b, x.form AS l, y.form AS r, contains(l, '-') <> contains(r, '-') AS uneven,
               CASE WHEN uneven THEN replace(l, '-', '') ELSE l END AS one,
               CASE WHEN uneven THEN replace(r, '-', '') ELSE r END AS two
        FROM (SELECT DISTINCT least(l, r) AS a, greatest(l, r) AS b FROM sides WHERE l <> r)
        JOIN {forms} x ON x.id = a JOIN {forms} y ON y.id = b
    """)
    rows = connection.execute(f"""
        SELECT a, b, one, two FROM spelt
        WHERE jaro_similarity(one, two) > {_ALIKE}
          AND damerau_levenshtein(one, two)
              <= {_EDITS} + least(length(one), length(two)) // {_LETTERS}
    """).fetchall()
    connection.execute("DROP TABLE sides; DROP TABLE spelt")
    values = bits_many(kind, [(left, right) for _, _, left, right in rows])
    found = [
        (a, b, band)
        for (a, b, left, right), bits in zip(rows, values, strict=True)
        if (band := _band(bits) or (len(BANDS) if _slip(column, left, right) else 0))
    ]
    _store(connection, column, found)


def _band(bits: float) -> int:
    return next((n for n, least in enumerate(BANDS, 1) if bits >= least), 0)


def _slip(column: str, left: str, right: str) -> bool:
    """Tell whether a slip of the pen may part the two: worth little in bits, but no other name.

    Two given names that are both known are two names, however alike (Мария, Марина).
    """
    if column != "surname" and is_known_family(left) and is_known_family(right):
        return False
    shortest = min(len(left), len(right))
    return shortest > 3 and OSA.distance(left, right, score_cutoff=2) <= (1 if shortest < 7 else 2)


def _store(
    connection: duckdb.DuckDBPyConnection, column: str, found: Iterable[tuple[int, int, int]]
) -> None:
    rows = list(found)
    connection.execute("CREATE OR REPLACE TEMP TABLE found (a UINTEGER, b UINTEGER, band UTINYINT)")
    if rows:
        connection.execute(
            "INSERT INTO found SELECT unnest(?::UINTEGER[]), unnest(?::UINTEGER[]), "
            "unnest(?::UTINYINT[])",
            [list(part) for part in zip(*rows, strict=True)],
        )
    connection.execute(f"""
        CREATE OR REPLACE TABLE {column}_near AS
        SELECT a AS {column}_id, list((b * 4 + band)::UINTEGER) AS near
        FROM (SELECT a, b, band FROM found UNION ALL SELECT b, a, band FROM found) GROUP BY a
    """)
    connection.execute("DROP TABLE found")
