"""The index file beside its archive: made with a list's records, made anew when it is missing.

The file carries the stamp of what it was made from: the last run of ``add`` that changed a
record, and the vocabulary.
A file with another stamp (the archive was changed by a killed run, or copied alone) is not used
but made again; so the two can never disagree.
"""

from __future__ import annotations

import os
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from byname import vocabulary
from byname.search.build import Report, build
from byname.search.index import NameIndex
from byname.search.store import DamagedError


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The index of an archive: its file and size in bytes, how many rows, and what it took."""

    file: str
    bytes: int
    rows: int
    built: bool
    seconds: float


def path_of(archive: Path) -> Path:
    """Return where the index of an archive stands."""
    return archive.with_name(archive.name + ".names")


def stamp_of(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what an index made now would be made from."""
    row = connection.execute(
        """
        SELECT id, started FROM runs
        WHERE command = 'add' AND coalesce((counts->>'added')::BIGINT, 0)
            + coalesce((counts->>'updated')::BIGINT, 0)
            + coalesce((counts->>'reread')::BIGINT, 0) > 0
        ORDER BY id DESC LIMIT 1
        """
    ).fetchall()
    run = f"{row[0][0]} {row[0][1].isoformat()}" if row else "empty"
    return f"{run} {vocabulary.fingerprint()}"


def prepare(connection: duckdb.DuckDBPyConnection, archive: Path, report: Report) -> Path:
    """Make an index of what ``connection`` sees, beside the one in use; return where.

    It stands there under a name that readers look at too, so that it may be made before the
    archive changes and ``publish`` may come after.
    """
    new = archive.with_name(f".{archive.name}.names-{os.getpid()}")
    build(connection, new, stamp_of(connection), report)
    waiting = _waiting(archive)
    os.replace(new, waiting)
    return waiting


def _waiting(archive: Path) -> Path:
    return archive.with_name(f".{archive.name}.names-next")


def publish(new: Path, archive: Path) -> None:
    """Put an index that ``prepare`` made in its place."""
    os.replace(new, path_of(archive))


def found(connection: duckdb.DuckDBPyConnection, archive: Path) -> NameIndex | None:
    """Return the index of just the state that ``connection`` sees, None where there is none."""
    stamp = stamp_of(connection)
    for path in (path_of(archive), _waiting(archive), path_of(archive)):
        with suppress(OSError, DamagedError, ValueError, KeyError):
            index = NameIndex(path)
            if index.stamp == stamp:
                return index
    return None


def made(connection: duckdb.DuckDBPyConnection, archive: Path, report: Report) -> NameIndex:
    """Make the index of the state that ``connection`` sees, and put it in its place."""
    report("making the names searchable")
    new = archive.with_name(f".{archive.name}.names-{os.getpid()}-{threading.get_ident()}")
    try:
        build(connection, new, stamp_of(connection), report)
        publish(new, archive)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        return _elsewhere(connection, report)
    return found(connection, archive) or _elsewhere(connection, report)


def _elsewhere(connection: duckdb.DuckDBPyConnection, report: Report) -> NameIndex:
    """Make the index where this process alone sees it: beside the archive nothing can be kept."""
    handle, name = tempfile.mkstemp(prefix="byname-", suffix=".names")
    os.close(handle)
    path = Path(name)
    try:
        build(connection, path, stamp_of(connection), report)
        return NameIndex(path)
    finally:
        path.unlink(missing_ok=True)


def tidy(archive: Path) -> None:
    """Remove what killed processes left of their indexes; only whoever may write does so."""
    for stale in archive.parent.glob(f".{archive.name}.names-*"):
        stale.unlink(missing_ok=True)
