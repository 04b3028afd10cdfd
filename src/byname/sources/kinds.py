"""Which layout one piece of text has.

Used where a file does not say: JSON lines of mixed origin, blocks of a text file. Each
layout betrays itself by how its lines begin, so nothing else is looked at.
"""

from __future__ import annotations

import re

from byname.sources.entry import Kind

FORM = re.compile(r"\{\{\s*(?:(?:шаблон|template|ш|t)\s*:\s*)?формуляр\s*(?=[|}])", re.IGNORECASE)
"""The template that makes a wiki page one about a person."""

_BORN = ("Родился", "Родилась", "Род.")
_MEMORIAL_FIRST = (*_BORN, "(вариант", "(Вариант")
_MEMORIAL_LABELS = (
    "Проживал", "Прож.", "Арестован", "Арест.", "Приговорен", "Приговорён", "Приговор:",
    "Реабилитирован", "Реабил.", "Расстрелян", "Место захоронения", "Архивное дело", "Источник:",
)  # fmt: skip
_CERTIFICATE_SECOND = ("Род.", "Р. ")
_BORN_IN_PASSING = re.compile(r"\bрод\.|\bродил(?:ся|ась)\b|\bг\.\s?р\.", re.IGNORECASE)
_NAMELESS = re.compile(r"(?:[рР]\. ?)?(?:\d\d?\.){0,2}1[89]\d\d\b|[рР]асстрелян")
"""A body that opens with the birth, the name line having been left out."""


def guess_kind(raw: str, title: str | None = None) -> Kind:
    """Return the layout of ``raw``; ``title`` is a heading that stands apart from it.

    Plain paragraphs have no mark of their own and are what remains.
    """
    if FORM.search(raw) or (title and raw.count("\n|") > 1):
        return "openlist"
    lines = [line for line in (part.strip() for part in raw.split("\n")) if line]
    if is_certificate(lines):
        return "certificate"
    return "memorial" if is_memorial(lines) else "paragraph"


def is_certificate(lines: list[str]) -> bool:
    """Whether ``lines`` are a name, a certificate and (nearly always) "Источник: ..."."""
    if len(lines) < 2 or _opens_memorial(lines[0]):
        return False
    if lines[-1].startswith("Источник:"):
        return True
    return (
        lines[1].startswith(_CERTIFICATE_SECOND)
        and not _BORN_IN_PASSING.search(lines[0])
        and not any(line.startswith(_MEMORIAL_LABELS[:2]) for line in lines[2:])
        and lines[0][-1] not in ";)"
    )


def is_memorial(lines: list[str]) -> bool:
    """Whether ``lines`` are labelled as those of lists.memo.ru, with or without a name."""
    if not lines:
        return False
    if _opens_memorial(lines[0]):
        return True
    labelled = sum(line.startswith(_MEMORIAL_LABELS + _MEMORIAL_FIRST) for line in lines[1:])
    if len(lines) > 1 and lines[1].startswith(_MEMORIAL_FIRST):
        return True
    return labelled > 1 or (labelled == 1 and lines[0][-1] in ";)")


def _opens_memorial(line: str) -> bool:
    return line.startswith(_MEMORIAL_FIRST + _MEMORIAL_LABELS) or bool(_NAMELESS.match(line))
