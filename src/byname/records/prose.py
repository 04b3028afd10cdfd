"""Reads printed entries: paragraphs of books of memory, Memorial's bodies, certificates.

The text is cut into statements at the words that open them (``segments``); each statement
is read by the function for its topic. Nothing is thrown away: words that no function could
place are kept in ``Record.uncertain``.
"""

from __future__ import annotations

import re

from byname.dates import DATE, find_date
from byname.names.parts import variants
from byname.records import events, trials
from byname.records.attributes import Attributes
from byname.records.draft import Draft, sentence_end
from byname.records.heads import read_head
from byname.records.model import CASE_FIELDS, Record
from byname.records.segments import Segment, segments, with_context
from byname.vocabulary import key_of

_BIRTH_TAIL = re.compile(
    r"\.?\s*(?:г\.?\s?)?(?:р\.?(?![\w])(?:\s?н\.)?|рожд(?:ения|\.)|года рождения"
    r"|р\.\s?н\.|н\.(?=,))"
)
_LIFE = re.compile(r"\s*\(\s*(\?|1[89]\d\d)\s*[–—-]\s*(\?|19\d\d)\s*\)\s*[–—-]?\s*")
_SENTENCE_WORDS = frozenset(["release", "tried", "banished", "served", "birth"])
_SENTENCED = frozenset(["sentence_date", "sentencing_body", "sentence"])
_SECOND_YEAR = re.compile(r",\s*(1[89]\d\d)(?=,|\.|\s*$|;)")
_IN_YEAR = re.compile(r"\s+(?:в|у)\s+$")
_ORGAN = re.compile(
    r"\b(?:\w*НКВД|\w*ОГПУ|\w*ГПУ|\w*МГБ|\w*НКГБ|\w*ЧК|УГБ|СМЕРШ|отдел\w*|РО|ГО|ОО)\b"
)


def read_prose(kind: str, raw: str) -> Record:
    """Return the record of a printed entry of ``kind`` paragraph, memorial or certificate."""
    draft = Draft(kind, raw)
    start = read_head(draft, kind)
    _Reader(draft, kind).read(start)
    return draft.record


class _Reader:
    """Reads the statements of one entry in order, keeping track of the case."""

    def __init__(self, draft: Draft, kind: str) -> None:
        self.draft = draft
        # A body without line ends is running prose, whatever list it stands in.
        self.kind = "paragraph" if kind == "memorial" and "\n" not in draft.raw.strip() else kind
        self.case = 1
        self.released = False
        self.labelled: list[int] = []

    def read(self, start: int) -> None:
        """Read from ``start`` to the end of the text."""
        found = with_context(self.draft.text, segments(self.draft.text, start,
                                                        len(self.draft.text)))  # fmt: skip
        skip = False
        for index, segment in enumerate(found):
            if skip:
                skip = False
                continue
            self.draft.cover(segment.lead, segment.lead_end)
            following = found[index + 1] if index + 1 < len(found) else None
            skip = following is not None and self._worded_otherwise(segment, following)
            if not skip:
                getattr(self, f"_{segment.topic}")(segment)
        self._main_case_first()

    def _worded_otherwise(self, segment: Segment, following: Segment) -> bool:
        """Read a statement whose content opens like another one; tell whether it was such.

        "Приговор: освобожден ...", "Проживал: Содержался в Верхнеуральской тюрьме".
        """
        if self.draft.text[segment.start : segment.end].strip(" \n.:"):
            return False
        if segment.topic == "residence" and following.topic in {"served", "birth"}:
            self._residence(following._replace(start=following.lead, lead_end=following.lead))
            return True
        if segment.topic != "verdict" or following.topic not in _SENTENCE_WORDS:
            return False
        at = following.lead
        if following.topic == "tried":
            self.draft.cover(following.lead, following.lead_end)
            at = following.lead_end
        trials.verdict(self.draft, at, following.end, self._verdict_case())
        return True

    def _head(self, segment: Segment) -> None:
        text = self.draft.text
        segment = self._life_dates(segment)
        found = find_date(text, segment.start, segment.end)
        if (
            found is not None
            and not text[segment.start : found.start].strip(" ,.\n(")
            and (self.kind != "memorial" or _BIRTH_TAIL.match(text, found.end, segment.end))
        ):
            self._birth(segment)
        elif self.kind == "memorial":
            self._lines(segment.start, segment.end)
        else:
            Attributes(self.draft, "birth_place").read(segment.start, segment.end)

    def _life_dates(self, segment: Segment) -> Segment:
        """Read "(1888–1937) — автор книги": dictionaries give both years in brackets."""
        match = _LIFE.match(self.draft.text, segment.start, segment.end)
        if match is None:
            return segment
        for group, name in ((1, "birth_date"), (2, "death_date")):
            if match[group].isdigit():
                self.draft.put_value(name, match[group], *match.span(group))
        self.draft.cover(*match.span())
        return segment._replace(start=match.end())

    def _occupation(self, segment: Segment) -> None:
        end = sentence_end(self.draft.text, segment.start, segment.end)
        if not self.draft.put("occupation", segment.start, end):
            self.draft.leave(segment.start, end)
        self._rest(end, segment.end)

    def _birth(self, segment: Segment) -> None:
        draft, text = self.draft, self.draft.text
        first_line = self._line_end(segment)
        limit = min(first_line, segment.start + 48)
        found = find_date(text, segment.start, limit)
        at = segment.start
        if found is not None and not re.search(r"[^\W\d_]{3,}(?<!ок)", text[at : found.start]):
            draft.cover(at, found.start)
            draft.put_date("birth_date", found)
            at = self._second_year(found.end, segment.end)
            tail = _BIRTH_TAIL.match(text, at, segment.end)
            if tail:
                draft.cover(at, tail.end())
                at = tail.end()
        elif self.kind != "memorial" and (place_end := self._birth_told_late(at, segment.end)):
            Attributes(draft, "birth_place").read(at, place_end)
            at = draft.record.spans["birth_date"].end
            if "birth_place" in draft.record.values:
                Attributes(draft, None).read(at, segment.end)
                return
        attributes = Attributes(draft, "birth_place", strict_place=self.kind == "memorial")
        if self.kind == "memorial" and first_line < segment.end:
            attributes.read(at, first_line)
            self._lines(first_line, segment.end)
        else:
            attributes.read(at, segment.end)

    def _birth_told_late(self, start: int, end: int) -> int:
        """Read "Родился в с. Пробное в 1890 г.": return where the place ends, 0 when not so."""
        stop = sentence_end(self.draft.text, start, end)
        found = find_date(self.draft.text, start, stop)
        before = _IN_YEAR.search(self.draft.text, start, found.start) if found else None
        if found is None or before is None:
            return 0
        self.draft.put_date("birth_date", found)
        return before.start()

    def _second_year(self, at: int, end: int) -> int:
        """Follow "Родился 1922, 1924, Ровенская обл.": one of these years."""
        more = _SECOND_YEAR.match(self.draft.text, at, end)
        values, spans = self.draft.record.values, self.draft.record.spans
        if more is None or values["birth_date"].startswith("["):
            return at
        values["birth_date"] = f"[{values['birth_date']},{more[1]}]"
        spans["birth_date"] = spans["birth_date"]._replace(end=more.end())
        return more.end()

    def _line_end(self, segment: Segment) -> int:
        if self.kind != "memorial":
            return segment.end
        end = self.draft.text.find("\n", segment.start, segment.end)
        return segment.end if end < 0 else end

    def _birthplace(self, segment: Segment) -> None:
        Attributes(self.draft, "birth_place").read(segment.start, segment.end)
        values, spans = self.draft.record.values, self.draft.record.spans
        if "жит" in self.draft.text[segment.lead : segment.lead_end] and "birth_place" in values:
            values.setdefault("residence", values["birth_place"])  # "уроженец и житель д. ..."
            spans.setdefault("residence", spans["birth_place"])

    def _residence(self, segment: Segment) -> None:
        end = self._line_end(segment)
        lead = self.draft.text[segment.lead : segment.lead_end]
        strict = lead.rstrip().endswith(":") or self.kind != "paragraph"
        place = "residence" if "residence" not in self.draft.record.values else "notes"
        Attributes(self.draft, place, strict_place=strict).read(segment.start, end)
        if end < segment.end:
            self._lines(end, segment.end)

    def _lines(self, start: int, end: int) -> None:
        """Read unlabelled lines of a Memorial body: an arrest, variants or the occupation."""
        draft, text = self.draft, self.draft.text
        at, work_start = start, start
        while at < end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            if _arrest_like(text, at, stop):
                self._work(work_start, at)
                events.arrest(draft, at, stop, self.case)
                work_start = stop
            elif text[at:stop].strip() and text[at:stop].strip()[0] == "(" and at < 120:
                self._work(work_start, at)
                self._others(at, stop)
                work_start = stop
            at = stop + 1
        self._work(work_start, end)

    def _work(self, start: int, end: int) -> None:
        draft = self.draft
        start, end = draft.trim(start, end)
        if start >= end:
            return
        Attributes(draft, None).read(start, end)

    def _variants(self, segment: Segment) -> None:
        stop = self.draft.text.find("\n", segment.start, segment.end)
        stop = segment.end if stop < 0 else stop
        self._others(segment.start, stop)
        if stop < segment.end:
            self._head(Segment("head", stop, stop, stop, segment.end))

    def _others(self, start: int, end: int) -> None:
        for part in variants(self.draft.text, start, end):
            self.draft.put_other(part)
        self.draft.cover(start, end)

    def _rank(self, segment: Segment) -> None:
        end = self.draft.text.find("\n", segment.start, segment.end)
        end = segment.end if end < 0 else end
        self.draft.leave(segment.start, end)
        self._work(end, segment.end)

    def _arrest(self, segment: Segment) -> None:
        if self.released or self._has("sentence_date", "sentence", "arrest_date"):
            self._next_case()
        events.arrest(self.draft, segment.start, segment.end, self.case)
        self._label(segment)

    def _charge(self, segment: Segment) -> None:
        end = segment.end
        if self.kind != "memorial":
            end = sentence_end(self.draft.text, segment.start, segment.end)
        events.charge(self.draft, segment.start, end, self.case)
        self._rest(end, segment.end)

    def _tried(self, segment: Segment) -> None:
        if self.released or self._has("sentence_date", "sentence", "sentencing_body"):
            self._next_case()
        lead = self.draft.text[segment.lead : segment.lead_end].rstrip()
        end = self._line_end(segment)
        trials.tried(self.draft, segment._replace(end=end), self.case, labelled=lead.endswith(":"))
        self._label(segment)
        self._rest(end, segment.end)

    def _label(self, segment: Segment) -> None:
        """Remember a case that a line of its own tells of: "Арестован ...", "Приговорен: ..."."""
        opens = segment.lead == 0 or self.draft.text[segment.lead - 1] == "\n"
        if opens and self.case not in self.labelled and self._has(*CASE_FIELDS):
            self.labelled.append(self.case)

    def _verdict_case(self) -> int:
        if self._has("sentence"):
            self._next_case()
        return self.case

    def _verdict(self, segment: Segment) -> None:
        end = self._line_end(segment)
        if self.kind != "memorial":
            end = sentence_end(self.draft.text, segment.start, segment.end)
        trials.verdict(self.draft, segment.start, end, self._verdict_case())
        if not self._has("sentence_date") and trials.tribunal(
            self.draft, end, segment.end, self.case
        ):
            return
        self._rest(end, segment.end)

    def _execution(self, segment: Segment) -> None:
        if self._other_case(segment):
            self._next_case()
        self.draft.record.case(self.case).coded["execution"] = "stated"
        events.execution(self.draft, segment.start, segment.end, self.case)

    def _death(self, segment: Segment) -> None:
        events.death(self.draft, segment.start, segment.end)

    def _burial(self, segment: Segment) -> None:
        events.burial(self.draft, segment.start, self._line_end(segment))

    def _rehabilitation(self, segment: Segment) -> None:
        end = self._line_end(segment)
        events.rehabilitation(self.draft, segment.start, end, self.case)
        self._rest(end, segment.end)

    def _release(self, segment: Segment) -> None:
        events.release(self.draft, segment.start, segment.end, self.case)
        self.released = self.released or self.kind == "paragraph"

    def _noted(self, segment: Segment) -> None:
        """Pass over "Репрессирован": it tells no date and no sentence."""
        self._rest(segment.start, segment.end)

    def _served(self, segment: Segment) -> None:
        events.served(self.draft, segment.start, segment.end, self.case)

    def _detention(self, segment: Segment) -> None:
        end = self._line_end(segment)
        lead = segment.lead if segment.lead_end < segment.end else segment.start
        events.detention(self.draft, lead, max(end, segment.lead_end), self.case)
        self._rest(end, segment.end)

    def _banished(self, segment: Segment) -> None:
        if self.released or self._has("sentence"):
            self._next_case()
        end = self._line_end(segment)
        trials.banished(self.draft, segment.start, segment.lead, end, self.case)
        self._rest(end, segment.end)

    def _source(self, segment: Segment) -> None:
        self.draft.put("source_book", segment.start, segment.end)

    def _rest(self, start: int, end: int) -> None:
        """Read what follows a statement in its segment: the occupation, if still unknown."""
        start, end = self.draft.trim(start, end)
        if start >= end:
            return
        if self.kind == "memorial":
            self._lines(start, end)
        else:
            self.draft.leave(start, end)

    def _has(self, *names: str) -> bool:
        cases = self.draft.record.cases
        return len(cases) >= self.case and any(n in cases[self.case - 1].values for n in names)

    def _next_case(self) -> None:
        self.case = max(len(self.draft.record.cases), self.case) + 1
        self.released = False

    def _other_case(self, segment: Segment) -> bool:
        """Tell whether an execution ends another case than the one told just before it.

        The Moscow lists tell of earlier convictions between the address and the execution.
        """
        if self.released or self.kind != "paragraph" or self.case > len(self.draft.record.cases):
            return self.released
        values = self.draft.record.cases[self.case - 1].values
        if "sentence" in values and key_of("sentences", values["sentence"]) != "death":
            return True
        found = find_date(self.draft.text, segment.start, segment.end)
        years = [int(v[:4]) for k, v in values.items() if k.endswith("_date") and v[0] != "["]
        return bool(found and years and int(found.edtf.strip("[")[:4]) - max(years) > 2)

    def _main_case_first(self) -> None:
        """Put the case the entry is about first: the one that ends in the execution."""
        cases = self.draft.record.cases
        if len(cases) < 2 or self.kind == "certificate":
            return
        main = next((c for c in cases if "execution_date" in c.values), cases[-1])
        if self.kind == "memorial":  # other cases are told in passing, before or after
            labelled = [cases[n - 1] for n in self.labelled] or cases
            main = next((c for c in labelled if _SENTENCED & c.values.keys()), labelled[0])
        cases.remove(main)
        cases.insert(0, main)
        for n, case in enumerate(cases, 1):
            case.n = n
        self.draft.doubt("several_cases", f"The entry tells of {len(cases)} cases; the first "
                         "is the one it is about.")  # fmt: skip


def _arrest_like(text: str, start: int, end: int) -> bool:
    found = DATE.search(text, start, end)
    if found is None or not _ORGAN.search(text, start, found.start()):
        return False
    tail = text[found.end() : end].strip(" .")
    before = text[start : found.start()]
    if before.endswith("в ") and len(found[0]) <= 8:  # "ОО ПП ОГПУ в 1930 г."
        return not tail
    return len(tail) < 4 and len(found[0]) > 4 and not key_of("sentences", text[start:end])
