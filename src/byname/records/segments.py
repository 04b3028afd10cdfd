"""Cuts the text of an entry into statements at the words that open them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from byname.dates import DATE
from byname.records.draft import sentence_end
from byname.vocabulary import key_of, pattern, table


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


_LOWER_START = re.compile(r"[а-яії]")


def with_context(text: str, found: list[Segment]) -> list[Segment]:
    """Give "Тройкой УНКВД 22 августа 1937 г. приговорен ..." the words before its verb."""
    out: list[Segment] = []
    for segment in found:
        previous = out[-1] if out else None
        if (
            previous is not None
            and previous.topic == "charge"
            and segment.topic == "tried"
            and not text[previous.start : segment.lead].strip()
        ):
            out[-1] = previous._replace(end=segment.end)  # "обв.: осужден по ст. 58-10"
            continue
        arrived = _ARRIVED.search(text, previous.start, segment.lead) if previous else None
        if previous is not None and segment.topic == "served" and arrived:
            out[-1] = previous._replace(end=arrived.start())  # "Выселена. 06.03.40 прибыла на ..."
            out.append(segment._replace(start=arrived.start()))
            continue
        if previous is not None and _goes_on(text, previous, segment):
            out[-1] = previous._replace(end=segment.end)  # "дело прекращено, освобожден из-под ..."
            continue
        if (
            previous is not None
            and segment.topic in {"tried", "arrest", "execution", "banished"}
            and _LOWER_START.match(text, segment.lead)
        ):
            at = _sentence_start(text, previous.start, segment.lead)
            if (
                previous.topic in {"verdict", "banished"}
                and at == previous.start
                and text[at : segment.lead].strip(" .:")
            ):
                out[-1] = previous._replace(end=segment.end)  # "раскулачен, выслан в Сибирь"
                continue
            before = text[at : segment.lead]
            clause = before.rpartition(", ")[2]  # a trade may name the NKVD, too
            if at > previous.start and (DATE.search(before) or key_of("bodies", clause)):
                out[-1] = previous._replace(end=at)
                out.append(segment._replace(start=at))
                continue
        out.append(segment)
    return out


_ARRIVED = re.compile(r"\d\d?\.\d\d?\.\d\d(?:\d\d)?\s*$")
_SET_FREE = re.compile(r"освобожд|из-под", re.IGNORECASE)


def _goes_on(text: str, previous: Segment, segment: Segment) -> bool:
    """Tell whether a release only ends the wording of a closed case."""
    return (
        previous.topic == "verdict"
        and segment.topic == "release"
        and bool(_SET_FREE.match(text, segment.lead))
        and key_of("sentences", text[previous.start : segment.lead]) == "closed"
    )


def _sentence_start(text: str, start: int, end: int) -> int:
    at = start
    while True:
        stop = sentence_end(text, at, end)
        if stop >= end or not text[stop:end].strip(" ."):
            break
        at = stop + 1
    line = text.rfind("\n", at, end)
    return max(at, line + 1)
