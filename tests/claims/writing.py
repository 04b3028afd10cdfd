"""Texts to try the readers of claims on."""

import time

from hypothesis import strategies as st
from tests.tables import rows

ESSAY = """What Was the Great Terror

The terror lasted from 1936-1938 and was at its height in 1937 - 1938. During this time Stalin had
an estimated 1,500 Soviet citizens killed everyday. It began after Sergey Kirov, the party boss of
Leningrad, was shot on December 1, 1934 in the Smolny. In all 681,692 people were recorded as shot,
of whom 353,074 in 1937; Memorial counts no fewer than 724,000 between October 1936 and November
1938.

When the army was purged, 767 high ranking officers were named, but this number is the whole of
the high command. “To win a battle several corps are needed. And to lose it, a few spies,” Stalin
said on 3 March 1937. He said that if only 5 percent of a report were true, it was worth having.

В 1937–1938 гг. было расстреляно почти 682 тыс. человек, из них 98 из 139 членов ЦК.
"""

PIECES = (
    "1,500", "1 500", "1.5", "1937", "1938", "00447", "767", "12", "5", "million", "thousand",
    "two", "half", "a", "hundred", "of", "the", "and", "or", "to", "from", "between", "about",
    "over", "at least", "up to", "per cent", "%", "a day", "every day", "in every", "out of",
    "one", "ten", "years", "months", "August", "July", "May", "December 1, 1934", "in", "by",
    "until", "late", "the end of", "summer", "1930s", "people", "were", "shot", "which", "who",
    "Stalin", "No.", "J. V.", "St.", "when", "because", "but", "while", "(", ")", ",", ";", ":",
    "–", "-", ".", "...", "“", "”", '"', "'", "’", "«", "»", "\n", "\n\n", "тысяч", "миллиона",
    "полтора", "двух", "сто", "с", "по", "до", "от", "августа", "года", "г.", "человек", "в день",
    "половиной", "который", "и", "что", "расстреляно", "каждый", "десятый", "third", "quarter",
    "'37", "nineteen thirty",
)  # fmt: skip


def essay_like():
    """Return texts of numbers, dates, hedges and marks in any order."""
    pieces = st.lists(st.sampled_from(PIECES), max_size=24)
    return st.builds(str.join, st.sampled_from([" ", "", "  "]), pieces)


def apart(spans, start, end):
    """Tell whether ranges lie inside ``start:end``, in order, none empty or overlapping."""
    edges = [start, *(edge for span in spans for edge in span), end]
    return edges == sorted(edges) and all(one < two for one, two in spans)


def document():
    """Return a document of about a hundred pages, from the cases and the essay."""
    tables = ("quantities", "moments", "clauses", "sentences")
    page = ESSAY + "\n\n" + ". ".join(row[0] for name in tables for row in rows(name))
    return ((page + "\n\n") * 40)[:300_000]


def seconds(read, *args):
    """Return how long the processor works on a call, the best of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        read(*args)
        taken.append(time.process_time() - start)
    return min(taken)
