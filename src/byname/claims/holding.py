"""Views: whose a position is, and whether the text lays it at the right door."""

from __future__ import annotations

import re

from byname.claims.model import Judgement
from byname.claims.reading import Reading, Statement
from byname.knowledge import Position

DEBATED = re.compile(
    r"\bhistorians? (?:\w+ )?(?:disagree|differ|debate|argue over|are divided|quarrel|still argue)"
    r"|\b(?:debate[ds]?|debating|disput(?:e|ed|es)|controvers\w+|contested|open question"
    r"|unresolved|not agreed"
    r"|(?:some|several|a few|certain|other|many|most) (?:historians|scholars|specialists"
    r"|researchers|writers"
    r"|authors)|others (?:argue|hold|stress|see|think|believe)|opinions? (?:differ|divid)\w*"
    r"|one school"
    r"|the question (?:whether|of whether|remains)|remains (?:unclear|uncertain|open)"
    r"|divided over)\b"
    r"|спор\w*|историки (?:расход|не согласн|по-разному|раздел|до сих пор)\w*|дискусс\w+"
    r"|одни (?:историки"
    r"|исследователи|авторы)|(?:некоторые|многие|другие|часть) (?:историк|исследовател|автор)\w*"
    r"|другие (?:считают|полагают|видят)|до сих пор неясно|открыт\w+ вопрос|нет единого мнения"
    r"|полемик\w+"
    r"|расход\w+ во мнени\w+|мнения (?:историков )?(?:расход|раздел)\w+",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\b(?:whether|if it was|if he had|wonder\w* if)\b|\w+ ли\s", re.IGNORECASE)
_REJECTS = re.compile(
    r"\b(?:reject|den(?:y|ies|ied)\b|doubt|disput|dismiss|refut|question(?:s|ed)\b|challeng"
    r"|contradict"
    r"|criticis|criticiz|against the (?:view|idea|claim|theory|thesis)|sceptical|skeptical"
    r"|unconvinced"
    r"|disagree|does not (?:believe|accept|think|hold)|did not (?:believe|accept|think|hold)"
    r"|never (?:believ"
    r"|accept)|innocent)\w*"
    r"|\b(?:отверг|отрица|сомнева|опроверг|оспар|не считает|не верит|не согласен|не согласна)\w*",
    re.IGNORECASE,
)
AGREES = re.compile(
    r"\b(?:as (?:did|does|do)|so (?:did|does|do)|agree[sd]?|concur\w*|(?:thinks?|thought|said|says"
    r"|holds?"
    r"|held|believes?|believed) (?:so|the same|likewise)|shar(?:es|ed) (?:this|that|the|his"
    r"|her) (?:view"
    r"|opinion|thesis)|along (?:these|those|the same|similar) lines|(?:makes"
    r"|made) the same (?:point|case"
    r"|argument)|(?:this|that|it) is (?:also )?the (?:view|thesis|argument|position) of|too"
    r"|likewise)\b"
    r"|\bсоглас(?:ен|на|ны)\b|\bтак же (?:считает|думает|полагает)\b|\bтого же мнения\b",
    re.IGNORECASE,
)
"""Words by which somebody takes over the view of the clause before."""
_DISAGREES = re.compile(
    r"\b(?:disagree\w*|does not (?:agree|think so)|did not (?:agree|think so)|takes? the opposite"
    r"|denies"
    r"|denied (?:it|this)|rejects? (?:it|this))\b|\bне (?:согласен|согласна|согласны)\b",
    re.IGNORECASE,
)


def disagrees(words: str) -> bool:
    """Tell whether somebody is said not to share the view of the clause before."""
    return _DISAGREES.search(words) is not None


def judge_position(
    position: Position,
    speakers: frozenset[str],
    place: tuple[int, int],
    reading: Reading,
    statement: Statement,
    *,
    turned: bool = False,
) -> Judgement | None:
    """Hold a position against those it is laid to; None where it is only asked about.

    Args:
        position: the answer that the statement gives to an open question.
        speakers: who is named as holding it; empty where it is told as fact.
        place: the words that the statement rests on.
        reading: the text.
        statement: the statement.
        turned: told where the speakers are said to hold the contrary.

    """
    question = reading.base.rows.questions[position.question]
    others = [p for p in question.positions if p.id != position.id]
    sentence = reading.sentences[statement.sentence]
    lead = reading.text[sentence.start : place[0]]
    near = reading.text[statement.start : place[1]]
    asked = _WHETHER.search(lead) is not None
    turned = turned or (bool(speakers) and _REJECTS.search(near if not asked else "") is not None)
    elsewhere = frozenset().union(*(p.holders for p in others))
    ours = frozenset(position.holders)
    if turned and len(others) > 1 and not speakers & ours:
        return None  # who holds one of several answers need not deny another
    right, wrong = (elsewhere - ours, ours) if turned else (ours, elsewhere - ours)
    ids: tuple[str, ...] = (position.id, *(p.id for p in others))
    if asked or (not speakers and DEBATED.search(reading.words_of(sentence))):
        if not (DEBATED.search(reading.words_of(sentence)) or speakers):
            return None
        verdict, reason = "supported", f"Specialists do differ: {question.question}"
    elif speakers & right and not _listed_wrong(speakers & wrong, reading, statement):
        theirs = position if not turned else next(p for p in others if speakers & set(p.holders))
        verdict, reason = (
            "supported",
            f"So {names(reading, speakers & right)} holds: {theirs.states}",
        )
        ids = (theirs.id,)
    elif speakers & wrong:
        known = [position, *others]
        theirs = next(p for p in known if speakers & wrong & set(p.holders))
        verdict = "contradicted"
        reason = f"{names(reading, speakers & wrong)} holds another view: {theirs.states}"
    else:
        verdict = "contested"
        reason = f"{question.question} Told as fact, but specialists differ: "
        reason += " / ".join(p.states.rstrip(".") for p in question.positions[:4]) + "."
    suggestion = "" if verdict == "supported" else f"Say whose view it is: {question.question}"
    return Judgement(*place, "view", verdict, reason, ids[:5], suggestion=suggestion, weight=0.9)


def _listed_wrong(wrong: frozenset[str], reading: Reading, statement: Statement) -> bool:
    """Tell whether somebody is named beside the right one as if of the same mind."""
    tags = [t for t in statement.terms("person") if t.term in wrong]
    return any(
        re.search(
            r"\b(?:as did|as does|so did|and so does|and)\s+(?:\w+\s+){0,2}$",
            reading.text[max(statement.start, t.start - 30) : t.start],
        )
        for t in tags
    )


def names(reading: Reading, speakers: frozenset[str]) -> str:
    """Return the names of some speakers as running text."""
    people = reading.base.rows.people
    return ", ".join(sorted(people[who].name if who in people else who for who in speakers))
