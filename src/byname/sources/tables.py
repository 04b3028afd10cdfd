"""Tables: one person a row, the columns already fields; or one person's text in a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from byname.errors import VocabularyError
from byname.sources.columns import NAME_COLUMNS, ROLES, meaning, role_columns
from byname.sources.entry import Entry, Rejected
from byname.sources.inputs import ENTRY_LIMIT, rejected
from byname.sources.joins import VARIANTS, joined_rows
from byname.sources.kinds import guess_kind
from byname.sources.mapping import TableMapping
from byname.sources.plan import Plan
from byname.sources.rows import Row, delimited_rows, json_rows, parquet_rows, workbook_rows


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a table mean.

    Attributes:
        fields: heading -> record field, in file order.
        roles: role (``raw``, ``locator``, ``source``, ``title``) -> heading.
        ignored: headings that are left out altogether.
    """

    fields: Mapping[str, str]
    roles: Mapping[str, str]
    ignored: frozenset[str] = frozenset()

    @property
    def of_people(self) -> bool:
        """Whether a row of this layout says anything about a person."""
        return bool(self.fields) or "raw" in self.roles


class Locators:
    """Keeps locators apart: the second row with one id is "id#2".

    Holds a hash for each locator, not the locator: tens of megabytes for a million rows.
    """

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._repeats: dict[int, int] = {}

    def unique(self, locator: str, source: str | None = None) -> str:
        """Return ``locator``, numbered when it was given out before."""
        key = hash((source, locator))
        if key not in self._seen:
            self._seen.add(key)
            return locator
        self._repeats[key] = self._repeats.get(key, 1) + 1
        return f"{locator}#{self._repeats[key]}"


def read(plan: Plan) -> Iterator[Entry | Rejected]:
    """Yield the entries of a table.

    Raises:
        ListError: no column of it is known.
        VocabularyError: the mapping file speaks of a column the table has not.
    """
    locators = Locators()
    layouts: dict[tuple[str, ...], Layout] = {}
    unit = "row" if plan.shape in ("workbook", "parquet") else "line"
    for row in rows_of(plan):
        here = row.where or f"{unit} {row.line}"
        if row.fault is not None:
            yield rejected(row.words, here, row.fault, line=row.line)
            continue
        headings = tuple(row.cells)
        layout = layouts.get(headings)
        if layout is None:
            layout = _layout(plan, headings)
            if not layouts:
                _check(plan, layout, headings)
            if len(layouts) < 10_000:  # keys of JSON lines may differ from line to line
                layouts[headings] = layout
        if not any(value.strip() for value in row.cells.values()):
            continue
        yield _RowReader(row, here, layout, plan.mapping).item(locators)


def rows_of(plan: Plan) -> Iterator[Row]:
    """Return the rows of the list, with those of its companion files joined to them."""
    mapping = plan.mapping
    skip = mapping.skip_rows if mapping else 0
    if plan.shape == "workbook":
        rows = workbook_rows(plan.source, mapping.sheet if mapping else None, skip)
    elif plan.shape == "parquet":
        rows = parquet_rows(plan.source)
    elif plan.shape == "json":
        rows = json_rows(plan.file)
    else:
        rows = delimited_rows(plan.file, plan.delimiter or ",", skip)
    if mapping is not None and mapping.join is not None:
        return joined_rows(plan.source, rows, mapping)
    return rows


def _layout(plan: Plan, headings: tuple[str, ...]) -> Layout:
    mapping = plan.mapping
    if mapping is not None:
        named = mapping.columns
        roles = {name: heading for heading, name in named.items() if name in ROLES}
        for role, column in (("locator", mapping.locator), ("source", mapping.source)):
            if column:
                roles[role] = column
        fields = {h: named[h] for h in headings if h in named and named[h] not in ROLES}
        if mapping.variants:
            fields[VARIANTS] = "other_names"
        return Layout(fields, roles, frozenset(mapping.ignore))
    known = {heading: meaning(heading) for heading in headings}
    fields = {h: name for h, name in known.items() if name is not None and name not in ROLES}
    roles = role_columns(headings)
    named_person = any(name in NAME_COLUMNS for name in fields.values())
    if "raw" in roles and (roles["raw"] == "raw" or not named_person):
        return Layout({}, roles)
    roles.pop("raw", None)
    return Layout(fields, roles)


def _check(plan: Plan, layout: Layout, headings: tuple[str, ...]) -> None:
    if plan.mapping is not None:
        absent = [name for name in plan.mapping.headings() if name not in headings]
        if absent and plan.shape != "json":
            raise VocabularyError(
                f"The mapping file {plan.mapping.path} speaks of the column {min(absent)!r}, which "
                f"{plan.source.shown} has not; its columns are {', '.join(headings)}."
            )
    elif not layout.of_people:
        shown = ", ".join(headings[:20])[:500]
        raise plan.source.error(
            f"has no column that is known as a field of a record; its columns are {shown}. "
            "Say what they mean in a mapping file (examples in docs/mappings) and give it "
            "with --mapping."
        )


class _RowReader:
    """Turns one row into an entry."""

    def __init__(self, row: Row, here: str, layout: Layout, mapping: TableMapping | None) -> None:
        self.row = row
        self.here = here
        self.layout = layout
        self.missing = mapping.missing if mapping else frozenset()
        self.constant = dict(mapping.constant) if mapping else {}
        self.source = self._role("source") or self.constant.pop("source", None)

    def item(self, locators: Locators) -> Entry | Rejected:
        entry_id = self._role("locator")
        locator = locators.unique(entry_id, self.source) if entry_id else self.here
        item = self._free_text(locator, entry_id) or self._table_row(locator, entry_id)
        if isinstance(item, str) or len(item.raw) > ENTRY_LIMIT:
            reason = item if isinstance(item, str) else "The row is longer than an entry may be."
            return rejected(
                self._words(), locator, reason,
                source=self.source, line=self.row.line, entry_id=entry_id,
            )  # fmt: skip
        return item

    def _role(self, role: str) -> str | None:
        heading = self.layout.roles.get(role)
        value = self.row.cells.get(heading, "").strip() if heading else ""
        return value if value and value not in self.missing else None

    def _words(self) -> str:
        return self.row.words or "\n".join(f"{k}: {v}" for k, v in self.row.cells.items() if v)

    def _free_text(self, locator: str, entry_id: str | None) -> Entry | str | None:
        heading = self.layout.roles.get("raw")
        if heading is None:
            return None
        raw, title = self.row.cells.get(heading, ""), self._role("title")
        if not raw.strip():
            return "The row has no text."
        used = set(self.layout.roles.values()) | self.layout.ignored
        extra = {k: v for k, v in self.row.cells.items() if v.strip() and k not in used}
        return Entry(
            raw, locator, guess_kind(raw, title), title=title, source=self.source,
            columns=self.constant, extra=extra, entry_id=entry_id, line=self.row.line,
        )  # fmt: skip

    def _table_row(self, locator: str, entry_id: str | None) -> Entry | str:
        columns: dict[str, str] = {}
        spans: dict[str, tuple[int, int]] = {}
        extra: dict[str, str] = {}
        parts: list[str] = []
        position = 0
        for heading, cell in self.row.cells.items():
            value = cell.strip()
            if not value or heading in self.layout.ignored:
                continue
            part = f"{heading}: {cell}"
            name = self.layout.fields.get(heading)
            if name is not None and value not in self.missing and name not in columns:
                start = position + len(heading) + 2 + len(cell) - len(cell.lstrip())
                columns[name] = value
                spans[name] = (start, start + len(value))
            elif heading not in self.layout.roles.values() and value not in self.missing:
                extra[heading] = value
            parts.append(part)
            position += len(part) + 1
        if not columns:
            return "No cell of this row stands in a column that is known."
        return Entry(
            "\n".join(parts), locator, "table", title=self._role("title"), source=self.source,
            columns={**self.constant, **columns}, extra=extra, entry_id=entry_id,
            line=self.row.line, cells=spans,
        )  # fmt: skip
