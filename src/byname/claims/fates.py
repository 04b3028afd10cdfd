"""What became of people: "X was shot" against the end of the life of X."""

from __future__ import annotations

import re

from byname.claims import wording
from byname.claims.befallen import befell
from byname.claims.model import Judgement
from byname.claims.negation import denied
from byname.claims.offices import ENDS, Offices
from byname.claims.reading import Reading, Statement
from byname.claims.told import Events

_FAR = 90
_NATURAL = re.compile(
    r"(?:died|dies|passed away|умер\w*|скончал\w*)\s+(?:\w+\s+){0,2}?(?:of (?:natural causes"
    r"|old age|illness"
    r"|an? (?:heart|stroke|illness|disease|long)|cancer|pneumonia|typhus|tuberculosis|hunger"
    r"|starvation"
    r"|heart)|peacefully|in (?:his|her) (?:bed|sleep|old age)|своей смертью|от (?:болезни|старости"
    r"|инфаркта|рака|тифа|голода))",
    re.IGNORECASE,
)
"""A death that nobody inflicted."""
_FATES = {
    "shot": frozenset({"shot"}),
    "survived": frozenset({"survived", "died"}),
    "killed-himself": frozenset({"killed-himself"}),
    "died-in-custody": frozenset({"died-in-custody", "died"}),
    "died": frozenset({"died", "died-in-custody"}),
}
"""Word for a fate → the ends of a life that it may be said of."""
_RELATIVE = re.compile(r"\b(?:earlier|later|after|before|within|the same|still)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|she|him|himself|он|она)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|nearly|almost|threatened|if)\b|\bне\b", re.IGNORECASE)


def judge_fate(
    reading: Reading, statement: Statement, offices: Offices, events: Events
) -> Judgement | None:
    """Hold "X was shot" against what became of X."""
    return _other_fate(reading, statement, offices) or _same_fate(reading, statement, events)


def _other_fate(reading: Reading, statement: Statement, offices: Offices) -> Judgement | None:
    if any(q.kind == "count" and q.value > 2 for q in statement.quantities):
        return None
    for act in statement.tags:
        fate = _FATES.get(act.term)
        if fate is None:
            continue
        if act.term == "died" and not _NATURAL.match(reading.text, act.start):
            continue  # "died in 1940" may be said of one shot
        for person in statement.terms("person"):
            ends = offices.ends.get(person.term)
            if not ends or any(end.act & fate for end in ends):
                continue
            if abs(person.start - act.start) > _FAR or _DENIED.search(reading.words_of(statement)):
                continue
            if befell(act, person.term, reading, statement):
                end = ends[0]
                reason = f"Another fate: {end.states} ({wording.day(end.edtf)})."
                return Judgement(
                    act.start, act.end, "fate", "contradicted", reason, (end.id,),
                    suggestion=f"Put: {end.states}, {wording.day(end.edtf)}.", weight=0.9,
                )  # fmt: skip
    return None


def _same_fate(reading: Reading, statement: Statement, events: Events) -> Judgement | None:
    if any(q.kind == "count" and q.value > 2 for q in statement.quantities):
        return None
    if any(m.dated for m in statement.moments) or _RELATIVE.search(reading.words_of(statement)):
        return None
    for told in events.told(reading, statement):
        event = told.event
        here = statement.reach.get(event.person, 9.0) == 0 or _HE.search(
            reading.words_of(statement)
        )
        if event.person and here and told.act and told.cost <= 0.2 and event.act & ENDS:
            not_so = denied(reading.words_of(statement), statement.start, [], [], told.act.start)
            says = "It did happen" if not_so else "Agrees"
            reason = f"{says}: {event.states} ({wording.day(event.edtf)})."
            return Judgement(
                told.act.start, told.act.end, "fate",
                "contradicted" if not_so else "supported", reason, (event.id,), weight=0.7,
            )  # fmt: skip
    return None
