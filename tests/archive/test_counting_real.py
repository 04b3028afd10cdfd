"""The list of those shot in Moscow, counted by us and straight from its own columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import datetime

import pytest
from tests.archive.counting_helpers import rows_of
from tests.shared import shared_file

from byname import Archive


@pytest.fixture(scope="module")
def moscow(tmp_path_factory):
    path = shared_file("data/moscow/shot_in_moscow.csv")
    with Archive(tmp_path_factory.mktemp("moscow") / "m.duckdb") as archive:
        archive.add(path)
        yield archive


@pytest.fixture(scope="module")
def dates():
    """The column of dates that the list's publisher made."""
    path = shared_file("data/moscow/shot_in_moscow.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return [datetime.strptime(row["Date"], "%d.%m.%Y") for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("axis", "form"), [("day", "%Y-%m-%d"), ("week", "%G-W%V"), ("month", "%Y-%m"), ("year", "%Y")]
)
def test_time_is_that_of_the_own_column(moscow, dates, axis, form):
    ours = Counter({keys[0]: number for keys, number in rows_of(moscow.count(by=axis)).items()})
    theirs = Counter(day.strftime(form) for day in dates)
    wrong = (theirs - ours).total() + (ours - theirs).total()
    assert ours.total() == len(dates) == 8390
    assert wrong <= 6, "the text and the column of the publisher differ in a few rows"


def test_women(moscow):
    """Whose entry says "Расстреляна" (406 of the 8,390; 409 in the longer edition of the list)."""
    path = shared_file("data/moscow/shot_in_moscow.csv")
    told = len(re.findall(r"Рас+треляна\b", path.read_text(encoding="utf-8")))
    assert rows_of(moscow.count(by="sex"))["female",] == told == 406
    assert moscow.count(sex="women").total == told


def test_what_the_list_does_not_tell_is_a_gap(moscow):
    for axis in ("nationality", "occupation", "party", "region", "age"):
        tally = moscow.count(by=axis)
        placed = sum(row.count for row in tally.rows) + sum(gap.count for gap in tally.gaps)
        assert placed == tally.total == 8390
    gaps = {gap.reason: gap.count for gap in moscow.count(by="occupation").gaps}
    assert gaps["not recognised"] < 8390 * 0.02
