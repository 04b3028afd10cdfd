"""Documents into running text: encodings, Word, HTML, and what is none of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from byname.errors import TextError
from byname.texts import read_text

RUSSIAN = "Приказ 00447 был подписан 30 июля 1937 года. Расстреляны тысячи людей.\n"
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)


def written(folder: Path, content: bytes, name: str = "text.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def word(folder: Path, body: str, name: str = "text.docx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", WORD.format(body))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16"])
def test_encodings(tmp_path, encoding):
    assert read_text(written(tmp_path, (RUSSIAN * 5).encode(encoding))) == RUSSIAN * 5


def test_curly_quotation_marks_of_an_old_word_processor(tmp_path):
    text = "Stalin’s “terror” – it killed 681,692 people.\n" * 3
    assert read_text(written(tmp_path, text.encode("cp1252"))) == text


def test_line_ends_become_one_character(tmp_path):
    assert read_text(written(tmp_path, b"one\r\ntwo\rthree\n")) == "one\ntwo\nthree\n"


def test_a_broken_byte_spoils_one_letter(tmp_path):
    text = read_text(written(tmp_path, ("Расстрелян " * 20).encode() + b"\xff" + b" 1937"))
    assert text.endswith("\ufffd 1937")


def test_word(tmp_path):
    body = (
        "<w:p><w:r><w:t>Shot </w:t></w:r><w:r><w:t>in 1937</w:t><w:tab/><w:t>&amp; 1938.</w:t>"
        "</w:r></w:p><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>End.</w:t></w:r>"
        "</w:p>"
    )
    assert read_text(word(tmp_path, body)) == "Shot in 1937\t& 1938.\nEnd."
    assert read_text(word(tmp_path, body, "named_wrongly.txt")).endswith("End.")


def test_html(tmp_path):
    page = (
        "<!DOCTYPE html><html><head><title>T</title><style>p {}</style></head><body><h1>Head</h1>"
        "<p>Shot in\n<b>1937</b> &amp; 1938.</p><script>var x = 'no';</script><p>End.</body></html>"
    )
    assert read_text(written(tmp_path, page.encode())) == "Head\n\nShot in 1937 & 1938.\n\nEnd."


WRONG = (
    (b"", "is empty"),
    (b" \n\t\n", "holds no words"),
    (bytes(range(32)) * 50, "is not text"),
    (b"%PDF-1.7 etc", "is a PDF"),
    (b"{\\rtf1 etc}", "rich text"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word file"),
    (b"PK\x03\x04 cut short", "packed"),
)


@pytest.mark.parametrize(("content", "says"), WRONG)
def test_what_is_no_text_is_said_in_one_sentence(tmp_path, content, says):
    with pytest.raises(TextError, match=says) as raised:
        read_text(written(tmp_path, content))
    assert "text.txt" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_damaged_word_file(tmp_path):
    with pytest.raises(TextError, match="damaged Word file"):
        read_text(word(tmp_path, "<w:p>"))


def test_no_file_and_a_folder(tmp_path):
    with pytest.raises(TextError, match="does not exist"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(TextError, match="is a folder"):
        read_text(tmp_path)
