"""A text → its claims: read, held against the evidence, put together clause by clause."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from byname.claims import wording
from byname.claims.agents import judge_doer
from byname.claims.anaphora import Pointers
from byname.claims.comparisons import judge_comparison, judge_ratio
from byname.claims.counts import judge_count
from byname.claims.days import judge_days
from byname.claims.denials import turned
from byname.claims.durations import judge_duration, judge_times
from byname.claims.going_on import judge_going_on
from byname.claims.model import VERDICTS, Checked, Cited, Claim, Judgement
from byname.claims.offices import Offices
from byname.claims.places import judge_where
from byname.claims.proportions import judge_share
from byname.claims.quantities import Quantity
from byname.claims.rates import judge_rate, speaks_of_rate
from byname.claims.reading import Reading, Sentence, Statement, read
from byname.claims.retold import judge_retold
from byname.claims.sayings import Sayings, judge_lead_in, judge_quote, judge_reported
from byname.claims.scope import Figures
from byname.claims.segments import Piece, pieces, placed
from byname.claims.speakers import Speakers
from byname.claims.standing import judge_posts
from byname.claims.tagging import Tagger
from byname.claims.told import Events
from byname.claims.topic import on_topic
from byname.claims.undecided import UNDECIDED, telling, undecided
from byname.claims.universals import judge_universal
from byname.claims.views import Rules, judge_views
from byname.knowledge import Base, Evidence, Window

Progress = Callable[[int, int], None]


class Checker:
    """Checks texts against one evidence base."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.tagger = Tagger(base)
        self.pointers = Pointers(base)
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
        with _base_left_alone():
            return Checked(text, self._claims(text, progress))

    def _claims(self, text: str, progress: Progress | None) -> list[Claim]:
        reading = read(text, self.base, self.tagger, self.pointers)
        near = on_topic(reading)
        claims: list[Claim] = []
        for number, sentence in enumerate(reading.sentences):
            if near[number] and not _asks(sentence, reading.text):
                claims += self._sentence(sentence, reading)
            if progress is not None:
                progress(number + 1, len(reading.sentences))
        return claims

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
            said = next((j[2][0] for j in judged if j[2][0].kind == "quotation"), None)
            found = self._statement(statement, reading, said)
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
        homes = placed(found, cut, statement)
        left = [piece for piece in cut if not any(a <= piece[0] < b for (a, b), _ in homes)]
        parts = [(*piece, judged) for piece, judged in homes]
        return parts + [(*piece, [UNDECIDED]) for piece in left if telling(statement, piece, text)]

    def _statement(
        self, statement: Statement, reading: Reading, quoted: Judgement | None
    ) -> list[Judgement]:
        speakers = self.speakers.of(reading, statement)
        found: list[Judgement | None] = [
            self._number(quantity, statement, reading, speakers)
            for quantity in statement.quantities
        ]
        found.append(judge_comparison(statement, reading, self.figures))
        found.append(judge_universal(statement, reading, self.figures))
        found += judge_days(reading, statement, self.events)
        told = self.events.told(reading, statement)
        found.append(judge_doer(told, reading, statement))
        found.append(judge_where(told, reading, statement))
        found.append(judge_retold(told, reading, statement))
        found += judge_lead_in(quoted, statement, self.base)
        found += judge_posts(reading, statement, self.offices, self.events)
        found.append(judge_views(reading, statement, self.rules, speakers))
        reported = None if quoted else judge_reported(statement, reading, self.sayings)
        if reported is not None:
            # The number in a known saying counts nobody.
            found = [j for j in found if j is None or j.kind not in ("quantity", "share")]
            found.append(reported)
        judged = [judgement for judgement in found if judgement is not None]
        judged = [j for j in judged if not self._dated_by_figure(j, judged, statement)]
        judged = [j for j in judged if not _outweighed(j, judged)]
        if speakers and any(j.kind in _NUMBERS and j.verdict == "supported" for j in judged):
            # Whose number it is was right: the thesis it serves is not what is told.
            judged = [j for j in judged if j.kind != "view"]
        # That somebody was shot is told in passing in many a sentence on something else.
        firm = [j for j in judged if j.kind != "fate" or j.verdict != "supported"]
        if firm and _only_dated(firm, found, statement):
            firm, judged = [], []
        return firm or _fates(judged, statement) or undecided(statement, reading)

    def _dated_by_figure(
        self, judgement: Judgement, judged: list[Judgement], statement: Statement
    ) -> bool:
        """Tell a date called wrong that is right for the number it stands beside."""
        if judgement.kind != "date" or judgement.verdict == "supported":
            return False
        moment = next((m for m in statement.moments if m.start == judgement.start), None)
        for other in judged:
            figure = self.base.rows.figures.get(other.evidence[0]) if other.evidence else None
            if moment is None or figure is None or other.verdict != "supported":
                continue
            if figure.window and figure.window.overlaps(Window(moment.first, moment.last)):
                return True
        return False

    def _number(
        self, quantity: Quantity, statement: Statement, reading: Reading, speakers: frozenset[str]
    ) -> Judgement | None:
        if quantity.denied:
            plain = replace(quantity, denied=False)
            return turned(self._number(plain, statement, reading, speakers))
        shares = [q for q in statement.quantities if q.kind == "share"]
        whole = any(q.base == quantity.value for q in statement.quantities)
        if (quantity.is_base and whole) or any(
            q.whole_span[0] <= quantity.start < q.whole_span[1] for q in shares if q != quantity
        ):
            return None
        return self._of_kind(quantity, statement, reading, speakers)

    def _of_kind(
        self, quantity: Quantity, statement: Statement, reading: Reading, speakers: frozenset[str]
    ) -> Judgement | None:
        here, figures = (quantity, statement, reading), self.figures
        found: Judgement | None = None
        match quantity.kind:
            case "duration":
                found = judge_duration(*here, self.events, self.offices)
            case "times":
                found = judge_ratio(*here, figures) or judge_times(*here, figures)
            case "rate":
                found = self._on_a_day(*here, speakers)
                found = found or judge_rate(*here, figures, speakers)
            case "share":
                found = judge_going_on(*here) or judge_share(*here, figures, speakers)
            case "count" if speaks_of_rate(*here):
                found = judge_rate(*here, figures)
            case "count":
                found = judge_count(*here, figures, speakers)
        return found

    def _on_a_day(
        self, quantity: Quantity, statement: Statement, reading: Reading, speakers: frozenset[str]
    ) -> Judgement | None:
        """Hold "658 sentences in one day, 9 October 1937" against the count of that day."""
        if not any(m.dated and m.first == m.last for m in statement.moments):
            return None
        judged = judge_count(quantity, statement, reading, self.figures, speakers)
        return judged if judged is not None and judged.verdict == "supported" else None

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


_NUMBERS = frozenset({"quantity", "share", "rate"})
_PASSING = 70
"""A longer statement says more of somebody than how he ended."""
_FIRMLY, _NEAR = 0.6, 60
_TELLS_MORE = 0.85
"""A finding this sure says more of the clause than that its topic is named."""
_BESIDE = frozenset({"date", "attribution", "statement", "fate"})
"""Kinds of judgement that bear out what stands beside a number, not the number."""


@contextmanager
def _base_left_alone() -> Iterator[None]:
    """Keep the collector from walking the evidence base again and again: a sixth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _asks(sentence: Sentence, text: str) -> bool:
    """Tell a question, which states nothing: "Who killed Kirov?"."""
    words = text[sentence.start : sentence.end].rstrip(' \t\n"”’»)*_')
    return words.endswith("?") and not any(mark in words for mark in '"“”«»„')


def _only_dated(
    judged: list[Judgement], found: list[Judgement | None], statement: Statement
) -> bool:
    """Tell a number that nothing was found on from the right date beside it.

    A right date does not bear out the number that is the point of the sentence.
    """
    if any(j.verdict != "supported" or j.kind not in _BESIDE for j in judged):
        return False
    starts = {j.start for j in found if j is not None and j.kind in ("quantity", "share", "rate")}
    counted = [q for q in statement.quantities if q.kind in ("count", "share", "rate")]
    explained = [t for t in statement.tags if t.term.startswith("~")]
    counted = [
        q for q in counted if not any(t.start < q.end and q.start < t.end for t in explained)
    ]
    return any(q.start not in starts and q.value > 1 for q in counted)


def _outweighed(judgement: Judgement, judged: list[Judgement]) -> bool:
    """Tell a finding against words beside which a number is borne out: arithmetic decides."""
    if judgement.kind != "statement" or judgement.verdict not in ("contradicted", "imprecise"):
        return False
    if judgement.weight >= _TELLS_MORE:
        return False
    return any(
        j.kind in _NUMBERS
        and j.verdict == "supported"
        and j.weight >= _FIRMLY
        and abs(j.start - judgement.start) <= _NEAR
        for j in judged
    )


def _fates(judged: list[Judgement], statement: Statement) -> list[Judgement]:
    """Return what is told in passing where a statement is on nothing else."""
    told_apart = len(statement.tags) and statement.end - statement.start <= _PASSING
    return judged if told_apart and not statement.terms("topic") else []


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
