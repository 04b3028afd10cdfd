"""Numbers that a text says are wrong: "not 139,835 but 111,091", "did not kill 20 million"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from byname.claims.model import Judgement
from byname.claims.quantity import Quantity

_NOT: Final = re.compile(
    r"(?<!\w)(?<!if\s)(?:not|never|rather\s+than|instead\s+of|nowhere\s+near|no|не)\s+$"
    # "did not kill 20 million", "не подтвердили семи миллионов"
    r"|(?<!\w)(?:(?:did|does|do|was|were|is|are|has|have|had)(?:\s+not|n['’]t)|never)"
    r"\s+(?:been\s+)?(?!reach|exceed|mention|includ|count)[a-z]{3,14}\s+$"
    r"|(?<!\w)не\s+[а-яё]{4,16}(?:л|ла|ло|ли)\s+$",
    re.IGNORECASE,
)
_WINDOW: Final = 48
_TURNED: Final = {"supported": "contradicted", "contradicted": "supported"}


def denied(text: str, start: int, found: list[Quantity]) -> list[Quantity]:
    """Mark the numbers that the text says are wrong ones."""
    return [
        replace(q, denied=True) if _NOT.search(text, max(start, q.start - _WINDOW), q.start) else q
        for q in found
    ]


def turned(judgement: Judgement | None) -> Judgement | None:
    """Return what a denial is worth: true of a wrong number, false of a right one."""
    if judgement is None or judgement.verdict not in _TURNED:
        return None
    verdict = _TURNED[judgement.verdict]
    how = "Denied rightly." if verdict == "supported" else "Denied, yet it is so."
    return replace(judgement, verdict=verdict, reason=f"{how} {judgement.reason}", suggestion="")
