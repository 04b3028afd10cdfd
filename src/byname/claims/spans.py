"""Small helpers over character ranges and word lists."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


def words_of(lines: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(lines.split())


def phrases(pattern: str) -> str:
    """Return a pattern in which a blank stands for any white space between two words."""
    return pattern.replace("[- ]", r"[-\s]").replace(" ", r"\s+")


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return ranges in order, those that overlap made one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


class Covered:
    """Says which of some ranges covers a position."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = merged(spans)
        self._starts = [start for start, _ in self.spans]

    def until(self, at: int) -> int:
        """Return where the range that covers ``at`` ends, 0 if none does."""
        found = bisect_right(self._starts, at) - 1
        return self.spans[found][1] if found >= 0 and at < self.spans[found][1] else 0

    def touches(self, start: int, end: int) -> bool:
        """Tell whether some range shares a character with ``start:end``."""
        found = bisect_right(self._starts, max(start, end - 1)) - 1
        return found >= 0 and self.spans[found][1] > start

    def after(self, at: int, otherwise: int) -> int:
        """Return where the first range that begins at or after ``at`` begins."""
        found = bisect_right(self._starts, at - 1)
        return self._starts[found] if found < len(self._starts) else otherwise
