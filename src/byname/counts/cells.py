"""A question -> the SQL that answers it from the table ``facts``.

People of one record (most) are counted straight from their row. Records that make up a person
are put together first: the date is the most precise that a record gives, then the most frequent,
then the earlier one (the later for what can happen more than once); any other value is the one
that most of the records state, then that of the first record.

The texts name three tables: ``facts``, ``members`` and, for people, what ``joint`` selects.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from byname.counts.events import ONCE
from byname.counts.question import TIME, Question

AGES = (18, 25, 35, 45, 55, 65)
"""Where age groups begin after the first."""

PLACED, MONTH_ONLY, YEAR_ONLY, DECADE, INTERVAL, UNREADABLE, NOT_STATED = range(7)
IN_MONTH, IN_YEAR = 41, 42
"""Why a date has no row; the last two are intervals within one month or year."""

WITHIN, PERHAPS, UNDATED = range(3)
"""How a date stands to the span asked for."""

JOINT = """
    SELECT record, person FROM members WHERE record <> person
    UNION ALL SELECT DISTINCT person, person FROM members WHERE record <> person
"""
"""The records of people who have several. A person bears the number of the first record."""


class Query(NamedTuple):
    """An SQL text and its values."""

    sql: str
    values: list[Any]


def cells(question: Question, joint: str = JOINT) -> Query:
    """Return the query of (how it stands to the span, one cell an axis ..., number).

    A cell of time is a reason (0 for a row) and the day its row begins with; any other is a key,
    "?" for words nobody knows, NULL for none.
    """
    base, values = _base(question, joint)
    axes = [part for axis in question.by for part in _cell(question, axis)]
    columns = ", ".join([f"{_stands(question)} AS stands", *axes])
    sql = (
        f"WITH {base} SELECT {columns}, count(*) FROM {_from(question)} {_where(question)} "
        "GROUP BY ALL"
    )
    return Query(sql, values + _conditions(question))


def totals(question: Question, joint: str = JOINT) -> Query:
    """Return the query of (how it stands to the span, number, dates that differ, several)."""
    base, values = _base(question, joint)
    sql = (
        f"WITH {base} SELECT {_stands(question)} AS stands, count(*), count_if(differ), "
        f"count_if(several) FROM base {_where(question)} GROUP BY ALL"
    )
    return Query(sql, values + _conditions(question))


def condemned(question: Question, joint: str = JOINT) -> Query:
    """Return the query of how many were sentenced to death without word of an execution."""
    base, values = _base(question, joint, condemned=True)
    sql = f"WITH {base} SELECT count(*) FROM base {_where(question, dated=False)}"
    return Query(sql, values + _conditions(question))


def _columns(question: Question) -> list[str]:
    """Return the columns of facts that the axes and filters read, source apart."""
    names = {*question.by, *question.keys} - {*TIME, "source"}
    found = {
        "region": [question.region_of],
        "age": ["born", "age"],
        "article": ["articles"],
    }
    return [column for name in sorted(names) for column in found.get(name, [name])]


_BORN = "born_first::INTEGER * 10000 + born_last AS born"


def _base(question: Question, joint: str, condemned: bool = False) -> tuple[str, list[Any]]:
    what = question.what
    columns = _columns(question)
    read = ", ".join(_BORN if column == "born" else column for column in columns)
    sources, values = "", list[Any]()
    if question.sources is not None:
        sources = " AND source IN (SELECT unnest(?::INTEGER[]))"
        values.append(list(question.sources))
    said = f"{what} IS NULL AND fate = 'sentenced_to_death'" if condemned else f"{what} IS NOT NULL"
    chosen = (
        f"record, source, fate AS told_fate, {what} AS state, {what}_first AS first, "
        f"{what}_last AS last{', ' + read if read else ''}"
    )
    alone = (
        f"SELECT state, first, last, state = 3 AS several, false AS differ, "
        f"{'source' if question.records else '[source]'} AS source{_listed(columns)} "
        f"FROM (SELECT {chosen} FROM facts f WHERE {said}{sources}"
    )
    if question.records:
        return f"base AS ({alone}))", values
    alone += " AND NOT EXISTS (FROM joint j WHERE j.record = f.record))"
    picks = "".join(f", {_pick(column)} AS {column}" for column in columns)
    having = (
        "count(state) = 0 AND bool_or(told_fate = 'sentenced_to_death')"
        if condemned
        else "count(state) > 0"
    )
    base = f"""joint AS MATERIALIZED ({joint}),
    told AS MATERIALIZED (
        SELECT person, {chosen} FROM facts JOIN joint USING (record) WHERE true{sources}
    ),
    days AS (
        SELECT person, first(first ORDER BY {_best(what)}) AS first,
               first(last ORDER BY {_best(what)}) AS last,
               max(first) > min(last) AS differ
        FROM (SELECT person, first, last, count(*) AS n FROM told WHERE first IS NOT NULL
              GROUP BY ALL)
        GROUP BY person
    ),
    people AS (
        SELECT person, CASE WHEN bool_or(state IN (1, 3)) THEN 1 ELSE max(state) END AS state,
               coalesce(bool_or(state = 3), false) AS several,
               list_sort(list(DISTINCT source) FILTER (state IS NOT NULL)) AS source{picks}
        FROM told GROUP BY person HAVING {having}
    ),
    base AS (
        {alone}
        UNION ALL
        SELECT state, first, last, several, coalesce(differ, false), source{_listed(columns)}
        FROM people LEFT JOIN days USING (person)
    )"""
    return base, values * 2


def _listed(columns: list[str]) -> str:
    return "".join(f", {column}" for column in columns)


def _best(what: str) -> str:
    later = "" if what in ONCE else " DESC"
    return f"last - first, n DESC, first{later}"


def _pick(column: str) -> str:
    if column == "articles":
        return "list_sort(list_distinct(flatten(list(articles) FILTER (articles IS NOT NULL))))"
    known = f"{column} IS NOT NULL" + ("" if column in {"born", "age"} else f" AND {column} <> '?'")
    return (
        f"coalesce(list_aggregate(list({column} ORDER BY record) FILTER ({known}), 'mode'), "
        f"max({column}))"
    )


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


def _where(question: Question, dated: bool = True) -> str:
    parts = []
    if dated and question.window:
        overlap = _bounds(question, ("last >= ?", "first <= ?"))
        parts.append(f"(first IS NULL OR ({overlap}))")
    for name in question.keys:
        if name == "article":
            parts.append(_ARTICLES)
        else:
            column = question.region_of if name == "region" else name
            parts.append(f"{column} IN (SELECT unnest(?::VARCHAR[]))")
    return f"WHERE {' AND '.join(parts)}" if parts else ""


_ARTICLES = (
    "len(list_filter(articles, lambda one: len(list_filter(?::VARCHAR[], "
    "lambda asked: one = asked OR starts_with(one, asked || '-'))) > 0)) > 0"
)
""""58" holds for 58-10 too."""


def _conditions(question: Question) -> list[Any]:
    return [list(keys) for keys in question.keys.values()]


def _cell(question: Question, axis: str) -> list[str]:
    if axis in TIME:
        return _time(axis)
    if axis == "age":
        return [f"{_AGE} AS age_cell"]
    if axis == "region":
        return [question.region_of]
    if axis == "article":
        return ["unnest(coalesce(nullif(articles, []), [NULL::VARCHAR])) AS article"]
    if axis == "source" and not question.records:
        return ["unnest(source) AS source_cell"]
    return [axis]


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
    "coalesce(if(born // 10000 = born % 10000 AND year(first) = year(last), "
    "year(first) - born // 10000, NULL), age)"
)
_AGE = f"""CASE WHEN years < 0 OR years > 110 THEN {NO_AGE} WHEN years IS NULL THEN
        CASE WHEN born IS NULL THEN {NO_BIRTH} WHEN born // 10000 <> born % 10000
        THEN {VAGUE_BIRTH} ELSE {NO_DAY} END
    {_BANDS} ELSE {AGES[-1]} END"""
"""The year of the event less that of birth; the age that the record states where one lacks."""


def _from(question: Question) -> str:
    return f"(SELECT *, {_YEARS} AS years FROM base)" if "age" in question.by else "base"
