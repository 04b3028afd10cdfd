"""A counted number of the text against the figures that speak of the same thing."""

from __future__ import annotations

from byname.claims import wording
from byname.claims.arithmetic import VERDICT, Claimed, Nearness, grouped, nearness
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement
from byname.claims.scope import SURE, Asked, Figures, Fit, asked_of
from byname.knowledge import Figure

_BAND = 0.22
"""Readings of a sentence this close to the surest one are as good as it."""
_EXACT_BAND = 0.5
_ORDER: tuple[Nearness, ...] = ("same", "near", "digit", "order", "far")
_COUNTS = frozenset({"persons", "arrests", "deaths", "things"})


def judge_count(
    quantity: Quantity,
    statement: Statement,
    reading: Reading,
    figures: Figures,
    speakers: frozenset[str],
) -> Judgement | None:
    """Hold a count against the evidence; None where no figure speaks of the same thing."""
    asked = asked_of(quantity, statement, reading)
    fits = [fit for fit in figures.fits(asked) if fit.figure.unit in _COUNTS]
    owned = [fit for fit in fits if speakers & set(fit.figure.said_by)]
    claimed = Claimed.of(quantity)
    if owned:
        return _judged(asked, owned, claimed, figures, attributed=True)
    current = [fit for fit in fits if fit.figure.standing not in ("superseded", "popular")]
    judged = _judged(asked, current, claimed, figures) if current else None
    if judged is not None and judged.verdict == "supported":
        return judged
    outdated = _outdated(asked, fits, claimed)
    return outdated or judged


def _near(fit: Fit, claimed: Claimed) -> Nearness:
    figure = fit.figure
    return nearness(claimed, figure.value, figure.low, figure.high)


def _judged(
    asked: Asked,
    fits: list[Fit],
    claimed: Claimed,
    figures: Figures,
    attributed: bool = False,
) -> Judgement | None:
    best = fits[0].cost
    judged = [(fit, _near(fit, claimed)) for fit in fits]
    agreeing = [(fit, n) for fit, n in judged if n in ("same", "near")]
    close = [(fit, n) for fit, n in agreeing if fit.cost <= best + _BAND]
    exact = [(fit, n) for fit, n in agreeing if n == "same" and claimed.digits >= 3]
    exact = [(fit, n) for fit, n in exact if fit.cost <= best + _EXACT_BAND]
    if close or exact:
        fit, near = min(close or exact, key=lambda pair: pair[0].cost + 0.1 * _ORDER.index(pair[1]))
        return _agrees(asked, fit, near, fits, claimed, attributed)
    if best > SURE:
        return None
    rivals = [(fit, n) for fit, n in judged if fit.cost <= best + 0.08]
    fit, near = min(rivals, key=lambda pair: (_ORDER.index(pair[1]), pair[0].cost))
    return _differs(asked, fit, near, figures, claimed)


def _agrees(
    asked: Asked,
    fit: Fit,
    near: Nearness,
    fits: list[Fit],
    claimed: Claimed,
    attributed: bool,
) -> Judgement:
    figure = fit.figure
    others = [
        other.figure.id
        for other in fits[:8]
        if other.figure.id != figure.id
        and other.cost <= fit.cost + 0.1
        and _near(other, claimed) in ("same", "near")
    ][:3]
    verdict, says = "supported", "Agrees with"
    if figure.standing == "disputed" and not attributed:
        verdict, says = "contested", "Published, but other counts of the same differ widely:"
    elif near == "near" and figure.low * 1.5 < figure.high and figure.low < claimed.middle:
        says = "Lies within the published counts:"
    reason = f"{says} {wording.phrase(figure)}."
    return _judgement(asked, verdict, reason, (figure.id, *others), weight=1 - fit.cost)


def _differs(
    asked: Asked, fit: Fit, near: Nearness, figures: Figures, claimed: Claimed
) -> Judgement:
    figure = fit.figure
    reason = f"Published: {wording.phrase(figure)}."
    evidence = [figure.id]
    mistaken = _mistaken_for(asked, figure, figures, claimed)
    if mistaken is not None:
        reason += f" {grouped(claimed.middle)} is another number: {wording.phrase(mistaken)}."
        evidence.append(mistaken.id)
    computed = ""
    if figure.value and claimed.middle:
        times = claimed.middle / figure.value
        computed = f"{grouped(claimed.middle)} / {grouped(figure.value)} = {times:.2f}"
    suggestion = f"Say {wording.amount(figure)}: {figure.states}."
    return _judgement(
        asked, VERDICT[near], reason, tuple(evidence), computed, suggestion, 1 - fit.cost
    )


def _mistaken_for(asked: Asked, right: Figure, figures: Figures, claimed: Claimed) -> Figure | None:
    """Return the figure that was taken for another: same value, same scene."""
    rows = figures.base.rows.figures
    for other in right.confused_with:
        if nearness(claimed, *_values(rows[other])) == "same":
            return rows[other]
    if claimed.digits < 2:
        return None
    for fit in figures.fits(asked, any_measure=True):
        if fit.figure.id != right.id and nearness(claimed, *_values(fit.figure)) == "same":
            return fit.figure
    return None


def _values(figure: Figure) -> tuple[float, float, float]:
    return figure.value, figure.low, figure.high


def _outdated(asked: Asked, fits: list[Fit], claimed: Claimed) -> Judgement | None:
    """An estimate that the archives replaced, or one only popular sites have, told as fact."""
    for fit in fits:
        figure = fit.figure
        if figure.standing in ("superseded", "popular") and fit.cost <= SURE:
            if _near(fit, claimed) not in ("same", "near"):
                continue
            reason = f"An estimate that the archives do not bear out: {wording.phrase(figure)}."
            return _judgement(asked, "contradicted", reason, (figure.id, *figure.confused_with))
    return None


def _judgement(
    asked: Asked,
    verdict: str,
    reason: str,
    evidence: tuple[str, ...],
    computed: str = "",
    suggestion: str = "",
    weight: float = 1.0,
) -> Judgement:
    quantity = asked.quantity
    return Judgement(
        quantity.start, quantity.end, "quantity", verdict, reason, evidence, computed,
        suggestion, weight,
    )  # fmt: skip
