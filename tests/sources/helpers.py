"""What the tests of the sources share."""

from __future__ import annotations

from pathlib import Path

from byname.sources import Entry, ListReader, Rejected, open_list


def read_all(path: Path, **options) -> tuple[list[Entry], list[Rejected]]:
    """Read a list to its end and sort what came out."""
    with open_list(path, **options) as reader:
        items = list(reader)
    entries = [item for item in items if isinstance(item, Entry)]
    return entries, [item for item in items if isinstance(item, Rejected)]


def entries_of(reader: ListReader) -> list[Entry]:
    """Return what a reader yields, which must be entries only."""
    items = list(reader)
    assert all(isinstance(item, Entry) for item in items)
    return [item for item in items if isinstance(item, Entry)]


def write(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """Write a list and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def page(number: int, revision: int, text: str, **more: str) -> str:
    """Return a ``<page>`` element with one revision."""
    title = more.get("title", f"Синтетический Человек {number}")
    return (
        f"<page><title>{title}</title><ns>{more.get('ns', '0')}</ns><id>{number}</id>"
        f"{more.get('extra', '')}<revision><id>{revision}</id><contributor><id>9</id>"
        f'</contributor><text xml:space="preserve">{text}</text></revision></page>\n'
    )


def export(*pages: str) -> str:
    """Return a MediaWiki export of ``pages``."""
    return "<mediawiki>\n<siteinfo></siteinfo>\n" + "".join(pages) + "</mediawiki>\n"


FORM = "{{Шаблон:Формуляр\n|дата рождения=1890\n|источники данных=Синтетический список\n}}"
