"""Who followed whom in a post."""

from __future__ import annotations

import re
from dataclasses import dataclass

from byname.claims.cases import nominative, russian
from byname.claims.model import Judgement
from byname.claims.offices import Offices, held, said
from byname.claims.posts import dated
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Office

_ACTIVE = re.compile(
    r"\b(?:replac\w+|succeed\w+|(?:took|taken|taking) over from|stepped into|followed|supplanted"
    r"|(?:takes?|took|taking) (?:his|the) place|in place of|instead of|successor (?:to|of)"
    r"|predecessor (?:was|had been)|predecessor)\b|смен(?:ил|ял)\w*|замен(?:ил|ял)\w*|вытеснил\w*"
    r"|вместо"
    r"|стал\w* преемник\w*|преемник\w*|на (?:смену|место)|(?:занял\w*) (?:место|пост|кресло)",
    re.IGNORECASE,
)
"""Between the later man and the earlier one."""
_PASSIVE = re.compile(
    r"\b(?:(?:replaced|succeeded|followed|supplanted) by|gave way to|made way for|handed over to"
    r"|successor (?:was|became|had been)|successor)\b|смен[её]н\w*|замен[её]н\w*"
    r"|уступил\w* (?:место|пост|кресло)?|передал\w* (?:пост|дела)|преемник\w* \w+ (?:стал|был)",
    re.IGNORECASE,
)
"""Between the earlier man and the later one."""
_WITH = re.compile(r"\b(?:replac\w+|substitut\w+)\b", re.IGNORECASE)
_HIS_PLACE = re.compile(r"\b(?:his|the) place\b|\bего (?:место|пост|кресло)\b", re.IGNORECASE)
_APPOSED = re.compile(r",?\s*(?:was|became|,|is|had been|then)?\s*(?:the \w+ )?$")


@dataclass(frozen=True, slots=True)
class _Turn:
    """The word for the change, and who came later and earlier."""

    start: int
    end: int
    later: Tag
    earlier: Tag


def judge_succession(reading: Reading, statement: Statement, offices: Offices) -> Judgement | None:
    """Hold "X replaced Y" against the offices both held; None where none is known."""
    turn = _turn(reading, statement)
    if turn is None or turn.later.term == turn.earlier.term:
        return None
    wrong = _not_the_heir(turn, statement, offices)
    if wrong is not None:
        return _told(turn, wrong, "contradicted", f"Another followed: {held(wrong)}.")
    rows = offices.base.rows.offices.values()
    for office in rows:
        if office.person == turn.later.term and office.after == turn.earlier.term:
            found = dated(turn.later, [office], statement)
            return _told(turn, office, found.verdict, found.reason)
    shared = [
        o
        for o in rows
        if o.person == turn.later.term
        and o.after
        and (turn.earlier.term, o.office) in offices.by_pair
    ]
    if not shared:
        return _heir_known(turn, offices)
    who = offices.base.rows.people
    after = who[shared[0].after].name if shared[0].after in who else shared[0].after
    reason = f"The one before was another: {held(shared[0])}, after {after}."
    return _told(turn, shared[0], "contradicted", reason)


def _told(turn: _Turn, office: Office, verdict: str, reason: str) -> Judgement:
    """Place a judgement at the word for the succession, on which it rests."""
    place = Tag(turn.start, turn.end, turn.later.term, turn.later.kind)
    return said(place, office, verdict, reason)


def _turn(reading: Reading, statement: Statement) -> _Turn | None:
    words = reading.words_of(statement)
    by, active = _PASSIVE.search(words), _ACTIVE.search(words)
    found = by if by and (not active or by.start() <= active.start()) else active
    if found is None:
        return None
    start, end = statement.start + found.start(), statement.start + found.end()
    people = _people(reading, statement)
    before = [t for t in people if t.start < start]
    after = [t for t in people if t.start >= start]
    if russian(found.group()):
        pair = _by_case(found is by, before, after, reading)
    else:
        pair = _by_order(found, before, after, reading, end)
    return _Turn(start, end, *pair) if pair else None


def _people(reading: Reading, statement: Statement) -> list[Tag]:
    """Return the people of a clause and, where it names one alone, those before it in reach."""
    own = statement.terms("person")
    if len({t.term for t in own}) > 1:
        return own
    sentence = reading.sentences[statement.sentence]
    earlier = [t for t in sentence.tags if t.kind == "person" and t.end <= statement.start]
    return [*earlier[-1:], *own]


def _by_order(
    found: re.Match[str], before: list[Tag], after: list[Tag], reading: Reading, end: int
) -> tuple[Tag, Tag] | None:
    """Return the later and the earlier man of an English clause."""
    word = found.group().lower()
    if _WITH.match(word) and len(after) > 1:
        between = reading.text[after[0].end : after[1].start]
        if re.fullmatch(r"\s+(?:\w+\s+){0,4}?(?:with|by)\s+(?:\w+\s+){0,2}", between):
            return after[1], after[0]
    if not before and len(after) > 1 and word.startswith("replac"):
        return None
    if not before or not after:
        return _beside_noun(word, before, after, reading, end)
    backwards = found.re is _PASSIVE
    if word == "successor" and reading.text[max(0, found.start() - 1)] and len(before) > 1:
        # "Yezhov, Yagoda's successor, was shot": the name before the noun is the earlier man's.
        return before[-2], before[-1]
    return (after[0], before[-1]) if backwards else (before[-1], after[0])


def _beside_noun(
    word: str, before: list[Tag], after: list[Tag], reading: Reading, end: int
) -> tuple[Tag, Tag] | None:
    if word == "successor" and len(before) > 1:
        return before[-2], before[-1]
    if _HIS_PLACE.search(word) and len(before) > 1:
        return before[-1], before[-2]
    return None


def _by_case(
    passive: bool, before: list[Tag], after: list[Tag], reading: Reading
) -> tuple[Tag, Tag] | None:
    """Return the later and the earlier man of a Russian clause: the subject took over."""
    near = [*before[-2:], *after[:2]]
    different = list({t.term: t for t in near}.values())
    if len(different) != 2:
        return None
    subjects = [t for t in different if not t.lent and nominative(t, reading.text, reading.base)]
    if len(subjects) != 1:
        return None
    other = next(t for t in different if t is not subjects[0])
    return (other, subjects[0]) if passive else (subjects[0], other)


def _not_the_heir(turn: _Turn, statement: Statement, offices: Offices) -> Office | None:
    """Return who held the post next, where a man who never held it is said to have."""
    for tag in statement.terms("office"):
        rows = offices.by_pair.get((turn.earlier.term, tag.term))
        if rows and (turn.later.term, tag.term) not in offices.by_pair and rows[0].before:
            return offices.by_pair.get((rows[0].before, tag.term), rows)[0]
    return None


def _heir_known(turn: _Turn, offices: Offices) -> Judgement | None:
    """Contradict a successor where each post of the earlier man is known to have gone elsewhere."""
    rows = [
        o
        for o in offices.base.rows.offices.values()
        if o.person == turn.earlier.term and (o.before or o.after)
    ]
    heirs = [offices.by_pair.get((o.before, o.office), [o])[0] for o in rows if o.before]
    theirs = {o.office for o in offices.base.rows.offices.values() if o.person == turn.later.term}
    who = {heir.person for heir in heirs}
    if len(who) != 1 or turn.later.term in who or theirs & {o.office for o in rows}:
        return None
    return _told(turn, heirs[0], "contradicted", f"Another followed: {held(heirs[0])}.")
