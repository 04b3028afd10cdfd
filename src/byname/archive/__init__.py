"""The archive: schema, transactions, history, reading back."""

from byname.archive.archive import Archive
from byname.archive.asking import MoreOfCount, MoreOfEstimate, MoreOfFind
from byname.archive.decisions import Decided, Decision
from byname.archive.linking import LinkReport
from byname.archive.lists import AddReport, ListToAdd, Progress
from byname.archive.people import Evidence, ShownPerson
from byname.archive.reading import Row, Shown, Wording

__all__ = [
    "AddReport",
    "Archive",
    "Decided",
    "Decision",
    "Evidence",
    "LinkReport",
    "ListToAdd",
    "MoreOfCount",
    "MoreOfEstimate",
    "MoreOfFind",
    "Progress",
    "Row",
    "Shown",
    "ShownPerson",
    "Wording",
]
