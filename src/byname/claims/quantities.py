"""Text -> quantities: counts, shares, rates, durations, each with hedge, noun and base."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from byname.claims.hedges import hedge_after, hedge_before
from byname.claims.moments import moments
from byname.claims.not_counts import NOT_COUNTS
from byname.claims.numerals import Numeral, numerals
from byname.claims.ranges import joined
from byname.claims.shares import Share, shares
from byname.claims.spans import Covered, Span, words_of
from byname.claims.units import RATE, multiples, rate_per, unit_after


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states: half-open range with hedge and unit, and what it means.

    ``low`` and ``high`` differ for ranges and vague words only; a hedge does not move them.
    ``value`` is their middle; of a share it is in per cent, of a duration in ``per``.
    ``exact`` is how many digits are significant, 0 for vague words.
    """

    start: int
    end: int
    low: float
    high: float
    value: float
    exact: int
    kind: str
    """count, share, rate, times, age, duration or money"""
    hedge: str = ""
    """"", about, at least, at most, more than, less than, nearly or range"""
    per: str = ""
    """Of a rate (or a share "annually"): day, week, month, year, hour; of a duration its unit."""
    noun: str = ""
    """The words right after, at most five, that say what is counted."""
    noun_span: Span = (0, 0)
    base: float | None = None
    """Of "98 of the 139 members": 139."""
    base_span: Span = (0, 0)
    whole: str = ""
    """Of a share: what it is a share of."""
    whole_span: Span = (0, 0)
    unit_span: Span = (0, 0)
    """The words of the rate, wherever they stand ("killed 1,500 citizens everyday")."""
    is_base: bool = False
    """It is the base of another quantity."""

    @property
    def share_of_base(self) -> float | None:
        """Return a count in per cent of its base, None without one."""
        return 100 * self.value / self.base if self.base and self.kind == "count" else None


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
    done = _with_rates(text, start, stop, done)
    for at, quantity in enumerate(done):
        ceiling = done[at + 1].start if at + 1 < len(done) else stop
        done[at] = _with_noun(text, quantity, min(ceiling, hidden.after(quantity.end, stop)))
    return _with_bases(text, start, done)


def _hedged(text: str, floor: int, ceiling: int, quantity: Quantity) -> Quantity:
    unit = None
    end, after = hedge_after(text, quantity.end, ceiling)
    if quantity.kind == "count":
        unit = unit_after(text, quantity.start, end, ceiling)
    kind, per = (unit.kind, unit.per) if unit else (quantity.kind, quantity.per)
    if unit:
        end = unit.end
        if not after:
            end, after = hedge_after(text, end, ceiling)
    begin, hedge = hedge_before(text, quantity.start, floor)
    if kind == "duration" and hedge in ("more than", "less than"):
        words = text[begin : quantity.start].lower().split()
        if words[:1] in (["over"], ["under"]):
            hedge, begin = "", quantity.start  # "over sixteen months" is during them
    if quantity.hedge == "range":
        hedge = "range"
    return replace(quantity, start=begin, end=end, kind=kind, per=per,
                   hedge=hedge or after)  # fmt: skip


_BREAK: Final = re.compile(
    r"[;:()!?\n]|\.\s|(?<!\w)(?:while|but|whereas|which|who|because|after|before|when|although|whom"
    r"|но|а|которы\w|когда|если)(?!\w)"
)
_NOT_A: Final = re.compile(
    r"(?<!\w)(?:for|in|of|within|after|than|only|once|twice|half|about|nearly|almost|over|spent|times"
    r"|was|is|such|quite|what)\s+$",
    re.IGNORECASE,
)


def _with_rates(text: str, start: int, stop: int, found: list[Quantity]) -> list[Quantity]:
    """Give the words that make a rate to the nearest count of the same clause."""
    ends = [quantity.end for quantity in found]
    hours: set[int] = set()
    for match in RATE.finditer(text, start, stop):
        close = match["close"] is not None
        if close and _NOT_A.search(text, max(start, match.start() - 10), match.start()):
            continue
        after = bisect_right(ends, match.start())
        if after < len(found) and found[after].start < match.end():
            hours.add(after)  # the "24 hours" of "every 24 hours"
        at = _rated(text, match, found, after, close)
        if at is not None:
            found[at] = _as_rate(text, found[at], match)
            ends[at] = found[at].end
    return [quantity for at, quantity in enumerate(found) if at not in hours]


def _as_rate(text: str, quantity: Quantity, match: re.Match[str]) -> Quantity:
    end = match.end() if not text[quantity.end : match.start()].strip() else quantity.end
    kind = "rate" if quantity.kind == "count" else quantity.kind
    return replace(
        quantity, end=max(end, quantity.end), kind=kind, per=rate_per(match), unit_span=match.span()
    )


_FAR: Final = 160


def _rated(
    text: str, match: re.Match[str], found: list[Quantity], after: int, close: bool
) -> int | None:
    """Return the index of the count that a rate belongs to, None when it belongs to none."""
    before = after - 1
    if before >= 0 and match.start() - found[before].end < _FAR:
        gap = text[found[before].end : match.start()]
        if found[before].kind == "share":
            return before if not gap.strip() else None
        near = len(gap.split()) <= (7 if close else 12) and not _BREAK.search(gap)
        if found[before].kind == "count" and near:
            return before
    if close or after >= len(found) or found[after].kind != "count":
        return None
    gap = text[match.end() : min(found[after].start, match.end() + _FAR)]
    return after if len(gap.split()) <= 8 and not _BREAK.search(gap) else None


_WORD: Final = re.compile(r"(?:\s+|(?<=\d)-)(?P<word>[^\W\d_][\w'’-]*)")
_OF: Final = re.compile(
    r"\s+(?:of|out\s+of|from\s+among|из|от)\s+(?:(?:the|all|these|those|its|his|their)\s+)?",
    re.IGNORECASE,
)
_TRAILING: Final = words_of(
    """of the in on at by to for from and or a an with as into were was are is had have been who
    which that when during than but out в на по из и с за к от или что был были было"""
)


def _with_noun(text: str, quantity: Quantity, ceiling: int) -> Quantity:
    if quantity.noun_span[1]:
        return replace(quantity, noun=text[slice(*quantity.noun_span)])
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


_NAMES: Final = r"(?:[^\W\d_][\w'’-]*\s+){0,4}?"
_BASE: Final = re.compile(
    rf"\s+(?:of\s+(?:the|its|his|their|these|those|all|some|a\s+total\s+of)?\s*|of\s+|{_NAMES}(?:out\s+of"
    rf"|from\s+among|из)\s+(?:the\s+|its\s+|all\s+|общего\s+числа\s+)?){_NAMES}",
    re.IGNORECASE,
)
_BASE_BEFORE: Final = re.compile(
    r"(?:[.;:(,—–]\s*|(?<!\w)that\s+|\n)(?:out\s+of|of|из)\s+(?:the\s+|its\s+|his\s+|(?P<these>these\s+)|all\s+)?$",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"[\w-]+s(?!\w)|people|men|women|clergy|человек")
_STOPS: Final = re.compile(
    r"(?<!\w)(?:in|on|by|who|which|were|was|and|or|for|at|to|и|в|были)(?!\w)"
)


def _with_bases(text: str, start: int, found: list[Quantity]) -> list[Quantity]:
    """Tie "98 of the 139 members" and "Of the 139 members, 98 were shot"."""
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        if two.kind == "count" and _is_part(text, one, two):
            named = two if two.noun else one
            found[at] = replace(one, base=two.value, base_span=(two.start, two.end),
                                noun=named.noun, noun_span=named.noun_span)  # fmt: skip
            found[at + 1] = replace(two, is_base=True)
        elif one.kind == "count" and one.base is None and _opens_base(text, start, one):
            _share_base(text, found, at)
    return found


def _is_part(text: str, one: Quantity, two: Quantity) -> bool:
    """Tell whether the first is told as so many of the second."""
    if one.kind != "share" and (one.kind != "count" or two.value <= one.value):
        return False
    gap = text[one.end : two.start]
    return len(gap) < 80 and bool(_BASE.fullmatch(gap)) and not _STOPS.search(gap)


def _opens_base(text: str, start: int, quantity: Quantity) -> bool:
    """Tell whether "Of the" stands before a number, at the beginning of a clause."""
    at = quantity.start
    before = text[max(start, at - 28) : at]
    match = _BASE_BEFORE.search(before if at - 28 > start else "\n" + before)
    # "Of these 503 were shot" tells a part, "of these 503 officers" a whole.
    return match is not None and (not match["these"] or _PLURAL.match(quantity.noun) is not None)


def _share_base(text: str, found: list[Quantity], at: int) -> None:
    """Give a base that opens a sentence to the smaller counts after it."""
    base = found[at]
    for later in range(at + 1, len(found)):
        quantity = found[later]
        gap = text[base.end : quantity.start]
        if len(gap) > 300 or _NEXT_SENTENCE.search(gap):
            return
        part = quantity.kind == "share" or (
            quantity.kind == "count" and quantity.value < base.value
        )
        if part and quantity.base is None:
            found[later] = replace(quantity, base=base.value, base_span=(base.start, base.end))
            found[at] = replace(base, is_base=True)


_NEXT_SENTENCE: Final = re.compile(r"[.!?]\s+[A-ZА-ЯЁ]|\n\n")
