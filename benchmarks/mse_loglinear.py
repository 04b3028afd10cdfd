"""All hierarchical log-linear models of published tables: Rcapture in R, and ours, in one run.

    python benchmarks/mse_loglinear.py [SHARED] [--only NAME] [--six] [--repeat N]

For every table of capture patterns in SHARED/data/mse (three to five lists; ``--six`` adds those of
six, on which R takes minutes): the best models by AIC and by BIC with their estimates, and the
seconds, by ``closedpMS.t`` of the R package Rcapture and by ``byname.counts.estimates.loglinear``.
R's time is of the fits alone, ours of the whole estimate (fits, intervals, average, warnings); the
fits alone stand beside it. Where R or its package is not installed, the benchmark says so and
prints ours. Where R prints a number for a model that has no finite estimate, the reason stands
below the line.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.hierarchical_fits import rank
from byname.counts.estimates.loglinear import estimate
from byname.counts.estimates.searching import default_order
from byname.errors import EstimateError

SAME = 1e-4
"""Estimates that differ by less than this share are the same."""

R_SCRIPT = r"""
suppressMessages(library(Rcapture))
args <- commandArgs(trailingOnly = TRUE)
d <- as.matrix(read.csv(args[1]))
took <- system.time(r <- suppressWarnings(
  closedpMS.t(d, dfreq = TRUE, maxorder = as.integer(args[2]))$results))[3]
cat(took, nrow(r), "\n", sep = "\t")
for (criterion in c("AIC", "BIC")) {
  at <- which.min(r[, criterion])
  said <- sprintf("%.10g", r[at, c("abundance", "stderr", criterion)])
  cat(rownames(r)[at], said, "\n", sep = "\t")
}
"""


@dataclass(frozen=True)
class FromR:
    """What R says of a table: seconds, models, and (model, estimate, error, value) by criterion."""

    seconds: float
    models: int
    best: dict[str, tuple[str, float, float, float]]


def r_is_here() -> bool:
    """Whether R and Rcapture are installed."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "library(Rcapture)"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def from_r(path: Path, order: int) -> FromR:
    """Have R fit all models of a table."""
    asked = ["Rscript", "-e", R_SCRIPT, str(path), str(order)]
    text = subprocess.run(asked, capture_output=True, check=True, text=True).stdout
    lines = [line.split("\t") for line in text.splitlines()]
    best = {
        name: (row[0], float(row[1]), float(row[2]), float(row[3]))
        for name, row in zip(("aic", "bic"), lines[1:3], strict=True)
    }
    return FromR(float(lines[0][0]), int(lines[0][1]), best)


def timed(lists: Cells, repeat: int) -> tuple[float, float]:
    """Return the seconds of the whole estimate and of the fits alone, the best of some runs."""
    whole, fits = [], []
    for _ in range(repeat):
        start = time.perf_counter()
        estimate(lists)
        whole.append(time.perf_counter() - start)
        start = time.perf_counter()
        rank(lists, default_order(len(lists.lists)))
        fits.append(time.perf_counter() - start)
    return min(whole), min(fits)


def numbered(model: str, lists: tuple[str, ...]) -> str:
    """Write ``[A B][C]`` as R does: ``[12,3]``."""
    terms = [term.split() for term in model.strip("[]").split("][")]
    return (
        "["
        + ",".join(sorted("".join(str(lists.index(one) + 1) for one in term) for term in terms))
        + "]"
    )


def people(number: float) -> str:
    """Write a number of people, or one that is no number of people."""
    return f"{number:,.1f}" if number < 1e9 else f"{number:.1e}"


def lines_of(path: Path, with_r: bool, repeat: int) -> Iterator[str]:
    """Yield what is printed of a table."""
    lists = read_cells(path)
    order = default_order(len(lists.lists))
    whole, fits = timed(lists, repeat)
    details = estimate(lists).diagnostics.details
    peer = from_r(path, order) if with_r else None
    ratio = f"R {peer.seconds:8.2f} s   {peer.seconds / whole:6.0f} times" if peer else ""
    yield (
        f"{path.stem}   {len(lists.lists)} lists, {details['models_fitted']:,} models, "
        f"{details['models_refused']:,} refused   ours {whole:6.3f} s (fits {fits:6.3f})   {ratio}"
    )
    for name in ("aic", "bic"):
        best = details[f"best_{name}"]
        model = numbered(best["model"], lists.lists)
        low, high = best["low"], best["high"] or float("inf")
        yield (
            f"   {name.upper()}  ours {model:34} {people(best['estimate']):>12} "
            f"({people(best['standard_error'])}) [{low:,.0f}, {high:,.0f}] {best[name]:.3f}"
        )
        if peer is None:
            continue
        theirs, number, error, value = peer.best[name]
        same = abs(number / best["estimate"] - 1.0) < SAME
        yield (
            f"        R    {theirs:34} {people(number):>12} ({people(error)}) {value:.3f} "
            f"{'same' if same else 'DIFFERS'}"
        )
        if not same and best["passed_over"]:
            yield (
                f"        R's model has no finite estimate on this table "
                f"({numbered(best['passed_over'], lists.lists)}: {best['passed_over_for']})"
            )


def tables(folder: Path, most: int, only: str) -> Iterator[Path]:
    """Yield the tables of up to so many lists, a table under two names once."""
    seen = set()
    for path in sorted(folder.glob("*.csv")):
        try:
            lists = read_cells(path)
        except EstimateError:
            continue
        key = tuple(sorted(lists.counts.items()))
        if only in path.name and len(lists.lists) <= most and key not in seen:
            seen.add(key)
            yield path


def main() -> None:
    """Run the benchmark."""
    default = os.environ.get("BYNAME_SHARED", str(Path(__file__).resolve().parents[2] / "shared"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("shared", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--only", default="", help="part of a table's name")
    parser.add_argument("--six", action="store_true", help="tables of six lists too")
    parser.add_argument("--repeat", type=int, default=3, help="ours: the best of so many runs")
    given = parser.parse_args()
    folder = given.shared / "data" / "mse"
    if not folder.is_dir():
        sys.exit(f"{folder} is not here: give the folder of the shared data.")
    with_r = r_is_here()
    if not with_r:
        print("Rscript or its package Rcapture is not installed: ours alone.")
    for path in tables(folder, 6 if given.six else 5, given.only):
        for line in lines_of(path, with_r, given.repeat):
            print(line, flush=True)


if __name__ == "__main__":
    main()
