"""The command evaluate: how well records were put together, measured against a truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Annotated, Any

import typer

from byname.archive.evaluating import EvaluationReport, evaluate_file
from byname.cli.output import (
    DEFAULT_ARCHIVE,
    ArchiveOption,
    Bar,
    JsonOption,
    emit,
    emit_json,
    plural,
)

_WIDTH = 88
_MEASURES = (("pairs", ""), ("records (B-cubed)", "b_cubed_"), ("whole people", "cluster_"))


def evaluate(
    truth: Annotated[
        Path,
        typer.Argument(
            metavar="TRUTH",
            help="CSV, TSV or JSON lines: record (or source and locator) and person; or left, "
            "right and same. Of each person it names, it should hold every record.",
        ),
    ],
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    drawn: Annotated[
        str,
        typer.Option(
            "--drawn", help="How a sample was drawn: people, or records (with their people)."
        ),
    ] = "people",
    as_json: JsonOption = False,
) -> None:
    """Measure how well records were linked, against records whose people are known."""
    with Bar() as bar:
        report = evaluate_file(archive, truth, drawn, bar)
    if as_json:
        emit_json(report.as_dict())
        return
    for line in lines(report):
        emit(line)


def lines(report: EvaluationReport) -> Iterator[str]:
    """Yield what ``byname evaluate`` prints."""
    found = report.as_dict()
    yield (
        f"{report.truth} speaks of {report.records:,} of "
        f"{plural(report.archive_records, 'record')}."
    )
    yield ""
    yield from _measures(found)
    if report.estimates:
        yield ""
        yield from _estimates(found["estimates"])
    yield ""
    yield from _remarks(found)
    if report.calibration is not None:
        yield ""
        yield from _calibration(found["calibration"])
    for note in report.notes:
        yield ""
        yield from wrap(note, _WIDTH)


def _measures(found: dict[str, Any]) -> Iterator[str]:
    yield f"{'':<20}{'precision':>12}{'recall':>12}{'F1':>12}"
    for label, prefix in _MEASURES:
        if f"{prefix}precision" in found:
            values = (found[f"{prefix}{name}"] for name in ("precision", "recall", "f1"))
            yield f"{label:<20}" + "".join(f"{value:>12.4f}" for value in values)


def _estimates(estimates: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield "Estimated for the whole archive, with standard errors:"
    for label, prefix in _MEASURES:
        cells = (_estimate(estimates.get(f"{prefix}{n}")) for n in ("precision", "recall", "f1"))
        yield f"{label:<18}" + "".join(f"{cell:>18}" for cell in cells)


def _estimate(found: dict[str, Any] | None) -> str:
    if found is None:
        return "-"
    error = found["standard_error"]
    return f"{found['estimate']:.4f}" + (f" ± {error:.4f}" if error is not None else "")


def _remarks(found: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{plural(found['predicted_pairs'], 'pair')} put together, {found['right_pairs']:,} of "
        f"them rightly; {found['true_pairs']:,} belong together."
    )
    if "right_people" in found:
        yield (
            f"{plural(found['true_people'], 'person', 'people')} in truth: "
            f"{found['right_people']:,} found right to the record, {found['split']:,} torn into "
            "several."
        )
        yield (
            f"{plural(found['predicted_people'], 'person', 'people')} found: "
            f"{found['merged']:,} mixed of several."
        )
    if found["blocking_recall"] is not None:
        yield f"Of the pairs that should be together, {found['blocking_recall']:.4f} were compared."
    if found["unlinked"]:
        yield (
            f"{plural(found['unlinked'], 'record')} not linked yet, taken as people of their own: "
            "run `byname link`."
        )
    if found["unmatched"]:
        yield f"{plural(found['unmatched'], 'row')} of TRUTH left out, naming no record here:"
        for example in found["unmatched_examples"]:
            yield f"  {example}"


def _calibration(found: dict[str, Any]) -> Iterator[str]:
    yield (
        f"Probabilities of {plural(round(found['pairs']), 'pair')}, wrong by "
        f"{found['expected_error']:.4f} on average:"
    )
    yield f"{'between':>14}{'pairs':>12}{'said':>10}{'true':>10}"
    for one in found["bins"]:
        between = f"{one['low']:g}-{one['high']:g}"
        yield (
            f"{between:>14}{_amount(one['pairs']):>12}{one['mean_probability']:>10.4f}"
            f"{one['share_same']:>10.4f}"
        )


def _amount(pairs: float) -> str:
    return f"{pairs:,.1f}".removesuffix(".0")
