"""Who did it: the doer that a clause names against the one of the event it tells of."""

from __future__ import annotations

import re

from byname.claims import wording
from byname.claims.befallen import PASSIVE
from byname.claims.cases import nominative, russian
from byname.claims.model import Judgement
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.claims.told import Told, told_here
from byname.knowledge import Event

_BY = re.compile(r"^\W*(?:\w+\W+){0,2}by\s+(?:\S+\s+){0,3}$", re.IGNORECASE)


def judge_doer(told: list[Told], reading: Reading, statement: Statement) -> Judgement | None:
    """Hold who is said to have done it against who did."""
    for found in told:
        event = found.event
        if not event.by or found.act is None or not told_here(found, statement):
            continue
        agents = [
            tag
            for tag in statement.terms("person")
            if _did(tag, found.act, reading) and tag.term not in frozenset().union(*event.about)
        ]
        if not agents:
            continue
        right = [tag for tag in agents if tag.term in event.by]
        wrong = [tag for tag in _joined(agents, statement, reading) if tag.term not in event.by]
        if right and wrong:
            return _who(wrong[0], event, "contradicted", found)
        if right:
            return _who(right[0], event, "supported", found)
        if any(tag.term in event.not_by for tag in agents) or len(agents) == 1:
            return _who(agents[0], event, "contradicted", found)
    return None


def _joined(agents: list[Tag], statement: Statement, reading: Reading) -> list[Tag]:
    """Return those named together with the first: "signed by Stalin and Beria"."""
    if not agents:
        return []
    found = [agents[0]]
    for tag in statement.terms("person"):
        between = reading.text[found[-1].end : tag.start]
        if tag.start > found[-1].end and re.fullmatch(
            r"\s*(?:,|and|и|,\s*and)\s*(?:\w+\s+)?", between
        ):
            found.append(tag)
    return found


_RU_NEAR = re.compile(
    r"\s*(?:(?:лично|сам|тогда|именно|только)\s+){0,2}(?:[а-яё]+\s+){0,2}", re.IGNORECASE
)
_RU_ACTIVE = re.compile(r"л[аи]?$", re.IGNORECASE)


def _did(tag: Tag, act: Tag, reading: Reading) -> bool:
    text = reading.text
    if russian(text[act.start : act.end]):
        between = text[min(tag.end, act.end) : max(tag.start, act.start)]
        subject = nominative(tag, text, reading.base)
        active = _RU_ACTIVE.search(text[act.start : act.end]) is not None
        near = _RU_NEAR.fullmatch(between) is not None
        return near and (subject if active else not subject and tag.start > act.end)
    if tag.start >= act.end:
        return bool(_BY.match(text[act.end : tag.start]))
    between = text[tag.end : act.start]
    return len(between) < 16 and "," not in between and not PASSIVE.search(between)


def _who(tag: Tag, event: Event, verdict: str, told: Told) -> Judgement:
    fact = f"{event.states} ({wording.day(event.edtf)})"
    reason = f"Agrees: {fact}." if verdict == "supported" else f"It was somebody else: {fact}."
    return Judgement(
        tag.start, tag.end, "attribution", verdict, reason, (event.id,),
        suggestion="" if verdict == "supported" else f"Put: {event.states}.",
        weight=1 - max(0.0, told.cost),
    )  # fmt: skip
