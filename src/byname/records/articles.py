"""Article numbers and codes in the words of a charge: "58-10, 58-11 УК РСФСР".

Only numbers and the name of the code are taken; a charge without an article ("шпионаж",
"КРД") has none. Decrees ("Указ ПВС от 28.08.1941") are not articles.
"""

from __future__ import annotations

import re
from functools import cache

from byname.vocabulary import table

_LEAD = re.compile(
    r"(?:по\s+)?(?:ст\.\s?-?\s?ст\.?|стст\.|ст\.|статьям|статье|статьи|статья|ст(?=\s?\d))\s*", re.I
)
_NUMBER = (
    r"\d{1,3}(?!\d)(?:\s?[-–]\s?\d{1,2})*(?:\s?[-–]?\s?[«\"'“„(]?[а-гabв](?![а-яёa-z])[»\"'”“)]*)?"
)
_GLUE = (
    r"(?:\s*(?:,|;|/|и\b|та\b|через|[-–]|\.(?=\s?\d)|\+)?\s*"
    r"(?:ст\.\s?ст\.|ст\.|статьи|прим\.?|п\.?\s?п\.|пп\.?|п\.|пункт(?:ы|ам|у)?|п(?=\s?\d)"
    r"|ч\.\s?ч\.|ч\.|ч(?=\s?\d)|част[ьи]|абз\.|[IVX]{1,4}\b)?\s*)"
)


@cache
def _run() -> re.Pattern[str]:
    codes = "|".join(table("articles")["codes"])
    piece = (
        rf"(?:{_NUMBER}|-\d{{1,2}}|(?<=ч\.)\s?[IVX]+|[«\"“„][а-г][»\"”“]|(?<=п\.)[а-г](?![а-яё]))"
    )
    return re.compile(
        rf"(?<![\d№/]){_NUMBER}(?!\.\d\d?\.\d)(?:{_GLUE}{piece}(?!\.\d\d?\.\d))*"
        rf"(?:\s*,?\s*(?:{codes})(?:\s*\((?:19)?\d\d\s?г?\.?\))?)?",
        re.IGNORECASE,
    )


_NOT_ARTICLES = re.compile(
    r"^\s*(?:лет|год|мес|г\.|рок|чел|км|января|февраля|марта|апреля|мая|июня|июля|августа"
    r"|сентября|октября|ноября|декабря)", re.I
)  # fmt: skip
_BEFORE_CODE = re.compile(r"(?<![\d№.,/-])\d{1,3}[\d\s,-]{0,12}(?=\s?[УК]К\s?[А-Я])")
_CODE_SEPARATE = re.compile(r"\s*(?:и|,|;)\s*(?:по\s+)?(?:ст\.\s?ст\.|ст\.)?\s*(?=\d)", re.I)


def find_articles(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the range of the article numbers in ``text[start:end]``, or None.

    They stand at the start of the charge or after "ст."; a number elsewhere ("эшелон 45",
    "от 1.02.1930") is not an article.
    """
    for at, led in _starts(text, start, end):
        match = _run().match(text, at, end)
        if match is None or _NOT_ARTICLES.match(text[match.end() : match.end() + 12]):
            continue
        plain = match[0].isdigit() and not _BARE_END.match(text, match.end(), end)
        if plain and not led:
            continue  # "2 категория": a number, no article
        stop = _extend(text, match.end(), end)
        return match.start(), stop
    return None


_BARE_END = re.compile(r"\s*(?:$|[.,;:()\-–—\"«/]|(?<=[УК]К)|(?<=ССР)|(?<=СР))")


def _starts(text: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Return where a run may begin, and whether "ст." or the code's name vouches for it."""
    starts = []
    at = start
    while at < end and text[at] in " \t\n:,.-–":
        at += 1
    if re.match(r"по\s+(?=\d)", text[at:end]):
        at += 3
    if at < end and text[at].isdigit():
        starts.append((at, False))
    starts.extend((match.end(), True) for match in _LEAD.finditer(text, start, end))
    starts.extend((match.start(), True) for match in _BEFORE_CODE.finditer(text, start, end))
    return starts


def _extend(text: str, stop: int, end: int) -> int:
    """Follow "58-10 УК РСФСР, 19-58-8 УК РСФСР": a second run after the code."""
    while True:
        glue = _CODE_SEPARATE.match(text, stop, end)
        if glue is None:
            return stop
        match = _run().match(text, glue.end(), end)
        if match is None or _NOT_ARTICLES.match(text[match.end() : match.end() + 12]):
            return stop
        stop = match.end()
