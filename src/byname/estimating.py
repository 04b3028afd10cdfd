"""Estimates from a table of cells, without an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from byname.counts.estimates.cell_files import read_strata
from byname.counts.estimates.cells import Cells
from byname.counts.needed import estimation
from byname.errors import UsageError

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation


def estimate(
    table: Cells | str | os.PathLike[str],
    method: str = "all",
    level: float = 0.95,
    by: str | Sequence[str] = (),
    seed: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Estimation:
    """Estimate how many there were, those on no list included.

        byname.estimate("kosovo.csv").results[0].estimate

    Args:
        table: cells, or a CSV file with one 0/1 column a list and a column ``count``.
        method: "lcmcr", "bma", "loglinear", "chao", "lincoln-petersen" or "all".
        level: of the intervals.
        by: columns of the file that part the people into strata.
        seed: of all that is drawn; the same seed gives the same figures.
        progress: told what is being done.

    Raises:
        EstimateError: the table is malformed or bears no estimate.
        UsageError: no such method, or ``by`` beside cells.
        MissingExtraError: NumPy or SciPy is not installed.

    """
    given = [by] if isinstance(by, str) else list(by)
    axes = [one.strip() for words in given for one in words.split(",") if one.strip()]
    if isinstance(table, Cells) and axes:
        raise UsageError(
            "Cells have no columns to part people by; name a CSV file, or leave by out."
        )
    tool = estimation()
    tables = {"": table} if isinstance(table, Cells) else read_strata(Path(table), axes)
    asked = tool.Asked(method, level, seed)
    made: Estimation = tool.make([tables], asked, tell=progress)
    return made
