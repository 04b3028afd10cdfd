"""How long somebody held a post that the text has named before."""

from __future__ import annotations

import re

from byname.claims.cases import possessive
from byname.claims.days import compare
from byname.claims.model import VERDICTS, Judgement
from byname.claims.moments import Moment
from byname.claims.offices import Offices, held, said
from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Office

_TOOK = re.compile(
    r"\b(?:took (?:over|charge|office|up)|was (?:appointed|named|made)|became|headed|led|ran"
    r"|(?:chief|head|commissar|post|office|charge) (?:from|since)"
    r"|in power (?:from|since)|in (?:charge|office) (?:from|since)|came to power|возглавил\w*"
    r"|стал)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:kept (?:the|his) (?:post|job)|left office|lost (?:the|his) (?:post|job)"
    r"|was (?:removed|dismissed|sacked|replaced|relieved)|resigned|fell from power)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:post|office|job|it|power|charge|chief|head|commissariat|пост\w*|должност\w*"
    r"|ведомств\w*)\b",
    re.IGNORECASE,
)


def judge_tenure(reading: Reading, statement: Statement, offices: Offices) -> Judgement | None:
    """Hold "kept the post until 1938", "headed it from 1934" against the tenure of the post.

    The post is the one spoken of before, or the only one of the person that the base has.
    """
    words = reading.words_of(statement)
    dated = [m for m in statement.moments if m.dated]
    people = [t for t in statement.terms("person") if not _whose(t, reading.text)]
    if not dated or len(people) != 1 or statement.terms("office") or not _POST.search(words):
        return None
    took, left = _TOOK.search(words), _left(words, dated[-1])
    offered = [
        o for pair, rows in offices.by_pair.items() if pair[0] == people[0].term for o in rows
    ]
    spoken = [o for o in offered if statement.reach.get(o.office, 9.0) < 1]
    near = spoken or _akin(offered, statement)
    if not (took or left):
        return None
    judged = []
    for office in near:
        ends = [(office.last, dated[-1])] if left else []
        if took and (not left or len(dated) > 1):
            ends.append((office.first, dated[0]))
        verdicts = [compare(moment, end) for end, moment in ends if end is not None]
        if verdicts:
            judged.append((min(verdicts, key=VERDICTS.index), office))
    if not judged:
        return None
    verdict, office = max(judged, key=lambda pair: VERDICTS.index(pair[0]))
    sure = len({v for v, _ in judged}) == 1 and len(judged) == len(near)
    if verdict != "supported" and not sure:
        return None
    says = "Agrees" if verdict == "supported" else "The time in office was another"
    place = Tag(dated[-1].start, dated[-1].end, people[0].term, people[0].kind)
    return said(place, office, verdict, f"{says}: {held(office)}.")


_TENURE = re.compile(r"[^\s]{0,4}\s+(?:tenure|rule|reign|term|time|years?)\b")


def _left(words: str, moment: Moment) -> bool:
    """Tell whether the last date is that of leaving: "until 1938", not "until Gorbachev"."""
    return moment.hedge in ("until", "by") or _LEFT.search(words) is not None


def _whose(tag: Tag, text: str) -> bool:
    """Tell whether a name only says whose: "his successor"."""
    if possessive(tag, text):
        return _TENURE.match(text, tag.end - 2) is None
    return tag.lent and text[tag.start : tag.end].lower() in ("his", "her")


def _akin(held: list[Office], statement: Statement) -> list[Office]:
    """Return the posts in a body that the text is on ("the NKVD ... headed it"), else all."""
    said = {part for term in statement.reach for part in term.split("-")}
    akin = [o for o in held if o.office.split("-")[0] in said]
    return akin or held
