"""The words of a place -> the region it lay in, named as in 1937-38.

"Ленинградской обл.", "ЛЕНИНГРАДСКАЯ ОБЛАСТЬ" and "Ленингр. обл., Лужский р-н" are one region.
A kind of region stands above a republic, a republic or country above a town: of "УССР, Киевская
обл., г. Умань" the oblast counts. What names no region at all ("с. Покровское") has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from byname.vocabulary import pattern, table

_NAME = r"[А-ЯЁ][А-Яа-яё]*(?:\.?-[А-ЯЁ]?[А-Яа-яё]+)*"
_KIND = (
    r"(?:(?P<oblast>обл(?:аст[ьи]ю?|суд[а-я]*)?)|(?P<governorate>губ(?:ерни[яиюе])?)"
    r"|(?P<krai>кр(?:а[йяюе]|айсуд[а-я]*)?)"
    r"|(?P<ao>(?:АО|А\.О|а/о|авт(?:ономн[а-яё]+|\.)? ?обл[а-яё]*)))"
)
_GENERIC = re.compile(
    rf"(?P<name>{_NAME})(?P<dot>\.?)\s*(?:\([^)]*\)\s*)?{_KIND}(?![а-яё])", re.IGNORECASE
)
HEAD = rf"{_NAME}\.?\s*(?:\([^)]*\)\s*)?" + re.sub(r"\?P<\w+>", "?:", _KIND) + r"(?:[^а-яё]|$)"
"""The same for engines without lookahead: the words that ``region_of`` looks at first, so that
a region is read once however many villages and houses stand behind it."""
_ADJECTIVE = re.compile(
    r"(?P<stem>.+?(?:ск|цк|н))(?P<ending>ая|ой|ую|ий|ого|ому|ом|им|ої|а)$", re.IGNORECASE
)
_KINDS = {
    "oblast": ("ая", "область"),
    "governorate": ("ая", "губерния"),
    "krai": ("ий", "край"),
    "ao": ("ая", "АО"),
}


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary, compiled."""

    same: dict[str, str]
    short: dict[str, str]
    rows: tuple[tuple[str, re.Pattern[str]], ...]
    towns: dict[str, str]
    town: re.Pattern[str]


@cache
def _words() -> _Words:
    own = table("regions")
    rows = tuple(
        (str(key), pattern("regions", key, "|".join(f"(?:{one})" for one in row["any"]), 0))
        for key, row in own["rows"].items()
    )
    towns = {
        form: str(region) for region, names in own["towns"].items() for name in names
        for form in _cases(str(name))
    }  # fmt: skip
    known = "|".join(re.escape(name) for name in sorted(towns, key=lambda name: (-len(name), name)))
    return _Words(
        same={str(key): str(value) for key, value in own["same"].items()},
        short={str(key).lower(): str(value) for key, value in own["short"].items()},
        rows=rows,
        towns=towns,
        town=re.compile(rf"(?<![\w-])(?:{known})(?![\w-])"),
    )


def _cases(town: str) -> list[str]:
    """Return a town in the cases that places stand in: "Тула", "Тулы", "Туле"."""
    stem = town[:-1]
    if town.endswith("а"):
        return [town, stem + "ы", stem + "и", stem + "е", stem + "у"]
    if town.endswith("ь"):
        return [town, stem + "и", stem + "я", stem + "е"]
    if town[-1] in "бвгджзклмнпрстфхцчшщ":
        return [town, town + "а", town + "е", town + "у"]
    return [town]


def region_of(words: str) -> str | None:
    """Return the region that ``words`` name, or None."""
    known = _words()
    found = next(_by_kind(words, known), None)
    if found is not None:
        return found
    for key, compiled in known.rows:
        if compiled.search(words):
            return key
    town = known.town.search(words)
    return known.towns[town[0]] if town else None


def _by_kind(words: str, known: _Words) -> Iterator[str]:
    for match in _GENERIC.finditer(words):
        name = _nominative(match, known)
        if name is not None:
            yield known.same.get(name, name)


def _nominative(match: re.Match[str], known: _Words) -> str | None:
    kind = match.lastgroup or ""
    ending, noun = _KINDS[kind]
    name = match["name"]
    adjective = _ADJECTIVE.fullmatch(name)
    short = known.short.get(name.lower())
    if short is not None and (match["dot"] or adjective is None):
        adjective = _ADJECTIVE.fullmatch(short)
    if adjective is None:
        return None
    stem = "-".join(part[:1].upper() + part[1:].lower() for part in adjective["stem"].split("-"))
    return f"{stem}{ending} {noun}"
