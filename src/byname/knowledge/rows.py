"""YAML file → rows that remember their line, so that a mistake can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a row, and where it stands."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.says}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its values, and the line it begins on."""

    values: dict[str, Any]
    file: str
    line: int
    lines: dict[str, int]

    def problem(self, says: str, key: str = "") -> Problem:
        """Return ``says`` as a problem of this row, at the line of ``key`` where known."""
        return Problem(self.file, self.lines.get(key, self.line), says)


def read_rows(path: Path, shown: str) -> Iterator[Row | Problem]:
    """Yield the rows of a file, or what keeps them from being read. ``shown`` is its name."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
    except UnicodeDecodeError:
        yield Problem(shown, 1, "the file is not UTF-8; save it as UTF-8.")
        return
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        says = getattr(error, "problem", None) or "this is not YAML"
        yield Problem(shown, mark.line + 1 if mark else 1, f"{says}; mend the YAML there.")
        return
    if node is None:
        return
    if not isinstance(node, yaml.SequenceNode):
        yield Problem(shown, 1, "the file must be a list of rows, each beginning with '- '.")
        return
    for item in node.value:
        yield _row(loader, item, shown)


def _row(loader: Any, item: Any, shown: str) -> Row | Problem:
    line = item.start_mark.line + 1
    if not isinstance(item, yaml.MappingNode):
        return Problem(shown, line, "a row must be made of 'key: value' lines.")
    lines: dict[str, int] = {}
    for key, _ in item.value:
        if str(key.value) in lines:
            at = key.start_mark.line + 1
            return Problem(shown, at, f"{key.value!r} stands twice in one row.")
        lines[str(key.value)] = key.start_mark.line + 1
    try:
        values = loader.construct_document(item)
    except (yaml.YAMLError, ValueError) as error:
        says = getattr(error, "problem", None) or str(error)
        return Problem(shown, line, f"{says}; mend the row.")
    return Row(values, shown, line, lines)
