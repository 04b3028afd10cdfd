"""A specification -> a file: SVG, PNG, or a page that needs nothing but itself."""

from __future__ import annotations

import io
import os
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from byname.charts.frame import Spec
from byname.charts.look import altair
from byname.errors import MissingExtraError, UsageError

ENDINGS = ("svg", "png", "html")
_SCALE = 2
"""Pixels a unit of a PNG: sharp on paper and on today's screens."""


def chart(spec: Spec) -> Any:
    """Return a specification as an Altair chart, checked against the grammar, for a notebook."""
    return altair().Chart.from_dict(spec)


_BASE = 'xlink:href="https://vega.github.io/vega-datasets/'
"""What vl-convert puts before the address of a link within a site; it belongs to nobody here."""


def svg(spec: Spec) -> str:
    """Return a chart as SVG."""
    drawn = str(_drawn(spec, io.StringIO(), "svg"))
    named = f'<svg role="graphics-document" aria-label="{escape(spec["description"])}" '
    drawn = drawn.replace("<svg ", named, 1)
    return drawn.replace(_BASE, 'href="').replace("<a xlink:href=", "<a href=")


def png(spec: Spec) -> bytes:
    """Return a chart as PNG."""
    return bytes(_drawn(spec, io.BytesIO(), "png"))


def _drawn(spec: Spec, out: Any, form: str) -> Any:
    drawn = chart(spec)
    if find_spec("vl_convert") is None:
        raise MissingExtraError(
            "Drawing charts needs vl-convert, which is not installed; "
            'run `pip install "byname[charts]"`.'
        )
    options = {"scale_factor": _SCALE} if form == "png" else {}
    drawn.save(out, format=form, **options)
    return out.getvalue()


def check_ending(path: str | os.PathLike[str]) -> str:
    """Return "svg", "png" or "html"; say at once what keeps a file from being written.

    Raises:
        UsageError: the ending is unknown, or the folder does not exist.
        MissingExtraError: charts cannot be drawn here.

    """
    file = Path(path)
    ending = file.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise UsageError(
            f"{file}: a chart is saved as .svg, .png or .html; give the file one of these endings."
        )
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name a file such as {file / f'chart.{ending}'}.")
    if not file.parent.is_dir():
        raise UsageError(f"There is no folder {file.parent}; make it first, or name another.")
    altair()
    return ending


def write(spec: Spec, path: str | os.PathLike[str]) -> Path:
    """Write a chart to a file ending in .svg or .png."""
    file = Path(path)
    if check_ending(file) == "png":
        file.write_bytes(png(spec))
    else:
        file.write_text(svg(spec), encoding="utf-8")
    return file
