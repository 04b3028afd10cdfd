"""The index over the names of an archive, and the query."""

from byname.search.find import Found, FoundPerson, FoundRecord, find

__all__ = ["Found", "FoundPerson", "FoundRecord", "find"]
