"""Text → the terms it names, with their places.

Forms are looked up in a trie over words. A longer form of a kind that counts restrict by wins
over a shorter one inside it: "Polish operation" does not speak of Poles.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from byname.knowledge import Base, Term

WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NUMBER_SIGNS = frozenset({"no", "nr", "number", "num", "№", "n"})
_LONGEST = 100
"""No form is longer than this many letters."""
RESTRICTING = frozenset({"group", "topic", "place", "measure"})
"""Kinds whose forms swallow each other, and (but for measures) make a count another one."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: its place, folded letters, and whether it begins with a capital."""

    start: int
    end: int
    key: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """A term found at a place. ``inner`` is told of one swallowed by a longer form.

    ``lent`` is told of the person whom a pronoun means.
    """

    start: int
    end: int
    term: str
    kind: str
    inner: bool = False
    lent: bool = False


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word without case, accents, possessive ending; ё as е."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("ё", "е").replace("й", "\0"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("\0", "й")
    return _POSSESSIVE.sub("", plain)


def words(text: str) -> list[Word]:
    """Return the words of a text. Hyphens part words; a number sign before digits is no word."""
    found = [
        Word(m.start(), m.end(), fold(m.group()), m.group()[0].isupper())
        for m in WORD.finditer(text)
    ]
    signs = {
        word.start
        for word, after in pairwise(found)
        if word.key in _NUMBER_SIGNS and after.key[0].isdigit()
    }
    return [word for word in found if word.start not in signs]


@dataclass(slots=True)
class _Node:
    """A place in the trie: exact next words, next stems by their first letters, terms ending."""

    exact: dict[tuple[str, bool], _Node] = field(default_factory=dict)
    stems: dict[str, list[tuple[str, bool, _Node]]] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)

    def after(self, word: Word) -> Iterator[_Node]:
        """Yield the places that ``word`` leads to."""
        for capital in (False, True) if word.capital else (False,):
            node = self.exact.get((word.key, capital))
            if node is not None:
                yield node
        for length in (1, 2, 3):
            for stem, capital, node in self.stems.get(word.key[:length], ()):
                if word.key.startswith(stem) and (word.capital or not capital):
                    yield node


class Tagger:
    """Finds the terms of an evidence base in a text."""

    def __init__(self, base: Base) -> None:
        self._root = _Node()
        for term in base.rows.terms.values():
            for form in term.forms:
                self._add(form, term)

    def _add(self, form: str, term: Term) -> None:
        node = self._root
        # The stars are put out of the way of the word pattern and back.
        pieces = re.findall(r"[^\W_]+(?:['’][^\W\d_]+)*\*?", form)
        kept = [
            piece
            for piece, after in zip(pieces, [*pieces[1:], ""], strict=True)
            if not (fold(piece) in _NUMBER_SIGNS and after[:1].isdigit())
        ]
        for piece in kept:
            # A form written with a capital is a name: it does not fit the everyday word.
            capital = piece[0].isupper() and len(piece) > 1
            key = fold(piece.rstrip("*"))
            if piece.endswith("*"):
                shelf = node.stems.setdefault(key[:3], [])
                known = next((n for s, c, n in shelf if (s, c) == (key, capital)), None)
                if known is None:
                    known = _Node()
                    shelf.append((key, capital, known))
                node = known
            else:
                node = node.exact.setdefault((key, capital), _Node())
        if kept and (term.id, term.kind) not in node.ends:
            node.ends.append((term.id, term.kind))

    def tags(self, found: list[Word]) -> list[Tag]:
        """Return the terms of a text, in order, the swallowed ones marked."""
        spans = dict.fromkeys(span for at in range(len(found)) for span in self._from(found, at))
        raw = [Tag(*span) for span in spans]
        return sorted(_swallowed(raw), key=lambda tag: (tag.start, -tag.end, tag.term))

    def _from(self, found: list[Word], at: int) -> Iterator[tuple[int, int, str, str]]:
        nodes = list(self._root.after(found[at]))
        last = at
        while nodes:
            for node in nodes:
                for term, kind in node.ends:
                    yield found[at].start, found[last].end, term, kind
            last += 1
            if last >= len(found):
                return
            nodes = [after for node in nodes for after in node.after(found[last])]


def _swallowed(tags: list[Tag]) -> Iterable[Tag]:
    """Mark every tag that lies inside a longer one which takes its place."""
    named = [tag for tag in tags if not tag.term.startswith("~")]
    by_start: dict[int, list[Tag]] = {}
    for tag in named:
        by_start.setdefault(tag.start, []).append(tag)
    starts = sorted(by_start)
    for tag in tags:
        if tag.term.startswith("~"):
            yield tag
            continue
        inner = any(
            _takes(other, tag)
            for start in starts[
                bisect_left(starts, tag.start - _LONGEST) : bisect_right(starts, tag.start)
            ]
            for other in by_start[start]
        )
        yield Tag(tag.start, tag.end, tag.term, tag.kind, inner) if inner else tag


def _takes(longer: Tag, tag: Tag) -> bool:
    if longer.end < tag.end or (longer.start, longer.end) == (tag.start, tag.end):
        return False
    if tag.kind in RESTRICTING:
        return longer.kind in RESTRICTING
    if tag.kind == "person" and longer.kind == "place":
        return True  # the Gorky region is not the writer
    return longer.kind == tag.kind
