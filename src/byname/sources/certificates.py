"""The certificates of the Stalin lists: YAML files and the CSV with ``;`` and ``#``.

Their three parts are put together as a reader of the site sees them: the name, the
certificate, the book it was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from byname.sources.blocks import Block, blocks, is_blank
from byname.sources.entry import Entry, Rejected
from byname.sources.inputs import rejected
from byname.sources.plan import Plan
from byname.sources.tables import Locators
from byname.sources.text import Line, read_lines

_CSV_ROW = re.compile(r"\d+;(?:\d{4}|[^;\d]{0,4});[^;]*;.*;")
_YAML_KEY = re.compile(r"(?:- +)?(?:spravka|fio|spravka_old_id) *:")
_USED = ("fio", "spravka", "source")


def looks_like(sample: Sequence[str]) -> bool:
    """Whether a text opens as one of the two kinds of files."""
    return is_yaml(sample) or is_csv(sample)


def is_yaml(sample: Sequence[str]) -> bool:
    """Whether the keys of the YAML files begin two of the first lines."""
    return sum(_YAML_KEY.match(line.strip()) is not None for line in sample[:40]) > 1


def is_csv(sample: Sequence[str]) -> bool:
    """Whether the first lines are ``id;year;name;certificate;source;``."""
    filled = [line for line in sample[:20] if line.strip()]
    return bool(filled) and sum(map(bool, map(_CSV_ROW.match, filled))) > 0.6 * len(filled)


def read(plan: Plan) -> Iterator[Entry | Rejected]:
    """Yield the certificates of a file, whichever of the three ways it is written."""
    if is_yaml(plan.sample):
        yield from _read_yaml(plan)
    elif is_csv(plan.sample):
        yield from _read_csv(plan)
    else:
        for block in blocks(read_lines(plan.file), is_blank):
            locator = f"line {block.line}"
            if block.fault:
                yield rejected(block.text, locator, block.fault, line=block.line)
            else:
                yield Entry(block.text, locator, "certificate", line=block.line)


def _put_together(name: str, certificate: str, book: str) -> str:
    tail = f"Источник: {book}" if book else ""
    return "\n".join(part for part in (name, certificate, tail) if part)


# --- CSV ------------------------------------------------------------------------------------


def _read_csv(plan: Plan) -> Iterator[Entry | Rejected]:
    locators = Locators()
    for line in read_lines(plan.file):
        if not line.text.strip():
            continue
        yield _csv_item(line, locators)


def _csv_item(line: Line, locators: Locators) -> Entry | Rejected:
    here = f"line {line.number}"
    if line.fault:
        return rejected(line.text, here, line.fault, line=line.number)
    cells = line.text.removesuffix(";").split(";")
    if len(cells) < 5:
        why = f"The line has {len(cells)} parts between semicolons and not five."
        return rejected(line.text, here, why, line=line.number)
    number, year, name = (cell.strip() for cell in cells[:3])
    certificate = "\n".join(filter(None, map(str.strip, ";".join(cells[3:-1]).split("#"))))
    if not name and not certificate:
        return rejected(line.text, here, "Name and certificate are empty.", line=line.number)
    return Entry(
        _put_together(name, certificate, cells[-1].strip()),
        locators.unique(number or here), "certificate",
        extra={"repryear": year} if year else {}, entry_id=number or None, line=line.number,
    )  # fmt: skip


# --- YAML -----------------------------------------------------------------------------------


def _read_yaml(plan: Plan) -> Iterator[Entry | Rejected]:
    locators = Locators()
    person = plan.source.path.stem if not plan.source.shown.startswith("standard") else "stdin"
    for number, block in enumerate(blocks(_itemised(read_lines(plan.file)), is_blank_mark), 1):
        loaded = _load(block)
        if isinstance(loaded, str):
            here = f"{person}#{number}"
            yield rejected(block.text, locators.unique(here), loaded, line=block.line)
            continue
        cells = {str(key): _scalar(value) for key, value in loaded.items()}
        old_id = cells.get("spravka_old_id", "")
        locator = f"{person}#{old_id}" if old_id else person
        name, certificate, book = (cells.get(key, "") for key in _USED)
        yield Entry(
            _put_together(name, certificate, book), locators.unique(locator), "certificate",
            extra={k: v for k, v in cells.items() if v and k not in _USED},
            entry_id=old_id or None, line=block.line,
        )  # fmt: skip


_MARK = "\0"


def is_blank_mark(text: str) -> bool:
    """Whether the line is the mark that ``_itemised`` sets between two certificates."""
    return text == _MARK


def _itemised(lines: Iterator[Line]) -> Iterator[Line]:
    """Set a mark before each item of the outer list, so that items can be loaded one by one.

    One broken certificate then spoils itself and not the file, and memory stays flat.
    """
    for line in lines:
        if line.fault is None:
            if line.text.rstrip() in ("---", "..."):
                yield Line(line.number, _MARK)
                continue
            if line.text.startswith("- "):
                yield Line(line.number, _MARK)
        yield line


def _load(block: Block) -> Mapping[str, Any] | str:
    """Return the mapping a block holds, or the reason why it holds none."""
    if block.fault:
        return block.fault
    try:
        loaded = yaml.load(block.text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        return "The certificate is not correct YAML."
    if isinstance(loaded, list) and len(loaded) == 1:
        loaded = loaded[0]
    if not isinstance(loaded, dict):
        return "The YAML is not a certificate with fio and spravka."
    if not any(_scalar(loaded.get(key)) for key in ("fio", "spravka")):
        return "The certificate has neither fio nor spravka."
    return loaded


def _scalar(value: object) -> str:
    text = value.strip("\n") if isinstance(value, str) else ""
    return "" if text in ("null", "~") else text


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""All scalars stay the words they are: 1937 and null as text."""
