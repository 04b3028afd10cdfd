"""Estimates from a table of cells, without an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from byname.counts.estimates.cells import Cells, read_strata
from byname.counts.needed import estimation

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation


def estimate(
    table: Cells | str | os.PathLike[str],
    method: str = "all",
    level: float = 0.95,
    by: Sequence[str] = (),
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
        UsageError: no such method.
        MissingExtraError: NumPy or SciPy is not installed.

    """
    tool = estimation()
    tables = {"": table} if isinstance(table, Cells) else read_strata(Path(table), by)
    asked = tool.Asked(method, level, seed)
    made: Estimation = tool.make([tables], asked, "people", (), progress)
    return made
