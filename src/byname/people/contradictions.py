"""What speaks against one person so gravely that other evidence must be strong to outweigh it.

Fields are weighed as if they were independent. They are not where it matters most: brothers
were arrested together and shot on one day, and in one list they share surname, patronymic,
birthplace and date. So a pair whose names or dates of death contradict each other counts as
different people unless its evidence is far beyond even odds.
"""

from __future__ import annotations

from collections.abc import Sequence

from byname.people.comparisons import GRAVE, Comparison, comparisons
from byname.people.extras import Extra

CAP = -3.0
"""Bits that a contradicted pair has at most: about one in nine."""
_NO_SURNAME = (18.0, 25.0)
"""As ``Level.against``, for a pair of which one states no surname."""
_SIBLINGS = (
    "given name is another while surname and patronymic are the same, as among brothers and sisters"
)


def contradiction_sql(extras: Sequence[Extra], strict: bool = True) -> str:
    """Return the SQL that names what contradicts a pair, "" where nothing does.

    It reads ``levels`` (a list, one a comparison), ``whole`` (bits, prior included) and
    ``same_list``. ``strict`` is false for lists that repeat their people under ever other
    names (see ``priors.repeats``): there only the gravest contradictions count.
    """
    chosen = comparisons(extras)
    at = {one.name: number for number, one in enumerate(chosen, 1)}
    cases = [
        f"WHEN {_siblings(at, chosen)} THEN '{_SIBLINGS}'",
    ]
    if strict:
        unnamed = f"levels[{at['surname']}] = -1 AND {_short_of(_NO_SURNAME)}"
        cases.append(f"WHEN {unnamed} THEN 'a surname is not stated'")
    cases += [
        f"WHEN levels[{at[one.name]}] = {place} AND {_short_of(level.against)} THEN '{level.words}'"
        for one in chosen
        for place, level in enumerate(one.levels)
        if level.against is not None and (strict or level.against == GRAVE)
    ]
    return f"CASE {' '.join(cases)} ELSE '' END"


def _short_of(bits: tuple[float, float]) -> str:
    across, within = bits
    return f"whole < CASE WHEN same_list THEN {within} ELSE {across} END"


def _siblings(at: dict[str, int], chosen: Sequence[Comparison]) -> str:
    given = chosen[at["given"] - 1]
    return (
        f"levels[{at['given']}] = {len(given.levels) - 1} AND levels[{at['surname']}] IN (0, 1) "
        f"AND levels[{at['father']}] IN (0, 1)"
    )
