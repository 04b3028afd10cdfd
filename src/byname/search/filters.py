"""Conditions beside the name: years of birth, region, nationality, fate, list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from byname.errors import UsageError
from byname.names.translit import is_latin, readings
from byname.vocabulary import nationalities, table

_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(
    r"(?<=....)(?:ен|ин)ск(?:ая|ий|ое|ой)$"
    r"|(?<=...)(?:ская|ский|ское|ской|ого|ой|ая|ое|ия|ии|ий|[аяыиоеуь])$"
)
_KINDS = frozenset(
    ("область", "области", "обл", "губерния", "губернии", "губ", "край", "края", "район",
     "района", "респ", "oblast", "region", "province", "governorate", "krai", "republic",
     "district", "республика", "республики", "асср", "ссср", "сср", "округ")
)  # fmt: skip
_BIT = bytes.maketrans(b"01", b"\x00\x01")


@dataclass(frozen=True)
class Filters:
    """What must hold of a record beside its name; None asks nothing.

    Attributes:
        years: first and last year of birth, both included.
        region: a place of birth, residence, death or burial, under any of the names that a
            region bore; of either script.
        nationality: as the lists print it, in Russian, Ukrainian or English.
        fate: "executed", "died_in_custody", "died" ...
        source: words of the list's title, or its number.

    """

    years: tuple[int, int] | None = None
    region: str | None = None
    nationality: str | None = None
    fate: str | None = None
    source: str | None = None

    @cached_property
    def any(self) -> bool:
        """Whether anything is asked."""
        return any(v is not None for v in
                   (self.years, self.region, self.nationality, self.fate, self.source))  # fmt: skip

    def allowed(self, connection: duckdb.DuckDBPyConnection) -> bytes | None:
        """Return for each record id 1 or 0, None when all are allowed.

        Raises:
            UsageError: a filter that no record could ever pass, such as an unknown fate.
        """
        if not self.any:
            return None
        where, values = self._where(connection)
        last = int(connection.execute("SELECT coalesce(max(id), 0) FROM records").fetchall()[0][0])
        rows = connection.execute(
            f"SELECT bitstring_agg(id, 0, {last})::VARCHAR FROM records r WHERE {where}", values
        ).fetchall()
        found = rows[0][0]
        return found.encode().translate(_BIT) if found else bytes(last + 1)

    def _where(self, connection: duckdb.DuckDBPyConnection) -> tuple[str, list[Any]]:
        parts: list[str] = []
        values: list[Any] = []
        if self.years is not None:
            first, last = self.years
            if first > last:
                raise UsageError(
                    f"Born from {first} to {last} can be nobody; write the earlier year first."
                )
            parts.append("r.birth_year_high >= ? AND r.birth_year_low <= ?")
            values += [first, last]
        if self.region is not None:
            for stem in _region_stems(self.region):
                parts.append(f"({_ANYWHERE})")
                values += [stem] * len(_PLACES)
        if self.nationality is not None:
            parts.append("(json_extract_string(r.coded, '$.nationality') = ? "
                         "OR starts_with(lower(r.nationality), ?))")  # fmt: skip
            key = _nationality(self.nationality)
            values += [key, self.nationality.strip().lower()]
        if self.fate is not None:
            parts.append("r.fate = ?")
            values.append(_fate(self.fate, connection))
        if self.source is not None:
            parts.append(
                "r.id IN (SELECT id FROM entries WHERE source IN (SELECT unnest(?::INTEGER[])))"
            )
            values.append(_sources(self.source, connection))
        return " AND ".join(parts), values


_PLACES = ("birth_place", "residence", "death_place", "burial_place")
_ANYWHERE = " OR ".join(
    f"regexp_matches(replace(lower(r.{column}), 'ё', 'е'), ?)" for column in _PLACES
)
"""One column after another, most of them empty: a third of the time of all in one text."""


def _region_stems(region: str) -> list[str]:
    """Return a pattern for each word of a region: a stem, or all the names the region bore."""
    found = []
    for word in _WORD.findall(region.lower().replace("ё", "е")):
        if word in _KINDS or len(word) < 3:
            continue
        spelt = readings(word) if is_latin(word) else [word]
        stems = {re.escape(stem) for one in spelt for stem in _stems(one.replace("ё", "е"))}
        found.append(rf"(^|[^а-яіїєґa-z])({'|'.join(sorted(stems))})")
    if not found:
        raise UsageError(
            f'"{region}" names no region; write its name, such as "Тверская" or "Вологда".'
        )
    return found


def _stems(word: str) -> list[str]:
    """Return the beginnings of all the names of the region that a word names."""
    stem = _ENDING.sub("", word)
    for names in table("renamed").values():
        known = [str(one) for one in names]
        if any(word.startswith(one) or (len(stem) > 3 and one.startswith(stem)) for one in known):
            return known
    return [stem[:7]]


def _nationality(words: str) -> str | None:
    asked = words.strip().lower().replace("ё", "е")
    for key, row in table("nationalities").items():
        if asked in (str(key).lower(), str(row.get("en", "")).lower()):
            return str(key)
    return nationalities().get(asked)


def _fate(fate: str, connection: duckdb.DuckDBPyConnection) -> str:
    known = [
        row[0]
        for row in connection.execute(
            "SELECT fate FROM records WHERE fate IS NOT NULL GROUP BY fate ORDER BY count(*) DESC"
        ).fetchall()
    ]
    wanted = fate.strip().lower().replace(" ", "_")
    if wanted not in known:
        raise UsageError(
            f'No record has the fate "{fate}"; this archive has: {", ".join(known) or "none"}.'
        )
    return wanted


def _sources(words: str, connection: duckdb.DuckDBPyConnection) -> list[int]:
    rows = connection.execute("SELECT id, title FROM sources ORDER BY id").fetchall()
    asked = words.strip().lower()
    found = [number for number, title in rows if asked == str(number)]
    found = found or [number for number, title in rows if asked in title.lower()]
    if not found:
        raise UsageError(
            f'No list of this archive is called "{words}"; `byname sources` prints them.'
        )
    return found
