"""What stands after a number and says what it is: per cent, a day, years, roubles, times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number: half-open range, kind and ``per``."""

    start: int
    end: int
    kind: str
    per: str = ""


_PERIODS: Final = (
    ("minute", r"minutes?|минут\w?"),
    ("hour", r"hours?|час(?:а|ов|ы|ам|ами)?"),
    ("day", r"days?|nights?|дн(?:я|ей|и|ям|ями|ях)|день|суток|сутки|сутками|ноч(?:ь|и|ей)"),
    ("week", r"weeks?|недел\w{1,3}"),
    ("month", r"months?|месяц(?:а|ев|ы|ам|ами)?"),
    ("year", r"years?|лет|год(?:а|ы|у|ов|ам|ами)?|г\."),
    ("decade", r"decades?|десятилети\w"),
    ("century", r"centur(?:y|ies)|век(?:а|ов)|столети\w"),
)
_PERIOD: Final = "|".join(f"(?P<{name}>{words})" for name, words in _PERIODS)
_LATER: Final = r"(?!\s+(?:later|earlier|ago|after|before|später|спустя|назад|before))"
_UNIT: Final = re.compile(
    rf"(?P<share>\s?(?:%|per\s?cent|pct|процент\w{{0,3}}|проц\.)(?:\s+points?)?)(?!\w)"
    rf"|(?P<times>[\s-]?fold(?!\w)|\s+times(?!\w)|\s+раз(?:а)?(?!\w)|-?кратн\w{{1,4}})"
    rf"|(?P<age>[\s-]+years?[\s-]+old(?!\w)|[\s-]+лет\s+от\s+роду|\s+years\s+of\s+age)"
    rf"|(?P<money>\s+(?:(?:gold|old|convertible)\s+)?(?:roubles?|rubles?|dollars?|pounds?|kopecks?|marks"
    rf"|руб\.|рубл\w{{1,3}}|копе\w{{1,3}}|доллар\w{{0,3}}))(?!\w)"
    rf"|(?P<duration>[\s-]+(?:(?:long|whole|full|entire|consecutive|calendar|"
    rf"worst|terrible|bloody|dark|further|more|terror|полных|целых|долгих|страшных)\s+)?(?:{_PERIOD})"
    rf"(?![\w])(?!['’]?\s*[Pp]lans?))",
    re.IGNORECASE,
)
_AGED: Final = re.compile(
    r"(?<!\w)(?:aged|ages?\s+of|в\s+возрасте)\s+(?:of\s+|от\s+)?$", re.IGNORECASE
)
_CURRENCY: Final = re.compile(r"[$£€₽]\s?$")

_NAMED: Final = {
    "day": r"day|night|24\s+hours|twenty-four\s+hours", "week": "week", "month": "month",
    "year": "year", "hour": "hour", "minute": "minute",
}  # fmt: skip
_NAMED_RU: Final = {
    "day": r"день|сутки|дня|ночь", "week": "неделю", "month": "месяц", "year": "год",
    "hour": "час", "minute": "минуту",
}  # fmt: skip
_EN: Final = "|".join(f"(?P<en_{name}>{words})" for name, words in _NAMED.items())
_EN_EVERY: Final = "|".join(f"(?P<every_{name}>{words})" for name, words in _NAMED.items())
_RU: Final = "|".join(f"(?P<ru_{name}>{words})" for name, words in _NAMED_RU.items())
_RU_EVERY: Final = "|".join(f"(?P<kazh_{name}>{words})" for name, words in _NAMED_RU.items())
RATE: Final = re.compile(
    rf"(?:(?<!\w)|(?=/))(?:/\s?(?:(?P<slash_day>day|сутки|день)|(?P<slash_month>month|мес(?:яц)?)"
    rf"|(?P<slash_year>year|год)|(?P<slash_week>week)|(?P<slash_hour>hour|час))(?!\w)|"
    rf"(?P<close>(?:an?|per)\s+(?:single\s+)?(?:{_EN})(?!\w|['’]s){_LATER}"
    rf"|(?:в|за)\s+(?:один\s+|одни\s+)?(?:{_RU})(?!\w)(?!\s+\d))"
    rf"|(?:each|every)\s+(?:single\s+|given\s+)?(?:{_EN_EVERY})(?!\w|['’]s)"
    rf"|(?P<adv_day>daily|everyday|nightly|ежедневно|ежесуточно|ежедневн\w{{2}}|day\s+after\s+day"
    rf"|день\s+за\s+днём)(?!\w)"
    rf"|(?P<adv_week>weekly|еженедельно)(?!\w)|(?P<adv_month>monthly|ежемесячно)(?!\w)"
    rf"|(?P<adv_year>annually|yearly|annual|ежегодно)(?!\w)|(?P<adv_hour>hourly|ежечасно)(?!\w)"
    rf"|кажд(?:ый|ую|ые)\s+(?:{_RU_EVERY})(?!\w)"
    rf")",
    re.IGNORECASE,
)
"""A word that makes a number of people a number of people a day (week, month, year)."""


def unit_after(text: str, start: int, end: int, stop: int) -> Unit | None:
    """Return the unit of the number at ``start:end``, or None when it plainly counts."""
    match = _UNIT.match(text, end, stop)
    before = max(0, start - 16)
    if match is not None:
        kind = next(name for name in ("share", "times", "age", "money", "duration") if match[name])
        per = next((name for name, _ in _PERIODS if match[name]), "") if kind == "duration" else ""
        if kind == "duration" and per == "year" and _AGED.search(text, before, start):
            kind = "age"
        return Unit(match.start(), match.end(), kind, per)
    if _AGED.search(text, before, start):
        return Unit(end, end, "age", "year")
    if _CURRENCY.search(text, before, start):
        return Unit(end, end, "money")
    return None


def rate_per(match: re.Match[str]) -> str:
    """Return "day" for "every single day"."""
    named = next(
        name for name, value in match.groupdict().items() if value is not None and name != "close"
    )
    return named.split("_")[1]


_TIMES: Final = re.compile(
    r"(?<!\w)(?:(?P<two>doubl(?:ed|es|ing)|twice(?=\s+(?:as|the|that|its|their))|вдвое|удво\w{2,6})"
    r"|(?P<three>tripl(?:ed|es|ing)|trebled|втрое|утро[ие]\w{1,5})"
    r"|(?P<four>quadrupl(?:ed|es|ing)|вчетверо)|(?P<five>впятеро|quintupled)|(?P<ten>вдесятеро)"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)fold)(?!\w)",
    re.IGNORECASE,
)
_TIMES_VALUE: Final = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0}
_FOLD: Final = {
    **_TIMES_VALUE, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "twenty": 20.0,
    "hundred": 100.0,
}  # fmt: skip


def multiples(text: str, start: int, end: int) -> list[tuple[int, int, float]]:
    """Return the words like "doubled" and "fivefold": range and factor."""
    found = []
    for match in _TIMES.finditer(text, start, end):
        group = match.lastgroup or ""
        value = _FOLD[match["fold"].lower()] if group == "fold" else _TIMES_VALUE[group]
        found.append((match.start(), match.end(), value))
    return found
