"""Hierarchical models of a table: which interactions between lists a model allows.

A subset of the lists is a number whose bit ``i`` is the list ``i``: with the lists A, B, C the
pair AC is 0b101. A pattern of lists is such a number too (the lists a person stands on), and so
is a term of a model (the lists whose interaction it allows). A model is hierarchical when with a
term it holds all parts of that term; all models here hold all single lists.

Models come as rows of a table of truth values, one column for each term that a model may hold
(``terms``: pairs, triples ... up to the order asked for). The interaction of all lists together is
never among them: with it nothing could be said about those on no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Models = NDArray[np.bool_]
"""Shape (models, terms): which terms each model holds."""

MOST_MODELS = 40_000
"""Above this number models are searched for, not all enumerated: six lists in pairs are 32,768."""


def terms(lists: int, order: int) -> tuple[int, ...]:
    """Return the terms of two up to ``order`` lists as numbers, small ones first.

    Never the term of all lists; with two lists there is none.
    """
    return tuple(
        sum(1 << place for place in places)
        for size in range(2, min(order, lists - 1) + 1)
        for places in combinations(range(lists), size)
    )


def count_of_models(lists: int, order: int) -> int | None:
    """Return how many hierarchical models there are, None when they are too many to count here.

    Three lists have 8, four 113, five 6,893 (Dedekind's numbers, less the models without a list
    and the one with all lists in one term).
    """
    if lists <= 5:
        return len(all_models(lists, order))
    if order <= 2:
        return int(2 ** (lists * (lists - 1) // 2)) if order == 2 else 1
    return None


def all_models(lists: int, order: int) -> Models:
    """Return every hierarchical model up to an order: shape (models, terms), the emptiest first.

    Terms are taken one by one, small ones first; each model found so far that holds all parts of
    the term has a twin that holds the term too.
    """
    among = terms(lists, order)
    column = {term: at for at, term in enumerate(among)}
    models = np.zeros((1, len(among)), dtype=np.bool_)
    for at, term in enumerate(among):
        parts = [column[part] for part in facets(term) if part in column]
        fit = models[:, parts].all(axis=1)
        twins = models[fit]
        twins[:, at] = True
        models = np.concatenate([models, twins])
    return models


def neighbours(model: Sequence[bool], among: Sequence[int]) -> Iterator[tuple[bool, ...]]:
    """Yield the hierarchical models that hold one term more or one term less than this one."""
    held = {term for term, there in zip(among, model, strict=True) if there}
    for at, term in enumerate(among):
        if term in held:
            free = not any(other != term and other & term == term for other in held)
        else:
            free = all(part in held or part.bit_count() < 2 for part in facets(term))
        if free:
            yield (*model[:at], not model[at], *model[at + 1 :])


def facets(term: int) -> tuple[int, ...]:
    """Return the parts of a term that lack just one of its lists."""
    return tuple(term & ~(1 << place) for place in range(term.bit_length()) if term & (1 << place))


def generators(model: Sequence[bool], among: Sequence[int], lists: int) -> tuple[int, ...]:
    """Return the largest terms of a model, those that are part of no other; single lists count."""
    held = [1 << place for place in range(lists)]
    held += [term for term, there in zip(among, model, strict=True) if there]
    largest = [
        term for term in held if not any(other != term and other & term == term for other in held)
    ]
    return tuple(sorted(largest, key=lambda term: (-term.bit_count(), _places(term))))


def text_of(model: Sequence[bool], among: Sequence[int], names: Sequence[str]) -> str:
    """Return a model as its largest terms: ``[A B][C]``."""
    return "".join(
        "[" + " ".join(names[place] for place in _places(term)) + "]"
        for term in generators(model, among, len(names))
    )


def _places(term: int) -> tuple[int, ...]:
    return tuple(place for place in range(term.bit_length()) if term & (1 << place))
