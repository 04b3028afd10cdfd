"""The commands that make people of records: link, explain, decide, review."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from byname import steps
from byname.archive import Archive, Decided, Evidence, Shown
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

RecordArgument = Annotated[str, typer.Argument(help="A record's id, such as r12.")]
ByOption = Annotated[str, typer.Option("--by", help="Who decides.")]
NoteOption = Annotated[str, typer.Option("--note", help="Why, for whoever reads it later.")]


class Engine(StrEnum):
    """Where the linkage runs."""

    duckdb = "duckdb"


class Verdict(StrEnum):
    """What is decided about two records."""

    same = "same"
    different = "different"
    undo = "undo"


def link(
    engine: Annotated[
        Engine, typer.Option("--engine", help="What carries the work out.")
    ] = Engine.duckdb,
    relearn: Annotated[
        bool,
        typer.Option("--relearn", help="Learn the weights anew and compare everything again."),
    ] = False,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Link the records of one human being across the lists into people."""
    del engine  # there is one so far
    with Bar() as bar:
        report = steps.link(archive, relearn, bar)
    if as_json:
        emit_json({"archive": str(archive)} | report.as_dict())
        return
    emit(
        f"{plural(report.records, 'record')} speak of {plural(report.people, 'person', 'people')} "
        f"(as far as can be told; {report.pairs:,} pairs compared in {report.seconds:.1f} s)."
    )
    if report.learned:
        emit("The weights were learnt from these lists; later runs keep them until --relearn.")
    if report.decisions:
        emit(f"{plural(report.decisions, 'human decision')} honoured.")
    if report.records and not report.fresh:
        emit("Nothing was added since the last time.")
    emit("Go on with: byname review (pairs where your answer is worth most).")


def explain(
    left: RecordArgument,
    right: RecordArgument,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Say why two records are or are not held to be one person, field by field."""
    with Archive(archive, read_only=True) as opened:
        evidence = opened.explain(left, right)
        together = opened.show(left).person == opened.show(right).person
    if as_json:
        emit_json({"one_person": together} | _document(evidence))
        return
    held = "are held to be one person" if together else "are not held to be one person"
    emit_rich(f"r{evidence.left} and r{evidence.right} {held}.", *evidence_lines(evidence))


def _document(evidence: Evidence) -> dict[str, object]:
    return {
        "left": f"r{evidence.left}",
        "right": f"r{evidence.right}",
        "weight": evidence.weight,
        "probability": evidence.probability,
        "prior": evidence.prior,
        "against": evidence.against,
        "decision": evidence.decision,
        "reasons": [
            {"field": reason.field, "words": reason.words, "bits": round(reason.bits, 2)}
            for reason in evidence.reasons
        ],
    }


def evidence_lines(evidence: Evidence) -> Iterator[str | Text]:
    """Yield the weight of a pair and of each of its fields, in words."""
    if evidence.decision:
        yield Text(f"  {evidence.decision}", "bold")
    if evidence.weight is None or evidence.prior is None:
        yield "  The two were not found alike enough to be weighed."
        return
    yield f"  {chance(evidence)}, {evidence.weight:+.1f} bits:"
    for reason in evidence.reasons:
        yield f"    {reason}"
    yield f"    before anything is compared: {evidence.prior:+.1f}"
    if evidence.against:
        yield f"    held against it: {evidence.against}"


def chance(evidence: Evidence) -> str:
    """Return the probability in words that do not claim more than it does."""
    p = evidence.probability
    if p is None:
        return "not weighed"
    if p > 0.9995:
        return "over 99.9 % likely one person"
    return f"{100 * p:.1f} % likely one person"


def decide(
    verdict: Annotated[Verdict, typer.Argument(help="same, different, or undo.")],
    pair: Annotated[
        tuple[str, str], typer.Argument(metavar="RECORD RECORD", help="Ids, such as r12 r40.")
    ],
    by: ByOption = "",
    note: NoteOption = "",
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Decide whether two records speak of one person; later runs honour it."""
    done = steps.decide(archive, verdict.value, pair, by, note)
    if as_json:
        emit_json(done.as_dict())
        return
    _print_decided(done)


def _print_decided(done: Decided) -> None:
    decision = done.decision
    what = "one person" if decision.same else "different people"
    taken = ", taken back" if decision.undone else ""
    emit(f"{decision.left} and {decision.right}: {what}, by {decision.author}{taken}.")
    emit(f"They stand under {' and '.join(dict.fromkeys(done.people))} now.")
    if done.warning:
        emit(done.warning)


def decisions(archive: ArchiveOption = DEFAULT_ARCHIVE, as_json: JsonOption = False) -> None:
    """Print what was decided about records, by whom and when."""
    with Archive(archive, read_only=True) as opened:
        rows = opened.decisions()
    if as_json:
        emit_json({"decisions": [row.as_dict() for row in rows]})
        return
    for row in rows:
        what = "one person" if row.same else "different people"
        score = f" (weighed {row.weight:+.1f} bits then)" if row.weight is not None else ""
        emit(f"{row.made}  {row.left} and {row.right}: {what}, {row.author}{score}  {row.note}")
        if row.undone:
            emit(f"    taken back {row.undone} by {row.undone_by}: {row.undone_note}")
    if not rows:
        emit("Nothing was decided yet; byname review offers the pairs worth deciding.")


def review(
    by: ByOption = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many pairs.")] = 20,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Decide the pairs where a human answer is worth most, one key each."""
    if as_json or not sys.stdin.isatty():
        _list_pairs(archive, limit, as_json)
        return
    author = by or getpass.getuser()
    with Archive(archive) as opened:
        pairs = opened.review(limit)
        if not pairs:
            emit("No pair is in doubt.")
        number = 0
        while 0 <= number < len(pairs):
            emit_rich(f"{number + 1} of {len(pairs)}", *_side_by_side(opened, pairs[number]))
            number = _answered(opened, pairs, number, author)


def _list_pairs(archive: ArchiveOption, limit: int, as_json: bool) -> None:
    with Archive(archive, read_only=True) as opened:
        pairs = opened.review(limit)
        if as_json:
            emit_json({"pairs": [_document(pair) for pair in pairs]})
            return
        for pair in pairs:
            emit_rich(*_side_by_side(opened, pair), "")
    if not pairs:
        emit("No pair is in doubt.")


def _side_by_side(opened: Archive, pair: Evidence) -> Iterator[str | Text]:
    for record in (pair.left, pair.right):
        yield Text.assemble((f"r{record}", "bold"), f"  {heading(opened.record(record))}")
    yield from evidence_lines(pair)


def heading(shown: Shown) -> str:
    """Return a record in a line: where it stands and how the entry's words begin."""
    title = f"{shown.title}: " if shown.title else ""
    words = title + " ".join(shown.raw.split())
    more = " …" if len(words) > _EXCERPT else ""
    return f"{shown.source}, {shown.locator}: {words[:_EXCERPT]}{more}"


_EXCERPT = 240


_KEYS = {"s": True, "d": False}


def _answered(opened: Archive, pairs: list[Evidence], number: int, author: str) -> int:
    """Ask for one key about a pair, carry it out, return the number of the next pair."""
    pair = pairs[number]
    typer.echo("[s]ame  [d]ifferent  [n]ext  [u]ndo the last  [q]uit: ", nl=False)
    key = typer.getchar().lower()
    typer.echo(key if key.isprintable() else "")
    if key in _KEYS:
        _print_decided(opened.decide(pair.left, pair.right, _KEYS[key], author, "in review"))
        return number + 1
    if key == "u":
        return _taken_back(opened, pairs, number, author)
    if key in ("q", "\x03", "\x04", "\x1b"):
        return -1
    return number + 1 if key in ("n", " ", "\r", "\n") else number


def _taken_back(opened: Archive, pairs: list[Evidence], number: int, author: str) -> int:
    """Take back the answer before this pair's, if there was one, and go back to it."""
    if number == 0:
        emit("There is nothing to take back yet.")
        return number
    last = pairs[number - 1]
    if opened.explain(last.left, last.right).decision:
        _print_decided(opened.undo(last.left, last.right, author, "taken back in review"))
    return number - 1
