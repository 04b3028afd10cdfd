"""One line of free text -> the words of a name, initials, and the year of birth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from byname.errors import UsageError
from byname.names.forms import fold, sound_key
from byname.names.translit import is_latin, readings

LONGEST_QUERY = 200
MOST_WORDS = 8

_PARTICLES = frozenset(("оглы", "оглу", "кызы", "гызы", "улы", "угли", "фон", "дер", "де"))
_TOKEN = re.compile(r"(?P<year>(?<!\d)1[6-9]\d\d(?!\d))|(?P<word>[^\W\d_](?:[^\W\d_]|['’ʼ`-])*)\.?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query, with every form it may have in the lists.

    ``forms`` are its folded Cyrillic readings (one for a Cyrillic word), ``keys`` what they
    sound like. An initial has one letter; its forms are the letters it may stand for.
    """

    text: str
    forms: tuple[str, ...]
    keys: tuple[str, ...]
    initial: bool
    latin: bool

    @property
    def particle(self) -> bool:
        """Whether it is a small word that lists often leave out."""
        return not _PARTICLES.isdisjoint(self.forms)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for."""

    text: str
    words: tuple[Word, ...]
    born: int | None

    @property
    def names(self) -> tuple[Word, ...]:
        """The words that are more than an initial."""
        return tuple(word for word in self.words if not word.initial)


def read_query(text: str, born: int | None = None) -> Query:
    """Return ``text`` taken apart; refuse politely what cannot be a name."""
    if len(text) > LONGEST_QUERY:
        raise UsageError(
            f"The query has {len(text):,} characters; type a name, at most {LONGEST_QUERY}."
        )
    words: list[Word] = []
    for match in _TOKEN.finditer(text):
        if match["year"]:
            born = born or int(match["year"])
        elif fold(match["word"]):
            words.append(_word(match["word"]))
    if not any(not word.initial for word in words):
        raise UsageError(
            "The query holds no name; type at least a surname, such as: byname find "
            '"Тухачевский 1893".'
        )
    if len(words) > MOST_WORDS:
        raise UsageError(
            f"The query has {len(words)} words; type one name, at most {MOST_WORDS} words."
        )
    return Query(text, tuple(words), born)


def _word(text: str) -> Word:
    latin = is_latin(text)
    spellings = readings(text) if latin else [text]
    forms = tuple(dict.fromkeys(form for form in map(fold, spellings) if form))
    keys = tuple(dict.fromkeys(key for key in map(sound_key, spellings) if key))
    return Word(text, forms, keys, initial=len(fold(text)) == 1, latin=latin)
