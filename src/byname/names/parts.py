"""A printed name -> its parts: surname, given name, patronymic and the other names.

The lists print "Surname Given Patronymic" with variants in parentheses after the part they
vary ("Розенштейн (Розеншейн) Александр Яковлевич"), but also initials, names without a
patronymic, Turkic patronymics of two words ("Мамед оглы"), Chinese and Korean names joined
by hyphens ("Ким-Чер-Сан"), and monks by their monastic name with the civil name in
parentheses. Every part keeps its character range in the printed line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from byname.vocabulary import words_of

PARTICLES = frozenset(("фон", "дер"))
"""Small words that open a surname, whatever follows."""


class Part(NamedTuple):
    """A part of a name: its value and half-open character range in the printed line."""

    value: str
    start: int
    end: int


@dataclass(slots=True)
class NameParts:
    """The parts of one printed name; absent parts are None."""

    surname: Part | None = None
    given: Part | None = None
    patronymic: Part | None = None
    others: list[Part] = field(default_factory=list)


_WORD = r"[^\W\d_](?:[^\W\d_]|['’ʼ`-](?=[^\W\d_]))*"
_TOKEN = re.compile(rf"[({{\[]|[)}}\]]|{_WORD}\.?|\?+|\S")
_PATRONYMIC = re.compile(
    r"(?:[оеё]вич|[оеё]вна|[иы]нична|ична|[ії]вна|[йь]ович|евич|ыч|[кмрнцлшсх]ич|овичь|инишна)$",
    re.IGNORECASE,
)
_PATRONYMIC_ANY = re.compile(
    r"(?:ич|вна|чна|шна|ївна|івна|оглы|оглу|кызы|кзы|гызы|заде|улы|угли)$", re.IGNORECASE
)
_FEMALE_PATRONYMIC = re.compile(r"(?:вна|чна|шна|кызы|кзы|гызы|кизи)$", re.IGNORECASE)
_MALE_PATRONYMIC = re.compile(r"(?:ич|оглы|оглу|улы|угли|огли)$", re.IGNORECASE)
_SURNAME = re.compile(
    r"(?:[оеё]в|[ие]н|ын|ский|цкий|ской|[оеё]ва|[иы]на|ская|цкая|енко|[чщн]ук|юк|ян|дзе|швили|ич)$"
)
_INITIAL = re.compile(r"[^\W\d_]\.")
_INITIALS = re.compile(r"((?:[^\W\d_]|Ю|Я)\.)\s?-?((?:[^\W\d_])\.)?$")
_YEAR_TAIL = re.compile(r"\s*\(\s*(?:ок\.\s?|род\.\s?)?(?:1[789]|20)\d\d[^()]*\)\s*$")


def looks_like_patronymic(word: str) -> bool:
    """Tell whether ``word`` ends as Russian, Ukrainian or Turkic patronymics do."""
    return bool(_PATRONYMIC_ANY.search(word)) and len(word) > 3


def sex_of_patronymic(patronymic: str) -> str | None:
    """Return "female" or "male" where the patronymic's ending is certain, else None."""
    last = patronymic.rstrip(".").lower()
    if _FEMALE_PATRONYMIC.search(last):
        return "female"
    return "male" if _MALE_PATRONYMIC.search(last) else None


@dataclass(slots=True)
class _Group:
    """Parentheses after ``after`` words of the name: character range of what is inside."""

    after: int
    start: int
    end: int


def split_name(line: str, start: int = 0, end: int | None = None) -> NameParts:
    """Return the parts of the name printed in ``line[start:end]``.

    A year in parentheses at the end (wiki titles) is not part of the name.
    """
    stop = len(line) if end is None else end
    tail = _YEAR_TAIL.search(line, start, stop)
    if tail and tail.end() == stop:
        stop = tail.start()
    words, groups = _tokens(line, start, stop)
    words = _without_titles(words, groups)
    civil = _civil_name(line, words, groups)
    if civil is not None:
        return civil
    parts = _arrange(words)
    for group in groups:
        parts.others.extend(_variants(line, group.start, group.end))
    for part in (parts.surname,):
        if part is not None and part.value.isupper() and len(part.value) > 2:
            parts.surname = Part(_capitalised(part.value), part.start, part.end)
    return parts


def _without_titles(words: list[Part], groups: list[_Group]) -> list[Part]:
    """Drop "епископ", "о."; a capital "Пастор Франц Михайлович" may be a surname and stays."""
    titles = [w for w in words if w.value.lower().rstrip(".") in _titles()]
    for word in titles:
        left = len(words) - 1
        if word.value[0].islower() or (word is words[0] and (left >= 3 or (left == 1 and groups))):
            at = words.index(word)
            words = [w for w in words if w is not word]
            for group in groups:
                group.after -= group.after > at
    return words


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in words_of("ranks", "clergy"))


def _tokens(line: str, start: int, stop: int) -> tuple[list[Part], list[_Group]]:
    words: list[Part] = []
    groups: list[_Group] = []
    depth, opened = 0, 0
    for match in _TOKEN.finditer(line, start, stop):
        token = match[0]
        if token in "([{":
            depth += 1
            if depth == 1:
                opened = match.end()
        elif token in ")]}":
            if depth == 1:
                groups.append(_Group(len(words), opened, match.start()))
            depth = max(0, depth - 1)
        elif depth == 0 and (token[0].isalpha()):
            words.extend(_split_initials(token, match.start()))
    if depth:
        groups.append(_Group(len(words), opened, stop))
    return words, groups


def _split_initials(token: str, at: int) -> list[Part]:
    bare = token if _INITIAL.fullmatch(token) else token.rstrip(".")
    if token.endswith(".") and 2 <= len(token) - 1 <= 3 and token[0].isupper():
        bare = token  # "Ив.", "Ал.": an abbreviated name keeps its dot
    return [Part(bare, at, at + len(bare))]


def _civil_name(line: str, words: list[Part], groups: list[_Group]) -> NameParts | None:
    """Read "Варвара (Коржавина Вера Владимировна)": a monastic name, then the civil one."""
    if len(words) != 1 or not groups or groups[0].after != 1:
        return None
    inside = _tokens(line, groups[0].start, groups[0].end)[0]
    if (
        len(inside) == 1
        and _SURNAME.search(inside[0].value)
        and not _SURNAME.search(words[0].value)
    ):
        return NameParts(surname=inside[0], given=words[0])  # "Алексий (Громадский)"
    inner = _arrange(inside)
    if (
        inner.given is None
        or inner.patronymic is None
        or "," in line[groups[0].start : groups[0].end]
    ):
        return None
    inner.others.append(words[0])
    for group in groups[1:]:
        inner.others.extend(_variants(line, group.start, group.end))
    return inner


def _arrange(words: list[Part]) -> NameParts:
    words = _join_particles(_join_turkic(words))
    if not words:
        return NameParts()
    if _is_initial(words[0]):
        return _initials_first(words)
    readers = {1: _one_word, 2: _two_words, 3: _three_words}
    return readers.get(len(words), _long)(words)


def _join_particles(words: list[Part]) -> list[Part]:
    """Make one surname of "фон дер Ропп", "де Лазари", "Реквальд фон".

    "Де", "Ден" and "Ван" are names in China and Korea, so they count only beside a patronymic or
    before another particle.
    """
    joined = list(words)
    while len(joined) > 2 and _is_particle(joined):
        joined[:2] = [_joined(joined[0], joined[1])]
    if len(joined) > 2 and joined[1].value.lower() == "фон":
        joined[:2] = [_joined(joined[0], joined[1])]
    return joined


def _is_particle(words: list[Part]) -> bool:
    last = words[0].value.lower().split()[-1]
    following = words[1].value.lower()
    if last == "ван":
        return following in PARTICLES
    sure = looks_like_patronymic(words[-1].value)
    return last in PARTICLES or (last in ("де", "ден", "дю", "ла") and sure)


def _joined(one: Part, two: Part) -> Part:
    return Part(f"{one.value} {two.value}", one.start, two.end)


def _two_words(words: list[Part]) -> NameParts:
    if _is_real(words[1]) and not looks_like_patronymic(words[0].value):
        if "-" in words[0].value:  # "Ким-Дюн Кимович"
            one = _one_word(words[:1])
            return NameParts(one.surname, one.given, words[1])
        return NameParts(given=words[0], patronymic=words[1])
    return NameParts(surname=words[0], given=words[1])


def _three_words(words: list[Part]) -> NameParts:
    if not looks_like_patronymic(words[2].value) and _is_real(words[1]):
        return NameParts(surname=words[2], given=words[0], patronymic=words[1])
    return NameParts(surname=words[0], given=words[1], patronymic=words[2])


def _is_real(word: Part) -> bool:
    return bool(_PATRONYMIC.search(word.value)) and len(word.value) > 4


def _is_initial(word: Part) -> bool:
    return bool(_INITIAL.fullmatch(word.value))


def _join_turkic(words: list[Part]) -> list[Part]:
    """Join "Мамед оглы" into one word: the patronymic of a father called Мамед."""
    joined: list[Part] = []
    particles = words_of("ranks", "patronymic_word")
    for word in words:
        lower = word.value.lower()
        if lower in particles and len(joined) >= 2 and word.value != word.value.upper():
            father = joined.pop()
            gap = " " if word.start > father.end else ""
            joined.append(Part(father.value + gap + word.value, father.start, word.end))
        else:
            joined.append(word)
    return joined


def _one_word(words: list[Part]) -> NameParts:
    """Split a Chinese or Korean name joined by hyphens: the surname stands first."""
    word = words[0]
    pieces = word.value.split("-")
    longest = max(len(piece) for piece in pieces)
    if (len(pieces) >= 3 and longest <= 5) or (len(pieces) == 2 and longest <= 4):
        cut = len(pieces[0])
        return NameParts(
            surname=Part(pieces[0], word.start, word.start + cut),
            given=Part(word.value[cut + 1 :], word.start + cut + 1, word.end),
        )
    return NameParts(surname=word)


def _initials_first(words: list[Part]) -> NameParts:
    initials = [word for word in words if _is_initial(word)]
    rest = [word for word in words if not _is_initial(word)]
    return NameParts(
        surname=_span(rest) if rest else None,
        given=initials[0],
        patronymic=initials[1] if len(initials) > 1 else None,
    )


def _long(words: list[Part]) -> NameParts:
    """Four words and more: a patronymic is last or nowhere; the given name takes the rest."""
    last = words[-1]
    if looks_like_patronymic(last.value) or " " in last.value:
        return NameParts(surname=words[0], given=_span(words[1:-1]), patronymic=last)
    return NameParts(surname=words[0], given=_span(words[1:]))


def _span(words: list[Part]) -> Part:
    value = " ".join(word.value for word in words)
    return Part(value, words[0].start, words[-1].end)


def _capitalised(value: str) -> str:
    return "-".join(piece.capitalize() for piece in value.split("-"))


_VARIANT_CUT = re.compile(r"[,;/]| или | либо | або ")


def _variants(line: str, start: int, end: int) -> list[Part]:
    """Return the names inside parentheses, without "варианты фамилии:" and the like."""
    found: list[Part] = []
    at = start
    cuts = [m.span() for m in _VARIANT_CUT.finditer(line, start, end)] + [(end, end)]
    for cut_start, cut_end in cuts:
        part = _variant(line, at, cut_start)
        if part is not None:
            found.append(part)
        at = cut_end
    return found


def variants(line: str, start: int, end: int) -> list[Part]:
    """Return the other names listed in ``line[start:end]`` (a cell or parentheses)."""
    return _variants(line, start, end)


_TRIM = " \t\n\r()[]{}«»\"'“”„.:;,-–—=*"


def _variant(line: str, start: int, end: int) -> Part | None:
    at, stop = _trim(line, start, end)
    while lead := _leads().match(line, at, stop):
        at, stop = _trim(line, lead.end(), stop)
    if at >= stop or not line[at:stop].strip(_TRIM) or not any(c.isalpha() for c in line[at:stop]):
        return None
    if stop < end and line[stop] == "." and re.search(r"(?<![^\W\d_])[^\W\d_]$", line[at:stop]):
        stop += 1  # the dot of an initial: "Ломов А."
    return Part(line[at:stop], at, stop)


@cache
def _leads() -> re.Pattern[str]:
    words = words_of("ranks", "variant_lead") | words_of("ranks", "clergy")
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    ends = (re.escape(word) + ("" if word.endswith(".") else r"(?!\w)") for word in longest_first)
    return re.compile("|".join(ends), re.IGNORECASE)


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start] in _TRIM:
        start += 1
    while end > start and line[end - 1] in _TRIM:
        end -= 1
    return start, end
