"""Breaks in curves whose truth is known: false ones in even series, and true steps found.

    python benchmarks/breaks.py [--series 300] [--seed 1]

Peer in the same run: PELT of ``ruptures`` with least squares on square roots of the counts and the
penalty that is usual for it (twice the logarithm of the length, times the variance of Poisson
counts there). Every row prints, for both, how many of a hundred series are said to break where
nothing does, or how many breaks are found within one unit of the true one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import ruptures

from byname.counts.breaks import breaks

Make = Callable[[Any], Any]


def scattered(random: Any, mean: float, size: float, units: int) -> Any:
    """Negative binomial counts: the smaller ``size``, the more scatter than chance alone."""
    return random.negative_binomial(size, size / (size + mean), units)


EVEN: dict[str, Make] = {
    "Poisson 0.3 a unit, 72 units": lambda r: r.poisson(0.3, 72),
    "Poisson 5, 72": lambda r: r.poisson(5, 72),
    "Poisson 200, 36": lambda r: r.poisson(200, 36),
    "negative binomial 20 (k = 1), 72": lambda r: scattered(r, 20, 1, 72),
    "negative binomial 200 (k = 0.3), 60": lambda r: scattered(r, 200, 0.3, 60),
    "heaps on a fifth of 400 days": lambda r: r.poisson(40, 400) * (r.random(400) < 0.2),
}
WANDERING = "wandering around 20 (each month half the last), 72"


def wandering(random: Any) -> Any:
    """Poisson counts of a rate that remembers: no level, but neighbours are alike."""
    state, rates = 0.0, []
    for _ in range(72):
        state = 0.5 * state + random.normal(0, 0.35)
        rates.append(20 * np.exp(state))
    return random.poisson(rates)


EVEN[WANDERING] = wandering
STEPS: dict[str, tuple[int, Make]] = {
    "Poisson 5 to 10 after 30 of 60": (30, lambda r: np.r_[r.poisson(5, 30), r.poisson(10, 30)]),
    "Poisson 5 to 20": (30, lambda r: np.r_[r.poisson(5, 30), r.poisson(20, 30)]),
    "Poisson 0.2 to 3 after 24 of 40": (24, lambda r: np.r_[r.poisson(0.2, 24), r.poisson(3, 16)]),
    "negative binomial 2 to 50 (k = 2)": (
        30,
        lambda r: np.r_[scattered(r, 2, 2, 30), scattered(r, 50, 2, 16)],
    ),
    "negative binomial 20 to 200 (k = 3)": (
        30,
        lambda r: np.r_[scattered(r, 20, 3, 30), scattered(r, 200, 3, 16)],
    ),
}


def peer(counts: Any) -> list[int]:
    """The breaks that PELT finds."""
    values = np.sqrt(np.asarray(counts, dtype=float) + 0.375).reshape(-1, 1)
    found = ruptures.Pelt(model="l2", min_size=2, jump=1).fit(values)
    return list(found.predict(pen=2 * np.log(len(values)) * 0.25)[:-1])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--series", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    random = np.random.default_rng(asked.seed)
    clock = time.perf_counter()
    print(f"{'even series, said to break':<56}{'By Name':>10}{'PELT':>10}")
    for name, make in EVEN.items():
        series = [make(random) for _ in range(asked.series)]
        ours = sum(bool(breaks(one)) for one in series)
        theirs = sum(bool(peer(one)) for one in series)
        print(f"{name:<56}{ours / asked.series:>10.1%}{theirs / asked.series:>10.1%}")
    print(f"\n{'one step, found within one unit':<56}{'By Name':>10}{'PELT':>10}", end="")
    print(f"{'only it':>10}{'PELT':>10}{'in its 95 %':>13}")
    for name, (at, make) in STEPS.items():
        step(name, at, [make(random) for _ in range(asked.series)])
    print(f"\n{time.perf_counter() - clock:.0f} s")


def step(name: str, at: int, series: list[Any]) -> None:
    """Print how often the break at ``at`` is found, alone, and within its own uncertainty."""
    ours = [breaks(one) for one in series]
    theirs = [peer(one) for one in series]
    near = sum(any(abs(one.at - at) <= 1 for one in found) for found in ours)
    near_peer = sum(any(abs(one - at) <= 1 for one in found) for found in theirs)
    alone = sum(len(found) == 1 for found in ours)
    alone_peer = sum(len(found) == 1 for found in theirs)
    some = [found for found in ours if found]
    held = sum(any(one.earliest <= at <= one.latest for one in found) for found in some)
    shares = [near, near_peer, alone, alone_peer]
    print(f"{name:<56}" + "".join(f"{n / len(series):>10.1%}" for n in shares), end="")
    print(f"{held / max(1, len(some)):>13.1%}")


if __name__ == "__main__":
    main()
