"""What every method of estimation returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How far an estimate can be trusted, as the method itself can tell.

    Attributes:
        warnings: sentences for the reader, worst first; empty when nothing speaks against it.
        details: figures of the method by name (``rhat``, ``ess_bulk``, ``ess_tail``, ``model``,
            ``aic`` ...), plain numbers, texts and lists.

    """

    warnings: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return what ``diagnostics`` holds in the JSON."""
        return {**self.details, "warnings": list(self.warnings)}


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many there were in all, those whom no list names included.

    Attributes:
        method: "lcmcr", "bma", "loglinear", "chao", "lincoln-petersen".
        estimate: people in all (the median, or the maximum of the likelihood); None when the
            table has no finite estimate by this method.
        low, high: ends of the interval; None as above; ``high`` alone is None for a lower bound.
        level: of the interval, 0.95 for 95 %.
        observed: people on at least one list.
        diagnostics: see ``Diagnostics``.
        draws: shape (m,), people in all: draws from the posterior, or from the sampling
            distribution of the estimate; for adding strata up and for charts. Empty when there
            is no finite estimate.

    """

    method: str
    estimate: float | None
    low: float | None
    high: float | None
    level: float
    observed: int
    diagnostics: Diagnostics
    draws: Draws = field(default_factory=lambda: np.empty(0), repr=False, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the estimate as an element of ``results``."""
        return {
            "method": self.method,
            "estimate": self.estimate,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "observed": self.observed,
            "diagnostics": self.diagnostics.as_dict(),
        }
