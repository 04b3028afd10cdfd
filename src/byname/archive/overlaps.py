"""An archive's lists -> tables of who stands on which of them, for estimates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from byname.archive.counting import titles
from byname.archive.linkages import sampled_linkages
from byname.archive.plausible import DRAWN, TOUCHED, UNTOUCHED
from byname.counts import cells as queries
from byname.counts.estimates.cells import MOST_LISTS, Cells, Pattern
from byname.counts.estimates.whom import NO_PLACE
from byname.counts.folding import fold
from byname.counts.joining import joined
from byname.counts.question import SEVERAL, Question
from byname.errors import EstimateError, UsageError

Patterns = Counter[tuple[str, tuple[int, ...]]]
"""(stratum, numbers of the lists that name somebody) -> people."""


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Tables of an archive's lists.

    Attributes:
        linkages: stratum -> table, for the linkage in use or for each plausible one.
        titles: of the lists, whose names in the tables are short: "L1", "L2+3".
        notes: who was left out, and what the tables rest on.

    """

    linkages: tuple[Mapping[str, Cells], ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]


def overlaps(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    lists: str | None = None,
    everybody: bool = False,
    sampled: tuple[int, int] = (0, 1),
) -> Overlaps:
    """Return who stands on which lists, of the people that ``question`` is about.

    Args:
        connection: to an archive with facts.
        question: whom; its axes part them into strata.
        lists: numbers or words of titles, parted by commas, "+" to take several as one; None
            for all lists.
        everybody: take people whatever befell them.
        sampled: how many plausible linkages, and the seed; 0 for the linkage in use.

    Raises:
        EstimateError: the records were never linked, or too few or too many lists.
        UsageError: no such list, or strata that one person may stand in twice.

    """
    if not connection.execute("SELECT 1 FROM members LIMIT 1").fetchall():
        raise EstimateError(
            "The records of this archive were never linked, so nobody is known to stand on two "
            "lists; run `byname link` first."
        )
    twice = [axis for axis in question.by if axis in SEVERAL]
    if twice:
        raise UsageError(
            f"People are not parted by {twice[0]}: one may have several, and would be counted in "
            "each; choose another --by."
        )
    known = titles(connection)
    groups = _groups(lists, known)
    draws, seed = sampled
    left = Counter[str]()
    if draws:
        found = list(_drawn(connection, question, everybody, (draws, seed), left))
    else:
        found = [_patterns(connection, question, everybody, "person_facts", left)]
    taken = [name for name in groups if any(_on(groups[name], one) for one in found[0])]
    if len(taken) < 2:
        raise EstimateError(_TOO_FEW.format(lists=", ".join(taken) or "none of them"))
    if len(taken) > MOST_LISTS:
        raise EstimateError(
            f"{len(taken)} lists name such people, and estimates are made from at most "
            f"{MOST_LISTS}; choose some with --lists, or take lists of one origin as one with a "
            "plus: --lists 1+2,3,4 (`byname sources` prints their numbers)."
        )
    tables = tuple(_tables(one, {name: groups[name] for name in taken}) for one in found)
    shown = tuple(" + ".join(known[one] for one in sorted(groups[name])) for name in taken)
    waiting = _waiting(connection)
    return Overlaps(tables, shown, (*waiting, *_notes(groups, taken, found[0], left)))


_TOO_FEW = (
    "Fewer than two of the lists name such people ({lists}); an estimate needs two that overlap. "
    "Ask for others with --lists, or for more people with --what named."
)


def _patterns(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    everybody: bool,
    people: str,
    left: Counter[str],
) -> Patterns:
    """Return how many stand on which lists, stratum by stratum."""
    query = queries.patterns(question, people, everybody)
    by_lists: dict[tuple[int, ...], list[Sequence[Any]]] = defaultdict(list)
    for row in connection.execute(query.sql, query.values).fetchall():
        by_lists[tuple(row[-2])].append((*row[:-2], row[-1]))
    found: Patterns = Counter()
    for numbers, rows in by_lists.items():
        folded = fold(question, rows, {})
        for keys, count in folded.rows.items():
            found[", ".join(keys), numbers] += count
        for (axis, _, _), count in folded.gaps.items():
            found[NO_PLACE.format(axis=axis), numbers] += count
        left["whose date may or may not lie in the span asked for"] += folded.perhaps
        left["without a date, which the span asked for needs"] += folded.undated
    return found


def _drawn(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    everybody: bool,
    sampled: tuple[int, int],
    left: Counter[str],
) -> Iterator[Patterns]:
    """Yield the patterns of plausible linkages; only what a draw changes is put together anew."""
    draws, seed = sampled
    sampled_linkages(connection, draws, seed)
    connection.execute(TOUCHED)
    rest = _patterns(connection, question, everybody, UNTOUCHED, left)
    for draw in range(draws):
        people = f"({joined(DRAWN.format(draw=draw))})"
        spare = left if not draw else Counter[str]()
        yield rest + _patterns(connection, question, everybody, people, spare)


def _groups(lists: str | None, known: Mapping[int, str]) -> dict[str, set[int]]:
    """Return the lists asked for: name -> numbers of the sources taken as one."""
    if lists is None:
        return {_name([number]): {number} for number in known}
    asked = [
        [number for part in words.split("+") for number in _source(part, known)]
        for words in lists.split(",")
    ]
    taken = [number for numbers in asked for number in numbers]
    if len(taken) > len(set(taken)):
        raise UsageError(
            "One list is named twice in --lists, and people on it would count as two; name it once."
        )
    return {_name(sorted(numbers)): set(numbers) for numbers in asked}


def _source(words: str, known: Mapping[int, str]) -> list[int]:
    asked = words.strip().lower()
    numbers = [number for number in known if asked == str(number)]
    numbers = numbers or [n for n, title in known.items() if asked == title.strip().lower()]
    numbers = numbers or [n for n, title in known.items() if asked and asked in title.lower()]
    if len(numbers) != 1:
        what = "No list" if not numbers else f"More than one list ({len(numbers)})"
        raise UsageError(
            f'{what} of this archive is called "{words.strip()}"; `byname sources` prints their '
            "titles and numbers."
        )
    return numbers


def _name(numbers: Sequence[int]) -> str:
    """Return what a list is called in tables, by its number: titles are too long for them."""
    return "L" + "+".join(str(number) for number in numbers)


def _on(group: set[int], one: tuple[str, tuple[int, ...]]) -> bool:
    return not group.isdisjoint(one[1])


def _tables(found: Patterns, groups: Mapping[str, set[int]]) -> dict[str, Cells]:
    """Return a table a stratum, the strata in their order."""
    tables: dict[str, Counter[Pattern]] = defaultdict(Counter)
    for one, count in found.items():
        pattern = tuple(int(_on(group, one)) for group in groups.values())
        if any(pattern):
            tables[one[0]][pattern] += count
    return {
        name: Cells(tuple(groups), dict(sorted(tables[name].items(), reverse=True)), name)
        for name in sorted(tables)
    }


def _waiting(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    row = connection.execute(
        "SELECT (SELECT count(*) FROM records) - (SELECT count(*) FROM members)"
    ).fetchone()
    if not row or row[0] <= 0:
        return ()
    were = "record was" if row[0] == 1 else "records were"
    return (
        f"{row[0]:,} {were} added since the last `byname link`, each taken for a person on no "
        "other list: the estimate is too high until they are linked.",
    )


def _notes(
    groups: Mapping[str, set[int]],
    taken: Sequence[str],
    found: Patterns,
    left: Counter[str],
) -> Iterator[str]:
    chosen = set().union(*(groups[name] for name in taken))
    beside = sum(count for (_, numbers), count in found.items() if chosen.isdisjoint(numbers))
    if beside:
        people = "person stands" if beside == 1 else "people stand"
        yield f"{beside:,} such {people} on other lists only; left out."
    for why, count in left.items():
        if count:
            yield f"{count:,} {'person' if count == 1 else 'people'} {why}; left out."
    silent = [name for name in groups if name not in taken]
    if silent:
        yield f"Lists that name no such people were left out: {'; '.join(silent)}."
    yield (
        "People are taken for one where their records were linked: a link that is missing makes "
        "an overlap too small and the estimate too high, a wrong one the reverse."
    )
