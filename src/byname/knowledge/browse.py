"""The rows as a reader leafs through them: by kind, by words, each with its place in a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from byname.knowledge.base import Base
from byname.knowledge.model import Evidence, Figure, Quotation

KINDS = (
    "figures", "windows", "events", "people", "quotations", "findings", "questions", "terms",
    "bibliography",
)  # fmt: skip
"""The kinds of rows, named as their folders are."""

_WORD = re.compile(r"[^\W_]+\*?")
_THOUSANDS = re.compile(r"(?<=\d)[,\u00a0\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row as it is listed: what it says, what it cites, where to edit it."""

    kind: str
    id: str
    states: str
    citations: tuple[str, ...]
    confirmed: bool
    file: str
    line: int
    row: Any
    """The row itself: ``Evidence``, ``Term``, ``Work``, ``Person``."""


def listed(base: Base, kind: str | None = None) -> Iterator[Listed]:
    """Yield the rows of the base, kind by kind, each in the order of the files."""
    rows = base.rows
    life = [event for event in rows.events.values() if event.person]
    groups: dict[str, list[Any]] = {
        "figures": [*rows.figures.values()],
        "windows": [*rows.windows.values()],
        "events": [event for event in rows.events.values() if not event.person],
        "people": [*rows.people.values(), *life, *rows.offices.values()],
        "quotations": [*rows.quotations.values()],
        "findings": [*rows.findings.values()],
        "questions": [p for question in rows.questions.values() for p in question.positions],
        # The literals of patterns and the names of people are terms too, with no row in terms/.
        "terms": [t for t in rows.terms.values() if t.id in base.places.keys() - rows.people],
        "bibliography": [*rows.works.values()],
    }
    for name in KINDS:
        if kind in (None, name):
            yield from (_listed(base, name, row) for row in groups[name])


def _listed(base: Base, kind: str, row: Any) -> Listed:
    known = getattr(row, "id", None) or row.key
    place = base.places.get(known) or base.places.get(getattr(row, "question", ""))
    cited = base.citations(row) if isinstance(row, Evidence) else []
    return Listed(
        kind,
        known,
        _states(base, kind, row),
        tuple(cited),
        getattr(row, "confirmed", True),
        place.file if place else "",
        place.line if place else 0,
        row,
    )


def _states(base: Base, kind: str, row: Any) -> str:
    if kind == "terms":
        return f"{row.kind}: {', '.join(row.forms)}"
    if kind == "bibliography":
        return f"{row.citation}{f' {row.url}' if row.url else ''}"
    if kind == "questions":
        return f"{base.rows.questions[row.question].question} {row.states}"
    return str(getattr(row, "states", "") or row.name)


def counts(base: Base, kind: str | None = None) -> dict[str, dict[str, int]]:
    """Return how many rows there are of each kind, and how many of them are unconfirmed."""
    found = {name: {"rows": 0, "unconfirmed": 0} for name in KINDS if kind in (None, name)}
    for one in listed(base, kind):
        found[one.kind]["rows"] += 1
        found[one.kind]["unconfirmed"] += not one.confirmed
    return found


def search(base: Base, words: str, kind: str | None = None) -> list[Listed]:
    """Return the rows whose id, statement, terms or citations hold every one of ``words``.

    A word fits when one of the row's begins with it, whatever the case and the accents; the
    names that texts have for a row's terms count as its words, so that Russian finds English.
    An id or the key of a work, written out, is looked for as a whole.
    """
    known = {one.casefold() for one in (*base.places, *base.rows.works)}
    parts = words.split(" ")  # a narrow blank may stand between thousands
    whole = [part.casefold() for part in parts if part.casefold() in known and "-" in part]
    rest = " ".join(part for part in parts if part.casefold() not in whole)
    asked = [word.rstrip("*") for word in _words(rest)]
    return [
        one
        for one in listed(base, kind)
        if all(_named_by(part, one) for part in whole) and _holds(base, one, asked)
    ]


def _named_by(known: str, one: Listed) -> bool:
    """Tell whether a row has an id, or cites a work, written out in the search."""
    names = (one.id, *getattr(one.row, "sources", ()))
    return any(name.casefold().startswith(known) for name in names)


def _holds(base: Base, one: Listed, asked: list[str]) -> bool:
    found = _words(" ".join(_said(base, one)))
    return all(any(_fits(word, own) for own in found) for word in asked)


def _fits(asked: str, own: str) -> bool:
    if own.endswith("*"):
        return asked.startswith(own[:-1]) or own.startswith(asked)
    return own.startswith(asked)


def _said(base: Base, one: Listed) -> Iterator[str]:
    row = one.row
    yield from (one.id, one.states, *one.citations)
    yield from getattr(row, "sources", ())
    if isinstance(row, Figure):
        yield f"{row.value:.0f} {row.low:.0f} {row.high:.0f}"
        yield from row.said_by
    if isinstance(row, Quotation):
        yield from row.wordings
    for name in ("person", "speaker", "office"):
        yield from _names(base, getattr(row, name, ""))
    if one.kind == "people":
        yield from _names(base, one.id)
    for element in getattr(row, "about", ()):
        for term in element:
            yield from _names(base, term)
    yield from _names(base, getattr(row, "counted", ""))


def _names(base: Base, known: str) -> Iterator[str]:
    term = base.rows.terms.get(known)
    if known:
        yield known.removeprefix("~").replace("|", " ")
    if term is not None:
        yield from term.forms


def _words(text: str) -> list[str]:
    """Return the words of a text without case, accents and marks between thousands."""
    plain = unicodedata.normalize("NFKD", _THOUSANDS.sub("", text.casefold()))
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
