"""One date as running text writes it -> its interval of days, before ranges are joined."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from byname.claims.calendar_words import (
    COUNTED,
    DASH,
    DAY,
    DAY_WORD,
    DECADES,
    MONTH,
    ORDINAL,
    SEASON,
    YEAR,
    YEAR_DIGITS,
    YEAR_WORD,
    day_of_words,
    month_number,
    season_month,
)
from byname.claims.years import CLIPPED, SAID, SHORT_RU, SPOKEN, SPOKEN_RU, year_of

NO_YEAR: Final = 4
"""The year of dates for which neither text nor caller gave one (a leap year)."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A date on its own. ``year`` 0 is not said; ``weak`` needs a word that names time before it.

    ``bare`` marks digits that might as well count something ("1937", "July 15").
    """

    start: int
    end: int
    year: int
    first: date
    last: date
    precision: str
    form: str = "point"
    weak: bool = False
    bare: bool = False


_JOIN: Final = rf"(?:\s*{DASH}\s*|\s*/\s*|,\s*|,?\s+(?:to|and|or|through|по|на|и|или|до)\s+)"
_MORE: Final = rf"(?:{_JOIN}{DAY}{ORDINAL}){{0,6}}"
_ANY_DAY: Final = re.compile(r"\d+")
ATOM: Final = re.compile(
    rf"(?<!\w)(?<!\d[.,:])(?:"
    rf"(?P<iso>{YEAR_DIGITS}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-]))"
    rf"|(?P<dot_d>0?[1-9]|[12]\d|3[01])(?P<dot>[./])(?P<dot_m>0?[1-9]|1[0-2])(?P=dot)"
    rf"(?P<dot_y>(?:1[89]|20)\d\d|\d\d)(?!\d|[.,]\d)(?:{YEAR_WORD})"
    rf"|(?P<d1>{DAY}){ORDINAL}(?P<more1>{_MORE})(?:\s+of)?\s+(?P<m1>{MONTH})"
    rf"(?:(?:,|\s+of)?\s+(?P<y1>{SAID}){YEAR_WORD})?"
    rf"|(?P<m2>{MONTH})\s+(?:the\s+)?(?P<d2>{DAY}){ORDINAL}(?P<more2>{_MORE})"
    rf"(?:,?\s+(?P<y2>{SAID})|(?!\s+(?:[\w-]+\s+)?{COUNTED}))"
    rf"|(?P<nth>(?i:{DAY_WORD}))(?:\s+of)?\s+(?P<m5>{MONTH})(?:,?\s+(?P<y5>{SAID}){YEAR_WORD})?"
    rf"|(?P<m3>{MONTH})(?:\s+(?:day|night|evening|morning))?"
    rf"(?:(?:,|\s+of|\s+in)?\s+(?P<y3>{SAID}){YEAR_WORD})?"
    rf"|(?P<season>{SEASON})(?:(?:\s+of|,)?\s+(?P<y4>{YEAR_DIGITS}|(?<=\s){CLIPPED}|{SPOKEN}|{SPOKEN_RU})"
    rf"(?:[-–—/]['’‘]?(?P<y4b>{YEAR}|\d\d(?!\d)))?{YEAR_WORD})?"
    rf"|(?P<decade>(?:1[89]|20)\d0)(?:['’]?s(?!\w)|-[хе](?!\w)(?:\s+год\w{{0,3}})?)"
    rf"|(?P<short>[2-9]0)-[хе]\s+год\w{{1,3}}"
    rf"|(?P<decade_word>(?i:{'|'.join(DECADES)}))(?!\w)(?:\s+год\w{{1,3}})?"
    rf"|(?P<ya>{YEAR_DIGITS}|(?<=\s)['’‘][1-5]\d)\s?[-‐‑–—−/]\s?['’‘]?(?P<yb>{YEAR}|\d\d?(?!\w|[.,:]\d)){YEAR_WORD}"
    rf"|(?P<spoken>{SPOKEN})|(?P<clipped>(?<=\s){CLIPPED}|{SPOKEN_RU}|{SHORT_RU})"
    rf"|(?P<y>{YEAR}){YEAR_WORD}"
    rf")"
)


def read_atom(text: str, match: re.Match[str], stop: int) -> Atom | None:
    """Return what a match of ``ATOM`` means, or None if it is no date after all."""
    kind = next(name for name in _READERS if match[name] is not None)
    return _READERS[kind](match)


def _day(year: int, month: int, day: int) -> date:
    """Return a day; the 31st of a shorter month is its last day."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _iso(match: re.Match[str]) -> Atom:
    year, month, day = (int(part) for part in match["iso"].split("-"))
    found = _day(year, month, day)
    return Atom(match.start(), match.end(), year, found, found, "day")


def _dotted(match: re.Match[str]) -> Atom:
    year = int(match["dot_y"])
    year += 1900 if year < 100 else 0
    found = _day(year, int(match["dot_m"]), int(match["dot_d"]))
    return Atom(match.start(), match.end(), year, found, found, "day")


def _days(match: re.Match[str], day: str, more: str, month_name: str, said: str | None) -> Atom:
    year = year_of(said) if said else 0
    month = month_number(month_name)
    days = [int(day), *(int(found) for found in _ANY_DAY.findall(more))]
    first, last = _day(year or NO_YEAR, month, days[0]), _day(year or NO_YEAR, month, days[-1])
    if last < first:
        first, last = last, first
    form = "range" if len(days) > 1 else "point"
    return Atom(match.start(), match.end(), year, first, last, "day", form)


def _day_month(match: re.Match[str]) -> Atom:
    return _days(match, match["d1"], match["more1"], match["m1"], match["y1"])


def _month_day(match: re.Match[str]) -> Atom:
    atom = _days(match, match["d2"], match["more2"], match["m2"], match["y2"])
    return replace(atom, bare=not atom.year)


def _nth_month(match: re.Match[str]) -> Atom:
    return _days(match, str(day_of_words(match["nth"])), "", match["m5"], match["y5"])


def _clipped(match: re.Match[str]) -> Atom:
    year = year_of(match["clipped"])
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Atom(match.start(), match.end(), year, first, last, "year", weak=True)


def _month(match: re.Match[str]) -> Atom:
    year = year_of(match["y3"]) if match["y3"] else 0
    first = date(year or NO_YEAR, month_number(match["m3"]), 1)
    return Atom(match.start(), match.end(), year, first, _month_end(first), "month", weak=not year)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _season(match: re.Match[str]) -> Atom:
    said = match["y4"]
    told = year_of(said) if said else 0
    year = told or NO_YEAR
    month = season_month(match["season"])
    last_year = _second_year(str(year), match["y4b"]) if said and match["y4b"] else None
    if month == 12:
        # "The winter of 1937" may be either of two; only "1937-38" says which.
        first = date(year, 12 if last_year else 1, 1)
        last = _month_end(date(last_year, 2, 1)) if last_year else date(year, 12, 31)
    else:
        first, last = date(year, month, 1), _month_end(date(last_year or year, month + 2, 1))
    weak = not said
    return Atom(match.start(), match.end(), told, first, last, "season", weak=weak)


def _decade(match: re.Match[str]) -> Atom:
    if match["decade"]:
        year = int(match["decade"])
    elif match["short"]:
        year = 1900 + int(match["short"])
    else:
        year = DECADES[match["decade_word"].lower()]
    weak = match["decade"] is None
    first, last = date(year, 1, 1), date(year + 9, 12, 31)
    return Atom(match.start(), match.end(), year, first, last, "period", weak=weak)


def _years(match: re.Match[str]) -> Atom:
    year = year_of(match["ya"])
    last = _second_year(str(year), match["yb"])
    if last is None:
        end = match.end("ya")
        return Atom(match.start(), end, year, date(year, 1, 1), date(year, 12, 31), "year")
    return Atom(
        match.start(), match.end(), year, date(year, 1, 1), date(last, 12, 31), "year", "range"
    )


def _second_year(first: str, second: str) -> int | None:
    """Return 1938 for 1937 and "38"; None if that is not later or a lifetime away."""
    last = int(first[: 4 - len(second)] + second)
    return last if int(first) < last < int(first) + 120 else None


def _year(match: re.Match[str]) -> Atom:
    spoken = match["spoken"]
    year = year_of(spoken or match["y"])
    bare = spoken is None and match.end() == match.start("y") + 4
    return Atom(
        match.start(), match.end(), year, date(year, 1, 1), date(year, 12, 31), "year", bare=bare
    )


_READERS: Final = {
    "iso": _iso, "dot_d": _dotted, "d1": _day_month, "m2": _month_day, "nth": _nth_month,
    "m3": _month, "season": _season, "decade": _decade, "short": _decade, "decade_word": _decade,
    "spoken": _year, "clipped": _clipped, "ya": _years, "y": _year,
}  # fmt: skip


# Shares of the whole, in twelfths. "Late 1938" is September to December, "the end" the last
# three months; of a decade, in whole years, "late" is its last four.
_PARTS: Final = (
    (("early", "very early"), 0, 4),
    (("beginning", "start", "начал", "first quarter", "turn"), 0, 3),
    (("first half", "перв"), 0, 6),
    (("first",), 0, 4),
    (("mid", "середин"), 4, 8),
    (("second half", "latter half", "втор"), 6, 12),
    (("end", "close", "кон", "last quarter"), 9, 12),
    (("late", "very late", "last"), 8, 12),
)


def part_of(atom: Atom, words: str) -> Atom:
    """Return the part of a month, season, year or decade that ``words`` name."""
    if atom.precision == "day":
        return atom
    for names, low, high in _PARTS:
        if words.startswith(names):
            first, last = _cut(atom, low, high)
            return replace(atom, first=first, last=last, precision="part", bare=False)
    return atom


def _cut(atom: Atom, low: int, high: int) -> tuple[date, date]:
    """Return a part given in twelfths: whole years of a decade, whole months of a year."""
    first, last = atom.first, atom.last
    if atom.precision == "period":
        return (
            first.replace(year=first.year + 10 * low // 12),
            last.replace(year=first.year - (-10 * high // 12) - 1),
        )
    if atom.precision == "year" and first.year == last.year:
        return first.replace(month=low + 1), _month_end(last.replace(month=high, day=1))
    days = (last - first).days + 1
    return (
        first + timedelta(round(days * low / 12)),
        first + timedelta(round(days * high / 12) - 1),
    )
