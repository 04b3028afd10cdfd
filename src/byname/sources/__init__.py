"""File -> entries, verbatim, with locators. One module a format.

    with open_list(Path("shot_in_moscow.csv")) as reader:
        for item in reader:  # Entry or Rejected
            ...

What may be a list: text (one person a line, a paragraph, or labelled lines as on
lists.memo.ru), the certificates of the Stalin lists, an export of the Open List, a table.
"""

from byname.sources.columns import CASE_COLUMNS, NAME_COLUMNS, PERSON_COLUMNS
from byname.sources.entry import Entry, Kind, Rejected
from byname.sources.kinds import guess_kind
from byname.sources.reader import ListReader, newest, open_list
from byname.sources.recognise import FORMATS

__all__ = [
    "CASE_COLUMNS",
    "FORMATS",
    "NAME_COLUMNS",
    "PERSON_COLUMNS",
    "Entry",
    "Kind",
    "ListReader",
    "Rejected",
    "guess_kind",
    "newest",
    "open_list",
]
