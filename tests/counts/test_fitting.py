"""Single fits of log-linear models, against another way of finding the maximum and against R."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from tests.counts.mse_tables import ARTIFICIAL_3, HAV, HIV, numbered, oracle, sorted_terms

from byname.counts.estimates.fitting import fit
from byname.counts.estimates.hierarchical_fits import counts_of, rank
from byname.counts.estimates.hierarchy import all_models, terms
from byname.counts.estimates.lattice import table_of
from byname.counts.estimates.profiling import profile

full_counts = st.lists(st.integers(1, 400), min_size=15, max_size=15)


def by_minimizer(counts, model, among, lists):
    """The intercept and deviance by a general minimiser of the negative log-likelihood."""
    sets = [0, *(1 << place for place in range(lists))]
    sets += [term for term, there in zip(among, model, strict=True) if there]
    design = table_of(counts, lists).design[:, sets]

    def loss(beta):
        logs = design @ beta
        return np.exp(logs).sum() - counts @ logs

    def slope(beta):
        return design.T @ (np.exp(design @ beta) - counts)

    start = np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0]
    found = minimize(loss, start, jac=slope, method="BFGS", options={"gtol": 1e-7})
    own = (np.exp(np.log(counts)).sum()) - counts @ np.log(counts)
    return found.x[0], 2.0 * (found.fun - own)


@settings(deadline=None, max_examples=25)
@given(full_counts, st.integers(0, 112))
def test_a_fit_is_the_maximum_that_a_general_minimiser_finds(numbers, which):
    counts = np.array(numbers, dtype=np.float64)
    among, models = terms(4, 3), all_models(4, 3)
    fits = fit(table_of(counts, 4), models[which : which + 1], among)
    intercept, deviance = by_minimizer(counts, models[which].tolist(), among, 4)
    assert fits.intercept[0] == pytest.approx(intercept, abs=2e-4)
    assert fits.deviance[0] == pytest.approx(deviance, abs=1e-4)


def test_all_models_of_four_lists_as_r_fits_them():
    """Estimates, errors, deviances, AIC and BIC of all 113 models on the table of Rome."""
    ranking = rank(HIV, 3)
    ours = {numbered(ranking.text(at), HIV.lists): at for at in range(len(ranking.aic))}
    refused = []
    for line in oracle("rcapture_hiv_models"):
        at = ours[sorted_terms(line["model"])]
        figures = ranking.figures(at)
        assert figures["deviance"] == pytest.approx(float(line["deviance"]), abs=1e-5)
        assert figures["df"] == int(line["df"])
        assert figures["aic"] == pytest.approx(float(line["AIC"]), abs=1e-5)
        assert figures["bic"] == pytest.approx(float(line["BIC"]), abs=1e-5)
        if not ranking.usable[at]:
            refused.append(line["model"])
            continue
        assert figures["estimate"] == pytest.approx(float(line["abundance"]), rel=1e-5)
        assert figures["standard_error"] == pytest.approx(float(line["stderr"]), rel=1e-3)
    # R prints 18,401 with an error of 10**9 for the first; for the other 1,896, nobody missing.
    assert refused == ["[123,124,134,234]", "[123,124,234]"]


@settings(deadline=None, max_examples=20)
@given(full_counts, st.integers(2, 50))
def test_so_many_times_the_people_are_so_many_times_the_unseen(numbers, times):
    counts = np.array(numbers, dtype=np.float64)
    among, models = terms(4, 3), all_models(4, 3)[::8]
    once = fit(table_of(counts, 4), models, among)
    often = fit(table_of(counts * times, 4), models, among)
    assert often.intercept == pytest.approx(once.intercept + np.log(times), abs=1e-5)
    assert often.deviance == pytest.approx(once.deviance * times, rel=1e-5, abs=1e-6)
    assert often.variance * times == pytest.approx(once.variance, rel=1e-3)


def test_models_fitted_together_are_as_models_fitted_alone():
    counts = counts_of(HIV)
    among, models = terms(4, 3), all_models(4, 3)
    table = table_of(counts, 4)
    together = fit(table, models, among)
    for at in range(0, len(models), 7):
        alone = fit(table, models[at : at + 1], among)
        assert alone.deviance[0] == pytest.approx(together.deviance[at], abs=1e-8)
        assert alone.identified[0] == together.identified[at]
        if alone.identified[0]:
            assert alone.intercept[0] == pytest.approx(together.intercept[at], abs=1e-6)


def test_two_lists_are_lincoln_and_petersen():
    fits = fit(table_of([30.0, 20.0, 10.0], 2), all_models(2, 1), terms(2, 1))
    assert np.exp(fits.intercept[0]) == pytest.approx(30.0 * 20.0 / 10.0)
    assert fits.parameters[0] == 3


def test_the_profile_of_a_saturated_pair_falls_off_to_both_sides():
    counts = counts_of(HAV)
    sets = np.arange(7)
    found = profile(counts, 3, sets, np.ones(7, dtype=np.bool_), 1041.76, 0.95)
    assert found.low + HAV.n == pytest.approx(654.68, abs=0.05)
    assert found.high is not None
    assert found.high + HAV.n == pytest.approx(3031.11, abs=0.3)
    narrow = profile(counts, 3, sets, np.ones(7, dtype=np.bool_), 1041.76, 0.5)
    assert found.low < narrow.low < narrow.best
    assert narrow.high is not None
    assert narrow.best < narrow.high < found.high


def test_progress_is_told_of_and_ends_at_all_models():
    told: list[tuple[int, int]] = []
    rank(ARTIFICIAL_3, 2, lambda done, of: told.append((done, of)))
    assert told
    assert told[-1][0] == told[-1][1]
