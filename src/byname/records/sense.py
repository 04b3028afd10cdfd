"""What a record means beside what it says: sex by grammar, codes, fate, contradictions.

A death sentence is not an execution. Nothing is mended: an impossible order of events is
noted as a doubt, and both dates stay as printed.
"""

from __future__ import annotations

import re

from byname.dates import Interval, parse_edtf
from byname.names.parts import sex_of_patronymic
from byname.records.model import Case, Doubt, Fate, Record
from byname.vocabulary import feminine_nationalities, key_of, nationalities, parties

_FEMALE = re.compile(
    r"\b(?:Родилась|Проживала|Арестована|Осуждена|Приговорена|Рас{2,3}треляна|[Рр]еабилитирована"
    r"|Народилась|Народилася|[Рр]озстріляна|[Рр]еабілітована|[Зз]асуджена|[Зз]аарештована|Умерла|Выслана)\b"
)
_MALE = re.compile(
    r"\b(?:Родился|Проживал|Арестован|Осужд[её]н|Приговор[её]н|Рас{2,3}трелян|[Рр]еабилитирован"
    r"|Народився|[Рр]озстріляний|[Рр]еабілітований|[Зз]асуджений|[Зз]аарештований|Умер|Выслан)\b"
)
_CUSTODY = re.compile(
    r"заключени|лагер|тюрьм|ИТЛ|ИТК|под страж|на спецпосел|в ссылке|лаг\b|колони|в'язниц", re.I
)


def make_sense(record: Record, text: str) -> None:
    """Add sex, codes, fate and doubts to ``record``, which was read from ``text``."""
    _sex(record, text)
    _codes(record)
    record.fate = _fate(record, text)
    _doubts(record)


_PROSE = frozenset(["paragraph", "memorial", "certificate"])
"""Kinds whose verbs speak of the person; a table's headings ("Осужден: ...") do not."""


def _sex(record: Record, text: str) -> None:
    if "sex" in record.values:
        return
    found = _by_verb(text) if record.kind in _PROSE else None
    found = found or sex_of_patronymic(record.values.get("patronymic", ""))
    if found is None and record.values.get("nationality", "").lower() in feminine_nationalities():
        found = "female"
    if found is None and record.kind == "openlist":
        found = _by_verb(text)
    if found:
        record.values["sex"] = found
        record.inferred.append("sex")


def _by_verb(text: str) -> str | None:
    """Return the sex that all verbs agree on, None when they differ or there is none."""
    female, male = bool(_FEMALE.search(text)), bool(_MALE.search(text))
    if female == male:
        return None
    return "female" if female else "male"


def _codes(record: Record) -> None:
    values, coded = record.values, record.coded
    if "nationality" in values and "nationality" not in coded:
        key = nationalities().get(values["nationality"].lower().replace("ё", "е").rstrip("."))
        if key:
            coded["nationality"] = key
    if "party" in values and "party" not in coded:
        key = next((k for k, begin in parties() if begin.match(values["party"])), None)
        if key:
            coded["party"] = key
    for case in record.cases:
        for name, rows in (("sentence", "sentences"), ("sentencing_body", "bodies")):
            if name in case.values and name not in case.coded:
                key = key_of(rows, case.values[name])
                if key:
                    case.coded[name] = key


def _fate(record: Record, text: str) -> Fate | None:
    cases = record.cases
    if any("execution_date" in case.values or "execution" in case.coded for case in cases):
        return "executed"
    if "death_date" in record.values or "death_place" in record.values:
        place = record.values.get("death_place", "")
        near = _around_death(record, text)
        return "died_in_custody" if _CUSTODY.search(place) or _CUSTODY.search(near) else "died"
    if not cases:
        return None
    last = max(cases, key=lambda case: case.values.get("sentence_date", ""))
    kind = last.coded.get("sentence")
    if kind == "death":
        return "sentenced_to_death"
    if kind in {"closed", "released"} or "release_date" in last.values:
        return "released"
    return None


def _around_death(record: Record, text: str) -> str:
    span = record.spans.get("death_date")
    if span is None or span.where != "raw" or record.kind == "openlist":
        return ""
    return text[max(0, span.start - 40) : span.end + 40]


_ORDER = (
    ("birth_date", "arrest_date", "arrest_before_birth", "arrested", "born"),
    ("birth_date", "execution_date", "execution_before_birth", "shot", "born"),
    ("arrest_date", "sentence_date", "sentence_before_arrest", "sentenced", "arrested"),
    ("sentence_date", "execution_date", "execution_before_sentence", "shot", "sentenced"),
    ("arrest_date", "execution_date", "execution_before_arrest", "shot", "arrested"),
    ("execution_date", "rehabilitation_date", "rehabilitation_before_execution",
     "rehabilitated", "shot"),
    ("birth_date", "death_date", "death_before_birth", "died", "born"),
)  # fmt: skip


_TELLING = frozenset(
    ["given", "patronymic", "birth_date", "birth_place", "nationality", "party", "residence",
     "citizenship", "social_origin", "death_date", "death_place", "burial_place"]
)  # fmt: skip
"""Fields that speak of a human being; a lone word or a trade is found in any text."""


def _doubts(record: Record) -> None:
    if not (_TELLING & record.values.keys()) and not record.cases and not record.other_names:
        message = "Nothing in this entry tells of a person's life; is it an entry at all?"
        record.doubts.append(Doubt("nothing_read", message))
    for case in record.cases or [Case(1)]:
        dates = record.values | case.values
        for earlier, later, code, late_word, early_word in _ORDER:
            first, second = _interval(dates.get(earlier)), _interval(dates.get(later))
            if first and second and not first.may_precede(second):
                _add(record, code, f"By the entry the person was {late_word} on {dates[later]}, "
                     f"before being {early_word} on {dates[earlier]}.", case)  # fmt: skip
        kind = case.coded.get("sentence")
        shot = "execution_date" in case.values or "execution" in case.coded
        if shot and kind in {"closed", "released", "camp", "prison", "exile", "commuted"}:
            _add(record, "execution_against_sentence", "The entry tells of an execution, but its "
                 f'sentence reads "{case.values["sentence"]}".', case)  # fmt: skip


def _interval(value: str | None) -> Interval | None:
    return parse_edtf(value) if value else None


def _add(record: Record, code: str, message: str, case: Case) -> None:
    if len(record.cases) > 1:
        message = f"Case {case.n}: {message}"
    doubt = Doubt(code, message)
    if doubt not in record.doubts:
        record.doubts.append(doubt)
