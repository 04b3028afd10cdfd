"""Sentences, clauses and quotations against their tables, and what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.writing import ESSAY, apart, document, essay_like, seconds
from tests.tables import rows

from byname.claims.text import Sentence, clauses, quotations, sentences


def broken(text):
    return text.replace("\\n", "\n")


def cut(text):
    """Return all clauses of a text."""
    return [clause for sentence in sentences(text) for clause in clauses(text, sentence)]


@pytest.mark.parametrize("row", rows("sentences"), ids=lambda row: row[0])
def test_sentences(row):
    text, expected = map(broken, row)
    assert [text[s.start : s.end] for s in sentences(text)] == expected.split(" | ")


@pytest.mark.parametrize("row", rows("clauses"), ids=lambda row: row[0])
def test_clauses(row):
    text, expected = row
    (sentence,) = sentences(text)
    found = [
        (f"({c.opener}) " if c.opener else "") + text[c.start : c.end]
        for c in clauses(text, sentence)
    ]
    assert found == expected.split(" | ")


@pytest.mark.parametrize("row", rows("quotations"), ids=lambda row: row[0])
def test_quotations(row):
    text, expected = row
    found = [text[q.inner_start : q.inner_end] for q in quotations(text)]
    assert (" | ".join(found) or "-") == expected


def test_an_essay():
    found = [" ".join(ESSAY[s.start : s.end].split()) for s in sentences(ESSAY)]
    assert found[0] == "What Was the Great Terror"
    assert found[2].startswith("During this time Stalin had an estimated 1,500")
    assert found[-2] == (
        "He said that if only 5 percent of a report were true, it was worth having."
    )
    assert len(found) == 9


def test_a_quotation_is_not_cut_and_stays_with_its_speaker():
    text = "“To win a battle several corps are needed. And to lose it, a few spies,” he said. So."
    assert [text[s.start : s.end] for s in sentences(text)] == [text[:-4], "So."]
    assert len(cut(text)) == 2


def test_a_mark_without_its_pair_does_no_harm():
    text = "“He was shot. They were shot. " + "All of them were shot. " * 40 + "” It ended."
    assert quotations(text) == []
    assert len(sentences(text)) == 43


@given(essay_like())
def test_sentences_hold_all_but_white_space(text):
    found = sentences(text)
    assert apart([(s.start, s.end) for s in found], 0, len(text))
    kept = "".join(text[s.start : s.end] for s in found)
    assert "".join(kept.split()) == "".join(text.split())


@given(essay_like())
def test_clauses_lie_in_their_sentence(text):
    for sentence in sentences(text):
        found = clauses(text, sentence)
        assert apart([(c.start, c.end) for c in found], sentence.start, sentence.end)
        assert all(text[c.start : c.end].strip() for c in found)


@given(essay_like())
def test_a_sentence_alone_is_one_sentence(text):
    # What stands around a line tells whether its break ends a sentence, so lines are left out.
    line = text.replace("\n", " ")
    for s in sentences(line):
        alone = line[s.start : s.end]
        assert sentences(alone) == [Sentence(0, len(alone))]
        assert [
            (c.start + s.start, c.end + s.start, c.opener)
            for c in clauses(alone, Sentence(0, len(alone)))
        ] == [(c.start, c.end, c.opener) for c in clauses(line, s)]


@given(essay_like())
def test_quotations_lie_apart(text):
    found = quotations(text)
    assert apart([(q.start, q.end) for q in found], 0, len(text))
    for q in found:
        assert (q.inner_start, q.inner_end) == (q.start + 1, q.end - 1)
        assert q.inner_end - q.inner_start <= 600


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text):
    cut(text)
    quotations(text)


@pytest.mark.parametrize(
    "odd", ["(", "“", '"a ', ", ", "and ", "which, ", ". ", "a\n", "A.", "5 and ", "(and so on "]
)
def test_time_grows_with_length_only(odd):
    cut(odd * 500)
    short, long = seconds(cut, odd * 4_000), seconds(cut, odd * 16_000)
    assert long < 10 * short + 0.3


def test_a_hundred_pages_take_no_time():
    assert seconds(cut, document()) < 3
