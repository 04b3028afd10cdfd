"""An event told without its date: "He was exiled to Voronezh" against the event that says so."""

from __future__ import annotations

from byname.claims import wording
from byname.claims.model import Judgement
from byname.claims.negation import denied
from byname.claims.reading import Reading, Statement
from byname.claims.told import Told

_LONGEST = 16
"""A longer clause says more than an event can bear out."""
_LEAST = 2
"""So many demands an event must have to tell more than that somebody did something."""


def judge_retold(told: list[Told], reading: Reading, statement: Statement) -> Judgement | None:
    """Bear out a short clause without date or number all of which an event says."""
    words = reading.words_of(statement)
    if statement.quantities or any(m.dated for m in statement.moments):
        return None
    if len(words.split()) > _LONGEST or "?" in words:
        return None
    for found in told:
        event, act = found.event, found.act
        if act is None or len(event.about) < _LEAST or event.person:
            continue
        if any(all(statement.reach.get(t) != 0 for t in element) for element in event.about):
            continue
        if denied(words, statement.start, [act], statement.terms("topic", "body"), act.start):
            return None
        reason = f"Agrees: {event.states} ({wording.day(event.edtf)})."
        return Judgement(
            act.start, act.end, "statement", "supported", reason, (event.id,), weight=0.6
        )
    return None
