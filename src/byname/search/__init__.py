"""The index over the names of an archive, and the query."""

from byname.search.filters import Filters
from byname.search.find import Found, FoundPerson, FoundRecord, Page, Reading, find
from byname.search.index import NameIndex
from byname.search.query import read_query
from byname.search.suggest import Suggestion, suggest
from byname.search.upkeep import IndexReport, found, made, path_of, prepare, publish, tidy

__all__ = [
    "Filters",
    "Found",
    "FoundPerson",
    "FoundRecord",
    "IndexReport",
    "NameIndex",
    "Page",
    "Reading",
    "Suggestion",
    "find",
    "found",
    "made",
    "path_of",
    "prepare",
    "publish",
    "read_query",
    "suggest",
    "tidy",
]
