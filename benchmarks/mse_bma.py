"""Averages over decomposable graphs of published tables: dga in R, and ours, in one run.

    python benchmarks/mse_bma.py [SHARED] [--only NAME] [--more] [--without-r]

For every table of three to five lists in SHARED/data/mse: median, 95 % interval and seconds, by
``bma.cr`` of the R package dga on the grid 0, 1, ..., 20 times those seen, and by
``byname.counts.estimates.bma``, which finds its own grid. "cut" compares R with ours cut at that
end, "wide" ours with R's figures on a grid wide enough, recorded in tests/oracles/dga_bma.tsv:
where the tail is heavy, 20 times is not enough, and R does not say so.
Seconds are of the first estimate in a fresh process, imports left out; R's of ``bma.cr`` alone.
Then what R cannot do: the tables of six and eight lists, one of seven made from those of eight,
and with ``--more`` invented ones of nine and ten. Where R or its package is not installed, the
benchmark says so and compares with the recorded figures alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from byname.counts.estimates.bma import estimate
from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.cells import Cells, cells
from byname.errors import EstimateError

ORACLE = Path(__file__).resolve().parents[1] / "tests" / "oracles" / "dga_bma.tsv"
R_MOST_LISTS = 5
R_SCRIPT = r"""
suppressMessages(library(dga))
d <- read.csv(commandArgs(trailingOnly = TRUE)[1])
p <- ncol(d) - 1
name <- paste0("graphs", p)
data(list = name, package = "dga")
Y <- rep(0, 2^p)
Y[as.matrix(d[, 1:p]) %*% 2^((p - 1):0) + 1] <- d$count
Y <- array(Y, dim = rep(2, p))
M <- 0:(20 * sum(Y))
took <- system.time(w <- bma.cr(Y, M, 2^-p, get(name)))[3]
reached <- cumsum(colSums(w))
said <- sapply(c(0.5, 0.025, 0.975), function(x) M[which(reached >= x)[1]] + sum(Y))
cat(took, said, sep = "\t")
"""


@dataclass(frozen=True)
class Measured:
    """Median, low and high end; seconds; megabytes at most (of the whole process)."""

    ends: tuple[float, float, float]
    seconds: float
    megabytes: float = 0.0
    details: Any = None


def r_is_here() -> bool:
    """Whether R and dga are installed."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "library(dga)"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def from_r(path: Path) -> Measured:
    """Have R average over all graphs of a table."""
    asked = ["Rscript", "-e", R_SCRIPT, str(path)]
    text = subprocess.run(asked, capture_output=True, check=True, text=True).stdout
    seconds, median, low, high = (float(one) for one in text.split("\t"))
    return Measured((median, low, high), seconds)


def ours(table: str) -> Measured:
    """Estimate in a process of its own."""
    asked = [sys.executable, __file__, "--one", table]
    said = json.loads(subprocess.run(asked, capture_output=True, check=True, text=True).stdout)
    return Measured(tuple(said["ends"]), said["seconds"], said["megabytes"], said["details"])


def one(table: str) -> None:
    """Estimate here and print what came of it: what a process of its own is asked for."""
    lists = table_of(table)
    start = time.perf_counter()
    found = estimate(lists)
    seconds = time.perf_counter() - start
    said = {
        "ends": (found.estimate, found.low, found.high),
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "details": found.diagnostics.as_dict(),
    }
    print(json.dumps(said))


def table_of(name: str) -> Cells:
    """Read a file, a file with some lists as one (``FILE+2``: the first two), or invent lists."""
    if name.isdigit():
        return invented(int(name))
    path, _, merged = name.partition("+")
    read = read_cells(Path(path))
    if not merged:
        return read
    counts: dict[tuple[int, ...], int] = {}
    for pattern, count in read.counts.items():
        key = (max(pattern[: int(merged)]), *pattern[int(merged) :])
        counts[key] = counts.get(key, 0) + count
    return cells(("+".join(read.lists[: int(merged)]), *read.lists[int(merged) :]), counts.items())


def invented(lists: int) -> Cells:
    """1,000 people on independent lists, a fifth of them on each."""
    on = np.random.default_rng(lists).random((1000, lists)) < 0.2
    patterns, counts = np.unique(on[on.any(axis=1)].astype(int), axis=0, return_counts=True)
    rows = [(tuple(row), int(many)) for row, many in zip(patterns, counts, strict=True)]
    return cells([f"L{place}" for place in range(lists)], rows)


def recorded() -> dict[str, tuple[float, float, float]]:
    """R's figures on a wide grid, by table; its default delta, prior and level."""
    lines = ORACLE.read_text(encoding="utf-8").splitlines()
    head, *rest = [line.split("\t") for line in lines if not line.startswith("#")]
    rows = [dict(zip(head, line, strict=True)) for line in rest]
    return {
        row["table"]: (float(row["median"]), float(row["low"]), float(row["high"]))
        for row in reversed(rows)
        if row["prior"] == "total"
    }


def shown(ends: tuple[float, float, float]) -> str:
    return f"{ends[0]:,.0f} [{ends[1]:,.0f}, {ends[2]:,.0f}]"


def apart(here: tuple[float, ...], there: tuple[float, ...]) -> str:
    """The largest of the three relative differences."""
    worst = max(abs(a / b - 1) for a, b in zip(here, there, strict=True))
    return f"{worst:.3%}"


def compare(paths: list[Path], with_r: bool) -> None:
    """Print a line a table that R can take."""
    wide = recorded()
    print(
        f"{'table':24} lists {'ours':26} {'R, to 20 n':26} {'cut':>8} "
        f"{'wide':>9} {'ours s':>7} {'R s':>6} {'times':>6}"
    )
    for path in paths:
        mine = ours(str(path))
        lists = len(read_cells(path).lists)
        peer = from_r(path) if with_r else None
        there = shown(peer.ends) if peer else "-"
        cut = mine.details["up_to"]
        mine_cut = (cut["estimate"], cut["low"], cut["high"])
        differ = apart(mine_cut, peer.ends) if peer else "-"
        known = apart(mine.ends, wide[path.name]) if path.name in wide else "-"
        took = (
            f"{peer.seconds:6.2f} {peer.seconds / mine.seconds:6.0f}" if peer else "     -      -"
        )
        print(
            f"{path.stem:24} {lists:5} {shown(mine.ends):26} {there:26} {differ:>8} "
            f"{known:>9} {mine.seconds:7.3f} {took}",
            flush=True,
        )


def beyond(names: list[str]) -> None:
    """Print a line a table of more lists than R can take."""
    print(f"\n{'more than five lists':24} lists {'models':>19} {'ours':26} {'s':>7} {'MB':>6}")
    for name in names:
        mine = ours(name)
        told = f"{name} lists, invented" if name.isdigit() else Path(name).name.replace(".csv", "")
        print(
            f"{told:24} {len(table_of(name).lists):5} {mine.details['models']:19,} "
            f"{shown(mine.ends):26} {mine.seconds:7.2f} {mine.megabytes:6.0f}",
            flush=True,
        )


def tables(folder: Path, only: str) -> list[tuple[int, Path]]:
    """The tables with their numbers of lists, those under two names once."""
    found, seen = [], set()
    for path in sorted(folder.glob("*.csv")):
        try:
            lists = read_cells(path)
        except EstimateError:
            continue
        key = tuple(sorted(lists.counts.items()))
        if only in path.name and key not in seen:
            seen.add(key)
            found.append((len(lists.lists), path))
    return found


def main() -> None:
    """Run the benchmark."""
    default = os.environ.get("BYNAME_SHARED", str(Path(__file__).resolve().parents[2] / "shared"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("shared", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--only", default="", help="part of a table's name")
    parser.add_argument("--more", action="store_true", help="nine and ten lists too: minutes")
    parser.add_argument("--without-r", action="store_true", help="ours and recorded figures alone")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one)
        return
    folder = given.shared / "data" / "mse"
    if not folder.is_dir():
        sys.exit(f"{folder} is not here: give the folder of the shared data.")
    with_r = not given.without_r and r_is_here()
    if not with_r:
        print("R is not asked, or Rscript or its package dga is not installed: recorded figures.")
    found = tables(folder, given.only)
    compare([path for lists, path in found if 3 <= lists <= R_MOST_LISTS], with_r)
    more = [str(path) for lists, path in found if lists > R_MOST_LISTS]
    more += [f"{name}+2" for name in more if len(table_of(name).lists) == 8]
    beyond([*more, *(["9", "10"] if given.more else [])])


if __name__ == "__main__":
    main()
