"""A dated statement against the events of the evidence base: when, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from byname.claims import wording
from byname.claims.befallen import DONE_TO, befell, owns
from byname.claims.model import Judgement
from byname.claims.moments import Moment
from byname.claims.reading import SAME_SENTENCE, Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Base, Event, Window

_CLOSE_DAYS = 31
_CLOSE_MONTHS = 45
_UNTOLD = 0.2
"""The cost of a date given without saying what happened ("Order 00447 of 30 July")."""
_BESIDE = 30
_CARRIED = 0.3
_BAND = 0.12
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """An event that a statement may tell of: the word for what happened, and the cost."""

    event: Event
    act: Tag | None
    cost: float
    moment: Moment | None = None
    """The one date that is this event's, where a list of people leaves the deed out."""


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
        for term in statement.reach:
            for event in self._by_term.get(term, ()):
                if event.id not in seen:
                    seen.add(event.id)
                    found += self._told(event, reading, statement)
        found.sort(key=lambda told: (told.cost, told.event.id))
        self._last = (statement, found)
        return found

    def _told(self, event: Event, reading: Reading, statement: Statement) -> Iterator[Told]:
        cost = 0.0
        for element in event.about:
            near = min(statement.reach.get(term, 9.0) for term in element)
            if near > 1:
                return
            cost += near
        cost -= 0.04 * len(event.about)
        if not event.person and _of_somebody(event, reading, statement):
            return
        acts = [tag for tag in statement.tags if tag.term in event.act]
        if event.person:
            if not _speaks_of(event.person, reading, statement):
                return
            acts += _deaths(event, statement) + _sentences(event, statement)
            acts = [tag for tag in acts if befell(tag, event.person, reading, statement)]
            if not acts and (own := listed_date(event.person, reading, statement)) is not None:
                if any(
                    event.act & {t.term} for t in _rest(reading, statement) if t.end < own.start
                ):
                    yield Told(event, None, cost, own)
                return
        elif acts:
            acts = [tag for tag in acts if not _of_kin(tag, event, reading, statement)]
            if not acts:
                return
        if acts:
            for act in acts:
                yield Told(event, act, cost)
        elif (event.main or not event.act) and _beside_date(event, statement):
            yield Told(event, None, cost + (_UNTOLD if event.act else 0.0))
        elif not event.person and any(event.act & {t.term} for t in _rest(reading, statement)):
            yield Told(event, None, cost + SAME_SENTENCE)


_HE = re.compile(
    r"\b(?:he|she|him|himself|herself|он|она|его|ему)\b|\b(?:his|her) (?:death|arrest|execution|birth"
    r"|trial|murder|suicide|dismissal|removal|appointment)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:he|she|him|his|her|himself|он|она|его|ему|него|сам)\b", re.IGNORECASE)


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


def _beside_date(event: Event, statement: Statement) -> bool:
    """Tell whether a date stands right beside the name of an event ("Order 00447 of 30 July")."""
    wanted = frozenset().union(*event.about)
    names = [tag for tag in statement.tags if tag.term in wanted]
    return any(
        _gap(tag, m.start, m.end) <= _BESIDE for tag in names for m in statement.moments if m.dated
    )


def _rest(reading: Reading, statement: Statement) -> list[Tag]:
    return reading.sentences[statement.sentence].tags


def judge_days(reading: Reading, statement: Statement, events: Events) -> list[Judgement]:
    """Hold the dates of a statement against the events it tells of."""
    told = events.told(reading, statement)
    if not told:
        return []
    found = [
        _judged(moment, told, reading, statement) for moment in statement.moments if moment.dated
    ]
    return [judgement for judgement in found if judgement is not None]


def _judged(
    moment: Moment, told: list[Told], reading: Reading, statement: Statement
) -> Judgement | None:
    ours = _of_moment(moment, told, reading, statement)
    if not ours or ours[0].cost > _SURE:
        return None
    best = ours[0].cost
    near = [(t, compare(moment, t.event.when)) for t in ours if t.cost <= best + _BAND]
    rest = [(t, v) for t, v in near if v and v != "supported"]
    rest = [(t, v) for t, v in rest if may_deny(t, moment, reading, statement)]
    agreeing = [t for t, verdict in near if verdict == "supported"]
    loosely = [t for t in ours if t.cost <= _SURE and compare(moment, t.event.when) == "supported"]
    right = [t for t in agreeing or loosely if not _denied_by_narrower(t, rest)]
    if right:
        return _judgement(moment, right[0], "supported")
    if not rest or (moment.form == "range" and moment.precision == "year"):
        return None
    order = ("imprecise", "contradicted", "")
    chosen, verdict = min(rest, key=lambda pair: (order.index(pair[1]), pair[0].cost))
    return _judgement(moment, chosen, verdict)


def _of_moment(
    moment: Moment, told: list[Told], reading: Reading, statement: Statement
) -> list[Told]:
    """Return the events a date may be of: those whose deed it stands nearest to."""
    listed = [t for t in told if t.moment is not None and t.moment.start == moment.start]
    if listed:
        return listed
    people = {t.term for t in statement.terms("person")}
    owner = next((p for p in people if _is_listed(p, moment, reading, statement)), "")
    return [
        t
        for t in told
        if t.moment is None
        and (t.act is None or _nearest(t.act, moment, reading, statement))
        and (not owner or t.event.person == owner or owner in frozenset().union(*t.event.about))
    ]


def _is_listed(person: str, moment: Moment, reading: Reading, statement: Statement) -> bool:
    if len({t.term for t in statement.terms("person")}) < 2:
        return False
    found = listed_date(person, reading, statement)
    return found is not None and found.start == moment.start


def _denied_by_narrower(told: Told, rest: list[tuple[Told, str]]) -> bool:
    """Tell whether an event only named is told more narrowly by one whose date is another.

    That the war lasted until 1939 does not bear out that it broke out in 1938.
    """
    if told.act is not None:
        return False
    return any(other.act is not None and other.event.about == told.event.about for other, _ in rest)


_SAYING = re.compile(
    r"\b(?:suggest|argu|rais|spok|speak|claim|writ|wrote|publish|conclud|devot|book|article|memoir"
    r"|studie|study|historian|admit|acknowledg|reveal|said|told|report|recall|describ|denounc|stat(?:ed|es)"
    r"|estimat|according|edition|research|inquir|investigat|commission|rehabilit|mention|hint)\w*"
    r"|\b(?:писа|написа|опубликова|утвержда|заяви|рассказа|книг|стат|вспомина|говори|сообщи)\w*",
    re.IGNORECASE,
)
_AFTER_HIM = 1945
_OF_A_NOUN = re.compile(r"\b(?:(?!was|is|has|his|this|its)\w+[^s\W]s|men|people|women|members)\s+$")


def may_deny(told: Told, moment: Moment, reading: Reading, statement: Statement) -> bool:
    """Tell whether an event is told so surely that another date of it is wrong."""
    if told.moment is not None:
        return True
    if not told_here(told, statement) or not (told.act is not None or told.event.main):
        return False
    words = reading.words_of(reading.sentences[statement.sentence])
    later = moment.first.year > _AFTER_HIM >= told.event.when.last.year
    if later and _SAYING.search(words):
        return False  # the year of a book is not that of what it tells
    act = told.act
    if act is None or told.event.person:
        return True
    lead = reading.text[max(statement.start, act.start - 24) : act.start]
    return not (
        reading.text[act.start : act.end].endswith("ed") and _OF_A_NOUN.search(lead)
    )  # "the members elected in 1934"


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


_DIRECTLY = 12


def _follows(act: Tag, moment: Moment, text: str) -> bool:
    """Tell whether a date stands right behind a deed: "arrested in March 1937"."""
    return 0 <= moment.start - act.end <= _DIRECTLY and "," not in text[act.end : moment.start]


def _nearest(act: Tag, moment: Moment, reading: Reading, statement: Statement) -> bool:
    """Tell whether no other date of the statement stands nearer to an act."""
    text = reading.text
    rivals = [t for t in statement.tags if t.kind == "act" or t.term in DONE_TO]
    rivals = [t for t in rivals if t.term != act.term]
    rivals = [t for t in rivals if t.end <= act.start or t.start >= act.end]
    if _follows(act, moment, text):
        return True
    if any(_follows(t, moment, text) for t in rivals):
        return False
    dated = [m for m in statement.moments if m.dated]
    if any(_follows(act, m, text) for m in dated):
        return False
    own = _gap(act, moment.start, moment.end)
    free = [m for m in dated if not any(_follows(t, m, text) for t in rivals)]
    if any(own > _gap(act, m.start, m.end) for m in free):
        return False
    between = [
        t for t in rivals if min(act.end, moment.end) <= t.start < max(act.start, moment.start)
    ]
    return not any(_gap(t, moment.start, moment.end) + _BESIDE < own for t in between)


def _gap(act: Tag, start: int, end: int) -> int:
    return max(start - act.end, act.start - end, 0)


def compare(moment: Moment, when: Window) -> str:
    """Return the verdict on a date: right, a day or a month off, or another time."""
    said = Window(moment.first, moment.last)
    if moment.hedge in ("before", "by", "until") and when.first <= said.last:
        close = (said.first - when.last).days <= 400
        if moment.hedge != "until" and close:
            return "supported"
    if moment.hedge in ("after", "since") and when.last >= said.first:
        if (when.first - said.last).days <= 400:
            return "supported"
    if said.overlaps(when):
        return _of_stretch(moment, said, when)
    apart = (
        (when.first - said.last).days if when.first > said.last else (said.first - when.last).days
    )
    if moment.precision == "day" and apart <= _CLOSE_DAYS:
        return "imprecise"
    if moment.precision in ("month", "part", "season") and apart <= _CLOSE_MONTHS:
        return "imprecise"
    return "contradicted"


def _of_stretch(moment: Moment, said: Window, when: Window) -> str:
    if moment.form == "range" and moment.precision == "day" and when.days > 1:
        off = abs((said.first - when.first).days) + abs((said.last - when.last).days)
        return "supported" if off <= 1 else "imprecise"
    return "supported"


def _judgement(moment: Moment, told: Told, verdict: str) -> Judgement:
    event = told.event
    fact = f"{event.states} ({wording.day(event.edtf)})"
    reason = f"Agrees: {fact}." if verdict == "supported" else f"The date is another: {fact}."
    suggestion = "" if verdict == "supported" else f"Put {wording.day(event.edtf)}."
    return Judgement(
        moment.start, moment.end, "date", verdict, reason, (event.id,),
        suggestion=suggestion, weight=1 - max(0.0, told.cost),
    )  # fmt: skip
