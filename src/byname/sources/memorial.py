"""The labelled bodies of lists.memo.ru, divided by ``---`` lines or by blank lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from byname.sources.blocks import blocks, is_blank, is_rule
from byname.sources.entry import Entry, Rejected
from byname.sources.inputs import rejected
from byname.sources.kinds import guess_kind
from byname.sources.plan import Plan
from byname.sources.text import read_lines


def looks_like(sample: Sequence[str]) -> bool:
    """Whether most of the first blocks of a text are such bodies."""
    kinds = [guess_kind(block) for block in sample_blocks(sample)]
    return bool(kinds) and kinds.count("memorial") > 0.6 * len(kinds)


def sample_blocks(sample: Sequence[str]) -> list[str]:
    """Return the first blocks of a text, divided as the file seems to be divided."""
    ends = is_rule if any(map(is_rule, sample)) else is_blank
    found: list[list[str]] = [[]]
    for text in sample:
        if ends(text):
            found.append([])
        elif text.strip():
            found[-1].append(text)
    return ["\n".join(lines) for lines in found if lines][:200]


def read(plan: Plan) -> Iterator[Entry | Rejected]:
    """Yield the bodies, numbered from 1; the number is the locator, the line a help."""
    ends = is_rule if any(map(is_rule, plan.sample)) else is_blank
    for number, block in enumerate(blocks(read_lines(plan.file), ends), 1):
        locator = f"record {number}"
        if block.fault:
            yield rejected(block.text, locator, block.fault, line=block.line)
        else:
            yield Entry(block.text, locator, "memorial", line=block.line)
