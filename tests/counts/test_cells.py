"""Tables of cells: what is read, and the sentence for every table that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shared import shared_file

from byname.counts.estimates.cell_files import read_cells, read_strata
from byname.counts.estimates.cells import Cells, cells
from byname.errors import EstimateError

GOOD = "A,B,count\n1,0,40\n0,1,30\n1,1,6\n"
TWELVE = ",".join("ABCDEFGHIJKL")
BAD: list[tuple[str, str | bytes, str]] = [
    ("negative count", "A,B,count\n1,0,-4\n1,1,2\n", "line 2: the count is -4; a number of people"),
    ("one list", "A,count\n1,40\n", "there is only one list"),
    ("no list", "count\n40\n", "there is no list"),
    ("a pattern twice", GOOD + "1,0,7\n", "the pattern 1,0 stands there twice; add the two rows"),
    ("nobody on two lists", "A,B,count\n1,0,4\n0,1,5\n", "no two lists share anybody"),
    ("a word for a count", "A,B,count\n1,0,many\n", "line 2: 'many' in the column count is no"),
    ("a count with a point", "A,B,count\n1,0,4.0\n", "'4.0' in the column count is not a whole"),
    ("a count with a blank", "A,B,count\n1,0,4 000\n", "'4 000' in the column count is not a"),
    ("a count with a line", "A,B,count\n1,0,4_000\n", "'4_000' in the column count is not a whole"),
    ("no count", "A,B,count\n1,0,\n", "'' in the column count is not a whole number"),
    ("a count of no people", "A,B,count\n1,1,99999999999999999999\n", "whole and from 0 to 10,000"),
    ("a word for a list", "A,B,count\nyes,0,4\n", "'yes' in the column A is neither 1 (named"),
    ("a list with 2", "A,B,count\n2,0,4\n", "'2' in the column A is neither 1 (named there) nor 0"),
    ("a column of groups", "A,B,sex,count\n1,0,f,4\n", "parts people into groups (region, sex),"),
    ("12 lists", f"{TWELVE},count\n{'1,' * 12}5\n", "there are 12 lists, and estimates are made"),
    ("no column count", "A,B,n\n1,1,5\n", "line 1: there is no column named count (the columns"),
    ("two counts", "A,B,count,Count\n1,1,5,5\n", "two columns are named count"),
    ("one name twice", "A,B,A,count\n1,1,0,5\n", "line 1: two columns are named A; give each its"),
    ("a column without name", ",A,B,count\n1,1,1,5\n", "line 1: column 1 has no name; name it, or"),
    ("a short line", GOOD + "1,1\n", "line 5: 2 values where the first line names 3 columns"),
    ("a long line", GOOD + "1,1,2,9\n", "line 5: 4 values where the first line names 3 columns"),
    ("an empty file", "", "is empty; its first line must name the lists"),
    ("blank lines only", "\n\n  \n,,\n", "is empty; its first line must name the lists"),
    ("another encoding", GOOD.replace("A", "Список").encode("cp1251"), "is not UTF-8 text; save"),
    ("people on no list", GOOD + "0,0,17\n", "17 people are said to be on no list at all"),
    ("a first line only", "A,B,count\n", "has a first line only; add a line for each pattern"),
    ("noughts only", "A,B,count\n1,0,0\n1,1,0\n", "all counts are nought"),
    ("a list of nobody", "A,B,C,count\n1,0,0,4\n1,1,0,2\n", "nobody is on the list 'C'; leave"),
    ("semicolons", GOOD.replace(",", ";"), "the values seem to be parted by semicolons; save the"),
    ("tabs", GOOD.replace(",", "\t"), "the values seem to be parted by tabs; save the file with"),
    ("a quote that never ends", 'A,B,count\n"1,0,4\n', "line 2: 1 values where the first line"),
]  # fmt: skip


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "cells.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(("content", "sentence"), [row[1:] for row in BAD], ids=[r[0] for r in BAD])
def test_a_bad_table_gets_a_sentence_with_the_remedy(tmp_path, content, sentence):
    with pytest.raises(EstimateError) as caught:
        read_cells(written(tmp_path, content))
    said = str(caught.value)
    assert sentence in said
    assert "cells.csv" in said
    assert said.endswith(".")
    assert "\n" not in said
    assert any(mark in said for mark in (";", ". ")), "a remedy follows"


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    with pytest.raises(EstimateError, match=r"There is no file .*nowhere\.csv; give a CSV file"):
        read_cells(tmp_path / "nowhere.csv")
    with pytest.raises(EstimateError, match="could not be read"):
        read_cells(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.replace(",", " , "),
        GOOD.replace("\n", "\n\n"),
        GOOD + ",,\n",
        GOOD + "0,0,0\n",
        GOOD.replace("count", "Count"),
        '"A","B","count"\n"1","0","40"\n0,1,+30\n1,1,006\n',
        "count,A,B\n40,1,0\n30,0,1\n6,1,1\n",
        GOOD.rstrip(),
    ],
)
def test_ways_of_writing_one_table(tmp_path, content):
    found = read_cells(written(tmp_path, content))
    assert found == Cells(("A", "B"), {(1, 0): 40, (0, 1): 30, (1, 1): 6}, "cells.csv")
    assert (found.n, found.sizes, found.on(0, 1), found.on(1)) == (76, (46, 36), 6, 36)


class TestStrata:
    TABLE = "A,B,sex,where,count\n1,0,f,Omsk,4\n1,1,f,Omsk,2\n1,0,m,Omsk,7\n1,1,m,,0\n0,1,m,,5\n"

    def test_one_table_a_value(self, tmp_path):
        found = read_strata(written(tmp_path, self.TABLE), ["sex", "where"])
        assert {name: dict(one.counts) for name, one in found.items()} == {
            "f, Omsk": {(1, 0): 4, (1, 1): 2},
            "m, Omsk": {(1, 0): 7},
            "m, no where": {(0, 1): 5},
        }
        assert all(one.lists == ("A", "B") for one in found.values())

    def test_a_stratum_that_repeats_a_pattern(self, tmp_path):
        with pytest.raises(EstimateError, match=r"cells\.csv, f: the pattern 1,0 stands there"):
            read_strata(written(tmp_path, "A,B,sex,count\n1,0,f,4\n1,0,f,2\n"), ["sex"])

    def test_columns_left_out_of_by(self, tmp_path):
        with pytest.raises(EstimateError, match="'Omsk' in the column where is neither"):
            read_strata(written(tmp_path, self.TABLE), ["sex"])

    @pytest.mark.parametrize("name", ["region", "count", ""])
    def test_a_column_that_is_not_there(self, tmp_path, name):
        with pytest.raises(EstimateError, match=r"no column named .* \(the columns are A, B, sex"):
            read_strata(written(tmp_path, self.TABLE), [name])

    def test_a_column_named_twice(self, tmp_path):
        with pytest.raises(EstimateError, match="sex is named twice in --by"):
            read_strata(written(tmp_path, self.TABLE), ["sex", "where", "sex"])

    def test_people_on_no_list(self, tmp_path):
        with pytest.raises(EstimateError, match=r"cells\.csv, f: 3 people are said to be on"):
            read_strata(written(tmp_path, "A,B,sex,count\n0,0,f,3\n"), ["sex"])

    def test_the_strata_of_a_published_table_add_up_to_it(self):
        whole = read_cells(shared_file("data/mse/conting_ScotPWID.csv"))
        parts = read_strata(
            shared_file("data/mse/conting_ScotPWID_stratified.csv"), ["Region", "Gender", "Age"]
        )
        assert len(parts) == 8
        for pattern, count in whole.counts.items():
            assert sum(one.counts.get(pattern, 0) for one in parts.values()) == count


@pytest.mark.parametrize(
    ("lists", "rows", "sentence"),
    [
        ("AB", [((1, 0, 1), 4)], "the pattern 1,0,1 is none of 2 lists"),
        ("AB", [((1, 2), 4)], "the pattern 1,2 is none of 2 lists"),
        ("AB", [((1, 1), 4.5)], r"has the count 4\.5; give a number of people, whole"),
        ("AB", [((1, 1), -1)], "has the count -1"),
        ("AA", [((1, 1), 4)], "two lists are named 'A'"),
        (["A", " "], [((1, 1), 4)], "list 2 has no name"),
        ("AB", [], "all counts are nought"),
    ],
)
def test_tables_made_in_python(lists, rows, sentence):
    with pytest.raises(EstimateError, match=sentence):
        cells(list(lists), rows, "my table")


def test_cells_made_without_a_check_are_checked_later():
    with pytest.raises(EstimateError, match="has the count -5"):
        Cells(("A", "B"), {(1, 0): -5, (1, 1): 9}).check()


def test_lists_with_nobody_are_left_out():
    found = Cells(("A", "B", "C"), {(1, 0, 0): 5, (1, 0, 1): 2}, "x").of_lists_with_people()
    assert found == Cells(("A", "C"), {(1, 0): 5, (1, 1): 2}, "x")


@given(st.dictionaries(st.tuples(*[st.integers(0, 1)] * 3), st.integers(0, 99)))
def test_a_table_is_read_as_it_stands_or_refused(tmp_path_factory, counts):
    lines = [",".join(map(str, (*pattern, count))) for pattern, count in counts.items()]
    path = written(tmp_path_factory.mktemp("cells"), "\n".join(["A,B,C,count", *lines]))
    people = {pattern: count for pattern, count in counts.items() if count}
    sound = (
        (0, 0, 0) not in people
        and all(any(pattern[at] for pattern in people) for at in range(3))
        and any(sum(pattern) > 1 for pattern in people)
    )
    if sound:
        assert read_cells(path).counts == people
    else:
        with pytest.raises(EstimateError):
            read_cells(path)
