"""What a source says about one person, verbatim, and the line that could not be read.

An entry is evidence: nothing in it is corrected here. Reading it into fields is the
business of ``records``; a publisher changing a file and us changing our reading are
different events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["paragraph", "memorial", "certificate", "openlist", "table"]
"""How an entry is laid out, which decides who reads it:

paragraph    one person a paragraph of a book of memory ("Иванов Иван, род. 1897, ...")
memorial     the labelled lines of lists.memo.ru ("Родился в ... / Арестован ...")
certificate  name line, certificate, "Источник: ..." of the Stalin lists
openlist     the wikitext of an Open List page; ``title`` is the page's title
table        a row whose columns are already fields; ``raw`` is "column: value" lines
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a source.

    Attributes:
        raw: the entry's own words, never changed.
        locator: where they stand in the source ("line 12", "page id 44570", "p10171#2").
        kind: the layout, see ``Kind``.
        title: a heading that stands apart from ``raw`` (a wiki page's title), if any.
        source: the title of the list, where one file holds several lists; else None.
        revision: of several entries with one locator, the highest revision counts.
        columns: for ``table``, record field -> value as the cell has it.
        extra: columns nobody mapped, kept by their own names.
        entry_id: the id the input carried (``parse`` hands it through).
        line: physical line (or row of a sheet) where the entry starts, 1-based. Not part of
            its identity: a line inserted above moves it and changes nothing else.
        cells: for ``table``, field of ``columns`` -> (start, end) of its value in ``raw``;
            a constant of a mapping file stands in ``columns`` without a cell.
    """

    raw: str
    locator: str
    kind: Kind
    title: str | None = None
    source: str | None = None
    revision: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    entry_id: str | None = None
    line: int | None = None
    cells: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something in a source that is not an entry, kept with the reason.

    Attributes:
        raw: the words, shortened to 2,000 characters where longer.
        locator: where they stand.
        reason: one sentence a reader understands.
        source: as for ``Entry``.
        revision: as for ``Entry``: a later revision of a page may turn it into a redirect.
        line: as for ``Entry``.
        entry_id: as for ``Entry``.
    """

    raw: str
    locator: str
    reason: str
    source: str | None = None
    revision: int = 0
    line: int | None = None
    entry_id: str | None = None
