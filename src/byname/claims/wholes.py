"""What a share is of: the words that name its whole, and what they count."""

from __future__ import annotations

import re

from byname.claims.asked import Asked
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading
from byname.claims.tagging import Tag

POINTING = re.compile(
    r"(?:the |all )?(?:them|these|those|whom|which|people|victims|cases|total|всех|них)\b"
)
"""Words that stand for a whole told before."""
_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|got|would|did|fell|died|perished|met|went|были|был|была)\b"
)
_WHO = re.compile(r"(?:[\w'’]+ ){0,3}?(?:who|that|whom)\s+(?:(?:was|were|had|been|got|the)\s+)+")
"""The verb of those meant, "of those who were sentenced", comes before that of the sentence."""


def whole_span(quantity: Quantity) -> tuple[int, int]:
    """Return where the whole is named: "people arrested" of "people arrested were killed"."""
    first, last = quantity.whole_span
    relative = _WHO.match(quantity.whole)
    verb = _VERB.search(quantity.whole, relative.end() if relative else 0)
    return (first, first + verb.start()) if verb else (first, last)


_OF_ALL = re.compile(
    r"\W*(?:of|among|out of|из|среди)\b(?:[^;:.]|(?<=\d)\.(?=\d))*?,\s", re.IGNORECASE
)
_OF_STRAIGHT = re.compile(
    r"\W*(?:of|among|out of|из|среди) (?:those|all|everyone|everybody|the|тех|всех)\b"
    r"(?:(?!\b(?:was|were|had|have)\b)[^,;:.])*",
    re.IGNORECASE,
)
"""The same without a comma: "Of those convicted in 1937 about half were shot"."""


def _whole_told_before(asked: Asked, reading: Reading) -> tuple[int, int] | None:
    """Return where the whole stands in "Of everybody convicted, half were shot"."""
    start = reading.sentences[asked.statement.sentence].start
    found = _OF_ALL.match(reading.text, start, asked.quantity.start + 1)
    if found and found.end() >= asked.quantity.start - 30:
        return start, found.end()
    if _OF_STRAIGHT.fullmatch(reading.text, start, asked.quantity.start):
        return start, asked.quantity.start
    return None


def whole_measures(asked: Asked, reading: Reading) -> dict[str, float]:
    """Return what the words after "per cent of" count."""
    quantity, terms = asked.quantity, reading.base.rows.terms
    if any(quantity.start <= t.start < quantity.end for t in citizens(asked)):
        return {"population": 0.0}
    first, last = _whole_told_before(asked, reading) or whole_span(quantity)
    found: dict[str, float] = {}
    sentence = reading.sentences[asked.statement.sentence]
    for tag in [t for t in sentence.tags if t.kind == "measure" and not t.inner]:
        if quantity.start <= tag.start < quantity.end or first <= tag.start < last:
            for step, measure in enumerate(terms[tag.term].stands_for or (tag.term,)):
                found.setdefault(measure, 0.05 * step)
    if not found and any(first <= tag.start < last for tag in citizens(asked)):
        found["population"] = 0.0
    return found


def citizens(asked: Asked) -> list[Tag]:
    """Return the words for the people of the whole country."""
    return [t for t in asked.statement.tags if t.term in ("citizens", "ussr", "population")]
