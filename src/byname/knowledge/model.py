"""The rows of the evidence base as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Element = frozenset[str]
"""One demand of a pattern: any of these terms meets it."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.last - self.first).days + 1

    def overlaps(self, other: Window) -> bool:
        """Tell whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Window) -> bool:
        """Tell whether ``other`` lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def shared(self, other: Window) -> int:
        """Return how many days both hold."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)


@dataclass(frozen=True, slots=True)
class Term:
    """A thing that texts call by many names.

    ``stands_for`` is told of vague measure words only: the measures they may mean.
    """

    id: str
    kind: str
    forms: tuple[str, ...]
    within: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class More:
    """More forms of a term that another row defines."""

    id: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A book, article or edition of documents."""

    key: str
    author: str
    title: str
    year: str
    rest: str = ""
    """What else a reader needs to find it: journal, place, publisher, pages, archive."""
    url: str = ""

    @property
    def citation(self) -> str:
        """Return the work as one line of a bibliography."""
        head = ", ".join(part for part in (self.author, self.title) if part)
        tail = "; ".join(part for part in (self.rest, self.year) if part)
        return f"{head} ({tail})" if tail else head


@dataclass(frozen=True, slots=True)
class Pattern:
    """What must stand in a statement: every element of ``says``, no term of ``without``."""

    says: tuple[Element, ...]
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What every citable row has."""

    id: str
    states: str
    sources: tuple[str, ...]
    reference: str = ""
    confirmed: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Evidence):
    """A published number. ``value``, ``low`` and ``high`` are in ``unit``."""

    counted: str
    about: tuple[Element, ...]
    fits: frozenset[str]
    window: Window | None
    value: float
    low: float
    high: float
    unit: str = "persons"
    base: float | None = None
    base_id: str = ""
    standing: str = "archive"
    said_by: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Evidence):
    """A stretch of time over which totals are spread when a rate is worked out."""

    window: Window


@dataclass(frozen=True, slots=True)
class Short:
    """An event in a few words, for the margin of a chart; ``kind`` is one of ``SHORT_KINDS``."""

    en: str
    ru: str
    kind: str


SHORT_KINDS = ("murder", "order", "plenum", "trial", "war")
"""What kinds of events are marked: decisions of the centre, and what was feared abroad."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Evidence):
    """Something that happened within ``when``."""

    about: tuple[Element, ...]
    act: frozenset[str]
    when: Window
    edtf: str
    main: bool = False
    where: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    not_by: frozenset[str] = frozenset()
    person: str = ""
    short: Short | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Evidence):
    """A post somebody held. ``first``/``last`` are the windows of taking and leaving it."""

    person: str
    office: str
    first: Window | None
    last: Window | None
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a text may name."""

    id: str
    name: str
    described: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A pattern of statements at odds with a finding, and why they are."""

    pattern: Pattern
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Evidence):
    """What is settled, and how it is often got wrong."""

    agrees: tuple[Pattern, ...] = ()
    contradicts: tuple[Wrong, ...] = ()
    blurs: tuple[Wrong, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Evidence):
    """One answer to a question on which specialists differ."""

    question: str = ""
    patterns: tuple[Pattern, ...] = ()
    holders: tuple[str, ...] = ()
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question on which specialists differ."""

    id: str
    question: str
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Distortion:
    """A wording that goes round and is not what was said."""

    text: str
    why: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Evidence):
    """Words somebody said or is said to have said."""

    speaker: str
    when: Window | None
    edtf: str = ""
    occasion: str = ""
    wordings: tuple[str, ...] = ()
    distortions: tuple[Distortion, ...] = ()
    gist: tuple[Pattern, ...] = ()
    standing: str = "attested"


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, by kind."""

    terms: dict[str, Term] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    windows: dict[str, Span] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    quotations: dict[str, Quotation] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
