"""The comma-separated attributes of a person: place, nationality, party, occupation ...

"в г. Обоянь, русский, член ВКП(б), секретарь зам. наркома": items are recognised by the
tables in ``vocabulary/``; what stands before the first recognised item is the place, what
no table knows afterwards is the occupation.
"""

from __future__ import annotations

import re
from functools import cache

from byname.dates import ALTERNATIVE
from byname.records.draft import Draft, sentence_end, top_level
from byname.vocabulary import item_patterns, nationalities, parties, table, words_of

_PREPOSITION = re.compile(r"(?:[Вв]о?|[Нн]а|[Уу]|[Зз])\s+(?=[\w\"«(])")
_NATION_LEAD = re.compile(
    r"(?:по\s+национальности|национальность|нац(?:ион)?\.|національність)\s*:?\s*-?\s*", re.I
)
_BRACKET = re.compile(r"\s*[(\[]")
_YEARS_ONLY = re.compile(
    r"(?:с|по|до|в|і|и|з)?\s*(?:19)?\d\d(?:\s?[-–]\s?(?:19)?\d\d)?(?:\s?гг?\.?)?$"
)
_FAMILY = re.compile(r"(?:^|[\s,]+)в\s+((?:\S+\s)?сем(?:ье|ействе)\b)")
_SHORT_TYPE = re.compile(
    r"(?!(?:зам|зав|пом|нач|гл|ст|отв|пред|проф|инж|быв|секр|упр|дир|мл|техн)\.)[а-яіїє-]{1,7}\.\s?[А-ЯЁІЇЄ«\"]"
)
_PARTY_LEAD = re.compile(r"(?:партийность|парт\.|партійність)\s*:?\s+", re.IGNORECASE)
_INCOMPLETE = re.compile(r"(?:неполное|незак\w*|неоконч\w*|не оконч\w*)", re.IGNORECASE)
_EXPELLED = re.compile(r"(?:в\s\d{4}\s(?:г\.\s)?)?(?:исключен|восстановлен)[а]?\b", re.IGNORECASE)
_YEARS_BEFORE = re.compile(
    r"(?:с|в|до)\s(?:19)?\d\d(?:\s?(?:по|[-–])\s?(?:19)?\d\d)?(?:\s?гг?\.)?\s(?:был[а]?\s)?"
)
_FIRST_WORD = re.compile(r"[\w-]+(?:/\w+)?")
_PROFESSION_WORD = re.compile(
    r"(?:без\s+(?:опред|работы|занят)|не\s+работ|безработ|колхозни|крестьян|рабоч|служащ|домохоз"
    r"|пенсионер|единоличник|учащ|студент|военнослуж|красноарм|священ|директор|инженер|бухгалтер"
    r"|слесарь|токарь|плотник|сторож|кузнец|учитель|врач|начальник|зам\b|зав\b|пом\b|нач\b"
    r"|работ|раб\.|служи)",
    re.IGNORECASE,
)


class Attributes:
    """Reads one range of attributes into a draft, remembering what was found.

    Args:
        draft: the record in the making.
        place: the field of the place that the range opens with; None when it opens with none.
        strict_place: everything up to the first recognised item or full stop is the place, as
            after "Проживал:"; else a trade in lower case ends it.
    """

    def __init__(self, draft: Draft, place: str | None, *, strict_place: bool = False) -> None:
        self.draft = draft
        self.place_field = place
        self.strict_place = strict_place
        self._place: list[tuple[int, int]] = []
        self._work: list[tuple[int, int]] = []
        self._in_place = place is not None
        self._nation_ahead = False

    def read(self, start: int, end: int) -> None:
        """Read ``draft.text[start:end]``."""
        items = _items(self.draft.text, start, end)
        nation = max(
            (i for i, (a, b, _) in enumerate(items) if _is_nationality(self.draft.text[a:b])),
            default=-1,
        )
        for index, (begin, stop, hard) in enumerate(items):
            self._nation_ahead = not hard and index < nation
            self._item(begin, stop)
            if hard:
                self._in_place = False
        self._put_place()
        self._put_work()

    def _item(self, start: int, end: int) -> None:
        start, end = self.draft.trim(start, end)
        if start >= end:
            return
        if self._classify(start, end):
            self._in_place = False
            return
        if self._in_place and not self._leaves_place(start, end):
            self._place.append((start, end))
            return
        self._in_place = False
        self._add_work(start, end)

    def _leaves_place(self, start: int, end: int) -> bool:
        if self.strict_place:
            return False
        text = self.draft.text
        if text[start].islower():
            if _PREPOSITION.match(text, start, end):
                return False
            if self._nation_ahead and not _PROFESSION_WORD.match(text, start, end):
                return False  # the lists give the place before the nationality
            return not _is_place_word(text[start:end])
        trade = _PROFESSION_WORD.match(text, start, end)
        return bool(trade) and not _is_place_word(text[start:end])

    def _add_work(self, start: int, end: int) -> None:
        if self._work and not self._joins(self._work[-1][1], start):
            self.draft.leave(start, end)
        else:
            self._work.append((start, end))

    def _joins(self, before: int, after: int) -> bool:
        """Tell whether two unknown items are one occupation: only punctuation between."""
        gap = self.draft.text[before:after]
        lines = 1 if self.draft.record.kind == "memorial" else 0
        return not gap.strip(' ,;:."»)\n') and gap.count("\n") <= lines

    def _classify(self, start: int, end: int) -> bool:
        return (
            self._nationality(start, end)
            or self._party(start, end)
            or self._education(start, end)
            or self._by_table("origins", "social_origin", start, end)
            or self._by_table("origins", "citizenship", start, end)
            or self._by_table("origins", "family", start, end)
        )

    def _nationality(self, start: int, end: int) -> bool:
        draft = self.draft
        if "nationality" in draft.record.values:
            return False
        lead = _NATION_LEAD.match(draft.text, start, end)
        at = lead.end() if lead else start
        bracket = _BRACKET.search(draft.text, at, end)
        stop = bracket.start() if bracket else end
        key = _nationality_key(draft.text[at:stop])
        if key is None:
            return False
        draft.put("nationality", at, stop)
        draft.record.coded["nationality"] = key
        draft.cover(start, at)
        if bracket:
            draft.cover(stop, end)
            both = draft.words(at, end)
            draft.doubt(
                "alternative_nationality", f"The entry gives another nationality as well: {both}."
            )
        return True

    def _party(self, start: int, end: int) -> bool:
        draft = self.draft
        if "party" in draft.record.values:
            return self._more_party(start, end)
        lead = _PARTY_LEAD.match(draft.text, start, end)
        if lead:
            draft.cover(*lead.span())
            start = lead.end()
        key = self._party_key(start, end)
        if key is None:
            return bool(lead) and draft.put("party", start, end)
        draft.put("party", start, end)
        draft.record.coded["party"] = key
        return True

    def _party_key(self, start: int, end: int) -> str | None:
        years = _YEARS_BEFORE.match(self.draft.text, start, end)
        at = years.end() if years else start
        return next((k for k, begin in parties() if begin.match(self.draft.text, at, end)), None)

    def _more_party(self, start: int, end: int) -> bool:
        """Go on with "член КП Венгрии 1905-1922, член ВКП(б) с 1922"."""
        draft, span = self.draft, self.draft.record.spans["party"]
        if span.end > start or draft.text[span.end : start].strip(" ,;"):
            return False
        expelled = _EXPELLED.match(draft.text, start, end)
        if not (expelled or self._party_key(start, end) or self._follows("party", start, end)):
            return False
        draft.record.values["party"] = draft.words(span.start, end)
        draft.record.spans["party"] = span._replace(end=end)
        return True

    def _follows(self, name: str, start: int, end: int) -> bool:
        """Tell whether the item only goes on with years: "член ВКП(б) в 1918, 1920-1937"."""
        before = self.draft.record.spans[name].end
        gap = self.draft.text[before:start].strip(" ,")
        return not gap and bool(_YEARS_ONLY.match(self.draft.text, start, end))

    def _education(self, start: int, end: int) -> bool:
        draft = self.draft
        if "education" in draft.record.values:
            return self._more_education(start, end)
        lead = _education_lead().match(draft.text, start, end)
        if lead and lead.end() < end:
            draft.put("education", lead.end(), end)
            draft.cover(start, lead.end())
            return True
        if item_patterns("education", "whole").fullmatch(draft.text, start, end):
            draft.put("education", start, end)
            return True
        return False

    def _more_education(self, start: int, end: int) -> bool:
        """Go on with "образование среднее, неполное"."""
        draft, span = self.draft, self.draft.record.spans["education"]
        near = span.end <= start and not draft.text[span.end : start].strip(" ,")
        if not near or not _INCOMPLETE.match(draft.text, start, end):
            return False
        draft.record.values["education"] = draft.words(span.start, end)
        draft.record.spans["education"] = span._replace(end=end)
        return True

    def _by_table(self, name: str, row: str, start: int, end: int) -> bool:
        if row in self.draft.record.values:
            return False
        if item_patterns(name, row).fullmatch(self.draft.text, start, end) is None:
            return False
        return self.draft.put(row, start, end)

    def _put_place(self) -> None:
        if not self._place or self.place_field is None:
            return
        draft = self.draft
        start, end = self._place[0][0], self._place[-1][1]
        preposition = _PREPOSITION.match(draft.text, start, end)
        if preposition:
            draft.cover(start, preposition.end())
            start = preposition.end()
        family = _FAMILY.search(draft.text, start, end)
        if family:  # "Родился в Петербурге в семье рабочего"
            draft.put("social_origin", family.start(1), end)
            end = family.start()
        opening = alternative_at_end(draft.text, start, end)
        stop = opening if opening is not None else end
        if draft.put(self.place_field, start, stop) and opening is not None:
            draft.cover(stop, end)
            draft.doubt("alternative_place", "The entry gives another place as well: "
                        f"{draft.words(start, end)}.")  # fmt: skip

    def _put_work(self) -> None:
        if self._work and not self.draft.put("occupation", self._work[0][0], self._work[-1][1]):
            self.draft.leave(self._work[0][0], self._work[-1][1])


def alternative_at_end(text: str, start: int, end: int) -> int | None:
    """Return where "(по другим данным - ...)" begins if the place ends with it.

    Inside an address ("д.56 (по другим данным - 59), кв.60") it is part of the words.
    """
    opening = ALTERNATIVE.search(text, start, end)
    if opening is None:
        return None
    closing = max(text.rfind(")", opening.end(), end), text.rfind("]", opening.end(), end))
    after = text[closing + 1 : end] if closing > 0 else ""
    return None if after.strip(" .,;") else opening.start()


def _nationality_key(words: str) -> str | None:
    word = words.strip(" .\n").lower().replace("ё", "е")
    key = nationalities().get(word)
    if key is None and " " in word:  # "польский еврей": the noun decides
        adjective, _, noun = word.rpartition(" ")
        if adjective.endswith(("ский", "ская", "цкий", "цкая")):
            key = nationalities().get(noun)
    return key


def _is_nationality(item: str) -> bool:
    return len(item) < 60 and _nationality_key(item.split("(", maxsplit=1)[0]) is not None


@cache
def _education_lead() -> re.Pattern[str]:
    return re.compile("|".join(table("education")["lead"]), re.IGNORECASE)


@cache
def _place_words() -> frozenset[str]:
    return (
        words_of("places", "settlement")
        | words_of("places", "address")
        | words_of("places", "unit")
    )


@cache
def _regions() -> tuple[str, ...]:
    return tuple(stem.lower() for stem in table("places")["region"])


def _is_place_word(item: str) -> bool:
    first = _FIRST_WORD.match(item)
    if first is None:
        return False
    if first[0].lower() in _place_words() or _SHORT_TYPE.match(item):
        return True
    if item_patterns("places", "declined").match(item):
        return True
    words = item.lower().replace(".", ". ").split()
    return any(
        word.rstrip(".,") in words_of("places", "unit") for word in words
    ) or item.lower().startswith(_regions())


def _items(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Cut attributes at commas, semicolons, line ends and full stops.

    The third value tells that a place cannot go on after the item.
    """
    items = []
    for begin, stop, mark in top_level(text, start, end, ",;$\n"):
        items += _sentences(text, begin, stop, mark)
    return items


_LAST_SENTENCE = re.compile(
    r"(?<=[\s,-])(?:обл|губ|кр|вол|уезд|пов|р-н|окр|АССР|ССР)\.\s+([А-ЯЁІЇЄ][а-яёіїє]+)\.?\s*$"
)


def _before_nationality(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """Cut "с. Пробное Пермской губ. Русский" where the abbreviation hides a full stop."""
    last = _LAST_SENTENCE.search(text, begin, stop)
    if last is None or not _is_nationality(last[1]):
        return [(begin, stop)]
    return [(begin, last.start(1)), (last.start(1), stop)]


def _sentences(text: str, begin: int, stop: int, mark: str) -> list[tuple[int, int, bool]]:
    items: list[tuple[int, int, bool]] = []
    at = begin
    while at < stop:
        cut = sentence_end(text, at, stop)
        ended = cut < stop and bool(text[cut : cut + 1] == ".") and _more(text, cut, stop)
        *before, last = _before_nationality(text, at, cut)
        items += [(a, b, True) for a, b in before]
        items.append((*last, ended or (mark in ";$\n" and mark != "")))
        if cut >= stop:
            break
        at = cut + 1
    return items


def _more(text: str, cut: int, stop: int) -> bool:
    return bool(text[cut:stop].strip(" ."))
