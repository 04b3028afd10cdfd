"""Wordings of the lists -> keys of the vocabulary, many at once: what worker processes run."""

from __future__ import annotations

import re

from byname.counts.regions import region_of
from byname.vocabulary import labelled

UNKNOWN = "?"
"""The key of words that no vocabulary table knows; None stands for no words at all."""

_ARTICLE = re.compile(r"(?<![\d./№])(\d{1,3})((?:\s?[-–]\s?\d{1,2})*)(?!\d)")
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

    "58-8-11" names 58-8 and 58-11, as clerks wrote it.
    """
    found: dict[str, None] = {}
    for match in _ARTICLE.finditer(_DATE.sub(" ", words)):
        points = re.findall(r"\d{1,2}", match[2])
        for article in [f"{match[1]}-{point}" for point in points] or [match[1]]:
            found[article] = None
    return list(found)
