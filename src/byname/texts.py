"""A document → its running text: plain text in any usual encoding, Word (.docx), HTML.

Characters are counted in the text that comes out: a line ends with one newline, a byte order
mark is gone. What is neither of the three formats is told so in one sentence.
"""

from __future__ import annotations

import os
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from byname.errors import ListError, TextError
from byname.sources.inputs import Input, open_input
from byname.sources.text import is_binary, recognise_encoding

LIMIT = 50_000_000
"""Bytes of one document: twenty thousand pages. Beyond it something else was meant."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KNOWN = (
    (b"%PDF", "is a PDF; copy its text into a .txt file, or save it as .docx."),
    (b"\xd0\xcf\x11\xe0", "is an old Word file; save it as .docx or as plain text."),
    (b"{\\rtf", "is a rich text file; save it as .docx or as plain text."),
    (b"PK\x03\x04", "is packed and no .docx; save the document as .docx or as plain text."),
)
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
     "article", "header", "footer", "table", "ul", "ol", "dt", "dd", "figcaption", "pre", "hr")
)  # fmt: skip
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "svg"))


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the running text of the document at ``path`` ("-" is standard input).

    Raises:
        TextError: the file cannot be read, or holds no text.
    """
    try:
        source = open_input(os.fspath(path), "a text")
    except ListError as error:
        raise TextError(str(error)) from error
    try:
        text = _read(source)
    finally:
        source.close()
    if not text.strip():
        raise TextError(f"{source.shown} holds no words; give a file that holds a text.")
    return text


def _read(source: Input) -> str:
    if source.size > LIMIT:
        raise TextError(
            f"{source.shown} has {source.size / 1e6:.0f} million bytes; a text to check may have "
            f"{LIMIT // 1_000_000} million: check it in parts."
        )
    head = source.head(2048)
    if head.startswith(b"PK\x03\x04") and _is_word(source.path):
        return _word_text(source)
    for opening, says in _KNOWN:
        if head.startswith(opening):
            raise TextError(f"{source.shown} {says}")
    text = _decoded(source)
    if is_binary(text[:65_536]):
        raise TextError(
            f"{source.shown} is not text (it holds control characters throughout); "
            "give plain text, .docx or .html."
        )
    return _html_text(text) if _is_html(text) else text


def _decoded(source: Input) -> str:
    encoding = recognise_encoding(source)
    with source.open() as handle:
        text = handle.read().decode(encoding, errors="replace")
    # Broken halves of letters could be neither printed nor written to a page.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _is_word(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return "word/document.xml" in packed.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def _word_text(source: Input) -> str:
    """Return the paragraphs of a Word document, one a line; notes and headers are left out."""
    try:
        with zipfile.ZipFile(source.path) as packed:
            if packed.getinfo("word/document.xml").file_size > LIMIT:
                raise TextError(f"{source.shown} unpacks to more than a text can be; check it.")
            root = ElementTree.fromstring(packed.read("word/document.xml"))
    except (zipfile.BadZipFile, ElementTree.ParseError, OSError, EOFError, RuntimeError) as error:
        raise TextError(
            f"{source.shown} is a damaged Word file; open it and save it anew, or as plain text."
        ) from error
    return "\n".join(_paragraph(part) for part in root.iter(f"{_WORD}p"))


_MARKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}


def _paragraph(part: ElementTree.Element) -> str:
    """Return the words of a paragraph; a text box inside it is a paragraph of its own."""
    found = []
    for one in part:
        if one.tag == f"{_WORD}t":
            found.append(one.text or "")
        elif one.tag in _MARKS:
            found.append(_MARKS[one.tag])
        elif one.tag != f"{_WORD}p" and not one.tag.endswith("}Fallback"):
            found.append(_paragraph(one))
    return "".join(found)


def _is_html(text: str) -> bool:
    head = text[:2048].lstrip("\ufeff \t\n").lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body")) or (
        head.startswith("<?xml") and "<html" in head
    )


class _Words(HTMLParser):
    """Collects what a reader of a page sees; a block ends a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split("\n")))


def _html_text(page: str) -> str:
    words = _Words()
    words.feed(page)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n\n".join(line for line in lines if line)
