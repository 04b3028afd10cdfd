"""``byname estimate``: text, JSON, exit codes, what a table and an archive may be asked."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from tests.archive.helpers import TITLE, line, run, write_list
from typer.testing import CliRunner

import byname
from byname import Archive
from byname.cli.app import app
from byname.counts.estimates.cells import Cells
from byname.errors import MissingExtraError, UsageError

HAV = "P,Q,E,count\n1,0,0,69\n0,1,0,55\n0,0,1,63\n1,1,0,21\n1,0,1,17\n0,1,1,18\n1,1,1,28\n"
"""Hepatitis A in northern Taiwan, 1995 (Chao et al. 2001, Statistics in Medicine 20)."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A table, one with groups, and an archive of two synthetic lists, linked."""
    path: Path = tmp_path_factory.mktemp("estimate command")
    (path / "cells.csv").write_text(HAV, encoding="utf-8")
    groups = [f"{row},{sex}" for sex in "fm" for row in HAV.splitlines()[1:]]
    (path / "groups.csv").write_text(
        "\n".join(["P,Q,E,count,sex", *groups]) + "\n", encoding="utf-8"
    )
    with Archive(path / "a.duckdb") as opened:
        for number, people in ((1, range(30)), (2, range(20, 45))):
            text = write_list(path / f"{number}.txt", [line(n) for n in people])
            opened.add(text, source=f"{TITLE} {number}", format="paragraphs")
        opened.link()
    return path


def called(*arguments: Any) -> Any:
    """The command run in this process, with its exit code."""
    return CliRunner().invoke(app, ["estimate", *map(str, arguments)])


def asked(*arguments: Any) -> dict[str, Any]:
    result = called(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


class TestTable:
    def test_json_has_the_keys_that_are_promised(self, folder):
        found = asked(folder / "cells.csv", "--method", "bma")
        (one,) = found["results"]
        assert {"method", "estimate", "low", "high", "level", "diagnostics"} <= set(one)
        assert one["method"] == "bma"
        assert one["low"] < one["estimate"] < one["high"]
        assert isinstance(one["diagnostics"]["warnings"], list)
        assert found["observed"] == 271
        assert found["sentence"]
        assert found["sentence_ru"]

    def test_the_text_for_people(self, folder):
        lines = called(folder / "cells.csv", "--method", "loglinear").stdout.splitlines()
        assert lines[0] == "People: 271 on at least one of 3 lists"
        assert lines[2].split() == ["135", "P"]
        assert "On several: 84" in lines
        assert "         28  P and Q and E" in lines
        head = next(one for one in lines if one.startswith("Method"))
        assert head.split() == ["Method", "people", "in", "all", "95%", "interval"]
        assert any(one.startswith("  log-linear models, averaged") for one in lines)
        assert any(one.startswith("The 3 lists name 271 people; ") for one in lines)

    def test_a_bound_and_another_level(self, folder):
        text = called(folder / "cells.csv", "--method", "chao", "--level", "0.999").stdout
        assert "99.9% interval" in text
        assert "at least" in text

    def test_groups(self, folder):
        found = asked(folder / "groups.csv", "--by", "sex", "--method", "loglinear")
        assert [one["stratum"] for one in found["strata"]] == ["f", "m"]
        assert found["observed"] == 542
        text = called(folder / "groups.csv", "--by", "sex", "--method", "chao").stdout
        assert "f: 271 named" in text

    def test_the_same_seed_the_same_figures(self, folder):
        first, second = (asked(folder / "groups.csv", "-b", "sex", "--method", "bma")
                         for _ in range(2))  # fmt: skip
        assert first == second

    @pytest.mark.parametrize("option", [
        ("--lists", "1,2"), ("--region", "Омская область"), ("--nationality", "Polish"),
        ("--sex", "female"), ("--from", "1937"), ("--to", "1938"), ("--linkages", "3"),
        ("--what", "arrested"),
    ])  # fmt: skip
    def test_options_of_archives_are_refused(self, folder, option):
        result = called(folder / "cells.csv", *option)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"{option[0]} chooses people of an archive; a table of c")

    @pytest.mark.parametrize(("arguments", "code", "sentence"), [
        (("nowhere.csv",), 1, "There is no file"),
        (("groups.csv",), 1, "say --by sex"),
        (("cells.csv", "--by", "region"), 1, "there is no column named region"),
        (("cells.csv", "--method", "dga"), 2, 'There is no method "dga"; choose one of: all, lcm'),
        (("cells.csv", "--level", "95"), 2, "95.0 is not the level of an interval"),
        (("cells.csv", "--plot", "chart.gif"), 2, "saved as .svg, .png or .html"),
        (("cells.csv", "--plot", "chart.svg", "--lang", "de"), 2, "the charts speak en and ru"),
    ])  # fmt: skip
    def test_faults(self, folder, arguments, code, sentence):
        result = called(folder / arguments[0], *arguments[1:])
        assert result.exit_code == code
        assert sentence in result.stderr
        assert result.stderr.count("\n") == 1
        assert result.stdout == ""

    def test_a_chart_beside_the_text(self, folder, tmp_path):
        pytest.importorskip("vl_convert")
        out = tmp_path / "chart.html"
        result = called(folder / "cells.csv", "--method", "chao", "--plot", out, "--lang", "ru")
        assert result.exit_code == 0
        assert f"{out} holds the chart." in result.stdout
        assert '<html lang="ru">' in out.read_text(encoding="utf-8")


class TestArchive:
    def test_from_its_lists(self, folder):
        found = asked("--archive", folder / "a.duckdb")
        assert [one["method"] for one in found["results"]] == ["lincoln-petersen", "chao"]
        assert found["observed"] == 45
        assert [one["title"] for one in found["lists"]] == [f"{TITLE} 1", f"{TITLE} 2"]
        assert found["overlaps"][-1] == {"lists": ["L1", "L2"], "people": 10}

    def test_the_text_names_the_lists(self, folder):
        lines = called("--archive", folder / "a.duckdb").stdout.splitlines()
        assert lines[0] == "People executed: 45 on at least one of 2 lists"
        assert lines[2] == f"         30  L1  {TITLE} 1"

    def test_what_and_named_and_parts(self, folder):
        everybody = asked("--archive", folder / "a.duckdb", "--what", "named", "--by", "sex")
        assert everybody["observed"] == 45
        assert sum(one["observed"] for one in everybody["strata"]) == 45

    def test_over_plausible_linkages(self, folder):
        found = asked("--archive", folder / "a.duckdb", "--linkages", "2")
        assert found["linkages"] == 2

    @pytest.mark.parametrize(("arguments", "code", "sentence"), [
        (("--what", "arrested"), 1, "Fewer than two of the lists name such people"),
        (("--lists", "1"), 1, "Fewer than two of the lists name such people"),
        (("--lists", "1,7"), 2, 'No list of this archive is called "7"'),
        (("--by", "source"), 2, "People are not parted by source"),
        (("--by", "colour"), 2, 'Nothing is counted by "colour"'),
        (("--what", "shot"), 2, 'Nobody is estimated as "shot"'),
        (("--what", "named", "--from", "1937"), 2, "A span of time goes by the date of an event"),
        (("--method", "dga"), 2, 'There is no method "dga"'),
    ])  # fmt: skip
    def test_faults(self, folder, arguments, code, sentence):
        result = called("--archive", folder / "a.duckdb", *arguments)
        assert result.exit_code == code, result.output
        assert sentence in result.stderr
        assert result.stdout == ""

    def test_an_archive_that_is_not_there(self, tmp_path):
        assert called("--archive", tmp_path / "none.duckdb").exit_code == 1


def test_without_numpy_it_says_what_to_install(folder, monkeypatch):
    real = importlib.util.find_spec

    def without(name: str, *rest: Any) -> Any:
        return None if name == "numpy" else real(name, *rest)

    monkeypatch.setattr("byname.counts.needed.find_spec", without)
    with pytest.raises(MissingExtraError) as caught:
        byname.estimate(folder / "cells.csv")
    assert str(caught.value) == (
        'Estimates need NumPy, which is not installed; run `pip install "byname[estimate]"`.'
    )
    result = called("--archive", folder / "a.duckdb")
    assert result.exit_code == 1
    assert 'pip install "byname[estimate]"' in result.stderr


def test_latent_classes_by_the_command_line_with_progress(folder):
    """All methods as a user runs them: workers start, what takes long is told on stderr."""
    result = run("estimate", folder / "cells.csv", "--json", timeout=240)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert [one["method"] for one in found["results"]] == ["lcmcr", "bma", "loglinear", "chao"]
    diagnostics = found["results"][0]["diagnostics"]
    assert {"rhat", "ess_bulk", "ess_tail", "warnings"} <= set(diagnostics)
    assert result.stderr.startswith("Estimated in ")


def test_cells_take_no_columns_to_part_people_by():
    table = Cells(("A", "B"), {(1, 1): 4})
    with pytest.raises(UsageError, match="Cells have no columns to part people by"):
        byname.estimate(table, "chao", by="sex")
