"""Entry -> the lines of the part files that DuckDB loads in bulk. Runs in worker processes.

A batch becomes three files, so that each step of the merge reads only what it needs:
``keys`` (which entry, where, which wording), ``texts`` (the words themselves) and
``records`` (the fields read from them).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any

from byname import records
from byname.records import CASE_FIELDS, Record
from byname.sources.entry import Entry, Rejected

LONGEST = 4_000_000
"""Characters of an entry beyond which it is kept as rejected: no person's entry is a book."""

Packed = tuple[bool, tuple[Any, ...]]
"""An entry as a plain tuple, which pickles several times faster than the class."""

_entry_fields = attrgetter(*(field.name for field in dataclasses.fields(Entry)))
_rejected_fields = attrgetter(*(field.name for field in dataclasses.fields(Rejected)))

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

CASES_TYPE = f"STRUCT(n INTEGER, {', '.join(f'{c} VARCHAR' for c in CASE_FIELDS)}, coded JSON)[]"

KEY_COLUMNS = {
    "seq": "BIGINT", "file": "INTEGER", "list": "VARCHAR", "locator": "VARCHAR",
    "revision": "BIGINT", "kind": "VARCHAR", "hash": "UBIGINT", "reader": "VARCHAR",
    "reason": "VARCHAR", "line": "BIGINT",
}  # fmt: skip
TEXT_COLUMNS = {"seq": "BIGINT", "title": "VARCHAR", "raw": "VARCHAR", "extra": "JSON"}
RECORD_COLUMNS = (
    {"seq": "BIGINT", "kind": "VARCHAR"}
    | dict.fromkeys(records.PERSON_FIELDS, "VARCHAR")
    | {
        "other_names": "VARCHAR[]", "fate": "VARCHAR", "inferred": "VARCHAR[]", "coded": "JSON",
        "doubts": "JSON", "spans": "JSON", "reader": "VARCHAR", "cases": CASES_TYPE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """What a worker is handed: some entries, numbered on from ``first``."""

    folder: str
    number: int
    file: int
    first: int
    items: list[Packed]


def pack(item: Entry | Rejected) -> Packed:
    """Return ``item`` as a tuple; ``unpack`` is the way back."""
    if isinstance(item, Entry):
        return (True, _entry_fields(item))
    return (False, _rejected_fields(item))


def unpack(packed: Packed) -> Entry | Rejected:
    """Return the entry or rejected line that ``pack`` made a tuple of."""
    is_entry, fields = packed
    return Entry(*fields) if is_entry else Rejected(*fields)


def write_batch(batch: Batch) -> int:
    """Write the part files of ``batch``; return how many items it held."""
    keys: list[str] = []
    texts: list[str] = []
    fields: list[str] = []
    for seq, packed in enumerate(batch.items, batch.first):
        item = _bounded(unpack(packed))
        if isinstance(item, Entry):
            version = reader_version(item)
            fields.append(_dumps(record_row(seq, records.read(item), version)))
            keys.append(_dumps(_key(seq, batch.file, item, version)))
            extra = dict(item.extra) or None
            texts.append(_dumps({"seq": seq, "title": item.title, "raw": item.raw, "extra": extra}))
        else:
            keys.append(_dumps(_rejected_key(seq, batch.file, item)))
            texts.append(_dumps({"seq": seq, "raw": item.raw}))
    folder = Path(batch.folder)
    for name, lines in (("keys", keys), ("texts", texts), ("records", fields)):
        _write(folder / f"{name}-{batch.number:06d}.ndjson", lines)
    return len(batch.items)


def _write(path: Path, lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    path.write_bytes(text.encode("utf-8", "replace"))  # "replace": a lone surrogate is no text


def _bounded(item: Entry | Rejected) -> Entry | Rejected:
    if isinstance(item, Rejected) or len(item.raw) <= LONGEST:
        return item
    return Rejected(
        raw=item.raw[:2000],
        locator=item.locator,
        reason=f"The entry has {len(item.raw):,} characters; only its beginning is kept.",
        source=item.source,
        revision=item.revision,
    )


def reader_version(entry: Entry) -> str:
    """Return the version of the reading: ours, and for tables the mapping as it was applied."""
    version = records.reader_version()
    if not entry.columns:
        return f"{version} {entry.kind}"
    return f"{version} {entry.kind} {_hash(entry.columns.items()):016x}"


def wording_hash(entry: Entry) -> int:
    """Return 64 bits of the words; equal for equal wording, whatever the version of By Name."""
    return _hash([("title", entry.title or ""), ("raw", entry.raw), *entry.extra.items()])


def _hash(pairs: Iterable[tuple[str, str]]) -> int:
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in pairs)
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _key(seq: int, file: int, entry: Entry, version: str) -> dict[str, object]:
    return {
        "seq": seq,
        "file": file,
        "list": entry.source,
        "locator": entry.locator,
        "revision": entry.revision,
        "kind": entry.kind,
        "hash": wording_hash(entry),
        "reader": version,
        "line": entry.line,
    }


def _rejected_key(seq: int, file: int, item: Rejected) -> dict[str, object]:
    return {
        "seq": seq,
        "file": file,
        "list": item.source,
        "locator": item.locator,
        "revision": item.revision,
        "reason": item.reason,
    }


def record_row(seq: int, record: Record, version: str) -> dict[str, object]:
    """Return the record as one flat object; fields it does not have are left out."""
    row: dict[str, object] = {"seq": seq, "kind": record.kind, "reader": version}
    row |= record.values
    row |= dict(_filled(record))
    if record.cases:
        row["cases"] = [
            {"n": case.n} | case.values | ({"coded": case.coded} if case.coded else {})
            for case in record.cases
        ]
    return row


def _filled(record: Record) -> Iterator[tuple[str, object]]:
    if record.other_names:
        yield "other_names", record.other_names
    if record.fate:
        yield "fate", record.fate
    if record.inferred:
        yield "inferred", record.inferred
    if record.coded:
        yield "coded", record.coded
    if record.doubts:
        yield "doubts", [{"code": doubt.code, "message": doubt.message} for doubt in record.doubts]
    spans = {
        path: [span.start, span.end] if span.where == "raw" else list(span)
        for path, span in record.all_spans()
    }
    if spans:
        yield "spans", spans
