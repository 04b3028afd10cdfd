"""A share that sums up the sentence before: "503 of the 767 were repressed. That is two thirds." """

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
        for told in reversed(before.quantities):
            if told.base and told.kind == "count":
                share = 100 * told.value / told.base
                near = share_nearness(Claimed.of(quantity), share, share, share)
                shown = f"{grouped(told.value)} / {grouped(told.base)} = {share:.1f} per cent"
                says = "The sum is right" if VERDICT[near] == "supported" else "The sum is another"
                return Judgement(
                    quantity.start, quantity.end, "share", VERDICT[near], f"{says}: {shown}.",
                    (), shown, "" if near in ("same", "near") else f"Say {share:.1f} per cent.",
                )  # fmt: skip
    return None
