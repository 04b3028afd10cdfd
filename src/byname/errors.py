"""The exceptions of By Name, one small tree.

    ByNameError            anything the user can act on; its message is one sentence with a remedy
    ├── ListError          a list that cannot be read (names the file, and the line where known)
    ├── TextError          a text to be checked that cannot be read
    ├── ArchiveError       an archive that cannot be opened, read or written
    ├── VocabularyError    a table of vocabulary/ or a mapping file with a mistake in it
    ├── KnowledgeError     a row of knowledge/ that is malformed or cites nothing
    ├── EstimateError      a table of lists from which nobody can be estimated
    ├── MissingExtraError  a part of By Name that was not installed
    └── UsageError         a call that cannot be meant (unknown format, unknown person, ...)

Whoever catches ``ByNameError`` may print ``str(error)`` to a reader as it is.
"""

from __future__ import annotations


class ByNameError(Exception):
    """Base of all errors whose message is meant for the user."""


class ListError(ByNameError):
    """A list that cannot be read; the message names the file and what to do."""


class TextError(ByNameError):
    """A text to be checked that cannot be read; the message names the file and what to do."""


class ArchiveError(ByNameError):
    """An archive that cannot be opened or written; what it held is untouched."""


class VocabularyError(ByNameError):
    """A hand-edited table with a mistake; the message names the file and the row."""


class KnowledgeError(ByNameError):
    """A row of the evidence base with a mistake; the message names the file and the line."""


class EstimateError(ByNameError):
    """A table of overlapping lists that is malformed, or that bears no estimate."""


class MissingExtraError(ByNameError):
    """What was asked for needs an optional part of By Name; the message says how to install it."""


class UsageError(ByNameError):
    """A request that cannot be carried out as asked."""
