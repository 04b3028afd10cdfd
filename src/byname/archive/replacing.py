"""Changing an archive by way of a copy, so that readers are never kept waiting.

DuckDB lets nobody read a file that another process writes. So a list is added to a copy, which
takes the archive's place in one step when it is whole and on the disk; whoever was reading goes
on with the state he began with. A process killed meanwhile leaves the archive as it was.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import duckdb

from byname.archive.connect import open_file
from byname.errors import ArchiveError

_CHUNK = 1 << 30


@contextmanager
def replacing(path: Path, version: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a copy of the archive, which replaces it when all has gone well.

    Raises:
        ArchiveError: another process is changing the archive.
    """
    with only_writer(path):
        if not os.access(path, os.W_OK):
            raise PermissionError(f"{path} is read-only")
        _tidy(path)
        work = path.with_name(f".{path.name}.work-{os.getpid()}")
        try:
            _copy(path, work)
            connection = open_file(path, False, version, work)
            try:
                yield connection
                connection.execute("CHECKPOINT")
            finally:
                connection.close()
            os.replace(work, path)
            path.with_name(path.name + ".wal").unlink(missing_ok=True)  # it is in the copy
        finally:
            for leftover in (work, work.with_name(work.name + ".wal")):
                leftover.unlink(missing_ok=True)


def _tidy(path: Path) -> None:
    """Remove what killed processes left: copies of writers, and links that readers opened by."""
    for stale in path.parent.glob(f".{path.name}.work-*"):
        stale.unlink(missing_ok=True)
    for link in path.parent.glob(f".{path.name}.read-*"):
        owner = link.name.rpartition(".read-")[2].partition("-")[0]
        if not owner.isdecimal() or not _runs(int(owner)):
            link.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Tell whether a process of this number is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def _copy(path: Path, work: Path) -> None:
    """Copy the archive; where the file system can, without copying its blocks."""
    log = path.with_name(path.name + ".wal")
    if log.exists():  # left by a killed program that wrote the file itself
        shutil.copyfile(log, work.with_name(work.name + ".wal"))
    try:
        with path.open("rb") as old, work.open("wb") as new:
            while os.copy_file_range(old.fileno(), new.fileno(), _CHUNK):
                pass
    except (AttributeError, OSError):
        shutil.copyfile(path, work)
    shutil.copymode(path, work)


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the right to change the archive; the lock ends with the process, however it ends."""
    lock = path.with_name(f".{path.name}.lock")
    file = _locked(lock, path)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        file.close()


def _locked(lock: Path, path: Path) -> BinaryIO:
    while True:
        file = lock.open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read(20).decode("ascii", "replace").strip()
            file.close()
            who = f" (process {holder})" if holder else ""
            raise ArchiveError(
                f"{path} is being changed by another program{who}; wait until it is done and "
                "try again."
            ) from None
        with suppress(OSError):
            if os.fstat(file.fileno()).st_ino == lock.stat().st_ino:
                file.truncate(0)
                file.write(str(os.getpid()).encode())
                file.flush()
                return file
        file.close()  # its last holder has just removed it: once more
