"""A chart -> a page that needs nothing but itself: the picture, its coverage, the numbers.

No script, no font, no picture from elsewhere: what is mailed or kept on a stick stays whole. The
picture is there twice, drawn for a wide sheet and for a telephone; the reader sees one of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from byname.charts.choosing import chart_of
from byname.charts.frame import coverage, key_words
from byname.charts.look import NARROW, Look
from byname.charts.saving import check_ending, svg, write
from byname.charts.words import axis, number, reason, says, title
from byname.counts.tally import Tally

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { --ink: #1d1d1b; --paper: #fff; --quiet: #5b5a55; --rule: #d8d5cb; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Georgia, "PT Serif", "Noto Serif", "DejaVu Serif", serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.2rem .8rem 3rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
figure { margin: 0; }
figure svg { display: block; max-width: 100%; height: auto; }
.narrow { display: none; }
figcaption, .small { color: var(--quiet); font-size: .92rem; padding: 0 .3rem; }
h2 { font-size: 1.15rem; font-weight: normal; margin: 2.2rem .3rem .5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; }
th, td { text-align: left; padding: .18rem 1.6rem .18rem .3rem; font-weight: normal;
  border-bottom: 1px solid var(--rule); vertical-align: top; }
thead th { color: var(--quiet); font-size: .9rem; }
.n { text-align: right; }
.rows { overflow-x: auto; }
@media (max-width: 44rem) { .wide { display: none; } .narrow { display: block; } }
@media print { .narrow { display: none; } .wide { display: block; }
  main { max-width: none; padding: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
@page { size: A4; margin: 16mm; }
"""
_ID = re.compile(r"""(\bid="|url\(#|href="#)(?=[A-Za-z])""")


def page(tally: Tally, look: Look | None = None) -> str:
    """Return the page of a tally: its chart, coverage and rows."""
    look = look or Look()
    heading = title(look.language, tally.what, tally.by)
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
        f'<div class="wide">{_picture(tally, look, "w")}</div>',
        f'<div class="narrow">{_picture(tally, replace(look, width=NARROW), "n")}</div>',
        f"<figcaption>{_notes(tally)}</figcaption>",
        "</figure>",
        *_gaps(tally, look.language),
        *_rows(tally, look.language),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def save(tally: Tally, path: str | os.PathLike[str], look: Look | None = None) -> Path:
    """Draw a tally into a file: .svg, .png, or .html with its numbers in a table.

    Raises:
        UsageError: the ending is unknown, the folder does not exist, or nothing can be drawn.
        MissingExtraError: charts cannot be drawn here.

    """
    if check_ending(path) != "html":
        return write(chart_of(tally, look), path)
    file = Path(path)
    file.write_text(page(tally, look), encoding="utf-8")
    return file


def _picture(tally: Tally, look: Look, mark: str) -> str:
    """Return the chart as SVG; ``mark`` keeps the ids of two pictures apart."""
    drawn = svg(chart_of(tally, look))
    return _ID.sub(lambda found: f"{found[1]}{mark}-", drawn)


def _notes(tally: Tally) -> str:
    return "".join(f'<p lang="en">{escape(note)}</p>' for note in tally.notes)


def _gaps(tally: Tally, language: str) -> Iterator[str]:
    if not tally.gaps:
        return
    yield f"<h2>{escape(says(language, 'unplaced'))}</h2>"
    sentences = " ".join(coverage(tally, language))
    yield f'<p class="small">{escape(sentences)}</p>'
    yield '<div class="rows"><table><thead><tr>'
    yield "".join(
        f'<th scope="col"{kind}>{escape(words)}</th>'
        for words, kind in (
            (says(language, "axis"), ""),
            (says(language, "reason"), ""),
            (says(language, "could"), ""),
            (says(language, "count"), ' class="n"'),
        )
    )
    yield "</tr></thead><tbody>"
    for gap in tally.gaps:
        cells = (axis(language, gap.axis), reason(language, gap.reason), gap.could or "")
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        yield f'<td class="n">{number(language, gap.count)}</td></tr>'
    yield "</tbody></table></div>"


def _rows(tally: Tally, language: str) -> Iterator[str]:
    ranged = any(row.low is not None for row in tally.rows)
    yield f"<h2>{escape(says(language, 'rows'))}</h2>"
    yield '<div class="rows"><table><thead><tr>'
    yield "".join(f'<th scope="col">{escape(axis(language, name))}</th>' for name in tally.by)
    yield f'<th scope="col" class="n">{escape(says(language, "count"))}</th>'
    if ranged:
        yield f'<th scope="col" class="n">{escape(says(language, "range"))}</th>'
    yield "</tr></thead><tbody>"
    for row in tally.rows:
        words = (key_words(language, n, key) for n, key in zip(tally.by, row.keys, strict=True))
        cells = "".join(f"<td>{escape(word)}</td>" for word in words)
        cells += f'<td class="n">{number(language, row.count)}</td>'
        if ranged and row.low is not None and row.high is not None:
            both = f"{number(language, row.low)}–{number(language, row.high)}"
            cells += f'<td class="n">{both}</td>'
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"
