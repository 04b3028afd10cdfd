"""Where the curve of an archive breaks: its counts, the orders of the evidence base, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from byname.archive import Archive
from byname.counts.course import (
    LEAST_PEOPLE,
    NEAR_DAYS,
    UNITS,
    BreakReport,
    Course,
    Series,
    Together,
    ToldBreak,
    course,
    regional,
    series_by,
    series_of,
    together,
)
from byname.counts.question import parse_day
from byname.counts.tally import Tally
from byname.errors import UsageError
from byname.knowledge import load

__all__ = [
    "NEAR_DAYS",
    "SINCE",
    "UNTIL",
    "Asked",
    "BreakReport",
    "Course",
    "ToldBreak",
    "breaks_in",
    "breaks_of",
]

SINCE, UNTIL = "1934", "1941-06-21"
"""Looked at unless another span is asked for: from the year of Kirov's murder to the war."""
_KIROV = "KIR-DATE"


@dataclass(frozen=True, slots=True)
class Asked:
    """What breaks are looked for in."""

    what: str = "executed"
    by: str = "month"
    region: str | None = None
    since: str = SINCE
    until: str = UNTIL


def breaks_in(path: Path, asked: Asked | None = None) -> BreakReport:
    """Return where the curve of the archive at ``path`` breaks."""
    with Archive(path, read_only=True) as archive:
        return breaks_of(archive, asked)


def breaks_of(archive: Archive, asked: Asked | None = None) -> BreakReport:
    """Return the breaks of an archive's curve, of the whole and of its regions.

    Raises:
        UsageError: the unit of time is none of day, week and month, or nothing is dated.
        MissingExtraError: NumPy or ruptures is not installed.

    """
    asked = asked or Asked()
    if asked.by not in UNITS:
        raise UsageError(f"Breaks are looked for by {', '.join(UNITS)}; choose one with --by.")
    first, last = parse_day(asked.since).start, parse_day(asked.until).end
    tally = archive.count(asked.what, by=asked.by, region=asked.region)
    series = series_of(tally, first, last)
    if not series.starts:
        raise UsageError(
            f"Nobody in this archive has a day of being {asked.what} between {asked.since} and "
            f"{asked.until} in these conditions; `byname describe` tells what is dated."
        )
    whole = course(series)
    regions: list[Course] = []
    moved = None
    if asked.region is None:
        by_region = series_by(archive.count(asked.what, by=(asked.by, "region")), series)
        regions = regional(whole, series, by_region)
        moved = together(by_region)
    return BreakReport(
        what=asked.what,
        unit=asked.by,
        counted=tally.unit,
        first=series.starts[0].isoformat(),
        last=series.starts[-1].isoformat(),
        whole=whole,
        regions=tuple(regions),
        together=moved,
        total=tally.total,
        unplaced=sum(gap.count for gap in tally.gaps),
        outside=sum(row.count for row in tally.rows) - sum(series.counts),
        since_kirov=_since_kirov(whole),
        notes=tuple(_notes(tally, series, whole, regions, moved)),
    )


def _since_kirov(whole: Course) -> int | None:
    rise, murder = whole.first_rise, load().rows.events.get(_KIROV)
    if rise is None or murder is None:
        return None
    return (date.fromisoformat(rise.date) - murder.when.first).days


def _notes(
    tally: Tally, series: Series, whole: Course, regions: list[Course], moved: Together | None
) -> list[str]:
    """Return what can and what cannot be said."""
    notes = [
        "A break is a unit of time from which the counts run at another level, by more than "
        "shuffling the curve brings about once in two hundred. Beside it stand events of the "
        f"{NEAR_DAYS} days before, and orders of the {NEAR_DAYS} days after; of those in the range "
        "of the break nobody can say which came first. Nearness in time is no cause: what an "
        "order is followed by may have been under way before, and several orders fell within one "
        "month. A slow climb is cut into levels.",
        f"The counts are of those whom these lists name and date ({sum(series.counts):,} "
        f"of {tally.total:,}). Where a list begins, ends or leaves out a place, the curve breaks "
        "without any order.",
    ]
    if whole.first_rise is None:
        notes.append(
            "No rise is seen: the lists begin at the height of it, or name too few people."
        )
    if not regions:
        notes.append(
            f"Regions are told only with {LEAST_PEOPLE} people or more each; with none or one of "
            "them nothing can be said of how regions moved."
        )
    elif moved is not None:
        notes.append(_moved(moved, regions))
    notes.append(
        "If regions far apart rise in the same weeks, a signal from the centre explains it more "
        "simply than local zeal; if their steps differ afterwards, there was room for local zeal "
        "or quotas raised on request. Neither is decided by dates: telegrams, limits and reports "
        "are, and they stand in the works that the evidence base names. War scares left no single "
        "day and can hardly be tested so."
    )
    return notes


def _moved(moved: Together, regions: list[Course]) -> str:
    lags = sorted(one.lag for one in regions if one.lag is not None)
    same = sum(abs(lag) <= 1 for lag in lags)
    pairs = f"{moved.pairs} pair{'' if moved.pairs == 1 else 's'}"
    words = (
        f"{moved.regions} regions, {pairs}: their counts rank alike by "
        f"{moved.levels['median']:.2f} (median of Spearman's correlations, 1 being in step)"
    )
    if moved.changes:
        words += f", their steps from unit to unit by {moved.changes['median']:.2f}"
    rising = f" {same} of {len(lags)} that rise do so within one unit of the whole." if lags else ""
    return f"{words}.{rising}"
