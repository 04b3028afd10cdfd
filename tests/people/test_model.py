"""The weight of a pair: worked out by hand from m, u and frequencies, and found again."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from typing import Any

import duckdb
import pytest
from tests.people.helpers import Person, add, crowd, over

from byname import Archive
from byname.people import blocking, chances, features, model, near
from byname.people.comparisons import Comparison, comparisons
from byname.people.contradictions import CAP
from byname.people.extras import Extra
from byname.people.model import Model

NAMES = [one.name for one in comparisons([])]


def some_people() -> list[dict[str, Any]]:
    """120 invented records, the first eight of which make the pairs of these tests."""
    rng = random.Random(1937)
    pair: dict[str, Any] = {
        "surname": "Копылев", "given": "Карп", "patronymic": "Львович", "sex": "male",
        "birth_date": "1890", "birth_place": "дер. Рогожкино", "nationality": "russian",
        "ended": "1937-09-28",
    }  # fmt: skip
    other: dict[str, Any] = {
        "surname": "Громов",
        "given": "Нил",
        "birth_date": "1871",
        "sex": "male",
    }
    made = [
        pair, pair | {"birth_date": "1891"},
        other, other | {"source": 2, "patronymic": "Ильич", "birth_date": "1871-05-04"},
        pair | {"surname": "Зверев"}, pair | {"surname": "Зверев", "ended": "1938-02-10"},
        other | {"surname": "Чижов"}, other | {"surname": "Чижов", "patronymic": "Ильич"},
    ]  # fmt: skip
    for n in range(112):
        made.append({
            "surname": f"Про{'бвгджзклмн'[n % 10]}{'аеиоу'[n % 5]}{'тфхцчшщ'[n % 7]}ин",
            "given": rng.choice(["Карп", "Нил", "Осип", "Карп"]),
            "patronymic": rng.choice(["Львович", "Ильич", "Фомич", None]),
            "sex": "male", "birth_date": str(rng.randint(1870, 1910)),
            "nationality": rng.choice(["russian", "polish"]),
            "ended": rng.choice(["1937-09-28", "1938-02-10", "1937-11-05", None]),
        })  # fmt: skip
    return made


@pytest.fixture(scope="module")
def scored() -> dict[tuple[int, int], dict[str, Any]]:
    """Pair -> its row of ``scored``, by the weights that are shipped."""
    connection = over(some_people())
    found = features.build(connection)
    blocking.candidates(connection, found)
    near.write(connection)
    model.score(connection, Model(model.untrained(found, {}), tuple(found)))
    cursor = connection.execute("SELECT * FROM scored")
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {(row["left_record"], row["right_record"]): row for row in rows}


def level_of(comparison: str, words: str) -> tuple[int, dict[str, Any]]:
    """The number and Splink's settings of the level that says ``words``."""
    settings = model.untrained([], {})["comparisons"][NAMES.index(comparison)]
    levels = settings["comparison_levels"][1:]
    return next((n, one) for n, one in enumerate(levels) if one["label_for_charts"] == words)


def by_hand(comparison: str, words: str, frequency: float | None = None) -> float:
    """log2 of m over u; of a value that agrees, u is how often one meets that value."""
    _, level = level_of(comparison, words)
    if frequency is not None:
        return math.log2(level["m_probability"] / max(frequency, model._RAREST))
    return math.log2(level["m_probability"] / level["u_probability"])


def share(column: str, value: str, records: list[dict[str, Any]] | None = None) -> float:
    """How many of the records that state ``column`` state ``value``."""
    told = [record[column] for record in records or some_people() if record.get(column)]
    return Counter(told)[value] / len(told)


def given_with(given: str, told: dict[str, str]) -> float:
    """P(told | given) as the model holds it: four records' worth of P(told) mixed in."""
    ((column, value),) = told.items()
    both = [r for r in some_people() if r.get("given") and r.get(column)]
    mine = [r for r in both if r["given"] == given]
    agreeing = len([r for r in mine if r[column] == value])
    return (agreeing + 4 * share(column, value, both)) / (len(mine) + 4)


def ended_with(nationality: str, day: str) -> float:
    both = [r for r in some_people() if r.get("nationality") and r.get("ended")]
    mine = [r for r in both if r["nationality"] == nationality]
    agreeing = len([r for r in mine if r["ended"] == day])
    return (agreeing + 4 * share("ended", day, both)) / (len(mine) + 4)


def parts(row: dict[str, Any]) -> dict[str, float]:
    return dict(zip(NAMES, row["bits"], strict=True))


def test_the_weight_of_a_pair_by_hand(scored):
    """Records 1 and 2 agree in all but the year of birth, which is a year off."""
    expected = {
        "surname": by_hand("surname", "surname is the same", share("surname", "Копылев")),
        "given": by_hand("given", "given name is the same", share("given", "Карп")),
        "father": by_hand(
            "father", "patronymic is the same too", given_with("Карп", {"patronymic": "Львович"})
        ),
        "sex": by_hand("sex", "sex is the same"),
        "birth": by_hand("birth", "born a year apart"),
        "ended": by_hand("ended", "died on the same day", ended_with("russian", "1937-09-28")),
        "arrests": 0.0, "sentences": 0.0, "job": 0.0,
        "place": by_hand("place", "birthplaces share a rare word"),
        "nationality": by_hand(
            "nationality", "nationality is the same", given_with("Карп", {"nationality": "russian"})
        ),
    }  # fmt: skip
    found = parts(scored[1, 2])
    assert found == pytest.approx(expected, abs=1e-4)
    assert scored[1, 2]["evidence"] == pytest.approx(sum(expected.values()), abs=1e-3)


def test_a_pair_that_says_little_by_hand(scored):
    """Records 3 and 4: a patronymic and the day of birth stand in one of them only."""
    found = parts(scored[3, 4])
    assert found["surname"] == pytest.approx(
        by_hand("surname", "surname is the same", share("surname", "Громов")), abs=1e-4
    )
    assert found["birth"] == pytest.approx(by_hand("birth", "born in the same year"), abs=1e-4)
    assert {name: bits for name, bits in found.items() if bits} == {
        name: found[name] for name in ("surname", "given", "sex", "birth")
    }


def test_every_weight_is_the_sum_of_its_parts(scored):
    assert len(scored) > 20
    for row in scored.values():
        assert row["evidence"] == pytest.approx(sum(row["bits"]), abs=1e-3)


def test_what_disagrees_weighs_against(scored):
    apart, alike = parts(scored[5, 6]), parts(scored[1, 2])
    assert apart["ended"] < -2 < alike["ended"]
    assert (
        scored[5, 6]["levels"][NAMES.index("ended")]
        == (level_of("ended", "died in another year")[0])
    )


def test_pairs_of_one_list_and_of_two_are_told_apart(scored):
    assert scored[1, 2]["same_list"] is True
    assert scored[3, 4]["same_list"] is False


def test_a_rare_name_proves_more_than_a_common_one(scored):
    same = {
        pair: parts(row)["given"] for pair, row in scored.items()
        if row["levels"][NAMES.index("given")] == 0
    }  # fmt: skip
    people = some_people()
    known: dict[str, set[float]] = {}
    for (left, _), bits in same.items():
        known.setdefault(people[left - 1]["given"], set()).add(round(bits, 4))
    assert all(len(values) == 1 for values in known.values())
    in_order = sorted(known, key=lambda given: share("given", given))
    assert [known[given] for given in in_order] == sorted(known.values(), key=max, reverse=True)
    assert len(known) == 3


MONTH_OR_DAY = "born in the same year and month or on the same day of another month"
BORN = [
    ("1890-03-12", "1890-03-12", "born on the same day"),
    ("1890-03-11", "1890-11-03", "born in the same year, day and month exchanged"),
    ("1890-03-12", "1897-03-12", "born on the same day of another year"),
    ("1890-03-12", "1890-03-17", MONTH_OR_DAY),
    ("1890-03-12", "1890-05-12", MONTH_OR_DAY),
    ("1890", "1890-03-12", "born in the same year"),
    ("1890-03", "1890-03-12", "born in the same year"),
    ("1888~", "1890-03-12", "born in the same year"),
    ("[1889,1891]", "1890", "born in the same year"),
    ("1890-03-12", "1890-07-25", "born in the same year, on another day"),
    ("1890", "1891", "born a year apart"),
    ("1890-03-12", "1891-05-20", "born a year apart"),
    ("1890", "1892", "born two years apart"),
    ("1890~", "1894", "born two years apart"),
    ("1890", "1900", "born ten years apart"),
    ("1890", "1895", "born in another year"),
]  # fmt: skip


ENDED = [
    ("1937-09-28", "1937-09-28", "died on the same day"),
    ("1937-09-28", "1937-09-30", "died within a few days"),
    ("1937-12-31", "1938-01-02", "died within a few days"),
    ("1937-03-11", "1937-11-03", "died in the same year, day and month exchanged"),
    ("1937-09-28", "1937-09-02", "died in the same month"),
    ("1937-09", "1937-09-28", "died in the same month"),
    ("1937", "1937-09-28", "died in the same year, as far as stated"),
    ("1937-09-28", "1937-11-05", "died on another day of the same year"),
    ("1937-09-28", "1942-11-05", "died in another year"),
]


PLACES = {
    "birthplaces share a rare word": ({"birth_place": "Рогожкино"}, {"birth_place": "Рогожкино"}),
    "residences share a rare word": ({"residence": "Рогожкино"}, {"residence": "Рогожкино"}),
    "birthplace and residence share a rare word": (
        {"birth_place": "Рогожкино", "residence": "Орел"},
        {"birth_place": "Рогожкино", "residence": "г. Орел"},
    ),
    "places share no word": ({"birth_place": "Рогожкино"}, {"birth_place": "Уклейка"}),
    "a birthplace and a residence share a rare word": (
        {"birth_place": "Рогожкино"},
        {"residence": "Рогожкино"},
    ),
}


Two = tuple[dict[str, Any], dict[str, Any]]


def situations() -> dict[str, tuple[str, Two, str | None]]:
    """What is compared -> the comparison, two records, and what it says of them, in words."""
    birth, death = {"birth_date": "1890"}, {"ended": "1937-09-28"}
    found: dict[str, tuple[str, Two, str | None]] = {}
    for one, two, words in BORN:
        found[f"born {one}, {two}"] = (
            "birth", (death | {"birth_date": one}, death | {"birth_date": two}), words,
        )  # fmt: skip
    for one, two, words in ENDED:
        found[f"died {one}, {two}"] = (
            "ended", (birth | {"ended": one}, birth | {"ended": two}), words,
        )  # fmt: skip
    for words, (left, right) in PLACES.items():
        found[words] = ("place", (birth | left, birth | right), words)
    found["born 1890, not stated"] = ("birth", (death | birth, death), None)
    found["died 1937, 1937"] = (
        "ended", (birth | {"ended": "1937"}, birth | {"ended": "1937"}),
        "died in the same year, as far as stated",
    )  # fmt: skip
    return found


SITUATIONS = situations()


@pytest.fixture(scope="module")
def said() -> dict[tuple[int, int], dict[str, str | None]]:
    """Pair -> comparison -> its words; of every situation two records, in either order."""
    records = []
    for number, (_, (left, right), _) in enumerate(SITUATIONS.values()):
        for order, pair in enumerate(((left, right), (right, left))):
            name = f"Про{'бвгджзклмнпрст'[number % 14]}{'аеиоу'[number % 5]}{'шщ'[order]}"
            common = {"surname": f"{name}ин", "given": "Карп", "patronymic": "Львович"}
            records += [common | one for one in pair]
    connection = over(records)
    features.build(connection, [])
    connection.execute(
        "CREATE TABLE candidates AS SELECT 2 * range + 1 AS left_record, "
        "2 * range + 2 AS right_record FROM range(?)",
        [len(records) // 2],
    )
    near.write(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "_KEPT_FROM", -1000.0)
        model.score(connection, Model(model.untrained([], {}), ()))
    rows = connection.execute("SELECT left_record, right_record, levels FROM scored").fetchall()
    return {
        (left, right): {
            one.name: one.levels[level].words if level >= 0 else None
            for one, level in zip(comparisons([]), levels, strict=True)
        }
        for left, right, levels in rows
    }


@pytest.mark.parametrize("name", list(SITUATIONS))
def test_two_records_in_words(said, name):
    comparison, _, words = SITUATIONS[name]
    first = 4 * list(SITUATIONS).index(name) + 1
    assert said[first, first + 1][comparison] == words
    assert said[first + 2, first + 3][comparison] == words, "the other way about"


FIELDS = comparisons([Extra("postcode", "extra_1")])


@pytest.mark.parametrize(
    "one",
    [pytest.param(one, id=one.name) for one in FIELDS],
)
def test_the_shipped_shares_are_shares(one: Comparison):
    """What is alike is likelier for one person than what is not."""
    assert sum(level.m for level in one.levels) == pytest.approx(1.0, abs=0.12)
    assert sum(level.u for level in one.levels) == pytest.approx(1.0, abs=0.12)
    weights = [math.log2(level.m / level.u) for level in one.levels]
    assert weights[0] > 0 > weights[-1]
    assert one.levels[-1].sql == "ELSE"
    assert weights[-1] < max(weights[:-1])


def links_of(archive: Archive) -> list[dict[str, Any]]:
    return archive.sql(
        "SELECT k.*, l.source = r.source AS same_list FROM links k "
        "JOIN entries l ON l.id = k.left_record JOIN entries r ON r.id = k.right_record"
    )


def test_the_links_of_an_archive_add_up(tmp_path):
    """Weight = prior + parts; what contradicts is capped; probability is the weight's odds."""
    lists = {"A": crowd(150, "x"), "B": [p._replace(id=f"y{p.id}") for p in crowd(150, "x")[:60]]}
    lists["B"][5] = lists["B"][5]._replace(shot="01.01.1942")
    lists["A"] += [Person("b1", "Колчеданов", "Карп", "Юдич", "1890", "с. Опытное", "27.08.1937")]
    lists["B"] += [Person("b2", "Колчеданов", "Нил", "Юдич", "1894", "с. Опытное", "27.08.1937")]
    with Archive(tmp_path / "a.duckdb") as archive:
        add(archive, tmp_path, lists)
        archive.link()
        links = links_of(archive)
        (kept,) = archive.sql("SELECT model FROM models")
    used = model.from_json(kept["model"])
    assert len(links) > 60
    assert any(link["against"] for link in links)
    for link in links:
        chance = used.within if link["same_list"] else used.across
        assert link["prior"] == pytest.approx(math.log2(chance / (1 - chance)))
        whole = link["prior"] + sum(link["bits"])
        expected = min(whole, CAP) if link["against"] else whole
        assert link["weight"] == pytest.approx(expected, abs=1e-3)
        assert link["probability"] == pytest.approx(1 / (1 + 2 ** -link["weight"]))
        assert len(link["bits"]) == len(link["levels"]) == len(comparisons(used.extras))


def test_a_model_is_read_as_it_was_written():
    extras = (Extra("postcode", "extra_1"), Extra('a "quoted" name', "extra_2"))
    settings = model.untrained(extras, {"sex": [0.7, 0.3]})
    written = Model(settings, extras, within=1e-8, across=3e-6, records=1234)
    assert model.from_json(written.as_json()) == written
    assert json.loads(written.as_json())["records"] == 1234


def test_chances_counted_are_used():
    levels = model.untrained([], {"sex": [0.7, 0.3]})["comparisons"][NAMES.index("sex")]
    found = [level["u_probability"] for level in levels["comparison_levels"][1:]]
    assert found == [0.7, 0.3]


def counted() -> dict[str, list[float]]:
    connection: duckdb.DuckDBPyConnection = over(some_people())
    features.build(connection)
    blocking.candidates(connection, [])
    chances.sample(connection)
    near.write(connection, with_chances=True)
    return chances.count(connection, comparisons([]))


def test_chances_are_shares_and_the_same_again():
    found = counted()
    assert counted() == found
    for one in comparisons([]):
        assert len(found[one.name]) == len(one.levels)
        assert sum(found[one.name]) == pytest.approx(1.0)
        assert min(found[one.name]) > 0


def test_chances_are_what_is_counted(monkeypatch):
    """With no weight on what is shipped, u is the share of the pairs taken at random."""
    monkeypatch.setattr(chances, "_STRENGTH", 1e-6)
    people = some_people()
    found = counted()["nationality"]
    connection = over(people)
    features.build(connection)
    chances.sample(connection)
    pairs = connection.execute("SELECT left_record, right_record FROM chance_pairs").fetchall()
    assert len(pairs) == (len(people) // 2) ** 2
    told = [[people[side - 1].get("nationality") for side in pair] for pair in pairs]
    both = [pair for pair in told if all(pair)]
    assert found[-1] == pytest.approx(sum(one != two for one, two in both) / len(both))


def test_learning_finds_how_often_people_agree():
    """m of a synthetic world, in which a tenth of the years are off, is learnt without labels."""
    rng = random.Random(1937)
    records: list[dict[str, Any]] = []
    for person in crowd(1600, "x"):
        one = {
            "surname": f"{person.surname}{rng.choice('абвгд')}нов", "given": person.given,
            "patronymic": person.patronymic, "birth_date": person.birth[-4:], "source": 1,
        }  # fmt: skip
        year = int(person.birth[-4:]) + (rng.random() < 0.1)
        records += [one, one | {"source": 2, "birth_date": str(year)}]
    connection = over(records)
    features.build(connection)
    blocking.candidates(connection, [])
    chances.sample(connection)
    near.write(connection, with_chances=True)
    learnt = model.learn(
        connection, model.untrained([], chances.count(connection, comparisons([])))
    )
    birth = {
        level["label_for_charts"]: level.get("m_probability")
        for level in learnt["comparisons"][NAMES.index("birth")]["comparison_levels"]
    }
    assert birth["born in the same year"] == pytest.approx(0.9, abs=0.04)
    assert birth["born a year apart"] == pytest.approx(0.1, abs=0.04)
    for comparison in learnt["comparisons"]:
        shares = [level.get("m_probability") for level in comparison["comparison_levels"][1:]]
        assert sum(shares) == pytest.approx(1.0)
        assert min(shares) > 0
