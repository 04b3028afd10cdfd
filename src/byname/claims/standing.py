"""Offices, successions, times in office and fates: what a clause says of a career."""

from __future__ import annotations

from byname.claims.fates import judge_fate
from byname.claims.model import Judgement
from byname.claims.offices import Offices
from byname.claims.posts import judge_post
from byname.claims.reading import Reading, Statement
from byname.claims.succession import judge_succession
from byname.claims.tenure import judge_tenure
from byname.claims.told import Events


def judge_posts(
    reading: Reading, statement: Statement, offices: Offices, events: Events
) -> list[Judgement]:
    """Hold the offices, successions and fates that a statement tells of against the base."""
    found = [judge_succession(reading, statement, offices)]
    found += [judge_post(tag, reading, statement, offices) for tag in statement.terms("office")]
    found.append(judge_tenure(reading, statement, offices))
    found.append(judge_fate(reading, statement, offices, events))
    return [judgement for judgement in found if judgement is not None]
