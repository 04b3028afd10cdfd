"""Whether a method itself stands by its figure."""

from __future__ import annotations

from byname.counts.estimates.lcmcr import AGREED, ENOUGH
from byname.counts.estimates.model import Estimate

_CUT_OFF = 0.001
"""More of a posterior beyond the end of its grid makes the interval's upper end a matter of taste.
"""


def settled(one: Estimate) -> bool:
    """Whether a method came to one figure with an interval, and has no grave objection to it.

    Grave are: chains that do not agree or are worth too little, a posterior with several modes or
    cut off before its end, parts or linkages without an estimate or unsettled themselves.
    """
    if one.estimate is None or one.low is None:
        return False
    told = one.diagnostics.details
    lacking = ("strata_without_estimate", "strata_unsettled", "linkages_unsettled")
    if any(told.get(name) for name in lacking) or len(told.get("modes") or ()) > 1:
        return False
    if not told.get("rhat", 1.0) <= AGREED:  # written so that "not a number" is not settled
        return False
    worth = min(told.get("ess_bulk", ENOUGH), told.get("ess_tail", ENOUGH))
    return bool(worth >= ENOUGH and told.get("cut_off_mass", 0.0) <= _CUT_OFF)
