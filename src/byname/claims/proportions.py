"""A share of the text against published shares, and against counts divided by their bases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from byname.claims import wording
from byname.claims.arithmetic import VERDICT, Claimed, grouped, share_nearness
from byname.claims.asked import Asked, asked_of
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.rates import alike
from byname.claims.reading import SAME_SENTENCE, Reading, Statement
from byname.claims.scope import SURE, Figures, Fit, rank
from byname.claims.wholes import POINTING, citizens, whole_measures, whole_span
from byname.knowledge import Base, Figure, Window

_COUNTS = frozenset({"persons", "arrests", "deaths", "things"})
_WHOLES = ("convicted", "arrested", "repressed", "members", "limit-both", "defendants", "names",
           "dismissed", "death-sentences", "shot", "prisoners")  # fmt: skip
_BODIES = ("members", "population", "defendants", "names", "lists")
_CENSUS = 4
"""A census so many years off is not the population of the time."""
_FIRM = frozenset({"archive", "computed"})
_ENDS = frozenset({"shot", "death-sentences", "dead", "killed", "camp-sentences", "exiled"})
_NESTS: dict[str, frozenset[str]] = {
    "convicted": _ENDS,
    "arrested": _ENDS | {"convicted"},
    "repressed": _ENDS | {"convicted", "returned-alive", "arrested"},
    "members": _ENDS | {"convicted", "arrested", "repressed", "dismissed", "expelled"},
    "defendants": _ENDS | {"convicted"},
    "population": _ENDS | {"convicted", "arrested", "repressed", "died", "deported", "prisoners"},
    "prisoners": frozenset({"died", "shot", "prisoners"}),
    "deported": frozenset({"died", "dead"}),
    "dismissed": _ENDS | {"arrested", "reinstated", "convicted"},
    "names": _ENDS,
    "limit-both": frozenset({"limit-shot", "limit-camps"}),
    "lists": frozenset({"lists"}),
}
"""What can be a part of what: the shot are some of the convicted, the arrested are not."""
_SAME_TIME, _MOSTLY = 0.6, 0.5
_PARTS_COST = 0.12
"""A share worked out from two figures is a little less sure than one in print."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent, what it was worked out from, and how surely it is the one meant."""

    part: Figure
    per_cent: float
    low: float
    high: float
    cost: float
    computed: str = ""
    whole: Figure | None = None


def judge_share(
    quantity: Quantity,
    statement: Statement,
    reading: Reading,
    figures: Figures,
    speakers: frozenset[str] = frozenset(),
) -> Judgement | None:
    """Hold a share against the evidence; None where nothing of the kind is known."""
    asked = _of_part(asked_of(quantity, statement, reading), reading)
    if not asked.measures:
        return None
    fits = [f for f in figures.fits(asked) if f.figure.standing not in ("superseded", "popular")]
    fits = [f for f in fits if speakers & set(f.figure.said_by)] or fits
    shares = sorted(_shares(asked, fits, reading, figures), key=partial(_order, asked.window))
    if _vague(quantity):
        shares = [s for s in shares if _all_said(s.part, statement)]
    if not shares or shares[0].cost > SURE + 0.1:
        return None
    claimed = _unless_denied(Claimed.of(quantity), quantity, reading, statement)
    base = _base_named(asked)
    shares = [s for s in shares if base is None or _whole_of(s, reading.base) == base] or shares
    vague = "repressed" in asked.measures and asked.measures["repressed"] <= 0.1
    near = [s for s in shares if s.cost <= shares[0].cost + (0.4 if vague else 0.1)]
    judged = [(s, share_nearness(claimed, s.per_cent, s.low, s.high)) for s in near]
    agreeing = [pair for pair in judged if pair[1] in ("same", "near")]
    best, nearness = agreeing[0] if agreeing else judged[0]
    lent = {fit.figure.id for fit in fits if fit.lent}
    if not agreeing and (best.part.id in lent or (_vague(quantity) and best.whole is not None)):
        return None
    return _judgement(quantity, best, VERDICT[nearness], reading.base)


_DENIED = re.compile(
    r"\b(?:were|was|are|is|had|have|did)\s+not\b|\b(?:weren|wasn|didn|hadn)['’]t\b"
    r"|\bне (?:был|расстрел)",
    re.IGNORECASE,
)


def _unless_denied(
    claimed: Claimed, quantity: Quantity, reading: Reading, statement: Statement
) -> Claimed:
    """Turn "70 per cent were not shot" into the 30 that were."""
    if not _DENIED.search(reading.text, quantity.end, statement.end):
        return claimed
    return replace(claimed, low=100 - claimed.high, high=100 - claimed.low)


def _vague(quantity: Quantity) -> bool:
    """Tell "most", "the majority", "nobody" from shares that name a number."""
    return quantity.high - quantity.low >= _WIDE


def _all_said(figure: Figure, statement: Statement) -> bool:
    """Tell whether a statement itself names all that a figure is about."""
    reach = statement.reach
    return bool(figure.about) and all(
        min(reach.get(term, 9.0) for term in element) <= SAME_SENTENCE for element in figure.about
    )


_WIDE = 25.0


def _base_named(asked: Asked) -> float | None:
    """Return the number of a whole given by its number: "two thirds of those 767"."""
    if asked.quantity.base:
        return asked.quantity.base
    first, last = asked.quantity.whole_span
    for other in asked.statement.quantities:
        if other.kind == "count" and first <= other.start < last:
            return other.value
    digits = re.search(r"\b\d[\d,]*\b", asked.quantity.whole)
    return float(digits.group().replace(",", "")) if digits else None


def _whole_of(share: Share, base: Base) -> float | None:
    return share.whole.value if share.whole else _base_of(share.part, base)


def _order(window: Window | None, share: Share) -> tuple[float, int, bool, str]:
    firm = rank(share.part) + (rank(share.whole) if share.whole else 0)
    return round(share.cost, 2), firm, share.part.window != window, share.part.id


def _of_part(asked: Asked, reading: Reading) -> Asked:
    """Leave what the whole counts out of what the part counts."""
    whole = whole_measures(asked, reading)
    part = {m: cost for m, cost in asked.measures.items() if m not in whole}
    if part or not whole:
        return replace(asked, measures=part)
    first, last = whole_span(asked.quantity)
    terms = reading.base.rows.terms
    for tag in reading.sentences[asked.statement.sentence].tags:
        if tag.kind == "measure" and not tag.inner and not first <= tag.start < last:
            for step, measure in enumerate(terms[tag.term].stands_for or (tag.term,)):
                if measure not in whole:
                    part.setdefault(measure, 0.1 + 0.05 * step)
    # The same is counted twice: the share that one operation has in all executions.
    return replace(asked, measures=part) if part else asked


def _shares(asked: Asked, fits: list[Fit], reading: Reading, figures: Figures) -> Iterator[Share]:
    base = reading.base
    for fit in fits:
        figure = fit.figure
        if _of_population(figure, base) and not citizens(asked):
            continue
        if figure.unit == "per cent":
            cost = fit.cost + _other_base(figure, asked, reading)
            yield Share(figure, figure.value, figure.low, figure.high, cost)
        elif figure.unit in _COUNTS:
            whole = _base_of(figure, base)
            if whole:
                yield _divided(figure, whole, fit.cost + _other_base(figure, asked, reading), None)
    yield from _of_two(asked, fits, reading, figures)


def _of_population(figure: Figure, base: Base) -> bool:
    """Tell whether a figure is a share of the population: that must be said in words."""
    whole = base.rows.figures.get(figure.base_id)
    return whole is not None and whole.counted == "population"


def _base_of(figure: Figure, base: Base) -> float | None:
    if figure.base_id:
        return base.rows.figures[figure.base_id].value
    return figure.base


def _other_base(figure: Figure, asked: Asked, reading: Reading) -> float:
    """Return the cost of "a third of all officers" being a third of those dismissed."""
    if not figure.base_id:
        others = set(whole_measures(asked, reading)) - {figure.counted}
        named_here = _all_said(figure, asked.statement)
        return 0.25 if figure.unit == "per cent" and others and not named_here else 0.0
    counted = reading.base.rows.figures[figure.base_id].counted
    said = whole_measures(asked, reading)
    if counted in said:
        return 0.0
    if said or counted == "population":
        return 0.35
    if counted in ("members", "defendants", "lists", "names"):
        return 0.0
    named = asked.quantity.whole and not POINTING.match(asked.quantity.whole)
    return 0.35 if named else 0.05


def _divided(part: Figure, whole: float, cost: float, other: Figure | None) -> Share:
    share = 100 * part.value / whole
    shown = f"{grouped(part.value)} / {grouped(whole)} = {share:.1f} per cent"
    low, high = 100 * part.low / whole, min(100.0, 100 * part.high / whole)
    if other is not None and part.high > part.low * 1.3:
        low = high = share
    return Share(part, share, low, high, cost, shown, other)


def _of_two(asked: Asked, fits: list[Fit], reading: Reading, figures: Figures) -> Iterator[Share]:
    """Yield shares worked out from two counts of the same scene."""
    said = whole_measures(asked, reading)
    # "A third of all officers": of those there were, not of those dismissed or arrested.
    named = asked.quantity.whole and not POINTING.match(asked.quantity.whole)
    wholes = said or dict.fromkeys(_BODIES if named else _WHOLES, 0.1)
    same = set(said) == set(asked.measures) & set(said) and bool(said)
    parts = [f for f in fits if f.figure.unit in _COUNTS]
    parts = [f for f in parts if f.figure.counted not in said or (same and f.figure.about)]
    parts = [f for f in parts if f.cost <= SURE][:12]
    counts = [f for f in figures.spoken_of(asked.statement) if f.counted in wholes]
    for fit in parts:
        for whole in counts:
            if _fit_together(fit.figure, whole):
                cost = fit.cost + _PARTS_COST + wholes[whole.counted]
                yield _divided(fit.figure, whole.value, cost, whole)


def scene(figure: Figure) -> frozenset[frozenset[str]]:
    """Return what a figure is about, written-out words left aside: they only help to find it."""
    named = (frozenset(t for t in element if t[0] != "~") for element in figure.about)
    return frozenset(element for element in named if element)


def _fit_together(part: Figure, whole: Figure) -> bool:
    """Tell whether one figure can be a part of another: same scene, same time, smaller."""
    same = part.counted == whole.counted
    larger = whole.unit in _COUNTS and whole.value > part.value
    firm = whole.standing in _FIRM and part.standing in _FIRM
    nested = same or part.counted in _NESTS.get(whole.counted, ())
    if not (larger and firm and nested):
        return False
    if whole.counted == "population":
        years = 0
        if part.window and whole.window:
            years = abs(part.window.first.year - whole.window.first.year)
        return not part.about and not whole.about and years <= _CENSUS
    one_scene = part.about and not whole.about if same else scene(part) == scene(whole)
    if not one_scene:
        return False
    if part.window is None or whole.window is None:
        return True
    if same:
        return whole.window.holds(part.window) and alike(part.window, whole.window) >= _MOSTLY
    return alike(part.window, whole.window) >= _SAME_TIME


def _judgement(quantity: Quantity, share: Share, verdict: str, base: Base) -> Judgement:
    shown = f"{share.per_cent:.1f} per cent"
    evidence = [share.part.id]
    if share.whole is not None:
        evidence.append(share.whole.id)
    elif share.part.base_id:
        evidence.append(share.part.base_id)
    basis = f"{share.part.states}: {share.computed or wording.amount(share.part)}"
    says = "Agrees with" if verdict == "supported" else "Published:"
    suggestion = "" if verdict == "supported" else f"Say {shown}."
    return Judgement(
        quantity.start, quantity.end, "share", verdict, f"{says} {basis}.", tuple(evidence),
        share.computed, suggestion, 1 - share.cost,
    )  # fmt: skip
