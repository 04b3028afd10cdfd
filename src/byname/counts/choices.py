"""The words of a filter -> keys of its axis: "Poles", "поляк" and "pole" are one nationality."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from byname.counts.coding import articles_of
from byname.counts.regions import region_of
from byname.errors import UsageError
from byname.vocabulary import key_of, nationalities, parties, table

_SEXES = {
    "female": ("female", "f", "ж", "женский", "woman", "women", "жен"),
    "male": ("male", "m", "м", "мужской", "man", "men", "муж"),
}
FATES = {
    "executed": "executed",
    "died_in_custody": "died in custody",
    "died": "died",
    "released": "released or case closed",
    "sentenced_to_death": "sentenced to death, execution not told",
}
_TABLES = {"nationality": "nationalities", "party": "parties", "occupation": "occupations",
           "body": "bodies"}  # fmt: skip


def chosen(axis: str, words: str) -> tuple[str, ...]:
    """Return the keys that the words of a filter stand for; commas part several.

    Raises:
        UsageError: nothing of that kind is called so.

    """
    keys: list[str] = []
    for one in filter(None, (part.strip() for part in words.split(","))):
        keys.extend(_CHOICES[axis](one) or _nothing(axis, one))
    if not keys:
        raise UsageError(f"--{axis} names nothing; write a value after it.")
    return tuple(dict.fromkeys(keys))


def _nothing(axis: str, words: str) -> list[str]:
    known = ", ".join(list(labels(axis))[:12])
    hint = f"; there are {known} ..." if known else "; write a number such as 58-10"
    raise UsageError(f'No {axis} is called "{words}"{hint}.')


def _plain(words: str) -> str:
    return words.strip().lower().replace("ё", "е").replace("_", " ")


def _sex(words: str) -> list[str]:
    return [key for key, forms in _SEXES.items() if _plain(words) in forms]


def _nationality(words: str) -> list[str]:
    asked = _plain(words)
    found = _by_label("nationality", asked)
    known = nationalities().get(asked)
    return found or ([known] if known else [])


def _party(words: str) -> list[str]:
    found = _by_label("party", _plain(words))
    return found or [key for key, begin in parties() if begin.match(words.strip())][:1]


def _labelled(axis: str) -> Callable[[str], list[str]]:
    def find(words: str) -> list[str]:
        found = _by_label(axis, _plain(words))
        known = None if found else key_of(_TABLES[axis], words)
        return found or ([known] if known else [])

    return find


def _by_label(axis: str, asked: str) -> list[str]:
    """Return the key that is called so, or all whose label begins so."""
    rows = labels(axis)
    exact = [key for key, label in rows.items() if asked in (_plain(key), _plain(label))]
    return exact or [
        key for key, label in rows.items() if _plain(label).startswith(asked) and len(asked) > 3
    ]


def _region(words: str) -> list[str]:
    english = _by_label("region", _plain(words))
    if english:
        return english
    found = region_of(words) or region_of(words[:1].upper() + words[1:])
    found = found or region_of(f"{words} обл.")
    return [found] if found else []


def _article(words: str) -> list[str]:
    return articles_of(words)


def _fate(words: str) -> list[str]:
    return [key for key in FATES if _plain(key) == _plain(words)]


_CHOICES: dict[str, Callable[[str], list[str]]] = {
    "sex": _sex,
    "nationality": _nationality,
    "party": _party,
    "occupation": _labelled("occupation"),
    "body": _labelled("body"),
    "region": _region,
    "article": _article,
    "fate": _fate,
}


@cache
def labels(axis: str) -> dict[str, str]:
    """Return key -> what an axis calls it in English; empty for axes that have no table."""
    if axis == "region":
        rows = table("regions")["rows"]
        return {str(key): str(row["en"]) for key, row in rows.items()}
    if axis == "sex":
        return {"female": "women", "male": "men"}
    if axis == "fate":
        return dict(FATES)
    if axis in _TABLES:
        return {str(key): str(row["en"]) for key, row in table(_TABLES[axis]).items()}
    return {}
