"""Which room may import which: the line of the house, and what stands beside and off it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import byname

SOURCE = Path(byname.__file__).parent

BESIDE = {
    "errors": set(),
    "version": set(),
    "vocabulary": {"errors"},
    "names": {"errors", "vocabulary"},
    "dates": {"errors"},
    "knowledge": {"errors", "dates"},
    "pool": {"errors"},
}
LINE = {
    "sources": {"errors"},
    "records": {"errors", "sources", "names", "dates", "vocabulary"},
    "people": {"errors", "pool", "names", "dates", "vocabulary", "records"},
    "counts": {"errors", "pool", "dates", "vocabulary", "knowledge"},
    "claims": {"errors", "dates", "names", "knowledge"},
}
OFF = {
    "search": {"errors", "names", "dates", "vocabulary"},
    "archive": {"errors", "version", "pool", "search", "names", "dates", "vocabulary", *LINE},
    "parsing": {"errors", "pool", "archive", *LINE},
    "texts": {"errors", "sources"},
    "reports": {"errors", "claims", "knowledge"},
    "charts": {"errors", "dates", "vocabulary", "counts", "knowledge"},
    "testimony": {"errors", "archive", "search", "dates", "vocabulary", "claims", "knowledge"},
    "comparing": {"archive", "dates", "vocabulary", "knowledge", "testimony"},
    "describing": {"archive", "counts", "comparing"},
    "breaking": {"errors", "archive", "counts", "knowledge"},
    "plotting": {"archive", "charts", "counts"},
    "estimating": {"counts", "errors"},
    "checks": {"errors", "texts", "testimony", "archive", "claims", "knowledge"},
    "steps": {
        "errors",
        "version",
        "archive",
        "search",
        "parsing",
        "texts",
        "checks",
        "estimating",
        "reports",
        "knowledge",
        *LINE,
    },
    "cli": {
        "errors",
        "version",
        "archive",
        "search",
        "parsing",
        "steps",
        "reports",
        "comparing",
        "describing",
        "breaking",
        "plotting",
        "estimating",
        "claims",
        "counts",
        "knowledge",
    },
    "__main__": {"cli"},
    "__init__": {"archive", "checks", "errors", "estimating", "parsing", "version"},
}
ALLOWED: dict[str, set[str]] = {**BESIDE, **LINE, **OFF}
"""Room -> rooms it may import. A new room is entered here, with its place on the line."""


def room_of(module: str) -> str:
    """``byname.sources.text`` stands in ``sources``; ``byname`` itself is ``__init__``."""
    return module.split(".")[1] if "." in module else "__init__"


def imported(tree: ast.AST, module: str) -> set[str]:
    """The modules of By Name that a source text imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = module.rsplit(".", node.level)[0] if node.level else ""
            base = ".".join(filter(None, (package, node.module)))
            names = [f"{base}.{alias.name}" for alias in node.names]
            found |= set(names) if base == "byname" else {base}
    return {name for name in found if name == "byname" or name.startswith("byname.")}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


def forbidden(module: str, text: str) -> list[str]:
    room = room_of(module)
    allowed = ALLOWED.get(room)
    if allowed is None:
        return [f"{module} stands in no known room: enter {room} in tests/test_rooms.py"]
    return [
        f"{module} imports {name}: {room} may import only {', '.join(sorted(allowed)) or 'nothing'}"
        for name in sorted(imported(ast.parse(text), module))
        if room_of(name) != room and room_of(name) not in allowed
    ]


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda value: str(value)[-40:])
def test_rooms_import_only_what_they_may(module, path):
    assert forbidden(module, path.read_text(encoding="utf-8")) == []


def test_a_forbidden_import_is_named():
    text = "def f():\n    from byname.archive import Archive\n"
    assert forbidden("byname.sources.x", text) == [
        "byname.sources.x imports byname.archive: sources may import only errors"
    ]
    assert forbidden("byname.dates", "from .archive import Archive")
    assert forbidden("byname.dates", "from byname import archive")
    assert not forbidden("byname.sources.x", "import json\nfrom byname.sources import entry\n")
    assert forbidden("byname.attic.x", "")


def test_the_line_has_no_way_back():
    for room, allowed in ALLOWED.items():
        for other in allowed:
            assert room not in ALLOWED.get(other, set()), f"{room} and {other} import each other"
