"""A counted number of the text against the figures that speak of the same thing."""

from __future__ import annotations

import re

from byname.claims.arithmetic import Claimed
from byname.claims.asked import Asked, asked_of
from byname.claims.bare_numbers import all_of, no_count, of_the_base, of_the_stage, with_companions
from byname.claims.held import COUNTS, OUTDATED, Held
from byname.claims.model import Judgement
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement
from byname.claims.scope import Figures, Fit
from byname.claims.telling import differs, doubted, not_theirs, of_something_else, outdated
from byname.claims.weighing import named_otherwise, recognised, weighed

_AFFIRMED = re.compile(
    r"\b(?:(?:have|has|had) (?:since )?(?:confirmed|borne out|proved|proven|vindicated)"
    r"|confirmed by|(?:is|was) (?:the )?(?:right|correct|true|accurate)"
    r"|proved (?:him |her )?right|turned out to be)\b",
    re.IGNORECASE,
)
"""Words that make an author's number a fact of the text's own."""
_DOUBTED = re.compile(
    r"[^.;:]{0,60}?\b(?:too (?:low|high|small|large)"
    r"|(?:exaggerat|undercount|underestimate|overestimate|overcount)\w*"
    r"|(?:is|was|are|were|be) (?:\w+ )?(?:inflated|incomplete|understated|overstated))"
    r"|[^.;:]{0,40}?\b(?:завыше|заниже|преувелич|преуменьш)\w*",
    re.IGNORECASE,
)
"""Words by which a text tells a number in order to deny it."""
_UNMISTAKABLE = 4
"""A number of so many digits tells which figure it is, whatever the text was on before."""


def judge_count(
    quantity: Quantity,
    statement: Statement,
    reading: Reading,
    figures: Figures,
    speakers: frozenset[str],
) -> Judgement | None:
    """Hold a count against the evidence; None where no figure speaks of the same thing."""
    if no_count(quantity, reading.text):
        return None
    asked = asked_of(quantity, statement, reading)
    fits = [fit for fit in figures.fits(asked) if fit.figure.unit in COUNTS]
    fits = of_the_stage(fits, reading.words_of(statement))
    judged = _judged(asked, fits, reading, figures, speakers)
    if judged is not None and _DOUBTED.match(reading.text, quantity.end, statement.end):
        return doubted(judged, fits, figures.base)
    return judged


def _judged(
    asked: Asked, fits: list[Fit], reading: Reading, figures: Figures, speakers: frozenset[str]
) -> Judgement | None:
    quantity, statement = asked.quantity, asked.statement
    plain = Held(asked, Claimed.of(quantity), figures)
    claimed = with_companions(plain.claimed, quantity, statement, reading)
    held = Held(asked, claimed, figures)
    if claimed.low > quantity.low and fits:
        alone = weighed(plain, fits)
        if alone is not None and alone.verdict == "supported":
            return alone
    if speakers and not _AFFIRMED.search(reading.words_of(statement)):
        owned = [fit for fit in fits if speakers & set(fit.figure.said_by)]
        if owned:
            return weighed(Held(asked, claimed, figures, attributed=True), owned)
        elsewhere = of_something_else(held, speakers)
        if elsewhere is not None:
            return elsewhere
    if (not asked.measures or asked.measure_lent) and claimed.digits < 2:
        return None
    return _unattributed(held, of_the_base(fits, quantity, figures) or fits, reading, speakers)


def _unattributed(
    held: Held, fits: list[Fit], reading: Reading, speakers: frozenset[str]
) -> Judgement | None:
    """Judge a number that no author named beside it put forward."""
    whole = all_of(held, reading, fits)
    if whole is not None:
        return differs(held, whole, held.near(whole))
    current = [fit for fit in fits if fit.figure.standing not in OUTDATED]
    judged = weighed(held, current) if current else None
    if judged is not None and judged.verdict == "supported":
        return not_theirs(held, judged, speakers) or judged
    by_itself = None if named_otherwise(held, fits) else recognised(held)
    if by_itself is not None and held.claimed.digits >= _UNMISTAKABLE:
        return by_itself
    return outdated(held, fits) or judged or by_itself
