"""Shares written without per cent: "two thirds", "one in four", "a majority", "каждый десятый"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from byname.claims.number_words import SMALL
from byname.claims.spans import merged, phrases


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


_PARTS: Final = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100, "трет": 3, "четверт": 4, "пят": 5,
    "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10, "двадцат": 20, "сот": 100,
    "втор": 2, "second": 2,
}  # fmt: skip
_EN: Final = "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth"
_RU: Final = "трет|четверт|пят|шест|седьм|восьм|девят|десят|двадцат|сот|втор"
_NUMBER: Final = "|".join(sorted((w for w in SMALL if len(w) > 1), key=len, reverse=True))
_GLYPHS: Final = dict(zip("½⅓⅔¼¾⅕⅒", (50.0, 100 / 3, 200 / 3, 25.0, 75.0, 20.0, 10.0), strict=True))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{phrases(words)})", re.IGNORECASE)


def _whole(words: str) -> float:
    """Return the number that a word or digits mean: "a hundred", "ten", "20"."""
    *before, word = words.lower().replace(",", "").split()
    if word.isdigit():
        return float(word)
    named = {"hundred": 100.0, "thousand": 1000.0, "тысячи": 1000.0}.get(word)
    times = SMALL.get(before[-1], 1.0) if before else 1.0
    return times * named if named else SMALL[word]


def _exactly(match: re.Match[str], value: float | None, end: int | None = None) -> Share | None:
    """Return a plain share, None for "a quarter of a million" and "the first quarter of 1937"."""
    stop = match.end() if end is None else end
    text, start = match.string, match.start()
    if value is None or _OF_NUMBER.match(text, stop) or _OF_TIME.match(text, stop):
        return None
    if _ONE_OF_PARTS.search(text, max(0, start - 12), start):
        return None
    return Share(start, stop, value, value)


_OF_NUMBER: Final = re.compile(
    phrases(
        r" (?:of )?(?:a )?(?:million|dozen|hundred|thousand|миллиона?)(?!\w)"
        r"| of (?:a|one|1) per ?cent(?!\w)"
    )
)
_OF_TIME: Final = re.compile(
    phrases(
        r" (?:of )?(?:(?:the|an?) )?(?:year|century|hour|day|decade|month|way|night|time|world"
        r"|(?:1[89]|20)\d\d|года|месяца|дня|столетия|века|XX)(?!\w)"
    )
)
_ONE_OF_PARTS: Final = re.compile(
    r"(?<!\w)(?:first|second|latter|other|better|втор\w{2}|перв\w{2})[\s-]+$", re.IGNORECASE
)


_COUNTED: Final = _pattern(
    rf"(?P<count>{_NUMBER}|an?(?: (?:full|good|mere|clear|whole))?|\d)[- ]"
    rf"(?P<part>{_EN})(?P<s>s?)(?P<of> of)?(?!\w)"
)


def _counted(match: re.Match[str]) -> Share | None:
    """Read "two thirds of", "one-third", "about a third", but not "a third man"."""
    word = match["count"].lower().split()[0]
    if word in ("a", "an") and not match["of"] and not _alone(match):
        return None
    count = 1.0 if word in ("a", "an") else _whole(word)
    below = _PARTS[match["part"].lower()]
    value = 100 * count / below if 0 < count < below else None
    return _exactly(match, value, match.end("s"))


_DOES: Final = re.compile(r"\s+(?:were|was|had|died|perished|survived|got|received|are|have)(?!\w)")
_ENDS: Final = re.compile(r"\s*(?:[.,;:!?)]|$|(?:in|by|at|on|and|or|before|after|under)\b)")


def _alone(match: re.Match[str]) -> bool:
    """Tell whether "a third" is a share by itself: "a third were shot", "about a third."."""
    text, start, end = match.string, match.start(), match.end()
    hedged = _HALF_HEDGED.search(text, max(0, start - 16), start)
    return bool(_DOES.match(text, end) or (hedged and _ENDS.match(text, end)))


_HALF: Final = _pattern(r"(?:(?:a|one)[- ])?half(?= [^\W\d]|[.,;:!?)])")
_HALF_OF: Final = re.compile(
    phrases(
        r" (?:of|the|his|its|their|these|those|all|were|had|have|are|died|perished|got|received)"
        r"(?!\w)"
    )
)
_HALF_HEDGED: Final = re.compile(
    r"(?<!\w)(?:about|nearly|almost|over|than|roughly|around|some|exactly|fully|perhaps|only"
    r"|bare|good|full|barely|under|below|by|least|most)\s+$",
    re.IGNORECASE,
)
_HALF_NOT: Final = re.compile(
    phrases(r" (?:an?|way|past|hour|century|dozen|million|years?|brother)(?!\w)")
)


def _half(match: re.Match[str]) -> Share | None:
    """Read "half of them", "about half got", but not "half an hour"."""
    text, start, end = match.string, match.start(), match.end()
    if _HALF_NOT.match(text, end):
        return None
    hedged = _HALF_HEDGED.search(text, max(0, start - 16), start)
    return _exactly(match, 50.0) if hedged or _HALF_OF.match(text, end) else None


_RUSSIAN: Final = _pattern(
    rf"(?P<count>одн\w{{1,2}}|дв[аеу]х?|тр[иёе]х?|четыр\w{{1,2}}) (?P<of_count>{_RU})\w{{1,3}}"
    rf"(?: част\w{{1,2}})?(?!\w)"
    rf"|(?P<one>трет|четверт)[ьи](?= (?!мая)[а-яё]{{3}})(?: част\w{{1,2}})?(?!\w)"
    rf"|(?P<half>половин[аыуе]|(?<!с\s)половиной)(?!\w)"
    rf"|(?P<nth>{_RU})(?:ая|ой|ую) част\w{{1,2}}(?!\w)"
    rf"|кажд(?:ый|ого|ая|ую|ому) (?P<every>{_RU})(?:ый|ий|ой|ого|ьего|ая|ью|ую|ому)(?!\w)"
)


def _russian(match: re.Match[str]) -> Share | None:
    """Read "две трети", "треть", "половина", "десятая часть", "каждый десятый"."""
    if match["half"]:
        return _exactly(match, 50.0)
    if match["count"]:
        count = SMALL.get(match["count"].lower(), 0.0)
        return _exactly(match, 100 * count / _PARTS[match["of_count"].lower()])
    return _exactly(match, 100 / _PARTS[(match["one"] or match["nth"] or match["every"]).lower()])


_EVERY: Final = _pattern(
    r"every (?P<nth>second|third|fourth|fifth|tenth|twentieth|hundredth)"
    r"(?= (?!day|week|month|year|hour|night))"
)


def _every(match: re.Match[str]) -> Share | None:
    return _exactly(match, 100 / _PARTS[match["nth"].lower()])


_SIGNS: Final = re.compile(
    r"(?<![\w/.,-])(?:(?P<above>[1-9])/(?P<below>[1-9]\d?)|(?P<glyph>[½⅓⅔¼¾⅕⅒]))(?=\s*(?:of|the)\b)"
)


def _signs(match: re.Match[str]) -> Share | None:
    if match["glyph"]:
        return _exactly(match, _GLYPHS[match["glyph"]])
    above, below = int(match["above"]), int(match["below"])
    return _exactly(match, 100 * above / below if above < below else None)


_NEARLY: Final = "(?: (?:about|some|roughly|around|nearly))?"
_SOME_IN: Final = _pattern(
    rf"(?P<some>{_NUMBER}|\d{{1,3}}) "
    rf"(?:(?P<in>in)(?: every)?{_NEARLY}|out of(?: every)?|(?P<ru_in>из)) "
    rf"(?P<all>(?:(?:a|{_NUMBER}) )?(?:hundred|thousand)|\d,\d{{3}}(?!,?\d)|\d{{1,4}}(?!\d|[,.]\d)"
    rf"|{_NUMBER}|тысячи)(?!\w)"
)
_OF_THOSE: Final = re.compile(r"\s+of\s+(?:those|them|these|the|all)(?!\w)")
_ROUND: Final = frozenset((10, 100, 1000))


def _some_in(match: re.Match[str]) -> Share | None:
    """Read "one in four", "nine out of ten"; "three out of five marshals" is a count."""
    above, below = _whole(match["some"]), _whole(match["all"])
    share = match["in"] is not None or above == 1 or below in _ROUND
    share = share or (below < 100 and _OF_THOSE.match(match.string, match.end()) is not None)
    if not share or not 0 < above < below or (match["ru_in"] and below % 100 and below != 10):
        return None
    if match["in"] and match["all"].isdigit() and 1500 <= below < 2050:
        return None  # "one in 1937"
    value = 100 * above / below
    return Share(match.start(), match.end(), value, value)


_MAN_IN: Final = _pattern(
    r"(?:one|an?) (?P<who>(?!(?:of|in|or)\b)[^\W\d][\w'’-]*(?: (?!(?:of|in)\b)[^\W\d][\w'’-]*)?) "
    r"in (?:(?:every|about|roughly|around|nearly) )?"
    rf"(?P<all>(?:(?:a|{_NUMBER}) )?(?:hundred|thousand)|\d,\d{{3}}(?!,?\d)|\d{{1,4}}(?!\d|[,.]\d)"
    rf"|{_NUMBER})(?!\w)"
)
_MAN_DOES: Final = re.compile(
    r"\s*(?:[.,;:!?)]|$|(?:was|were|is|had|faced|died|annually|a|per|\w{3,12}ed)\b)"
)
_TIME_WORD: Final = re.compile(r"(?:day|night|month|week|year|case|time|thing)s?$", re.IGNORECASE)


def _man_in(match: re.Match[str]) -> Share | None:
    """Read "one prisoner in five", but not "one day in 1938" or "one man in two cases"."""
    below = _whole(match["all"])
    if below < 2 or 1500 <= below < 2050 or _TIME_WORD.search(match["who"]):
        return None
    if not _MAN_DOES.match(match.string, match.end()):
        return None
    return Share(match.start(), match.end(), 100 / below, 100 / below, noun=match.span("who"))


_PER: Final = _pattern(
    rf"(?P<some>{_NUMBER}|\d+(?:\.\d+)?) (?:per|in every|out of every|на) "
    r"(?P<all>(?:a )?(?:hundred|thousand)|1,000|10,000|100,000|100|1000|тысячу)(?!\w|,\d)"
)
_PER_WHOLE: Final = {"hundred": 100.0, "thousand": 1000.0, "тысячу": 1000.0}


def _per(match: re.Match[str]) -> Share | None:
    """Read "4 per 1,000", "three per hundred"."""
    word = match["all"].lower().split()[-1].replace(",", "")
    below = _PER_WHOLE.get(word) or float(word)
    written = match["some"].lower()
    above = float(written) if written[0].isdigit() else SMALL[written]
    value = 100 * above / below
    return Share(match.start(), match.end(), value, value) if 0 < above < below else None


_MOST: Final = _pattern(
    r"(?P<most>(?:(?:a|the) )?(?:(?:vast|overwhelming|great|large|clear|absolute|sheer|bare|slim"
    r"|narrow|solid|considerable|huge|immense|big) )?majority"
    r"(?= (?:of|were)\b)|most(?= of (?:the|his|its|their|those|these|them|whom)\b)"
    r"|(?:(?:подавляющее|абсолютное|значительное) )?большинств[оаеу](?!\w)"
    r"|больш(?:ая|ую|ей) част\w{1,2})"
    r"|(?:a|the) (?:(?:small|tiny) )?minority(?= (?:of|were)\b)|меньшинство(?!\w)"
)


def _most(match: re.Match[str]) -> Share | None:
    low = 50.0 if match["most"] else 0.0
    return Share(match.start(), match.end(), low, low + 50, "range")


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Share | None]], ...]] = (
    (_COUNTED, _counted), (_HALF, _half), (_RUSSIAN, _russian), (_EVERY, _every),
    (_SIGNS, _signs), (_SOME_IN, _some_in), (_MAN_IN, _man_in), (_PER, _per),
    (_MOST, _most),
)  # fmt: skip

# Most sentences tell no share in words: one of these stands in every one that does.
_TRIGGER: Final = re.compile(
    r"half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|out\s+of|every\s"
    r"|\sin\s+(?:\d|about|roughly|around|nearly|a\s|hundred|thousand|two|three|four|five|six|seven"
    r"|eight|nine|ten|twenty|fifty)|major|minor|\sper\s+(?:h|t|1|a)|\sна\s+тысячу|most\s|\d/\d|[½⅓⅔¼¾⅕⅒]|трет|четверт|част|половин"
    r"|кажд|большин|меньшин|пят|десят|\sиз\s+(?:\d|десят|ста|тысячи|тр|дв|четыр|пяти)",
    re.IGNORECASE,
)
_NEAR: Final = 64


def shares(text: str, start: int, end: int) -> list[Share]:
    """Return the shares in words of ``text[start:end]`` in order."""
    triggers = _TRIGGER.finditer(text, start, end)
    near = merged((max(start, m.start() - _NEAR), min(end, m.end() + _NEAR)) for m in triggers)
    found: list[Share] = []
    for begin, least in near:
        stop = next((at for at in range(least, end) if not text[at].isalnum()), end)
        for pattern, read in _READERS:
            found += filter(None, map(read, pattern.finditer(text, begin, stop)))
    found.sort(key=lambda share: (share.start, -share.end))
    return [s for at, s in enumerate(found) if at == 0 or s.start >= found[at - 1].end]
