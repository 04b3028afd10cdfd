"""How long something lasted, and how many times something grew, against the evidence base."""

from __future__ import annotations

import math
import re

from byname.claims import wording
from byname.claims.arithmetic import grouped
from byname.claims.asked import asked_of
from byname.claims.model import Judgement
from byname.claims.offices import Offices
from byname.claims.quantities import Quantity
from byname.claims.reading import Reading, Statement
from byname.claims.scope import SURE, Figures
from byname.claims.told import Events
from byname.knowledge import Window

_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25, "decade": 3652.5}
_LASTED = re.compile(
    r"\b(?:lasted|lasting|went on|ran for|continued for|took|dragged on|was over in"
    r"|stretched over)\b"
    r"|длил\w+|продолжал\w+|шла|шел",
    re.IGNORECASE,
)
_IN_OFFICE = re.compile(
    r"\b(?:in office|in charge|at the head|at the helm|headed|led|ran|held the post"
    r"|as head|in the post|tenure|reign)\b|возглавлял\w*|руководил\w*",
    re.IGNORECASE,
)
_EXACTLY = re.compile(r"\b(?:exactly|precisely|ровно)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:planned|meant|intended|supposed|scheduled|to last|allowed|envisaged|foresaw)\b"
    r"|должн\w+|планир\w+|рассчитан\w+",
    re.IGNORECASE,
)
_CLOSE, _ROUGH = 1.13, 1.6
_TELLING = 0.4


def judge_duration(
    quantity: Quantity, statement: Statement, reading: Reading, events: Events, offices: Offices
) -> Judgement | None:
    """Hold "it lasted sixteen months" against the event or the tenure it tells of."""
    days = _UNIT_DAYS.get(quantity.per, 0.0) * quantity.value
    words = reading.words_of(statement)
    if not days or _PLANNED.search(words):
        return None
    exactly = bool(_EXACTLY.search(reading.text[statement.start : quantity.start]))
    if _IN_OFFICE.search(words):
        return _tenure(quantity, days, exactly, statement, reading, offices)
    if not _LASTED.search(words):
        return None
    for told in events.told(reading, statement):
        when = told.event.when
        if when.days > 1 and told.cost <= _TELLING and not told.event.person:
            return _judged(quantity, days, exactly, when, (told.event.id, told.event.states))
    return None


def _tenure(
    quantity: Quantity,
    days: float,
    exactly: bool,
    statement: Statement,
    reading: Reading,
    offices: Offices,
) -> Judgement | None:
    for person in sorted(
        (t for t in statement.reach if t in offices.base.rows.people),
        key=lambda t: statement.reach[t],
    ):
        held = [row for (who, _), rows in offices.by_pair.items() if who == person for row in rows]
        near = [row for row in held if statement.reach.get(row.office, 9.0) < 1] or held
        if len({row.office for row in near}) != 1:
            return None
        row = near[0]
        if row.first is None or row.last is None:
            return None
        when = Window(row.first.first, row.last.last)
        return _judged(quantity, days, exactly, when, (row.id, row.states))
    return None


def _judged(
    quantity: Quantity, days: float, exactly: bool, when: Window, row: tuple[str, str]
) -> Judgement:
    ratio = max(days / when.days, when.days / days)
    close = 1.03 if exactly else _CLOSE
    verdict = "supported" if ratio <= close else "imprecise" if ratio <= _ROUGH else "contradicted"
    months = when.days / _UNIT_DAYS["month"]
    length = f"{when.days:,} days" + (f" ({months:.0f} months)" if months >= 2 else "")
    says = "Agrees" if verdict == "supported" else "It lasted another time"
    reason = f"{says}: {row[1]}, {wording.window(when)}, {length}."
    return Judgement(
        quantity.start, quantity.end, "duration", verdict, reason, (row[0],),
        f"{wording.window(when)} = {when.days:,} days",
        "" if verdict == "supported" else f"Put {length}.", 0.8,
    )  # fmt: skip


def judge_times(
    quantity: Quantity, statement: Statement, reading: Reading, figures: Figures
) -> Judgement | None:
    """Hold "grew five-fold" against the published growth of the same thing."""
    asked = asked_of(quantity, statement, reading)
    fits = [f for f in figures.fits(asked, any_measure=True) if f.figure.unit == "times"]
    if not fits or fits[0].cost > SURE:
        return None
    near = [f.figure for f in fits if f.cost <= fits[0].cost + 0.3]
    figure = min(near, key=lambda f: abs(math.log(max(quantity.value, 0.1) / f.value)))
    low, high = min(figure.low, figure.value) * 0.85, max(figure.high, figure.value) * 1.15
    claimed = quantity.value
    more = quantity.hedge in ("more than", "at least") and claimed <= high
    if low <= claimed <= high or more:
        verdict = "supported"
    else:
        off = max(claimed / figure.value, figure.value / claimed)
        verdict = "imprecise" if off <= _ROUGH else "contradicted"
    says = "Agrees with" if verdict == "supported" else "Published:"
    reason = f"{says} {grouped(figure.value)} times: {figure.states}."
    return Judgement(
        quantity.start, quantity.end, "times", verdict, reason, (figure.id,),
        suggestion="" if verdict == "supported" else f"Say {grouped(figure.value)} times.",
        weight=1 - fits[0].cost,
    )  # fmt: skip
