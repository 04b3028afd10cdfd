"""Words of the lists -> what they are counted under; the cases are tables to read."""

import pytest
from tests.tables import rows

from byname.counts.coding import UNKNOWN, articles, articles_of, occupations, regions
from byname.counts.regions import region_of
from byname.vocabulary import table


@pytest.mark.parametrize(("words", "region"), rows("regions"))
def test_region(words, region):
    assert (region_of(words) or "-") == region


@pytest.mark.parametrize(("words", "group"), rows("occupations"))
def test_occupation(words, group):
    assert occupations([words]) == [UNKNOWN if group == "-" else group]


@pytest.mark.parametrize(("words", "found"), rows("counted_articles"))
def test_articles(words, found):
    assert sorted(articles_of(words)) == sorted(found.split(","))


def test_what_nobody_knows_is_a_gap_not_a_row():
    assert regions(["с. Покровское"]) == [UNKNOWN]
    assert articles(["шпионаж"]) == [[UNKNOWN]]


def test_towns_and_other_names_lead_to_regions_that_are_named_so():
    """A slip in the table would make two rows of one region."""
    own = table("regions")
    named = {str(key) for key in own["rows"]} | set(own["same"].values())
    for region in [*own["towns"], *own["same"].values()]:
        assert region in named or region_of(f"{region}, г. Пробный") == region, region
