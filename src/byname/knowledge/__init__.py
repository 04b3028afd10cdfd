"""The evidence base: what is published about the Great Terror, row by row, with citations.

The rows are hand-edited YAML; ``README.md`` in this folder says how to read and add them.
``load()`` returns them as frozen values, checked; ``check()`` returns what is wrong with them.
"""

from byname.knowledge.base import Base, check, load
from byname.knowledge.browse import KINDS, Listed, counts, listed, search
from byname.knowledge.edition import Edition, edition
from byname.knowledge.model import (
    Event,
    Evidence,
    Figure,
    Finding,
    Office,
    Pattern,
    Person,
    Position,
    Question,
    Quotation,
    Short,
    Span,
    Term,
    Window,
    Work,
    Wrong,
)
from byname.knowledge.rows import Problem

__all__ = [
    "KINDS",
    "Base",
    "Edition",
    "Event",
    "Evidence",
    "Figure",
    "Finding",
    "Listed",
    "Office",
    "Pattern",
    "Person",
    "Position",
    "Problem",
    "Question",
    "Quotation",
    "Short",
    "Span",
    "Term",
    "Window",
    "Work",
    "Wrong",
    "check",
    "counts",
    "edition",
    "listed",
    "load",
    "search",
]
