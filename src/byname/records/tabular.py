"""Reads a table's row: its columns are fields already; the words stand in ``raw``."""

from __future__ import annotations

import re

from byname.dates import read_date
from byname.names.parts import split_name, variants
from byname.records.draft import Draft
from byname.records.model import CASE_FIELDS, DATE_FIELDS, PERSON_FIELDS, Record
from byname.sources.entry import Entry

_MISSING = frozenset(["", "-", "–", "—", "нет данных", "нет сведений", "неизвестно", "н/д", "none",
                      "null", "nan", "не указано", "не указан", "?"])  # fmt: skip
_SEXES = {"мужчина": "male", "мужской": "male", "муж": "male", "муж.": "male", "м": "male",
          "male": "male", "m": "male", "женщина": "female", "женский": "female", "жен": "female",
          "жен.": "female", "ж": "female", "female": "female", "f": "female"}  # fmt: skip
_NUMBERED = re.compile(r"^(.*)_(\d{1,2})$")
_ALIAS = {"birth.date": "birth_date", "birth.place": "birth_place"}


def read_table(entry: Entry) -> Record:
    """Return the record of a row whose columns carry the names of record fields."""
    draft = Draft("table", entry.raw)
    at = 0
    for column, cell in entry.columns.items():
        start, end = entry.cells.get(column) or _where(draft.text, cell, at)
        if cell.strip().lower() not in _MISSING:
            if end > start:
                _value(draft, _ALIAS.get(column, column), start, end)
            else:
                _constant(draft, _ALIAS.get(column, column), cell.strip())
        at = max(at, start)
    return draft.record


def _where(text: str, cell: str, at: int) -> tuple[int, int]:
    """Return where the cell's words stand in the raw lines, searching on from ``at``."""
    for before in (": ", ""):
        found = text.find(before + cell, at)
        found = found if found >= 0 else text.find(before + cell)
        if found >= 0:
            return found + len(before), found + len(before) + len(cell)
    return 0, 0


def _constant(draft: Draft, name: str, cell: str) -> None:
    """Put what the mapping file says of every row: it has no words in the entry to point at."""
    if name in DATE_FIELDS:
        found = read_date(cell)
        cell = found.edtf if found else ""
    elif name == "sex":
        cell = _SEXES.get(cell.lower(), "")
    if not cell:
        return
    if name in CASE_FIELDS:
        draft.record.case(1).values.setdefault(name, cell)
    elif name in PERSON_FIELDS and name != "other_names":
        draft.record.values.setdefault(name, cell)


def _value(draft: Draft, name: str, start: int, end: int) -> None:
    numbered = _NUMBERED.match(name)
    case = int(numbered[2]) if numbered else 1
    name = numbered[1] if numbered else name
    if name in {"name", "surname"}:
        _name(draft, name, start, end)
    elif name == "other_names":
        for part in variants(draft.text, start, end):
            draft.put_other(part)
    elif name == "sex":
        word = draft.text[start:end].strip().lower()
        if word in _SEXES:
            draft.put_value("sex", _SEXES[word], start, end)
        else:
            draft.leave(start, end)
    elif name in DATE_FIELDS:
        _date(draft, name, start, end, case)
    elif name in PERSON_FIELDS or name in CASE_FIELDS:
        draft.put(name, start, end, case=case)


def _name(draft: Draft, name: str, start: int, end: int) -> None:
    """Put a full name, or a surname with its variants: "Зубцов (Зазубрин)"."""
    parts = split_name(draft.text, start, end)
    if name == "surname" and (parts.given or parts.surname is None):
        draft.put("surname", start, end)
        return
    draft.put_name(parts)


def _date(draft: Draft, name: str, start: int, end: int, case: int) -> None:
    found = read_date(draft.text[start:end])
    if found is None:
        draft.leave(start, end)
        draft.doubt("unreadable_date", f'"{draft.words(start, end)}" could not be read as a date '
                    f"({name.replace('_', ' ')}).")  # fmt: skip
        return
    shifted = found._replace(start=found.start + start, end=found.end + start)
    draft.put_date(name, shifted, case=case)
