"""Latin spellings of Russian names, read back by the tradition they were written in.

One Latin word means different Cyrillic ones: "j" is й to a German and ж to a Frenchman, "ch"
is ч, х or ш. So a word is read in every tradition, and the name itself decides later which of
the readings exists.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_COMMON = {
    "a": "а", "b": "б", "d": "д", "e": "е", "f": "ф", "g": "г", "i": "и", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "t": "т", "u": "у", "v": "в", "w": "в",
    "q": "к", "x": "кс", "y": "и", "ya": "я", "yu": "ю", "yo": "е", "ye": "е", "ia": "я",
    "iu": "ю", "io": "е", "ie": "е", "iya": "ия", "iy": "и", "yy": "и", "ij": "и", "yj": "и",
    "ë": "е", "è": "е", "é": "е", "ê": "е", "ė": "е", "ó": "у", "ł": "л", "ü": "ю", "ä": "е",
    "ö": "е", "ï": "и", "î": "и", "â": "я", "û": "ю", "š": "ш", "č": "ч", "ž": "ж", "ŝ": "щ",
    "ż": "ж", "ź": "з", "ś": "с", "ć": "ч", "ń": "н", "ą": "он", "ę": "ен", "ʹ": "", "ß": "сс",
    "ʺ": "", "ā": "а", "ē": "е", "ī": "и", "ū": "у", "ķ": "к", "ļ": "л", "ņ": "н", "ģ": "г",
    "õ": "ы", "å": "о", "ų": "у", "į": "и", "ŭ": "в", "ě": "е", "ğ": "г", "ş": "ш", "ç": "ч",
    "ı": "ы",
    "th": "т", "ph": "ф", "ck": "к", "ff": "ф", "ff$": "в", "tz": "ц", "kh": "х", "dzh": "дж",
    "stein": "штеин", "gh": "г", "ienk": "иенк", "iets$": "иец", "rion": "рион", "dion": "дион",
    "tion": "тион",
}  # fmt: skip

TRADITIONS: dict[str, dict[str, str]] = {
    "English": {
        "shch": "щ", "sch": "щ", "tch": "ч", "sh": "ш", "ch": "ч", "zh": "ж", "ts": "ц", "c": "к",
        "h": "х", "j": "ж", "s": "с", "z": "з", "oo": "у", "ck": "к",
    },
    "ISO": {
        "šč": "щ", "šh": "ш", "ch": "х", "c": "ц", "h": "х", "j": "и", "ja": "я", "ju": "ю",
        "jo": "е", "je": "е", "s": "с", "z": "з", "sh": "ш", "zh": "ж", "ts": "ц", "tš": "ч",
        "ic$": "ич",
        "ck": "цк",
    },
    "German": {
        "schtsch": "щ", "tsch": "ч", "dsch": "ж", "sch": "ш", "ch": "х", "sh": "ж", "chs": "кс",
        "z": "ц", "s": "с", "ss": "с", "j": "и", "ja": "я", "ju": "ю", "jo": "е", "je": "е",
        "ei": "еи", "ie": "и", "h": "г", "c": "к", "v": "в", "zk": "цк", "eff": "ев", "off": "ов",
        "ue": "ю", "oe": "е", "ae": "е", "eu": "еи",
        "ts": "ц", "iew$": "иев", "iewa$": "иева",
    },
    "Polish": {
        "szcz": "щ", "sz": "ш", "cz": "ч", "rz": "рж", "ch": "х", "h": "г", "c": "ц", "j": "и",
        "ja": "я", "ju": "ю", "jo": "е", "je": "е", "s": "с", "z": "з", "dz": "дз", "ni": "ни",
        "si": "си", "zi": "зи", "nie": "не", "sie": "се", "zie": "зе", "nia": "ня", "sia": "ся",
        "zia": "зя", "niu": "ню", "siu": "сю", "ziu": "зю", "nio": "не", "sio": "се",
        "ie": "е", "ia": "я", "iu": "ю", "io": "е", "dż": "дж",
        "ienk": "енк",
        "ck": "цк",
    },
    "French": {
        "chtch": "щ", "tch": "ч", "ch": "ш", "j": "ж", "ou": "у", "iou": "ю", "you": "ю",
        "ïa": "я", "ïe": "е", "ïou": "ю", "gu": "г", "ts": "ц",
        "s": "с", "ss": "с", "z": "з", "h": "х", "c": "к", "ine$": "ин",
        "ski$": "ский", "sky$": "ский", "qu": "к", "gh": "г", "dj": "дж",
    },
    "Finnish": {
        "štš": "щ", "tš": "ч", "tsh": "ч", "shtsh": "щ", "sh": "ш", "zh": "ж", "ts": "ц",
        "h": "х", "j": "и", "ja": "я", "ju": "ю", "jo": "е", "je": "е", "y": "ы", "c": "к",
        "s": "с", "z": "з", "ii": "ии", "yi$": "ый", "ä": "я",
    },
    "Baltic": {
        "šč": "щ", "šķ": "шк", "jā": "я", "jū": "ю",
        "c": "ц", "h": "х", "ch": "х", "j": "и", "ja": "я", "ju": "ю",
        "jo": "е", "je": "е", "s": "с", "z": "з", "ie": "ие", "vs$": "в", "jevs$": "ев",
        "ins$": "ин", "uks$": "ук", "ihs$": "их", "ck": "цк",
        "skis$": "ский", "skij$": "ский", "skijs$": "ский", "ičs$": "ич", "dz": "дз",
        "dž": "дж",
    },
}  # fmt: skip
TRADITIONS["English from Ukrainian"] = TRADITIONS["English"] | {"h": "г"}
TRADITIONS["German, h as х"] = TRADITIONS["German"] | {"h": "х"}
_SOFT_S = {"s": "з", "sk": "ск", "st": "ст", "sp": "сп"}
TRADITIONS["German, s as з"] = TRADITIONS["German"]
TRADITIONS["German, sch as ж"] = TRADITIONS["German"] | {"sch": "ж"}
TRADITIONS["German, both"] = TRADITIONS["German"] | _SOFT_S | {"sch": "ж"}
"""Tradition -> its letter groups; single letters it does not name are those of ``_COMMON``."""

_SIGNS = (
    ("Baltic", re.compile(r"[āēīūķļņģ]|[oe]vs$|[^aeiou]ins$|skij?s$|ičs$")),
    ("Finnish", re.compile(r"tš")),
    (
        "Polish",
        re.compile(
            r"[łżźśćńąę]|szcz|sz(?=[aeiou])|cz|rz(?!h)(?=.*(?:w|[cs]k))|(?<!s)c(?![hk])(?=.*w)"
            r"|^(?!.*sch).*(?:z(?!s?[oe]wa?$|w).*w|[aou]zowa?$)|ck[iy]$|cka$"
            r"|(?:[bdfgkmnpstwz]ie|rie(?!w))\w*(?:[oe]wa?|[sc]k[iy]|enko)$"
        ),
    ),
    ("French", re.compile(r"(?!lous)[^aeiouy]ou(?=[bcdfgjklmnprstvxz])|tch(?!enk)|^djou")),
    (
        "German",
        re.compile(
            r"tsch|sch(?!e?[aeiou]*$)|^(?!.*v).*(?:^j|[^aeiou]j[aeu])|ew$|ow$"
            r"|^(?!.*v).*[aeiouy]ch[tm]"
        ),
    ),
    ("Polish", re.compile(r"sz")),
    ("French", re.compile(r"(?<!l)ou|ine$")),
    (
        "ISO",
        re.compile(
            r"[šžčŝâû]|[^aeiou]j|j[aeu]|ij$|[aeiou]j(?![aeiou])|(?<!s)c[aeiouy].*(?:va?|n)$"
        ),
    ),
)
"""What gives a tradition away in a word that stands in a list (a query is read in all)."""

_S_BETWEEN = re.compile(r"(?<=[a-rt-zäöü])s(?=[aeiouyjäöübdglmnrvw])")
"""A single s inside a word before a voiced letter: з to a German who writes ss for с."""
_APART = re.compile(r"i(?=[aou])|(?<=[aeiou])y(?=o)")
_LATIN = re.compile(r"[a-zA-ZÀ-ɏʹ]")
_CYRILLIC = re.compile(r"[а-яёіїєґА-ЯЁІЇЄҐ]")


def is_latin(word: str) -> bool:
    """Tell whether ``word`` is written in Latin letters."""
    return not _CYRILLIC.search(word) and bool(_LATIN.search(word))


@cache
def _reader(tradition: str) -> tuple[re.Pattern[str], dict[str, str]]:
    groups = _COMMON | TRADITIONS[tradition]
    ordered = sorted(groups, key=len, reverse=True)
    pattern = "|".join(
        re.escape(group[:-1]) + "$" if group.endswith("$") else re.escape(group)
        for group in ordered
    )
    return re.compile(pattern), groups


def read_latin(word: str, tradition: str) -> str:
    """Return ``word`` in Cyrillic as ``tradition`` would have it, in lower case.

    >>> read_latin("Joukov", "French"), read_latin("Schukow", "German")
    ('жуков', 'шуков')
    """
    pattern, groups = _reader(tradition)
    bare = unicodedata.normalize("NFC", word).lower()
    if tradition == "German, s as з":
        bare = _S_BETWEEN.sub("ź", bare)

    def read(match: re.Match[str]) -> str:
        ending = groups.get(match[0] + "$") if match.end() == len(bare) else None
        return groups[match[0]] if ending is None else ending

    return pattern.sub(read, bare)


def readings(word: str) -> list[str]:
    """Return the different Cyrillic readings of a Latin word, one a tradition at most."""
    return list(dict.fromkeys(read_latin(word, tradition) for tradition in TRADITIONS))


def wide_readings(word: str) -> list[str]:
    """Return ``readings``, the likeliest first, and those with "io" as two vowels (Rodion)."""
    found = [likely_reading(word), *readings(word)]
    if _APART.search(word.lower()):
        found += readings(_APART.sub(r"\g<0>'", word.lower()))
    return list(dict.fromkeys(found))


def likely_reading(word: str) -> str:
    """Return the reading of the tradition that the word's own letters give away."""
    bare = word.lower()
    for tradition, sign in _SIGNS:
        if sign.search(bare):
            return read_latin(bare, tradition)
    return read_latin(bare, "English")
