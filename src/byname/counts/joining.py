"""The facts of several records -> those of the one person they speak of, in SQL.

A person gets one date an event: the most precise that a record gives; of several, the one most
records give; then the earlier one, or the later for what can happen more than once. Any other
value is the one that most of the records state, of several the first record's.
"""

from __future__ import annotations

from byname.counts.events import EVENTS, ONCE

VALUES = ("sex", "nationality", "party", "occupation", "residence", "birth", "death", "sentence",
          "body", "fate")  # fmt: skip
"""Columns of ``facts`` that hold one key."""

_DAYS = 1_000_000
"""More days than lie between any two dates of the lists."""

COLUMNS: tuple[str, ...] = (
    "person", "sources", *VALUES, "articles", "born_first", "born_last", "age",
    *(f"{event}{part}" for event in EVENTS for part in ("", "_first", "_last")),
)  # fmt: skip
"""The columns of ``person_facts``, in order."""

DIFFER, SEVERAL_DIFFER = 4, 5
"""States of an event of a person beside those of a record: the records' dates exclude each
other; the same where a record tells of several."""


def alone(facts: str) -> str:
    """Return the SQL for people of one record each: those of the SQL ``facts``."""
    return (
        f"SELECT record AS person, [source] AS sources, {', '.join(COLUMNS[2:])} FROM ({facts}) f"
    )


def joined(facts: str, key: str = "person") -> str:
    """Return the SQL for people of several records.

    Args:
        facts: SQL for rows of ``facts`` with the columns of ``key`` beside them.
        key: what tells the people apart, ending with ``person``.

    """
    picks = [
        "list_sort(list(DISTINCT source)) AS sources",
        *(f"{_value(column)} AS {column}" for column in VALUES),
        "list_sort(list_distinct(flatten(list(articles) FILTER (articles IS NOT NULL)))) "
        "AS articles",
        f"{_mode(_BORN, _BORN_ONE)} AS born",
        f"{_mode('age', 'age IS NOT NULL')} AS age",
        *(part for event in EVENTS for part in _event(event)),
    ]
    inner = f"SELECT {key}, {', '.join(picks)} FROM ({facts}) f GROUP BY {key}"
    return f"SELECT {key}, {', '.join(_outer())} FROM ({inner}) p"


_BORN = "born_first::INTEGER * 10000 + born_last"
_BORN_ONE = "born_first IS NOT NULL"


def _mode(value: str, condition: str) -> str:
    """Return the value that most records state, of several the first record's."""
    return f"list_aggregate(list({value} ORDER BY record) FILTER ({condition}), 'mode')"


def _value(column: str) -> str:
    known = _mode(column, f"{column} <> '?'")
    return f"coalesce({known}, max({column}))"  # '?' where nothing else is stated


def _event(event: str) -> list[str]:
    """Return the state of an event and its dates, each as one number, the best first."""
    first, last = f"{event}_first", f"{event}_last"
    day = f"({first} - DATE '1700-01-01')"
    order = day if event in ONCE else f"({_DAYS - 1} - {day})"
    code = f"({last} - {first}) * {_DAYS} + {order}"
    several = f"bool_or({event} = 3)"
    return [
        f"CASE WHEN max({first}) > min({last}) THEN if({several}, {SEVERAL_DIFFER}, {DIFFER}) "
        f"WHEN {several} THEN 3 WHEN bool_or({event} = 1) THEN 1 ELSE max({event}) END AS {event}",
        f"list({code} ORDER BY {code}) FILTER ({first} IS NOT NULL) AS {event}_days",
    ]


def _outer() -> list[str]:
    found = [*COLUMNS[1 : COLUMNS.index("born_first")], "born // 10000", "born % 10000", "age"]
    for event in EVENTS:
        days = f"{event}_days"
        best = (
            f"list_aggregate(list_filter({days}, lambda one: one // {_DAYS} = {days}[1] // "
            f"{_DAYS}), 'mode')"
        )
        place = f"({best} % {_DAYS})"
        start = place if event in ONCE else f"({_DAYS - 1} - {place})"
        first = f"DATE '1700-01-01' + {start}::INTEGER"
        found += [event, first, f"{first} + ({days}[1] // {_DAYS})::INTEGER"]
    return [f"{value} AS {name}" for value, name in zip(found, COLUMNS[1:], strict=True)]
