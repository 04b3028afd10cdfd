"""A question -> the SQL that answers it from the table ``facts`` or ``person_facts``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from byname.counts.joining import DIFFER, SEVERAL_DIFFER
from byname.counts.question import TIME, Question

AGES = (18, 25, 35, 45, 55, 65)
"""Where age groups begin after the first."""

PLACED, MONTH_ONLY, YEAR_ONLY, DECADE, INTERVAL, UNREADABLE, NOT_STATED = range(7)
IN_MONTH, IN_YEAR = 41, 42
"""Why a date has no row; the last two are intervals within one month or year."""

WITHIN, PERHAPS, UNDATED = range(3)
"""How a date stands to the span asked for."""


class Query(NamedTuple):
    """An SQL text and its values."""

    sql: str
    values: list[Any]


def cells(question: Question, people: str = "person_facts") -> Query:
    """Return the query of (how it stands to the span, one cell an axis ..., number).

    A cell of time is a reason (0 for a row) and the day its row begins with; any other is a key,
    "?" for words nobody knows, NULL for none. ``people`` is where the facts of people stand.
    """
    return _select(question, people, [part for axis in question.by for part in _cell(axis)])


def totals(question: Question, people: str = "person_facts") -> Query:
    """Return the query of (how it stands to the span, number, dates that differ, several)."""
    states = (f"{DIFFER}, {SEVERAL_DIFFER}", f"3, {SEVERAL_DIFFER}")
    sums = ", ".join(f"count_if(state IN ({some}))" for some in states)
    found = _select(replace(question, by=()), people, [])
    return Query(found.sql.replace("count(*)", f"count(*), {sums}"), found.values)


def condemned(question: Question, people: str = "person_facts") -> Query:
    """Return the query of how many were sentenced to death without word of an execution."""
    said = f"{question.what} IS NULL AND fate = 'sentenced_to_death'"
    asked = replace(question, by=(), first=None, last=None)
    return _select(asked, people, [], said)


def patterns(question: Question, people: str = "person_facts", everybody: bool = False) -> Query:
    """Return the query of (how it stands, one cell an axis ..., the lists that name them, number).

    With ``everybody`` people count whatever befell them.
    """
    columns = [part for axis in question.by for part in _cell(axis)]
    said = "TRUE" if everybody else ""
    return _select(question, people, [*columns, "lists"], said, ("list_sort(sources) AS lists",))


def _select(
    question: Question,
    people: str,
    columns: list[str],
    said: str = "",
    also: tuple[str, ...] = (),
) -> Query:
    what = question.what
    table = "facts" if question.records else people
    read = ", ".join([
        f"{what} AS state, {what}_first AS first, {what}_last AS last",
        *_columns(question),
        *also,
    ])  # fmt: skip
    conditions, values = _conditions(question)
    where = " AND ".join([said or f"{what} IS NOT NULL", *conditions])
    return Query(
        f"SELECT {', '.join([f'{_stands(question)} AS stands', *columns])}, count(*) "
        f"FROM (SELECT {read} FROM {table} WHERE {where}) GROUP BY ALL",
        values,
    )


def _columns(question: Question) -> list[str]:
    """Return what the cells of the axes are made from."""
    found = {
        "age": _YEARS.replace("$", question.what),
        "region": f"{question.region_of} AS region",
        "article": "unnest(coalesce(nullif(articles, []), [NULL::VARCHAR])) AS article",
        "source": "source" if question.records else "unnest(sources) AS source",
    }
    return [found.get(axis, axis) for axis in question.by if axis not in TIME]


def _stands(question: Question) -> str:
    inside = _bounds(question, ("first >= ?", "last <= ?"))
    if not inside:
        return str(WITHIN)
    return f"CASE WHEN first IS NULL THEN {UNDATED} WHEN {inside} THEN {WITHIN} ELSE {PERHAPS} END"


def _bounds(question: Question, forms: tuple[str, str]) -> str:
    found = []
    for form, day in zip(forms, (question.first, question.last), strict=True):
        if day is not None:
            found.append(form.replace("?", f"DATE '{day.isoformat()}'"))
    return " AND ".join(found)


def _conditions(question: Question) -> tuple[list[str], list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if question.window:
        first, last = f"{question.what}_first", f"{question.what}_last"
        overlap = _bounds(question, (f"{last} >= ?", f"{first} <= ?"))
        parts.append(f"({first} IS NULL OR ({overlap}))")
    if question.sources is not None:
        held = "source IN (SELECT unnest(?::INTEGER[]))"
        parts.append(held if question.records else "list_has_any(sources, ?::INTEGER[])")
        values.append(list(question.sources))
    for name, keys in question.keys.items():
        column = question.region_of if name == "region" else name
        parts.append(
            _ARTICLES if name == "article" else f"{column} IN (SELECT unnest(?::VARCHAR[]))"
        )
        values.append(list(keys))
    return parts, values


_ARTICLES = (
    "len(list_filter(articles, lambda one: len(list_filter(?::VARCHAR[], "
    "lambda asked: one = asked OR starts_with(one, asked || '-'))) > 0)) > 0"
)
""""58" holds for 58-10 too."""


def _cell(axis: str) -> list[str]:
    if axis in TIME:
        return _time(axis)
    return [f"{_AGE} AS age"] if axis == "age" else [axis]


def _time(grain: str) -> list[str]:
    placed = "first = last"
    if grain != "day":
        placed += f" OR date_trunc('{grain}', first) = date_trunc('{grain}', last)"
    decade = "year(first) % 10 = 0 AND last = make_date(year(first) + 9, 12, 31) AND " + _starts
    reason = f"""CASE WHEN first IS NULL THEN if(state = 2, {UNREADABLE}, {NOT_STATED})
        WHEN {placed} THEN {PLACED}
        WHEN day(first) = 1 AND last = last_day(first) THEN {MONTH_ONLY}
        WHEN last = make_date(year(first), 12, 31) AND {_starts} THEN {YEAR_ONLY}
        WHEN {decade} THEN {DECADE}
        WHEN date_trunc('month', first) = date_trunc('month', last) THEN {IN_MONTH}
        WHEN year(first) = year(last) THEN {IN_YEAR} ELSE {INTERVAL} END"""
    row = "first" if grain == "day" else f"date_trunc('{grain}', first)::DATE"
    day = f"""CASE reason WHEN {PLACED} THEN {row}
        WHEN {MONTH_ONLY} THEN first WHEN {IN_MONTH} THEN date_trunc('month', first)::DATE
        WHEN {YEAR_ONLY} THEN first WHEN {IN_YEAR} THEN date_trunc('year', first)::DATE
        WHEN {DECADE} THEN first END"""
    return [f"{reason} AS reason", f"{day} AS day"]


_starts = "month(first) = 1 AND day(first) = 1"

_BANDS = " ".join(
    f"WHEN years < {end} THEN {start}" for start, end in zip((0, *AGES), AGES, strict=False)
)
NO_BIRTH, VAGUE_BIRTH, NO_DAY, NO_AGE = -1, -2, -3, -4
_YEARS = (
    "born_first, born_last, coalesce(if(born_first = born_last AND year($_first) = year($_last), "
    "year($_first) - born_first, NULL), age) AS years"
)
_AGE = f"""CASE WHEN years < 0 OR years > 110 THEN {NO_AGE} WHEN years IS NULL THEN
        CASE WHEN born_first IS NULL THEN {NO_BIRTH} WHEN born_first <> born_last
        THEN {VAGUE_BIRTH} ELSE {NO_DAY} END
    {_BANDS} ELSE {AGES[-1]} END"""
"""The year of the event less that of birth; the age that the record states where one lacks."""
