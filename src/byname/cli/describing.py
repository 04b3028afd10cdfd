"""The command describe: what an archive holds, what is missing, how it compares."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from byname.cli.output import (
    DEFAULT_ARCHIVE,
    ArchiveOption,
    Bar,
    JsonOption,
    emit,
    emit_json,
    plural,
)
from byname.comparing import Compared
from byname.describing import Description, describe_file

_WIDTH = 88
_LISTS = 12
_YEARS = 12
_LEAST = 0.001
"""A smaller share of a published figure is not told one by one."""


def describe(archive: ArchiveOption = DEFAULT_ARCHIVE, as_json: JsonOption = False) -> None:
    """Tell what an archive holds, what its lists leave out, and how it compares."""
    with Bar() as bar:
        bar.step("describing")
        found = describe_file(archive)
    if as_json:
        emit_json(found.as_dict())
        return
    for line in lines(found):
        emit(line)


def lines(found: Description) -> Iterator[str]:
    """Yield what ``byname describe`` prints."""
    yield from _holds(found)
    yield ""
    yield from _events(found)
    yield ""
    yield from _missing(found)
    yield from _note()
    if found.years:
        yield ""
        yield from _yearly(found)
    if found.compared:
        yield ""
        yield from _compared(found)
    yield ""
    yield from wrap(
        "A share is no measure of quality: it says how many of those once counted these lists "
        "name. Published figures count sentences or shootings of one kind, with borders of their "
        "own in time and office; lists name people of several. Where both are about the same, a "
        "small share means that other lists are wanted.",
        _WIDTH,
    )


def _holds(found: Description) -> Iterator[str]:
    people = (
        f", held to speak of {plural(found.people, 'person', 'people')}"
        if found.people is not None
        else "; who is one person was not looked for yet (byname link)"
    )
    yield (
        f"{found.archive}: {plural(len(found.lists), 'list')}, "
        f"{plural(found.entries, 'entry', 'entries')}, {plural(found.records, 'record')}{people}."
    )
    for row in found.lists[:_LISTS]:
        yield f"  {row['entries']:>9,}  {row['title']}"
    if len(found.lists) > _LISTS:
        yield f"  and {plural(len(found.lists) - _LISTS, 'list')} more (byname sources)"
    if found.rejected:
        yield f"{plural(found.rejected, 'line')} could not be read as an entry (byname rejected):"
        for reason, number in found.reasons:
            yield f"  {number:>9,}  {reason}"
    if found.absent:
        entries = plural(found.absent, "entry", "entries")
        yield f"{entries} stand no more in the newest version of their list; they are kept."


def _events(found: Description) -> Iterator[str]:
    if not found.events:
        yield "No arrest, sentence, execution, death or rehabilitation is told of anybody."
        return
    unit = "people" if found.people is not None else "records"
    yield f"{unit:<16}{'in all':>10}{'to the day':>12}{'roughly':>10}{'undated':>10}   from - to"
    for one in found.events:
        span = f"{one.first} - {one.last}" if one.first else ""
        yield (
            f"{one.what:<16}{one.total:>10,}{one.to_the_day:>12,}{one.roughly:>10,}"
            f"{one.undated:>10,}   {span}"
        ).rstrip()
    fates = ", ".join(f"{(fate or 'not told').replace('_', ' ')} {n:,}" for fate, n in found.fates)
    yield from wrap(f"Fates of the records: {fates}.", _WIDTH)


def _missing(found: Description) -> Iterator[str]:
    yield f"{'field':<22}{'stated':>10}{'not stated':>16}{'not recognised':>20}"
    whole = found.records or 1
    for one in found.fields:
        share = f"{one.missing:,} ({one.missing / whole:4.0%})"
        unread = "" if one.unrecognised is None else f"{one.unrecognised:,}"
        yield (f"{one.name.replace('_', ' '):<22}{one.stated:>10,}{share:>16}{unread:>20}").rstrip()


def _note() -> Iterator[str]:
    yield from wrap(
        "Not recognised: words in which no nationality, party, court or group of occupations and, "
        "of a place, no region was found.",
        _WIDTH,
    )


def _yearly(found: Description) -> Iterator[str]:
    yield "By year, here / published for the whole country (state security cases only):"
    yield f"{'year':<6}{'executed':>26}{'arrested':>26}{'sentenced':>26}"
    busiest = sorted(found.years, key=lambda row: -_here(row))[:_YEARS]
    for row in sorted(busiest, key=lambda row: row["year"]):
        cells = "".join(f"{_cell(row[what]):>26}" for what in ("executed", "arrested", "sentenced"))
        yield f"{row['year']:<6}{cells}"
    if len(found.years) > len(busiest):
        left = len(found.years) - len(busiest)
        yield f"({plural(left, 'year')} with fewer people left out here; --json has all)"
    if any(cell.get("confirmed") is False for row in busiest for cell in _cells(row)):
        yield "* not yet confirmed in its source"


def _cells(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [row[what] for what in ("executed", "arrested", "sentenced")]


def _here(row: dict[str, Any]) -> int:
    return sum(int(cell["here"]) for cell in _cells(row))


def _cell(cell: dict[str, Any]) -> str:
    if cell["published"] is None:
        return f"{cell['here']:,} / -"
    doubt = "*" if cell["confirmed"] is False else ""
    both = f"{cell['here']:,} / {cell['published']:,.0f}{doubt}"
    share = cell["here"] / cell["published"] if cell["published"] else 0.0
    return f"{both} ({_percent(share)})" if share >= _LEAST else both


def _compared(found: Description) -> Iterator[str]:
    yield "Beside other published figures of the same event, time and place:"
    told = [
        one
        for one in found.compared
        if one.share >= _LEAST or (one.country and one.what == "executed")
    ]
    for one in told:
        yield from _figure(one)
    few = len(found.compared) - len(told)
    if few:
        yield f"  ({plural(few, 'figure')} more, under 0.1 % each: --json has them)"


def _figure(one: Compared) -> Iterator[str]:
    value = f"{one.value:,.0f}"
    if (one.low, one.high) != (one.value, one.value):
        value += f" (other counts {one.low:,.0f} to {one.high:,.0f})"
    doubt = "" if one.confirmed else ", not yet confirmed"
    standing = "" if one.standing == "archive" else f", {one.standing}"
    when = " to ".join(dict.fromkeys(one.window))
    more = "; more than was counted: read what each counts" if one.here > one.high else ""
    yield f"  {one.here:,} here of {value}: {_percent(one.share)}{more}"
    text = f"{one.states} [{one.id}{standing}{doubt}]. Here: {one.basis}, {when}."
    for words in (text, *one.cites[:1]):
        yield from wrap(
            words, _WIDTH, initial_indent="    ", subsequent_indent="    ",
            break_on_hyphens=False,
        )  # fmt: skip


def _percent(share: float) -> str:
    """Return a share as a reader takes it in: "28 %", "1.2 %", "under 0.1 %"."""
    percent = 100 * share
    if percent >= 10:
        return f"{percent:.0f} %"
    if share == 0.0:
        return "0 %"
    return f"{percent:.1f} %" if share >= _LEAST else "under 0.1 %"
