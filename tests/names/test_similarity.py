"""The learnt similarity of names: orderings a historian agrees with, and what must always hold."""

from __future__ import annotations

import csv
import math
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shared import shared_file

from byname.names import edits
from byname.names.forms import fold
from byname.names.similarity import NameKey, bits, bits_many, name_bits, name_key

CASES = Path(__file__).resolve().parents[1] / "cases" / "name_similarity.tsv"
ROOT = Path(__file__).resolve().parents[2]
KINDS = ("surname", "given", "patronymic")
words = st.text(alphabet="абвгдежзиклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=14)
odd = st.text(max_size=12).map(fold)
kinds = st.sampled_from(KINDS)
keys = st.builds(name_key, words, words | st.just(""), words | st.just(""))


def orderings() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t"))


def key_of(words: str) -> NameKey:
    return name_key(*("" if word == "-" else word.replace("_", " ") for word in words.split(" ")))


def value(kind: Any, one: str, two: str) -> float:
    if kind == "name":
        return name_bits(key_of(one), key_of(two))
    return bits(kind, fold(one), fold(two))


@pytest.mark.parametrize("case", orderings(), ids=lambda case: f"{case['a']}/{case['b']}")
def test_more_alike(case):
    nearer = value(case["kind"], case["a"], case["b"])
    farther = value(case["kind"], case["c"], case["d"])
    assert nearer > farther, f"{nearer:.1f} against {farther:.1f}: {case['why']}"


def test_there_are_enough_orderings():
    assert len(orderings()) >= 60


@given(kinds, words, words)
def test_symmetric_and_finite(kind, one, two):
    found = bits(kind, one, two)
    assert math.isfinite(found)
    assert found == pytest.approx(bits(kind, two, one))


@given(kinds, words, words)
def test_nothing_is_more_like_a_word_than_itself(kind, one, two):
    assert bits(kind, one, two) <= bits(kind, one, one) + 1e-9


@given(kinds, odd, odd)
def test_any_text_is_taken(kind, one, two):
    assert math.isfinite(bits(kind, one, two))


@given(kinds, st.lists(st.tuples(words, words), max_size=6))
def test_many_are_one_by_one(kind, pairs):
    assert bits_many(kind, pairs) == pytest.approx([bits(kind, *pair) for pair in pairs])


@given(keys, keys)
@settings(max_examples=200)
def test_whole_names_are_symmetric_and_finite(one, two):
    found = name_bits(one, two)
    assert math.isfinite(found)
    assert found == pytest.approx(name_bits(two, one))


def test_initials_prove_less_than_full_names():
    full = name_key("Гитис", "Яков", "Осипович")
    initials = name_bits(full, name_key("Гитис", "Я.", "О."))
    assert name_bits(full, full) >= initials > name_bits(full, name_key("Гитис", "П.", "О."))


def test_an_empty_word_tells_nothing():
    assert bits("surname", "", "петров") == bits("given", "", "") == 0.0


def test_wholly_different_names_cost_a_fixed_price():
    costs = {round(bits("surname", "гитис", other), 3) for other in ("петров", "оглы", "щукина")}
    assert len(costs) == 1
    assert -6 < costs.pop() < 0


def test_many_edits_stay_within_the_floor():
    floor = bits("surname", "гитис", "петров")
    assert bits("surname", "а" * 40, "б" * 40) == pytest.approx(floor, abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_a_rare_word_proves_no_more_than_twenty_bits(kind):
    assert bits(kind, "щыгъюэжзуфх", "щыгъюэжзуфх") < 20


def test_hyphens_count_only_within_one_list():
    one, two = name_key("Ван", "Син-Тин"), name_key("Ван", "Син-Тын")
    other = name_key("Ван", "Син Тын")
    assert name_bits(one, two) == name_bits(one, other)
    assert name_bits(one, two, one_list=True) > name_bits(one, other, one_list=True)


def test_the_data_file_says_what_it_is_and_holds_no_long_pieces():
    text = (Path(edits.__file__).parent / "edits.tsv").read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert "learn_names.py" in head[0]
    heads = [line.split("\t")[2] for line in text.splitlines() if line.startswith("gram\t")]
    assert max(map(len, heads)) <= 5


def test_another_model_can_be_put_to_use_and_taken_back():
    before = bits("surname", "гитис", "гиттис")
    text = (Path(edits.__file__).parent / "edits.tsv").read_text(encoding="utf-8")
    dearer = edits.parse(text + "state\tsurname near\t-9\n")
    try:
        edits.use(dearer)
        assert bits("surname", "гитис", "гиттис") < before
    finally:
        edits.use(None)
    assert bits("surname", "гитис", "гиттис") == before


def test_many_pairs_are_quick():
    rows = csv.DictReader(shared_file("data/khabarovsk/names.csv").open(encoding="utf-8"))
    names = sorted({fold(row["фамилия"]) for row in rows} - {""})[::10]
    draw = random.Random(1)
    near = [(name, name[:-1] + draw.choice("аеинвкй")) for name in names]
    bits_many("surname", near)
    started = time.process_time()
    bits_many("surname", near * 20)
    assert len(near) * 20 / (time.process_time() - started) > 50_000


def test_what_one_half_teaches_finds_the_other_half():
    names = shared_file("data/khabarovsk/names.csv")
    run = subprocess.run(
        [sys.executable, "benchmarks/variants.py", str(names.parents[2]), "--every", "3"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    at_ten = {line[:26].strip(): line[26:].split() for line in run.stdout.splitlines()[2:]}
    peer, ours = at_ten["Levenshtein, normalised"], at_ten["By Name"]
    assert float(ours[0]) > float(peer[0]) + 0.015
    assert float(ours[2]) > float(peer[2]) + 0.015
