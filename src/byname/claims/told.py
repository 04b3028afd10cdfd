"""Which events a clause may tell of, by the deed it names and the people it befell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from byname.claims.befallen import DONE_TO, befell, owns
from byname.claims.moments import Moment
from byname.claims.reading import SAME_SENTENCE, Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Base, Event

_UNTOLD = 0.2
"""The cost of a date given without saying what happened ("Order 00447 of 30 July")."""
BESIDE = 30
"""So near a date stands beside the name of what it is of."""
_CARRIED = 0.3


@dataclass(frozen=True, slots=True)
class Told:
    """An event that a statement may tell of: the word for what happened, and the cost."""

    event: Event
    act: Tag | None
    cost: float
    moment: Moment | None = None
    """The one date that is this event's, where a list of people leaves the deed out."""


class _Said:
    """The words of a statement by their terms, and the terms of its sentence."""

    def __init__(self, statement: Statement, reading: Reading) -> None:
        self._tags = statement.tags
        self._terms = frozenset(tag.term for tag in statement.tags)
        self.around = frozenset(t.term for t in reading.sentences[statement.sentence].tags)

    def here(self, terms: frozenset[str]) -> list[Tag]:
        """Return the tags of a statement that stand for one of some terms."""
        if self._terms.isdisjoint(terms):
            return []
        return [tag for tag in self._tags if tag.term in terms]


class Events:
    """The events of a base, by what they are about."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self._by_term: dict[str, list[Event]] = {}
        self._last: tuple[Statement | None, list[Told]] = (None, [])
        for event in base.rows.events.values():
            rarest = min(event.about, key=lambda e: (any(t.startswith("~") for t in e), len(e)))
            for term in rarest:
                self._by_term.setdefault(term, []).append(event)

    def told(self, reading: Reading, statement: Statement) -> list[Told]:
        """Return the events a statement may tell of, the surest first."""
        if self._last[0] is statement:
            return self._last[1]
        found: list[Told] = []
        seen: set[str] = set()
        said = _Said(statement, reading)
        for term in statement.reach:
            for event in self._by_term.get(term, ()):
                if event.id not in seen:
                    seen.add(event.id)
                    found += self._told(event, reading, statement, said)
        found.sort(key=lambda told: (told.cost, told.event.id))
        self._last = (statement, found)
        return found

    def _told(
        self, event: Event, reading: Reading, statement: Statement, said: _Said
    ) -> Iterator[Told]:
        cost = _distance(event, statement)
        if cost is None:
            return
        acts = said.here(event.act)
        if event.person:
            if not _speaks_of(event.person, reading, statement):
                return
            acts += _deaths(event, statement) + _sentences(event, statement)
            acts = [tag for tag in acts if befell(tag, event.person, reading, statement)]
        else:
            if _of_somebody(event, reading, statement):
                return
            theirs = [tag for tag in acts if not _of_kin(tag, event, reading, statement)]
            if acts and not theirs:
                return
            acts = theirs
        if acts:
            for act in acts:
                yield Told(event, act, cost)
        else:
            yield from self._untold(event, cost, reading, statement, said)

    def _untold(
        self, event: Event, cost: float, reading: Reading, statement: Statement, said: _Said
    ) -> Iterator[Told]:
        """Yield an event whose deed the statement itself does not name."""
        own = listed_date(event.person, reading, statement) if event.person else None
        if own is not None:
            around = reading.sentences[statement.sentence].tags
            if any(tag.term in event.act for tag in around if tag.end < own.start):
                yield Told(event, None, cost, own)
        elif (event.main or not event.act) and beside_date(event, statement):
            yield Told(event, None, cost + (_UNTOLD if event.act else 0.0))
        elif not event.person and not said.around.isdisjoint(event.act):
            yield Told(event, None, cost + SAME_SENTENCE)


def _distance(event: Event, statement: Statement) -> float | None:
    """Return how far away what an event is about was said, None where it was not."""
    cost = -0.04 * len(event.about)
    for element in event.about:
        near = min(statement.reach.get(term, 9.0) for term in element)
        if near > 1:
            return None
        cost += near
    return cost


_HE = re.compile(
    r"\b(?:he|she|him|himself|herself|он|она|его|ему)\b|\b(?:his|her) (?:death|arrest|execution"
    r"|birth"
    r"|trial|murder|suicide|dismissal|removal|appointment)\b",
    re.IGNORECASE,
)


_HE_OPENS = re.compile(
    r"\W*(?:and |but )?(?:he|she|он|она|my|our|his|her|мой|моя)\b", re.IGNORECASE
)


def _of_somebody(event: Event, reading: Reading, statement: Statement) -> bool:
    """Tell whether a clause is on somebody else: "He was shot in 1938" after an operation."""
    if not _HE_OPENS.match(reading.words_of(statement)):
        return False
    about = frozenset().union(*event.about)
    return all(statement.reach.get(t, 9.0) > 0 for t in about)


def _of_kin(act: Tag, event: Event, reading: Reading, statement: Statement) -> bool:
    """Tell whether the person of an event only says whose: "his wife was shot"."""
    if act.term not in DONE_TO:
        return False
    about = frozenset().union(*event.about)
    theirs = [t for t in statement.tags if t.kind == "person" and t.term in about]
    return bool(theirs) and all(owns(t, act, reading.text) for t in theirs)


_DEATH = frozenset({"killed", "died", "executed"})
_ENDED = frozenset({"shot", "killed-himself", "died-in-custody", "assassinated", "killed"})


def _deaths(event: Event, statement: Statement) -> list[Tag]:
    """Return the words for a death that do not say how: one shot in 1940 died in 1940."""
    if not event.act & _ENDED:
        return []
    return [tag for tag in statement.tags if tag.term in _DEATH and tag.term not in event.act]


_SENTENCES = frozenset({"death-sentences", "convicted", "camp-sentences"})


def _sentences(event: Event, statement: Statement) -> list[Tag]:
    """Return the words for a sentence that say which, of somebody known to be sentenced."""
    if "sentenced" not in event.act:
        return []
    return [t for t in statement.tags if t.term in _SENTENCES and not t.inner]


_LIST_NAME = re.compile(r"(?:,|;|\band|\bи|\bа)\s+(?:\w+\s+)?$")
_LIST_DATE = re.compile(r"\s*(?:on|in|at|—|–|-|в|на)?\s*(?:the\s+)?")


def listed_date(person: str, reading: Reading, statement: Statement) -> Moment | None:
    """Return the date of a person in a list that leaves the deed out: ", Yezhov in 1940"."""
    text = reading.text
    for tag in statement.terms("person"):
        if tag.term != person or tag.lent:
            continue
        opens = tag.start - statement.start < 5
        if not opens and not _LIST_NAME.search(text[max(0, tag.start - 20) : tag.start]):
            continue
        for moment in statement.moments:
            if moment.dated and moment.start >= tag.end:
                between = text[tag.end : moment.start]
                return moment if _LIST_DATE.fullmatch(between) else None
    return None


def _speaks_of(person: str, reading: Reading, statement: Statement) -> bool:
    """Tell whether a statement is on a person: by name, or by a word that points back."""
    away = statement.reach.get(person, 9.0)
    if away <= SAME_SENTENCE:
        return True
    others = [t for t in statement.tags if t.kind == "person"]
    counted = any(q.kind == "count" and q.value > 2 for q in statement.quantities)
    return not others and not counted and bool(_HE.search(reading.words_of(statement)))


def beside_date(event: Event, statement: Statement) -> bool:
    """Tell whether a date stands right beside the name of an event ("Order 00447 of 30 July")."""
    wanted = frozenset().union(*event.about)
    names = [tag for tag in statement.tags if tag.term in wanted]
    return any(
        gap(tag, m.start, m.end) <= BESIDE for tag in names for m in statement.moments if m.dated
    )


def told_here(told: Told, statement: Statement) -> bool:
    """Tell whether an event is told of here surely enough to call its date wrong."""
    if told.event.person:
        return True
    reach = statement.reach
    away = max(min(reach.get(t, 9.0) for t in element) for element in told.event.about)
    topics = [
        t for t in statement.terms("topic") if t.term not in frozenset().union(*told.event.about)
    ]
    carried = told.act is not None and told.act.kind == "act" and not topics
    return away <= (_CARRIED if carried else SAME_SENTENCE)


def gap(act: Tag, start: int, end: int) -> int:
    """Return how many characters lie between a word and a stretch."""
    return max(start - act.end, act.start - end, 0)
