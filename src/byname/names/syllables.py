"""Chinese and Korean names: their syllables, and one form for the spellings of one name.

Investigators wrote what they heard: Син-Тин, Син Тын and Синтин are one man. The form joins
the syllables and takes away what Russian spellings of them disagree on most.
"""

from __future__ import annotations

import re

_SYLLABLE = re.compile(
    r"(?:чж|чх|цз|цх|дз|дж|тх|пх|кх|[бвгджзйклмнпрстфхцчшщ])?"
    r"(?:и?уа|ю?е|и?ао|иоу|[уию]?[аеоуюяи])и?"
    r"(?:н(?![аеиоуюя])|[кмпрлбг](?![аеиоуюя])|)"
)
_SAME = (
    (re.compile(r"дж"), "чж"),
    (re.compile(r"дз"), "цз"),
    (re.compile(r"([тпкчц])х"), r"\1"),
    (re.compile(r"юи"), "ю"),
)


def syllables(form: str) -> list[str]:
    """Return the syllables of a loose form, [] where it is not made of such syllables.

    >>> syllables("синтин"), syllables("шан"), syllables("карл")
    (['син', 'тин'], ['шан'], [])
    """
    found: list[str] = []
    at = 0
    while at < len(form):
        match = _SYLLABLE.match(form, at)
        if not match or match.end() == at:
            return []
        found.append(match[0])
        at = match.end()
    return found


def joined(form: str) -> str:
    """Return a loose form without what transcriptions of one syllable disagree on."""
    for spelt, same in _SAME:
        form = spelt.sub(same, form)
    return form
