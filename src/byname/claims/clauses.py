"""Sentence -> clauses: the stretches that can each hold one proposition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from byname.claims.moments import moments
from byname.claims.openers import BETWEEN, Cut, cut_at
from byname.claims.quotes import quotations
from byname.claims.sentences import Sentence
from byname.claims.spans import Covered, Span
from byname.claims.verbs import (
    APPOSED,
    ASIDE,
    BASIS,
    CITED,
    CLEFT,
    COPULA,
    DENIED,
    ENDS_IN_VERB,
    FINITE,
    GAPPED,
    GERUND,
    LABEL,
    NUMBER,
    PARTICIPLE,
    PASSIVE,
    PREPOSITION,
    SHARED,
    SINCE_WHEN,
    SUBJECT,
    SUBORDINATE,
    VERB,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: half-open range and the word or mark that opens it ("" for the first).

    "and", "but" and marks stand before the range; "who", "when", "because" inside it. A clause
    that goes on after a bracket has the opener ")".
    """

    start: int
    end: int
    opener: str


def clauses(text: str, sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence in order; a short or plain sentence is one clause."""
    return _Cutter(text, sentence).clauses()


_TOKEN: Final = re.compile(r"[;:(),—–]|--?(?=\s)|[^\W\d_]+")
_PAIR: Final = re.compile(
    r"(?P<word>(?:,\s+)?(?:(?:and|but|to|then|и|а|до)\s+){0,2}|,\s+)"
    r"(?=(?:[^\W\d]+\s+){0,3}?\d)"
)
"""Before the second number of two that each have a date."""
_IN: Final = re.compile(r"(?:^|\s)(?:in|by|on|at|for|during|в|к|на|за)\s+(?:the\s+)?$")
_PAIR_ENDS: Final = re.compile(r"[,;:.]\s")
_NEAR: Final = 48
WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LETTER: Final = re.compile(r"[^\W\d_]")
_EDGES: Final = " \t\n\r\u00a0,;:—–"


class _Cutter:
    """Cuts one sentence, left to right."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        self.sentence = sentence
        start, end = sentence.start, sentence.end
        self.dates = Covered((m.start, m.end) for m in moments(text, start, end))
        quotes = quotations(text[start:end])
        empty, self.brackets = _brackets(text, sentence, self.dates)
        self.whole = Covered(
            [
                *self.dates.spans,
                *((q.start + start, q.end + start) for q in quotes),
                *(match.span() for match in BETWEEN.finditer(text, start, end)),
                *empty,
            ]
        )
        self.numbers = [
            m.start() for m in NUMBER.finditer(text, start, end) if not self.dates.until(m.start())
        ]
        self.begin = start
        self.relative = False
        self._seen: dict[re.Pattern[str], tuple[int, int]] = {}

    def clauses(self) -> list[Clause]:
        cuts = list(self.cuts())
        found: list[Clause] = []
        opener, at = "", 0
        while at < len(cuts):
            cut = cuts[at]
            until, following = self.reach(cuts, at)
            at += 1
            if cut.start > self.begin and self.holds(cut, until):
                self.add(found, cut.start, opener)
                self.begin, opener, at, self.relative = cut.end, cut.opener, following, False
        self.add(found, self.sentence.end, opener)
        return found

    def add(self, found: list[Clause], end: int, opener: str) -> None:
        words = self.text[self.begin : end]
        stripped = words.strip(_EDGES)
        if stripped:
            begin = self.begin + words.index(stripped)
            found.append(Clause(begin, begin + len(stripped), opener))

    def cuts(self) -> Iterator[Cut]:
        """Yield the separators outside quotations, dates and pairs."""
        done = self.sentence.start
        for token in _TOKEN.finditer(self.text, self.sentence.start, self.sentence.end):
            if token.start() < done or self.whole.until(token.start()):
                continue
            edges = self.sentence.start, self.sentence.end
            cut = self.pair(token) or cut_at(self.text, token, *edges)
            if cut is not None and (cut.kind != "bracket" or cut.start in self.brackets):
                done = cut.body
                yield cut

    def pair(self, token: re.Match[str]) -> Cut | None:
        """Return the cut in "353,074 in 1937 and 328,618 in 1938"."""
        match = _PAIR.match(self.text, token.start(), self.sentence.end)
        if match is None or not self.dates.until(token.start() - 1 - (token[0] != ",")):
            return None
        date = self.dates.after(match.end(), 0)
        between = self.text[match.end() : date]
        if not 0 < date - match.end() < _NEAR or not _IN.search(between):
            return None
        if not self.counts(match.end(), date) or _PAIR_ENDS.search(between):
            return None
        at = match.end("word")
        return Cut(token.start(), at, at, "pair", match["word"].strip(" ,"), True)

    def reach(self, cuts: list[Cut], at: int) -> tuple[int, int]:
        """Return how far what follows a cut reaches, and the next cut to look at.

        After ", and" it reaches over an aside ("and, in 1937, he") and over a list of subjects
        ("and Zinoviev, Kamenev and others were shot").
        """
        cut, following = cuts[at], at + 1
        until = cuts[following].start if following < len(cuts) else self.sentence.end
        aside = self.opens(ASIDE, cut.body, self.sentence.end)
        while (
            following < len(cuts)
            and cut.kind != "comma"
            and self.goes_on(cut, cuts[following], aside)
            and len(self.text[cut.body : until].split()) < 9
            and not self.has(VERB, cut.body, until)
        ):
            following += 1
            until = cuts[following].start if following < len(cuts) else self.sentence.end
        return until, following if self.has(VERB, cut.body, until) else at + 1

    def goes_on(self, cut: Cut, following: Cut, aside: bool) -> bool:
        """Tell whether what follows a cut may reach over the next one."""
        if cut.kind in ("part", "but") and following.kind == "mark":
            between = self.says(cut.body, following.start)
            return not between and following.opener not in (";", ":")  # "а в колониях – 885 тысяч"
        listed = following.kind == "comma" or following.opener in ("and", "и")
        return listed and (cut.comma or aside)

    def has(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        return pattern.search(self.text, start, end) is not None

    def opens(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        return pattern.match(self.text, start, end) is not None

    def left(self, pattern: re.Pattern[str], end: int) -> bool:
        """Tell whether the clause so far has a pattern; remembers how far it looked.

        No word group reaches over a separator, so it goes on where it stopped.
        """
        begin, done = self._seen.get(pattern, (-1, 0))
        if begin != self.begin:
            done = self.begin
        if done <= self.sentence.end:
            found = self.has(pattern, done, end)
            done = self.sentence.end + 1 if found else end
        self._seen[pattern] = (self.begin, done)
        return done > self.sentence.end

    def says(self, start: int, end: int) -> bool:
        """Tell whether a stretch has a verb or a number."""
        return self.has(VERB, start, end) or self.has(NUMBER, start, end)

    def counts(self, start: int, end: int) -> bool:
        """Tell whether a stretch has a number outside its dates."""
        first = bisect_left(self.numbers, start)
        return first < len(self.numbers) and self.numbers[first] < end

    def ends(self, pattern: re.Pattern[str], at: int) -> bool:
        """Tell whether what stands before ``at`` ends in a pattern."""
        return pattern.search(self.text, max(self.begin, at - 48), at) is not None

    def size(self, start: int, end: int) -> int:
        return len(self.text[start:end].split())

    def holds(self, cut: Cut, until: int) -> bool:
        """Tell whether both sides of a cut hold something of their own."""
        body = cut.body
        while body < until and self.text[body].isspace():
            body += 1
        if cut.kind in ("comma", "mark") and self.quoted(cut, body):
            return False
        if cut.kind == "bracket":
            return self.has(_LETTER, body, self.sentence.end)
        if not self.left(VERB, cut.start) and not self.counts(self.begin, cut.start):
            self.relative |= cut.kind == "relative" and cut.comma
            return False
        if cut.kind == "comma" and self.gapped(body):
            return True
        return self.says(body, until) and self.rules[cut.kind](self, cut, body, until)

    def gapped(self, body: int) -> bool:
        """Tell whether a number with what it is of follows: "в 1938-м — 328 618"."""
        gap = GAPPED.match(self.text, body, self.sentence.end)
        return gap is not None and self.counts(gap.end(), min(gap.end() + 24, self.sentence.end))

    def quoted(self, cut: Cut, body: int) -> bool:
        """Tell whether a quotation ends or begins here: it stays with who says it."""
        before = self.text[cut.start - 1 : cut.start]
        after = self.text[body : body + 1]
        return bool(before) and (before in '”»"’' or (after != "" and after in '“«"‘„'))

    def mark(self, cut: Cut, body: int, until: int) -> bool:
        """After a mark: a verb, or a number in some words; before a dash there must be a verb."""
        if cut.opener == ";":
            return True
        if LABEL.fullmatch(self.text, self.begin, cut.start):
            return False
        words = sum(1 for _ in WORD.finditer(self.text, body, until))
        if cut.opener == ":":
            return self.has(VERB, body, until) or words > 1
        return self.left(VERB, cut.start) and (self.has(VERB, body, until) or words > 3)

    def part(self, cut: Cut, body: int, until: int) -> bool:
        if cut.opener in ("of whom", "of which") and not cut.comma:
            return False  # "about 90 per cent of whom"
        number = self.has(NUMBER, body, until)
        return number or (cut.opener != "including" and self.has(VERB, body, until))

    def with_(self, cut: Cut, body: int, until: int) -> bool:
        return cut.comma and self.counts(body, until)

    def who(self, cut: Cut, body: int, until: int) -> bool:
        if cut.start - self.begin < 80 and CLEFT.fullmatch(self.text, self.begin, cut.start):
            return False
        return self.has(VERB, body, until) and (cut.comma or self.counts(body, until))

    def clause(self, cut: Cut, body: int, until: int) -> bool:
        if cut.comma:
            return self.has(VERB, body, until)
        if not self.left(VERB, cut.start) or self.ends(COPULA, cut.start):
            return False
        return self.has(FINITE, body, until)

    def time(self, cut: Cut, body: int, until: int) -> bool:
        """After "before" and the like: not in "two years after", nor before a few words."""
        if self.ends(SINCE_WHEN, cut.start) or not self.clause(cut, body, until):
            return False
        return self.has(NUMBER, body, until) or self.size(body, until) > 5

    def comma(self, cut: Cut, body: int, until: int) -> bool:
        """After a bare comma: a subject with its verb, a result, or a share of what was said."""
        if self.opens(APPOSED, body, self.sentence.end):
            told = self.has(NUMBER, body, until) or self.opens(SHARED, body, until)
            return told and not self.opens(BASIS, self.begin, cut.start)
        if self.opens(GERUND, body, until):
            return self.counts(body, until)
        if self.opens(VERB, body, until) or self.opens(PARTICIPLE, body, until):
            return self.relative and self.opens(VERB, body, until)
        if self.opens(SUBORDINATE, self.begin, cut.start):
            return self.left(VERB, cut.start) and self.has(VERB, body, until)
        if not self.left(FINITE, cut.start) or self.opens(PREPOSITION, self.begin, cut.start):
            return False
        return self.has(FINITE, body, until) or (
            self.has(VERB, body, until) and self.opens(SUBJECT, body, until)
        )

    def pair_(self, cut: Cut, body: int, until: int) -> bool:
        return self.counts(body, until)

    def but(self, cut: Cut, body: int, until: int) -> bool:
        if DENIED.fullmatch(self.text, self.begin, cut.start):
            return False  # "Не 139 835, а 111 091 человек"
        return cut.comma or (self.has(VERB, body, until) and self.left(VERB, cut.start))

    def so(self, cut: Cut, body: int, until: int) -> bool:
        if not self.has(VERB, body, until):
            return False
        return cut.comma or self.opens(SUBJECT, body, until)

    def and_(self, cut: Cut, body: int, until: int) -> bool:
        """After "and": a subject with its verb, or a verb with more than a shared passive."""
        if not self.has(VERB, body, until) or not self.left(VERB, cut.start):
            return False
        if self.opens(VERB, body, until) or self.opens(FINITE, body, until):
            if not cut.comma and self.ends(ENDS_IN_VERB, cut.start):
                return False
            if self.opens(PARTICIPLE, body, until) and self.left(PASSIVE, cut.start):
                dated = self.dates.touches(self.begin, cut.start)
                return self.counts(body, until) or (dated and self.dates.touches(body, until))
            return self.size(body, until) > 3
        aside = ASIDE.match(self.text, body, until)
        subject = aside.end() if aside else body
        if cut.comma or self.has(FINITE, body, until) or self.opens(SUBJECT, subject, until):
            return True
        return self.opens(NUMBER, body, until) and self.left(PASSIVE, cut.start)

    rules: Final = {
        "mark": mark, "part": part, "with": with_, "relative": who, "clause": clause,
        "pair": pair_, "time": time, "comma": comma, "but": but, "so": so, "and": and_,
    }  # fmt: skip


def _brackets(text: str, sentence: Sentence, dates: Covered) -> tuple[list[Span], set[int]]:
    """Return the brackets that hold no proposition ("(1936-1939)"), and where others stand."""
    empty: list[Span] = []
    full: set[int] = set()
    close = sentence.start
    while (start := text.find("(", close, sentence.end)) >= 0:
        close = text.find(")", start, sentence.end)
        if close < 0:
            break
        inner = text[start + 1 : close]
        numbers = NUMBER.finditer(text, start + 1, close)
        number = not CITED.search(inner) and any(not dates.until(m.start()) for m in numbers)
        if len(inner.split()) > 2 and (number or VERB.search(inner)):
            full |= {start, close}
        else:
            empty.append((start, close + 1))
    return empty, full
