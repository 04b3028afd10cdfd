"""Reads the wikitext of an Open List page: the template's parameters are the fields.

Both layouts are read: the one of 2010 (every parameter present, mostly empty, three numbered
case blocks) and the one since 2016 (only filled ones). The page's title carries the name;
a year in it belongs to the name and is not the person's data.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from byname.dates import find_date, read_date
from byname.names.letters import repair_lookalikes
from byname.names.parts import split_name, variants
from byname.records import events
from byname.records.articles import find_articles
from byname.records.attributes import alternative_at_end
from byname.records.draft import Draft
from byname.records.model import Record, Span
from byname.records.segments import segments
from byname.vocabulary import table

_TEMPLATE = re.compile(r"\{\{\s*(?:[Шш]аблон\s*:\s*|[Tt]emplate\s*:\s*)?[Фф]ормуляр\b")
_BRACES = re.compile(r"\{\{|\}\}")
_PARAMETER = re.compile(r"^\s*\|\s*([^=|\n{}\[\]]+?)\s*=", re.MULTILINE)
_INLINE = re.compile(r"\|\s*([^=|\n{}\[\]]+?)\s*=(?=(?:[^\[\]]|\[\[[^\]]*\]\])*)")
_NUMBERED = re.compile(r"^(.*?)\s*(\d{1,2})$")
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
_MARKUP = re.compile(r"<ref[^>]*/>|<ref.*?</ref>|<!--.*?-->|</?[a-z][^>]*>|'{2,}", re.DOTALL)
_COLLECTIVE = re.compile(r"\s*/?\s*коллективное дело\s*:.*$", re.DOTALL)
_MISSING = frozenset(
    ["", "none", "null", "-", "–", "—", "нет данных", "нет сведений", "неизвестно", "н/д", "?"]
)
_SEXES = {"мужчина": "male", "мужской": "male", "муж": "male", "м": "male", "male": "male",
          "женщина": "female", "женский": "female", "жен": "female", "ж": "female",
          "female": "female"}  # fmt: skip
_ENDING = frozenset(["execution", "death", "burial"])


class Parameter(NamedTuple):
    """One filled parameter of the template: field, case (0 = person), character range."""

    name: str
    case: int
    start: int
    end: int


def read_openlist(raw: str, title: str | None) -> Record:
    """Return the record of an Open List page."""
    draft = Draft("openlist", raw)
    if title:
        _read_title(draft, title)
    parameters = _parameters(draft)
    for number, case in enumerate(sorted({p.case for p in parameters if p.case}), 1):
        for parameter in parameters:
            if parameter.case == case:
                _case_value(draft, parameter, number)
    for parameter in parameters:
        if parameter.case == 0:
            _person_value(draft, parameter)
    for case_read in draft.record.cases:
        _articles(draft, case_read.n)
    _endings_in_notes(draft)
    return draft.record


def _read_title(draft: Draft, title: str) -> None:
    text, _ = repair_lookalikes(title)
    parts = split_name(text)
    before = len(draft.record.other_name_spans)
    draft.put_name(parts)
    spans = draft.record.spans
    for name in ("surname", "given", "patronymic"):
        if name in spans:
            spans[name] = spans[name]._replace(where="title")
    others = draft.record.other_name_spans
    others[before:] = [span._replace(where="title") for span in others[before:]]


@cache
def _fields() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    rows = table("openlist")
    person = {name.lower(): field for name, field in rows["person"].items()}
    case = {name.lower(): field for name, field in rows["case"].items()}
    return person, case, frozenset(rows["ignored"])


def _parameters(draft: Draft) -> list[Parameter]:
    text = draft.text
    opening = _TEMPLATE.search(text)
    if opening is None:
        draft.doubt("no_template", "The page has no template of a person.")
        return []
    end = _template_end(text, opening.end())
    marks = list(_PARAMETER.finditer(text, opening.end(), end))
    if not marks:
        marks = list(_INLINE.finditer(text, opening.end(), end))
    found: list[Parameter] = []
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        start, stop = draft.trim(mark.end(), stop)
        if start < stop and text[start:stop].strip(" .").lower() not in _MISSING:
            _parameter(draft, mark[1], start, stop, found)
    last = max((p.case for p in found), default=1)
    return [p._replace(case=max(1, last)) if p.case == _LAST else p for p in found]


_LAST = -1
"""The case of a parameter without a number that can only end the last case: "расстрел"."""


def _parameter(draft: Draft, name: str, start: int, stop: int, found: list[Parameter]) -> None:
    person, case, ignored = _fields()
    name = name.lower()
    numbered = _NUMBERED.match(name)
    if name in person:
        found.append(Parameter(person[name], 0, start, stop))
    elif numbered and numbered[1] in case:
        found.append(Parameter(case[numbered[1]], int(numbered[2]), start, stop))
    elif name in case:
        which = _LAST if case[name] == "execution_date" else 1
        found.append(Parameter(case[name], which, start, stop))
    elif numbered and numbered[1] in person:
        found.append(Parameter(person[numbered[1]], 0, start, stop))
    elif name not in ignored:
        draft.leave(start, stop)
        draft.doubt("unknown_parameter", f'The template has a parameter we do not know: "{name}".')


def _template_end(text: str, start: int) -> int:
    depth = 1
    for match in _BRACES.finditer(text, start):
        depth += 1 if match[0] == "{{" else -1
        if depth == 0:
            return match.start()
    return len(text)


def clean(words: str) -> str:
    """Return wikitext as plain words: links by their label, no markup, on one line."""
    if "коллективное дело" in words:
        words = _COLLECTIVE.sub("", words)
    if "[[" in words:
        words = _LINK.sub(r"\1", words)
    if "<" in words or "''" in words:
        words = _MARKUP.sub(" ", words)
    if "&" in words:
        words = words.replace("&nbsp;", " ").replace("&quot;", '"').replace("&amp;", "&")
    return " ".join(words.split())


def _put(draft: Draft, name: str, start: int, end: int, case: int = 1) -> None:
    words = clean(draft.text[start:end])
    while words.endswith((".", ",", ";")) and not _ends_in_abbreviation(words):
        words = words[:-1].rstrip()
    if words:
        draft.put_value(name, words, start, end, case=case)


def _ends_in_abbreviation(words: str) -> bool:
    return bool(re.search(r"(?<!\w)\w{1,4}\.$", words)) and not words.endswith("..")


def _date(draft: Draft, name: str, start: int, end: int, case: int = 1) -> None:
    found = read_date(draft.text[start:end])
    if found is None:
        if name == "execution_date":
            draft.record.case(case).coded["execution"] = "stated"
        draft.leave(start, end)
        return
    shifted = found._replace(start=found.start + start, end=found.end + start)
    draft.put_date(name, shifted, case=case)


def _person_value(draft: Draft, parameter: Parameter) -> None:
    name, _, start, end = parameter
    if name == "other_names":
        for part in variants(draft.text, start, end):
            draft.put_other(part)
    elif name == "sex":
        word = draft.text[start:end].strip(" .").lower()
        if word in _SEXES:
            draft.put_value("sex", _SEXES[word], start, end)
        else:
            draft.leave(start, end)
    elif name.endswith("_date"):
        _date(draft, name, start, end)
    elif name in {"death_place", "burial_place"}:
        _last_place(draft, name, start, end)
    elif name in {"birth_place", "residence"}:
        _place(draft, name, start, end)
    elif name in draft.record.values:
        draft.leave(start, end)
    else:
        _put(draft, name, start, end)


def _last_place(draft: Draft, name: str, start: int, end: int) -> None:
    """Put a place of death or burial: "место захоронения - Бутово" may stand in either field."""
    lead = _BURIED.search(draft.text, start, end)
    if lead is None:
        _place(draft, name, start, end)
        return
    draft.cover(*lead.span())
    if not draft.text[start : lead.start()].strip(" ,.;"):
        name = "burial_place"
    else:
        _place(draft, name, *draft.trim(start, lead.start()))
    if "burial_place" in draft.record.values:
        draft.leave(lead.end(), end)
    else:
        _put(draft, "burial_place", *draft.trim(lead.end(), end))


_BURIED = re.compile(
    r"(?:место захоронения\s*[-–—:]\s*|похоронен[а]?\s+(?:в\s+|на\s+)?)+", re.IGNORECASE
)


def _place(draft: Draft, name: str, start: int, end: int) -> None:
    opening = alternative_at_end(draft.text, start, end)
    _put(draft, name, start, end if opening is None else opening)
    if opening is not None:
        draft.cover(opening, end)
        both = draft.words(start, end)
        draft.doubt("alternative_place", f"The entry gives another place as well: {both}.")


def _case_value(draft: Draft, parameter: Parameter, case: int) -> None:
    name, _, start, end = parameter
    if name.endswith("_date"):
        _date(draft, name, start, end, case)
    elif name == "articles":
        found = find_articles(draft.text, start, end)
        if found is not None:
            draft.put("articles", *found, case=case)
        else:
            draft.leave(start, end)
    elif name == "sentence":
        _sentence(draft, start, end, case)
    elif name == "case_note":
        if not draft.put("notes", start, end):
            draft.leave(start, end)
    else:
        _put(draft, name, start, end, case)


def _sentence(draft: Draft, start: int, end: int, case: int) -> None:
    """Put the punishment; "ВМН. Расстрелян 24.08.1937" tells of the end as well."""
    ends = [s for s in segments(draft.text, start, end) if s.topic in _ENDING]
    if ends and ends[0].lead == start and ends[0].topic == "execution":
        draft.record.case(case).coded["execution"] = "stated"  # "расстрелян" is the sentence
        ends = ends[1:]
    stop = ends[0].lead if ends else end
    if stop > start:
        _put(draft, "sentence", *draft.trim(start, stop), case)
    for segment in ends:
        _ending(draft, segment.topic, segment.start, segment.end, case)


def _ending(draft: Draft, topic: str, start: int, end: int, case: int) -> None:
    if topic == "execution":
        draft.record.case(case).coded["execution"] = "stated"
        if find_date(draft.text, start, end):
            events.execution(draft, start, end, case)
    elif topic == "death":
        events.death(draft, start, end)
    else:
        events.burial(draft, start, end)


def _articles(draft: Draft, case: int) -> None:
    """Read the articles from the charge where the template has none of their own."""
    values, spans = draft.record.case(case).values, draft.record.case(case).spans
    span = spans.get("charge")
    if span is None or "articles" in values:
        return
    found = find_articles(draft.text, span.start, span.end)
    if found is not None:
        draft.put("articles", *found, case=case)


def _endings_in_notes(draft: Draft) -> None:
    """Find an execution or death told only in the remark, on a page without a field for it.

    Only sentences that open with the verb are taken: a relative's death is told otherwise.
    """
    span: Span | None = draft.record.spans.get("notes")
    if span is None or any("execution_date" in case.values for case in draft.record.cases):
        return
    for segment in segments(draft.text, span.start, span.end):
        opens = segment.lead < segment.end and draft.text[segment.lead].isupper()
        if not opens or not find_date(draft.text, segment.start, segment.end):
            continue
        if segment.topic == "execution":
            draft.record.case(1).coded["execution"] = "stated"
            events.execution(draft, segment.start, segment.end, 1)
        elif segment.topic == "death" and "death_date" not in draft.record.values:
            events.death(draft, segment.start, segment.end)
