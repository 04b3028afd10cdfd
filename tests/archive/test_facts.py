"""What is counted from is kept up: after adding, correcting, linking and deciding."""

from __future__ import annotations

from typing import Any

import duckdb
from tests.archive.counting_helpers import Told, archive_of, rows_of
from tests.archive.helpers import line, write_list
from tests.tables import rows

from byname import Archive
from byname.archive.facts import write_facts, write_people
from byname.counts.coding import UNKNOWN
from byname.counts.regions import region_of
from byname.vocabulary import labelled, table


def facts_of(path) -> list[list[Any]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return [
            connection.execute(f"FROM {name} ORDER BY ALL").fetchall()
            for name in ("facts", "person_facts")
        ]


def written_anew(path) -> list[list[Any]]:
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM facts")
        connection.execute("DELETE FROM person_facts")
        write_facts(connection)
        write_people(connection)
    return facts_of(path)


def test_facts_are_those_written_anew_after_every_change(tmp_path):
    path = tmp_path / "a.duckdb"
    one = write_list(tmp_path / "one.txt", [line(n) for n in range(60)])
    two = write_list(tmp_path / "two.txt", [line(n, ", завод") for n in range(30, 90)])
    with Archive(path) as archive:
        archive.add(one, source="one")
        assert archive.count().unit == "records"
        archive.add(two, source="two")
        archive.link()
        assert archive.count().unit == "people"
        before = archive.count().total
        archive.decide("r1", "r2", same=True, by="a tester")
        assert archive.count().total < before
    assert facts_of(path) == written_anew(path)
    write_list(one, [line(n).replace("1938", "1937") for n in range(40)])
    three = write_list(tmp_path / "three.txt", [line(n) for n in range(200, 220)])
    with Archive(path) as archive:
        archive.add(one, source="one")
        archive.add(three, source="three")
        notes = " ".join(archive.count(by="year").notes)
        assert "since the last `byname link`" in notes
        assert "no longer stand in the newest version" in notes
    assert facts_of(path) == written_anew(path)


def test_counting_and_finding_do_not_hinder_each_other(tmp_path):
    path = tmp_path / "a.duckdb"
    with Archive(path) as archive:
        archive.add(write_list(tmp_path / "one.txt", [line(n) for n in range(300)]))
        archive.link()
        before = rows_of(archive.count(by=("day", "party")))
        assert archive.find("Алсубов").people
        assert rows_of(archive.count(by=("day", "party"))) == before
        archive.add(write_list(tmp_path / "two.txt", [line(n) for n in range(300, 310)]))
        assert archive.count(records=True).total == 310
        assert archive.find("Алсубов").people


def test_another_vocabulary_is_told_and_taken_up(tmp_path, monkeypatch):
    path = tmp_path / "a.duckdb"
    with Archive(path) as archive:
        archive.add(write_list(tmp_path / "one.txt", [line(n, ", мельник") for n in range(5)]))
    own = tmp_path / "own"
    own.mkdir()
    (own / "occupations.yaml").write_text("engineer: {any: ['рабоч']}\n", encoding="utf-8")
    monkeypatch.setenv("BYNAME_VOCABULARY", str(own))
    table.cache_clear()
    labelled.cache_clear()
    try:
        with Archive(path) as archive:
            told = archive.count(by="occupation")
            assert any("The vocabulary has changed" in note for note in told.notes)
            archive.index(rebuild=True)
            told = archive.count(by="occupation")
            assert not any("The vocabulary has changed" in note for note in told.notes)
            assert rows_of(told) == {("engineer",): 5}
    finally:
        table.cache_clear()
        labelled.cache_clear()


def test_a_region_is_the_same_by_its_words_alone_as_in_the_whole_place(tmp_path):
    """Millions of places are read by the words that name their region; see ``HEAD``."""
    told = [Told(str(n), ("1937",), {"residence": row[0]}) for n, row in enumerate(rows("regions"))]
    told += [Told(f"x{n}", ("1937",), {"residence": words}) for n, words in enumerate(MORE)]
    found = archive_of(told).execute(
        "SELECT r.residence, f.residence FROM records r JOIN facts f ON f.record = r.id"
    )
    for words, region in found.fetchall():
        assert region == (region_of(words) or UNKNOWN), words


MORE = (
    "с. Хумалах, Северо-Осетинской Автономной обл.", "Карачаевская автономная обл., а. Пробный",
    "центр обл., Рязанская обл.", "краснодарский край, г. Сочи", "Обл. больница, г. Курск",
    "д. Кривая Красноярского края", "ст. Губская Краснодарского кр.", "ТВЕРСКАЯ ГУБ.",
)  # fmt: skip
