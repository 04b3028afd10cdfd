"""Quotations: which stretches of a text stand between quotation marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST: Final = 600
"""A longer stretch is rather two marks that do not belong together."""

_PAIRS: Final = {"“": "”", "«": "»", "„": "“”", "‘": "’", "‚": "‘’", '"': '"', "'": "'"}
_MARKS: Final = frozenset("“”«»„‘’‚\"'")
_OPENS_AFTER: Final = frozenset(" \t\n\r\u00a0\u2009\u202f([{—–-/:…“«„\"‘'")
_CLOSES_BEFORE: Final = frozenset(" \t\n\r\u00a0\u2009\u202f)]},.;:!?…—–-/”»\"’'“")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: half-open range with its marks, and the range of the words inside."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def quotations(text: str) -> list[Quote]:
    """Return the outermost quotations of a text in order; a mark without its pair is passed."""
    marks = [at for at, letter in enumerate(text) if letter in _MARKS]
    found: list[Quote] = []
    position = 0
    while position < len(marks):
        close = _closing(text, marks, position)
        if close is None:
            position += 1
            continue
        start, end = marks[position], marks[close]
        found.append(Quote(start, end + 1, start + 1, end))
        position = close + 1
    return found


def _closing(text: str, marks: list[int], position: int) -> int | None:
    """Return the index in ``marks`` of the mark that closes the one at ``position``."""
    start = marks[position]
    mark = text[start]
    closers = _PAIRS.get(mark)
    if closers is None or not _may_open(text, start):
        return None
    depth = 1
    for at in range(position + 1, len(marks)):
        here = marks[at]
        if here - start > LONGEST + 1 or "\n\n" in text[marks[at - 1] : here]:
            return None
        letter = text[here]
        if letter in closers and _may_close(text, here):
            depth -= 1
            if depth == 0:
                return at if here > start + 1 else None
        elif letter == mark and _may_open(text, here):
            if mark in "\"'":
                return None
            depth += 1
    return None


def _may_open(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    return at == 0 or text[at - 1] in _OPENS_AFTER


def _may_close(text: str, at: int) -> bool:
    """Tell whether a mark can close; an apostrophe inside a word cannot."""
    if text[at] in "”»":
        return True
    if at == 0 or text[at - 1].isspace():
        return False
    after = text[at + 1 : at + 2]
    # A footnote's number may follow the closing mark.
    return not after or after in _CLOSES_BEFORE or (text[at] == '"' and after.isdigit())
