"""Records -> scored pairs in one run: features, candidates, model, scores, priors.

Works on a connection of its own that holds the table ``input`` and, for a run that adds to
an earlier one, ``fresh`` (the records not linked before); leaves ``weighed`` (the scored
pairs) for the archive to keep.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import duckdb

from byname.people import blocking, chances, features, model, near, priors
from byname.people.comparisons import comparisons
from byname.people.contradictions import contradiction_sql
from byname.people.extras import Extra
from byname.people.model import Model
from byname.people.sql import number

Say = Callable[[str], None]
"""Told what is being done, in words."""


def score(
    connection: duckdb.DuckDBPyConnection, known: Model | None, say: Say
) -> tuple[Model, int]:
    """Score the pairs that may be one person; return the model and how many were compared.

    With a model ``known``, only pairs with a record of ``fresh`` are scored, by that model;
    without one, it is learnt and all pairs are scored.
    """
    say("reading names and places")
    extras = features.build(connection, list(known.extras) if known else None)
    say("choosing the pairs to compare")
    fresh = "SELECT record FROM fresh" if known else None
    pairs = blocking.candidates(connection, extras, fresh)
    if known is None:
        chances.sample(connection)
    say("comparing the names, each with each once")
    near.write(connection, with_chances=known is None)
    found = known or _learnt(connection, extras, say)
    say(f"weighing {pairs:,} pairs")
    model.score(connection, found)
    if known is None:
        within, across = priors.learn(connection)
        strict = not priors.repeats(connection, within)
        found = replace(found, within=within, across=across, strict=strict)
    against = contradiction_sql(found.extras, found.strict)
    priors.apply(connection, found.within, found.across, against)
    return found, pairs


def _learnt(connection: duckdb.DuckDBPyConnection, extras: list[Extra], say: Say) -> Model:
    records = number(connection, "SELECT count(*) FROM features")
    if records < model.FEWEST_TO_LEARN:
        return Model(model.untrained(extras, {}), tuple(extras), records=records)
    say("learning the weights of agreement")
    counted = chances.count(connection, comparisons(extras))
    settings = model.learn(connection, model.untrained(extras, counted))
    return Model(settings, tuple(extras), records=records)
