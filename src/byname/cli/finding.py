"""The commands that find people by name: find, suggest, index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.text import Text

from byname import steps
from byname.cli.output import (
    DEFAULT_ARCHIVE,
    ArchiveOption,
    Bar,
    JsonOption,
    emit,
    emit_json,
    emit_rich,
    plural,
)
from byname.errors import UsageError
from byname.search import Found, FoundPerson

_EXCERPT = 400
_YEARS = re.compile(r"(\d{4})(?:\s*[-–—]\s*(\d{4}))?")


def find(  # noqa: PLR0913, PLR0917 - one option a filter
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY",
            help="A name in any script and order, initials, * and ? for letters, a birth year.",
        ),
    ],
    born: Annotated[int | None, typer.Option("--born", "-b", help="Year of birth.")] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", help="Only who was born, lived, died or is buried there."),
    ] = None,
    years: Annotated[
        str | None, typer.Option("--years", help="Only who was born then: 1890-1895.")
    ] = None,
    nationality: Annotated[
        str | None, typer.Option("--nationality", help="Only of this nationality: латыш, Latvian.")
    ] = None,
    fate: Annotated[
        str | None, typer.Option("--fate", help="Only with this fate: executed, died ...")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Only of the list with these words in its title.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many at most.")] = 10,
    offset: Annotated[
        int, typer.Option("--offset", min=0, help="How many to leave out, for the next page.")
    ] = 0,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Find a person by name, in Cyrillic or Latin letters, misspelt or not."""
    with Bar() as bar:
        found = steps.find(
            archive, " ".join(query), born, region, limit, bar, offset=offset,
            years=_span(years), nationality=nationality, fate=fate, source=source,
        )  # fmt: skip
    if as_json:
        emit_json(found.as_dict())
    else:
        emit_rich(*found_lines(found, offset))


def _span(years: str | None) -> tuple[int, int] | None:
    if years is None:
        return None
    match = _YEARS.fullmatch(years.strip())
    if match is None:
        raise UsageError(f'--years "{years}" is no span of years; write 1890-1895, or 1890.')
    return int(match[1]), int(match[2] or match[1])


def found_lines(found: Found, offset: int = 0) -> Iterator[str | Text]:
    """Yield what ``byname find`` prints."""
    people = found.people
    if not people:
        yield f"No one in the archive answers to {found.query!r}."
        yield found.covers
        if found.nearest:
            yield "The nearest names, none of them a match:"
            yield ""
        people = found.nearest
    for number, person in enumerate(people, 1 + offset):
        yield from _person_lines(number, person)
    if people:
        note = f"{found.note}; " if found.note else ""
        after = f"; next page: --offset {offset + len(people)}" if found.more else ""
        yield f"({note}{found.took_ms:.0f} ms; more: byname show {people[0].person}{after})"


def _person_lines(number: int, person: FoundPerson) -> Iterator[str | Text]:
    born = f", born {person.birth}" if person.birth else ""
    yield Text.assemble(
        f"{number}. ",
        (person.name or "(name not stated)", "bold"),
        f"{born}  [{person.person}, {person.match}: {person.score:.2f}]",
    )
    yield "   why: " + "; ".join(person.reasons)
    for record in person.records:
        yield f"   {record.source}, {record.locator}:"
        title = f"{record.title}: " if record.title else ""
        words = title + " ".join(record.raw.split())
        yield f"   {words[:_EXCERPT]}{' …' if len(words) > _EXCERPT else ''}"
    yield ""


def suggest(
    beginning: Annotated[
        list[str], typer.Argument(metavar="BEGINNING", help="What was typed so far.")
    ],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many at most.")] = 8,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Print names of the archive that go on as a name begins, with how many records bear them."""
    with Bar() as bar:
        found = steps.suggest(archive, " ".join(beginning), limit, bar)
    if as_json:
        emit_json([{"text": one.text, "records": one.records} for one in found])
        return
    for one in found:
        emit(f"{one.records:>7,}  {one.text}")
    if not found:
        emit("No name of the archive goes on from there.")


def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make it anew in any case.")] = False,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Make the index of names where it is missing; bring an older archive up to date."""
    with Bar() as bar:
        made = steps.index(archive, rebuild, bar)
    if as_json:
        emit_json(
            {"file": made.file, "bytes": made.bytes, "rows": made.rows, "built": made.built,
             "seconds": made.seconds}
        )  # fmt: skip
        return
    done = f"made in {made.seconds:.1f} s" if made.built else "there and up to date"
    emit(f"{made.file}: {plural(made.rows, 'name')}, {made.bytes / 1e6:,.1f} MB, {done}.")
