"""Is a text about the Soviet Union under Stalin? Other countries had terrors and purges too."""

from __future__ import annotations

from byname.claims.reading import Reading, Sentence

CORE = "soviet-terror"
ELSEWHERE = "elsewhere"
_NEAR = 6
"""So many sentences from a name of the Soviet Union a statement may stand and be judged."""
_LEAST_DENSITY = 0.1
_FEW = 3
_TELLING = frozenset({"person", "topic", "body"})
_DEEDS = frozenset(
    ["arrested", "shot", "death-sentences", "convicted", "camp-sentences", "prisoners", "killed",
     "returned-alive", "dismissed", "rehabilitated"]
)  # fmt: skip
_COURTS = _DEEDS - {"shot", "killed", "dismissed", "returned-alive"}
"""Deeds of a state, not of a footballer."""
_TERROR = range(1936, 1939)


def on_topic(reading: Reading) -> list[bool]:
    """Tell of each sentence whether the text speaks of the Soviet Union around it.

    A text must name it at least once and keep to its people, places and orders. A text that
    leaves it to be understood may be on it when it names people of ours or the years of
    Stalin's rule beside arrests and sentences, and no other country.
    """
    found = reading.sentences
    strict = [any(tag.term == CORE for tag in s.tags) for s in found]
    named = [any(tag.kind in _TELLING and not tag.inner for tag in s.tags) for s in found]
    broad = [a or b for a, b in zip(strict, named, strict=True)]
    if not any(strict):
        return [_understood(found, any(named))] * len(found)
    abroad = any(tag.term == ELSEWHERE for s in found for tag in s.tags)
    if not abroad:
        return [True] * len(found)
    if len(found) > _FEW and sum(broad) / len(found) < _LEAST_DENSITY:
        return [False] * len(found)
    return [any(broad[max(0, n - _NEAR) : n + _NEAR + 1]) for n in range(len(found))]


def _understood(found: list[Sentence], named: bool) -> bool:
    terms = [tag.term for sentence in found for tag in sentence.tags]
    deeds = set(terms) & _DEEDS
    if not deeds or (ELSEWHERE in terms and not _at_home(found)):
        return False
    of_the_time = any(_of_the_time(sentence) for sentence in found)
    if len(found) <= _FEW:
        return of_the_time or named
    enough = terms.count("arrested") + sum(terms.count(deed) for deed in deeds) >= 2
    return enough and (of_the_time or named or (bool(deeds & _COURTS) and len(deeds) > 1))


def _at_home(found: list[Sentence]) -> bool:
    """Tell a text on a people and a place of ours in the years of the Terror.

    It may name another country in passing, as one that prisoners were said to have spied for.
    """
    abroad = sum(any(tag.term == ELSEWHERE for tag in s.tags) for s in found)
    dated = [m.first.year for s in found for m in s.moments if m.dated]
    kinds = {tag.kind for s in found for tag in s.tags}
    in_the_years = any(year in _TERROR for year in dated) and all(1934 <= y <= 1939 for y in dated)
    return in_the_years and {"place", "group"} <= kinds and abroad * 4 <= len(found)


def _of_the_time(sentence: Sentence) -> bool:
    return any(m.dated and 1929 <= m.first.year <= 1953 for m in sentence.moments)
