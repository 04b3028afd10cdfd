"""Names in an oblique case, as letters and files have them: "Гиттиса Владимира Михайловича".

Endings alone cannot tell a genitive from a woman's surname; so every nominative a word may come
from is offered, and only those that an archive knows are taken.
"""

from __future__ import annotations

from byname.search.forms import Kind

_SURNAME = (
    ("скаго", "скии"), ("цкаго", "цкии"), ("аго", "ыи"), ("яго", "ии"),
    ("ского", "скии"), ("цкого", "цкии"), ("скому", "скии"), ("цкому", "цкии"), ("ским", "скии"),
    ("цким", "цкии"), ("ском", "скии"), ("цком", "цкии"), ("скою", "ская"), ("скую", "ская"),
    ("цкую", "цкая"), ("ского", "скои"), ("ого", "ыи"), ("ого", "ои"), ("его", "ии"),
    ("ому", "ыи"), ("ому", "ои"), ("ему", "ии"), ("овым", "ов"), ("евым", "ев"), ("иным", "ин"),
    ("ыным", "ын"), ("ым", "ыи"), ("им", "ии"), ("ую", "ая"), ("ем", ""), ("ем", "ь"),
    ("ем", "и"), ("ом", ""), ("ои", "ая"), ("еи", "яя"), ("ои", "а"), ("ою", "а"),
    ("еи", "я"), ("у", ""), ("у", "а"),
    ("ю", "ь"), ("ю", "и"), ("ю", "я"), ("я", "ь"), ("я", "и"), ("а", ""), ("ы", "а"),
    ("и", "а"), ("и", "я"), ("е", "а"), ("е", ""), ("е", "ь"), ("ца", "ец"), ("цу", "ец"),
    ("цем", "ец"), ("ка", "ок"), ("ку", "ок"), ("ком", "ок"),
)  # fmt: skip
_GIVEN = (
    ("авла", "авел"), ("авлу", "авел"), ("авлом", "авел"), ("льва", "лев"), ("льву", "лев"),
    ("ем", "и"), ("ем", "ь"), ("ом", ""), ("ои", "а"), ("еи", "я"), ("еи", "и"), ("ью", "ь"),
    ("а", ""), ("я", "и"), ("я", "ь"), ("у", ""), ("у", "а"), ("ю", "и"), ("ю", "ь"), ("ю", "я"),
    ("ы", "а"), ("и", "ь"), ("и", "я"), ("и", "а"), ("ии", "ия"), ("е", ""), ("е", "а"),
    ("е", "я"), ("е", "и"),
)  # fmt: skip
_PATRONYMIC = (
    ("ича", "ич"), ("ичу", "ич"), ("ичем", "ич"), ("иче", "ич"), ("вны", "вна"), ("вне", "вна"),
    ("внои", "вна"), ("вну", "вна"), ("чны", "чна"), ("чне", "чна"), ("чнои", "чна"),
    ("чну", "чна"), ("вни", "вна"), ("вною", "вна"), ("ичеві", "ич"),
)  # fmt: skip
_ENDINGS: dict[Kind, tuple[tuple[str, str], ...]] = {
    "surname": _SURNAME, "given": _GIVEN, "patronymic": _PATRONYMIC,
}  # fmt: skip
_SHORTEST: dict[Kind, int] = {"surname": 3, "given": 2, "patronymic": 3}


def nominatives(kind: Kind, form: str) -> list[str]:
    """Return the folded names that ``form``, folded, may be an oblique case of.

    >>> "гиттис" in nominatives("surname", "гиттиса")
    True
    >>> nominatives("patronymic", "михаиловича")
    ['михаилович']
    """
    found = [
        form[: len(form) - len(ending)] + nominative
        for ending, nominative in _ENDINGS[kind]
        if form.endswith(ending) and len(form) - len(ending) + len(nominative) >= _SHORTEST[kind]
    ]
    return [one for one in dict.fromkeys(found) if one != form]
