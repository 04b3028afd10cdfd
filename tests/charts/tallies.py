"""Small tallies for the tests of the charts: invented numbers, real days."""

from __future__ import annotations

from typing import Any

from byname.counts import Gap, Tally, TallyRow


def tally(by, rows, gaps=(), what="executed", unit="people", **more) -> Tally:
    """A tally whose total is its rows and gaps together."""
    axes = (by,) if isinstance(by, str) else tuple(by)
    made = tuple(
        TallyRow((keys,) if isinstance(keys, str) else tuple(keys), *numbers)
        for keys, *numbers in rows
    )
    left = tuple(Gap(*gap) for gap in gaps)
    total = sum(row.count for row in made) + sum(gap.count for gap in left)
    undated = sum(gap.count for gap in left if gap.axis in ("day", "week", "month", "year"))
    return Tally(what, axes, unit, made, total, undated, left, **more)


DAYS = tally(
    "day",
    [("1937-08-13", 12), ("1937-12-10", 40), ("1938-02-28", 562), ("1938-10-17", 3)],
    [("day", "not stated", 5), ("day", "month only", 7, "1937-12")],
)
MONTHS = tally(
    "month",
    [("1937-06", 4), ("1937-08", 120), ("1937-12", 900), ("1938-02", 800), ("1938-11", 2)],
    [("month", "not stated", 42), ("month", "year only", 6, "1937")],
)
WEEKS = tally("week", [("1937-W31", 4), ("1937-W33", 90), ("1938-W02", 30)])
YEARS = tally("year", [("1936", 4), ("1937", 3143), ("1938", 5337)])
NATIONS = tally(
    "nationality",
    [("russian", 3628), ("latvian", 1024), ("pole", 822)],
    [("nationality", "not stated", 213), ("nationality", "not recognised", 4)],
)
REGIONS = tally(
    ("region", "month"),
    [
        (("Ленинградская область", "1937-08"), 40),
        (("Ленинградская область", "1937-11"), 90),
        (("Омская область", "1937-08"), 11),
        (("Омская область", "1938-03"), 7),
    ],
    [("region", "not stated", 9)],
)
SEXES = tally(("nationality", "sex"), [(("pole", "male"), 700), (("pole", "female"), 80)])
AGES = tally("age", [("under 18", 1), ("18-24", 30), ("65 and over", 20)])
ALL = {
    "days": DAYS,
    "weeks": WEEKS,
    "months": MONTHS,
    "years": YEARS,
    "nations": NATIONS,
    "regions": REGIONS,
    "sexes": SEXES,
    "ages": AGES,
}


def data(spec: Any) -> list[dict[str, Any]]:
    """All rows of data of a specification, wherever they stand in it."""
    found: list[dict[str, Any]] = []
    if isinstance(spec, dict):
        values = spec.get("data", {}).get("values") if isinstance(spec.get("data"), dict) else None
        found += values or []
        for part in spec.values():
            found += data(part)
    elif isinstance(spec, list):
        for part in spec:
            found += data(part)
    return found


def words(spec) -> str:
    """Title and lines below it, as one text."""
    title = spec["title"]
    parts = [title["text"], title["subtitle"]]
    return " ".join(" ".join(part) if isinstance(part, list) else part for part in parts)
