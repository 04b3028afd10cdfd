"""What it costs to take a number of one time as a figure of another."""

from __future__ import annotations

from byname.knowledge import Figure, Window

YEARLY = 370
_TERROR = 1200
_SEASON = 60
_A_MOMENT, _WEEKS = 3, 31
_ALIKE, _OVERLAP = 0.55, 0.2
_UNTOLD_YEAR = 0.61
"""A figure of one year needs the year told: without it, it denies nothing."""


def time_cost(figure: Figure, window: Window | None, away: float) -> float:
    """Return the cost of taking a number of one time as a figure of another.

    Args:
        figure: what the number would be.
        window: the time that the text speaks of, None where it names none.
        away: how far from the number that time is said; 0 in its own clause.

    """
    theirs, narrow = figure.window, bool(figure.about)
    if theirs is None:
        return 0.0
    if window is None:
        yearly = _A_MOMENT < theirs.days <= YEARLY and not narrow
        return _UNTOLD_YEAR if yearly else 0.04
    if theirs.days <= _A_MOMENT:
        return _of_a_moment(theirs, window)
    union = theirs.days + window.days - theirs.shared(window)
    common = theirs.shared(window) / union
    if common >= _ALIKE:
        return 0.0
    if narrow:
        return _of_a_subject(theirs, window, common, away > 0)
    return _of_everyone(theirs, window, common > 0, away > 0)


def _of_a_moment(theirs: Window, window: Window) -> float:
    """A census, a New Year's count: right for the weeks around it, likely for its year."""
    near = abs((window.first - theirs.first).days) <= _WEEKS
    near = near or abs((window.last - theirs.last).days) <= _WEEKS
    return 0.0 if near else 0.08 if window.holds(theirs) else 0.5


def _of_a_subject(theirs: Window, window: Window, common: float, carried: bool) -> float:
    """An operation or a group is told by its name: its time matters less."""
    if common <= 0:
        return 0.15 if carried else 0.3
    if window.holds(theirs):
        return 0.2 if theirs.days > _SEASON and window.days > 2 * theirs.days else 0.06
    inside = theirs.holds(window) and theirs.days < _TERROR and window.days * 4 > theirs.days
    if common >= _OVERLAP or inside:
        return 0.06
    return 0.18 if carried else 0.3


def _of_everyone(theirs: Window, window: Window, overlaps: bool, carried: bool) -> float:
    """Totals of everyone differ by their time alone."""
    if overlaps:
        part = window.days < theirs.days / 2
        return 0.15 if carried else 0.5 if part else 0.3
    if theirs.days <= YEARLY:
        return 0.75
    return 0.35 if carried else 0.6
