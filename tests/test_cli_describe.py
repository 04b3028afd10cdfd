"""The commands describe and breaks, and the charts of count: what they print and refuse."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest
from tests.archive.helpers import TITLE, run, write_list
from tests.shared import shared_file

from byname import Archive
from byname.comparing import compared
from byname.describing import describe
from byname.knowledge import load

SURNAMES = ("Алсубов", "Бервадин", "Вомирский", "Гутаненко", "Дорвекян", "Елмасов", "Жудорин")
GRAVES = ("Бутово", "Коммунарка", "Донское", "Левашово")


def entry(n: int) -> str:
    """An invented person: one a month shot from January 1935, many from August 1937 on."""
    month = (1 + n % 12, 1935 + n // 12) if n < 30 else (8 + n % 5, 1937)
    nationality = ("русский", "поляк", "латыш", "марсианин")[n % 4]
    return (
        f"{SURNAMES[n % 7]}{'ов' * (n % 3)} Иван Петрович, род. {1880 + n % 30}, дер. Пробная-{n}, "
        f"{nationality}, б/п, рабочий. Расстрелян {1 + n % 28:02}.{month[0]:02}.{month[1]}. "
        f"Место захоронения: {GRAVES[n % 4]}."
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("describe")
    path = write_list(folder / "list.txt", [*(entry(n) for n in range(150)), "???"])
    with Archive(folder / "a.duckdb") as opened:
        opened.add(path, source=TITLE, format="paragraphs")
        opened.link()
    return folder / "a.duckdb"


@pytest.fixture(scope="module")
def described(archive):
    result = run("describe", "--json", "-a", str(archive))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


class TestDescribe:
    def test_what_it_holds(self, described):
        assert described["records"] == 150
        assert described["entries"] == described["records"]
        assert described["people"] <= 150
        assert [one["title"] for one in described["lists"]] == [TITLE]
        assert {row["fate"] for row in described["fates"]} == {"executed"}

    def test_lines_that_could_not_be_read(self, described):
        assert described["rejected"] == sum(r["count"] for r in described["rejected_reasons"])

    def test_what_is_dated(self, described):
        executed = next(one for one in described["events"] if one["what"] == "executed")
        assert executed["total"] == described["people"]
        assert executed["to_the_day"] == executed["total"]
        assert executed["first"].startswith("1935-01")
        assert executed["last"].startswith("1937-12")

    def test_what_is_missing(self, described):
        fields = {one["name"]: one for one in described["fields"]}
        assert fields["arrest_date"] == {
            "name": "arrest_date", "stated": 0, "missing": 150, "unrecognised": None,
        }  # fmt: skip
        assert fields["birth_date"]["stated"] == 150
        for one in described["fields"]:
            assert one["stated"] + one["missing"] == 150
            assert (one["unrecognised"] or 0) <= one["stated"]

    def test_the_years_stand_beside_the_published_ones(self, described):
        years = {row["year"]: row["executed"] for row in described["years"]}
        assert years["1937"]["published"] == 353074
        assert years["1937"]["id"] == "EX-1937"
        assert sum(cell["here"] for cell in years.values()) == described["people"]

    def test_only_what_is_of_the_same_kind_is_compared(self, described):
        by_id = {one["id"]: one for one in described["compared"]}
        assert by_id["TOT-EXEC-3738"]["value"] == 681692
        assert by_id["TOT-EXEC-3738"]["confirmed"] is True
        for name in ("BUT-TOT", "KOM-6609", "MOS-TOT", "LEN-TOT", "POL-ETHNIC"):
            assert name in by_id
        for name in ("POL-SHOT", "CLERGY-YAK", "O447-TOT", "KUR-TOT", "EST-CONQ68-SHOT"):
            assert name not in by_id  # by operation, by calling, disputed, superseded
        assert not [one for one in described["compared"] if one["here"] == 0]

    def test_a_grave_counts_for_its_place_and_the_region_around(self, described):
        by_id = {one["id"]: one["here"] for one in described["compared"]}
        assert by_id["MOS-TOT"] > by_id["BUT-TOT"] + 0.9 * by_id["KOM-6609"] - 5
        assert by_id["LEN-TOT"] > 0

    def test_shares_and_sources(self, described):
        known = load().rows.figures
        for one in described["compared"]:
            assert one["share"] == pytest.approx(one["here"] / one["value"], abs=1e-6)
            assert one["cites"]
            assert one["value"] == known[one["id"]].value

    def test_printed_for_people(self, archive):
        printed = run("describe", "-a", str(archive)).stdout
        assert "150 records" in printed
        assert "[TOT-EXEC-3738]" in printed
        assert "A share is no measure of quality" in printed
        assert max(map(len, printed.splitlines())) <= 100

    def test_an_archive_with_nothing_of_the_kind(self, tmp_path):
        path = write_list(tmp_path / "l.txt", ["Образцов Иван Иванович, род. 1890, г. Примерск."])
        with Archive(tmp_path / "a.duckdb") as opened:
            opened.add(path, source=TITLE, format="paragraphs")
            found = describe(opened)
        assert found.events == ()
        assert found.compared == ()
        assert found.people is None

    def test_no_archive(self, tmp_path):
        result = run("describe", "-a", str(tmp_path / "none.duckdb"))
        assert result.returncode == 1
        assert "Traceback" not in result.stderr


@pytest.mark.skipif(not find_spec("ruptures"), reason="ruptures is not installed")
class TestBreaks:
    def test_the_rise_of_august_and_the_order_before_it(self, archive):
        result = run("breaks", "--json", "-a", str(archive))
        found = json.loads(result.stdout)
        rise = found["breaks"][0]
        assert rise["date"] == "1937-08-01"
        assert rise["direction"] == "up"
        near = {event["id"]: event["days"] for event in rise["near"]}
        assert near["O447-DATE"] == 2
        assert found["days_from_kirov_to_first_rise"] == 974
        assert found["near_days"] == 62
        assert found["notes"]

    def test_printed_for_people(self, archive):
        printed = run("breaks", "-a", str(archive)).stdout
        assert "Rise from August 1937" in printed
        assert "[O447-DATE]" in printed
        assert "Nearness in time is no cause" in " ".join(printed.split())

    def test_a_span_and_a_unit(self, archive):
        result = run("breaks", "--by", "week", "--from", "1937-08", "--json", "-a", str(archive))
        assert json.loads(result.stdout)["first"] >= "1937-08-01"

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            (("--by", "year"), "by day, week, month"),
            (("--what", "arrested"), "Nobody in this archive has a day of being arrested"),
            (("--from", "1950", "--to", "1951"), "between 1950 and 1951"),
            (("--what", "laughed"), "laughed"),
        ],
    )
    def test_refused_in_a_sentence(self, archive, options, says):
        result = run("breaks", *options, "-a", str(archive))
        assert result.returncode == 2
        assert says in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.skipif(not find_spec("altair"), reason="Altair is not installed")
class TestPlot:
    @pytest.mark.parametrize("ending", ["svg", "png", "html"])
    def test_a_file_of_each_ending(self, archive, tmp_path, ending):
        out = tmp_path / f"months.{ending}"
        result = run("count", "--by", "month", "--plot", str(out), "-a", str(archive))
        assert result.returncode == 0, result.stderr
        assert "holds the chart" in result.stdout
        assert out.stat().st_size > 2000
        if ending != "png":
            assert TITLE in out.read_text(encoding="utf-8")

    def test_in_russian(self, archive, tmp_path):
        out = tmp_path / "дни.html"
        run("count", "--by", "day", "--plot", str(out), "--lang", "ru", "-a", str(archive))
        assert "Расстрелянные по дням" in out.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            (("--plot", "months.gif"), "saved as .svg, .png or .html"),
            (("--plot", "nowhere/months.svg"), "There is no folder nowhere"),
            (("--plot", "months.svg", "--lang", "de"), "the charts speak en and ru"),
        ],
    )
    def test_refused_before_anything_is_counted(self, archive, options, says):
        result = run("count", "--by", "month", *options, "-a", str(archive))
        assert result.returncode == 2
        assert says in result.stderr

    def test_a_total_alone(self, archive, tmp_path):
        result = run("count", "--plot", str(tmp_path / "a.svg"), "-a", str(archive))
        assert result.returncode == 2
        assert "A total alone makes no chart" in result.stderr


def test_those_shot_in_moscow_beside_the_published_totals(tmp_path):
    """8,390 printed entries of Moscow: a quarter of its dead, one in eighty of the country's."""
    path = shared_file("data/moscow/shot_in_moscow.csv")
    with Archive(tmp_path / "a.duckdb") as opened:
        opened.add(path, source="Shot in Moscow")
        by_id = {one.id: one for one in compared(opened)}
    whole, moscow, butovo = by_id["TOT-EXEC-3738"], by_id["MOS-TOT"], by_id["BUT-TOT"]
    assert 8_300 < whole.here <= 8_390
    assert 0.011 < whole.share < 0.013
    assert 0.25 < moscow.share < 0.30
    assert moscow.here <= whole.here
    assert 4_000 < butovo.here < 4_300
    assert by_id["BUT-PEAK"].here < by_id["BUT-PEAK"].value
