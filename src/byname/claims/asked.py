"""What a number of the text is about: what is counted, when, and beside which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from byname.claims.moments import Moment
from byname.claims.quantities import Quantity
from byname.claims.reading import NEXT_YEAR, Reading, Statement
from byname.claims.tagging import Tag
from byname.claims.times import YEARLY
from byname.knowledge import Window

_OF_THEM = re.compile(r"(?:of )?(?:the|these|them|those|whom)\b(?! (?:who|arrested|convicted))")
"""Words that point back at those just spoken of: they are not everyone."""


_ENDS_BACK = re.compile(r"\bof (?:these|them|those|whom)\b")
_SUBJECT_BACK = re.compile(
    r"\W*(?:and |but )?(?:that|this|it|they|these|those)\s+"
    r"(?!is |was (?:estimated|thought|believed|said|known|clear|in|on|at)|took|became"
    r"|seems|seemed)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a number of the text is about."""

    statement: Statement
    quantity: Quantity
    measures: dict[str, float]
    window: Window | None
    window_away: float
    piece: tuple[int, int]
    """The stretch between commas that holds the number."""
    points_back: bool = False
    """ "Of them", "of those": the number is of those just spoken of."""
    measure_lent: bool = False
    """What is counted was said in the sentence before only."""
    one_year: bool = False
    """The number is said to be of one year alone."""


def asked_of(quantity: Quantity, statement: Statement, reading: Reading) -> Asked:
    """Gather what a number of the text is about."""
    window, away = reading.window(statement)
    later = NEXT_YEAR.match(reading.text[quantity.end : quantity.end + 60].lstrip(" in"))
    if later and window and window.days <= YEARLY:
        year = window.first.year + (-1 if later["before"] else 1)
        window, away = Window(date(year, 1, 1), date(year, 12, 31)), 0.0
    dated = [m for m in statement.moments if m.dated and m.first.year <= _LAST_YEAR]
    if not later and len(dated) > 1 and len(statement.quantities) > 1:
        # "from 3.5 million in 1933 to under two million in 1938": each has its own year.
        near = min(dated, key=lambda m: _gap(quantity, m))
        window, away = Window(near.first, near.last), 0.0
    counted = measures(quantity, statement, reading)
    lent = min(counted.values(), default=0.0) >= _LENT_MEASURE
    if lent and away == 0 and _POINTS_BACK.search(reading.words_of(statement)):
        lent = False  # "in 1936 the figure had been 1,118": the year makes it a statement
    piece = _piece(quantity, statement, reading)
    back = _OF_THEM.match(quantity.noun) or _OF_THEM.match(quantity.whole)
    back = back or _SUBJECT_BACK.match(reading.words_of(statement))
    back = back or _ENDS_BACK.search(reading.text[quantity.start : quantity.end + 8])
    alone = away == 0 and _ONE_YEAR.search(reading.words_of(statement)) is not None
    return Asked(statement, quantity, counted, window, away, piece, bool(back), lent, alone)


_LAST_YEAR = 1955
_ONE_YEAR = re.compile(
    r"\b19\d\d alone\b|\bonly in 19\d\d\b|\bsingle year(?: of)? 19\d\d"
    r"|\bтолько (?:в|за) (?:одном |один )?19\d\d|\b(?:в|за) один (?:только )?19\d\d",
    re.IGNORECASE,
)


def _gap(quantity: Quantity, moment: Moment) -> int:
    """Return how far a date stands from a number; "N in YEAR" is nearer than "YEAR ... N"."""
    if moment.start >= quantity.end:
        away = moment.start - quantity.end
        return away if away <= _RIGHT_AFTER else away + 40
    return 10 + quantity.start - moment.end


_RIGHT_AFTER = 22
_BREAK = re.compile(r"[,;:](?=\s)|\s[–—-]\s")


def _piece(quantity: Quantity, statement: Statement, reading: Reading) -> tuple[int, int]:
    text = reading.text
    before = [m.end() for m in _BREAK.finditer(text, statement.start, quantity.start)]
    after = _BREAK.search(text, quantity.end, statement.end)
    first = before[-1] if before else statement.start
    return first, after.start() if after else statement.end


def measures(quantity: Quantity, statement: Statement, reading: Reading) -> dict[str, float]:
    """Return what may be counted by a number, each with its cost: nearest word first."""
    terms = reading.base.rows.terms
    found: dict[str, float] = {}
    for cost, tag in _measure_words(quantity, statement, reading):
        term = terms[tag.term]
        for step, measure in enumerate(term.stands_for or (tag.term,)):
            found[measure] = min(found.get(measure, 9.0), cost + 0.06 * step)
        found[tag.term] = min(found.get(tag.term, 9.0), cost)
    if not found and _HAD.search(reading.text, max(0, quantity.start - 40), quantity.start):
        return {"members": 0.0}
    sentence = reading.sentences[statement.sentence]
    return (
        _planned(found) if any(t.term in _LIMITS and not t.inner for t in sentence.tags) else found
    )


def _planned(found: dict[str, float]) -> dict[str, float]:
    """Read "a quota of 5,000 executions" as the limit for shooting: what was planned, not done."""
    for limit, deeds in _LIMITS_OF.items():
        if min(found.get(word, 9.0) for word in (limit, *deeds)) <= 0.0:
            return {limit: 0.0, "limit-both": 0.5}
    return found


_LIMITS = ("limit-both", "limit-shot", "limit-camps")
_LIMITS_OF = {
    "limit-shot": ("shot", "death-sentences", "killed"),
    "limit-camps": ("camp-sentences", "prisoners"),
}


def _measure_words(
    quantity: Quantity, statement: Statement, reading: Reading
) -> Iterator[tuple[float, Tag]]:
    """Yield the measure words near a number: after it, before it, elsewhere."""
    own = _plainest(statement.terms("measure"), reading)
    others = [q for q in statement.quantities if q.start != quantity.start]
    next_start = min((q.start for q in others if q.start >= quantity.end), default=statement.end)
    last_end = max((q.end for q in others if q.end <= quantity.start), default=statement.start)
    after = [t for t in own if quantity.start <= t.start < next_start]
    before = [t for t in own if last_end <= t.start < quantity.start]
    if after:
        yield from ((0.0, tag) for tag in after)
        yield from ((0.1, tag) for tag in before)
    elif before:
        yield from ((0.0, tag) for tag in before)
        yield from ((0.1, tag) for tag in own if tag not in before)
    elif own:
        yield from ((0.05, tag) for tag in own)
    else:
        sentence = reading.sentences[statement.sentence]
        near = [t for t in sentence.tags if t.kind == "measure" and not t.inner]
        if near:
            yield from ((0.15, tag) for tag in near)
        elif _HAD.search(reading.text, max(0, quantity.start - 40), quantity.start):
            yield from ()
        elif _points_back(quantity, statement, reading):
            yield from ((_LENT_MEASURE, tag) for tag in _said_before(statement, reading))


def _plainest(tags: list[Tag], reading: Reading) -> list[Tag]:
    """Leave out a vague term where the same words are a plainer one: a bullet is an execution."""
    terms = reading.base.rows.terms
    held = {(t.start, t.end, t.term) for t in tags}

    def vague(tag: Tag) -> bool:
        means = terms[tag.term].stands_for
        return any((tag.start, tag.end, other) in held for other in means if other != tag.term)

    plain = [tag for tag in tags if not vague(tag) or tag.term in _PLAIN]
    deeds = [tag for tag in plain if tag.term != "repressed"]
    return deeds or plain  # "victims were cleared": the verb says what is counted


_PLAIN = frozenset({"shot", "death-sentences"})


def _points_back(quantity: Quantity, statement: Statement, reading: Reading) -> bool:
    """Tell a number that goes on about what was counted before: "the figure was 1,118"."""
    bare = not re.match(r"[^\W\d]{4,}", quantity.noun)
    return bare or bool(_POINTS_BACK.search(reading.words_of(statement)))


def _said_before(statement: Statement, reading: Reading) -> list[Tag]:
    for sentence in reading.before(statement, 2):
        for before in reversed(sentence.statements):
            said = before.terms("measure")
            if said:
                return said
    return []


_LENT_MEASURE = 0.2
_HAD = re.compile(
    r"\b(?:there (?:were|was)|had|has|numbered|consisted of|comprised|counted|made up of"
    r"|состоял\w* из|насчитывал\w*)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Words after which a body's size is told: "the congress had 1,966 delegates"."""
_POINTS_BACK = re.compile(
    r"\b(?:number|figure|total|count|toll|it|this|that|another|others?|of (?:them|these|those|whom)"
    r"|they|rest|remainder)\b|\b(?:число|цифра|это|ещ[её]|из них)\b",
    re.IGNORECASE,
)
