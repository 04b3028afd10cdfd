"""What happened: arrest, charge, sentence, execution, death, burial, rehabilitation."""

from __future__ import annotations

import re

from byname.dates import FoundDate, find_date, find_dates
from byname.records.articles import find_articles
from byname.records.draft import Draft, sentence_end
from byname.records.segments import Segment
from byname.vocabulary import key_of

_DASH = re.compile(r"\s*[–—-]\s*")
_TO = re.compile(r"(?:(?<=[\s,.])|^)(?:к|на|до)\s+(?=[\w\"«(])", re.IGNORECASE)
_CHARGED = re.compile(r"\s*,?\s*(?:по обвинению|обвин|за\s(?!№)|по\s+ст|по\s+п\.|як\s|как\s)")
_BY_ARTICLE = re.compile(r"\bпо\s+(?=ст)|\bза\s+(?=ст)|\bст\.\s?\d|\bпо\s+58")
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
    r"|в соответствии|за отс|ЗА\b|дело прекр|по заключению|по ст\.|ст\.\s?\d|ст\.ст|по реабил)", re.IGNORECASE
)  # fmt: skip
_PLACE = re.compile(
    r"[,.\s–-]*(?:(?:в|во|на)\s+(?=[^\W\d])|(?=(?:[гсдп]|гор|пос|дер|г-д|ст)\.|[А-ЯЁ\"]))"
)
_WORDS = re.compile(r"\w")


def arrest(draft: Draft, start: int, end: int, case: int) -> None:
    """Read "26.07.1937." or "5 мая 1921 г. МЧК" or "УНКВД по ДВК 22 апреля 1938 г."."""
    found = find_date(draft.text, start, end)
    if found is None:
        _body_or_leave(draft, "arrest_body", start, end, case)
        return
    draft.put_date("arrest_date", found, case=case)
    at = _without_preposition(draft, start, found.start)
    if at < found.start:
        _body_or_leave(draft, "arrest_body", at, found.start, case)
    stop = sentence_end(draft.text, found.end, end)
    reason = _ARRESTED_FOR.search(draft.text, found.end, stop)
    if reason:
        _body_or_leave(draft, "arrest_body", found.end, reason.start(), case)
        charge(draft, reason.start(), end, case)
        return
    if draft.text[found.end : stop].lstrip(" .").startswith("под стражей"):
        detention(draft, found.end, end, case)
        return
    _body_or_leave(draft, "arrest_body", found.end, stop, case)
    draft.leave(stop, end)


_ARRESTED_FOR = re.compile(r"\bпо обвин|\bкак\s|\bза\s|\bст\.\s?(?:ст\.)?\s?\d|\bпо ст\.")


def _body_or_leave(draft: Draft, name: str, start: int, end: int, case: int) -> bool:
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


def verdict(draft: Draft, start: int, end: int, case: int) -> None:
    """Read "ВК ВС СССР, 08.10.1937 – ВМН" or "ВМН" or "тройка НКВД – 10 лет ИТЛ"."""
    found = find_date(draft.text, start, end)
    if found is not None:
        dash = _DASH.match(draft.text, found.end, end)
        if dash and dash.end() > found.end:
            _tribunal(draft, start, found, case)
            _punishment(draft, dash.end(), end, case)
            return
        if key_of("bodies", draft.words(start, found.start)) and not key_of(
            "sentences", draft.words(start, found.start)
        ):
            _tribunal(draft, start, found, case)
            _punishment(draft, found.end, end, case)
            return
    dash = re.compile(r"\s[–—-]\s").search(draft.text, start, end)
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
    dates = [d for d in all_dates if not _grounds_before(text, start, d)]
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


def _grounds_before(text: str, start: int, found: FoundDate) -> bool:
    return bool(_GROUNDS.search(text[max(start, found.start - 24) : found.start]))


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
    comma = re.compile(r",\s+(?=ВМН|ВМП|расстрел|\d+\s(?:лет|года?|л\.))").search(text, start, end)
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
    preposition = re.compile(r"(?:в|во|на)\s+").match(draft.text, start, end)
    if preposition:
        draft.cover(start, preposition.end())
        start = preposition.end()
    if not draft.put("burial_place", start, end):
        draft.leave(start, end)


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
    found = next((d for d in find_dates(text, start, end) if not _grounds_before(text, start, d)),
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


def served(draft: Draft, start: int, end: int, case: int) -> None:
    """Keep where and when a sentence was served, in the entry's own words."""
    stop = sentence_end(draft.text, start, end)
    if not draft.put("served_at", start, stop, case=case):
        draft.leave(start, stop)
    draft.leave(stop, end)
