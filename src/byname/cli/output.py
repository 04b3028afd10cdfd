"""How things are shown: JSON or text on standard output, progress and complaints on stderr."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

ArchiveOption = Annotated[
    Path,
    typer.Option("--archive", "-a", envvar="BYNAME_ARCHIVE", help="The archive's file."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help="Layout of the list, where it is not recognised: paragraphs, memorial, "
        "certificates, openlist or table.",
    ),
]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping", "-m", help="YAML file that says which column of a table is which field."
    ),
]
DEFAULT_ARCHIVE = Path("byname.duckdb")


def emit(text: str) -> None:
    """Write a line to standard output; a reader who left early ends the program quietly."""
    try:
        sys.stdout.write(text + "\n")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def emit_json(document: Any) -> None:
    """Write one JSON document."""
    emit(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def emit_rich(*texts: str | Text) -> None:
    """Write lines with emphasis where standard output is a terminal."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    with console.capture() as capture:
        for text in texts:
            console.print(text)
    emit(capture.get().rstrip("\n"))


def complain(sentence: str) -> None:
    """Write a sentence to standard error."""
    print(sentence, file=sys.stderr)


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return "1 entry" or "2,000 entries"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


class Bar:
    """Progress on a terminal: a bar with rate and time left, from the second second on.

    Where standard error is no terminal, one line at the end of anything over a second.
    """

    def __init__(self, one: str = "entry", many: str = "entries") -> None:
        self._noun = (one, many)
        self._started = time.monotonic()
        self._items = 0
        self._task: TaskID | None = None
        self._title = ""
        console = Console(stderr=True)
        self._bar = (
            Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=console,
                transient=True,
            )
            if console.is_terminal
            else None
        )

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        spent = time.monotonic() - self._started
        if self._bar is not None:
            self._bar.stop()
        elif error is None and self._items and spent > 1:
            complain(f"{plural(self._items, *self._noun)} in {spent:.1f} s")

    def reading(self, title: str, items: int, done: int, total: int | None) -> None:
        """Show how far the reading of ``title`` is."""
        self._items = items
        spent = time.monotonic() - self._started
        if self._bar is None or spent < 1:
            return
        if self._task is None or title != self._title:
            self._new_task(title)
        assert self._task is not None
        self._bar.update(
            self._task,
            completed=done,
            total=total,
            rate=f"{plural(items, *self._noun)}, {items / spent:,.0f} a second",
        )

    def step(self, words: str) -> None:
        """Show what is done after the reading."""
        if self._bar is not None and time.monotonic() - self._started > 1:
            self._new_task(words)

    def _new_task(self, words: str) -> None:
        assert self._bar is not None
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._title = words
        self._bar.start()
        self._task = self._bar.add_task(words, total=None, rate="")
