"""Checked texts made by hand, so that pages can be tested without the engine."""

from __future__ import annotations

from byname.claims.model import Checked, Cited, Claim
from byname.knowledge import Edition

EDITION = Edition("2026-11-23", 1234, 56, "0123456789ab")
BOOK = "Petrov, N. V., and A. B. Roginsky, The Polish operation (Moscow, 1997)"


def claim(text: str, words: str, verdict: str, **more: object) -> Claim:
    """A claim over the first place where ``words`` stand in ``text``."""
    start = text.index(words)
    values: dict[str, object] = {"kind": "quantity", "reason": f"Because it is {verdict}."}
    values |= more
    return Claim(start, start + len(words), words, verdict=verdict, **values)  # type: ignore[arg-type]


TEXT = (
    "A title without a stop\n\nIn 1937-38 the courts had 681,692 people shot. "
    "That is 1,500 a day.\nStalin ordered the murder of Kirov. It was shot on 3 May 1939 & so on.\n"
    "Nobody knows what <b>he</b> thought in 1936."
)


def checked() -> Checked:
    """A text with a claim of every verdict."""
    return Checked(
        TEXT,
        [
            claim(TEXT, "681,692 people shot", "supported",
                  evidence=(Cited("EX-3738", "Shot in 1937-38: 681,692", BOOK),)),
            claim(TEXT, "1,500 a day", "imprecise", computed="681,692 / 730 = 934 a day",
                  suggestion="Say 934 a day.",
                  evidence=(Cited("RATE", "A day: 934", BOOK, confirmed=False),)),
            claim(TEXT, "Stalin ordered the murder of Kirov", "contested"),
            claim(TEXT, "shot on 3 May 1939 & so", "contradicted"),
            claim(TEXT, "what <b>he</b> thought in 1936", "uncheckable"),
        ],
    )  # fmt: skip
