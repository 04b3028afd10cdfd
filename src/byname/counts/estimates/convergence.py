"""Whether chains agree, and how much their draws are worth.

Vehtari, Gelman, Simpson, Carpenter & Burkner 2021, "Rank-normalization, folding, and localization:
an improved R-hat", Bayesian Analysis 16, 667-718: split R-hat of ranks, of the middle and of the
spread (eqs. 4, 14 and section 3.2), bulk and tail effective sample size (eqs. 10 to 13, section
3.3). Sums of autocorrelations are cut off as Geyer 1992 does (initial monotone sequence).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Convergence:
    """How far chains agree.

    Attributes:
        rhat: 1 when all halves of all chains tell the same; above 1.01 they do not.
        ess_bulk: independent draws that the middle of the distribution is worth.
        ess_tail: the same for the ends of the interval; the worse of the two ends.

    """

    rhat: float
    ess_bulk: float
    ess_tail: float


def convergence(draws: Floats, level: float = 0.95) -> Convergence:
    """Judge draws of shape (chains, draws a chain), four of each at least.

    The tail is judged at the ends of the interval of ``level``.
    """
    halves = _split(draws)
    if np.ptp(halves) == 0:
        return Convergence(1.0, float(halves.size), float(halves.size))
    folded = np.abs(halves - np.median(halves))
    rhat = max(_rhat(_normal_ranks(halves)), _rhat(_normal_ranks(folded)))
    ends = np.quantile(halves, [(1 - level) / 2, (1 + level) / 2])
    tails = [_ess((halves <= end).astype(np.float64)) for end in ends]
    return Convergence(rhat, _ess(_normal_ranks(halves)), min(tails))


def _split(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_ranks(draws: Floats) -> Floats:
    ranks = rankdata(draws, axis=None).reshape(draws.shape)
    return np.asarray(ndtri((ranks - 0.375) / (draws.size + 0.25)))


def _variances(draws: Floats) -> tuple[float, float]:
    """Return the variance within chains, and that of all (eqs. 1 to 3)."""
    length = draws.shape[1]
    within = float(draws.var(axis=1, ddof=1).mean())
    between = float(draws.mean(axis=1).var(ddof=1))
    return within, within * (length - 1) / length + between


def _rhat(draws: Floats) -> float:
    within, total = _variances(draws)
    return float(np.sqrt(total / within)) if within > 0 else float("inf")


def _ess(draws: Floats) -> float:
    """Return the effective sample size of several chains (eqs. 10 and 11)."""
    chains, length = draws.shape
    within, total = _variances(draws)
    if within == 0:
        return float(chains) if total > 0 else float(draws.size)
    centred = draws - draws.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * length, axis=1)
    covariance = np.fft.irfft(spectrum * spectrum.conj(), axis=1)[:, :length].mean(0) / length
    rho = 1 - (within - covariance * length / (length - 1)) / total
    rho[0] = 1.0
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(1)
    negative = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: negative[0]] if len(negative) else pairs)
    time = max(2 * float(pairs.sum()) - 1, 1 / np.log10(draws.size))
    return float(draws.size / time)


def modes(draws: Floats, least: float = 0.03) -> list[tuple[float, float]]:
    """Return the modes of the distribution of log draws, with the share of each.

    A mode is a peak of a kernel density that stands out from its lower valley by a third and holds
    ``least`` of the draws at least; its share is what lies between its valleys. The bandwidth is
    half of Silverman's (1986, eq. 3.31), so that neighbours are not blurred into one.
    """
    logs = np.log(draws.ravel())
    spread = min(float(logs.std()), float(np.subtract(*np.quantile(logs, [0.75, 0.25]))) / 1.34)
    if spread <= 0:
        return [(float(np.median(draws)), 1.0)]
    width = 0.5 * 0.9 * spread * min(logs.size, 5000) ** -0.2
    low, high = np.quantile(logs, [0.0005, 0.9995])
    edges = np.linspace(low - 4 * width, high + 4 * width, 1025)
    counts, _ = np.histogram(logs, edges)
    step = edges[1] - edges[0]
    reach = np.arange(-int(4 * width / step) - 1, int(4 * width / step) + 2)
    kernel = np.exp(-0.5 * (reach * step / width) ** 2)
    density = np.convolve(counts, kernel / kernel.sum(), "same")
    return _peaks(density, counts / logs.size, np.exp((edges[1:] + edges[:-1]) / 2), least)


def _peaks(
    density: Floats, mass: Floats, places: Floats, least: float
) -> list[tuple[float, float]]:
    """Return peaks and their masses; the shallowest valley is filled until all are deep."""
    inner = np.flatnonzero((density[1:-1] > density[:-2]) & (density[1:-1] >= density[2:])) + 1
    tops = [int(top) for top in inner] or [int(density.argmax())]
    while len(tops) > 1:
        valleys = [left + int(density[left : right + 1].argmin()) for left, right in pairwise(tops)]
        cuts = [0, *valleys, len(density)]
        shares = [float(mass[a:b].sum()) for a, b in pairwise(cuts)]
        depth = [
            density[valley] / min(density[tops[at]], density[tops[at + 1]])
            for at, valley in enumerate(valleys)
        ]
        small = [at for at, share in enumerate(shares) if share < least]
        if small:
            at = min(small, key=lambda one: shares[one])
            tops.pop(at)
        elif max(depth) > 2 / 3:
            at = int(np.argmax(depth))
            tops.pop(at if density[tops[at]] < density[tops[at + 1]] else at + 1)
        else:
            return [(float(places[top]), share) for top, share in zip(tops, shares, strict=True)]
    return [(float(places[tops[0]]), 1.0)]
