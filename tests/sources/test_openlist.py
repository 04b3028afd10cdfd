from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
from xml.sax.saxutils import escape

import py7zr
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.helpers import FORM, export, page, read_all, write

from byname.errors import ListError
from byname.sources import Entry, Rejected, newest, open_list, pages
from byname.sources.pages import Newest


def seven_zip(data: bytes, name: str = "export.xml") -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(data, name)
    return out.getvalue()


PACKINGS = {
    ".xml": lambda data: data, ".xml.bz2": bz2.compress, ".xml.gz": gzip.compress,
    ".xml.xz": lzma.compress, ".xml.7z": seven_zip,
}  # fmt: skip


def winners(path) -> list[Entry | Rejected]:
    with open_list(path) as reader:
        return list(newest(reader))


@pytest.mark.parametrize("suffix", PACKINGS)
def test_all_packings(tmp_path, suffix):
    text = export(page(5, 50, FORM), page(6, 60, f"\n\n{FORM}\n\n==История==\n"))
    path = write(tmp_path, f"dump{suffix}", PACKINGS[suffix](text.encode()))
    with open_list(path) as reader:
        assert (reader.format, reader.encoding) == ("openlist", None)
        first, second = reader
        assert reader.progress() == (path.stat().st_size, path.stat().st_size)
    assert first == Entry(
        FORM, "page id 5", "openlist", title="Синтетический Человек 5", revision=50
    )
    assert second.raw == f"\n\n{FORM}\n\n==История==\n"


@pytest.mark.parametrize("name", ["dump", "dump.txt", "dump.csv", "dump.xml.bz2"])
def test_content_decides_and_not_the_name(tmp_path, name):
    entries, _ = read_all(write(tmp_path, name, export(page(5, 50, FORM))))
    assert len(entries) == 1


@pytest.mark.parametrize("seed", range(5))
def test_the_highest_revision_of_scattered_blocks_counts(tmp_path, seed):
    blocks = [page(n, 100 * r + n, f"{FORM} версия {r}") for n in range(1, 9) for r in range(1, 7)]
    random.Random(seed).shuffle(blocks)
    path = write(tmp_path, "dump.xml", export(*blocks))
    found = {item.locator: item for item in winners(path)}
    assert len(found) == 8
    assert all(item.raw.endswith("версия 6") for item in found.values())
    with open_list(path) as reader:
        latest = {item.locator: item for item in reader}
        assert latest == found
        assert reader.stats == {"revisions": 48, "superseded": 40}


def test_several_revisions_in_one_page(tmp_path):
    text = page(5, 50, "старая").replace(
        "</page>",
        f"<revision><id>70</id><text>{FORM}</text></revision>"
        "<revision><id>60</id><text>средняя</text></revision></page>",
    )
    (item,) = winners(write(tmp_path, "dump.xml", export(text)))
    assert (item.raw, item.revision) == (FORM, 70)
    with open_list(tmp_path / "dump.xml") as reader:
        assert len(list(reader)) == 1
        assert reader.stats == {"revisions": 3, "superseded": 2}


REASONS = [
    (page(5, 50, "#ПЕРЕНАПРАВЛЕНИЕ [[Кто-то]]"), "redirect"),
    (page(5, 50, "#redirect [[Кто-то]]"), "redirect"),
    (page(5, 50, FORM, extra='<redirect title="x" />'), "redirect"),
    (page(5, 50, FORM, ns="1"), "namespace 1"),
    (page(5, 50, "Просто текст"), "Формуляр"),
    (page(5, 50, ""), "no text"),
    (page(5, 50, "{{Формулярчик|a=b}}"), "Формуляр"),
    (page(5, 50, f"{FORM}&nbsp;"), "not correct XML"),
    (page(5, 50, f"{FORM}<b>"), "not correct XML"),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_what_is_no_person_is_kept_with_the_reason(tmp_path, text, reason):
    entries, rejected = read_all(write(tmp_path, "dump.xml", export(text, page(6, 60, FORM))))
    assert len(entries) == 1
    (item,) = rejected
    assert (item.locator, item.revision) == ("page id 5", 50)
    assert reason in item.reason


def test_a_page_that_became_a_redirect(tmp_path):
    text = export(page(5, 50, FORM), page(5, 51, "#REDIRECT [[Другой]]"))
    (item,) = winners(write(tmp_path, "dump.xml", text))
    assert isinstance(item, Rejected)
    assert item.revision == 51


@pytest.mark.parametrize(
    "form", ["{{Формуляр\n|a=b}}", "{{ шаблон: формуляр |a=b}}", "{{Формуляр}}"]
)
def test_ways_to_write_the_template(tmp_path, form):
    entries, _ = read_all(write(tmp_path, "dump.xml", export(page(5, 50, form))))
    assert entries[0].raw == form


def test_a_page_without_id(tmp_path):
    text = "<page><title>Синтетов</title><text>x</text></page>\n"
    _, rejected = read_all(write(tmp_path, "dump.xml", export(text, text)))
    assert [item.locator for item in rejected] == ["page without id 1", "page without id 2"]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + export(page(5, 50, "&c;")),
        '<?xml version="1.0"?>\n<!ENTITY a SYSTEM "file:///etc/hostname">' + export(),
    ],
)
def test_entities_are_refused(tmp_path, text):
    with pytest.raises(ListError, match="entities"):
        read_all(write(tmp_path, "dump.xml", text))


@pytest.mark.parametrize("suffix", PACKINGS)
@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_truncated(tmp_path, suffix, share):
    rng = random.Random(1)
    noise = ["".join(rng.choices("абвгдежз", k=3_000)) for _ in range(60)]
    data = export(*(page(n, n, f"{FORM}{text}") for n, text in enumerate(noise, 1)))
    packed = PACKINGS[suffix](data.encode())
    path = write(tmp_path, f"dump{suffix}", packed[: int(len(packed) * share)])
    with pytest.raises(ListError, match=r"dump.*(truncated|breaks off|damaged).*fetch it again"):
        read_all(path)


def test_a_damaged_middle(tmp_path):
    rng = random.Random(1)
    data = export(*(page(n, n, f"{FORM}{rng.random()}") for n in range(1, 2_000))).encode()
    for suffix in (".xml.bz2", ".xml.7z", ".xml.gz"):
        packed = bytearray(PACKINGS[suffix](data))
        middle = len(packed) // 2
        packed[middle : middle + 40] = bytes(40)
        with pytest.raises(ListError, match="damaged"):
            read_all(write(tmp_path, f"dump{suffix}", bytes(packed)))


def test_an_enormous_page_is_rejected_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "BLOCK_LIMIT", 1 << 20)
    large = page(5, 50, FORM + "а" * (3 << 20))
    text = export(page(4, 40, FORM), large, page(6, 60, FORM))
    entries, rejected = read_all(write(tmp_path, "dump.xml", text))
    assert [entry.locator for entry in entries] == ["page id 4", "page id 6"]
    assert (rejected[0].locator, rejected[0].revision) == ("page id 5", 50)
    assert "megabytes" in rejected[0].reason


@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_tags_cut_by_chunks(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr("byname.sources.unpack.CHUNK", chunk)
    blocks = [page(n, 10 * n, f"{FORM}{n}") for n in range(1, 6)]
    entries, _ = read_all(write(tmp_path, "dump.xml", export(*blocks) + "\n\n"))
    assert [entry.raw for entry in entries] == [f"{FORM}{n}" for n in range(1, 6)]


def test_archives_with_the_wrong_things_in_them(tmp_path):
    with pytest.raises(ListError, match="no MediaWiki export"):
        open_list(write(tmp_path, "a.7z", seven_zip(b"surname,given\n", "list.csv")))
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(b"<mediawiki>", "a.xml")
        archive.writestr(b"<mediawiki>", "b.xml")
    with pytest.raises(ListError, match="2 XML files"):
        open_list(write(tmp_path, "b.7z", out.getvalue()))
    with pytest.raises(ListError, match="no MediaWiki export"):
        open_list(write(tmp_path, "c.bz2", bz2.compress(b"surname,given\n")))


def test_leaving_early_stops_the_unpacking(tmp_path):
    text = export(*(page(n, n, f"{FORM}{'а' * 5_000}") for n in range(1, 800)))
    path = write(tmp_path, "dump.xml.bz2", bz2.compress(text.encode()))
    with open_list(path) as reader:
        for item in reader:
            assert isinstance(item, Entry)
            break


def test_newest_with_absurd_page_ids():
    table = Newest()
    assert table.raise_to(10**17, 5)
    assert not table.raise_to(10**17, 5)
    assert table.raise_to(10**17, 6)
    assert table.raise_to(1_000_000, 0)
    assert (table.get(10**17), table.get(1_000_000), table.get(3)) == (6, 0, -1)
    assert table.pages == 2


WIKITEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t&<>\"'{}|=")
)


@given(st.lists(st.tuples(st.integers(1, 4), WIKITEXT), min_size=1, max_size=8, unique=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_wikitext_comes_out_as_it_went_in(tmp_path, versions):
    blocks = [page(n, r, escape(FORM + text)) for r, (n, text) in enumerate(versions, 1)]
    found = winners(write(tmp_path, "dump.xml", export(*blocks)))
    latest = {f"page id {n}": FORM + text for n, text in versions}
    assert {item.locator: item.raw for item in found} == latest
