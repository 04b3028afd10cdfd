"""Labelled passages: how many claims are found, how many verdicts right, no worse than before.

The floors in cases/floors.tsv lie a little below what is reached. The texts were used in
development (see cases/README.md): what is held here is that nothing gets worse.
"""

from __future__ import annotations

import pytest
from tests.labelled import CASES, load, scored
from tests.shared import shared_file
from tests.tables import rows

from byname.claims.checking import Checker
from byname.claims.model import VERDICTS
from byname.knowledge import load as load_base

FLOORS = rows("floors")
FILES = sorted(path for kind in ("passages", "sentences") for path in (CASES / kind).glob("*.json"))


@pytest.fixture(scope="module")
def checker():
    return Checker(load_base())


def name(path):
    return f"{path.parent.name}/{path.stem}"


def test_every_file_has_its_floors():
    assert sorted(row[0] for row in FLOORS) == sorted(map(name, FILES))


@pytest.mark.parametrize("row", FLOORS, ids=lambda row: row[0])
def test_no_worse_than_before(checker, row):
    file, found, claims, right, called, decoys = row
    total = scored(checker, load(CASES / f"{file}.json"))
    shares = total.shares
    misses = "\n".join(total.misses)
    assert shares["found"] >= float(found), misses
    assert shares["flagged that are claims"] >= float(claims), misses
    assert shares["verdicts right"] >= float(right), misses
    assert shares["contradicted called supported"] <= float(called), misses
    assert total.decoys_flagged <= int(decoys), misses


def test_the_students_essay(checker):
    total = scored(checker, load(shared_file("seed/claims.json")))
    misses = "\n".join(total.misses)
    assert total.found >= 32, misses
    assert total.right >= 30, misses
    assert total.decoys_flagged == 0, misses


@pytest.mark.parametrize("path", FILES, ids=name)
def test_labels_are_sound(path):
    for passage in load(path):
        for label in passage.labels:
            assert passage.text[label.start : label.end] == label.quote, passage.name
            assert set(label.accepted) <= {*VERDICTS, "not a claim"}, label.quote
        assert all(0 <= start < end for start, end in passage.decoys)
