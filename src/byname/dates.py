"""Text -> date with its precision (EDTF in and out), and EDTF -> interval.

A partial date is a half-known interval, not a guessed instant: "1895" is the whole year.
The forms written here are the subset of EDTF (ISO 8601-2:2019) that the lists need:
``1937-12-10``, ``1937-12``, ``1937``, ``1901~`` (about), ``1937?`` (uncertain) and
``[1885,1888]`` (one of these).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_MONTH_STEMS = (
    ("январ", "янв", "січ", "студзен"), ("феврал", "фев", "лют"),
    ("март", "мар", "берез", "сакавік"), ("апрел", "апр", "квіт", "красавік"),
    ("ма[йяею]", "трав"), ("июн", "черв"), ("июл", "лип"),
    ("август", "авг", "серп", "жнів"), ("сентябр", "сент?", "верес"),
    ("октябр", "окт", "жовт", "кастрычнік"), ("ноябр", "нояб?", "листоп", "лістапад"),
    ("декабр", "дек", "груд", "снежан"),
)  # fmt: skip
_MONTH_RE = re.compile(
    "|".join(f"(?P<m{n}>(?:{'|'.join(stems)}))" for n, stems in enumerate(_MONTH_STEMS, 1))
)
_MONTH_WORD = (
    r"(?:январ[ьяе]|янв\.?|феврал[ьяе]|февр?\.?|марта?|марте|мар\.|апрел[ьяе]|апр\.?|ма[йяе]"
    r"|июн[ьяе]|июл[ьяе]|августа?|августе|авг\.?|сентябр[ьяе]|сент?\.?|октябр[ьяе]|окт\.?"
    r"|ноябр[ьяе]|нояб?\.?|декабр[ьяе]|дек\.?|січ(?:ень|ня|ні)|лют(?:ий|ого|ому)"
    r"|берез(?:ень|ня|ні)|квіт(?:ень|ня|ні)|трав(?:ень|ня|ні)|черв(?:ень|ня|ні)"
    r"|лип(?:ень|ня|ні)|серп(?:ень|ня|ні)|верес(?:ень|ня|ні)|жовт(?:ень|ня|ні)"
    r"|листопада?|листопаді|груд(?:ень|ня|ні))"
)
_YEAR = r"1[89]\d\d|20[0-4]\d"
_YEAR_WORD = r"(?:\s?(?:гг?\.?(?![а-яё])|года?(?![а-яё])|году(?![а-яё])|р\.(?!\s?н)|року|рік))?"

DATE = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])(?:"
    rf"(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[./-])(?P<month>0?[1-9]|1[0-2])(?P=sep)\s?"
    rf"(?P<year>{_YEAR}|\d\d(?!\d))"
    rf"|(?P<day2>0?[1-9]|[12]\d|3[01])[\s-]+(?P<word2>{_MONTH_WORD})\s+(?P<year2>{_YEAR})"
    rf"|(?P<word3>{_MONTH_WORD})\s+(?P<year3>{_YEAR})"
    rf"|(?P<month4>0[1-9]|1[0-2])[./](?P<year4>{_YEAR})"
    rf"|(?P<iso>(?:{_YEAR})-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d-])"
    rf"|(?P<year5>{_YEAR})"
    rf")(?!\d)(?P<word>{_YEAR_WORD})",
    re.IGNORECASE,
)
"""One date as the lists write it. The year's word ("г.") belongs to the match."""

_ABOUT = re.compile(r"(?:ок\.|около|приблизительно|прибл\.|примерно|біля|~)\s*$", re.IGNORECASE)
_OTHER = r"по\s+др(?:\.|угим)\s+(?:данным|сведениям|источникам)|за іншими даними"
ALTERNATIVE = re.compile(rf"\s*[(\[]\s*(?:{_OTHER})\s*[-–—:]?\s*(?:в\s+)?", re.IGNORECASE)
"""The opening of "(по другим данным - в 1888)"."""
_OR = re.compile(r"\s*(?:,?\s*или|,?\s*либо|\s*/|,?\s*або)\s+", re.IGNORECASE)


class FoundDate(NamedTuple):
    """A date found in a text: half-open character range and EDTF value.

    ``doubt`` is "" or says what is odd about the words ("31.02.1937 is no day ...").
    """

    start: int
    end: int
    edtf: str
    doubt: str = ""


def find_date(text: str, start: int = 0, end: int | None = None) -> FoundDate | None:
    """Return the first date in ``text[start:end]``, alternatives included, or None."""
    stop = len(text) if end is None else end
    match = DATE.search(text, start, stop)
    return None if match is None else _with_alternatives(text, match, stop)


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """Yield the dates of ``text[start:end]`` in order."""
    stop = len(text) if end is None else end
    found = find_date(text, start, stop)
    while found is not None:
        yield found
        found = find_date(text, found.end, stop)


def read_date(text: str) -> FoundDate | None:
    """Return the date of a cell that should hold nothing else, or None.

    Unlike ``find_date`` it takes EDTF as it is: a table may already be in EDTF.
    """
    stripped = text.strip()
    if _EDTF.fullmatch(stripped):
        at = text.index(stripped)
        return FoundDate(at, at + len(stripped), stripped)
    return find_date(text)


def _with_alternatives(text: str, match: re.Match[str], stop: int) -> FoundDate:
    first, doubt = _value(match)
    start, end = match.start(), match.end()
    about = _ABOUT.search(text, max(0, start - 16), start)
    if about:
        return FoundDate(about.start(), end, first + "~", doubt)
    split = _split_day(text, match, stop)
    if split is not None:
        return split
    opening = ALTERNATIVE.match(text, end, stop)
    if opening is None:
        return _or_uncertain(text, FoundDate(start, end, first, doubt), stop)
    close = _closing(text, opening.end(), stop)
    values = [first] + [_value(m)[0] for m in DATE.finditer(text, opening.end(), close)]
    if len(values) == 1:
        return FoundDate(start, end, first, doubt)
    return FoundDate(start, min(close + 1, stop), f"[{','.join(dict.fromkeys(values))}]", doubt)


def _or_uncertain(text: str, found: FoundDate, stop: int) -> FoundDate:
    """Read on: "1898 или 1899" is one of both, "1898?" is uncertain."""
    start, end, first, doubt = found
    joined = _OR.match(text, end, stop)
    second = DATE.match(text, joined.end(), stop) if joined else None
    if second is not None:
        return FoundDate(start, second.end(), f"[{first},{_value(second)[0]}]", doubt)
    if text[end : end + 1] == "?" or text[end : end + 3] == "(?)":
        return FoundDate(start, end + (1 if text[end] == "?" else 3), first + "?", doubt)
    return found


_DAY_OTHER_MONTH = re.compile(
    rf"(?P<day>[0-3]?\d)\s+(?P<first>{_MONTH_WORD})\s*\(\s*(?:{_OTHER})\s*[-–—:]?\s*"
    rf"(?:(?P<day2>[0-3]?\d)\s+)?(?P<second>{_MONTH_WORD})\)\s+(?P<year>{_YEAR})",
    re.IGNORECASE,
)


def _split_day(text: str, match: re.Match[str], stop: int) -> FoundDate | None:
    """Read "9 декабря (по другим данным - февраля) 1899": the year stands after both."""
    wide = _DAY_OTHER_MONTH.search(text, max(0, match.start() - 60), min(stop, match.end() + 8))
    if wide is None or wide.end() < match.start():
        return None
    year, day = wide["year"], int(wide["day"])
    one = f"{year}-{_month(wide['first']):02d}-{day:02d}"
    two = f"{year}-{_month(wide['second']):02d}-{int(wide['day2'] or day):02d}"
    return FoundDate(wide.start(), wide.end(), f"[{one},{two}]")


def _closing(text: str, start: int, stop: int) -> int:
    """Return where the next closing bracket stands, ``stop`` without one."""
    closing = _CLOSING.search(text, start, stop)
    return closing.start() if closing else stop


_CLOSING = re.compile(r"[)\]]")


def _month(word: str) -> int:
    match = _MONTH_RE.match(word.lower())
    if match is None or match.lastgroup is None:
        raise ValueError(word)
    return int(match.lastgroup[1:])


def _value(match: re.Match[str]) -> tuple[str, str]:
    if match["year5"]:
        return match["year5"], ""
    if match["iso"]:
        parts = match["iso"].split("-")
        return _calendar(parts[0], int(parts[1]), int(parts[2]) if len(parts) > 2 else 0, match[0])
    if match["year4"]:
        return f"{match['year4']}-{match['month4']}", ""
    if match["year3"]:
        return f"{match['year3']}-{_month(match['word3']):02d}", ""
    if match["year2"]:
        return _calendar(match["year2"], _month(match["word2"]), int(match["day2"]), match[0])
    year = match["year"]
    # Two-digit years are written for arrests to rehabilitations ("23.7.41", "28.7.98"), never
    # for births, so 00 to 16 can only be a rehabilitation of this century.
    full = year if len(year) == 4 else f"{19 if int(year) > 16 else 20}{year}"
    return _calendar(full, int(match["month"]), int(match["day"]), match[0])


def _calendar(year: str, month: int, day: int, words: str) -> tuple[str, str]:
    if day == 0:
        return f"{year}-{month:02d}", ""
    if day > monthrange(int(year), month)[1]:
        return f"{year}-{month:02d}", f'"{words.strip()}" is no day of the calendar'
    return f"{year}-{month:02d}-{day:02d}", ""


_EDTF = re.compile(
    r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[~?]?|\[\d{4}[\d,-]*\]"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """All days a date may mean: from ``start`` to ``end``, both included."""

    start: date
    end: date

    def may_precede(self, other: Interval) -> bool:
        """Tell whether some day of this interval is not after some day of ``other``."""
        return self.start <= other.end


@lru_cache(maxsize=65_536)
def parse_edtf(text: str) -> Interval:
    """Return the interval of an EDTF date of the subset above.

    An approximate date ("1901~") is widened by two years each side, as a clerk's "about"
    is used in the lists; a set ("[1885,1888]") spans its extremes.

    Raises:
        ValueError: ``text`` is not of the subset.

    """
    if not _EDTF.fullmatch(text):
        raise ValueError(f'"{text}" is not a date this package writes')
    if text.startswith("["):
        parts = [parse_edtf(part) for part in text[1:-1].split(",")]
        return Interval(min(p.start for p in parts), max(p.end for p in parts))
    about = text.endswith("~")
    numbers = [int(part) for part in text.rstrip("~?").split("-")]
    year = numbers[0]
    first = date(year - 2 * about, numbers[1] if len(numbers) > 1 else 1,
                 numbers[2] if len(numbers) > 2 else 1)  # fmt: skip
    month = numbers[1] if len(numbers) > 1 else 12
    last_day = numbers[2] if len(numbers) > 2 else monthrange(year, month)[1]
    return Interval(first, date(year + 2 * about, month, last_day))
