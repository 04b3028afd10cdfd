"""The counts of an archive beside the published figures of the evidence base that fit them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from byname.archive import Archive
from byname.dates import parse_edtf
from byname.knowledge import Base, Figure, Window, load
from byname.testimony import nationality_of, russian_pattern
from byname.vocabulary import table

EVENTS = {
    "executed": "shot",
    "arrested": "arrested",
    "sentenced": "convicted",
    "died": "",
    "rehabilitated": "rehabilitated",
}
"""What a tally counts -> the measure of the evidence base that counts the same, if one does."""
_YEARLY = {"executed": "EX", "arrested": "AR", "sentenced": "CV"}
"""Events -> how the ids of the yearly figures of the state security bodies begin."""
_STANDINGS = frozenset(["archive", "computed"])
_MEASURED = frozenset(["persons", "arrests"])


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure beside what the archive holds of the same.

    Attributes:
        id, states, low, value, high, window, standing, confirmed, note: of the figure.
        cites: where it was published.
        what: the event that is counted.
        here: people whom the lists of the archive name and date within the window.
        basis: how those people were picked out.
        country: whether the figure is of the whole country and of everybody in it.

    """

    id: str
    states: str
    what: str
    here: int
    value: float
    low: float
    high: float
    window: tuple[str, str]
    standing: str
    confirmed: bool
    cites: tuple[str, ...]
    basis: str
    country: bool
    note: str = ""

    @property
    def share(self) -> float:
        """Return which part of the published number the archive names."""
        return self.here / self.value if self.value else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of one comparison."""
        return {**asdict(self), "share": round(self.share, 6)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a figure is about, in terms that the lists can answer."""

    places: tuple[str, ...] = ()
    nationality: str | None = None


def compared(archive: Archive) -> list[Compared]:
    """Return the published figures that can be held against an archive that names someone there.

    The whole country first, then nationalities, then places; the latest and largest first.
    """
    base = load()
    yearly_ids = re.compile(rf"(?:{'|'.join(_YEARLY.values())})-\d{{4}}")
    lying = _lying(archive, base)
    found: list[tuple[tuple[Any, ...], Compared]] = []
    for figure in base.rows.figures.values():
        what = next((w for w, measure in EVENTS.items() if measure == figure.counted), None)
        asked = _asked(figure, base) if what and _fits(figure) else None
        if what is None or asked is None or yearly_ids.fullmatch(figure.id):
            continue
        one = _compare(archive, figure, what, asked, lying, base)
        if one is not None and one.here:
            order = (
                bool(asked.places),
                asked.nationality or "",
                tuple(EVENTS).index(what),
                -figure.value,
                figure.id,
            )
            found.append((order, one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _fits(figure: Figure) -> bool:
    """Tell whether a figure is a number of people within a time, and not disputed.

    An estimate of the whole country repeats or widens the archive's series; of one people or one
    place it may be all there is.
    """
    good = figure.standing in _STANDINGS or (figure.standing == "estimate" and figure.about)
    return bool(good) and figure.unit in _MEASURED and figure.window is not None


def _asked(figure: Figure, base: Base) -> _Asked | None:
    """Return what a figure is about; None when the lists have no column for it."""
    places: tuple[str, ...] = ()
    nationality = None
    for element in figure.about:
        terms = [base.rows.terms[name] for name in element if name in base.rows.terms]
        kinds = {term.kind for term in terms}
        if len(terms) < len(element) or len(kinds) != 1:
            return None
        if kinds == {"place"} and not places:
            places = tuple(sorted(element))
        elif kinds == {"group"} and len(terms) == 1 and nationality is None:
            nationality = nationality_of(terms[0])
            if nationality is None:
                return None
        else:
            return None
    # Of arrests and sentences no column says for certain where they fell.
    return None if places and figure.counted != "shot" else _Asked(places, nationality)


def _compare(
    archive: Archive,
    figure: Figure,
    what: str,
    asked: _Asked,
    lying: dict[str, frozenset[str]],
    base: Base,
) -> Compared | None:
    assert figure.window is not None
    if asked.places:
        words = frozenset[str]().union(*(lying.get(place, frozenset()) for place in asked.places))
        here = _buried(archive, words, figure.window, asked.nationality)
        basis = "died or buried there, by the lists"
    else:
        since, until = (day.isoformat() for day in (figure.window.first, figure.window.last))
        key = asked.nationality
        tally = archive.count(what, since=since, until=until, nationality=key)
        here = tally.total
        basis = "all whom the lists name" if key is None else _entered(key)
    return Compared(
        id=figure.id,
        states=figure.states,
        what=what,
        here=here,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        window=(figure.window.first.isoformat(), figure.window.last.isoformat()),
        standing=figure.standing,
        confirmed=figure.confirmed,
        cites=tuple(base.citations(figure)),
        basis=basis,
        country=not figure.about,
        note=figure.note,
    )


def _entered(nationality: str) -> str:
    return f"entered in the lists as {table('nationalities')[nationality]['en']}"


def _lying(archive: Archive, base: Base) -> dict[str, frozenset[str]]:
    """Return place -> the words of the lists that put a death or a grave there."""
    rows = archive.sql("SELECT DISTINCT unnest([burial_place, death_place]) AS words FROM records")
    places = [term for term in base.rows.terms.values() if term.kind == "place"]
    forms = [
        (term.id, re.compile(pattern), re.compile(pattern.split(r"\s+")[0]))
        for term in places
        for pattern in filter(None, map(russian_pattern, term.forms))
    ]
    found: dict[str, set[str]] = {}
    for words in (row["words"] for row in rows if row["words"]):
        plain = words.lower().replace("ё", "е")
        for known, whole, first in forms:
            # "Донское" alone in a column of graves is the cemetery of that name.
            if whole.search(plain) or first.fullmatch(plain):
                for wide in base.widened(known):
                    found.setdefault(wide, set()).add(words)
    return {place: frozenset(words) for place, words in found.items()}


def _buried(
    archive: Archive, words: frozenset[str], window: Window, nationality: str | None
) -> int:
    """Return how many people of these graves were executed within a window."""
    if not words:
        return 0
    dated = archive.sql("SELECT DISTINCT execution_date AS day FROM cases")
    inside = [row["day"] for row in dated if row["day"] and _within(row["day"], window)]
    coded = "json_extract_string(r.coded, '$.nationality')"
    row = archive.sql(
        "SELECT count(DISTINCT coalesce(m.person, -r.id)) AS n FROM records r "
        "JOIN cases c ON c.record = r.id LEFT JOIN members m ON m.record = r.id "
        "WHERE c.execution_date IN (SELECT unnest(?::VARCHAR[])) "
        "AND (r.burial_place IN (SELECT unnest(?::VARCHAR[])) "
        "OR r.death_place IN (SELECT unnest(?::VARCHAR[]))) "
        f"AND (?::VARCHAR IS NULL OR {coded} = ?)",
        inside, sorted(words), sorted(words), nationality, nationality,
    )[0]  # fmt: skip
    return int(row["n"])


def _within(edtf: str, window: Window) -> bool:
    try:
        found = parse_edtf(edtf)
    except ValueError:
        return False
    return window.first <= found.start and found.end <= window.last


def yearly(archive: Archive) -> Iterator[dict[str, Any]]:
    """Yield each year beside the published yearly figures of the state security bodies."""
    figures = load().rows.figures
    counted = {
        what: {row.keys[0]: row.count for row in archive.count(what, by="year").rows}
        for what in _YEARLY
    }
    for year in _years(counted.values()):
        cells: dict[str, Any] = {"year": year}
        for what, begins in _YEARLY.items():
            figure = figures.get(f"{begins}-{year}")
            here = counted[what].get(year, 0)
            cells[what] = {
                "here": here,
                "published": None if figure is None else figure.value,
                "id": None if figure is None else figure.id,
                "confirmed": None if figure is None else figure.confirmed,
            }
        yield cells


def _years(counted: Iterable[dict[str, int]]) -> list[str]:
    """Return the years in which anybody stands."""
    return sorted({year for counts in counted for year, n in counts.items() if n})
