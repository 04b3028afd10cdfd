"""Estimates over an archive's lists: of whom, from which lists, in which strata."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb

from byname.archive.lists import Progress, Silence
from byname.archive.overlaps import overlaps
from byname.counts.needed import estimation
from byname.counts.question import ask

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation

NAMED = "named"
"""Everybody, whatever befell them."""


def estimate(
    connection: duckdb.DuckDBPyConnection,
    what: str,
    by: Any,
    progress: Progress | None = None,
    **more: Any,
) -> Estimation:
    """Estimate how many there were; see ``Archive.estimate``."""
    tool = estimation()  # says at once when NumPy is missing
    everybody = what == NAMED
    known = {"since", "until", "region_of", "lists", "method", "level", "seed", "linkages"}
    question = ask(
        "executed" if everybody else what, by, False, more.get("region_of") or "residence",
        (more.get("since"), more.get("until")),
        {name: value for name, value in more.items() if name not in known},
    )  # fmt: skip
    seed = int(more.get("seed", 1))
    told = progress or Silence()
    told.step("looking who stands on which lists")
    found = overlaps(
        connection, question, more.get("lists"), everybody, (int(more.get("linkages", 0)), seed)
    )
    shown = ", ".join(f"{name} {value}" for name, value in question.shown.items())
    about = "people" if everybody else f"people {what}"
    asked = replace(
        tool.Asked(), method=more.get("method", "all"), level=more.get("level", 0.95), seed=seed
    )
    about += f" ({shown})" if shown else ""
    made: Estimation = tool.make(found.linkages, asked, about, found.notes, told.step)
    return replace(made, titles=found.titles)
