"""How near a number of a text comes to a published one: tables, and an oracle for rounding."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import rows

from byname.claims.arithmetic import (
    VERDICT,
    Claimed,
    grouped,
    nearness,
    same_when_rounded,
    share_nearness,
)
from byname.claims.model import VERDICTS
from byname.claims.quantities import quantities

COUNTS = st.integers(1, 200_000_000)
HEDGES = st.sampled_from(["", "about", "nearly", "at least", "at most", "more than", "less than"])


def plain(number, hedge=""):
    return Claimed(number, number, len(str(number).rstrip("0")), hedge)


@pytest.mark.parametrize(("text", "published", "wanted"), rows("nearness"))
def test_counts(text, published, wanted):
    (quantity,) = quantities(text)
    value = float(published)
    assert nearness(Claimed.of(quantity), value, value, value) == wanted


@pytest.mark.parametrize(("text", "published", "wanted"), rows("share_nearness"))
def test_shares(text, published, wanted):
    (quantity,) = quantities(text)
    value = float(published)
    assert quantity.kind == "share"
    assert share_nearness(Claimed.of(quantity), value, value, value) == wanted


def test_what_is_between_the_published_ends_agrees():
    assert nearness(plain(1_012_345), 1_075_000, 950_000, 1_200_000) == "digit"
    assert nearness(plain(1_020_000), 1_075_000, 950_000, 1_200_000) == "near"
    assert nearness(plain(950_000), 1_075_000, 950_000, 1_200_000) == "same"
    assert nearness(plain(98), 98, 97, 99) == "same"
    assert nearness(plain(99), 98, 97, 99) == "same"
    assert nearness(plain(96), 98, 97, 99) == "far"


def test_every_nearness_has_a_verdict():
    assert set(VERDICT.values()) <= set(VERDICTS)
    assert (VERDICT["same"], VERDICT["order"], VERDICT["far"]) == (
        "supported",
        "imprecise",
        "contradicted",
    )


@given(COUNTS, HEDGES)
def test_a_number_is_the_same_as_itself(number, hedge):
    assert nearness(plain(number, hedge), number, number, number) == "same"


@given(st.floats(0.01, 100))
def test_a_share_is_near_itself(share):
    assert share_nearness(Claimed(share, share, 3, ""), share, share, share) == "near"


@given(COUNTS, COUNTS, HEDGES)
def test_three_times_off_is_never_supported_without_a_bound(number, published, hedge):
    if hedge in ("", "about", "nearly") and max(number, published) > 3 * min(number, published):
        assert VERDICT[nearness(plain(number, hedge), published, published, published)] == (
            "contradicted"
        )


@given(st.integers(100, 200_000_000), st.integers(2, 6))
def test_rounding_agrees_with_decimal(published, digits):
    exact = Decimal(published)
    step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    for way in (ROUND_HALF_EVEN, ROUND_FLOOR):
        told = (exact / step).to_integral_value(way) * step
        if told.adjusted() == exact.adjusted():
            assert same_when_rounded(float(told), published, digits)
    further = exact + 2 * step
    if further.adjusted() == exact.adjusted() and step >= 1:
        assert not same_when_rounded(float(further), published, digits)


@given(st.integers(0, 10**12))
def test_grouping_can_be_read_back(number):
    assert grouped(number).replace(",", "") == str(number)
    assert all(len(part) == 3 for part in grouped(number).split(",")[1:])
