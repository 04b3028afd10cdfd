"""Linking: repeatable, the same piece by piece as at once, and never half done."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.archive.helpers import environment
from tests.people.helpers import Person, add, crowd, groups, people_of

from byname import Archive
from byname.archive.schema import SCHEMA_VERSION
from byname.errors import ArchiveError

KILLS = int(os.environ.get("BYNAME_KILLS", "2"))
"""How often ``link`` is killed while it writes, and half as often at each step before; the long
run sets more."""
PEOPLE = 400
TOLERANCE = 0.01
"""Share of the records that may stand with other records when lists are linked one by one: how
common a name is, and how likely a pair, is known from the lists that are there."""


def with_errors(person: Person, rng: random.Random) -> Person:
    """The same human being as another clerk wrote him down."""
    kind = rng.choice(("none", "none", "surname", "year", "patronymic", "initials", "shot"))
    changed = {
        "surname": {"surname": person.surname[:2] + person.surname[2:].replace("а", "о", 1)},
        "year": {"birth": str(int(person.birth[-4:]) + rng.choice((-1, 1)))},
        "patronymic": {"patronymic": ""},
        "initials": {"given": f"{person.given[0]}.", "patronymic": f"{person.patronymic[0]}."},
        "shot": {"shot": person.shot[-4:]},
    }
    return person._replace(**changed.get(kind, {}))


def lists_of_synthetic_people() -> dict[str, list[Person]]:
    """Three lists over 400 invented people; a row's id is the person's with the list's letter."""
    rng = random.Random(1938)
    world = crowd(PEOPLE, "")
    shares = {"A": 0.7, "B": 0.6, "C": 0.4}
    return {
        letter: [
            with_errors(person, rng)._replace(id=f"{letter}{person.id}")
            for person in world if rng.random() < share
        ]
        for letter, share in shares.items()
    }  # fmt: skip


LISTS = lists_of_synthetic_people()


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two lists linked, and a third added since."""
    folder = tmp_path_factory.mktemp("linking")
    with Archive(folder / "a.duckdb") as archive:
        add(archive, folder, {letter: LISTS[letter] for letter in "AB"})
        archive.link()
        add(archive, folder, {"C": LISTS["C"]})
    return folder / "a.duckdb"


@pytest.fixture(scope="module")
def linked(one_by_one: Path) -> Path:
    """The same with the third list linked."""
    path = one_by_one.with_name("linked.duckdb")
    shutil.copy(one_by_one, path)
    with Archive(path) as archive:
        archive.link()
    return path


@pytest.fixture(scope="module")
def at_once(tmp_path_factory) -> dict[str, int]:
    """The people of all three lists when they are linked in one run."""
    folder = tmp_path_factory.mktemp("at_once")
    with Archive(folder / "a.duckdb") as archive:
        add(archive, folder, LISTS)
        archive.link()
        return people_of(archive)


@pytest.fixture
def held(one_by_one: Path, tmp_path: Path) -> Path:
    """A copy of ``one_by_one`` to work on."""
    return Path(shutil.copy(one_by_one, tmp_path / "a.duckdb"))


@pytest.fixture
def done(linked: Path, tmp_path: Path) -> Path:
    """A copy of ``linked`` to work on."""
    return Path(shutil.copy(linked, tmp_path / "done.duckdb"))


def people_in(path: Path) -> dict[str, int]:
    with Archive(path, read_only=True) as archive:
        return people_of(archive)


def state(path: Path) -> dict[str, list[Any]]:
    """What linking writes, but for times."""
    with Archive(path, read_only=True) as archive:
        return {
            "members": archive.sql("SELECT * FROM members ORDER BY ALL"),
            "links": archive.sql(
                "SELECT left_record, right_record, round(weight, 6) AS weight, levels FROM links "
                "ORDER BY ALL"
            ),
            "models": archive.sql("SELECT count(*) AS n FROM models"),
            "runs": archive.sql("SELECT command, counts FROM runs ORDER BY id"),
        }


def partners(people: dict[str, int]) -> dict[str, frozenset[str]]:
    return {id: group for group in groups(people) for id in group}


def test_linked_twice_the_people_are_the_same(held):
    with Archive(held) as archive:
        first = archive.link()
        people = people_of(archive)
        again = archive.link()
        assert people_of(archive) == people
    assert first.fresh == len(LISTS["C"])
    assert first.pairs > 0
    assert (again.pairs, again.fresh, again.learned) == (0, 0, False)
    assert (again.records, again.people, again.linked) == (
        first.records,
        first.people,
        first.linked,
    )
    assert first.records == sum(map(len, LISTS.values()))
    assert first.people == len(set(people.values()))


def test_the_people_are_those_who_were_invented(linked):
    """The other tests would be worth little if next to nothing were linked."""
    found = groups(people_in(linked))
    truth = groups({person.id: int(person.id[1:]) for one in LISTS.values() for person in one})
    assert len(found & truth) > 0.85 * len(truth)
    mixed = [group for group in found if len({id[1:] for id in group}) > 1]
    assert len(mixed) < 0.02 * len(found)


def test_list_by_list_is_all_at_once(linked, at_once):
    one, two = partners(people_in(linked)), partners(at_once)
    others = [id for id in one if one[id] != two[id]]
    assert len(others) <= TOLERANCE * len(one), others


def test_learning_anew_is_linking_at_once(done, at_once):
    """``relearn`` leaves nothing of how the lists came in."""
    with Archive(done) as archive:
        assert archive.link(relearn=True).learned
        assert people_of(archive) == at_once


def test_the_order_of_the_lists_makes_the_same_people(tmp_path, at_once):
    with Archive(tmp_path / "a.duckdb") as archive:
        add(archive, tmp_path, {letter: LISTS[letter] for letter in "CAB"})
        archive.link()
        assert groups(people_of(archive)) == groups(at_once)


def test_a_person_keeps_its_id_and_a_merged_one_leads_on(tmp_path):
    """Two half-known people become one when a third list knows both halves."""
    half = Person("b1", "Зазубренников", "Карп", "", "", "с. Опытное", "28.09.1937")
    whole = Person("c1", "Зазубренников", "Карп", "Львович", "1895", "с. Опытное", "28.09.1937")
    other = Person("a1", "Зазубренников", "", "Львович", "1895", "", "")
    lists = {"A": [*LISTS["A"], other], "B": [*LISTS["B"], half]}
    with Archive(tmp_path / "a.duckdb") as archive:
        add(archive, tmp_path, lists)
        archive.link()
        before = people_of(archive)
        add(archive, tmp_path, {"C": [*LISTS["C"], whole]})
        archive.link()
        after = people_of(archive)
        ids = {row["locator"]: row["id"] for row in archive.sql("SELECT locator, id FROM entries")}
        for group in groups(after):
            assert {after[id] for id in group} == {min(ids[id] for id in group)}
        kept = [id for id in before if before[id] == after[id]]
        assert len(kept) > 0.98 * len(before)
        merged = {before[id]: after[id] for id in before if before[id] != after[id]}
        assert before["a1"] != before["b1"], "the two halves have too little in common"
        assert after["a1"] == after["b1"] == after["c1"] == before["a1"]
        assert merged[before["b1"]] == before["a1"]
        for old, new in merged.items():
            shown = archive.show(f"p{old}")
            assert (shown.person, shown.asked) == (f"p{new}", f"p{old}")


def test_a_corrected_entry_is_linked_anew_and_nothing_else(done, tmp_path):
    with Archive(done) as archive:
        before, links = people_of(archive), archive.sql("SELECT * FROM links ORDER BY ALL")
        group = next(
            group for group in sorted(groups(before), key=sorted)
            if len(group) > 1 and min(group)[0] == "A"
        )  # fmt: skip
        id = min(group)
        stranger = Person(id, "Ыктывкарский", "Нестор", "Зотович", "1861", "с. Чужое", "01.01.1940")
        corrected = [stranger if person.id == id else person for person in LISTS["A"]]
        add(archive, tmp_path, {"A": corrected})
        number = archive.sql("SELECT id FROM entries WHERE locator = ?", id)[0]["id"]
        waiting = archive.sql("SELECT id FROM records WHERE id NOT IN (SELECT record FROM members)")
        assert waiting == [{"id": number}], "only the corrected record waits for the next link"
        report = archive.link()
        assert report.fresh == 1
        after = people_of(archive)
        assert [other for other in after if after[other] == after[id]] == [id]
        assert groups(after) == (groups(before) - {group}) | {frozenset({id}), group - {id}}
        own = "left_record = ? OR right_record = ?"
        others = archive.sql(f"SELECT * FROM links WHERE NOT ({own}) ORDER BY ALL", number, number)
        assert others == [
            link for link in links if number not in (link["left_record"], link["right_record"])
        ]
        add(archive, tmp_path, {"A": LISTS["A"]})
        archive.link()
        assert groups(people_of(archive)) == groups(before), "the old words, the old people"


DRIVER = """
import sys
from byname import Archive
class Say:
    def reading(self, *told): pass
    def step(self, words): print(words, flush=True)
with Archive(sys.argv[1]) as archive:
    archive.link(progress=Say())
"""
STEPS = ("reading names", "choosing", "comparing", "weighing", "putting records together")


def kill_at(path: Path, step: str, delay: float) -> None:
    """Link the archive in another process, and kill that ``delay`` seconds into ``step``."""
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(path)], env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        reached = any(line.startswith(step) for line in process.stdout)
        time.sleep(delay)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert reached, f"link never said that it is {step}"


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_moment(held, linked, tmp_path, step):
    old, new = state(held), state(linked)
    assert old["members"] != new["members"]
    rng = random.Random(step)
    killed = tmp_path / "killed.duckdb"
    shutil.copy(held, killed)
    times = KILLS if step == STEPS[-1] else max(1, KILLS // 2)
    for n in range(times):
        kill_at(killed, step, n * rng.uniform(0.0, 0.03))
        found = state(killed)
        assert found in (old, new)
        if step != STEPS[-1]:
            assert n or found == old
        if found == new:
            break
    with Archive(killed) as archive:
        archive.link()
    found = state(killed)
    assert {name: found[name] for name in ("members", "links", "models")} == {
        name: new[name] for name in ("members", "links", "models")
    }
    assert not list(tmp_path.glob(".killed.duckdb.*")), "no working files are left"


def test_a_failure_while_writing_leaves_everything_as_it_was(held, monkeypatch):
    before = state(held)

    def fail(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("byname.archive.linking._log", fail)
    with Archive(held) as archive:
        with pytest.raises(KeyboardInterrupt):
            archive.link()
        assert people_of(archive)["A0"] == 1
    assert state(held) == before


def test_a_read_only_archive_is_not_linked(held, tmp_path):
    before = state(held)
    with Archive(held, read_only=True) as archive, pytest.raises(ArchiveError) as found:
        archive.link()
    assert str(held) in str(found.value)
    assert str(found.value).endswith(".")
    assert "\n" not in str(found.value)
    assert state(held) == before
    assert not list(tmp_path.glob(".a.duckdb.*"))


def test_an_empty_archive_has_no_people(tmp_path):
    with Archive(tmp_path / "a.duckdb") as archive:
        report = archive.link()
        assert (report.records, report.people, report.pairs, report.linked) == (0, 0, 0, 0)
        assert archive.link().people == 0


def test_one_record_is_one_person(tmp_path):
    with Archive(tmp_path / "a.duckdb") as archive:
        add(archive, tmp_path, {"A": LISTS["A"][:1]})
        assert archive.link().people == 1
        assert list(people_of(archive).values()) == [1]


def test_lists_of_two_records(tmp_path):
    person = LISTS["A"][0]
    rows = [person._replace(id="1"), person._replace(id="2", surname="Громов")]
    with Archive(tmp_path / "a.duckdb") as archive:
        add(archive, tmp_path, {"A": rows, "B": [row._replace(id=f"b{row.id}") for row in rows]})
        archive.link()
        assert groups(people_of(archive)) == {frozenset({"1", "b1"}), frozenset({"2", "b2"})}


def test_records_that_say_next_to_nothing_are_people_of_their_own(tmp_path):
    rows = [Person("1", "Иванов", ""), Person("2", "Иванов", ""), Person("3", "", "Иван")]
    with Archive(tmp_path / "a.duckdb") as archive:
        add(archive, tmp_path, {"A": rows, "B": [Person("4", "-", "-", "-", "1890")]})
        assert archive.link().people == report_records(archive)


def report_records(archive: Archive) -> int:
    return int(archive.sql("SELECT count(*) AS n FROM records")[0]["n"])


def columns_of(path: Path) -> list[Any]:
    with Archive(path, read_only=True) as archive:
        return archive.sql(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE NOT internal ORDER BY ALL"
        )


def test_an_archive_from_before_people_is_brought_up_to_date(one_by_one, tmp_path):
    path = Path(shutil.copy(one_by_one, tmp_path / "old.duckdb"))
    with duckdb.connect(str(path)) as connection:
        for table in ("members", "links", "models", "decisions"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with pytest.raises(ArchiveError, match="older By Name"):
        Archive(path, read_only=True)
    with Archive(path) as archive:
        assert archive.sql("SELECT value FROM meta WHERE key = 'schema'") == [
            {"value": str(SCHEMA_VERSION)}
        ]
        report = archive.link()
        assert report.learned
        assert 0 < report.people < report.records == sum(map(len, LISTS.values()))
    assert columns_of(path) == columns_of(one_by_one)
