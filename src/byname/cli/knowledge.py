"""The command knowledge: the evidence base counted, searched, checked."""

from __future__ import annotations

from textwrap import fill
from typing import Annotated, Any

import typer

from byname import steps
from byname.claims import wording
from byname.cli.output import JsonOption, emit, emit_json, plural
from byname.errors import UsageError
from byname.knowledge import KINDS, Evidence, Figure, Listed, Window

_WIDTH = 100
_LABELS = {"people": "people, lives and offices", "questions": "positions on questions"}


def knowledge(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SEARCH]", help="Words that the rows must hold, in any script."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", "-k", help=f"Only rows of a kind: {', '.join(KINDS)}.")
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Read every row and list what is malformed or cites nothing."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Browse the evidence base, or check the rows, your own ($BYNAME_KNOWLEDGE) included."""
    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind {kind!r}; the kinds are {', '.join(KINDS)}.")
    if check:
        if words or kind:
            raise UsageError("--check reads all rows; leave the search words and --kind away.")
        _check(as_json)
    elif words:
        _search(" ".join(words), kind, as_json)
    else:
        _count(kind, as_json)


def _check(as_json: bool) -> None:
    base = steps.knowledge_check()
    problems = [{"file": p.file, "line": p.line, "says": p.says} for p in base.problems]
    rows = len({(row.file, row.line) for row in base.places.values()})
    if as_json:
        emit_json({"rows": rows, "problems": problems})
    else:
        for problem in base.problems:
            emit(str(problem))
        if problems:
            emit(f"{plural(len(problems), 'problem')} among {plural(rows, 'row')}.")
        else:
            emit(f"{plural(rows, 'row')} read, all sound.")
    if problems:
        raise typer.Exit(1)


def _count(kind: str | None, as_json: bool) -> None:
    edition = steps.edition()
    counts = steps.knowledge_counts(kind)
    if as_json:
        emit_json({"dated": edition.dated, "fingerprint": edition.fingerprint, "kinds": counts})
        return
    own = f" and the rows of {edition.own}" if edition.own else ""
    emit(f"Evidence base of {edition.dated}{own}, fingerprint {edition.fingerprint}:")
    for name, count in counts.items():
        doubt = f"  {count['unconfirmed']:,} unconfirmed" if count["unconfirmed"] else ""
        emit(f"{count['rows']:>7,}  {_LABELS.get(name, name):<28}{doubt}".rstrip())
    emit("Look into it with words, such as: byname knowledge Polish operation")


def _search(words: str, kind: str | None, as_json: bool) -> None:
    found = steps.knowledge_search(words, kind)
    if as_json:
        emit_json({"rows": [document(one) for one in found]})
        return
    for one in found:
        _print_row(one)
    emit(f"{plural(len(found), 'row')} with {words!r}.")


def _print_row(one: Listed) -> None:
    doubt = "" if one.confirmed else ", unconfirmed"
    emit(f"{one.id}  ({one.kind}{doubt})")
    emit(_filled(said(one)))
    for citation in one.citations:
        emit(_filled(f"source: {citation}"))
    note = getattr(one.row, "note", "")
    if note:
        emit(_filled(f"note: {note}"))
    emit(f"   {one.file}, line {one.line}\n")


def _filled(words: str) -> str:
    return fill(words, _WIDTH, initial_indent="   ", subsequent_indent="      ")


def said(one: Listed) -> str:
    """Return what a row says, with its value and time where it has them."""
    if isinstance(one.row, Evidence) and one.kind != "questions":
        return wording.value(one.row)
    return one.states


def document(one: Listed) -> dict[str, Any]:
    """Return a row as JSON."""
    row = one.row
    found: dict[str, Any] = {"id": one.id, "kind": one.kind, "states": one.states}
    if isinstance(row, Figure):
        found |= {"value": row.value, "low": row.low, "high": row.high, "unit": row.unit}
    window = getattr(row, "window", None) or getattr(row, "when", None)
    if isinstance(window, Window):
        found["window"] = [window.first.isoformat(), window.last.isoformat()]
    return found | {
        "sources": list(one.citations),
        "confirmed": one.confirmed,
        "file": one.file,
        "line": one.line,
    }
