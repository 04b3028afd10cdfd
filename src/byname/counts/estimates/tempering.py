"""Parallel tempering: chains that cross from one mode of a posterior to another.

Every chain is a ladder of replicas, from the prior (heat 0) to the posterior (heat 1); replica t
follows ``prior * likelihood ** heat_t`` by Hamiltonian Monte Carlo, neighbours change places, and
the replica at heat 0 is drawn afresh each time, so that what climbs from there to heat 1 has
forgotten where it started. Only the states at heat 1 are draws of the posterior.

- Swaps by turns of even and odd neighbours, and the ladder set so that every pair refuses as
  often: Syed, Bouchard-Cote, Deligiannidis & Doucet 2022, "Non-reversible parallel tempering",
  JRSS-B 84, 321-350, eqs. 5, 15 and algorithm 4.
- Hamiltonian Monte Carlo with the length of paths drawn anew: Neal 2011, "MCMC using Hamiltonian
  dynamics", sections 3 and 4.2; step widths learnt in the warm-up per heat to accept four in five.

All replicas of all chains move at once, as columns of one array.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]
Floats = NDArray[np.float64]

_ACCEPT = 0.8
_FIRST_RUNGS = 20
_FEWEST, _MOST = 6, 48
_STRUCTURED = 0.9
_STOCK = 4096
"""Heat above which a state has a structure of its own."""
_NARROWEST, _WIDEST = 1e-4, 2.0


class Posterior(Protocol):
    """What is sampled; states have the shape (dimension, replicas)."""

    def draw_prior(self, rng: np.random.Generator, replicas: int) -> Singles:
        """Return independent draws from the prior."""

    def energy(self, states: Singles) -> tuple[Floats, Floats]:
        """Return log likelihood and log prior."""

    def force(self, states: Singles, heat: Singles) -> Singles:
        """Return the gradient of ``heat * log likelihood + log prior``."""

    def scales(self, states: Singles, heat: Singles) -> Singles:
        """Return steps that suit some coordinates, resting on the others, which have the step 0."""


class Jumps(Protocol):
    """Proposals that do not rest on where a state stands."""

    def draw(self, rng: np.random.Generator, count: int) -> tuple[Singles, Floats]:
        """Draw states with the logs of their densities, inf for one that is not to be taken."""

    def log_density(self, states: Singles) -> Floats:
        """Return the log density of states, as proposals."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a sweep goes: the longest paths, in leaps, of whole and of partial moves (0: none).

    ``jumps`` are proposed to each of the coldest replicas, where there are proposals.

    Short paths are cheap; long ones let a class of people grow from nobody to thousands.
    """

    whole: int
    partly: int = 0
    jumps: int = 30


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a chain, all of shape (rungs,): heats, and logs of both kinds of steps."""

    heat: Floats
    width: Floats
    scale: Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """Where tempered chains stand, to go on from; ``climbers`` marks replicas from the prior."""

    ladder: Ladder
    states: Singles
    climbers: NDArray[np.bool_]


class Tempered:
    """Several tempered chains of one posterior.

    Args:
        posterior: what is sampled.
        chains: how many ladders, which never meet.
        rng: where random numbers come from.
        start: where they stand; people seen, for a start from the prior.

    Attributes:
        arrivals: per chain, how many replicas have climbed from the prior to the posterior.
        jumped: per chain, how many jumps were taken at heat 1.
        jumps: proposals of jumps, None for no jumps.

    """

    def __init__(
        self,
        posterior: Posterior,
        chains: int,
        rng: np.random.Generator,
        start: Standing | float,
    ) -> None:
        self.posterior, self.chains, self.rng = posterior, chains, rng
        self.jumps: Jumps | None = None
        self._stock: tuple[Singles, Floats, Floats, Floats] | None = None
        if isinstance(start, Standing):
            self._begin(start.ladder, start.states, start.climbers)
            return
        heats = np.geomspace(min(0.1, 2 / start), 1, _FIRST_RUNGS - 1)
        widths = np.linspace(0, np.log(0.05), _FIRST_RUNGS)
        ladder = Ladder(np.concatenate([[0.0], heats]), widths, np.full(_FIRST_RUNGS, -0.7))
        states = posterior.draw_prior(rng, chains * _FIRST_RUNGS)
        self._begin(ladder, states, np.zeros(states.shape[1], np.bool_))

    @property
    def rungs(self) -> int:
        """How many replicas a chain has."""
        return len(self.ladder.heat)

    @property
    def coldest(self) -> Singles:
        """The states at heat 1, shape (dimension, chains)."""
        return self.states[:, self.rungs - 1 :: self.rungs]

    @property
    def refusals(self) -> Floats:
        """The share of swaps refused between neighbours, shape (rungs - 1,)."""
        return np.asarray(self._refused / np.maximum(self._tried, 1))

    def standing(self) -> Standing:
        """Return where the chains stand."""
        return Standing(self._learnt(), self.states, self._climbers)

    def warm_up(self, pace: Pace, rounds: tuple[int, ...] = (150, 200, 300, 400)) -> None:
        """Learn step widths and the ladder; what is drawn here is no draw of the posterior."""
        for sweeps in rounds:
            self.learn(pace, sweeps)
            self._improve()
        self.learn(pace, rounds[-1] // 2)

    def learn(self, pace: Pace, sweeps: int) -> None:
        """Learn step widths, and how often swaps are refused."""
        self._refused[:] = self._tried[:] = 0
        for sweep in range(sweeps):
            self.sweep(pace, learning=1 / (1 + sweep / 30) ** 0.6)
        self.arrivals[:] = 0

    def sweep(self, pace: Pace, learning: float = 0.0) -> None:
        """Move every replica, wholly and in part, and let neighbours change places."""
        self._move(pace.whole, learning, partly=False)
        self._swap()
        if pace.partly:
            self._move(pace.partly, learning, partly=True)
            self._swap()
        if self.jumps is not None:
            self._jump(self.jumps, pace.jumps)

    def _begin(self, ladder: Ladder, states: Singles, climbers: NDArray[np.bool_]) -> None:
        """Take up a ladder, with states for all its replicas, chain by chain."""
        self.ladder = ladder
        self._heat = np.tile(ladder.heat, self.chains)
        self._heat_single = self._heat.astype(np.float32)
        self._width, self._scale = ladder.width.copy(), ladder.scale.copy()
        self.states, self._climbers = states, climbers
        self.likelihood, self.prior = self.posterior.energy(states)
        self._refused = np.zeros(len(ladder.heat) - 1)
        self._tried = np.zeros(len(ladder.heat) - 1)
        self.arrivals = np.zeros(self.chains, np.int64)
        self.jumped = np.zeros(self.chains)
        self._turn = 0

    def _learnt(self) -> Ladder:
        return Ladder(self.ladder.heat, self._width.copy(), self._scale.copy())

    def _move(self, longest: int, learning: float, partly: bool) -> None:
        """Hamiltonian Monte Carlo at every heat: leapfrog steps, then accept or stay."""
        rng, heat = self.rng, self._heat_single
        learnt = self._scale if partly else self._width
        width = np.exp(np.tile(learnt, self.chains) + 0.1 * rng.standard_normal())
        step = width.astype(np.float32)
        if partly:
            step = step * self.posterior.scales(self.states, heat)
        leaps = int(rng.integers(1, longest + 1))
        speed = rng.standard_normal(self.states.shape, dtype=np.float32)
        before = self._heat * self.likelihood + self.prior - _kinetic(speed)
        place = self.states.copy()
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            force = self.posterior.force(place, heat)
            force *= step / 2
            speed += force
            for leap in range(leaps):
                place += step * speed
                force = self.posterior.force(place, heat)
                force *= step if leap < leaps - 1 else step / 2
                speed += force
            likelihood, prior = self.posterior.energy(place)
            gain = self._heat * likelihood + prior - _kinetic(speed) - before
        # a path that left what numbers can hold is not taken
        chance = np.exp(np.minimum(np.where(np.isfinite(gain), gain, -np.inf), 0))
        taken = rng.uniform(size=len(chance)) < chance
        np.copyto(self.states, place, where=taken)
        np.copyto(self.likelihood, likelihood, where=taken)
        np.copyto(self.prior, prior, where=taken)
        if learning:
            learnt += (chance.reshape(self.chains, self.rungs).mean(0) - _ACCEPT) * learning
            np.clip(learnt, np.log(_NARROWEST), np.log(_WIDEST), out=learnt)

    def _jump(self, jumps: Jumps, times: int) -> None:
        """Propose other structures to the coldest replicas, several to each, one after another."""
        at = np.flatnonzero(self._heat >= _STRUCTURED)
        heat = self._heat[at]
        new, density, likelihood, prior = self._proposals(jumps, len(at) * times)
        weights = np.tile(heat, times) * likelihood + prior - density
        here = heat * self.likelihood[at] + self.prior[at]
        here -= jumps.log_density(self.states[:, at])
        weights = np.where(np.isfinite(weights), weights, -np.inf).reshape(times, -1)
        luck = np.log(self.rng.uniform(size=weights.shape))
        columns = np.arange(len(at))
        taken = np.full(len(at), -1)
        for turn in range(times):
            better = luck[turn] < weights[turn] - here
            here = np.where(better, weights[turn], here)
            taken[better] = turn * len(at) + columns[better]
            self.jumped += better.reshape(self.chains, -1)[:, -1]
        moved = taken >= 0
        self.states[:, at[moved]] = new[:, taken[moved]]
        self.likelihood[at[moved]] = likelihood[taken[moved]]
        self.prior[at[moved]] = prior[taken[moved]]

    def _proposals(self, jumps: Jumps, count: int) -> tuple[Singles, Floats, Floats, Floats]:
        """Take proposals from a stock: they rest on no state, so they are made by thousands."""
        if self._stock is None or self._stock[0].shape[1] < count:
            new, density = jumps.draw(self.rng, max(_STOCK, count))
            with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
                self._stock = (new, density, *self.posterior.energy(new))
        new, density, likelihood, prior = self._stock
        self._stock = (new[:, count:], density[count:], likelihood[count:], prior[count:])
        return new[:, :count], density[:count], likelihood[:count], prior[:count]

    def _swap(self) -> None:
        """Draw the prior's replica afresh; even and odd neighbours swap by turns."""
        rungs = self.rungs
        bottom = np.arange(self.chains) * rungs
        fresh = self.posterior.draw_prior(self.rng, self.chains)
        self.states[:, bottom] = fresh
        self.likelihood[bottom], self.prior[bottom] = self.posterior.energy(fresh)
        self._climbers[bottom] = True
        lower = np.arange(self._turn, rungs - 1, 2)
        self._turn = 1 - self._turn
        left = (bottom[:, None] + lower).ravel()
        right = left + 1
        gain = (self._heat[right] - self._heat[left]) * (
            self.likelihood[left] - self.likelihood[right]
        )
        chance = np.exp(np.minimum(gain, 0))
        self._refused[lower] += 1 - chance.reshape(self.chains, -1).mean(0)
        self._tried[lower] += 1
        swapped = self.rng.uniform(size=len(chance)) < chance
        left, right = left[swapped], right[swapped]
        for array in (self.likelihood, self.prior, self._climbers):
            array[left], array[right] = array[right], array[left]
        self.states[:, left], self.states[:, right] = self.states[:, right], self.states[:, left]
        top = bottom + rungs - 1
        self.arrivals += self._climbers[top]
        self._climbers[top] = False

    def _improve(self) -> None:
        """Set rungs so that neighbours refuse equally often; as many as the barrier asks for."""
        old = self._learnt()
        climbed = np.concatenate([[0.0], np.cumsum(np.maximum(self.refusals, 1e-3))])
        rungs = int(np.clip(round(2 * climbed[-1]) + 2, _FEWEST, _MOST))
        heat = np.interp(np.linspace(0, climbed[-1], rungs), climbed, old.heat)
        heat[0], heat[-1] = 0.0, 1.0
        ladder = Ladder(
            heat, np.interp(heat, old.heat, old.width), np.interp(heat, old.heat, old.scale)
        )
        nearest = np.abs(heat[:, None] - old.heat).argmin(1)
        columns = (np.arange(self.chains)[:, None] * len(old.heat) + nearest).ravel()
        self._begin(ladder, self.states[:, columns], self._climbers[columns])


def part_of(standing: Standing, chains: int) -> Standing:
    """Return where the first ``chains`` of the chains stand."""
    columns = chains * len(standing.ladder.heat)
    return Standing(
        standing.ladder, standing.states[:, :columns], standing.climbers[:columns]
    )  # fmt: skip


def _kinetic(speed: Singles) -> Floats:
    return np.asarray(0.5 * np.einsum("ij,ij->j", speed, speed, dtype=np.float64))
