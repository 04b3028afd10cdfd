"""Whom a sentence tells of, who did it, who said it: what essays get wrong about people."""

from __future__ import annotations

import pytest

from byname.claims.checking import Checker
from byname.knowledge.base import check

TOLD = [
    ("Yezhov headed the NKVD. In February 1940 he was shot.", "he was", "supported"),
    ("Yezhov headed the NKVD. In 1941 he was shot.", "he was", "contradicted"),
    ("Yezhov headed the NKVD. His successor was Molotov.", "successor", "contradicted"),
    ("Ягоду в сентябре 1936 года сменил Ежов.", "сменил", "supported"),
    ("Ягода сменил Ежова на посту главы НКВД.", "сменил", "contradicted"),
    ("Кирова застрелил Троцкий.", "Троцкий", "contradicted"),
    ("Yagoda was shot in March 1938, and Yezhov in February 1941.", "Yezhov", "contradicted"),
    ("Stalin had Bukharin shot in March 1938.", "Bukharin", "supported"),
    ("Lenoe holds that Kirov was killed on Stalin's orders.", "Kirov", "contradicted"),
    ("Kirov was killed on Stalin's orders.", "Kirov", "contested"),
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return a checker over the base that comes with the package."""
    return Checker(check())


@pytest.mark.parametrize(("text", "part", "verdict"), TOLD)
def test_people(checker: Checker, text: str, part: str, verdict: str) -> None:
    """The claim that holds ``part`` gets its verdict."""
    found = [claim for claim in checker.check(text).claims if part in claim.text]
    assert found
    assert found[0].verdict == verdict
