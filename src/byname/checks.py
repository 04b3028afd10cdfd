"""A text or a file → its claims with verdicts: ``byname.check`` and the step of the same name.

The evidence base and the checker made from it take a second or two; they are made once a
process and again when ``byname.knowledge.load`` gives another base.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from byname.archive import Archive
from byname.claims.checking import Checker
from byname.claims.model import Checked
from byname.errors import TextError
from byname.knowledge import load
from byname.testimony import with_records
from byname.texts import read_text

CheckProgress = Callable[[int, int], None]
"""Told how many sentences of how many are done."""

_checkers: list[Checker] = []


def check(
    text_or_path: str | os.PathLike[str], archive: str | os.PathLike[str] | Archive | None = None
) -> Checked:
    """Return the checkable statements of a text, each with verdict, reason and evidence.

        byname.check("essay.txt").claims[0].verdict
        byname.check("In 1937 and 1938, 681,692 people were shot.").claims[0].reason

    Args:
        text_or_path: running text, or the path of a text file, .docx or .html. A string is
            taken for a path when a file of that name exists, or when it is one word that
            looks like the name of a file.
        archive: an archive, or the path of one, whose records are evidence as well.

    Raises:
        TextError: the file cannot be read, or there are no words in it.
    """
    text = read_text(text_or_path) if _is_path(text_or_path) else str(text_or_path)
    return check_text(text, archive)


def _is_path(given: str | os.PathLike[str]) -> bool:
    if not isinstance(given, str):
        return True
    if "\n" in given or len(given) > 1000 or "\0" in given:
        return False
    words = given.split()
    if len(words) == 1 and (Path(given).suffix[1:].isalnum() or os.sep in given):
        return True
    try:
        return Path(given).is_file()
    except OSError:
        return False


def check_text(
    text: str,
    archive: str | os.PathLike[str] | Archive | None = None,
    progress: CheckProgress | None = None,
) -> Checked:
    """Return the claims of running text; see ``check``."""
    if not text.strip():
        raise TextError("The text is empty; give a text that says something.")
    checker = the_checker()
    checked = checker.check(text, progress)
    if archive is None:
        return checked
    if isinstance(archive, Archive):
        return with_records(checked, checker, archive)
    with Archive(archive, read_only=True) as opened:
        return with_records(checked, checker, opened)


def the_checker() -> Checker:
    """Return the checker of the evidence base, made anew only when the base is another one."""
    base = load()
    if not _checkers or _checkers[0].base is not base:
        _checkers[:] = [Checker(base)]
    return _checkers[0]
