"""What a tally is asked: of whom, by what, under which conditions. Words become keys here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from byname.counts.choices import chosen
from byname.counts.events import event
from byname.dates import Interval, parse_edtf
from byname.errors import UsageError

TIME = ("day", "week", "month", "year")
VALUES = ("region", "nationality", "sex", "age", "party", "occupation", "body", "fate")
SEVERAL = ("article", "source")
"""Axes on which one person may stand in several rows."""
AXES = (*TIME, *VALUES[:-1], *SEVERAL, "fate")
MOST_AXES = 2

REGIONS_OF: dict[str, str] = {
    "residence": "where people lived",
    "birth": "where they were born",
    "death": "where they died or are buried",
    "sentence": "the region of the body that sentenced or arrested them",
}
"""Which region is meant -> in words."""

FILTERS = ("region", "nationality", "sex", "party", "occupation", "body", "article", "fate")
"""What may be asked beside time and source, each by a key of its axis."""


@dataclass(frozen=True, slots=True)
class Question:
    """A tally that is asked for; make one with ``ask``.

    Attributes:
        what: the event.
        by: axes, none to two, at most one of them of time.
        records: whether records are counted instead of people.
        region_of: which region of a person is meant.
        first, last: days within which the event must certainly lie.
        keys: filter -> the keys of which one must hold.
        sources: ids of the lists to count from, None for all.
        shown: the conditions as the reader is told them.

    """

    what: str
    by: tuple[str, ...] = ()
    records: bool = False
    region_of: str = "residence"
    first: date | None = None
    last: date | None = None
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[int, ...] | None = None
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def window(self) -> bool:
        """Whether only a span of time is asked for."""
        return self.first is not None or self.last is not None

    @property
    def time(self) -> str | None:
        """The axis of time, if there is one."""
        return next((axis for axis in self.by if axis in TIME), None)

    @property
    def several(self) -> str | None:
        """An axis on which one may stand in several rows, if there is one."""
        return next(
            (one for one in self.by if one == "article" or (one == "source" and not self.records)),
            None,
        )


def ask(
    what: str,
    by: str | Iterable[str] = (),
    records: bool = False,
    region_of: str = "residence",
    span: tuple[str | None, str | None] = (None, None),
    filters: Mapping[str, str | None] | None = None,
) -> Question:
    """Return the question; ``sources`` is left to whoever knows the archive's lists.

    Raises:
        UsageError: an event, an axis, a date or a filter that there is not.

    """
    if region_of not in REGIONS_OF:
        raise UsageError(
            f'There is no region of "{region_of}"; choose one of: {", ".join(REGIONS_OF)}.'
        )
    told = {name: value for name, value in (filters or {}).items() if value}
    first, last = _span(*span)
    shown = {name: one for name, one in (("from", span[0]), ("to", span[1])) if one}
    if region_of != "residence":
        shown["region of"] = region_of
    return Question(
        what=event(what),
        by=_axes(by),
        records=records,
        region_of=region_of,
        first=first,
        last=last,
        keys={name: chosen(name, told[name]) for name in FILTERS if name in told},
        shown=shown | told,
    )


def _axes(by: str | Iterable[str]) -> tuple[str, ...]:
    given = [by] if isinstance(by, str) else list(by)
    axes = [one.strip().lower() for words in given for one in words.split(",") if one.strip()]
    for axis in axes:
        if axis not in AXES:
            raise UsageError(f'Nothing is counted by "{axis}"; choose of: {", ".join(AXES)}.')
    if len(axes) > MOST_AXES or len(set(axes)) < len(axes):
        raise UsageError("A tally has one axis or two different ones; leave out the others.")
    if sum(axis in TIME for axis in axes) > 1:
        raise UsageError("A tally has one axis of time at most; choose day, week, month or year.")
    return tuple(axes)


def _span(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    first = parse_day(since).start if since else None
    last = parse_day(until).end if until else None
    if first and last and first > last:
        raise UsageError(f"From {since} to {until} is no span of time; write the earlier first.")
    return first, last


def parse_day(text: str) -> Interval:
    """Return the interval of a date of the command line."""
    try:
        return parse_edtf(text.strip())
    except ValueError:
        raise UsageError(f'"{text}" is not a date; write 1937, 1937-08 or 1937-08-05.') from None
