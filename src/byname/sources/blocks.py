"""Lines gathered into blocks, for the text formats where one person covers several lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from byname.sources.inputs import ENTRY_LIMIT, SHOWN_LIMIT
from byname.sources.text import Line


class Block(NamedTuple):
    """Consecutive lines as they stand; ``fault`` is that of the first damaged line."""

    line: int
    text: str
    fault: str | None = None


def blocks(lines: Iterable[Line], ends: Callable[[str], bool]) -> Iterator[Block]:
    """Yield what stands between the lines for which ``ends`` holds; blank blocks are left out.

    A block longer than one entry may be is cut short and comes with a fault.
    """
    gathered: list[str] = []
    first, size, fault = 0, 0, None
    for line in lines:
        if line.fault is None and ends(line.text):
            if gathered:
                yield _block(first, gathered, fault)
            gathered, size, fault = [], 0, None
            continue
        if not gathered:
            if not line.text.strip():
                continue
            first = line.number
        size += len(line.text) + 1
        fault = fault or line.fault
        if size > ENTRY_LIMIT and fault is None:
            fault = f"The text has more than {ENTRY_LIMIT / 1e6:.0f} million characters."
        if size <= ENTRY_LIMIT or len(gathered) < 2:
            gathered.append(line.text)
    if gathered:
        yield _block(first, gathered, fault)


def _block(first: int, gathered: list[str], fault: str | None) -> Block:
    while not gathered[-1].strip():
        gathered.pop()
    text = "\n".join(gathered)
    return Block(first, text[:SHOWN_LIMIT] if fault else text, fault)


def is_blank(text: str) -> bool:
    """Whether a line is empty but for blanks."""
    return not text.strip()


def is_rule(text: str) -> bool:
    """Whether a line is drawn of dashes, as between the bodies of lists.memo.ru."""
    plain = text.strip()
    return len(plain) >= 3 and not plain.strip("-—–_=*")
