"""Breaks in a curve: found where a level changes, not in noise, zeros or heaps."""

from __future__ import annotations

import builtins

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ruptures")

from byname.counts.breaks import breaks  # noqa: E402
from byname.errors import MissingExtraError  # noqa: E402


def negative_binomial(random, mean, size, units):
    return random.negative_binomial(size, size / (size + mean), units)


NOISE = {
    "few people": lambda random: random.poisson(0.3, 72),
    "some people": lambda random: random.poisson(5, 72),
    "many people": lambda random: random.poisson(200, 36),
    "more scatter than chance alone": lambda random: negative_binomial(random, 20, 1, 72),
    "days of heaps, days of nobody": lambda random: (
        random.poisson(40, 200) * (random.random(200) < 0.2)
    ),
}


@pytest.mark.parametrize("kind", NOISE)
def test_false_breaks_are_rare(kind):
    """At most 5 in 100 even series are said to break (1 in 200 is meant)."""
    random = np.random.default_rng(7)
    assert sum(bool(breaks(NOISE[kind](random).tolist())) for _ in range(100)) <= 5


def test_neighbours_that_are_alike_seldom_make_a_break():
    """A rate that half remembers the month before: 9 in 100 were measured."""
    random = np.random.default_rng(10)
    found = 0
    for _ in range(60):
        state, rates = 0.0, []
        for _ in range(72):
            state = 0.5 * state + random.normal(0, 0.35)
            rates.append(20 * np.exp(state))
        found += bool(breaks(random.poisson(rates).tolist()))
    assert found <= 10


STEPS = {
    "five a month to twenty": lambda random: [*random.poisson(5, 30), *random.poisson(20, 30)],
    "scattered, 2 to 50": lambda random: [
        *negative_binomial(random, 2, 2, 30),
        *negative_binomial(random, 50, 2, 30),
    ],
    "next to nobody to three": lambda random: [
        *random.poisson(0.2, 30),
        *random.poisson(3, 30),
    ],
}


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_is_found_within_one_unit(kind):
    random = np.random.default_rng(8)
    near = held = 0
    for _ in range(40):
        found = breaks(STEPS[kind](random))
        nearest = min(found, key=lambda one: abs(one.at - 30), default=None)
        near += nearest is not None and abs(nearest.at - 30) <= 1
        held += nearest is not None and nearest.earliest <= 30 <= nearest.latest
    assert near >= 35
    assert held >= 37


def test_the_shape_of_the_terror():
    """Little, then much for fifteen months, then next to nothing: two breaks."""
    random = np.random.default_rng(9)
    counts = [*random.poisson(3, 32), *random.poisson(200, 15), *random.poisson(2, 13)]
    up, down = breaks(counts)
    assert (up.at, down.at) == (32, 47)
    assert up.rise
    assert not down.rise
    assert up.before == pytest.approx(3, abs=1.5)
    assert up.after == pytest.approx(200, abs=20)


def test_five_months_far_above_the_rest_are_enough():
    """A list that ends with 1937 still shows August."""
    random = np.random.default_rng(11)
    (up,) = breaks([*random.poisson(1, 31), *random.poisson(24, 5)])
    assert up.at == 31


@pytest.mark.parametrize("counts", [[], [5], [1, 900], [3] * 50, [0] * 50, [0, 0, 0, 7, 0, 0]])
def test_too_little_to_tell(counts):
    assert breaks(counts) == []


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 2000), max_size=60))
def test_whatever_the_counts_breaks_lie_inside_and_rates_are_means(counts):
    found = breaks(counts)
    ends = [0, *(one.at for one in found), len(counts)]
    assert ends == sorted(set(ends)) or not counts
    for n, one in enumerate(found):
        before, after = counts[ends[n] : one.at], counts[one.at : ends[n + 2]]
        assert one.before == pytest.approx(sum(before) / len(before))
        assert one.after == pytest.approx(sum(after) / len(after))
        assert ends[n] < one.earliest <= one.at <= one.latest < ends[n + 2]
        assert 0 < one.chance <= 0.05
    assert breaks(counts) == found


def test_without_the_extra(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "ruptures":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r'pip install "byname\[estimate\]"'):
        breaks([1] * 20 + [50] * 20)
