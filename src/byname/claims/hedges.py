"""Words around a number that loosen it: "about", "at least", "up to", "or so"."""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = (
    ("at_least", r"at\s+(?:the\s+very\s+)?least|no(?:t)?\s+(?:fewer|less)\s+than|(?:a\s+)?minimum(?:\s+of)?"
     r"|не\s+(?:менее|меньше)(?:\s+чем)?(?:\s+(?:о|об|в|на))?|как\s+минимум|по\s+(?:меньшей|крайней)\s+мере|минимум"),
    ("at_most", r"at\s+(?:the\s+very\s+)?most|no(?:t)?\s+more\s+than|up\s+to|as\s+(?:many|much|high)\s+as"
     r"|(?:a\s+)?maximum(?:\s+of)?|не\s+(?:более|больше|свыше)(?:\s+чем)?(?:\s+(?:о|об|в|на))?|до|максимум"),
    ("more_than", r"(?:far\s+|well\s+|slightly\s+|much\s+)?(?:more\s+than|over|above|in\s+excess\s+of)"
     r"|upwards?\s+of|exceed(?:ed|ing|s)?|greater\s+than|higher\s+than|свыше|превы\w{3,8}"
     r"|(?:намного\s+|чуть\s+|гораздо\s+|значительно\s+)?(?:более|больше)(?:\s+чем)?(?:\s+(?:о|об|в|на))?"),
    ("nearly", r"(?:hardly|scarcely|barely|little|not\s+much)\s+(?:fewer|less)\s+than|nearly|almost|close\s+to|(?:just|slightly|a\s+little)\s+(?:under|short\s+of|below)|approaching"
     r"|почти|без\s+малого|чуть\s+(?:менее|меньше)(?:\s+чем)?|едва\s+(?:ли\s+)?не"),
    ("less_than", r"(?:far\s+|well\s+)?(?:less\s+than|fewer\s+than|under|below)|lower\s+than"
     r"|(?:гораздо\s+)?(?:менее|меньше)(?:\s+чем)?"),
    ("about", r"about|around|approximately|approx\.|roughly|some|(?:an?\s+)?estimated|circa|ca?\.|perhaps"
     r"|maybe|possibly|probably|(?:in|on)\s+the\s+(?:region|order|neighbou?rhood|vicinity)\s+of"
     r"|something\s+like|estimated\s+at|около|примерно|приблизительно|порядка|где-то|ориентировочно"),
    ("filler", r"(?:a\s+)?total\s+of|only|just|exactly|precisely|a\s+mere|a\s+further|another"
     r"|an\s+average\s+of|the|a|an|as|всего|только|лишь|ровно|ещё|еще|that"),
)  # fmt: skip
_BEFORE: Final = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS) + r")\s+$",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(r"[~≈]\s?$")
_AFTER: Final = re.compile(
    r"(?:[-\s]odd|\s+or\s+so)(?!\w)|(?P<more>\+|\s+or\s+more|\s+or\s+higher|\s+с\s+лишним|\s+или\s+(?:более|больше)"
    r"|\s+и\s+(?:более|больше))(?!\w)|(?P<least>,?\s+at\s+(?:the\s+very\s+)?least(?!\w))"
    r"|(?P<less>\s+or\s+(?:less|fewer)(?!\w)|,?\s+at\s+most(?!\w))",
    re.IGNORECASE,
)
_WINDOW: Final = 32


def hedge_before(text: str, start: int, floor: int) -> tuple[int, str]:
    """Return where the hedge words before ``start`` begin, and what they come to.

    Of several ("perhaps as many as") the one that gives a bound counts.
    """
    found: list[str] = []
    begin, at = start, start
    sign = _SIGN.search(text, max(floor, at - 3), at)
    if sign:
        begin, at = sign.start(), sign.start()
        found.append("about")
    for _ in range(4):
        match = _BEFORE.search(text, max(floor, at - _WINDOW), at)
        if match is None:
            break
        at = match.start()
        name = (match.lastgroup or "").replace("_", " ")
        if name != "filler":
            begin = at
            found.append(name)
    bounds = [name for name in found if name != "about"]
    return begin, (bounds or found or [""])[0]


def hedge_after(text: str, end: int, stop: int) -> tuple[int, str]:
    """Return where hedge words after ``end`` end, and what they come to."""
    match = _AFTER.match(text, end, stop)
    if match is None:
        return end, ""
    names = {"more": "at least", "least": "at least", "less": "at most", None: "about"}
    return match.end(), names[match.lastgroup]
