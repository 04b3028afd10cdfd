"""An estimation -> a file: its chart, or a page with the chart, the figures and the cautions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from byname.charts.estimates import estimates, method_title, part_name
from byname.charts.look import NARROW, Look
from byname.charts.page import POLICY, STYLE
from byname.charts.saving import check_ending, svg, write
from byname.charts.words import number

if TYPE_CHECKING:
    from byname.counts.estimates.estimation import Estimation
    from byname.counts.estimates.model import Estimate

_HEADS = {
    "en": ("method", "people in all", "from", "to"),
    "ru": ("метод", "всего человек", "от", "до"),
}
_AGAINST = {"en": "What speaks against it", "ru": "Что говорит против (по-английски)"}
_PARTS = {"en": ("Part by part", "part", "named"), "ru": ("По частям", "часть", "названо")}
_END = "</tbody></table></div>"
_ID = re.compile(r"""(\bid="|url\(#|href="#)(?=[A-Za-z])""")


def save_estimates(
    made: Estimation, path: str | os.PathLike[str], look: Look | None = None
) -> Path:
    """Draw an estimation into a file: .svg, .png, or .html with its figures in a table.

    Raises:
        UsageError: the ending is unknown, or the folder does not exist.
        MissingExtraError: charts cannot be drawn here.

    """
    look = look or Look()
    file = Path(path)
    if check_ending(file) != "html":
        return write(estimates(made, look), file)
    file.write_text(page_of(made, look), encoding="utf-8")
    return file


def page_of(made: Estimation, look: Look) -> str:
    """Return the page of an estimation; it needs nothing but itself."""
    spec = estimates(made, look)
    heading = " ".join(spec["title"]["text"])
    narrow = estimates(made, replace(look, width=NARROW))
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{look.language}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(heading)}</title><style>{STYLE}</style></head>",
        "<body><main>",
        f'<h1 class="unseen">{escape(heading)}</h1>',
        "<figure>",
        f'<div class="wide">{_apart(svg(spec), "w")}</div>',
        f'<div class="narrow">{_apart(svg(narrow), "n")}</div>',
        f"<figcaption>{escape(_sentence(made, look.language))}</figcaption>",
        "</figure>",
        *_table(made, look.language),
        *_parts(made, look.language),
        *(f'<p class="small" lang="en">{escape(note)}</p>' for note in made.notes),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _apart(drawn: str, letter: str) -> str:
    """Give the ids of a picture a letter of its own, for two pictures stand on one page."""
    return _ID.sub(rf"\g<1>{letter}", drawn)


def _sentence(made: Estimation, language: str) -> str:
    return made.sentence_ru if language == "ru" else made.sentence


def _table(made: Estimation, language: str) -> Iterator[str]:
    """Yield the figures of all methods, and below what speaks against each."""
    yield _head(*_HEADS[language])
    for one in made.results:
        yield f"<tr><td>{escape(method_title(one.method, language))}</td>"
        yield f"{_figures(one, language)}</tr>"
    yield _END
    if any(one.diagnostics.warnings for one in made.results):
        yield f"<h2>{_AGAINST[language]}</h2>"
    for one in made.results:
        why = " ".join(one.diagnostics.warnings[:3])
        if why:
            yield f'<p class="small">{escape(method_title(one.method, language))}: '
            yield f'<span lang="en">{escape(why)}</span></p>'


def _parts(made: Estimation, language: str) -> Iterator[str]:
    """Yield the figures of every part, and below why some bear none."""
    if not made.strata:
        return
    title, part, named = _PARTS[language]
    yield f"<h2>{title}</h2>"
    yield _head(part, named, *_HEADS[language])
    for stratum in made.strata:
        begun = f"<tr><td>{escape(part_name(made, stratum.name, language))}</td>"
        begun += f'<td class="n">{number(language, stratum.observed)}</td>'
        for one in stratum.results:
            yield f"{begun}<td>{escape(method_title(one.method, language))}</td>"
            yield f"{_figures(one, language)}</tr>"
        if not stratum.results:
            yield f"{begun}<td></td><td></td><td></td><td></td></tr>"
    yield _END
    for stratum in made.strata:
        if stratum.why:
            yield f'<p class="small">{escape(part_name(made, stratum.name, language))}: '
            yield f'<span lang="en">{escape(stratum.why)}</span></p>'


def _head(*names: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f'<div class="rows"><table><thead><tr>{cells}</tr></thead><tbody>'


def _figures(one: Estimate, language: str) -> str:
    figures = [
        "" if value is None else number(language, round(value))
        for value in (one.estimate, one.low, one.high)
    ]
    return "".join(f'<td class="n">{figure}</td>' for figure in figures)
