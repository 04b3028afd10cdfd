"""One line of free text -> the words of a name, initials, and the year of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_letters

from byname.errors import UsageError
from byname.names.families import is_initial
from byname.names.forms import fold
from byname.names.letters import repair_lookalikes
from byname.names.loose import loose
from byname.names.syllables import syllables
from byname.search.forms import pieces
from byname.search.words import Word

LONGEST_QUERY = 200
MOST_WORDS = 8
LONGEST_WORD = 40

_AFTER = frozenset(("оглы", "оглу", "огли", "кызы", "гызы", "кзы", "улы", "угли", "оғлы"))
"""Words that belong to the name before them."""
_BEFORE = frozenset(("фон", "дер", "де", "ван", "von", "van", "der", "de"))
"""Words that belong to the name after them, where that is no Chinese syllable."""
_YEAR = r"(?P<year>(?<!\d)1[6-9]\d\d(?!\d))"
_WORD = r"(?P<word>[^\W\d_](?:[^\W\d_]|['’ʼ`*?-])*)(?P<dot>\.?)|(?P<wild>[*?][^\s,]*)"
_TOKEN = re.compile(f"{_YEAR}|{_WORD}")
_WILD = re.compile(r"[*?]")
_TO_LATIN = str.maketrans("АВСЕНІКМОРТХасеіорху", "ABCEHIKMOPTXaceiopxy")
_LATIN = frozenset(ascii_letters)
_OF_YEARS = (
    re.compile(
        r"(?<=\d{4})\s*(?:-?го\b)?\s*(?:г\.?\s*р\b\.?|г\b\.?|р\.\s*н\.|р\.|года?\b)"
        r"\s*(?:рожд\w*\.?|народж\w*\.?)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![^\W\d_])(?:род(?:ил(?:ся|ась))?|рожд\w*|нар(?:од\w*)?|geb(?:oren)?|born|b\.|née?"
        r"|ur(?:odz\w*)?)(?![^\W\d_])\.?\s*(?:в\s+|in\s+)?(?=\d{4})",
        re.IGNORECASE,
    ),
)
"""Words about a year of birth that are no part of a name: "1888 г.р.", "род. 1888"."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: names and initials in their order, and the year of birth."""

    text: str
    words: tuple[Word, ...]
    born: int | None


def read_query(text: str, born: int | None = None) -> Query:
    """Return ``text`` taken apart; refuse politely what cannot be a name.

    Raises:
        UsageError: the text is too long, holds no name, or a pattern without letters.
    """
    if len(text) > LONGEST_QUERY:
        raise UsageError(
            f"The query has {len(text):,} characters; type a name, at most {LONGEST_QUERY}."
        )
    words: list[Word] = []
    for match in _TOKEN.finditer(_without_words_of_years(text)):
        if match["year"]:
            born = born or int(match["year"])
        elif word := _word(match[0] if match["wild"] else match["word"], match["dot"] or ""):
            words.append(word)
    if len(words) == 1 and words[0].initial and not words[0].dot:
        words = [Word(words[0].text)]  # У, Ю, Е are surnames
    if not any(not word.initial for word in words):
        raise UsageError(
            "The query holds no name; type at least a surname, such as: byname find "
            '"Тухачевский 1893".'
        )
    if len(words) > MOST_WORDS:
        raise UsageError(
            f"The query has {len(words)} words; type one name, at most {MOST_WORDS} words."
        )
    _refuse_bare_patterns(words)
    if any(len(word.text) > LONGEST_WORD for word in words):
        raise UsageError(
            f"The query has a word of more than {LONGEST_WORD} letters; type one name."
        )
    return Query(text, tuple(_joined(words)), born)


def _without_words_of_years(text: str) -> str:
    for pattern in _OF_YEARS:
        text = pattern.sub(" ", text)
    return text


def _refuse_bare_patterns(words: list[Word]) -> None:
    """Refuse a pattern that half of all names fit, unless a name stands beside it."""
    for word in words:
        if word.wild and len(fold(_WILD.sub("", word.text))) < 2:
            others = [one for one in words if one is not word and not one.initial]
            if not any(len(fold(_WILD.sub("", one.text))) >= 2 for one in others):
                raise UsageError(
                    f'The query has the pattern "{word.text}"; give at least two letters beside '
                    "* and ?, or a surname."
                )


def _one_script(text: str) -> str:
    """Return a Latin word with the Latin letters that a Cyrillic keyboard left out of it."""
    latin = text.translate(_TO_LATIN)
    return latin if latin.isascii() and any(letter in _LATIN for letter in text) else text


def _word(text: str, dot: str) -> Word | None:
    if _WILD.search(text):
        return Word(text, wild=True)
    text = _one_script(repair_lookalikes(text)[0])
    if not fold(text):
        return None
    initial = len(fold(text)) == 1 or (bool(dot) and is_initial(text + dot))
    return Word(text, initial, dot=bool(dot))


def _joined(words: list[Word]) -> Iterator[Word]:
    """Yield the words, particles joined to the names they belong to."""
    before = ""
    held: Word | None = None
    european = any(
        len(syllables(loose(one))) != 1 for word in words[1:] for one in pieces(word.text)
    )
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if word.text.lower() in _AFTER and held is not None and not held.initial:
            held = Word(f"{held.text} {word.text}")
        elif european and following is not None and _is_particle(word, following):
            before = f"{before}{word.text} "
        else:
            if held is not None:
                yield held
            held = Word(before + word.text) if before else word
            before = ""
    if held is not None:
        yield held


def _is_particle(word: Word, following: Word) -> bool:
    """Tell whether a word belongs to the next: фон, де; "Ван" with a capital is a surname."""
    small = word.text.lower()
    if small in ("ван", "van") and not word.text.islower():
        return following.text.lower() in _BEFORE
    return small in _BEFORE and not following.fatherly
