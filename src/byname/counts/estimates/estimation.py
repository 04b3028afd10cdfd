"""An estimate as a reader gets it: all methods side by side, what they assume, one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from byname.counts.estimates.cells import Cells
from byname.counts.estimates.combining import over_linkages, total
from byname.counts.estimates.methods import ALL, METHODS, Tell, chosen, run
from byname.counts.estimates.model import Diagnostics, Estimate
from byname.counts.estimates.quoting import quotable
from byname.counts.estimates.whom import About
from byname.errors import EstimateError, UsageError

Tables = Mapping[str, Cells]
"""Stratum -> its table; one table under "" when there are no strata."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How to estimate: method, level of the interval, seed of all that is drawn."""

    method: str = ALL
    level: float = 0.95
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the people, estimated by itself.

    Attributes:
        name: as shown: "1937, Татарстан".
        observed: people on at least one list.
        results: one a method; empty where the table bears no estimate.
        why: why it bears none, else "".

    """

    name: str
    observed: int
    results: tuple[Estimate, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Estimation:
    """How many there were, those on no list included.

    Attributes:
        about: whom it is about: "people executed".
        lists: their names.
        sizes: people on each.
        titles: the lists in full, where their names are short; else empty.
        overlaps: (lists, people on just these and no other), the largest first.
        observed: people on at least one list.
        results: one a method; totals of the strata where there are any.
        strata: the parts, empty when the whole was estimated at once.
        linkages: plausible linkages that went in, 0 when only the one in use did.
        level: of all intervals.
        sentence, sentence_ru: what may be quoted, in English and Russian.
        notes: what the tables rest on.
        by: the axes of an archive that part the people, whose keys the strata are named by.

    """

    about: str
    lists: tuple[str, ...]
    sizes: tuple[int, ...]
    overlaps: tuple[tuple[tuple[str, ...], int], ...]
    observed: int
    results: tuple[Estimate, ...]
    strata: tuple[Stratum, ...] = ()
    linkages: int = 0
    level: float = 0.95
    sentence: str = ""
    sentence_ru: str = ""
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    by: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of ``byname estimate``."""
        return {
            "about": self.about,
            "observed": self.observed,
            "lists": [
                {"list": name, "title": title, "people": size}
                for name, title, size in zip(
                    self.lists, self.titles or self.lists, self.sizes, strict=True
                )
            ],
            "overlaps": [
                {"lists": list(names), "people": people} for names, people in self.overlaps
            ],
            "level": self.level,
            "linkages": self.linkages,
            "results": [_with_assumption(one) for one in self.results],
            "strata": [
                {
                    "stratum": one.name,
                    "observed": one.observed,
                    "results": [result.as_dict() for result in one.results],
                    "why_none": one.why,
                }
                for one in self.strata
            ],
            "sentence": self.sentence,
            "sentence_ru": self.sentence_ru,
            "notes": list(self.notes),
        }


def _with_assumption(one: Estimate) -> dict[str, Any]:
    return {**one.as_dict(), "assumes": METHODS[one.method].assumes}


def make(
    linkages: Sequence[Tables],
    asked: Asked | None = None,
    about: About | None = None,
    notes: Sequence[str] = (),
    tell: Tell | None = None,
) -> Estimation:
    """Estimate from the tables of one linkage, or of several plausible ones.

    Args:
        linkages: tables by stratum, for each plausible linkage; the strata and lists of the first
            are those that are told.
        asked: how to estimate.
        about: whom the tables are about; everybody when None.
        notes: what they rest on, passed on to the reader.
        tell: told what is being done.

    Raises:
        EstimateError: no table bears an estimate.
        UsageError: no such method, or a level that is none.

    """
    asked, about = asked or Asked(), about or About()
    check(asked)
    tell = tell or (lambda _: None)
    first = linkages[0]
    lists = next(iter(first.values())).lists
    names = chosen(asked.method, len(lists))
    runs = [_strata(tables, names, asked, tell) for tables in linkages]
    plain = len(first) == 1 and "" in first
    if all(not one.results for one in runs[0]):
        one = runs[0][0]
        none = "" if plain else f"None of the parts bears an estimate; the first, {one.name}: "
        raise EstimateError(f"{none}{one.why}")
    totals = [_totals(strata, names, asked) for strata in runs]
    results = totals[0] if len(runs) == 1 else _across(totals)
    strata = runs[0] if len(runs) == 1 else _strata_across(runs)
    observed = sum(table.n for table in first.values())
    return Estimation(
        about=about.words(),
        lists=lists,
        sizes=tuple(sum(table.sizes[at] for table in first.values()) for at in range(len(lists))),
        overlaps=_overlaps(lists, first),
        observed=observed,
        results=results,
        strata=() if plain else strata,
        linkages=len(linkages) if len(linkages) > 1 else 0,
        level=asked.level,
        sentence=quotable(about, observed, len(lists), results),
        sentence_ru=quotable(about, observed, len(lists), results, "ru"),
        notes=(*notes, *_shared(lists, first)),
    )


def check(asked: Asked) -> None:
    """Say before anything is counted what cannot be estimated so.

    Raises:
        UsageError: no such method, or a level that is none.

    """
    if not 0 < asked.level < 1:
        raise UsageError(
            f"{asked.level} is not the level of an interval; write a share such as 0.95."
        )
    chosen(asked.method, 3)


def _strata(tables: Tables, names: Sequence[str], asked: Asked, tell: Tell) -> tuple[Stratum, ...]:
    """Estimate every stratum by every method."""
    found = []
    for name, given in tables.items():
        # A list that covers another region or year names nobody here; the others may still tell.
        table = given.of_lists_with_people() if name else given
        try:
            table.check()
        except EstimateError as error:
            why = str(error).removeprefix(f"{table.name}: ") if name else str(error)
            found.append(Stratum(name, table.n, why=why))
            continue
        results = tuple(run(one, table, asked.level, asked.seed, tell) for one in names)
        found.append(Stratum(name, table.n, results))
    return tuple(found)


def _totals(strata: Sequence[Stratum], names: Sequence[str], asked: Asked) -> tuple[Estimate, ...]:
    """Return the total of the strata by each method."""
    if len(strata) == 1 and strata[0].results:
        return strata[0].results
    return tuple(
        total([(one.name, _of_stratum(one, name, asked.level)) for one in strata], asked.seed + at)
        for at, name in enumerate(names)
    )


def _of_stratum(stratum: Stratum, method: str, level: float) -> Estimate:
    """Return the estimate of a stratum by a method, one without a figure where it bears none."""
    why = Diagnostics((stratum.why,))
    without = Estimate(method, None, None, None, level, stratum.observed, why)
    return next((one for one in stratum.results if one.method == method), without)


def _across(totals: Sequence[Sequence[Estimate]]) -> tuple[Estimate, ...]:
    return tuple(over_linkages(parts) for parts in zip(*totals, strict=True))


def _strata_across(runs: Sequence[Sequence[Stratum]]) -> tuple[Stratum, ...]:
    """Return the strata of the first linkage, each put together with the same one of the others."""
    found = []
    for one in runs[0]:
        same = [other for run_ in runs for other in run_ if other.name == one.name]
        if all(other.results for other in same):
            results = _across([other.results for other in same])
            found.append(Stratum(one.name, one.observed, results))
        else:
            found.append(one)
    return tuple(found)


def _overlaps(lists: Sequence[str], tables: Tables) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Return how many stand on just these lists, the largest first."""
    sums: dict[tuple[int, ...], int] = {}
    for table in tables.values():
        for pattern, count in table.counts.items():
            sums[pattern] = sums.get(pattern, 0) + count
    named = [
        (tuple(name for name, on in zip(lists, pattern, strict=True) if on), count)
        for pattern, count in sums.items()
    ]
    return tuple(sorted(named, key=lambda one: (-one[1], one[0])))


def _shared(lists: Sequence[str], tables: Tables) -> list[str]:
    """Return a sentence on pairs of lists that share nobody."""
    apart = [
        f"{lists[one]} and {lists[other]}"
        for one, other in combinations(range(len(lists)), 2)
        if not any(table.on(one, other) for table in tables.values())
    ]
    if not apart:
        return []
    shown = "; ".join(apart[:5]) + (f"; and {len(apart) - 5} more pairs" if apart[5:] else "")
    return [f"Lists that share nobody: {shown}. Such pairs tell little about those on no list."]
