"""People -> counts: tallies of those named, estimates of those whom no list names.

This room opens no archive and prints nothing. ``estimates`` needs NumPy and SciPy (the extra
``byname[estimate]``); nothing else here does.
"""

from byname.counts.tally import Gap, Tally, TallyRow

__all__ = ["Gap", "Tally", "TallyRow"]
