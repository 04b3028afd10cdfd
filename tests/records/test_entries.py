"""Entries in the styles of real lists against ``cases/entries.yaml``."""

from typing import Any

import pytest
import yaml
from tests.tables import FOLDER

from byname.records import as_dict, read
from byname.sources.entry import Entry

CASES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "entries.yaml").read_text(encoding="utf-8"))


def value(record: dict[str, Any], path: str) -> Any:
    outer, _, inner = path.partition(".")
    return record[outer][inner] if inner else record[outer]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["style"])
def test_entry(case):
    entry = Entry(case["raw"], "line 1", case["kind"], title=case.get("title"))
    record: dict[str, Any] = as_dict(read(entry))
    found = {path: value(record, path) for path in case["expected"]}
    assert {k: strip(v) for k, v in found.items()} == {
        k: strip(v) for k, v in case["expected"].items()
    }
    assert [path for path in case.get("absent", ()) if value(record, path)] == []
    if "cases" in case:
        assert len(record["cases"]) == case["cases"]
    codes = [doubt["code"] for doubt in record["doubts"]]
    assert set(case.get("doubts", ())) <= set(codes)


def strip(found: Any) -> Any:
    """The full stop of an abbreviation at the end may stay or go."""
    return found.rstrip(".") if isinstance(found, str) else found
