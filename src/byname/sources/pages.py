"""Cuts a MediaWiki export into its pages and lets through only what may be newest.

The dump of the Open List has 18 million ``<page>`` blocks for 3.35 million pages: every
revision is a block of its own, scattered over the file. Parsing them all would take an hour,
so blocks are cut by searching bytes, and a block is parsed only if its revision is higher
than any seen of its page. Wikitext is escaped inside an export, so the tags searched for
cannot occur in it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from byname.errors import ListError
from byname.sources.inputs import Input

BLOCK_LIMIT = 50 << 20
_HEAD_LIMIT = 1 << 20
_TAG = 16
"""Bytes kept between chunks, so that a tag cut in two is still found."""
_DENSE = 1 << 23
"""Page ids up to here live in an array (eight bytes each), absurd ones in a dictionary."""

_IDS = re.compile(
    rb"<id>\s*(\d{1,18})\s*</id>(?:(?!<text).)*?<revision>\s*<id>\s*(\d{1,18})\s*</id>", re.DOTALL
)
_REVISION = re.compile(rb"<revision>\s*<id>\s*(\d{1,18})\s*</id>")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)")


class PageBlock(NamedTuple):
    """A ``<page>`` element as bytes; ``fault`` says why it must not be parsed."""

    page: int
    revision: int
    data: bytes
    fault: str | None = None


class Newest:
    """The highest revision seen of each page."""

    def __init__(self) -> None:
        self._dense = array("q", bytes(8 * 1024))
        self._sparse: dict[int, int] = {}
        self.pages = 0

    def get(self, page: int) -> int:
        """Return the highest revision of ``page``, or -1."""
        if page < len(self._dense):
            return self._dense[page] - 1
        return self._sparse.get(page, 0) - 1

    def raise_to(self, page: int, revision: int) -> bool:
        """Note ``revision``; return whether it is higher than all before it."""
        if page >= len(self._dense) and page < _DENSE:
            size = min(_DENSE, max(page + 1, 2 * len(self._dense)))
            self._dense.frombytes(bytes(8 * (size - len(self._dense))))
        table: array[int] | dict[int, int] = self._dense
        if page >= len(self._dense):
            table = self._sparse
            table.setdefault(page, 0)
        known = table[page]
        if known > revision:
            return False
        self.pages += known == 0
        table[page] = revision + 1
        return True


class PageCutter:
    """Yields the blocks of an export that may be the newest of their pages.

    Attributes:
        revisions: how many were seen.
        newest: the highest of each page.
        encoding: of the XML.
    """

    def __init__(self, source: Input, stream: Iterator[bytes]) -> None:
        self._source = source
        self._stream = stream
        self.revisions = 0
        self.newest = Newest()
        self.encoding = "utf-8"

    def __iter__(self) -> Iterator[PageBlock]:
        """Yield blocks in the order of the file.

        Raises:
            ListError: the bytes are no export, declare entities, or break off.
        """
        buffer = self._opening()
        open_root = b"<mediawiki" in buffer[: buffer.find(b"<page>") + 1 or None]
        position = searched = 0
        while True:
            start = buffer.find(b"<page>", position)
            end = buffer.find(b"</page>", max(start, searched)) if start >= 0 else -1
            if end >= 0:
                block = self._block(buffer, start, end)
                if block is not None:
                    yield block
                position = searched = end + 7
                continue
            if open_root and start < 0:
                open_root = buffer.find(b"</mediawiki", position) < 0
            keep = start if start >= 0 else max(position, len(buffer) - _TAG)
            if len(buffer) - keep > BLOCK_LIMIT:
                head = buffer[keep : keep + _HEAD_LIMIT]
                buffer = self._skip_to_end(buffer[keep:])
                yield self._too_large(head)
                position = searched = 0
                continue
            searched = max(0, len(buffer) - keep - _TAG)
            chunk = next(self._stream, None)
            if chunk is None:
                if start >= 0 or open_root:
                    raise self._broken_off()
                return
            buffer, position = buffer[keep:] + chunk, 0

    def _opening(self) -> bytes:
        """Return the bytes up to the first page, having looked for what must not be there."""
        buffer = b""
        while b"<page>" not in buffer and len(buffer) < _HEAD_LIMIT:
            chunk = next(self._stream, None)
            if chunk is None:
                break
            buffer += chunk
        first = buffer.find(b"<page>")
        opening = buffer if first < 0 else buffer[:first]
        if _DECLARED.search(opening):
            raise self._source.error(
                "declares a document type or entities, which no MediaWiki export does and which "
                "can be made to exhaust the memory; it is refused."
            )
        if first < 0 and b"<mediawiki" not in buffer:
            raise self._source.error("is not a MediaWiki export (it has no <page>).")
        named = _ENCODING.search(opening)
        if named:
            self.encoding = named.group(1).decode("ascii")
        return buffer

    def _broken_off(self) -> ListError:
        return self._source.error("breaks off in the middle of the export; fetch it again.")

    def _block(self, buffer: bytes, start: int, end: int) -> PageBlock | None:
        ids = _IDS.search(buffer, start, end)
        if ids is None:
            data = buffer[start : end + 7]
            self.revisions += 1
            return PageBlock(-1, 0, data, "The page has no id or no revision.")
        page, revision = int(ids[1]), int(ids[2])
        self.revisions += 1
        if buffer.find(b"<revision>", ids.end(), end) >= 0:
            for other in _REVISION.finditer(buffer, ids.end(), end):
                self.revisions += 1
                revision = max(revision, int(other[1]))
        if not self.newest.raise_to(page, revision):
            return None
        return PageBlock(page, revision, buffer[start : end + 7])

    def _skip_to_end(self, buffer: bytes) -> bytes:
        """Drop the stream until the page ends; return what follows it."""
        while (end := buffer.find(b"</page>")) < 0:
            chunk = next(self._stream, None)
            if chunk is None:
                raise self._broken_off()
            buffer = buffer[-_TAG:] + chunk
        return buffer[end + 7 :]

    def _too_large(self, head: bytes) -> PageBlock:
        self.revisions += 1
        why = f"The page has more than {BLOCK_LIMIT >> 20} megabytes."
        ids = _IDS.search(head)
        if ids is None:
            return PageBlock(-1, 0, head, why)
        page, revision = int(ids[1]), int(ids[2])
        self.newest.raise_to(page, revision)
        return PageBlock(page, revision, head, why)
