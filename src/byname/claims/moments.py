"""Text -> moments: the dates, months, years and stretches of time that a text names.

A moment is an interval of days, both ends included, with the words it was read from. A hedge
does not move the interval: "before 1939" is the year 1939 with the hedge "before".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from byname.claims.calendar_words import COUNTED, EVENTS
from byname.claims.dated import ATOM, NO_YEAR, Atom, part_of, read_atom

__all__ = ["NO_YEAR", "Moment", "moments"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: half-open character range and the interval of days it may mean.

    ``precision`` is that of its ends: "day", "month", "season", "year", "period" (a decade) or
    "part" (of a year or month: "late 1938"). ``partial`` says that the words name no year; the
    year then is the carried one, or ``NO_YEAR``.
    """

    start: int
    end: int
    first: date
    last: date
    precision: str
    form: str
    hedge: str
    text: str
    partial: bool = False

    @property
    def dated(self) -> bool:
        """Tell whether a year is known, from the words or carried."""
        return self.first.year != NO_YEAR


def moments(
    text: str, start: int = 0, end: int | None = None, year: int | None = None
) -> list[Moment]:
    """Return the moments of ``text[start:end]`` in order; ``year`` completes partial dates."""
    stop = len(text) if end is None else end
    atoms = _atoms(text, start, stop)
    found: list[Moment] = []
    position = 0
    while position < len(atoms):
        last = _range_end(text, atoms, position)
        moment = _moment(text, start, stop, atoms[position : last + 1])
        position = last + 1
        if moment is not None and (not found or moment.start >= found[-1].end):
            found.append(_carried(moment, year))
    return found


def _carried(moment: Moment, year: int | None) -> Moment:
    if moment.dated or year is None or not 1 < year < 9999:
        return moment
    shift = year - NO_YEAR
    return replace(moment, first=_moved(moment.first, shift), last=_moved(moment.last, shift))


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


_WINDOW: Final = 48
_PART: Final = re.compile(
    r"(?:(?<!\w)the\s+)?(?<!\w)(?P<part>(?i:(?:very\s+)?(?:early|late|mid(?:dle)?)(?:\s+in)?"
    r"|(?:beginning|start|end|close|middle|(?:first|second|latter)\s+half"
    r"|(?:first|last)\s+(?:quarter|third|months|weeks|days)|turn)\s+of"
    r"|начал\w{1,2}|кон(?:ец|ц\w{1,2})|середин\w|перв\w{2}\s+половин\w|втор\w{2}\s+половин\w))"
    r"(?:\s+|-|\s*-\s*)(?:(?:the|that)\s+)?(?:years?\s+)?$"
)
_NIGHT: Final = re.compile(
    r"(?<!\w)(?:(?:the\s+)?night\s+(?:of|to|from|between)|в\s+ночь\s+(?:на|с)|ночь\s+на)"
    r"(?:\s+the)?\s+$",
    re.IGNORECASE,
)


def _atoms(text: str, start: int, stop: int) -> list[Atom]:
    """Return the single dates, each with the words that say which part of it is meant."""
    found: list[Atom] = []
    for match in ATOM.finditer(text, start, stop):
        atom = read_atom(text, match, stop)
        if atom is None:
            continue
        back = found[-1].end if found else start
        before = text[max(back, atom.start - _WINDOW) : atom.start]
        night = _NIGHT.search(before)
        part = None if night else _PART.search(before)
        if night:
            onto = re.search(r"(?:to|на)\s+$", night[0].replace("the ", ""), re.IGNORECASE)
            atom = _night(atom, bool(onto))
            atom = replace(atom, start=atom.start - len(before) + night.start(), weak=False)
        elif part:
            atom = part_of(atom, part["part"].lower())
            atom = replace(atom, start=atom.start - len(before) + part.start(), weak=False)
        found.append(atom)
    return found


def _night(atom: Atom, onto: bool) -> Atom:
    """The night to the 12th begins on the 11th."""
    if atom.precision != "day" or not onto or atom.first != atom.last or atom.first.day == 1:
        return atom
    return replace(atom, first=atom.first.replace(day=atom.first.day - 1), form="range")


_GAP: Final = re.compile(
    r"(?:\s*[-‐‑–—−]\s*|\s*/\s*|,?\s+(?:up\s+)?(?:to|until|till|through|по|до)\s+)(?:the\s+)?"
    r"(?:(?:around|about|approximately)\s+)?",
    re.IGNORECASE,
)
_AND: Final = re.compile(r"(?:\s+(?:and|и|or|или)|\s*,|\s*,\s*(?:and|и))\s+(?:in\s+|в\s+)?")
_BETWEEN: Final = re.compile(
    r"(?<!\w)(?:between|from|lasting|lasted|с|со|от|между)\s+(?:the\s+)?"
    r"(?:(?:around|about|approximately)\s+)?$",
    re.IGNORECASE,
)


def _range_end(text: str, atoms: list[Atom], position: int) -> int:
    """Return the index of the last atom that belongs to the range begun at ``position``."""
    last = position
    while last + 1 < len(atoms) and _joined(text, atoms, position, last):
        last += 1
        if not _consecutive(atoms[last - 1], atoms[last]):
            break
    return last


def _joined(text: str, atoms: list[Atom], first: int, at: int) -> bool:
    one, two = atoms[at], atoms[at + 1]
    gap = text[one.end : two.start]
    if len(gap) > _WINDOW or (two.year and one.year > two.year):
        return False
    if _GAP.fullmatch(gap):
        return first == at
    if not _AND.fullmatch(gap):
        return False
    before = text[max(0, one.start - _WINDOW) : one.start]
    opened = _BETWEEN.search(before)
    if opened and first == at and opened[0].lower().startswith(("between", "между")):
        return True
    return _consecutive(one, two)


def _consecutive(one: Atom, two: Atom) -> bool:
    """Tell whether "1937 and 1938" is one stretch: same kind of date, no gap between."""
    if one.precision != two.precision or one.form != "point" or two.form != "point":
        return False
    if one.precision in ("year", "period"):
        return two.year == one.year + (1 if one.precision == "year" else 10)
    if one.precision in ("month", "season") and not one.year:
        step = 1 if one.precision == "month" else 3
        return two.first.month == one.first.month + step
    return False


_HEDGES: Final = (
    ("about", r"about|around|circa|ca?\.|roughly|approximately|около|примерно|приблизительно"),
    ("before", r"before|prior\s+to|earlier\s+than|накануне|перед"),
    ("after", r"after|following|later\s+than|после"),
    ("by", r"by|к|ко"),
    ("until", r"until|till|up\s+to|up\s+until|до|по"),
    ("since", r"since|as\s+of|beginning\s+in|starting\s+(?:in|from)|начиная\s+с|с|со"),
)
_HEDGE: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _HEDGES) + r")\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ONWARD: Final = re.compile(r"\s+(?:onwards?|(?P<on>on))(?!\w)")
_FROM: Final = re.compile(r"(?<!\w)from\s+(?:the\s+)?$", re.IGNORECASE)
_NAMES_TIME: Final = re.compile(
    r"(?<!\w)(?:in|of|by|since|until|till|from|to|during|throughout|before|after|through|this|that"
    r"|last|next|late|early|each|every|between|for|following|в|во|с|со|к|до|по|от|после|на|за"
    r"|весь|всего|конца|начала|of\s+the|in\s+the|by\s+the|that\s+same|the\s+same)\s+$",
    re.IGNORECASE,
)


def _moment(text: str, start: int, stop: int, atoms: list[Atom]) -> Moment | None:
    one, two = atoms[0], atoms[-1]
    begin, before = one.start, text[max(start, one.start - _WINDOW) : one.start]
    if len(atoms) > 1:
        one, two = _share_year(one, two)
        form = "range"
    else:
        if one.weak and not _NAMES_TIME.search(before):
            return None
        form = one.form
    if _counts(text, atoms[-1], before, stop):
        return None
    hedge, opened = "", _BETWEEN.search(before) if form == "range" else None
    if opened:
        begin -= len(before) - opened.start()
        before = before[: opened.start()] or ""
    hedged = None if opened else _HEDGE.search(before)
    if hedged:
        hedge = hedged.lastgroup or ""
        begin -= len(before) - hedged.start()
    finish = atoms[-1].end
    onward = _ONWARD.match(text, finish, stop)
    if onward and form == "point" and (not onward["on"] or _FROM.search(before)):
        hedge, finish = hedge or "since", onward.end()
    if one.first > two.last:
        two = replace(two, last=one.last)
    return Moment(begin, finish, one.first, two.last, two.precision, form, hedge,
                  text[begin:finish], not (one.year or two.year))  # fmt: skip


def _share_year(one: Atom, two: Atom) -> tuple[Atom, Atom]:
    """Give the year of one end of a range to the other: "July to November 1938"."""
    if two.year and not one.year:
        year = two.year - (one.first.month > two.last.month)
        one = _with_year(one, year)
    elif one.year and not two.year:
        year = one.year + (two.last.month < one.first.month)
        two = _with_year(two, year)
    return one, two


def _with_year(atom: Atom, year: int) -> Atom:
    shift = year - NO_YEAR
    return replace(atom, year=year, first=_moved(atom.first, shift), last=_moved(atom.last, shift))


_IN_TIME: Final = re.compile(
    r"(?<!\w)(?:in|by|since|until|during|throughout|before|after|from|early|late|and|в|с|к|до|после"
    r"|по)\s+(?:the\s+(?:years?\s+)?)?$",
    re.IGNORECASE,
)
_SUMMED: Final = re.compile(
    r"(?<!\w)(?:some|estimated|(?:more|less|fewer|rather)\s+than|over|nearly|almost|at\s+least"
    r"|at\s+most|only|just|exactly|total\s+of|up\s+to|as\s+many\s+as|another|further|out\s+of|из|всего|более"
    r"|свыше|почти|не\s+менее|ещё|еще)\s+$",
    re.IGNORECASE,
)
_FOLLOWED: Final = re.compile(
    rf"\s*%|\s+(?:of\s+(?:them|these|those|whom)(?!\w)|(?:(?:of\s+)?(?:the|his|its|their|these)\s+)?(?:[\w-]+\s+)?{COUNTED}"
    rf"|per\s?cent|(?:a|per|each|every)\s+(?:day|week|month|year)(?!\w)|were\s+\w+(?:ed|ot)\b"
    rf"|were\b|million|thousand|тыс|млн|в\s+(?:день|сутки|неделю|месяц|час)|чел)|/(?:day|month|сутки|день)",
    re.IGNORECASE,
)
# "Расстреливали по 1500 человек"; "расстреляли 2046": a year would have its preposition.
_EACH: Final = re.compile(r"(?<!\w)по\s+$", re.IGNORECASE)
_DID_RU: Final = re.compile(r"(?<!\w)[а-яё]{4,20}(?:л|ла|ло|ли|но)\s+$", re.IGNORECASE)
_DID: Final = re.compile(
    r"(?<!\w)(?:shot|killed|executed|arrested|sentenced|convicted|numbered|counted|totalled|lost"
    r"|were|was|are|reached)\s+$",
    re.IGNORECASE,
)
_EVENTS: Final = re.compile(rf"\s+{EVENTS}", re.IGNORECASE)
_THE: Final = re.compile(r"(?<!\w)(?:the|his|its|these|their|that|this)\s+$", re.IGNORECASE)


def _counts(text: str, atom: Atom, before: str, stop: int) -> bool:
    """Tell whether the digits of a bare year (or of "July 15 people") count something."""
    if not atom.bare:
        return False
    followed = _FOLLOWED.match(text, atom.end, stop) is not None
    if atom.precision == "day":
        return followed
    odd = not 1850 <= atom.year <= 2030
    if _IN_TIME.search(before):
        return _EACH.search(before) is not None and (odd or followed)
    done = _DID_RU.search(before) or _SUMMED.search(before) or (odd and _DID.search(before))
    # "1934 arrests" of these years are rather the arrests of 1934.
    named = not 1917 <= atom.year <= 1956 and _EVENTS.match(text, atom.end, stop)
    return followed or bool(done or (named and not _THE.search(before)))
