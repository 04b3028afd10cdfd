"""A tally -> the chart that shows it."""

from __future__ import annotations

from byname.charts.bars import bars
from byname.charts.calendar import calendar
from byname.charts.cross import cross
from byname.charts.curve import curve
from byname.charts.frame import Spec
from byname.charts.look import Look
from byname.charts.panels import panels
from byname.counts.tally import Tally
from byname.errors import UsageError


def chart_of(tally: Tally, look: Look | None = None) -> Spec:
    """Return the chart that fits a tally: by its axes.

    By day the calendar; by week, month or year the curve; by region and time the small
    multiples; by two others the field; by one other bars.

    Raises:
        UsageError: a total alone, or a tally in which nobody is placed.

    """
    if not tally.by:
        raise UsageError("A total alone makes no chart; count by something, as in --by month.")
    if not tally.rows:
        raise UsageError(
            "Nobody in this tally could be placed, so there is nothing to draw; "
            "count by something else, or ask `byname describe` what the lists state."
        )
    if len(tally.by) == 2:
        timed = any(axis in ("week", "month", "year") for axis in tally.by)
        return panels(tally, look) if "region" in tally.by and timed else cross(tally, look)
    if tally.by == ("day",):
        return calendar(tally, look)
    return curve(tally, look) if tally.by[0] in ("week", "month", "year") else bars(tally, look)
