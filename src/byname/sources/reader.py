"""The door to a list: recognise it, then stream its entries."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from byname.errors import ByNameError, ListError
from byname.sources import certificates, memorial, openlist, paragraphs, tables
from byname.sources.entry import Entry, Rejected
from byname.sources.inputs import Input, open_input, reason_for, rejected
from byname.sources.mapping import load_mapping
from byname.sources.pages import Newest
from byname.sources.plan import Plan
from byname.sources.recognise import recognise

_READERS: dict[str, Callable[[Plan], Iterator[Entry | Rejected]]] = {
    "paragraphs": paragraphs.read,
    "memorial": memorial.read,
    "certificates": certificates.read,
    "table": tables.read,
}


class ListReader:
    """A list being read: iterate over it for its entries and for what is rejected.

    A list of format ``openlist`` may yield a locator more than once, since the revisions of
    a page are scattered over the export: the highest ``revision`` counts. ``newest`` yields
    only those. In every other format a locator is yielded once.

    Use it as a context manager, so that the temporary file of standard input is removed.
    Iterating again reads the list again.

    Attributes:
        format: one of ``FORMATS``.
        path: the path as given; for standard input, ``-``.
        encoding: of a text ("utf-8", "cp1251" ...), or None.
        stats: counts of the format; for ``openlist`` those of ``revisions`` seen and of
            ``superseded`` ones, known when the list was read to its end.
    """

    def __init__(self, source: Input, plan: Plan, path: Path) -> None:
        self.path = path
        self.format = plan.format
        self.encoding = plan.text.encoding if plan.text else None
        self.stats = plan.stats
        self._source = source
        self._plan = plan
        self._newest: Newest | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the list."""
        self._source.close()

    def progress(self) -> tuple[int, int | None]:
        """Return how many bytes of the list were consumed, and how many there are."""
        return min(self._source.done, self._source.size), self._source.size

    def __iter__(self) -> Iterator[Entry | Rejected]:
        """Yield the entries in the order of the list, in bounded memory.

        Raises:
            ListError: the list is damaged; what was yielded so far must not be kept.
        """
        try:
            if self.format == "openlist":
                reader = openlist.Reader(self._plan)
                for item in reader:
                    self._newest = reader.newest
                    yield item
            else:
                yield from _READERS[self.format](self._plan)
            self._source.done = self._source.size
        except ByNameError:
            raise
        except OSError as error:
            raise self._source.error(f"{reason_for(error)}.") from error
        except MemoryError as error:
            raise self._source.error("needs more memory than there is; split it.") from error

    def is_newest(self, item: Entry | Rejected) -> bool:
        """Whether no later revision of ``item`` was seen so far."""
        number = item.locator.removeprefix("page id ")
        if self._newest is None or not number.isdigit():
            return True
        return self._newest.get(int(number)) == item.revision


def open_list(
    path: Path | str, *, format: str | None = None, mapping: Path | None = None
) -> ListReader:
    """Recognise the list at ``path`` and return its reader.

    Args:
        path: a file, or ``-`` for standard input.
        format: one of ``FORMATS``, to override what the list looks like.
        mapping: a mapping file that says what the columns of a table mean.

    Raises:
        ListError: the list cannot be read, or is of no known format.
        VocabularyError: the mapping file has a mistake in it.
        UsageError: there is no such format.
    """
    table = load_mapping(mapping) if mapping is not None else None
    source = open_input(path)
    try:
        plan = recognise(source, format, table)
    except ByNameError:
        source.close()
        raise
    except OSError as error:
        source.close()
        raise source.error(f"{reason_for(error)}.") from error
    except BaseException:
        source.close()
        raise
    return ListReader(source, plan, Path(path))


def newest(reader: ListReader) -> Iterator[Entry | Rejected]:
    """Yield the entries of ``reader``, each locator once, with its highest revision.

    Every format but ``openlist`` streams straight through. An export is spooled to a
    temporary file first, since its last block may supersede its first.

    Raises:
        ListError: as iterating the reader does.
    """
    if reader.format != "openlist":
        yield from reader
        return
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
            yield from _spooled(reader, spool)
    except OSError as error:
        raise ListError(f"{reader.path} {reason_for(error)}.") from error


def _spooled(reader: ListReader, spool: IO[str]) -> Iterator[Entry | Rejected]:
    """Write all that ``reader`` yields to ``spool`` and yield what turned out to be newest."""
    for item in reader:
        kept = isinstance(item, Entry)
        told = item.title if isinstance(item, Entry) else item.reason
        json.dump((kept, item.raw, item.locator, told, item.revision), spool)
        spool.write("\n")
    spool.seek(0)
    for line in spool:
        kept, raw, locator, told, revision = json.loads(line)
        again = (
            Entry(raw, locator, "openlist", title=told, revision=revision)
            if kept
            else rejected(raw, locator, told, revision=revision)
        )
        if reader.is_newest(again):
            yield again
