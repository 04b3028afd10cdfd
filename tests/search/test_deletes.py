"""Near words: none within the edits asked for is missed, however short or long it is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from byname.search.deletes import BEGINNING, Neighbours, left_over, write
from byname.search.store import Sections, Writer

SHORT = st.text("аби", min_size=1, max_size=3)
USUAL = st.text("абик", min_size=2, max_size=7)
LONG = st.builds(str.__add__, st.sampled_from(("абикаби", "аабби", "кибаки")), st.text("аби"))
WORDS = st.lists(SHORT | USUAL | LONG, max_size=40, unique=True).map(sorted)
DETERMINISTIC = settings(max_examples=100, derandomize=True, deadline=None)


@pytest.fixture(scope="module", autouse=True)
def _nothing_waits_for_the_disk():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


@contextmanager
def written(words: Sequence[str], most: int) -> Iterator[Neighbours]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        writer = Writer(path)
        write(writer, "words", words, most)
        writer.close({})
        yield Neighbours(Sections(path), "words")


def misspelt(word: str) -> st.SearchStrategy[str]:
    """The word with a letter left out, put in, changed, or changed over with the next."""
    at = st.integers(0, len(word) - 1)
    return at.flatmap(
        lambda n: st.sampled_from(
            (
                word[:n] + word[n + 1 :],
                word[:n] + "к" + word[n:],
                word[:n] + "и" + word[n + 1 :],
                word[:n] + word[n : n + 2][::-1] + word[n + 2 :],
            )
        )
    ).filter(bool)


@st.composite
def lists_and_queries(draw):
    """A sorted list and a query: a word of it with up to two slips, or any other word."""
    words = draw(WORDS)
    query = draw(st.sampled_from(words)) if words and draw(st.booleans()) else draw(SHORT | LONG)
    for _ in range(draw(st.integers(0, 2))):
        query = draw(misspelt(query))
    return words, query


def expected(words: Sequence[str], query: str, most: int) -> set[str]:
    """What must be found; two words without any letter in common are not near."""
    return {
        word
        for word in words
        if (distance := OSA.distance(word, query)) <= most and distance < max(len(word), len(query))
    }


@pytest.mark.parametrize("most", [1, 2])
@DETERMINISTIC
@given(lists_and_queries())
def test_every_word_within_the_edits_is_found(most, drawn):
    words, query = drawn
    with written(words, most) as neighbours:
        found = {word for _, group in neighbours.near([query], most) for word in group}
    assert expected(words, query, most) <= found
    assert found <= set(words)


@DETERMINISTIC
@given(WORDS, st.lists(USUAL | LONG, min_size=2, max_size=4))
def test_several_words_are_asked_for_at_once(words, queries):
    with written(words, 2) as neighbours:
        found = {word for _, group in neighbours.near(queries, 2) for word in group}
    for query in queries:
        assert expected(words, query, 2) <= found


@DETERMINISTIC
@given(lists_and_queries())
def test_groups_come_with_the_number_of_their_first_word(drawn):
    words, query = drawn
    with written(words, 2) as neighbours:
        groups = list(neighbours.near([query], 2))
    for first, group in groups:
        assert words[first : first + len(group)] == group
        assert len({word[:BEGINNING] for word in group}) == 1
    assert len({first for first, _ in groups}) == len(groups)


@DETERMINISTIC
@given(lists_and_queries())
def test_place_finds_exactly_the_words_there_are(drawn):
    words, query = drawn
    with written(words, 2) as neighbours:
        assert [neighbours.place(word) for word in words] == list(range(len(words)))
        assert neighbours.place(query) == (words.index(query) if query in words else None)


def test_words_that_differ_behind_the_beginning_only():
    words = ["алсубовская", "алсубовскии", "алсубовскович"]
    with written(words, 2) as neighbours:
        assert list(neighbours.near(["алсубовскои"], 2)) == [(0, words)]
        assert list(neighbours.near(["лсубовскии"], 1)) == [(0, words)]


def test_few_of_many_words_are_looked_at():
    words = sorted(f"{a}{b}{c}мадов" for a in "абвгдежз" for b in "аеиоу" for c in "клмнпрст")
    with written(words, 1) as neighbours:
        found = {word for _, group in neighbours.near(["бакмадов"], 1) for word in group}
    assert expected(words, "бакмадов", 1) <= found
    assert len(found) < len(words) // 4


def test_an_empty_list_and_an_unknown_word():
    with written([], 2) as neighbours:
        assert list(neighbours.near(["аби", "а"], 2)) == []
        assert neighbours.place("аби") is None
    with written(["ким", "пак"], 1) as neighbours:
        assert list(neighbours.near([], 1)) == []


@given(st.text("абик", max_size=7), st.integers(0, 2))
@DETERMINISTIC
def test_what_is_left_over_is_the_word_without_some_letters(word, most):
    for form in left_over(word, most):
        assert len(word) - most <= len(form) <= len(word)
        letters = iter(word)
        assert all(letter in letters for letter in form), form
