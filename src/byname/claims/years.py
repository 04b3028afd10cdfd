"""Years that are not written out in four digits: "'37", "37-й", "тридцать седьмой"."""

from __future__ import annotations

import re
from typing import Final

from byname.claims.calendar_words import YEAR

_UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
SPOKEN: Final = rf"(?i:nineteen)[ -](?i:{'|'.join(_TENS)})(?:[ -](?i:{'|'.join(_UNITS)}))?(?!\w)"
"""Nineteen thirty-seven."""
CLIPPED: Final = r"['’‘][1-5]\d(?!\w|[’'.,]\d)"
"""'37."""

_TENS_RU: Final = {"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50}
_ROUND_RU: Final = {"двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50}
_UNITS_RU: Final = ("перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят")
_ENDING: Final = r"(?:ый|ий|ой|ого|ьего|ому|ьему|ым|ьим|ом|ьем)(?!\w)"
_YEAR_RU: Final = r"\s+(?:год\w{0,3}|гг?\.)"
_NUMBER_RU: Final = rf"(?:{'|'.join(_TENS_RU)})\s+(?:{'|'.join(_UNITS_RU)}|четвёрт){_ENDING}"
# Without "год" it may be a regiment or a house: then no noun may follow.
_NO_NOUN: Final = (
    r"(?=\s*(?:[.,;:!?)—–-]|$)|\s+(?:и|а|или|по|в|на|до|с|к)\s"
    r"|\s+[а-яё]{2,20}(?:л|ла|ло|ли|н|но|ны)(?!\w))"
)
SPOKEN_RU: Final = (
    rf"(?i:(?:тысяча\s+девятьсот\s+)?(?:{_NUMBER_RU}(?:{_YEAR_RU}|{_NO_NOUN})"
    rf"|(?:{'|'.join(_ROUND_RU)}){_ENDING}{_YEAR_RU}))"
)
"""Тридцать седьмой год."""
SHORT_RU: Final = (
    rf"(?:(?:3\d|4\d|5[0-3])-(?:м|й|го|ом|му|ый|ого)(?!\w)(?:{_YEAR_RU}|{_NO_NOUN})"
    r"|(?:2\d|3\d|4\d|5[0-3])\s+год(?:у|ом)(?!\w))"
)
"""37-й год, 37-м."""
SAID: Final = rf"(?:{YEAR}|(?<=\s){CLIPPED}|{SPOKEN}|{SPOKEN_RU})"
"""The year of a day or month."""


def year_of(words: str) -> int:
    """Return 1937 for what ``SAID``, ``SHORT_RU`` or four digits match."""
    digits = re.match(r"['’‘]?(\d{2,4})", words)
    if digits:
        return int(digits[1]) + (1900 if len(digits[1]) == 2 else 0)
    parts = words.lower().replace("-", " ").replace("ё", "е").split()
    if parts[0] == "nineteen":
        return 1900 + _TENS[parts[1]] + (_UNITS.index(parts[2]) + 1 if len(parts) > 2 else 0)
    if parts[0] == "тысяча":
        parts = parts[2:]
    for stem, tens in _ROUND_RU.items():
        if parts[0].startswith(stem) and parts[0] not in _TENS_RU:
            return 1900 + tens
    unit = next(n for n, stem in enumerate(_UNITS_RU, 1) if parts[1].startswith(stem))
    return 1900 + _TENS_RU[parts[0]] + unit
