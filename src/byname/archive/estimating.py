"""Estimates over an archive's lists: of whom, from which lists, in which strata."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb

from byname.archive.lists import Progress, Silence
from byname.archive.overlaps import overlaps
from byname.counts.estimates.whom import About
from byname.counts.events import EVENTS
from byname.counts.needed import estimation
from byname.counts.question import TIME, Question, ask
from byname.errors import UsageError

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
    everybody = what.strip().lower() == NAMED
    question = _asked("executed" if everybody else what, by, more)
    if everybody:
        _not_of_an_event(question)
    seed = int(more.get("seed", 1))
    asked = tool.Asked(more.get("method", "all"), more.get("level", 0.95), seed)
    tool.check(asked)
    told = progress or Silence()
    told.step("looking who stands on which lists")
    found = overlaps(
        connection, question, more.get("lists"), everybody, (int(more.get("linkages", 0)), seed)
    )
    about = About(NAMED if everybody else question.what, question.shown)
    made: Estimation = tool.make(found.linkages, asked, about, found.notes, told.step)
    return replace(made, titles=found.titles, by=question.by)


def _asked(what: str, by: Any, more: dict[str, Any]) -> Question:
    """Return the question, whose words may be wrong."""
    if what.strip().lower() not in EVENTS:
        raise UsageError(
            f'Nobody is estimated as "{what}"; choose one of: {", ".join([*EVENTS, NAMED])}.'
        )
    for name, instead in (("source", "lists"), ("draws", "linkages"), ("records", "lists")):
        if more.get(name):
            raise UsageError(f"An estimate takes no {name}; say {instead} instead.")
    own = {"since", "until", "region_of", "lists", "method", "level", "seed", "linkages",
           "source", "draws", "records"}  # fmt: skip
    return ask(
        what, by, False, more.get("region_of") or "residence",
        (more.get("since"), more.get("until")),
        {name: value for name, value in more.items() if name not in own},
    )  # fmt: skip


def _not_of_an_event(question: Question) -> None:
    """Say that dates of nothing in particular cannot be asked for."""
    dated = [axis for axis in question.by if axis in (*TIME, "age")]
    if dated or question.window:
        which = f"--by {dated[0]}" if dated else "A span of time"
        raise UsageError(
            f"{which} goes by the date of an event, and --what named is about none; choose an "
            f"event with --what: {', '.join(EVENTS)}."
        )
