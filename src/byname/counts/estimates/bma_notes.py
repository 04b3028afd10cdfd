"""What a reader must know of a posterior: its peaks, and what speaks against the estimate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.grid import Density

VALLEY = 0.5
"""Two peaks are two when the posterior between them falls below this share of the lower one."""
PEAK_MASS = 0.03
"""A peak with less of the posterior around it is none worth telling."""
MUCH = 0.05
"""Weight from which a reader must know of the graph that joins all lists."""
DIFFERS = 0.10
"""Relative difference between two priors from which a reader must know of it."""
MANY_TIMES = 10
"""An estimate of more than so many times those seen stands on few overlaps."""
SAFE_CUT = 1e-3

Ends = tuple[float | None, float | None, float | None]
"""Low end, median, high end; None where there is none."""


def modes(density: Density, seen: int) -> list[dict[str, float]]:
    """Return the peaks of the posterior: ``people`` in all at the top, ``mass`` around it.

    Neighbouring cells are joined into hills; two hills are one unless the valley between them is
    below ``VALLEY`` of the lower top. A hill of little mass goes to the neighbour with the higher
    valley between.
    """
    height = density.mass / np.diff(density.edges)
    beside = np.concatenate([[-1.0], height, [-1.0]])
    tops: list[int] = np.flatnonzero(
        (height > 0) & (height > beside[:-2]) & (height >= beside[2:])
    ).tolist()
    while len(tops) > 1:
        # Lowest points between neighbouring tops, and the mass between the lowest points.
        valleys = [
            left + int(np.argmin(height[left : right + 1])) for left, right in pairwise(tops)
        ]
        mass = [float(part.sum()) for part in np.split(density.mass, valleys)]
        weakest = _weakest(height, tops, valleys, mass)
        if weakest is None:
            return [_mode(density, seen, top, held) for top, held in zip(tops, mass, strict=True)]
        tops.pop(weakest)
    return [_mode(density, seen, top, 1.0) for top in tops]


def _weakest(height: Any, tops: list[int], valleys: list[int], mass: list[float]) -> int | None:
    """Return which top to give up: the lower of a pair without a valley, or one of no mass."""
    depth = [
        height[valley] / min(height[left], height[right])
        for valley, left, right in zip(valleys, tops[:-1], tops[1:], strict=True)
    ]
    flattest = int(np.argmax(depth))
    if depth[flattest] > VALLEY:
        return flattest + int(height[tops[flattest + 1]] < height[tops[flattest]])
    lightest = int(np.argmin(mass))
    return lightest if mass[lightest] < PEAK_MASS else None


def _mode(density: Density, seen: int, top: int, mass: float) -> dict[str, float]:
    middle = (density.edges[top] + density.edges[top + 1]) / 2
    return {"people": float(np.round(middle)) + seen, "mass": round(mass, 4)}


def warnings(cells: Cells, ends: Ends, details: dict[str, Any], level: float) -> tuple[str, ...]:
    """Return sentences on what speaks against an estimate, worst first."""
    return (
        *_on_peaks(details),
        *_on_all_joined(details),
        *_on_prior(ends, details, level),
        *_on_tail(ends, details, level),
        *_on_end(details),
        *_on_table(cells, ends),
        *_on_independence(cells, details),
    )


def _on_peaks(details: dict[str, Any]) -> Iterator[str]:
    peaks = details["modes"]
    if len(peaks) > 1:
        told = ", ".join(f"{peak['people']:,.0f} ({peak['mass']:.0%})" for peak in peaks)
        yield (
            f"The posterior has {len(peaks)} peaks, at {told}: the models disagree, and the "
            "median may lie where no single model puts it. Give the interval, not one number."
        )


def _on_all_joined(details: dict[str, Any]) -> Iterator[str]:
    if details["saturated"] >= MUCH:
        yield (
            f"With a weight of {details['saturated']:.0%} every list depends on every other. In "
            "that model the lists say nothing about those on none, so the interval's upper end "
            "comes from the prior in part."
        )


def _on_prior(ends: Ends, details: dict[str, Any], level: float) -> Iterator[str]:
    other = details["other_prior"]
    theirs = (other["low"], other["estimate"], other["high"])
    differs = [
        abs(there / here - 1)
        for here, there in zip(ends, theirs, strict=True)
        if here is not None and there is not None
    ]
    if None not in theirs and max(differs, default=0.0) > DIFFERS:
        name = "1/m (m on no list)" if other["prior"] == "unseen" else "1/N (N in all)"
        yield (
            f"The prior matters: with {name} the estimate would be {other['estimate']:,.0f} "
            f"[{other['low']:,.0f}, {other['high']:,.0f}] at {level:.0%}."
        )


def _on_tail(ends: Ends, details: dict[str, Any], level: float) -> Iterator[str]:
    less, high = details["up_to"]["high"], ends[2]
    if less is not None and high is not None and high / less - 1 > DIFFERS:
        yield (
            f"The upper end rests on a long tail: were no more than {details['up_to']['unseen']:,} "
            f"unseen thought possible, it would be {less:,.0f} at {level:.0%}."
        )


def _on_end(details: dict[str, Any]) -> Iterator[str]:
    if details["cut_off_mass"] > SAFE_CUT:
        yield (
            f"About {details['cut_off_mass']:.1%} of the posterior lies beyond "
            f"{details['grid_end']:,.0f} people, where it was cut off; with so small a delta it "
            "hardly falls, and there may be no upper end. Take a larger delta."
        )


def _on_table(cells: Cells, ends: Ends) -> Iterator[str]:
    middle = ends[1]
    if middle is not None and middle > MANY_TIMES * cells.n:
        yield (
            f"The estimate is {middle / cells.n:.0f} times those seen: it stands on few people "
            "found twice, and a few wrong or missed links would move it much."
        )
    apart = [
        f"{cells.lists[one]} and {cells.lists[two]}"
        for one, two in combinations(range(len(cells.lists)), 2)
        if not cells.on(one, two)
    ]
    if apart:
        named = "; ".join(apart[:3]) + (f"; and {len(apart) - 3} more" if len(apart) > 3 else "")
        yield (
            f"{len(apart)} of {len(cells.lists) * (len(cells.lists) - 1) // 2} pairs of lists "
            f"share nobody ({named}): they exclude each other, or links between them were missed."
        )


def _on_independence(cells: Cells, details: dict[str, Any]) -> Iterator[str]:
    if len(cells.lists) == 2:
        yield (
            "With two lists alone nothing tells whether they depend on each other; the estimate "
            "averages over both cases as the prior has it. A third list would tell."
        )
    elif details["independent"] > 0.5:
        yield (
            f"With a weight of {details['independent']:.0%} the lists are independent of each "
            "other. Small tables look so even where they are not."
        )
