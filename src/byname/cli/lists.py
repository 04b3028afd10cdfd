"""The commands about lists: parse, add, sources, runs, rejected."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from byname import steps
from byname.archive import AddReport, Archive, ListToAdd
from byname.cli.output import (
    DEFAULT_ARCHIVE,
    ArchiveOption,
    Bar,
    FormatOption,
    JsonOption,
    MappingOption,
    complain,
    emit,
    emit_json,
    plural,
)
from byname.errors import ListError


def parse(
    file: Annotated[Path, typer.Argument(help="The list, or - for standard input.")],
    format: FormatOption = None,
    mapping: MappingOption = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage", help="Print instead how much of the text was read, and what was not."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --coverage: print one JSON document.")
    ] = False,
) -> None:
    """Read a list into records, one JSON object a line, without an archive."""
    if coverage:
        _print_coverage(steps.measure(file, format=format, mapping=mapping), file, as_json)
        return
    read = 0
    reasons: Counter[str] = Counter()
    for batch in steps.parse_lines(file, format=format, mapping=mapping):
        read += len(batch.lines)
        reasons.update(batch.reasons)
        if batch.lines:
            emit("\n".join(batch.lines))
    if reasons:
        complain(f"{plural(reasons.total(), 'entry', 'entries')} rejected:")
        for reason, count in reasons.most_common(5):
            complain(f"  {count:,}  {reason}")
    if not read:
        raise ListError(f"{file} holds no entry that could be read; name its layout with --format.")


def _print_coverage(found: steps.Coverage, file: Path, as_json: bool) -> None:
    if as_json:
        emit_json(found.as_dict())
    elif not found.entries:
        raise ListError(f"{file} holds no entry that could be read; name its layout with --format.")
    else:
        emit(
            f"{found.share:.2%} of {found.characters:,} letters and digits in "
            f"{plural(found.entries, 'entry', 'entries')} were read; "
            f"{found.characters - found.covered:,} were left over."
        )
        for word, count in found.left_over.most_common(30):
            emit(f"{count:>9,}  {word}")


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The lists to add.")],
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    format: FormatOption = None,
    mapping: MappingOption = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", "-s", help="Title of the list, where its entries do not state one."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read lists into the archive; adding the same list again changes nothing."""
    wanted = [ListToAdd(file, format, mapping, source) for file in files]
    with Bar() as bar:
        report = steps.add(archive, wanted, bar)
    if as_json:
        emit_json({"archive": str(archive)} | report.as_dict())
        return
    for line in describe(report):
        emit(line)
    emit(f"{archive} holds {plural(report.records, 'record')}.")


def describe(report: AddReport) -> list[str]:
    """Return in words what adding did."""
    lines = [
        f"{report.read:,} read in {report.seconds:.1f} s = {report.added:,} added "
        f"+ {report.unchanged:,} unchanged + {report.updated:,} updated "
        f"+ {report.rejected:,} rejected."
    ]
    notes = (
        (report.superseded, "passed over as older revisions"),
        (report.absent, "kept though no longer in the newest version of their list"),
        (report.moved, "at another place in the list than before"),
        (report.reread, "unchanged, but read again: the reader or its tables changed"),
    )
    lines += [f"  {count:,} {words}" for count, words in notes if count]
    lines += [f"  rejected {count:,}: {reason}" for reason, count in report.reasons.items()]
    return lines


def sources(archive: ArchiveOption = DEFAULT_ARCHIVE, as_json: JsonOption = False) -> None:
    """Print the lists of the archive with their sizes."""
    with Archive(archive, read_only=True) as opened:
        rows = opened.sources()
    if as_json:
        emit_json({"sources": rows})
        return
    for row in rows:
        emit(f"{row['entries']:>9,}  {row['id']}. {row['title']}")
        emit(f"           {row['format']}, {row['file']}, sha256 {row['sha256'][:16]}")
        for name in ("publisher", "licence", "citation"):
            if row[name]:
                emit(f"           {name}: {row[name]}")
        if row["absent"] or row["rejected"]:
            emit(f"           {row['absent']:,} absent, {row['rejected']:,} rejected")


def runs(archive: ArchiveOption = DEFAULT_ARCHIVE, as_json: JsonOption = False) -> None:
    """Print the log: what was done to the archive, when, by which version."""
    with Archive(archive, read_only=True) as opened:
        rows = opened.runs()
    if as_json:
        emit_json({"runs": rows})
        return
    for row in rows:
        what = ", ".join(one["file"] for one in row["arguments"])
        emit(
            f"{row['id']:>4}  {row['started']}  byname {row['version']}  "
            f"{row['command']} {what}  ({row['seconds']:.1f} s, {row['outcome']})"
        )
        emit(f"      {_counts(row['counts'])}")


def _counts(counts: dict[str, Any]) -> str:
    shown = {name: value for name, value in counts.items() if isinstance(value, int) and value}
    return ", ".join(f"{name} {value:,}" for name, value in shown.items())


def rejected(
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="How many, 0 for all.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Print what could not be read as an entry, kept with the reason."""
    with Archive(archive, read_only=True) as opened:
        rows = opened.rejected(limit or None)
    if as_json:
        emit_json({"rejected": rows})
        return
    if not rows:
        emit("Nothing was rejected.")
    for row in rows:
        emit(f"{row['source']}, {row['locator']}: {row['reason']}")
        emit(f"    {' '.join(row['raw'][:300].split())}")
