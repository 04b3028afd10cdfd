"""Numbers, dates and clauses as running text tells them: tables of cases."""

from __future__ import annotations

import pytest
from tests.tables import rows

from byname.claims.moments import moments
from byname.claims.quantities import Quantity, quantities
from byname.claims.text import clauses, sentences


def number(value: float) -> str:
    return f"{value:.6g}" if value % 1 else str(int(value))


def told(quantity: Quantity) -> str:
    low, high = number(quantity.low), number(quantity.high)
    parts = [
        "not" if quantity.denied else "",
        quantity.hedge,
        low if low == high else f"{low}-{high}",
        quantity.kind,
        f"per {quantity.per}" if quantity.per else "",
        f"of {number(quantity.base)}" if quantity.base else "",
    ]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("text", "wanted"), rows("spoken_quantities"))
def test_numbers(text: str, wanted: str):
    assert ("; ".join(told(q) for q in quantities(text)) or "-") == wanted


@pytest.mark.parametrize(("text", "wanted"), rows("spoken_moments"))
def test_moments(text: str, wanted: str):
    assert ("; ".join(f"{m.first}/{m.last}" for m in moments(text)) or "-") == wanted


@pytest.mark.parametrize(("text", "wanted"), rows("spoken_clauses"))
def test_clauses(text: str, wanted: str):
    found = [text[c.start : c.end] for s in sentences(text) for c in clauses(text, s)]
    assert " | ".join(found) == wanted
