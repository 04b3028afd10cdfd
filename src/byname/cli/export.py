"""The command export: tables of the archive as files for other programs."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from byname.archive.exporting import WHAT, ExportReport, check_request, export_file
from byname.cli.output import (
    DEFAULT_ARCHIVE,
    ArchiveOption,
    Bar,
    JsonOption,
    complain,
    emit,
    emit_json,
    plural,
)
from byname.errors import UsageError

_STDOUT = Path("-")


def export(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help=" ".join(f"{name}: {words}." for name, words in WHAT.items())
        ),
    ],
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="A file ending in .csv, .parquet or .jsonl; - prints CSV."
        ),
    ],
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT when it exists.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write tables of the archive to a file: memberships (who is whom) or records."""
    if out == _STDOUT:
        if as_json:
            raise UsageError("--json and - both write to standard output; name a file.")
        _to_stdout(archive, what)
        return
    check_request(what, out, force)
    with Bar() as bar:
        report = export_file(archive, what, out, force, bar)
    if as_json:
        emit_json(report.as_dict())
        return
    emit(f"{out} holds {plural(report.rows, 'row')} of {what}.")
    _remark(report)


def _to_stdout(archive: Path, what: str) -> None:
    """Print CSV, made whole in a temporary file first, so that it is never cut short."""
    with tempfile.TemporaryDirectory(prefix="byname-") as folder:
        whole = Path(folder) / "whole.csv"
        report = export_file(archive, what, whole)
        with whole.open("rb") as made:
            sys.stdout.flush()
            shutil.copyfileobj(made, sys.stdout.buffer, 1 << 20)
            sys.stdout.flush()
    _remark(report)


def _remark(report: ExportReport) -> None:
    """Say on standard error what a reader of the file should know."""
    if report.unlinked:
        complain(
            f"{plural(report.unlinked, 'row')} without a person: run `byname link` to place "
            "what was added or changed since the last time."
        )
    if report.absent:
        complain(
            f"{plural(report.absent, 'row')} of entries that the newest version of their list "
            "no longer has."
        )
