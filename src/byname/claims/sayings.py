"""Quoted and reported words against the wordings the evidence base has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from byname.claims.days import compare
from byname.claims.model import Judgement
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import WORD, fold
from byname.claims.text import Quote
from byname.claims.views import pattern_cost
from byname.claims.wording import day
from byname.knowledge import Base, Quotation

_SAME = 84.0
_LIKE = 68.0
_SHORTEST = 3
"""A quotation of fewer words is a name or a term, not a saying."""
_LONG = 6


@dataclass(frozen=True, slots=True)
class _Wording:
    words: str
    quotation: Quotation
    why: str = ""
    verdict: str = ""


class Sayings:
    """The wordings of a base, folded for comparison."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.wordings: list[_Wording] = []
        for quotation in base.rows.quotations.values():
            for text in quotation.wordings:
                self.wordings.append(_Wording(_folded(text), quotation))
            for wrong in quotation.distortions:
                folded = _folded(wrong.text)
                self.wordings.append(_Wording(folded, quotation, wrong.why, wrong.verdict))

    def best(self, text: str, least: float) -> tuple[_Wording, float] | None:
        """Return the wording most like some words, None below ``least`` of a hundred."""
        folded = _folded(text)
        scored = [(w, _likeness(folded, w.words)) for w in self.wordings]
        scored = [(w, score) for w, score in scored if score >= least]
        return max(scored, key=lambda pair: pair[1]) if scored else None


def _folded(text: str) -> str:
    return " ".join(fold(m.group()) for m in WORD.finditer(text))


def _likeness(said: str, known: str) -> float:
    """Return 0 to 100. A part of a saying may be quoted; more than the saying may not."""
    if len(said) < len(known):
        whole = fuzz.ratio(said, known)
        return float(max(whole, fuzz.partial_ratio(said, known) - 2))
    return float(max(fuzz.ratio(said, known), fuzz.token_sort_ratio(said, known)))


def judge_quote(quote: Quote, reading: Reading, sayings: Sayings) -> Judgement | None:
    """Hold quoted words against the known sayings; None for a mere name or term in quotes."""
    words = reading.text[quote.inner_start : quote.inner_end]
    if len(WORD.findall(words)) < _SHORTEST:
        return None
    found = sayings.best(words, _LIKE)
    if found is None:
        if len(WORD.findall(words)) < _LONG:
            return None
        reason = "These words stand in no source we have; whether they were said is not decided."
        return Judgement(quote.start, quote.end, "quotation", "uncheckable", reason)
    return _judged(quote.start, quote.end, *found, reading)


def _judged(start: int, end: int, wording: _Wording, score: float, reading: Reading) -> Judgement:
    quotation = wording.quotation
    speakers = _named(start, reading)
    where = f"{_name(quotation.speaker, reading)}, {quotation.occasion or quotation.states}"
    if (
        speakers
        and quotation.speaker not in speakers
        and quotation.speaker in reading.base.rows.terms
    ):
        verdict, reason = "contradicted", f"The words are somebody else's: {where}."
    elif wording.verdict:
        verdict, reason = wording.verdict, wording.why or f"Not the wording of the source: {where}."
    elif quotation.standing != "attested":
        verdict = "contradicted" if speakers else "contested"
        reason = f"The saying is {quotation.standing}: {quotation.note or quotation.states}"
    elif score >= _SAME:
        verdict, reason = "supported", f"Attested: {where}."
    else:
        verdict, reason = "imprecise", f"The sense is attested, the wording is not: {where}."
    best = quotation.wordings[0] if quotation.wordings else quotation.states
    suggestion = "" if verdict == "supported" else f"Quote: “{best}” ({where})."
    return Judgement(
        start, end, "quotation", verdict, reason, (quotation.id,), suggestion=suggestion
    )


def _named(at: int, reading: Reading) -> set[str]:
    """Return who is named as the speaker: in the sentence before the words, else one back."""
    statement = next((s for s in reading.statements() if s.start <= at < s.end), None)
    if statement is None:
        return set()
    sentence = reading.sentences[statement.sentence]
    own = {t.term for t in sentence.tags if t.kind == "person"}
    if own:
        return own
    for before in reading.before(statement, 2):
        lent = {t.term for t in before.tags if t.kind == "person"}
        if lent:
            return lent
    return set()


def _name(who: str, reading: Reading) -> str:
    person = reading.base.rows.people.get(who)
    return person.name if person else who


def judge_lead_in(
    quoted: Judgement | None, statement: Statement, base: Base
) -> list[Judgement]:
    """Hold the date given for quoted words against the date of the quotation."""
    if quoted is None or not quoted.evidence:
        return []
    quotation = base.rows.quotations.get(quoted.evidence[0])
    if quotation is None or quotation.when is None:
        return []
    found = []
    for moment in statement.moments:
        if moment.dated:
            verdict = compare(moment, quotation.when)
            says = "Agrees" if verdict == "supported" else "It was said at another time"
            reason = f"{says}: {quotation.occasion or quotation.states}, {day(quotation.edtf)}."
            ids = (quotation.id,)
            found.append(Judgement(moment.start, moment.end, "date", verdict, reason, ids))
    return found


_SAID = re.compile(
    r"\b(?:said|says|told|declared|remarked|warned|boasted|insisted|wrote|announced|stated|claimed"
    r"|spoke|replied|demanded|famous\w*|quip\w*)\b|сказал\w*|заяви\w+|говори\w+|писал\w*",
    re.IGNORECASE,
)


def judge_reported(statement: Statement, reading: Reading, sayings: Sayings) -> Judgement | None:
    """Hold words reported without quotation marks against the gist of known sayings."""
    for quotation in sayings.base.rows.quotations.values():
        for pattern in quotation.gist:
            cost = pattern_cost(pattern, statement)
            if cost is None or cost > 0.3:
                continue
            return _gist(quotation, statement, reading, sayings)
    return None


def _gist(
    quotation: Quotation, statement: Statement, reading: Reading, sayings: Sayings
) -> Judgement:
    words = reading.words_of(statement)
    found = sayings.best(words, _LIKE)
    if found is not None and found[0].quotation.id == quotation.id and found[0].verdict:
        return _judged(statement.start, statement.end, *found, reading)
    speakers = _named(statement.start, reading)
    where = f"{_name(quotation.speaker, reading)}, {quotation.occasion or quotation.states}"
    if speakers and quotation.speaker not in speakers:
        verdict, reason = "contradicted", f"It was said by another: {where}."
    elif quotation.standing != "attested":
        verdict = "contradicted"
        reason = f"The saying is {quotation.standing}: {quotation.note or quotation.states}"
    else:
        verdict, reason = "supported", f"Attested: {where}."
    return Judgement(statement.start, statement.end, "quotation", verdict, reason, (quotation.id,))
