"""The commands put together, and the one place where errors become sentences."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from byname.cli import (
    breaking,
    check,
    counting,
    describing,
    estimating,
    evaluate,
    export,
    finding,
    knowledge,
    linking,
    lists,
    people,
)
from byname.cli.output import complain
from byname.errors import ByNameError, UsageError
from byname.version import VERSION

app = typer.Typer(
    name="byname",
    help="Lists of the victims of the Great Terror in one file: every number walks back to names, "
    "every name to the page it stands on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"byname {VERSION}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and stop.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Take the options that stand before the command."""


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what may go wrong in ``command`` into one sentence and an exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except UsageError as error:
            complain(str(error))
            raise typer.Exit(2) from error
        except ByNameError as error:
            complain(str(error))
            raise typer.Exit(1) from error
        except BrokenPipeError as error:
            sys.stderr.close()
            raise typer.Exit(0) from error
        except MemoryError as error:
            complain("There was not enough memory; close other programs and run it again.")
            raise typer.Exit(1) from error
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            complain(f"{name}{error.strerror or error}; check the file and the disk.")
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            complain("Stopped; the archive is as before.")
            raise typer.Exit(130) from error

    return run


for _command in (
    lists.parse,
    lists.add,
    linking.link,
    check.check,
    knowledge.knowledge,
    finding.find,
    people.show,
    counting.count,
    estimating.estimate,
    describing.describe,
    breaking.breaks,
    finding.suggest,
    finding.index,
    linking.explain,
    linking.decide,
    linking.decisions,
    linking.review,
    evaluate.evaluate,
    export.export,
    lists.sources,
    lists.runs,
    lists.rejected,
    people.demo,
):
    app.command()(guarded(_command))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
