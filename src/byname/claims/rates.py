"""A daily or monthly rate against totals spread over the windows it could be meant for.

1,500 a day is right for the mass operations and wrong for the calendar years, though both rest
on the same total; so every window is worked out and shown, and the claim's own window decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from byname.claims import wording
from byname.claims.arithmetic import Claimed, grouped, nearness
from byname.claims.asked import Asked, asked_of
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement
from byname.claims.scope import SURE, Figures, rank
from byname.knowledge import Base, Figure, Window

DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_LONG = 100
"""A total over fewer days than this is no base for a rate."""
_OFF = 1.25
_VERY = 0.03
_TERROR = 0.5
_LIKE = 0.75
"""Two windows that share so much of their union are spoken of as the same."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A total spread over a window: so many a day."""

    figure: Figure
    window: Window
    name: str
    per_day: float
    window_id: str = ""

    @property
    def shown(self) -> str:
        """Return the computation."""
        if self.figure.unit == "per day":
            return f"{wording.amount(self.figure)} is in print ({self.name})"
        return (
            f"{grouped(self.figure.value)} / {self.window.days:,} days ({self.name}) = "
            f"{grouped(round(self.per_day))} a day"
        )


def judge_rate(
    quantity: Quantity,
    statement: Statement,
    reading: Reading,
    figures: Figures,
    speakers: frozenset[str] = frozenset(),
) -> Judgement | None:
    """Hold a rate against every window it could be meant for."""
    asked = asked_of(quantity, statement, reading)
    if not asked.measures:
        asked = _as_before(asked, reading)
    works_out = _WORKS_OUT.match(reading.words_of(statement)) is not None
    if works_out and asked.measure_lent:
        least = min(asked.measures.values())
        own = {measure: cost - least for measure, cost in asked.measures.items()}
        asked = replace(asked, measures=own, measure_lent=False, points_back=False)
    timeless = replace(asked, window=None, window_away=1.0)
    fits = [fit for fit in figures.fits(timeless) if fit.figure.standing != "superseded"]
    fits = [fit for fit in fits if speakers & set(fit.figure.said_by)] or fits
    if not fits or fits[0].cost > SURE:
        return None
    near = [fit.figure for fit in fits if fit.cost <= fits[0].cost + 0.25]
    if not works_out and all(fit.lent for fit in fits if fit.cost <= fits[0].cost + 0.25):
        return None
    near = _of_the_deed(near, asked)
    near = [f for f in near if f.about or f.window is None or _of_the_terror(f.window, asked)]
    spreads = [spread for figure in near for spread in _spreads(figure, reading.base)]
    if not spreads:
        return None
    spreads.sort(key=_firmness)
    days = DAYS.get(quantity.per or "day", 1.0)
    claimed = _a_day(quantity, days)
    return _judged(quantity, spreads, claimed, asked.window)


_WORKS_OUT = re.compile(
    r"\W*(?:that|this|it|which|these|in other words)\W+(?:is|was|makes|made|means|meant|gives|gave"
    r"|equals|averages|averaged|amounts|amounted|comes|came|works out|worked out)\b"
    r"|\W*(?:это|что|то есть|получается|выходит)\b",
    re.IGNORECASE,
)
"""Words that spread the number just told: "That makes about 930 a day"."""
_AVERAGE = re.compile(
    r"\b(?:average|rate|divid\w+|spread|per diem|daily)\b|в среднем", re.IGNORECASE
)


def speaks_of_rate(quantity: Quantity, statement: Statement, reading: Reading) -> bool:
    """Tell a bare number that goes on about a rate: "and the average is nearer 1,450"."""
    if statement.terms("measure") or not 50 <= quantity.value <= 5000:
        return False
    if not _AVERAGE.search(reading.words_of(reading.sentences[statement.sentence])):
        return False
    before = reading.before(statement, 2)
    return any(q.kind == "rate" for sentence in before for q in sentence.quantities)


def _as_before(asked: Asked, reading: Reading) -> Asked:
    """Take what is counted from the rate that was spoken of before."""
    for sentence in reading.before(asked.statement, 3):
        for statement in reversed(sentence.statements):
            for quantity in statement.quantities:
                if quantity.kind == "rate":
                    earlier = asked_of(quantity, statement, reading)
                    return replace(earlier, window=asked.window, window_away=asked.window_away)
    return asked


def _a_day(quantity: Quantity, days: float) -> Claimed:
    claimed = Claimed.of(quantity)
    return Claimed(claimed.low / days, claimed.high / days, min(claimed.digits, 2), claimed.hedge)


def _spreads(figure: Figure, base: Base) -> Iterator[Spread]:
    if figure.unit in ("per day", "per month") and figure.window:
        rate = figure.value / (DAYS["month"] if figure.unit == "per month" else 1)
        yield Spread(figure, figure.window, wording.window(figure.window), rate)
        return
    window = figure.window
    if figure.unit not in ("persons", "arrests", "deaths") or window is None:
        return
    if window.days < _LONG:
        return
    own = Spread(figure, window, wording.window(window), figure.value / window.days)
    if figure.about:
        yield own
        return
    named = [span for span in base.rows.windows.values() if alike(span.window, window) > 0.35]
    for span in named:
        yield Spread(figure, span.window, span.states, figure.value / span.window.days, span.id)
    if not any(alike(span.window, window) > 0.95 for span in named):
        yield own


def alike(one: Window, other: Window) -> float:
    """Return which share of the days of either window both hold."""
    shared = one.shared(other)
    return shared / (one.days + other.days - shared)


def _judged(
    quantity: Quantity, spreads: list[Spread], claimed: Claimed, window: Window | None
) -> Judgement:
    agreeing = [s for s in spreads if _agrees(claimed, s)]
    meant = [s for s in spreads if window and alike(window, s.window) >= _LIKE]
    right = [s for s in agreeing if s in meant]
    shown = _shown(agreeing, meant, spreads)
    computed = "; ".join(s.shown for s in shown)
    if right or (agreeing and not meant):
        chosen = (right or agreeing)[0]
        verdict, reason = "supported", f"Right for {chosen.name}."
        if len({s.window for s in spreads}) > 1:
            reason += " Other windows give other rates."
    elif agreeing:
        verdict = "imprecise"
        reason = (
            f"Right for {agreeing[0].name}, not for {meant[0].name}, of which the text speaks: "
            f"there it is {grouped(round(meant[0].per_day))} a day."
        )
    else:
        best = min(meant or spreads, key=lambda s: abs(s.per_day - claimed.middle))
        # Every window has been tried: what none of them gives is wrong, not loosely put.
        off = claimed.middle / best.per_day if best.per_day else 0.0
        verdict = "imprecise" if 1 / _OFF <= off <= _OFF else "contradicted"
        reason = f"No window gives this rate; the nearest, {best.name}, gives "
        reason += f"{grouped(round(best.per_day))} a day."
    ids = dict.fromkeys(i for s in shown for i in (s.figure.id, s.window_id) if i)
    suggestion = "" if verdict == "supported" else f"Name the window: {computed}."
    return Judgement(
        quantity.start, quantity.end, "rate", verdict, reason, tuple(ids), computed, suggestion
    )


def _agrees(claimed: Claimed, spread: Spread) -> bool:
    return nearness(claimed, spread.per_day, spread.per_day, spread.per_day) in ("same", "near")


def _of_the_terror(window: Window, asked: Asked) -> bool:
    """Tell whether a total is of the Terror, or of the very time that the text names."""
    if alike(window, _YEARS) >= _TERROR:
        return True
    return asked.window is not None and alike(window, asked.window) >= _LIKE


def _of_the_deed(near: list[Figure], asked: Asked) -> list[Figure]:
    """Keep the figures of the very deed told: "had 1,500 killed a day" is not all who died."""
    best = min(asked.measures.get(figure.counted, 9.0) for figure in near)
    very = [f for f in near if asked.measures.get(f.counted, 9.0) <= best + _VERY]
    return very or near


def _firmness(spread: Spread) -> tuple[bool, int, float, str]:
    """Return the order in which spreads are shown: totals before rates in print, firm ones first.

    The recorded executions of the two calendar years stand first: every window is held
    against the same total, so that only the window makes the difference.
    """
    printed = spread.figure.unit in ("per day", "per month")
    theirs = spread.figure.window
    years = alike(theirs, _YEARS) if theirs else 0.0
    return printed, rank(spread.figure), -round(years, 2), spread.figure.id


_YEARS = Window(date(1937, 1, 1), date(1938, 12, 31))


def _shown(agreeing: list[Spread], meant: list[Spread], spreads: list[Spread]) -> list[Spread]:
    """Return at most four spreads worth showing, each window once."""
    kept: dict[Window, Spread] = {}
    lead = (agreeing or meant or spreads)[0]
    spreads = [s for s in spreads if s.figure.about == lead.figure.about]
    meant = [s for s in meant if s in spreads]
    firm = [s for s in spreads if rank(s.figure) == 0 and s.figure.unit != "per day"]
    for spread in (*meant[:1], *firm, *agreeing, *spreads):
        kept.setdefault(spread.window, spread)
    return list(kept.values())[:5]
