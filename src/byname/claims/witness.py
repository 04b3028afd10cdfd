"""What an archive could be asked about the claims of a text, and what its answers change.

Pure: it says what to ask, and takes the answers; the asking is done by ``byname.testimony``.
Lists are partial, so how many records there are never speaks against a total: it is put beside
the claim with its coverage. A record's own date does speak about the person it names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from byname.claims.days import compare
from byname.claims.model import Checked, Cited, Claim
from byname.claims.moments import Moment
from byname.claims.reading import Reading, Statement, Stretch
from byname.claims.scope import NEUTRAL
from byname.claims.tagging import Tag
from byname.claims.wording import day
from byname.knowledge import Term, Window

DEEDS = {
    "shot": "executed", "killed": "executed", "arrested": "arrested", "convicted": "sentenced",
    "death-sentences": "sentenced", "sentenced": "sentenced", "tried": "sentenced",
    "rehabilitated": "rehabilitated", "born": "born", "died": "died",
}  # fmt: skip
"""Term of a measure or act -> what a record may date of a person."""

COUNTED = frozenset({"executed", "arrested", "sentenced"})
_FARTHEST = 0.5
"""How far away the time may be said that a count is of (see ``Reading.window``)."""
_A_MONTH = 28

_NAME = re.compile(r"[A-ZА-ЯЁ][\w'’-]+(?:\s+(?:[A-ZА-ЯЁ]\.\s?){0,2}[A-ZА-ЯЁ][\w'’-]+){1,3}")
_NAMED_KINDS = frozenset({"person", "place", "topic", "group", "body", "office"})
"""What has a term of such a kind is no name of somebody whom only an archive knows."""
_PRONOUN = re.compile(r"\W*(?:he|she|his|her|он|она|его|её|ее)\b", re.IGNORECASE)
_BEFELL = re.compile(
    r"(?:\b(?:was|were|been|being|be|is|are|got|had)\b(?:\s+\w+){0,2}\s*|[,(]\s*(?:and\s+)?"
    r"|\b(?:and|or|then|later)\s+)$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[\s,]*(?:(?:and|и)\s+)?")
_PASSIVE_END = ("н", "на", "но", "ны", "нный", "нная", "нные", "т", "та", "ты")


@dataclass(frozen=True, slots=True)
class CountAsked:
    """How many records date ``what`` within ``window``; of a nationality, at a place, if said."""

    claim: int
    what: str
    window: Window
    groups: tuple[Term, ...] = ()
    places: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Fate:
    """A date that a claim gives for what befell somebody."""

    what: str
    moment: Moment | None


@dataclass(frozen=True, slots=True)
class NameAsked:
    """Which records are of the person a claim names; ``known`` is told of persons of the base."""

    claim: int
    name: str
    born: int | None
    known: bool
    fates: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """A record: the evidence as it is shown, and its dates by what they date (EDTF, window)."""

    cited: Cited
    dates: dict[str, list[tuple[str, Window]]]


def counts_asked(checked: Checked, reading: Reading) -> Iterator[CountAsked]:
    """Yield what to count for the claims that count people."""
    for index, statements in _of_claims(checked, reading):
        asked = (_count(index, statement, reading) for statement in statements)
        found = dict.fromkeys(one for one in asked if one is not None)
        yield from found


def _count(index: int, statement: Statement, reading: Reading) -> CountAsked | None:
    counting = any(q.kind in ("count", "rate", "share") for q in statement.quantities)
    deeds = [DEEDS[t.term] for t in statement.terms("measure") if t.term in DEEDS]
    window, away = reading.window(statement)
    if not counting or window is None or away > _FARTHEST:
        return None
    if away and window.days < _A_MONTH:
        return None  # "on 30 July the order was signed. In all 386,798 were shot": not that day
    narrow = _narrow(statement, reading)
    if not deeds or deeds[0] not in COUNTED or narrow is None:
        return None
    groups = tuple(term for term in narrow if term.kind == "group")
    places = tuple(term for term in narrow if term.kind == "place")
    return CountAsked(index, deeds[0], window, groups, places)


def _narrow(statement: Statement, reading: Reading) -> list[Term] | None:
    """Return the groups and places a count is of; None where no list could say who is meant."""
    terms = reading.base.rows.terms
    around = reading.sentences[statement.sentence].tags
    kinds = ("group", "topic", "place")
    told = [t for t in around if t.kind in kinds and not t.inner and t.term not in NEUTRAL]
    own = [tag for tag in told if statement.holds(tag.start)]
    # No list says by which operation a person was killed, and what only the rest of the
    # sentence names ("111,091 of them") may or may not be meant here.
    if len(own) < len(told) or any(tag.kind == "topic" for tag in own):
        return None
    return [terms[known] for known in dict.fromkeys(tag.term for tag in own)]


def _of_claims(checked: Checked, reading: Reading) -> Iterator[tuple[int, list[Statement]]]:
    """Yield the statements that each claim lies in."""
    statements = list(reading.statements())
    ends = [statement.end for statement in statements]
    for index, claim in enumerate(checked.claims):
        found = []
        for at in range(bisect_right(ends, claim.start), len(statements)):
            if statements[at].start >= claim.end:
                break
            found.append(statements[at])
        yield index, found


def names_asked(checked: Checked, reading: Reading) -> Iterator[NameAsked]:
    """Yield whom to look for: those of whom a claim tells what befell them."""
    for index, statements in _of_claims(checked, reading):
        for statement in statements:
            deeds = [tag for tag in statement.tags if tag.term in DEEDS and not tag.inner]
            if not deeds or any(q.kind in ("count", "share") for q in statement.quantities):
                continue
            claim = checked.claims[index]
            for named in _subjects(statement, reading):
                if not named.lent and not claim.start <= named.start < claim.end:
                    continue  # of a statement cut into two claims, the other names him
                own = [deed for deed in deeds if _befell(deed, named, statement, reading)]
                if own:
                    yield _asked(index, named, own, statement, reading)


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    name: str
    term: str = ""
    lent: bool = False
    """Named before the statement, in which he is "he"."""


def _subjects(statement: Statement, reading: Reading) -> list[_Named]:
    """Return whom a statement may tell of; "he" is the one person named just before."""
    own = _named(statement, reading)
    if own or not _PRONOUN.match(reading.words_of(statement)):
        return own
    sentence = reading.sentences[statement.sentence]
    before = [one for one in _named(sentence, reading) if one.end <= statement.start]
    if not before:
        before = [one for s in reading.before(statement, 1) for one in _named(s, reading)]
    different = {one.term or one.name: one for one in before}
    return [replace(one, lent=True) for one in different.values()] if len(different) == 1 else []


def _named(stretch: Stretch, reading: Reading) -> list[_Named]:
    """Return the persons of the base and whatever else is written like a full name."""
    people = reading.base.rows.people
    found = [
        _Named(tag.start, tag.end, people[tag.term].name, tag.term)
        for tag in stretch.tags
        if tag.kind == "person" and not tag.inner and tag.term in people
    ]
    taken = [(t.start, t.end) for t in stretch.tags if t.kind in _NAMED_KINDS]
    for match in _NAME.finditer(reading.text, stretch.start, stretch.end):
        if all(match.end() <= a or b <= match.start() for a, b in taken):
            found.append(_Named(match.start(), match.end(), " ".join(match[0].split())))
    return sorted(found, key=lambda one: one.start)


def _befell(deed: Tag, named: _Named, statement: Statement, reading: Reading) -> bool:
    """Tell whether a deed was done to the one named, and not by him or to another."""
    text = reading.text
    if not named.lent:
        if named.start >= deed.end:
            between = text[deed.end : named.start]
            return re.fullmatch(r"\s+(?:of\s+)?(?:\w+\s+){0,2}", between) is not None
        if not _next_or_listed(deed, named, statement, reading):
            return False
    if deed.term in ("born", "died"):
        return True
    word = text[deed.start : deed.end].lower()
    if any("а" <= letter <= "я" for letter in word):
        return word.endswith(_PASSIVE_END)
    lead = text[max(statement.start, deed.start - 40) : deed.start]
    return _BEFELL.search(lead) is not None


def _next_or_listed(deed: Tag, named: _Named, statement: Statement, reading: Reading) -> bool:
    """Tell whether between a name and a deed stand only names of the same list."""
    others = _named(statement, reading)
    row = [named, *(o for o in others if named.end <= o.start and o.end <= deed.start)]
    return all(_LISTED.fullmatch(reading.text[a.end : b.start]) for a, b in pairwise(row))


def _asked(
    index: int, named: _Named, deeds: list[Tag], statement: Statement, reading: Reading
) -> NameAsked:
    events = reading.base.rows.events
    birth = events.get(f"{named.term}.born") if named.term else None
    born = birth.when.first.year if birth else None
    dated = [moment for moment in statement.moments if moment.dated]
    fates = []
    for deed in deeds:
        near = [m for m in dated if all(_gap(deed, m) <= _gap(d, m) for d in deeds)]
        nearest = min(near, key=lambda moment: _gap(deed, moment), default=None)
        fates.append(Fate(DEEDS[deed.term], nearest))
    return NameAsked(index, named.name, born, bool(named.term), tuple(fates))


def _gap(tag: Tag, moment: Moment) -> int:
    return max(moment.start - tag.end, tag.start - moment.end, 0)


def testify(
    checked: Checked,
    counts: Iterable[tuple[CountAsked, Cited]],
    names: Iterable[tuple[NameAsked, list[Witness]]],
) -> Checked:
    """Return the claims with the answers of an archive beside the evidence they had."""
    claims = list(checked.claims)
    for count, cited in counts:
        claims[count.claim] = _with(claims[count.claim], [cited])
    for asked, witnesses in names:
        claim = claims[asked.claim]
        judged = _judged(claim, asked, witnesses) if claim.verdict == "uncheckable" else claim
        claims[asked.claim] = _with(judged, [witness.cited for witness in witnesses])
    return Checked(checked.text, claims)


def _with(claim: Claim, cited: list[Cited]) -> Claim:
    return replace(claim, evidence=tuple(dict.fromkeys((*claim.evidence, *cited))))


def _judged(claim: Claim, asked: NameAsked, witnesses: list[Witness]) -> Claim:
    """Judge a dated fate that the evidence base left open by what the records date."""
    order = ("contradicted", "imprecise", "supported")
    found: list[tuple[str, str, str]] = []
    for fate in asked.fates:
        if fate.moment is None:
            continue
        said = [
            (compare(fate.moment, when), edtf, witness)
            for witness in witnesses
            for edtf, when in witness.dates.get(fate.what, ())
        ]
        if said:
            # Lists differ among themselves: the one nearest to the text decides.
            verdict, edtf, witness = max(said, key=lambda one: order.index(one[0]))
            where = f"{witness.cited.source} says: {fate.what} {day(edtf)}"
            found.append((verdict, where, f"Put: {fate.what} {day(edtf)}."))
    if not found:
        return claim
    verdict, where, suggestion = min(found, key=lambda one: order.index(one[0]))
    if verdict != "supported" and not _certain(asked, witnesses):
        reason = f"{where[:1].upper()}{where[1:]}, but that may be a namesake."
        return replace(claim, reason=f"The evidence base is silent here. {reason}")
    says = "agrees" if verdict == "supported" else "differs"
    reason = f"The evidence base is silent here; a record of the archive {says}: {where}."
    return replace(
        claim,
        kind="date",
        verdict=verdict,
        reason=reason,
        suggestion="" if verdict == "supported" else suggestion,
    )


def _certain(asked: NameAsked, witnesses: list[Witness]) -> bool:
    """Tell whether a record may speak against a text: two words of a name, once, may not."""
    return asked.known or len(asked.name.split()) > 2 or len(witnesses) > 1
