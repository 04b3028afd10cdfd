"""The file of the index beside an archive: named sections of plain numbers and text, mapped.

A reader maps the file and touches only the pages a query needs, so opening costs nothing, twenty
readers share one copy, and a laptop holds few megabytes. Numbers are little-endian; the first
line is a JSON header with the stamp of the archive's content that the file was made from.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

MAGIC = b"byname names 5\n"
_ALIGNED = 8
_LENGTH = 12


class DamagedError(Exception):
    """The file is no index of this version, or is cut short."""


class Writer:
    """Writes the sections of an index one after another; the header comes last."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(MAGIC)
        self._file.write(b"\0" * _LENGTH)
        self._sections: dict[str, tuple[int, int]] = {}

    def put(self, name: str, data: bytes | bytearray | array[Any]) -> None:
        """Write one section."""
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNED))
        if isinstance(data, array):
            if sys.byteorder == "big":
                data.byteswap()
            view = memoryview(data).cast("B")
        else:
            view = memoryview(data)
        self._sections[name] = (self._file.tell(), len(view))
        self._file.write(view)

    def put_texts(self, name: str, texts: Iterable[str]) -> None:
        """Write texts (none holds a line end) and where each begins, its end one further."""
        data = bytearray()
        starts = array("I", [0])
        for text in texts:
            data += text.encode("utf-8", "replace") + b"\n"
            starts.append(len(data))
        self.put(name, data)
        self.put(f"{name} at", starts)

    def close(self, about: dict[str, Any]) -> None:
        """Write the header and make sure that everything is on the disk."""
        header = json.dumps({**about, "sections": self._sections}).encode()
        at = self._file.tell()
        self._file.write(header)
        self._file.seek(len(MAGIC))
        self._file.write(str(at).rjust(_LENGTH).encode())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Close the file after an error."""
        self._file.close()


class Texts:
    """Texts of a section by number; neighbours are read together."""

    def __init__(self, data: memoryview, starts: memoryview) -> None:
        self._data = data
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        begin, end = self._starts[number], self._starts[number + 1]
        return str(self._data[begin : end - 1], "utf-8")

    def between(self, first: int, last: int) -> list[str]:
        """Return the texts ``first`` up to, not including, ``last``."""
        if last <= first:
            return []
        begin, end = self._starts[first], self._starts[last]
        return str(self._data[begin : end - 1], "utf-8").split("\n")

    def place(self, text: str) -> int:
        """Return the number of the first text that is not before ``text`` (bytes order)."""
        wanted = text.encode("utf-8", "replace")
        low, high = 0, len(self._starts) - 1
        data, starts = self._data, self._starts
        while low < high:
            middle = (low + high) // 2
            if bytes(data[starts[middle] : starts[middle + 1] - 1]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def prefixed(self, prefix: str) -> tuple[int, int]:
        """Return the numbers (first, one past the last) of the texts that begin so."""
        return self.place(prefix), self.place(prefix + "\U0010ffff")


class Sections:
    """A mapped index file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.size = len(self._map)
        try:
            self.about = self._header()
            self._places: dict[str, tuple[int, int]] = self.about.pop("sections")
            if any(at + length > self.size for at, length in self._places.values()):
                raise DamagedError(path.name)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise DamagedError(path.name) from error
        self._view = memoryview(self._map)

    def _header(self) -> dict[str, Any]:
        start = len(MAGIC)
        if self._map[:start] != MAGIC:
            raise DamagedError("the beginning")
        at = int(self._map[start : start + _LENGTH])
        found: dict[str, Any] = json.loads(self._map[at:])
        return found

    def raw(self, name: str) -> memoryview:
        """Return a section byte by byte."""
        at, length = self._places[name]
        return self._view[at : at + length]

    def numbers(self, name: str, kind: Literal["I", "H"] = "I") -> memoryview:
        """Return a section of unsigned numbers of 32 bits, or of 16 ("H")."""
        view = self.raw(name)
        if sys.byteorder == "big":
            swapped = array(kind, bytes(view))
            swapped.byteswap()
            return memoryview(swapped)
        return view.cast(kind)

    def texts(self, name: str) -> Texts:
        """Return a section of texts."""
        return Texts(self.raw(name), self.numbers(f"{name} at"))
