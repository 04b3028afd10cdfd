"""A text file as numbered lines, in bounded memory, whatever its encoding and damage.

A byte that means nothing in the file's encoding, a NUL, or a line of fifty megabytes spoils
that one line, not the list: the line comes out with ``fault`` set and the reader of the
format rejects it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import charset_normalizer

from byname.sources.inputs import ENTRY_LIMIT, SHOWN_LIMIT, Input

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_ASCII_SCAN = 1 << 25
"""How far to look for the first letter outside ASCII, which alone tells the encoding."""

_EIGHT_BIT = ("cp1251", "koi8_r", "cp866", "cp1252")
_NAMES = {"koi8_r": "koi8-r"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BAD = re.compile("[\0\ud800-\udfff]")
_BAD_16 = re.compile("[\0\ufffd]")


class Line(NamedTuple):
    """One physical line without its line end; ``fault`` says why it must not be trusted."""

    number: int
    text: str
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class TextFile:
    """How the bytes of an input become lines."""

    source: Input
    encoding: str
    newline: str = "\n"


def recognise_encoding(source: Input) -> str:
    """Return the Python name of the encoding of ``source``.

    UTF-8 is tried first, since other encodings practically never happen to be valid UTF-8;
    a few broken bytes do not make UTF-8 into something else. Among the Russian eight-bit
    encodings charset-normalizer chooses.
    """
    head = source.head(_SAMPLE)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    wide = _sixteen_bit(head)
    if wide:
        return wide
    sample = head if not head.isascii() else _telling_sample(source)
    if sample is None or _share_of_bad_utf8(sample) < 0.05:
        return "utf-8"
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(_EIGHT_BIT)).best()
    name = best.encoding if best is not None and best.encoding in _EIGHT_BIT else "cp1251"
    return _NAMES.get(name, name)


def _sixteen_bit(head: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark by its high bytes: 00 (Latin) and 04 (Cyrillic)."""
    even, odd = head[0 : len(head) // 2 * 2 : 2], head[1::2]
    if len(odd) < 4 or 0 not in head:
        return None
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        share = sum(high.count(byte) for byte in (0, 4)) / len(high)
        if share > 0.9 and low.count(0) < 0.05 * len(low):
            return name
    return None


def _telling_sample(source: Input) -> bytes | None:
    """Return the bytes around the first one outside ASCII, or None when there is none."""
    with source.open() as handle:
        for _ in range(_ASCII_SCAN // _CHUNK):
            chunk = handle.read(_CHUNK)
            if not chunk:
                return None
            if not chunk.isascii():
                first = next(i for i, byte in enumerate(chunk) if byte > 127)
                return chunk[max(0, first - 200) : first + _SAMPLE]
    return None


def _share_of_bad_utf8(sample: bytes) -> float:
    """Return the share of bytes outside ASCII that are no UTF-8 (a cut last letter is fine)."""
    text = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape").decode(sample)
    bad = sum(1 for char in text if "\ud800" <= char <= "\udfff")
    high = sum(1 for byte in sample if byte > 127)
    return bad / high if high else 0.0


def text_file(source: Input, encoding: str | None = None) -> TextFile:
    """Return how to read ``source`` as text; ``encoding`` overrides what its bytes say.

    Raises:
        ListError: the bytes are no text at all.
    """
    known = encoding or recognise_encoding(source)
    sample = source.head(_SAMPLE)
    text = codecs.getincrementaldecoder(known)(errors="replace").decode(sample)
    if is_binary(text):
        raise source.error(
            "is not text (it holds control characters throughout); give a list as text, CSV, "
            "XLSX, Parquet, YAML or a MediaWiki export."
        )
    return TextFile(source, known, "\r" if "\r" in text and "\n" not in text else "\n")


def is_binary(text: str) -> bool:
    """Whether more than one character in twenty is a control character other than blanks."""
    odd = sum(1 for char in text if char < " " and char not in "\t\n\r\f\v\x1a\x1b")
    return odd > 0.05 * max(len(text), 20)


def read_lines(file: TextFile) -> Iterator[Line]:
    """Yield the lines of ``file``; ``source.done`` follows the bytes consumed."""
    source = file.source
    source.done = 0
    wide = file.encoding.startswith("utf-16")
    bad = _BAD_16 if wide else _BAD
    decoder = codecs.getincrementaldecoder(file.encoding)(
        errors="replace" if wide else "surrogateescape"
    )
    number, tail, dropped = 0, "", 0
    with source.open() as handle:
        ended = False
        while not ended:
            chunk = handle.read(_CHUNK)
            ended = not chunk
            parts = (tail + decoder.decode(chunk, final=ended)).split(file.newline)
            tail = parts.pop()
            for part in parts:
                number += 1
                yield _line(number, part, dropped, bad)
                dropped = 0
            source.done += len(chunk)
            if len(tail) > ENTRY_LIMIT:
                dropped += len(tail) - SHOWN_LIMIT
                tail = tail[:SHOWN_LIMIT]
    if tail:
        yield _line(number + 1, tail, dropped, bad)


def unprintable(text: str) -> bool:
    """Whether ``text`` holds NULs or halves of letters, which no archive can store."""
    return _BAD.search(text) is not None


def _line(number: int, text: str, dropped: int, bad: re.Pattern[str]) -> Line:
    if text.endswith("\r"):
        text = text[:-1]
    if dropped or len(text) > ENTRY_LIMIT:
        size = (len(text) + dropped) / 1e6
        return Line(number, text[:SHOWN_LIMIT], f"The line has {size:.1f} million characters; "
                    f"one entry may have {ENTRY_LIMIT / 1e6:.0f} million.")  # fmt: skip
    found = bad.search(text)
    if found is None:
        return Line(number, text)
    if found.group() == "\0":
        return Line(number, text, "The line holds NUL bytes, so it is damaged or no text.")
    return Line(number, text, "The line holds bytes that are no letters in the file's encoding.")
