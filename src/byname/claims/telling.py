"""What a number comes to, in a verdict with its reason, evidence, sum and remedy."""

from __future__ import annotations

from dataclasses import replace

from byname.claims import wording
from byname.claims.arithmetic import VERDICT, Nearness, grouped
from byname.claims.held import AGREES, OUTDATED, Held
from byname.claims.model import Judgement
from byname.claims.scope import SURE, Fit
from byname.knowledge import Base, Figure, Window

_ERA = 1200
"""A figure of more days than this is of a whole age, not of the Terror."""
_MONTH = 31
_APART = 1.3
"""Estimates further from the archives than this are a matter of dispute."""


def agrees(held: Held, fit: Fit, near: Nearness, fits: list[Fit]) -> Judgement:
    """Return the judgement on a number that a figure bears out, wholly or for another time."""
    figure, claimed = fit.figure, held.claimed
    others = [
        other.figure.id
        for other in fits[:8]
        if other.figure.id != figure.id
        and other.cost <= fit.cost + 0.1
        and held.near(other) in AGREES
    ][:3]
    verdict, says, suggestion = "supported", "Agrees with", ""
    if figure.standing == "disputed" and not held.attributed and claimed.low == claimed.high:
        verdict, says = "contested", "Published, but other counts of the same differ widely:"
    elif near == "near" and figure.low * 1.5 < figure.high and figure.low < claimed.middle:
        says = "Lies within the published counts:"
    firm = _firm_rival(figure, fits) if not held.attributed else None
    if firm is not None:
        verdict = "contested"
        says = f"One estimate among others (the archives have {wording.amount(firm)}):"
        others = [firm.id, *others]
    elsewhen = not fit.in_time and held.asked.window_away == 0 and _of_another_age(figure, held)
    if elsewhen or _of_more_years(figure, held):
        verdict, says = "imprecise", "Right for another time than the text names:"
        suggestion = f"Name the time: {wording.window(figure.window)}."
    reason = f"{says} {wording.phrase(figure)}."
    told = held.judgement(verdict, reason, (figure.id, *others), 1 - fit.cost)
    return replace(told, suggestion=suggestion)


def _firm_rival(figure: Figure, fits: list[Fit]) -> Figure | None:
    """Return the archives' count of the same thing where an estimate is far from it."""
    if figure.standing != "estimate":
        return None
    for fit in fits:
        other = fit.figure
        same = other.counted == figure.counted and other.about in ((), figure.about)
        firm = other.standing == "archive" and fit.cost <= SURE and other.value > 0
        if firm and same and _share_time(figure.window, other.window):
            ratio = figure.value / other.value
            return None if 1 / _APART < ratio < _APART else other
    return None


def _share_time(one: Window | None, other: Window | None) -> bool:
    """Tell whether two figures are mostly of the same time."""
    if one is None or other is None:
        return True
    shared = one.shared(other)
    return shared * 2 >= one.days + other.days - shared


def _of_another_age(figure: Figure, held: Held) -> bool:
    """Tell whether a figure is of a time much longer than, or apart from, the claim's."""
    theirs, window = figure.window, held.asked.window
    if theirs is None or window is None:
        return False
    spans = [m for m in held.asked.statement.moments if m.dated and m.form == "range"]
    if spans and not _share_time(theirs, window) and theirs.days > _MONTH:
        return True
    return not figure.about or theirs.days > _ERA or not theirs.overlaps(window)


def _of_more_years(figure: Figure, held: Held) -> bool:
    """Tell a figure of two years beside a number said to be of one of them alone."""
    theirs, window = figure.window, held.asked.window
    if not held.asked.one_year or theirs is None or window is None:
        return False
    return theirs.days - theirs.shared(window) > 2 * _MONTH


def differs(held: Held, fit: Fit, near: Nearness) -> Judgement:
    """Return the judgement on a number that is not the figure of what the text counts."""
    figure, claimed = fit.figure, held.claimed
    reason = f"Published: {wording.phrase(figure)}."
    evidence = [figure.id]
    mistaken = mistaken_for(held, figure)
    if mistaken is not None:
        reason += f" {grouped(claimed.middle)} is another number: {wording.phrase(mistaken)}."
        evidence.append(mistaken.id)
    computed = ""
    if figure.value and claimed.middle:
        times = claimed.middle / figure.value
        computed = f"{grouped(claimed.middle)} / {grouped(figure.value)} = {times:.2f}"
    told = held.judgement(VERDICT[near], reason, tuple(evidence), 1 - fit.cost)
    suggestion = f"Say {wording.amount(figure)}: {figure.states}."
    return replace(told, computed=computed, suggestion=suggestion)


def mistaken_for(held: Held, right: Figure) -> Figure | None:
    """Return the figure that was taken for another: same value, same scene."""
    rows = held.figures.base.rows.figures
    for other in right.confused_with:
        if held.to(rows[other]) == "same":
            return rows[other]
    if held.claimed.digits < 2:
        return None
    for fit in held.figures.fits(held.asked, any_measure=True):
        if fit.figure.id != right.id and held.near(fit) == "same":
            return fit.figure
    return None


def outdated(held: Held, fits: list[Fit]) -> Judgement | None:
    """Return the judgement on an estimate that the archives replaced, told as fact."""
    for fit in fits:
        figure = fit.figure
        if figure.standing in OUTDATED and fit.cost <= SURE and held.near(fit) in AGREES:
            reason = f"An estimate that the archives do not bear out: {wording.phrase(figure)}."
            return held.judgement("contradicted", reason, (figure.id, *figure.confused_with))
    return None


def doubted(judged: Judgement, fits: list[Fit], base: Base) -> Judgement | None:
    """Turn "681,692 is much too low": the number is there, whether it is too low is argued.

    None where no other estimate is known, or the number is not the published one anyway.
    """
    figure = base.rows.figures.get(judged.evidence[0]) if judged.evidence else None
    if judged.verdict != "supported" or figure is None:
        return None
    others = [
        fit.figure
        for fit in fits
        if fit.figure.standing in ("estimate", "disputed")
        and fit.figure.id != figure.id
        and _share_time(figure.window, fit.figure.window)
    ][:4]
    if not others:
        return None
    told = "; ".join(wording.phrase(other) for other in others[:2])
    reason = f"The number is {wording.phrase(figure)}; estimates differ: {told}."
    evidence = (figure.id, *(other.id for other in others))
    return replace(judged, verdict="contested", reason=reason, evidence=evidence)


def not_theirs(held: Held, judged: Judgement, speakers: frozenset[str]) -> Judgement | None:
    """Return the judgement on an estimate that is laid at the door of another author."""
    rows = held.figures.base.rows
    figure = rows.figures[judged.evidence[0]]
    if figure.standing != "estimate" or not figure.said_by or not speakers:
        return None
    named = (rows.people[who].name if who in rows.people else who for who in figure.said_by)
    names = ", ".join(named)
    reason = f"The number is not theirs but that of {names}: {wording.phrase(figure)}."
    return replace(judged, verdict="imprecise", reason=reason, suggestion=f"Name {names}.")


def _theirs(held: Held, figure: Figure) -> Judgement:
    """Judge an author's own number, told without or beside what it is of."""
    window = held.asked.window
    if window is None or held.asked.window_away > 0:
        reason = f"The author's number: {wording.phrase(figure)}."
        return held.judgement("supported", reason, (figure.id,), 0.7)
    reason = f"The author's number, but of something else: {wording.phrase(figure)}."
    told = held.judgement("imprecise", reason, (figure.id,))
    return replace(told, suggestion=f"Say: {figure.states}.")


def of_something_else(held: Held, speakers: frozenset[str]) -> Judgement | None:
    """Tell a number that its author did put forward, but of something else than the text says."""
    for figure in held.figures.base.rows.figures.values():
        theirs = speakers & set(figure.said_by) and held.stated(figure) <= 0.3
        if theirs and held.claimed.digits >= 1 and held.to(figure) == "same":
            return _theirs(held, figure)
    return None
