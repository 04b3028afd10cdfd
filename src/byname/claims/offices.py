"""The offices and the ends of lives that a base knows, and how a report words them."""

from __future__ import annotations

from byname.claims import wording
from byname.claims.model import Judgement
from byname.claims.tagging import Tag
from byname.knowledge import Base, Event, Office

ENDS = frozenset({"shot", "died", "killed-himself", "died-in-custody", "assassinated", "survived"})


class Offices:
    """The offices of a base, by holder and by post."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.by_pair: dict[tuple[str, str], list[Office]] = {}
        self.holders: dict[str, set[str]] = {}
        self.ends: dict[str, list[Event]] = {}
        for office in base.rows.offices.values():
            self.by_pair.setdefault((office.person, office.office), []).append(office)
            self.holders.setdefault(office.office, set()).add(office.person)
        for event in base.rows.events.values():
            if event.person and event.act & ENDS:
                self.ends.setdefault(event.person, []).append(event)


def held(office: Office) -> str:
    """Return a tenure as a report words it."""
    first = wording.window(office.first) if office.first else "?"
    last = wording.window(office.last) if office.last else ""
    return f"{office.states}, {first} to {last}" if last else f"{office.states}, from {first}"


def said(tag: Tag, office: Office, verdict: str, reason: str) -> Judgement:
    """Return a judgement that rests on an office, placed at a name."""
    return Judgement(
        tag.start, tag.end, "attribution", verdict, reason, (office.id,),
        suggestion="" if verdict == "supported" else reason, weight=0.9,
    )  # fmt: skip
