"""Rows → frozen values, one function a folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from byname.knowledge import fields
from byname.knowledge.fields import MisfitError
from byname.knowledge.model import (
    SHORT_KINDS,
    Distortion,
    Event,
    Figure,
    Finding,
    More,
    Office,
    Person,
    Position,
    Question,
    Quotation,
    Short,
    Span,
    Term,
    Work,
    Wrong,
)
from byname.knowledge.rows import Row

KINDS = frozenset(
    ["measure", "act", "group", "topic", "place", "body", "office", "quality", "person"]
)  # fmt: skip
STANDINGS = frozenset(["archive", "estimate", "computed", "superseded", "disputed", "popular"])
UNITS = frozenset(
    ["persons", "arrests", "deaths", "per cent", "per day", "per month", "times", "things"]
)
VERDICTS = frozenset(["supported", "imprecise", "contested", "contradicted", "uncheckable"])
_CITED = {"id", "states", "sources", "reference", "confirmed", "note"}


def only(row: Row, *allowed: str) -> None:
    """Raise for a key that no row of this folder has: a slip would else pass in silence."""
    for key in row.values:
        if key not in allowed:
            known = ", ".join(sorted(allowed))
            raise MisfitError(f"no such key: '{key}'; a row here may have {known}.", str(key))


def _one_of(row: Row, key: str, default: str, allowed: frozenset[str]) -> str:
    value = fields.text(row, key) or default
    if value not in allowed:
        raise MisfitError(f"'{key}' must be one of {', '.join(sorted(allowed))}.", key)
    return value


def _cited(row: Row, states: str = "states", own_sources: bool = True) -> dict[str, Any]:
    sources = fields.words(row, "sources")
    if not sources and own_sources:
        raise MisfitError("the row cites nothing; name a work of bibliography/ in 'sources'.")
    confirmed = row.values.get("confirmed", True)
    if not isinstance(confirmed, bool):
        raise MisfitError("'confirmed' must be true or false.", "confirmed")
    return {
        "id": fields.text(row, "id", needed=True),
        "states": fields.text(row, states, needed=True),
        "sources": sources,
        "reference": fields.text(row, "reference"),
        "confirmed": confirmed,
        "note": fields.text(row, "note"),
    }


def term(row: Row) -> Term | More:
    """Read a row of ``terms/``: a term, or more forms of one."""
    only(row, "term", "more", "kind", "en", "ru", "within", "stands_for", "note")
    forms = (*fields.words(row, "en"), *fields.words(row, "ru"))
    if not forms:
        raise MisfitError("the term has no forms; give 'en' or 'ru'.")
    if "more" in row.values:
        return More(fields.text(row, "more", needed=True), forms)
    return Term(
        fields.text(row, "term", needed=True),
        _one_of(row, "kind", "", KINDS),
        forms,
        fields.words(row, "within"),
        fields.words(row, "stands_for"),
    )


def work(row: Row) -> Work:
    """Read a row of ``bibliography/``."""
    keys = ("author", "title", "in", "publisher", "place", "pages", "archive", "note")
    only(row, "key", "year", "url", *keys)
    rest = [fields.text(row, key) for key in keys[2:]]
    return Work(
        fields.text(row, "key", needed=True),
        fields.text(row, "author"),
        fields.text(row, "title", needed=True),
        fields.text(row, "year"),
        ", ".join(part for part in rest if part),
        fields.text(row, "url"),
    )


def figure(row: Row) -> Figure:
    """Read a row of ``figures/``."""
    only(
        row, *_CITED, "counted", "about", "fits", "window", "value", "range", "unit", "base",
        "standing", "said_by", "confused_with", "supersedes",
    )  # fmt: skip
    value = fields.number(row, "value")
    if value is None:
        raise MisfitError("'value' is missing.")
    low, high = fields.limits(row, value)
    base, base_id = _base(row)
    return Figure(
        **_cited(row),
        counted=fields.text(row, "counted", needed=True),
        about=fields.elements(row.values.get("about"), "about"),
        fits=frozenset(fields.words(row, "fits")),
        window=fields.window(row.values.get("window"), "window"),
        value=value,
        low=low,
        high=high,
        unit=_one_of(row, "unit", "persons", UNITS),
        base=base,
        base_id=base_id,
        standing=_one_of(row, "standing", "archive", STANDINGS),
        said_by=fields.words(row, "said_by"),
        confused_with=fields.words(row, "confused_with"),
        supersedes=fields.words(row, "supersedes"),
    )


def _base(row: Row) -> tuple[float | None, str]:
    cell = row.values.get("base")
    if isinstance(cell, dict):
        cell = cell.get("value")
    if cell is None:
        return None, ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell), ""
    return None, str(cell)


def span(row: Row) -> Span:
    """Read a row of ``windows/``."""
    only(row, *_CITED, "window")
    window = fields.window(row.values.get("window"), "window")
    if window is None:
        raise MisfitError("'window' is missing.")
    return Span(**_cited(row), window=window)


def event(row: Row) -> Event:
    """Read a row of ``events/``."""
    only(row, *_CITED, "about", "act", "main", "when", "where", "by", "not_by", "short")
    when = fields.window(row.values.get("when"), "when")
    if when is None:
        raise MisfitError("'when' is missing.")
    about = fields.elements(row.values.get("about"), "about")
    if not about:
        raise MisfitError("'about' is missing: the row would fit any text.")
    return Event(
        **_cited(row),
        about=about,
        act=frozenset(fields.words(row, "act")),
        when=when,
        edtf=str(row.values["when"]),
        main=bool(row.values.get("main", False)),
        where=frozenset(fields.words(row, "where")),
        by=frozenset(fields.words(row, "by")),
        not_by=frozenset(fields.words(row, "not_by")),
        short=_short(row),
    )


def _short(row: Row) -> Short | None:
    """Read the few words under which an event is marked on charts."""
    cell = row.values.get("short")
    if cell is None:
        return None
    kinds = ", ".join(SHORT_KINDS)
    if not isinstance(cell, dict) or set(cell) != {"en", "ru", "kind"}:
        raise MisfitError(f"'short' must be {{en: ..., ru: ..., kind: ...}} ({kinds}).", "short")
    if cell["kind"] not in SHORT_KINDS:
        raise MisfitError(f"'kind' of 'short' must be one of {kinds}.", "short")
    return Short(str(cell["en"]), str(cell["ru"]), str(cell["kind"]))


def person(row: Row) -> tuple[Person, list[Term], list[Event], list[Office]]:
    """Read a row of ``people/``: the person, the names, the life, the offices."""
    only(row, *_CITED, "name", "en", "ru", "described", "life", "offices", "works")
    known = fields.text(row, "id", needed=True)
    name = fields.text(row, "name", needed=True)
    forms = (*fields.words(row, "en"), *fields.words(row, "ru"))
    described = fields.text(row, "described")
    terms = [Term(known, "person", forms or (name,))]
    sources = fields.words(row, "sources")
    life = [_life(known, name, part, sources, row) for part in _parts(row, "life")]
    offices = [_office(known, name, part, sources, row) for part in _parts(row, "offices")]
    return Person(known, name, described), terms, life, offices


def _parts(row: Row, key: str) -> Iterator[dict[str, Any]]:
    cell = row.values.get(key) or []
    if not isinstance(cell, list) or not all(isinstance(part, dict) for part in cell):
        raise MisfitError(f"'{key}' must be a list of {{...}}.", key)
    yield from cell


def _inner(part: dict[str, Any], key: str, row: Row, sources: tuple[str, ...]) -> Row:
    values = {"sources": list(sources), "confirmed": row.values.get("confirmed", True), **part}
    if not values["sources"]:
        raise MisfitError(f"a part of '{key}' cites nothing; give 'sources'.", key)
    return Row(values, row.file, row.lines.get(key, row.line), {})


def _life(known: str, name: str, part: dict[str, Any], sources: tuple[str, ...], row: Row) -> Event:
    inner = _inner(part, "life", row, sources)
    act = fields.text(inner, "act", needed=True)
    when = fields.window(part.get("when"), "when")
    if when is None:
        raise MisfitError(f"'when' of {act} is missing.", "life")
    inner.values.setdefault("id", f"{known}.{act}")
    inner.values.setdefault("states", f"{name}: {act.replace('-', ' ')}")
    return Event(
        **_cited(inner),
        about=(frozenset([known]),),
        act=frozenset([act]),
        when=when,
        edtf=str(part["when"]),
        where=frozenset(fields.listed(part.get("where"), "where")),
        by=frozenset(fields.listed(part.get("by"), "by")),
        person=known,
    )


def _office(
    known: str, name: str, part: dict[str, Any], sources: tuple[str, ...], row: Row
) -> Office:
    inner = _inner(part, "offices", row, sources)
    office = fields.text(inner, "office", needed=True)
    inner.values.setdefault("id", f"{known}.{office}")
    inner.values.setdefault("states", f"{name}: {office.replace('-', ' ')}")
    return Office(
        **_cited(inner),
        person=known,
        office=office,
        first=fields.window(part.get("from"), "from"),
        last=fields.window(part.get("to"), "to"),
        after=str(part.get("after") or ""),
        before=str(part.get("before") or ""),
    )


def quotation(row: Row) -> Quotation:
    """Read a row of ``quotations/``."""
    only(
        row, *_CITED, "speaker", "when", "occasion", "wording", "also", "distortions", "gist",
        "standing",
    )  # fmt: skip
    wording = row.values.get("wording") or {}
    if isinstance(wording, str):
        wording = {"en": wording}
    occasion = fields.text(row, "occasion")
    row.values.setdefault("states", occasion or next(iter(wording.values()), ""))
    distortions = []
    for part in _parts(row, "distortions"):
        verdict = str(part.get("verdict", "imprecise"))
        if verdict not in VERDICTS or not part.get("text"):
            raise MisfitError("a distortion needs 'text' and a known 'verdict'.", "distortions")
        distortions.append(Distortion(str(part["text"]), str(part.get("why", "")), verdict))
    return Quotation(
        **_cited(row),
        speaker=fields.text(row, "speaker", needed=True),
        when=fields.window(row.values.get("when"), "when"),
        edtf=str(row.values.get("when") or ""),
        occasion=occasion,
        wordings=(*(str(w) for w in wording.values() if w), *fields.words(row, "also")),
        distortions=tuple(distortions),
        gist=fields.patterns(row.values.get("gist"), "gist"),
        standing=fields.text(row, "standing") or "attested",
    )


def finding(row: Row) -> Finding:
    """Read a row of ``findings/``."""
    only(row, *_CITED, "agrees", "contradicts", "blurs", "without")
    without = frozenset(fields.words(row, "without"))
    agrees = fields.patterns(row.values.get("agrees"), "agrees")
    return Finding(
        **_cited(row),
        agrees=tuple(type(p)(p.says, p.without | without) for p in agrees),
        contradicts=_wrongs(row, "contradicts", without),
        blurs=_wrongs(row, "blurs", without),
    )


def _wrongs(row: Row, key: str, without: frozenset[str]) -> tuple[Wrong, ...]:
    found = []
    for part in _parts(row, key):
        read = fields.pattern(part, key)
        if not read.says or not part.get("because"):
            raise MisfitError(f"a part of '{key}' needs 'says' and 'because'.", key)
        whole = type(read)(read.says, read.without | without)
        found.append(Wrong(whole, str(part["because"])))
    return tuple(found)


def question(row: Row) -> Question:
    """Read a row of ``questions/``."""
    only(row, "id", "question", "positions", "note", "sources", "confirmed")
    known = fields.text(row, "id", needed=True)
    sources = fields.words(row, "sources")
    positions = []
    for part in _parts(row, "positions"):
        works = [*fields.listed(part.get("works"), "works")]
        works += fields.listed(part.get("sources"), "sources")
        inner = _inner({**part, "sources": works or list(sources)}, "positions", row, ())
        positions.append(
            Position(
                **_cited(inner, states="says"),
                question=known,
                patterns=fields.patterns(part.get("patterns"), "positions"),
                holders=fields.listed(part.get("holders"), "positions"),
                rests_on=str(part.get("rests_on") or ""),
            )
        )
    return Question(known, fields.text(row, "question", needed=True), tuple(positions))
