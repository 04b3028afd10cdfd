"""A checked text → one HTML page that needs nothing but itself: no script, no file, no net."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from byname.claims.model import Checked, Cited, Claim
from byname.knowledge import Edition
from byname.reports.layout import Piece, paragraphs
from byname.reports.words import ORDER, SIGNS, Words, language_of, words_for

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Whatever slipped through, a browser must load nothing and run nothing."""


@dataclass(frozen=True, slots=True)
class About:
    """What the foot of the page says of how it came to be."""

    edition: Edition
    version: str
    title: str = ""
    archive: str = ""


def page(checked: Checked, about: About, language: str | None = None) -> str:
    """Return the page of a checked text.

    Args:
        checked: the text with its claims.
        about: the evidence base, the program, the name of the text.
        language: "en" or "ru", of the page's own words; by default that of the text.
    """
    language = language or language_of(checked.text)
    words = words_for(language)
    text_language = language_of(checked.text)
    style = files("byname.reports").joinpath("style.css").read_text(encoding="utf-8")
    title = f"{about.title}: {words.says['heading']}" if about.title else words.says["heading"]
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{language}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{style}</style></head>",
        "<body><main>",
        *_head(checked, about, words),
        *_text(checked, words, text_language),
        *_notes(checked, words, text_language),
        *_legend(words),
        *_foot(about, words),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _head(checked: Checked, about: About, words: Words) -> Iterator[str]:
    yield f"<header><h1>{escape(words.says['heading'])}</h1>"
    if about.title:
        yield f'<p class="file">{escape(about.title)}</p>'
    if not checked.claims:
        yield f"<p>{escape(words.says['none'])}</p></header>"
        return
    counts = checked.counts()
    yield f"<p>{escape(words.says['count'].format(n=len(checked.claims)))}</p>"
    yield '<ul class="counts">'
    for verdict in ORDER:
        if counts.get(verdict):
            yield f"<li>{_badge(verdict, words)} <b>{counts[verdict]}</b></li>"
    yield "</ul></header>"


def _badge(verdict: str, words: Words) -> str:
    return (
        f'<span class="badge {verdict}"><span aria-hidden="true">{SIGNS[verdict]}</span> '
        f"{escape(words.verdicts[verdict])}</span>"
    )


def _text(checked: Checked, words: Words, language: str) -> Iterator[str]:
    yield f'<section aria-label="{escape(words.says["text"])}" class="text" lang="{language}">'
    for paragraph in paragraphs(checked):
        inner = "".join(_piece(piece, checked.claims, words) for piece in paragraph)
        yield f"<p>{inner}</p>"
    yield "</section>"


def _piece(piece: Piece, claims: list[Claim], words: Words) -> str:
    if not piece.number:
        return escape(piece.text)
    verdict = claims[piece.number - 1].verdict
    # Only the first piece carries the id: a note leads back to where the claim begins.
    known = f' id="claim-{piece.number}"' if piece.opens else ""
    mark = ""
    if piece.closes:
        says = escape(words.verdicts[verdict])
        mark = (
            f'<sup class="mark">{piece.number}&#8239;<span aria-hidden="true">{SIGNS[verdict]}'
            f'</span><span class="unseen"> {says}</span></sup>'
        )
    return (
        f'<a class="claim {verdict}"{known} href="#note-{piece.number}">'
        f"<span>{escape(piece.text)}</span>{mark}</a>"
    )


def _notes(checked: Checked, words: Words, language: str) -> Iterator[str]:
    if not checked.claims:
        return
    yield f"<section><h2>{escape(words.says['notes'])}</h2>"
    yield '<ol class="notes">'
    for number, claim in enumerate(checked.claims, 1):
        yield from _note(number, claim, words, language)
    yield "</ol>"
    if any(not cited.confirmed for claim in checked.claims for cited in claim.evidence):
        yield f'<p class="small">{escape(words.says["unconfirmed_note"])}</p>'
    yield "</section>"


def _note(number: int, claim: Claim, words: Words, language: str) -> Iterator[str]:
    says = words.says
    quote = escape(" ".join(claim.text.split()))
    back = f"{escape(says['back'])}: {number}"
    yield f'<li id="note-{number}" class="note {claim.verdict}">'
    yield f'<p class="top"><a class="back" href="#claim-{number}" aria-label="{back}">↑</a>'
    yield f'{_badge(claim.verdict, words)} <q lang="{language}">{quote}</q></p>'
    yield f'<p lang="en">{escape(claim.reason)}</p>'
    for name, value in (("computed", claim.computed), ("suggestion", claim.suggestion)):
        if value:
            yield (
                f'<p class="{name}"><b>{escape(says[name])}:</b> '
                f'<span lang="en">{escape(value)}</span></p>'
            )
    if claim.evidence:
        yield f'<p class="label">{escape(says["evidence"])}</p><ul class="evidence">'
        for cited in claim.evidence:
            yield _cited(cited, words)
        yield "</ul>"
    yield "</li>"


def _cited(cited: Cited, words: Words) -> str:
    doubt = ""
    if not cited.confirmed:
        doubt = f' <span class="unconfirmed">({escape(words.says["unconfirmed"])})</span>'
    source = f'<span class="source">{escape(cited.source)}</span>' if cited.source else ""
    return (
        f'<li lang="en"><code>{escape(cited.id)}</code> {escape(cited.value)}{doubt}{source}</li>'
    )


def _legend(words: Words) -> Iterator[str]:
    yield f'<section class="legend"><h2>{escape(words.says["legend"])}</h2><dl>'
    for verdict in ORDER:
        yield f"<dt>{_badge(verdict, words)}</dt><dd>{escape(words.explained[verdict])}</dd>"
    yield "</dl></section>"


def _foot(about: About, words: Words) -> Iterator[str]:
    edition = about.edition
    rests = words.says["rests"].format(
        version=about.version,
        dated=edition.dated,
        rows=f"{edition.rows:,}".replace(",", "\u202f"),
        unconfirmed=edition.unconfirmed,
        fingerprint=edition.fingerprint,
    )
    yield f"<footer><h2>{escape(words.says['about'])}</h2><p>{escape(rests)}</p>"
    if edition.own:
        yield f"<p>{escape(words.says['own'].format(own=edition.own))}</p>"
    if about.archive:
        yield f"<p>{escape(words.says['archive'].format(archive=about.archive))}</p>"
    yield f"<p>{escape(words.says['offline'])}</p><p>{escape(words.says['care'])}</p></footer>"
