"""The words of the charts, English and Russian: titles, units, gaps, numbers and dates."""

from __future__ import annotations

from datetime import date
from typing import Any

_NARROW = "\u202f"

MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ru": ("янв", "фев", "мар", "апр", "май", "июн",
           "июл", "авг", "сен", "окт", "ноя", "дек"),
}  # fmt: skip
_LONG = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
    "ru": ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август",
           "сентябрь", "октябрь", "ноябрь", "декабрь"),
}  # fmt: skip
_OF = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
       "сентября", "октября", "ноября", "декабря")  # fmt: skip
_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}
WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}

_WHAT: dict[str, dict[str, str]] = {
    "en": {
        "executed": "Executed", "arrested": "Arrested", "sentenced": "Sentenced",
        "died": "Died", "rehabilitated": "Rehabilitated",
    },
    "ru": {
        "executed": "Расстрелянные", "arrested": "Арестованные", "sentenced": "Осуждённые",
        "died": "Умершие", "rehabilitated": "Реабилитированные",
    },
}  # fmt: skip
_BY: dict[str, dict[str, str]] = {
    "en": {
        "day": "day by day", "week": "week by week", "month": "month by month",
        "year": "year by year", "body": "by the body that sentenced", "age": "by age",
        "occupation": "by occupation", "article": "by article of the code",
        "source": "by list", "party": "by party membership",
    },
    "ru": {
        "day": "по дням", "week": "по неделям", "month": "по месяцам", "year": "по годам",
        "region": "по регионам", "nationality": "по национальности", "sex": "по полу",
        "age": "по возрасту", "party": "по партийности", "occupation": "по роду занятий",
        "body": "по органу, вынесшему приговор", "article": "по статьям", "source": "по спискам",
        "sentence": "по приговору", "education": "по образованию",
    },
}  # fmt: skip
_AXES: dict[str, dict[str, str]] = {
    "en": {"body": "sentencing body", "source": "list"},
    "ru": {
        "day": "день", "week": "неделя", "month": "месяц", "year": "год", "region": "регион",
        "nationality": "национальность", "sex": "пол", "age": "возраст", "party": "партийность",
        "occupation": "род занятий", "body": "орган", "article": "статья", "source": "список",
        "from": "с", "to": "по", "region of": "регион", "fate": "судьба",
    },
}  # fmt: skip
_UNITS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {"people": ("person", "people"), "records": ("record", "records")},
    "ru": {
        "people": ("человек", "человека", "человек"),
        "records": ("запись", "записи", "записей"),
    },
}
_REASONS: dict[str, dict[str, str]] = {
    "en": {
        "year only": "known by year only",
        "month only": "known by month only",
        "decade only": "known by decade only",
    },
    "ru": {
        "not stated": "не указано",
        "not recognised": "не распознано",
        "year only": "известен только год",
        "month only": "известны только год и месяц",
        "decade only": "известно только десятилетие",
        "between two dates": "между двумя датами",
        "not readable": "не прочитано",
        "several years of birth": "несколько годов рождения",
        "no year of the event": "неизвестен год события",
        "in question": "под вопросом",
    },
}
_SAYS = {
    "en": {
        "placed": "{placed} of {of} are placed",
        "all": "{total}, all of them placed",
        "missing": "not placed: {gaps}",
        "interval": "over plausible linkages: {low} to {high}",
        "where": "Only: {filters}",
        "others": "others ({n})",
        "twice": "One person may stand in several rows",
        "source": "Counted from: {source}",
        "made": "By Name: lists are partial; they show whom they name, not how many there were.",
        "most": "The most: {key}, {n}",
        "worst": "In colour, the days with the most: {days}",
        "shown": "{n} of {all} shown, with the most people; in the others together {rest}",
        "years": "Also dated: {years}",
        "scale": "Each panel has a height of its own; the number is its highest month",
        "lines": "Lines: {events}",
        "outside": "Outside of what is drawn: {n}",
        "a_day": "in a day",
        "rows": "The numbers",
        "count": "number",
        "range": "range",
        "unplaced": "Not placed",
        "reason": "why",
        "axis": "axis",
        "could": "belongs to",
        "unconfirmed": "* date not yet confirmed in its source",
    },
    "ru": {
        "placed": "Размещено {placed} из {of}",
        "all": "{total}, размещены все",
        "missing": "не размещено: {gaps}",
        "interval": "при разных связываниях: от {low} до {high}",
        "where": "Только: {filters}",
        "others": "прочие ({n})",
        "twice": "Один человек может стоять в нескольких строках",
        "source": "Подсчитано по спискам: {source}",
        "made": "By Name: списки неполны; они показывают, кого называют, а не сколько людей было.",
        "most": "Больше всего: {key}, {n}",
        "worst": "Цветом — дни с наибольшим числом: {days}",
        "shown": "Показано {n} из {all}, где людей больше всего; в остальных вместе {rest}",
        "years": "Датированы также: {years}",
        "scale": "У каждого графика своя высота; число — его самый тяжёлый месяц",
        "lines": "Линии: {events}",
        "outside": "За пределами рисунка: {n}",
        "a_day": "за день",
        "rows": "Числа",
        "count": "число",
        "range": "от и до",
        "unplaced": "Не размещены",
        "reason": "почему",
        "axis": "разрез",
        "could": "относится к",
        "unconfirmed": "* дата ещё не сверена с источником",
    },
}


def says(language: str, phrase: str, /, **values: object) -> str:
    """Return a phrase of the charts with its values put in."""
    return _SAYS[language][phrase].format(**values)


def number(language: str, value: float) -> str:
    """Return "8,390" or "8 390", with a blank that does not break."""
    text = f"{value:,.0f}"
    return text.replace(",", _NARROW) if language == "ru" else text


def counted(language: str, value: int, unit: str) -> str:
    """Return "1 person", "8,390 people", "8 390 человек"."""
    forms = _UNITS[language].get(unit, (unit, unit, unit))
    return f"{number(language, value)} {forms[_form(language, value)]}"


def counted_of(language: str, value: int, unit: str) -> str:
    """Return the same after "of": "8 582 человек", where Russian wants another case."""
    if language == "en":
        return counted(language, value, unit)
    one = value % 10 == 1 and value % 100 != 11
    forms = {"people": ("человека", "человек"), "records": ("записи", "записей")}
    singular, plural = forms.get(unit, (unit, unit))
    return f"{number(language, value)} {singular if one else plural}"


def _form(language: str, value: int) -> int:
    if language == "en":
        return 0 if value == 1 else 1
    if value % 10 == 1 and value % 100 != 11:
        return 0
    return 1 if value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14) else 2


def title(language: str, what: str, by: tuple[str, ...]) -> str:
    """Return a title in plain words: "Executed, month by month"."""
    head = _WHAT[language].get(what, what.capitalize())
    known = _BY[language]
    if len(by) == 1:
        tail = known.get(by[0], f"by {by[0]}")
    elif language == "ru":
        tail = " и ".join(known.get(name, name) for name in by).replace(" и по ", " и ")
    else:
        tail = f"by {' and '.join(axis(language, name) for name in by)}" if by else ""
    return f"{head}, {tail}" if tail and language == "en" else f"{head} {tail}".strip()


def axis(language: str, name: str) -> str:
    """Return the name of an axis."""
    return _AXES[language].get(name, name)


def reason(language: str, words: str) -> str:
    """Return why somebody has no row."""
    return _REASONS[language].get(words, words)


def long_day(language: str, when: date, weekday: bool = False) -> str:
    """Return "28 February 1938" or "28 февраля 1938"."""
    month = _OF[when.month - 1] if language == "ru" else _LONG["en"][when.month - 1]
    name = f"{_DAYS[language][when.weekday()]}, " if weekday else ""
    return f"{name}{when.day} {month} {when.year}"


def short_day(language: str, when: date) -> str:
    """Return "28 Feb 1938" or "28 фев 1938"."""
    month = "мая" if language == "ru" and when.month == 5 else MONTHS[language][when.month - 1]
    return f"{when.day} {month} {when.year}"


def long_month(language: str, when: date) -> str:
    """Return "February 1938" or "февраль 1938"."""
    return f"{_LONG[language][when.month - 1]} {when.year}"


def locale(language: str) -> dict[str, Any]:
    """Return how numbers and dates are written, as Vega reads it."""
    month = list(_LONG[language])
    numbers = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}
    if language == "ru":
        numbers = {"decimal": ",", "thousands": _NARROW, "grouping": [3], "currency": ["", ""]}
    return {
        "number": numbers,
        "time": {
            "dateTime": "%x, %X",
            "date": "%d.%m.%Y",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            "days": list(_DAYS[language]),
            "shortDays": list(WEEKDAYS[language]),
            "months": month,
            "shortMonths": list(MONTHS[language]),
        },
    }
