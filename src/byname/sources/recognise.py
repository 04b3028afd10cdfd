"""Which format a list is in: what it holds decides, its name only where that is not enough."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence

from byname.errors import UsageError
from byname.sources import certificates, memorial
from byname.sources.columns import looks_like_header, meaning, role_columns
from byname.sources.inputs import Input
from byname.sources.mapping import TableMapping
from byname.sources.plan import Plan, Shape
from byname.sources.rows import column_names, sniff_delimiter
from byname.sources.text import TextFile, read_lines, text_file
from byname.sources.unpack import head

FORMATS: tuple[str, ...] = ("paragraphs", "memorial", "certificates", "openlist", "table")
"""The formats that ``open_list`` knows."""

_SAMPLE_LINES = 400
_SAMPLE_SIZE = 1 << 18

_MAGIC: tuple[tuple[bytes, Shape], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"BZh", "bz2"),
    (b"\x1f\x8b", "gz"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
    (b"PAR1", "parquet"),
)

_REFUSED = (
    (b"%PDF", "is a PDF; save its text as a .txt file and give that."),
    (b"{\\rtf", "is an RTF document; save it as plain text and give that."),
    (b"SQLite format 3\0", "is an SQLite database; export its table as CSV and give that."),
    (b"PK\x05\x06", "is an empty zip archive; give a file that holds a list."),
)


def recognise(source: Input, format_: str | None, mapping: TableMapping | None) -> Plan:
    """Return what ``source`` is; ``format_`` overrides what it looks like.

    Raises:
        ListError: it is none of the formats, or not the one asked for.
        UsageError: ``format_`` is not one of ``FORMATS``.
    """
    if format_ is not None and format_ not in FORMATS:
        raise UsageError(f"{format_!r} is not a format; the formats are {', '.join(FORMATS)}.")
    start = source.head(64)
    for magic, why in _REFUSED:
        if start.startswith(magic):
            raise source.error(why)
    shape = next((shape for magic, shape in _MAGIC if start.startswith(magic)), None)
    if shape in ("workbook", "parquet"):
        return _table_file(source, shape, format_, mapping)
    if shape is not None:
        _check_export(source, shape)
        return Plan(source, _only("openlist", source, format_), shape)
    if _is_markup(source):
        return Plan(source, _only("openlist", source, format_), "xml")
    return _text_plan(source, format_, mapping)


def _only(found: str, source: Input, wanted: str | None) -> str:
    if wanted not in (None, found):
        raise source.error(f"is of format {found} and cannot be read as {wanted}.")
    return found


def _table_file(
    source: Input, shape: Shape, format_: str | None, mapping: TableMapping | None
) -> Plan:
    if format_ not in (None, "table", "paragraphs"):
        raise source.error(f"is a table and cannot be read as {format_}.")
    if shape == "workbook" and source.head(2) == b"PK":
        try:
            with zipfile.ZipFile(source.path) as packed:
                names = packed.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise source.error("is a truncated or damaged workbook; fetch it again.") from error
        if not any(name.startswith("xl/") or name == "content.xml" for name in names):
            raise source.error("is a zip archive but no workbook; unpack it, or save it as text.")
    return Plan(source, format_ or "table", shape, mapping=mapping)


def _check_export(source: Input, shape: Shape) -> None:
    start = head(source, shape, 1 << 16)
    if b"<mediawiki" not in start and b"<page>" not in start and b"<!" not in start:
        raise source.error("holds no MediaWiki export; unpack it and give what is in it.")


def _is_markup(source: Input) -> bool:
    """Whether the text is XML that only the Open List reader may judge.

    Raises:
        ListError: it is a web page.
    """
    start = source.head(4096).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise source.error("is a web page; save its text, or give the export of the wiki.")
    return start.startswith((b"<?xml", b"<mediawiki", b"<page>", b"<!doctype", b"<!entity"))


# --- text -----------------------------------------------------------------------------------


def _text_plan(source: Input, format_: str | None, mapping: TableMapping | None) -> Plan:
    file = text_file(source, mapping.encoding if mapping else None)
    sample = _sample(file)
    if not any(line.strip() for line in sample):
        raise source.error("holds nothing but blanks; give a file that holds a list.")
    if format_ == "openlist":
        raise source.error("is not a MediaWiki export (it has no <page>).")
    skip = mapping.skip_rows if mapping else 0
    table = sample[skip:]
    delimiter = (mapping.delimiter if mapping else None) or sniff_delimiter(table[:50])
    shape, found = _guess(source, sample, table, delimiter, mapping is not None)
    if format_ in ("memorial", "certificates"):
        shape = "lines"
    elif format_ == "table" and shape == "lines":
        if delimiter is None:
            raise source.error("has no columns (cut by tab, semicolon, comma or |).")
        shape = "delimited"
    return Plan(source, format_ or found, shape, file, sample, delimiter or ",", mapping)


def _sample(file: TextFile) -> tuple[str, ...]:
    lines: list[str] = []
    size = 0
    for line in read_lines(file):
        lines.append(line.text)
        size += len(line.text)
        if len(lines) >= _SAMPLE_LINES or size > _SAMPLE_SIZE:
            break
    return tuple(lines)


def _guess(
    source: Input, sample: Sequence[str], table: Sequence[str], delimiter: str | None, mapped: bool
) -> tuple[Shape, str]:
    """Return the shape and the format of a text."""
    first = next(line for line in sample if line.strip())
    if first.lstrip().startswith("{") and _is_json(source, first):
        return "json", "table"
    if first.lstrip().startswith("[") and first.lstrip()[1:2] in ("", "{"):
        raise source.error("is one JSON array; write one object a line (jq -c '.[]') instead.")
    if mapped:
        return "delimited", "table"
    if certificates.looks_like(sample):
        return "lines", "certificates"
    columns = _guess_columns(source, next((line for line in table if line.strip()), ""), delimiter)
    if columns is not None:
        return "delimited", columns
    return "lines", "memorial" if memorial.looks_like(sample) else "paragraphs"


def _guess_columns(source: Input, header: str, delimiter: str | None) -> str | None:
    """Return the format of a text whose first line is the header of a table, or None."""
    called_table = source.path.suffix.casefold() in (".csv", ".tsv", ".tab")
    if delimiter is None:
        one_text = called_table and meaning(header.strip('" ')) == "raw"
        return "paragraphs" if one_text else None
    names = [name.strip('" ') for name in column_names(header.split(delimiter))]
    if looks_like_header(names):
        return "paragraphs" if _is_free_text(names) else "table"
    return "table" if called_table else None


def _is_json(source: Input, first: str) -> bool:
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return source.path.suffix.casefold() in (".jsonl", ".ndjson", ".json")


def _is_free_text(names: Sequence[str]) -> bool:
    roles = role_columns(names)
    people = {"surname", "given", "name"}
    named = any(meaning(name) in people for name in names)
    return "raw" in roles and (roles["raw"] == "raw" or not named)
