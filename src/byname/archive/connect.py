"""Opening the archive file, and turning DuckDB's errors into sentences.

A new archive is made under another name and renamed when whole, so that a process killed
meanwhile leaves no half-made file behind.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from byname.archive import schema
from byname.errors import ArchiveError, ByNameError

MEMORY_LIMIT = "1GB"
"""What DuckDB may hold; beyond it works on disk, in the folder of ``scratch``."""


def open_file(
    path: Path, read_only: bool, version: str, alias: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open (or make) the archive at ``path``; every way to fail is one sentence.

    ``alias`` is another name of the file, to open it by.
    """
    with sentences(path):
        if not path.exists():
            if read_only:
                raise ArchiveError(
                    f"There is no archive at {path}; make one with `byname add FILE --archive "
                    f"{path}`, or name another with --archive."
                )
            _make(path, version)
        elif path.is_dir():
            raise ArchiveError(f"{path} is a folder; --archive must name a file.")
        connection = duckdb.connect(str(alias or path), read_only=read_only)
        try:
            connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
            connection.execute("SET enable_progress_bar = false")  # we show our own
            schema.upgrade(connection, path.name, read_only)
        except BaseException:
            connection.close()
            raise
        return connection


def outdated(path: Path) -> bool:
    """Tell whether the archive is one of an older By Name."""
    with sentences(path), duckdb.connect(str(path), read_only=True) as connection:
        return schema.version_of(connection, path.name) < schema.SCHEMA_VERSION


def _make(path: Path, version: str) -> None:
    if not path.parent.is_dir():
        raise ArchiveError(f"The folder {path.parent} does not exist; make it first.")
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with duckdb.connect(str(new)) as connection:
            schema.create(connection, version)
        os.replace(new, path)
    finally:
        for leftover in (new, new.with_name(new.name + ".wal")):
            leftover.unlink(missing_ok=True)


def scratch(path: Path) -> Path:
    """Make an empty folder beside the archive for passing work, after removing stale ones.

    Only one process changes the archive at a time, so whatever stands there belongs to one that
    was killed.
    """
    for stale in path.parent.glob(f".{path.name}.parts-*"):
        shutil.rmtree(stale, ignore_errors=True)
    folder = path.with_name(f".{path.name}.parts-{os.getpid()}")
    folder.mkdir()
    return folder


def quoted(path: Path) -> str:
    """Return ``path`` as it stands between the quotes of an SQL text."""
    return str(path).replace("'", "''")


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn errors of DuckDB and of the file system into an ``ArchiveError``."""
    try:
        yield
    except ByNameError:
        raise
    except (duckdb.Error, OSError, MemoryError) as error:
        raise ArchiveError(_sentence(path, error)) from error


def _sentence(path: Path, error: Exception) -> str:
    text = str(error)
    first = text.splitlines()[0] if text else type(error).__name__
    holder = re.search(r"PID (\d+)", text)
    if "set lock" in text or "being used by another process" in text:
        who = f" (process {holder[1]})" if holder else ""
        return f"{path} is in use by another program{who}; wait until it is done and try again."
    for pattern, sentence in _REASONS:
        if re.search(pattern, text, re.IGNORECASE):
            return sentence.format(path=path, folder=path.parent)
    return f"{path} cannot be used: {first}"


_REASONS: tuple[tuple[str, str], ...] = (
    (
        r"not a valid DuckDB|checksum|corrupt|deserializ|truncated|not a DuckDB|"
        r"could not read enough bytes|serialization",
        "{path} is damaged or no archive at all; restore it from a copy, or name another "
        "with --archive.",
    ),
    (
        r"no space left|disk quota|file too large|could not write all bytes|disk full|\[errno 28\]",
        "There is not enough room on the disk for {path}; the archive is as before. "
        "Free some room and run the command again.",
    ),
    (
        r"permission denied|read-only|not permitted",
        "{path} cannot be written; check the rights of the file and of its folder {folder}.",
    ),
    (
        r"out of memory|failed to allocate|could not allocate|^$",
        "There was not enough memory for {path}; the archive is as before. Close other programs "
        "and run the command again.",
    ),
)
