"""Latent classes: people whom lists find with different chances, without saying how many kinds.

Manrique-Vallier 2016, "Bayesian population size estimation using Dirichlet process mixtures",
Biometrics 72, 1246-1254 (the R package LCMCR). The prior is the package's: alpha ~ Gamma(0.25,
0.25), uniform chances of lists, p(N) proportional to 1 / N. Unlike there,

- several chains are run and held against each other, and run on until they agree;
- they climb up and down ladders of heat and so cross between modes (``tempering``), and where
  that is not enough they jump between whole structures of classes (``structures``);
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
from byname.counts.estimates.latent_classes import LatentClasses
from byname.counts.estimates.model import Diagnostics, Estimate
from byname.counts.estimates.structures import Component, fit
from byname.counts.estimates.tempering import Pace, part_of

Floats = NDArray[np.float64]
Progress = Callable[[str], None]

AGREED = 1.01
"""R-hat above which chains are not held to agree (Vehtari et al. 2021)."""
ENOUGH = 400.0
"""Effective draws, of the middle and of both ends, below which no interval is trusted (same)."""
_ARRIVALS = 5
"""Climbs from the prior or jumps that every chain must have made, or it may have missed a mode."""
_IN_USE = 0.3
"""Chance that all classes hold somebody above which their number is doubled."""
_SHORT, _LONG = Pace(8), Pace(16, 8)
_FITTED = 5000
"""States that jumps are fitted to, at most: the last ones met."""
_FITTINGS = 4
_NIMBLE = 0.5
"""Jumps taken a sweep above which no better fit is looked for."""
_HOPELESS = 0.5
"""Short chains whose effective draws would not reach this share of ``ENOUGH`` are given up."""
_KEPT = 4000
_R_CAP = 20.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How long chains are run at most.

    Attributes:
        chains: long ones; the first attempt runs twice as many short ones.
        short, rounds: sweeps of a stretch of short chains, and stretches at most.
        long, long_rounds: the same for long chains, run when short ones do not agree.
        fitting: sweeps of long chains between fittings of their jumps, not kept.
        enough, long_enough: effective draws to go on for, of short and of long chains.

    """

    chains: int = 4
    short: int = 500
    rounds: int = 6
    long: int = 1500
    long_rounds: int = 6
    fitting: int = 600
    enough: float = 2000.0
    long_enough: float = 500.0


@dataclass(frozen=True, slots=True)
class Prior:
    """Of alpha, Gamma with shape and rate; K, the classes to begin with, and to go up to."""

    shape: float = 0.25
    rate: float = 0.25
    classes: int = 10
    most: int = 40


@dataclass(frozen=True, slots=True)
class _Run:
    """Draws that were kept, and what is known of them."""

    draws: Floats
    judged: Convergence
    arrivals: NDArray[np.int64]
    jumped: Floats
    classes: int
    in_use: float
    seconds: float

    def agreed(self) -> bool:
        """Whether the chains may be taken for one sample of the posterior."""
        worth = min(self.judged.ess_bulk, self.judged.ess_tail)
        return self.judged.rhat <= AGREED and worth >= ENOUGH


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
    return _told(cells, level, done)


def _sample(
    runner: Runner, cells: Cells, prior: Prior, effort: Effort, talk: tuple[int, Progress]
) -> _Run:
    """Run short chains; long ones when they do not agree; more classes when all are in use."""
    seed, tell = talk
    classes = prior.classes
    while True:
        tell(f"latent classes, up to {classes}: short chains")
        stretch = Stretch(
            cells, classes, prior.shape, prior.rate, 2 * effort.chains, (seed, classes), _SHORT,
            effort.short,
        )  # fmt: skip
        short = _Track(runner, list(groups(stretch)))
        wider = classes < prior.most
        done = short.go(effort.rounds, effort.enough, wider)
        if wider and done.in_use > _IN_USE:
            classes = min(2 * classes, prior.most)
            continue
        if done.agreed():
            return done
        tell(f"latent classes, up to {classes}: short chains do not agree, long ones")
        return _long(runner, replace(stretch, chains=effort.chains), short, effort)


def _long(runner: Runner, stretch: Stretch, short: _Track, effort: Effort) -> _Run:
    """Run long chains that jump between the structures that were met."""
    parts = [
        replace(
            part, seed=(*part.seed, 1), pace=_LONG, sweeps=effort.fitting, learning=100,
            start=part_of(gone.end, part.chains),
        )
        for part, gone in zip(groups(stretch), short.ends, strict=False)
    ]  # fmt: skip
    met = short.met
    for fitting in range(_FITTINGS):
        parts = [replace(part, components=_components(stretch, met, fitting)) for part in parts]
        track = _Track(runner, parts)
        jumped = track.go(1, 0.0).jumped / effort.fitting
        met = np.concatenate([met, track.met], axis=1)[:, -_FITTED:]
        parts = [replace(part, learning=0) for part in track.parts]
        if jumped.min() > _NIMBLE:
            break
    parts = [
        replace(part, sweeps=effort.long, components=_components(stretch, met, _FITTINGS))
        for part in parts
    ]
    return _Track(runner, parts).go(effort.long_rounds, min(effort.enough, effort.long_enough))


def _components(stretch: Stretch, met: NDArray[np.float32], fitting: int) -> tuple[Component, ...]:
    model = LatentClasses(stretch.cells, stretch.classes, stretch.shape, stretch.rate)
    fitted = fit(model, met, fitting)
    return fitted.components if fitted is not None else ()


class _Track:
    """Chains of all groups on their way, and what they have brought back."""

    def __init__(self, runner: Runner, parts: list[Stretch]) -> None:
        self._runner, self.parts = runner, parts
        self.ends: list[Gone] = []
        self._gone: list[list[Gone]] = []

    @property
    def met(self) -> NDArray[np.float32]:
        """States met at heat 1, the last ones."""
        states = [gone.met for stretch in self._gone for gone in stretch]
        return np.concatenate(states, axis=1)[:, -_FITTED:]

    def go(self, rounds: int, enough: float, widen: bool = False) -> _Run:
        """Go on until the chains agree and are worth enough, cannot agree, or for all rounds.

        With ``widen`` they stop where all classes are in use: more are needed.
        """
        for count in range(1, rounds + 1):
            self.ends = self._runner.together(self.parts)
            self._gone.append(self.ends)
            self.parts = [
                replace(part, start=gone.end, learning=0, seed=(*part.seed, count))
                for part, gone in zip(self.parts, self.ends, strict=True)
            ]
            done = self._judged()
            worth = min(done.judged.ess_bulk, done.judged.ess_tail)
            if done.agreed() and worth >= enough:
                break
            if widen and done.in_use > _IN_USE:
                break
            if 1 < count < rounds and worth / count * rounds < _HOPELESS * ENOUGH:
                break
        return done

    def _judged(self) -> _Run:
        first = self.parts[0]
        people = [np.concatenate([gone.people for gone in one]) for one in self._gone]
        draws = np.concatenate(people, axis=1)
        return _Run(
            draws,
            convergence(draws),
            np.sum([np.concatenate([gone.arrivals for gone in one]) for one in self._gone], axis=0),
            np.sum([np.concatenate([gone.jumped for gone in one]) for one in self._gone], axis=0),
            first.classes,
            float(np.mean([gone.in_use for one in self._gone for gone in one])),
            sum(max(gone.seconds for gone in one) for one in self._gone),
        )


def _told(cells: Cells, level: float, done: _Run) -> Estimate:
    """Put draws into an estimate with what speaks against it."""
    draws = done.draws.T.ravel()  # sweep by sweep, so that an even choice spans all chains
    low, middle, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    found = modes(draws)
    above = float((draws > (1 + _R_CAP) * cells.n).mean())
    details: dict[str, Any] = {
        "rhat": round(done.judged.rhat, 6),
        "ess_bulk": round(done.judged.ess_bulk, 1),
        "ess_tail": round(done.judged.ess_tail, 1),
        "chains": len(done.draws),
        "draws": int(draws.size),
        "climbs": int(done.arrivals.sum()),
        "jumps": int(done.jumped.sum()),
        "classes": done.classes,
        "classes_in_use": round(done.in_use, 3),
        "modes": [{"people": round(place), "share": round(share, 3)} for place, share in found],
        "above_20n": round(above, 5),
        "seconds": round(done.seconds, 3),
        "ess_per_second": round(done.judged.ess_bulk / done.seconds, 1),
    }
    warnings = tuple(_warnings(done, found, above))
    kept = draws[:: max(1, draws.size // _KEPT)][:_KEPT]
    return Estimate(
        "lcmcr", float(middle), float(low), float(high), level, cells.n,
        Diagnostics(warnings, details), kept,
    )  # fmt: skip


def _warnings(done: _Run, found: list[tuple[float, float]], above: float) -> list[str]:
    judged = done.judged
    told = []
    if not done.agreed():
        told.append(
            f"The chains do not agree (R-hat {judged.rhat:.3f}; at most {AGREED} is held for "
            f"agreement; effective draws {judged.ess_bulk:.0f} and {judged.ess_tail:.0f} of "
            f"{ENOUGH:.0f}): the figure and its interval are not settled, and another seed may "
            "give others. Do not quote them."
        )
    elif float((done.arrivals + done.jumped).min()) < _ARRIVALS:
        told.append(
            "The chains agree, but some have hardly ever begun anew: a part of the posterior may "
            "not have been met."
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
