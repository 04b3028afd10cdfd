"""Jumps between whole structures of classes, for posteriors whose modes no ladder joins.

Two modes of a latent class posterior may differ in which kinds of people there are: small steps do
not lead from one set of kinds to another, and heat dissolves both. So whole structures are
proposed that were met before: an independence sampler (Tierney 1994, "Markov chains for exploring
posterior distributions", Annals of Statistics 22, section 2.3.3) whose proposal is a mixture of
multivariate t distributions, fitted to states met at high heats.

A structure is the classes of which somebody was seen, the largest first: their shares, as logs
over the largest, and their chances of being found by each list, as angles (the arcsine of the
square root, which makes the chances of few and of many people nearly normal: Anscombe 1948).
The other classes are drawn from the prior, alpha integrated out; and the order of all classes,
which the stick-breaking prior heeds, is drawn by size, each next one in proportion to what is left
of it (size-biased: Pitman 1996, "Some developments of the Blackwell-MacQueen urn scheme"). In
logits of sticks and logs of ratios of shares alike, the volume element is prod 1/share, so no
Jacobian is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from byname.counts.estimates.latent_classes import LatentClasses

Floats = NDArray[np.float64]
States = NDArray[np.float32]

SHAPE, RATE = 0.5, 0.5
"""Of the gamma distribution of alpha that the classes beyond a structure are drawn with."""
FREEDOM = 6.0
_SHALLOW = 1e-3
_SEEN = 4.0
"""A class belongs to the structure when so many of its people were seen, or more."""
_MOST = 6
_KINDS = 8
_LEAST_DRAWS = 1.5
"""Draws a dimension, below which no t distribution is fitted."""
_ROUNDS = 25
_WIDE, _WIDER = 0.25, 1.7
"""Share of proposals that are wider than fitted, and how much wider."""


@dataclass(frozen=True, slots=True)
class Component:
    """A multivariate t distribution of structures with ``size`` classes.

    ``root`` is the Cholesky factor of its scale, ``inverse`` the inverse of that.
    """

    size: int
    centre: Floats
    root: Floats
    inverse: Floats
    log_norm: float
    weight: float


class Structures:
    """Proposals of whole structures.

    Args:
        model: the posterior.
        components: fitted by ``fit``.

    """

    def __init__(self, model: LatentClasses, components: tuple[Component, ...]) -> None:
        self._model, self.components = model, components
        self._weights = np.array([one.weight for one in components])
        self._by_size = {
            size: _Stack([one for one in components if one.size == size])
            for size in {one.size for one in components}
        }

    def draw(self, rng: np.random.Generator, count: int) -> tuple[States, Floats]:
        """Draw states, shape (dimension, count), with their log q; inf for one not to be taken."""
        model = self._model
        chosen = rng.choice(len(self.components), count, p=self._weights)
        new = np.empty((model.dimension, count), np.float32)
        sound = np.zeros(count, np.bool_)
        for at, component in enumerate(self.components):
            places = np.flatnonzero(chosen == at)
            if len(places):
                new[:, places], sound[places] = self._drawn(rng, component, len(places))
        density = self.log_density(new)
        return new, np.where(sound & np.isfinite(density), density, np.inf)

    def _drawn(
        self, rng: np.random.Generator, one: Component, count: int
    ) -> tuple[States, NDArray[np.bool_]]:
        """Draw states of a component, and whether their structure is in order."""
        model, k, lists = self._model, self._model.classes, self._model.lists
        spread = np.sqrt(FREEDOM / rng.chisquare(FREEDOM, count))
        drawn = (
            one.centre[:, None] + one.root @ rng.standard_normal((len(one.centre), count)) * spread
        )
        ratios = np.concatenate([np.zeros((1, count)), drawn[: one.size]])
        ratios[one.size] = -np.exp(np.minimum(drawn[one.size - 1], 12))
        shares = ratios - np.logaddexp.reduce(ratios, axis=0)  # logs: the structure, then the rest
        alpha = np.maximum(rng.gamma(SHAPE, 1 / RATE, count), 1e-30)
        broken = np.log(rng.uniform(1e-300, 1, (k - one.size - 1, count))) / alpha  # log(1 - V)
        left = np.concatenate([np.zeros((1, count)), np.cumsum(np.maximum(broken, -1e6), 0)])
        inner = left.copy()
        inner[:-1] += np.log(-np.expm1(np.minimum(broken, -1e-300)))
        logs = np.concatenate([shares[: one.size], shares[one.size] + inner])
        chance = rng.uniform(1e-12, 1, (lists, k - one.size, count))
        logits = np.concatenate(
            [
                _logits(drawn[one.size :]).reshape(one.size, lists, count).transpose(1, 0, 2),
                np.log(chance) - np.log1p(-np.minimum(chance, 1 - 1e-12)),
            ],
            axis=1,
        )
        angles = drawn[one.size :]
        seen = _seen(model, logs, logits)
        sound = np.all((angles > 0) & (angles < np.pi / 2), axis=0)
        sound &= np.all(np.diff(seen[: one.size], axis=0) <= 0, axis=0)
        sound &= seen[one.size :].max(0) <= seen[one.size - 1]
        order = _order(rng, logs, one.size)
        logs = np.take_along_axis(logs, order, 0)
        logits = np.take_along_axis(logits, order[None], 1)
        rest = np.logaddexp.accumulate(logs[::-1], axis=0)[::-1]
        v = np.clip(logs[:-1] - rest[1:], -80, 1e6)
        states = np.concatenate([v, logits.reshape(lists * k, count)])
        return states.astype(np.float32), sound

    def log_density(self, states: States) -> Floats:
        """Return log q of states, shape (n,)."""
        logs, logits = _told(self._model, states)
        rank = np.argsort(-_seen(self._model, logs, logits), axis=0, kind="stable")
        parts = [
            stack.log_density(_structure(logs, logits, rank, size))
            + _log_rest(logs, logits, rank, size)
            for size, stack in self._by_size.items()
        ]
        return np.asarray(np.logaddexp.reduce(parts, axis=0))


class _Stack:
    """Components of one size, as arrays with one row a component."""

    def __init__(self, parts: list[Component]) -> None:
        self._centres = np.array([one.centre for one in parts])[:, :, None]
        self._inverses = np.array([one.inverse for one in parts])
        self._norms = np.array([np.log(one.weight) + one.log_norm for one in parts])[:, None]

    def log_density(self, z: Floats) -> Floats:
        """Return the log of the weighted sum of densities at structures, shape (dimension, n)."""
        away = (np.matmul(self._inverses, z - self._centres) ** 2).sum(1)
        bulk = (FREEDOM + len(z)) / 2 * np.log1p(away / FREEDOM)
        terms = self._norms - bulk
        top = terms.max(0)
        return np.asarray(top + np.log(np.exp(terms - top).sum(0)))


def fit(model: LatentClasses, states: States, seed: int = 0) -> Structures | None:
    """Fit proposals to states met; None when they, or the classes, are too few."""
    if model.classes < 4:
        return None
    logs, logits = _told(model, states)
    seen = _seen(model, logs, logits)
    rank = np.argsort(-seen, axis=0, kind="stable")
    sizes = np.clip((seen >= _SEEN).sum(0), 1, min(_MOST, model.classes - 2))
    rng = np.random.default_rng(seed)
    found: list[Component] = []
    wide: list[Component] = []
    for size in np.unique(sizes):
        z = _structure(logs, logits, rank, int(size))[:, sizes == size].T
        found += _mixture(int(size), z, _kinds(rng, z))
        if len(z) >= _LEAST_DRAWS * z.shape[1]:
            wide.append(_component(int(size), z, np.ones(len(z)), np.ones(len(z))))
    if not found:
        return None
    # every kind is proposed equally often: what is rare here may be common where it is colder;
    # wider copies, and one of all of a size, reach states that no kind tells well, and that would
    # hardly ever be left else
    parts = [replace(one, weight=(1 - _WIDE) / len(found)) for one in found]
    parts += [_widened(one, _WIDE / len(wide + found)) for one in wide + found]
    return Structures(model, tuple(parts))


def _widened(one: Component, weight: float) -> Component:
    d = len(one.centre)
    return Component(
        one.size, one.centre, one.root * _WIDER, one.inverse / _WIDER,
        one.log_norm - d * float(np.log(_WIDER)), weight,
    )  # fmt: skip


def _mixture(size: int, z: Floats, shares: Floats) -> list[Component]:
    """Fit a mixture of t distributions by EM (Peel & McLachlan 2000, Statistics and Computing 10).

    Args:
        size: classes in the structures.
        z: structures, shape (n, dimension).
        shares: first guess of what belongs where, shape (n, kinds).

    """
    d = z.shape[1]
    weights = np.ones_like(shares)
    parts: list[Component] = []
    for _ in range(_ROUNDS):
        kept = shares.sum(0) >= _LEAST_DRAWS * d
        if not kept.any():
            return []
        shares, weights = shares[:, kept], weights[:, kept]
        parts = [
            _component(size, z, shares[:, at], weights[:, at]) for at in range(shares.shape[1])
        ]
        logs = np.empty_like(shares)
        for at, one in enumerate(parts):
            away = (((z - one.centre) @ one.inverse.T) ** 2).sum(1)
            logs[:, at] = np.log(one.weight) + one.log_norm
            logs[:, at] -= (FREEDOM + d) / 2 * np.log1p(away / FREEDOM)
            weights[:, at] = (FREEDOM + d) / (FREEDOM + away)
        shares = np.exp(logs - np.logaddexp.reduce(logs, axis=1)[:, None])
    return parts


def _component(size: int, z: Floats, shares: Floats, weights: Floats) -> Component:
    """Return the t distribution of structures that belong to it by ``shares``."""
    heavy = shares * weights
    centre = heavy @ z / heavy.sum()
    away = z - centre
    covariance = (away * heavy[:, None]).T @ away / shares.sum()
    # the fewer draws, the less their correlations are believed
    doubt = min(0.5, len(centre) / shares.sum())
    covariance = (1 - doubt) * covariance + doubt * np.diag(1.2 * np.diag(covariance) + 1e-8)
    root = np.asarray(np.linalg.cholesky(covariance), np.float64)
    d = len(centre)
    norm = (
        gammaln((FREEDOM + d) / 2) - gammaln(FREEDOM / 2)
        - d / 2 * np.log(FREEDOM * np.pi) - np.log(np.diag(root)).sum()
    )  # fmt: skip
    return Component(
        size, centre, root, np.asarray(np.linalg.inv(root), np.float64), float(norm), 1.0
    )


def _kinds(rng: np.random.Generator, z: Floats) -> Floats:
    """Return a first guess which structures belong together: to the nearest of far-apart ones."""
    points = z / np.maximum(z.std(0), 1e-4)
    centres = [points[rng.integers(len(points))]]
    for _ in range(_KINDS - 1):
        near = np.min([((points - one) ** 2).sum(1) for one in centres], axis=0)
        if near.max() == 0:
            break
        centres.append(points[rng.choice(len(points), p=near / near.sum())])
    away = np.array([((points - one) ** 2).sum(1) for one in centres])
    return np.asarray(away.argmin(0)[:, None] == np.arange(len(centres)), np.float64)


def _told(model: LatentClasses, states: States) -> tuple[Floats, Floats]:
    """Return logs of shares (classes, n) and logits (lists, classes, n)."""
    k = model.classes
    logits = states[k - 1 :].astype(np.float64).reshape(model.lists, k, -1)
    return model.log_shares(states), logits


def _logits(angles: Floats) -> Floats:
    return np.asarray(2 * np.log(np.tan(np.clip(angles, 1e-9, np.pi / 2 - 1e-9))))


def _seen(model: LatentClasses, logs: Floats, logits: Floats) -> Floats:
    """Return how many people of each class were seen, shape (classes, n)."""
    found = -np.expm1(-np.logaddexp(0, logits).sum(0))
    people = np.exp(logs) * found
    return np.asarray(model.n * people / np.maximum(people.sum(0), 1e-300))


def _structure(logs: Floats, logits: Floats, rank: NDArray[np.intp], size: int) -> Floats:
    """Return the structure of so many classes: ratios of shares, then logits class by class."""
    first = rank[:size]
    shares = np.take_along_axis(logs, first, 0)
    rest = np.logaddexp.reduce(np.take_along_axis(logs, rank[size:], 0), axis=0)
    # the rest may be next to nothing, in many orders of magnitude: the log of its log
    depth = np.log(np.maximum(shares[0] - rest, _SHALLOW))
    ratios = np.concatenate([shares[1:] - shares[0], depth[None]])
    chosen = np.take_along_axis(logits, first[None], 1).transpose(1, 0, 2)
    angles = np.arctan(np.exp(np.clip(chosen, -300, 300) / 2))
    return np.concatenate([ratios, angles.reshape(-1, logs.shape[1])])


def _log_rest(logs: Floats, logits: Floats, rank: NDArray[np.intp], size: int) -> Floats:
    """Return the log density of the classes beyond a structure, and of the order of all."""
    (k, count), lists = logs.shape, len(logits)
    within = np.zeros((k, count), np.bool_)
    np.put_along_axis(within, rank[:size], True, 0)
    softplus = np.logaddexp(0, logits)
    flat = (logits - 2 * softplus).sum(0)
    # angles were drawn, not logits: d angle / d logit = sqrt(lambda (1 - lambda)) / 2
    turned = flat / 2 - lists * np.log(2)
    density = np.where(within, turned, flat).sum(0)
    nothing = np.full(count, -np.inf)
    empties = np.where(within, -np.inf, logs)
    tail = np.logaddexp.accumulate(empties[::-1], axis=0)[::-1]  # empties from here on
    total = np.logaddexp.accumulate(logs[::-1], axis=0)[::-1]
    after = np.concatenate([tail[1:], nothing[None]])
    with np.errstate(invalid="ignore"):
        stick, left = logs - tail, after - tail
        last = within | ~np.isfinite(after)
    sticks = k - size - 1
    density += np.where(last, 0.0, stick).sum(0)
    density -= (SHAPE + sticks) * np.log(RATE - np.where(last, 0.0, left).sum(0))
    density += float(gammaln(SHAPE + sticks) - gammaln(SHAPE) + SHAPE * np.log(RATE))
    first = np.take_along_axis(logs, rank[:1], 0)[0]
    density -= np.log(np.maximum(first - tail[0], _SHALLOW))  # d depth / d log share of the rest
    # the next class: a given one of the structure by its share, or an empty one by all theirs
    step = np.where(within, logs, tail) - total
    return np.asarray(density + np.where(np.isfinite(step), step, 0.0).sum(0))


def _order(rng: np.random.Generator, logs: Floats, size: int) -> NDArray[np.intp]:
    """Draw the order of classes by size; empty ones keep theirs among themselves."""
    k, count = logs.shape
    order = np.empty((k, count), np.intp)
    shares = np.exp(logs)
    pool = shares[:size].copy()
    empty = shares[size:]
    left = np.concatenate([np.cumsum(empty[::-1], 0)[::-1], np.zeros((1, count))])
    next_empty = np.zeros(count, np.intp)
    columns = np.arange(count)
    for place in range(k):
        rest = left[next_empty, columns]
        weights = np.cumsum(np.concatenate([pool, rest[None]]), 0)
        spent = weights[-1] <= 0
        drawn = (rng.uniform(size=count) * weights[-1] >= weights).sum(0)
        drawn = np.where((drawn > size) | spent, size, drawn)
        is_empty = (drawn == size) & (next_empty < k - size)
        # where shares are too small to be held, take what is left of the structure
        stuck = (drawn == size) & ~is_empty
        drawn = np.where(stuck, np.argmax(pool, axis=0), drawn)
        order[place] = np.where(is_empty, size + next_empty, drawn)
        pool[drawn[~is_empty], columns[~is_empty]] = 0.0
        next_empty += is_empty
    return order
