"""Leafing through the evidence base: counts, search, places in files, edition."""

from __future__ import annotations

import json

import pytest
from tests.archive.helpers import environment, run

from byname import knowledge


@pytest.fixture(scope="module")
def base():
    return knowledge.check()


def ids(base, words, kind=None):
    return [one.id for one in knowledge.search(base, words, kind)]


def test_the_rows_that_ship_are_sound(base):
    assert [str(problem) for problem in base.problems] == []


def test_every_row_has_its_place(base):
    for one in knowledge.listed(base):
        assert one.kind in knowledge.KINDS
        assert one.line > 0, one.id
        assert one.file.startswith("great_terror/"), one.id
        assert one.states, one.id


def test_search_by_id_words_value_citation_and_in_russian(base):
    assert ids(base, "pol-shot", "figures")[0] == "POL-SHOT"
    assert all(known.startswith("POL-SHOT") for known in ids(base, "POL-SHOT"))
    assert "POL-SHOT" in ids(base, "petrov-roginsky-1997 shot")
    assert "POL-SHOT" in ids(base, "POLISH shot")
    assert "POL-SHOT" in ids(base, "111,091")
    assert "POL-SHOT" in ids(base, "111 091".replace(" ", "\u202f"))
    assert "POL-SHOT" in ids(base, "расстреляны польская")
    assert "POL-SHOT" in ids(base, "petrov polish shot", "figures")
    assert ids(base, "petrov", "windows") == []
    assert ids(base, "no such words anywhere at all") == []


def test_case_accents_and_yo_do_not_matter(base):
    assert ids(base, "ЁЖОВ") == ids(base, "ежов") != []
    assert ids(base, "yézhov") == ids(base, "Yezhov") != []


def test_counts_are_those_of_the_lists(base):
    counts = knowledge.counts(base)
    assert list(counts) == list(knowledge.KINDS)
    for kind, count in counts.items():
        rows = list(knowledge.listed(base, kind))
        assert count["rows"] == len(rows)
        assert count["unconfirmed"] == sum(not row.confirmed for row in rows)


def test_the_fingerprint_follows_the_rows(monkeypatch, tmp_path, base):
    before = knowledge.edition(base)
    assert before == knowledge.edition(base)
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "f.yaml").write_text("# nothing yet\n")
    monkeypatch.setenv("BYNAME_KNOWLEDGE", str(tmp_path))
    after = knowledge.edition(base)
    assert after.fingerprint != before.fingerprint
    assert (before.own, after.own) == ("", str(tmp_path))


def test_the_command_in_words():
    counted = run("knowledge").stdout
    assert "figures" in counted
    assert "unconfirmed" in counted
    found = run("knowledge", "POL-SHOT").stdout
    assert "111,091" in found
    assert "source: Petrov" in found
    assert "great_terror/figures/national-operations.yaml, line " in found
    sound = run("knowledge", "--check")
    assert sound.returncode == 0
    assert "all sound" in sound.stdout


def test_the_command_in_json():
    counted = json.loads(run("knowledge", "--json").stdout)
    assert counted["kinds"]["figures"]["rows"] > 100
    found = json.loads(run("knowledge", "pol-shot", "--json", "--kind", "figures").stdout)["rows"]
    row = next(row for row in found if row["id"] == "POL-SHOT")
    assert (row["value"], row["unit"], row["window"][1]) == (111091, "persons", "1938-11-16")
    assert row["sources"]
    assert json.loads(run("knowledge", "--check", "--json").stdout)["problems"] == []


@pytest.mark.parametrize("wrong", [["--kind", "poems"], ["--check", "word"]])
def test_wrong_usage(wrong):
    result = run("knowledge", *wrong, env=environment())
    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1
