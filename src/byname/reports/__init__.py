"""A checked text as a page that can be printed, mailed and kept."""

from byname.reports.html import About, page
from byname.reports.layout import Piece, paragraphs
from byname.reports.words import LANGUAGES, language_of

__all__ = ["LANGUAGES", "About", "Piece", "language_of", "page", "paragraphs"]
