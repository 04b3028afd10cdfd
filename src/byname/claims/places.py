"""Where it happened: the place that a clause gives a deed against the place of the event."""

from __future__ import annotations

import re

from byname.claims.model import Judgement
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.claims.told import Told
from byname.knowledge import Base

_IN = re.compile(r"\b(?:in|at|near|outside|в|во|на|под|у)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_SURE = 0.1
_FAR = 60


def judge_where(told: list[Told], reading: Reading, statement: Statement) -> Judgement | None:
    """Contradict "shot in Moscow" of somebody shot in Leningrad; else stay silent."""
    base = reading.base
    places = [t for t in statement.terms("place") if t.term != "ussr" and _stands(t, reading.text)]
    if len(places) != 1:
        return None
    place = places[0]
    for found in told:
        event = found.event
        if found.act is None or not event.where or found.cost > _SURE:
            continue
        if abs(place.start - found.act.end) > _FAR:
            continue
        here = {tag.term for tag in statement.tags}
        if _agree(place.term, event.where, base) or event.where & here:
            return None
        reason = f"It was elsewhere: {event.states} ({_named(event.where, base)})."
        return Judgement(
            place.start, place.end, "attribution", "contradicted", reason, (event.id,),
            suggestion=f"Put: {_named(event.where, base)}.", weight=0.8,
        )  # fmt: skip
    return None


def _stands(tag: Tag, text: str) -> bool:
    return _IN.search(text[max(0, tag.start - 24) : tag.start]) is not None


def _agree(said: str, where: frozenset[str], base: Base) -> bool:
    """Tell whether a place may be one of those of an event: inside it, or around it."""
    if any(w not in base.rows.terms for w in where):
        return True
    return any(said in base.widened(w) or w in base.widened(said) for w in where)


def _named(where: frozenset[str], base: Base) -> str:
    forms = [base.rows.terms[w].forms[0] for w in sorted(where) if w in base.rows.terms]
    return ", ".join(form.title() for form in forms)
