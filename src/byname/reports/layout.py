"""A text with its claims → paragraphs of pieces, each inside a claim or outside all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from byname.claims.model import Checked, Claim

_BREAK = re.compile(r"\s*\n\s*")
_NARROW, _WIDE = 50, 100
"""Lines broken at a width between these were broken by an editor, not by a thought."""
_FULL = 0.7
"""Such a line goes on in the next one when it is at least this full."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. ``number`` is that of its claim, from 1; 0 outside all claims.

    A claim that runs over a paragraph's end makes several pieces: ``opens`` and ``closes``
    mark the first and the last.
    """

    text: str
    number: int = 0
    opens: bool = False
    closes: bool = False


def paragraphs(checked: Checked) -> list[list[Piece]]:
    """Return the paragraphs of a checked text; runs of blanks and line ends become one blank."""
    claims = checked.claims
    starts = [claim.start for claim in claims]
    found = []
    for start, end in _blocks(checked.text):
        first = max(0, bisect_right(starts, start) - 1)
        pieces = list(_pieces(checked.text, start, end, claims, first))
        if pieces:
            found.append(pieces)
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the paragraphs."""
    longest = max((len(line) for line in text.split("\n")), default=0)
    broken = _NARROW <= longest <= _WIDE
    start = line = 0
    for match in _BREAK.finditer(text):
        full = match.start() - line >= _FULL * longest
        line = match.end()
        if broken and full and match[0].count("\n") == 1:
            continue
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _pieces(text: str, start: int, end: int, claims: list[Claim], first: int) -> Iterator[Piece]:
    at = start
    for index in range(first, len(claims)):
        claim = claims[index]
        if claim.start >= end:
            break
        low, high = max(claim.start, at), min(claim.end, end)
        if not text[low:high].strip():
            continue
        if low > at:
            yield Piece(_plain(text[at:low]))
        opens = not text[claim.start : low].strip()
        closes = not text[high : claim.end].strip()
        yield Piece(_plain(text[low:high]), index + 1, opens, closes)
        at = high
    if at < end:
        yield Piece(_plain(text[at:end]))


def _plain(words: str) -> str:
    """Return words on one line; blanks at their ends stay, as they part a claim from the rest."""
    return re.sub(r"\s+", " ", words)
