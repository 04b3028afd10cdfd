"""Offices: who held what post, and when."""

from __future__ import annotations

import re
from dataclasses import replace

from byname.claims.days import compare
from byname.claims.model import Judgement
from byname.claims.moments import Moment
from byname.claims.offices import Offices, held, said
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Office

_NEAR = 70


def judge_post(
    tag: Tag, reading: Reading, statement: Statement, offices: Offices
) -> Judgement | None:
    """Hold a post that a clause gives somebody against those who held it."""
    people = sorted(
        (t for t in statement.terms("person") if _apart(t, tag) < _NEAR),
        key=lambda t: (_apart(t, tag), t.start > tag.start),
    )
    if not people or tag.term not in offices.holders:
        return None
    for person in people:
        rows = offices.by_pair.get((person.term, tag.term))
        if rows:
            # It rests on the words for the post, wherever in the clause the name stands.
            return replace(dated(person, rows, statement), start=tag.start, end=tag.end)
    near = people[0]
    apposed = re.fullmatch(
        r"(?:['’]s)?,?\s*(?:then|the|as|at the time|now|was|is|who was|who headed|headed|,|\s)*",
        reading.text[min(near.end, tag.end) : max(near.start, tag.start)],
        re.IGNORECASE,
    )
    if apposed and len(people) == 1 and near.term in offices.base.rows.people:
        holders = sorted(offices.holders[tag.term])
        rows = [offices.by_pair[(who, tag.term)][0] for who in holders]
        reason = "The post was held by others: " + "; ".join(held(row) for row in rows[:4]) + "."
        return said(near, rows[0], "contradicted", reason)
    return None


def _apart(one: Tag, other: Tag) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def dated(person: Tag, rows: list[Office], statement: Statement) -> Judgement:
    """Hold the dates that a clause gives a tenure against its beginning and end."""
    office = rows[0]
    for moment in _of_the_office(person, statement):
        if moment.form == "range":
            return _ranged(person, rows, moment)
        for row in rows:
            ends = [w for w in (row.first, row.last) if w]
            if any(compare(moment, end) == "supported" for end in ends):
                return said(person, row, "supported", f"Agrees: {held(row)}.")
            if row.first and moment.last < row.first.first:
                reason = f"Not yet: {held(row)}."
                return said(person, row, compare(moment, row.first), reason)
            if row.last and moment.first > row.last.last:
                return said(person, row, compare(moment, row.last), f"No longer: {held(row)}.")
    return said(person, office, "supported", f"Agrees: {held(office)}.")


def _of_the_office(person: Tag, statement: Statement) -> list[Moment]:
    """Return the dates of a statement that are of holding a post, not of a fate told beside."""
    posts = [t for t in statement.tags if t.kind == "office"] or [person]
    fates = [t for t in statement.tags if t.term in _DEEDS]
    found = []
    for moment in statement.moments:
        own = min(max(moment.start - t.end, t.start - moment.end, 0) for t in posts)
        other = min(
            (max(moment.start - t.end, t.start - moment.end, 0) for t in fates), default=999
        )
        if moment.dated and own <= other:
            found.append(moment)
    return found


_DEEDS = frozenset(
    ["shot", "arrested", "sentenced", "tried", "died", "killed", "killed-himself", "convicted",
     "death-sentences", "born", "rehabilitated", "expelled", "died-in-custody", "assassinated"]
)  # fmt: skip


def _ranged(person: Tag, rows: list[Office], moment: Moment) -> Judgement:
    """Hold "from 1934 to 1936" against both ends of a tenure."""
    row = max(rows, key=lambda r: sum(_meets(moment, r)))
    both = _meets(moment, row)
    verdict = "supported" if all(both) else "imprecise" if any(both) else "contradicted"
    says = "Agrees" if verdict == "supported" else "The time in office was another"
    return said(person, row, verdict, f"{says}: {held(row)}.")


def _meets(moment: Moment, row: Office) -> tuple[bool, bool]:
    first = (
        row.first is None
        or abs((moment.first - row.first.first).days) <= _ROUGHLY
        or (moment.first.year == row.first.first.year)
    )
    last = (
        row.last is None
        or abs((moment.last - row.last.last).days) <= _ROUGHLY
        or (moment.last.year == row.last.last.year)
    )
    return first, last


_ROUGHLY = 45
