"""Which published figures speak of the same thing as a number of the text, and how surely.

A figure fits when what it counts is what the clause counts, everything it is about is spoken
of, and nothing that narrows the count in the clause is left over. Each departure has a cost;
the cheapest figures are the ones the number is held against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from byname.claims.moments import Moment
from byname.claims.quantities import Quantity
from byname.claims.reading import NEXT_YEAR, SAME_SENTENCE, Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Base, Figure, Window

NEUTRAL = frozenset({"ussr", "great-terror", "citizens", "mass-operations", "soviet-terror"})
"""Terms that narrow nothing: the figures are all of the Terror in the Soviet Union."""
SURE = 0.6
"""A fit dearer than this says too little to contradict anybody."""
POSSIBLE = 0.85
_NO_MEASURE = 0.3
"""The cost of taking a bare number as a figure of what the text is on. Totals of everyone are
not taken so: nearly every text is on the Terror."""
_LENT = 0.3
_LENT_REACH = 0.5
_LENT_VAGUELY = 0.28
"""The cost of leaving the subject that the sentences before were on for everyone."""
_LEFT_OVER = 0.3
_NEXT_PIECE = 0.08
_EXCUSED = 0.3
"""The cost of the number's own noun being another group that may merely stand beside it."""
_LEFT_ASIDE = 0.18
_TAKEN = 0.3
_BESIDE = 25
_LEFT_OVER_NOUN = 0.45
_YEARLY = 370
_TERROR = 1200
_SEASON = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """A figure, what departing from it costs, and whether its time is the claim's."""

    figure: Figure
    cost: float
    in_time: bool = True
    in_place: bool = True
    """Nothing that narrows the count beside the number is left over."""
    lent: bool = False
    """It is of everyone, while the sentences before were on something narrower."""


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


_OF_THEM = re.compile(r"(?:of )?(?:the|these|them|those|whom)\b(?! (?:who|arrested|convicted))")
"""Words that point back at those just spoken of: they are not everyone."""


_RANKS = ("archive", "computed", "estimate", "disputed", "popular", "superseded")


def rank(figure: Figure) -> int:
    """Return how firm a figure is: 0 for one from the archives."""
    return _RANKS.index(figure.standing)


_ENDS_BACK = re.compile(r"\bof (?:these|them|those|whom)\b")
_SUBJECT_BACK = re.compile(
    r"\W*(?:and |but )?(?:that|this|it|they|these|those)\s+"
    r"(?!is |was (?:estimated|thought|believed|said|known|clear|in|on|at)|took|became|seems|seemed)",
    re.IGNORECASE,
)


class Figures:
    """The figures of a base, by what they are about."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.general: list[Figure] = []
        self._by_term: dict[str, list[Figure]] = {}
        self._counted: dict[str, set[str]] = {}
        self._own: dict[str, frozenset[str]] = {}
        self._about: dict[str, frozenset[str]] = {}
        self._explained: dict[str, frozenset[str]] = {}
        for figure in base.rows.figures.values():
            own = frozenset().union(*figure.about) | figure.fits
            self._own[figure.id] = own
            about = frozenset().union(*figure.about)
            self._about[figure.id] = about.union(*(base.widened(term) for term in about))
            self._explained[figure.id] = NEUTRAL.union(*(base.widened(term) for term in own))
            if not figure.about:
                self.general.append(figure)
                continue
            rarest = min(figure.about, key=len)
            for term in rarest:
                self._by_term.setdefault(term, []).append(figure)
            for element in figure.about:
                for term in element:
                    self._counted.setdefault(term, set()).add(figure.counted)

    def spoken_of(self, statement: Statement) -> Iterator[Figure]:
        """Yield the figures whose subject a statement may be on."""
        yield from self.general
        seen: set[str] = set()
        for term in statement.reach:
            for figure in self._by_term.get(term, ()):
                if figure.id not in seen:
                    seen.add(figure.id)
                    yield figure

    def fits(self, asked: Asked, any_measure: bool = False) -> list[Fit]:
        """Return the figures that may be meant, the surest first."""
        found = []
        lent = self._lent_terms(asked)
        for figure in self.spoken_of(asked.statement):
            cost = 0.0 if any_measure else asked.measures.get(figure.counted, 9.0)
            if figure.about and (asked.measure_lent or not asked.measures):
                cost = min(cost, _NO_MEASURE) if not any_measure else cost
            if cost > POSSIBLE:
                continue
            scope = self.scope_cost(figure, asked, lent)
            if scope is None:
                continue
            away, left = scope
            alien = not figure.about and self._lent_subject(figure, asked, lent) > 0
            time = time_cost(figure, asked.window, asked.window_away)
            whole = cost + away + left + time
            if whole <= POSSIBLE:
                found.append(Fit(figure, whole, time < 0.15, left == 0, alien))
        return sorted(found, key=lambda fit: (fit.cost, rank(fit.figure), fit.figure.id))

    def recognised(self, asked: Asked, agrees: Callable[[Figure], bool]) -> list[Figure]:
        """Return the figures that a number tells by itself: nothing said speaks against them."""
        found = []
        for figure in self.base.rows.figures.values():
            stated = asked.measures and not asked.measure_lent
            if stated and asked.measures.get(figure.counted, 9.0) > 0.2:
                continue
            if not agrees(figure):
                continue
            if not asked.measures and (asked.window_away > 0 or asked.window is None):
                continue
            left = self._left_over(asked, figure)
            if not left and time_cost(figure, asked.window, asked.window_away) < 0.3:
                found.append(figure)
        return found

    def scope_cost(
        self, figure: Figure, asked: Asked, lent: list[tuple[str, float]]
    ) -> tuple[float, float] | None:
        """Return the cost of a figure's subject standing apart, and of what is left over.

        None where the figure cannot be meant.
        """
        reach = asked.statement.reach
        cost = 0.0
        for element in figure.about:
            said = element & reach.keys()
            near = min((reach[term] for term in said), default=9.0)
            if near > 1:
                return None
            cost += near
            if near == 0:
                cost += self._piece_away(element, asked)
        left = self._left_over(asked, figure)
        return cost + self._lent_subject(figure, asked, lent), left

    def _piece_away(self, element: frozenset[str], asked: Asked) -> float:
        """Return the cost of a subject that stands beside another number of the clause."""
        first, last = asked.piece
        tags = [t for t in asked.statement.tags if element & self.base.widened(t.term)]
        if any(first <= tag.start < last for tag in tags):
            return 0.0
        others = [q for q in asked.statement.quantities if not first <= q.start < last]
        taken = tags and all(any(0 <= t.start - q.end < _BESIDE for q in others) for t in tags)
        return _TAKEN if taken else _NEXT_PIECE

    def _left_over(self, asked: Asked, figure: Figure) -> float:
        """Return the cost of what narrows the count beside the number and is not explained."""
        first, last = asked.piece
        explained, about = self._explained[figure.id], self._about[figure.id]
        left: dict[str, float] = {}
        for tag in asked.statement.terms("group", "topic", "place"):
            if tag.term in explained:
                beside = tag.kind == "group" and tag.term not in about | NEUTRAL
                if beside and _is_noun_of(tag, asked.quantity):
                    left[tag.term] = _EXCUSED
                continue
            if not first <= tag.start < last:
                others = [q for q in asked.statement.quantities if q.start != asked.quantity.start]
                if not others:
                    left.setdefault(tag.term, _LEFT_ASIDE)
                continue
            noun = _is_noun_of(tag, asked.quantity)
            left[tag.term] = max(left.get(tag.term, 0), _LEFT_OVER_NOUN if noun else _LEFT_OVER)
        return sum(left.values())

    def _lent_terms(self, asked: Asked) -> list[tuple[str, float]]:
        """Return what the sentences before were on, with the cost of leaving it.

        "In all 139,835 were sentenced" goes on about the operation spoken of, unless the clause
        says that it is of everyone.
        """
        statement = asked.statement
        if any(tag.term in NEUTRAL for tag in statement.tags):
            return []
        first, last = asked.piece
        found = [
            (tag.term, _LENT)
            for tag in statement.terms("group", "topic", "place")
            if not first <= tag.start < last
            and asked.measures.keys() & self._counted.get(tag.term, set())
        ]
        if asked.window_away == 0 and asked.window and asked.window.days > _YEARLY:
            return found
        terms = self.base.rows.terms
        for term, away in statement.reach.items():
            if not SAME_SENTENCE <= away < _LENT_REACH or term in NEUTRAL:
                continue
            if terms[term].kind in ("group", "topic", "place"):
                counted = asked.measures.keys() & self._counted.get(term, set())
                found.append((term, _LENT if counted else _LENT_VAGUELY))
        return found

    def _lent_subject(self, figure: Figure, asked: Asked, lent: list[tuple[str, float]]) -> float:
        if asked.points_back:
            return 0.0 if figure.about else POSSIBLE
        if not lent:
            return 0.0
        own = self._own[figure.id]
        if not figure.about:
            return max((cost for term, cost in lent if term not in own), default=0.0)
        terms = self.base.rows.terms
        places = [
            cost
            for term, cost in lent
            if terms[term].kind == "place" and term not in own and not own & self.base.widened(term)
        ]
        return _LESS * max(places, default=0.0)


_LESS = 0.6


def _is_noun_of(tag: Tag, quantity: Quantity) -> bool:
    return quantity.end <= tag.start <= quantity.end + 25


def measures(quantity: Quantity, statement: Statement, reading: Reading) -> dict[str, float]:
    """Return what may be counted by a number, each with its cost: nearest word first."""
    terms = reading.base.rows.terms
    found: dict[str, float] = {}
    for cost, tag in _measure_words(quantity, statement, reading):
        term = terms[tag.term]
        for step, measure in enumerate(term.stands_for or (tag.term,)):
            found[measure] = min(found.get(measure, 9.0), cost + 0.06 * step)
        found[tag.term] = min(found.get(tag.term, 9.0), cost)
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
_POINTS_BACK = re.compile(
    r"\b(?:number|figure|total|count|toll|it|this|that|another|others?|of (?:them|these|those|whom)"
    r"|they|rest|remainder)\b|\b(?:число|цифра|это|ещ[её]|из них)\b",
    re.IGNORECASE,
)


def time_cost(figure: Figure, window: Window | None, away: float) -> float:
    """Return the cost of taking a number of one time as a figure of another."""
    theirs = figure.window
    narrow = bool(figure.about)
    if theirs is None:
        return 0.0
    if window is None:
        yearly = 3 < theirs.days <= _YEARLY and not narrow
        return SURE + 0.01 if yearly else 0.04
    if theirs.days <= 3:
        near = abs((window.first - theirs.first).days) <= 31
        near = near or abs((window.last - theirs.last).days) <= 31
        return 0.0 if near else 0.08 if window.holds(theirs) else 0.5
    union = theirs.days + window.days - theirs.shared(window)
    common = theirs.shared(window) / union
    if common >= 0.55:
        return 0.0
    carried = away > 0
    if common > 0:
        if narrow and window.holds(theirs):
            return 0.2 if theirs.days > _SEASON and window.days > 2 * theirs.days else 0.06
        inside = theirs.holds(window) and theirs.days < _TERROR and window.days * 4 > theirs.days
        if narrow and (common >= 0.2 or inside):
            return 0.06
        if narrow:
            return 0.18 if carried else 0.3
        part = window.days < theirs.days / 2
        return 0.15 if carried else 0.5 if part else 0.3
    if not narrow and theirs.days <= _YEARLY:
        return 0.75
    return (0.15 if carried else 0.3) if narrow else (0.35 if carried else 0.6)


def asked_of(quantity: Quantity, statement: Statement, reading: Reading) -> Asked:
    """Gather what a number of the text is about."""
    window, away = reading.window(statement)
    later = NEXT_YEAR.match(reading.text[quantity.end : quantity.end + 60].lstrip(" in"))
    if later and window and window.days <= _YEARLY:
        year = window.first.year + (-1 if later["before"] else 1)
        window, away = Window(date(year, 1, 1), date(year, 12, 31)), 0.0
    dated = [m for m in statement.moments if m.dated and m.first.year <= _LAST_YEAR]
    if not later and len(dated) > 1 and len(statement.quantities) > 1:
        # "from 3.5 million in 1933 to under two million in 1938": each has its own year.
        near = min(dated, key=lambda m: _gap(quantity, m))
        window, away = Window(near.first, near.last), 0.0
    counted = measures(quantity, statement, reading)
    lent = min(counted.values(), default=0.0) >= _LENT_MEASURE
    piece = _piece(quantity, statement, reading)
    back = _OF_THEM.match(quantity.noun) or _OF_THEM.match(quantity.whole)
    back = back or _SUBJECT_BACK.match(reading.words_of(statement))
    back = back or _ENDS_BACK.search(reading.text[quantity.start : quantity.end + 8])
    return Asked(statement, quantity, counted, window, away, piece, bool(back), lent)


_LAST_YEAR = 1955


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
