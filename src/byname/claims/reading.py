"""A text cut into statements, each with its terms, numbers and dates, and what it inherits.

A statement is a clause. What it leaves unsaid (the operation, the year, who "he" is) it takes
from the rest of its sentence, then from the sentences before: the further away, the dearer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from byname.claims.anaphora import Pointers
from byname.claims.moments import Moment, moments
from byname.claims.quantities import Quantity, quantities
from byname.claims.tagging import Tag, Tagger, words
from byname.claims.text import Quote, clauses, quotations, sentences
from byname.knowledge import Base, Window

SAME_SENTENCE = 0.12
PER_SENTENCE = 0.16
NEW_PARAGRAPH = 0.12
HEADING = 0.6
WIDER = 0.15
SUBJECT = 0.3
_BACK = 4
"""So many sentences before a statement may still lend it a subject."""
_KEPT = 8
"""So many sentences long a subject may be kept without being named again."""
_FAR_BACK = 30
"""So many may lend it one that nothing but an exact number makes likely."""


@dataclass(slots=True)
class Stretch:
    """A sentence or a clause: half-open range and what stands in it."""

    start: int
    end: int
    tags: list[Tag] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    def holds(self, at: int) -> bool:
        """Tell whether a character lies inside."""
        return self.start <= at < self.end


@dataclass(slots=True)
class Statement(Stretch):
    """A clause, with the sentence it belongs to."""

    sentence: int = 0
    opener: str = ""
    reach: dict[str, float] = field(default_factory=dict)
    """Term → how far away it was said: 0 in the statement itself."""
    quoted: bool = False
    _of_kinds: dict[tuple[str, ...], list[Tag]] = field(default_factory=dict)

    def terms(self, *kinds: str) -> list[Tag]:
        """Return the tags of some kinds, those swallowed by longer names left out."""
        kept = self._of_kinds.get(kinds)
        if kept is None:
            kept = [tag for tag in self.tags if tag.kind in kinds and not tag.inner]
            self._of_kinds[kinds] = kept
        return kept


@dataclass(slots=True)
class Sentence(Stretch):
    """A sentence, with its paragraph."""

    paragraph: int = 0
    statements: list[Statement] = field(default_factory=list)
    lends: dict[str, float] = field(default_factory=dict)
    """Term → the cost of its being named here only by something narrower."""
    kinds: set[str] = field(default_factory=set)
    """The kinds of things named."""
    subjects: set[str] = field(default_factory=set)
    """The operations, groups and places spoken of."""


@dataclass(slots=True)
class Reading:
    """A text read: sentences with their statements, and quotations."""

    text: str
    base: Base
    sentences: list[Sentence]
    quotes: list[Quote]

    def statements(self) -> Iterator[Statement]:
        """Yield all statements in order."""
        for sentence in self.sentences:
            yield from sentence.statements

    def words_of(self, stretch: Stretch) -> str:
        """Return the text of a stretch."""
        return self.text[stretch.start : stretch.end]

    def before(self, statement: Statement, back: int) -> Iterator[Sentence]:
        """Yield the sentences before, nearest first, at most ``back`` of them."""
        first = max(0, statement.sentence - back)
        yield from reversed(self.sentences[first : statement.sentence])

    def window(self, statement: Statement) -> tuple[Window | None, float]:
        """Return the time a statement speaks of, and how far away that was said."""
        own = _span(_outside_names(statement))
        if own:
            # A month without its year may be of another: it names the time, but not surely.
            carried = all(m.partial for m in statement.moments if m.dated)
            return own, 0.01 if carried else 0.0
        shift = NEXT_YEAR.search(self.words_of(statement))
        if shift:
            lent, _ = self._lent_window(statement)
            if lent is not None and lent.days <= 366:
                years = -1 if shift["before"] else 1
                first, last = lent.first.year + years, lent.last.year + years
                return Window(date(first, 1, 1), date(last, 12, 31)), 0.0
        names = [t for t in statement.tags if t.term in _NAMED and not _covered(t, statement.tags)]
        named = next((_NAMED[t.term] for t in names), None)
        if named:
            return named, 0.0
        words = self.words_of(statement)
        if _SAME_YEARS.search(words):
            lent, _ = self._lent_window(statement)
            firm = (lent is not None and "same" in words) or "those" in words
            return lent, 0.0 if firm else 0.02
        return self._lent_window(statement)

    def earlier_window(self, statement: Statement) -> tuple[Window | None, float]:
        """Return the time that the clauses and sentences before a statement speak of."""
        for clause in reversed(self.sentences[statement.sentence].statements):
            found = _span(_outside_names(clause)) if clause.end <= statement.start else None
            if found:
                return found, SAME_SENTENCE
        for away, before in enumerate(self.before(statement, _BACK), 1):
            found = _span(_outside_names(before))
            if found:
                return found, PER_SENTENCE * away
        return None, 1.0

    def _lent_window(self, statement: Statement) -> tuple[Window | None, float]:
        sentence = self.sentences[statement.sentence]
        raw = _span(statement.moments)
        if raw:
            return raw, 0.02
        near = _span(_outside_names(sentence))
        if near:
            return near, SAME_SENTENCE
        for away, before in enumerate(self.before(statement, _BACK), 1):
            found = _span(_outside_names(before))
            if found:
                apart = sentence.paragraph != before.paragraph
                return found, PER_SENTENCE * away + NEW_PARAGRAPH * apart
        return None, 1.0


NEXT_YEAR = re.compile(
    r"\b(?:(?P<before>(?:the )?(?:year before|previous year|preceding year|year earlier))"
    r"|(?:the )?(?:following|next) year|(?:the )?year after|(?:a|one) year later"
    r"|год спустя|в следующем году)\b",
    re.IGNORECASE,
)


def _covered(tag: Tag, tags: list[Tag]) -> bool:
    """Tell whether a longer name holds this one: the Terror in the title of a book."""
    size = tag.end - tag.start
    return any(
        t.start <= tag.start and tag.end <= t.end and t.end - t.start > size
        for t in tags
        if not t.term.startswith("~")
    )


def _outside_names(stretch: Stretch) -> list[Moment]:
    """Return the moments that are no part of a name ("the Committee elected in 1934")."""
    names = [t for t in stretch.tags if t.kind in ("group", "topic", "body", "office")]
    return [
        m for m in stretch.moments if not any(t.start <= m.start and m.end <= t.end for t in names)
    ]


_LAST = 1953
"""Later dates are those of books and speeches, not of what they count."""
_NAMED = {
    "great-terror": Window(date(1936, 10, 1), date(1938, 11, 30)),
    "mass-operations": Window(date(1937, 8, 5), date(1938, 11, 16)),
}
"""Terms that name a time by themselves."""
_SAME_YEARS = re.compile(
    r"\b(?:th[eo]se|the same|both|the two|the) (?:\w+ )?(?:two )?years\b|\bthat (?:same )?year\b"
    r"|\bthe same period\b|\bэти (?:два )?год\w*|\bтого же года",
    re.IGNORECASE,
)


def _span(found: list[Moment]) -> Window | None:
    """Return the narrowest of several moments, the widest when they are ranges."""
    dated = [m for m in found if m.dated and m.last.year >= 1917 and m.first.year <= _LAST]
    if not dated:
        return None
    best = min(dated, key=lambda m: (m.form != "range", (m.last - m.first).days))
    if best.hedge == "since" and best.precision == "year":
        return Window(best.first, date(max(_LAST, best.last.year), 12, 31))
    return Window(best.first, best.last)


def read(text: str, base: Base, tagger: Tagger, pointers: Pointers) -> Reading:
    """Cut a text into sentences and statements and find what stands in them."""
    found = [Sentence(s.start, s.end) for s in sentences(text)]
    quotes = quotations(text)
    tags = tagger.tags(words(text))
    tags += pointers.resolved(text, tags)
    bounds = [(sentence.start, sentence.end) for sentence in found]
    tags += pointers.people.resolved(text, tags, bounds, quotes)
    _place(found, sorted(tags, key=lambda tag: tag.start))
    paragraph, year = 0, None
    for number, sentence in enumerate(found):
        if number and "\n" in text[found[number - 1].end : sentence.start].strip(" \t"):
            paragraph += 1
        sentence.paragraph = paragraph
        sentence.quantities = quantities(text, sentence.start, sentence.end)
        own = moments(text, sentence.start, sentence.end)
        # "The plenum of 1937 lasted from 23 February": a year of the sentence's own comes first.
        first = next((m.first.year for m in own if not m.partial), year)
        sentence.moments = moments(text, sentence.start, sentence.end, year=first)
        year = next((m.last.year for m in reversed(sentence.moments) if not m.partial), year)
        sentence.statements = _statements(text, sentence, number)
    reading = Reading(text, base, found, quotes)
    for sentence in found:
        _lendings(sentence, base)
    for statement in reading.statements():
        statement.reach = _reach(reading, statement)
    return reading


def _place(found: list[Sentence], tags: list[Tag]) -> None:
    starts = [sentence.start for sentence in found]
    for tag in tags:
        at = bisect_right(starts, tag.start) - 1
        if at >= 0 and found[at].holds(tag.start):
            found[at].tags.append(tag)


def _statements(text: str, sentence: Sentence, number: int) -> list[Statement]:
    cut = [
        Statement(clause.start, clause.end, sentence=number, opener=clause.opener)
        for clause in clauses(text, sentence)  # type: ignore[arg-type]
    ]
    if not cut:
        cut = [Statement(sentence.start, sentence.end, sentence=number)]
    starts = [part.start for part in cut]
    for name in ("tags", "quantities", "moments"):
        for item in getattr(sentence, name):
            at = max(0, bisect_right(starts, item.start) - 1)
            getattr(cut[at], name).append(item)
    return cut


def _lendings(sentence: Sentence, base: Base) -> None:
    """Note what a sentence lends to those after it: once, for all of them."""
    wide = base.widened
    named = [t for t in sentence.tags if t.kind not in ("measure", "act", "quality")]
    for tag in named:
        for term in wide(tag.term):
            # Who says the narrower thing has not said the wider one outright.
            away = WIDER if term != tag.term else 0.0
            if away < sentence.lends.get(term, 9.0):
                sentence.lends[term] = away
    sentence.kinds = {t.kind for t in sentence.tags if not t.inner and t.term not in _NAMED}
    subjects = {t.term for t in named if t.kind in ("topic", "group", "place")}
    sentence.subjects = {term for tag in subjects for term in wide(tag)}


def _is_heading(reading: Reading) -> bool:
    """Tell whether a text opens with a heading: a line without a full stop."""
    first = reading.words_of(reading.sentences[0]).strip()
    return len(first) < 90 and first[-1:] not in ".!?…"


def _reach(reading: Reading, statement: Statement) -> dict[str, float]:
    """Return every term a statement may lean on, with how far away it stands."""
    sentence = reading.sentences[statement.sentence]
    found: dict[str, float] = {}
    for tags, cost in ((statement.tags, 0.0), (sentence.tags, SAME_SENTENCE)):
        for tag in tags:
            if tag.kind == "quality":  # lies within nothing wider
                found.setdefault(tag.term, cost)
                continue
            for term in reading.base.widened(tag.term):
                away = cost + (WIDER if term != tag.term else 0.0)
                if away < found.get(term, 9.0):
                    found[term] = away
    terms = reading.base.rows.terms
    changed: set[str] = set()
    for back, before in enumerate(reading.before(statement, _KEPT), 1):
        apart = before.paragraph != sentence.paragraph
        step = PER_SENTENCE * back + NEW_PARAGRAPH * apart
        for term, cost in before.lends.items():
            kind = terms[term].kind
            # What a passage is on stays its subject until another of the kind is named.
            kept = kind in ("topic", "place", "group") and kind not in changed
            away = cost + (min(step, SUBJECT) if kept else step)
            if away < found.get(term, 9.0) and (kept or back <= _BACK):
                found[term] = away
        changed |= before.kinds
    _reach_far(reading, statement, changed, found)
    return found


def _reach_far(
    reading: Reading, statement: Statement, changed: set[str], found: dict[str, float]
) -> None:
    """Add what the heading and the sentences far before lend."""
    terms = reading.base.rows.terms
    if "topic" not in changed and statement.sentence > _KEPT and _is_heading(reading):
        for term, cost in reading.sentences[0].lends.items():
            if terms[term].kind in ("topic", "place"):
                found[term] = min(found.get(term, 9.0), SUBJECT + cost)
    last = max(0, statement.sentence - _BACK)
    for earlier in reading.sentences[max(0, last - _FAR_BACK) : last]:
        for term in earlier.subjects:
            found.setdefault(term, HEADING)
