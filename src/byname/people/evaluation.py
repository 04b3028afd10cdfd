"""How well records were put together into people, measured against a known truth.

Counted by groups of records, never by pairs, so that half a million records take seconds.
Where there is nothing to be wrong about (no pair predicted, no pair true) the share is 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

EDGES = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 1.0)
"""Bounds of the bins of a reliability table: most pairs stand close to 0 or to 1."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the people found compare with the true ones, over the records judged.

    Attributes:
        records: judged.
        true_people: whom they speak of in truth.
        predicted_people: whom they were taken to speak of.
        true_pairs: pairs of records that speak of one person.
        predicted_pairs: pairs that were put together.
        right_pairs: pairs that are both.
        precision: share of the predicted pairs that are right.
        recall: share of the true pairs that were found.
        f1: harmonic mean of the two.
        b_cubed_precision: of the records put with a record, the share that belong there
            (the mean over all records, itself included).
        b_cubed_recall: of the records that belong with a record, the share put there.
        b_cubed_f1: harmonic mean of the two.
        cluster_precision: share of the predicted people that are right to the record.
        cluster_recall: share of the true people that were found to the record.
        cluster_f1: harmonic mean of the two.
        right_people: people that are right to the record.
        merged: predicted people in whom several true ones were put together.
        split: true people who were torn into several.

    """

    records: int
    true_people: int
    predicted_people: int
    true_pairs: int
    predicted_pairs: int
    right_pairs: int
    precision: float
    recall: float
    f1: float
    b_cubed_precision: float
    b_cubed_recall: float
    b_cubed_f1: float
    cluster_precision: float
    cluster_recall: float
    cluster_f1: float
    right_people: int
    merged: int
    split: int


def evaluate(predicted: Mapping[int, int], truth: Mapping[int, Hashable]) -> Evaluation:
    """Compare people with the truth, over the records that both speak of.

    Args:
        predicted: record -> person.
        truth: record -> true person, for all records or for some.

    """
    cells = Counter(
        (predicted[record], person) for record, person in truth.items() if record in predicted
    )
    found: Counter[int] = Counter()
    true: Counter[Hashable] = Counter()
    for (person, real), count in cells.items():
        found[person] += count
        true[real] += count
    records = found.total()
    right_pairs, found_pairs, true_pairs = (_pairs(c.values()) for c in (cells, found, true))
    right = sum(count == found[p] == true[t] for (p, t), count in cells.items())
    b_precision = _share(sum(n * n / found[p] for (p, _), n in cells.items()), records)
    b_recall = _share(sum(n * n / true[t] for (_, t), n in cells.items()), records)
    precision, recall = _share(right_pairs, found_pairs), _share(right_pairs, true_pairs)
    c_precision, c_recall = _share(right, len(found)), _share(right, len(true))
    return Evaluation(
        records=records,
        true_people=len(true),
        predicted_people=len(found),
        true_pairs=true_pairs,
        predicted_pairs=found_pairs,
        right_pairs=right_pairs,
        precision=precision,
        recall=recall,
        f1=f_score(precision, recall),
        b_cubed_precision=b_precision,
        b_cubed_recall=b_recall,
        b_cubed_f1=f_score(b_precision, b_recall),
        cluster_precision=c_precision,
        cluster_recall=c_recall,
        cluster_f1=f_score(c_precision, c_recall),
        right_people=right,
        merged=_several(person for person, _ in cells),
        split=_several(real for _, real in cells),
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _several(groups: Iterable[Hashable]) -> int:
    return sum(count > 1 for count in Counter(groups).values())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def f_score(precision: float, recall: float) -> float:
    """Return the harmonic mean of two shares, 0 when both are."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class PairEvaluation:
    """How the people found answer to pairs of records that somebody judged.

    Attributes:
        pairs: judged.
        same: those that speak of one person.
        predicted: those that were put together.
        right: those that are both.
        precision: share of those put together that are right.
        recall: share of those of one person that were found.
        f1: harmonic mean of the two.

    """

    pairs: int
    same: int
    predicted: int
    right: int
    precision: float
    recall: float
    f1: float


def evaluate_pairs(
    predicted: Mapping[int, int], labelled: Mapping[tuple[int, int], bool]
) -> PairEvaluation:
    """Compare people with judged pairs; a record without a person stands alone.

    Args:
        predicted: record -> person.
        labelled: (record, record) -> whether the two are one person.

    """
    same = found = right = 0
    for (left, other), truth in labelled.items():
        person = predicted.get(left)
        together = person is not None and person == predicted.get(other)
        same += truth
        found += together
        right += truth and together
    precision, recall = _share(right, found), _share(right, same)
    return PairEvaluation(
        len(labelled), same, found, right, precision, recall, f_score(precision, recall)
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one probability.

    Attributes:
        low: least probability of the bin.
        high: probability from which on the next begins.
        pairs: in it (weights added up).
        mean_probability: what was said of them.
        share_same: what is true of them.

    """

    low: float
    high: float
    pairs: float
    mean_probability: float
    share_same: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether probabilities mean what they say.

    Attributes:
        pairs: with a probability and a known truth (weights added up).
        expected_error: mean distance between probability and truth over the bins, each
            weighing as many as it holds pairs ("expected calibration error").
        bins: those that hold a pair, from the lowest.

    """

    pairs: float
    expected_error: float
    bins: tuple[Bin, ...]


def calibrate(
    scored: Iterable[tuple[float, bool, float]], edges: Sequence[float] = EDGES
) -> Calibration | None:
    """Return the reliability table of scored pairs, None when there are none.

    Args:
        scored: (probability, whether the two are one person, weight of the pair).
        edges: bounds of the bins, ascending from 0 to 1.

    """
    last = len(edges) - 2
    sums = [[0.0, 0.0, 0.0] for _ in range(last + 1)]
    for probability, same, weight in scored:
        cell = sums[min(last, bisect_right(edges, probability) - 1)]
        cell[0] += weight
        cell[1] += weight * probability
        cell[2] += weight * same
    bins = tuple(
        Bin(low, high, weight, said / weight, true / weight)
        for (low, high), (weight, said, true) in zip(pairwise(edges), sums, strict=True)
        if weight
    )
    if not bins:
        return None
    pairs = sum(one.pairs for one in bins)
    error = sum(one.pairs * abs(one.mean_probability - one.share_same) for one in bins)
    return Calibration(pairs, error / pairs, bins)
