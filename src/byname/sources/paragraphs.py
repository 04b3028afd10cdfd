"""Books of memory as plain text: one person a line, or a paragraph between blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from byname.sources import tables
from byname.sources.blocks import Block, blocks, is_blank, is_rule
from byname.sources.entry import Entry, Rejected
from byname.sources.inputs import rejected
from byname.sources.kinds import guess_kind
from byname.sources.memorial import sample_blocks
from byname.sources.plan import Plan
from byname.sources.text import read_lines

_PERSON_START = re.compile(
    r"\W{0,3}(?:\d{1,5}[.)]\s*)?[^\W\d_][^\d,;:]{0,60}[\s,(–—-].{0,120}(?:1[89]\d\d|род\.|г\.\s?р)"
)
"""A capitalised name and, soon after it, a year or a word of birth."""

_PAGE_NUMBER = re.compile(
    r"\W*(?:стр\.?|с\.|страница|page|p\.)?\W*(?:\d{1,4}|[IVXLC]{1,7})\W*", re.IGNORECASE
)
_HEADING_WORDS = frozenset((
    "буква", "список", "списки", "книга", "памяти", "том", "часть", "глава", "раздел",
    "содержание", "оглавление", "предисловие", "введение", "именной", "указатель", "мартиролог",
    "приложение", "сокращения", "составители", "редколлегия", "издательство",
    "list", "book", "volume", "chapter", "contents", "preface", "index",
))  # fmt: skip
_YEAR = re.compile(r"1[789]\d\d|20[012]\d")


def read(plan: Plan) -> Iterator[Entry | Rejected]:
    """Yield the paragraphs (or, of a table, the cells) that speak of one person each."""
    if plan.shape != "lines":
        yield from tables.read(plan)
        return
    lines = read_lines(plan.file)
    if by_block(plan.sample):
        found = blocks(lines, lambda text: is_blank(text) or is_rule(text))
    else:
        found = (Block(*line) for line in lines if line.text.strip())
    for block in found:
        locator = f"line {block.line}"
        reason = block.fault or why_not_a_person(block.text)
        if reason:
            yield rejected(block.text, locator, reason, line=block.line)
        else:
            yield Entry(block.text, locator, guess_kind(block.text), line=block.line)


def by_block(sample: Sequence[str]) -> bool:
    """Whether an entry covers several lines.

    Blank lines alone do not tell: they also stand around headings of a list with one person
    a line. There, the second and third line of a block begin with a person too.
    """
    found = sample_blocks(sample)
    long = [block for block in found if "\n" in block]
    if not long:
        return False
    labelled = sum(guess_kind(block) != "paragraph" for block in long)
    if labelled > 0.5 * len(long):
        return True
    later = [line for block in long for line in block.split("\n")[1:]]
    return len(found) > 1 and sum(map(starts_with_person, later)) < 0.5 * len(later)


def starts_with_person(line: str) -> bool:
    """Whether ``line`` begins as an entry does: a capitalised name, then a birth."""
    stripped = line.lstrip(" \t-–—•*0123456789.)№")
    return stripped[:1].isupper() and _PERSON_START.match(line) is not None


def why_not_a_person(text: str) -> str | None:
    """Return why ``text`` is no entry (a page number, a heading), or None when it may be one."""
    plain = text.strip()
    if _PAGE_NUMBER.fullmatch(plain):
        return "This is a page number."
    letters = sum(char.isalpha() for char in plain)
    if letters < 2:
        return "This is a single letter, a heading." if letters else "There are no words here."
    words = [word.strip(".,:;«»\"'()-–—").casefold() for word in plain.split()]
    if len(plain) < 120 and words[0] in _HEADING_WORDS:
        return "This is a heading."
    if len(words) == 1 and not _YEAR.search(plain):
        return "This is a single word, a heading."
    return None
