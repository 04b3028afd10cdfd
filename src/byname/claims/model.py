"""Claims and verdicts, as the command line, Python and the pages show them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

VERDICTS = ("contradicted", "imprecise", "contested", "supported", "uncheckable")
"""From the gravest to the least telling: a statement with several parts gets the first."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A row of the evidence base that bears on a claim."""

    id: str
    value: str
    """What the row says, in words and numbers."""
    source: str
    """Who says so and where, as one line."""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reading of one stretch of text comes to, before readings are put together."""

    start: int
    end: int
    kind: str
    verdict: str
    reason: str
    evidence: tuple[str, ...] = ()
    computed: str = ""
    suggestion: str = ""
    weight: float = 1.0
    """How sure it is that the evidence speaks of the same thing: 0 to 1."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement: half-open character range, verdict, reason, evidence."""

    start: int
    end: int
    text: str
    kind: str
    verdict: str
    reason: str
    evidence: tuple[Cited, ...] = ()
    computed: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with its claims in order."""

    text: str
    claims: list[Claim] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many claims have each verdict."""
        found = dict.fromkeys(VERDICTS, 0)
        for claim in self.claims:
            found[claim.verdict] += 1
        return found

    def as_dict(self) -> dict[str, Any]:
        """Return what ``byname check --json`` prints."""
        return {"claims": [asdict(claim) for claim in self.claims], "verdicts": self.counts()}
