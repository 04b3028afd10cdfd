"""The family of a given name, and the family of the father's name in a patronymic.

Егор, Георгій and Jerzy are one family, so are the fathers of Осипович and Józefowicz. Both
functions give the same key for the same name, so that a given name and a patronymic that
changed places are found by equality. Keys are folded ("георгии"); a name in no family is its
own key, in loose form.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from byname.names.initials import is_initial, likely_letter, readings_of_initial
from byname.names.kin import kin
from byname.names.letters import repair_lookalikes
from byname.names.loose import loose, plain_latin
from byname.names.surnames import surname_form, surname_forms, surname_halves
from byname.names.syllables import joined, syllables
from byname.names.translit import is_latin, likely_reading, wide_readings
from byname.vocabulary import words_of

__all__ = [
    "father_family",
    "given_family",
    "initial_of",
    "initials_of",
    "is_initial",
    "is_known_family",
    "near_families",
    "readings_of_initial",
    "sex_of_family",
    "surname_form",
    "surname_forms",
    "surname_halves",
]

_CUT = re.compile(r"[^\w'’ʼ`.]+|(?<=\w{3})\.(?=\w)|_+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*){2,}")
_LETTER = re.compile(r"[^\W\d_]")
_PATRONYMIC = re.compile(
    r"(?:[ое]вич|[ое]вна|[ая]вич|[ои]ивна|[иеая]вна|[иы]нична|ична|инишна|ични|овичь|[иьы]ч)$"
)
_SUFFIXES = (
    "ович", "евич", "овна", "евна", "ивна", "инична", "инишна", "ична", "ишна", "ич", "вич", "вна",
    "авич", "явич", "авна", "явна", "инович", "иновна",
)  # fmt: skip
_SHORT_SUFFIXES = ("ов", "ев", "ова", "ева", "ин", "ина")
_CHILD = frozenset(("син", "сын", "доч", "дочка", "дочер", "донка", "ибн", "бен", "бар", "вед"))
_ABBREVIATED = re.compile(r"^(\w{2,}?)[-.](?:[ое]?вич|[ое]?вна|и?ч|на)\.?$")
_LATIN_PATRONYMIC = re.compile(r"(?:[oe][vw]i(?:ch?|cz|t?s?ch|ts|tsh)|[oeiy][vw]na|ycz|icz)$")
_BALTIC_ENDING = re.compile(r"(?<=[^aeious])[aiu]?s$|(?<=j)s$", re.IGNORECASE)
_TAIL = re.compile(r"(?<=...)[аеиоуюя]+$")
_DEEPEST = 12


@lru_cache(maxsize=200_000)
def given_family(name: str) -> str:
    """Return the key of the family of a given name, in any script; "" where there is none.

    >>> given_family("Юзеф") == given_family("Йосип") == given_family("Joseph") == "иосиф"
    True
    >>> given_family("Син-Тын") == given_family("Син Тин"), given_family("И.")
    (True, 'и')
    """
    return _stable(_given(name))


@lru_cache(maxsize=200_000)
def father_family(patronymic: str) -> str:
    """Return the key of the father's name in a patronymic, the same as ``given_family`` of it.

    >>> father_family("Осипович"), father_family("Ильинична"), father_family("Мамед оглы")
    ('иосиф', 'илья', 'магомет')
    """
    return _stable(_father(patronymic))


def near_families(family: str) -> frozenset[str]:
    """Return the families whose names the same person is now and then found under."""
    return kin().near.get(family, frozenset())


def is_known_family(key: str) -> bool:
    """Tell whether ``key`` is a family of the table, not an unknown name's own form."""
    return key in kin().sex


def sex_of_family(key: str) -> str | None:
    """Return "male" or "female" for a family of the table, else None."""
    return kin().sex.get(key)


def initials_of(family: str) -> frozenset[str]:
    """Return the letters that a family's names begin with, in loose form (Э as Е, Й as И).

    >>> sorted(initials_of("георгии") & {"г", "е", "к"})
    ['г', 'е']
    """
    return kin().initials.get(family, frozenset(family[:1]))


def initial_of(family: str) -> str:
    """Return the first letter of the key, "" for none."""
    return family[:1]


def _stable(key: str) -> str:
    """Read the key until it stays: a name inside an unknown name ("Иванаа") is found so."""
    for _ in range(_DEEPEST):
        following = _given(key)
        if following == key:
            break
        key = following
    return key


def _given(name: str) -> str:
    text = repair_lookalikes(name)[0].strip()
    if _INITIALS.fullmatch(text):
        text = text.replace(".", ". ")
    pieces = [piece for piece in _CUT.split(text) if _LETTER.search(piece)]
    if not pieces:
        return ""
    if len(pieces) == 1:
        return _one(pieces[0])
    return _short(text) or _known_together(pieces) or _several(text, pieces)


def _known_together(pieces: list[str]) -> str | None:
    """A family one of whose names is written in several words: "Хаджи Мурат", "Бен-Цион"."""
    together = "".join(pieces)
    return _member(together) if len(together) > 6 and not _syllabic(pieces) else None


def _several(text: str, pieces: list[str]) -> str:
    """The key of a name of several words: syllables are joined, double names kept apart."""
    if (syllabic := _syllabic(pieces)) is not None:
        return syllabic
    if _child(pieces[-1]):
        return _father(text)
    forms = [loose(piece) for piece in pieces]
    if forms[0] in ("абдул", "абду", "абд"):
        return _one("".join(forms))
    return " ".join(key for key in map(_one, pieces) if key)


def _syllabic(pieces: list[str]) -> str | None:
    """The key of a Chinese or Korean name of several syllables, None for any other name."""
    if len(pieces) < 2:
        return None
    forms = [loose(likely_reading(piece) if is_latin(piece) else piece) for piece in pieces]
    if any(len(syllables(form)) != 1 for form in forms):
        return None
    return "-".join(map(joined, forms))


def _one(word: str) -> str:
    """The key of one word."""
    if is_initial(word):
        return likely_letter(word)
    known = _short(word) or _member(word) or (_beginning(word) if word.endswith(".") else None)
    if known:
        return known
    for form in _forms(word):
        if _PATRONYMIC.search(form) and (found := _stem(form)):
            return found
    return _unknown(_forms(word)[0])


def _forms(word: str) -> tuple[str, ...]:
    """The loose forms of a word: one, or one a reading of a Latin word, the likeliest first."""
    if not is_latin(word):
        return (loose(word),)
    spelt = dict.fromkeys(map(loose, wide_readings(word)))
    return tuple(form for form in spelt if form) or ("",)


def _member(word: str) -> str | None:
    table = kin()
    if not is_latin(word):
        return table.members.get(loose(word))
    bare = _BALTIC_ENDING.sub("", word)
    for spelt in dict.fromkeys((word, bare)):
        if found := table.latin.get(plain_latin(spelt)):
            return found
        for form in _forms(spelt):
            if form in table.members:
                return table.members[form]
    return None


def _short(word: str) -> str | None:
    text = word.rstrip(".").lower().replace("ё", "е")
    text = plain_latin(text) if is_latin(text) else re.sub(r"[^а-я]", "", text)
    return kin().short.get(text)


@cache
def _beginning(word: str) -> str | None:
    """The first family of the table with a name that begins as the abbreviation does."""
    start = loose(likely_reading(word) if is_latin(word) else word)
    if len(start) < 2:
        return None
    return next((key for name, key in kin().ordered if name.startswith(start)), None)


def _unknown(form: str) -> str:
    """An unknown name without the ending that a patronymic would not keep."""
    if 2 <= len(syllables(form)) <= 4 or len(form) < 5:
        return joined(form)
    return _TAIL.sub("", form)


def _child(word: str) -> bool:
    """Tell whether it is a word beside a father's name: оглы, кызы, сын."""
    form = loose(word)
    return form in _CHILD or form in _turkic()


@cache
def _turkic() -> frozenset[str]:
    return frozenset(
        form for form in map(loose, words_of("ranks", "patronymic_word")) if len(form) > 2
    ) - {"бек"}


def _father(patronymic: str) -> str:
    text = repair_lookalikes(patronymic)[0].strip()
    if cut := _ABBREVIATED.match(text.lower()):
        return _beginning(cut[1] + ".") or _given(cut[1])
    pieces = [piece for piece in _CUT.split(text) if _LETTER.search(piece)]
    if syllabic := _syllabic(pieces):
        return syllabic
    words = [piece for piece in pieces if not _child(piece)]
    if len(words) != 1:
        return _given(" ".join(words))
    word = words[0]
    if is_initial(word) or _short(word) or _member(word) or word.endswith("."):
        return _one(word)
    return _out_of(word, is_son=len(pieces) > 1)


def _out_of(word: str, is_son: bool) -> str:
    """The father's family in one word that is no given name."""
    forms = _forms(word)
    found = _latin_stem(word) or next(filter(None, map(_stem, forms)), None)
    if found:
        return found
    for form in forms:
        short = next(filter(None, (_cut(form, end) for end in _SHORT_SUFFIXES)), None)
        if short and (known := kin().stems.get(short)):
            return known
    return _unknown_father(forms[0], is_son)


def _stem(form: str) -> str | None:
    """The family of a patronymic's father, None where no stem is known."""
    stems = kin().stems
    for suffix in (*_SUFFIXES, *_glued()):
        stem = _cut(form, suffix)
        if stem and (found := stems.get(stem)):
            return found
    return None


def _latin_stem(word: str) -> str | None:
    """The family where Latin letters keep a father's Latin name: Józefowicz, Johannowitsch."""
    if not is_latin(word):
        return None
    stem = _LATIN_PATRONYMIC.sub("", plain_latin(word))
    return kin().latin.get(stem) if len(stem) > 3 else None


def _cut(form: str, suffix: str) -> str | None:
    return form[: -len(suffix)] if form.endswith(suffix) and len(form) > len(suffix) + 1 else None


@cache
def _glued() -> tuple[str, ...]:
    """Turkic words written together with the father's name: Мамедоглы."""
    return tuple(sorted((word for word in _turkic() if len(word) > 3), key=len, reverse=True))


def _unknown_father(form: str, is_son: bool) -> str:
    ends = (*_SUFFIXES, *_glued(), *(_SHORT_SUFFIXES if is_son else ()))
    stem = next(filter(None, (_cut(form, suffix) for suffix in ends)), None)
    return _unknown(stem or form)
