"""Clusterings against truths: numbers worked out by hand, properties, ER-Evaluation as oracle."""

from __future__ import annotations

import builtins
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byname.people import estimates
from byname.people.estimates import Estimate, Population, estimate
from byname.people.evaluation import EDGES, calibrate, evaluate, evaluate_pairs

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:er_evaluation")


def members(*groups: str) -> dict[int, int]:
    """``members("12", "3")``: the records 1 and 2 are person 1, record 3 is person 3."""
    return {int(record): int(min(group)) for group in groups for record in group}


# predicted, truth: pairs right / predicted / true, B-cubed precision and recall,
# people right to the record, merged, split
CASES = {
    "all right": (("12", "3"), ("12", "3"), (1, 1, 1), (1.0, 1.0), (2, 0, 0)),
    "all apart": (("1", "2", "3"), ("123",), (0, 0, 3), (1.0, 1 / 3), (0, 0, 1)),
    "all together": (("123",), ("1", "2", "3"), (0, 3, 0), (1 / 3, 1.0), (0, 1, 0)),
    "one torn off": (("12", "3"), ("123",), (1, 1, 3), (1.0, 5 / 9), (0, 0, 1)),
    "one too many": (("123", "4"), ("12", "3", "4"), (1, 3, 1), (4 / 6, 1.0), (1, 1, 0)),
    "crossed": (("13", "24"), ("12", "34"), (0, 2, 2), (0.5, 0.5), (0, 2, 2)),
    "moved": (("12", "345"), ("123", "45"), (2, 4, 4), (11 / 15, 11 / 15), (0, 1, 1)),
    "alone in both": (("1", "2"), ("1", "2"), (0, 0, 0), (1.0, 1.0), (2, 0, 0)),
}


@pytest.mark.parametrize("name", CASES)
def test_by_hand(name):
    predicted, truth, pairs, b_cubed, people = CASES[name]
    found = evaluate(members(*predicted), members(*truth))
    assert (found.right_pairs, found.predicted_pairs, found.true_pairs) == pairs
    assert found.b_cubed_precision == pytest.approx(b_cubed[0])
    assert found.b_cubed_recall == pytest.approx(b_cubed[1])
    assert (found.right_people, found.merged, found.split) == people
    assert found.precision == (pairs[0] / pairs[1] if pairs[1] else 1)
    assert found.recall == (pairs[0] / pairs[2] if pairs[2] else 1)
    assert found.cluster_precision == pytest.approx(people[0] / len(predicted))
    assert found.cluster_recall == pytest.approx(people[0] / len(truth))
    assert (found.predicted_people, found.true_people) == (len(predicted), len(truth))


def test_f1_is_the_harmonic_mean_and_0_when_nothing_is_right():
    found = evaluate(members("12", "3"), members("123"))
    assert [found.precision, found.recall, found.f1] == pytest.approx([1, 1 / 3, 0.5])
    assert evaluate(members("13", "24"), members("12", "34")).f1 == 0


def test_only_records_that_both_know_are_judged():
    found = evaluate(members("123", "4"), {1: "a", 2: "a", 9: "a", 8: "b"})
    assert (found.records, found.true_pairs, found.right_pairs, found.f1) == (2, 1, 1, 1)
    assert evaluate({}, {}).records == 0


CLUSTERINGS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from("abcdefg")), min_size=2, max_size=40
)


@given(CLUSTERINGS)
def test_the_same_is_perfect(pairs):
    truth = {record: true for record, (_, true) in enumerate(pairs)}
    found = evaluate({record: ord(true) for record, true in truth.items()}, truth)
    assert [found.f1, found.b_cubed_f1, found.cluster_f1] == pytest.approx([1, 1, 1])
    assert (found.merged, found.split) == (0, 0)
    assert found.right_people == found.true_people == found.predicted_people


@given(CLUSTERINGS, st.permutations(range(7)))
def test_names_of_people_and_order_of_records_do_not_matter(pairs, names):
    predicted = {record: person for record, (person, _) in enumerate(pairs)}
    truth = {record: true for record, (_, true) in enumerate(pairs)}
    renamed = {record: names[predicted[record]] for record in reversed(predicted)}
    one, other = evaluate(predicted, truth), evaluate(renamed, truth)
    assert one.b_cubed_precision == pytest.approx(other.b_cubed_precision)
    assert one.b_cubed_recall == pytest.approx(other.b_cubed_recall)
    assert (one.f1, one.cluster_f1, one.merged) == (other.f1, other.cluster_f1, other.merged)


@given(CLUSTERINGS)
def test_precision_is_recall_the_other_way_round(pairs):
    predicted = {record: person for record, (person, _) in enumerate(pairs)}
    truth = {record: ord(true) for record, (_, true) in enumerate(pairs)}
    one, other = evaluate(predicted, truth), evaluate(truth, predicted)
    assert (one.precision, one.cluster_precision) == (other.recall, other.cluster_recall)
    assert one.b_cubed_precision == pytest.approx(other.b_cubed_recall)
    assert (one.merged, one.split) == (other.split, other.merged)


@given(CLUSTERINGS)
def test_pairs_are_counted_as_by_looking_at_each(pairs):
    predicted = {record: person for record, (person, _) in enumerate(pairs)}
    truth = {record: true for record, (_, true) in enumerate(pairs)}
    labelled = {(a, b): truth[a] == truth[b] for a, b in combinations(truth, 2)}
    whole, each = evaluate(predicted, truth), evaluate_pairs(predicted, labelled)
    assert (each.same, each.predicted, each.right) == (
        whole.true_pairs,
        whole.predicted_pairs,
        whole.right_pairs,
    )
    assert (each.precision, each.recall, each.f1) == (whole.precision, whole.recall, whole.f1)


def test_labelled_pairs_by_hand():
    predicted = members("123", "45")
    labelled = {(1, 2): True, (1, 3): False, (3, 4): True, (4, 9): True, (8, 9): False}
    found = evaluate_pairs(predicted, labelled)
    assert (found.pairs, found.same, found.predicted, found.right) == (5, 3, 2, 1)
    assert [found.precision, found.recall] == pytest.approx([0.5, 1 / 3])


def test_half_a_million_records_take_seconds():
    predicted = {record: record // 3 for record in range(500_000)}
    predicted |= dict.fromkeys(range(3000), -1)  # 4.5 million pairs in one heap
    truth = {record: record // 2 for record in range(500_000)}
    started = time.perf_counter()
    found = evaluate(predicted, truth)
    assert found.predicted_pairs == 3000 * 2999 // 2 + sum(
        n * (n - 1) // 2 for n in [3] * (497_000 // 3) + [497_000 % 3]
    )
    assert time.perf_counter() - started < 10


# --- probabilities --------------------------------------------------------------------------


def test_reliability_by_hand():
    scored = [(0.0, False, 1), (0.95, True, 1), (0.93, False, 1), (1.0, True, 1)]
    table = calibrate(scored)
    assert table is not None
    assert [(one.low, one.high, one.pairs) for one in table.bins] == [
        (0.0, 0.01, 1),
        (0.9, 0.99, 2),
        (0.999, 1.0, 1),
    ]
    assert table.bins[1].mean_probability == pytest.approx(0.94)
    assert table.bins[1].share_same == 0.5
    assert table.expected_error == pytest.approx((0 + 2 * 0.44 + 0) / 4)
    assert table.pairs == 4


def test_weights_count_as_so_many_pairs():
    twice = calibrate([(0.6, True, 1), (0.6, False, 0.5), (0.6, False, 0.5)])
    assert twice == calibrate([(0.6, True, 1), (0.6, False, 1)])
    assert calibrate([]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.just(1.0)), min_size=1))
def test_every_pair_falls_in_one_bin(scored):
    table = calibrate(scored)
    assert table is not None
    assert table.pairs == len(scored)
    assert 0 <= table.expected_error <= 1
    for one in table.bins:
        assert one.low - 1e-12 <= one.mean_probability <= one.high + 1e-12
        assert one.low in EDGES


# --- ER-Evaluation --------------------------------------------------------------------------


def series(mapping):
    pd = pytest.importorskip("pandas", reason="ER-Evaluation needs pandas: byname[evaluate]")
    return pd.Series(list(mapping.values()), index=list(mapping))


@settings(max_examples=60, deadline=None)
@given(CLUSTERINGS)
def test_er_evaluation_agrees(pairs):
    metrics = pytest.importorskip(
        "er_evaluation.metrics", reason="ER-Evaluation is not installed: byname[evaluate]"
    )
    error_analysis = pytest.importorskip("er_evaluation.error_analysis")
    predicted = {record: person for record, (person, _) in enumerate(pairs)}
    truth = {record: true for record, (_, true) in enumerate(pairs)}
    found = evaluate(predicted, truth)
    one, other = series(predicted), series(truth)
    for name, theirs in (
        ("precision", "pairwise_precision"),
        ("recall", "pairwise_recall"),
        ("f1", "pairwise_f"),
        ("cluster_precision", "cluster_precision"),
        ("cluster_recall", "cluster_recall"),
        ("cluster_f1", "cluster_f"),
    ):
        assert getattr(found, name) == pytest.approx(getattr(metrics, theirs)(one, other)), name
    # Its own B-cubed is a mean over people, not over records: so from its table of records.
    table = error_analysis.record_error_table(one, other)
    extra, missing = table["extra"] / table["pred_cluster_size"], table["missing"]
    assert found.b_cubed_precision == pytest.approx(1 - extra.mean())
    assert found.b_cubed_recall == pytest.approx(1 - (missing / table["ref_cluster_size"]).mean())


def sampled(step: int = 3):
    """Return 600 people of one to three records, some torn and some merged, and every step-th."""
    truth = {record: record // 3 for record in range(1800)}
    for person in range(0, 600, 4):
        del truth[3 * person + 2]
    predicted = dict(truth)
    for person in range(0, 600, 5):
        predicted[3 * person] = 10_000 + person  # torn off
    for person in range(0, 600, 7):
        predicted[3 * person + 1] = (person + 11) % 600  # given to a stranger
    sample = {record: person for record, person in truth.items() if person % step == 0}
    return truth, predicted, sample


def test_estimates_are_those_of_the_package():
    api = pytest.importorskip(
        "er_evaluation.estimators", reason="ER-Evaluation is not installed: byname[evaluate]"
    )
    _, predicted, sample = sampled()
    population = Population(len(predicted), len(set(predicted.values())))
    for drawn, weights in (("people", "uniform"), ("records", "cluster_size")):
        found = estimate(predicted, sample, population, drawn)
        assert found is not None
        for name, theirs in (
            ("precision", api.pairwise_precision_estimator),
            ("recall", api.pairwise_recall_estimator),
            ("f1", api.pairwise_f_estimator),
            ("cluster_precision", api.cluster_precision_estimator),
            ("cluster_recall", api.cluster_recall_estimator),
        ):
            value, error = theirs(series(predicted), series(sample), weights)
            assert found[name].estimate == pytest.approx(value), name
            assert found[name].standard_error == pytest.approx(error), name


def test_estimates_cover_the_truth_where_plain_numbers_flatter():
    pytest.importorskip("er_evaluation", reason="not installed: byname[evaluate]")
    truth, predicted, sample = sampled()
    whole, plain = evaluate(predicted, truth), evaluate(predicted, sample)
    touched = {predicted[record] for record in sample}
    near = {record: person for record, person in predicted.items() if person in touched}
    population = Population(len(predicted), len(set(predicted.values())))
    found = estimate(near, sample, population)
    assert found is not None
    assert plain.precision > whole.precision + 0.02
    for name, one in found.items():
        assert one.standard_error is not None
        assert abs(one.estimate - getattr(whole, name)) < 3 * one.standard_error + 0.01, name


def test_a_share_of_nothing_is_left_out():
    pytest.importorskip("er_evaluation", reason="not installed: byname[evaluate]")
    found = estimate({1: 1, 2: 2, 3: 3}, {1: "a", 2: "b"}, Population(3, 3))
    assert found is not None
    assert not {"precision", "recall", "f1"} & found.keys()
    assert found["b_cubed_precision"] == Estimate(1.0, 0.0)
    found = estimate({1: 1, 2: 1, 3: 3}, {1: "a", 2: "b"}, Population(3, 2))
    assert found is not None
    assert found["precision"].estimate == 0
    assert "recall" not in found


def test_without_the_package(monkeypatch):
    imported = builtins.__import__

    def refuse(name, *arguments, **options):
        if name.startswith(("er_evaluation", "pandas")):
            raise ImportError(name)
        return imported(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert estimate({1: 1}, {1: "a"}, Population(1, 1)) is None
    assert 'pip install "byname[evaluate]"' in estimates.HOW_TO_INSTALL
