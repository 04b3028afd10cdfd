"""Which terms a text names: the longest form, names, endings, number signs, what is swallowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.writing import essay_like
from tests.tables import rows

from byname.claims.tagging import Tagger, fold, words
from byname.knowledge import Base, Term, load


@pytest.fixture(scope="module")
def tagger():
    base = Base()
    for known, kind, forms in rows("tagging"):
        base.rows.terms[known] = Term(known, kind, tuple(forms.split("|")))
    return Tagger(base)


@pytest.fixture(scope="module")
def real():
    return Tagger(load())


def shown(tags):
    return " ".join(f"({tag.term})" if tag.inner else tag.term for tag in tags) or "-"


@pytest.mark.parametrize(("text", "wanted"), rows("tagged"), ids=lambda cell: cell[:40])
def test_terms(tagger, text, wanted):
    assert shown(tagger.tags(words(text))) == wanted


def test_places_are_those_of_the_words(tagger):
    text = "In the Polish operation, Poles were shot."
    found = [text[tag.start : tag.end] for tag in tagger.tags(words(text)) if not tag.inner]
    assert found == ["Polish operation", "Poles", "shot"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ежо́в", "ежов"), ("Ёлкин", "елкин"), ("Stalin's", "stalin"), ("Ягодой", "ягодой"),
     ("JEŻOW", "jezow")],
)  # fmt: skip
def test_folding(one, other):
    assert fold(one) == other


@given(text=st.one_of(essay_like(), st.text(max_size=120)))
def test_tags_lie_inside_the_text_on_whole_words(real, text):
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) and word.key is not None for word in found)
    starts, ends = {word.start for word in found}, {word.end for word in found}
    tags = real.tags(found)
    assert all(tag.start in starts and tag.end in ends and tag.start < tag.end for tag in tags)
    assert tags == sorted(tags, key=lambda tag: (tag.start, -tag.end, tag.term))


@given(text=essay_like())
def test_a_swallowed_term_lies_in_a_longer_one(real, text):
    tags = real.tags(words(text))
    for tag in tags:
        around = [o for o in tags if o.start <= tag.start and tag.end <= o.end and o != tag]
        assert not tag.inner or any(o.end - o.start > tag.end - tag.start for o in around)
