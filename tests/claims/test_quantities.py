"""Numbers as essays write them against ``cases/quantities.tsv``; what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.writing import ESSAY, apart, document, essay_like, seconds
from tests.tables import rows

from byname.claims.quantities import quantities

KINDS = {"count", "share", "rate", "times", "age", "duration", "money"}
HEDGES = {"", "about", "at least", "at most", "more than", "less than", "nearly", "range"}


def number(value):
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def told(text, quantity):
    """Write a quantity as the table does."""
    low, high = number(quantity.low), number(quantity.high)
    per = f"/{quantity.per}" if quantity.per else ""
    value = low if low == high else f"{low}..{high}"
    parts = [f"{text[quantity.start : quantity.end]} = {value} {quantity.kind}{per}"]
    parts += [quantity.hedge] if quantity.hedge else []
    parts += [f"of {number(quantity.base)}"] if quantity.base is not None else []
    parts += [f"[{quantity.noun}]"] if quantity.noun else []
    return ", ".join(parts)


@pytest.mark.parametrize("row", rows("quantities"), ids=lambda row: row[0])
def test_words_to_numbers(row):
    text, expected = row
    assert (" ; ".join(told(text, q) for q in quantities(text)) or "-") == expected


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("681,692 people", 6),
        ("700,000 people", 1),
        ("724,000 people", 3),
        ("1.5 million people", 2),
        ("85.3 per cent", 3),
        ("two hundred and fifty thousand", 2),
        ("a third of a million people", 1),
        ("950,000 to 1.2 million people", 2),
        ("tens of thousands", 0),
        ("a majority of them", 0),
        ("1500 человек", 2),
    ],
)
def test_significant_digits(words, digits):
    assert quantities(words)[0].exact == digits


def test_the_rate_of_the_essay():
    text = "During this time Stalin had an estimated 1,500 Soviet citizens killed everyday."
    (rate,) = quantities(text)
    assert (rate.kind, rate.per, rate.value, rate.hedge) == ("rate", "day", 1500, "about")
    assert text[slice(*rate.unit_span)] == "everyday"
    assert text[slice(*rate.noun_span)] == "Soviet citizens killed"


def test_a_rate_belongs_to_its_own_clause():
    first, second = quantities("They shot 700,000 people, while every day 900 starved.")
    assert (first.kind, second.kind) == ("count", "rate")


def test_a_share_says_of_what():
    text = "Of 5 per cent of those arrested in 1937 little is known."
    (share,) = quantities(text)
    assert share.whole == "arrested"
    assert text[slice(*share.whole_span)] == "arrested"


def test_a_part_knows_its_whole():
    text = "In all, 98 of the 139 members were shot."
    part, whole = quantities(text)
    assert part.base == 139
    assert text[slice(*part.base_span)] == "139"
    assert whole.is_base
    assert part.share_of_base == pytest.approx(70.5, abs=0.01)
    assert whole.share_of_base is None


def test_the_middle_of_a_range():
    assert quantities("from 5 to 7 million people")[0].value == 6_000_000


def test_only_what_is_asked_for():
    text = "In 1937 353,074 were shot; in 1938 328,618 were."
    half = text.index(";")
    assert [q.value for q in quantities(text, 0, half)] == [353_074]
    assert [q.value for q in quantities(text, half)] == [328_618]


def test_an_essay():
    found = [(" ".join(ESSAY[q.start : q.end].split()), q.kind) for q in quantities(ESSAY)]
    assert found == [
        ("an estimated 1,500", "rate"), ("681,692", "count"), ("353,074", "count"),
        ("no fewer than 724,000", "count"), ("767", "count"), ("5 percent", "share"),
        ("почти 682 тыс.", "count"), ("98", "count"), ("139", "count"),
    ]  # fmt: skip


@given(essay_like(), st.integers(0, 60), st.integers(0, 200))
def test_any_text_is_read(text, start, length):
    for begin, end in ((0, len(text)), (min(start, len(text)), min(start + length, len(text)))):
        found = quantities(text, begin, end)
        assert apart([(q.start, q.end) for q in found], begin, end)
        for q in found:
            assert q.low <= q.value <= q.high
            assert q.kind in KINDS
            assert q.hedge in HEDGES
            assert text[slice(*q.noun_span)] == q.noun
            assert text[slice(*q.whole_span)] == q.whole


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text):
    assert apart([(q.start, q.end) for q in quantities(text)], 0, len(text))


@given(essay_like())
def test_reading_again_changes_nothing(text):
    assert quantities(text) == quantities(text)


@given(st.integers(2, 999_999_999))
def test_every_whole_number_comes_back(value):
    forms = [f"{value:,} people", f"{value:,}".replace(",", " ") + " человек"]
    forms += [f"{value:,}".replace(",", "\u00a0") + " человек", f"{value:,}".replace(",", ".")]
    for words in forms:
        assert [q.value for q in quantities(words)] == [value], words


@pytest.mark.parametrize(
    "odd", ["1 ", "and ", "in a ", "(", "“", "1937-", ", ", "half of ", "\n", "@x", "x."]
)
def test_time_grows_with_length_only(odd):
    quantities(odd * 500)
    short, long = seconds(quantities, odd * 4_000), seconds(quantities, odd * 16_000)
    assert long < 10 * short + 0.2


def test_a_hundred_pages_take_no_time():
    assert seconds(quantities, document()) < 3
