"""Quoted and reported words against the wordings the evidence base has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from byname.claims.cases import possessive
from byname.claims.days import compare
from byname.claims.model import Judgement
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import WORD, Tag, fold
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
    many = len(WORD.findall(words))
    if many < _LONG and _is_a_name(quote, reading):
        return None
    found = sayings.best(words, _LIKE)
    if found is not None and many < _LONG and _folded(words) not in found[0].words:
        found = None  # a likeness of a few words is chance
    if found is None:
        if len(WORD.findall(words)) < _LONG:
            return None
        reason = "These words stand in no source we have; whether they were said is not decided."
        return Judgement(quote.start, quote.end, "quotation", "uncheckable", reason)
    return _judged(quote.start, quote.end, *found, reading)


def _is_a_name(quote: Quote, reading: Reading) -> bool:
    """Tell whether quoted words are a term of the base: "the Great Terror"."""
    for sentence in reading.sentences:
        if sentence.holds(quote.start):
            return any(
                t.kind in ("topic", "group", "body")
                and t.start <= quote.inner_start + 4
                and quote.inner_end <= t.end + 1
                for t in sentence.tags
            )
    return False


def _judged(start: int, end: int, wording: _Wording, score: float, reading: Reading) -> Judgement:
    quotation = wording.quotation
    where = f"{_name(quotation.speaker, reading)}, {quotation.occasion or quotation.states}"
    verdict, reason = _of_standing(quotation, start, reading)
    if not verdict:
        verdict, reason = _of_speaker(quotation, start, where, reading, contested=wording.verdict)
    if verdict:
        pass
    elif wording.verdict:
        verdict, reason = wording.verdict, wording.why or f"Not the wording of the source: {where}."
    elif score >= _SAME:
        verdict, reason = "supported", f"Attested: {where}."
    else:
        verdict, reason = "imprecise", f"The sense is attested, the wording is not: {where}."
    best = quotation.wordings[0] if quotation.wordings else quotation.states
    suggestion = "" if verdict == "supported" else f"Quote: “{best}” ({where})."
    return Judgement(
        start, end, "quotation", verdict, reason, (quotation.id,), suggestion=suggestion
    )


def _of_standing(quotation: Quotation, at: int, reading: Reading) -> tuple[str, str]:
    """Return the verdict on a saying that is not attested; "" for one that is."""
    if quotation.standing == "attested":
        return "", ""
    why = f"The saying is {quotation.standing}: {quotation.note or quotation.states}"
    statement = next((s for s in reading.statements() if s.start <= at < s.end), None)
    words = ""
    if statement is not None:
        words = reading.words_of(reading.sentences[statement.sentence])
    if quotation.standing == "disputed":
        told = _HEARSAY.search(words) or _DEBUNKED.search(words)
        return ("supported" if told else "contested"), why
    if _DEBUNKED.search(words):
        return "supported", why
    named = speakers_of(at, reading)
    if named and named <= {quotation.speaker}:
        return "supported", why
    return ("contradicted" if named or quotation.standing == "misattributed" else "contested"), why


_DEBUNKED = re.compile(
    r"\b(?:attributed|misattribut\w+|ascribed|apocryphal|no (?:evidence|proof|source|record|trace)"
    r"|never"
    r" (?:said|wrote|uttered|spoke)|supposed\w*|allege\w*|put in(?:to)? (?:the|his) mouth"
    r"|does not come from"
    r"|invent\w+|falsely|legend\w*|myth\w*|spurious|fabricat\w+|did not say|did not write|actually"
    r"|wrongly"
    r"|cannot be traced|not found in)\b|приписыва\w+|апокриф\w*|не говорил\w*|никогда не|выдум\w+"
    r"|легенд\w*"
    r"|нет (?:доказательств|свидетельств|источника)|придума\w+|якобы|на самом деле",
    re.IGNORECASE,
)
"""Words by which a text says itself that a saying is nobody's, or another's."""
_HEARSAY = re.compile(
    r"\b(?:reported(?:ly)?|is said|are said|was said to|according to|supposedly|recalled|remembered"
    r"|memoirs?|told by|as .{2,30} (?:told|recalled)|rumou?r\w*|tradition)\b|по (?:словам"
    r"|рассказ\w+|преданию)"
    r"|будто|вспомина\w+",
    re.IGNORECASE,
)


def _of_speaker(
    quotation: Quotation, at: int, where: str, reading: Reading, contested: str
) -> tuple[str, str]:
    """Return the verdict on words laid to somebody who did not say them, else ""."""
    named = speakers_of(at, reading)
    if not named or quotation.speaker in named or quotation.speaker not in reading.base.rows.terms:
        return "", ""
    if contested == "contested":
        return "", ""
    return "contradicted", f"The words are somebody else's: {where}."


_SPEAKS = re.compile(
    r"['’]?s?\W*(?:\w+\W+){0,6}?(?:said|says|told|declar|remark|warn|boast|insist|wrote|writes"
    r"|announc|stat"
    r"|claim|spoke|repl|demand|quip|words?\b|phrase|dictum|saying|line\b|maxim|joke|add|ask|call"
    r"|conclud"
    r"|explain|shout|cried|toast|order|instruct|scrawl|note|compar|admit|put it|сказал|заяв|говори"
    r"|писал"
    r"|слова|фраз|произн|бросил|предупре|утвержда|требова|изр|обмолв|призна|напис)",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"(?:according to|in the words of|words? of|said|says|wrote|by|put it|(?:на)?писал|сказал"
    r"|говорил|словам|слова"
    r"|as)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


def speakers_of(at: int, reading: Reading) -> set[str]:
    """Return to whom words are laid: in their sentence, else one back."""
    statement = next((s for s in reading.statements() if s.start <= at < s.end), None)
    if statement is None:
        return set()
    sentence = reading.sentences[statement.sentence]
    inside = [q for q in reading.quotes if q.start <= at < q.end]
    for stretch in (sentence, *reading.before(statement, 2)):
        people = [
            t
            for t in stretch.tags
            if t.kind == "person"
            and not t.inner
            and not any(q.start < t.start < q.end for q in inside)
        ]
        speaking = [t for t in people if _speaks(t, reading.text)]
        if speaking:
            near = min(speaking, key=lambda t: abs(t.start - at))
            return {t.term for t in speaking} if stretch is not sentence else {near.term}
        if people:
            text = reading.text
            return {t.term for t in people if not possessive(t, text)}
    return set()


def _speaks(tag: Tag, text: str) -> bool:
    lead = text[max(0, tag.start - 30) : tag.start]
    return bool(_SPEAKS.match(text, tag.end, tag.end + 60) or _LEADS_IN.search(lead))


def _name(who: str, reading: Reading) -> str:
    person = reading.base.rows.people.get(who)
    return person.name if person else who


def judge_lead_in(quoted: Judgement | None, statement: Statement, base: Base) -> list[Judgement]:
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
    where = f"{_name(quotation.speaker, reading)}, {quotation.occasion or quotation.states}"
    verdict, reason = _of_standing(quotation, statement.start, reading)
    if not verdict:
        verdict, reason = _of_speaker(quotation, statement.start, where, reading, contested="")
    if not verdict:
        verdict, reason = "supported", f"Attested: {where}."
    elif verdict == "contested" and quotation.standing != "disputed":
        verdict = "contradicted"
    return Judgement(statement.start, statement.end, "quotation", verdict, reason, (quotation.id,))
