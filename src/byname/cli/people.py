"""The commands about people: show, demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from byname import steps
from byname.archive import Shown, ShownPerson
from byname.cli.check import emit_brief
from byname.cli.finding import found_lines
from byname.cli.linking import chance, evidence_lines
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


def show(
    person: Annotated[
        str, typer.Argument(help="The id of a person or record as `find` prints it: p12, r12.")
    ],
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Show a person: every record beside its entry's words, and why they are one person."""
    shown = steps.show(archive, person)
    if as_json:
        emit_json(shown.as_dict())
    else:
        emit_rich(*person_lines(shown))


def person_lines(shown: ShownPerson) -> Iterator[str | Text]:
    """Yield what ``byname show`` prints about a person."""
    if shown.asked:
        yield f"{shown.asked} is held to be {shown.person} now."
    records = plural(len(shown.records), "record")
    born = f", born {shown.birth}" if shown.birth else ""
    yield Text.assemble((shown.person, "bold"), f"  {shown.name}{born}: {records}")
    if not shown.linked:
        yield "(not yet linked: byname link looks for other records of this person)"
    for record in shown.records:
        yield ""
        yield from show_lines(record)
    if shown.evidence:
        yield ""
        yield "Why they are held to be one person:"
        for evidence in shown.evidence:
            yield f"  r{evidence.left} and r{evidence.right}"
            yield from evidence_lines(evidence)
    if shown.others:
        yield ""
        yield "Perhaps the same, but not held to be:"
        for evidence in shown.others:
            yield f"  r{evidence.left} and r{evidence.right}: {chance(evidence)}"
        yield f"  (more: byname explain r{shown.others[0].left} r{shown.others[0].right})"


def show_lines(shown: Shown) -> Iterator[str | Text]:
    """Yield what ``byname show`` prints about a record."""
    line = f" (line {shown.line})" if shown.line and str(shown.line) not in shown.locator else ""
    yield Text.assemble((f"r{shown.record}", "bold"), f"  {shown.source}, {shown.locator}{line}")
    if shown.absent:
        yield "The newest version of this list no longer has this entry."
    yield ""
    if shown.title:
        yield Text(shown.title, "bold")
    yield _underlined(shown)
    yield ""
    yield from _field_lines(shown)
    for doubt in shown.doubts:
        yield f"  doubt: {doubt['message']}"
    for name, value in shown.extra.items():
        yield f"  also in the list, {name}: {value}"
    for wording in shown.history:
        yield f"  until {wording.replaced} the list said: {' '.join(wording.raw.split())}"


def _underlined(shown: Shown) -> Text:
    """Return the entry's words with those that a value was read from underlined."""
    text = Text(shown.raw)
    for span in shown.spans.values():
        if len(span) == 2:
            text.stylize("underline", span[0], span[1])
    return text


def _field_lines(shown: Shown) -> Iterator[str | Text]:
    values = dict(shown.fields)
    if shown.fate:
        values["fate"] = shown.fate
    for name, value in values.items():
        note = " (from grammar)" if name in shown.inferred else ""
        yield _field(shown, name, name, value, note)
    for index, other in enumerate(shown.other_names):
        yield _field(shown, f"other_names.{index}", "other name", other)
    for case in shown.cases:
        if len(shown.cases) > 1:
            yield f"  case {case['n']}"
        for name, value in case.items():
            if name not in ("n", "coded"):
                yield _field(shown, f"cases.{case['n']}.{name}", name, value)


def _field(shown: Shown, path: str, label: str, value: str, note: str = "") -> Text:
    span = shown.spans.get(path)
    words = ""
    if span:
        text = (shown.title or "") if len(span) == 3 else shown.raw
        words = " ".join(text[span[0] : span[1]].split())
    stands = f"   read from: {words}" if words and words != value else ""
    return Text.assemble(f"  {label.replace('_', ' '):<26} ", (value, "bold"), note, stands)


def demo(
    archive: Annotated[
        Path, typer.Option("--archive", "-a", help="Where to build the sample archive.")
    ] = Path("byname-demo.duckdb"),
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Show the pages afterwards.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Build the bundled sample archive and try it: add, link, find, show, check."""
    with Bar() as bar:
        done = steps.demo(archive, bar)
    if as_json:
        emit_json(_demo_document(done))
        return
    emit_rich(*_demo_lines(done))
    emit("")
    emit_brief(done.checked)
    if serve:
        emit(f'Go on with: byname find "Мейерхольд 1874" --archive {archive}')


def _demo_document(done: steps.Demo) -> dict[str, object]:
    return {
        "archive": str(done.archive),
        "records": done.report.records,
        "people": done.linked.people,
        "checked": len(done.checked.claims),
        "verdicts": done.checked.counts(),
        "linked": done.linked.as_dict(),
        "lists": done.lists,
        "found": done.found.as_dict(),
    }


def _demo_lines(done: steps.Demo) -> Iterator[str | Text]:
    yield (
        f"Built {done.archive} from {plural(len(done.lists), 'list')} with "
        f"{plural(done.report.records, 'record')} in {done.report.seconds:.1f} s:"
    )
    for row in done.lists:
        yield f"  {row['entries']:>5,}  {row['title']} ({row['format']})"
    if done.report.rejected:
        yield f"  {done.report.rejected:,} rejected, see: byname rejected --archive {done.archive}"
    yield (
        f"Linked: {plural(done.linked.records, 'record')} speak of "
        f"{plural(done.linked.people, 'person', 'people')}."
    )
    yield ""
    yield f"> byname find {done.found.query!r} --archive {done.archive}"
    yield from found_lines(done.found)
    yield ""
    if done.shown is not None:
        yield f"> byname show {done.shown.person} --archive {done.archive}"
        yield from person_lines(done.shown)
        yield ""
    yield f"The sample's text ({steps.DEMO_TEXT}), checked against the evidence base:"
    yield ""
