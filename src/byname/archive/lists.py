"""What is to be added, what came of it, and who is told while it goes on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ListToAdd:
    """A file to add, with what is known about the list as published.

    ``title`` names entries that do not name their list themselves; default is the file's name
    without its endings.
    """

    path: Path
    format: str | None = None
    mapping: Path | None = None
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    citation: str | None = None

    @property
    def source_title(self) -> str:
        """The title of the list where its entries do not state one."""
        if self.title:
            return self.title
        name = self.path.name
        for ending in (".bz2", ".7z", ".gz", ".xz", ".zip"):
            name = name.removesuffix(ending)
        stem, dot, _ = name.rpartition(".")
        return stem if dot and stem else name


@dataclass(slots=True)
class AddReport:
    """What ``add`` did: ``read`` is the sum of the next four.

    ``superseded`` older revisions were passed over, ``absent`` entries are no longer in the
    newest version of their list (kept), ``moved`` stand at another place in it, ``reread`` are
    unchanged but were read again, as the reader or its tables had changed.
    """

    read: int = 0
    added: int = 0
    unchanged: int = 0
    updated: int = 0
    rejected: int = 0
    superseded: int = 0
    absent: int = 0
    moved: int = 0
    reread: int = 0
    records: int = 0
    seconds: float = 0.0
    reasons: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """Return the report as the JSON of ``byname add``."""
        return asdict(self)


class Progress(Protocol):
    """Told about the reading of a list, a few times a second at most."""

    def reading(self, title: str, items: int, done: int, total: int | None) -> None:
        """``items`` entries of ``title`` read, at byte ``done`` of ``total``."""

    def step(self, words: str) -> None:
        """Say what is being done after the reading, "comparing with the archive"."""


class Silence:
    """A ``Progress`` that says nothing."""

    def reading(self, title: str, items: int, done: int, total: int | None) -> None:
        """Say nothing."""

    def step(self, words: str) -> None:
        """Say nothing."""
