"""The mapping file: what the columns of somebody else's table mean.

A YAML file written by hand, so every mistake in it is named with the file and the key. The
worked examples stand in ``docs/mappings/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from byname.errors import VocabularyError
from byname.sources.columns import canonical, is_field
from byname.sources.inputs import reason_for


@dataclass(frozen=True, slots=True)
class Variants:
    """A column that tells a person's main row from rows with recorded variants of the name."""

    column: str
    main: str


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a mapping file says; every part may be left out.

    Attributes:
        path: the file it was read from.
        columns: their column -> our field ("фамилия": "surname").
        locator: the column that identifies a row.
        source: the column that names the list a row belongs to.
        ignore: columns that are left out altogether (computed by somebody, no evidence).
        missing: cell values that mean "nothing is known" ("нет данных").
        constant: field -> value that holds for every row; ``source`` gives the list's title.
        encoding: of a text file, where the bytes do not tell.
        delimiter: of a text file.
        sheet: of a workbook.
        skip_rows: rows above the header.
        join: the column that companion files share with the list.
        files: companion files, in the folder of the list.
        variants: see ``Variants``.
    """

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    locator: str | None = None
    source: str | None = None
    ignore: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    constant: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    skip_rows: int = 0
    join: str | None = None
    files: tuple[str, ...] = ()
    variants: Variants | None = None

    def headings(self) -> set[str]:
        """Return every column the mapping speaks of."""
        single = {self.locator, self.source, self.join}
        if self.variants:
            single.add(self.variants.column)
        return {*self.columns, *self.ignore, *(name for name in single if name)}


def load_mapping(path: Path) -> TableMapping:
    """Read the mapping file at ``path``.

    Raises:
        VocabularyError: it cannot be read, or says something that cannot be meant.
    """
    try:
        loaded = yaml.load(path.read_text("utf-8-sig"), Loader=yaml.BaseLoader)
    except OSError as error:
        raise VocabularyError(f"The mapping file {path} {reason_for(error)}.") from error
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise VocabularyError(f"The mapping file {path} is not YAML: {_short(error)}.") from error
    if not isinstance(loaded, dict):
        raise VocabularyError(f"The mapping file {path} is not a table of keys; see docs/mappings.")
    return _Reader(path, loaded).read()


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


class _Reader:
    """Turns the loaded YAML into a TableMapping, complaining by file and key."""

    def __init__(self, path: Path, loaded: dict[str, Any]) -> None:
        self.path = path
        self.loaded = dict(loaded)

    def read(self) -> TableMapping:
        mapping = TableMapping(
            path=self.path,
            columns=self._columns(),
            locator=self._text("locator"),
            source=self._text("source"),
            ignore=tuple(self._texts("ignore")),
            missing=frozenset(self._texts("missing")),
            constant=self._constants(),
            encoding=self._encoding(),
            delimiter=self._text("delimiter"),
            sheet=self._text("sheet"),
            skip_rows=self._number("skip_rows"),
            join=self._text("join"),
            files=tuple(self._texts("files")),
            variants=self._variants(),
        )
        self._finish(mapping)
        return mapping

    def _wrong(self, key: str, why: str) -> VocabularyError:
        return VocabularyError(f"The mapping file {self.path}, key {key}: {why}")

    def _finish(self, mapping: TableMapping) -> None:
        if self.loaded:
            names = ", ".join(TableMapping.__slots__[1:])
            raise self._wrong(str(next(iter(self.loaded))), f"is not known; the keys are {names}.")
        if bool(mapping.files) != bool(mapping.join) and not mapping.variants:
            raise self._wrong("join", "files and join go together; give both.")
        if mapping.variants and not mapping.join:
            raise self._wrong("variants", "give join, the column that variants share.")
        if mapping.delimiter and len(mapping.delimiter) != 1:
            raise self._wrong("delimiter", 'must be one character (for a tab, "\\t").')

    def _text(self, key: str) -> str | None:
        value = self.loaded.pop(key, None)
        if value is not None and (not isinstance(value, str) or not value):
            raise self._wrong(key, "must be one text.")
        return value

    def _texts(self, key: str) -> list[str]:
        value = self.loaded.pop(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "must be a list of texts.")
        return value

    def _number(self, key: str) -> int:
        value = self.loaded.pop(key, "0")
        if not isinstance(value, str) or not value.isascii() or not value.isdigit():
            raise self._wrong(key, "must be a whole number.")
        return int(value)

    def _encoding(self) -> str | None:
        value = self._text("encoding")
        try:
            return value and "".encode(value).decode(value) + value
        except LookupError:
            raise self._wrong("encoding", f"{value!r} is no encoding; try cp1251.") from None

    def _table(self, key: str) -> dict[str, str]:
        value = self.loaded.pop(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, "must be a table, one 'name: value' a line.")
        for left, right in value.items():
            if not isinstance(left, str) or not isinstance(right, str):
                raise self._wrong(f"{key}.{left}", "must be one text.")
        return value

    def _columns(self) -> dict[str, str]:
        table = self._table("columns")
        for heading, name in table.items():
            if not is_field(name) and name not in ("raw", "title"):
                raise self._wrong(f"columns.{heading}", f"{name!r} is not a field of a record.")
        return {
            heading: name if name in ("raw", "title") else canonical(name) or name
            for heading, name in table.items()
        }

    def _constants(self) -> dict[str, str]:
        table = self._table("constant")
        for name in table:
            if name != "source" and not is_field(name):
                raise self._wrong(f"constant.{name}", f"{name!r} is not a field of a record.")
        return {canonical(name) or name: value for name, value in table.items()}

    def _variants(self) -> Variants | None:
        value = self.loaded.pop("variants", None)
        if value is None:
            return None
        if not isinstance(value, dict) or set(value) != {"column", "main"}:
            raise self._wrong("variants", "give column (of the file) and main (its value).")
        return Variants(str(value["column"]), str(value["main"]))
