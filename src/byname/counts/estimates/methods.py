"""The methods by name: what runs them, what they assume."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from byname.counts.estimates import bma, chao, lcmcr, loglinear, pairs
from byname.counts.estimates.cells import Cells
from byname.counts.estimates.model import Diagnostics, Estimate
from byname.errors import EstimateError, UsageError

Tell = Callable[[str], None]
ALL = "all"


@dataclass(frozen=True, slots=True)
class Method:
    """A way of estimating.

    Attributes:
        name: on the command line.
        title: for people.
        assumes: in a sentence; what must hold for the figure to mean anything.
        bound: whether it only says how many there were at least.

    """

    name: str
    title: str
    assumes: str
    bound: bool = False


METHODS: dict[str, Method] = {
    one.name: one
    for one in (
        Method(
            "lcmcr",
            "latent classes",
            "people fall into kinds that lists find with different chances, and within a kind the "
            "lists find people independently of one another; nobody is out of reach of all lists",
        ),
        Method(
            "bma",
            "graphical models, averaged",
            "being on one list may go with being on another in ways that a decomposable graph "
            "tells, and people are alike in all else",
        ),
        Method(
            "loglinear",
            "log-linear models, averaged",
            "being on one list may go with being on others, but not on all of them at once beyond "
            "what the smaller groups of lists show, and people are alike in all else",
        ),
        Method(
            "chao",
            "lower bound",
            "lists find people independently of one another; where people differ in how easily "
            "they are found, there were more than it says",
            bound=True,
        ),
        Method(
            "lincoln-petersen",
            "two lists",
            "both lists find people independently of each other, and everybody alike; who stands "
            "on one is no likelier to stand on the other",
        ),
    )
}


_TWO = (
    "Kinds of people cannot be told apart by two lists; latent classes need three at least. Add a "
    "list, or take --method lincoln-petersen."
)


def chosen(method: str, lists: int) -> tuple[str, ...]:
    """Return the names of the methods to run on a table of so many lists.

    Raises:
        UsageError: there is no such method.

    """
    if method == ALL:
        if lists == 2:
            return ("lincoln-petersen", "chao")
        return ("lcmcr", "bma", "loglinear", "chao")
    if method not in METHODS:
        raise UsageError(
            f'There is no method "{method}"; choose one of: {", ".join([ALL, *METHODS])}.'
        )
    return (method,)


def run(name: str, cells: Cells, level: float, seed: int, tell: Tell) -> Estimate:
    """Run one method; one that cannot use the table says why and gives no figure."""
    tell(f"{METHODS[name].title}{f' ({cells.name})' if cells.name else ''}")
    try:
        if name == "lcmcr":
            if len(cells.lists) < 3:
                raise EstimateError(_TWO)
            return lcmcr.estimate(cells, level, seed=seed, progress=tell)
        if name == "bma":
            return bma.estimate(cells, level, seed=seed)
        if name == "loglinear":
            return loglinear.estimate(cells, level)
        return chao.estimate(cells, level) if name == "chao" else pairs.estimate(cells, level)
    except EstimateError as error:
        refused = Diagnostics((str(error),))
        return Estimate(name, None, None, None, level, cells.n, refused)
