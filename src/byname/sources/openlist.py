"""Pages of the Open List: the wikitext of a person, from a MediaWiki export."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from byname.sources.entry import Entry, Rejected
from byname.sources.inputs import SHOWN_LIMIT, rejected
from byname.sources.kinds import FORM
from byname.sources.pages import Newest, PageBlock, PageCutter
from byname.sources.plan import Plan
from byname.sources.unpack import chunks

_TEXT_LIMIT = 1 << 21
"""Characters of a page; MediaWiki itself allows no more."""

_KEPT = frozenset(("title", "ns", "id", "text"))


class Reader:
    """Streams the entries of an export; ``newest`` knows which of them are superseded."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.newest = Newest()

    def __iter__(self) -> Iterator[Entry | Rejected]:
        """Yield an entry for each page, and again when a later revision of it turns up.

        Raises:
            ListError: the export is damaged or dangerous.
        """
        stats = self._plan.stats
        stream = chunks(self._plan.source, self._plan.shape)
        cutter = PageCutter(self._plan.source, stream)
        self.newest = cutter.newest
        odd = 0
        try:
            for block in cutter:
                if block.page < 0:
                    odd += 1
                    locator = f"page without id {odd}"
                else:
                    locator = f"page id {block.page}"
                yield item(block, locator, cutter.encoding)
        finally:
            stats["revisions"] = cutter.revisions
            stats["superseded"] = cutter.revisions - cutter.newest.pages - odd
            stream.close()


class _Page:
    """What expat finds in one ``<page>`` element."""

    def __init__(self, block: PageBlock, encoding: str) -> None:
        self.title = ""
        self.namespace = "0"
        self.redirect = False
        self.hidden = False
        self.text = ""
        self._wanted = str(block.revision)
        self._path: list[str] = []
        self._revision = ""
        self._gathered: list[str] = []
        parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._gathered.append
        parser.Parse(block.data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._gathered.clear()
        if name == "redirect":
            self.redirect = True
        elif name == "text" and "deleted" in attributes and self._revision == self._wanted:
            self.hidden = True

    def _end(self, name: str) -> None:
        if name in _KEPT:
            self._keep(name, "".join(self._gathered))
        self._gathered.clear()
        self._path.pop()

    def _keep(self, name: str, value: str) -> None:
        above = self._path[-2] if len(self._path) > 1 else ""
        if above == "page" and name == "title":
            self.title = value
        elif above == "page" and name == "ns":
            self.namespace = value.strip()
        elif above == "revision" and name == "id":
            self._revision = value.strip().lstrip("0") or "0"
        elif above == "revision" and name == "text" and self._revision == self._wanted:
            self.text = value


def item(block: PageBlock, locator: str, encoding: str = "utf-8") -> Entry | Rejected:
    """Return the entry of a page, or why the page is none."""
    if block.fault:
        words = block.data[: 4 * SHOWN_LIMIT].decode("utf-8", "replace")
        return rejected(words, locator, block.fault, revision=block.revision)
    try:
        page = _Page(block, encoding)
    except (expat.ExpatError, ValueError, LookupError):
        words = block.data[: 4 * SHOWN_LIMIT].decode("utf-8", "replace")
        why = "The page is not correct XML."
        return rejected(words, locator, why, revision=block.revision)
    reason = _why_not_a_person(page)
    if reason:
        words = f"{page.title}\n{page.text[:SHOWN_LIMIT]}"
        return rejected(words, locator, reason, revision=block.revision)
    return Entry(page.text, locator, "openlist", title=page.title, revision=block.revision)


def _why_not_a_person(page: _Page) -> str | None:
    if page.namespace not in ("0", ""):
        return f"The page is of namespace {page.namespace} (talk, file, category ...)."
    opening = page.text[:200].lstrip().casefold()
    if page.redirect or opening.startswith(("#redirect", "#перенаправление")):
        return "The page is a redirect to another page."
    if page.hidden or not page.text.strip():
        return "The page has no text."
    if len(page.text) > _TEXT_LIMIT:
        return "The page has more than two million characters."
    if not FORM.search(page.text):
        return "The page has not the template Формуляр, which every person's page has."
    return None
