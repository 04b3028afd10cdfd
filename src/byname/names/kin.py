"""The table of given names (``vocabulary/given.yaml``), compiled for looking up.

Compiled once, at first use. A name in two families, a near family that does not exist and
the like are reported with the file and the rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from byname.errors import VocabularyError
from byname.names.forms import fold
from byname.names.loose import loose, plain_latin
from byname.names.translit import is_latin
from byname.vocabulary import table

FILE = "vocabulary/given.yaml"
_LEAST_SHARE = 0.08
_FLEETING = {"лев": "лв", "павел": "павл", "яков": "яковл", "иаков": "яковл", "исаи": "иса"}
"""Names whose patronymic drops or adds a letter (Лев -> Львович, Яков -> Яковлевич), or is
commoner than that of a name which looks like its stem (Исай -> Исаевич, beside Иса)."""


@dataclass(frozen=True, slots=True)
class Kin:
    """The families of given names.

    ``members`` holds loose Cyrillic forms, ``latin`` plain Latin ones, ``stems`` what a
    patronymic leaves of a father's name, ``short`` abbreviations: each -> the family's key.
    ``ordered`` lists (loose form, key) as the file does, for abbreviations.
    """

    members: dict[str, str]
    latin: dict[str, str]
    stems: dict[str, str]
    short: dict[str, str]
    ordered: tuple[tuple[str, str], ...]
    sex: dict[str, str]
    near: dict[str, frozenset[str]]
    initials: dict[str, frozenset[str]]


@cache
def kin() -> Kin:
    """Return the compiled table.

    Raises:
        VocabularyError: a name stands in two families, or a row is not as it must be.
    """
    return compiled(table("given"))


def compiled(rows: dict[str, Any]) -> Kin:
    """Compile the rows of ``given.yaml``; a mistake is named with its families."""
    unknown = set(rows) - {"male", "female", "near", "short"}
    if unknown:
        raise VocabularyError(
            f'{FILE} has a part called "{min(map(str, unknown))}"; '
            "its parts are male, female, near and short."
        )
    members: dict[str, str] = {}
    latin: dict[str, str] = {}
    sex: dict[str, str] = {}
    written: dict[str, str] = {}
    for part in ("male", "female"):
        for row, names in _mapping(rows, part).items():
            key = fold(row)
            written[key] = row
            if sex.setdefault(key, part) != part:
                raise VocabularyError(f'{FILE} has "{row}" both among men and women; leave one.')
            for name in _names(row, names):
                _enter(latin if is_latin(name) else members, name, key, written)
    stems = _stems({name: key for name, key in members.items() if sex[key] == "male"})
    return Kin(
        members=members,
        latin=latin,
        stems=stems,
        short=_short(_mapping(rows, "short"), sex),
        ordered=tuple(members.items()),
        sex=sex,
        near=_near(rows.get("near") or [], sex),
        initials=_initials(members),
    )


def _mapping(rows: dict[str, Any], part: str) -> dict[str, Any]:
    found = rows.get(part) or {}
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise VocabularyError(f'{FILE}: "{part}" must be rows of "name: ...".')
    return found


def _names(row: str, names: object) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise VocabularyError(
            f'{FILE}, row "{row}": write the other forms as a list, {row}: [form, form].'
        )
    return [row, *names]


def _enter(index: dict[str, str], name: str, key: str, written: dict[str, str]) -> None:
    form = plain_latin(name) if is_latin(name) else loose(name)
    if not form:
        raise VocabularyError(f'{FILE}, row "{written[key]}": "{name}" is not a name.')
    if index.setdefault(form, key) != key:
        raise VocabularyError(
            f'{FILE}: "{name}" stands in two families, "{written[index[form]]}" and '
            f'"{written[key]}"; leave it in one (ё/е, й/и, ы/и, э/е, ь and doubled letters '
            "make no difference there)."
        )


def _stems(fathers: dict[str, str]) -> dict[str, str]:
    """Return what patronymics leave of the fathers' names; a whole name goes before a stem."""
    stems = dict(fathers)
    for name, key in fathers.items():
        if name in _FLEETING:
            stems[_FLEETING[name]] = key
    for name, key in fathers.items():
        if name[-1] in "иаяое" and len(name) > 2:
            stems.setdefault(name[:-1], key)
    return stems


def _short(rows: dict[str, Any], sex: dict[str, str]) -> dict[str, str]:
    short: dict[str, str] = {}
    for word, name in rows.items():
        key = fold(str(name))
        if key not in sex:
            raise VocabularyError(f'{FILE}, short: "{word}" means "{name}", which is no family.')
        short[_letters(word)] = key
    return short


def _letters(word: str) -> str:
    return plain_latin(word) if is_latin(word) else fold(word)


def _near(groups: object, sex: dict[str, str]) -> dict[str, frozenset[str]]:
    near: dict[str, set[str]] = {}
    for group in groups if isinstance(groups, list) else [groups]:
        if not isinstance(group, list) or len(group) < 2:
            raise VocabularyError(f'{FILE}, near: "{group}" must be a list, [name, name].')
        keys = {fold(str(name)) for name in group}
        for key in keys:
            if key not in sex:
                raise VocabularyError(f'{FILE}, near: "{key}" is not the key of a family.')
            near.setdefault(key, set()).update(keys - {key})
    return {key: frozenset(others) for key, others in near.items()}


def _initials(members: dict[str, str]) -> dict[str, frozenset[str]]:
    """Return the letters a family is known by; one name in many (Вано of Иван) is no letter."""
    letters: dict[str, Counter[str]] = {}
    for name, key in members.items():
        letters.setdefault(key, Counter())[name[0]] += 1
    return {
        key: frozenset(
            letter for letter, names in found.items() if names >= _LEAST_SHARE * found.total()
        )
        | {loose(key[0])}
        for key, found in letters.items()
    }
