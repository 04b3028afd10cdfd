"""Latent classes: people whom lists find with different chances, without saying how many kinds.

Manrique-Vallier 2016, "Bayesian population size estimation using Dirichlet process mixtures",
Biometrics 72, 1246-1254 (the R package LCMCR). The prior is the package's: alpha ~ Gamma(0.25,
0.25), uniform chances of lists, p(N) proportional to 1 / N. Unlike there,

- several chains are run and held against each other, and run on until they agree;
- they climb up and down ladders of heat and so cross between modes (``tempering``);
- allocations, N and alpha are integrated out (``latent_classes``), so that a draw is worth more;
- no cap is put on those unseen (the package throws away draws above 20 n);
- the number of classes is doubled when all of them are in use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.chains import Gone, Runner, Stretch, groups
from byname.counts.estimates.convergence import Convergence, convergence, modes
from byname.counts.estimates.model import Diagnostics, Estimate
from byname.counts.estimates.tempering import Pace, part_of

Floats = NDArray[np.float64]
Progress = Callable[[str], None]

AGREED = 1.01
"""R-hat above which chains are not held to agree (Vehtari et al. 2021)."""
ENOUGH = 400.0
"""Effective draws, of the middle and of both ends, below which no interval is trusted (same)."""
_ARRIVALS = 5
"""Climbs from the prior that every long chain must have made."""
_IN_USE = 0.3
"""Chance that all classes hold somebody above which their number is doubled."""
_MOST_CLASSES = 40
_SHORT, _LONG = Pace(8), Pace(64, 16)
_KEPT = 4000
_R_CAP = 20.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How long chains are run at most.

    Attributes:
        chains: long ones; the first attempt runs four times as many short ones.
        short, rounds: sweeps of a stretch of short chains, and stretches at most.
        long, long_rounds: the same for long chains, run when short ones do not agree.
        enough: effective draws to go on for, beyond ``ENOUGH``.

    """

    chains: int = 4
    short: int = 500
    rounds: int = 4
    long: int = 1500
    long_rounds: int = 6
    enough: float = 2000.0


@dataclass(frozen=True, slots=True)
class Prior:
    """Of alpha, Gamma with shape and rate, and K, the classes to begin with."""

    shape: float = 0.25
    rate: float = 0.25
    classes: int = 10


@dataclass(frozen=True, slots=True)
class _Run:
    """Draws that were kept, and what is known of them."""

    draws: Floats
    judged: Convergence
    arrivals: NDArray[np.int64]
    classes: int
    in_use: float
    seconds: float

    def agreed(self, climbs: int = 0) -> bool:
        """Whether the chains may be taken for one sample of the posterior."""
        return (
            self.judged.rhat <= AGREED
            and min(self.judged.ess_bulk, self.judged.ess_tail) >= ENOUGH
            and int(self.arrivals.min()) >= climbs
        )


def estimate(
    cells: Cells,
    level: float = 0.95,
    *,
    seed: int = 1,
    prior: Prior | None = None,
    effort: Effort | None = None,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate how many there were by Bayesian non-parametric latent classes.

    Args:
        cells: the table.
        level: of the interval, between its equal tails.
        seed: the same seed gives the same draws.
        prior: as in the R package when None.
        effort: how long chains are run at most.
        progress: told what is being done.

    Returns:
        The posterior median of N with its interval; ``draws`` are at most 4,000 of the draws,
        evenly taken. ``diagnostics`` has ``rhat``, ``ess_bulk``, ``ess_tail``, ``chains``,
        ``draws``, ``classes``, ``modes`` (people and share of each), ``above_20n``, ``seconds``,
        ``ess_per_second`` (of the sampling, the warm-up left out) and ``warnings``.

    """
    prior, effort = prior or Prior(), effort or Effort()
    tell = progress or (lambda _: None)
    with Runner() as runner:
        done = _sample(runner, cells, prior, effort, (seed, tell))
    return _told(cells, level, done, effort)


def _sample(
    runner: Runner, cells: Cells, prior: Prior, effort: Effort, talk: tuple[int, Progress]
) -> _Run:
    """Run short chains; long ones when they do not agree; more classes when all are in use."""
    seed, tell = talk
    classes = prior.classes
    while True:
        tell(f"latent classes, up to {classes}: short chains")
        stretch = Stretch(
            cells, classes, prior.shape, prior.rate, 4 * effort.chains, (seed, classes), _SHORT,
            effort.short,
        )  # fmt: skip
        done, ends = _go_on(runner, stretch, effort.rounds, effort.enough, 0)
        if done.in_use > _IN_USE and classes < _MOST_CLASSES:
            classes *= 2
            continue
        if done.agreed():
            return done
        tell(f"latent classes, up to {classes}: short chains do not agree, long ones")
        stretch = replace(
            stretch, chains=effort.chains, seed=(seed, classes, 1), pace=_LONG,
            sweeps=effort.long, learning=200,
        )  # fmt: skip
        share = [len(range(group, effort.chains, len(ends))) for group in range(len(ends))]
        starts = [
            part_of(gone.end, count) for gone, count in zip(ends, share, strict=True) if count
        ]
        done, _ = _go_on(runner, stretch, effort.long_rounds, effort.enough, _ARRIVALS, starts)
        return done


def _go_on(
    runner: Runner,
    stretch: Stretch,
    rounds: int,
    enough: float,
    climbs: int,
    starts: list[Any] | None = None,
) -> tuple[_Run, list[Gone]]:
    """Go on stretch by stretch until the chains agree and are worth enough, or for all rounds."""
    parts = list(groups(stretch))
    if starts is not None:
        parts = [replace(part, start=start) for part, start in zip(parts, starts, strict=True)]
    people: list[Floats] = []
    arrivals = np.zeros(stretch.chains, np.int64)
    seconds, in_use = 0.0, []
    for count in range(rounds):
        ends = runner.together(parts)
        seconds += max(gone.seconds for gone in ends)
        people.append(np.concatenate([gone.people for gone in ends]))
        arrivals += np.concatenate([gone.arrivals for gone in ends])
        in_use.append(float(np.mean([gone.in_use for gone in ends])))
        draws = np.concatenate(people, axis=1)
        done = _Run(
            draws, convergence(draws), arrivals, stretch.classes, float(np.mean(in_use)),
            seconds,
        )  # fmt: skip
        if in_use[0] > _IN_USE and stretch.classes < _MOST_CLASSES and not climbs:
            break
        if done.agreed(climbs) and min(done.judged.ess_bulk, done.judged.ess_tail) >= enough:
            break
        parts = [
            replace(part, start=gone.end, learning=0, seed=(*part.seed, count))
            for part, gone in zip(parts, ends, strict=True)
        ]
    return done, ends


def _told(cells: Cells, level: float, done: _Run, effort: Effort) -> Estimate:
    """Put draws into an estimate with what speaks against it."""
    draws = done.draws.T.ravel()  # sweep by sweep, so that an even choice spans all chains
    low, middle, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    found = modes(draws)
    above = float((draws > (1 + _R_CAP) * cells.n).mean())
    details: dict[str, Any] = {
        "rhat": round(done.judged.rhat, 4),
        "ess_bulk": round(done.judged.ess_bulk, 1),
        "ess_tail": round(done.judged.ess_tail, 1),
        "chains": len(done.draws),
        "draws": int(draws.size),
        "climbs": [int(one) for one in done.arrivals],
        "classes": done.classes,
        "classes_in_use": round(done.in_use, 3),
        "modes": [{"people": round(place), "share": round(share, 3)} for place, share in found],
        "above_20n": round(above, 5),
        "seconds": round(done.seconds, 3),
        "ess_per_second": round(done.judged.ess_bulk / done.seconds, 1),
    }
    warnings = tuple(_warnings(done, found, above, effort))
    kept = draws[:: max(1, draws.size // _KEPT)][:_KEPT]
    return Estimate(
        "lcmcr", float(middle), float(low), float(high), level, cells.n,
        Diagnostics(warnings, details), kept,
    )  # fmt: skip


def _warnings(
    done: _Run, found: list[tuple[float, float]], above: float, effort: Effort
) -> list[str]:
    judged = done.judged
    told = []
    if not done.agreed():
        told.append(
            f"The chains do not agree (R-hat {judged.rhat:.3f}; at most {AGREED} is held for "
            f"agreement; effective draws {judged.ess_bulk:.0f} and {judged.ess_tail:.0f} of "
            f"{ENOUGH:.0f}): the figure and its interval are not settled, and another seed may "
            "give others. Do not quote them."
        )
    elif len(done.draws) == effort.chains and int(done.arrivals.min()) < _ARRIVALS:
        told.append(
            "The chains agree, but some have hardly ever begun anew from the prior "
            f"({int(done.arrivals.min())} times): a part of the posterior may not have been met."
        )
    if len(found) > 1:
        places = ", ".join(f"{place:,.0f} (share {share:.0%})" for place, share in found)
        told.append(
            f"The posterior has {len(found)} modes: about {places}. The lists can be told in more "
            "than one way, and the median lies between stories rather than in one; give all of "
            "them."
        )
    if above > 0.001:
        told.append(
            f"{above:.1%} of the draws have more than 20 times as many unseen as seen; the R "
            "package would have thrown them away."
        )
    if done.in_use > _IN_USE:
        told.append(f"All {done.classes} classes are in use; more might change the figure.")
    return told
