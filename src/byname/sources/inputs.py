"""The bytes of a list: what may be opened, how far reading has come, standard input.

Everything that can be wrong with a path (a folder, a pipe, no permission, nothing in it) is
found here, before any format is guessed, so that the sentence the user sees is about the
path and not about the format.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from byname.errors import ListError
from byname.sources.entry import Rejected

ENTRY_LIMIT = 1 << 20
"""Characters of one entry. The longest real biographies are a tenth of it."""

SHOWN_LIMIT = 2_000
"""Characters that are kept of something rejected."""

_REASONS = {
    errno.ENOENT: "does not exist; check the spelling of the path",
    errno.ENOTDIR: "does not exist; a part of the path is a file, not a folder",
    errno.EACCES: "may not be read; ask its owner for permission (chmod +r)",
    errno.EPERM: "may not be read; ask its owner for permission (chmod +r)",
    errno.ELOOP: "is a link that leads back to itself; give the path of the file itself",
    errno.ENAMETOOLONG: "has a name longer than this system allows; rename it",
    errno.EIO: "cannot be read from its disk (input/output error); copy it anew",
    errno.ENOSPC: "could not be spooled, since the disk is full; free some space",
}


def reason_for(error: OSError) -> str:
    """Return the predicate of the sentence that tells a user of ``error``."""
    known = _REASONS.get(error.errno or 0)
    return known or f"cannot be read: {error.strerror or error}; check the path and the disk"


class Input:
    """A list's bytes on disk, known to be readable and not empty.

    Attributes:
        path: where the bytes are (for standard input, a temporary file).
        shown: the name used in messages.
        size: bytes in total.
        done: bytes consumed by the running pass; the readers of the formats move it.
    """

    def __init__(
        self, path: Path, shown: str, *, temporary: bool = False, wanted: str = "a list"
    ) -> None:
        self.path = path
        self.shown = shown
        self.done = 0
        self._temporary = temporary
        self._wanted = wanted
        self.size = self._check()

    def _check(self) -> int:
        try:
            found = self.path.stat()
            kind = _kind_of_node(found.st_mode)
            if kind is not None:
                raise ListError(f"{self.shown} {kind}")
            with self.path.open("rb") as handle:
                first = handle.read(1)
        except OSError as error:
            raise ListError(f"{self.shown} {reason_for(error)}.") from error
        except ValueError as error:  # a NUL in the path
            raise ListError(f"{self.shown!r} is not a path; check its spelling.") from error
        if not first:
            raise ListError(f"{self.shown} is empty; give a file that holds {self._wanted}.")
        return found.st_size

    def open(self) -> BinaryIO:
        """Open the bytes anew, at their start."""
        return self.path.open("rb")

    def head(self, size: int) -> bytes:
        """Return the first ``size`` bytes."""
        with self.open() as handle:
            return handle.read(size)

    def close(self) -> None:
        """Remove the temporary file, if there is one."""
        if self._temporary:
            with contextlib.suppress(OSError):
                self.path.unlink()

    def error(self, rest: str, line: int | None = None) -> ListError:
        """Return the ListError whose sentence is "<file>, line <n> <rest>"."""
        where = "" if line is None else f", line {line},"
        return ListError(f"{self.shown}{where} {rest}")


def _kind_of_node(mode: int) -> str | None:
    if stat.S_ISDIR(mode):
        return "is a folder; give the files in it (for example with * in the shell)."
    if stat.S_ISFIFO(mode):
        return "is a pipe; send it to standard input and give - as the file."
    if not stat.S_ISREG(mode):
        return "is a device or socket and not a file; give a file."
    return None


def open_input(path: Path | str, wanted: str = "a list") -> Input:
    """Return the input at ``path``; ``-`` is standard input, kept in a temporary file.

    ``wanted`` is what the bytes should hold, for the message when there are none.

    Raises:
        ListError: the path cannot be read, or holds nothing.
    """
    if str(path) != "-":
        return Input(Path(path), str(path), wanted=wanted)
    handle, name = tempfile.mkstemp(prefix="byname-")
    try:
        with os.fdopen(handle, "wb") as spool:
            shutil.copyfileobj(sys.stdin.buffer, spool, 1 << 20)
        return Input(Path(name), "standard input", temporary=True, wanted=wanted)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ListError(f"standard input {reason_for(error)}.") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def rejected(  # noqa: PLR0913 - mirrors the fields of Rejected
    raw: str,
    locator: str,
    reason: str,
    *,
    source: str | None = None,
    revision: int = 0,
    line: int | None = None,
    entry_id: str | None = None,
) -> Rejected:
    """Return a Rejected whose words are shortened and safe to store and to print."""
    shown = raw if len(raw) <= SHOWN_LIMIT else raw[: SHOWN_LIMIT - 1] + "…"
    shown = shown.replace("\0", "␀").encode("utf-8", "replace").decode("utf-8")
    return Rejected(shown, locator, reason, source, revision, line, entry_id)
