"""Statements that could be checked and on which the evidence base says nothing."""

from __future__ import annotations

import re

from byname.claims.model import Judgement
from byname.claims.reading import Reading, Sentence, Statement
from byname.claims.scope import NEUTRAL

UNDECIDED = Judgement(
    0, 0, "statement", "uncheckable",
    "Nothing in the evidence base bears on this; it is neither borne out nor denied.", weight=0.0,
)  # fmt: skip
_NAMING = frozenset({"person", "topic", "group", "body", "place", "office", "measure", "act"})
_RHETORIC = re.compile(
    r"\b(?:I|me|my|mine|myself|we|us|our|you|your|imagine|picture|let us|dear|friends)\b|[?!]\s*$"
    r"|\b(?:я|мне|мой|моя|мы|нас|наш\w*|вы|вам|ваш\w*)\b"
)
_FEWEST_WORDS = 4


def undecided(statement: Statement, reading: Reading) -> list[Judgement]:
    """Mark a statement that tells of somebody or something; leave rhetoric alone."""
    words = reading.words_of(statement)
    numbers = [q for q in statement.quantities if q.kind not in ("age", "duration")]
    named = [t for t in statement.tags if t.kind in _NAMING and t.term not in NEUTRAL]
    deeds = [t for t in named if t.kind == "measure"]
    sentence = reading.sentences[statement.sentence]
    around = any(t.kind in _NAMING for t in sentence.tags) and len(words.split()) > _FEWEST_WORDS
    if not (numbers or statement.moments or named or around):
        return []
    if _is_heading(statement, sentence, reading) and not (numbers or statement.moments):
        return []
    rhetoric = _RHETORIC.search(words) and not (numbers or statement.moments or deeds)
    return [] if rhetoric or len(words.split()) < _FEWEST_WORDS else [UNDECIDED]


def _is_heading(statement: Statement, sentence: Sentence, reading: Reading) -> bool:
    """Tell a title, or the words that lead up to a quotation ("Conquest stated that")."""
    whole = reading.words_of(sentence).rstrip()
    if whole[-1:].isalnum() and len(whole.split()) <= _TITLE:
        return True
    words = reading.words_of(statement).rstrip()
    quoted = any(q.start - 3 <= statement.end <= q.end for q in reading.quotes)
    return quoted and len(words.split()) <= _TITLE


_TITLE = 8


def telling(statement: Statement, piece: tuple[int, int], text: str) -> bool:
    """Tell whether a piece of a clause that nothing was found on could be checked by itself."""
    first, last = piece
    if len(text[first:last].split()) < _FEWEST_WORDS:
        return False
    starts = [q.start for q in statement.quantities] + [m.start for m in statement.moments]
    starts += [t.start for t in statement.tags if t.kind in _NAMING and t.term not in NEUTRAL]
    return any(first <= start < last for start in starts)
