"""Shares written without per cent: "two thirds", "one in four", "a majority", "каждый десятый"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from byname.claims.number_words import SMALL
from byname.claims.spans import merged


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent: half-open range and the interval it means."""

    start: int
    end: int
    low: float
    high: float
    hedge: str = ""
    noun: tuple[int, int] = (0, 0)
    """Of "one prisoner in five" where "prisoner" stands."""


_DENOMINATORS: Final = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100,
    "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
    "двадцат": 20, "сот": 100, "втор": 2,
}  # fmt: skip
_EN_PARTS: Final = "half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth"
_RU_PARTS: Final = r"трет|четверт|пят|шест|седьм|восьм|девят|десят|двадцат|сот|втор"
_NUMBER: Final = "|".join(sorted((w for w in SMALL if len(w) > 1), key=len, reverse=True))
_ROUND: Final = frozenset((10, 100, 1000))

_SHARE: Final = re.compile(
    rf"(?<![\w-])(?:"
    # two thirds of, one-third, three quarters
    rf"(?P<count>{_NUMBER}|an?|\d)[\s-](?P<part>{_EN_PARTS})s?(?P<of>\s+of(?!\s+a\s+million))?(?!\w)"
    rf"|(?P<half>(?:(?:a|one)[\s-])?half(?=\s+[^\W\d]))"
    rf"|(?P<ru_count>одн\w{{1,2}}|дв[аеу]х?|тр[иёе]х?|четыр\w{{1,2}})\s+(?P<ru_part>{_RU_PARTS})\w{{1,3}}"
    rf"(?:\s+част\w{{1,2}})?(?!\w)"
    rf"|(?P<ru_one>трет[ьи]|четверт[ьи])(?=\s+(?!мая)[а-яё]{{3}})(?:\s+част\w{{1,2}})?(?!\w)"
    rf"|(?P<ru_half>половин[аыуе]|(?<!с )половиной)(?!\w)"
    rf"|(?P<ru_tenth>{_RU_PARTS})(?:ая|ой|ую)\s+част\w{{1,2}}(?!\w)"
    rf"|(?P<ru_every>кажд(?:ый|ого|ая|ую|ому))\s+(?P<ru_nth>{_RU_PARTS})(?:ый|ий|ой|ого|ьего|ая|ью|ую|ому)(?!\w)"
    rf"|every\s+(?P<nth>second|third|fourth|fifth|tenth|twentieth|hundredth)(?!\w)"
    rf"(?=\s+(?!day|week|month|year|hour|night))"
    rf"|(?:one|an?)\s+(?P<who>(?!of\b|in\b|or\b)[^\W\d][\w'’-]*(?:\s+(?!of\b|in\b)[^\W\d][\w'’-]*)?)\s+"
    rf"in\s+(?:(?:every|about|roughly|around|nearly)\s+)?(?P<in_all>(?:a\s+)?(?:hundred|thousand)|\d{{1,4}}"
    rf"(?![\d,.])|{_NUMBER})(?!\w)"
    rf"|(?P<some>{_NUMBER}|\d{{1,3}})\s+(?:(?P<in>in)(?:\s+every)?|out\s+of(?:\s+every)?|(?P<ru_in>из))\s+"
    rf"(?P<all>a\s+hundred|a\s+thousand|\d{{1,4}}(?![\d,.])|{_NUMBER}|hundred|thousand|тысячи)(?!\w)"
    rf"|(?P<fraction>[1-9]/[1-9]\d?)(?=\s+(?:of|the)\b)|(?P<glyph>[½⅓⅔¼¾⅕⅒])(?=\s*(?:of|the)\b)"
    rf"|(?P<majority>(?:(?:a|the)\s+)?(?:(?:vast|overwhelming|great|large|clear|absolute|sheer)\s+)?majority"
    rf"(?=\s+(?:of|were)\b)|most(?=\s+of\s+(?:the|his|its|their|those|these|them|whom)\b)"
    rf"|(?:(?:подавляющее|абсолютное|значительное)\s+)?большинств[оаеу](?!\w)|больш(?:ая|ую|ей)\s+част\w{{1,2}})"
    rf"|(?P<minority>(?:a|the)\s+(?:(?:small|tiny)\s+)?minority(?=\s+(?:of|were)\b)|меньшинство)"
    rf")",
    re.IGNORECASE,
)  # fmt: skip
_GLYPHS: Final = dict(zip("½⅓⅔¼¾⅕⅒", (50.0, 100 / 3, 200 / 3, 25.0, 75.0, 20.0, 10.0), strict=True))
_OF_NUMBER: Final = re.compile(
    r"\s+(?:of\s+)?(?:a\s+)?(?:million|dozen|hundred|thousand|миллиона?)(?!\w)"
)
_NOT_SHARE_BEFORE: Final = re.compile(
    r"(?<!\w)(?:first|second|latter|other|better|втор\w{2}|перв\w{2})[\s-]+$", re.IGNORECASE
)
_EMPTY_AFTER: Final = re.compile(
    r"\s+(?:of\s+)?(?:the\s+|an?\s+)?(?:year|century|hour|day|decade|month|way|night|time|world"
    r"|(?:1[89]|20)\d\d|года|месяца|дня|столетия|века|XX)(?!\w)"
)


# Most sentences tell no share in words: one of these stands in every one that does.
_TRIGGER: Final = re.compile(
    r"hal[fv]|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|\sin\s|out\s+of"
    r"|major|minor|most\s|every\s|\d/\d|[½⅓⅔¼¾⅕⅒]|трет|четверт|пят|част|половин|кажд|большин|меньшин"
    r"|\sиз\s",
    re.IGNORECASE,
)
_NEAR: Final = 64


def shares(text: str, start: int, end: int) -> list[Share]:
    """Return the shares in words of ``text[start:end]`` in order."""
    triggers = _TRIGGER.finditer(text, start, end)
    near = merged((max(start, m.start() - _NEAR), min(end, m.end() + _NEAR)) for m in triggers)
    found: list[Share] = []
    for begin, stop in near:
        while stop < end and text[stop].isalnum():
            stop += 1
        for match in _SHARE.finditer(text, begin, stop):
            share = _share(text, match)
            if share is not None and (not found or share.start >= found[-1].end):
                found.append(share)
    return found


def _share(text: str, match: re.Match[str]) -> Share | None:
    start, finish = match.span()
    if match["majority"]:
        return Share(start, finish, 50.0, 100.0, "range")
    if match["minority"]:
        return Share(start, finish, 0.0, 50.0, "range")
    if match["some"]:
        return _one_in(match)
    if match["who"]:
        return _one_man_in(text, match)
    value = _part(match)
    if match["part"]:
        finish = match.end("part")
        finish += text[finish : finish + 1] == "s"
    if match["half"] and not _is_half(text, start, finish):
        return None
    if value is None or _OF_NUMBER.match(text, finish) or _EMPTY_AFTER.match(text, finish):
        return None
    if _NOT_SHARE_BEFORE.search(text, max(0, start - 12), start):
        return None
    return Share(start, finish, value, value)


_HALF_OF: Final = re.compile(
    r"\s+(?:of|the|his|its|their|these|those|all|were|had|have|are|died|perished|got|received)(?!\w)"
)
_HALF_HEDGED: Final = re.compile(
    r"(?<!\w)(?:about|nearly|almost|over|than|roughly|around|some|exactly|fully|perhaps|only)\s+$"
)
_HALF_NOT: Final = re.compile(
    r"\s+(?:an?|way|past|hour|century|dozen|million|years?|brother)(?!\w)"
)


def _is_half(text: str, start: int, end: int) -> bool:
    """Tell whether "half" is a share: "half of them", "about half got", not "half an hour"."""
    if _HALF_NOT.match(text, end):
        return False
    hedged = _HALF_HEDGED.search(text[max(0, start - 16) : start].lower())
    return hedged is not None or _HALF_OF.match(text, end) is not None


def _part(match: re.Match[str]) -> float | None:
    """Return the share in per cent of one of the simple forms."""
    if match["part"]:
        return _counted_part(match)
    if match["ru_count"]:
        count = SMALL.get(match["ru_count"].lower(), 0.0)
        return 100 * count / _DENOMINATORS[match["ru_part"].lower()]
    if match["fraction"]:
        above, below = match["fraction"].split("/")
        return 100 * int(above) / int(below) if int(above) < int(below) else None
    if match["glyph"]:
        return _GLYPHS[match["glyph"]]
    word = match["ru_one"] or match["ru_tenth"] or match["ru_nth"] or match["nth"]
    if word:
        low = word.lower().rstrip("ьи")
        return 100 / (2 if low == "second" else _DENOMINATORS[low])
    return 50.0


def _counted_part(match: re.Match[str]) -> float | None:
    word, part = match["count"].lower(), match["part"].lower()
    if part == "half" and word not in ("a", "one"):
        return None
    if word in ("a", "an") and not match["of"]:
        return None  # "a third man"
    count = 1.0 if word in ("a", "an") else float(word) if word.isdigit() else SMALL[word]
    below = _DENOMINATORS[part]
    return 100 * count / below if count < below else None


def _one_man_in(text: str, match: re.Match[str]) -> Share | None:
    """Read "one prisoner in five", but not "one day in 1938" or "one man in two cases"."""
    below = _whole(match["in_all"])
    plain = re.match(r"\s*(?:[.,;:!?)]|$|was|were|is|had|faced|\w+ed\b|died|annually|a\s|per\b)",
                     text[match.end() : match.end() + 16])  # fmt: skip
    if below < 2 or 1500 <= below < 2050 or plain is None or _TIME_WORD.search(match["who"]):
        return None
    return Share(match.start(), match.end(), 100 / below, 100 / below, noun=match.span("who"))


_TIME_WORD: Final = re.compile(r"(?:day|night|month|week|year|case|time|thing)s?$")


def _one_in(match: re.Match[str]) -> Share | None:
    """Read "one in four", "nine out of ten"; "three out of five marshals" is a count."""
    above = _whole(match["some"])
    below = _whole(match["all"])
    one_of = match["in"] is not None or above == 1 or below in _ROUND
    if not one_of or not 0 < above < below or (match["ru_in"] and below not in _ROUND):
        return None
    if match["in"] and match["all"].isdigit() and below > 1000:
        return None  # "one in 1937"
    value = 100 * above / below
    return Share(match.start(), match.end(), value, value)


def _whole(words: str) -> float:
    word = words.lower().split()[-1]
    named = {"hundred": 100.0, "thousand": 1000.0, "тысячи": 1000.0}
    return float(word) if word.isdigit() else named.get(word) or SMALL[word]
