"""A dated statement against the events of the evidence base: when, by whom."""

from __future__ import annotations

import re

from byname.claims import wording
from byname.claims.befallen import DONE_TO
from byname.claims.model import Judgement
from byname.claims.moments import Moment
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.claims.told import BESIDE, Events, Told, gap, listed_date, told_here
from byname.knowledge import Window

_CLOSE_DAYS = 31
_CLOSE_MONTHS = 45
_BAND = 0.12
_SURE = 0.5


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
    r"|studie|study|historian|admit|acknowledg|reveal|said|told|report|recall|describ|denounc"
    r"|stat(?:ed|es)"
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
    own = gap(act, moment.start, moment.end)
    free = [m for m in dated if not any(_follows(t, m, text) for t in rivals)]
    if any(own > gap(act, m.start, m.end) for m in free):
        return False
    between = [
        t for t in rivals if min(act.end, moment.end) <= t.start < max(act.start, moment.start)
    ]
    return not any(gap(t, moment.start, moment.end) + BESIDE < own for t in between)


def compare(moment: Moment, when: Window) -> str:
    """Return the verdict on a date: right, a day or a month off, or another time."""
    said = Window(moment.first, moment.last)
    if moment.hedge in ("before", "by", "until") and when.first <= said.last:
        close = (said.first - when.last).days <= 400
        if moment.hedge != "until" and close:
            return "supported"
    late = moment.hedge in ("after", "since") and when.last >= said.first
    if late and (when.first - said.last).days <= 400:
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
