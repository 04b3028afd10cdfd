"""Wordings of the lists -> keys of the vocabulary, many at once: what worker processes run."""

from __future__ import annotations

import re

from byname.counts.regions import region_of
from byname.vocabulary import labelled

UNKNOWN = "?"
"""The key of words that no vocabulary table knows; None stands for no words at all."""

_ARTICLE = re.compile(
    r"(?P<part>(?:ч\.?|част[ьи])\s*)?(?P<point>п\.?\s?п?\.?\s*|пункт\w*\s+)?"
    r"(?<![\d./№])(?P<number>\d{1,3})(?P<points>(?:\s?[-–]\s?\d{1,2})*)(?!\d)"
)
_THROUGH = re.compile(r"\b1[79]\s?[-–,]\s?(?=\d\d)")
"""Complicity and attempt: "17-58-8" is counted as 58-8."""
_POINTS = 14
"""Article 58 has so many points: a smaller number after it is one of them."""
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\(\d{2,4}\s?г?\.?\)|\b1[89]\d\d\b")


def regions(texts: list[str]) -> list[str]:
    """Return for each place the region it names."""
    return [region_of(text) or UNKNOWN for text in texts]


def occupations(texts: list[str]) -> list[str]:
    """Return for each occupation its group."""
    rows = labelled("occupations")
    return [rows.key_of(text) or UNKNOWN for text in texts]


def articles(texts: list[str]) -> list[list[str]]:
    """Return for each wording the articles it names: "58-10, 58-11 УК РСФСР" -> both."""
    return [articles_of(text) or [UNKNOWN] for text in texts]


def articles_of(words: str) -> list[str]:
    """Return the article numbers of ``words``, points of one article written out.

    "58-8-11" and "58-8, 11" name 58-8 and 58-11, as clerks wrote it; parts ("ч. 2") are left out.
    """
    found: dict[str, None] = {}
    last = ""
    for match in _ARTICLE.finditer(_THROUGH.sub("", _DATE.sub(" ", words))):
        number, points = match["number"], re.findall(r"\d{1,2}", match["points"])
        if match["part"]:
            continue
        if last and (match["point"] or int(number) <= _POINTS):
            points, number = [number, *points], last
            found.pop(last, None)
        last = number
        for article in [f"{number}-{point}" for point in points] or [number]:
            found[article] = None
    return list(found)
