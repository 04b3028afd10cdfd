"""What the words of the lists mean: tables that a historian edits, and their loader.

Every table is a commented YAML file in this folder. They are compiled once, at first use.
A mistake in one (an unknown key, a pattern that does not compile) is reported with the
file and the row, never as a traceback.

Who corrects a reading need not touch this folder: a folder named by ``$BYNAME_VOCABULARY``
may hold files of the same names with only the rows that differ. Its words and patterns come
before ours, and lists read with other tables are read again when they are added next.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from byname.errors import VocabularyError

FOLDER = Path(__file__).parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def table(name: str) -> dict[str, Any]:
    """Return the rows of ``<name>.yaml``, the user's own rows merged in.

    Raises:
        VocabularyError: the file is missing or is not a mapping.
    """
    rows = _load(FOLDER / f"{name}.yaml")
    own = _own_folder()
    if own is not None and (own / f"{name}.yaml").is_file():
        rows = _merged(rows, _load(own / f"{name}.yaml"))
    return rows


def _own_folder() -> Path | None:
    named = os.environ.get("BYNAME_VOCABULARY")
    if not named:
        return None
    folder = Path(named)
    if not folder.is_dir():
        raise VocabularyError(
            f"BYNAME_VOCABULARY names {named}, which is not a folder; unset it or make the folder."
        )
    return folder


def _load(path: Path) -> dict[str, Any]:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise VocabularyError(f"There is no vocabulary table {path.name}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path} is not valid YAML: {_one_line(error)}.") from None
    if not isinstance(rows, dict):
        raise VocabularyError(f"{path} must be a mapping of keys to rows.")
    return rows


def _merged(base: Any, own: Any) -> Any:
    """Merge the user's rows into ours: lists grow in front, new rows are tried first."""
    if isinstance(base, dict) and isinstance(own, dict):
        new = {key: value for key, value in own.items() if key not in base}
        return new | {k: _merged(v, own[k]) if k in own else v for k, v in base.items()}
    if isinstance(base, list) and isinstance(own, list):
        return own + base
    return own


def fingerprint() -> str:
    """Return eight hexadecimal digits that change whenever any table changes."""
    digest = hashlib.sha256()
    own = _own_folder()
    for folder in (FOLDER,) if own is None else (FOLDER, own):
        for path in sorted(folder.glob("*.yaml")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def pattern(name: str, row: str, source: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile a pattern of a table; the error names the table and the row."""
    try:
        return re.compile(source, flags)
    except re.error as error:
        raise VocabularyError(
            f'{name}.yaml, row "{row}": "{source}" is not a regular expression ({error}).'
        ) from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


@dataclass(frozen=True, slots=True)
class Labelled:
    """Rows of patterns tried in order; the first that is found gives its key."""

    rows: tuple[tuple[str, re.Pattern[str]], ...]

    def key_of(self, words: str) -> str | None:
        """Return the key of the first row found in ``words``, or None."""
        for key, compiled in self.rows:
            if compiled.search(words):
                return key
        return None


@cache
def labelled(name: str) -> Labelled:
    """Return the ``any`` patterns of a table ("bodies", "sentences") as ``Labelled``."""
    rows = []
    for key, row in table(name).items():
        joined = "|".join(f"(?:{source})" for source in row["any"])
        rows.append((key, pattern(name, key, joined)))
    return Labelled(tuple(rows))


@cache
def _memo(name: str) -> dict[str, str | None]:
    return {}


def key_of(name: str, words: str) -> str | None:
    """Return ``labelled(name).key_of(words)``; a repeated wording is looked up once."""
    known = _memo(name)
    if words not in known:
        if len(known) > 200_000:
            known.clear()
        known[words] = labelled(name).key_of(words)
    return known[words]


@cache
def nationalities() -> dict[str, str]:
    """Return printed form (lower case, ё as е) -> key of ``nationalities.yaml``."""
    forms: dict[str, str] = {}
    for key, row in table("nationalities").items():
        for language in ("ru", "uk"):
            for form in row.get(language, ()):
                forms.setdefault(form.lower().replace("ё", "е"), key)
    return forms


@cache
def feminine_nationalities() -> frozenset[str]:
    """Return the forms that only a woman is called by ("полька"), for the sex by grammar."""
    forms: set[str] = set()
    for row in table("nationalities").values():
        for language in ("ru", "uk"):
            forms.update(form for form in row.get(language, ())[1:2] if form.endswith(("а", "я")))
    return frozenset(forms)


@cache
def item_patterns(name: str, row: str) -> re.Pattern[str]:
    """Return one pattern that an item must match from its start for a list of patterns."""
    sources = table(name)[row]
    return pattern(name, row, "|".join(f"(?:{source})" for source in sources))


@cache
def parties() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return (key, pattern that the words must begin with) of ``parties.yaml``."""
    rows = []
    for key, row in table("parties").items():
        joined = "|".join(f"(?:{source})" for source in row["begin"])
        rows.append((key, pattern("parties", key, joined)))
    return tuple(rows)


@cache
def words_of(name: str, row: str) -> frozenset[str]:
    """Return a list of words of a table as a set, lower case."""
    return frozenset(word.lower() for word in table(name)[row])
