"""The real Moscow list linked: what a reader of it found right, and wrong once, stays so."""

from __future__ import annotations

import pytest
from tests.shared import shared_file

from byname.archive import Archive


@pytest.fixture(scope="module")
def moscow(tmp_path_factory):
    path = shared_file("data/moscow/shot_in_moscow.csv")
    with Archive(tmp_path_factory.mktemp("moscow") / "moscow.duckdb") as archive:
        archive.add(path)
        archive.link()
        yield archive


def people_named(archive: Archive, surname: str, father: str) -> list[list[str]]:
    """The given names of the records of that surname and patronymic, by person."""
    rows = archive.sql(
        "SELECT list(r.given ORDER BY r.id) AS names FROM records r "
        "JOIN members m ON m.record = r.id "
        "WHERE regexp_matches(r.surname, ?) AND r.patronymic = ? GROUP BY m.person",
        surname,
        father,
    )
    return sorted(row["names"] for row in rows)


def test_a_list_of_its_day_names_hardly_anyone_twice(moscow):
    rows = moscow.sql("SELECT count(*) AS n, count(DISTINCT person) AS people FROM members")
    assert rows[0]["n"] == 8390
    assert 0 <= rows[0]["n"] - rows[0]["people"] <= 8


def test_one_man_entered_twice_is_one_person(moscow):
    assert people_named(moscow, "^К[ао]лмановский$", "Маркович") == [["Давид", "Давид"]]


@pytest.mark.parametrize(
    ("surname", "father", "brothers"),
    [
        ("^Балтаус$", "Янович", ["Карл", "Ян"]),
        ("^Логинов$", "Карлович", ["Анатолий", "Владимир", "Леонид"]),
        ("^Швецов$", "Ильич", ["Александр", "Иван"]),
        ("^Коттрель$", "Николаевич", ["Александр", "Георгий"]),
        ("^Голов$", "Васильевич", ["Григорий", "Яков"]),
        ("^Груздуп$", "Христофорович", ["Альфред", "Вольдемар"]),
    ],
)
def test_brothers_shot_on_one_day_are_two_people(moscow, surname, father, brothers):
    held = people_named(moscow, surname, father)
    assert [names for names in held if names[0] in brothers] == [[name] for name in brothers]
