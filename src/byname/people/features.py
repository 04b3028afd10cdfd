"""Records -> the columns that are compared: one row a record, made in SQL.

What needs Python (name forms, families, places) is worked out once per distinct value, in
``values``; here those answers are joined back. A connection given to these functions holds a
table ``input`` (see ``INPUT``) and gets the table ``features``.
"""

from __future__ import annotations

import duckdb

from byname.people import values
from byname.people.extras import Extra, extra_columns

INPUT: dict[str, str] = {
    "record": "BIGINT", "source": "INTEGER", "surname": "VARCHAR", "given": "VARCHAR",
    "patronymic": "VARCHAR", "other_names": "VARCHAR[]", "sex": "VARCHAR",
    "birth_date": "VARCHAR", "birth_place": "VARCHAR", "nationality": "VARCHAR",
    "residence": "VARCHAR", "occupation": "VARCHAR", "ended": "VARCHAR",
    "arrests": "VARCHAR[]", "sentences": "VARCHAR[]", "extra": "JSON",
}  # fmt: skip
"""Column -> type of the table ``input``; dates are EDTF, ``ended`` is the execution or else
the death, ``arrests`` and ``sentences`` hold one date a case."""

_MONTH = r"^\d{4}-\d{2}"
_DAY = r"^\d{4}-\d{2}-\d{2}$"


def build(connection: duckdb.DuckDBPyConnection, known: list[Extra] | None = None) -> list[Extra]:
    """Make the table ``features`` of the table ``input``; return the further columns used.

    ``known`` are the further columns of an earlier run, which a trained model expects.
    """
    values.write(connection)
    extras = extra_columns(connection) if known is None else known
    chosen = "".join(f", {extra.sql} AS {extra.column}" for extra in extras)
    connection.execute(f"""
        CREATE OR REPLACE TABLE features AS
        SELECT i.record AS unique_id, i.source,
            s.id AS surname_id, s.key AS surname_key,
            list_distinct(list_concat(coalesce(s.forms, []), coalesce(o.forms, []))) AS surnames,
            list_distinct(list_concat(coalesce(s.keys, []), coalesce(o.keys, []))) AS surname_keys,
            g.id AS given_id, g.initials AS given_initials, g.short AS given_short,
            f.id AS father_id, f.initials AS father_initials, f.short AS father_short,
            g.family AS given, f.family AS father,
            coalesce(g.misplaced, false) OR coalesce(f.misplaced, false) AS misplaced,
            i.sex, i.nationality,
            {_year("birth_date", "min")} AS birth_low, {_year("birth_date", "max")} AS birth_high,
            {_year("birth_date", "min")} AS born,
            {_day("birth_date")} AS birth, substr({_day("birth_date")}, 6) AS birth_md,
            bp.rare AS birth_place_rare, bp.common AS birth_place_common,
            rp.rare AS home_rare, rp.common AS home_common,
            op.rare AS job_rare, op.common AS job_common,
            {_day("ended")} AS ended, {_day("ended")} AS died,
            nullif(regexp_extract(i.ended, '{_MONTH}'), '') AS ended_month,
            {_year("ended", "min")} AS ended_low, {_year("ended", "max")} AS ended_high,
            {_days("arrests")} AS arrests, {_years("arrests")} AS arrest_years,
            {_days("sentences")} AS sentences, {_years("sentences")} AS sentence_years
            {chosen}
        FROM input i
        LEFT JOIN surname_values s ON s.value = i.surname
        LEFT JOIN given_values g ON g.value = i.given
        LEFT JOIN patronymic_values f ON f.value = i.patronymic
        LEFT JOIN other_values o ON o.value = i.other_names
        LEFT JOIN place_values bp ON bp.value = i.birth_place
        LEFT JOIN place_values rp ON rp.value = i.residence
        LEFT JOIN job_values op ON op.value = i.occupation
    """)
    _joint(connection)
    return extras


MINORITY = 0.1
"""Share of the records below which a nationality says where its people come from."""
RARE_SURNAME = 5
RARE_NAMES = 12
"""Bearers up to whom a surname, or a given name with its patronymic, is rare: who shares it
is most likely one person, which is where the model learns."""


def _joint(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what goes together: given name with patronymic, and nationality with given name."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE features AS
        SELECT *,
            CASE WHEN given_id IS NOT NULL AND father_id IS NOT NULL
                 THEN given_id::UBIGINT * 16777216 + father_id END AS names_id,
            CASE WHEN given_id IS NOT NULL AND nationality IS NOT NULL
                 THEN nationality || given_id END AS nationality_given,
            CASE WHEN ended IS NOT NULL AND nationality IS NOT NULL
                 THEN nationality || ended END AS nationality_ended,
            count(nationality) OVER (PARTITION BY nationality)
                < {MINORITY} * count(nationality) OVER () AS minority,
            CASE WHEN count(surname_id) OVER (PARTITION BY surname_id) <= {RARE_SURNAME}
                 THEN surname_id END AS surname_rare,
            CASE WHEN count(names_id) OVER (PARTITION BY names_id) <= {RARE_NAMES}
                 THEN names_id END AS names_rare
        FROM features
    """)


CONDITIONAL: dict[str, tuple[str, str]] = {
    "names_id": ("given_id", "father_id"),
    "nationality_given": ("given_id", "nationality"),
    "nationality_ended": ("nationality", "ended"),
}
"""Column of what goes together -> what is given, and what is told by it."""
_PRIOR_STRENGTH = 4.0


def conditional_frequencies(connection: duckdb.DuckDBPyConnection, column: str) -> str:
    """Make the table of P(told | given) for ``column``; return its name.

    That an Абрам is called Моисеевич and a Jew surprises nobody: counted as if they were
    independent, such names would weigh more than they prove. Smoothed towards P(told).
    """
    given, told = CONDITIONAL[column]
    name = f"frequency_{column}"
    connection.execute(f"""
        CREATE OR REPLACE TABLE {name} AS
        WITH both_known AS (
            SELECT {column}, {given}, {told}, count(*) AS n FROM features
            WHERE {column} IS NOT NULL GROUP BY ALL
        ), known AS (
            SELECT *, sum(n) OVER (PARTITION BY {given}) AS of_given,
                   sum(n) OVER (PARTITION BY {told}) / sum(n) OVER () AS share
            FROM both_known
        )
        SELECT {column},
               ((n + {_PRIOR_STRENGTH} * share) / (of_given + {_PRIOR_STRENGTH}))::DOUBLE
                   AS tf_{column}
        FROM known
    """)
    return name


def _day(column: str) -> str:
    """Return the SQL for a date that is known to the day, else NULL."""
    return f"CASE WHEN regexp_matches(i.{column}, '{_DAY}') THEN i.{column} END"


def _year(column: str, extreme: str) -> str:
    """Return the SQL for the first or last year a date may mean; "about" is two years wide."""
    about = "-" if extreme == "min" else "+"
    year = rf"list_{extreme}(regexp_extract_all(i.{column}, '\d{{4}}'))"
    return f"try_cast({year} AS INTEGER) {about} CASE WHEN i.{column} LIKE '%~' THEN 2 ELSE 0 END"


def _days(column: str) -> str:
    """Return the SQL for the dates of a list that are known to the day, NULL when none is."""
    days = f"list_distinct(list_filter(i.{column}, lambda d: regexp_matches(d, '{_DAY}')))"
    return f"CASE WHEN len({days}) > 0 THEN {days} END"


def _years(column: str) -> str:
    years = f"list_distinct(list_transform(i.{column}, lambda d: ltrim(d, '[')[:4]))"
    return f"CASE WHEN len(i.{column}) > 0 THEN {years} END"
