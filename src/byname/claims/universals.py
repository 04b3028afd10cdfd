"""All, everyone, none: held against the share that it was."""

from __future__ import annotations

import re

from byname.claims.model import Judgement
from byname.claims.proportions import judge_share
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement
from byname.claims.scope import Figures
from byname.claims.wholes import POINTING

_ALL = re.compile(
    r"(?<!not )(?<!almost )(?<!nearly )(?<!virtually )(?<!hardly )(?<!не )\b"
    r"(?P<all>all|every one|everyone|each|every|the entire|without exception)\b"
    r"|\b(?P<none>none|not one|nobody|not a single)\b"
    r"|\b(?P<ru>все|всех|каждый|каждого|поголовно)\b",
    re.IGNORECASE,
)


def judge_universal(statement: Statement, reading: Reading, figures: Figures) -> Judgement | None:
    """Hold "all of them were shot" against the share that was; never bear it out.

    That a share was a hundred per cent follows from no count of ours, so only a contradiction
    is told.
    """
    found = _ALL.search(reading.words_of(statement))
    if found is None or any(q.kind == "share" for q in statement.quantities):
        return None
    at = statement.start + found.start()
    said = 0.0 if found["none"] else 100.0
    end = at + len(found.group())
    rest = reading.text[end : statement.end]
    whole = re.match(r"\s*(?:of\s+)?(?:[\d,]+\s+)?(?:of\s+)?((?:\w+\s*){1,5})", rest)
    named = whole.group(1) if whole else ""
    span = (end + whole.start(1), end + whole.end(1)) if whole else (end, end)
    people = [t for t in statement.terms("group") if span[0] <= t.start < span[1]]
    if not (people or POINTING.match(named) or found.group().lower() in ("everyone", "nobody")):
        return None
    quantity = Quantity(
        at, end, said, said, said, 3, "share", noun=named, whole=named, whole_span=span
    )
    judged = judge_share(quantity, statement, reading, figures)
    firm = judged is not None and judged.verdict in ("contradicted", "imprecise")
    return judged if judged is not None and firm and judged.weight >= 0.6 else None
