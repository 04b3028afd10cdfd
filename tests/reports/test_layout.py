"""Text and claims into paragraphs of pieces."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.reports.helpers import checked, claim

from byname.claims.model import Checked, Claim
from byname.reports import Piece, paragraphs


def words(found: list[list[Piece]]) -> list[str]:
    return ["".join(piece.text for piece in paragraph) for paragraph in found]


def test_a_long_line_is_a_paragraph_a_short_one_is_not():
    long = "A sentence that goes on. " * 6
    assert len(paragraphs(Checked(f"{long}\n{long}"))) == 2
    assert words(paragraphs(Checked("one\ntwo\n \nthree"))) == ["one", "two", "three"]
    assert paragraphs(Checked(" \n\n ")) == []


def test_lines_broken_by_an_editor_are_joined():
    line = "Some sixty characters stand in this line, which then goes on"
    text = f"A heading\n{line}\n{line}\nand ends.\n\n{line}\nhere."
    assert words(paragraphs(Checked(text))) == [
        "A heading", f"{line} {line} and ends.", f"{line} here.",
    ]  # fmt: skip


def test_a_claim_over_two_paragraphs_opens_once_and_closes_once():
    text = "First line.\n\nSecond line."
    found = paragraphs(Checked(text, [claim(text, "line.\n\nSecond", "supported")]))
    inside = [piece for paragraph in found for piece in paragraph if piece.number]
    assert [(p.text, p.opens, p.closes) for p in inside] == [
        ("line.", True, False),
        ("Second", False, True),
    ]


def test_claims_are_numbered_in_order():
    numbers = [p.number for paragraph in paragraphs(checked()) for p in paragraph if p.closes]
    assert numbers == [1, 2, 3, 4, 5]


@given(st.text(alphabet="ab \n\r\t\u2028", max_size=80), st.data())
def test_no_letter_is_lost_and_every_claim_with_letters_is_closed(text, data):
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))))
    spans = list(pairwise(cuts))[::2]
    claims = [Claim(a, b, text[a:b], "date", "imprecise", "x") for a, b in spans]
    found = paragraphs(Checked(text, claims))
    assert "".join("".join(words(found)).split()) == "".join(text.split())
    for number, one in enumerate(claims, 1):
        pieces = [p for paragraph in found for p in paragraph if p.number == number]
        assert "".join("".join(p.text for p in pieces).split()) == "".join(one.text.split())
        marked = 1 if one.text.strip() else 0
        assert sum(p.opens for p in pieces) == sum(p.closes for p in pieces) == marked
