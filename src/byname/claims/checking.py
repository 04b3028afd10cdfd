"""A text → its claims: read, held against the evidence, put together clause by clause."""

from __future__ import annotations

import re
from collections.abc import Callable

from byname.claims import wording
from byname.claims.counts import judge_count
from byname.claims.days import Events, judge_days
from byname.claims.model import VERDICTS, Checked, Cited, Claim, Judgement
from byname.claims.posts import Offices, judge_posts
from byname.claims.quantities import Quantity
from byname.claims.rates import judge_rate
from byname.claims.reading import Reading, Sentence, Statement, read
from byname.claims.sayings import Sayings, judge_quote, judge_reported
from byname.claims.scope import Figures
from byname.claims.segments import Piece, pieces, placed
from byname.claims.proportions import judge_share
from byname.claims.speakers import Speakers
from byname.claims.tagging import Tagger
from byname.claims.views import Rules, judge_views
from byname.knowledge import Base, Evidence

CORE = "soviet-terror"
_NEAR_CORE = 3
"""So many sentences from a word of the Soviet Union a statement may stand and be judged."""
_LEAST_DENSITY = 0.12
_WEAK = 0.35
Progress = Callable[[int, int], None]


class Checker:
    """Checks texts against one evidence base."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.tagger = Tagger(base)
        self.figures = Figures(base)
        self.events = Events(base)
        self.offices = Offices(base)
        self.rules = Rules(base)
        self.sayings = Sayings(base)
        self.speakers = Speakers(base)
        self.rows: dict[str, Evidence] = {row.id: row for row in base.evidence()}

    def check(self, text: str, progress: Progress | None = None) -> Checked:
        """Return the claims of a text, in order, none overlapping another.

        Args:
            text: running text, English or Russian.
            progress: told how many sentences of how many are done.

        """
        reading = read(text, self.base, self.tagger)
        near = _near_core(reading)
        claims: list[Claim] = []
        for number, sentence in enumerate(reading.sentences):
            if near[number]:
                claims += self._sentence(sentence, reading)
            if progress is not None:
                progress(number + 1, len(reading.sentences))
        return Checked(text, claims)

    def _sentence(self, sentence: Sentence, reading: Reading) -> list[Claim]:
        quotes = [q for q in reading.quotes if sentence.start <= q.start < sentence.end]
        judged: list[tuple[int, int, list[Judgement]]] = []
        taken: list[tuple[int, int]] = []
        for quote in quotes:
            judgement = judge_quote(quote, reading, self.sayings)
            if judgement is not None:
                judged.append((quote.start, quote.end, [judgement]))
                taken.append((quote.start, quote.end))
        for statement in sentence.statements:
            if any(a <= statement.start and statement.end <= b for a, b in taken):
                continue
            found = self._statement(statement, reading)
            if found:
                start, end = _outside(statement, taken)
                judged += self._apart(reading.text, statement, (start, end), found)
        claims = [self._claim(reading.text, *part) for part in sorted(judged, key=lambda p: p[:2])]
        return [claim for claim in claims if claim.text.strip()]

    def _apart(
        self, text: str, statement: Statement, free: Piece, found: list[Judgement]
    ) -> list[tuple[int, int, list[Judgement]]]:
        """Put what was found in a clause to the pieces of it that it rests on."""
        cut = [(max(a, free[0]), min(b, free[1])) for a, b in pieces(text, statement, free[1])]
        cut = [(a, b) for a, b in cut if a < b] or [free]
        return [(*piece, judged) for piece, judged in placed(found, cut)]

    def _statement(self, statement: Statement, reading: Reading) -> list[Judgement]:
        speakers = self.speakers.of(reading, statement)
        found: list[Judgement | None] = [
            self._number(quantity, statement, reading, speakers)
            for quantity in statement.quantities
        ]
        found += judge_days(reading, statement, self.events)
        found += judge_posts(reading, statement, self.offices, self.events)
        found.append(judge_views(reading, statement, self.rules, speakers))
        found.append(judge_reported(statement, reading, self.sayings))
        judged = [judgement for judgement in found if judgement is not None]
        return judged or _undecided(statement, reading)

    def _number(
        self, quantity: Quantity, statement: Statement, reading: Reading, speakers: frozenset[str]
    ) -> Judgement | None:
        if quantity.is_base:
            return None
        if quantity.kind == "rate":
            return judge_rate(quantity, statement, reading, self.figures)
        if quantity.kind == "share":
            return judge_share(quantity, statement, reading, self.figures)
        if quantity.kind == "count":
            return judge_count(quantity, statement, reading, self.figures, speakers)
        return None

    def _claim(self, text: str, start: int, end: int, judged: list[Judgement]) -> Claim:
        start, end = _trimmed(text, start, end)
        ordered = sorted(judged, key=lambda j: (VERDICTS.index(j.verdict), -j.weight))
        first = ordered[0]
        same = [j for j in ordered if j.verdict == first.verdict]
        reasons = list(dict.fromkeys(j.reason for j in same))
        evidence = dict.fromkeys(known for j in ordered for known in j.evidence)
        return Claim(
            start,
            end,
            text[start:end],
            first.kind,
            first.verdict,
            " ".join(reasons[:2]),
            tuple(self._cited(known) for known in list(evidence)[:8]),
            "; ".join(dict.fromkeys(j.computed for j in ordered if j.computed)),
            next((j.suggestion for j in same if j.suggestion), ""),
        )

    def _cited(self, known: str) -> Cited:
        row = self.rows[known]
        source = "; ".join(self.base.citations(row)[:4])
        return Cited(known, wording.value(row), source, row.confirmed)


def _near_core(reading: Reading) -> list[bool]:
    """Tell of each sentence whether the text speaks of the Soviet Union around it."""
    core = [any(tag.term == CORE for tag in s.tags) for s in reading.sentences]
    if not core or sum(core) / len(core) < _LEAST_DENSITY:
        return [False] * len(core)
    return [any(core[max(0, n - _NEAR_CORE) : n + _NEAR_CORE + 1]) for n in range(len(core))]


def _outside(statement: Statement, taken: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the part of a statement that no judged quotation covers."""
    start, end = statement.start, statement.end
    for first, last in taken:
        if start <= first < end:
            if first - start >= end - last:
                end = first
            else:
                start = max(start, last)
    return start, max(start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not (text[start].isalnum() or text[start] in "\"“«„'‘("):
        start += 1
    while end > start and text[end - 1] in " \t\r\n,;:.–—-":
        end -= 1
    return start, end


_CAUSAL = re.compile(
    r"\b(?:because|caused?|led to|resulted in|in order to|so that|due to|owing to|convinced"
    r"|motivated|thanks to|consequence|therefore|aimed|wanted|feared|purpose|reason)\b"
    r"|потому что|из-за|привел\w*|вызва\w+|причин\w+|чтобы|боял\w+",
    re.IGNORECASE,
)


def _undecided(statement: Statement, reading: Reading) -> list[Judgement]:
    """Mark a statement that could be checked and that nothing here bears on."""
    names = [t for t in statement.tags if t.kind in ("person", "topic", "group", "body", "place")]
    deeds = [t for t in statement.tags if t.kind in ("measure", "act")]
    words = reading.words_of(statement)
    numbers = [q for q in statement.quantities if q.kind != "age"]
    telling = numbers or statement.moments or (names and (deeds or _CAUSAL.search(words)))
    if not telling:
        return []
    reason = "Nothing in the evidence base bears on this; it is neither borne out nor denied."
    return [Judgement(statement.start, statement.end, "statement", "uncheckable", reason, weight=0)]
