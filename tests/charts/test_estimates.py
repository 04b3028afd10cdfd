"""The chart of an estimation: its data are the figures, and what is not settled is seen to be."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.charts.tallies import data, words
from tests.counts.mse_tables import ARTIFICIAL_3, HAV, HIV, table

from byname.charts import Look, estimates, save_estimates, svg
from byname.charts.estimates_page import page_of
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.estimation import Asked, Estimation, make
from byname.counts.estimates.settling import settled
from byname.errors import UsageError

PAIR = table("A B", "10 40, 01 30, 11 6")


def both(cells: Cells) -> Estimation:
    """Two quick methods and a bound side by side."""
    parts = [make([{"": cells}], Asked(one)) for one in ("bma", "loglinear", "chao")]
    return replace(parts[0], results=tuple(part.results[0] for part in parts))


MADE = {
    "four lists": both(HIV),
    "two modes": both(HAV),
    "no estimate": both(ARTIFICIAL_3),
    "two lists": make([{"": PAIR}]),
    "parts": make([{"Omsk": HIV, "Tomsk": HIV, "Perm": Cells(HIV.lists, {(1, 0, 0, 0): 7})}],
                  Asked("bma")),
    "long names": replace(
        make([{"": PAIR}]), titles=("Книга памяти, том 3", "Расстрельные списки"),
    ),
}  # fmt: skip


def rows(spec: Any) -> dict[str, dict[str, Any]]:
    """The rows of methods and parts by name."""
    return {row["name"]: row for row in data(spec) if "settled" in row}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("width", [900, 340])
def test_every_chart_is_valid_and_shows_the_figures(name, language, width):
    made = MADE[name]
    spec = estimates(made, Look(language, width))
    json.dumps(spec, allow_nan=False)
    shown = [row for row in rows(spec).values() if row["value"]]
    for one in made.results:
        if one.estimate is not None:
            row = next(row for row in shown if row["value"] == one.estimate)
            assert (row["low"], row["high"]) == (one.low or 0, one.high or 0)
    bars = [row for row in data(spec) if "people" in row]
    assert sum(row["people"] for row in bars) >= made.observed
    assert len({row["name"] for row in bars}) == len({row["place"] for row in bars})


def test_the_bars_stand_in_their_order():
    made = MADE["four lists"]
    spec = estimates(made)["vconcat"][-1]
    order = spec["layer"][0]["encoding"]["y"]["sort"]
    assert order[:2] == [" + ".join(lists) for lists, _ in made.overlaps[:2]]
    assert len(order) == len(made.overlaps)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_sentence_stands_above(language):
    made = MADE["four lists"]
    sentence = made.sentence if language == "en" else made.sentence_ru
    assert sentence in words(estimates(made, Look(language)))
    assert sentence in estimates(made, Look(language, 340))["description"]


def test_a_method_that_does_not_stand_by_its_figure_is_hollow():
    made = MADE["two modes"]
    assert not settled(made.results[0])
    spec = estimates(made)
    row = rows(spec)["graphical models"]
    assert row["settled"] is False
    assert row["words"].startswith("not settled: ")
    assert "Hollow: the method does not stand by its figure." in words(spec)
    points = [
        layer for layer in spec["vconcat"][0]["layer"]
        if layer["mark"].get("fill") == "#ffffff"
    ]  # fmt: skip
    assert [row["name"] for row in points[0]["data"]["values"]] == ["graphical models"]
    assert "Hollow" not in words(estimates(MADE["two lists"]))


def test_no_figure_is_said_and_not_drawn():
    row = rows(estimates(MADE["no estimate"]))["log-linear models"]
    assert row["words"] == "no figure; named: 96"
    assert row["value"] == 0


def test_a_bound_has_no_line():
    row = rows(estimates(MADE["four lists"]))["lower bound (Chao)"]
    assert (row["kind"], row["high"]) == ("bound", 0)
    assert row["words"].startswith("at least ")


def test_parts_have_rows_of_their_own():
    made = MADE["parts"]
    found = rows(estimates(made))
    assert {"Omsk", "Tomsk", "Perm"} <= set(found)
    assert found["Perm"]["words"] == "no figure; named: 7"
    assert found["Omsk"]["value"] == made.strata[0].results[0].estimate


@pytest.mark.parametrize(("language", "names"), [
    ("en", {"women, 1937", "men, 1938", "sex: not stated"}),
    ("ru", {"женщины, 1937", "мужчины, 1938", "пол: не указано"}),
])  # fmt: skip
def test_parts_of_an_archive_are_named_in_words(language, names):
    parts = {"female, 1937": PAIR, "male, 1938": PAIR, "no sex that could be read": PAIR}
    made = replace(make([parts], Asked("chao")), by=("sex", "year"))
    assert names <= set(rows(estimates(made, Look(language))))
    assert all(name in page_of(made, Look(language)) for name in names)


def test_titles_of_lists_stand_in_a_key():
    drawn = json.dumps(estimates(MADE["long names"]), ensure_ascii=False)
    assert "A: Книга памяти, том 3, 46" in drawn
    assert "B: Расстрельные списки, 36" in drawn


def test_long_names_become_numbers_with_a_key():
    names = ("Книга памяти жертв политических репрессий", "Расстрельные списки. Москва")
    of = make([{"": Cells(names, PAIR.counts)}])
    spec = estimates(of)
    assert spec["vconcat"][1]["layer"][0]["encoding"]["y"]["sort"] == ["1", "2", "1 + 2"]
    assert f"1: {names[0]}, 46" in json.dumps(spec, ensure_ascii=False)


def test_in_russian_nothing_is_english():
    for made in (MADE["four lists"], MADE["two modes"]):
        spec = estimates(made, Look("ru"))
        told = words(spec) + " ".join(row["says"] for row in rows(spec).values())
        assert not re.search(r"[A-Za-z]{3,}", told)


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("width", [900, 340])
def test_words_stay_on_the_chart(name, width):
    for look in (Look("en", width), Look("ru", width)):
        for view in estimates(MADE[name], look)["vconcat"]:
            for layer in view.get("layer", ()):
                if layer["mark"]["type"] == "text" and "at" in json.dumps(layer["encoding"]["x"]):
                    low, high = layer["encoding"]["x"].get("scale", {}).get("domain", (0, 1))
                    for row in layer["data"]["values"] if "data" in layer else ():
                        assert low <= row["at"] <= high


class TestFiles:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")

    @pytest.mark.parametrize(
        ("ending", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!DOCTYPE html>")]
    )
    def test_each_ending(self, tmp_path, ending, begins):
        file = save_estimates(MADE["four lists"], tmp_path / f"chart.{ending}", Look("ru"))
        assert file.read_bytes().startswith(begins)

    def test_an_unknown_ending(self, tmp_path):
        with pytest.raises(UsageError, match=r"saved as \.svg, \.png or \.html"):
            save_estimates(MADE["four lists"], tmp_path / "chart.pdf")

    @pytest.mark.parametrize("name", MADE)
    def test_every_one_can_be_drawn(self, name):
        assert svg(estimates(MADE[name], Look("ru", 340))).startswith("<svg")

    def test_the_page_needs_nothing_else_and_holds_all_figures(self):
        drawn = page_of(MADE["parts"], Look("ru"))
        assert drawn.count("<svg") == 2
        assert "<script" not in drawn.lower()
        assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", drawn)
        ids = re.findall(r'\bid="([^"]+)"', drawn)
        assert len(ids) == len(set(ids))
        for one in ("По частям", "графические модели", "Omsk", "there is only one list"):
            assert one in drawn
        assert MADE["parts"].sentence_ru in drawn

    def test_names_are_escaped(self):
        cells = Cells(("<b>A</b>", "B & C"), PAIR.counts)
        drawn = page_of(make([{"<i>x</i>": cells, "y": cells}]), Look())
        assert "<b>A" not in drawn
        assert "<i>x" not in drawn
