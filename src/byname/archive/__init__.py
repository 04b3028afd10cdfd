"""The archive: schema, transactions, history, reading back."""

from byname.archive.archive import Archive
from byname.archive.lists import AddReport, ListToAdd, Progress
from byname.archive.reading import Row, Shown, Wording

__all__ = ["AddReport", "Archive", "ListToAdd", "Progress", "Row", "Shown", "Wording"]
