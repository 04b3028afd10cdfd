"""Text -> numerals: every number written in digits or in words, whatever it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from byname.claims.number_sum import Sum
from byname.claims.number_tokens import Token, significant, tokens_of
from byname.claims.number_words import (
    AFTER_NUMBER,
    FEW,
    HALF,
    ONE,
    ONE_AND_A_HALF,
    SCALES,
    SINGLE,
    SMALL,
    VAGUE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: half-open range, the interval it means, significant digits.

    ``scale`` is the scale word it ends in (1 without one): in "5 to 7 million" the second lends
    it to the first.
    """

    start: int
    end: int
    low: float
    high: float
    digits: int
    scale: float = 1.0
    vague: bool = False
    in_words: bool = False


def numerals(
    text: str, start: int, end: int, skip: Callable[[int], int] = lambda _: 0
) -> list[Numeral]:
    """Return the numerals of ``text[start:end]`` in order.

    ``skip`` returns for a position that no numeral may cover where the covered stretch ends,
    0 for all others.
    """
    return _Reader(text, tokens_of(text, start, end, skip)).all()


_BREAK: Final = re.compile(r"\s{0,3}|[-‐‑]")
_AND: Final = re.compile(r"\s+")


class _Reader:
    """Reads tokens into numerals, left to right."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens

    def all(self) -> list[Numeral]:
        found: list[Numeral] = []
        at = 0
        while at < len(self.tokens):
            numeral, after = self.read(at)
            if numeral is not None:
                found.append(numeral)
            at = max(after, at + 1)
        return found

    def word(self, at: int) -> str:
        """Return the word of a token that directly follows the one before, else ""."""
        if at >= len(self.tokens):
            return ""
        if (
            at
            and not _BREAK.fullmatch(self.text, self.tokens[at - 1].end, self.tokens[at].start)
            and not self.abbreviated(at - 1)
        ):
            return ""
        return self.tokens[at].word

    def abbreviated(self, at: int) -> bool:
        """Tell whether only the full stop of "тыс." stands before the next token."""
        if self.tokens[at].word not in ("тыс", "млн", "млрд"):
            return False
        between = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return between.startswith(".") and not between[1:].strip() and len(between) < 4

    def read(self, at: int) -> tuple[Numeral | None, int]:
        """Return the numeral that begins at a token, and the token after it."""
        token = self.tokens[at]
        if not token.word:
            return self.number(at, at)
        word = token.word
        if word in ("a", "an", "half", "quarter"):
            return self.article(at)
        if word in HALF:
            return self.made(at, at + 1, HALF[word]), at + 1
        if word in SMALL or word in SCALES or word in ONE_AND_A_HALF:
            return self.number(at, at)
        if word in FEW:
            return self.several(at)
        if SINGLE.get(word, 0) >= 1000 and self.genitive(at):
            return self.number(at, at)
        if word in VAGUE or word in SINGLE:
            return self.vague(at)
        return None, at + 1

    def article(self, at: int) -> tuple[Numeral | None, int]:
        """Read "a million", "a dozen", "half a million", "a quarter of a million"."""
        after = at + 1 if self.tokens[at].word in ("a", "an") else at
        word = self.word(after) if after > at else self.tokens[at].word
        if word in ("half", "quarter", "third"):
            share = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}[word]
            return self.share_of_scale(at, after + 1, share)
        if word == "hundred" or word in SCALES:
            return self.number(at, after)
        if word == "dozen":
            return self.made(at, after + 1, 12.0), after + 1
        if word == "score" and self.word(after + 1) == "of":
            return self.made(at, after + 1, 20.0), after + 1
        if word == "couple":
            beyond = after + 2 if self.word(after + 1) == "of" else after + 1
            return self.few_scales(at, beyond, 2, 2)
        if word == "few":
            return self.few_scales(at, after + 1, 2, 9)
        return None, at + 1

    def share_of_scale(self, at: int, after: int, share: float) -> tuple[Numeral | None, int]:
        """Read on after "half", "three quarters", "a third": "(of) (a) million"."""
        here = after
        if self.word(here) == "of":
            here += 1
        if self.word(here) in ("a", "one"):
            here += 1
        word = self.word(here)
        scale = SCALES.get(word) or {"hundred": 100.0, "dozen": 12.0}.get(word)
        if scale is None:
            return None, at + 1
        digits = 1 if share * scale % 10 else 0  # a third of a million is no 333,333
        return self.made(at, here + 1, share * scale, scale=scale, digits=digits), here + 1

    def several(self, at: int) -> tuple[Numeral | None, int]:
        return self.few_scales(at, at + 1, 2, 9)

    def few_scales(
        self, at: int, after: int, least: float, most: float
    ) -> tuple[Numeral | None, int]:
        """Read "several hundred thousand", "несколько сотен тысяч"."""
        scale, here = 1.0, after
        while (word := self.word(here)) and scale < 1e9:
            factor = 100.0 if word == "hundred" else _factor(word)
            if factor is None:
                break
            scale *= factor
            here += 1
        if scale == 1:
            return None, at + 1
        return self.span(at, here, least * scale, most * scale), here

    def vague(self, at: int) -> tuple[Numeral | None, int]:
        """Read "hundreds of thousands", "десятки тысяч", "более тысячи"."""
        word = self.tokens[at].word
        if word in SINGLE and self.genitive(at):
            return self.made(at, at + 1, SINGLE[word], scale=SINGLE[word]), at + 1
        if word not in VAGUE:
            return (self.made(at, at + 1, SINGLE[word]), at + 1) if word in SINGLE else (None, at)
        here, scale = at + 1, VAGUE[word]
        beyond = here + 1 if self.word(here) in ("of", "upon", "and") else here
        second = self.word(beyond)
        if second in VAGUE and VAGUE[second] > scale:
            scale, here = scale * VAGUE[second], beyond + 1
        elif second == word:
            here = beyond + 1
        elif word == "tens":
            return None, at + 1
        most = 90.0 if scale in (12.0, 20.0) else 9 * scale
        return self.span(at, here, scale, most), here

    def genitive(self, at: int) -> bool:
        before = self.tokens[at - 1].word if at else ""
        return before in ("около", "более", "больше", "менее", "меньше", "свыше", "до", "от",
                          "порядка", "чем", "с")  # fmt: skip

    def number(self, begin: int, at: int) -> tuple[Numeral | None, int]:
        """Read a number from ``at``; the numeral starts at token ``begin``."""
        sum_ = Sum()
        here, end, single = at, begin, False
        while here < len(self.tokens):
            if here > at and not self.follows(here):
                break
            step = self.step(sum_, here, first=here == at)
            if not step:
                break
            here += step
            end = here
        if not sum_.used:
            return None, at + 1
        single = end == begin + 1 and self.tokens[begin].word in ONE
        if single:
            return self.fraction(begin, end, 1.0)
        if self.word(end) in ("third", "thirds", "quarter", "quarters"):
            return self.fraction(begin, end, sum_.value)
        scale = sum_.scale
        if self.word(end) == "and" and self.word(end + 1) == "a" and self.word(end + 2) == "half":
            sum_.total += scale / 2
            end += 3
        return self.made(begin, end, sum_.value, scale=scale, digits=sum_.digits), end

    def fraction(self, begin: int, end: int, value: float) -> tuple[Numeral | None, int]:
        """Read "three quarters of a million"; without the million it is a share, not a number."""
        word = self.word(end)
        share = {"third": 3, "thirds": 3, "quarter": 4, "quarters": 4}.get(word)
        if share is None:
            return None, end
        numeral, after = self.share_of_scale(begin, end + 1, value / share)
        return numeral, after if numeral is not None else end + 1

    def follows(self, at: int) -> bool:
        """Tell whether a token directly follows the one before: digits after a scale, words."""
        if self.tokens[at].word:
            return bool(self.word(at))
        between = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return between.strip(".") in ("", " ", "\u00a0")

    def step(self, sum_: Sum, at: int, first: bool) -> int:
        """Take the token at ``at`` into the sum; return how many tokens it took, 0 to stop."""
        token = self.tokens[at]
        if not token.word:
            if first or (
                sum_.last_scale < 1e9
                and sum_.current == 0
                and token.value < 1000
                and (sum_.last_scale == 1000 or _factor(self.word(at + 1)) is not None)
            ):
                sum_.digit(token)
                return 1
            return 0
        word = token.word
        if word == "and" and sum_.used:
            return self.conjunction(sum_, at)
        if word in ("с",) and self.word(at + 1) == "половиной" and sum_.used:
            sum_.half()
            return 2
        if word in ONE_AND_A_HALF and first:
            return sum_.small(1.5)
        if word in SMALL:
            return sum_.small(SMALL[word])
        if word == "hundred":
            return sum_.hundred()
        factor = _factor(word)
        if factor is None or (first and word not in SCALES and not SINGLE.get(word)):
            return 0
        return sum_.scaled(factor)

    def conjunction(self, sum_: Sum, at: int) -> int:
        """Read "two hundred and fifty" and "two and a half million"."""
        after = self.word(at + 1)
        if after == "a" and self.word(at + 2) == "half" and self.word(at + 3) in SCALES:
            sum_.half()
            return 3
        joined = sum_.after_hundred and after in SMALL and SMALL[after] < 100
        if joined and self.tokens[at - 1].word:
            return 1 + sum_.small(SMALL[after])
        return 0

    def made(
        self, begin: int, end: int, value: float, scale: float = 1.0, digits: int = 0
    ) -> Numeral:
        """Return the numeral of the tokens from ``begin`` to before ``end``."""
        last = self.tokens[end - 1]
        finish = last.end
        if last.word in ("тыс", "млн", "млрд") and self.text[finish : finish + 1] == ".":
            finish += 1
        written = f"{value:.3f}".rstrip("0").rstrip(".")
        in_words = bool(self.tokens[begin].word)
        return Numeral(self.tokens[begin].start, finish, value, value,
                       digits or significant(written), scale, in_words=in_words)  # fmt: skip

    def span(self, begin: int, end: int, low: float, high: float) -> Numeral:
        last = self.tokens[end - 1].end
        return Numeral(self.tokens[begin].start, last, low, high, 0, vague=True, in_words=True)


def _factor(word: str) -> float | None:
    """Return what a word multiplies the number before it with."""
    return SCALES.get(word) or AFTER_NUMBER.get(word)
