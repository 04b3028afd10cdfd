"""Who "he", "her" and "both" are: the people named before, where only one reading is possible.

Each pronoun that can be told gets a tag of the person it means, so that whatever is asked of a
name can be asked of it. One that may mean two people gets none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from byname.claims.cases import possessive
from byname.claims.quotes import Quote
from byname.claims.tagging import Tag
from byname.knowledge import Base

_RU_DEEDS = (
    r"расстрел|арест|казн|убил|сняли|смени|замени|назнач|приговор|осуд|исключ|реабилит|обвин|судил"
    r"|сослал|высла|пытал|освобод|преемник|место|смерт|казн"
)
_PRONOUN = re.compile(
    rf"\b(?:(?P<he>he|(?P<him>him|himself|его(?=\s+(?:{_RU_DEEDS})))|his|он)|(?P<she>she|her|hers"
    rf"|herself|она)"
    r"|(?P<both>both(?! (?:\w+ )?(?:and|sides|parts|countries|cases|years|operations))"
    r"|the two(?: men)?(?= were| had| died)|the pair|оба)"
    r"|(?P<they>they|они))\b",
    re.IGNORECASE,
)
_FEMALE = frozenset(
    "amy sheila anne ann catherine wendy lynne margarete golfo roberta ida nadezhda".split()  # noqa: SIM905
)
_MALE_IN_A = frozenset(
    "nikita ilya luka foma savva kuzma jonah mustafa danila gleb oka".split()  # noqa: SIM905
)
_OBLIQUE = re.compile(
    r"(?:\b(?:of|by|with|under|to|from|for|against|about|on|than|like|between|at|in|behind|around"
    r"|without|after|before|over|near|beside|как|у|с|со|к|от|для|против|при|после|до|о|об)"
    r"(?:\s+(?!and\b)[a-z’'-]+){0,2}|and)\s+$"
)
_SOMEBODY = re.compile(
    r"(?<!was )(?<!is )(?<!as )(?<!became )(?<!been )(?<!, )\b(?:the|an?|my|our|his|her"
    r"|[a-z]+['’]s)\s+"
    r"(?:\w+\s+){0,2}?(?:gunman|assassin|killer|murderer|guard|bodyguard|driver|husband|wife|son"
    r"|daughter|father|mother|brother|sister|man|woman|boy|girl|friend|teacher|professor|poet"
    r"|engineer|worker|peasant|priest|bishop|(?:great-?)?grandfather|grandmother|uncle|aunt|widow"
    r"|colleague|neighbour|neighbor|clerk|investigator|interrogator|soldier|reader|student|author"
    r"|prisoner|deputy|successor|predecessor|cousin|doctor|novelist)\b(?!,? (?-i:[A-ZА-ЯЁ]))",
    re.IGNORECASE,
)
"""Somebody without a name of whom a pronoun may be said."""
_NAME = re.compile(
    r"\b(?!(?:The|In|On|At|By|For|After|Before|When|While|As|From|But|And|Only|Even|Both|During"
    r"|Under"
    r"|Although|Though|Since|Until|Like|Unlike|With|To|Of|That|This|Then|Soviet|Red|Great|В|На|По"
    r"|При"
    r"|После|Когда|И)\b)[A-ZА-ЯЁ][a-zа-яё’]+\s+(?:[A-ZА-ЯЁ]\.\s?)?"
    r"(?!Union|Committee|Army|Party|Court|Collegium|Politburo|War|Trials?|Bureau|Congress|Plenum"
    r"|Street|University|Press|Front|Revolution|Order|Operation|Council)[A-ZА-ЯЁ][a-zа-яё’-]+\b"
)
_BACK = 3
_FORWARD = re.compile(r"\W*(?:in|by|at|after|before|for|with|despite|when|although|though|until)\b")
_ANOTHER = re.compile(
    r"(?:him\b|his (?:place|successor|predecessor|post|office|job)\b)(?!self)", re.IGNORECASE
)
"""Words that mean somebody else than the subject of their own clause."""
_MOST = 4
"""More people than this are a list, not "they"."""


@dataclass(slots=True)
class _Spoken:
    """The people of a sentence so far, and whether somebody unknown is in it as well."""

    start: int
    people: list[Tag] = field(default_factory=list)
    strangers: bool = False
    counted: bool = False


class Pronouns:
    """Finds out whom the pronouns of a text mean."""

    def __init__(self, base: Base) -> None:
        self._women = {p.id for p in base.rows.people.values() if _is_woman(p.name)}
        self._known = frozenset(base.rows.people)

    def resolved(
        self, text: str, tags: list[Tag], sentences: list[tuple[int, int]], quoted: list[Quote]
    ) -> Iterator[Tag]:
        """Yield a tag for every person whom a pronoun of the text means."""
        people = [t for t in tags if t.term in self._known and not t.inner]
        longer = sorted(
            {(t.start, t.end) for t in tags if t.kind in _NAMES and not t.term.startswith("~")}
        )
        people = [t for t in people if not _within(t, longer)]
        starts = [t.start for t in people]
        all_starts = [t.start for t in tags]
        before: list[_Spoken] = []
        for start, end in sentences:
            here = tags[bisect_left(all_starts, start) : bisect_left(all_starts, end)]
            inside = [q for q in quoted if q.start < end and start < q.end]
            named = people[bisect_left(starts, start) : bisect_left(starts, end)]
            spoken = _Spoken(start, strangers=_strangers(text[start:end], start, here))
            for found in _PRONOUN.finditer(text, start, end):
                if any(q.start < found.start() < q.end for q in inside):
                    continue
                spoken.people += [
                    t for t in named if t.end <= found.start() and t not in spoken.people
                ]
                for who in self._meant(found, spoken, before, text, named):
                    tag = Tag(found.start(), found.end(), who.term, who.kind, lent=True)
                    spoken.people.append(tag)
                    yield tag
            spoken.people += [t for t in named if t not in spoken.people]
            spoken.people.sort(key=lambda t: t.start)
            before = [*before[-_BACK + 1 :], spoken]

    def _meant(
        self,
        found: re.Match[str],
        spoken: _Spoken,
        before: list[_Spoken],
        text: str,
        named: list[Tag],
    ) -> list[Tag]:
        if found["both"] or found["they"]:
            return self._all(found, spoken, before)
        woman = found["she"] is not None
        own = [t for t in spoken.people if (t.term in self._women) == woman]
        not_him = own[-1].term if own and _ANOTHER.match(text, found.start()) else ""
        own = [t for t in own if t.term != not_him]
        besides = bool(own) and found["him"] is None and all(_oblique(t, text) for t in own)
        if own and not besides:
            return _one(own, text)
        if spoken.strangers and _SOMEBODY.search(text, spoken.start, found.start()):
            return []
        if _FORWARD.match(text[spoken.start : found.start()].lower()) and any(
            0 < t.start - found.end() < 60 and (t.term in self._women) == woman for t in named
        ):
            return []  # "In his memoirs Khrushchev wrote"
        for earlier in reversed(before):
            of_kind = [t for t in earlier.people if (t.term in self._women) == woman]
            of_kind = [t for t in of_kind if t.term != not_him]
            if earlier.strangers or of_kind:
                heads = [] if earlier.strangers else _one(of_kind, text)
                return heads or (_one(own, text) if besides else [])
        return _one(own, text)

    def _all(self, found: re.Match[str], spoken: _Spoken, before: list[_Spoken]) -> list[Tag]:
        if spoken.people or not before or before[-1].strangers:
            return []
        different = list({t.term: t for t in before[-1].people}.values())
        fits = len(different) == 2 if found["both"] else 2 <= len(different) <= _MOST
        return different if fits else []


def _is_woman(name: str) -> bool:
    words = name.lower().replace("(", " ").replace(")", " ").split()
    if any(w.endswith(("ovna", "evna", "ichna")) for w in words):
        return True
    if any(w.endswith(("ovich", "evich", "yich")) for w in words[1:2]):
        return False
    first = words[0] if words else ""
    return first in _FEMALE or (first.endswith("a") and first not in _MALE_IN_A)


def _one(people: list[Tag], text: str) -> list[Tag]:
    """Return the only one who can be meant: the subject, where others are spoken of besides."""
    if len({t.term for t in people}) == 1:
        return people[:1]
    heads = [t for t in people if not _oblique(t, text)]
    return heads[:1] if len({t.term for t in heads}) == 1 else []


def _oblique(tag: Tag, text: str) -> bool:
    """Tell whether a person is spoken of beside the subject: "under Stalin", "Stalin's rule"."""
    if tag.lent:
        return False
    before = text[max(0, tag.start - 30) : tag.start]
    return _OBLIQUE.search(before) is not None or possessive(tag, text)


_NAMES = frozenset({"quality", "topic", "body", "group", "place", "office"})


_LONGEST = 150
"""No name is longer, in characters."""


def _within(tag: Tag, longer: list[tuple[int, int]]) -> bool:
    """Tell whether a name is part of another: "the Stalin era", "the Kirov factory"."""
    size = tag.end - tag.start
    first = bisect_left(longer, (tag.start - _LONGEST, 0))
    last = bisect_left(longer, (tag.start + 1, 0))
    return any(tag.end <= b and b - a > size for a, b in longer[first:last])


def _strangers(words: str, at: int, tags: list[Tag]) -> bool:
    """Tell whether a sentence tells of somebody whom the base does not know."""
    if _SOMEBODY.search(words):
        return True
    near = [(t.start - at, t.end - at) for t in tags]
    return any(all(m.end() <= a or b <= m.start() for a, b in near) for m in _NAME.finditer(words))
