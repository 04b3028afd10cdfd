"""Chains of the latent class posterior, run in worker processes a stretch at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.latent_classes import LatentClasses
from byname.counts.estimates.structures import Component, Structures
from byname.counts.estimates.tempering import Pace, Standing, Tempered
from byname.pool import Pool, worker_count

Floats = NDArray[np.float64]

GROUPS = 2
"""Chains are run in so many groups, one a worker; also where there is one core, so that a seed
gives the same draws everywhere."""

_EVERY = 20
"""Sweeps between looks at how many classes are in use."""
_MEET = 3
"""Sweeps between states that are kept, to fit jumps to."""


_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""The products are small: threads within a worker would only wait for each other."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a worker does: go on with some chains for a while.

    Attributes:
        cells: the table.
        classes, shape, rate: of the model, see ``LatentClasses``.
        chains: of this group.
        seed: of all random numbers of this stretch.
        pace: of the sweeps.
        sweeps: whose draws are kept.
        learning: sweeps before them that learn the steps for a new pace.
        start: where the chains stand; None to warm up first.
        components: of the jumps between structures, empty for no jumps.

    """

    cells: Cells
    classes: int
    shape: float
    rate: float
    chains: int
    seed: tuple[int, ...]
    pace: Pace
    sweeps: int
    learning: int = 0
    start: Standing | None = None
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """What a worker brings back.

    Attributes:
        people: N, shape (chains, sweeps).
        seconds: the sweeps took.
        in_use: chance that every class holds somebody, averaged over draws.
        arrivals: replicas that climbed from the prior to the posterior, shape (chains,).
        end: where the chains stand now.
        met: states met at heat 1, now and then, shape (dimension, n).
        jumped: jumps taken at heat 1, shape (chains,).

    """

    people: Floats
    seconds: float
    in_use: float
    arrivals: NDArray[np.int64]
    end: Standing
    met: NDArray[np.float32]
    jumped: Floats


def run(stretch: Stretch) -> Gone:
    """Go one stretch; the body of a worker."""
    model = LatentClasses(stretch.cells, stretch.classes, stretch.shape, stretch.rate)
    rng = np.random.default_rng(stretch.seed)
    start: Standing | float = stretch.start or float(stretch.cells.n)
    chains = Tempered(model, stretch.chains, rng, start)
    if stretch.start is None:
        chains.warm_up(stretch.pace)
    elif stretch.learning:
        chains.learn(stretch.pace, stretch.learning)
    if stretch.components:
        chains.jumps = Structures(model, stretch.components)
    people = np.empty((stretch.chains, stretch.sweeps))
    in_use, met = [], []
    clock = time.perf_counter()
    for sweep in range(stretch.sweeps):
        chains.sweep(stretch.pace)
        people[:, sweep] = model.population(rng, chains.coldest)
        if sweep % _MEET == 0:
            met.append(chains.coldest.copy())
        if sweep % _EVERY == 0:
            empty = (1 - model.shares(chains.coldest)) ** people[:, sweep]
            in_use.append(float(np.prod(1 - empty, axis=0).mean()))
    seconds = time.perf_counter() - clock
    return Gone(
        people, seconds, float(np.mean(in_use)), chains.arrivals, chains.standing(),
        np.concatenate(met, axis=1), chains.jumped,
    )  # fmt: skip


class Runner:
    """Runs stretches of all groups at once; a context manager that holds the workers."""

    def __init__(self) -> None:
        self._pool = Pool(run, min(GROUPS, worker_count()), _ONE_THREAD)

    def together(self, stretches: Sequence[Stretch]) -> list[Gone]:
        """Return what every stretch brought back, in their order."""
        return list(self._pool.map(iter(stretches)))

    def __enter__(self) -> Runner:
        self._pool.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.__exit__(*error)  # type: ignore[arg-type]


def groups(stretch: Stretch) -> Iterator[Stretch]:
    """Yield a stretch for each group, the chains dealt out among them."""
    for group in range(GROUPS):
        chains = stretch.chains // GROUPS + (group < stretch.chains % GROUPS)
        if chains:
            yield replace(stretch, chains=chains, seed=(*stretch.seed, group))
