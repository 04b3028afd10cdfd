"""Words and marks at which a sentence may be cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from byname.claims.spans import words_of


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a sentence may be cut.

    ``end`` is where the next clause begins, ``body`` where its words after the opener do;
    ``comma`` tells whether a mark stands there and not a word alone.
    """

    start: int
    end: int
    body: int
    kind: str
    opener: str
    comma: bool


_OUTSIDE: Final = (
    ("and", r"and|nor|и|да"),
    ("so", r"so(?!\s+(?:that|many|much|far|few|long|as|called|to)\b)|поэтому"),
    ("but", r"but|yet|но|а|однако|зато"),
)
_INSIDE: Final = (
    ("part", r"of\s+wh(?:om|ich)|including|among\s+them|из\s+(?:них|котор\w{2,3})|в\s+том\s+числе"
             r"|то\s+есть"),
    ("relative", r"who|whose|(?:(?:in|by|to|for|at|on|from|under|with|without|through|over|during)"
                 r"\s+)?(?:which|whom)|(?:(?:в|во|на|по|за|с|со|о|об|от|до|для|при|под|над|у|к)"
                 r"\s+)?котор\w{2,3}"),
    ("with", r"with|причём|причем"),
    ("time", r"before|after|until|since|после\s+того,?\s+как|прежде,?\s+чем|до\s+того,?\s+как"),
    ("clause", r"although|though|because(?!\s+of)|so\s+that|when|while|whereas|where|чтобы|что"
               r"|потому,?\s+что|так\s+как|поскольку|когда|хотя|в\s+то\s+время,?\s+как|тогда\s+как"
               r"|где|куда"),
)  # fmt: skip


def _groups(pairs: tuple[tuple[str, str], ...]) -> str:
    return "|".join(f"(?P<{kind}>{words})" for kind, words in pairs)


_OPENER: Final = re.compile(
    rf"(?:(?:{_groups(_OUTSIDE)})(?!\w)(?:,|\s)\s*)?(?:(?:{_groups(_INSIDE)})(?![\w-]))?",
    re.IGNORECASE,
)
_TRIGGERS: Final = words_of(
    """
    and but so nor yet и но а да однако зато поэтому of including among из в with причём причем
    who whose which которые который которая которое которых которого которой которым которыми
    before after until since после прежде до although though because when while whereas where
    чтобы что то потому так поскольку когда хотя тогда где куда
    """
)
_SOME: Final = re.compile(
    r"(?:\d|(?<!\w)(?:some|many|most|all|each|both|none|half|third|quarter|thirds|quarters|few|few"
    r"|fifths|tenths|several|majority|minority|number|per\s?cent|thousand|million|hundred|hundreds"
    r"|thousands|dozens|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|процент\w{0,3}|половин\w|треть"
    r"|четверть|большинство|многие|часть|все|никто|тысяч\w?|миллион\w{0,2}))\s*$",
    re.IGNORECASE,
)
"""Before "of whom" it says how many of them: they stay together."""
BETWEEN: Final = re.compile(r"(?<!\w)(?:between|both|между)\s+(?:[^\s,;]+\s+){1,5}?(?:and|и)(?!\w)")
"""A pair whose "and" joins no clauses."""
_SCALED: Final = re.compile(r"(?:\d|тыс\w{0,4}\.?|миллион\w{0,3}|млн\.?|million|thousand)\s*$")
_DIGIT: Final = re.compile(r"\s*\d")


def cut_at(text: str, token: re.Match[str], floor: int, stop: int) -> Cut | None:
    """Return the cut at a mark or word, None if nothing may be cut there."""
    mark, start, end = token[0], token.start(), token.end()
    before, after = text[max(floor, start - 1) : start], text[end : end + 1]
    if mark in "()":
        return Cut(start, end, end, "bracket", mark, True)
    if mark in ";:":
        return Cut(start, end, end, "mark", mark, True) if after.isspace() else None
    if mark in ("—", "–", "-", "--"):
        spaced = before.isspace() and after.isspace()
        number = _SCALED.search(text, max(floor, start - 12), start) and _DIGIT.match(text, end)
        full = (spaced or mark == "—") and not number
        return Cut(start, end, end, "mark", mark, True) if full else None
    if mark == ",":
        return _after_comma(text, start, end, stop) if after.isspace() else None
    return _at_word(text, start, floor, stop) if mark.lower() in _TRIGGERS else None


def _after_comma(text: str, start: int, end: int, stop: int) -> Cut:
    while end < stop and text[end].isspace():
        end += 1
    return _opened(text, start, end, stop) or Cut(start, end, end, "comma", ",", True)


def _at_word(text: str, start: int, floor: int, stop: int) -> Cut | None:
    """Return the cut before a conjunction without a comma, but not in "half of whom"."""
    cut = _opened(text, start, start, stop)
    told = cut is not None and cut.kind == "part" and cut.opener != "including"
    return None if told and _SOME.search(text, max(floor, start - 16), start) else cut


def _opened(text: str, start: int, at: int, stop: int) -> Cut | None:
    """Return the cut before a conjunction at ``at``, the comma before it included."""
    match = _OPENER.match(text, at, stop)
    if match is None or not match[0].strip():
        return None
    outer = next((kind for kind, _ in _OUTSIDE if match[kind]), "")
    inner = next((kind for kind, _ in _INSIDE if match[kind]), "")
    kind = inner or outer
    begin = match.start(inner) if inner else match.end()
    opener = " ".join(match[kind].lower().split())
    return Cut(start, begin, match.end(), kind, opener, start < at)
