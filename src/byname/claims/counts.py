"""A counted number of the text against the figures that speak of the same thing."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date

from byname.claims import wording
from byname.claims.arithmetic import VERDICT, Claimed, Nearness, grouped, nearness
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement
from byname.claims.proportions import scene
from byname.claims.scope import SURE, Asked, Figures, Fit, asked_of, rank
from byname.knowledge import Figure, Window

_BAND = 0.22
"""Readings of a sentence this close to the surest one are as good as it."""
_EXACT_BAND = 0.5
_ORDER: tuple[Nearness, ...] = ("same", "near", "digit", "order", "far")
_WORLDS = 40
_UNMISTAKABLE = 4
"""A number of so many digits tells which figure it is, whatever the text was on before."""
_ERA = 1200
_APART = 1.3
"""Estimates further from the archives than this are a matter of dispute."""
_ANOTHER_MEASURE = 0.05
_RECOGNISED = 0.004
_COUNTS = frozenset({"persons", "arrests", "deaths", "things"})


def judge_count(
    quantity: Quantity,
    statement: Statement,
    reading: Reading,
    figures: Figures,
    speakers: frozenset[str],
) -> Judgement | None:
    """Hold a count against the evidence; None where no figure speaks of the same thing."""
    if _no_count(quantity, reading.text):
        return None
    asked = asked_of(quantity, statement, reading)
    fits = [fit for fit in figures.fits(asked) if fit.figure.unit in _COUNTS]
    fits = _of_the_stage(fits, reading.words_of(statement))
    owned = [fit for fit in fits if speakers & set(fit.figure.said_by)]
    claimed = _with_companions(Claimed.of(quantity), quantity, statement, reading)
    if claimed.low > quantity.low:
        alone = _judged(asked, fits, Claimed.of(quantity), figures) if fits else None
        if alone is not None and alone.verdict == "supported":
            return alone
    if owned:
        return _judged(asked, owned, claimed, figures, attributed=True)
    if speakers:
        elsewhere = _of_another_time(asked, speakers, claimed, figures)
        if elsewhere is not None:
            return elsewhere
    if (not asked.measures or asked.measure_lent) and claimed.digits < 2:
        return None
    fits = _of_the_base(fits, quantity, figures) or fits
    current = [fit for fit in fits if fit.figure.standing not in ("superseded", "popular")]
    whole = _all_of(quantity, statement, reading, fits, claimed)
    if whole is not None:
        return _differs(asked, whole, _near(whole, claimed), figures, claimed)
    judged = _judged(asked, current, claimed, figures) if current else None
    if judged is not None and judged.verdict == "supported":
        return _not_theirs(judged, speakers, figures) or judged
    if claimed.digits >= _UNMISTAKABLE:
        recognised = _recognised(asked, figures, claimed)
        if recognised is not None:
            return recognised
    outdated = _outdated(asked, fits, claimed)
    return outdated or judged or _recognised(asked, figures, claimed)


_ALL = re.compile(
    r"\b(?:all|whole|every one|entire|все|всех)(?: of)?(?: the| its)?\s*$", re.IGNORECASE
)
_DONE = frozenset(
    ["shot", "death-sentences", "killed", "dead", "arrested", "repressed", "dismissed", "convicted"]
)


def _all_of(
    quantity: Quantity, statement: Statement, reading: Reading, fits: list[Fit], claimed: Claimed
) -> Fit | None:
    """Return the part that a whole was taken for: "all 139 were shot", "the 767 killed".

    A number that is the size of the group is no count of what befell it, unless it befell all.
    """
    rows = reading.base.rows.figures
    if not statement.terms("measure"):
        return None
    for fit in fits:
        figure = fit.figure
        base = rows[figure.base_id].value if figure.base_id else figure.base
        if base != claimed.middle or figure.counted not in _DONE or fit.cost > SURE:
            continue
        stated = any(
            f.figure.id == figure.base_id and f.cost <= fit.cost + 0.05 for f in fits
        ) and not _ALL.search(reading.text[: quantity.start][-20:])
        if stated:
            continue  # the whole itself is what was counted
        if figure.value != base and figure.standing not in ("superseded", "popular"):
            return fit
    return None


def _not_theirs(judged: Judgement, speakers: frozenset[str], figures: Figures) -> Judgement | None:
    """Return the judgement on an estimate that is laid at the door of another author."""
    figure = figures.base.rows.figures[judged.evidence[0]]
    people = figures.base.rows.people
    if figure.standing != "estimate" or not figure.said_by or not speakers:
        return None
    names = ", ".join(people[who].name if who in people else who for who in figure.said_by)
    reason = f"The number is not theirs but that of {names}: {wording.phrase(figure)}."
    return replace(judged, verdict="imprecise", reason=reason, suggestion=f"Name {names}.")


def _of_another_time(
    asked: Asked, speakers: frozenset[str], claimed: Claimed, figures: Figures
) -> Judgement | None:
    """Tell a number that its author did put forward, but of something else than the text says."""
    for figure in figures.base.rows.figures.values():
        if not speakers & set(figure.said_by) or figure.unit not in _COUNTS:
            continue
        if nearness(claimed, figure.value, figure.low, figure.high) != "same" or claimed.digits < 1:
            continue
        if asked.measures.get(figure.counted, 9.0) <= 0.3:
            reason = f"The author's number, but of something else: {wording.phrase(figure)}."
            suggestion = f"Say: {figure.states}."
            return _judgement(asked, "imprecise", reason, (figure.id,), suggestion=suggestion)
    return None


def _of_the_base(fits: list[Fit], quantity: Quantity, figures: Figures) -> list[Fit]:
    """Return the figures that are parts of the whole that a text names: "583 out of 899"."""
    if not quantity.base:
        return []
    rows = figures.base.rows.figures
    bases = [(fit, rows.get(fit.figure.base_id)) for fit in fits]
    return [fit for fit, row in bases if (row.value if row else fit.figure.base) == quantity.base]


def _recognised(asked: Asked, figures: Figures, claimed: Claimed) -> Judgement | None:
    """Take a number of three digits or more, exactly right, for the figure it is."""
    if claimed.digits < 3 or claimed.low < claimed.high:
        return None

    def agrees(figure: Figure) -> bool:
        if abs(figure.value - claimed.middle) > _RECOGNISED * claimed.middle:
            return False
        same = nearness(claimed, figure.value, figure.value, figure.value) == "same"
        return same and figure.unit in _COUNTS and figure.standing not in ("superseded", "popular")

    found = sorted(figures.recognised(asked, agrees), key=lambda f: abs(f.value - claimed.middle))
    if not found or abs(found[0].value - claimed.middle) > _RECOGNISED * claimed.middle:
        return None
    off = abs(found[0].value - claimed.middle)
    near = [f for f in found if abs(f.value - claimed.middle) <= 3 * off]
    if len({scene(figure) for figure in near}) > 1:
        return None
    reason = f"Agrees with {wording.phrase(found[0])}."
    return _judgement(asked, "supported", reason, (found[0].id,), weight=0.5)


_DIFFERENCE = re.compile(r"\s*(?:people |men |persons )?(?:more|fewer|less|higher|lower)\b", re.I)
_OTHER_THINGS = re.compile(
    r"(?:\w+ ){0,2}?(?:volumes?|pages?|regions?|provinces?|cit(?:y|ies)|towns?|villages?|times|sheets?"
    r"|documents?|letters?|books?|metres?|meters?|kilomet\w+|miles?|pits?|hectares?|winters?|summers?"
    r"|questions?|reasons?|sides?|parts?|points?|steps?|copies|witnesses|republics?|том\w*|област\w+"
    r"|страниц\w*|раз|город\w*|регион\w*)\b",
    re.IGNORECASE,
)
"""What is counted besides people and what befell them."""
_BY = re.compile(
    r"\b(?:rose|fell|grew|dropped|increased|decreased|cut|raised|lowered|higher|lower|more|fewer|years?)"
    r",? by (?:\w+ )?$",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"['’]\d\d")
_OTHERS = re.compile(
    r"\s*(?:\w+ ){0,2}?(?:others?|fellow|more|co-|comrades|companions|другими|други)"
)


def _no_count(quantity: Quantity, text: str) -> bool:
    """Tell differences ("15 million more than") and years cut short ("in '41") from counts."""
    if _SHORT_YEAR.fullmatch(text[max(0, quantity.start - 1) : quantity.end]):
        return True
    if _OTHER_THINGS.match(quantity.noun):
        return True
    if _BY.search(text[max(0, quantity.start - 30) : quantity.start]):
        return True
    return bool(_DIFFERENCE.match(text, quantity.end)) and quantity.hedge != "more than"


def _with_companions(
    claimed: Claimed, quantity: Quantity, statement: Statement, reading: Reading
) -> Claimed:
    """Add those named: "Zinoviev, Kamenev and fourteen others" are sixteen."""
    text = reading.text
    if quantity.value > 50 or not _OTHERS.match(text, quantity.end):
        return claimed
    named: list[str] = []
    end = quantity.start
    for tag in reversed([t for t in statement.terms("person") if t.end <= quantity.start]):
        if not re.fullmatch(
            r"[\s,]*(?:and|with|и|с)?[\s,]*(?:\w+[\s,]+){0,2}", text[tag.end : end]
        ):
            break
        named.append(tag.term)
        end = tag.start
    many = len(set(named))
    return Claimed(claimed.low + many, claimed.high + many, claimed.digits + 1, claimed.hedge)


_FIRST = re.compile(
    r"\b(?:first(?! category)|initial\w*|original\w*|opening|at the start|started|began|to begin with)\b"
    r"|первоначальн\w+|сначала|вначале",
    re.IGNORECASE,
)
_LATER = 0.4
_MONTH = 31


def _of_the_stage(fits: list[Fit], words: str) -> list[Fit]:
    """Put first what was counted first, where the text speaks of a beginning."""
    if not _FIRST.search(words):
        return fits
    starts: dict[tuple[object, str], date] = {}
    for fit in fits:
        key = _series(fit.figure)
        if fit.figure.window:
            starts[key] = min(starts.get(key, date.max), fit.figure.window.first)
    staged = []
    for fit in fits:
        first = starts.get(_series(fit.figure))
        later = fit.figure.window and first and (fit.figure.window.first - first).days > _MONTH
        staged.append(replace(fit, cost=fit.cost + _LATER) if later else fit)
    return sorted(staged, key=lambda fit: (fit.cost, rank(fit.figure), fit.figure.id))


def _series(figure: Figure) -> tuple[object, str]:
    """Return what the figures of one row of dates share: what is counted, and where."""
    return figure.about[-1] if len(figure.about) > 1 else None, figure.counted


def _near(fit: Fit, claimed: Claimed) -> Nearness:
    figure = fit.figure
    return nearness(claimed, figure.value, figure.low, figure.high)


def _judged(
    asked: Asked,
    fits: list[Fit],
    claimed: Claimed,
    figures: Figures,
    attributed: bool = False,
) -> Judgement | None:
    best = fits[0].cost
    judged = [(fit, _near(fit, claimed)) for fit in fits]
    agreeing = [(fit, n) for fit, n in judged if n in ("same", "near")]
    close = [(fit, n) for fit, n in agreeing if fit.cost <= min(best + _BAND, SURE)]
    exact = [
        (f, n) for f, n in agreeing if n == "same" and claimed.digits >= 3 - bool(f.figure.about)
    ]
    exact = [(fit, n) for fit, n in exact if fit.cost <= best + _EXACT_BAND]
    exact = [pair for pair in exact if not _outdone(asked, pair[0], judged)]
    if exact and all(n != "same" for _, n in close):
        close = []
    if close or exact:
        fit, near = min(close or exact, key=lambda pair: pair[0].cost + 0.1 * _ORDER.index(pair[1]))
        meant = _meant(asked, fit, judged) or _swapped(asked, near, fits, claimed, figures)
        if meant is not None:
            return _differs(asked, *meant, figures, claimed)
        if near == "near" and _taken_for(fit.figure, claimed, figures) is not None:
            return _differs(asked, fit, "digit", figures, claimed)
        return _agrees(asked, fit, near, fits, claimed, attributed)
    if best > SURE or not asked.measures or asked.measure_lent:
        return None
    # What is of everyone does not deny a number of the thing the text was on.
    rivals = [(fit, n) for fit, n in judged if fit.cost <= best + 0.08 and not fit.lent]
    if not rivals:
        return None
    fit, near = min(rivals, key=lambda pair: (_ORDER.index(pair[1]), _apart(claimed, pair[0])))
    if _worlds_apart(claimed.middle, fit.figure.value):
        return _resolved(asked, fit, figures, claimed, attributed)
    if attributed and near == "order":
        near = "far"  # what somebody put at 700,000 he did not put at a million
    return _differs(asked, fit, near, figures, claimed)


def _meant(
    asked: Asked, fit: Fit, judged: list[tuple[Fit, Nearness]]
) -> tuple[Fit, Nearness] | None:
    """Return the figure of what the text does count, where the number is of something else.

    "57,200 to be shot": there is such a number, but of both categories together.
    """
    if asked.measures.get(fit.figure.counted, 0.0) < _ANOTHER_MEASURE:
        return None
    for other, near in judged:
        stated = asked.measures.get(other.figure.counted, 9.0) <= 0.02
        same = other.figure.about == fit.figure.about and other.cost < fit.cost
        same = same and other.in_time and other.figure.standing in ("archive", "computed")
        if stated and same and near not in ("same", "near"):
            return other, near
    return None


def _swapped(
    asked: Asked, near: Nearness, fits: list[Fit], claimed: Claimed, figures: Figures
) -> tuple[Fit, Nearness] | None:
    """Return what should have been told where a number belongs to its neighbour.

    "193,000 to be shot" is exactly the number to be sent to camps: nearness to some third
    figure does not make it right.
    """
    if near == "same" or claimed.digits < 3:
        return None
    for other in figures.fits(asked, any_measure=True):
        figure = other.figure
        theirs = nearness(claimed, figure.value, figure.value, figure.value)
        if other.cost > 0.2 or theirs != "same" or figure.unit not in _COUNTS:
            continue
        if asked.measures.get(figure.counted, 9.0) <= 0.2:
            return None
        for fit in fits:
            if fit.figure.window == figure.window and fit.cost <= SURE:
                return fit, _near(fit, claimed)
    return None


def _outdone(asked: Asked, fit: Fit, judged: list[tuple[Fit, Nearness]]) -> bool:
    """Tell whether an exact number is of another time or place than one that does fit.

    1.5 million did die in the Gulag, but not in the two years the text names.
    """
    if fit.in_time and fit.in_place:
        return False
    stated = asked.measures.get(fit.figure.counted, 9.0)
    return any(
        near == "far"
        and other.in_time
        and other.cost < fit.cost - 0.1
        and asked.measures.get(other.figure.counted, 9.0) <= stated
        for other, near in judged
    )


def _resolved(
    asked: Asked, fit: Fit, figures: Figures, claimed: Claimed, attributed: bool
) -> Judgement | None:
    """Judge a number worlds apart from what seemed meant by the figure it is.

    Of the same thing at another time, it is wrong; of what the text was on before, it is right.
    """
    other = _mistaken_for(asked, fit.figure, figures, claimed)
    if other is None or other.standing in ("superseded", "popular"):
        return None
    if (other.counted, other.about) == (fit.figure.counted, fit.figure.about):
        return _differs(asked, fit, "far", figures, claimed)
    if other.about and asked.measures.get(other.counted, 9.0) <= SURE:
        return _agrees(asked, Fit(other, SURE), "same", [], claimed, attributed)
    return None


def _apart(claimed: Claimed, fit: Fit) -> float:
    """Return how far a number is from a figure, as the logarithm of their ratio."""
    return abs(math.log(max(claimed.middle, 0.5) / max(fit.figure.value, 0.5)))


def _worlds_apart(one: float, other: float) -> bool:
    """Tell numbers so far apart that they cannot have been meant of the same thing."""
    return min(one, other) <= 0 or max(one, other) / min(one, other) > _WORLDS


def _agrees(
    asked: Asked,
    fit: Fit,
    near: Nearness,
    fits: list[Fit],
    claimed: Claimed,
    attributed: bool,
) -> Judgement:
    figure = fit.figure
    others = [
        other.figure.id
        for other in fits[:8]
        if other.figure.id != figure.id
        and other.cost <= fit.cost + 0.1
        and _near(other, claimed) in ("same", "near")
    ][:3]
    verdict, says = "supported", "Agrees with"
    if figure.standing == "disputed" and not attributed and claimed.low == claimed.high:
        verdict, says = "contested", "Published, but other counts of the same differ widely:"
    elif near == "near" and figure.low * 1.5 < figure.high and figure.low < claimed.middle:
        says = "Lies within the published counts:"
    suggestion = ""
    firm = _firm_rival(figure, fits) if not attributed else None
    if firm is not None:
        verdict = "contested"
        says = f"One estimate among others (the archives have {wording.amount(firm)}):"
        others = [firm.id, *others]
    if not fit.in_time and asked.window_away == 0 and _longer(figure, asked):
        verdict, says = "imprecise", "Right for another time than the text names:"
        suggestion = f"Name the time: {wording.window(figure.window)}."
    reason = f"{says} {wording.phrase(figure)}."
    ids = (figure.id, *others)
    return _judgement(asked, verdict, reason, ids, suggestion=suggestion, weight=1 - fit.cost)


def _taken_for(figure: Figure, claimed: Claimed, figures: Figures) -> Figure | None:
    """Return the neighbour whose exact number was put in a figure's place: 373 lists for 357."""
    if claimed.digits < 3 or claimed.low < claimed.high:
        return None
    for known in figure.confused_with:
        other = figures.base.rows.figures[known]
        if other.value == claimed.middle and not figure.low <= claimed.middle <= figure.high:
            return other
    return None


def _firm_rival(figure: Figure, fits: list[Fit]) -> Figure | None:
    """Return the archives' count of the same thing where an estimate is far from it."""
    if figure.standing != "estimate":
        return None
    for fit in fits:
        other = fit.figure
        same = other.counted == figure.counted and other.about in ((), figure.about)
        timely = not (figure.window and other.window) or _shares_time(figure.window, other.window)
        if other.standing == "archive" and same and timely and fit.cost <= SURE and other.value:
            ratio = figure.value / other.value
            return None if 1 / _APART < ratio < _APART else other
    return None


def _shares_time(one: Window, other: Window) -> bool:
    shared = one.shared(other)
    return shared * 2 >= one.days + other.days - shared


def _longer(figure: Figure, asked: Asked) -> bool:
    """Tell whether a figure is of a time much longer than, or apart from, the claim's."""
    theirs, window = figure.window, asked.window
    if theirs is None or window is None:
        return False
    spans = [m for m in asked.statement.moments if m.dated and m.form == "range"]
    if spans and not _shares_time(theirs, window) and theirs.days > _MONTH:
        return True
    return not figure.about or theirs.days > _ERA or not theirs.overlaps(window)


def _differs(
    asked: Asked, fit: Fit, near: Nearness, figures: Figures, claimed: Claimed
) -> Judgement:
    figure = fit.figure
    reason = f"Published: {wording.phrase(figure)}."
    evidence = [figure.id]
    mistaken = _mistaken_for(asked, figure, figures, claimed)
    if mistaken is not None:
        reason += f" {grouped(claimed.middle)} is another number: {wording.phrase(mistaken)}."
        evidence.append(mistaken.id)
    computed = ""
    if figure.value and claimed.middle:
        times = claimed.middle / figure.value
        computed = f"{grouped(claimed.middle)} / {grouped(figure.value)} = {times:.2f}"
    suggestion = f"Say {wording.amount(figure)}: {figure.states}."
    return _judgement(
        asked, VERDICT[near], reason, tuple(evidence), computed, suggestion, 1 - fit.cost
    )


def _mistaken_for(asked: Asked, right: Figure, figures: Figures, claimed: Claimed) -> Figure | None:
    """Return the figure that was taken for another: same value, same scene."""
    rows = figures.base.rows.figures
    for other in right.confused_with:
        if nearness(claimed, *_values(rows[other])) == "same":
            return rows[other]
    if claimed.digits < 2:
        return None
    for fit in figures.fits(asked, any_measure=True):
        if fit.figure.id != right.id and nearness(claimed, *_values(fit.figure)) == "same":
            return fit.figure
    return None


def _values(figure: Figure) -> tuple[float, float, float]:
    return figure.value, figure.low, figure.high


def _outdated(asked: Asked, fits: list[Fit], claimed: Claimed) -> Judgement | None:
    """An estimate that the archives replaced, or one only popular sites have, told as fact."""
    for fit in fits:
        figure = fit.figure
        if figure.standing in ("superseded", "popular") and fit.cost <= SURE:
            if _near(fit, claimed) not in ("same", "near"):
                continue
            reason = f"An estimate that the archives do not bear out: {wording.phrase(figure)}."
            return _judgement(asked, "contradicted", reason, (figure.id, *figure.confused_with))
    return None


def _judgement(
    asked: Asked,
    verdict: str,
    reason: str,
    evidence: tuple[str, ...],
    computed: str = "",
    suggestion: str = "",
    weight: float = 1.0,
) -> Judgement:
    quantity = asked.quantity
    return Judgement(
        quantity.start, quantity.end, "quantity", verdict, reason, evidence, computed,
        suggestion, weight,
    )  # fmt: skip
