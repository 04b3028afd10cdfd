"""What happened: arrest, charge, execution, death, burial, rehabilitation, release."""

from __future__ import annotations

import re

from byname.dates import FoundDate, find_date, find_dates
from byname.records.articles import find_articles
from byname.records.draft import Draft, sentence_end
from byname.vocabulary import key_of

_NO_REHABILITATION = re.compile(
    r"сведени\w+ о реабилитации|не реабилит|нет сведений|нет данных|отсутствуют|не имеется"
    r"|отказано|сведений не",
    re.I,
)
_GROUNDS = re.compile(
    r"(?:от|Закон\w*|Указ\w*|Постановлени\w*|по\s+ст\.?\s?\d*)\s*$", re.IGNORECASE
)
_GROUNDS_START = re.compile(
    r"\b(?:на основании|на осн\.|по Закону|по Указу|Указ\b|за отсутствием|за недоказан"
    r"|в соответствии|за отс|ЗА\b|дело прекр|по заключению|по ст\.|ст\.\s?\d|ст\.ст|по реабил)",
    re.IGNORECASE,
)  # fmt: skip
_PLACE = re.compile(
    r"[,.\s–-]*(?:(?:в|во|на)\s+(?=[^\W\d])|(?=(?:[гсдп]|гор|пос|дер|г-д|ст)\.|[А-ЯЁ\"]))"
)
_IN = re.compile(r"(?:в|во|на)\s+")


def arrest(draft: Draft, start: int, end: int, case: int) -> None:
    """Read "26.07.1937." or "5 мая 1921 г. МЧК" or "УНКВД по ДВК 22 апреля 1938 г."."""
    found = find_date(draft.text, start, end)
    if found is None:
        put_body_or_leave(draft, "arrest_body", start, end, case)
        return
    draft.put_date("arrest_date", found, case=case)
    at = _without_preposition(draft, start, found.start)
    if at < found.start:
        put_body_or_leave(draft, "arrest_body", at, found.start, case)
    stop = sentence_end(draft.text, found.end, end)
    reason = _ARRESTED_FOR.search(draft.text, found.end, stop)
    if reason:
        put_body_or_leave(draft, "arrest_body", found.end, reason.start(), case)
        charge(draft, reason.start(), end, case)
        return
    if draft.text[found.end : stop].lstrip(" .").startswith("под стражей"):
        detention(draft, found.end, end, case)
        return
    put_body_or_leave(draft, "arrest_body", found.end, stop, case)
    draft.leave(stop, end)


_ARRESTED_FOR = re.compile(r"\bпо обвин|\bкак\s|\bза\s|\bст\.\s?(?:ст\.)?\s?\d|\bпо ст\.")


def put_body_or_leave(draft: Draft, name: str, start: int, end: int, case: int) -> bool:
    """Put the words as a body if the table of bodies knows them; return whether it did."""
    start, end = draft.trim(start, end)
    if start >= end:
        return False
    key = key_of("bodies", draft.words(start, end))
    if key is None or not draft.put(name, start, end, case=case):
        draft.leave(start, end)
        return False
    draft.record.case(case).coded[name] = key
    return True


def _without_preposition(draft: Draft, start: int, stop: int) -> int:
    """Cover a lone "в" between the lead-in and the date."""
    if draft.text[start:stop].strip(" ,.:;\n").lower() in {"в", "во", "у", "с", ""}:
        draft.cover(start, stop)
        return stop
    return start


def charge(draft: Draft, start: int, end: int, case: int) -> None:
    """Read the charge: article numbers, and its words when there are any."""
    articles = find_articles(draft.text, start, end)
    if articles is not None:
        draft.put("articles", *articles, case=case)
    at, stop = draft.trim(start, end)
    verb = _CHARGED_VERB.match(draft.text, at, stop)
    if verb:
        draft.cover(at, verb.end())
        at = verb.end()
    for lead in ("в ", "во ", "у ", "по обвинению в ", "по обвинению во ", "по обвинен. в "):
        if draft.text[at:stop].lower().startswith(lead):
            draft.cover(at, at + len(lead))
            at += len(lead)
            break
    words = draft.text[at:stop]
    if articles is not None:
        words = draft.text[at : articles[0]] + draft.text[articles[1] : stop]
    if re.search(r"[^\W\d_]{3,}", re.sub(r"\b(?:по|ст|и|ч|п|пп)\b\.?", "", words)):
        draft.put("charge", at, stop, case=case)
    else:
        draft.cover(at, stop)


_CHARGED_VERB = re.compile(r"(?:приговор[её]н[аы]?|осужд[её]н[аы]?|обвинял(?:ся|ась))\s+")


_SAME_DAY = re.compile(r"\s*(?:в тот же день|в этот же день|того же дня|того же числа)")


def execution(draft: Draft, start: int, end: int, case: int) -> None:
    """Read "08.10.1937, г.Москва" after "Расстрелян"."""
    same = _SAME_DAY.match(draft.text, start, end)
    if same:
        sentenced = draft.record.case(case).values.get("sentence_date")
        if sentenced:
            draft.put_value("execution_date", sentenced, same.start(), same.end(), case=case)
        draft.cover(*same.span())
        start = same.end()
    _dated_place(draft, "execution_date", start, end, case)


def death(draft: Draft, start: int, end: int) -> None:
    """Read "20.07.1948" or "в заключении 23.7.41" after "умер"."""
    _dated_place(draft, "death_date", start, end, 1)


def _dated_place(draft: Draft, name: str, start: int, end: int, case: int) -> None:
    text = draft.text
    stop = sentence_end(text, start, end)
    found = find_date(text, start, stop)
    if found is None and stop < end:
        found = find_date(text, start, end)
        stop = end if found else stop
    if found is None:
        place = _PLACE.match(text, start, stop)
        if place is None or not draft.put("death_place", place.end(), stop):
            draft.leave(start, stop)
    else:
        draft.put_date(name, found, case=case)
        before = draft.trim(_without_preposition(draft, start, found.start), found.start)
        if before[1] > before[0] and not _place(draft, before[0], _cut_in(text, *before)):
            draft.leave(*before)
        after = draft.trim(found.end, stop)
        if after[1] > after[0] and not _place(draft, *after):
            draft.leave(*after)
    draft.leave(stop, end)


def _cut_in(text: str, start: int, end: int) -> int:
    return end - 2 if text[start:end].endswith(" в") else end


def _place(draft: Draft, start: int, end: int) -> bool:
    lead = _PLACE.match(draft.text, start, end)
    return bool(lead) and draft.put("death_place", lead.end() if lead else start, end)


def burial(draft: Draft, start: int, end: int) -> None:
    """Read the burial place to the end of its line."""
    start, end = draft.trim(start, end)
    preposition = _IN.match(draft.text, start, end)
    if preposition:
        draft.cover(start, preposition.end())
        start = preposition.end()
    if not draft.put("burial_place", start, end):
        draft.leave(start, end)


def grounds_before(text: str, start: int, found: FoundDate) -> bool:
    """Tell whether a date belongs to a decree ("Указ ... от 16.01.1989"), not to an event."""
    return bool(_GROUNDS.search(text[max(start, found.start - 24) : found.start]))


def rehabilitation(draft: Draft, start: int, end: int, case: int) -> None:
    """Read date, body and grounds; "Сведения о реабилитации отсутствуют" is none at all."""
    text = draft.text
    if (
        _NO_REHABILITATION.search(text, max(0, start - 24), end)
        and find_date(text, start, end) is None
    ):
        draft.cover(start, end)
        draft.doubt("no_rehabilitation", "The entry says that no rehabilitation is known.")
        return
    found = next((d for d in find_dates(text, start, end) if not grounds_before(text, start, d)),
                 None)  # fmt: skip
    if found is not None:
        draft.put_date("rehabilitation_date", found, case=case)
        before = _without_preposition(draft, start, found.start)
        _rehabilitated_by(draft, before, found.start, case)
        _rehabilitated_by(draft, found.end, end, case)
    else:
        _rehabilitated_by(draft, start, end, case)


def _rehabilitated_by(draft: Draft, start: int, end: int, case: int) -> None:
    grounds = _GROUNDS_START.search(draft.text, start, end)
    stop = grounds.start() if grounds else end
    at, until = draft.trim(start, stop)
    if draft.text[at:until].endswith(" в"):
        draft.cover(until - 2, until)
        until -= 2
    if until > at and not draft.put("rehabilitation_body", at, until, case=case):
        draft.leave(at, until)
    if grounds and not draft.put("rehabilitation_grounds", stop, end, case=case):
        draft.leave(stop, end)


def release(draft: Draft, start: int, end: int, case: int) -> None:
    """Read a release: its date, and its words ("со спецпоселения по амнистии 02.09.41")."""
    stop = sentence_end(draft.text, start, end)
    found = find_date(draft.text, start, stop)
    if found is not None:
        draft.put_date("release_date", found, case=case)
    if not draft.put("release", start, stop, case=case):
        draft.leave(start, stop)
    draft.leave(stop, end)


def detention(draft: Draft, start: int, end: int, case: int) -> None:
    """Keep what was done instead of or after an arrest: "подписка о невыезде 5 октября 1942"."""
    stop = sentence_end(draft.text, start, end)
    if not draft.put("detention", start, stop, case=case):
        draft.leave(start, stop)
    draft.leave(stop, end)


def served(draft: Draft, start: int, end: int, case: int) -> None:
    """Keep where and when a sentence was served, in the entry's own words."""
    stop = sentence_end(draft.text, start, end)
    if not draft.put("served_at", start, stop, case=case):
        draft.leave(start, stop)
    draft.leave(stop, end)
