"""Sentences against the rows that ship: what is said of each part, and what is cited for it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.tables import rows

from byname.claims.checking import Checker
from byname.knowledge import load

WINDOWS = {
    "WINDOW-CALENDAR": (730, 934),
    "WINDOW-OPERATIONS": (469, 1454),
    "WINDOW-MEMORIAL": (791, 862),
    "WINDOW-1936-1938": (1096, 622),
}
"""Days of each window, and what 681,692 spread over them comes to a day (worked out by hand)."""


@pytest.fixture(scope="module")
def checker():
    return Checker(load())


def claims_on(checker, text, quote):
    start = text.index(quote)
    found = checker.check(text).claims
    return [c for c in found if c.start < start + len(quote) and start < c.end]


@pytest.mark.parametrize(("text", "quote", "verdict", "cited"), rows("verdicts"))
def test_verdicts(checker, text, quote, verdict, cited):
    found = claims_on(checker, text, quote)
    assert [claim.verdict for claim in found] == [verdict]
    wanted = set(cited.split()) - {"-"}
    assert wanted <= {row.id for row in found[0].evidence}
    assert found[0].reason
    assert found[0].evidence


@pytest.mark.parametrize(("text", "known"), rows("not_verdicts"))
def test_what_is_not_cited(checker, text, known):
    assert known in {row.id for row in load().evidence()}
    assert known not in {row.id for c in checker.check(text).claims for row in c.evidence}


@pytest.mark.parametrize(("text", "verdict", "window"), rows("rates"))
def test_rates_show_every_window(checker, text, verdict, window):
    (claim,) = checker.check(text).claims
    assert (claim.kind, claim.verdict) == ("rate", verdict)
    assert {row.id for row in claim.evidence} >= {"TOT-EXEC-3738", *WINDOWS}
    for days, a_day in WINDOWS.values():
        assert f"681,692 / {days:,} days" in claim.computed
        assert f"= {a_day:,} a day" in claim.computed
    name = load().rows.windows[window].states if window != "-" else "No window"
    assert name in claim.reason


def test_the_windows_of_the_rates_are_as_long_as_the_calendar_says():
    spans = load().rows.windows
    for known, (days, a_day) in WINDOWS.items():
        window = spans[known].window
        assert days == window.days == 1 + (window.last - window.first).days
        assert a_day == round(681_692 / days)
    assert spans["WINDOW-OPERATIONS"].window.first == date(1937, 8, 5)


SUM = "Of the 139 members and candidates of the Central Committee 98 were arrested and shot. {}"


@pytest.mark.parametrize(
    ("going_on", "verdict"),
    [
        ("That is 70 per cent.", "supported"),
        ("That makes seven out of ten.", "supported"),
        ("That is 40 per cent.", "contradicted"),
        ("In other words, nine out of ten.", "contradicted"),
    ],
)
def test_a_sum_of_the_text_itself(checker, going_on, verdict):
    claim = checker.check(SUM.format(going_on)).claims[-1]
    assert (claim.verdict, claim.kind) == (verdict, "share")
    shown = re.search(r"98 / 139 = ([\d.]+) per cent", claim.computed)
    assert shown
    assert float(shown[1]) == round(100 * 98 / 139, 1)


def test_a_wrong_claim_says_what_to_put(checker):
    (claim,) = checker.check("Kirov was murdered on 1 December 1935.").claims
    assert "1 December 1934" in claim.suggestion
    (claim,) = checker.check("In 1937 the NKVD shot 936,750 people.").claims
    assert "353,074" in claim.suggestion + claim.reason


@pytest.mark.parametrize("text", ["Who killed Kirov?", "Did Stalin order the murder of Kirov?"])
def test_a_question_states_nothing(checker, text):
    assert not checker.check(f"The Great Terror. {text}").claims
