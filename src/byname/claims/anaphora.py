"""Words that point back: "the order", "this operation", "there" → the one last spoken of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from byname.claims.pronouns import Pronouns
from byname.claims.tagging import Tag
from byname.knowledge import Base

_NOUNS = (
    "order|decree|operation|trial|law|plenum|congress|speech|commission|directive|list|lists|camp"
    "|camps|massacre|census|book|deportation|murder|killing|assassination|purge|constitution|court"
)
_POINTING = re.compile(
    rf"\b(?:the|this|that|these|those|his|its) (?:same |very |new |secret )?(?P<noun>{_NOUNS})\b"
    r"|\b(?P<ru>(?:этот|этого|этому|этим|эта|этой|эту|это) (?:приказ|операци|процесс|декрет|закон"
    r"|пленум|съезд|указ|постановлени|комисси|список|спис))\w*"
    r"|\b(?P<there>there|here|this place|the republic|the region"
    r"|the province|the city|the site|the graves|the burial ground|там|здесь)\b",
    re.IGNORECASE,
)
_BACK = 1500
"""So many letters back a word may point."""
_NAME = 100
"""No name is longer than this many letters."""
_KINDS = frozenset({"topic", "body"})


class Pointers:
    """What the pointing words of a text may mean, by the nouns in the names of terms."""

    def __init__(self, base: Base) -> None:
        self.people = Pronouns(base)
        self._named: dict[str, set[str]] = {}
        nouns = _NOUNS.split("|")
        for term in base.rows.terms.values():
            if term.kind not in _KINDS or term.id.startswith("~"):
                continue
            words = {word.lower().rstrip("*") for form in term.forms for word in form.split()}
            for noun in nouns:
                if noun in words:
                    self._named.setdefault(noun, set()).add(term.id)
        self._orders = set().union(*self._named.values()) if self._named else set()

    def resolved(self, text: str, tags: list[Tag]) -> Iterator[Tag]:
        """Yield a tag for each pointing word that has something before it to point to."""
        starts = [tag.start for tag in tags]
        for found in _POINTING.finditer(text):
            wanted = self._orders if found["ru"] else self._named.get((found["noun"] or "").lower())
            first = bisect_left(starts, found.start() - _BACK)
            before = tags[first : bisect_left(starts, found.start())]
            for tag in reversed(before):
                place = found["there"] and tag.kind == "place" and not tag.inner
                if place or (wanted and tag.term in wanted and not tag.inner):
                    close = slice(
                        bisect_left(starts, found.start() - _NAME),
                        bisect_left(starts, found.end() + 2),
                    )
                    if not _own_name(found, tags[close]):
                        yield Tag(found.start(), found.end(), tag.term, tag.kind)
                    break


def _own_name(found: re.Match[str], tags: list[Tag]) -> bool:
    """Tell whether the words are part of a name of their own ("the order No. 00447")."""
    return any(
        tag.kind in _KINDS and tag.start <= found.end() and found.start() + 4 <= tag.end
        for tag in tags
        if tag.start < found.end() < tag.end + 1 or found.start() < tag.start < found.end()
    )
