"""Who is said to say it: historians and others named beside a statement as its source."""

from __future__ import annotations

import re

from byname.claims.reading import Reading, Statement
from byname.knowledge import Base

_REPORTED = re.compile(
    r"\b(?:accord\w+|argu\w+|claim\w*|estimat\w+|believ\w+|reckon\w*|calculat\w+|wr(?:ites?|ote|itten)"
    r"|holds?|held|maintain\w*|suggest\w*|sa(?:ys|id)|states?|stated|conclud\w+|puts?|gives?|gave"
    r"|guess\w*|spoke|speaks|offer\w*|propos\w+|writing|persuaded|convinced|sees|quoted"
    r"|thinks?|thought|insist\w*|cit(?:es|ed|ing)|reports?|reported|told|tally|view|thesis|book"
    r"|figures?|count(?:s|ed)?|for whom|arriv\w+|recommend\w*|finds?|found|has|have|had|range)\b"
    r"|по (?:мнению|данным|оценк\w+|подсч[её]т\w+|словам)|счита\w+|утвержда\w+|оценива\w+|пис\w+"
    r"|полага\w+|называ\w+|сказал\w*|заяви\w+|говори\w+|подсчита\w+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|they|their|он|она|его|е[её])\b", re.IGNORECASE)


class Speakers:
    """The people and bodies of a base to whom figures and views are owed."""

    def __init__(self, base: Base) -> None:
        rows = base.rows
        self._figures = {who for figure in rows.figures.values() for who in figure.said_by}
        self._views = {
            who
            for question in rows.questions.values()
            for position in question.positions
            for who in position.holders
        }
        known = rows.terms
        self.known = frozenset(who for who in self._figures | self._views if who in known)

    def of(self, reading: Reading, statement: Statement) -> frozenset[str]:
        """Return who is named as the source of a statement; empty where it is told as fact."""
        sentence = reading.sentences[statement.sentence]
        own = {tag.term for tag in statement.tags} & self.known - {"stalin"}
        if own:
            return frozenset(own)
        words = reading.words_of(sentence)
        near = {tag.term for tag in sentence.tags} & self.known - {"stalin"}
        if near and _REPORTED.search(words):
            return frozenset(near)
        people = any(tag.kind == "person" and tag.term != "stalin" for tag in sentence.tags)
        if people or not (_PRONOUN.search(words) and _REPORTED.search(words)):
            return frozenset()
        for before in reading.before(statement, 3):
            named = [tag.term for tag in before.tags if tag.kind == "person"]
            if named:
                return frozenset(named[:1]) & self.known
        return frozenset()
