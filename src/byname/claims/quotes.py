"""Quotations: which stretches of a text stand between quotation marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST: Final = 600
"""A longer stretch is rather two marks that do not belong together."""

_PAIRS: Final = {"“": "”", "«": "»", "„": "“”", "‘": "’", "‚": "‘’", '"': '"', "'": "'"}
_DEEPEST: Final = 4
"""Quotations inside quotations do not go deeper."""
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
    found: list[Quote] = []
    opened: list[int] = []
    for at, letter in enumerate(text):
        if letter not in _MARKS:
            continue
        depth = _opener(text, opened, at)
        if depth is not None:
            start = opened[depth]
            del opened[depth:]
            while found and found[-1].start > start:
                found.pop()  # it stands inside this one
            found.append(Quote(start, at + 1, start + 1, at))
        elif letter in _PAIRS and _may_open(text, at):
            opened.append(at)
            del opened[:-_DEEPEST]
    return found


def _opener(text: str, opened: list[int], at: int) -> int | None:
    """Return the index in ``opened`` of the mark that the one at ``at`` closes."""
    if not _may_close(text, at):
        return None
    for depth in range(len(opened) - 1, -1, -1):
        start = opened[depth]
        if at - start > LONGEST + 1:
            return None
        if text[at] in _PAIRS[text[start]] and at > start + 1 and "\n\n" not in text[start:at]:
            return depth
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
