"""What a tally rests on, in sentences."""

from __future__ import annotations

from byname.counts.events import EVENTS
from byname.counts.question import Question


def basis(question: Question) -> list[str]:
    """Return what is counted and how."""
    return [EVENTS[question.what]]
