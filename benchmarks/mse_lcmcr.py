"""Latent classes of published tables: the R package LCMCR, and ours, in one run.

    python benchmarks/mse_lcmcr.py [SHARED] [--only NAME] [--r-seconds 10] [--seed 1] [--without-r]

For every table in SHARED/data/mse: the posterior median of N with its 95 % interval by
``byname.counts.estimates.lcmcr`` at its default effort, R-hat over its chains, the modes of its
draws, and the effective draws of N a second, both of the sampling alone and of the whole wall time
(starting workers and warming up included); then the same by ``lcmCR`` of the R package, K = 10,
one chain: 20,000 sweeps of burn-in, then sweeps for ``--r-seconds``, every tenth kept. Effective
draws of both are bulk ones, R's of its one chain, split in two. R's chain runs on one core, ours in
two worker processes: ``a core`` is the ratio of the rates of sampling with ours halved. A chain
that never leaves one mode looks quick: where R's split R-hat, or its interval beside ours, shows
that it did not meet the others, its rate means little. Where R or its package is not installed,
the benchmark says so and compares with the rates that were recorded of it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.convergence import convergence
from byname.counts.estimates.lcmcr import estimate
from byname.counts.estimates.model import Estimate
from byname.errors import EstimateError

BURN_IN = 20_000
THINNING = 10
RECORDED = {
    "lcmcr_kosovo": 65.0,
    "sparsemse_UKdat_5": 65.0,
    "rcapture_HIV": 1400.0,
    "sparsemse_NewOrl": 1500.0,
}
"""Effective draws a second of R's chain, recorded on one core of another day."""
R_SCRIPT = r"""
suppressMessages(library(LCMCR))
asked <- commandArgs(trailingOnly = TRUE)
burn_in <- as.integer(asked[2]); thinning <- as.integer(asked[3])
wanted <- as.numeric(asked[4]); seed <- as.integer(asked[5])
people <- read.csv(asked[1])
lists <- ncol(people) - 1
for (at in seq_len(lists)) people[[at]] <- factor(people[[at]], levels = c(0, 1))
names(people)[lists + 1] <- "Freq"
chain <- lcmCR(people, tabular = TRUE, K = 10, a_alpha = 0.25, b_alpha = 0.25, seed = seed,
  buffer_size = 10000, thinning = 100)
now <- function() proc.time()[["elapsed"]]
start <- now()
none <- lcmCR_PostSampl(chain, burnin = burn_in, samples = 1, thinning = 1, output = FALSE)
warm <- now() - start
draws <- max(100, ceiling(wanted * burn_in / max(warm, 0.01) / thinning))
start <- now()
N <- lcmCR_PostSampl(chain, burnin = 0, samples = draws, thinning = thinning,
  clear_buffer = TRUE, output = FALSE)
took <- now() - start
cat(warm, took, "\n", sep = "\t")
write(N, asked[6], ncolumns = 1)
"""


@dataclass(frozen=True)
class FromR:
    """What R's chain gave: seconds of burn-in and of sampling, every tenth N."""

    warm: float
    seconds: float
    draws: NDArray[np.float64]

    @property
    def rate(self) -> float:
        """Effective draws a second of sampling."""
        return convergence(self.draws[None, :]).ess_bulk / self.seconds


def r_is_here() -> bool:
    """Whether R and LCMCR are installed."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "library(LCMCR)"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def from_r(path: Path, seconds: float, seed: int) -> FromR:
    """Have R run one chain on a table for about so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "draws.txt"
        numbers = [str(one) for one in (BURN_IN, THINNING, seconds, seed)]
        asked = ["Rscript", "-e", R_SCRIPT, str(path), *numbers, str(out)]
        text = subprocess.run(asked, capture_output=True, check=True, text=True).stdout
        warm, took = (float(one) for one in text.splitlines()[-1].split()[:2])
        return FromR(warm, took, np.loadtxt(out))


def shown(middle: float, low: float, high: float) -> str:
    return f"{middle:,.0f} [{low:,.0f}, {high:,.0f}]"


def line(path: Path, given: argparse.Namespace, with_r: bool) -> str:
    """Return what is printed of a table."""
    cells = read_cells(path)
    start = time.perf_counter()
    mine = estimate(cells, seed=given.seed)
    wall = time.perf_counter() - start
    found = mine.diagnostics.details
    peer = from_r(path, given.r_seconds, given.seed) if with_r else None
    rate = peer.rate if peer else RECORDED.get(path.stem)
    times = f"{found['ess_per_second'] / rate:6.1f} {found['ess_per_second'] / 2 / rate:6.1f} "
    of_r = f"{'-':28} {'-':>7} {rate or float('nan'):8,.0f}"
    if peer:
        low, middle, high = np.quantile(peer.draws, [0.025, 0.5, 0.975])
        rhat = convergence(peer.draws[None, :]).rhat
        of_r = f"{shown(middle, low, high):28} {rhat:7.3f} {rate:8,.0f}"
    return (
        f"{path.stem:24} {len(cells.lists):5} {ours(mine):52} {found['ess_per_second']:8,.0f} "
        f"{found['ess_bulk'] / wall:8,.0f} {wall:6.1f}   {of_r} {times if rate else ''}"
    )


def ours(mine: Estimate) -> str:
    """Return median and interval, R-hat, effective draws of the worse end, and modes."""
    found = mine.diagnostics.details
    if mine.estimate is None or mine.low is None or mine.high is None:
        return "no figure"
    return (
        f"{shown(mine.estimate, mine.low, mine.high):28} {found['rhat']:7.4f} "
        f"{found['ess_tail']:8,.0f} {len(found['modes']):5}"
    )


def tables(folder: Path, only: str) -> list[Path]:
    """The tables, one under two names once."""
    found, seen = [], set()
    for path in sorted(folder.glob("*.csv")):
        try:
            lists = read_cells(path)
        except EstimateError:
            continue
        key = tuple(sorted(lists.counts.items()))
        if only in path.name and key not in seen:
            seen.add(key)
            found.append(path)
    return found


def main() -> None:
    """Run the benchmark."""
    default = os.environ.get("BYNAME_SHARED", str(Path(__file__).resolve().parents[2] / "shared"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("shared", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--only", default="", help="part of a table's name")
    parser.add_argument("--r-seconds", type=float, default=10.0, help="R's sampling, a table")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-r", action="store_true", help="compare with recorded rates")
    given = parser.parse_args()
    folder = given.shared / "data" / "mse"
    if not folder.is_dir():
        sys.exit(f"{folder} is not here: give the folder of the shared data.")
    with_r = not given.without_r and r_is_here()
    if not with_r:
        print("R is not asked, or Rscript or its package LCMCR is not installed: recorded rates.")
    print(
        f"{'table':24} lists {'ours':28} {'R-hat':>7} {'ESS tail':>8} modes {'ESS/s':>8} "
        f"{'of wall':>8} {'s':>6}   {'R, one chain':28} {'R-hat':>7} {'ESS/s':>8} {'times':>6} "
        f"{'a core':>6}"
    )
    for path in tables(folder, given.only):
        print(line(path, given, with_r), flush=True)


if __name__ == "__main__":
    main()
