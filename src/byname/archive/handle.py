"""An open archive: the newest state of its file for reading, a copy of it for changing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from byname import search
from byname.archive.connect import open_file, outdated
from byname.archive.lists import Progress, Silence
from byname.archive.replacing import replacing
from byname.errors import ArchiveError

_State = tuple[int, int]


class Handle:
    """The file of an archive and what is kept of it while it is open. Threads may share it."""

    def __init__(self, path: Path, read_only: bool, version: str) -> None:
        self.path = path
        self._read_only = read_only
        self._version = version
        self._lock = threading.Lock()
        self._indexing = threading.Lock()
        self._index: search.NameIndex | None = None
        self._linked: bool | None = None
        self._connection, self._state = self._opened()

    def _opened(self) -> tuple[duckdb.DuckDBPyConnection, _State]:
        """Open the archive, making it or bringing it up to date if it may be written."""
        if not self._read_only:
            if not self.path.exists():
                open_file(self.path, False, self._version).close()
            elif self.path.is_file() and outdated(self.path):
                with replacing(self.path, self._version):
                    pass
        return _snapshot(self.path, self._version)

    def reader(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to the newest state of the archive."""
        with self._lock:
            with suppress(OSError):  # removed meanwhile: what is open stays readable
                if _state(self.path) != self._state:
                    self._forget()
            return self._connection.cursor()

    def _forget(self) -> None:
        """Read the file anew; queries under way end on the state that they began with."""
        self._connection, self._state = _snapshot(self.path, self._version)
        self._index = self._linked = None

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection to a copy that takes the archive's place in the end."""
        if self._read_only:
            raise ArchiveError(
                f"{self.path} was opened for reading only; open it without read_only to change it."
            )
        with replacing(self.path, self._version) as connection:
            yield connection

    def reading(self) -> search.Reading:
        """Return what names are found in; ten entries are read faster by one thread than two."""
        reader = self.reader()
        index = self.names(None)
        if self._linked is None:
            reader.execute("SET threads = 1")
            self._linked = bool(reader.execute("SELECT 1 FROM members LIMIT 1").fetchall())
        return search.Reading(reader, index, self._linked)

    def names(self, progress: Progress | None, rebuild: bool = False) -> search.NameIndex:
        """Return the index of names, made first where it is missing."""
        reader = self.reader()
        with self._indexing:
            if rebuild:
                self._index = None
                search.path_of(self.path).unlink(missing_ok=True)
            index = self._index
            if index is None:
                index = search.opened(reader, self.path, (progress or Silence()).step)
                self._index = index
            return index

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _state(path: Path) -> _State:
    """Return what tells one state of the file from another."""
    found = os.stat(path)
    return found.st_ino, found.st_mtime_ns


def _snapshot(path: Path, version: str) -> tuple[duckdb.DuckDBPyConnection, _State]:
    """Open the file as it is now, whatever will take its place.

    DuckDB keeps one instance a path in a process, also of a file that has been replaced since.
    So the file is opened under a name of its own, a link that is gone at once.
    """
    if not path.exists():
        return open_file(path, True, version), (0, 0)  # says that there is none
    state = _state(path)
    link = path.with_name(f".{path.name}.read-{os.getpid()}-{state[0]:x}-{state[1]:x}")
    with _LINKING:
        try:
            os.link(path, link)
        except OSError:  # a folder or disk where no link can be made
            return open_file(path, True, version), state
        try:
            return open_file(path, True, version, link), state
        finally:
            link.unlink(missing_ok=True)


_LINKING = threading.Lock()
