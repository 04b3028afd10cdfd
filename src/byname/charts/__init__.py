"""Tally -> chart: one Vega-Lite specification for paper, notebook and page.

    spec = chart_of(tally, Look("ru"))      # a dictionary; Altair is not loaded yet
    chart(spec)                             # an Altair chart, for a notebook
    save(tally, "months.svg", Look("ru"))   # or .png, or .html with the numbers below

The functions return specifications; only drawing needs the extra ``byname[charts]``.
"""

from byname.charts.bars import bars
from byname.charts.calendar import calendar
from byname.charts.choosing import chart_of
from byname.charts.cross import cross
from byname.charts.curve import curve
from byname.charts.estimates import estimates
from byname.charts.estimates_page import save_estimates
from byname.charts.look import LANGUAGES, NARROW, WIDE, Link, Look
from byname.charts.page import page, save
from byname.charts.panels import panels
from byname.charts.saving import ENDINGS, chart, check_ending, png, svg

__all__ = [
    "ENDINGS",
    "LANGUAGES",
    "NARROW",
    "WIDE",
    "Link",
    "Look",
    "bars",
    "calendar",
    "chart",
    "chart_of",
    "check_ending",
    "cross",
    "curve",
    "estimates",
    "page",
    "panels",
    "png",
    "save",
    "save_estimates",
    "svg",
]
