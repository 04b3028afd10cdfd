"""How a chart is to look, and the one style of all charts.

Grey and black on white, one accent for what must be seen first, a serif for words. The same
specification serves paper, notebook and page; nothing in it names a file or another host.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from byname.charts.words import locale
from byname.errors import MissingExtraError, UsageError

FONT = "Georgia, 'PT Serif', 'Noto Serif', 'DejaVu Serif', serif"
LANGUAGES = ("en", "ru")
WIDE, NARROW = 900, 340
"""Widths in pixels: of a sheet or a screen, and of a telephone."""
_PHONE = 500

Link = Callable[[Mapping[str, str]], str | None]
"""Keys of a row by axis -> address that a click on its mark leads to, or None."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a ground: light for paper and day, dark for night."""

    paper: str
    ink: str
    quiet: str
    rule: str
    empty: str
    accent: str
    ramp: tuple[str, ...]


_DAY = Ink(
    "#ffffff", "#1d1d1b", "#5b5a55", "#d8d5cb", "#f1efe9", "#9b1c1c",
    ("#dcdad3", "#b3b1aa", "#85837d", "#4f4e4a", "#0d0d0c"),
)  # fmt: skip
_NIGHT = Ink(
    "#1a1a18", "#e9e6dd", "#aaa79d", "#3d3b36", "#242320", "#ff8d7a",
    ("#3f3e3a", "#66645e", "#95928a", "#c6c3ba", "#fbf9f2"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What a chart is drawn for.

    Attributes:
        language: "en" or "ru".
        width: in pixels, the margins included; under 500 it is laid out for a telephone.
        dark: light marks on a dark ground.
        source: the lists that were counted, for the foot; "" leaves the line out.
        link: what a click on a mark leads to, for pages; None for no links.

    """

    language: str = "en"
    width: int = WIDE
    dark: bool = False
    source: str = ""
    link: Link | None = None

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise UsageError(
                f"{self.language}: the charts speak {' and '.join(LANGUAGES)}; choose one."
            )

    @property
    def ink(self) -> Ink:
        """Return the colours."""
        return _NIGHT if self.dark else _DAY

    @property
    def phone(self) -> bool:
        """Whether the chart stands on a narrow screen."""
        return self.width < _PHONE

    @property
    def letters(self) -> int:
        """Return how many letters of the small print fit on a line."""
        return max(30, round(self.width / (6.6 if self.language == "ru" else 6)))


def altair() -> ModuleType:
    """Return Altair, loaded when the first chart is drawn."""
    try:
        import altair as module  # noqa: PLC0415 - half a second that only charts should cost
    except ImportError as error:
        raise MissingExtraError(
            'Charts need Altair, which is not installed; run `pip install "byname[charts]"`.'
        ) from error
    return module


def config(look: Look) -> dict[str, Any]:
    """Return the style as the ``config`` of a Vega-Lite specification."""
    ink = look.ink
    text = {"font": FONT, "color": ink.ink}
    label = {"labelFont": FONT, "titleFont": FONT, "labelColor": ink.quiet, "titleColor": ink.ink}
    return {
        "background": ink.paper,
        "font": FONT,
        "padding": 6 if look.phone else 14,
        "locale": locale(look.language),
        "view": {"stroke": None},
        "title": {
            **text,
            "fontSize": 17 if look.phone else 21,
            "fontWeight": "normal",
            "subtitleFont": FONT,
            "subtitleFontSize": 11.5 if look.phone else 12.5,
            "subtitleColor": ink.quiet,
            "subtitleLineHeight": 16,
            "subtitlePadding": 6,
            "anchor": "start",
            "frame": "bounds",
            "offset": 14,
        },
        "axis": {
            **label,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "domain": False,
            "ticks": False,
            "gridColor": ink.rule,
            "gridWidth": 0.6,
            "labelPadding": 5,
        },
        "header": {
            "labelFont": FONT,
            "labelColor": ink.ink,
            "labelFontSize": 12,
            "titleFont": FONT,
        },
        "legend": {
            **label,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "gradientStrokeWidth": 0,
        },
        "text": text,
        "concat": {"spacing": 8},
    }
