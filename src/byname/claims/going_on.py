"""A share that sums up the sentence before: "503 of the 767 fell. That is two thirds"."""

from __future__ import annotations

import re

from byname.claims.arithmetic import VERDICT, Claimed, grouped, share_nearness
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement

_SUMS_UP = re.compile(
    r"\W*(?:that|this|it|which)\s+(?:is|was|makes?|made|means?|amounts? to|comes? to)\b"
    r"|\W*(?:in other words|i\.e\.|that is)\b|\W*(?:это|то есть|иными словами)\b",
    re.IGNORECASE,
)


def judge_going_on(quantity: Quantity, statement: Statement, reading: Reading) -> Judgement | None:
    """Hold a share that sums up "X of Y" against X divided by Y, both of the text itself."""
    if not _SUMS_UP.match(reading.words_of(statement)) or statement.terms("measure"):
        return None
    for before in reading.before(statement, 1):
        pair = _pair(before.quantities)
        if pair is not None:
            part, whole = pair
            share = 100 * part / whole
            near = share_nearness(Claimed.of(quantity), share, share, share)
            shown = f"{grouped(part)} / {grouped(whole)} = {share:.1f} per cent"
            right = VERDICT[near] == "supported"
            says = "The sum is right" if right else "The sum is another"
            return Judgement(
                quantity.start, quantity.end, "share", VERDICT[near], f"{says}: {shown}.",
                (), shown, "" if right else f"Say {share:.1f} per cent.",
            )  # fmt: skip
    return None


def _pair(told: list[Quantity]) -> tuple[float, float] | None:
    """Return part and whole of the sentence before: "X of Y", or the two numbers it tells."""
    counts = [q for q in told if q.kind == "count"]
    for quantity in reversed(counts):
        if quantity.base:
            return quantity.value, quantity.base
    if len(counts) == 2 and min(q.value for q in counts) > 0:
        return min(q.value for q in counts), max(q.value for q in counts)
    return None
