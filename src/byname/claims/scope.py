"""Which published figures speak of the same thing as a number of the text, and how surely.

A figure fits when what it counts is what the clause counts, everything it is about is spoken
of, and nothing that narrows the count in the clause is left over. Each departure has a cost;
the cheapest figures are the ones the number is held against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from byname.claims.asked import Asked
from byname.claims.quantities import Quantity
from byname.claims.reading import SAME_SENTENCE, Statement
from byname.claims.tagging import Tag
from byname.claims.times import YEARLY, time_cost
from byname.knowledge import Base, Figure

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


_RANKS = ("archive", "computed", "estimate", "disputed", "popular", "superseded")


def rank(figure: Figure) -> int:
    """Return how firm a figure is: 0 for one from the archives."""
    return _RANKS.index(figure.standing)


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
        filed = (self._by_term[t] for t in statement.reach.keys() & self._by_term.keys())
        yield from {figure.id: figure for shelf in filed for figure in shelf}.values()

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
        bodies = [t for t in asked.statement.terms("body") if t.term in self._counted]
        for tag in (*asked.statement.terms("group", "topic", "place"), *bodies):
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
        first, last = asked.piece
        if any(tag.term in NEUTRAL and first <= tag.start < last for tag in statement.tags):
            return []
        found = [
            (tag.term, _LENT)
            for tag in statement.terms("group", "topic", "place")
            if not first <= tag.start < last
            and asked.measures.keys() & self._counted.get(tag.term, set())
        ]
        if asked.window_away == 0 and asked.window and asked.window.days > YEARLY:
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
