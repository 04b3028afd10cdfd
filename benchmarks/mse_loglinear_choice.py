"""Which way of choosing log-linear models holds the truth: simulated people, known in number.

    python benchmarks/mse_loglinear_choice.py [TABLES]

2,000 people and four lists, TABLES times (120 by default) in each way: lists that do not know each
other; two pairs of lists that do; people who differ in how likely they are to be named (standard
deviation 1 on the scale of log odds); lists so short that few people meet. Printed: how often
the 95 % interval holds 2,000, the middle estimate, the error (root mean square of the log of the
ratio to the truth) and the middle width (log of the ratio of the interval's ends), by AIC and by
BIC, of the average of all models and of the best one.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.cells import Cells, cells
from byname.counts.estimates.loglinear import estimate

PEOPLE = 2_000
CHANCES = np.array([0.25, 0.15, 0.2, 0.1])
WAYS = ("independent", "dependent", "differing", "short")
CHOICES = (("aic", True), ("bic", True), ("aic", False), ("bic", False))


def simulated(way: str, random: np.random.Generator) -> Cells:
    """Draw people and the lists they are on."""
    chances: NDArray[np.float64] = CHANCES * (0.35 if way == "short" else 1.0)
    odds = np.tile(np.log(chances / (1.0 - chances)), (PEOPLE, 1))
    if way == "differing":
        odds += random.normal(0.0, 1.0, (PEOPLE, 1))
    on = random.random((PEOPLE, 4)) < 1.0 / (1.0 + np.exp(-odds))
    if way == "dependent":
        on[:, 1] = random.random(PEOPLE) < np.where(on[:, 0], 0.35, 0.12)
        on[:, 3] = random.random(PEOPLE) < np.where(on[:, 2], 0.05, 0.12)
    seen = on[on.any(axis=1)].astype(int)
    patterns, counts = np.unique(seen, axis=0, return_counts=True)
    return cells("ABCD", zip(patterns.tolist(), counts.tolist(), strict=True))


def line(way: str, choice: tuple[str, bool], tables: list[Cells]) -> str:
    """Return what is printed of one way to draw and one way to choose."""
    criterion, average = choice
    held, known, widths = [], [], []
    for table in tables:
        found = estimate(table, criterion=criterion, average=average)
        if found.estimate is None or found.low is None:
            continue
        high = float("inf") if found.high is None else found.high
        held.append(found.low <= PEOPLE <= high)
        known.append(found.estimate)
        widths.append(np.log(high / found.low))
    error = np.sqrt(np.mean(np.log(np.array(known) / PEOPLE) ** 2))
    return (
        f"{way:12} {criterion.upper()} {'average' if average else 'best':8} "
        f"{len(known):5} of {len(tables)}  {np.mean(held):6.1%}  {np.median(known):8,.0f}  "
        f"{error:6.3f}  {np.median(widths):5.2f}"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("tables", nargs="?", type=int, default=120)
    given = parser.parse_args()
    random = np.random.default_rng(1937)
    print(f"{'':25} {'estimates':>12}  {'holds':>6}  {'middle':>8}  {'error':>6}  {'width':>5}")
    for way in WAYS:
        tables = [simulated(way, random) for _ in range(given.tables)]
        for choice in CHOICES:
            print(line(way, choice, tables), flush=True)


if __name__ == "__main__":
    main()
