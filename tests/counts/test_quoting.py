"""The sentence to be quoted: a table of situations, what it must say and must not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byname.counts.estimates.model import Diagnostics, Estimate
from byname.counts.estimates.quoting import quotable
from byname.counts.estimates.settling import settled
from byname.counts.estimates.whom import About, lists_name

SEEN = 4_400


def of(method: str, low: float | None, high: float | None, **details: Any) -> Estimate:
    """An estimate with these ends; a lower bound has no high one."""
    middle = low if low is None or high is None else (low * high) ** 0.5
    level = details.pop("level", 0.95)
    return Estimate(method, middle, low, high, level, SEEN, Diagnostics((), details))


def said(*results: Estimate, language: str = "en", lists: int = 4) -> str:
    return quotable(About(), SEEN, lists, results, language)


BAYES, LOG, CHAO = of("bma", 9_827, 16_544), of("loglinear", 9_162, 24_920), of("chao", 8_384, None)
CLASSES = of("lcmcr", 9_052, 13_860, rhat=1.001, ess_bulk=3000.0, ess_tail=2900.0)
APART = of("lcmcr", 43_000, 260_900, rhat=1.19, ess_bulk=14.0, ess_tail=1300.0)
NOTHING = of("loglinear", None, None)

SITUATIONS = [
    (
        "all agree", (CLASSES, BAYES, LOG, CHAO),
        "there were between 9,050 and 25,000 by 3 methods (their 95% intervals taken together), if "
        "the lists overlap as the methods assume and nobody was nearly out of reach of all.",
        ("at least", "other method"),
    ),
    (
        "one alone", (CLASSES,),
        "there were between 9,050 and 13,900 by one method (its 95% interval), if the lists "
        "overlap as the method assumes and nobody was nearly out of reach of all.", ("methods",),
    ),
    (
        "chains apart", (APART,), "no method came to a figure that could be relied on.",
        ("43", "260", "between"),
    ),
    (
        "chains apart, others settled", (APART, BAYES, LOG, CHAO),
        "between 9,160 and 25,000 by 2 methods (their 95% intervals taken together), if the lists "
        "overlap as the methods assume and nobody was nearly out of reach of all; another method "
        "came to no settled figure, which may lie outside.", ("43,0", "260"),
    ),
    (
        "chains apart, a bound", (APART, CHAO),
        "name 4,400 people, and there were probably at least 8,380; no method came to a figure "
        "that could be relied on.", ("43", "260"),
    ),
    (
        "too few effective draws", (of("lcmcr", 9_000, 9_500, rhat=1.0, ess_bulk=90.0),),
        "no method came to a figure", ("9,",),
    ),
    (
        "R-hat is not a number", (of("lcmcr", 9_000, 9_500, rhat=float("nan")),),
        "no method came to a figure", ("9,",),
    ),
    (
        "two modes", (of("lcmcr", 45_000, 160_000, modes=[{}, {}]),),
        "no method came to a figure", ("45", "160"),
    ),
    (
        "one mode", (of("bma", 9_000, 9_500, modes=[{}]),), "between 9,000 and 9,500", (),
    ),
    (
        "a posterior cut off", (of("bma", 9_000, 9_500, cut_off_mass=0.02),),
        "no method came to a figure", ("9,",),
    ),
    (
        "a part without estimate",
        (of("bma", 9_000, 9_500, strata_without_estimate=["Omsk"]),),
        "one part of them bears no estimate, and so there is no figure for the whole.", ("9,",),
    ),
    (
        "parts that did not settle", (of("bma", 9_000, 9_500, strata_unsettled=["Omsk"]),),
        "no method came to a figure", ("9,",),
    ),
    (
        "linkages that did not settle", (of("bma", 9_000, 9_500, linkages_unsettled=2),),
        "no method came to a figure", ("9,",),
    ),
    (
        "far apart", (of("bma", 9_000, 12_000), of("loglinear", 60_000, 90_000)),
        "with those on no list the estimates of 2 methods reach from 9,000 to 90,000, too far "
        "apart for a single figure.", ("between",),
    ),
    (
        "wide alone", (of("bma", 9_000, 90_000),),
        "the estimate of one method reaches from 9,000 to 90,000, too wide for a single figure.",
        ("between", "methods"),
    ),
    (
        "no upper end", (of("loglinear", 9_000, None),), "no method came to a figure", ("9,",),
    ),
    (
        "no estimate", (NOTHING, of("bma", None, None)),
        "how many there were beside them, these lists cannot tell.", ("between", "at least"),
    ),
    (
        "no estimate but a bound", (NOTHING, CHAO),
        "probably at least 8,380; how many there were beside them, these lists cannot tell.", (),
    ),
    (
        "a bound was asked for", (CHAO,),
        "probably at least 8,380; how many more there were, a lower bound does not say.",
        ("cannot tell",),
    ),
    (
        "a bound of uneven lists", (NOTHING, of("chao", 60_766, None, uneven=True)),
        "these lists cannot tell", ("60,", "at least"),
    ),
    (
        "a bound no higher than those seen", (of("chao", 4_403, None),),
        "how many more there were", ("at least",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("results", "must", "must_not"), [row[1:] for row in SITUATIONS], ids=[r[0] for r in SITUATIONS]
)
def test_situations(results, must, must_not):
    sentence = said(*results)
    assert must in sentence
    assert sentence.startswith("The 4 lists name 4,400 people")
    for words in must_not:
        assert words not in sentence.replace("4,400", "")


def test_two_lists_say_what_they_take_for_granted():
    assert said(of("lincoln-petersen", 9_000, 9_500), lists=2) == (
        "The 2 lists name 4,400 people; with those on no list there were between 9,000 and 9,500 "
        "by one method (its 95% interval), if the two lists were made independently of each other."
    )


@pytest.mark.parametrize(("level", "shown"), [(0.95, "95%"), (0.999, "99.9%"), (0.5, "50%")])
def test_the_level_is_told(level, shown):
    assert f"(its {shown} interval)" in said(of("bma", 9_000, 9_500, level=level))


class TestRussian:
    def test_a_range(self):
        assert said(CLASSES, BAYES, LOG, language="ru") == (
            "В 4 списках названо 4\u202f400 человек; вместе с теми, кого нет ни в одном списке, их "
            "было от 9\u202f050 до 25\u202f000 по оценкам 3 методов (их интервалы 95 %, взятые "
            "вместе), если списки пересекаются так, как предполагают методы, и никто не "
            "был почти вне досягаемости их всех."
        )

    @pytest.mark.parametrize(("results", "must"), [
        ((CLASSES,), "по оценке одного метода (его интервал 95 %), если списки пересекаются так, "
         "как предполагает метод, и никто не был почти вне досягаемости их всех."),
        ((APART,), "ни один метод не дал оценки, на которую можно положиться."),
        ((APART, BAYES), "; ещё один метод устойчивой оценки не дал, и она может лежать вне этих"),
        ((APART, CHAO), ", а было их, вероятно, не меньше 8\u202f380; ни один метод"),
        ((CHAO,), "насколько больше их было, нижняя граница не говорит."),
        ((NOTHING,), "сколько людей было кроме них, по этим спискам сказать нельзя."),
        ((of("bma", 9_000, 90_000),), "простирается от 9\u202f000 до 90\u202f000, и одной цифры"),
        ((of("bma", 9e3, 9e3, strata_without_estimate=["а"]),), "для одной из частей оценки нет"),
    ])  # fmt: skip
    def test_situations(self, results, must):
        assert must in said(*results, language="ru")

    @pytest.mark.parametrize(("what", "lists", "people", "words"), [
        ("named", 4, 1, "В 4 списках назван 1 человек"),
        ("named", 2, 2, "В 2 списках названо 2 человека"),
        ("named", 2, 5, "В 2 списках названо 5 человек"),
        ("named", 2, 11, "В 2 списках названо 11 человек"),
        ("named", 2, 12, "В 2 списках названо 12 человек"),
        ("named", 2, 21, "В 2 списках назван 21 человек"),
        ("named", 2, 1_022, "В 2 списках названо 1\u202f022 человека"),
        ("named", 2, 112, "В 2 списках названо 112 человек"),
        ("executed", 2, 1, "В 2 списках назван 1 расстрелянный"),
        ("executed", 2, 3, "В 2 списках названо 3 расстрелянных"),
        ("arrested", 2, 335, "В 2 списках названо 335 арестованных"),
        ("died", 5, 101, "В 5 списках назван 101 умерший"),
    ])  # fmt: skip
    def test_numbers_and_cases(self, what, lists, people, words):
        assert lists_name(About(what), lists, people, "ru") == words


def test_whom_it_is_about():
    about = About("executed", {"from": "1937", "sex": "female"})
    assert lists_name(about, 2, 335) == (
        "The 2 lists name 335 people executed (from 1937, sex female)"
    )
    assert lists_name(about, 2, 1).startswith("The 2 lists name 1 person executed (")
    assert lists_name(about, 2, 335, "ru") == (
        "В 2 списках названо 335 расстрелянных (с: 1937; пол: female)"
    )


@given(st.floats(4_400, 1e9), st.floats(1, 50), st.sampled_from(["en", "ru"]))
def test_a_range_is_rounded_outwards_to_three_figures(low, wider, language):
    sentence = said(of("bma", low, low * wider), language=language).replace("\u202f", ",")
    numbers = [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*\d{3}", sentence)]
    _, least, most = numbers
    assert SEEN <= least <= low
    assert low * wider <= most
    assert least >= min(low * 0.98, SEEN)
    assert most <= low * wider * 1.011
    assert all(len(str(one).rstrip("0")) <= 3 for one in (least, most) if one != SEEN)


def test_a_method_without_a_figure_is_not_settled():
    assert not settled(NOTHING)
    assert settled(BAYES)
