"""Chinese and Korean names: their syllables, and one form for the spellings of one name.

Investigators wrote what they heard: Син-Тин, Син Тын and Синтин are one man. The form joins
the syllables and takes away what Russian spellings of them disagree on most.
"""

from __future__ import annotations

import re

_SYLLABLE = re.compile(
    r"(?:(?:чж|чх|цз|цх|дз|дж|тх|пх|кх|[бвгджзйклмнпрстфхцчшщ])в?)?"
    r"(?:[иую]?[аеоуюя][оуи]?|[уюи]и?)"
    r"(?:нг(?![аеиоуюя])|н(?![аеиоуюя])|[кмпрлбг](?![аеиоуюя])|)"
)
_SHORT = tuple(
    (re.compile(spelt), same)
    for spelt, same in (
        ("дж", "чж"),
        ("дз", "цз"),
        ("([тпкчц])х", r"\1"),
        ("юи", "ю"),
        ("^ио(?=.)", "е"),
        ("еи(?=[бвгджзклмнпрстфхцчшщ])", "е"),
    )
)
"""What Russian spellings of one Chinese or Korean syllable disagree on."""
_LONG = tuple(
    (re.compile(spelt), same)
    for spelt, same in (
        ("^ио(?=.)", "е"),
        ("(?<=[крсмнхб])ио(?=.)", "е"),
        ("д[жз]", "з"),
        ("чи", "ти"),
        ("ши", "си"),
        ("оу?о|оу", "о"),
        ("еи", "е"),
    )
)
"""The same for Japanese names (Есио/Иосио, Сюити/Сюичи) and Ossetian ones (Хаджимет/Хадзимет)."""


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
    """Return a loose form without what transcriptions of its syllables disagree on.

    One or two syllables are Chinese or Korean: a hyphen between them keeps the key apart from
    the European names that they would make ("Е-Ван" is no Иван).

    >>> joined("ютин"), joined("юитин"), joined("иосихиро") == joined("есихиро")
    ('ю-тин', 'ю-тин', True)
    """
    for spelt, same in _LONG if len(syllables(form)) > 2 else _SHORT:
        form = spelt.sub(same, form)
    found = syllables(form)
    return "-".join(found) if len(found) == 2 else form
