"""An open archive: the newest state of its file for reading, a copy of it for changing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from byname import search
from byname.archive import facts
from byname.archive.connect import open_file, outdated
from byname.archive.lists import Progress, Silence
from byname.archive.replacing import replacing
from byname.errors import ArchiveError

_State = tuple[int, int]
_FINDING_MEMORY = "250MB"
"""What DuckDB may keep of the file where names are looked for; the rest it reads again."""


class Snapshot:
    """One state of the archive's file, and the index that belongs to just this state."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version
        self.connection, self.state = _opened(path, version)
        self._lock = threading.Lock()
        self._index: search.NameIndex | None = None
        self._linked: bool | None = None
        self._counting: duckdb.DuckDBPyConnection | None = None

    def current(self) -> bool:
        """Whether the file is still this one; a file that was removed stays readable."""
        with suppress(OSError):
            return _state(self._path) == self.state
        return True

    def index(self, progress: Progress | None) -> search.NameIndex | None:
        """Return the index, made where it is missing; None when the file was replaced since."""
        with self._lock:
            if self._index is None:
                self._index = search.found(self.connection.cursor(), self._path)
            if self._index is None and self.current():
                step = (progress or Silence()).step
                self._index = search.made(self.connection.cursor(), self._path, step)
            return self._index

    def counting(self) -> duckdb.DuckDBPyConnection | None:
        """Return a connection for work over all records; None when the file was replaced since.

        It leads to an instance of its own: where names are looked for, DuckDB is kept to one
        thread and little memory (see ``linked``).
        """
        with self._lock:
            if self._counting is None and self.state != (0, 0):
                connection, state = _opened(self._path, self._version, "count")
                if state != self.state:
                    connection.close()
                    return None
                self._counting = connection
            return (self._counting or self.connection).cursor()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
        if self._counting is not None:
            self._counting.close()

    def linked(self) -> bool:
        """Whether any record belongs to a person."""
        if self._linked is None:
            reader = self.connection.cursor()
            self._linked = bool(reader.execute("SELECT 1 FROM members LIMIT 1").fetchall())
            # ten entries are read faster by one thread than by two, and need no room
            reader.execute("SET threads = 1")
            reader.execute(f"SET memory_limit = '{_FINDING_MEMORY}'")
        return self._linked

    def forget_index(self) -> None:
        """Look for the index anew when it is asked for next."""
        with self._lock:
            self._index = None


class Handle:
    """The file of an archive and what is kept of it while it is open. Threads may share it."""

    def __init__(self, path: Path, read_only: bool, version: str) -> None:
        self.path = path
        self._read_only = read_only
        self._version = version
        self._lock = threading.Lock()
        if not read_only:
            self._make_ready()
        self._snapshot = Snapshot(path, version)

    def _make_ready(self) -> None:
        """Make the archive, or bring it up to date."""
        if not self.path.exists():
            open_file(self.path, False, self._version).close()
        elif self.path.is_file() and outdated(self.path):
            with replacing(self.path, self._version):
                pass

    def _newest(self) -> Snapshot:
        """Return the newest state; queries under way end on the one that they began with."""
        with self._lock:
            if not self._snapshot.current():
                self._snapshot = Snapshot(self.path, self._version)
            return self._snapshot

    def reader(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to the newest state of the archive."""
        return self._newest().connection.cursor()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection to a copy that takes the archive's place in the end."""
        if self._read_only:
            raise ArchiveError(
                f"{self.path} was opened for reading only; open it without read_only to change it."
            )
        with replacing(self.path, self._version) as connection:
            search.tidy(self.path)
            yield connection

    def reading(self, progress: Progress | None = None) -> search.Reading:
        """Return what names are found in: a state of the archive and its index."""
        while True:
            snapshot = self._newest()
            index = snapshot.index(progress)
            if index is not None:
                return search.Reading(snapshot.connection.cursor(), index, snapshot.linked())

    def counting(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to the newest state, with room and threads for a whole archive."""
        while True:
            connection = self._newest().counting()
            if connection is not None:
                return connection

    def code_anew(self) -> None:
        """Code what tallies count anew where the vocabulary has changed, if that may be written."""
        if self._read_only or facts.fresh(self.reader()):
            return
        with self.writing() as copy:
            facts.write_facts(copy)
            facts.write_people(copy)

    def forget_index(self) -> None:
        """Remove the index; it is made anew when it is asked for next."""
        search.path_of(self.path).unlink(missing_ok=True)
        search.tidy(self.path)
        self._newest().forget_index()

    def close(self) -> None:
        """Close the file."""
        self._snapshot.close()


def _state(path: Path) -> _State:
    """Return what tells one state of the file from another."""
    found = os.stat(path)
    return found.st_ino, found.st_mtime_ns


def _opened(
    path: Path, version: str, use: str = "read"
) -> tuple[duckdb.DuckDBPyConnection, _State]:
    """Open the file as it is now, whatever will take its place.

    DuckDB keeps one instance a path in a process, also of a file that has been replaced since.
    So the file is opened under a name of its own, a link that is gone at once; ``use`` is part
    of it, for an instance of its own.
    """
    if not path.exists():
        return open_file(path, True, version), (0, 0)  # says that there is none
    state = _state(path)
    if path.with_name(path.name + ".wal").exists():
        return open_file(path, True, version), state  # DuckDB finds its log by the name
    link = path.with_name(f".{path.name}.read-{os.getpid()}-{use}-{state[0]:x}-{state[1]:x}")
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
