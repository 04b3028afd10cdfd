"""Pages on something else: no verdict on them but ``uncheckable``."""

from __future__ import annotations

import pytest
from tests.labelled import CASES

from byname.claims.checking import Checker
from byname.knowledge import load

PAGES = sorted((CASES / "unrelated").glob("*.txt"))


@pytest.fixture(scope="module")
def checker():
    return Checker(load())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_verdict_on_another_matter(checker, path):
    claims = checker.check(path.read_text(encoding="utf-8")).claims
    assert [(c.verdict, c.text) for c in claims if c.verdict != "uncheckable"] == []


def test_there_are_pages_of_several_kinds():
    assert len(PAGES) >= 10
    assert {"recipe", "football_report", "city_budget_ru", "french_terror"} <= {
        path.stem for path in PAGES
    }
