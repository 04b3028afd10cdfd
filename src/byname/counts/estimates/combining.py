"""Estimates put together: of strata by adding draws, of plausible linkages by Rubin's rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import t as student

from byname.counts.estimates.model import Diagnostics, Draws, Estimate
from byname.counts.estimates.settling import settled

DRAWS = 4_000
_MOST_SAID = 5
"""Warnings of plausible linkages differ in little but numbers; so many are told."""


def total(parts: Sequence[tuple[str, Estimate]], seed: int) -> Estimate:
    """Return the total of strata by one method, draw by draw.

    Strata are estimated independently of one another, so a draw of the total is a draw of each,
    added up; adding up the ends of intervals instead would make the total far too uncertain. A
    stratum without a finite estimate enters with those seen, and the warnings say so.

    Args:
        parts: (name of the stratum, its estimate), all by one method and of one level.
        seed: for drawing from each.

    """
    rng = np.random.default_rng(seed)
    first = parts[0][1]
    told = [(name, one) for name, one in parts if one.estimate is not None and one.draws.size]
    silent = [name for name, one in parts if one.estimate is None or not one.draws.size]
    observed = sum(one.observed for _, one in parts)
    warnings = _of_strata(parts)
    details: dict[str, Any] = {
        "strata": len(parts),
        "strata_without_estimate": silent,
        "strata_unsettled": [name for name, one in told if not settled(one)],
    }
    details |= _worst([one.diagnostics.details for _, one in parts])
    if not told:
        return Estimate(
            first.method, None, None, None, first.level, observed,
            Diagnostics(tuple(warnings), details),
        )  # fmt: skip
    if silent:
        left = sum(one.observed for name, one in parts if name in silent)
        warnings.insert(
            0,
            f"{len(silent)} of {len(parts)} strata bear no estimate ({_some(silent)}); they enter "
            f"with the {left:,} people seen there, so that the total is too low.",
        )
    sums = np.full(DRAWS, float(observed - sum(one.observed for _, one in told)))
    for _, one in told:
        sums += rng.choice(one.draws, DRAWS, replace=one.draws.size < DRAWS)
    low, middle, high = _ends(sums, first.level)
    bound = any(one.high is None for _, one in told)
    return Estimate(
        first.method, middle, low, None if bound else high, first.level, observed,
        Diagnostics(tuple(warnings), details), sums,
    )  # fmt: skip


def _of_strata(parts: Sequence[tuple[str, Estimate]]) -> list[str]:
    """Return the first warning of every stratum; what several say alike is told once."""
    said: dict[str, list[str]] = {}
    for name, one in parts:
        for warning in one.diagnostics.warnings[:1]:
            said.setdefault(warning, []).append(name)
    whole = len(parts)
    return [
        f"{_some(names) if len(names) < whole else f'All {whole} strata'}: {warning}"
        for warning, names in said.items()
    ]


def _some(names: Sequence[str], most: int = 5) -> str:
    more = f"; and {len(names) - most} more" if len(names) > most else ""
    return "; ".join(names[:most]) + more


def _worst(details: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the worst of what samplers say of their strata."""
    found: dict[str, Any] = {}
    for key, worst in (("rhat", max), ("ess_bulk", min), ("ess_tail", min)):
        values = [one[key] for one in details if one.get(key) is not None]
        if values:
            found[key] = worst(values)
    return found


def over_linkages(parts: Sequence[Estimate]) -> Estimate:
    """Return one estimate of several plausible linkages, by one method.

    Rubin 1987, "Multiple imputation for nonresponse in surveys", eqs. 3.1.2 to 3.1.8, on the
    logarithm of the number: the variance is that within linkages and (1 + 1/m) that between them,
    the interval is Student's. It never goes below those seen. ``draws`` are those of all linkages
    together.
    """
    told = [one for one in parts if one.estimate is not None and one.draws.size]
    first = parts[0]
    first_said = dict.fromkeys(text for one in parts for text in one.diagnostics.warnings[:1])
    warnings = tuple(first_said)[:_MOST_SAID]
    details: dict[str, Any] = {
        "linkages": len(parts),
        "linkages_unsettled": sum(not settled(one) for one in told),
    }
    details |= _worst([one.diagnostics.details for one in parts])
    observed = round(sum(one.observed for one in parts) / len(parts))
    if len(told) < len(parts):
        lacking = (
            f"{len(parts) - len(told)} of {len(parts)} plausible linkages have no estimate by this "
            "method, so there is none over all of them."
        )
        warnings = (lacking, *warnings)
        return Estimate(
            first.method, None, None, None, first.level, observed, Diagnostics(warnings, details)
        )
    logs = np.log([one.estimate for one in told if one.estimate is not None])
    within = float(np.mean([np.log(one.draws).var(ddof=1) for one in told]))
    between = float(logs.var(ddof=1)) if len(told) > 1 else 0.0
    extra = (1 + 1 / len(told)) * between
    freedom = (len(told) - 1) * (1 + within / extra) ** 2 if extra > 0 else np.inf
    half = float(student.ppf((1 + first.level) / 2, freedom)) * np.sqrt(within + extra)
    middle = float(logs.mean())
    least = float(min(one.observed for one in told))
    details |= {
        "variance_within": within,
        "variance_between": between,
        "share_of_linkage": round(extra / (within + extra), 3) if within + extra else 0.0,
        "by_linkage": [round(float(np.exp(one)), 1) for one in logs],
    }
    bound = any(one.high is None for one in told)
    draws: Draws = np.concatenate([one.draws for one in told])
    return Estimate(
        first.method, float(np.exp(middle)), max(least, float(np.exp(middle - half))),
        None if bound else float(np.exp(middle + half)), first.level, observed,
        Diagnostics(warnings, details), draws,
    )  # fmt: skip


def _ends(draws: Draws, level: float) -> tuple[float, float, float]:
    low, middle, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return float(low), float(middle), float(high)
