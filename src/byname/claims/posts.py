"""Offices and fates: who held what, who followed whom, and what became of people."""

from __future__ import annotations

import re
from dataclasses import replace

from byname.claims import wording
from byname.claims.days import PRONOUN, Events, befell, compare
from byname.claims.model import VERDICTS, Judgement
from byname.claims.moments import Moment
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Base, Event, Office

_SUCCEEDED = re.compile(
    r"\b(?:replac\w+|succeed\w+|(?:took|taken|taking) over from|stepped into|followed|took (?:his|the) place)\b"
    r"|сменил\w*|преемник\w*",
    re.IGNORECASE,
)
_SUCCEEDED_BY = re.compile(
    r"\b(?:(?:replaced|succeeded|followed) by|gave way to|made way for|handed over to)\b",
    re.IGNORECASE,
)
_NEAR = 70
_FAR = 90
_FATES = {
    "shot": frozenset({"shot"}),
    "survived": frozenset({"survived", "died"}),
    "killed-himself": frozenset({"killed-himself"}),
}
"""Word for a fate → the ends of a life that it may be said of."""
_RELATIVE = re.compile(r"\b(?:earlier|later|after|before|within|the same|still)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|she|him|himself|он|она)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|nearly|almost|threatened|if)\b|\bне\b", re.IGNORECASE)
_ENDS = frozenset({"shot", "died", "killed-himself", "died-in-custody", "assassinated", "survived"})


class Offices:
    """The offices of a base, by holder and by post."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.by_pair: dict[tuple[str, str], list[Office]] = {}
        self.holders: dict[str, set[str]] = {}
        self.ends: dict[str, list[Event]] = {}
        for office in base.rows.offices.values():
            self.by_pair.setdefault((office.person, office.office), []).append(office)
            self.holders.setdefault(office.office, set()).add(office.person)
        for event in base.rows.events.values():
            if event.person and event.act & _ENDS:
                self.ends.setdefault(event.person, []).append(event)


def judge_posts(
    reading: Reading, statement: Statement, offices: Offices, events: Events
) -> list[Judgement]:
    """Hold the offices, successions and fates that a statement tells of against the base."""
    found = [_succession(reading, statement, offices)]
    found += [_post(tag, reading, statement, offices) for tag in statement.terms("office")]
    found.append(_tenure(reading, statement, offices))
    found.append(_fate(reading, statement, offices, events))
    return [judgement for judgement in found if judgement is not None]


def _succession(reading: Reading, statement: Statement, offices: Offices) -> Judgement | None:
    words = reading.words_of(statement)
    by, active = _SUCCEEDED_BY.search(words), _SUCCEEDED.search(words)
    turn = by or active
    if turn is None:
        return None
    at = statement.start + turn.start()
    people = statement.terms("person")
    first = [t for t in people if t.end <= at][-1:]
    second = [t for t in people if t.start >= at][:1]
    if bool(first) != bool(second):
        lent = _meant_by_pronoun(reading, statement, {t.term for t in people})
        first, second = (first, lent) if first else (lent, second)
    if not first or not second or first[0].term == second[0].term:
        return None
    later, earlier = (second[0], first[0]) if by else (first[0], second[0])
    wrong = _not_the_heir(later, earlier, statement, offices)
    if wrong is not None:
        return _said(
            _here(first, second, statement),
            wrong,
            "contradicted",
            f"Another followed: {_held(wrong)}.",
        )
    for office in offices.base.rows.offices.values():
        if office.person == later.term and office.after == earlier.term:
            return _at(
                turn, _dated(_here(first, second, statement), [office], statement), statement
            )
    held = [o for o in offices.base.rows.offices.values() if o.person == later.term and o.after]
    shared = [o for o in held if (earlier.term, o.office) in offices.by_pair]
    if shared:
        who = offices.base.rows.people
        after = who[shared[0].after].name if shared[0].after in who else shared[0].after
        reason = f"The one before was another: {_held(shared[0])}, after {after}."
        said = _said(_here(first, second, statement), shared[0], "contradicted", reason)
        return _at(turn, said, statement)
    return None


def _at(turn: re.Match[str], judgement: Judgement, statement: Statement) -> Judgement:
    """Place a judgement at the word for the succession, on which it rests."""
    start = statement.start + turn.start()
    return replace(judgement, start=start, end=start + len(turn.group()))


def _not_the_heir(
    later: Tag, earlier: Tag, statement: Statement, offices: Offices
) -> Office | None:
    """Return who held the post next, where a man who never held it is said to have."""
    for tag in statement.terms("office"):
        held = offices.by_pair.get((earlier.term, tag.term))
        if held and (later.term, tag.term) not in offices.by_pair and held[0].before:
            return offices.by_pair.get((held[0].before, tag.term), held)[0]
    return None


def _here(first: list[Tag], second: list[Tag], statement: Statement) -> Tag:
    return first[0] if statement.holds(first[0].start) else second[0]


def _meant_by_pronoun(reading: Reading, statement: Statement, but: set[str]) -> list[Tag]:
    """Return the person of the sentence before whom "he" or "his" means."""
    sentence = reading.sentences[statement.sentence]
    same = [t for t in sentence.tags if t.kind == "person" and t.end <= statement.start]
    if same and same[-1].term not in but:
        return same[-1:]
    if not PRONOUN.search(reading.words_of(statement)):
        return []
    for before in reading.before(statement, 2):
        people = [t for t in before.tags if t.kind == "person" and t.term not in but]
        if people:
            return people[:1]
    return []


def _post(tag: Tag, reading: Reading, statement: Statement, offices: Offices) -> Judgement | None:
    people = sorted(
        (t for t in statement.terms("person") if _apart(t, tag) < _NEAR),
        key=lambda t: (_apart(t, tag), t.start > tag.start),
    )
    if not people or tag.term not in offices.holders:
        return None
    for person in people:
        held = offices.by_pair.get((person.term, tag.term))
        if held:
            return _dated(person, held, statement)
    near = people[0]
    apposed = re.fullmatch(
        r"(?:['’]s)?,?\s*(?:then|the|as|at the time|now|was|is|who was|who headed|headed|,|\s)*",
        reading.text[min(near.end, tag.end) : max(near.start, tag.start)],
        re.IGNORECASE,
    )
    if apposed and len(people) == 1 and near.term in offices.base.rows.people:
        holders = sorted(offices.holders[tag.term])
        rows = [offices.by_pair[(who, tag.term)][0] for who in holders]
        reason = "The post was held by others: " + "; ".join(_held(row) for row in rows[:4]) + "."
        return _said(near, rows[0], "contradicted", reason)
    return None


_TOOK = re.compile(
    r"\b(?:took (?:over|charge|office|up)|was (?:appointed|named|made)|became|headed|led|ran|from|since"
    r"|in power (?:from|since)|in (?:charge|office) (?:from|since)|came to power|возглавил\w*|стал)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:until|till|up to|kept (?:the|his) (?:post|job)|left office|lost (?:the|his) (?:post|job)"
    r"|was (?:removed|dismissed|sacked|replaced|relieved)|resigned|fell from power|до)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:post|office|job|it|power|charge|chief|head|commissariat|пост\w*|должност\w*|ведомств\w*)\b",
    re.IGNORECASE,
)


def _tenure(reading: Reading, statement: Statement, offices: Offices) -> Judgement | None:
    """Hold "kept the post until 1938", "headed it from 1934" against the tenure of the post.

    The post is the one spoken of before, or the only one of the person that the base has.
    """
    words = reading.words_of(statement)
    dated = [m for m in statement.moments if m.dated]
    people = statement.terms("person")
    if not dated or len(people) != 1 or statement.terms("office") or not _POST.search(words):
        return None
    took, left = _TOOK.search(words), _LEFT.search(words)
    held = [o for pair, rows in offices.by_pair.items() if pair[0] == people[0].term for o in rows]
    near = [o for o in held if statement.reach.get(o.office, 9.0) < 1] or _akin(held, statement)
    if not (took or left):
        return None
    judged = []
    for office in near:
        ends = [(office.last, dated[-1])] if left else []
        if took and (not left or len(dated) > 1):
            ends.append((office.first, dated[0]))
        verdicts = [compare(moment, end) for end, moment in ends if end is not None]
        if verdicts:
            judged.append((min(verdicts, key=VERDICTS.index), office))
    if not judged:
        return None
    verdict, office = max(judged, key=lambda pair: VERDICTS.index(pair[0]))
    if verdict != "supported" and len({o.office for o in near}) != 1:
        return None
    says = "Agrees" if verdict == "supported" else "The time in office was another"
    return _said(people[0], office, verdict, f"{says}: {_held(office)}.")


def _akin(held: list[Office], statement: Statement) -> list[Office]:
    """Return the posts in a body that the text is on ("the NKVD ... headed it"), else all."""
    said = {part for term in statement.reach for part in term.split("-")}
    akin = [o for o in held if o.office.split("-")[0] in said]
    return akin or held


def _apart(one: Tag, other: Tag) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _dated(person: Tag, held: list[Office], statement: Statement) -> Judgement:
    office = held[0]
    for moment in _of_the_office(person, statement):
        if moment.form == "range":
            return _ranged(person, held, moment)
        for row in held:
            ends = [w for w in (row.first, row.last) if w]
            if any(compare(moment, end) == "supported" for end in ends):
                return _said(person, row, "supported", f"Agrees: {_held(row)}.")
            if row.first and moment.last < row.first.first:
                reason = f"Not yet: {_held(row)}."
                return _said(person, row, compare(moment, row.first), reason)
            if row.last and moment.first > row.last.last:
                return _said(person, row, compare(moment, row.last), f"No longer: {_held(row)}.")
    return _said(person, office, "supported", f"Agrees: {_held(office)}.")


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


def _ranged(person: Tag, held: list[Office], moment: Moment) -> Judgement:
    """Hold "from 1934 to 1936" against both ends of a tenure."""
    row = max(held, key=lambda r: sum(_meets(moment, r)))
    both = _meets(moment, row)
    verdict = "supported" if all(both) else "imprecise" if any(both) else "contradicted"
    says = "Agrees" if verdict == "supported" else "The time in office was another"
    return _said(person, row, verdict, f"{says}: {_held(row)}.")


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


def _held(office: Office) -> str:
    first = wording.window(office.first) if office.first else "?"
    last = wording.window(office.last) if office.last else ""
    return f"{office.states}, {first} to {last}" if last else f"{office.states}, from {first}"


def _said(tag: Tag, office: Office, verdict: str, reason: str) -> Judgement:
    return Judgement(
        tag.start, tag.end, "attribution", verdict, reason, (office.id,),
        suggestion="" if verdict == "supported" else reason, weight=0.9,
    )  # fmt: skip


def _fate(
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
        if event.person and here and told.act and told.cost <= 0.2 and event.act & _ENDS:
            reason = f"Agrees: {event.states} ({wording.day(event.edtf)})."
            return Judgement(
                told.act.start, told.act.end, "fate", "supported", reason, (event.id,), weight=0.7
            )
    return None
