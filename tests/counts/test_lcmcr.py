"""Latent classes against long runs of the R package LCMCR, and what is said of a bad run."""

from __future__ import annotations

import numpy as np
import pytest
from tests.shared import shared_file

from byname.counts.estimates.cell_files import read_cells
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.lcmcr import Effort, Prior, estimate

BRIEF = Effort(chains=4, short=200, rounds=2, long=100, long_rounds=1, fitting=60, enough=400)

KOSOVO = """
EXH ABA OSCE HRW  people
1   0   0    0    1131
0   1   0    0    845
0   0   1    0    936
0   0   0    1    306
1   1   0    0    177
1   0   1    0    228
1   0   0    1    106
0   1   1    0    217
0   1   0    1    31
0   0   1    1    123
1   1   1    0    181
1   1   0    1    18
1   0   1    1    42
0   1   1    1    32
1   1   1    1    27
"""
"""Killings in Kosovo, March to June 1999: Ball, Betts, Scheuren, Dudukovic & Asher 2002."""


def table(text: str) -> Cells:
    head, *rows = [line.split() for line in text.strip().splitlines()]
    counts = {tuple(int(one) for one in row[:-1]): int(row[-1]) for row in rows}
    return Cells(tuple(head[:-1]), counts)


def test_kosovo_as_long_runs_of_the_r_package():
    """LCMCR 0.4.14, K = 10, several chains of millions of sweeps: 10,435 [9,046, 13,799]."""
    found = estimate(table(KOSOVO))
    assert found.estimate == pytest.approx(10_435, rel=0.02)
    assert found.low == pytest.approx(9_046, rel=0.02)
    assert found.high == pytest.approx(13_799, rel=0.05)
    details = found.diagnostics.details
    assert details["rhat"] <= 1.01
    assert min(details["ess_bulk"], details["ess_tail"]) >= 400
    assert found.diagnostics.warnings == ()


def test_the_same_seed_gives_the_same_figures():
    one, other = (estimate(table(KOSOVO), seed=5, effort=BRIEF) for _ in range(2))
    assert one.as_dict() | {"diagnostics": None} == other.as_dict() | {"diagnostics": None}
    assert (one.draws == other.draws).all()


def test_nobody_has_to_be_unseen_and_nobody_seen_is_lost():
    full = Cells(("A", "B"), {(1, 1): 60, (1, 0): 2, (0, 1): 3})
    found = estimate(full, effort=BRIEF)
    assert found.draws.min() >= 65
    assert found.estimate is not None
    assert found.estimate < 90


def test_independent_lists_are_told():
    """1,000 people, three lists that find each one in five, two and three: all is known."""
    rng = np.random.default_rng(1)
    on = rng.uniform(size=(1000, 3)) < [0.2, 0.5, 0.3]
    counts: dict[tuple[int, ...], int] = {}
    for row in on:
        pattern = tuple(int(one) for one in row)
        if any(pattern):
            counts[pattern] = counts.get(pattern, 0) + 1
    found = estimate(Cells(("A", "B", "C"), counts), effort=BRIEF)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1000 < found.high


def test_chains_that_do_not_agree_are_said_not_to():
    """Ned_5: three modes, and hardly any time to find them."""
    ned = Cells(
        ("IO", "K", "P", "R", "Z"),
        {
            (1, 0, 0, 0, 0): 756, (0, 1, 0, 0, 0): 1299, (0, 0, 1, 0, 0): 4466,
            (0, 0, 0, 1, 0): 650, (0, 0, 0, 0, 1): 632, (1, 1, 0, 0, 0): 1, (1, 0, 1, 0, 0): 81,
            (1, 0, 0, 1, 0): 5, (1, 0, 0, 0, 1): 73, (0, 1, 1, 0, 0): 44, (0, 1, 0, 0, 1): 4,
            (0, 0, 1, 1, 0): 82, (0, 0, 1, 0, 1): 125, (0, 0, 0, 1, 1): 2, (1, 0, 1, 1, 0): 2,
            (1, 0, 1, 0, 1): 11, (0, 0, 1, 1, 1): 1,
        },
    )  # fmt: skip
    found = estimate(ned, effort=BRIEF)
    assert found.diagnostics.details["rhat"] > 1.01
    assert "do not agree" in found.diagnostics.warnings[0]
    assert "Do not quote" in found.diagnostics.warnings[0]


def test_the_prior_can_be_another():
    few = estimate(table(KOSOVO), effort=BRIEF, prior=Prior(classes=2, most=2))
    assert few.diagnostics.details["classes"] == 2
    assert few.estimate is not None
    assert few.estimate > 4400


@pytest.mark.parametrize(
    ("name", "median", "low", "high"),
    [("sparsemse_UKdat_5", 22_038, 15_264, 33_851)],
)
def test_tables_where_long_runs_of_r_converged(name, median, low, high):
    found = estimate(read_cells(shared_file(f"data/mse/{name}.csv")))
    assert found.estimate == pytest.approx(median, rel=0.04)
    assert found.low == pytest.approx(low, rel=0.06)
    assert found.high == pytest.approx(high, rel=0.06)
    assert found.diagnostics.details["rhat"] <= 1.01


def test_two_stories_of_one_table_are_both_told():
    """Trafficking in the Netherlands: chains of the R package settle at 49, 70 and 140 thousand."""
    effort = Effort(long=1000, long_rounds=3)
    found = estimate(read_cells(shared_file("data/mse/sparsemse_Ned_5.csv")), effort=effort)
    modes = [one["people"] for one in found.diagnostics.details["modes"]]
    assert len(modes) > 1
    assert min(modes) == pytest.approx(49_000, rel=0.1)
    assert max(modes) == pytest.approx(140_000, rel=0.1)
    assert any("modes" in text for text in found.diagnostics.warnings)
    assert found.diagnostics.details["rhat"] < 1.1
