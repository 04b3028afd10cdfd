"""Which evidence base this is: its date, its size, and a fingerprint of its files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import yaml

from byname.errors import KnowledgeError
from byname.knowledge.base import EDITION, FOLDER, Base, folders, load


@dataclass(frozen=True, slots=True)
class Edition:
    """The evidence base as a report names it.

    ``fingerprint`` changes with any byte of any file of rows, so that two reports with the
    same one rest on the same rows. ``own`` names a folder of the user's own rows, if any.
    """

    dated: str
    rows: int
    unconfirmed: int
    fingerprint: str
    own: str = ""


def edition(base: Base | None = None) -> Edition:
    """Return the edition of the evidence base in use.

    Raises:
        KnowledgeError: the base is malformed.
    """
    rows = list((base or load()).evidence())
    own = [shown for _, shown in folders()[1:]]
    return Edition(
        dated=_dated(),
        rows=len(rows),
        unconfirmed=sum(not row.confirmed for row in rows),
        fingerprint=_fingerprint(),
        own=own[0] if own else "",
    )


def _dated() -> str:
    try:
        return str(yaml.safe_load((FOLDER / EDITION).read_text(encoding="utf-8"))["dated"])
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise KnowledgeError(
            f"great_terror/{EDITION} must hold 'dated: ' and a day; mend it."
        ) from error


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for folder, _ in folders():
        for path in sorted(folder.glob("*/*.y*ml"), key=lambda path: path.parts[-2:]):
            # Line ends differ between systems; the rows do not.
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update("/".join(path.parts[-2:]).encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]
