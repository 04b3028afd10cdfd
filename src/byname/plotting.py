"""A tally of an archive -> a file with its chart, the lists it rests on named at the foot."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from byname.archive import Archive
from byname.charts import Look, check_ending, save, save_estimates
from byname.counts.tally import Tally

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation

_SHOWN = 4
_LONGEST = 70
_MORE = {"en": "and {n} more", "ru": "и ещё {n}"}


def check(out: str | os.PathLike[str], language: str = "en") -> None:
    """Say before anything is counted what would keep a chart from being drawn.

    Raises:
        UsageError: the ending, folder or language is unknown.
        MissingExtraError: charts cannot be drawn here.

    """
    Look(language)
    check_ending(out)


def plot(archive: Path, tally: Tally, out: str | os.PathLike[str], language: str = "en") -> Path:
    """Draw a tally of an archive into a file ending in .svg, .png or .html.

    Raises:
        UsageError: the ending, folder or language is unknown, or nothing can be drawn.
        MissingExtraError: charts cannot be drawn here.

    """
    with Archive(archive, read_only=True) as opened:
        titles = [str(row["title"]) for row in opened.sources()]
    return save(tally, out, Look(language, source=lists_named(titles, language)))


def plot_estimation(made: Estimation, out: str | os.PathLike[str], language: str = "en") -> Path:
    """Draw an estimation into a file ending in .svg, .png or .html.

    Raises:
        UsageError: the ending, folder or language is unknown.
        MissingExtraError: charts cannot be drawn here.

    """
    return save_estimates(made, out, Look(language))


def lists_named(titles: list[str], language: str) -> str:
    """Return the first lists by name and how many there are besides."""
    named = [shorten(title, _LONGEST, placeholder="…") for title in titles[:_SHOWN]]
    if len(titles) > _SHOWN:
        named.append(_MORE[language].format(n=len(titles) - _SHOWN))
    return "; ".join(named)
