"""The SQL that reads part files with their types."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_OBJECT_BYTES = 64 * 1024 * 1024


def parts(folder: Path, name: str, columns: Mapping[str, str]) -> str:
    """Return the SQL that reads one kind of part file with its types."""
    types = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
    pattern = str(folder / f"{name}-*.ndjson").replace("'", "''")
    return (
        f"read_json('{pattern}', format = 'newline_delimited', columns = {{{types}}}, "
        f"maximum_object_size = {_OBJECT_BYTES})"
    )
