"""The file of the index: what is put in comes out; a damaged file is never answered from."""

from __future__ import annotations

import os
import shutil
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.archive.helpers import TITLE, write_list

from byname import Archive
from byname.search import NameIndex, path_of
from byname.search.store import MAGIC, DamagedError, Sections, Texts, Writer

LAST_LETTER = "\U0010ffff"
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\n" + LAST_LETTER), max_size=12)
CYRILLIC = st.text("абик- я", max_size=6)
TEXTS = st.lists(TEXT | CYRILLIC, max_size=30)
SORTED = st.lists(TEXT | CYRILLIC, max_size=30, unique=True).map(sorted)
DETERMINISTIC = settings(max_examples=100, derandomize=True, deadline=None)


@pytest.fixture(scope="module", autouse=True)
def _nothing_waits_for_the_disk():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


@contextmanager
def sections(fill: Callable[[Writer], None], **about: object) -> Iterator[Sections]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        writer = Writer(path)
        fill(writer)
        writer.close(dict(about))
        yield Sections(path)


@contextmanager
def stored(texts: list[str]) -> Iterator[Texts]:
    with sections(lambda writer: writer.put_texts("texts", texts)) as found:
        yield found.texts("texts")


@DETERMINISTIC
@given(TEXTS)
def test_texts_come_back_by_number(texts):
    with stored(texts) as found:
        assert len(found) == len(texts)
        assert [found[number] for number in range(len(texts))] == texts


@DETERMINISTIC
@given(TEXTS, st.data())
def test_texts_come_back_between_two_numbers(texts, data):
    first = data.draw(st.integers(0, len(texts)))
    last = data.draw(st.integers(0, len(texts)))
    with stored(texts) as found:
        assert found.between(0, len(texts)) == texts
        assert found.between(first, last) == texts[first:last]


@DETERMINISTIC
@given(SORTED, TEXT | CYRILLIC)
def test_the_place_of_a_text_is_that_of_its_bytes(texts, wanted):
    keys = [text.encode() for text in texts]
    with stored(texts) as found:
        assert found.place(wanted) == bisect_left(keys, wanted.encode())
        assert [found.place(text) for text in texts] == list(range(len(texts)))


@DETERMINISTIC
@given(SORTED, st.data())
def test_the_texts_that_begin_so(texts, data):
    prefix = data.draw(TEXT | CYRILLIC | st.sampled_from([text[:2] for text in texts] or [""]))
    with stored(texts) as found:
        first, last = found.prefixed(prefix)
        assert found.between(first, last) == [text for text in texts if text.startswith(prefix)]


def test_a_half_letter_is_stored_as_a_question_mark():
    with stored(["а\ud800б"]) as found:
        assert found[0] == "а?б"
        assert found.place("а\ud800б") == 0


NUMBERS = st.lists(st.integers(0, 2**32 - 1), max_size=50)
SMALL = st.lists(st.integers(0, 2**16 - 1), max_size=50)


@DETERMINISTIC
@given(NUMBERS, SMALL, st.binary(max_size=20), TEXTS)
def test_numbers_come_back_beside_sections_of_any_length(large, small, odd, texts):
    def fill(writer: Writer) -> None:
        writer.put("odd", odd)
        writer.put("large", array("I", large))
        writer.put("odd again", odd)
        writer.put("small", array("H", small))
        writer.put_texts("texts", texts)

    with sections(fill, stamp="a", rows=7) as found:
        assert found.numbers("large").tolist() == large
        assert found.numbers("small", "H").tolist() == small
        assert bytes(found.raw("odd")) == bytes(found.raw("odd again")) == odd
        assert found.texts("texts").between(0, len(texts)) == texts
        assert found.about == {"stamp": "a", "rows": 7}


def written(path: Path) -> bytes:
    writer = Writer(path)
    writer.put_texts("texts", ["Алсубовский", "Бервадин", "Ли"])
    writer.put("numbers", array("I", range(40)))
    writer.close({"stamp": "a"})
    return path.read_bytes()


def test_a_file_cut_short_anywhere_is_damaged(tmp_path):
    path = tmp_path / "index"
    whole = written(path)
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises((DamagedError, ValueError)):
            Sections(path)
    path.write_bytes(whole)
    assert Sections(path).texts("texts").between(0, 3) == ["Алсубовский", "Бервадин", "Ли"]


WRONG = {
    "no file of ours": b"PK\x03\x04" + b"\0" * 200,
    "an older version": MAGIC.replace(b"2", b"1") + b"\0" * 100,
    "no place of the header": MAGIC + b"\0" * 100,
    "a header beyond the end": MAGIC + b"        9999" + b"\0" * 50,
    "a header that is no object": MAGIC + b"          27[1, 2]",
    "a header without sections": MAGIC + b'          27{"rows": 1}',
    "sections that are no places": MAGIC + b'          27{"sections": {"a": 3}}',
    "a section beyond the end": MAGIC + b'          27{"sections": {"a": [8, 4000]}}',
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG.keys())
def test_other_bytes_are_damage(tmp_path, content):
    path = tmp_path / "index"
    path.write_bytes(content)
    with pytest.raises((DamagedError, ValueError)):
        Sections(path)


def test_an_empty_file_is_damage(tmp_path):
    path = tmp_path / "index"
    path.write_bytes(b"")
    with pytest.raises((DamagedError, ValueError)):
        Sections(path)


PEOPLE = (
    "Алсубовский Михаил Николаевич, род. 1893, дер. Пробная.",
    "Алсубовский Николай Николаевич, род. 1889, дер. Пробная.",
    "Ким Чер-Сан, род. 1904, кореец.",
    "Гутань (Зазубрин) Карл Янович, род. 1895, г. Примерск.",
)
OTHERS = ("Бервадин Пётр Ильич, род. 1870.", "Алсубовский Лев Ильич, род. 1871.")


def made(folder: Path, people: tuple[str, ...]) -> Path:
    path = folder / "a.duckdb"
    with Archive(path) as archive:
        archive.add(
            write_list(folder / "list.txt", list(people)), source=TITLE, format="paragraphs"
        )
    return path


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    return made(tmp_path_factory.mktemp("once"), PEOPLE)


@pytest.fixture
def copied(once, tmp_path):
    """A copy of the archive with its index, to be spoilt."""
    path = tmp_path / once.name
    shutil.copy(once, path)
    shutil.copy(path_of(once), path_of(path))
    return path


def assert_answers(path: Path) -> None:
    with Archive(path, read_only=True) as archive:
        assert archive.find("Алсубовский М. Н.").people[0].person == "r1"
        assert archive.find("Алсубовский 1889").people[0].person == "r2"
        assert archive.find("Ким Чер Сан").people[0].person == "r3"
        assert archive.find("Зазубрин").people[0].person == "r4"
        assert archive.find("Бервадин").people == []


def assert_made_anew(path: Path, whole: bytes) -> None:
    """The answers are right, and the file is whole, with nothing left beside it."""
    assert_answers(path)
    assert path_of(path).read_bytes() == whole
    NameIndex(path_of(path))
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name, path_of(path).name]


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.001, 0.01, 0.3, 0.7, 0.9, 0.99, 0.9999])
def test_an_index_cut_short_is_made_anew(copied, share):
    names = path_of(copied)
    whole = names.read_bytes()
    names.write_bytes(whole[: int(share * len(whole))])
    assert_made_anew(copied, whole)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"\0" * 64 + whole[64:],
        lambda whole: MAGIC + b"\0" * 64 + whole[len(MAGIC) + 64 :],
        lambda whole: b"SQLite format 3\0" + whole,
        lambda whole: whole + b"\n}",
        lambda whole: whole[:-200] + b" " * 200,
        lambda whole: whole.replace(b'"surname rows"', b'"surname road"'),
        lambda whole: whole.replace(b'"stamp": "', b'"stamp": "x'),
        lambda whole: b"",
    ],
)
def test_an_index_with_other_bytes_is_made_anew(copied, spoil):
    names = path_of(copied)
    whole = names.read_bytes()
    spoilt = spoil(whole)
    assert spoilt != whole
    names.write_bytes(spoilt)
    assert_made_anew(copied, whole)


def test_an_index_that_was_lost_is_made_anew(copied):
    whole = path_of(copied).read_bytes()
    path_of(copied).unlink()
    assert_made_anew(copied, whole)


def test_the_index_of_another_archive_is_not_used(copied, tmp_path_factory):
    whole = path_of(copied).read_bytes()
    other = made(tmp_path_factory.mktemp("other"), OTHERS)
    shutil.copy(path_of(other), path_of(copied))
    assert_made_anew(copied, whole)


def test_the_index_of_an_earlier_state_is_not_used(copied, tmp_path):
    before = path_of(copied).read_bytes()
    more = write_list(tmp_path / "more.txt", ["Бервадин Пётр Ильич, род. 1870."])
    with Archive(copied) as archive:
        archive.add(more, source=f"{TITLE}, more", format="paragraphs")
    path_of(copied).write_bytes(before)
    with Archive(copied, read_only=True) as archive:
        assert archive.find("Бервадин").people[0].person == "r5"


def test_where_no_index_can_be_put_beside_the_archive_the_answer_is_right(copied):
    path_of(copied).unlink()
    path_of(copied).mkdir()
    assert_answers(copied)


def test_asking_twice_leaves_the_file_alone(copied):
    before = path_of(copied).stat()
    assert_answers(copied)
    after = path_of(copied).stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_the_report_of_making_it_anew(copied):
    with Archive(copied, read_only=True) as archive:
        there = archive.index()
        anew = archive.index(rebuild=True)
    assert (there.built, anew.built) == (False, True)
    assert (there.rows, there.bytes, there.file) == (anew.rows, anew.bytes, anew.file)
    assert there.rows == len(PEOPLE) + 1
    assert there.bytes == path_of(copied).stat().st_size
