"""The stream of a list -> part files on disk, read into fields by worker processes.

The main process only takes entries from the reader and hands them on as tuples; everything
that costs more than a microsecond an entry happens in the workers or in DuckDB.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import chain
from pathlib import Path

from byname.archive.lists import ListToAdd, Progress
from byname.archive.rows import Batch, Packed, pack, write_batch
from byname.errors import ListError
from byname.pool import Pool
from byname.sources import open_list
from byname.sources.entry import Entry, Rejected

BATCH = 2_000
BATCH_CHARACTERS = 4_000_000


@dataclass(slots=True)
class StagedFile:
    """What was learnt about one file while reading it."""

    number: int
    list: ListToAdd
    format: str = ""
    encoding: str | None = None
    sha256: str = ""


@dataclass(slots=True)
class Staged:
    """The part files of one run."""

    folder: Path
    files: list[StagedFile] = field(default_factory=list)
    items: int = 0
    batches: int = 0
    superseded: int = 0  # older revisions of wiki pages, as the readers counted them


def stage(lists: Iterable[ListToAdd], folder: Path, progress: Progress) -> Staged:
    """Read ``lists`` and write their part files into ``folder``."""
    staged = Staged(folder)
    batches = _batches(lists, staged, progress)
    try:
        head = [batch for batch in (next(batches, None), next(batches, None)) if batch]
        if len(head) < 2:
            for batch in head:
                write_batch(batch)
            return staged
        with Pool(write_batch) as pool:
            for _ in pool.map(chain(head, batches)):
                pass
    finally:
        batches.close()  # type: ignore[attr-defined]
    return staged


def _batches(lists: Iterable[ListToAdd], staged: Staged, progress: Progress) -> Iterator[Batch]:
    for number, wanted in enumerate(lists):
        digest = _Digest(wanted.path)
        file = StagedFile(number, wanted)
        staged.files.append(file)
        try:
            with open_list(wanted.path, format=wanted.format, mapping=wanted.mapping) as reader:
                for items in _chunks(reader):
                    yield Batch(str(staged.folder), staged.batches, number, staged.items, items)
                    staged.batches += 1
                    staged.items += len(items)
                    progress.reading(wanted.source_title, staged.items, *reader.progress())
                file.format, file.encoding = reader.format, reader.encoding
                staged.superseded += reader.stats.get("superseded", 0)
        finally:
            file.sha256 = digest.result()


def _chunks(reader: Iterable[Entry | Rejected]) -> Iterator[list[Packed]]:
    """Yield lists of packed items, bounded in number and in size."""
    items: list[Packed] = []
    size = 0
    for item in reader:
        items.append(pack(item))
        size += len(item.raw)
        if len(items) >= BATCH or size >= BATCH_CHARACTERS:
            yield items
            items, size = [], 0
    if items:
        yield items


class _Digest:
    """The checksum of a file, computed beside the reading (hashlib lets go of the lock)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._value = ""
        if not path.is_file():
            raise ListError(_not_a_file(path))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with self._path.open("rb") as file:
                self._value = file_digest(file, "sha256").hexdigest()
        except OSError:
            self._value = ""  # the reader meets the same error and says so

    def result(self) -> str:
        self._thread.join()
        return self._value


def _not_a_file(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder; name the lists in it one by one, such as {path}/*.csv."
    return f"There is no file {path}; check the name."
