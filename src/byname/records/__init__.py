"""Entry -> record: verbatim beside interpreted, doubts noted. Pure functions, no storage."""

from byname.records.model import (
    CASE_FIELDS,
    DATE_FIELDS,
    PERSON_FIELDS,
    Case,
    Doubt,
    Record,
    Span,
    as_dict,
)
from byname.records.reading import read, reader_version

__all__ = [
    "CASE_FIELDS",
    "DATE_FIELDS",
    "PERSON_FIELDS",
    "Case",
    "Doubt",
    "Record",
    "Span",
    "as_dict",
    "read",
    "reader_version",
]
