"""What every method says of simulated people: the work of ``mse_coverage``, a table at a time.

A module of its own, so that worker processes can import it.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.simulated_people import Population, population

from byname.counts.estimates import chains, lcmcr, methods
from byname.counts.estimates.model import Diagnostics, Estimate
from byname.counts.estimates.quoting import APART
from byname.counts.estimates.settling import settled
from byname.errors import EstimateError

METHODS = ("lcmcr", "bma", "loglinear", "chao")
QUOTED = "quoted"
"""The range of the sentence that may be quoted: from the lowest to the highest end."""
EFFORT = lcmcr.Effort(enough=400)
"""Chains end when they agree and are worth 400 draws: what is asked of them at least."""
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Asked:
    """A population, by number and seed, and the methods to estimate it by."""

    number: int
    seed: int
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method said of a table.

    Attributes:
        number, kind, variety, lists, people, observed: of the population; ``people`` is the truth.
        method: or ``QUOTED``.
        estimate, low, high: None where there is none; ``high`` of a bound is None too.
        settled: whether the method stands by it, as the quoted sentence judges; of a bound,
            whether the lists are alike enough in size for it; of ``QUOTED``, whether the range is
            narrow enough not to be called too far apart for a figure.
        rhat: of LCMCR's chains.
        warnings: how many, without what is said of every bound.
        seconds: of one core.

    """

    number: int
    kind: str
    variety: str
    lists: int
    people: int
    observed: int
    method: str
    estimate: float | None
    low: float | None
    high: float | None
    settled: bool
    rhat: float | None
    warnings: int
    seconds: float

    @property
    def given(self) -> bool:
        """Whether there is an interval, or a bound."""
        return self.low is not None


class _Here:
    """Runs LCMCR's chains in this process: whole tables go to workers, not chains.

    The draws are the same: chains are dealt out in groups with seeds of their own either way.
    """

    def together(self, stretches: Sequence[chains.Stretch]) -> list[chains.Gone]:
        return [chains.run(one) for one in stretches]

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *error: object) -> None:
        return None


def estimates(asked: Asked) -> list[Outcome]:
    """Estimate one population by every method; the body of a worker."""
    simulated = population(asked.number, asked.seed)
    table = simulated.table
    try:
        table.check()
    except EstimateError as error:
        none = Diagnostics((str(error),))
        results = [Estimate(name, None, None, None, LEVEL, table.n, none) for name in asked.methods]
        return [_outcome(simulated, one, 0.0) for one in results] + [_quoted(simulated, [])]
    found = []
    outcomes = []
    for name in asked.methods:
        clock = time.process_time()
        found.append(_estimate(name, simulated, asked.seed))
        outcomes.append(_outcome(simulated, found[-1], time.process_time() - clock))
    return [*outcomes, _quoted(simulated, found)]


def _estimate(name: str, simulated: Population, seed: int) -> Estimate:
    if name != "lcmcr":
        return methods.run(name, simulated.table, LEVEL, seed, lambda _: None)
    with mock.patch.object(lcmcr, "Runner", _Here):
        return lcmcr.estimate(simulated.table, LEVEL, seed=seed, effort=EFFORT)


def _outcome(simulated: Population, one: Estimate, seconds: float) -> Outcome:
    of_every_bound = one.method == "chao" and one.low is not None
    return Outcome(
        **_of(simulated),
        method=one.method,
        estimate=one.estimate,
        low=one.low,
        high=one.high,
        settled=settled(one) and not one.diagnostics.details.get("uneven"),
        rhat=one.diagnostics.details.get("rhat"),
        warnings=len(one.diagnostics.warnings) - of_every_bound,
        seconds=seconds,
    )


def _quoted(simulated: Population, results: Sequence[Estimate]) -> Outcome:
    """Return the range that the quoted sentence has, from the methods that settled."""
    ends = [
        (one.low, one.high)
        for one in results
        if one.low is not None and one.high is not None and settled(one)
    ]
    low = min((low for low, _ in ends), default=None)
    high = max((high for _, high in ends), default=None)
    return Outcome(
        **_of(simulated),
        method=QUOTED,
        estimate=None,
        low=low,
        high=high,
        settled=low is not None and high is not None and high <= APART * low,
        rhat=None,
        warnings=0,
        seconds=0.0,
    )


def _of(simulated: Population) -> dict[str, Any]:
    return {
        "number": simulated.number,
        "kind": simulated.kind,
        "variety": simulated.variety,
        "lists": len(simulated.table.lists),
        "people": simulated.people,
        "observed": simulated.table.n,
    }


COLUMNS = tuple(field.name for field in fields(Outcome))


def write(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Add outcomes to a file of tab-separated values, with a head when it is new."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerows(asdict(one) for one in outcomes)


def read(path: Path) -> Iterator[Outcome]:
    """Yield the outcomes of such a file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield Outcome(
                number=int(row["number"]),
                kind=row["kind"],
                variety=row["variety"],
                lists=int(row["lists"]),
                people=int(row["people"]),
                observed=int(row["observed"]),
                method=row["method"],
                estimate=_number(row["estimate"]),
                low=_number(row["low"]),
                high=_number(row["high"]),
                settled=row["settled"] == "True",
                rhat=_number(row["rhat"]),
                warnings=int(row["warnings"]),
                seconds=float(row["seconds"]),
            )


def _number(text: str) -> float | None:
    return float(text) if text else None
