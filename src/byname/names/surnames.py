"""The comparison form of a surname: equal where only script, spelling or gender differ.

Every vowel that a clerk could hear stays, so that Карпов and Курпов differ; ``forms.sound_key``
is the coarser key.
"""

from __future__ import annotations

import re
from functools import lru_cache

from byname.names.letters import repair_lookalikes
from byname.names.loose import loose
from byname.names.syllables import joined, syllables
from byname.names.translit import is_latin, likely_reading, wide_readings

_CUT = re.compile(r"[\s\-‐‑–—_/.,;()\[\]]+")
_LETTER = re.compile(r"[^\W\d_]")
_PARTICLES = frozenset(
    ("фон", "ван", "де", "дер", "ден", "дель", "дю", "ди", "ла", "ле", "цу", "оф", "да", "тер",
     "von", "van", "de", "der", "den", "del", "du", "di", "la", "le", "zu", "of", "da", "ter")
)  # fmt: skip
_BALTIC_ENDING = re.compile(r"(?<=..[^aeious])s$")
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_FROM_UKRAINIAN = (
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчш])ів(?=$|а$)"), "ов"),
    (re.compile(r"^біл|(?<=-)біл"), "бел"),
    (re.compile(r"^сір(?=ий|а$|к)"), "сер"),
    (re.compile(r"^ліс(?=[аноі])"), "лес"),
    (re.compile(r"^хліб"), "хлеб"),
    (re.compile(r"^світл"), "светл"),
    (re.compile(r"^річк"), "речк"),
    (re.compile(r"міх(?=[аеоу])"), "мих"),
)
"""Roots in which Ukrainian і is Russian е or о; elsewhere it is и."""

_ENDINGS = (
    (re.compile(r"тс(?=к)|тц"), "ц"),
    (re.compile(r"дт"), "т"),
    (re.compile(r"дж"), "ж"),
    (re.compile(r"(?<=[жшщчц])о(?!и$)"), "е"),
    (re.compile(r"[еи]енко$"), "иенко"),
    (re.compile(r"(?<=[аеоуюя])ие(?!нко$)"), "е"),
    (re.compile(r"(?<=...)(?:ие|е)в(?:а)?$"), "ев"),
    (re.compile(r"(?<=..[сц]к)(?:и|а|ая|ои|аи|и)$"), "и"),
    (re.compile(r"(?<=..[кгхжшщч])(?:ои|ая|ии|еи|ыи)$"), "и"),
    (re.compile(r"(?<=..[бвдзлмнрст])(?:ои|ая|ии)$"), "и"),
    (re.compile(r"(?<=...[нш])яя$"), "и"),
    (re.compile(r"(?<=..[ое]в)а$|(?<=..ин)а$"), ""),
    (re.compile(r"(?<=...[ое])ф$"), "в"),
    (re.compile(r"(?<=..[бвгджзлмнпрстфхцчш]к)а$"), "о"),
    (re.compile(r"(?<=ш)к[ао]$"), "ко"),
    (re.compile(r"(?<=..)[еа]нка$"), "енко"),
)
_NO_SURNAME_ENDING = 5
_DEEPEST = 12


@lru_cache(maxsize=200_000)
def surname_form(surname: str) -> str:
    """Return the form in which two spellings of one surname are equal; "" where there is none.

    >>> surname_form("Тухачевська") == surname_form("Tuchaczewski") == surname_form("Тухачевскій")
    True
    >>> surname_form("Горох-Сердюкова"), surname_form("фон Рекке")
    ('горох-сердюков', 'фонреке')
    """
    form = _joined(surname)
    for _ in range(_DEEPEST):
        form, before = _joined(form), form
        if form == before:
            break
    return form


def _joined(surname: str) -> str:
    return "-".join(_ordered([_form(piece) for piece in _pieces(surname)]))


def _ordered(halves: list[str]) -> list[str]:
    """The halves of a double surname in one order; Chinese syllables stay as they are."""
    double = len(halves) == 2 and all(len(syllables(half)) != 1 for half in halves)
    return sorted(halves) if double else halves


@lru_cache(maxsize=200_000)
def surname_forms(surname: str) -> tuple[str, ...]:
    """Return every form a surname may have, the likeliest first: several for a Latin one."""
    if not is_latin(surname):
        form = surname_form(surname)
        return (form,) if form else ()
    options: list[list[str]] = []
    for piece in _pieces(surname):
        spelt = wide_readings(piece)
        if _BALTIC_ENDING.search(piece.lower()):
            spelt += wide_readings(piece[:-1])
        options.append(list(dict.fromkeys(filter(None, map(_cyrillic, spelt)))) or [""])
    longest = max(map(len, options), default=0)
    rows = (
        "-".join(_ordered([one[min(at, len(one) - 1)] for one in options])) for at in range(longest)
    )
    return tuple(dict.fromkeys(row for row in rows if row.strip("-")))


@lru_cache(maxsize=200_000)
def surname_halves(surname: str) -> tuple[str, ...]:
    """Return the form of each half of a double surname; of a simple one, the one form.

    A particle is no half: "фон Рекке" -> ("реке",).
    """
    words = _words(surname)
    particles = _PARTICLES if _european(words) else frozenset()
    halves = [_form(word) for word in words if word.lower() not in particles]
    return tuple(dict.fromkeys(halves)) or tuple(filter(None, (surname_form(surname),)))


def _words(surname: str) -> list[str]:
    text = repair_lookalikes(surname)[0]
    words = [word for word in _CUT.split(text) if _LETTER.search(word)]
    return [word for word in words if _form(word)]


def _european(words: list[str]) -> bool:
    """Tell whether "Ван", "Де" may be particles here: not in "Ван Де Син"."""
    return bool(words) and len(syllables(_form(words[-1]))) != 1


def _pieces(surname: str) -> list[str]:
    """The words of a surname, each particle joined to the word after it."""
    pieces: list[str] = []
    before = ""
    words = _words(surname)
    particles = _PARTICLES if _european(words) else frozenset()
    for word in words:
        if word.lower() in particles:
            before += word
        else:
            pieces.append(before + word)
            before = ""
    return [*pieces, before] if before else pieces


def _form(word: str) -> str:
    return _cyrillic(likely_reading(word) if is_latin(word) else word)


@lru_cache(maxsize=200_000)
def _cyrillic(word: str) -> str:
    text = word.lower()
    if _UKRAINIAN.search(text):
        for spelt, russian in _FROM_UKRAINIAN:
            text = spelt.sub(russian, text)
    form = loose(text).replace(" ", "")
    before = None
    while form != before:
        before = form
        form = _ended(form)
    return form


def _ended(form: str) -> str:
    if len(form) < _NO_SURNAME_ENDING and len(syllables(form)) == 1:
        return joined(form)
    for spelt, same in _ENDINGS:
        form = spelt.sub(same, form)
    return loose(form)
