"""Words around a number that loosen it: "about", "at least", "up to", "or so"."""

from __future__ import annotations

import re
from typing import Final

from byname.claims.spans import phrases

_OF_WHAT: Final = r"(?: (?:о|об|в|на))?"
"""Russian puts its preposition after the hedge: "не менее чем о 724 тысячах"."""

# The first that fits counts: "no more than" must stand before "more than".
_FORMS: Final = {
    "at_least": (
        "at (?:the very )?least|no(?:t)? (?:fewer|less) than|(?:a )?minimum(?: of)?"
        f"|не (?:менее|меньше)(?: чем)?{_OF_WHAT}|как минимум|по (?:меньшей|крайней) мере|минимум"
    ),
    "at_most": (
        "at (?:the very )?most|no(?:t)? more than|(?:not|never) exceed(?:ed|ing)?"
        "|не превы[а-я]{3,8}|up to|as (?:many|much|high) as"
        f"|(?:a )?maximum(?: of)?|не (?:более|больше|свыше)(?: чем)?{_OF_WHAT}|до|максимум"
        "|от силы|самое большее"
    ),
    "more_than": (
        "(?:(?:far|well|much|rather|somewhat|a good deal) )?"
        "(?:more than|over|above|in excess of)|upwards? of|north of"
        "|exceed(?:ed|ing|s)?|greater than|higher than|свыше|превы[а-я]{3,8}"
        "|(?:далеко|перевали[а-я]{1,4}) за"
        f"|(?:(?:намного|гораздо|значительно) )?(?:более|больше)(?: чем)?{_OF_WHAT}"
    ),
    "nearly": (
        "nearly|almost|close to|not quite|getting on for|the best part of|approaching"
        "|(?:just|slightly|a little) (?:under|short of|below)"
        "|(?:hardly|scarcely|barely|little|not much) (?:(?:fewer|less|lower) than|below|under)"
        "|почти|без малого|(?:где-то )?под|чуть (?:менее|меньше)(?: чем)?|(?:едва|чуть)(?: ли)? не"
    ),
    "less_than": (
        "(?:(?:far|well|much|rather) )?(?:less than|fewer than|under|below|lower than)"
        "|(?:гораздо )?(?:менее|меньше)(?: чем)?"
    ),
    "about": (
        r"about|around|approximately|approx\.|roughly|some|(?:an? )?estimated|estimated at|circa"
        r"|ca?\.|perhaps|maybe|possibly|probably|something like"
        "|(?:slightly|(?:only )?just|(?:a )?little|a (?:shade|bit|touch)|marginally|barely|hardly)"
        " (?:more than|over|above)|a (?:shade|bit|touch) (?:under|below|less than)"
        "|чуть (?:больше|более|свыше)(?: чем)?"
        "|(?:in|on) the (?:region|order|neighbou?rhood|vicinity) of"
        "|около|примерно|приблизительно|порядка|где-то|ориентировочно|эдак|этак"
    ),
    "filler": (
        "(?:a )?total of|only|just|exactly|precisely|a mere|a further|an extra|another|a good"
        "|an average of|the|a|an|as|all|a bare|bare|a full|fully|a whole|as few as"
        "|всего|только|лишь|ровно|ещё|еще"
    ),
}
_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?:{phrases('|'.join(f'(?P<{k}>{v})' for k, v in _FORMS.items()))})\s+$",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(r"[~≈]\s?$")
_AFTER: Final = re.compile(
    phrases(
        r"(?:[- ]odd| or so)(?!\w)"
        r"|(?P<more>\+|(?: or (?:more|higher)| с (?:лишним|хвостиком|небольшим)"
        r"| (?:или|и) (?:более|больше))(?!\w))"
        r"|(?P<least>,? at (?:the very )?least(?!\w))"
        r"|(?P<less>(?: or (?:less|fewer)|,? at most)(?!\w))"
    ),
    re.IGNORECASE,
)
_AFTER_NAMES: Final = {"more": "at least", "least": "at least", "less": "at most", None: "about"}
_WINDOW: Final = 40


def hedge_before(text: str, start: int, floor: int) -> tuple[int, str]:
    """Return where the hedge words before ``start`` begin, and what they come to.

    Of several ("perhaps as many as") the one that gives a bound counts.
    """
    found: list[str] = []
    begin = at = start
    sign = _SIGN.search(text, max(floor, at - 3), at)
    if sign:
        begin = at = sign.start()
        found.append("about")
    for _ in range(4):
        match = _BEFORE.search(text, max(floor, at - _WINDOW), at)
        if match is None:
            break
        at = match.start()
        if match.lastgroup != "filler":
            begin = at
            found.append((match.lastgroup or "").replace("_", " "))
    bounds = [name for name in found if name != "about"]
    return begin, (bounds or found or [""])[0]


def hedge_after(text: str, end: int, stop: int) -> tuple[int, str]:
    """Return where hedge words after ``end`` end, and what they come to."""
    match = _AFTER.match(text, end, stop)
    if match is None:
        return end, ""
    return match.end(), _AFTER_NAMES[match.lastgroup]
