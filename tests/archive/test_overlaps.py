"""Who stands on which lists of an archive: small archives whose overlaps are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.archive.counting_helpers import Told, archive_of
from tests.archive.test_linkages import uncertain_archive

from byname.archive.estimating import estimate
from byname.archive.facts import write_people
from byname.archive.linkages import sampled_linkages
from byname.archive.overlaps import Overlaps, overlaps
from byname.counts.question import ask
from byname.errors import EstimateError, UsageError

OMSK, TOMSK = {"residence": "г. Омск"}, {"residence": "г. Томск"}


def told(person: str, *sources: int, day: str | None = "1937-11-05", **fields: Any) -> list[Told]:
    """A person as so many lists tell of them; ``day=None`` for nobody shot."""
    executed = () if day is None else (day,)
    return [Told(person, executed, fields, source) for source in sources]


PEOPLE = [
    *told("a", 1), *told("b", 1), *told("c", 1, 2), *told("d", 1, 2, 3), *told("e", 2, 3),
    *told("f", 3), *told("g", 2, 2), *told("h", 4),
]  # fmt: skip
"""On 1, on 2 and so on; g twice on one list."""


def found(records: Iterable[Told], lists: str | None = None, **asked: Any) -> Overlaps:
    everybody = asked.pop("everybody", False)
    linked, sampled = asked.pop("linked", True), asked.pop("sampled", (0, 1))
    question = ask(asked.pop("what", "executed"), **asked)
    return overlaps(archive_of(list(records), linked), question, lists, everybody, sampled)


def table(of: Overlaps, stratum: str = "") -> dict[str, int]:
    """ "1+3" -> people on just these lists."""
    cells = of.linkages[0][stratum]
    return {
        " ".join(n for n, on in zip(cells.lists, pattern, strict=True) if on): count
        for pattern, count in cells.counts.items()
    }


class TestLists:
    def test_all(self):
        of = found(PEOPLE)
        assert table(of) == {
            "L1": 2, "L1 L2": 1, "L1 L2 L3": 1, "L2 L3": 1, "L3": 1, "L2": 1, "L4": 1,
        }  # fmt: skip
        assert of.titles == tuple(f"Synthetic list {n}" for n in (1, 2, 3, 4))

    @pytest.mark.parametrize(("lists", "people"), [
        ("1,2", {"L1": 2, "L2": 2, "L1 L2": 2}),
        ("2,1", {"L1": 2, "L2": 2, "L2 L1": 2}),
        (" 1 , list 2 ", {"L1": 2, "L2": 2, "L1 L2": 2}),
        ("SYNTHETIC LIST 1,2", {"L1": 2, "L2": 2, "L1 L2": 2}),
        ("1+2,3", {"L1+2": 4, "L3": 1, "L1+2 L3": 2}),
        ("2+1,3+4", {"L1+2": 4, "L3+4": 2, "L1+2 L3+4": 2}),
        ("1+3+4,2", {"L1+3+4": 4, "L2": 1, "L1+3+4 L2": 3}),
    ])  # fmt: skip
    def test_chosen(self, lists, people):
        assert table(found(PEOPLE, lists)) == people

    def test_merged_lists_have_both_titles(self):
        assert found(PEOPLE, "1+2,3").titles == (
            "Synthetic list 1 + Synthetic list 2", "Synthetic list 3",
        )  # fmt: skip

    def test_those_on_other_lists_only_are_told(self):
        assert "3 such people stand on other lists only; left out." in (
            found([*PEOPLE, *told("i", 4)], "1,2").notes
        )

    def test_a_title_that_is_part_of_another_is_meant_itself(self):
        records = [told for n in range(1, 12) for told in told_on(n)]
        of = found(records, "Synthetic list 1,Synthetic list 11")
        assert of.titles == ("Synthetic list 1", "Synthetic list 11")

    @pytest.mark.parametrize(("lists", "sentence"), [
        ("1,nowhere", 'No list of this archive is called "nowhere"; `byname sources` prints'),
        ("1,9", 'No list of this archive is called "9"'),
        ("1,", 'No list of this archive is called ""'),
        ("", 'No list of this archive is called ""'),
        ("1,synthetic", r'More than one list \(4\) of this archive is called "synthetic"'),
        ("1,2,1", "One list is named twice in --lists, and people on it would count as two"),
        ("1+2,2+3", "One list is named twice in --lists"),
    ])  # fmt: skip
    def test_words_that_name_no_list(self, lists, sentence):
        with pytest.raises(UsageError, match=sentence):
            found(PEOPLE, lists)

    def test_one_list_is_too_few(self):
        with pytest.raises(EstimateError, match=r"Fewer than two of the lists name such people"):
            found(PEOPLE, "1+2+3+4")

    def test_eleven_are_too_many_but_merged_they_are_not(self):
        records = [told for n in range(1, 12) for told in told_on(n)]
        with pytest.raises(EstimateError, match=r"11 lists name such people.*--lists 1\+2,3,4"):
            found(records)
        assert len(found(records, "1+2+3,4,5,6,7,8,9,10,11").titles) == 9

    def test_lists_that_name_nobody_of_the_kind_are_left_out(self):
        of = found([*PEOPLE, *told("z", 5, day=None)])
        assert "Lists that name no such people were left out: L5." in of.notes
        assert len(of.titles) == 4


def told_on(n: int) -> list[Told]:
    """A person on list ``n`` and the one before."""
    return told(f"p{n}", n, max(1, n - 1))


class TestLinked:
    def test_never(self):
        with pytest.raises(EstimateError, match=r"never linked.* run `byname link` first"):
            found(PEOPLE, linked=False)

    def test_since(self):
        connection = archive_of(PEOPLE)
        connection.execute("DELETE FROM members WHERE record = 1")
        write_people(connection)
        of = overlaps(connection, ask("executed"))
        assert of.notes[0].startswith("1 record was added since the last `byname link`, each taken")
        assert sum(table(of).values()) == 8


class TestWhom:
    RECORDS = (*PEOPLE, *told("x", 1, 2, day=None), *told("y", 2, day=None))

    def test_only_those_of_the_event(self):
        assert sum(table(found(self.RECORDS)).values()) == 8

    def test_named_takes_everybody(self):
        of = found(self.RECORDS, everybody=True)
        assert sum(table(of).values()) == 10
        assert table(of)["L1 L2"] == 2

    def test_a_span_leaves_out_dates_outside_and_those_that_may_be(self):
        records = [
            *told("a", 1, 2, day="1937-08-05"), *told("b", 1, day="1937-08-06"),
            *told("c", 2, day="1937-08-07"), *told("outside", 1, 2, day="1938-02-01"),
            *told("year", 1, 2, day="1937"), *told("undated", 2, day=""),
        ]  # fmt: skip
        of = found(records, span=("1937-08", "1937-08"))
        assert table(of) == {"L1 L2": 1, "L1": 1, "L2": 1}
        assert any(
            note.startswith("1 person whose date may or may not lie in the span")
            for note in of.notes
        )
        assert any(note.startswith("1 person without a date") for note in of.notes)

    def test_conditions(self):
        records = [*told("a", 1, 2, sex="female"), *told("b", 1, sex="female"),
                   *told("c", 2, sex="female"), *told("d", 1, 2, sex="male")]  # fmt: skip
        assert table(found(records, filters={"sex": "female"})) == {"L1 L2": 1, "L1": 1, "L2": 1}


class TestStrata:
    RECORDS = (
        *told("a", 1, 2, sex="female", day="1937-08-05"), *told("b", 1, sex="male"),
        *told("c", 2, sex="male", day="1938"), *told("d", 1, 2), *told("e", 2, day=""),
        *told("f", 1, 2, sex="male", day="1938-01-02"),
    )  # fmt: skip

    def test_gaps_are_a_part_of_their_own(self):
        of = found(self.RECORDS, by="sex")
        assert {name: one.n for name, one in of.linkages[0].items()} == {
            "female": 1, "male": 3, "no sex that could be read": 2,
        }  # fmt: skip

    @pytest.mark.parametrize("by", ["sex", "year", "year,sex", "month", "region", "age,sex"])
    def test_they_add_up_to_the_whole(self, by):
        whole, parts = found(self.RECORDS), found(self.RECORDS, by=by)
        summed: Counter[tuple[int, ...]] = Counter()
        for one in parts.linkages[0].values():
            summed.update(one.counts)
        assert summed == Counter(whole.linkages[0][""].counts)

    @pytest.mark.parametrize("by", ["source", "article"])
    def test_not_by_what_one_may_have_several_of(self, by):
        with pytest.raises(
            UsageError, match=f"People are not parted by {by}: one may have several"
        ):
            found(self.RECORDS, by=by)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sets(st.integers(1, 4), min_size=1), st.sampled_from(["", "female"])),
                min_size=2, max_size=12))  # fmt: skip
def test_overlaps_agree_with_sql(people):
    records = [
        one
        for n, (sources, sex) in enumerate(people)
        for one in told(f"p{n}", *sorted(sources), sex=sex or None)
    ]
    connection = archive_of(records)
    if len({one.source for one in records}) < 2:
        return
    of = overlaps(connection, ask("executed", by="sex"))
    tables = list(of.linkages[0].values())
    (count,) = connection.execute("SELECT count(DISTINCT person) FROM members").fetchall()[0]
    assert sum(one.n for one in tables) == count == len(people)
    sizes = dict(
        connection.execute(
            "SELECT 'L' || source, count(DISTINCT person) FROM entries JOIN members "
            "ON record = entries.id GROUP BY source"
        ).fetchall()
    )
    for at, name in enumerate(tables[0].lists):
        assert sum(one.sizes[at] for one in tables) == sizes[name]


def test_each_plausible_linkage_is_that_of_its_draw():
    connection = uncertain_archive()
    connection.execute("INSERT INTO sources (id, title) VALUES (2, 'Synthetic list 2')")
    connection.execute("UPDATE entries SET source = 1 + id % 2")
    connection.execute("UPDATE facts SET source = 1 + record % 2")
    write_people(connection)
    drawn = overlaps(connection, ask("executed", by="year"), sampled=(4, 5)).linkages
    assert len(drawn) == 4
    sampled_linkages(connection, 4, 5)
    usual = dict(connection.execute("SELECT record, person FROM members").fetchall())
    moves = connection.execute("FROM linkage_draws").fetchall()
    for draw, tables in enumerate(drawn):
        people: dict[int, set[int]] = {}
        for record, person in (usual | {r: p for d, r, p in moves if d == draw}).items():
            people.setdefault(person, set()).add(record % 2)
        counted: Counter[tuple[int, ...]] = Counter()
        for one in tables.values():
            counted.update(one.counts)
        expected = Counter((int(0 in on), int(1 in on)) for on in people.values())
        assert counted == expected
    assert drawn[0] != drawn[1] or drawn[1] != drawn[2]


class TestEstimate:
    RECORDS = tuple(one for n in range(60) for one in told(f"p{n}", *((1,), (2,), (1, 2))[n % 3]))

    def test_from_lists(self):
        made = estimate(archive_of(list(self.RECORDS)), "executed", (), method="lincoln-petersen")
        assert made.observed == 60
        assert made.about == "people executed"
        assert made.titles == ("Synthetic list 1", "Synthetic list 2")
        assert made.as_dict()["lists"][0] == {
            "list": "L1", "title": "Synthetic list 1", "people": 40,
        }  # fmt: skip
        assert made.results[0].estimate == pytest.approx(41 * 41 / 21 - 1)

    def test_the_conditions_are_told(self):
        records = [*self.RECORDS, *told("w", 1, 2, sex="female")]
        made = estimate(archive_of(records), "named", (), sex="female", method="chao")
        assert made.about == "people (sex female)"
        assert made.sentence.startswith("The 2 lists name 1 person (sex female)")

    def test_over_plausible_linkages(self):
        connection = uncertain_archive(people=60)
        connection.execute("INSERT INTO sources (id, title) VALUES (2, 'Synthetic list 2')")
        connection.execute("UPDATE entries SET source = 1 + id % 2")
        connection.execute("UPDATE facts SET source = 1 + record % 2")
        write_people(connection)
        made = estimate(connection, "executed", (), method="lincoln-petersen", linkages=3)
        assert made.linkages == 3
        assert made.results[0].diagnostics.details["linkages"] == 3

    @pytest.mark.parametrize(("what", "more", "sentence"), [
        ("shot", {}, 'Nobody is estimated as "shot"; choose one of: executed.*, named'),
        ("named", {"since": "1937"}, "A span of time goes by the date of an event"),
        ("named", {"by": "year"}, "--by year goes by the date of an event, and --what named is"),
        ("named", {"by": "age"}, "--by age goes by the date of an event"),
        ("executed", {"source": "1"}, "An estimate takes no source; say lists instead"),
        ("executed", {"draws": 5}, "An estimate takes no draws; say linkages instead"),
        ("executed", {"level": 95}, "95 is not the level of an interval"),
        ("executed", {"method": "dga"}, 'There is no method "dga"'),
        ("executed", {"by": "source"}, "People are not parted by source"),
    ])  # fmt: skip
    def test_what_cannot_be_asked(self, what, more, sentence):
        by = more.pop("by", ())
        with pytest.raises(UsageError, match=sentence):
            estimate(archive_of(list(self.RECORDS)), what, by, **more)
