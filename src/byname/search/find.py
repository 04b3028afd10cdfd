"""A name in any script -> the people of an archive who may be meant, with reasons."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import duckdb

from byname.errors import UsageError
from byname.search.candidates import Meant, candidates
from byname.search.explain import RecordName, how_well, reasons
from byname.search.filters import Filters
from byname.search.index import NameIndex
from byname.search.query import Query

THRESHOLD = 0.55
"""Score from which a record is an answer; below it is only the nearest there is."""
CLOSE = 0.85
DOUBTFUL = 0.45
"""The same where nobody answers as well as ``CLOSE``: a doubtful name is better than none."""
NOT_LINKED = "not yet linked: each record stands alone"
"""Said when records of the answer belong to no person yet."""
MOST = 1000
"""How far one can page."""
_NEAR = 0.25
"""Score below which nothing is worth naming."""
_TO_SPARE = 60
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of a person, with the entry it was read from."""

    source: str
    locator: str
    raw: str
    record: int
    title: str | None = None


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person who may be meant; ``match`` says in words what ``score`` (0 to 1) means."""

    person: str
    name: str
    birth: str | None
    score: float
    match: str
    reasons: list[str]
    records: list[FoundRecord]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: ``people`` best first, or, when nobody fits, the ``nearest``.

    ``more`` tells that there are further people after these; ``covers`` says, where nobody was
    found, what the archive holds and so does not hold.
    """

    query: str
    people: list[FoundPerson]
    nearest: list[FoundPerson] = field(default_factory=list)
    took_ms: float = 0.0
    note: str = ""
    more: bool = False
    covers: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as the JSON of ``byname find``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Page:
    """Which people of the answer are wanted: ``limit`` of them after the first ``offset``."""

    limit: int = 10
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no page."""
        if self.limit < 1:
            raise UsageError(f"The limit is {self.limit}; ask for at least 1 person.")
        if self.offset < 0:
            raise UsageError(f"The offset is {self.offset}; leave out 0 people or more.")
        if self.offset + self.limit > MOST:
            raise UsageError(
                f"Answers {self.offset + 1:,} to {self.offset + self.limit:,} were asked for; one "
                f"can page as far as {MOST:,}. Say more of the name, the year or the region."
            )


class Reading(NamedTuple):
    """What a query is answered from; ``linked`` tells whether any record belongs to a person."""

    connection: duckdb.DuckDBPyConnection
    names: NameIndex
    linked: bool


def find(reading: Reading, query: Query, filters: Filters, page: Page) -> Found:
    """Answer ``query`` (see ``read_query``)."""
    clock = time.perf_counter()
    allowed = filters.allowed(reading.connection)
    reader = _Reader(reading, query)
    most = 2 * (page.offset + page.limit) + _TO_SPARE
    while True:
        meant = candidates(reading.names, query, most, allowed)
        close = bool(meant) and meant[0].score >= CLOSE
        least = THRESHOLD if close or any(word.wild for word in query.words) else DOUBTFUL
        good = [one for one in meant if one.score >= least]
        people, more = reader.people(good, page)
        if more or len(good) < most or most > _MOST_ROWS:
            break
        most *= 4  # many rows of few people
    nearest: list[FoundPerson] = []
    covers = ""
    if not good:
        nearest, _ = reader.people([o for o in meant if o.score >= _NEAR], Page(page.limit))
        covers = coverage(reading.names)
    took = round((time.perf_counter() - clock) * 1000, 1)
    note = "" if reader.linked else NOT_LINKED
    return Found(query.text, people, nearest, took, note, more, covers)


class _Reader:
    """Reads rows of the index back as people with their entries."""

    def __init__(self, reading: Reading, query: Query) -> None:
        self._db = reading.connection
        self._index = reading.names
        self._any_linked = reading.linked
        self._query = query
        self.linked = True

    def people(self, meant: Sequence[Meant], page: Page) -> tuple[list[FoundPerson], bool]:
        """Return the people of the rows on a page, and whether there are more."""
        record_of = self._index.record_of
        first: dict[int, Meant] = {}
        for one in meant:
            first.setdefault(record_of(one.place)[0], one)
        persons = self._persons(list(first))
        best: dict[int, tuple[int, Meant]] = {}
        for number, one in first.items():
            key = persons.get(number, -number)
            if key not in best or self._fuller(one, best[key][1]):
                best[key] = (number, one)
        chosen = list(best.items())[page.offset : page.offset + page.limit]
        held = self._members([person for person, _ in chosen if person > 0])
        wanted = {key: held.get(key, [number]) for key, (number, _) in chosen}
        self.linked = all(key > 0 for key in wanted)
        entries = self._entries([number for group in wanted.values() for number in group])
        found = [
            self._person(key, number, one, [entries[n] for n in _first(number, wanted[key])])
            for key, (number, one) in chosen
        ]
        return found, len(best) > page.offset + page.limit

    def _fuller(self, one: Meant, other: Meant) -> bool:
        """Tell whether one of two rows of a person fits as well and says more of the name."""
        if round(one.score - other.score, 3) < 0:
            return False
        lengths = [len("".join(self._index.name(row.place))) for row in (one, other)]
        return lengths[0] > lengths[1]

    def _person(
        self, key: int, number: int, meant: Meant, records: list[FoundRecord]
    ) -> FoundPerson:
        index = self._index
        other = index.record_of(meant.place)[1]
        name = RecordName(*index.name(meant.place), other)
        score = round(min(meant.score, 1.0), 3)
        return FoundPerson(
            person=f"p{key}" if key > 0 else f"r{number}",
            name=self._own_name(number) if other else name.full,
            birth=index.birth(meant.place),
            score=score,
            match=how_well(score),
            reasons=reasons(meant.roles, name, self._query.born, index.born(meant.place)),
            records=records,
        )

    def _own_name(self, record: int) -> str:
        """Return the first name of a record that was found under another."""
        row = self._db.execute(
            "SELECT concat_ws(' ', surname, given, patronymic) FROM records WHERE id = ?", [record]
        ).fetchall()
        return str(row[0][0])

    def _persons(self, records: list[int]) -> dict[int, int]:
        if not self._any_linked:
            return {}
        found = self._db.execute(
            "SELECT m.record, m.person FROM members m "
            "JOIN (SELECT unnest(?::BIGINT[]) AS id) asked ON m.record = asked.id",
            [records],
        )
        return dict(found.fetchall())

    def _members(self, people: list[int]) -> dict[int, list[int]]:
        if not people:
            return {}
        found = self._db.execute(
            "SELECT person, list(record ORDER BY record) FROM members "
            "JOIN (SELECT unnest(?::BIGINT[]) AS id) asked ON person = asked.id GROUP BY person",
            [people],
        )
        return dict(found.fetchall())

    def _entries(self, records: list[int]) -> dict[int, FoundRecord]:
        if not records:
            return {}
        found = self._db.execute(
            "SELECT e.id, e.source, e.locator, e.raw, e.title FROM entries e "
            "JOIN (SELECT unnest(?::BIGINT[]) AS id) asked ON e.id = asked.id",
            [records],
        ).fetchall()
        titles = self._index.titles
        return {row[0]: FoundRecord(titles[row[1]], row[2], row[3], row[0], row[4])
                for row in found}  # fmt: skip


def _first(record: int, others: list[int]) -> list[int]:
    """Return the record that was found, then the person's other ones."""
    return [record, *(other for other in others if other != record)]


def coverage(index: NameIndex) -> str:
    """Return what an archive holds, and so what a search in it cannot tell, in two sentences."""
    rows = sorted(index.entries.items(), key=lambda row: (-row[1], row[0]))
    if not rows:
        return "This archive holds no list yet; add one with `byname add FILE`."
    named = "; ".join(f"{index.titles[number]} ({count:,})" for number, count in rows[:5])
    rest = f"; and {len(rows) - 5} more" if len(rows) > 5 else ""
    entries = sum(count for _, count in rows)
    lists = "one list" if len(rows) == 1 else f"{len(rows)} lists"
    return (
        f"This archive holds {entries:,} entries of {lists}: {named}{rest}. "
        "Who stands on no list added here cannot be found here, whatever became of them."
    )
