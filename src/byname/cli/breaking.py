"""The command breaks: where the curve of the counts breaks, and what stood before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Annotated

import typer

from byname.breaking import (
    NEAR_DAYS,
    SINCE,
    UNTIL,
    Asked,
    BreakReport,
    Course,
    ToldBreak,
    breaks_in,
)
from byname.cli.output import (
    DEFAULT_ARCHIVE,
    ArchiveOption,
    Bar,
    JsonOption,
    emit,
    emit_json,
    plural,
)

_WIDTH = 88
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December")  # fmt: skip


def breaks(  # noqa: PLR0913, PLR0917 - one option a condition
    what: Annotated[
        str,
        typer.Option("--what", help="executed, arrested, sentenced, died or rehabilitated."),
    ] = "executed",
    by: Annotated[str, typer.Option("--by", help="Unit of time: month, week or day.")] = "month",
    region: Annotated[
        str | None, typer.Option("--region", help="Only people of this region.")
    ] = None,
    since: Annotated[
        str, typer.Option("--from", help="First year, month or day looked at.")
    ] = SINCE,
    until: Annotated[str, typer.Option("--to", help="Last year, month or day.")] = UNTIL,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Find where the curve of the counts breaks, and the orders and decrees before it."""
    with Bar() as bar:
        bar.step("looking for breaks")
        report = breaks_in(archive, Asked(what, by, region, since, until))
    if as_json:
        emit_json(report.as_dict())
        return
    for line in lines(report):
        emit(line)


def lines(report: BreakReport) -> Iterator[str]:
    """Yield what ``byname breaks`` prints."""
    yield (
        f"{report.what.capitalize()}, by {report.unit}, "
        f"{_when(report.first, report.unit)} to {_when(report.last, report.unit)}: "
        f"{_counted(report)}."
    )
    if report.unplaced or report.outside:
        yield (
            f"Not in the curve: {report.unplaced:,} without a {report.unit}, "
            f"{report.outside:,} dated before or after."
        )
    yield ""
    yield from _course(report.whole, report.unit)
    if report.since_kirov is not None:
        years, days = divmod(report.since_kirov, 365)
        yield from wrap(
            f"From the murder of Kirov (1 December 1934) to the first rise: "
            f"{report.since_kirov:,} days, or {years} years and {days // 30} months.",
            _WIDTH,
        )
    if report.regions:
        yield ""
        yield from _regions(report)
    for note in report.notes:
        yield ""
        yield from wrap(note, _WIDTH)


def _counted(report: BreakReport) -> str:
    one, many = ("person", "people") if report.counted == "people" else ("record", "records")
    return plural(report.whole.total, one, many)


def _course(course: Course, unit: str) -> Iterator[str]:
    if not course.breaks:
        yield "No break: the counts differ from unit to unit no more than chance would have it."
    for one in course.breaks:
        head = f"{'Rise' if one.rise else 'Fall'} from {_when(one.date, unit)}"
        rates = f"{one.before:,.1f} a {unit} before, {one.after:,.1f} after"
        yield from wrap(f"{head}{_between(one, unit)}: {rates}", _WIDTH)
        if not one.near:
            yield f"  no order or event of the evidence base in the {NEAR_DAYS} days before"
        for event in one.near:
            doubt = "" if event.confirmed else " (date unconfirmed)"
            inside = ", in the range" if event.in_range else ""
            text = f"{_days(event.days)}{inside}: {event.states}{doubt} [{event.id}]"
            yield from wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="      ")
    if course.breaks:
        yield ""


def _between(one: ToldBreak, unit: str) -> str:
    if one.earliest == one.latest:
        return ""
    return f" (between {_when(one.earliest, unit)} and {_when(one.latest, unit)} with 95 %)"


def _days(days: int) -> str:
    if days == 0:
        return "the same day"
    return f"{plural(abs(days), 'day')} {'before' if days > 0 else 'after'}"


def _regions(report: BreakReport) -> Iterator[str]:
    yield f"{'region':<34}{'people':>9}  first rise            against the whole"
    for one in report.regions:
        rise = one.first_rise
        when = _when(rise.date, report.unit) if rise else "none seen"
        lag = "" if one.lag is None else _lag(one.lag, report.unit)
        yield f"{one.name[:33]:<34}{one.total:>9,}  {when:<22}{lag}".rstrip()


def _lag(lag: int, unit: str) -> str:
    if lag == 0:
        return f"the same {unit}"
    return f"{plural(abs(lag), unit)} {'later' if lag > 0 else 'earlier'}"


def _when(day: str, unit: str) -> str:
    at = date.fromisoformat(day)
    month = f"{_MONTHS[at.month - 1]} {at.year}"
    return month if unit == "month" else f"{at.day} {month}"
