"""The record: an entry read into fields, each with the words it was read from.

A record is evidence too: it says what the entry says, contradictions included. What is
only inferred (the sex from a verb's ending) is listed in ``Record.inferred``; what cannot
be right (sentence before arrest) is listed in ``Record.doubts``. Nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

PERSON_FIELDS: tuple[str, ...] = (
    "surname", "given", "patronymic", "other_names", "sex", "birth_date", "birth_place", "age",
    "nationality", "citizenship", "social_origin", "education", "party", "occupation",
    "residence", "family", "death_date", "death_place", "burial_place", "archive_file",
    "source_book", "notes",
)  # fmt: skip
"""Fields of a record that belong to the human being, in the order they are shown."""

CASE_FIELDS: tuple[str, ...] = (
    "arrest_date", "arrest_body", "detention", "charge", "articles", "sentence_date",
    "sentencing_body", "sentence", "served_at", "execution_date", "release_date", "release",
    "rehabilitation_date", "rehabilitation_body", "rehabilitation_grounds",
)  # fmt: skip
"""Fields of one arrest-to-outcome episode."""

DATE_FIELDS: frozenset[str] = frozenset(
    name for name in PERSON_FIELDS + CASE_FIELDS if name.endswith("_date")
)
"""Fields whose value is EDTF; all others are verbatim words of the entry."""

Fate = Literal["executed", "died_in_custody", "died", "released", "sentenced_to_death"]
"""What became of the person, as far as the entry states it. A death sentence alone is
``sentenced_to_death``: commuted, closed and unknown cases exist in the data."""


class Span(NamedTuple):
    """Half-open character range of the words a value was read from.

    ``where`` is "raw" for the entry's text or "title" for the heading apart from it.
    """

    start: int
    end: int
    where: str = "raw"


class Doubt(NamedTuple):
    """Something about the record a reader should know before using it."""

    code: str
    """Stable key, such as ``sentence_before_arrest`` or ``latin_letters_repaired``."""
    message: str
    """One sentence."""


@dataclass(slots=True)
class Case:
    """One arrest-to-outcome episode; values as in ``Record.values``."""

    n: int
    values: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    coded: dict[str, str] = field(default_factory=dict)
    """Interpretation beside the words: ``sentencing_body`` -> "vk_vs_sssr" and the like."""


@dataclass(slots=True)
class Record:
    """An entry read into fields.

    Attributes:
        kind: the layout of the entry it was read from (see ``sources.entry.Kind``).
        values: field of ``PERSON_FIELDS`` -> value; absent when the entry does not say.
        other_names: variant names and pseudonyms, in the order of the text.
        spans: field -> the words it was read from; a repaired or joined value covers all of them.
        other_name_spans: one span per item of ``other_names``.
        cases: the episodes, case 1 first.
        coded: field -> key of a table in ``vocabulary/`` ("nationality" -> "pole").
        inferred: fields not stated in words but certain from grammar.
        doubts: what a reader should know before using this record.
        fate: what became of the person, or None when the entry does not say.
        covered: spans of recognised lead-in words and labels, beside the values' own spans.
        uncertain: words the reader could not place, with their spans (never dropped silently).

    """

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    other_names: list[str] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    other_name_spans: list[Span] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    coded: dict[str, str] = field(default_factory=dict)
    inferred: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    fate: Fate | None = None
    covered: list[Span] = field(default_factory=list)
    uncertain: list[Span] = field(default_factory=list)

    def case(self, n: int = 1) -> Case:
        """Return case ``n``, adding it (and those before it) when absent."""
        while len(self.cases) < n:
            self.cases.append(Case(len(self.cases) + 1))
        return self.cases[n - 1]

    def all_spans(self) -> Iterator[tuple[str, Span]]:
        """Yield (field path, span) for every value; case fields as ``cases.1.sentence``."""
        yield from self.spans.items()
        for index, span in enumerate(self.other_name_spans):
            yield f"other_names.{index}", span
        for case in self.cases:
            for name, span in case.spans.items():
                yield f"cases.{case.n}.{name}", span


def as_dict(record: Record) -> dict[str, Any]:
    """Return the record as the JSON object that ``byname parse`` prints.

    Person fields stand at the top, ``birth`` is nested (``date``, ``place``); the fields of
    case 1 are repeated at the top (the execution of whichever case tells of one), and
    ``cases`` holds every case.
    """
    values = record.values
    out: dict[str, Any] = {"kind": record.kind}
    for name in PERSON_FIELDS:
        if name == "birth_date":
            out["birth"] = {"date": values.get("birth_date"), "place": values.get("birth_place")}
        elif name == "other_names":
            out["other_names"] = list(record.other_names)
        elif name != "birth_place":
            out[name] = values.get(name)
    first = record.cases[0].values if record.cases else {}
    for name in CASE_FIELDS:
        out[name] = first.get(name)
    out["execution_date"] = next(
        (case.values["execution_date"] for case in record.cases if "execution_date" in case.values),
        None,
    )
    out["cases"] = [
        {"n": case.n} | {name: case.values.get(name) for name in CASE_FIELDS} | _coded(case.coded)
        for case in record.cases
    ]
    out["fate"] = record.fate
    out["inferred"] = list(record.inferred)
    out["doubts"] = [doubt._asdict() for doubt in record.doubts]
    out |= _coded(record.coded)
    out["spans"] = {
        path: [span.start, span.end] if span.where == "raw" else [span.start, span.end, span.where]
        for path, span in record.all_spans()
    }
    return out


def _coded(coded: dict[str, str]) -> dict[str, Any]:
    return {"coded": dict(coded)} if coded else {}
