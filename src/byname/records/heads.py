"""The name that opens a printed entry: how far it goes, and whether there is one."""

from __future__ import annotations

import re

from byname.names.parts import PARTICLES, looks_like_patronymic, split_name
from byname.records.draft import Draft

_NAME_END = re.compile(
    r",|\n|:|;|\s(?=род\.|рожд|урож|\d)|\d|(?<=[а-яіїє])\.\s+(?=[А-ЯЁІЇЄ][а-яії]+\b)"
)
_BRACKET_OR_END = re.compile(rf"[()]|{_NAME_END.pattern}")
_NAME_WORDS = re.compile(r"[^\W\d_][\w'’ʼ\-]*\.?")
_NOT_NAMES = frozenset(["не", "без", "работал", "работала", "служил", "член", "бывший"])


def read_head(draft: Draft, kind: str) -> int:
    """Put the name that opens the entry; return where the rest begins."""
    text = draft.text
    if kind == "certificate":
        end = text.find("\n")
        end = len(text) if end < 0 else end
        draft.put_name(split_name(text, 0, end))
        return end
    end = _name_end(text, kind)
    if end:
        draft.put_name(split_name(text, 0, end))
    return end


def _name_end(text: str, kind: str) -> int:
    """Return where the name at the start of ``text`` ends, 0 when there is none."""
    end = _bracketed_end(text)
    if kind == "memorial" and text[end : end + 1] not in {"\n", ""}:
        return 0
    head = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", " ", text[:end])
    words = _NAME_WORDS.findall(head)
    if not 1 <= len(words) <= 7 or words[0].lower() in _NOT_NAMES or '"' in head:
        return 0
    if len(words) == 1 and (following := _second_half(text, end)):
        return following
    capital = sum(word[0].isupper() for word in words)
    if kind == "memorial":
        named = any(looks_like_patronymic(word) for word in words[1:])
        return end if capital >= min(2, len(words)) and (named or _line_after(text, end)) else 0
    opens = words[1] if len(words) > 1 and words[0].lower() in PARTICLES else words[0]
    return end if capital >= 1 and opens[0].isupper() else 0


def _line_after(text: str, end: int) -> bool:
    """Tell whether the next line opens a statement on birth: a name line has no patronymic."""
    head = [word for word in _NAME_WORDS.findall(text[:end]) if word[0].isupper()]
    after = text[end + 1 : end + 60]
    return len(head) >= 2 and bool(re.match(r"(?:\(вариант[^\n]*\n)?\s*Род", after))


def _second_half(text: str, end: int) -> int:
    """Follow "Иванов, Иван Иванович, 1890": the surname is set apart by a comma."""
    if text[end : end + 1] != ",":
        return 0
    rest = _NAME_END.search(text, end + 1)
    stop = rest.start() if rest else len(text)
    words = _NAME_WORDS.findall(text[end + 1 : stop])
    return stop if 2 <= len(words) <= 3 and looks_like_patronymic(words[-1]) else 0


def _bracketed_end(text: str) -> int:
    depth = 0
    for match in _BRACKET_OR_END.finditer(text):
        token = match[0]
        if token == "(":
            depth += 1
        elif token == ")":
            depth = max(0, depth - 1)
        elif depth == 0 or token == "\n":
            return match.start()
    return len(text)
