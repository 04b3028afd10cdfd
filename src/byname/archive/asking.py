"""What may be asked of an archive beside the main words: conditions, pages, draws."""

from __future__ import annotations

from typing import TypedDict


class MoreOfFind(TypedDict, total=False):
    """What ``Archive.find`` also takes."""

    offset: int
    years: tuple[int, int] | None
    nationality: str | None
    fate: str | None
    source: str | None


class MoreOfCount(TypedDict, total=False):
    """What ``Archive.count`` also takes; each condition in words, as on the command line."""

    since: str | None
    until: str | None
    region: str | None
    region_of: str
    nationality: str | None
    sex: str | None
    party: str | None
    occupation: str | None
    body: str | None
    article: str | None
    fate: str | None
    source: str | None
    draws: int
    seed: int


class MoreOfEstimate(MoreOfCount, total=False):
    """What ``Archive.estimate`` also takes; ``source`` and ``draws`` have no meaning here."""

    lists: str | None
    method: str
    level: float
    linkages: int
