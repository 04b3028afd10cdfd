"""Sentence -> clauses: the stretches that can each hold one proposition."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from byname.claims.moments import moments
from byname.claims.quotes import quotations
from byname.claims.sentences import Sentence
from byname.claims.spans import words_of
from byname.claims.verbs import FINITE, GERUND, NUMBER, PARTICIPLE, PASSIVE, SUBJECT, VERB


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: half-open range and the word or mark that opens it ("" for the first).

    "and", "but" and marks stand before the range; "who", "when", "because" inside it. A clause
    that goes on after a bracket has the opener ")".
    """

    start: int
    end: int
    opener: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a sentence may be cut.

    ``end`` is where the next clause begins, ``body`` where its words after the opener do.
    """

    start: int
    end: int
    body: int
    kind: str
    opener: str
    comma: bool


_OUTSIDE: Final = r"and|but|so|nor|yet|и|но|а|да|однако|зато"
_KINDS: Final = (
    ("part", r"of\s+wh(?:om|ich)|including|among\s+them|из\s+(?:них|котор\w{2,3})|в\s+том\s+числе"),
    ("with", r"with|причём|причем"),
    ("relative", r"who|whose|which|котор\w{2,3}"),
    ("time", r"before|after|until|since|после\s+того,?\s+как|прежде,?\s+чем|до\s+того,?\s+как"),
    ("clause", r"although|though|because|so\s+that|when|while|whereas|where|if|чтобы|что"
               r"|потому,?\s+что|так\s+как|поскольку|когда|хотя|в\s+то\s+время,?\s+как|тогда\s+как"
               r"|где|если"),
)  # fmt: skip
_OPENER: Final = re.compile(
    rf"(?:(?P<outside>{_OUTSIDE})(?!\w)(?:,|\s)\s*)?"
    rf"(?:(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _KINDS)})(?![\w-]))?",
    re.IGNORECASE,
)
_TRIGGERS: Final = words_of(
    """
    and but so nor yet и но а да однако зато of including among из в with причём причем who whose
    which которые который которая которое которых которого которой которым которыми before after
    until since после прежде до although though because when while whereas where if чтобы что
    потому так поскольку когда хотя тогда где если
    """
)
_TOKEN: Final = re.compile(r"[;:(),—–]|--?(?=\s)|[^\W\d_]+")
_BETWEEN: Final = re.compile(r"(?<!\w)(?:between|both|между)\s+(?:[^\s,;]+\s+){1,5}?(?:and|и)(?!\w)")


def clauses(text: str, sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence in order; a short or plain sentence is one clause."""
    cuts = list(_cuts(text, sentence))
    found: list[Clause] = []
    begin, opener, at = sentence.start, "", 0
    while at < len(cuts):
        cut = cuts[at]
        until, following = _reach(text, cuts, at, sentence.end)
        at += 1
        if cut.start > begin and _holds(text, begin, cut, until):
            _add(text, found, begin, cut.start, opener)
            begin, opener, at = cut.end, cut.opener, following
    _add(text, found, begin, sentence.end, opener)
    return found


def _add(text: str, found: list[Clause], start: int, end: int, opener: str) -> None:
    words = text[start:end]
    stripped = words.strip(" \t\n\r\u00a0,;:—–")
    if stripped:
        begin = start + words.index(stripped)
        found.append(Clause(begin, begin + len(stripped), opener))


def _cuts(text: str, sentence: Sentence) -> Iterator[_Cut]:
    """Yield the places outside quotations, dates and pairs where a separator stands."""
    spans = _whole(text, sentence)
    starts = [span[0] for span in spans]
    done = sentence.start
    for token in _TOKEN.finditer(text, sentence.start, sentence.end):
        inside = bisect_right(starts, token.start()) - 1
        if token.start() < done or (inside >= 0 and token.start() < spans[inside][1]):
            continue
        cut = _cut(text, token, sentence)
        if cut is not None:
            done = cut.body
            yield cut


def _whole(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the ranges that are never cut, in order and apart."""
    start, end = sentence.start, sentence.end
    spans = [(q.start + start, q.end + start) for q in quotations(text[start:end])]
    spans += [(m.start, m.end) for m in moments(text, start, end)]
    spans += [match.span() for match in _BETWEEN.finditer(text, start, end)]
    spans += _brackets(text, sentence)
    apart: list[tuple[int, int]] = []
    for one, two in sorted(spans):
        if apart and one < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(two, apart[-1][1]))
        else:
            apart.append((one, two))
    return apart


def _brackets(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the brackets that hold no proposition: "(1936-1939)", "(NKVD)"."""
    close = sentence.start
    while (start := text.find("(", close, sentence.end)) >= 0:
        close = text.find(")", start, sentence.end)
        if close < 0:
            yield start, start + 1
            return
        inner = text[start + 1 : close]
        full = len(inner.split()) > 2 and (VERB.search(inner) or NUMBER.search(inner))
        if not full:
            yield start, close + 1


def _cut(text: str, token: re.Match[str], sentence: Sentence) -> _Cut | None:
    mark, start, end = token[0], token.start(), token.end()
    around = text[max(sentence.start, start - 1) : start], text[end : end + 1]
    if mark in ";:" and around[1].isspace():
        return _Cut(start, end, end, "mark", mark, True)
    if mark in "()":
        return _Cut(start, end, end, "bracket", mark, True)
    if mark in ("—", "–", "-", "--"):
        spaced = around[0].isspace() and around[1].isspace()
        if spaced or (mark == "—" and not (around[0].isdigit() and around[1].isdigit())):
            return _Cut(start, end, end, "mark", mark, True)
        return None
    if mark == ",":
        if not around[1].isspace():
            return None
        while end < sentence.end and text[end].isspace():
            end += 1
        return _opened(text, start, end, sentence) or _Cut(start, end, end, "comma", ",", True)
    if mark.lower() in _TRIGGERS:
        return _opened(text, start, start, sentence)
    return None


def _opened(text: str, start: int, at: int, sentence: Sentence) -> _Cut | None:
    """Return the cut before a conjunction at ``at``, the comma before it included."""
    match = _OPENER.match(text, at, sentence.end)
    if match is None or not match[0].strip():
        return None
    kind = next((name for name, _ in _KINDS if match[name]), "and")
    opener = " ".join((match["outside"] if kind == "and" else match[kind]).lower().split())
    begin = match.end() if kind == "and" else match.start(kind)
    return _Cut(start, begin, match.end(), kind, opener, start < at)


def _reach(text: str, cuts: list[_Cut], at: int, end: int) -> tuple[int, int]:
    """Return how far what follows a cut reaches, and the next cut to look at.

    After ", and" it reaches over an aside ("and, in 1937, he") and over a list of subjects
    ("and Zinoviev, Kamenev and others were shot").
    """
    cut, following = cuts[at], at + 1
    until = cuts[following].start if following < len(cuts) else end
    while (
        following < len(cuts)
        and (cut.comma or not text[cut.body : until].strip())
        and cut.kind != "comma"
        and (cuts[following].kind == "comma" or cuts[following].opener in ("and", "и"))
        and len(text[cut.body : until].split()) < 9
        and not VERB.search(text, cut.body, until)
    ):
        following += 1
        until = cuts[following].start if following < len(cuts) else end
    return until, following if VERB.search(text, cut.body, until) else at + 1


def _says(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch has a verb or a number."""
    return bool(VERB.search(text, start, end) or NUMBER.search(text, start, end))


def _holds(text: str, begin: int, cut: _Cut, until: int) -> bool:
    """Tell whether both sides of a cut hold something of their own."""
    body = cut.body
    while body < until and text[body].isspace():
        body += 1
    if cut.kind == "bracket":
        return any(letter.isalpha() for letter in text[body:until])
    if not _says(text, begin, cut.start) or not _says(text, body, until):
        return False
    if cut.kind == "mark":
        return True
    number, verb = NUMBER.search(text, body, until), VERB.search(text, body, until)
    if cut.kind == "part":
        return bool(number or (cut.opener != "including" and verb))
    if cut.kind == "with":
        return cut.comma and bool(number)
    if not verb:
        return False
    if cut.kind == "relative":
        return cut.comma or bool(number)
    if not VERB.search(text, begin, cut.start):
        return False
    if cut.kind in ("time", "clause"):
        return FINITE.search(text, body, until) is not None
    if cut.kind == "comma":
        return _after_comma(text, body, until)
    return _after_and(text, begin, cut, body, until)


def _after_comma(text: str, body: int, until: int) -> bool:
    """After a bare comma a clause has a subject and a verb, or tells a result with a number."""
    if GERUND.match(text, body, until):
        return NUMBER.search(text, body, until) is not None
    starts = VERB.match(text, body, until) or PARTICIPLE.match(text, body, until)
    return not starts and FINITE.search(text, body, until) is not None


def _after_and(text: str, begin: int, cut: _Cut, body: int, until: int) -> bool:
    """After "and": a subject with its verb, or a verb with more to it than a shared passive."""
    if cut.opener not in ("and", "и", "so", "да"):
        return True
    number = NUMBER.search(text, body, until)
    if VERB.match(text, body, until) or FINITE.match(text, body, until):
        passive = PASSIVE.search(text, begin, cut.start)
        if passive and PARTICIPLE.match(text, body, until):
            return number is not None
        return len(text[body:until].split()) > 3
    if cut.opener == "so":
        return SUBJECT.match(text, body, until) is not None
    if cut.comma or FINITE.search(text, body, until) or SUBJECT.match(text, body, until):
        return True
    gap = number is not None and number.start() == body
    return gap and PASSIVE.search(text, begin, cut.start) is not None
