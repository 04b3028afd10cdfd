"""The course of a count through time: its breaks, what stood in time before them, its regions.

What this gives is material for the quarrel about causes, not an answer to it: an order and a rise
may be neighbours by chance, and a list that begins in some month breaks there by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import combinations, pairwise
from statistics import mean, median
from typing import Any

from byname.counts.breaks import Break, breaks
from byname.counts.tally import Tally
from byname.errors import UsageError
from byname.knowledge import Event, load

UNITS = ("day", "week", "month")
NEAR_DAYS = 62
"""Events so many days before a break are named beside it, orders also so many days after.

What came after cannot have brought it about: that is why it is worth seeing.
"""
LEAST_PEOPLE = 100
"""Of a region, to ask for its breaks; with fewer, silence would say nothing."""
_MOST_REGIONS = 60


@dataclass(frozen=True, slots=True)
class Series:
    """A count for every unit of time from the first to the last, zeros included."""

    unit: str
    starts: tuple[date, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A dated event of the evidence base near a break.

    Attributes:
        id, states, when, kind, confirmed: of the event.
        days: before the first day of the new level; negative after it.
        in_range: whether it falls where the break itself may lie, so that which of the two came
            first cannot be told.

    """

    id: str
    states: str
    when: str
    kind: str
    days: int
    confirmed: bool
    in_range: bool = False


@dataclass(frozen=True, slots=True)
class ToldBreak:
    """A break with its dates; the rates are counts a unit of time."""

    date: str
    earliest: str
    latest: str
    before: float
    after: float
    chance: float
    near: tuple[Near, ...]

    @property
    def rise(self) -> bool:
        """Whether the count is higher afterwards."""
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class Course:
    """The breaks of the whole ("") or of one region; ``lag`` is in units against the whole."""

    name: str
    total: int
    breaks: tuple[ToldBreak, ...]
    lag: int | None = None

    @property
    def first_rise(self) -> ToldBreak | None:
        """Return the first break upwards."""
        return next((one for one in self.breaks if one.rise), None)


@dataclass(frozen=True, slots=True)
class Together:
    """How closely regions moved: Spearman's rank correlations over all pairs of them.

    ``levels`` compares the counts themselves, which rise and fall together wherever all were part
    of one campaign; ``changes`` compares the steps from unit to unit, a harder test.
    """

    regions: int
    pairs: int
    levels: dict[str, float] = field(default_factory=dict)
    changes: dict[str, float] = field(default_factory=dict)


def series_of(tally: Tally, first: date | None = None, last: date | None = None) -> Series:
    """Return a tally by one axis of time as a series, from its first to its last unit.

    Args:
        tally: by day, week or month.
        first: the day from which units may begin; by default any.
        last: the day until which they may begin.

    """
    if len(tally.by) != 1 or tally.by[0] not in UNITS:
        raise UsageError("Breaks are looked for by day, week or month; choose one with --by.")
    held = {start(row.keys[0], tally.by[0]): row.count for row in tally.rows if row.count}
    return _filled(held, tally.by[0], first, last)


def series_by(tally: Tally, like: Series) -> dict[str, Series]:
    """Return a tally by time and one axis more as series over the units of ``like``."""
    at = tally.by.index(like.unit)
    held: dict[str, dict[date, int]] = {}
    for row in tally.rows:
        held.setdefault(row.keys[1 - at], {})[start(row.keys[at], like.unit)] = row.count
    return {
        name: Series(like.unit, like.starts, tuple(rows.get(unit, 0) for unit in like.starts))
        for name, rows in held.items()
    }


def start(key: str, unit: str) -> date:
    """Return the first day of a key of a tally."""
    if unit == "week" and "W" in key:
        return date.fromisoformat(f"{key}-1")
    parts = [int(part) for part in key.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day)


def following(begun: date, unit: str) -> date:
    """Return the first day of the next unit."""
    if unit == "month":
        return date(begun.year + begun.month // 12, begun.month % 12 + 1, 1)
    return begun + timedelta(days=7 if unit == "week" else 1)


def _filled(held: dict[date, int], unit: str, first: date | None, last: date | None) -> Series:
    inside = [at for at in held if (first is None or at >= first) and (last is None or at <= last)]
    if not inside:
        return Series(unit, (), ())
    starts = [min(inside)]
    while starts[-1] < max(inside):
        starts.append(following(starts[-1], unit))
    return Series(unit, tuple(starts), tuple(held.get(at, 0) for at in starts))


def course(series: Series, name: str = "", events: Sequence[Event] | None = None) -> Course:
    """Return the breaks of a series with the events before them."""
    known = load().marked() if events is None else events
    told = tuple(_told(one, series, known) for one in breaks(series.counts))
    return Course(name, sum(series.counts), told)


def _told(one: Break, series: Series, events: Sequence[Event]) -> ToldBreak:
    at = series.starts[one.at]
    could = (series.starts[one.earliest], following(series.starts[one.latest], series.unit))
    return ToldBreak(
        at.isoformat(),
        series.starts[one.earliest].isoformat(),
        series.starts[one.latest].isoformat(),
        round(one.before, 2),
        round(one.after, 2),
        one.chance,
        tuple(near(at, following(at, series.unit), events, could)),
    )


def near(
    at: date, until: date, events: Sequence[Event], could: tuple[date, date] | None = None
) -> list[Near]:
    """Return the events from ``NEAR_DAYS`` before ``at`` to ``until``, and orders after it.

    ``could`` is the range of days in which the break may lie.
    """
    first, last = could or (at, at)
    found = []
    for event in events:
        days = (at - event.when.first).days
        if event.short is None or abs(days) > NEAR_DAYS:
            continue
        if event.when.first < until or event.short.kind == "order":
            found.append(
                Near(
                    event.id,
                    event.states,
                    event.when.first.isoformat(),
                    event.short.kind,
                    days,
                    event.confirmed,
                    first <= event.when.first < last,
                )
            )
    return sorted(found, key=lambda one: -one.days)


def regional(whole: Course, like: Series, by_region: dict[str, Series]) -> list[Course]:
    """Return the courses of the regions with enough people, the largest first.

    ``lag`` says how many units after the whole a region first rises; negative is earlier.
    """
    enough = [name for name, one in by_region.items() if sum(one.counts) >= LEAST_PEOPLE]
    enough.sort(key=lambda name: (-sum(by_region[name].counts), name))
    found = []
    for name in enough[:_MOST_REGIONS]:
        one = course(by_region[name], name, ())
        found.append(Course(name, one.total, one.breaks, _lag(one, whole, like)))
    return found


def _lag(one: Course, whole: Course, like: Series) -> int | None:
    mine, theirs = one.first_rise, whole.first_rise
    if mine is None or theirs is None:
        return None
    places = {begun.isoformat(): place for place, begun in enumerate(like.starts)}
    return places[mine.date] - places[theirs.date]


def together(by_region: dict[str, Series]) -> Together | None:
    """Return how closely the regions moved; None with fewer than two of them."""
    rows = {
        name: one.counts
        for name, one in by_region.items()
        if sum(one.counts) >= LEAST_PEOPLE and len(set(one.counts)) > 1
    }
    names = sorted(rows, key=lambda name: (-sum(rows[name]), name))[:_MOST_REGIONS]
    if len(names) < 2:
        return None
    levels, changes = [], []
    for left, right in combinations(names, 2):
        levels.append(spearman(rows[left], rows[right]))
        steps = [_steps(rows[name]) for name in (left, right)]
        if all(len(set(step)) > 1 for step in steps):
            changes.append(spearman(*steps))
    return Together(len(names), len(levels), _summary(levels), _summary(changes))


def _steps(counts: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise(counts)]


def _summary(values: list[float]) -> dict[str, float]:
    if not values:
        return {}
    told = {"mean": mean(values), "median": median(values), "low": min(values), "high": max(values)}
    return {name: round(value, 3) for name, value in told.items()}


def spearman(left: Sequence[float], right: Sequence[float]) -> float:
    """Return Spearman's rank correlation, ties at the middle of their ranks."""
    a, b = _ranks(left), _ranks(right)
    middle = (len(a) + 1) / 2
    joint = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    own = sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)
    return float(joint / own**0.5) if own else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda place: values[place])
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in order[first : last + 1]:
            ranks[place] = (first + last) / 2 + 1
        first = last + 1
    return ranks


@dataclass(frozen=True, slots=True)
class BreakReport:
    """What ``byname breaks`` tells."""

    what: str
    unit: str
    counted: str
    first: str
    last: str
    whole: Course
    regions: tuple[Course, ...]
    together: Together | None
    total: int
    unplaced: int
    outside: int
    since_kirov: int | None
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of ``byname breaks``."""
        return {
            "what": self.what,
            "by": self.unit,
            "unit": self.counted,
            "first": self.first,
            "last": self.last,
            "total": self.total,
            "unplaced": self.unplaced,
            "outside": self.outside,
            "near_days": NEAR_DAYS,
            "breaks": [_as_dict(one) for one in self.whole.breaks],
            "regions": [
                {
                    "region": one.name,
                    "total": one.total,
                    "lag": one.lag,
                    "breaks": [_as_dict(it) for it in one.breaks],
                }
                for one in self.regions
            ],
            "together": asdict(self.together) if self.together else None,
            "days_from_kirov_to_first_rise": self.since_kirov,
            "notes": list(self.notes),
        }


def _as_dict(one: ToldBreak) -> dict[str, Any]:
    return {**asdict(one), "direction": "up" if one.rise else "down"}
