"""The index of an archive's names, made from its records in one go.

Every distinct name is worked on once: its spellings, sounds and family. Records become rows of
numbers sorted by surname, given name, patronymic and year, so that a name is a range of rows; a
name recorded as an alternate is a row of its own that leads to the same record.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import duckdb

from byname.search import deletes
from byname.search.alternates import add_alternates, join_syllables
from byname.search.forms import KINDS, Kind, family, sounds, spellings, whole
from byname.search.store import Writer

FIRST_YEAR = 1700
"""Years are kept in one byte: years since then, 0 for none."""
OTHER_NAME = 1 << 31
"""Added to a row's record where the row is an alternate name of it."""
_EDITS = {"spellings": 2, "sounds": 1}
_BATCH = 200_000
_TOLD = 10_000
"""Names between two words about how far it is."""

Report = Callable[[str], None]


def build(connection: duckdb.DuckDBPyConnection, path: Path, stamp: str, report: Report) -> None:
    """Write the index of the archive behind ``connection`` to ``path``."""
    writer = Writer(path)
    try:
        report("gathering the names")
        _gather(connection)
        for kind in KINDS:
            report(f"indexing {kind}s")
            _write_names(writer, kind, _number(connection, kind), report)
        _write_births(connection, writer)
        report("sorting the records by name")
        rows = _write_rows(connection, writer)
        for table in ("named", "birth_numbers", *(f"{kind}_numbers" for kind in KINDS)):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        titles = connection.execute(
            "SELECT s.id, s.title, count(e.id) FROM sources s "
            "LEFT JOIN entries e ON e.source = s.id GROUP BY s.id, s.title ORDER BY s.id"
        ).fetchall()
        writer.close({"stamp": stamp, "rows": rows, "titles": titles})
    except BaseException:
        writer.abandon()
        path.unlink(missing_ok=True)
        raise


def _gather(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE named AS
        SELECT id, false AS other, coalesce(surname, '') AS surname, coalesce(given, '') AS given,
               coalesce(patronymic, '') AS patronymic,
               CASE WHEN birth_year_low BETWEEN {FIRST_YEAR + 1} AND {FIRST_YEAR + 255}
                    THEN birth_year_low - {FIRST_YEAR} ELSE 0 END::UTINYINT AS year,
               coalesce(birth_date, '') AS birth
        FROM records
        WHERE surname IS NOT NULL OR given IS NOT NULL OR patronymic IS NOT NULL
    """)
    add_alternates(connection)
    join_syllables(connection)


def _number(connection: duckdb.DuckDBPyConnection, kind: Kind) -> list[str]:
    """Number the distinct names of one kind by their folded form; return them in that order."""
    found = connection.execute(f"SELECT DISTINCT {kind} FROM named WHERE {kind} <> ''").fetchall()
    names = sorted((row[0] for row in found), key=lambda name: (whole(name), name))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {kind}_numbers AS SELECT unnest(?::VARCHAR[]) AS name, "
        "unnest(range(1, ? + 1))::UINTEGER AS number",
        [names, len(names)],
    )
    return names


def _write_names(writer: Writer, kind: Kind, names: Sequence[str], report: Report) -> None:
    writer.put_texts(f"{kind} names", ["", *(name.replace("\n", " ") for name in names)])
    writer.put_texts(f"{kind} wholes", ["", *map(whole, names)])
    lookups: dict[str, Callable[[Kind, str], Iterable[str]]] = {
        "spellings": spellings, "sounds": sounds,
    }  # fmt: skip
    for what, forms_of in lookups.items():
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names, 1):
            if not number % _TOLD:
                report(f"indexing {kind}s, {what}: {number:,} of {len(names):,}")
            for form in forms_of(kind, name):
                found[form].append(number)
        words = sorted(found)
        deletes.write(writer, f"{kind} {what}", words, _EDITS[what])
        _put_lists(writer, f"{kind} {what} names", (found[word] for word in words))
    if kind != "surname":
        families: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names, 1):
            families[family(kind, name)].append(number)
        keys = sorted(families)
        writer.put_texts(f"{kind} families", keys)
        _put_lists(writer, f"{kind} families names", (families[key] for key in keys))


def _write_births(connection: duckdb.DuckDBPyConnection, writer: Writer) -> None:
    """Number the distinct dates of birth and write them with their first and last years."""
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE birth_numbers AS
        SELECT row_number() OVER (ORDER BY birth) - 1 AS number, *
        FROM (SELECT DISTINCT n.birth, coalesce(r.birth_year_low, 0)::USMALLINT AS low,
                     coalesce(r.birth_year_high, 0)::USMALLINT AS high
              FROM (SELECT birth, min(id) AS id FROM named GROUP BY birth) n
              LEFT JOIN records r ON r.id = n.id)
    """)
    rows = connection.execute("SELECT birth, low, high FROM birth_numbers ORDER BY number")
    found = rows.fetchall()
    writer.put_texts("births", [row[0].replace("\n", " ") for row in found])
    writer.put("births years", array("H", [year for row in found for year in row[1:]]))


def _put_lists(writer: Writer, name: str, lists: Iterable[Sequence[int]]) -> None:
    """Write lists of numbers one after another, and where each begins."""
    flat, starts = array("I"), array("I", [0])
    for one in lists:
        flat.extend(one)
        starts.append(len(flat))
    writer.put(name, flat)
    writer.put(f"{name} at", starts)


def _write_rows(connection: duckdb.DuckDBPyConnection, writer: Writer) -> int:
    joins = " ".join(f"LEFT JOIN {kind}_numbers n_{kind} ON n_{kind}.name = n.{kind}"
                     for kind in KINDS)  # fmt: skip
    numbers = ", ".join(f"coalesce(n_{kind}.number, 0)::UINTEGER AS {kind}" for kind in KINDS)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE name_rows AS
        SELECT (row_number() OVER (ORDER BY surname, given, patronymic, year, id, other) - 1)
                   ::UINTEGER AS place, *
        FROM (SELECT {numbers}, n.year, b.number::UINTEGER AS birth, n.other,
                     (n.id + CASE WHEN n.other THEN {OTHER_NAME} ELSE 0 END)::UINTEGER AS id
              FROM named n JOIN birth_numbers b USING (birth) {joins})
    """)
    count = 0
    givens, patronymics, births = (
        array(_narrow(connection, table))
        for table in ("given_numbers", "patronymic_numbers", "birth_numbers")
    )
    surnames, years, ids = array("I"), array("B"), array("I")
    columns = (surnames, givens, patronymics, years, births, ids)
    found = connection.execute(
        "SELECT surname, given, patronymic, year, birth, id FROM name_rows ORDER BY place"
    )
    while batch := found.fetchmany(_BATCH):
        count += len(batch)
        for column, values in zip(columns, zip(*batch, strict=True), strict=True):
            column.extend(values)
    writer.put("surname rows", _starts(surnames))
    for name, column in (("given", givens), ("patronymic", patronymics), ("year", years),
                         ("birth", births), ("record", ids)):  # fmt: skip
        writer.put(f"rows {name}", column)
    writer.put("given rows", _starts(givens))
    _write_fathers(connection, writer, patronymics)
    connection.execute("DROP TABLE name_rows")
    return count


def _narrow(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Return the type code of an array that holds the numbers of a table."""
    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return "H" if rows[0][0] < (1 << 16) - 1 else "I"


def _write_fathers(
    connection: duckdb.DuckDBPyConnection, writer: Writer, patronymics: array[int]
) -> None:
    """Write the rows again in order of patronymic and given name, for who has no surname."""
    order = array("I")
    found = connection.execute(
        "SELECT place FROM name_rows ORDER BY patronymic, given, surname, place"
    )
    while batch := found.fetchmany(_BATCH):
        order.extend(row[0] for row in batch)
    writer.put("by patronymic", order)
    writer.put("patronymic rows", _starts(patronymics))


def _starts(numbers: array[int]) -> array[int]:
    """Return for each number up to the last where its rows would begin, were they sorted."""
    last = max(numbers, default=0)
    starts = array("I", bytes(4 * (last + 2)))
    for number in numbers:
        starts[number + 1] += 1
    total = 0
    for place, count in enumerate(starts):
        total += count
        starts[place] = total
    return starts
