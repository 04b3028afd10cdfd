"""What the records of an archive say about the claims of a text: the queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from byname.archive import Archive, Shown
from byname.claims.checking import Checker
from byname.claims.model import Checked, Cited
from byname.claims.reading import read
from byname.claims.witness import (
    CountAsked,
    NameAsked,
    Witness,
    counts_asked,
    names_asked,
    testify,
)
from byname.claims.wording import day, window
from byname.dates import parse_edtf
from byname.errors import UsageError
from byname.knowledge import Term, Window
from byname.search import FoundPerson
from byname.vocabulary import nationalities, table

COLUMNS = {
    "executed": "execution_date",
    "arrested": "arrest_date",
    "sentenced": "sentence_date",
    "rehabilitated": "rehabilitation_date",
    "born": "birth_date",
    "died": "death_date",
}
_NOUNS = {"executed": "executions", "arrested": "arrests", "sentenced": "sentences"}
_DATES = {
    "executed": "an execution date",
    "arrested": "an arrest date",
    "sentenced": "a sentence date",
}
_PLACES = ("residence", "death_place", "burial_place")
_CERTAIN = 0.93
_CERTAIN_BORN = 0.85
"""Scores of ``find`` from which a name is taken for the same; the second with birth year."""
_MANY = 12
"""A name that more records bear than this is nobody's in particular."""
_SHOWN = 4
_SEVERAL = "one person may stand in several"


def with_records(checked: Checked, checker: Checker, archive: Archive) -> Checked:
    """Return the claims with what the archive's records say added to their evidence."""
    reading = read(checked.text, checker.base, checker.tagger, checker.pointers)
    lists = _lists(archive)
    counts = []
    known: dict[tuple[Any, ...], Cited | None] = {}
    for asked in counts_asked(checked, reading):
        key = (asked.what, asked.window, asked.groups, asked.places)
        if key not in known:
            known[key] = _counted(asked, archive, lists)
        answer = known[key]
        if answer is not None:
            counts.append((asked, answer))
    found: dict[tuple[str, int | None], list[Witness]] = {}
    names = []
    for name in names_asked(checked, reading):
        pair = (name.name, name.born)
        if pair not in found:
            found[pair] = _witnesses(name, archive)
        if found[pair]:
            names.append((name, found[pair]))
    return testify(checked, counts, names)


def _lists(archive: Archive) -> str:
    """Return the archive with its lists as a citation."""
    titles = [row["title"] for row in archive.sources()]
    more = f"; lists beside these: {len(titles) - _SHOWN}" if len(titles) > _SHOWN else ""
    return f"archive {archive.path.name}: {'; '.join(titles[:_SHOWN])}{more}"


def _counted(asked: CountAsked, archive: Archive, lists: str) -> Cited | None:
    """Return how many records date what is asked within the window, with the coverage."""
    keys = [nationality_of(term) for term in asked.groups]
    if not all(keys):
        return None  # officers, clergy ...: no column of a list says who was one
    clause, values, of_whom = _narrowed([key for key in keys if key], asked.places)
    column = COLUMNS[asked.what]
    base = (
        "FROM records r JOIN cases c ON c.record = r.id "
        f"LEFT JOIN members m ON m.record = r.id WHERE {clause}"
    )
    dated = archive.sql(f"SELECT DISTINCT {column} AS d {base} AND {column} IS NOT NULL", *values)
    inside = [row["d"] for row in dated if _within(row["d"], asked.window)]
    number = archive.sql(
        f"SELECT count(DISTINCT r.id) FILTER ({column} IN (SELECT unnest(?::VARCHAR[]))) AS n, "
        f"count(DISTINCT m.person) FILTER ({column} IN (SELECT unnest(?::VARCHAR[]))) AS people, "
        f"count(DISTINCT r.id) FILTER ({column} IS NOT NULL) AS dated {base}",
        inside,
        inside,
        *values,
    )[0]
    whole = archive.sql(f"SELECT count(*) AS m FROM records r WHERE {clause}", *values)[0]["m"]
    if not whole:
        return None
    share = f"{100 * number['dated'] / whole:.1f} %"
    linked = archive.sql("SELECT count(*) AS n FROM members")[0]["n"] > 0
    people = f"{number['people']:,} {'person' if number['people'] == 1 else 'people'} in "
    counted = f"{people if linked else ''}{_records(number['n'])} of {_NOUNS[asked.what]}"
    value = (
        f"{counted} dated within {window(asked.window)} "
        f"among {_records(whole)}{of_whom} ({share} have {_DATES[asked.what]}); "
        "the lists are partial, and "
        + ("who is one person was judged by linking" if linked else _SEVERAL)
    )
    return Cited(_id(asked, [key for key in keys if key]), value, lists)


def _records(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"


def _id(asked: CountAsked, keys: list[str]) -> str:
    first, last = asked.window.first, asked.window.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        span = str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    else:
        span = f"{first}/{last}"
    narrow = [*keys, *(term.id for term in asked.places)]
    return ":".join(["archive", asked.what, span, *narrow])


def _within(edtf: str, wanted: Window) -> bool:
    try:
        found = parse_edtf(edtf)
    except ValueError:
        return False
    return wanted.first <= found.start and found.end <= wanted.last


def _narrowed(keys: list[str], places: tuple[Term, ...]) -> tuple[str, list[Any], str]:
    """Return a condition on records, its values, and the same in words."""
    clauses, words = ["TRUE"], ""
    values: list[Any] = []
    if keys:
        coded = "json_extract_string(r.coded, '$.nationality')"
        clauses.append(f"{coded} IN (SELECT unnest(?::VARCHAR[]))")
        values.append(keys)
        table_rows = table("nationalities")
        words += f" of people entered as {' or '.join(table_rows[key]['en'] for key in keys)}"
    for place in places:
        pattern = "|".join(filter(None, map(russian_pattern, place.forms)))
        columns = " || ' ' || ".join(f"coalesce(r.{name}, '')" for name in _PLACES)
        clauses.append(f"regexp_matches(lower({columns}), ?)")
        values.append(pattern or "(?!)")
        words += (
            f" whose residence, place of death or burial names {place.id.replace('-', ' ').title()}"
        )
    return " AND ".join(clauses), values, words


def russian_pattern(form: str) -> str:
    """Return a Russian form of a term as a pattern, "" for a Latin one."""
    if not re.search("[а-яё]", form.lower()):
        return ""
    words = (re.escape(word.rstrip("*")) + r"[а-яё]*" * word.endswith("*") for word in form.split())
    return r"\s+".join(words).lower()


def nationality_of(term: Term) -> str | None:
    """Return the key of the vocabulary that a group's name stands for, if it is a nationality."""
    forms = nationalities()
    for form in term.forms:
        plain = form.lower().replace("ё", "е")
        if plain.endswith("*") and len(plain) > 4:
            key = next((k for known, k in forms.items() if known.startswith(plain[:-1])), None)
        else:
            key = forms.get(plain)
        if key:
            return key
    return None


def _witnesses(asked: NameAsked, archive: Archive) -> list[Witness]:
    """Return the records of the one person of that name; none when it may be several people."""
    try:
        found = archive.find(asked.name, asked.born, limit=_MANY + 1)
    except UsageError:  # what looked like a name is none
        return []
    words = asked.name.split()
    if len([word for word in words if not word.endswith(".")]) < 2:
        return []
    least = _CERTAIN_BORN if asked.born else _CERTAIN
    sure = [one for one in found.people if one.score >= least and _whole(one)]
    if not sure or len(sure) > _MANY or not _one_person(sure):
        return []
    records = [(record.record, one) for one in sure for record in one.records]
    return [_witness(archive.record(record), one) for record, one in records[:_SHOWN]]


def _whole(person: FoundPerson) -> bool:
    return not any(reason.startswith("nothing in the record") for reason in person.reasons)


def _one_person(people: list[FoundPerson]) -> bool:
    """Tell whether records of a name may all be of one person: births and patronymics agree."""
    years = [parse_edtf(one.birth) for one in people if one.birth]
    spread = max(y.start.year for y in years) - min(y.end.year for y in years) if years else 99
    names = (one.name.split() for one in people)
    fathers = {name[2][:4].lower() for name in names if len(name) > 2 and len(name[2]) > 2}
    return (spread <= 1 or len(people) == 1) and len(fathers) <= 1


def _witness(shown: Shown, person: FoundPerson) -> Witness:
    dates: dict[str, list[tuple[str, Window]]] = {}
    said = []
    for what, edtf, path in _dated(shown):
        try:
            interval = parse_edtf(edtf)
        except ValueError:
            continue
        dates.setdefault(what, []).append((edtf, Window(interval.start, interval.end)))
        said.append(f"{what} {day(edtf)}{_verbatim(shown, path, edtf)}")
    if "executed" in dates:
        dates.setdefault("died", dates["executed"])
    value = f"{person.name}: {', '.join(said) or 'no date'}"
    source = f"{shown.source}, {shown.locator}"
    return Witness(Cited(f"archive:r{shown.record}", value, source), dates)


def _dated(shown: Shown) -> Iterator[tuple[str, str, str]]:
    """Yield what a record dates: what, EDTF, the path of the field."""
    for what, column in COLUMNS.items():
        if column in shown.fields:
            yield what, shown.fields[column], column
    for case in shown.cases:
        for what, column in COLUMNS.items():
            if case.get(column):
                yield what, case[column], f"cases.{case['n']}.{column}"


def _verbatim(shown: Shown, path: str, edtf: str) -> str:
    """Return the words a date was read from, where they say it otherwise."""
    span = shown.spans.get(path)
    if not span or len(span) != 2:
        return ""
    words = " ".join(shown.raw[span[0] : span[1]].split())
    return f" (“{words}”)" if words != edtf else ""
