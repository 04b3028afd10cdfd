"""The archive: one DuckDB file with lists, entries, records and the log of what was done."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Unpack

from byname import search
from byname.archive import counting, estimating, evaluating, exporting, people, reading
from byname.archive import decisions as deciding
from byname.archive.adding import add as add_lists
from byname.archive.asking import MoreOfCount, MoreOfEstimate, MoreOfFind
from byname.archive.connect import sentences
from byname.archive.decisions import Decided, Decision
from byname.archive.handle import Handle
from byname.archive.linking import LinkReport
from byname.archive.linking import link as link_records
from byname.archive.lists import AddReport, ListToAdd, Progress, Silence
from byname.archive.people import Evidence, ShownPerson
from byname.archive.plausible import Draws
from byname.archive.reading import Row, Shown
from byname.counts import Tally
from byname.counts.question import FILTERS, ask
from byname.errors import UsageError
from byname.version import VERSION

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation


class Archive:
    """An archive of lists, opened for reading and adding, or with ``read_only`` for reading.

        with Archive("byname.duckdb") as archive:
            archive.add("moscow.csv")
            archive.find("Gittis 1881").people[0].records[0].locator

    The file is made when it does not exist, and removed again on closing when nothing was
    added to it, so that a mistyped list leaves nothing behind.
    """

    def __init__(self, path: str | os.PathLike[str], read_only: bool = False) -> None:
        self.path = Path(path)
        self._made = not self.path.exists()
        self._handle = Handle(self.path, read_only, VERSION)

    def add(
        self,
        *lists: str | os.PathLike[str] | ListToAdd,
        format: str | None = None,
        mapping: str | os.PathLike[str] | None = None,
        source: str | None = None,
        progress: Progress | None = None,
    ) -> AddReport:
        """Read lists into the archive: all of them or, when one fails, none.

        Adding a list again changes nothing; a corrected list updates its entries and keeps
        the old wording.
        """
        wanted = [
            one
            if isinstance(one, ListToAdd)
            else ListToAdd(Path(one), format, Path(mapping) if mapping else None, source)
            for one in lists
        ]
        with sentences(self.path):
            with self._handle.writing() as copy:
                report, index = add_lists(copy, self.path, VERSION, wanted, progress or Silence())
            if index is not None:
                search.publish(index, self.path)
        self._made = False
        return report

    def link(
        self,
        relearn: bool = False,
        keep_candidates: bool = False,
        progress: Progress | None = None,
    ) -> LinkReport:
        """Link the records into people: only what is new since the last time.

        Args:
            relearn: learn the weights anew and score every pair again.
            keep_candidates: leave the pairs compared in a table ``candidates``, to measure
                what was never compared.
            progress: told what is being done.

        """
        with sentences(self.path), self._handle.writing() as copy:
            return link_records(
                copy, self.path, VERSION, progress or Silence(), relearn, keep_candidates
            )

    def find(
        self,
        query: str,
        born: int | None = None,
        region: str | None = None,
        limit: int = 10,
        **more: Unpack[MoreOfFind],
    ) -> search.Found:
        """Find a person by name in any script and spelling.

        Args:
            query: one line: a name, its parts in any order, initials, ``*`` and ``?`` for any
                letters or one; a year is the year of birth.
            born: year of birth; others are found too, further down.
            region: of birth, residence, death or burial, by any name it bore; nobody else.
            limit: how many people at most.
            more: ``offset`` (people to leave out, for paging), and what must hold: ``years``
                (first and last year of birth), ``nationality``, ``fate``, ``source``.

        Raises:
            UsageError: nothing in the query can be a name, or a filter fits nobody.

        """
        page = search.Page(limit, more.get("offset", 0))
        filters = search.Filters(
            more.get("years"), region, more.get("nationality"), more.get("fate"),
            more.get("source"),
        )  # fmt: skip
        with sentences(self.path):
            return search.find(
                self._handle.reading(), search.read_query(query, born), filters, page
            )

    def suggest(self, text: str, limit: int = 8) -> list[search.Suggestion]:
        """Return names of the archive that go on as ``text`` begins, while somebody types it."""
        with sentences(self.path):
            return search.suggest(self._handle.reading().names, text, limit)

    def index(self, rebuild: bool = False, progress: Progress | None = None) -> search.IndexReport:
        """Make sure that names can be found: make the index where it is missing, or anew.

        The index is a file beside the archive (its name with ".names" added). ``add`` makes it,
        so this is needed only when the file was lost, or to say how large it is. With
        ``rebuild`` what tallies count is coded anew too, with the vocabulary of today.
        """
        with sentences(self.path):
            clock = time.perf_counter()
            if rebuild:
                self._handle.code_anew()
                self._handle.forget_index()
            built = not search.path_of(self.path).exists()
            index = self._handle.reading(progress).names
            return search.IndexReport(
                search.path_of(self.path).name,
                index.size,
                index.rows,
                built,
                round(time.perf_counter() - clock, 3),
            )

    def show(self, person: str | int) -> ShownPerson:
        """Return a person ("p12") or the person that holds a record ("r12", 12): all records.

        An id that was given once stays good: it leads to the person that holds the record of
        that number now.
        """
        number = _number(person, "pr", "a person")
        with sentences(self.path):
            shown = people.show(self._handle.reader(), number)
        if shown is None:
            raise UsageError(
                f"No record {number} in {self.path}; `byname find` prints the ids there are."
            )
        return shown

    def record(self, record: str | int) -> Shown:
        """Return a record ("r12" or 12) beside its entry's own words."""
        number = _number(record, "r", "a record")
        with sentences(self.path):
            shown = reading.show(self._handle.reader(), number)
        if shown is None:
            raise UsageError(
                f"No record {number} in {self.path}; `byname find` prints the ids there are."
            )
        return shown

    def explain(self, left: str | int, right: str | int) -> Evidence:
        """Return why two records are or are not held to be one person, field by field."""
        with sentences(self.path):
            numbers = [deciding.record_number(self._handle.reader(), one) for one in (left, right)]
            return people.evidence(self._handle.reader(), *numbers)

    def decide(
        self, left: str | int, right: str | int, same: bool, by: str, note: str = ""
    ) -> Decided:
        """Keep a human decision on two records and carry it out; later runs honour it."""
        with sentences(self.path), self._handle.writing() as copy:
            return deciding.decide(copy, (left, right), same, by, note)

    def undo(self, left: str | int, right: str | int, by: str, note: str = "") -> Decided:
        """Take back the decision on two records; it stays on record as taken back."""
        with sentences(self.path), self._handle.writing() as copy:
            return deciding.undo(copy, (left, right), by, note)

    def decisions(self) -> list[Decision]:
        """Return all decisions, oldest first, those taken back among them."""
        with sentences(self.path):
            return deciding.decisions(self._handle.reader())

    def review(self, limit: int = 20) -> list[Evidence]:
        """Return the pairs of records where a human answer is worth most."""
        with sentences(self.path):
            return people.worth_asking(self._handle.reader(), limit)

    def evaluate(
        self,
        truth: str | os.PathLike[str],
        drawn: str = "people",
        progress: Progress | None = None,
    ) -> evaluating.EvaluationReport:
        """Hold the people against labelled ones; ``drawn`` says how a sample was drawn."""
        with sentences(self.path):
            return evaluating.evaluate(
                self._handle.reader(), Path(truth), drawn, progress, self.path.name
            )

    def count(
        self,
        what: str = "executed",
        by: str | Iterable[str] = (),
        records: bool = False,
        progress: Progress | None = None,
        **more: Unpack[MoreOfCount],
    ) -> Tally:
        """Count people (or records): how many, by what, and how many could not be placed.

        Args:
            what: "executed", "arrested", "sentenced", "died" or "rehabilitated".
            by: up to two of "day", "week", "month", "year", "region", "nationality", "sex",
                "age", "party", "occupation", "body", "article", "source" and "fate".
            records: count records, not people; so it is where nothing was linked yet.
            progress: told what is being done.
            more: ``since`` and ``until`` ("1937", "1937-08", "1937-08-05"), ``region_of``
                ("residence", "birth", "death", "sentence"), conditions by axis, and ``draws``
                (so many plausible linkages give each number an interval) with their ``seed``.

        Raises:
            UsageError: an event, axis or condition that there is not.

        """
        filters: dict[str, Any] = {
            name: value for name, value in more.items()
            if name in FILTERS
        }  # fmt: skip
        question = ask(
            what, by, records, more.get("region_of", "residence"),
            (more.get("since"), more.get("until")), filters,
        )  # fmt: skip
        with sentences(self.path):
            connection = self._handle.counting()
            question = counting.of_source(connection, question, more.get("source"))
            draws = Draws(more.get("draws", 0), more.get("seed", 1), (progress or Silence()).step)
            return counting.count(connection, question, draws)

    def estimate(
        self,
        what: str = "executed",
        by: str | Iterable[str] = (),
        progress: Progress | None = None,
        **more: Unpack[MoreOfEstimate],
    ) -> Estimation:
        """Estimate how many there were, those whom no list names included.

        Args:
            what: as of ``count``, or "named" for everybody, whatever befell them.
            by: axes that part the people into strata, as of ``count``.
            progress: told what is being done.
            more: ``lists`` (numbers or words of titles, parted by commas, "+" takes several as
                one), ``method``, ``level``, ``seed``, ``linkages`` (so many plausible ones go
                in), and the conditions of ``count``.

        Raises:
            EstimateError: the lists bear no estimate, or nothing was linked.
            UsageError: an event, axis, condition, list or method that there is not.
            MissingExtraError: NumPy or SciPy is not installed.

        """
        with sentences(self.path):
            return estimating.estimate(self._handle.counting(), what, by, progress, **more)

    def export(
        self, what: str, out: str | os.PathLike[str], force: bool = False
    ) -> exporting.ExportReport:
        """Write ``what`` ("memberships", "records") to a CSV, Parquet or JSON lines file."""
        with sentences(self.path):
            return exporting.export(self._handle.reader(), what, Path(out), force)

    def sources(self) -> list[Row]:
        """Return the lists of the archive, in the order they were added."""
        with sentences(self.path):
            return reading.sources(self._handle.reader())

    def runs(self) -> list[Row]:
        """Return the log of what was done to this archive."""
        with sentences(self.path):
            return reading.runs(self._handle.reader())

    def rejected(self, limit: int | None = None) -> list[Row]:
        """Return the lines that could not be read as entries, with the reasons."""
        with sentences(self.path):
            return reading.rejected(self._handle.reader(), limit)

    def sql(self, query: str, *values: Any) -> list[Row]:
        """Return the rows of a query over the tables of the archive (see ``schema``)."""
        with sentences(self.path):
            return reading.rows(self._handle.reader(), query, values)

    def close(self) -> None:
        """Close the file; an archive made now to which nothing was added is removed."""
        self._handle.close()
        if self._made:
            self._made = False
            self.path.unlink(missing_ok=True)
            search.path_of(self.path).unlink(missing_ok=True)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _number(name: str | int, letters: str, what: str) -> int:
    """Return the number of an id such as "p12"; a sentence for anything else."""
    text = str(name).strip()
    number = text[1:] if text[:1] in letters else text
    if not number.isdecimal():
        raise UsageError(
            f"{name!r} is not the id of {what}; `byname find` prints ids such as {letters[0]}12."
        )
    return min(int(number), 2**62)
