"""Cyrillic -> Latin, by the tradition of whoever writes: the other way than ``translit``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from byname.errors import UsageError

_PLAIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ё": "yo", "і": "i", "ї": "yi",
    "є": "ye", "ґ": "g", "ў": "w", "ѣ": "e", "ѳ": "f", "ѵ": "i",
}  # fmt: skip
_AFTER_VOWEL = r"(?:^|(?<=[аеёиоуыэюяіїєьъ]))"

_TRADITIONS: dict[str, dict[str, str]] = {
    "BGN": {"ё": "yo", _AFTER_VOWEL + "е": "ye", "ий$": "iy", "ый$": "yy", "ъ": "", "ь": ""},
    "English": {"ий$": "y", "ый$": "y", "ё": "yo", "кс": "x", "ье": "ie", "ья": "ia", "ия": "ia"},
    "ISO": {
        "ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "ŝ", "ь": "ʹ", "ъ": "ʺ",
        "э": "è", "ю": "û", "я": "â", "ё": "ë", "ї": "ï", "є": "ê", "ў": "ŭ", "ѣ": "ě",
    },
    "German": {
        "в": "w", "ж": "sch", "з": "s", "й": "i", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch",
        "щ": "schtsch", "ю": "ju", "я": "ja", "ё": "jo", "ий$": "i", "ый$": "y", "є": "je",
        "ї": "ji", "кс": "x", _AFTER_VOWEL + "е": "je", "(?<=[аеиоуяю])с(?=[аеиоуяю])": "ss",
    },
    "Polish": {
        "в": "w", "ж": "ż", "й": "j", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz",
        "ю": "ju", "я": "ja", "ё": "jo", "ы": "y", "ий$": "i", "ый$": "y", "є": "je", "ї": "ji",
        _AFTER_VOWEL + "е": "je", "ль": "l", "л(?=[аоуыэ]|[бвгджзйкмнпрстфхцчшщ]|$)": "ł",
        "(?<=[бвдзлмнпрстфгкх])е": "ie", "(?<=[бвдзмнпрстф])я": "ia",
        "(?<=[бвдзмнпрстф])ю": "iu", "(?<=[бвдзлмнпрстф])ё": "io",
    },
    "French": {
        "у": "ou", "ж": "j", "х": "kh", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou",
        "я": "ia", "ё": "io", "й": "ï", "ий$": "i", "ый$": "y", "ин$": "ine", "є": "ie", "ї": "ï",
        "г(?=[еиыэі])": "gu",
    },
    "Finnish": {
        "ж": "ž", "й": "i", "х": "h", "ц": "ts", "ч": "tš", "ш": "š", "щ": "štš", "ю": "ju",
        "я": "ja", "ё": "jo", "ы": "y", "ий$": "i", "ый$": "yi", _AFTER_VOWEL + "е": "je",
        "є": "je", "ї": "ji",
    },
    "Baltic": {
        "ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "ю": "ju",
        "я": "ja", "ё": "jo", "ы": "i", "ий$": "ijs", "ый$": "ijs", _AFTER_VOWEL + "е": "je",
        "(?<=[бвгджзклмнпрстфхцчшщ])$": "s", "є": "je", "ї": "ji",
    },
}  # fmt: skip
LATIN_TRADITIONS = tuple(_TRADITIONS)
"""The names of the traditions that ``to_latin`` knows."""


@cache
def _writer(tradition: str) -> tuple[re.Pattern[str], dict[str, str]]:
    if tradition not in _TRADITIONS:
        raise UsageError(
            f'There is no tradition "{tradition}"; choose one of {", ".join(LATIN_TRADITIONS)}.'
        )
    rules = _PLAIN | _TRADITIONS[tradition]
    ordered = sorted(rules, key=lambda rule: (rule in _PLAIN, -len(rule)))
    named = {f"r{number}": rules[rule] for number, rule in enumerate(ordered)}
    pattern = "|".join(f"(?P<{name}>{rule})" for name, rule in zip(named, ordered, strict=True))
    return re.compile(pattern), named


@lru_cache(maxsize=100_000)
def to_latin(word: str, tradition: str) -> str:
    """Return a Cyrillic word as ``tradition`` writes it, capitals kept at the start of words.

    >>> [to_latin("Жуков", one) for one in ("BGN", "German", "Polish", "French", "Finnish")]
    ['Zhukov', 'Schukow', 'Żukow', 'Joukov', 'Žukov']

    Raises:
        UsageError: there is no such tradition.
    """
    pattern, named = _writer(tradition)
    bare = unicodedata.normalize("NFC", word)
    pieces = re.split(r"([\s\-]+)", bare)
    return "".join(_written(piece, pattern, named) for piece in pieces)


def _written(piece: str, pattern: re.Pattern[str], named: dict[str, str]) -> str:
    latin = pattern.sub(lambda match: named[match.lastgroup or ""], piece.lower())
    if len(piece) > 1 and piece.isupper():
        return latin.upper()
    return latin[:1].upper() + latin[1:] if piece[:1].isupper() else latin
