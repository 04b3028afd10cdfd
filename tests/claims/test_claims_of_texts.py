"""What must hold of the claims of any text: their places, their order, the same every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims.writing import essay_like
from tests.labelled import CASES, load

from byname.claims.checking import Checker
from byname.claims.model import VERDICTS
from byname.knowledge import load as load_base

PASSAGES = [p.text for path in sorted(CASES.glob("passages/*.json")) for p in load(path)]
SENTENCES = sorted(
    {label.quote for path in sorted(CASES.glob("sentences/*.json")) for p in load(path)
     for label in p.labels}
)  # fmt: skip
BETWEEN = st.sampled_from([". ", ", ", "; ", " and ", "\n\n", " — ", " (", ") ", " “", "” "])


@st.composite
def patchworks(draw):
    """Return pieces of labelled texts put together in any order, with any mark between."""
    parts = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
    return "".join(part + draw(BETWEEN) for part in parts)


@pytest.fixture(scope="module")
def checker():
    return Checker(load_base())


def well_placed(text, claims):
    edges = [0, *(edge for claim in claims for edge in (claim.start, claim.end)), len(text)]
    assert edges == sorted(edges)
    for claim in claims:
        assert claim.text == text[claim.start : claim.end]
        assert claim.text.strip() == claim.text != ""
        assert claim.verdict in VERDICTS
        assert claim.reason


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=patchworks())
def test_claims_lie_in_order_and_apart(checker, text):
    well_placed(text, checker.check(text).claims)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(essay_like(), st.text(max_size=160)))
def test_no_text_is_too_odd(checker, text):
    well_placed(text, checker.check(text).claims)


@pytest.mark.parametrize("text", ["!!!", "— — —", "“”", "1937", "’", "№", "\n\n\n", "100 %"])
def test_texts_of_hardly_anything(checker, text):
    assert checker.check(text).claims == []


def test_claims_of_the_passages(checker):
    for text in PASSAGES:
        well_placed(text, checker.check(text).claims)


def test_what_was_checked_before_changes_nothing(checker):
    first = [checker.check(text).as_dict() for text in PASSAGES[:12]]
    again = [checker.check(text).as_dict() for text in reversed(PASSAGES[:12])]
    assert first == again[::-1]


ASK = """
import json, sys
import byname
print(json.dumps([byname.check(text).as_dict() for text in json.load(sys.stdin)]))
"""


def test_the_same_answer_in_every_process():
    texts = json.dumps([*PASSAGES[::7], "In 1937 and 1938, 1,500 people were shot a day."])
    answers = {
        subprocess.run(
            [sys.executable, "-c", ASK],
            input=texts,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_progress_is_told(checker):
    told: list[tuple[int, int]] = []
    checker.check(PASSAGES[0], lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {of for _, of in told} == {len(told)}
