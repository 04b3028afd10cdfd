"""What a sample of people tells about all of them, with standard errors, by ER-Evaluation.

Measuring only among the labelled records flatters: the namesakes who could be confused with
them are mostly not labelled. The estimators of Binette and others (arXiv 2210.01230), in the
package ``er-evaluation``, take the whole archive into account. They hold when people were
drawn at random and every record of each person drawn is labelled.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

DRAWN = ("people", "records")
"""How a sample may be drawn: people at random, or records at random with their whole person."""

HOW_TO_INSTALL = (
    'Estimates with standard errors need the package er-evaluation: pip install "byname[evaluate]".'
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share estimated from a sample; ``standard_error`` is None where none can be given."""

    estimate: float
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class Population:
    """The size of what was drawn from: records, and people found among them."""

    records: int
    people: int


def estimate(
    predicted: Mapping[int, int],
    sample: Mapping[int, Hashable],
    population: Population,
    drawn: str = "people",
) -> dict[str, Estimate] | None:
    """Return estimates for the whole archive, by the names of ``Evaluation``.

    A share of nothing is left out (the recall of people who each have one record). None when
    ER-Evaluation is not installed; ``HOW_TO_INSTALL`` says what to do.

    Args:
        predicted: record -> person; all records of every person who holds a sampled record.
        sample: record -> true person, all records of each person drawn.
        population: size of the whole archive.
        drawn: what was drawn at random, one of ``DRAWN``.

    """
    found = _estimates(predicted, sample, population, drawn)
    if found is None:
        return None
    return {
        name: Estimate(min(1.0, max(0.0, float(value))), _error(error))
        for name, (value, error) in found.items()
        if math.isfinite(value)
    }


def _error(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _estimates(
    predicted: Mapping[int, int],
    sample: Mapping[int, Hashable],
    population: Population,
    drawn: str,
) -> dict[str, tuple[float, float]] | None:
    """Return name -> (estimate, standard error) as ER-Evaluation gives them."""
    try:
        import pandas as pd  # noqa: PLC0415 - heavy, and only in the extra
        from er_evaluation.error_analysis import record_error_table  # noqa: PLC0415
        from er_evaluation.estimators import from_table as api  # noqa: PLC0415
    except ImportError:
        return None
    prediction = pd.Series(list(predicted.values()), index=list(predicted), dtype="int64")
    # Numbers stand for the true people: the package sorts them, which a mixture does not allow.
    numbers: dict[Hashable, int] = {}
    people = [numbers.setdefault(person, len(numbers)) for person in sample.values()]
    truth = pd.Series(people, index=list(sample), dtype="int64")
    with warnings.catch_warnings():
        # Deprecations of pandas; and divisions by zero, which end as "not a number", seen later.
        warnings.simplefilter("ignore")
        table = record_error_table(prediction, truth)
        found = _ask(api, table, population, drawn)
    if not (table["pred_cluster_size"] > 1).any():
        del found["precision"]
    if not (table["ref_cluster_size"] > 1).any():
        del found["recall"]
    if not {"precision", "recall"} & found.keys():
        del found["f1"]
    return found


def _ask(
    api: Any, table: Any, population: Population, drawn: str
) -> dict[str, tuple[float, float]]:
    """Return what ER-Evaluation's estimators say of its table of errors."""
    held = table.groupby("reference")["ref_cluster_size"].first().astype("float64")
    weights = 1 / held if drawn == "records" else held * 0 + 1
    # The package takes the mean of B-cubed over people; ours, as usual, is that over records.
    by_record = weights * held
    sizes = (population.records, population.people)
    return {
        "precision": api.pairwise_precision_estimator_from_table(table, weights),
        "recall": api.pairwise_recall_estimator_from_table(table, weights),
        "f1": api.pairwise_f_estimator_from_table(table, weights),
        "b_cubed_precision": api.b_cubed_precision_estimator_from_table(table, by_record),
        "b_cubed_recall": api.b_cubed_recall_estimator_from_table(table, by_record),
        "cluster_precision": api.cluster_precision_estimator_from_table(table, weights, *sizes),
        "cluster_recall": api.cluster_recall_estimator_from_table(table, weights),
        "cluster_f1": api.cluster_f_estimator_from_table(table, weights, *sizes),
    }
