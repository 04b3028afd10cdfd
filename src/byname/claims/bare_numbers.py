"""What a number in a sentence is: a count, one with companions, a whole taken for its part."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from byname.claims.arithmetic import Claimed
from byname.claims.held import OUTDATED, Held
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement
from byname.claims.scope import SURE, Figures, Fit, rank
from byname.knowledge import Figure

_DIFFERENCE = re.compile(
    r"\s*(?:people |men |persons )?(?:more|fewer|less|higher|lower) than\b", re.I
)
_OTHER_THINGS = re.compile(
    r"(?:\w+ ){0,2}?(?:volumes?|pages?|regions?|provinces?|cit(?:y|ies)|towns?|villages?|times"
    r"|sheets?|documents?|letters?|books?|metres?|meters?|kilomet\w+|miles?|pits?|hectares?|winters?|summers?"
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


def no_count(quantity: Quantity, text: str) -> bool:
    """Tell differences ("15 million more than") and years cut short ("in '41") from counts."""
    if _SHORT_YEAR.fullmatch(text[max(0, quantity.start - 1) : quantity.end]):
        return True
    if _OTHER_THINGS.match(quantity.noun):
        return True
    if _BY.search(text[max(0, quantity.start - 30) : quantity.start]):
        return True
    return bool(_DIFFERENCE.match(text, quantity.end)) and quantity.hedge != "more than"


def with_companions(
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
    r"\b(?:first(?! category)|initial\w*|original\w*|opening|at the start|started|began"
    r"|to begin with)\b"
    r"|первоначальн\w+|сначала|вначале",
    re.IGNORECASE,
)
_LATER = 0.4
_MONTH = 31


def of_the_stage(fits: list[Fit], words: str) -> list[Fit]:
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


def of_the_base(fits: list[Fit], quantity: Quantity, figures: Figures) -> list[Fit]:
    """Return the figures that are parts of the whole that a text names: "583 out of 899"."""
    if not quantity.base:
        return []
    rows = figures.base.rows.figures
    bases = [(fit, rows.get(fit.figure.base_id)) for fit in fits]
    return [fit for fit, row in bases if (row.value if row else fit.figure.base) == quantity.base]


_ALL = re.compile(
    r"\b(?:all|whole|every one|entire|все|всех)(?: of)?(?: the| its)?\s*$", re.IGNORECASE
)
_DONE = frozenset(
    ["shot", "death-sentences", "killed", "dead", "arrested", "repressed", "dismissed", "convicted"]
)


def all_of(held: Held, reading: Reading, fits: list[Fit]) -> Fit | None:
    """Return the part that a whole was taken for: "all 139 were shot", "the 767 killed".

    A number that is the size of the group is no count of what befell it, unless it befell all.
    """
    rows = held.figures.base.rows.figures
    if not held.asked.statement.terms("measure"):
        return None
    said_all = _ALL.search(reading.text[: held.asked.quantity.start][-20:])
    for fit in fits:
        figure = fit.figure
        base = rows[figure.base_id].value if figure.base_id else figure.base
        if base != held.claimed.middle or figure.counted not in _DONE or fit.cost > SURE:
            continue
        near = [f for f in fits if f.cost <= fit.cost + 0.05]
        if not said_all and any(f.figure.id == figure.base_id for f in near):
            continue  # the whole itself is what was counted
        if figure.value != base and figure.standing not in OUTDATED:
            return fit
    return None
