"""A number that a text states, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from byname.claims.spans import Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states: half-open range with hedge and unit, and what it means.

    ``low`` and ``high`` differ for ranges and vague words only; a hedge does not move them.
    ``value`` is their middle; of a share it is in per cent, of a duration in ``per``.
    ``exact`` is how many digits are significant, 0 for vague words.
    """

    start: int
    end: int
    low: float
    high: float
    value: float
    exact: int
    kind: str
    """count, share, rate, times, age, duration or money"""
    hedge: str = ""
    """"", about, at least, at most, more than, less than, nearly or range"""
    per: str = ""
    """Of a rate (or a share "annually"): day, week, month, year, hour; of a duration its unit."""
    noun: str = ""
    """The words right after, at most five, that say what is counted."""
    noun_span: Span = (0, 0)
    base: float | None = None
    """Of "98 of the 139 members": 139."""
    base_span: Span = (0, 0)
    whole: str = ""
    """Of a share: what it is a share of."""
    whole_span: Span = (0, 0)
    unit_span: Span = (0, 0)
    """The words of the rate, wherever they stand ("killed 1,500 citizens everyday")."""
    is_base: bool = False
    """It only says of how many another one is a part, as in "98 of the 139 members"."""
    denied: bool = False
    """The text says that it is not so many: "not 139,835 but 111,091"."""

    @property
    def share_of_base(self) -> float | None:
        """Return a count in per cent of its base, None without one."""
        return 100 * self.value / self.base if self.base and self.kind == "count" else None
