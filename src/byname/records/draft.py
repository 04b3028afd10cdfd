"""A record in the making: text, values put with their spans, words covered."""

from __future__ import annotations

import re

from byname.dates import FoundDate
from byname.names.letters import repair_lookalikes
from byname.names.parts import NameParts, Part
from byname.records.model import CASE_FIELDS, Doubt, Record, Span

_CASE_FIELDS = frozenset(CASE_FIELDS)
_SPACES = ("\u00a0", "\u2009", "\u202f", "\t", "\r")
_EDGE = " \n,;:–—-•·"
_ABBREVIATION = re.compile(
    r"(?:(?<![\w])(?!(?:лет|года?|суд|прав|[А-ЯЁІЇ]{2,})\.)(?:[\w]{1,4}|[\w]{1,3}[-/]\w{1,3}|\w+-\w|губ|обл|респ|крайк?|уезд|окр|просп|"
    r"дер|пос|стар|член|канд|совх|колх|корп|тов|проф|слеп|Моск|Новосиб|Куйб|Томск))\.$"
)
_EMPTY_WORDS = frozenset(["в", "во", "с", "по", "на", "к", "от", "и", "г", "г.", "году", "р", "гг",
                          "приговорен", "осужден", "арестован", "то есть", "у"])  # fmt: skip
_NOT_SAID = frozenset(["нет сведений", "нет данных", "сведений нет", "неизвестно", "не установлено",
                       "не указано", "не указана", "не указан", "н/д", "сведения отсутствуют",
                       "не установлен", "не установлена", "невідомо", "немає даних"])  # fmt: skip
_OPEN, _CLOSE = "([«„“{", ")]»”}"


class Draft:
    """Collects the values of a record read from ``text``.

    ``text`` is the entry's raw with mixed-script words repaired and unusual blanks made
    plain; both keep every character in its place, so a span means the same in either.
    """

    def __init__(self, kind: str, raw: str, where: str = "raw") -> None:
        self.record = Record(kind)
        self.where = where
        self.raw = raw
        plain = raw
        for space in _SPACES:
            plain = plain.replace(space, " ")
        self.text, repaired = repair_lookalikes(plain)
        if repaired:
            words = ", ".join(dict.fromkeys(raw[a:b] for a, b in repaired[:5]))
            self.doubt(
                "latin_letters_repaired",
                f"Latin letters stood for Cyrillic ones and were read as such: {words}.",
            )

    def doubt(self, code: str, message: str) -> None:
        """Note something a reader should know; the same doubt is noted once."""
        new = Doubt(code, message)
        if new not in self.record.doubts:
            self.record.doubts.append(new)

    def cover(self, start: int, end: int) -> None:
        """Mark recognised lead-in words or labels."""
        if end > start:
            self.record.covered.append(Span(start, end, self.where))

    def leave(self, start: int, end: int) -> None:
        """Mark words that could not be placed."""
        start, end = self.trim(start, end)
        if self.text[start:end].lower() in _EMPTY_WORDS:
            self.cover(start, end)
        elif end > start:
            self.record.uncertain.append(Span(start, end, self.where))

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Narrow a range to the words: no outer blanks and punctuation, brackets balanced."""
        text = self.text
        while start < end and (text[start] in _EDGE or text[start] == "."):
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        while end > start and text[end - 1] == ".":
            if _ABBREVIATION.search(text, start, end) and text[end - 2] != ".":
                break
            end -= 1
            while end > start and text[end - 1] in _EDGE:
                end -= 1
        return start, end

    def words(self, start: int, end: int) -> str:
        """Return the words of a range on one line."""
        return " ".join(self.text[start:end].split())

    def put(self, name: str, start: int, end: int, *, case: int = 1) -> bool:
        """Put the trimmed words of a range as a value; a value already there stays.

        Returns whether the value was put.
        """
        start, end = self.trim(start, end)
        words = self.words(start, end)
        if not any(letter.isalnum() for letter in words):
            self.cover(start, end)  # "[???]": the editors could not read it either
            return False
        if words.lower() in _NOT_SAID:
            self.cover(start, end)
            return False
        return self.put_value(name, words, start, end, case=case)

    def put_value(self, name: str, value: str, start: int, end: int, *, case: int = 1) -> bool:
        """Put a value that differs from the words it was read from (a date as EDTF)."""
        if name in _CASE_FIELDS:
            target = self.record.case(case)
            values, spans = target.values, target.spans
        else:
            values, spans = self.record.values, self.record.spans
        if name in values:
            return False
        values[name] = value
        spans[name] = Span(start, end, self.where)
        return True

    def put_date(self, name: str, found: FoundDate, *, case: int = 1) -> bool:
        """Put a date with the doubt its words raise."""
        if found.doubt:
            self.doubt("impossible_date", f"{found.doubt}; it is read as {found.edtf}.")
        return self.put_value(name, found.edtf, found.start, found.end, case=case)

    def put_name(self, parts: NameParts) -> None:
        """Put the parts of a name."""
        for name, part in (
            ("surname", parts.surname), ("given", parts.given), ("patronymic", parts.patronymic),
        ):  # fmt: skip
            if part is not None:
                self.put_value(name, _initial_capital(part.value), part.start, part.end)
        for part in parts.others:
            self.put_other(part)

    def put_other(self, part: Part) -> None:
        """Add a variant name, once."""
        value = " ".join(_initial_capital(part.value).split())
        if value not in self.record.other_names:
            self.record.other_names.append(value)
            self.record.other_name_spans.append(Span(part.start, part.end, self.where))


def _initial_capital(value: str) -> str:
    return value[:1].upper() + value[1:]


def top_level(text: str, start: int, end: int, stops: str) -> list[tuple[int, int, str]]:
    """Cut ``text[start:end]`` at the characters ``stops`` outside brackets and quotes.

    Returns (start, end, the stop that ended the piece) with "" for the last.
    """
    if text.count("(", start, end) != text.count(")", start, end):
        return _flat(text, start, end, stops)  # a bracket left open must not swallow the rest
    pieces = []
    depth, quoted, at = 0, False, start
    for index in range(start, end):
        letter = text[index]
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(0, depth - 1)
        elif letter == '"':
            quoted = not quoted
        elif letter in stops and depth == 0 and (not quoted or letter == "\n"):
            pieces.append((at, index, letter))
            at, quoted = index + 1, False
        elif letter == "\n":
            quoted = False
    pieces.append((at, end, ""))
    return pieces


def _flat(text: str, start: int, end: int, stops: str) -> list[tuple[int, int, str]]:
    pieces, at = [], start
    for index in range(start, end):
        if text[index] in stops:
            pieces.append((at, index, text[index]))
            at = index + 1
    pieces.append((at, end, ""))
    return pieces


_NOT_AN_END = re.compile(
    r"(?:(?<![\w])(?:[гдспхмуюпвкл]|гг?|гор|ул|дер|сел|пос|обл|губ|р-н|окр|вол|уезд|ст|стн|хут"
    r"|слоб|мест|пер|пл|пр|просп|наб|бул|ш|им|корп|стр|общ|зам|пом|нач|зав|гл|тов|б|быв|ж|д"
    r"|[А-ЯЁІЇЄ]|м|мл|инж|проф|акад|ген|полк|кап|кол|канд|техн|экон|мед|физ|юр|с-х|вет|упр|ред"
    r"|отв|секр|пред|пос|н|т|др|пр|см|напр|тыс|руб|род|лит|ред|арт|воен|гос|обр|уч|имп"
    r"|респ|кр|сл|разъезд|авт|бюро|свящ|прот|о|дир|уполн|уполном|чл|ком|комис|спец|рев|хоз"
    r"|(?-i:(?!(?:лет|год|суд|дом|мая|был|них|ним|нет|дел|сын|чел|лаг|вуз|цех|иск)\.)[А-ЯЁа-яіїє][а-яіїє]{1,2})|бульв|фольв|верхн|пров|рудн|ппос|гост|прист|совх|колх|воев|местн|средн|\d+-[яй]|кв|комн|стр|лит|эт|под|тел|станц|ж\.д|с\.х|р|н\.п|пгт|раб|сов|тер|мкр|км|разд|вл|ср|верх|нижн|ниж|мал|бол|больш|нов|стар|\w+ск))"
    r"\.$",
    re.IGNORECASE,
)
_END = re.compile(
    r"\.+[\"»)]?(?:\s+(?=[\"«(]?[А-ЯЁІЇЄҐA-Z]|\d\d?\.\d\d?\.\d{4}|\d\d?\s[а-яії]{3,}\s\d{4}|\d\d?-[йяе]\s[а-яё])"
    r"|\s*$|\s*(?=\n))"
)
_YEAR_END = re.compile(r"(?:1[89]|20)\d\d\s?(?:гг?|р)\.$")
_UNIT_NEXT = re.compile(
    r"\s+(?:(?:АССР|ССР|АО|НСО|Обл|Губ|Р-н)\b|Кв\.|Корп\.|Д\.\s?\d|К\.\s?\d|\.)"
)


def sentence_end(text: str, start: int, end: int) -> int:
    """Return where the first sentence of ``text[start:end]`` ends (before its full stop)."""
    for match in _END.finditer(text, start, end):
        before = max(start, match.start() - 12)
        if (
            match.end() < end
            and _NOT_AN_END.search(text, before, match.start() + 1)
            and not _YEAR_END.search(text, before, match.start() + 1)
        ):
            continue
        if text[match.start() - 1 : match.start()].isspace() and match.end() < end:
            continue  # "Ростовская обл. . Селивановский р-н"
        if _inside_brackets(text, start, match.start()) or _UNIT_NEXT.match(
            text, match.start() + 1
        ):
            continue
        return match.start()
    return end


def _inside_brackets(text: str, start: int, at: int) -> bool:
    return text.count("(", start, at) > text.count(")", start, at)
