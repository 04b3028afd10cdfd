"""Lists -> records without an archive: what ``byname parse`` prints and measures."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from byname.archive.lists import ListToAdd
from byname.archive.rows import Packed, pack, unpack
from byname.pool import Pool, Task
from byname.records import Record, as_dict, read
from byname.sources import Entry, Rejected, newest, open_list

BATCH = 500
TitledBatch = tuple[str | None, list[Packed]]
_NO_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_dumps = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(slots=True)
class Parsed:
    """A batch of lines to print, and why some entries are not among them."""

    lines: list[str]
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Coverage:
    """How many letters and digits of the entries were read, and which words were not."""

    entries: int = 0
    rejected: int = 0
    characters: int = 0
    covered: int = 0
    left_over: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The covered share of all letters and digits."""
        return self.covered / self.characters if self.characters else 0.0

    def add(self, other: Coverage) -> None:
        """Take in the counts of another batch."""
        self.entries += other.entries
        self.rejected += other.rejected
        self.characters += other.characters
        self.covered += other.covered
        self.left_over.update(other.left_over)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as JSON, with the fifty commonest words left over."""
        return {
            "entries": self.entries,
            "rejected": self.rejected,
            "characters": self.characters,
            "covered": self.covered,
            "share": round(self.share, 5),
            "left_over": [
                {"word": word, "count": count} for word, count in self.left_over.most_common(50)
            ],
        }


def parse(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    mapping: str | os.PathLike[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield the records of the list at ``path`` ("-" is standard input) as dicts.

    Raises:
        ListError: the list cannot be read.

    """
    for item in _items(path, format, mapping):
        if isinstance(item, Entry):
            yield entry_dict(item, _title(path))


def entry_dict(entry: Entry, title: str | None = None) -> dict[str, Any]:
    """Return the record of ``entry`` with where it stands; ``title`` is its list's, if known."""
    where: dict[str, Any] = {"id": entry.entry_id} if entry.entry_id is not None else {}
    where |= {"source": entry.source or title, "locator": entry.locator}
    if entry.line is not None:
        where["line"] = entry.line
    return where | as_dict(read(entry))


def parse_lines(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    mapping: str | os.PathLike[str] | None = None,
) -> Iterator[Parsed]:
    """Yield the records as lines of JSON, in order, read by worker processes."""
    return _worked(parse_batch, _items(path, format, mapping), _title(path))


def measure(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    mapping: str | os.PathLike[str] | None = None,
) -> Coverage:
    """Return how much of the entries' words was read into fields."""
    total = Coverage()
    for part in _worked(coverage_batch, _items(path, format, mapping), _title(path)):
        total.add(part)
    return total


def parse_batch(batch: TitledBatch) -> Parsed:
    """Return the lines of one batch; runs in a worker."""
    title, packed = batch
    parsed = Parsed([])
    for item in map(unpack, packed):
        if isinstance(item, Entry):
            parsed.lines.append(_dumps(entry_dict(item, title)))
        else:
            parsed.reasons[item.reason] += 1
    return parsed


def coverage_batch(batch: TitledBatch) -> Coverage:
    """Return the coverage of one batch; runs in a worker."""
    found = Coverage()
    for item in map(unpack, batch[1]):
        if isinstance(item, Rejected):
            found.rejected += 1
            continue
        found.entries += 1
        characters = len(_NO_LETTERS.sub("", item.raw))
        missed = 0
        for gap in _gaps(item.raw, read(item)):
            for match in _WORD.finditer(gap):
                missed += len(match[0])
                found.left_over[match[0].lower()] += 1
        found.characters += characters
        found.covered += characters - missed
    return found


def _gaps(raw: str, record: Record) -> Iterator[str]:
    """Yield the stretches of ``raw`` that belong to no value and no lead-in word."""
    spans = chain((span for _, span in record.all_spans()), record.covered)
    at = 0
    for start, end in sorted((span.start, span.end) for span in spans if span.where == "raw"):
        if start > at:
            yield raw[at:start]
        at = max(at, end)
    if at < len(raw):
        yield raw[at:]


def _items(
    path: str | os.PathLike[str],
    format: str | None,
    mapping: str | os.PathLike[str] | None,
) -> Iterator[Entry | Rejected]:
    name = os.fspath(path)
    with open_list(name, format=format, mapping=Path(mapping) if mapping else None) as reader:
        yield from newest(reader)


def _title(path: str | os.PathLike[str]) -> str | None:
    name = os.fspath(path)
    return None if name == "-" else ListToAdd(Path(name)).source_title


def _worked(task: Task, items: Iterable[Entry | Rejected], title: str | None) -> Iterator[Any]:
    """Yield ``task`` of batch after batch; a short list is not worth a worker process."""
    packed = map(pack, items)
    chunks = iter(lambda: list(islice(packed, BATCH)), [])
    batches = ((title, chunk) for chunk in chunks)
    head = list(islice(batches, 4))
    if len(head) < 4:
        yield from map(task, head)
        return
    with Pool(task) as pool:
        yield from pool.map(chain(head, batches))
