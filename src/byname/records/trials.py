"""Trials: the body, the day, the articles and the punishment, in labelled lines and in prose."""

from __future__ import annotations

import re

from byname.dates import FoundDate, find_date, find_dates
from byname.records.articles import find_articles
from byname.records.draft import Draft, sentence_end
from byname.records.events import charge, grounds_before
from byname.records.segments import Segment
from byname.vocabulary import key_of

_AFTER_COMMA = re.compile(r",\s+(?=ВМН|ВМП|расстрел|\d+\s(?:лет|года?|л\.))")
_SET_OFF = re.compile(r"\s[–—-]\s")
_DASH = re.compile(r"\s*[–—-]\s*")
_TO = re.compile(r"(?:(?<=[\s,.])|^)(?:к|на|до)\s+(?=[\w\"«(])", re.IGNORECASE)
_CHARGED = re.compile(r"\s*,?\s*(?:по обвинению|обвин|за\s(?!№)|по\s+ст|по\s+п\.|як\s|как\s)")
_BY_ARTICLE = re.compile(r"\bпо\s+(?=ст)|\bза\s+(?=ст)|\bст\.\s?\d|\bпо\s+58")


def verdict(draft: Draft, start: int, end: int, case: int) -> None:
    """Read "ВК ВС СССР, 08.10.1937 – ВМН" or "ВМН" or "тройка НКВД – 10 лет ИТЛ"."""
    found = find_date(draft.text, start, end)
    if found is not None:
        around = draft.text[start : found.start] + draft.text[found.end : end]
        if around.strip(" .,:\n") in {"", "в"}:  # "Приговор: в 1944 г.": only the day is told
            _tribunal(draft, start, found, case)
            return
        dash = _DASH.match(draft.text, found.end, end)
        punished = key_of("sentences", draft.words(start, found.start))
        if dash and dash.end() > found.end and not punished:
            _tribunal(draft, start, found, case)
            _punishment(draft, dash.end(), end, case)
            return
        if key_of("bodies", draft.words(start, found.start)) and not key_of(
            "sentences", draft.words(start, found.start)
        ):
            _tribunal(draft, start, found, case)
            _punishment(draft, found.end, end, case)
            return
    dash = _SET_OFF.search(draft.text, start, end)
    if (
        dash
        and not key_of("sentences", draft.words(start, dash.start()))
        and key_of("bodies", draft.words(start, dash.start()))
    ):
        _put_body(draft, start, dash.start(), case)
        start = dash.end()
    _punishment(draft, start, end, case)


def tribunal(draft: Draft, start: int, end: int, case: int) -> bool:
    """Read "ВК ВС СССР, 08.10.1937" told after the punishment; return whether it was there."""
    found = find_date(draft.text, start, end)
    if found is None or key_of("bodies", draft.words(start, found.start)) is None:
        return False
    _tribunal(draft, start, found, case)
    draft.leave(found.end, end)
    return True


def _tribunal(draft: Draft, start: int, found: FoundDate, case: int) -> None:
    draft.put_date("sentence_date", found, case=case)
    _put_body(draft, start, found.start, case)


def _put_body(draft: Draft, start: int, end: int, case: int) -> bool:
    start, end = draft.trim(start, end)
    for tail in (" в", " от", " с"):
        if draft.text[start:end].endswith(tail):
            draft.cover(end - len(tail), end)
            end -= len(tail)
    start, end = draft.trim(start, end)
    if start >= end or draft.text[start:end].lower() in {"в", "от", "у"}:
        draft.cover(start, end)
        return False
    if not draft.put("sentencing_body", start, end, case=case):
        draft.leave(start, end)
        return False
    key = key_of("bodies", draft.words(start, end))
    if key:
        draft.record.case(case).coded["sentencing_body"] = key
    return True


def _punishment(draft: Draft, start: int, end: int, case: int) -> None:
    at, stop = draft.trim(start, end)
    preposition = _TO.match(draft.text, at, stop)
    if preposition and draft.text[at : at + 1] in "кК":
        draft.cover(at, preposition.end())
        at = preposition.end()
    if not draft.put("sentence", at, stop, case=case):
        draft.leave(at, stop)


def tried(draft: Draft, segment: Segment, case: int, *, labelled: bool) -> None:
    """Read a trial: "тройка при ОГПУ ДВК 27 марта 1932 г." or running prose.

    ``labelled``: the lead-in was "Приговорен:", so whatever stands before the date is the body.
    In prose the body may stand before the verb: "Тройкой УНКВД 2.12.1937 приговорен к ВМН".
    Date, articles and punishment are found first; the body is in what is left between them.
    """
    text, start, end = draft.text, segment.start, segment.end
    all_dates = list(find_dates(text, start, end))
    dates = [d for d in all_dates if not grounds_before(text, start, d)]
    if not dates and start < segment.lead:
        dates = [d for d in all_dates if d.end <= segment.lead]  # "Постановлением от 2.12.1937"
    taken = []
    if start < segment.lead:
        taken.append((segment.lead, segment.lead_end))
    if dates:
        draft.put_date("sentence_date", dates[0], case=case)
        taken.append((dates[0].start, dates[0].end))
    after = segment.lead_end if start < segment.lead else start
    for found in (
        _articles_in(draft, start, end, case),
        _sentence_in(draft, after, end, dates[0] if dates else None, case),
    ):
        if found is not None:
            taken.append(found)
    _body_between(draft, start, end, taken, case, labelled=labelled)


def _body_between(
    draft: Draft, start: int, end: int, taken: list[tuple[int, int]], case: int, *, labelled: bool
) -> None:
    """Put the body from the words of ``start``..``end`` that ``taken`` leaves."""
    at, put = start, False
    for begin, stop in [*sorted(taken), (end, end)]:
        while at < begin:
            known = labelled and at == start
            cut = begin if known else min(begin, sentence_end(draft.text, at, begin))
            if not put and (known or key_of("bodies", draft.words(at, cut))):
                put = _put_body(draft, at, cut, case)
            else:
                draft.leave(at, cut)
            at = cut + 1
        at = max(at, stop)


def _articles_in(draft: Draft, start: int, end: int, case: int) -> tuple[int, int] | None:
    lead = _BY_ARTICLE.search(draft.text, start, end)
    if lead is None:
        return None
    articles = find_articles(draft.text, lead.start(), end)
    if articles is None:
        return None
    draft.put("articles", *articles, case=case)
    draft.cover(lead.start(), articles[0])
    return lead.start(), articles[1]


def _sentence_in(
    draft: Draft, start: int, end: int, found: FoundDate | None, case: int
) -> tuple[int, int] | None:
    """Put the punishment of running prose; return the range of its words, or None."""
    text = draft.text
    for match in _TO.finditer(text, start, end):
        rest = text[match.end() : min(end, match.end() + 70)]
        if key_of("sentences", rest) is None or (found and found.start == match.end()):
            continue
        stop = _punishment_end(text, match.end(), end)
        if stop - match.end() < 2:
            continue
        draft.cover(match.start(), match.end())
        draft.put("sentence", match.end(), stop, case=case)
        return match.start(), _charged(draft, stop, end, case)
    comma = _AFTER_COMMA.search(text, start, end)
    if comma:
        stop = _punishment_end(text, comma.end(), end)
        draft.put("sentence", comma.end(), stop, case=case)
        return comma.start(), stop
    return None


def _punishment_end(text: str, start: int, end: int) -> int:
    stop = sentence_end(text, start, end)
    cut = _CHARGED.search(text, start, stop)
    stop = cut.start() if cut else stop
    dated = find_date(text, start, stop)
    return (
        dated.start if dated and dated.start > start + 2 and dated.end - dated.start > 6 else stop
    )


def _charged(draft: Draft, start: int, end: int, case: int) -> int:
    """Read "по обвинению в терроризме" after a punishment; return where it ends."""
    stop = sentence_end(draft.text, start, end)
    lead = _CHARGED_WITH.match(draft.text, start, stop)
    if lead is None or find_date(draft.text, start, stop):
        return start
    draft.cover(*lead.span())
    charge(draft, lead.end(), stop, case)
    return stop


_CHARGED_WITH = re.compile(r"\s*,?\s*по обвинению\s*")


def banished(draft: Draft, start: int, lead: int, end: int, case: int) -> None:
    """Read "В 1931 году была | выслана из д. Дынькино": the verb opens the sentence."""
    found = find_date(draft.text, start, lead)
    if found is not None:
        draft.put_date("sentence_date", found, case=case)
        draft.leave(start, found.start)
        draft.leave(found.end, lead)
    else:
        draft.leave(start, lead)
    stop = sentence_end(draft.text, lead, end)
    if not draft.put("sentence", lead, stop, case=case):
        draft.leave(lead, stop)
    draft.leave(stop, end)
