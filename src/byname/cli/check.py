"""The command check: a text with every checkable statement marked, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from byname import steps
from byname.claims.model import VERDICTS, Checked, Claim
from byname.cli.output import Bar, JsonOption, emit, emit_json, plural
from byname.errors import UsageError
from byname.reports import LANGUAGES, paragraphs

STYLES = {
    "supported": "underline green",
    "imprecise": "underline yellow",
    "contested": "underline magenta",
    "contradicted": "underline bold red",
    "uncheckable": "underline dim",
}
_WIDTH = 88
_WIDEST = 110
_UNBROKEN = "\ue000"
"""Stands for the blank inside a mark while the text is wrapped, so that no line ends there."""


def check(
    file: Annotated[
        Path, typer.Argument(help="The text: plain, .docx or .html; - for standard input.")
    ],
    archive: Annotated[
        Path | None,
        typer.Option("--archive", "-a", help="Also ask the records of this archive."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT.html", help="Write a page that can be printed."),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", help="Language of that page, en or ru; by default the text's."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check what a text says about the Terror, claim by claim, against cited evidence."""
    _refuse(file, html, lang)
    with Bar("sentence", "sentences") as bar:
        bar.step("reading the evidence base")
        checked = steps.check(
            steps.read_text(file),
            archive,
            lambda done, total: bar.reading("checking", done, done, total),
        )
    if html is not None:
        title = "" if str(file) == "-" else file.name
        page = steps.report(checked, title, archive.name if archive else "", lang)
        html.write_text(page, encoding="utf-8")
    if as_json:
        emit_json(checked.as_dict())
        return
    if html is None:
        emit_text(checked)
    else:
        emit(f"{html} holds the text with its notes. {closing(checked)}")


def _refuse(file: Path, html: Path | None, lang: str | None) -> None:
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"--lang {lang}: the pages speak {' and '.join(LANGUAGES)}.")
    if html is not None and html.is_dir():
        raise UsageError(f"--html {html} is a folder; name a file such as {html}/report.html.")
    if html is not None and html.exists() and file.exists() and html.samefile(file):
        raise UsageError(f"--html {html} would overwrite the text itself; name another file.")


def emit_text(checked: Checked) -> None:
    """Print the text with its claims marked, the notes, and how many there are of each."""
    _emit(checked, _notes)


def emit_brief(checked: Checked) -> None:
    """Print the text with its claims marked, and why some are not borne out."""
    _emit(checked, _reasons)


def _emit(checked: Checked, below: Callable[[Checked, int], Iterator[Text]]) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    width = min(console.width, _WIDEST if console.is_terminal else _WIDTH)
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    with console.capture() as capture:
        for text in marked(checked, console.color_system is not None):
            console.print(text)
        for text in below(checked, width):
            console.print(text)
    # Rich fills lines up with blanks; nobody wants them in a file.
    printed = capture.get().rstrip("\n").replace(_UNBROKEN, " ")
    emit("\n".join(line.rstrip() for line in printed.split("\n")))


def marked(checked: Checked, coloured: bool) -> Iterator[Text]:
    """Yield the text's paragraphs; without colour the verdict stands behind the claim."""
    for paragraph in paragraphs(checked):
        text = Text()
        for piece in paragraph:
            verdict = checked.claims[piece.number - 1].verdict if piece.number else ""
            text.append(piece.text, STYLES.get(verdict, ""))
            if piece.closes:
                says = "" if coloured else f"{_UNBROKEN}{verdict}"
                text.append(f" [{piece.number}{says}]", _plain(verdict))
        yield text
        yield Text()


def _notes(checked: Checked, width: int) -> Iterator[Text]:
    for number, claim in enumerate(checked.claims, 1):
        yield from _note(number, claim, width)
    yield Text(closing(checked))
    if any(not cited.confirmed for claim in checked.claims for cited in claim.evidence):
        yield Text("Unconfirmed rows were not yet seen in the work they name: look them up.")


def _reasons(checked: Checked, width: int) -> Iterator[Text]:
    for number, claim in enumerate(checked.claims, 1):
        if claim.verdict not in ("supported", "uncheckable"):
            yield Text(_filled(f"{number}. {claim.verdict}: {claim.reason}", width, 0))
    yield Text(closing(checked))


def _plain(verdict: str) -> str:
    return STYLES[verdict].replace("underline ", "")


def _note(number: int, claim: Claim, width: int) -> Iterator[Text]:
    head = f"{number}. {claim.verdict}: "
    text = Text(_filled(head + " ".join(claim.text.split()), width, 0))
    text.stylize(_plain(claim.verdict), len(head) - len(claim.verdict) - 2, len(head) - 2)
    yield text
    yield Text(_filled(claim.reason, width, 3))
    if claim.computed:
        yield Text(_filled(f"Worked out: {claim.computed}", width, 3))
    if claim.suggestion:
        yield Text(_filled(f"Could be put: {claim.suggestion}", width, 3))
    for cited in claim.evidence:
        doubt = "" if cited.confirmed else " (unconfirmed)"
        yield Text(_filled(f"{cited.id}{doubt}: {cited.value}", width, 3))
        if cited.source:
            yield Text(_filled(cited.source, width, 6))
    yield Text()


def _filled(words: str, width: int, indent: int) -> str:
    """Return words wrapped; lines after the first stand a little further in."""
    first, rest = " " * indent, " " * max(indent, 3)
    return fill(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def closing(checked: Checked) -> str:
    """Return the counts of the verdicts as one line."""
    if not checked.claims:
        return "Nothing was found in this text that the evidence base could speak to."
    counts = checked.counts()
    each = ", ".join(f"{counts[name]} {name}" for name in VERDICTS if counts[name])
    return f"{plural(len(checked.claims), 'statement')} found: {each}."
