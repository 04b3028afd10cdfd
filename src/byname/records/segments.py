"""Cuts the text of an entry into statements at the words that open them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from byname.vocabulary import pattern, table


class Segment(NamedTuple):
    """One statement: what it is about, its opening words and its content.

    ``lead``..``lead_end``: the opening words; ``start``..``end``: the content, which in running
    prose ("тройкой УНКВД ... приговорен к ВМН") may begin before them.
    """

    topic: str
    lead: int
    lead_end: int
    start: int
    end: int


@cache
def _leads() -> re.Pattern[str]:
    rows = []
    for topic, sources in table("leadins").items():
        joined = "|".join(sources)
        pattern("leadins", topic, joined, 0)
        rows.append(f"(?P<{topic}>{joined})")
    return re.compile(rf"(?<![\w\-])(?:{'|'.join(rows)})")


def segments(text: str, start: int, end: int) -> list[Segment]:
    """Return the statements of ``text[start:end]`` in order.

    What stands before the first opening word comes first with the topic "head".
    Opening words inside parentheses and quotes do not open a statement.
    """
    marks = [
        (match.lastgroup or "", match.start(), match.end())
        for match in _leads().finditer(text, start, end)
        if match.lastgroup == "variants" or not _enclosed(text, start, match.start())
    ]
    first = marks[0][1] if marks else end
    found = [Segment("head", start, start, start, first)]
    for index, (topic, lead, after) in enumerate(marks):
        stop = marks[index + 1][1] if index + 1 < len(marks) else end
        found.append(Segment(topic, lead, after, after, stop))
    return found


def _enclosed(text: str, start: int, at: int) -> bool:
    line = max(start, text.rfind("\n", start, at) + 1)
    opened = text.count("(", line, at) - text.count(")", line, at)
    if opened > 0 and text.find(")", at) > 0:
        return True
    return text.count('"', line, at) % 2 == 1 and text.find('"', at) > 0
