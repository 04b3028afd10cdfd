"""The whole evidence base: read from its folders, references checked, ready to be asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from byname.errors import KnowledgeError
from byname.knowledge import reading
from byname.knowledge.fields import MisfitError
from byname.knowledge.model import Element, Event, Evidence, More, Pattern, Rows, Term
from byname.knowledge.rows import Problem, Row, read_rows

FOLDER = Path(__file__).parent / "great_terror"
EDITION = "edition.yaml"
"""The one file of a folder that holds no rows; see ``edition.py``."""

_READERS: dict[str, Callable[[Row], Any]] = {
    "terms": reading.term,
    "bibliography": reading.work,
    "people": reading.person,
    "figures": reading.figure,
    "windows": reading.span,
    "events": reading.event,
    "quotations": reading.quotation,
    "findings": reading.finding,
    "questions": reading.question,
}


@dataclass(slots=True)
class Base:
    """The rows, what is wrong with them, and where each stands."""

    rows: Rows = field(default_factory=Rows)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Row] = field(default_factory=dict)
    """Row of each id, for messages and for `byname knowledge`."""
    more: list[tuple[More, Row]] = field(default_factory=list)
    """Rows that give more forms to terms of other rows."""
    _wide: dict[str, frozenset[str]] = field(default_factory=dict)

    def evidence(self) -> Iterator[Evidence]:
        """Yield everything that can be cited, folder by folder."""
        rows = self.rows
        yield from rows.figures.values()
        for kind in (rows.windows, rows.events, rows.offices, rows.quotations, rows.findings):
            yield from kind.values()
        for question in rows.questions.values():
            yield from question.positions

    def marked(self, *kinds: str) -> list[Event]:
        """Return the events that have a short name, of these kinds or of all, in time."""
        found = [
            event
            for event in self.rows.events.values()
            if event.short and (not kinds or event.short.kind in kinds)
        ]
        return sorted(found, key=lambda event: (event.when.first, event.id))

    def citations(self, row: Evidence) -> list[str]:
        """Return what a row cites, each as one line, the archive reference last."""
        works = self.rows.works
        cited = [works[key].citation if key in works else key for key in row.sources]
        return [*cited, row.reference] if row.reference else cited

    def widened(self, known: str) -> frozenset[str]:
        """Return a term with all wider ones it lies within."""
        kept = self._wide.get(known)
        if kept is not None:
            return kept
        found: set[str] = set()
        queue = [known]
        while queue:
            here = queue.pop()
            if here not in found:
                found.add(here)
                term = self.rows.terms.get(here)
                queue += term.within if term else ()
        self._wide[known] = frozenset(found)
        return self._wide[known]


def folders() -> list[tuple[Path, str]]:
    """Return the folders that are read, ours first: each with the name shown in messages.

    A folder named by ``$BYNAME_KNOWLEDGE`` comes after: its rows are added, and a row with an
    id that we have takes the place of ours.

    Raises:
        KnowledgeError: ``$BYNAME_KNOWLEDGE`` names no folder.
    """
    found = [(FOLDER, "great_terror")]
    own = os.environ.get("BYNAME_KNOWLEDGE")
    if own:
        if not Path(own).is_dir():
            raise KnowledgeError(
                f"BYNAME_KNOWLEDGE names {own}, which is not a folder; unset it or make it."
            )
        found.append((Path(own), own))
    return found


@cache
def load() -> Base:
    """Return the evidence base.

    Raises:
        KnowledgeError: a row is malformed or cites nothing; the message names file and line.
    """
    base = check()
    if base.problems:
        more = len(base.problems) - 1
        rest = f" ({more} more; byname knowledge --check lists them)" if more else ""
        raise KnowledgeError(f"{base.problems[0]}{rest}")
    return base


def check() -> Base:
    """Read everything, noting what is wrong instead of raising."""
    base = Base()
    for folder, shown in folders():
        taken: dict[str, Row] = {}
        base.problems += _strays(folder, shown)
        for kind, reader in _READERS.items():
            for path in sorted((folder / kind).glob("*.y*ml")):
                for row in read_rows(path, f"{shown}/{kind}/{path.name}"):
                    if isinstance(row, Problem):
                        base.problems.append(row)
                    else:
                        _take(base, row, reader, taken)
    _add_forms(base)
    _register_literals(base)
    base.problems += _dangling(base)
    return base


def _strays(folder: Path, shown: str) -> Iterator[Problem]:
    """Yield the files of rows that stand where nobody would ever read them."""
    known = ", ".join(_READERS)
    for path in sorted(folder.rglob("*.y*ml")):
        place = path.relative_to(folder).parts
        if place != (EDITION,) and (len(place) != 2 or place[0] not in _READERS):
            yield Problem(
                f"{shown}/{'/'.join(place)}", 1, f"the file is in none of the folders {known}."
            )


def _take(base: Base, row: Row, reader: Callable[[Row], Any], taken: dict[str, Row]) -> None:
    """Read a row into the base; an id may stand once in a folder of rows."""
    try:
        read = reader(row)
    except MisfitError as misfit:
        base.problems.append(row.problem(str(misfit), misfit.key))
        return
    if isinstance(read, More):
        base.more.append((read, row))
        return
    for kind, known, value in _named(read):
        earlier = taken.get(f"{kind} {known}")
        if earlier is not None and earlier is not row:
            says = f"'{known}' stands already in {earlier.file}, line {earlier.line}."
            base.problems.append(row.problem(says, "id"))
            continue
        taken[f"{kind} {known}"] = row
        getattr(base.rows, kind)[known] = value
        base.places[known] = row


def _named(read: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield the values a row makes, each with its kind and id."""
    kinds = {
        "Term": "terms", "Work": "works", "Figure": "figures", "Span": "windows", "Event": "events",
        "Person": "people", "Office": "offices", "Quotation": "quotations",
        "Finding": "findings", "Question": "questions",
    }  # fmt: skip
    values: list[Any] = [read]
    if isinstance(read, tuple):
        person, terms, life, offices = read
        values = [person, *terms, *_numbered(life), *_numbered(offices)]
    for value in values:
        known = getattr(value, "id", None) or value.key
        yield kinds[type(value).__name__], known, value


def _numbered(parts: list[Any]) -> Iterator[Any]:
    """Tell apart parts of one person that have the same act: ``x.arrested``, ``x.arrested-2``."""
    seen: dict[str, int] = {}
    for part in parts:
        seen[part.id] = seen.get(part.id, 0) + 1
        yield part if seen[part.id] == 1 else replace(part, id=f"{part.id}-{seen[part.id]}")


def _patterns(base: Base) -> Iterator[tuple[str, Pattern]]:
    for finding in base.rows.findings.values():
        for pattern in finding.agrees:
            yield finding.id, pattern
        for wrong in (*finding.contradicts, *finding.blurs):
            yield finding.id, wrong.pattern
    for question in base.rows.questions.values():
        for position in question.positions:
            for pattern in position.patterns:
                yield question.id, pattern
    for quotation in base.rows.quotations.values():
        for pattern in quotation.gist:
            yield quotation.id, pattern


def _referred(base: Base) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every set of terms that a row refers to, with the row's id."""
    rows = base.rows

    def flat(elements: tuple[Element, ...]) -> frozenset[str]:
        return frozenset().union(*elements)

    for known, pattern in _patterns(base):
        yield known, flat(pattern.says) | pattern.without
    for figure in rows.figures.values():
        yield figure.id, flat(figure.about) | figure.fits | {figure.counted}
    for event in rows.events.values():
        yield event.id, flat(event.about) | event.act | event.where | event.by | event.not_by
    for term in rows.terms.values():
        yield term.id, frozenset(term.within) | frozenset(term.stands_for)


def _add_forms(base: Base) -> None:
    terms = base.rows.terms
    for more, row in base.more:
        if more.id in terms:
            known = terms[more.id]
            terms[more.id] = replace(known, forms=tuple(dict.fromkeys((*known.forms, *more.forms))))
        else:
            base.problems.append(row.problem(f"there is no term '{more.id}' to add forms to."))


def _register_literals(base: Base) -> None:
    """Make a term of every ``"~written|out"`` that a pattern holds."""
    found = {known for _, terms in _referred(base) for known in terms if known.startswith("~")}
    for known in sorted(found):
        forms = tuple(form.strip() for form in known[1:].split("|") if form.strip())
        base.rows.terms[known] = Term(known, "quality", forms)


def _dangling(base: Base) -> Iterator[Problem]:
    """Yield references to terms, works and rows that are not there."""
    rows = base.rows

    def problem(known: str, says: str) -> Problem:
        row = base.places.get(known) or base.places.get(known.split(".", maxsplit=1)[0])
        return row.problem(says) if row else Problem("great_terror", 1, f"{known}: {says}")

    for known, terms in _referred(base):
        for term in sorted(terms - rows.terms.keys()):
            yield problem(known, f"there is no term '{term}'; add it to terms/ or mend the name.")
    for row in base.evidence():
        owner = getattr(row, "question", "") or row.id
        for key in row.sources:
            if key not in rows.works:
                yield problem(owner, f"there is no work '{key}' in bibliography/.")
    for figure in rows.figures.values():
        others = [*figure.confused_with, *figure.supersedes]
        for other in (*others, *([figure.base_id] if figure.base_id else [])):
            if other not in rows.figures:
                yield problem(figure.id, f"there is no figure '{other}'.")
