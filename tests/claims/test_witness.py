"""An archive's records beside the claims: counted with coverage, found by name, judged by date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.archive.helpers import TITLE, run, write_list

import byname
from byname import Archive

PEOPLE = (
    "Алсубов Иван Иванович, род. 1880, г. Москва, поляк, б/п, рабочий. "
    "Арестован 10.12.1937. Расстрелян 1.03.1938.",
    "Бервадин Петр Петрович, род. 1881, дер. Пробная, русский, б/п, рабочий. Расстрелян 2.02.1939.",
    "Вомирский Федор Карлович, род. 1882, дер. Пробная, поляк, б/п, рабочий.",
    "Гутаненко Василий, род. 1883, дер. Пробная, русский, б/п, рабочий. Расстрелян 5.05.1938.",
    "Дорвекян Иван Карлович, род. 1870, дер. Пробная, русский, б/п. Расстрелян 6.06.1938.",
    "Дорвекян Иван Карлович, род. 1899, дер. Пробная, русский, б/п. Расстрелян 7.07.1938.",
)
SETTING = "The NKVD worked in the whole of the Soviet Union. "


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    write_list(folder / "people.txt", list(PEOPLE))
    with Archive(folder / "a.duckdb") as opened:
        opened.add(folder / "people.txt", source=TITLE)
        yield opened


def check(sentence: str, archive: Archive) -> list[byname.claims.model.Claim]:
    found = byname.check(SETTING + sentence, archive=archive)
    plain = byname.check(SETTING + sentence)
    assert [(c.start, c.end) for c in found.claims] == [(c.start, c.end) for c in plain.claims]
    for with_records, without in zip(found.claims, plain.claims, strict=True):
        assert with_records.evidence[: len(without.evidence)] == without.evidence
        if without.verdict != "uncheckable":
            assert with_records.verdict == without.verdict
    return [claim for claim in found.claims if claim.start >= len(SETTING) - 1]


def from_archive(claims) -> dict[str, str]:
    return {e.id: e.value for c in claims for e in c.evidence if e.id.startswith("archive:")}


def test_a_total_gets_the_records_with_their_coverage_and_keeps_its_verdict(archive):
    claims = check("In 1937 and 1938, 681,692 people were shot in the USSR.", archive)
    value = from_archive(claims)["archive:executed:1937-1938"]
    assert value.startswith("4 records of executions dated within 1937-38 among 6 records ")
    assert "(83.3 % have an execution date)" in value
    assert "partial" in value
    cited = next(e for c in claims for e in c.evidence if e.id.startswith("archive:"))
    assert TITLE in cited.source
    assert "a.duckdb" in cited.source


def test_partial_lists_never_speak_against_a_total(archive):
    for number in ("681,692", "5", "3 million"):
        text = f"In 1937 and 1938, {number} people were shot in the Soviet Union."
        with_records, without = byname.check(text, archive=archive), byname.check(text)
        assert [c.verdict for c in with_records.claims] == [c.verdict for c in without.claims]


def test_a_nationality_narrows_the_count(archive):
    value = from_archive(check("In 1938, 40,000 Poles were shot.", archive))
    assert value["archive:executed:1938:pole"].startswith(
        "1 record of executions dated within 1938 among 2 records of people entered as Polish "
        "(50.0 % have"
    )


def test_what_no_list_can_tell_is_not_counted(archive):
    for sentence in (
        "In 1937 and 1938, 35,000 officers were arrested.",
        "In the Polish operation 111,091 people were shot in 1937 and 1938.",
        "Several people were shot.",
    ):
        assert from_archive(check(sentence, archive)) == {}


@pytest.mark.parametrize(
    ("sentence", "verdict", "says"),
    [
        ("Ivan Ivanovich Alsubov was shot on 1 March 1938.", "supported", "agrees"),
        ("Алсубов Иван Иванович был расстрелян 1 марта 1938 года.", "supported", "agrees"),
        ("Ivan Ivanovich Alsubov was shot in March 1938.", "supported", "agrees"),
        ("Ivan Ivanovich Alsubov was shot on 2 March 1938.", "imprecise", "differs"),
        ("Ivan Ivanovich Alsubov was shot on 1 March 1935.", "contradicted", "differs"),
        ("Ivan Ivanovich Alsubov was arrested on 10 December 1937.", "supported", "agrees"),
    ],
)
def test_a_date_that_the_base_left_open_is_judged_by_the_record(archive, sentence, verdict, says):
    claims = check(sentence, archive)
    judged = next(c for c in claims if any(e.id == "archive:r1" for e in c.evidence))
    assert judged.verdict == verdict
    assert judged.reason.startswith(
        f"The evidence base is silent here; a record of the archive {says}"
    )
    assert f"{TITLE}, line 1" in judged.reason
    cited = next(e for e in judged.evidence if e.id == "archive:r1")
    assert "executed 1 March 1938 (“1.03.1938”)" in cited.value
    assert cited.source == f"{TITLE}, line 1"
    assert bool(judged.suggestion) == (verdict != "supported")


def test_he_is_the_one_just_named(archive):
    claims = check("Ivan Ivanovich Alsubov was a worker. He was shot on 1 March 1938.", archive)
    assert any(c.verdict == "supported" and "He was shot" in c.text for c in claims)


def test_a_namesake_is_not_held_against_a_text(archive):
    (claim,) = check("Vasily Gutanenko was shot on 5 May 1935.", archive)
    assert claim.verdict == "uncheckable"
    assert "namesake" in claim.reason
    assert from_archive([claim])


def test_a_name_that_two_people_bear_says_nothing(archive):
    assert from_archive(check("Ivan Karlovich Dorvekian was shot on 6 June 1938.", archive)) == {}


def test_who_did_it_is_not_whom_it_befell(archive):
    sentence = "Ivan Ivanovich Alsubov arrested Petr Petrovich Bervadin on 3 May 1937."
    assert "archive:r1" not in from_archive(check(sentence, archive))


def test_a_record_without_the_date_adds_itself_and_judges_nothing(archive):
    (claim,) = check("Fedor Karlovich Vomirsky was shot on 5 May 1938.", archive)
    assert claim.verdict == "uncheckable"
    assert from_archive([claim])["archive:r3"].endswith("born 1882")


def test_a_person_of_the_base_gets_the_records_of_the_sample(tmp_path):
    path = tmp_path / "d.duckdb"
    assert run("demo", "--no-serve", "-a", path, cwd=tmp_path).returncode == 0
    text = "Marshal Tukhachevsky of the Red Army was shot on 12 June 1937 in the Soviet Union.\n"
    result = run("check", "-", "--json", "--archive", path, input=text)
    assert result.returncode == 0, result.stderr
    claims = json.loads(result.stdout)["claims"]
    found = [e for claim in claims for e in claim["evidence"] if e["id"].startswith("archive:r")]
    assert len(found) >= 3
    assert all("12 June 1937" in cited["value"] for cited in found)
    assert Path(path).exists()
