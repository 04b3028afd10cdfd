"""Statements in words against findings and open questions, by their patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from byname.claims.holding import AGREES, disagrees, judge_position
from byname.claims.model import VERDICTS, Judgement
from byname.claims.moments import Moment, moments
from byname.claims.negation import denied
from byname.claims.reading import SAME_SENTENCE, Reading, Statement
from byname.claims.scope import NEUTRAL
from byname.claims.tagging import Tag
from byname.knowledge import Base, Finding, Pattern, Position

_INFERENCE = re.compile(
    r"\W*(?:this|that|it|which|all this) (?:\w+ )?(?:shows?|demonstrates?|illustrates?|tells us"
    r"|reveals?)\b"
    r"|\W*(?:всё |все )?(?:это|что) (?:показывает|свидетельствует|говорит|доказывает)"
    r"|\W*(?:отсюда (?:следует|видно)|из этого следует|таким образом)",
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
    def rank(self) -> tuple[float, int, str]:
        """Return the order of preference: more demands met, nearer; of equals, the special one.

        Patterns of what is wrong say more than those of what is right.
        """
        score = len(self.rule.pattern.says) - 1.5 * self.cost + 0.1 * self.own
        return -score, VERDICTS.index(self.rule.verdict), self.rule.evidence


_COMMON = frozenset(
    [
     "of", "in", "by", "was", "were", "and", "the", "to", "at", "on", "with", "not", "no", "from",
     "for", "all", "most", "two", "years", "year", "had", "has", "been", "is", "are", "people",
     "only", "after", "before", "first", "one", "his", "he", "that", "as", "who", "which", "more",
     "about", "than", "under", "into", "it", "them", "their", "men", "death", "killed", "shot",
     "arrested", "executed", "deaths", "many", "some", "also", "during", "later", "called", "said",
     "wrote", "between", "years", "days",
    ]
)  # fmt: skip
_COMMON_COST = 60


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
            rarest = min(rule.pattern.says, key=self._commonness)
            for term in rarest:
                self._by_term.setdefault(term, []).append(rule)

    def _commonness(self, element: frozenset[str]) -> int:
        """Return how often words of an element may be met: a rule is filed by its rarest."""
        forms = [form for term in element for form in self.base.rows.terms[term].forms]
        return sum(_COMMON_COST if form in _COMMON else 1 + 2 * (" " not in form) for form in forms)

    def matches(self, statement: Statement) -> list[Match]:
        """Return the rules a statement fits, the best first."""
        # Sorted, so that rules of equal rank stand in the same order every time.
        said = sorted(statement.reach.keys() & self._by_term.keys())
        filed = (self._by_term[term] for term in said)
        rules = {id(rule): rule for shelf in filed for rule in shelf}
        found = (_match(rule, statement, self.base) for rule in rules.values())
        return sorted((match for match in found if match is not None), key=lambda m: m.rank)


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
        if near > (_TOPIC_AWAY if kinds & {"topic", "group", "place", "body"} else SAME_SENTENCE):
            return False
    return True


def _somebody(statement: Statement) -> bool:
    return any(not tag.lent for tag in statement.terms("person"))


def _names_here(rule: Rule, statement: Statement, base: Base) -> bool:
    """Tell whether the people and offices of a wrong statement are in its own sentence.

    "It was signed by Yezhov" is not wrong for having Stalin in the sentence before.
    """
    for element in rule.pattern.says:
        kinds = {base.rows.terms[t].kind for t in element if t in base.rows.terms}
        others = rule.position is not None and "person" in kinds and _somebody(statement)
        asked = bool(kinds) and (others or kinds <= {"person", "office"})
        if asked and min(statement.reach.get(t, 9.0) for t in element) > SAME_SENTENCE:
            return False
    return True


def _match(rule: Rule, statement: Statement, base: Base) -> Match | None:
    cost = pattern_cost(rule.pattern, statement)
    if cost is None:
        return None
    reach = statement.reach
    if rule.verdict != "supported" and not _names_here(rule, statement, base):
        return None
    if rule.verdict in ("contradicted", "imprecise") and _elsewhere(rule, statement, base):
        return None
    if rule.verdict == "supported" and not _all_near(rule, statement, base):
        return None
    own = sum(any(reach.get(t) == 0.0 for t in element) for element in rule.pattern.says)
    return Match(rule, cost, own)


def pattern_cost(pattern: Pattern, statement: Statement) -> float | None:
    """Return how loosely a statement fits a pattern, None where it does not."""
    reach = statement.reach
    cost, own = 0.0, 0
    said = reach.keys()
    for element in pattern.says:
        here = element & said
        if not here:
            return None
        near = min(reach[term] for term in here)
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


_SCENES = frozenset({"topic", "place"})


def _elsewhere(rule: Rule, statement: Statement, base: Base) -> bool:
    """Tell whether a wrong statement's scene is lent while the clause names another.

    What is said of the White Sea canal is not said of Kolyma, spoken of before.
    """
    own = {t.term: base.widened(t.term) for t in statement.terms("topic", "place")}
    for element in rule.pattern.says:
        kinds = {base.rows.terms[t].kind for t in element if t in base.rows.terms}
        if not kinds or not kinds <= _SCENES or any(t not in base.rows.terms for t in element):
            continue
        lent = min(statement.reach.get(t, 9.0) for t in element) > SAME_SENTENCE
        rival = [
            term
            for term, wider in own.items()
            if base.rows.terms[term].kind in kinds and not wider & element and term not in NEUTRAL
        ]
        if lent and rival:
            return True
    return False


def judge_views(
    reading: Reading, statement: Statement, rules: Rules, speakers: frozenset[str]
) -> Judgement | None:
    """Hold a statement against findings and questions; None where it fits no pattern."""
    if _INFERENCE.match(reading.words_of(reading.sentences[statement.sentence])):
        return None
    matches = rules.matches(statement)
    taken = _taken_over(reading, statement, rules, speakers)
    if taken is not None and not any(m.rule.position is None and m.own > 1 for m in matches):
        return taken
    if not matches:
        return None
    matches = [m for m in matches if not _misdated(m.rule, statement)]
    if not matches:
        return None
    best = _theirs(matches, speakers)
    if best.rule.position is None:
        return _settled(best, statement, reading)
    place = _anchor(best.rule, statement)
    return judge_position(best.rule.position, speakers, place, reading, statement)


@cache
def _dates(words: str) -> tuple[Moment, ...]:
    return tuple(moment for moment in moments(words) if moment.dated)


def _misdated(rule: Rule, statement: Statement) -> bool:
    """Tell a right statement put to a day or month that its finding does not tell of.

    That Bukharin stood trial in March 1938 does not bear out that he did in May.
    """
    told = [m for m in statement.moments if m.dated and m.precision in ("day", "month")]
    if rule.verdict != "supported" or not told:
        return False
    dates = _dates(rule.reason)
    resting = frozenset().union(*rule.pattern.says)
    spans = [(t.start, t.end) for t in statement.tags if t.term in resting]
    if any(m.start < b and a < m.end for m in told for a, b in spans):
        return False
    return bool(dates) and not any(
        m.first <= date.last and date.first <= m.last for m in told for date in dates
    )


_NEARLY = 1.0


def _theirs(matches: list[Match], speakers: frozenset[str]) -> Match:
    """Return the best match; of several answers nearly as near, the one its speaker gives."""
    best = matches[0]
    if best.rule.position is None or not speakers:
        return best
    for match in matches:
        position = match.rule.position
        if match.rank[0] > best.rank[0] + _NEARLY:
            break
        if position is not None and speakers & frozenset(position.holders):
            return match
    return best


def _taken_over(
    reading: Reading, statement: Statement, rules: Rules, speakers: frozenset[str]
) -> Judgement | None:
    """Judge "as did Medvedev", "Lenoe disagrees": the view is that of the clause before."""
    words = reading.words_of(statement)
    denies = disagrees(words)
    if not speakers or not (denies or AGREES.search(words)):
        return None
    sentence = reading.sentences[statement.sentence]
    earlier = [s for s in sentence.statements if s.end <= statement.start]
    for before in reading.before(statement, 1):
        earlier = [*before.statements, *earlier]
    for clause in reversed(earlier):
        views = [m.rule.position for m in rules.matches(clause)[:1]]
        if views and views[0] is not None:
            place = (statement.start, statement.end)
            return judge_position(views[0], speakers, place, reading, statement, turned=denies)
    return None


def _settled(match: Match, statement: Statement, reading: Reading) -> Judgement:
    rule, words = match.rule, reading.words_of(statement)
    wanted = frozenset().union(*rule.pattern.says)
    rest_on = [tag for tag in statement.tags if tag.term in wanted]
    place = _anchor(rule, statement)
    named = statement.terms("topic", "body", "group", "office", "measure")
    verdict = rule.verdict
    if verdict in _TURNED and denied(words, statement.start, rest_on, named, place[0]):
        verdict = _TURNED[verdict]
    suggestion = "" if verdict == "supported" else rule.reason
    return Judgement(
        *place, "statement", verdict, rule.reason, (rule.evidence,),
        suggestion=suggestion,
        weight=(1.0 if _says_more(match, rest_on, statement) else _TOPIC_ONLY) - match.cost / 2,
    )  # fmt: skip


def _says_more(match: Match, rest_on: list[Tag], statement: Statement) -> bool:
    """Tell whether a rule rests on more than a topic named: on three demands, or on a number."""
    numbers = [(q.start, q.end) for q in statement.quantities]
    on_number = any(t.start < b and a < t.end for t in rest_on for a, b in numbers)
    here = {t.kind for t in rest_on if t.kind in ("quality", "act")}
    wholly = match.cost == 0 and match.own == len(match.rule.pattern.says) >= 2 and bool(here)
    return match.own >= _MANY or on_number or wholly


_MANY = 3
_TOPIC_ONLY = 0.8
_TURNED = {"supported": "contradicted", "contradicted": "supported"}


_WEIGHT = {"quality": 0, "act": 1, "measure": 2}


def _anchor(rule: Rule, statement: Statement) -> tuple[int, int]:
    """Return the word of a statement that a rule rests on most: a deed rather than a name."""
    wanted = frozenset().union(*rule.pattern.says)
    here = [tag for tag in statement.tags if tag.term in wanted]
    if not here:
        return statement.start, statement.end
    tag = min(here, key=lambda t: (_WEIGHT.get(t.kind, 3), -t.end))
    return tag.start, tag.end
