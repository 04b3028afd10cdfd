"""Reads an entry with the reader for its kind."""

from __future__ import annotations

from functools import cache

from byname.records.model import Doubt, Record
from byname.records.openlist import read_openlist
from byname.records.prose import read_prose
from byname.records.sense import make_sense
from byname.records.tabular import read_table
from byname.sources.entry import Entry
from byname.vocabulary import fingerprint

READINGS = "2"
"""Rises whenever the code of a reader changes what is read."""


@cache
def reader_version() -> str:
    """Return the version of the reading: it changes with the code and with any table.

    An archive that holds records of another version reads their entries again.
    """
    return f"{READINGS}-{fingerprint()}"


def read(entry: Entry) -> Record:
    """Return the record of ``entry``.

    A fault in a reader must not cost a reader of ours the rest of a list of three million: the
    entry is then kept with an empty record and the doubt ``reader_failed``, which says what to
    report.
    """
    try:
        return read_strictly(entry)
    except Exception as error:
        record = Record(kind=entry.kind)
        message = f"The program failed to read this entry ({type(error).__name__}: {error}); "
        record.doubts.append(Doubt("reader_failed", message + "please report it."))
        return record


def read_strictly(entry: Entry) -> Record:
    """Return the record of ``entry``; a fault in a reader is raised, as tests want it."""
    if entry.kind == "table":
        record = read_table(entry)
    elif entry.kind == "openlist":
        record = read_openlist(entry.raw, entry.title)
    else:
        record = read_prose(entry.kind, entry.raw)
    make_sense(record, entry.raw)
    return record
