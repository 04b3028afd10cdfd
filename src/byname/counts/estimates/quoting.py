"""The sentence that a journalist may quote without being wrong, in English and Russian."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from byname.counts.estimates.methods import METHODS
from byname.counts.estimates.model import Estimate
from byname.counts.estimates.settling import settled
from byname.counts.estimates.whom import About, lists_name, number

APART = 3.0
"""Where the highest end is so many times the lowest, no single figure is quoted."""


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of the sentence in one language; of two forms the first is for one."""

    range: str
    apart: tuple[str, str]
    ways: tuple[str, str]
    level: tuple[str, str]
    assumed: tuple[str, str]
    alone: str
    others: tuple[str, str]
    least: str
    bound: str
    nothing: str
    unsettled: str
    strata: tuple[str, str]


_SAYS = {
    "en": Words(
        range="with those on no list there were between {low} and {high} by {ways} ({level}), if "
        "{assumed}",
        apart=(
            "with those on no list the estimate of one method reaches from {low} to {high}, too "
            "wide for a single figure",
            "with those on no list the estimates of {n} methods reach from {low} to {high}, too "
            "far apart for a single figure",
        ),
        ways=("one method", "{n} methods"),
        level=("its {share}% interval", "their {share}% intervals taken together"),
        assumed=(
            "the lists overlap as the method assumes and nobody was nearly out of reach of all",
            "the lists overlap as the methods assume and nobody was nearly out of reach of all",
        ),
        alone="the two lists were made independently of each other",
        others=(
            "; another method came to no settled figure, which may lie outside",
            "; {n} other methods came to no settled figures, which may lie outside",
        ),
        least=", and there were probably at least {n}",
        bound="how many more there were, a lower bound does not say",
        nothing="how many there were beside them, these lists cannot tell",
        unsettled="no method came to a figure that could be relied on",
        strata=(
            "one part of them bears no estimate, and so there is no figure for the whole",
            "{n} parts of them bear no estimate, and so there is no figure for the whole",
        ),
    ),
    "ru": Words(
        range="вместе с теми, кого нет ни в одном списке, их было от {low} до {high} {ways} "
        "({level}), если {assumed}",
        apart=(
            "вместе с теми, кого нет ни в одном списке, оценка одного метода простирается от {low} "
            "до {high}, и одной цифры назвать нельзя",
            "вместе с теми, кого нет ни в одном списке, оценки {n} методов простираются от {low} "
            "до {high}, и одной цифры назвать нельзя",
        ),
        ways=("по оценке одного метода", "по оценкам {n} методов"),
        level=("его интервал {share} %", "их интервалы {share} %, взятые вместе"),
        assumed=(
            "списки пересекаются так, как предполагает метод, и никто не был почти вне "
            "досягаемости их всех",
            "списки пересекаются так, как предполагают методы, и никто не был почти вне "
            "досягаемости их всех",
        ),
        alone="два списка составлены независимо друг от друга",
        others=(
            "; ещё один метод устойчивой оценки не дал, и она может лежать вне этих границ",
            "; ещё {n} метода устойчивых оценок не дали, и они могут лежать вне этих границ",
        ),
        least=", а было их, вероятно, не меньше {n}",
        bound="насколько больше их было, нижняя граница не говорит",
        nothing="сколько людей было кроме них, по этим спискам сказать нельзя",
        unsettled="ни один метод не дал оценки, на которую можно положиться",
        strata=(
            "для одной из частей оценки нет, а значит, нет и общей цифры",
            "для некоторых частей ({n}) оценки нет, а значит, нет и общей цифры",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What all methods together bear saying.

    Attributes:
        low, high: ends of the intervals of the settled methods taken together, rounded outwards.
        least: what a lower bound puts beneath, rounded down; None when there is no sound one.
        methods: settled methods with an interval.
        unsettled: methods that came to a figure but do not stand by it.
        level: of the intervals, 0.95 for 95 %.
        two: whether there are two lists alone, which cannot show how they depend on each other.
        asked: methods that can tell more than a lower bound, whatever came of them.
        strata: parts without an estimate, the same for all methods that have any; else 0.

    """

    low: float
    high: float
    least: int | None
    methods: int
    unsettled: int
    level: float
    two: bool
    asked: int
    strata: int


def quotable(
    about: About, observed: int, lists: int, results: Sequence[Estimate], language: str = "en"
) -> str:
    """Return a sentence that holds however the methods differ.

    It gives the widest range of the methods that settled, says what it rests on and which methods
    did not settle, and refuses to give a figure when none did.
    """
    says, found = _SAYS[language], _found(observed, lists, results)
    named = lists_name(about, lists, observed, language)
    if found.methods:
        return f"{named}; {_figures(says, found, language)}."
    least = ""
    if found.least is not None and found.least > observed:
        least = says.least.format(n=number(found.least, language))
    if not found.asked:
        why = says.bound
    elif found.strata:
        why = _form(says.strata, found.strata)
    else:
        why = says.unsettled if found.unsettled else says.nothing
    return f"{named}{least}; {why}."


def _figures(says: Words, found: Found, language: str) -> str:
    form = _form(says.apart, found.methods) if found.high > APART * found.low else says.range
    told = form.format(
        low=number(found.low, language),
        high=number(found.high, language),
        ways=_form(says.ways, found.methods),
        level=_form(says.level, found.methods).format(share=f"{100 * found.level:g}"),
        assumed=says.alone if found.two else _form(says.assumed, found.methods),
    )
    return told + (_form(says.others, found.unsettled) if found.unsettled else "")


def _found(observed: int, lists: int, results: Sequence[Estimate]) -> Found:
    full = [one for one in results if not METHODS[one.method].bound]
    sound = [one for one in full if settled(one) and one.high is not None]
    ends = [end for one in sound for end in (one.low, one.high) if end is not None]
    bounds = [
        one.low for one in results
        if METHODS[one.method].bound and one.low is not None
        and not one.diagnostics.details.get("uneven")
    ]  # fmt: skip
    silent = [
        len(one.diagnostics.details.get("strata_without_estimate", ()))
        for one in full
    ]  # fmt: skip
    return Found(
        low=max(observed, _rounded(min(ends), down=True)) if ends else 0.0,
        high=_rounded(max(ends), down=False) if ends else 0.0,
        least=_rounded(max(bounds), down=True) if bounds else None,
        methods=len(sound),
        unsettled=sum(one.estimate is not None for one in full) - len(sound),
        level=results[0].level if results else 0.95,
        two=lists == 2,
        asked=len(full),
        strata=min(silent, default=0),
    )


def _rounded(people: float, down: bool) -> int:
    """Return a number to three figures, as nobody should quote more, away from the middle."""
    unit = int(10 ** max(0, len(str(int(people))) - 3))
    return (floor(people / unit) if down else ceil(people / unit)) * unit


def _form(forms: tuple[str, str], count: int) -> str:
    """Return the first form for one, the second for more, with the number put in."""
    return forms[0 if count == 1 else 1].replace("{n}", str(count))
