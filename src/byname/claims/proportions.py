"""A share of the text against published shares, and against counts divided by their bases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from byname.claims import wording
from byname.claims.arithmetic import VERDICT, Claimed, grouped, share_nearness
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.rates import alike
from byname.claims.reading import Reading, Statement
from byname.claims.scope import SURE, Asked, Figures, Fit, asked_of
from byname.knowledge import Base, Figure

_COUNTS = frozenset({"persons", "arrests", "deaths", "things"})
_WHOLES = ("convicted", "arrested", "repressed", "members", "limit-both", "defendants", "names",
           "dismissed", "death-sentences", "shot", "population", "prisoners")  # fmt: skip
_PARTS_COST = 0.12
"""A share worked out from two figures is a little less sure than one in print."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent, what it was worked out from, and how surely it is the one meant."""

    part: Figure
    per_cent: float
    low: float
    high: float
    cost: float
    computed: str = ""
    whole: Figure | None = None


def judge_share(
    quantity: Quantity, statement: Statement, reading: Reading, figures: Figures
) -> Judgement | None:
    """Hold a share against the evidence; None where nothing of the kind is known."""
    asked = asked_of(quantity, statement, reading)
    fits = [f for f in figures.fits(asked) if f.figure.standing not in ("superseded", "popular")]
    shares = sorted(_shares(asked, fits, reading, figures), key=lambda s: (s.cost, s.part.id))
    if not shares or shares[0].cost > SURE + 0.1:
        return None
    claimed = Claimed.of(quantity)
    near = [s for s in shares if s.cost <= shares[0].cost + 0.2]
    judged = [(s, share_nearness(claimed, s.per_cent, s.low, s.high)) for s in near]
    agreeing = [pair for pair in judged if pair[1] in ("same", "near")]
    best, nearness = agreeing[0] if agreeing else judged[0]
    return _judgement(quantity, best, VERDICT[nearness], reading.base)


def _shares(
    asked: Asked, fits: list[Fit], reading: Reading, figures: Figures
) -> Iterator[Share]:
    base = reading.base
    for fit in fits:
        figure = fit.figure
        if figure.unit == "per cent":
            yield Share(figure, figure.value, figure.low, figure.high, fit.cost)
        elif figure.unit in _COUNTS:
            whole = _base_of(figure, base)
            if whole:
                yield _divided(figure, whole, fit.cost, None)
    yield from _of_two(asked, fits, reading, figures)


def _base_of(figure: Figure, base: Base) -> float | None:
    if figure.base_id:
        return base.rows.figures[figure.base_id].value
    return figure.base


def _divided(part: Figure, whole: float, cost: float, other: Figure | None) -> Share:
    share = 100 * part.value / whole
    shown = f"{grouped(part.value)} / {grouped(whole)} = {share:.1f} per cent"
    low, high = 100 * part.low / whole, min(100.0, 100 * part.high / whole)
    if other is not None and part.high > part.low * 1.3:
        low = high = share
    return Share(part, share, low, high, cost, shown, other)


def _of_two(
    asked: Asked, fits: list[Fit], reading: Reading, figures: Figures
) -> Iterator[Share]:
    """Yield shares worked out from two counts of the same scene."""
    said = _whole_measures(asked, reading)
    wholes = said or {measure: 0.1 for measure in _WHOLES}
    parts = [f for f in fits if f.figure.unit in _COUNTS and f.figure.counted not in said]
    parts = [f for f in parts if f.cost <= SURE][:12]
    counts = [f for f in figures.spoken_of(asked.statement) if f.counted in wholes]
    for fit in parts:
        for whole in counts:
            if _fit_together(fit.figure, whole):
                cost = fit.cost + _PARTS_COST + wholes[whole.counted]
                yield _divided(fit.figure, whole.value, cost, whole)


def _whole_measures(asked: Asked, reading: Reading) -> dict[str, float]:
    """Return what the words after "per cent of" count."""
    quantity, terms = asked.quantity, reading.base.rows.terms
    if not quantity.whole:
        return {}
    first, last = quantity.whole_span
    found: dict[str, float] = {}
    for tag in asked.statement.terms("measure"):
        if first <= tag.start < last:
            for step, measure in enumerate(terms[tag.term].stands_for or (tag.term,)):
                found.setdefault(measure, 0.05 * step)
    citizens = [t for t in asked.statement.tags if t.term in ("citizens", "ussr")]
    if not found and any(first <= tag.start < last for tag in citizens):
        found["population"] = 0.0
    return found


def _fit_together(part: Figure, whole: Figure) -> bool:
    """Tell whether one figure can be a part of another: same scene, same time, smaller."""
    if whole.unit not in _COUNTS or whole.value <= part.value or whole.standing == "superseded":
        return False
    if whole.counted == "population":
        return not part.about and not whole.about
    if part.counted == whole.counted or set(part.about) != set(whole.about):
        return False
    if part.window is None or whole.window is None:
        return True
    return alike(part.window, whole.window) >= 0.6


def _judgement(quantity: Quantity, share: Share, verdict: str, base: Base) -> Judgement:
    shown = f"{share.per_cent:.1f} per cent"
    evidence = [share.part.id]
    if share.whole is not None:
        evidence.append(share.whole.id)
    elif share.part.base_id:
        evidence.append(share.part.base_id)
    basis = f"{share.part.states}: {share.computed or wording.amount(share.part)}"
    says = "Agrees with" if verdict == "supported" else "Published:"
    suggestion = "" if verdict == "supported" else f"Say {shown}."
    return Judgement(
        quantity.start, quantity.end, "share", verdict, f"{says} {basis}.", tuple(evidence),
        share.computed, suggestion, 1 - share.cost,
    )  # fmt: skip
