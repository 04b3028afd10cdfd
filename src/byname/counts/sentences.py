"""What a tally rests on, and how what is not known could change it, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from byname.counts.choices import labels
from byname.counts.events import EVENTS, ONCE
from byname.counts.question import REGIONS_OF, TIME, Question
from byname.counts.tally import Gap, TallyRow

_WORTH_TELLING = 0.005
"""Part of the total from which a gap is worth a sentence of its own."""
_NOUNS = {
    "executed": "execution", "arrested": "arrest", "sentenced": "sentence", "died": "death",
    "rehabilitated": "rehabilitation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside rows and gaps.

    Attributes:
        total: all who are counted.
        differ: of these, people whose records give dates that exclude each other.
        several: of these, those with a record that tells of several such events.
        perhaps: others whose date may lie in the span asked for.
        undated: others without a date, where a span is asked for.
        condemned: others sentenced to death without word of an execution.
        linked: whether the archive was ever linked.
        waiting: records that were added since the last link.
        gone: entries that the newest version of their list no longer has.
        stale: whether the vocabulary has changed since the records were coded.

    """

    total: int
    differ: int = 0
    several: int = 0
    perhaps: int = 0
    undated: int = 0
    condemned: int = 0
    linked: bool = True
    waiting: int = 0
    gone: int = 0
    stale: bool = False


def notes(
    question: Question, rows: Sequence[TallyRow], gaps: Iterable[Gap], known: Known
) -> tuple[str, ...]:
    """Return all sentences, what is counted first."""
    gaps = list(gaps)
    found = [EVENTS[question.what]]
    found += _span(question, known)
    for axis in question.by:
        mine = [gap for gap in gaps if gap.axis == axis]
        if len(question.by) == 1 and question.several is None:
            found += _change(axis, rows, mine, known.total)
        found += _meaning(question, axis)
    found += _people(question, known)
    if known.condemned:
        found.append(
            f"{_number(known.condemned, 'other was', 'others were')} sentenced to death without "
            "word of an execution; not counted."
        )
    if known.gone:
        found.append(
            f"{_number(known.gone, 'entry', 'entries')} of this archive no longer "
            f"{'stands' if known.gone == 1 else 'stand'} in the newest version of "
            f"{'its list' if known.gone == 1 else 'their lists'}, and "
            f"{'is' if known.gone == 1 else 'are'} counted."
        )
    if known.stale:
        found.append(
            "The vocabulary has changed since the records were coded; `byname index --rebuild` "
            "codes them anew."
        )
    return tuple(found)


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _span(question: Question, known: Known) -> list[str]:
    if not question.window:
        return []
    parts = [
        f"{known.perhaps:,} with a date too rough to tell" if known.perhaps else "",
        f"{known.undated:,} without a date" if known.undated else "",
    ]
    more = " and ".join(part for part in parts if part)
    if not more:
        return ["Nobody else can belong to this span: every date tells."]
    return [f"Counted are those certainly within the span; others may belong to it: {more}."]


def _meaning(question: Question, axis: str) -> list[str]:
    if axis == "region":
        return [
            f"Region: {REGIONS_OF[question.region_of]}, as the list names it, by the name of "
            "1937-38 where it has another."
        ]
    if axis == "age":
        return ["Age: the year of the event less the year of birth, so a year more or less."]
    if axis == "source" and not question.records:
        return ["A person stands under every list that names him or her."]
    if axis == "article":
        return ["Whoever was charged under several articles stands under each."]
    return []


def _people(question: Question, known: Known) -> list[str]:
    found = []
    if not known.linked:
        found.append(
            "These are records: one person may stand in several. `byname link` puts them together."
        )
    elif known.waiting and not question.records:
        found.append(
            f"{_number(known.waiting, 'record was', 'records were')} added since the last "
            "`byname link`, each counted as a person."
        )
    if known.differ:
        found.append(
            f"The records of {_number(known.differ, 'person', 'people')} give dates of "
            f"{_NOUNS[question.what]} that exclude each other; the most precise counts, then the "
            f"one most records give, then the {'earlier' if question.what in ONCE else 'later'}."
        )
    if known.several and question.what not in ONCE:
        found.append(
            f"For {known.several:,} of them several {_NOUNS[question.what]}s are told; the last "
            "is counted."
        )
    return found


def _change(axis: str, rows: Sequence[TallyRow], gaps: Sequence[Gap], total: int) -> list[str]:
    """Say how the largest row could change if those without a row stood in one."""
    missing = sum(gap.count for gap in gaps)
    if not missing or not rows or missing < total * _WORTH_TELLING:
        return []
    ranked = sorted(rows, key=lambda row: (-row.count, row.keys))
    top, rest = ranked[0], ranked[1:]
    rivals = [(row.count + _reach(gaps, axis, row.keys[0]), row) for row in rest]
    open_rivals = [(most, row) for most, row in rivals if most > top.count]
    named = _name(axis, top.keys[0])
    lead = f"{missing:,} of the {total:,} have no row"
    mine = _reach(gaps, axis, top.keys[0])
    unseen = _unseen(gaps, axis)
    if not open_rivals and unseen > top.count:
        return [
            f"{lead}; {named} leads with {top.count:,}, yet {_row_without(axis)} that has no row "
            f"now could have up to {unseen:,}."
        ]
    if not open_rivals:
        return [
            f"{lead}; wherever they belong, no other {_row(axis)} can exceed {named} "
            f"({top.count:,}, at most {top.count + mine:,})."
        ]
    most, rival = max(open_rivals, key=lambda pair: (pair[1].count, pair[0]))
    others = len(open_rivals) - 1
    more = f", and {others:,} more could pass it" if others else ""
    return [
        f"{lead}; {named} leads with {top.count:,}, yet {_name(axis, rival.keys[0])} could have "
        f"up to {most:,}{more}."
    ]


def _name(axis: str, key: str) -> str:
    """Return the row ``key`` as it is printed."""
    return key if axis == "region" else labels(axis).get(key, key)


def _row(axis: str) -> str:
    return {"age": "age group", "body": "sentencing body", "sex": "sex"}.get(axis, axis)


def _reach(gaps: Sequence[Gap], axis: str, key: str) -> int:
    """Return how many without a row may belong to the row ``key``."""
    found: defaultdict[bool, int] = defaultdict(int)
    for gap in gaps:
        found[gap.could is None or axis not in TIME or _holds(gap.could, key)] += gap.count
    return found[True]


def _unseen(gaps: Sequence[Gap], axis: str) -> int:
    """Return how many a row may have that nobody stands in for certain."""
    places = {gap.could for gap in gaps if gap.could is not None and axis in TIME}
    anywhere = sum(gap.count for gap in gaps if gap.could is None or axis not in TIME)
    return max([anywhere, *(_reach(gaps, axis, one) for one in places if one[-1] != "s")])


def _row_without(axis: str) -> str:
    name = _row(axis)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _holds(could: str, key: str) -> bool:
    """Tell whether "1937" or "1930s" may mean the row "1937-08"."""
    if could.endswith("s"):
        return key.startswith(could[:3])
    if "W" in key:  # a week may begin in the year before, and months cut weeks
        year = int(could[:4])
        return abs(int(key[:4]) - year) <= 1 if len(could) > 4 else int(key[:4]) == year
    return key.startswith(could) or could.startswith(key)
