"""The page of a checked text: whole, escaped, linked both ways, needing nothing from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.helpers import EDITION, TEXT, checked, claim

from byname.claims.model import VERDICTS, Checked, Cited, Claim
from byname.reports import About, language_of, page
from byname.reports.words import LANGUAGES, ORDER, SIGNS, words_for

ABOUT = About(EDITION, "0.1.0", "essay.txt")
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """The elements of a page, their attributes, and what a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def attributes(self, name: str) -> list[str]:
        return [values[name] for _, values in self.elements if name in values]


def test_every_claim_links_to_its_note_and_back():
    parsed = Page(page(checked(), ABOUT))
    ids = parsed.attributes("id")
    assert len(ids) == len(set(ids))
    targets = [link for link in parsed.attributes("href") if link.startswith("#")]
    assert {target[1:] for target in targets} == set(ids)
    assert targets == parsed.attributes("href")
    assert [known for known in ids if known.startswith("claim-")] == [
        f"claim-{n}" for n in range(1, 6)
    ]


def test_verdicts_are_told_by_words_signs_and_lines_not_by_colour_alone():
    html = page(checked(), ABOUT)
    parsed = Page(html)
    for verdict in VERDICTS:
        assert verdict in parsed.text
        assert SIGNS[verdict] in parsed.text
    style = html[html.index("<style>") : html.index("</style>")]
    lines = re.findall(r"--line: (\w+)", style)
    assert len(lines) == len(set(lines)) == 5
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style


def test_what_was_worked_out_cited_and_doubted_is_said():
    text = Page(page(checked(), ABOUT)).text
    for words in (
        "681,692 / 730 = 934 a day", "Say 934 a day.", "Petrov, N. V.", "(not yet confirmed)",
        "sent nowhere", "2026-11-23", "0123456789ab", "1\u202f234 rows", "essay.txt",
    ):  # fmt: skip
        assert " ".join(words.split()) in text
    assert text.count("(not yet confirmed)") == 1
    assert "not yet confirmed”:" not in Page(page(Checked("Nothing."), ABOUT)).text


def test_the_text_is_all_there_in_order():
    html = page(checked(), ABOUT)
    body = html[html.index('class="text"') : html.index("</section>")]
    plain = re.sub(r"<sup.*?</sup>", "", "<" + body)
    plain = re.sub(r"</p>", " ", plain)
    plain = re.sub(r"<[^>]*>", "", plain)
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert " ".join(plain.split()) == " ".join(TEXT.split())


def outside(parsed: Page) -> list[str]:
    """Whatever a browser would fetch."""
    loading = {"src", "srcset", "data", "poster", "action", "background", "ping", "xlink:href"}
    found = [value for name in loading for value in parsed.attributes(name)]
    tags = {tag for tag, _ in parsed.elements}
    return found + sorted(tags & {"script", "link", "img", "iframe", "object", "embed", "base"})


def test_the_page_loads_and_runs_nothing():
    html = page(checked(), ABOUT)
    parsed = Page(html)
    assert outside(parsed) == []
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in html
    assert not [name for _, values in parsed.elements for name in values if name.startswith("on")]


NASTY = '<script src="http://evil.example/x.js"></script>"\'><img src=x onerror=alert(1)>&amp;'


def test_nothing_that_comes_from_outside_is_believed_to_be_html():
    text = f"Before {NASTY} after."
    cited = Cited(NASTY, NASTY, NASTY, confirmed=False)
    one = claim(text, NASTY, "contradicted", reason=NASTY, computed=NASTY, suggestion=NASTY,
                evidence=(cited,))  # fmt: skip
    about = About(EDITION, NASTY, NASTY, NASTY)
    for language in LANGUAGES:
        parsed = Page(page(Checked(text, [one]), about, language))
        assert outside(parsed) == []
        assert parsed.text.count(NASTY) >= 8


@given(st.text(max_size=200), st.data())
def test_any_text_makes_a_page_that_parses(text, data):
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))))
    spans = list(pairwise(cuts))[::2]
    claims = [Claim(low, high, text[low:high], "date", "imprecise", text) for low, high in spans]
    parsed = Page(page(Checked(text, claims), ABOUT))
    assert outside(parsed) == []


def test_the_language_is_that_of_the_text_unless_told():
    russian = Checked("Тухачевский был расстрелян 12 июня 1937 года (NKVD).")
    assert language_of(russian.text) == "ru"
    assert '<html lang="ru">' in page(russian, ABOUT)
    assert '<html lang="en">' in page(russian, ABOUT, "en")
    assert language_of("") == "en"
    assert "по пунктам" in page(checked(), ABOUT, "ru")


def test_both_languages_say_the_same_things():
    english, russian = (words_for(language) for language in LANGUAGES)
    assert english.says.keys() == russian.says.keys()
    for words in (english, russian):
        assert set(words.verdicts) == set(words.explained) == set(ORDER) == set(VERDICTS)
        assert len(set(words.verdicts.values())) == 5
    for key, value in english.says.items():
        assert set(re.findall(r"{\w+}", value)) == set(re.findall(r"{\w+}", russian.says[key]))


@pytest.mark.parametrize("own", ["", "my-rows"])
def test_rows_of_ones_own_and_an_archive_are_named(own):
    edition = EDITION.__class__("2026-11-23", 1, 0, "f", own)
    text = Page(page(checked(), About(edition, "1", "t", "a.duckdb" if own else ""))).text
    assert ("my-rows" in text) == bool(own)
    assert ("a.duckdb" in text) == bool(own)
