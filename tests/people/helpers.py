"""Synthetic people (invented, said so in every source title), written as lists and linked."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from byname import Archive
from byname.people import features

COLUMNS = (
    "record_id", "surname", "given", "patronymic", "birth_date", "birth_place", "execution_date",
)  # fmt: skip
TITLE = "Synthetic list {} of the tests"


class Person(NamedTuple):
    """One row of a list: what it says of a person, "" where it says nothing."""

    id: str
    surname: str
    given: str
    patronymic: str = ""
    birth: str = ""
    place: str = ""
    shot: str = ""


def read_person(id: str, text: str) -> Person:
    """Read "surname / given / patronymic / birth / place / shot" of a table of cases."""
    cells = ["" if cell == "-" else cell for cell in map(str.strip, text.split(" / "))]
    return Person(id, *cells)


def write_csv(path: Path, people: Iterable[Person], columns: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows(people)
    return path


def add(archive: Archive, folder: Path, lists: dict[str, list[Person]]) -> None:
    """Add each list under its letter."""
    for letter, people in lists.items():
        archive.add(write_csv(folder / f"{letter}.csv", people), source=TITLE.format(letter))


def people_of(archive: Archive) -> dict[str, int]:
    """The person of every row, by the row's id."""
    found = archive.sql(
        "SELECT e.locator, m.person FROM entries e LEFT JOIN members m ON m.record = e.id"
    )
    return {row["locator"]: row["person"] for row in found}


def groups(people: dict[str, int]) -> set[frozenset[str]]:
    """Who stands with whom, whatever the numbers of the persons."""
    made: dict[int, set[str]] = {}
    for id, person in people.items():
        made.setdefault(person, set()).add(id)
    return {frozenset(ids) for ids in made.values()}


def link_between(archive: Archive, one: str, two: str) -> dict[str, Any] | None:
    """The scored pair of two rows, None where it was not kept."""
    found = archive.sql(
        "SELECT k.* FROM links k JOIN entries l ON l.id = k.left_record "
        "JOIN entries r ON r.id = k.right_record WHERE ? IN (l.locator, r.locator) "
        "AND ? IN (l.locator, r.locator) AND l.locator <> r.locator",
        one, two,
    )  # fmt: skip
    return found[0] if found else None


def over(records: Sequence[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """A connection with the table ``input``: records 1, 2, ... of list 1 unless they say."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")  # small tables are quicker so
    typed = ", ".join(f"{name} {kind}" for name, kind in features.INPUT.items())
    connection.execute(f"CREATE TABLE input ({typed})")
    told = [{"record": n, "source": 1} | record for n, record in enumerate(records, 1)]
    columns = [[record.get(name) for record in told] for name in features.INPUT]
    wanted = ", ".join(
        f"unnest(?::{kind}[], recursive := false)" for kind in features.INPUT.values()
    )
    connection.execute(f"INSERT INTO input SELECT {wanted}", columns)
    return connection


def features_of(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of ``features`` made of such records, in their order."""
    connection = over(records)
    features.build(connection)
    cursor = connection.execute("SELECT * FROM features ORDER BY unique_id")
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _words(text: str) -> list[str]:
    return text.split()


_COMMON = _words("Иванов Петров Смирнов Кузнецов Васильев Попов Соколов Михайлов Новиков Федоров")
_FIRST = _words("Алс Берв Вом Гут Дорв Елм Жуд Зерн Ижев Кард Ласк Мерш Нарт Обст Перг Рошк")
_MIDDLE = _words("аб ад ак ал ам ан ар ас ат ев ел ен ер ид ик ил ин ир иш об ол ом ор ош уб ук ул")
_LAST = _words("ов ин енко ский ев ук")
_GIVEN = _words("Иван Василий Петр Николай Федор Александр Михаил Павел Степан Яков Карл Лев")
_FATHERS = _words(
    "Иванович Васильевич Петрович Николаевич Федорович Александрович Михайлович Павлович "
    "Степанович Яковлевич Карлович Львович"
)
_PLACES = _words("Пробная Учебная Примерная Образцовая Опытная Условная Мнимая Безымянная")


def crowd(number: int, prefix: str, seed: int = 1937) -> list[Person]:
    """Invented people, common names among them; of many every part is somebody else's too."""
    rng = random.Random(f"{seed}{prefix}")
    weights = [12 - n for n in range(12)]
    made = []
    for n in range(number):
        rare = rng.choice(_FIRST) + rng.choice(_MIDDLE) + rng.choice(_LAST)
        surname = rng.choice(_COMMON) if rng.random() < 0.15 else rare
        (given,), (father,) = rng.choices(_GIVEN, weights), rng.choices(_FATHERS, weights)
        year, day = rng.randint(1870, 1912), f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}"
        made.append(
            Person(
                f"{prefix}{n}", surname, given, father,
                f"{day}.{year}" if rng.random() < 0.4 else str(year),
                f"дер. {rng.choice(_PLACES)}-{rng.choice(_MIDDLE)}{rng.choice(_MIDDLE)}"
                if rng.random() < 0.7 else "",
                f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.1938"
                if rng.random() < 0.6 else "",
            )
        )  # fmt: skip
    return made
