"""One list in several files: companions joined by a common column, variants of a name.

Books of memory that were exported from a database come as one file for names and one for
each property. The join is held in memory, so its size is limited.
"""

from __future__ import annotations

from collections.abc import Iterator

from byname.errors import VocabularyError
from byname.sources.columns import NAME_COLUMNS
from byname.sources.inputs import Input
from byname.sources.mapping import TableMapping
from byname.sources.rows import Row, delimited_rows, sniff_delimiter
from byname.sources.text import read_lines, text_file

VARIANTS = "варианты имени"
"""The column that the recorded variants of a name are joined into."""

_SIZE_LIMIT = 1 << 28


def joined_rows(source: Input, rows: Iterator[Row], mapping: TableMapping) -> Iterator[Row]:
    """Yield a row for each person: the main row, the variants, what the companions add.

    Raises:
        ListError: a companion cannot be read.
        VocabularyError: the join column is missing.
    """
    join = mapping.join or ""
    if source.size > _SIZE_LIMIT:
        raise source.error("is too large to be joined in memory; split it.")
    companions = [(name, _companion(source, name, mapping)) for name in mapping.files]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.fault is not None:
            yield row
        elif join not in row.cells:
            raise VocabularyError(
                f"The mapping file {mapping.path}, key join: {source.shown} has no column {join!r}."
            )
        else:
            groups.setdefault(row.cells[join].strip(), []).append(row)
    for key, group in groups.items():
        if not key:
            yield from (_unjoined(row, f"The row has no {join!r}.") for row in group)
            continue
        added = [table.get(key, blank) for _, (table, blank) in companions]
        for rows_of_one in [group] if mapping.variants else [[row] for row in group]:
            yield _person(rows_of_one, added, mapping)
    for name, (table, _) in companions:
        for key, cells in table.items():
            if key not in groups:
                words = "\n".join(f"{k}: {v}" for k, v in {join: key, **cells}.items())
                why = f"{join} {key} stands in {name}, but not in the list."
                yield Row(1, {}, why, words, f"{name} {join} {key}")


def _unjoined(row: Row, why: str) -> Row:
    words = "\n".join(f"{k}: {v}" for k, v in row.cells.items() if v)
    return Row(row.line, row.cells, why, words)


def _companion(
    source: Input, name: str, mapping: TableMapping
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Return join value -> the other cells of a companion, and a blank row of it."""
    join = mapping.join or ""
    file = Input(source.path.parent / name, str(source.path.parent / name))
    if file.size > _SIZE_LIMIT:
        raise file.error("is too large to be joined in memory; split it.")
    text = text_file(file, mapping.encoding)
    first = [line.text for line, _ in zip(read_lines(text), range(20), strict=False)]
    table: dict[str, dict[str, str]] = {}
    blank: dict[str, str] = {}
    for row in delimited_rows(text, mapping.delimiter or sniff_delimiter(first) or ","):
        if row.fault is not None:
            raise file.error(f"cannot be joined: {row.fault}", row.line)
        cells = dict(row.cells)
        if join not in cells:
            raise VocabularyError(
                f"The mapping file {mapping.path}, key join: {name} has no column {join!r}."
            )
        key = cells.pop(join).strip()
        if key in table and table[key] != cells:
            raise file.error(f"has a second row for {join} {key}; it must have one.", row.line)
        table[key] = cells
        blank = blank or dict.fromkeys(cells, "")
    return table, blank


def _person(group: list[Row], added: list[dict[str, str]], mapping: TableMapping) -> Row:
    main, others = group[0], group[1:]
    if mapping.variants:
        column, value = mapping.variants.column, mapping.variants.main
        main = next((row for row in group if row.cells.get(column, "").strip() == value), main)
        others = [row for row in group if row is not main]
    cells = dict(main.cells)
    for extra in added:
        cells.update({name: value for name, value in extra.items() if name not in cells})
    if mapping.variants:
        names = dict.fromkeys(_name(row, mapping) for row in others)
        cells[VARIANTS] = "; ".join(name for name in names if name)
    return Row(main.line, cells)


def _name(row: Row, mapping: TableMapping) -> str:
    """Return the full name of a row in the order surname, given name, patronymic."""
    by_field = {name: heading for heading, name in mapping.columns.items()}
    parts = (row.cells.get(by_field.get(name, ""), "").strip() for name in NAME_COLUMNS)
    return " ".join(part for part in parts if part and part not in mapping.missing)
