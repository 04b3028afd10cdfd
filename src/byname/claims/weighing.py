"""Which of the figures that fit decides on a number, and what that makes it."""

from __future__ import annotations

import math

from byname.claims import wording
from byname.claims.arithmetic import Nearness
from byname.claims.held import AGREES, COUNTS, ORDER, OUTDATED, Held
from byname.claims.model import Judgement
from byname.claims.proportions import scene
from byname.claims.scope import SURE, Fit
from byname.claims.telling import agrees, differs, mistaken_for
from byname.knowledge import Figure

Near = tuple[Fit, Nearness]
_BAND = 0.22
"""Readings of a sentence this close to the surest one are as good as it."""
_EXACT_BAND = 0.5
"""An exact number may be further off: it tells by itself which figure it is."""
_RIVAL_BAND = 0.08
_WORLDS = 40
"""Numbers a factor of this apart were not meant of the same thing."""
_PLAIN = 0.03
"""A figure this near, of its own subject, is what the clause itself names."""
_ANOTHER_MEASURE = 0.05
_RECOGNISED = 0.004
_COUNTED = 5
_FIRM = frozenset({"archive", "computed"})


def weighed(held: Held, fits: list[Fit]) -> Judgement | None:
    """Return the judgement that the fitting figures come to; None where none is sure enough."""
    best = fits[0].cost
    judged = [(fit, held.near(fit)) for fit in fits]
    chosen = _agreeing(held, judged, best)
    if chosen is not None:
        return _borne_out(held, chosen, judged, fits)
    if best > SURE or not held.asked.measures or held.asked.measure_lent:
        return None
    # What is of everyone does not deny a number of the thing the text was on.
    rivals = [(fit, n) for fit, n in judged if fit.cost <= best + _RIVAL_BAND and not fit.lent]
    if not rivals:
        return None
    if held.claimed.digits >= _COUNTED:
        # An exact number was taken from a count: no estimate nearby makes it loosely right.
        rivals = [(f, n) for f, n in rivals if f.figure.standing in _FIRM] or rivals
        rivals = [(f, n) for f, n in rivals if f.figure.window == held.asked.window] or rivals
    fit, near = min(rivals, key=lambda pair: (ORDER.index(pair[1]), _apart(held, pair[0])))
    plainly_meant = fit.cost <= _PLAIN and bool(fit.figure.about)
    if not plainly_meant and _worlds_apart(held.claimed.middle, fit.figure.value):
        return _resolved(held, fit)
    if held.attributed and near == "order":
        near = "far"  # what somebody put at 700,000 he did not put at a million
    return differs(held, fit, near)


def _agreeing(held: Held, judged: list[Near], best: float) -> Near | None:
    """Return the figure that bears a number out, the surest and nearest."""
    agreeing = [(fit, n) for fit, n in judged if n in AGREES]
    close = [(fit, n) for fit, n in agreeing if fit.cost <= min(best + _BAND, SURE)]
    exact = [
        (fit, n)
        for fit, n in agreeing
        if n == "same"
        and held.claimed.digits >= 3 - bool(fit.figure.about)
        and fit.cost <= best + _EXACT_BAND
        and not _outdone(held, fit, judged)
    ]
    if exact and all(n != "same" for _, n in close):
        close = []
    found = close or exact
    return min(found, key=lambda p: p[0].cost + 0.1 * ORDER.index(p[1])) if found else None


def _borne_out(held: Held, chosen: Near, judged: list[Near], fits: list[Fit]) -> Judgement:
    """Judge a number that some figure bears out, unless the text means another figure."""
    fit, near = chosen
    meant = _meant(held, fit, judged) or _swapped(held, near, fits)
    if meant is not None:
        return differs(held, *meant)
    if near == "near" and _taken_for(held, fit.figure) is not None:
        return differs(held, fit, "digit")
    return agrees(held, fit, near, fits)


def _outdone(held: Held, fit: Fit, judged: list[Near]) -> bool:
    """Tell whether an exact number is of another time or place than one that does fit.

    1.5 million did die in the Gulag, but not in the two years the text names.
    """
    if fit.in_time and fit.in_place:
        return False
    return any(
        near == "far"
        and other.in_time
        and other.cost < fit.cost - 0.1
        and held.stated(other.figure) <= held.stated(fit.figure)
        for other, near in judged
    )


def _meant(held: Held, fit: Fit, judged: list[Near]) -> Near | None:
    """Return the figure of what the text does count, where the number is of something else.

    "57,200 to be shot": there is such a number, but of both categories together.
    """
    if held.asked.measures.get(fit.figure.counted, 0.0) < _ANOTHER_MEASURE:
        return None
    for other, near in judged:
        same = other.figure.about == fit.figure.about and other.cost < fit.cost
        firm = other.in_time and other.figure.standing in ("archive", "computed")
        if same and firm and held.stated(other.figure) <= 0.02 and near not in AGREES:
            return other, near
    return None


def _swapped(held: Held, near: Nearness, fits: list[Fit]) -> Near | None:
    """Return what should have been told where a number belongs to its neighbour.

    "193,000 to be shot" is exactly the number to be sent to camps: nearness to some third
    figure does not make it right.
    """
    if near == "same" or held.claimed.digits < 3:
        return None
    for other in held.figures.fits(held.asked, any_measure=True):
        figure = other.figure
        if other.cost > 0.2 or figure.unit not in COUNTS or not held.exactly(figure):
            continue
        if held.stated(figure) <= 0.2:
            return None
        for fit in fits:
            if fit.figure.window == figure.window and fit.cost <= SURE:
                return fit, held.near(fit)
    return None


def _taken_for(held: Held, figure: Figure) -> Figure | None:
    """Return the neighbour whose exact number was put in a figure's place: 373 lists for 357."""
    claimed = held.claimed
    if claimed.digits < 3 or claimed.low < claimed.high:
        return None
    for known in figure.confused_with:
        other = held.figures.base.rows.figures[known]
        if other.value == claimed.middle and not figure.low <= claimed.middle <= figure.high:
            return other
    return None


def _resolved(held: Held, fit: Fit) -> Judgement | None:
    """Judge a number worlds apart from what seemed meant by the figure it is.

    Of the same thing at another time, it is wrong; of what the text was on before, it is right.
    """
    other = mistaken_for(held, fit.figure)
    if other is None or other.standing in OUTDATED:
        return None
    if (other.counted, other.about) == (fit.figure.counted, fit.figure.about):
        return differs(held, fit, "far")
    if other.about and held.stated(other) <= SURE:
        return agrees(held, Fit(other, SURE), "same", [])
    return None


def _apart(held: Held, fit: Fit) -> float:
    """Return how far a number is from a figure, as the logarithm of their ratio."""
    return abs(math.log(max(held.claimed.middle, 0.5) / max(fit.figure.value, 0.5)))


def _worlds_apart(one: float, other: float) -> bool:
    """Tell numbers so far apart that they cannot have been meant of the same thing."""
    return min(one, other) <= 0 or max(one, other) / min(one, other) > _WORLDS


def named_otherwise(held: Held, fits: list[Fit]) -> bool:
    """Tell whether a clause plainly names a subject whose published number is another.

    101,965 were arrested as Polish spies: told of the German ones, it is wrong.
    """
    plain = [fit for fit in fits if fit.cost <= _PLAIN and len(fit.figure.about) > 1]
    return bool(plain) and all(held.near(fit) == "far" for fit in plain)


def recognised(held: Held) -> Judgement | None:
    """Take a number of three digits or more, exactly right, for the figure it is."""
    claimed = held.claimed
    if claimed.digits < 3 or claimed.low < claimed.high:
        return None

    def fits(figure: Figure) -> bool:
        if abs(figure.value - claimed.middle) > _RECOGNISED * claimed.middle:
            return False
        firm = figure.unit in COUNTS and figure.standing not in OUTDATED
        return firm and held.exactly(figure)

    def off(figure: Figure) -> float:
        return abs(figure.value - claimed.middle)

    found = sorted(held.figures.recognised(held.asked, fits), key=off)
    if not found or len({scene(f) for f in found if off(f) <= 3 * off(found[0])}) > 1:
        return None
    reason = f"Agrees with {wording.phrase(found[0])}."
    return held.judgement("supported", reason, (found[0].id,), 0.5)
