"""Who is said to say it: historians and others named beside a statement as its source."""

from __future__ import annotations

import re

from byname.claims.reading import Reading, Statement
from byname.claims.tagging import Tag
from byname.knowledge import Base

_REPORTED = re.compile(
    r"\b(?:accord\w+|argu\w+|claim\w*|estimat\w+|believ\w+|reckon\w*|calculat\w+|wr(?:ites?|ote"
    r"|itten)"
    r"|holds?|held|maintain\w*|suggest\w*|sa(?:ys|id)|states?|stated|conclud\w+|puts?|gives?|gave"
    r"|guess\w*|spoke|speaks|offer\w*|propos\w+|writing|persuaded|convinced|sees|saw|quoted|leans?"
    r"|leaned|inclin\w+|thinks?|thought|insist\w*|cit(?:es|ed|ing)|reports?|reported|told|tally"
    r"|views?"
    r"|thesis|books?|figures?|count(?:s|ed)?|for whom|arriv\w+|recommend\w*|finds?|found|has|have"
    r"|had"
    r"|range|hint\w*|rais(?:ed|es)|favou?r\w*|treats?|treated|regard\w*|considers?|considered"
    r"|interpret\w*"
    r"|explain\w*|blam\w+|stress\w*|emphasi\w+|portray\w*|describ\w+|presents?|presented|reads?"
    r"|traces?"
    r"|traced|attribut\w+|accept\w*|agree\w*|reject\w*|den(?:y|ies|ied)|doubt\w*|study|studies|work"
    r"|notes?|noted|points?|pointed|shows?|showed|assum\w+|supposes?|supposed|version|reading"
    r"|account)\b"
    r"|\bпо (?:мнению|данным|оценк\w+|подсч[её]т\w+|словам|версии|мысли|убеждению|утверждению"
    r"|свидетельству|расч[её]т\w+)|согласно|с точки зрения|счита\w+|сч[её]л\w*|утвержда\w+"
    r"|оценива\w+"
    r"|оценил\w*|пис\w+|написа\w+|полага\w+|называ\w+|назвал\w*|сказал\w*|заяв\w+|говори\w+"
    r"|подсчита\w+"
    r"|насчит\w+|привод\w+|указыва\w+|отмеча\w+|доказыва\w+|настаива\w+|убежд[её]н\w*|уверен\w*"
    r"|вид(?:ит|ел|ят)|да[её]т|цифра|объясня\w+|склон\w+|предполага\w+|держится|соглас(?:ен|на|ны)"
    r"|призна\w+|сообщ\w+|вспомина\w+|дума\w+",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\W*(?:himself\W+|herself\W+|later\W+|then\W+|also\W+|once\W+|had\W+|has\W+|publicly\W+|сам\W+"
    r"|позже\W+|потом\W+|even\W+|in \d{4}\W+|never\W+|did not\W+|only\W+|openly\W+|outright\W+"
    r"|\w+ly\W+){0,3}"
    r"(?:said|says|told|tells|claim|argu|believ|thought|thinks|wrote|writes|hint|stat(?:ed|es)\b"
    r"|suggest"
    r"|insist|declar|admit|alleg|den(?:y|ies|ied)\b|maintain|rais(?:ed|es)\b|report|conced"
    r"|concluded"
    r"|announc|recall|gave the|gives the|put the|puts the|cit(?:ed|es)\b|quot|reveal|accus|assert"
    r"|explain|blam|spoke|speaks|guess|held|holds|reckon|estimat|calculat|count(?:s|ed)\b|found\b"
    r"|finds\b"
    r"|sees\b|saw\b|treat|regard|consider|favou?r|lean|arriv|offer|propos|recommend|lower|revis"
    r"|agree|set"
    r"|was writing|was (?:convinced|sure|certain)|is (?:convinced|sure|certain)|stress|emphasi"
    r"|trac|сказал|говорил|заяв|писал|утвержда|считал|считает|полага|призна|намек|сообщ"
    r"|вспомина|назвал|объяв|дума)",
    re.IGNORECASE,
)
"""Whoever took part in events is their source only where he is said to speak."""
_HIS = re.compile(
    r"(?:his|her|его|е[её])\s+(?:\w+\s+){0,2}?(?:book|view|estimate|figure|account|opinion"
    r"|reckoning|eyes"
    r"|count|total|tally|article|thesis|reading|version|words|memoirs|мнени|словам|оценк|книг)",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"(?:according to|in the (?:words|view|opinion|eyes) of|(?:words|view|opinion|testimony"
    r"|memoirs?"
    r"|account|claim|allegation|suggestion) (?:of|by)|(?:said|says|wrote|writes|claimed|told by|по"
    r"|согласно|по (?:словам|мнению|данным|оценк\w+|подсч[её]т\w+|версии|утверждению"
    r"|свидетельству))"
    r")\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:\b(?:unlike|contrary to|against|(?:reject|disput|critici[sz]|contradict|challeng|refut"
    r"|dismiss"
    r"|question|doubt|answer|den(?:y|ies|ied))\w*|as opposed to|rather than|в отличие от|вопреки"
    r"|оспарива\w+"
    r"|критику\w+))\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Whoever stands after such words is the one contradicted, not the source."""


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
        held = {office.person for office in rows.offices.values()}
        self._actors = frozenset((self.known & held) | {"stalin"})
        """Those who made the history that others write."""

    def of(self, reading: Reading, statement: Statement) -> frozenset[str]:
        """Return who is named as the source of a statement; empty where it is told as fact."""
        sentence = reading.sentences[statement.sentence]
        own = self._sources(statement.tags, reading)
        if own:
            return own
        if not _REPORTED.search(reading.words_of(sentence)):
            return frozenset()
        near = [t for t in sentence.tags if not statement.holds(t.start)]
        before = [s for s in sentence.statements if s.end <= statement.start]
        for clause in reversed(before):
            found = self._sources([t for t in near if clause.holds(t.start)], reading)
            if found:
                return found
        after = [t for t in near if t.start >= statement.end]
        if _told_after(reading, statement):
            return self._sources(after, reading)
        return self._carried(reading, statement)

    def _carried(self, reading: Reading, statement: Statement) -> frozenset[str]:
        """Return the historian whom "he" means though others stand between."""
        sentence = reading.sentences[statement.sentence]
        people = any(t.kind == "person" and t.term not in self._actors for t in sentence.tags)
        if people or not _PRONOUN.search(reading.words_of(sentence)):
            return frozenset()
        if any(t.lent for t in sentence.tags):
            return frozenset()
        for before in reading.before(statement, 3):
            named = [tag.term for tag in before.tags if tag.kind == "person"]
            if named:
                return frozenset(named[:1]) & (self.known - self._actors)
        return frozenset()

    def _sources(self, tags: list[Tag], reading: Reading) -> frozenset[str]:
        """Return who of some names is a source, not a person of the story."""
        text = reading.text
        found = []
        for tag in tags:
            if tag.term not in self.known or tag.inner:
                continue
            lead = text[max(0, tag.start - 40) : tag.start]
            if _AGAINST.search(lead):
                continue
            speaks = _SAYS.match(text, tag.end) or _ACCORDING.search(lead)
            outsider = tag.term not in self._actors and not tag.lent
            if speaks or outsider or (tag.lent and _HIS.match(text, tag.start)):
                found.append(tag.term)
        return frozenset(found)


_AFTERWARDS = re.compile(
    r"[^.;]{0,12}?\b(?:sa(?:ys|id)|writes?|wrote|argues?|argued|according|thinks?|thought"
    r"|believes?|believed"
    r"|claims?|claimed|holds?|held|concluded?s?|reckons?|estimates?|suggests?|suggested|as|пишет"
    r"|считает"
    r"|полагает|писал|утверждает|по|утверждал)\b",
    re.IGNORECASE,
)


def _told_after(reading: Reading, statement: Statement) -> bool:
    """Tell whether the source follows what is said: "..., argues Werth"."""
    sentence = reading.sentences[statement.sentence]
    return _AFTERWARDS.match(reading.text, statement.end, sentence.end) is not None
