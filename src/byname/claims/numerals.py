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
from byname.claims.spans import words_of


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


_BREAK: Final = re.compile(r"\s{0,3}|[-‐‑]|\+\s")
_SHARES: Final = {"half": 1 / 2, "quarter": 1 / 4, "third": 1 / 3}
_PARTS: Final = {"third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
_WITH_GENITIVE: Final = words_of("около более больше менее меньше свыше до от порядка чем с")
_HYPHENS: Final = ("-", "‐", "‑")
_ROUGHLY: Final = frozenset(("тысяч", "тысячи", "миллионов", "миллиона"))
_ORDINAL: Final = re.compile(r"first|second|third|(?:four|fif|six|seven|eigh|nin)th")
_ORDINAL_RU: Final = re.compile(
    r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят)"
    r"(?:ый|ой|ий|ого|ьего|ому|ьему|ым|ьим|ом|ьем|ая|ья|ую|ью|ое|ье|ые|ьи|ых|ьих)"
)


class _Reader:
    """Reads tokens into numerals, left to right."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens

    def all(self) -> list[Numeral]:
        """Return all numerals."""
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
        word = self.tokens[at].word
        if word in ("a", "an"):
            return self.article(at)
        if word in ("half", "quarter"):
            return self.share_of_scale(at, at + 1, _SHARES[word])
        if word in FEW:
            return self.few_scales(at, at + 1, 2, 9)
        if word in VAGUE or word in SINGLE:
            return self.vague(at)
        if not word or word in SMALL or word in SCALES or word in ONE_AND_A_HALF:
            return self.number(at, at)
        return (self.made(at, at + 1, HALF[word]) if word in HALF else None), at + 1

    def article(self, at: int) -> tuple[Numeral | None, int]:
        """Read "a million", "a dozen", "a quarter of a million", "a few hundred"."""
        word, after = self.word(at + 1), at + 2
        if word in _SHARES:
            return self.share_of_scale(at, after, _SHARES[word])
        if word == "hundred" or word in SCALES:
            return self.number(at, at + 1)
        of = self.word(after) == "of"
        if word == "dozen" or (word == "score" and of):
            return self.made(at, after, 12.0 if word == "dozen" else 20.0), after
        if word in ("couple", "few"):
            most = 2 if word == "couple" else 9
            return self.few_scales(at, after + (of and word == "couple"), 2, most)
        return None, at + 1

    def share_of_scale(self, at: int, after: int, share: float) -> tuple[Numeral | None, int]:
        """Read on after "half", "three quarters", "a third": "(of) (a) million"."""
        here = after
        if self.word(here) == "of":
            here += 1
        one = here < len(self.tokens) and not self.word(here) and self.tokens[here].value == 1
        if one or self.word(here) in ("a", "one"):
            here += 1
        if self.per_cent(here):
            return self.made(at, here, share, digits=1), here
        word = self.word(here)
        scale = SCALES.get(word) or {"hundred": 100.0, "dozen": 12.0}.get(word)
        if scale is None:
            return None, at + 1
        digits = 1 if share * scale % 10 else 0  # a third of a million is no 333,333
        return self.made(at, here + 1, share * scale, scale=scale, digits=digits), here + 1

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
        if least == most:
            return self.made(at, here, least * scale), here
        return self.span(at, here, least * scale, most * scale), here

    def vague(self, at: int) -> tuple[Numeral | None, int]:
        """Read "hundreds of thousands", "десятки тысяч", "более тысячи"."""
        word = self.tokens[at].word
        if self.is_turned(at):
            return self.turned(at)
        if word in SINGLE and (word not in VAGUE or self.genitive(at)):
            if SINGLE[word] >= 1000:
                return self.number(at, at)
            return self.made(at, at + 1, SINGLE[word]), at + 1
        here, scale = at + 1, VAGUE[word]
        beyond = here + (self.word(here) in ("of", "upon", "and"))
        second = self.word(beyond)
        if VAGUE.get(second, 0.0) > scale:
            scale, here = scale * VAGUE[second], beyond + 1
        elif second == word:
            here = beyond + 1
        elif word == "tens":
            return None, at + 1
        most = 90.0 if scale in (12.0, 20.0) else 9 * scale
        return self.span(at, here, scale, most), here

    def is_turned(self, at: int) -> bool:
        """Tell "тысяч сорок" from "около миллиона трёхсот тысяч"."""
        if self.tokens[at].word not in _ROUGHLY or self.genitive(at) or self.ordinal(at + 2):
            return False
        after = self.word(at + 2)
        return SMALL.get(self.word(at + 1), 100.0) < 100 and _factor(after) is None

    def turned(self, at: int) -> tuple[Numeral | None, int]:
        """Read "тысяч сорок", which is about forty thousand."""
        word = self.tokens[at].word
        scale = VAGUE.get(word) or SINGLE[word]
        value, end = SMALL[self.word(at + 1)], at + 2
        unit = SMALL.get(self.word(end), 10.0)
        if unit < 10 and 20 <= value < 100:
            value, end = value + unit, end + 1
        return self.made(at, end, value * scale, scale=scale), end

    def genitive(self, at: int) -> bool:
        """Tell whether a word before asks for the genitive: "более тысячи" is one thousand."""
        return at > 0 and self.tokens[at - 1].word in _WITH_GENITIVE

    def number(self, begin: int, at: int) -> tuple[Numeral | None, int]:
        """Read a number from ``at``; the numeral starts at token ``begin``."""
        sum_ = Sum()
        end = at
        while end < len(self.tokens) and (end == at or self.follows(end)):
            step = self.step(sum_, end, first=end == at)
            if not step:
                break
            end += step
            if self.word(end) == "odd" and _factor(self.word(end + 1)):
                end += 1  # "forty-odd thousand"
        if not sum_.used:
            return None, at + 1
        if self.ordinal(end):
            return None, end + 1
        word = self.word(end)
        if word in _PARTS:
            return self.share_of_scale(begin, end + 1, sum_.value / _PARTS[word])
        scale = sum_.scale
        if [self.word(end + n) for n in range(3)] == ["and", "a", "half"]:
            sum_.total += scale / 2  # "a million and a half"
            end += 3
        if end == begin + 1 and self.tokens[begin].word in ONE and not self.per_cent(end):
            return None, end
        return self.made(begin, end, sum_.value, scale=scale, digits=sum_.digits), end

    def ordinal(self, at: int) -> bool:
        """Tell whether a word makes the number before it an ordinal: "twenty-first"."""
        word = self.word(at)
        if not word or not self.tokens[at - 1].word:
            return False
        gap = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return bool(_ORDINAL_RU.fullmatch(word) or (gap in _HYPHENS and _ORDINAL.fullmatch(word)))

    def per_cent(self, at: int) -> bool:
        """Tell whether per cent follows, before which "one" and "half a" are numbers."""
        word = self.word(at)
        return (
            word in ("percent", "pct")
            or word.startswith("процент")
            or (word == "per" and self.word(at + 1) == "cent")
        )

    def follows(self, at: int) -> bool:
        """Tell whether a token directly follows the one before: digits after a scale, words."""
        if self.tokens[at].word:
            return bool(self.word(at))
        between = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return between.strip(".") in ("", " ", "\u00a0")

    def step(self, sum_: Sum, at: int, first: bool) -> int:
        """Take the token at ``at`` into the sum; return how many tokens it took, 0 to stop."""
        token = self.tokens[at]
        word = token.word
        if not word:
            return sum_.digit(token) if first or self.lower(sum_, at) else 0
        if word in ("and", "с") and sum_.used:
            return self.conjunction(sum_, at)
        if word in SMALL:
            return sum_.small(SMALL[word])
        if word in ONE_AND_A_HALF and first:
            return sum_.small(1.5)
        if word == "hundred":
            return sum_.hundred()
        factor = _factor(word)
        stands = factor is not None and (not first or word in SCALES or word in SINGLE)
        return sum_.scaled(factor or 0.0) if stands else 0

    def lower(self, sum_: Sum, at: int) -> bool:
        """Tell whether digits go on a number: "1 млн 344 тыс. 923"."""
        scale = sum_.last_scale
        if scale >= 1e9 or sum_.current or self.tokens[at].value >= 1000:
            return False
        return scale == 1000 or (_factor(self.word(at + 1)) or scale) < scale

    def conjunction(self, sum_: Sum, at: int) -> int:
        """Read "two hundred and fifty" and "two and a half million"."""
        after = self.word(at + 1)
        if after == "половиной":
            sum_.half()
            return 2
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
        """Return a vague numeral of the tokens from ``begin`` to before ``end``."""
        last = self.tokens[end - 1].end
        return Numeral(self.tokens[begin].start, last, low, high, 0, vague=True, in_words=True)


def _factor(word: str) -> float | None:
    """Return what a word multiplies the number before it with."""
    return SCALES.get(word) or AFTER_NUMBER.get(word)
