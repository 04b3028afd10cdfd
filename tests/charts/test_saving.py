"""Charts as files: each ending, what keeps one from being written, nothing fetched from a page."""

from __future__ import annotations

import builtins
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from tests.charts.tallies import ALL, MONTHS, NATIONS, REGIONS

from byname.charts import Look, chart, chart_of, page, save, svg
from byname.errors import MissingExtraError, UsageError

pytest.importorskip("altair")
pytest.importorskip("vl_convert")


@pytest.mark.parametrize("name", ALL)
def test_every_chart_is_valid_and_can_be_drawn(name):
    drawn = svg(chart_of(ALL[name], Look("ru", 340)))
    assert ElementTree.fromstring(drawn).tag.endswith("svg")


@pytest.mark.parametrize(
    ("ending", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!DOCTYPE html>")]
)
def test_each_ending(tmp_path, ending, begins):
    file = save(MONTHS, tmp_path / f"curve.{ending}")
    assert file.read_bytes().startswith(begins)


def test_a_chart_for_a_notebook_is_an_altair_chart():
    import altair

    assert isinstance(chart(chart_of(MONTHS)), altair.VConcatChart)
    assert chart(chart_of(MONTHS)).to_dict()["description"] == chart_of(MONTHS)["description"]


def test_the_picture_is_told_to_a_screen_reader():
    drawn = svg(chart_of(MONTHS))
    assert 'aria-label="December 1937: 900"' in drawn
    assert "Yezhov signed NKVD operational order No. 00447" in drawn
    whole = ElementTree.fromstring(drawn).get("aria-label")
    assert whole is not None
    assert whole.startswith("Executed, month by month. 1,826 of 1,874 people are placed")


def test_links_are_links_in_the_picture():
    for address in ("?nationality=", "/explore?nationality=", "https://example.org/?n="):

        def link(keys, begins=address):
            return begins + keys["nationality"]

        drawn = svg(chart_of(NATIONS, Look(link=link)))
        assert f'<a href="{address}latvian">' in drawn
        assert "vega.github.io" not in drawn


class TestPage:
    def test_it_holds_the_chart_twice_the_gaps_and_all_numbers(self):
        made = page(REGIONS, Look("ru"))
        assert made.count("<svg") == 2
        assert '<html lang="ru">' in made
        for words in ("Ленинградская область", "ноябрь 1937", "не указано", ">90<"):
            assert words in made

    def test_nothing_is_fetched_and_nothing_runs(self):
        made = page(MONTHS, Look(source="A list; <script>alert(1)</script>"))
        assert "<script" not in made.lower()
        assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", made)
        assert "default-src 'none'" in made
        assert "url(http" not in made

    def test_ids_of_the_two_pictures_differ(self):
        ids = re.findall(r'\bid="([^"]+)"', page(MONTHS))
        assert len(ids) == len(set(ids))


class TestRefused:
    def test_unknown_ending(self, tmp_path):
        with pytest.raises(UsageError, match=r"saved as \.svg, \.png or \.html"):
            save(MONTHS, tmp_path / "curve.gif")

    def test_no_such_folder(self, tmp_path):
        with pytest.raises(UsageError, match="There is no folder"):
            save(MONTHS, tmp_path / "nowhere" / "curve.svg")

    def test_a_folder(self, tmp_path):
        (tmp_path / "curve.svg").mkdir()
        with pytest.raises(UsageError, match="is a folder"):
            save(MONTHS, tmp_path / "curve.svg")

    def test_without_the_extra(self, tmp_path, monkeypatch):
        real = builtins.__import__

        def without(name, *args, **kwargs):
            if name.split(".")[0] == "altair":
                raise ImportError(name)
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtraError, match=r'pip install "byname\[charts\]"'):
            save(MONTHS, tmp_path / "curve.svg")
        assert not (tmp_path / "curve.svg").exists()


def test_the_command_line_starts_without_altair_and_numpy():
    code = (
        "import sys, byname.cli; "
        "print([m for m in ('altair', 'numpy', 'ruptures', 'vl_convert') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
