"""The command that estimates how many there were, those on no list included: estimate."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from byname import plotting, steps
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

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation
    from byname.counts.estimates.model import Estimate

_WIDTH = 88
_OVERLAPS = 12
_WARNINGS = 4


def estimate(  # noqa: PLR0913, PLR0917 - one option a condition
    table: Annotated[
        Path | None,
        typer.Argument(
            metavar="[CELLS.csv]",
            help="One 0/1 column a list and a column count; without it the archive's lists.",
        ),
    ] = None,
    lists: Annotated[
        str | None,
        typer.Option(
            "--lists",
            help="Lists of the archive by number or words of the title, parted by commas; a plus "
            "takes several as one: 1+2,3.",
        ),
    ] = None,
    method: Annotated[
        str,
        typer.Option("--method", help="lcmcr, bma, loglinear, chao, lincoln-petersen or all."),
    ] = "all",
    what: Annotated[
        str | None,
        typer.Option(
            "--what",
            "-w",
            help="executed (unless you say so), arrested, sentenced, died, rehabilitated; or "
            "named, for everybody.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            "-b",
            help="Estimate parts and add them up: up to two of year, region, sex ... (or columns "
            "of CELLS.csv).",
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only from then.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Only up to then, included.")] = None,
    region: Annotated[str | None, typer.Option("--region", help="Only of this region.")] = None,
    nationality: Annotated[
        str | None, typer.Option("--nationality", help="Only of this nationality.")
    ] = None,
    sex: Annotated[str | None, typer.Option("--sex", help="Only women or men.")] = None,
    linkages: Annotated[
        int,
        typer.Option(
            "--linkages",
            min=0,
            max=100,
            help="Take in how uncertain links are: so many plausible linkages; 5 will do.",
        ),
    ] = 0,
    level: Annotated[float, typer.Option("--level", help="Of the intervals.")] = 0.95,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same figures.")] = 1,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="OUT", help="Draw it: a file ending in svg, png or html."),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the drawing, en or ru.")] = "en",
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Estimate how many there were, those on no list included, from how lists overlap."""
    if plot is not None:
        plotting.check(plot, lang)
    axes = [one.strip() for words in by or [] for one in words.split(",") if one.strip()]
    clock = time.monotonic()
    with Bar() as bar:
        if table is not None:
            _only_of_archives({
                "--lists": lists, "--what": what, "--region": region,
                "--nationality": nationality, "--sex": sex, "--from": since, "--to": until,
                "--linkages": linkages,
            })  # fmt: skip
            made = steps.estimate_table(table, method, level, axes, seed, bar.step)
        else:
            made = steps.estimate(
                archive, what or "executed", axes, bar, lists=lists, since=since, until=until,
                region=region, nationality=nationality, sex=sex, linkages=linkages, level=level,
                seed=seed, method=method,
            )  # fmt: skip
    spent = time.monotonic() - clock
    if spent > 1 and not sys.stderr.isatty():
        complain(f"Estimated in {spent:.1f} s")
    if plot is not None:
        plotting.plot_estimation(made, plot, lang)
    if as_json:
        emit_json(made.as_dict())
        return
    for line in estimation_lines(made):
        emit(line)
    if plot is not None:
        emit(f"\n{plot} holds the chart.")


def _only_of_archives(asked: Mapping[str, object]) -> None:
    for name, value in asked.items():
        if value:
            raise UsageError(
                f"{name} chooses people of an archive; a table of cells has only counts. Leave it "
                "out, or estimate from an archive with --archive."
            )


def estimation_lines(made: Estimation) -> Iterator[str]:
    """Yield what ``byname estimate`` prints."""
    about = made.about[:1].upper() + made.about[1:]
    yield f"{about}: {made.observed:,} on at least one of {len(made.lists)} lists"
    yield ""
    titles = [f"  {title}" for title in made.titles] or [""] * len(made.lists)
    for name, title, size in zip(made.lists, titles, made.sizes, strict=True):
        yield f"  {size:>9,}  {name}{title}"
    yield ""
    yield from _overlaps(made)
    yield f"{'Method':<30}{'people in all':>15}   {100 * made.level:g}% interval"
    for one in made.results:
        yield _line(one)
    for stratum in made.strata:
        yield ""
        yield f"{stratum.name}: {stratum.observed:,} named"
        if stratum.why:
            yield from _indented(f"no estimate: {stratum.why}")
        for one in stratum.results:
            yield _line(one)
    if made.linkages:
        yield ""
        yield f"Over {plural(made.linkages, 'plausible linkage')}, by Rubin's rules."
    yield ""
    yield from wrap(made.sentence, _WIDTH)
    yield from _cautions(made)
    for note in made.notes:
        yield ""
        yield from wrap(note, _WIDTH)


def _overlaps(made: Estimation) -> Iterator[str]:
    shared = [(names, people) for names, people in made.overlaps if len(names) > 1]
    yield f"On several: {sum(people for _, people in shared):,}"
    for names, people in shared[:_OVERLAPS]:
        yield from wrap(
            " and ".join(names), _WIDTH, initial_indent=f"  {people:>9,}  ",
            subsequent_indent=" " * 13,
        )  # fmt: skip
    if shared[_OVERLAPS:]:
        rest = sum(people for _, people in shared[_OVERLAPS:])
        yield f"  {rest:>9,}  on {plural(len(shared) - _OVERLAPS, 'other combination')}"
    yield ""


def _line(one: Estimate) -> str:
    from byname.counts.estimates.methods import METHODS  # noqa: PLC0415 - needs NumPy

    title = METHODS[one.method].title
    if one.low is None and one.estimate is None:
        return f"  {title:<28}{'no figure':>15}"
    figure = "none" if one.estimate is None else f"{one.estimate:,.0f}"
    if METHODS[one.method].bound:
        return f"  {title:<28}{'at least ' + figure:>15}   from {one.low or 0:,.0f}"
    end = "no end" if one.high is None else f"{one.high:,.0f}"
    low = "none" if one.low is None else f"{one.low:,.0f}"
    return f"  {title:<28}{figure:>15}   {low} to {end}"


def _cautions(made: Estimation) -> Iterator[str]:
    """Yield what each method assumes, and what speaks against it."""
    from byname.counts.estimates.methods import METHODS  # noqa: PLC0415 - needs NumPy

    for one in made.results:
        method = METHODS[one.method]
        yield ""
        rhat = one.diagnostics.details.get("rhat")
        agreed = ""
        if rhat is not None:
            agreed = (
                f" (R-hat {rhat:.3f}, effective draws "
                f"{one.diagnostics.details['ess_bulk']:,.0f} of the middle and "
                f"{one.diagnostics.details['ess_tail']:,.0f} of the ends)"
            )
        yield from wrap(
            f"{method.title.capitalize()}{agreed} assumes that {method.assumes}.", _WIDTH
        )
        said = one.diagnostics.warnings
        for warning in said[:_WARNINGS]:
            yield from _indented(warning)
        if said[_WARNINGS:]:
            yield f"  - and {plural(len(said) - _WARNINGS, 'more caution')}: see --json"


def _indented(text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
