"""One short function a verb. The command line and the pages call these, so they cannot disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import yaml

from byname import knowledge, reports
from byname.archive import (
    AddReport,
    Archive,
    Decided,
    LinkReport,
    ListToAdd,
    MoreOfCount,
    MoreOfEstimate,
    MoreOfFind,
    Progress,
    ShownPerson,
)
from byname.checks import CheckProgress, check_text
from byname.claims.model import Checked
from byname.counts import Tally
from byname.errors import UsageError, VocabularyError
from byname.estimating import estimate as estimate_table
from byname.parsing import Coverage, Parsed, measure, parse_lines
from byname.search import Found, IndexReport, Suggestion, path_of
from byname.texts import read_text
from byname.version import VERSION

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation

__all__ = [
    "Coverage",
    "Demo",
    "Parsed",
    "add",
    "check",
    "count",
    "decide",
    "demo",
    "edition",
    "estimate",
    "estimate_table",
    "find",
    "index",
    "knowledge_check",
    "knowledge_counts",
    "knowledge_search",
    "link",
    "measure",
    "parse_lines",
    "read_text",
    "report",
    "show",
    "suggest",
]

DEMO_QUERY = "Tuchatschewskij 1893"
"""A German spelling with a slip, as a grandson abroad might type it."""

DEMO_TEXT = "essay.txt"
"""A text of our own with right and wrong statements, beside the sample lists."""


def add(archive: Path, lists: Sequence[ListToAdd], progress: Progress | None = None) -> AddReport:
    """Read ``lists`` into the archive, making it when there is none."""
    with Archive(archive) as opened:
        return opened.add(*lists, progress=progress)


def find(
    archive: Path,
    query: str,
    born: int | None = None,
    region: str | None = None,
    limit: int = 10,
    progress: Progress | None = None,
    **more: Unpack[MoreOfFind],
) -> Found:
    """Find a person by name; ``progress`` is told when the index must be made first."""
    with Archive(archive, read_only=True) as opened:
        opened.index(progress=progress)
        return opened.find(query, born, region, limit, **more)


def suggest(
    archive: Path, beginning: str, limit: int = 8, progress: Progress | None = None
) -> list[Suggestion]:
    """Return names that go on as ``beginning`` does."""
    with Archive(archive, read_only=True) as opened:
        opened.index(progress=progress)
        return opened.suggest(beginning, limit)


def index(archive: Path, rebuild: bool = False, progress: Progress | None = None) -> IndexReport:
    """Make sure that the names of an archive can be found; an older one is brought up to date."""
    _there(archive)
    with Archive(archive) as opened:
        return opened.index(rebuild, progress)


def link(archive: Path, relearn: bool = False, progress: Progress | None = None) -> LinkReport:
    """Link the records of an archive into people."""
    _there(archive)
    with Archive(archive) as opened:
        return opened.link(relearn, progress=progress)


def decide(archive: Path, verdict: str, pair: tuple[str, str], by: str, note: str = "") -> Decided:
    """Keep a decision on two records ("same", "different"), or take it back ("undo")."""
    if not by.strip():
        raise UsageError('A decision needs its author; say who decides with --by "NAME".')
    _there(archive)
    with Archive(archive) as opened:
        if verdict == "undo":
            return opened.undo(*pair, by=by, note=note)
        return opened.decide(*pair, same=verdict == "same", by=by, note=note)


def _there(archive: Path) -> None:
    """Say so when there is no archive, instead of making an empty one."""
    if not archive.exists():
        with Archive(archive, read_only=True):
            pass


def show(archive: Path, person: str) -> ShownPerson:
    """Return a person: all records, and why they are held together."""
    with Archive(archive, read_only=True) as opened:
        return opened.show(person)


def count(
    archive: Path,
    what: str = "executed",
    by: Sequence[str] = (),
    records: bool = False,
    progress: Progress | None = None,
    **more: Unpack[MoreOfCount],
) -> Tally:
    """Count the people or records of an archive."""
    with Archive(archive, read_only=True) as opened:
        return opened.count(what, by, records, progress, **more)


def estimate(
    archive: Path,
    what: str = "executed",
    by: Sequence[str] = (),
    progress: Progress | None = None,
    **more: Unpack[MoreOfEstimate],
) -> Estimation:
    """Estimate how many there were from how the lists of an archive overlap."""
    with Archive(archive, read_only=True) as opened:
        return opened.estimate(what, by, progress, **more)


def check(text: str, archive: Path | None = None, progress: CheckProgress | None = None) -> Checked:
    """Hold what a text says against the evidence base and, if named, an archive's records."""
    return check_text(text, archive, progress)


def report(checked: Checked, title: str, archive: str = "", language: str | None = None) -> str:
    """Return a checked text as one HTML page."""
    about = reports.About(knowledge.edition(), VERSION, title, archive)
    return reports.page(checked, about, language)


def knowledge_search(words: str, kind: str | None = None) -> list[knowledge.Listed]:
    """Return the rows of the evidence base that hold all the words."""
    return knowledge.search(knowledge.load(), words, kind)


def knowledge_counts(kind: str | None = None) -> dict[str, dict[str, int]]:
    """Return how many rows of each kind there are, and how many are unconfirmed."""
    return knowledge.counts(knowledge.load(), kind)


def knowledge_check() -> knowledge.Base:
    """Read every row of the evidence base anew; what is wrong stands in ``problems``."""
    return knowledge.check()


def edition() -> knowledge.Edition:
    """Return which evidence base this is."""
    return knowledge.edition()


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo did."""

    archive: Path
    lists: list[dict[str, Any]]
    report: AddReport
    found: Found
    shown: ShownPerson | None
    linked: LinkReport
    checked: Checked


def demo(archive: Path, progress: Progress | None = None) -> Demo:
    """Build the archive of the bundled sample anew and look someone up in it."""
    if archive.exists():
        with Archive(archive, read_only=True):
            pass  # an archive of ours: the demo may replace it, nothing else
    with as_file(files("byname") / "sample") as folder:
        lists = sample_lists(folder)
        text = read_text(folder / DEMO_TEXT)
        fresh = archive.with_name(f".{archive.name}.demo")
        fresh.unlink(missing_ok=True)
        try:
            report = add(fresh, lists, progress)
            linked = link(fresh, progress=progress)
            fresh.replace(archive)
            path_of(fresh).replace(path_of(archive))
        finally:
            fresh.unlink(missing_ok=True)
            path_of(fresh).unlink(missing_ok=True)
    if progress is not None:
        progress.step("checking the sample text")
    with Archive(archive, read_only=True) as opened:
        found = opened.find(DEMO_QUERY, limit=3)
        shown = opened.show(found.people[0].person) if found.people else None
        checked = check_text(text, opened)
        return Demo(archive, opened.sources(), report, found, shown, linked, checked)


def sample_lists(folder: Path) -> list[ListToAdd]:
    """Return the lists that the manifest of a sample folder names."""
    manifest = folder / "manifest.yaml"
    if not manifest.is_file():
        raise UsageError("This installation has no sample lists; install By Name anew.")
    try:
        rows = yaml.safe_load(manifest.read_text(encoding="utf-8"))
        return [
            ListToAdd(
                path=folder / row["file"],
                format=row.get("format"),
                mapping=folder / row["mapping"] if row.get("mapping") else None,
                title=row["title"],
                publisher=row.get("publisher"),
                licence=row.get("licence"),
                citation=row.get("citation"),
            )
            for row in rows
        ]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise VocabularyError(
            f"The manifest of the sample lists has a mistake in it ({error}); "
            "each list needs at least a file and a title."
        ) from error
