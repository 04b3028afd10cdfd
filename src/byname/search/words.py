"""A word of the query, and what it may be spelt, sound and be called like in the lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from byname.names.families import readings_of_initial, surname_forms, surname_halves
from byname.names.forms import sound_key
from byname.names.latin import LATIN_TRADITIONS, to_latin
from byname.names.loose import loose, plain_latin
from byname.names.parts import looks_like_patronymic
from byname.names.translit import is_latin, wide_readings
from byname.search.declined import nominatives
from byname.search.forms import Kind, family, pieces, whole

_MOST_READINGS = 14
_LONG = 4
_ADJECTIVE = re.compile(r"(?:ои|ыи|ии|ая|яя|еи)$")
_LATIN_ENDINGS = ("vich", "vitch", "vič", "witsch", "wicz", "vitsch", "vna", "wna", "ovic", "evic",
                  "itš", "its", "vits", "vitš", "ovics", "icz", "ich")  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A name as typed: one word, or several that belong together ("Чер Сан", "фон Рекке").

    ``initial`` is set for a letter in place of a name, ``wild`` for a pattern ("Тухач*"), ``dot``
    where a dot follows: then a letter is no surname (У, Ю, Е are).
    """

    text: str
    initial: bool = False
    wild: bool = False
    dot: bool = False

    @cached_property
    def latin(self) -> bool:
        """Whether it is in Latin letters."""
        return is_latin(self.text)

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The word folded, in Cyrillic: one form, or several of a Latin word, likeliest first."""
        spelt = wide_readings(self.text)[:_MOST_READINGS] if self.latin else [self.text]
        return tuple(dict.fromkeys(form for form in map(whole, spelt) if form))

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """What the readings sound like."""
        keys = dict.fromkeys(map(sound_key, self.readings))
        return tuple(key for key in keys if len(key) > 1)

    @cached_property
    def surname_spellings(self) -> tuple[str, ...]:
        """The readings as the index of surnames spells them."""
        found = dict.fromkeys(form.replace("-", "") for form in surname_forms(self.text))
        if "-" in self.text and all(len(half) >= _LONG for half in pieces(self.text)):
            found |= dict.fromkeys(surname_halves(self.text))
        return tuple(form for form in found if form)[:_MOST_READINGS]

    def spellings(self, kind: Kind) -> tuple[str, ...]:
        """Return the readings as the index spells names of a kind."""
        return self.surname_spellings if kind == "surname" else self.readings

    @cached_property
    def fatherly(self) -> bool:
        """Whether it ends as patronymics do, in the nominative or another case."""
        if self.latin:
            return self.text.lower().endswith(_LATIN_ENDINGS)
        return bool(self.readings) and any(
            map(looks_like_patronymic, (self.readings[0], *self.nominatives("patronymic")))
        )

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that an initial may stand for, or that the word's initial may be."""
        if self.initial:
            return readings_of_initial(self.text)
        return frozenset(form[0] for form in self.readings)

    @cached_property
    def _families(self) -> dict[Kind, str]:
        return {}

    def family(self, kind: Kind) -> str:
        """Return the family of the name, were it of this kind."""
        known = self._families
        if kind not in known:
            known[kind] = family(kind, self.text)
        return known[kind]

    def nominatives(self, kind: Kind) -> list[str]:
        """Return the names that the word may be an oblique case of."""
        return [] if self.latin else nominatives(kind, self.readings[0])

    def declined(self, kind: Kind) -> list[str]:
        """Return ``nominatives`` as the index spells names of a kind."""
        if kind != "surname" or self.latin:
            return self.nominatives(kind)
        forms = dict.fromkeys((self.readings[0], *self.surname_spellings[:1]))
        found = (one for form in forms for one in nominatives(kind, form))
        return list(dict.fromkeys(_ADJECTIVE.sub("и", loose(form)) for form in found))

    @cached_property
    def plain(self) -> str:
        """A Latin word in a-z."""
        return plain_latin(self.text)

    def written_as(self, name: str) -> str | None:
        """Return the tradition in which ``name`` is written just as the (Latin) word is."""
        plain = self.plain
        for tradition in LATIN_TRADITIONS:
            if plain_latin(to_latin(name, tradition)) == plain:
                return tradition
        return None
