"""Small published tables, written out, and readers of the figures that R gives for them."""

from __future__ import annotations

from pathlib import Path

from byname.counts.estimates.cells import Cells, cells
from byname.counts.estimates.model import Estimate

ORACLES = Path(__file__).resolve().parents[1] / "oracles"


def table(names: str, text: str) -> Cells:
    """Read ``"101 5, 011 7"`` as a table."""
    rows = [part.split() for part in text.split(",")]
    return cells(names.split(), [([int(one) for one in row[0]], int(row[1])) for row in rows])


HAV = table("P Q E", "100 69, 010 55, 001 63, 110 21, 101 17, 011 18, 111 28")
"""Hepatitis A in northern Taiwan, 1995 (Chao et al. 2001, Statistics in Medicine 20)."""

HIV = table(
    "c1 c2 c3 c4",
    "1000 403, 0100 545, 0010 621, 0001 205, 1100 33, 1010 20, 1001 6, 0110 35, 0101 10, 0011 11, "
    "1110 3, 1101 1, 0111 3",
)
"""HIV in Rome, four centres (Abeni, Brancato & Perucci 1994, Epidemiology 5)."""

ARTIFICIAL_3 = table("A B C", "100 40, 010 30, 001 20, 110 6")
"""Chan, Silverman & Vincent 2021, table 2: nobody is on C and another list."""


def oracle(name: str) -> list[dict[str, str]]:
    """Return the lines of ``oracles/<name>.tsv`` by the names of their columns."""
    lines = (ORACLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    head, *rest = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(head, line, strict=True)) for line in rest]


def said(found: Estimate) -> tuple[float, float, float]:
    """Return the low end, the estimate and the high end, all of which must be there."""
    assert found.low is not None
    assert found.estimate is not None
    assert found.high is not None
    return found.low, found.estimate, found.high


def numbered(model: str, lists: tuple[str, ...]) -> str:
    """Write ``[A B][C]`` as R does, ``[12,3]``, the terms in the order of their numbers."""
    terms = [term.split() for term in model.strip("[]").split("][")]
    digits = ["".join(str(lists.index(name) + 1) for name in term) for term in terms]
    return "[" + ",".join(sorted(digits)) + "]"


def sorted_terms(model: str) -> str:
    """Put the terms of R's ``[23,1]`` in the order of their numbers."""
    return "[" + ",".join(sorted(model.strip("[]").split(","))) + "]"
