"""Words of the calendar in English and Russian, as pieces of regular expressions."""

from __future__ import annotations

from typing import Final

SPACE: Final = r"[ \t\n\r\u00a0\u2009\u202f]"
DASH: Final = r"[-‐‑–—−]"

# "may" and "march" are months only with a capital; the others are written small often enough.
MONTH: Final = (
    r"(?:(?:(?i:january|february|april|june|july|august|september|october|november|december)"
    r"|March|MARCH|May|MAY)(?!\w)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?!\w))"
    r"|(?i:январ[ьяеюё]м?|феврал[ьяеюё]м?|март(?:а|е|у|ом)?|апрел[ьяеюё]м?|ма(?:й|я|е|ю|ем)"
    r"|ию[нл][ьяеюё]м?|август(?:а|е|у|ом)?|сентябр[ьяеюё]м?|октябр[ьяеюё]м?|ноябр[ьяеюё]м?"
    r"|декабр[ьяеюё]м?)(?!\w))"
)
_MONTHS: Final = (
    ("jan", "янв"), ("feb", "фев"), ("mar", "мар"), ("apr", "апр"), ("may", "май мая мае маю"),
    ("jun", "июн"), ("jul", "июл"), ("aug", "авг"), ("sep", "сен"), ("oct", "окт"),
    ("nov", "ноя"), ("dec", "дек"),
)  # fmt: skip
_NUMBER: Final = {
    stem: number
    for number, stems in enumerate(_MONTHS, 1)
    for group in stems
    for stem in group.split()
}


def month_number(word: str) -> int:
    """Return 1 to 12 for a word that ``MONTH`` matched."""
    return _NUMBER[word[:3].lower()]


SEASON: Final = (
    r"(?:(?i:spring|summer|autumn|winter)|(?<=the )fall(?= of 1)|(?<=in )fall(?= 1)"
    r"|(?i:весн(?:а|ы|е|у|ой)|лет(?:о|ом|а|у)|осен(?:ь|и|ью)|зим(?:а|ы|е|у|ой)))(?!\w)"
)
_SEASON_MONTHS: Final = (
    (("spr", "вес"), 3), (("sum", "лет"), 6), (("aut", "fal", "осе"), 9), (("win", "зим"), 12),
)  # fmt: skip


def season_month(word: str) -> int:
    """Return the first month of a season that ``SEASON`` matched."""
    stem = word[:3].lower()
    return next(month for stems, month in _SEASON_MONTHS if stem in stems)


YEAR_DIGITS: Final = r"(?:1[5-9]\d\d|20[0-4]\d)"
YEAR: Final = YEAR_DIGITS + r"(?![A-Za-z\d])(?![.,:]\d)"
YEAR_WORD: Final = (
    r"(?:-(?:й|го|м|му|ый|ого|ом)(?!\w))?"
    r"(?:[ \u00a0\n]?(?:гг?\.(?!\w)|г(?!\w)|год(?:а|у|ом|е|ы|ов|ам|ами|ах)?(?!\w)))?"
)
DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?!\d|[.,:]\d)"
ORDINAL: Final = r"(?:st|nd|rd|th|-?го|-?е)?(?!\w)"

_DAYS_EN: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_DAYS_RU: Final = (
    "перв", "втор", "трет", "четвёрт", "пят", "шест", "седьм", "восьм", "девят", "десят",
    "одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат",
    "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
)  # fmt: skip
_RU_ORDINAL: Final = r"(?:ого|ьего|ое|ье|ому|ьему)"
DAY_WORD: Final = (
    rf"(?<!\w)(?:(?:(?:twenty|thirty)[- ])?(?:{'|'.join(_DAYS_EN)})|thirtieth"
    rf"|(?:(?:двадцать|тридцать)\s)?(?:{'|'.join(_DAYS_RU)}|четверт){_RU_ORDINAL}"
    rf"|тридцат{_RU_ORDINAL})(?!\w)"
)
"""A day as an ordinal in words: "the eleventh of June", "одиннадцатого июня"."""


def day_of_words(words: str) -> int:
    """Return 11 for "eleventh", at most 31."""
    low = words.lower().replace("-", " ").replace("ё", "е")
    tens = 20 if low.startswith(("twenty ", "двадцать ")) else 0
    tens = 30 if low.startswith(("thirty ", "тридцать ")) else tens
    last = low.split()[-1]
    if last.startswith(("thirtieth", "тридцат")):
        return 30
    if last in _DAYS_EN:
        return min(31, tens + _DAYS_EN.index(last) + 1)
    stems = [stem.replace("ё", "е") for stem in _DAYS_RU]
    best = max((stem for stem in stems if last.startswith(stem)), key=len)
    return min(31, tens + stems.index(best) + 1)


DECADES: Final = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "двадцатые": 1920, "двадцатых": 1920, "тридцатые": 1930, "тридцатых": 1930,
    "сороковые": 1940, "сороковых": 1940, "пятидесятые": 1950, "пятидесятых": 1950,
}  # fmt: skip

# Who or what a bare number of four digits counts: after one of these "1937" is no year.
COUNTED: Final = (
    r"(?:people|persons?|men|women|children|officers?|generals|soldiers|prisoners|inmates|citizens"
    r"|victims|delegates|members|peasants|kulaks|priests|clergy|bishops|workers|engineers|writers"
    r"|names|bodies|corpses|lives|individuals|others|civilians|communists|Poles|Germans|Jews"
    r"|Koreans|Finns|Latvians|Greeks|families|villages|camps|copies|pages|"
    r"человека?|людей|человеку|офицеров|заключённых|заключенных|граждан|жертв|делегатов|членов"
    r"|крестьян|кулаков|священников|рабочих|женщин|мужчин|детей|поляков|немцев|корейцев|имён|имен"
    r"|командиров|военнослужащих|осуждённых|осужденных|арестованных|расстрелянных)(?!\w)"
)
EVENTS: Final = (
    r"(?:executions|arrests|deaths|sentences|convictions|cases|murders|shootings|killings"
    r"|арестов|расстрелов|приговоров|смертей|дел)(?!\w)"
)
