"""Every firm verdict on the labelled texts rests on rows of the base, and these on sources."""

from __future__ import annotations

import re

import pytest
from tests.labelled import CASES, load

from byname.claims.checking import Checker
from byname.knowledge import load as load_base

FILES = sorted(path for kind in ("passages", "sentences") for path in (CASES / kind).glob("*.json"))
SUM = re.compile(r"[\d,.]+ / [\d,.]+ = [\d.]+ per cent")


@pytest.fixture(scope="module")
def checker():
    return Checker(load_base())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_firm_verdicts_cite_rows_that_have_sources(checker, path):
    rows = {row.id: row for row in load_base().evidence()}
    for passage in load(path):
        for claim in checker.check(passage.text).claims:
            if claim.verdict == "uncheckable":
                continue
            # A sum of the text itself ("That is 70 per cent") is worked out, not looked up.
            assert claim.evidence or SUM.search(claim.computed), claim.text
            for cited in claim.evidence:
                assert rows[cited.id].sources, cited.id
                assert cited.source.strip(), cited.id
                assert cited.value.strip(), cited.id


def test_every_row_that_can_be_cited_has_a_source():
    base = load_base()
    assert [row.id for row in base.evidence() if not base.citations(row)] == []
