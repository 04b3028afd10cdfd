"""Two counts side by side: "More were arrested as Japanese spies than as Polish ones"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from byname.claims import wording
from byname.claims.arithmetic import grouped
from byname.claims.asked import Asked, asked_of
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.reading import SAME_SENTENCE, Reading, Statement
from byname.claims.scope import Figures, Fit
from byname.knowledge import Base, Window

_THAN = re.compile(
    r"\b(?P<more>more(?! than)|greater|higher|larger|deadlier|bloodier|worse|больше|выше)\b"
    r"(?P<a>[^.;]*?)\b(?:than|чем)\b"
    r"(?! (?:expected|planned|hoped|thought|usual|ever|any|a |one |it ))"
    r"(?P<b>[^.;]+)"
    r"|\b(?P<less>fewer(?! than)|less(?! than)|lower|smaller|меньше|ниже)\b"
    r"(?P<c>[^.;]*?)\b(?:than|чем)\b"
    r"(?! (?:expected|planned|hoped|thought|usual|ever|any|a |one |it ))"
    r"(?P<d>[^.;]+)",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\s*(?:as (?:many|much|high|large)|more|higher|greater)\b", re.IGNORECASE)
_SURE = 0.25
_SUPERLATIVE = re.compile(r"\b(?:nowhere|no other|never|ever|not|nobody)\b", re.IGNORECASE)
_COUNTS = frozenset({"persons", "arrests", "deaths", "things"})


def judge_comparison(statement: Statement, reading: Reading, figures: Figures) -> Judgement | None:
    """Hold "more A than B" against the counts of both; None where either is unknown."""
    found = _THAN.search(reading.text, statement.start, statement.end)
    if (
        found is None
        or _SUPERLATIVE.search(reading.words_of(statement))
        or any(q.start >= found.start() for q in statement.quantities)
    ):
        return None
    more = found["more"] is not None
    first, second = ("a", "b") if more else ("c", "d")
    one = _best(_side(statement, (statement.start, found.end(first)), reading), reading, figures)
    other = _best(_side(statement, found.span(second), reading), reading, figures)
    if one is None or other is None or one.figure.id == other.figure.id:
        return None
    a, b = one.figure, other.figure
    if (a.unit in _COUNTS) != (b.unit in _COUNTS):
        return None
    right = a.value > b.value if more else a.value < b.value
    verdict = "supported" if right else "contradicted"
    reason = f"{wording.phrase(a)}; {wording.phrase(b)}."
    return Judgement(
        found.start(), found.end(), "comparison", verdict, reason[:1].upper() + reason[1:],
        (a.id, b.id), f"{grouped(a.value)} against {grouped(b.value)}", weight=0.7,
    )  # fmt: skip


def judge_ratio(
    quantity: Quantity, statement: Statement, reading: Reading, figures: Figures
) -> Judgement | None:
    """Hold "three times as many as the year before" against the counts of both years."""
    asked = asked_of(quantity, statement, reading)
    now = asked.window
    spans = [m for m in statement.moments if m.dated and m.form == "range"]
    if spans and spans[0].first.year < spans[0].last.year:
        # "tripled from 1937 to 1938"
        first, last = spans[0].first.year, spans[0].last.year
        now, before = (Window(date(y, 1, 1), date(y, 12, 31)) for y in (last, first))
        return _ratio(quantity, asked, now, before, figures)
    if not _TIMES.match(reading.text, quantity.end):
        return None
    told = [m for m in statement.moments if m.dated]
    after = [m for m in told if m.start >= quantity.end]
    if after:
        # "as many in 1937 as in 1936", "in 1937 as many as in 1936"
        own = after[:-1] or [m for m in told if m.end <= quantity.start]
        before = Window(after[-1].first, after[-1].last)
        now = Window(own[-1].first, own[-1].last) if own else reading.earlier_window(statement)[0]
    elif now is not None and asked.window_away == 0:
        # "the year before" has moved the window back already.
        before = now
        now, _ = reading.earlier_window(statement)
    else:
        return None
    return _ratio(quantity, asked, now, before, figures)


def _ratio(
    quantity: Quantity, asked: Asked, now: Window | None, before: Window, figures: Figures
) -> Judgement | None:
    one = _dated(figures, replace(asked, window=now, window_away=0.0))
    other = _dated(figures, replace(asked, window=before, window_away=0.0))
    if one is None or other is None or one.figure.id == other.figure.id or not other.figure.value:
        return None
    ratio = one.figure.value / other.figure.value
    off = max(quantity.value / ratio, ratio / quantity.value)
    more = quantity.hedge in ("more than", "at least") and ratio >= quantity.value * 0.97
    verdict = "supported" if off <= 1.15 or more else "imprecise" if off <= 1.5 else "contradicted"
    shown = f"{grouped(one.figure.value)} / {grouped(other.figure.value)} = {ratio:.2f}"
    reason = f"{one.figure.states}: {shown} times {wording.window(other.figure.window)}."
    return Judgement(
        quantity.start, quantity.end, "comparison", verdict, reason,
        (one.figure.id, other.figure.id), shown,
        "" if verdict == "supported" else f"Say {ratio:.1f} times.", 0.7,
    )  # fmt: skip


def _dated(figures: Figures, asked: Asked) -> Fit | None:
    fits = [f for f in figures.fits(asked) if f.figure.unit in _COUNTS and f.in_time]
    fits = [f for f in fits if f.cost <= _SURE]
    return next((f for f in fits if f.figure.window == asked.window), fits[0] if fits else None)


def _side(statement: Statement, span: tuple[int, int], reading: Reading) -> Statement:
    """Return one side of a comparison as a statement of its own."""
    first, last = span
    tags = [t for t in statement.tags if first <= t.start < last]
    base: Base = reading.base
    reach = {term: away for term, away in statement.reach.items() if away > SAME_SENTENCE}
    for tag in tags:
        for term in base.widened(tag.term):
            reach[term] = 0.0 if term == tag.term else 0.15
    moments = [m for m in statement.moments if first <= m.start < last]
    if not any(t.kind == "measure" for t in tags):
        tags += [t for t in statement.tags if t.kind == "measure" and not t.inner]
    return replace(
        statement,
        start=first,
        end=last,
        tags=tags,
        moments=moments,
        quantities=[],
        reach=reach,
        _of_kinds={},
    )


def _best(side: Statement, reading: Reading, figures: Figures) -> Fit | None:
    bare = Quantity(side.start, side.start, 0, 0, 0, 0, "count")
    asked = asked_of(bare, side, reading)
    if not asked.measures or not any(t.kind != "quality" for t in side.tags):
        return None
    fits = [
        f
        for f in figures.fits(replace(asked, piece=(side.start, side.end)))
        if f.figure.unit in _COUNTS
        and f.figure.standing in ("archive", "computed")
        and f.in_time
        and not f.lent
    ]
    return fits[0] if fits and fits[0].cost <= _SURE else None
