"""What an archive holds, what its lists leave out, and how it compares with what is published.

Compared is like with like: the same event, the same span of time, and no condition that the lists
cannot answer. A figure on officers or on one operation is left alone, as no column of a list says
who was one; a figure on a place is held against those who, by the lists, died or lie there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from byname.archive import Archive
from byname.comparing import EVENTS, Compared, compared, yearly
from byname.counts.coding import UNKNOWN
from byname.counts.tally import Tally

_RECORD_FIELDS = (
    "birth_date", "birth_place", "sex", "nationality", "party", "education", "occupation",
    "residence", "death_place", "burial_place",
)  # fmt: skip
_CASE_FIELDS = (
    "arrest_date", "articles", "sentence_date", "sentencing_body", "sentence", "execution_date",
    "rehabilitation_date",
)  # fmt: skip
_CODED = {
    "nationality": "json_extract_string(r.coded, '$.nationality') IS NULL",
    "party": "json_extract_string(r.coded, '$.party') IS NULL",
    "sentencing_body": "coded_body IS NULL",
    "birth_place": f"f.birth = '{UNKNOWN}'",
    "residence": f"f.residence = '{UNKNOWN}'",
    "occupation": f"f.occupation = '{UNKNOWN}'",
}
"""Fields that tallies need a key of (of a place its region) -> the condition of having none."""
_REASONS = 5


@dataclass(frozen=True, slots=True)
class Held:
    """How many people an event befell, and how closely it is dated."""

    what: str
    total: int
    to_the_day: int
    roughly: int
    undated: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """How many records state a field.

    ``unrecognised`` are stated in words in which no nationality, party, body, group of occupations
    or, of a place, no region was found; None where nothing of the kind is looked for.
    """

    name: str
    stated: int
    missing: int
    unrecognised: int | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """What ``byname describe`` tells."""

    archive: str
    lists: tuple[dict[str, Any], ...]
    entries: int
    records: int
    people: int | None
    rejected: int
    reasons: tuple[tuple[str, int], ...]
    absent: int
    fates: tuple[tuple[str | None, int], ...]
    events: tuple[Held, ...]
    fields: tuple[Field, ...]
    years: tuple[dict[str, Any], ...]
    months: tuple[tuple[str, int], ...]
    compared: tuple[Compared, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of ``byname describe``."""
        return {
            "archive": self.archive,
            "lists": list(self.lists),
            "entries": self.entries,
            "records": self.records,
            "people": self.people,
            "rejected": self.rejected,
            "rejected_reasons": [{"reason": why, "count": n} for why, n in self.reasons],
            "absent": self.absent,
            "fates": [{"fate": fate, "records": n} for fate, n in self.fates],
            "events": [asdict(one) for one in self.events],
            "fields": [asdict(one) for one in self.fields],
            "years": list(self.years),
            "months": [{"month": month, "executed": n} for month, n in self.months],
            "compared": [one.as_dict() for one in self.compared],
        }


def describe_file(path: Path) -> Description:
    """Return what the archive at ``path`` holds."""
    with Archive(path, read_only=True) as archive:
        return describe(archive)


def describe(archive: Archive) -> Description:
    """Return what an archive holds, what is missing, and how it compares."""
    size = archive.sql(
        "SELECT (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM records) AS n, "
        "(SELECT count(DISTINCT person) FROM members) AS people, "
        "(SELECT count(*) FROM rejected WHERE absent_run IS NULL) AS rejected, "
        "(SELECT count(*) FROM entries WHERE absent_run IS NOT NULL) AS absent"
    )[0]
    reasons = archive.sql(
        "SELECT reason, count(*) AS n FROM rejected WHERE absent_run IS NULL "
        f"GROUP BY ALL ORDER BY n DESC, reason LIMIT {_REASONS}"
    )
    fates = archive.sql("SELECT fate, count(*) AS n FROM records GROUP BY ALL ORDER BY n DESC")
    tallies = {what: archive.count(what, by="day") for what in EVENTS}
    months = archive.count("executed", by="month", since="1937", until="1938")
    return Description(
        archive=archive.path.name,
        lists=tuple(_lists(archive)),
        entries=size["entries"],
        records=size["n"],
        people=size["people"] or None,
        rejected=size["rejected"],
        reasons=tuple((row["reason"], row["n"]) for row in reasons),
        absent=size["absent"],
        fates=tuple((row["fate"], row["n"]) for row in fates),
        events=tuple(_held(tally) for tally in tallies.values() if tally.total),
        fields=tuple(_fields(archive, size["n"])),
        years=tuple(yearly(archive)),
        months=tuple((row.keys[0], row.count) for row in months.rows),
        compared=tuple(compared(archive)),
    )


def _lists(archive: Archive) -> Iterator[dict[str, Any]]:
    wanted = ("title", "format", "publisher", "licence", "citation", "entries")
    for row in archive.sources():
        yield {name: row[name] for name in wanted}


def _held(tally: Tally) -> Held:
    days = sorted(row.keys[0] for row in tally.rows)
    sure = sum(row.count for row in tally.rows)
    roughly = sum(gap.count for gap in tally.gaps if gap.could)
    undated = sum(gap.count for gap in tally.gaps if not gap.could)
    ends = (days[0], days[-1]) if days else (None, None)
    return Held(tally.what, tally.total, sure, roughly, undated, *ends)


def _fields(archive: Archive, records: int) -> Iterator[Field]:
    """Yield how many records state each field; of several cases any may state it."""
    case = ", ".join(f"max({name}) AS {name}" for name in _CASE_FIELDS)
    coded = "max(json_extract_string(coded, '$.sentencing_body')) AS coded_body"
    wanted = ", ".join(
        [f"count({_column(name)}) AS {name}" for name in (*_RECORD_FIELDS, *_CASE_FIELDS)]
        + [
            f"count(*) FILTER ({_column(name)} IS NOT NULL AND {without}) AS {name}_unread"
            for name, without in _CODED.items()
        ]
    )
    row = archive.sql(
        f"SELECT {wanted} FROM records r LEFT JOIN (SELECT record, {case}, {coded} FROM cases "
        "GROUP BY record) c ON c.record = r.id LEFT JOIN facts f ON f.record = r.id"
    )[0]
    for name in (*_RECORD_FIELDS, *_CASE_FIELDS):
        stated = row[name]
        yield Field(name, stated, records - stated, row.get(f"{name}_unread"))


def _column(name: str) -> str:
    return f"{'c' if name in _CASE_FIELDS else 'r'}.{name}"
