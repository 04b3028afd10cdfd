"""Statements in words against findings and open questions, by their patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from byname.claims.model import Judgement
from byname.claims.reading import SAME_SENTENCE, Reading, Statement
from byname.knowledge import Base, Finding, Pattern, Position

_NEGATION = re.compile(
    r"\b(?:not|never|nobody|none|neither|nor|no(?!\.? ?\d)|cannot|hardly|without)\b|n['’]t\b"
    r"|\b(?:не|никогда|никто|нет|ни|без|нельзя)\b",
    re.IGNORECASE,
)
_DEBATED = re.compile(
    r"\bhistorians? (?:\w+ )?(?:disagree|differ|debate|argue over|are divided|quarrel)"
    r"|\b(?:debate[ds]?|disputed?|controvers\w+|contested|open question|unresolved|not agreed"
    r"|some (?:historians|scholars|specialists)|others (?:argue|hold|stress|see|think))\b"
    r"|спор\w*|историки расход\w+|дискусс\w+|одни историки|некоторые историки",
    re.IGNORECASE,
)
_INFERENCE = re.compile(
    r"\W*(?:this|that|it|which|all this) (?:\w+ )?(?:shows?|demonstrates?|illustrates?|tells us|reveals?)\b"
    r"|\W*(?:это|что) (?:показывает|свидетельствует|говорит о)",
    re.IGNORECASE,
)
"""The author's comment on what was said before: no statement about the past of its own."""
_TOPIC_AWAY = 0.35
_LOOSEST = 0.75
"""A pattern whose parts stand further apart than this was not meant."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with what it makes of a statement that fits it."""

    pattern: Pattern
    verdict: str
    evidence: str
    reason: str
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that a statement fits: how loosely, and how much of it the statement itself says."""

    rule: Rule
    cost: float
    own: int

    @property
    def rank(self) -> tuple[float, str]:
        """Return the order of preference: more demands met, nearer."""
        return -(len(self.rule.pattern.says) - 1.5 * self.cost + 0.1 * self.own), self.rule.evidence


class Rules:
    """All patterns of a base, by the terms that can set them off."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.holders = {
            position.id: frozenset(position.holders)
            for question in base.rows.questions.values()
            for position in question.positions
        }
        self._by_term: dict[str, list[Rule]] = {}
        for rule in (*_of_findings(base), *_of_questions(base)):
            if not rule.pattern.says:
                continue
            rarest = min(rule.pattern.says, key=lambda e: (self._weight(e), len(e)))
            for term in rarest:
                self._by_term.setdefault(term, []).append(rule)

    def _weight(self, element: frozenset[str]) -> int:
        """Prefer words that name something to bare literals when a rule is filed."""
        return int(any(term.startswith("~") for term in element))

    def matches(self, statement: Statement) -> list[Match]:
        """Return the rules a statement fits, the best first."""
        found: list[Match] = []
        seen: set[int] = set()
        for term in statement.reach:
            for rule in self._by_term.get(term, ()):
                if id(rule) not in seen:
                    seen.add(id(rule))
                    match = _match(rule, statement, self.base)
                    if match is not None:
                        found.append(match)
        return sorted(found, key=lambda match: match.rank)


def _of_findings(base: Base) -> Iterator[Rule]:
    for finding in base.rows.findings.values():
        for pattern in finding.agrees:
            yield Rule(pattern, "supported", finding.id, f"{_stop(finding)}")
        for wrong in finding.contradicts:
            yield Rule(wrong.pattern, "contradicted", finding.id, wrong.because)
        for wrong in finding.blurs:
            yield Rule(wrong.pattern, "imprecise", finding.id, wrong.because)


def _stop(finding: Finding) -> str:
    return finding.states.rstrip(".") + "."


def _of_questions(base: Base) -> Iterator[Rule]:
    for question in base.rows.questions.values():
        for position in question.positions:
            for pattern in position.patterns:
                yield Rule(pattern, "contested", position.id, question.question, position)


def _all_near(rule: Rule, statement: Statement, base: Base) -> bool:
    """Tell whether a sentence itself says what it is to be borne out for.

    Only what it is on (an operation, a trial, a group) may come from the sentence before.
    """
    for element in rule.pattern.says:
        kinds = {base.rows.terms[t].kind for t in element if t in base.rows.terms}
        near = min(statement.reach.get(t, 9.0) for t in element)
        if near > (_TOPIC_AWAY if kinds & {"topic", "group", "place"} else SAME_SENTENCE):
            return False
    return True


def _names_here(rule: Rule, statement: Statement, base: Base) -> bool:
    """Tell whether the people and offices of a wrong statement are in its own sentence.

    "It was signed by Yezhov" is not wrong for having Stalin in the sentence before.
    """
    for element in rule.pattern.says:
        kinds = {base.rows.terms[t].kind for t in element if t in base.rows.terms}
        if kinds and kinds <= {"person", "office"}:
            if min(statement.reach.get(t, 9.0) for t in element) > SAME_SENTENCE:
                return False
    return True


def _match(rule: Rule, statement: Statement, base: Base) -> Match | None:
    cost = pattern_cost(rule.pattern, statement)
    if cost is None:
        return None
    reach = statement.reach
    if rule.verdict in ("contradicted", "imprecise") and not _names_here(rule, statement, base):
        return None
    if rule.verdict == "supported" and not _all_near(rule, statement, base):
        return None
    own = sum(any(reach.get(t) == 0.0 for t in element) for element in rule.pattern.says)
    return Match(rule, cost, own)


def pattern_cost(pattern: Pattern, statement: Statement) -> float | None:
    """Return how loosely a statement fits a pattern, None where it does not."""
    reach = statement.reach
    cost, own = 0.0, 0
    for element in pattern.says:
        near = min(reach.get(term, 9.0) for term in element)
        if near > 1:
            return None
        cost += near
        own += near == 0
    # What a statement must not say, it must not say itself; its neighbours may.
    if own == 0 or any(reach.get(term) == 0.0 for term in pattern.without):
        return None
    anchored = own >= 2 or own == len(pattern.says) or _says_something(pattern, statement)
    return cost if cost <= _LOOSEST and anchored else None


def _says_something(pattern: Pattern, statement: Statement) -> bool:
    """Tell whether the one demand met here is more than a name."""
    here = {tag.term for tag in statement.tags if tag.kind in ("act", "quality", "measure")}
    return any(here & element for element in pattern.says)


def judge_views(
    reading: Reading, statement: Statement, rules: Rules, speakers: frozenset[str]
) -> Judgement | None:
    """Hold a statement against findings and questions; None where it fits no pattern."""
    if _INFERENCE.match(reading.words_of(reading.sentences[statement.sentence])):
        return None
    matches = rules.matches(statement)
    if not matches:
        return None
    best = matches[0]
    words = reading.words_of(statement)
    if best.rule.position is None:
        return _settled(best, statement, words)
    return _open(matches, reading, statement, rules, speakers)


def _settled(match: Match, statement: Statement, words: str) -> Judgement:
    rule = match.rule
    verdict = rule.verdict
    denied = _NEGATION.search(words) and not _expects_denial(rule, words)
    if denied and verdict in ("supported", "contradicted"):
        verdict = {"supported": "contradicted", "contradicted": "supported"}[verdict]
    suggestion = "" if verdict == "supported" else rule.reason
    return Judgement(
        *_anchor(rule, statement), "statement", verdict, rule.reason, (rule.evidence,),
        suggestion=suggestion, weight=1 - match.cost / 2,
    )  # fmt: skip


def _anchor(rule: Rule, statement: Statement) -> tuple[int, int]:
    """Return the word of a statement that a rule rests on most: a deed rather than a name."""
    wanted = frozenset().union(*rule.pattern.says)
    here = [tag for tag in statement.tags if tag.term in wanted]
    if not here:
        return statement.start, statement.end
    tag = min(here, key=lambda t: (t.kind not in ("quality", "act", "measure"), -t.end))
    return tag.start, tag.end


def _expects_denial(rule: Rule, words: str) -> bool:
    """Tell whether a pattern's own words hold a denial, so that it is no contradiction."""
    forms = " ".join(term for element in rule.pattern.says for term in element)
    return bool(_NEGATION.search(forms))


def _open(
    matches: list[Match],
    reading: Reading,
    statement: Statement,
    rules: Rules,
    speakers: frozenset[str],
) -> Judgement:
    best = matches[0]
    position = best.rule.position
    assert position is not None
    question = reading.base.rows.questions[position.question]
    others = [p for p in question.positions if p.id != position.id]
    sentence = reading.words_of(reading.sentences[statement.sentence])
    elsewhere = frozenset().union(*(rules.holders[p.id] for p in others))
    ids: tuple[str, ...] = (position.id, *(p.id for p in others))
    if speakers & rules.holders[position.id]:
        verdict, reason = "supported", f"So {_names(reading, speakers)} holds: {position.states}"
        ids = (position.id,)
    elif speakers & elsewhere:
        verdict = "contradicted"
        theirs = next(p for p in others if speakers & rules.holders[p.id])
        reason = f"{_names(reading, speakers)} holds another view: {theirs.states}"
    elif _DEBATED.search(sentence):
        verdict, reason = "supported", f"Specialists do differ: {question.question}"
    else:
        verdict = "contested"
        reason = f"{question.question} Told as fact, but specialists differ: "
        reason += " / ".join(p.states.rstrip(".") for p in question.positions[:4]) + "."
    suggestion = "" if verdict == "supported" else f"Say whose view it is: {question.question}"
    return Judgement(
        *_anchor(best.rule, statement), "view", verdict, reason, ids[:5],
        suggestion=suggestion, weight=1 - best.cost / 2,
    )  # fmt: skip


def _names(reading: Reading, speakers: frozenset[str]) -> str:
    people = reading.base.rows.people
    return ", ".join(sorted(people[who].name if who in people else who for who in speakers))
