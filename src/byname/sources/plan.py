"""What a list was recognised as, and what its reader needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from byname.sources.inputs import Input
from byname.sources.mapping import TableMapping
from byname.sources.text import TextFile

Shape = Literal["lines", "delimited", "json", "workbook", "parquet", "xml", "bz2", "gz", "xz", "7z"]
"""The container a list stands in, which the format does not tell."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One list, recognised.

    Attributes:
        source: its bytes.
        format: one of ``FORMATS``.
        shape: see ``Shape``.
        text: how bytes become lines, for text shapes.
        sample: the first lines of a text (all but a last one that may be cut).
        delimiter: of delimited text.
        mapping: the mapping file, if one was given.
        stats: what the reader counts, by name.
    """

    source: Input
    format: str
    shape: Shape
    text: TextFile | None = None
    sample: tuple[str, ...] = ()
    delimiter: str | None = None
    mapping: TableMapping | None = None
    stats: dict[str, int] = field(default_factory=dict)

    @property
    def file(self) -> TextFile:
        """The text, for formats that only read text."""
        if self.text is None:
            raise self.source.error(f"is not text, so it cannot be read as {self.format}.")
        return self.text
