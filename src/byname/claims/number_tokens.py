"""Text -> the words and digits of which numbers are made, as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MEANINGLESS: Final = "\0"
_GROUP: Final = "[ \u00a0\u2009\u202f\u2007]"
_TOKEN: Final = re.compile(
    r"(?P<thousands>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d]))"
    rf"|(?P<spaced>\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:,\d{{1,2}})?(?!\d))"
    r"|(?P<dotted>\d{1,3}(?:\.\d{3})+(?!\d))"
    r"|(?P<apostrophe>\d{1,3}(?:['’]\d{3})+(?!\d))"
    r"|(?P<decimal>\d+[.,]\d+)"
    r"|(?P<plain>\d+)"
    r"|(?P<word>[^\W\d_]+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number in digits: half-open range and what it is worth."""

    start: int
    end: int
    word: str
    """The word in small letters, "" for digits."""
    value: float
    digits: int
    form: str


_SCALE_AFTER: Final = re.compile(
    r"\s*(?:million|billion|thousand|mln|bn|млн|млрд|тыс|миллион|миллиард|%|per\s?cent|процент)"
)


def _token(text: str, match: re.Match[str]) -> Token:
    form = match.lastgroup or ""
    written = match[0]
    if form == "word":
        return Token(match.start(), match.end(), written.lower(), 0.0, 0, form)
    if form in ("dotted", "thousands") and _is_decimal(text, match, form):
        form = "decimal"
    if form == "decimal":
        plain = written.replace(",", ".")
    elif form == "thousands":
        plain = written.replace(",", "")
    else:
        plain = re.sub(rf"{_GROUP}|['’]" + (r"|\." if form == "dotted" else ""), "", written)
        plain = plain.replace(",", ".")
    return Token(match.start(), match.end(), "", float(plain), significant(plain), form)


def _is_decimal(text: str, match: re.Match[str], form: str) -> bool:
    """Tell whether "1.344" or "1,344" has a decimal point: before a scale, or after a zero."""
    written = match[0]
    if written.startswith("0"):
        return True
    if form == "dotted":
        return written.count(".") == 1 and _SCALE_AFTER.match(text, match.end()) is not None
    after = _SCALE_AFTER.match(text, match.end())
    return after is not None and written.count(",") == 1 and not after[0].strip().isascii()


def significant(written: str) -> int:
    """Return how many digits of a number are significant: 2 of "1500", 3 of "1.50"."""
    digits = written.replace(".", "").lstrip("0")
    if "." not in written:
        digits = digits.rstrip("0")
    return max(1, len(digits))


def tokens_of(
    text: str, start: int, end: int, skip: Callable[[int], int] = lambda _: 0
) -> list[Token]:
    """Return the words and digits of ``text[start:end]`` in order.

    What ``skip`` covers, and digits that are a label ("00447", "T-34"), come as a token that
    means nothing: it keeps what stands around it apart.
    """
    found: list[Token] = []
    at = start
    while match := _TOKEN.search(text, at, end):
        hidden = skip(match.start())
        if hidden:
            # "In 1954-61 737,182 people": the number begins where the date ends.
            at = max(hidden, match.start() + 1)
            found.append(Token(match.start(), at, MEANINGLESS, 0.0, 0, "word"))
            continue
        at = match.end()
        if match.lastgroup != "word" and _is_label(text, match):
            found.append(Token(match.start(), at, MEANINGLESS, 0.0, 0, "word"))
        else:
            found.append(_token(text, match))
    return found


_LABEL_BEFORE: Final = re.compile(r"(?:[^\W\d_][-‐‑]?|[№#§\\_^]|\d[.,])$")
_SUFFIX: Final = re.compile(
    r"(?:st|nd|rd|th|s)(?!\w)|[-‐‑](?:й|го|му|м|я|ю|ой|ый|ая|ые|ых|е|х|ти|ми|летн\w*|летие\w*)(?!\w)"
)
_ATTACHED: Final = re.compile(r"(?:k|m|mn|bn|mln|million|тыс|млн|млрд|чел)(?!\w)", re.IGNORECASE)


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Tell whether digits are an ordinal, part of a name or a reference ("00447", "T-34")."""
    at, finish = match.start(), match.end()
    written = match[0]
    if _LABEL_BEFORE.search(text, max(0, at - 2), at) or _SUFFIX.match(text, finish):
        return True
    if written[0] == "0" and written[1:2].isdigit():
        return True
    if text[at - 1 : at] == "/" and len(written) < 3:
        return True  # "P51/94"
    return text[finish : finish + 1].isalpha() and not _ATTACHED.match(text, finish)
