"""Text -> quantities: counts, shares, rates, durations, each with hedge, noun and base."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from byname.claims.denials import denied
from byname.claims.hedges import hedge_after, hedge_before
from byname.claims.moments import moments
from byname.claims.not_counts import NOT_COUNTS
from byname.claims.numerals import Numeral, numerals
from byname.claims.parts import with_bases
from byname.claims.quantity import Quantity
from byname.claims.ranges import joined
from byname.claims.rated import with_rates, with_terms
from byname.claims.shares import Share, shares
from byname.claims.spans import Covered, Span, words_of
from byname.claims.units import Unit, multiples, unit_after

__all__ = ["Quantity", "quantities"]


def quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Return the quantities of ``text[start:end]`` in order, none overlapping another."""
    stop = len(text) if end is None else end
    hidden = Covered(
        [(moment.start, moment.end) for moment in moments(text, start, stop)]
        + [match.span() for match in NOT_COUNTS.finditer(text, start, stop)]
    )
    in_words = [s for s in shares(text, start, stop) if not hidden.touches(s.start, s.end)]
    taken = Covered(hidden.spans + [(share.start, share.end) for share in in_words])
    found: list[Quantity] = [_of_share(share) for share in in_words]
    for numeral, hedge, begin in joined(text, start, numerals(text, start, stop, taken.until)):
        found.append(_of_numeral(numeral, hedge, begin))
    found += [_of_factor(*times) for times in multiples(text, start, stop)]
    found = _apart(sorted(found, key=lambda q: (q.start, -q.end)))
    return _finished(text, start, stop, found, hidden)


def _of_share(share: Share) -> Quantity:
    return Quantity(share.start, share.end, share.low, share.high, (share.low + share.high) / 2,
                    int(share.low == share.high), "share", share.hedge,
                    noun_span=share.noun)  # fmt: skip


def _of_numeral(numeral: Numeral, hedge: str, begin: int) -> Quantity:
    middle = (numeral.low + numeral.high) / 2
    return Quantity(min(begin, numeral.start), numeral.end, numeral.low, numeral.high, middle,
                    numeral.digits, "count", "range" if numeral.vague else hedge)  # fmt: skip


def _of_factor(start: int, end: int, factor: float) -> Quantity:
    return Quantity(start, end, factor, factor, factor, 1, "times")


def _apart(found: list[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _finished(
    text: str, start: int, stop: int, found: list[Quantity], hidden: Covered
) -> list[Quantity]:
    """Give each quantity its hedge, unit, rate, noun and base."""
    floor, done = start, []
    for at, quantity in enumerate(found):
        ceiling = found[at + 1].start if at + 1 < len(found) else stop
        done.append(_hedged(text, floor, ceiling, quantity))
        floor = done[-1].end
    done = with_rates(text, start, stop, with_terms(text, done))
    for at, quantity in enumerate(done):
        ceiling = done[at + 1].start if at + 1 < len(done) else stop
        done[at] = _with_noun(text, quantity, min(ceiling, hidden.after(quantity.end, stop)))
    return denied(text, start, with_bases(text, start, done))


_NAMED: Final = re.compile(r"[A-ZА-ЯЁ][\w’'-]+,\s$")


def _is_age(text: str, quantity: Quantity) -> bool:
    """Tell whether a number is an age between commas: "Yezhov, 43, was"."""
    if quantity.value > 110 or not text.startswith(",", quantity.end):
        return False
    return _NAMED.search(text, max(0, quantity.start - 24), quantity.start) is not None


def _hedged(text: str, floor: int, ceiling: int, quantity: Quantity) -> Quantity:
    unit = None
    end, after = hedge_after(text, quantity.end, ceiling)
    if quantity.kind == "count":
        unit = unit_after(text, quantity.start, end, ceiling)
        if unit is None and _is_age(text, quantity):
            unit = Unit(end, end, "age", "year")
    kind, per = (unit.kind, unit.per) if unit else (quantity.kind, quantity.per)
    if unit:
        end = unit.end
        if not after:
            end, after = hedge_after(text, end, ceiling)
    begin, hedge = hedge_before(text, quantity.start, floor)
    if not hedge and not after and _ROUGHLY.search(text[quantity.start : quantity.end]):
        hedge = "about"
    if kind == "duration" and hedge in ("more than", "less than"):
        words = text[begin : quantity.start].lower().split()
        if words[:1] in (["over"], ["under"]):
            hedge, begin = "", quantity.start  # "over sixteen months" is during them
    if quantity.hedge == "range":
        hedge = "range"
    return replace(quantity, start=begin, end=end, kind=kind, per=per,
                   hedge=hedge or after)  # fmt: skip


# "Forty-odd thousand" and "тысяч сорок" are about forty thousand.
_ROUGHLY: Final = re.compile(
    r"[\s-]odd\b|^(?:тысячи?|миллион\w{1,2})(?:\s+(?!тысяч|\w+(?:ста|сти|сот))\w+){1,2}$",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"(?:\s+|(?<=\d)-)(?P<word>[^\W\d_][\w'’-]*)")
_OF: Final = re.compile(
    r"\s+(?:of|out\s+of|from\s+among|из|от)\s+(?:(?:the|all|these|those|its|his|their)\s+)?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"(?:\s*[:—–]|\s-)\s+(?:(?:that|this|such|so)\s+(?:is|was)\s+(?:how\s+many\s+)?)?"
    r"(?:(?:the|such\s+was\s+the)\s+(?:total\s+)?number\s+of\s+|(?:all\s+)?(?:the|those)\s+)?"
    r"(?:столько\s+|число\s+|количество\s+)?",
    re.IGNORECASE,
)
"""Between a number and what it counts: "681,692: the people shot in 1937-38"."""
_TRAILING: Final = words_of(
    """of the in on at by to for from and or a an with as into were was are is had have been who
    which that when during than but out в на по из и с за к от или что был были было"""
)


def _with_noun(text: str, quantity: Quantity, ceiling: int) -> Quantity:
    if quantity.noun_span[1]:
        who = text[slice(*quantity.noun_span)]
        return replace(quantity, noun=who, whole=who, whole_span=quantity.noun_span)
    unit = quantity.unit_span
    begin = max(quantity.end, 0)
    if unit[0] > quantity.end:
        ceiling = min(ceiling, unit[0])
    opening = _OF.match(text, begin, ceiling)
    if quantity.kind == "share":
        whole = _words(text, opening.end() - 1 if opening else begin, ceiling, 8)
        return replace(quantity, whole=text[slice(*whole)], whole_span=whole,
                       noun=text[slice(*whole)], noun_span=whole)  # fmt: skip
    noun = _words(text, opening.end() - 1 if opening else begin, ceiling, 5)
    label = None if noun[0] < noun[1] else _LABEL.match(text, begin, ceiling)
    if label is not None:
        noun = _words(text, label.end() - 1, ceiling, 5)
    return replace(quantity, noun=text[slice(*noun)], noun_span=noun)


def _words(text: str, start: int, stop: int, most: int) -> Span:
    """Return the range of the next words, without the little words at its end."""
    words: list[Span] = []
    at = start
    while len(words) < most and (match := _WORD.match(text, at, stop)):
        words.append(match.span("word"))
        at = match.end()
    while words and text[slice(*words[-1])].lower() in _TRAILING:
        words.pop()
    return (words[0][0], words[-1][1]) if words else (start, start)
