"""Pairs of records that a historian would hold for one human being or for two.

The cases are in ``cases/people_pairs.tsv``. All of them stand in one archive with a synthetic
crowd, so that common names are common in it, and go the whole path: lists, ``add``, ``link``.
The archive is small, so the weights are those shipped with the program.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import pytest
from tests.people.helpers import Person, add, crowd, link_between, people_of, read_person
from tests.tables import rows

from byname import Archive
from byname.people.comparisons import comparisons
from byname.people.model import FEWEST_TO_LEARN

CROWD = 700
"""People in either list beside the cases; an eighth of them stand in both."""
SURE = 0.99


class Case(NamedTuple):
    number: int
    expected: str
    lists: str
    left: str
    right: str
    kind: str
    why: str


CASES = [
    Case(number, expected, lists, left, right, kind, why)
    for number, (expected, lists, left, right, kind, why) in enumerate(rows("people_pairs"))
]


class Linked(NamedTuple):
    people: dict[str, int]
    links: dict[int, dict[str, Any] | None]


def namesakes(prefix: str) -> list[Person]:
    """As common here as in a list of many thousands, each of a year of his own."""
    return [
        Person(f"{prefix}{year}", "Иванов", given, "Иванович", str(year))
        for given, years in (("Иван", range(1870, 1895)), ("Петр", range(1896, 1912)))
        for year in years
    ]


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    lists = {
        "A": crowd(CROWD, "x") + namesakes("v"),
        "B": crowd(CROWD, "y") + namesakes("w")[::2],
    }
    lists["B"] += [person._replace(id=f"z{person.id}") for person in lists["A"][: CROWD // 8]]
    for case in CASES:
        lists[case.lists[0]].append(read_person(f"left {case.number}", case.left))
        lists[case.lists[1]].append(read_person(f"right {case.number}", case.right))
    folder = tmp_path_factory.mktemp("pairs")
    with Archive(folder / "a.duckdb") as archive:
        add(archive, folder, lists)
        archive.link()
        links = {
            case.number: link_between(archive, f"left {case.number}", f"right {case.number}")
            for case in CASES
        }
        return Linked(people_of(archive), links)


def told(link: dict[str, Any] | None) -> str:
    """The weight of a pair and what each field said, for the message of a failure."""
    if link is None:
        return "not kept: never compared, or far below even odds"
    said = [
        f"{one.levels[level].words} {bits:+.1f}"
        for one, level, bits in zip(comparisons([]), link["levels"], link["bits"], strict=True)
        if level >= 0
    ]
    return f"{link['weight']:+.1f} bits, prior {link['prior']:+.1f}; {'; '.join(said)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.why}")
def test_pairs(linked, case):
    link = linked.links[case.number]
    joined = linked.people[f"left {case.number}"] == linked.people[f"right {case.number}"]
    because = f"{case.left} | {case.right}: {told(link)}"
    if case.expected == "undecided":
        sure = 0.0 if link is None else link["probability"]
        assert 1 - SURE < sure < SURE, because
    else:
        assert joined == (case.expected == "same"), because


def test_no_case_is_joined_with_anybody_else(linked):
    held: dict[int, set[str]] = {}
    for id, person in linked.people.items():
        held.setdefault(person, set()).add(id.removeprefix("left ").removeprefix("right "))
    cases = {str(case.number) for case in CASES}
    assert [ids for ids in held.values() if len(ids) > 1 and ids & cases] == []


def test_the_table_covers_what_the_lists_do_to_names():
    assert len(Counter(case.kind for case in CASES)) >= 14
    assert {case.expected for case in CASES} == {"same", "different", "undecided"}
    assert 2 * (CROWD + CROWD // 8 + len(CASES)) < FEWEST_TO_LEARN
