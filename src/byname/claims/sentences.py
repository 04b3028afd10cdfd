"""Running text -> sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from byname.claims.abbreviations import MAY_BE_LAST, NEVER_LAST, OPENERS
from byname.claims.quotes import Quote, quotations


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: half-open character range without the white space around it."""

    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order; all that is not white space is in one of them."""
    quotes = quotations(text)
    found: list[Sentence] = []
    for start, end in _blocks(text):
        begin = start
        for cut in _ends(text, start, end, quotes):
            _keep(text, begin, cut, found)
            begin = cut
        _keep(text, begin, end, found)
    return found


def _keep(text: str, start: int, end: int, found: list[Sentence]) -> None:
    words = text[start:end]
    stripped = words.strip()
    if stripped:
        begin = start + len(words) - len(words.lstrip())
        found.append(Sentence(begin, begin + len(stripped)))


_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n\s*|\f+|\r\n\s*\r\n\s*")
_LINE: Final = re.compile(r"[^\n]+")
_ITEM: Final = re.compile(r"\s*(?:[-*•‣◦–—]\s|\(?(?:\d{1,3}|[a-zа-я])[.)]\s|#{1,6}\s|>\s|\|)")
_GOES_ON: Final = re.compile(
    r"(?:[,–—(-]|(?<!\w)(?:a|an|the|of|in|on|at|by|to|for|from|with|and|or|but|was|were|is|are|that"
    r"|which|who|his|их|в|на|по|из|и|с|со|за|к|от|о|у|что|а|но|не))\s*$"
)
_NOT_WRAPPED: Final = 120
"""Nobody wraps lines by hand beyond this: such lines are paragraphs."""
_HEADING: Final = 45


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that no sentence reaches beyond: paragraphs, headings, list items."""
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    if len(lines) < 2:
        yield start, end
        return
    widest = max(stop - begin for begin, stop in lines)
    begin = start
    for (one_start, one_end), (two_start, two_end) in pairwise(lines):
        if _breaks(text, (one_start, one_end), (two_start, two_end), widest):
            yield begin, one_end
            begin = two_start
    yield begin, end


def _breaks(text: str, line: tuple[int, int], below: tuple[int, int], widest: int) -> bool:
    """Tell whether a line break between two lines ends what stands on the first."""
    if _ITEM.match(text, below[0], below[1]):
        return True
    first = text[below[0] : below[1]].lstrip(' \t"“«‘([*_')[:1]
    if first.islower() or _GOES_ON.search(text, max(line[0], line[1] - 12), line[1]):
        return False
    length = line[1] - line[0]
    if widest > _NOT_WRAPPED:
        return True
    return length < 0.6 * widest or (widest <= _HEADING and length <= _HEADING)


_STOP: Final = re.compile(
    r"(?P<mark>[.!?…]+)(?P<closing>[\"”’»)\]'*_]*)(?P<note>(?:\[\d{1,3}\]|\d{1,3}(?=\s|$))*)(?=\s|$)"
)
_NEXT: Final = re.compile(r"\s+(?P<open>[\"“«„‘'(\[*_—–-]*\s?)(?P<word>\w[\w'’-]*)?")
_LAST_WORD: Final = re.compile(r"(?:\w+[.\-'’])*\w+$")


def _ends(text: str, start: int, end: int, quotes: list[Quote]) -> Iterator[int]:
    """Yield where sentences end inside a block."""
    begins = [quote.start for quote in quotes]
    opened = start
    for match in _STOP.finditer(text, start, end):
        if match.end() >= end:
            continue
        at = bisect_right(begins, match.start()) - 1
        if at >= 0 and match.start("note") < quotes[at].end:
            continue
        if _ends_here(text, opened, match, end):
            opened = match.end()
            yield match.end()


def _ends_here(text: str, opened: int, match: re.Match[str], end: int) -> bool:
    after = _NEXT.match(text, match.end(), end)
    word = after["word"] if after and after["word"] else ""
    before = _LAST_WORD.search(text, max(opened, match.start() - 24), match.start())
    if word[:1].islower():
        return match["mark"] == "." and _carelessly(before, match, word)
    if match["note"][:1].isdigit() and (
        not match["closing"] and text[match.start() - 1 : match.start()].isdigit()
    ):
        return False  # "4.30 The": a decimal
    if match["mark"] != ".":
        return match["mark"][0] in "!?" or bool(word) or bool(match["closing"])
    quoted = match["closing"] and match["closing"][0] not in ")]"
    return bool(quoted) or before is None or _full(text, opened, before, word)


_ABBREVIATED: Final = NEVER_LAST | MAY_BE_LAST
_CARELESS: Final = re.compile(r"[a-z]{4,}|[а-яё]{4,}|btw|imo|tbh|lol|so|it|too|in|off|up|out")


def _carelessly(before: re.Match[str] | None, match: re.Match[str], word: str) -> bool:
    """Tell whether a sentence ends though the next begins with a small letter.

    On forums it does, after a word of some length that is no abbreviation.
    """
    if before is None or match["closing"] or before[0].lower() in _ABBREVIATED:
        return False
    if not _CARELESS.fullmatch(before[0].lower()) or "." in before[0]:
        return False
    return word.isascii() or word in OPENERS


_AFTER_ROMAN: Final = re.compile(r"(?:War|Part|Category|Order|Nicholas|Peter)\s+$")
_AND_SO_ON: Final = re.compile(r"(?<!\w)т\.\s?[дп]$")
_MARKER_BEFORE: Final = ' \t\n"“«‘([*_-•#>'


def _full(text: str, opened: int, before: re.Match[str], word: str) -> bool:
    """Tell whether the full stop after a word is one, ``word`` being the next."""
    last = before[0]
    marker = last.isdigit() or len(last) == 1
    if marker and not text[opened : before.start()].strip(_MARKER_BEFORE):
        return False  # "1. The beginning"
    and_so_on = _AND_SO_ON.search(text, max(opened, before.start() - 8), before.end())
    if last.lower() in NEVER_LAST and not and_so_on:
        return False
    if last.lower() in MAY_BE_LAST or and_so_on:
        return word.lower() in OPENERS
    return _lone_letter(text, opened, before, word)


def _lone_letter(text: str, opened: int, before: re.Match[str], word: str) -> bool:
    """Tell whether a sentence ends after a word that may be an initial: not after "J. V."."""
    letters = before[0].replace("-", ".").split(".")
    letter = letters[-1]
    possessive = before.start() > opened and text[before.start() - 1] in "'’"  # "like Bukharin's."
    if len(letter) != 1 or not letter.isalpha() or letter in ("я", "i") or possessive:
        return True
    if len(letters) > 2:
        return word.lower() in OPENERS  # "U.S.S.R."
    around = text[max(opened, before.start() - 16) : before.start()]
    return before[0] == "I" and _AFTER_ROMAN.search(around) is not None
