"""Where a curve breaks: the units of time from which a count runs at another level.

A break is looked for wherever some stretch of the series lies above or below the rest by more
than shuffling would bring about: shuffling of single units, which leaves zeros, heaps and
overdispersion as they are, and of short blocks, which leaves together neighbours that are alike.
None of these is taken for a break, though a curve that wanders for long may be. Then all breaks
are moved together to where the levels fit best (least squares on square roots, which even out how
widely counts scatter; Truong, Oudre & Vayatis, Selective review of offline change point detection,
Signal Processing 167, 2020, and their library ``ruptures``), and one that no longer stands out
between its neighbours is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any, NamedTuple

from byname.errors import MissingExtraError

LEVEL = 0.005
"""Chance of a break in one stretch without any, where units do not depend on each other."""
_LEVEL_OF_BLOCKS = 0.03
"""The same where neighbours are alike. Five units far above thirty can hardly come below it: there
are only so many ways to shuffle blocks."""
_KEPT = 0.05
"""The same of a break between its neighbours, once the whole was found to break."""
_SHUFFLES = 999
_SEED = 1937
_MIN_UNITS = 2
"""A level lasts at least so many units; one alone is a peak, not a level."""
_MOST = 12
_PROFILE = 7.35
"""Where a break may lie with 95 %: twice the log-likelihood below its best by no more than this.

Of the likelihood of a break's place, the largest over a two-sided walk (Siegmund 1988); the usual
3.84 of a smooth parameter would promise too much.
"""


@dataclass(frozen=True, slots=True)
class Break:
    """From unit ``at`` on, the count runs at another level.

    Attributes:
        at: index of the first unit of the new level.
        earliest, latest: where that unit may lie with about 95 %.
        before, after: counts a unit on both sides, up to the neighbouring breaks.
        chance: how often shuffling by blocks brought about as much between the neighbouring
            breaks; the least it can be is 1 in 1,000.

    """

    at: int
    earliest: int
    latest: int
    before: float
    after: float
    chance: float

    @property
    def rise(self) -> bool:
        """Whether the count is higher afterwards."""
        return self.after > self.before


def breaks(counts: Sequence[int]) -> list[Break]:
    """Return the breaks of a series of counts, one a unit of time, zeros included.

    Args:
        counts: in the order of time, without holes.

    Raises:
        MissingExtraError: NumPy or ruptures is not installed.

    """
    np, _ = _libraries()
    values = np.sqrt(np.asarray(counts, dtype=float) + 0.375)
    if len(values) < 3 * _MIN_UNITS or float(values.max() - values.min()) == 0.0:
        return []
    random = np.random.default_rng(_SEED)
    places = _split(values, 0, len(values), random)
    places, chances = _kept(values, places, random)
    return _told(counts, values, places, chances)


def _libraries() -> tuple[Any, ModuleType]:
    try:
        import numpy  # noqa: PLC0415 - heavy, and only needed here
        import ruptures  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "Breaks in a curve need NumPy and ruptures, which are not installed; "
            'run `pip install "byname[estimate]"`.'
        ) from error
    return numpy, ruptures


def _split(values: Any, start: int, end: int, random: Any) -> list[int]:
    """Return the breaks of one stretch, and of the stretches they leave, from left to right."""
    if end - start < 2 * _MIN_UNITS:
        return []
    inside, chance = _stands_out(values[start:end], random)
    if not inside or chance.units > LEVEL or chance.blocks > _LEVEL_OF_BLOCKS:
        return []
    cuts = [start + cut for cut in inside]
    ends = [start, *cuts, end]
    found = list(cuts)
    for left, right in pairwise(ends):
        found += _split(values, left, right, random)
    return sorted(found)[:_MOST]


class _Chance(NamedTuple):
    """How often shuffling brought about as much: of single units, of blocks of neighbours."""

    units: float
    blocks: float


def _stands_out(values: Any, random: Any, once: bool = False) -> tuple[list[int], _Chance]:
    """Return the stretch that differs most from the rest, by its ends, and the chance of that.

    Stretches begin anywhere; they have lengths in steps of a third, or reach from the beginning;
    with ``once`` only these, as of one break.
    """
    np, _ = _libraries()
    size = len(values)
    lengths = [] if once else _lengths(size)
    best, cuts = -1.0, [0]
    sums = np.concatenate([[0.0], np.cumsum(values - values.mean())])
    for length in lengths:
        gain = (sums[length:] - sums[:-length]) ** 2 * (size / (length * (size - length)))
        at = int(gain.argmax())
        if gain[at] > best:
            best, cuts = float(gain[at]), [at, at + length]
    ends = np.arange(_MIN_UNITS, size - _MIN_UNITS + 1)
    prefix = sums[ends] ** 2 * (size / (ends * (size - ends)))
    if prefix.max() >= best:
        best, cuts = float(prefix.max()), [int(ends[prefix.argmax()])]
    chances = []
    for block in (1, max(1, round(size ** (1 / 3)) - 1)):
        shuffled = _shuffled(values, lengths, ends, block, random)
        chances.append((1 + int((shuffled >= best * (1 - 1e-9)).sum())) / (_SHUFFLES + 1))
    inside = [cut for cut in cuts if _MIN_UNITS <= cut <= size - _MIN_UNITS]
    return inside, _Chance(*chances)


def _lengths(size: int) -> list[int]:
    lengths, length = [], float(_MIN_UNITS)
    while length <= size - _MIN_UNITS:
        lengths.append(int(length))
        length = max(length + 1, length * 4 / 3)
    return lengths


def _shuffled(values: Any, lengths: list[int], ends: Any, block: int, random: Any) -> Any:
    """Return the largest differences of a stretch from the rest in series shuffled by blocks."""
    np, _ = _libraries()
    size = len(values)
    batch = max(1, 2_000_000 // size)
    found = []
    centred = values - values.mean()
    for first in range(0, _SHUFFLES, batch):
        rows = min(batch, _SHUFFLES - first)
        mixed = _mixed(centred, rows, block, random)
        sums = np.concatenate([np.zeros((rows, 1)), np.cumsum(mixed, axis=1)], axis=1)
        best = (sums[:, ends] ** 2 * (size / (ends * (size - ends)))).max(axis=1)
        for length in lengths:
            gain = (sums[:, length:] - sums[:, :-length]) ** 2
            best = np.maximum(best, gain.max(axis=1) * (size / (length * (size - length))))
        found.append(best)
    return np.concatenate(found)


def _mixed(values: Any, rows: int, block: int, random: Any) -> Any:
    """Return ``rows`` shuffles of a series by blocks, each shuffle with other ends of blocks."""
    np, _ = _libraries()
    size = len(values)
    blocks = np.arange(size) // block
    keys = random.random((rows, int(blocks[-1]) + 1))[:, blocks]
    turned = (np.arange(size) + random.integers(size, size=(rows, 1))) % size
    order = np.argsort(keys, axis=1, kind="stable")
    return values[np.take_along_axis(turned, order, axis=1)]


def _fitted(values: Any, number: int) -> list[int]:
    """Return the ``number`` breaks that leave the least squares, by dynamic programming."""
    _, ruptures = _libraries()
    if not number:
        return []
    search = ruptures.KernelCPD(kernel="linear", min_size=_MIN_UNITS).fit(values.reshape(-1, 1))
    return [int(at) for at in search.predict(n_bkps=number)[:-1]]


def _kept(values: Any, places: list[int], random: Any) -> tuple[list[int], list[float]]:
    """Return the breaks moved to where they fit best, without those that stand out no more."""
    number = len(places)
    while number:
        number = min(number, len(values) // _MIN_UNITS - 1)
        places = _fitted(values, number)
        ends = [0, *places, len(values)]
        chances = [
            _stands_out(values[ends[n] : ends[n + 2]], random, once=True)[1].blocks
            for n in range(len(places))
        ]
        if max(chances) <= _KEPT:
            return places, chances
        number -= 1
    return [], []


def _told(
    counts: Sequence[int], values: Any, places: list[int], chances: list[float]
) -> list[Break]:
    ends = [0, *places, len(counts)]
    found = []
    for n, (at, chance) in enumerate(zip(places, chances, strict=True)):
        left, right = ends[n], ends[n + 2]
        earliest, latest = _profile(values[left:right], at - left)
        before, after = counts[left:at], counts[at:right]
        found.append(
            Break(
                at,
                left + earliest,
                left + latest,
                sum(before) / len(before),
                sum(after) / len(after),
                chance,
            )
        )
    return found


def _profile(values: Any, at: int) -> tuple[int, int]:
    """Return the earliest and latest unit where the break of a stretch may lie."""
    np, _ = _libraries()
    size = len(values)
    ends = np.arange(1, size)
    sums = np.cumsum(values - values.mean())
    gain = sums[:-1] ** 2 * (size / (ends * (size - ends)))
    left, right = values[:at], values[at:]
    squares = float(((left - left.mean()) ** 2).sum() + ((right - right.mean()) ** 2).sum())
    # Square roots of Poisson counts have a variance of a quarter: counts cannot scatter less.
    spread = max(squares / max(1, size - 2), 0.25)
    near = [int(end) for end in ends[gain >= gain[at - 1] - _PROFILE * spread]]
    return min([*near, at]), max([*near, at])
