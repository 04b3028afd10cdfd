"""Running text -> sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
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
    for (one_start, one_end), (two_start, two_end) in zip(lines, lines[1:], strict=False):
        if _breaks(text, (one_start, one_end), (two_start, two_end), widest):
            yield begin, one_end
            begin = two_start
    yield begin, end


def _breaks(text: str, line: tuple[int, int], below: tuple[int, int], widest: int) -> bool:
    """Tell whether a line break between two lines ends what stands on the first."""
    if _ITEM.match(text, below[0], below[1]):
        return True
    first = text[below[0] : below[1]].lstrip(" \t\"“«‘([*_")[:1]
    if first.islower():
        return False
    length = line[1] - line[0]
    if widest > _NOT_WRAPPED:
        return True
    return length < 0.6 * widest or (widest <= _HEADING and length <= _HEADING)


_STOP: Final = re.compile(
    r"(?P<mark>[.!?…]+)(?P<closing>[\"”’»)\]'*_]*)(?P<note>(?:\[\d{1,3}\]|\d{1,3}(?=\s|$))*)(?=\s|$)"
)
_NEXT: Final = re.compile(r"\s+(?P<open>[\"“«„‘'(\[*_—–-]*\s?)(?P<word>\w[\w'’-]*)?")
_LAST_WORD: Final = re.compile(r"(?:\w+[.\-])*\w+$")


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
    if word[:1].islower():
        return False
    if match["note"][:1].isdigit() and (
        not match["closing"] and text[match.start() - 1 : match.start()].isdigit()
    ):
        return False  # "4.30 The": a decimal
    if match["mark"] != ".":
        return match["mark"][0] in "!?" or bool(word) or bool(match["closing"])
    if match["closing"] and match["closing"][0] not in ")]":
        return True
    before = _LAST_WORD.search(text, max(opened, match.start() - 24), match.start())
    if before is None:
        return True
    return _full(text, opened, before, word)


_AFTER_ROMAN: Final = re.compile(r"(?:War|Part|Category|Order|World War|Nicholas|Peter)\s+$")


def _full(text: str, opened: int, before: re.Match[str], word: str) -> bool:
    """Tell whether the full stop after a word is one, ``word`` being the next."""
    last = before[0]
    low = last.lower()
    if not text[opened : before.start()].strip(" \t\n\"“«‘([*_-•#>") and (
        last.isdigit() or len(last) == 1
    ):
        return False  # "1. The beginning"
    if low in NEVER_LAST:
        return False
    if low in MAY_BE_LAST:
        return word.lower() in OPENERS
    letters = last.replace("-", ".").split(".")
    if len(letters[-1]) == 1 and letters[-1].isalpha() and letters[-1].isupper():
        if len(letters) > 2:
            return word.lower() in OPENERS  # "U.S.S.R."
        if last == "I":
            return bool(_AFTER_ROMAN.search(text, max(opened, before.start() - 16), before.start()))
        return False
    return True
