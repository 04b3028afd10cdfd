"""What needs Python, once per distinct value: name forms and families, stems of places.

Each function here writes a table ``..._values`` with the column ``value`` (as it stands in
``input``) and what is compared instead of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import duckdb

from byname.names.families import (
    father_family,
    given_family,
    initials_of,
    is_initial,
    readings_of_initial,
    surname_form,
    surname_forms,
    surname_halves,
)
from byname.names.forms import sound_key
from byname.names.parts import looks_like_patronymic, split_name
from byname.names.translit import is_latin
from byname.pool import Pool
from byname.vocabulary import table

_MANY = 20_000
_BATCH = 4_000
_STEM = 5
"""Letters of a place or an occupation that are compared: endings decline."""
_COMMON_SHARE = 0.01
_COMMON_LEAST = 20


def write(connection: duckdb.DuckDBPyConnection) -> None:
    """Write all tables of values for the table ``input``."""
    numbers = _surnames(connection)
    _others(connection, numbers)
    _parts(connection, "given", given_family)
    _parts(connection, "patronymic", father_family)
    _places(connection)
    _jobs(connection)


def store(
    connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, str], rows: list[Any]
) -> None:
    """Make table ``name`` with ``columns`` (name -> type) of ``rows`` of equal length."""
    typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TABLE {name} ({typed})")
    if not rows:
        return
    wanted = ", ".join(
        f"unnest(?::{kind}[]{', recursive := false' if kind.endswith('[]') else ''})"
        for kind in columns.values()
    )
    connection.execute(
        f"INSERT INTO {name} SELECT {wanted}", [list(column) for column in zip(*rows, strict=True)]
    )


def _distinct(connection: duckdb.DuckDBPyConnection, *columns: str) -> list[str]:
    union = " UNION ".join(f"SELECT {column} AS value FROM input" for column in columns)
    found = connection.execute(
        f"SELECT DISTINCT value FROM ({union}) WHERE value IS NOT NULL ORDER BY value"
    )
    return [row[0] for row in found.fetchall()]


class Numbers:
    """Gives every form a number, so that lists of near forms are lists of integers."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, form: str) -> int:
        """Return the number of ``form``, a new one when it is new."""
        return self._known.setdefault(form, len(self._known) + 1)

    def rows(self) -> list[tuple[int, str]]:
        """Return (number, form) of every form."""
        return [(number, form) for form, number in self._known.items()]


_Surname = tuple[str, list[str], list[str]]
"""A surname as it stands, its forms (the likeliest first) and what they sound like."""


def read_surnames(values: list[str]) -> list[_Surname]:
    """Return the forms and keys of surnames; those without letters are left out."""
    found = []
    for value in values:
        form = surname_form(value)
        if form:
            forms = list(dict.fromkeys([form, *_readings(value), *_halves(value)]))
            found.append((value, forms, list(dict.fromkeys(map(sound_key, forms)))))
    return found


def _read_all(values: list[str]) -> Iterator[_Surname]:
    """Read surnames, many of them in worker processes: it is what takes longest here."""
    if len(values) < _MANY:
        yield from read_surnames(values)
        return
    batches = (values[at : at + _BATCH] for at in range(0, len(values), _BATCH))
    with Pool(read_surnames) as pool:
        for found in pool.map(batches):
            yield from found


def _surnames(connection: duckdb.DuckDBPyConnection) -> Numbers:
    numbers = Numbers()
    rows = [
        (value, numbers.of(forms[0]), keys[0], [numbers.of(form) for form in forms], keys)
        for value, forms, keys in _read_all(_distinct(connection, "surname"))
    ]
    columns = {
        "value": "VARCHAR", "id": "UINTEGER", "key": "VARCHAR", "forms": "UINTEGER[]",
        "keys": "VARCHAR[]",
    }  # fmt: skip
    store(connection, "surname_values", columns, rows)
    return numbers


def _readings(surname: str) -> tuple[str, ...]:
    return surname_forms(surname) if is_latin(surname) else ()


def _halves(surname: str) -> list[str]:
    if not any(mark in surname for mark in "- ("):
        return []  # most are one word
    halves = (surname_form(half) for half in surname_halves(surname))
    return [half for half in halves if len(half) > 2]


def _others(connection: duckdb.DuckDBPyConnection, numbers: Numbers) -> None:
    """Write the surnames among the other names that an entry itself records."""
    found = connection.execute("SELECT DISTINCT other_names FROM input WHERE len(other_names) > 0")
    rows = []
    for (names,) in found.fetchall():
        forms = [surname_form(word) for word in map(_other_surname, names) if word]
        forms = [form for form in dict.fromkeys(forms) if len(form) > 2]
        keys = [sound_key(form) for form in forms]
        rows.append((names, [numbers.of(form) for form in forms], keys))
    columns = {"value": "VARCHAR[]", "forms": "UINTEGER[]", "keys": "VARCHAR[]"}
    store(connection, "other_values", columns, rows)
    store(connection, "surname_forms", {"id": "UINTEGER", "form": "VARCHAR"}, numbers.rows())


def _other_surname(name: str) -> str | None:
    part = split_name(name).surname
    return part.value if part is not None else None


def _parts(
    connection: duckdb.DuckDBPyConnection, column: str, family_of: Callable[[str], str]
) -> None:
    """Write families with their initials; an initial alone has no family."""
    numbers = Numbers()
    rows: list[tuple[str, int | None, str | None, list[str], bool, bool]] = []
    for value in _distinct(connection, column):
        if is_initial(value):
            rows.append((value, None, None, sorted(readings_of_initial(value)), True, False))
            continue
        # A given name that ends as patronymics do has changed places with one.
        misplaced = looks_like_patronymic(value) == (column == "given")
        family = father_family(value) if looks_like_patronymic(value) else family_of(value)
        if family:
            initials = sorted(initials_of(family))
            rows.append((value, numbers.of(family), family, initials, False, misplaced))
    columns = {
        "value": "VARCHAR", "id": "UINTEGER", "family": "VARCHAR", "initials": "VARCHAR[]",
        "short": "BOOLEAN", "misplaced": "BOOLEAN",
    }  # fmt: skip
    store(connection, f"{column}_values", columns, rows)
    store(connection, f"{column}_forms", {"id": "UINTEGER", "form": "VARCHAR"}, numbers.rows())


_WORD = re.compile(r"[^\W\d_]+")


def _places(connection: duckdb.DuckDBPyConnection) -> None:
    _stems(connection, "place_values", ("birth_place", "residence"), _place_stems)


def _jobs(connection: duckdb.DuckDBPyConnection) -> None:
    _stems(connection, "job_values", ("occupation",), _job_stems)


def _stems(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    stems_of: Callable[[str], Iterable[str]],
) -> None:
    """Write each value's stems, the common ones apart: sharing those proves little."""
    union = " UNION ALL ".join(f"SELECT {column} AS value FROM input" for column in columns)
    counted = connection.execute(
        f"SELECT value, count(*) FROM ({union}) WHERE value IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    stems = {value: sorted(set(stems_of(value))) for value, _ in counted}
    borne: Counter[str] = Counter()
    for value, count in counted:
        for stem in stems[value]:
            borne[stem] += count
    most = max(_COMMON_LEAST, _COMMON_SHARE * sum(count for _, count in counted))
    rows = [
        (value, [s for s in found if borne[s] <= most], [s for s in found if borne[s] > most])
        for value, found in stems.items()
        if found
    ]
    columns_made = {"value": "VARCHAR", "rare": "VARCHAR[]", "common": "VARCHAR[]"}
    store(connection, name, columns_made, rows)


def _place_stems(place: str) -> Iterable[str]:
    kinds, renamed = _kinds(), _renamed()
    for word in _WORD.findall(place.lower().replace("ё", "е")):
        if len(word) < 3 or word in kinds:
            continue
        region = next((now for old, now in renamed if word.startswith(old)), None)
        yield region or word[:_STEM]


def _job_stems(job: str) -> Iterable[str]:
    return (w[:_STEM] for w in _WORD.findall(job.lower().replace("ё", "е")) if len(w) > 3)


@cache
def _kinds() -> frozenset[str]:
    rows = table("places")
    words = (str(word).lower().strip(".") for kind in _KINDS for word in rows[kind])
    declined = "область области губернии уезда района волости края деревня деревни села города"
    return frozenset((*words, *declined.split()))


_KINDS = ("settlement", "address", "unit")


@cache
def _renamed() -> tuple[tuple[str, str], ...]:
    """Return (beginning of a place name, the region it stands for), longest first."""
    pairs = [
        (str(stem), str(region)) for region, stems in table("renamed").items() for stem in stems
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
