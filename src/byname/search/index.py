"""The mapped index: names by number, and the rows of records in order of name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from byname.search.build import FIRST_YEAR, OTHER_NAME
from byname.search.deletes import Neighbours
from byname.search.forms import Kind
from byname.search.store import Sections


class Names:
    """The distinct names of one kind. Number 0 is the empty name."""

    def __init__(self, sections: Sections, kind: Kind) -> None:
        self.kind: Kind = kind
        self.names = sections.texts(f"{kind} names")
        self.wholes = sections.texts(f"{kind} wholes")
        self.spellings = Neighbours(sections, f"{kind} spellings")
        self.sounds = Neighbours(sections, f"{kind} sounds")
        self._lists = {
            what: (sections.numbers(f"{kind} {what} names"),
                   sections.numbers(f"{kind} {what} names at"))
            for what in ("spellings", "sounds", *(() if kind == "surname" else ("families",)))
        }  # fmt: skip
        self._rows = sections.numbers(f"{kind} rows")
        self._families = None if kind == "surname" else sections.texts(f"{kind} families")

    def count(self, number: int) -> int:
        """Return how many rows bear a name."""
        starts = self._rows
        return starts[number + 1] - starts[number] if number + 1 < len(starts) else 0

    def counts(self, first: int, last: int) -> list[int]:
        """Return how many rows bear each of the names ``first`` up to, not including, ``last``."""
        starts = self._rows[first : last + 1].tolist()
        return [end - begin for begin, end in pairwise(starts)]

    def of(self, what: str, number: int) -> list[int]:
        """Return the names behind a spelling, sound or family by its number."""
        flat, starts = self._lists[what]
        return flat[starts[number] : starts[number + 1]].tolist()

    def of_family(self, key: str) -> list[int]:
        """Return the names of a family."""
        if self._families is None or not key:
            return []
        at = self._families.place(key)
        found = at < len(self._families) and self._families[at] == key
        return self.of("families", at) if found else []

    def beginning(self, prefix: str) -> tuple[int, int]:
        """Return the numbers (first, one past the last) of the names that begin so, folded."""
        return self.wholes.prefixed(prefix)


class NameIndex:
    """The index of an archive, for reading; cheap to open."""

    def __init__(self, path: Path) -> None:
        self._sections = Sections(path)
        self.stamp = str(self._sections.about.get("stamp"))
        self.rows = int(self._sections.about["rows"])
        self.size = self._sections.size
        lists = self._sections.about["titles"]
        self.titles: dict[int, str] = {number: title for number, title, _ in lists}
        self.entries: dict[int, int] = {number: count for number, _, count in lists}
        self.surnames = Names(self._sections, "surname")
        self.givens = Names(self._sections, "given")
        self.patronymics = Names(self._sections, "patronymic")
        numbers = self._sections.numbers
        self._surname_rows = numbers("surname rows")
        self.given = self._column("rows given")
        self.patronymic = self._column("rows patronymic")
        self._record = numbers("rows record")
        self._years = self._sections.raw("rows year")
        self._birth = self._column("rows birth")
        self._births = self._sections.texts("births")
        self._birth_years = numbers("births years", "H")
        self._by_patronymic = numbers("by patronymic")
        self._patronymic_rows = numbers("patronymic rows")

    def _column(self, name: str) -> memoryview:
        """Return a column of the rows, which is as narrow as its numbers allow."""
        narrow = len(self._sections.raw(name)) == 2 * self.rows
        return self._sections.numbers(name, "H" if narrow else "I")

    def with_surname(self, surname: int) -> tuple[int, int]:
        """Return the rows (first, one past the last) that bear a surname."""
        starts = self._surname_rows
        if surname + 1 >= len(starts):
            return (0, 0)
        return starts[surname], starts[surname + 1]

    def with_given(self, rows: tuple[int, int], givens: tuple[int, int]) -> tuple[int, int]:
        """Return those of one surname's rows whose given name is in a range of numbers."""
        low, high = rows
        first = bisect_left(self.given, givens[0], low, high)
        return first, bisect_left(self.given, givens[1], first, high)

    def with_patronymic(
        self, rows: tuple[int, int], patronymics: tuple[int, int]
    ) -> tuple[int, int]:
        """Return those rows of one surname and given name whose patronymic is in a range."""
        low, high = rows
        first = bisect_left(self.patronymic, patronymics[0], low, high)
        return first, bisect_left(self.patronymic, patronymics[1], first, high)

    def of_father(self, patronymic: int, given: int) -> memoryview:
        """Return the places of all rows with a patronymic and a given name, whatever surname."""
        starts = self._patronymic_rows
        if patronymic + 1 >= len(starts):
            return self._by_patronymic[0:0]
        low, high = starts[patronymic], starts[patronymic + 1]
        given_of = self.given.__getitem__
        first = bisect_left(self._by_patronymic, given, low, high, key=given_of)
        last = bisect_right(self._by_patronymic, given, first, high, key=given_of)
        return self._by_patronymic[first:last]

    def surname_of(self, place: int) -> int:
        """Return the surname of a row."""
        return bisect_right(self._surname_rows, place) - 1

    def born_in(self, rows: tuple[int, int], years: tuple[int, int]) -> Iterator[int]:
        """Yield the places of the rows born first in one of the years, both ends included."""
        low, high = rows
        taken = bytes(self._years[low:high])
        for year in range(years[0], years[1] + 1):
            if 0 < year - FIRST_YEAR < 256:
                code = bytes((year - FIRST_YEAR,))
                at = taken.find(code)
                while at >= 0:
                    yield low + at
                    at = taken.find(code, at + 1)

    def without_year(self, rows: tuple[int, int], most: int) -> Iterator[int]:
        """Yield the places of the first rows whose year of birth is not stated."""
        low, high = rows
        taken = bytes(self._years[low:high])
        at = taken.find(0)
        while at >= 0 and most:
            yield low + at
            most -= 1
            at = taken.find(0, at + 1)

    def born(self, place: int) -> tuple[int, int] | None:
        """Return the first and last possible year of birth of a row, None where not stated."""
        birth = self._birth[place]
        low = self._birth_years[2 * birth]
        return (low, self._birth_years[2 * birth + 1]) if low else None

    def birth(self, place: int) -> str | None:
        """Return the date of birth of a row as the record has it (EDTF)."""
        return self._births[self._birth[place]] or None

    def record_of(self, place: int) -> tuple[int, bool]:
        """Return the record of a row, and whether the row is an alternate name of it."""
        number = self._record[place]
        return number % OTHER_NAME, number >= OTHER_NAME

    def name(self, place: int) -> tuple[str, str, str]:
        """Return surname, given name and patronymic of a row, "" for what it does not have."""
        return (
            self.surnames.names[self.surname_of(place)],
            self.givens.names[self.given[place]],
            self.patronymics.names[self.patronymic[place]],
        )
