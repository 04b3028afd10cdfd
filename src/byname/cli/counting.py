"""The command that counts people: count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import typer
from rich.cells import cell_len

from byname import plotting, steps
from byname.cli.output import (
    DEFAULT_ARCHIVE,
    ArchiveOption,
    Bar,
    JsonOption,
    emit,
    emit_json,
    plural,
)
from byname.counts import Tally
from byname.counts.choices import labels

_WIDEST = 60
_PAGE = 96
"""Characters of a line of text."""


def _only(what: str) -> str:
    return f"Only {what}; commas part several."


def count(  # noqa: PLR0913, PLR0917 - one option a filter
    what: Annotated[
        str,
        typer.Option("--what", "-w", help="executed, arrested, sentenced, died or rehabilitated."),
    ] = "executed",
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            "-b",
            help="Up to two of: day, week, month, year, region, nationality, sex, age, party, "
            "occupation, body, article, source, fate.",
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="Only from then: 1937, 1937-08 or 1937-08-05.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Only up to then, included.")] = None,
    region: Annotated[str | None, typer.Option("--region", help=_only("of this region"))] = None,
    region_of: Annotated[
        str, typer.Option("--region-of", help="Region of: residence, birth, death or sentence.")
    ] = "residence",
    nationality: Annotated[
        str | None, typer.Option("--nationality", help=_only("of this nationality"))
    ] = None,
    sex: Annotated[str | None, typer.Option("--sex", help="Only women or men.")] = None,
    party: Annotated[str | None, typer.Option("--party", help=_only("of this party"))] = None,
    occupation: Annotated[
        str | None, typer.Option("--occupation", help=_only("of this group of occupations"))
    ] = None,
    body: Annotated[
        str | None, typer.Option("--body", help=_only("sentenced by this body"))
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", help=_only("charged under it: 58-10, or 58 for all"))
    ] = None,
    fate: Annotated[str | None, typer.Option("--fate", help=_only("with this fate"))] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Only named by the list with these words.")
    ] = None,
    records: Annotated[bool, typer.Option("--records", help="Count records, not people.")] = False,
    uncertainty: Annotated[
        bool,
        typer.Option(
            "--with-linkage-uncertainty",
            help="Say how far each number may lie elsewhere if uncertain links fell otherwise.",
        ),
    ] = False,
    draws: Annotated[
        int, typer.Option("--draws", min=2, max=1000, help="Plausible linkages to draw for it.")
    ] = 20,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same draws.")] = 1,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, help="Rows to print at most; 0 for all.")
    ] = 40,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot", metavar="OUT", help="Draw the rows into a file ending in svg, png or html."
        ),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the drawing, en or ru.")] = "en",
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Count people, by what is asked, and say how many could not be placed."""
    if plot is not None:
        plotting.check(plot, lang)
    with Bar() as bar:
        tally = steps.count(
            archive, what, by or (), records, since=since, until=until, region=region,
            region_of=region_of, nationality=nationality, sex=sex, party=party,
            occupation=occupation, body=body, article=article, fate=fate, source=source,
            draws=draws if uncertainty else 0, seed=seed, progress=bar,
        )  # fmt: skip
    if plot is not None:
        plotting.plot(archive, tally, plot, lang)
    if as_json:
        emit_json(tally.as_dict())
    else:
        for line in tally_lines(tally, limit):
            emit(line)
        if plot is not None:
            emit(f"\n{plot} holds the chart.")


def tally_lines(tally: Tally, limit: int = 0) -> Iterator[str]:
    """Yield what ``byname count`` prints."""
    asked = ", ".join(f"{name} {value}" for name, value in tally.filters.items())
    yield f"{tally.unit.capitalize()} {tally.what}" + (f" ({asked})" if asked else "")
    if tally.rows:
        yield ""
        yield from _table(tally, limit)
    yield ""
    yield f"Total {tally.total:,}{_interval(tally.total_low, tally.total_high)}"
    yield from _coverage(tally)
    if tally.notes:
        yield ""
    for note in tally.notes:
        yield from wrap(note, _PAGE, initial_indent="- ", subsequent_indent="  ")


def _table(tally: Tally, limit: int) -> Iterator[str]:
    shown = tally.rows[:limit] if limit else tally.rows
    names = [
        [printed(axis, key) for axis, key in zip(tally.by, row.keys, strict=True)] for row in shown
    ]
    heads = [axis.capitalize() for axis in tally.by]
    widths = [max(cell_len(line[n]) for line in [heads, *names]) for n in range(len(heads))]
    numbers = [f"{row.count:,}" for row in shown]
    last = max(len(number) for number in [tally.unit, *numbers])
    ends = ["", *(_interval(row.low, row.high) for row in shown)]
    for line, number, end in zip([heads, *names], [tally.unit, *numbers], ends, strict=True):
        cells = [text + " " * (width - cell_len(text))
                 for text, width in zip(line, widths, strict=True)]  # fmt: skip
        yield "  ".join([*cells, number.rjust(last)]) + end
    if len(shown) < len(tally.rows):
        rest = sum(row.count for row in tally.rows[limit:])
        yield f"... {plural(len(tally.rows) - limit, 'more row')} with {rest:,} (--limit 0)"


def printed(axis: str, key: str) -> str:
    """Return the key of a row as people read it."""
    name = key if axis == "region" else labels(axis).get(key, key)
    return name if cell_len(name) <= _WIDEST else name[: _WIDEST - 1] + "…"


def _interval(low: int | None, high: int | None) -> str:
    return f"  [{low:,}-{high:,}]" if low is not None and high is not None else ""


def _coverage(tally: Tally) -> Iterator[str]:
    """Yield a line an axis: how many have no row, and why."""
    for axis in tally.by:
        reasons: dict[str, int] = {}
        for gap in tally.gaps:
            if gap.axis == axis:
                reasons[gap.reason] = reasons.get(gap.reason, 0) + gap.count
        missing = sum(reasons.values())
        if missing:
            parts = ", ".join(f"{number:,} {reason}" for reason, number in reasons.items())
            yield f"Without a row by {axis}: {missing:,} ({parts})"
        else:
            yield f"By {axis} everyone is placed"
