"""A number of the text held against figures: what both sides of the comparison carry."""

from __future__ import annotations

from dataclasses import dataclass

from byname.claims.arithmetic import Claimed, Nearness, nearness
from byname.claims.asked import Asked
from byname.claims.model import Judgement
from byname.claims.scope import Figures, Fit
from byname.knowledge import Figure

COUNTS = frozenset({"persons", "arrests", "deaths", "things"})
"""Units of figures that a bare number can be held against."""
ORDER: tuple[Nearness, ...] = ("same", "near", "digit", "order", "far")
AGREES = frozenset({"same", "near"})
OUTDATED = frozenset({"superseded", "popular"})


@dataclass(frozen=True, slots=True)
class Held:
    """A number with what it is of, the figures to hold it against, and whose it is said to be."""

    asked: Asked
    claimed: Claimed
    figures: Figures
    attributed: bool = False

    def near(self, fit: Fit) -> Nearness:
        """Return how near the number comes to a figure."""
        return self.to(fit.figure)

    def to(self, figure: Figure) -> Nearness:
        """Return how near the number comes to a figure's value or range."""
        return nearness(self.claimed, figure.value, figure.low, figure.high)

    def exactly(self, figure: Figure) -> bool:
        """Tell whether the number is a figure's own value, rounded at most."""
        return nearness(self.claimed, figure.value, figure.value, figure.value) == "same"

    def stated(self, figure: Figure) -> float:
        """Return the cost of what a figure counts being what the text counts."""
        return self.asked.measures.get(figure.counted, 9.0)

    def judgement(
        self, verdict: str, reason: str, evidence: tuple[str, ...], weight: float = 1.0
    ) -> Judgement:
        """Return a judgement on the number."""
        quantity = self.asked.quantity
        return Judgement(
            quantity.start, quantity.end, "quantity", verdict, reason, evidence, weight=weight
        )
