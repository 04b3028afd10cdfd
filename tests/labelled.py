"""Texts labelled claim by claim, and how what By Name says of them is scored.

A labelled claim is found when some claim of By Name shares half of the shorter one with it; its
verdict is right when any claim found there has an accepted verdict. A decoy is flagged when a
firm verdict, one other than ``uncheckable``, falls on it and on no labelled claim.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from byname.claims.checking import Checker
from byname.claims.model import Claim

CASES = Path(__file__).parent / "cases"
_HALF = 0.5
_OPTIONAL = "not a claim"
_OTHER_NAMES = {"cannot check": "uncheckable"}


@dataclass(frozen=True, slots=True)
class Label:
    """A statement of a passage, and the verdicts that are right for it."""

    start: int
    end: int
    quote: str
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, its labelled statements, and what in it is no claim."""

    name: str
    text: str
    labels: list[Label]
    decoys: list[tuple[int, int]]


@dataclass(slots=True)
class Score:
    """Counts over passages; two scores add up."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    flagged: int = 0
    claims: int = 0
    """Of those flagged, the ones that stand on a labelled claim."""
    contradicted: int = 0
    supported_instead: int = 0
    decoys: int = 0
    decoys_flagged: int = 0
    misses: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self

    @property
    def shares(self) -> dict[str, float]:
        """Return what the floors are set on, each from 0 to 1."""
        pairs = {
            "found": (self.found, self.wanted),
            "flagged that are claims": (self.claims, self.flagged),
            "verdicts right": (self.right, self.found),
            "contradicted called supported": (self.supported_instead, self.contradicted),
        }
        return {name: part / max(1, whole) for name, (part, whole) in pairs.items()}


def load(path: Path) -> list[Passage]:
    """Return the passages of a labelled file, in any of its forms."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(document, dict) and "document" in document:
        text = (path.parent / document["document"]).read_text(encoding="utf-8")
        document = [{**document, "passage": text}]
    essays = document["essays"] if isinstance(document, dict) else document
    return [_passage(essay, str(number)) for number, essay in enumerate(essays, 1)]


def _passage(essay: dict[str, Any], number: str) -> Passage:
    text = essay["passage"]
    others = [
        said if isinstance(said, str) else said["quote"] for said in essay.get("non_claims", [])
    ]
    decoys = [(text.find(said), text.find(said) + len(said)) for said in others if said in text]
    return Passage(
        str(essay.get("id", number)), text, [_label(c, text) for c in essay["claims"]], decoys
    )


def _label(claim: dict[str, Any], text: str) -> Label:
    quote = claim["quote"]
    start = claim.get("start", text.find(quote))
    verdicts = [claim.get("expected_verdict") or claim["verdict"]]
    verdicts += claim.get("also_acceptable") or claim.get("also") or []
    accepted = tuple(_OTHER_NAMES.get(verdict, verdict) for verdict in verdicts)
    return Label(start, claim.get("end", start + len(quote)), quote, accepted)


def shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return which part of the shorter of two ranges lies in both."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / max(1, min(one[1] - one[0], other[1] - other[0]))


def score(passage: Passage, claims: list[Claim]) -> Score:
    """Hold what was found in a passage against its labels."""
    total = Score(decoys=len(passage.decoys))
    used: set[int] = set()
    for label in passage.labels:
        spans = [(shared((label.start, label.end), (c.start, c.end)), at)
                 for at, c in enumerate(claims)]  # fmt: skip
        hits = [at for part, at in sorted(spans, reverse=True) if part >= _HALF]
        used.update(hits)
        _count(total, label, [claims[at].verdict for at in hits], passage.name)
    firm = [at for at, claim in enumerate(claims) if claim.verdict != "uncheckable"]
    total.flagged, total.claims = len(firm), len(used.intersection(firm))
    for decoy in passage.decoys:
        hit = [at for at in firm if at not in used
               and shared(decoy, (claims[at].start, claims[at].end)) >= _HALF]  # fmt: skip
        total.decoys_flagged += bool(hit)
        total.misses += [f"{passage.name} flagged: {claims[at].text[:70]}" for at in hit]
    return total


def _count(total: Score, label: Label, verdicts: list[str], name: str) -> None:
    if not verdicts and _OPTIONAL in label.accepted:
        return
    total.wanted += 1
    if not verdicts:
        total.misses.append(f"{name} missed: {label.quote[:70]}")
        return
    total.found += 1
    if any(verdict in label.accepted for verdict in verdicts):
        total.right += 1
    else:
        total.misses.append(
            f"{name} {verdicts[0]} instead of {label.accepted[0]}: {label.quote[:70]}"
        )
    if label.accepted == ("contradicted",):
        total.contradicted += 1
        total.supported_instead += "supported" in verdicts


def scored(checker: Checker, passages: list[Passage]) -> Score:
    """Check passages and return the score of all of them."""
    total = Score()
    for passage in passages:
        total += score(passage, checker.check(passage.text).claims)
    return total


def table(scores: dict[str, Score]) -> str:
    """Return scores as a table, a line a file."""
    heads = ("found", "flagged that are claims", "verdicts right", "contradicted called supported")
    lines = [
        f"{'':24}{'found':>16}{'are claims':>16}{'right':>16}{'called right':>14}{'decoys':>10}"
    ]
    for name, one in scores.items():
        part = one.shares
        cells = (
            f"{one.found}/{one.wanted} {part[heads[0]]:.3f}",
            f"{one.claims}/{one.flagged} {part[heads[1]]:.3f}",
            f"{one.right}/{one.found} {part[heads[2]]:.3f}",
        )
        wrong = f"{one.supported_instead}/{one.contradicted}"
        lines.append(
            f"{name:24}" + "".join(f"{cell:>16}" for cell in cells)
            + f"{wrong:>14}{f'{one.decoys_flagged}/{one.decoys}':>10}"
        )  # fmt: skip
    return "\n".join(lines)
