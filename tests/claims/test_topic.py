"""Which texts are about the Soviet Union under Stalin: only on these a verdict may fall."""

from __future__ import annotations

import pytest
from tests.tables import rows

from byname.claims.anaphora import Pointers
from byname.claims.reading import read
from byname.claims.tagging import Tagger
from byname.claims.topic import on_topic
from byname.knowledge import load


@pytest.fixture(scope="module")
def reader():
    base = load()
    tagger, pointers = Tagger(base), Pointers(base)
    return lambda text: read(text, base, tagger, pointers)


@pytest.mark.parametrize(("text", "wanted"), rows("topics"), ids=lambda cell: cell[:40])
def test_topics(reader, text, wanted):
    assert on_topic(reader(text)) == [wanted == "yes"]


def test_a_part_of_a_text_on_another_country_is_judged_alone(reader):
    ours = "In 1937 the NKVD of the Soviet Union shot 353,074 people. "
    other = "The revolution in France began in 1789 in Paris. "
    near = on_topic(reader(other * 12 + ours * 5 + other * 12))
    assert all(near[12:17])
    assert not near[0]
    assert not near[-1]


def test_one_mention_in_a_text_on_another_country_is_left_alone(reader):
    ours = "In 1937 the NKVD of the Soviet Union shot 353,074 people. "
    other = "The revolution in France began in 1789 in Paris. "
    assert not any(on_topic(reader(other * 12 + ours + other * 12)))


def test_a_people_and_a_place_of_ours_may_stand_beside_another_country(reader):
    ours = (
        "In the autumn of 1937 about 172,000 Koreans were moved from the Far East. "
        "The decree is dated 21 August 1937. Nearly all of them were said to have been shot. "
        "Many were arrested as alleged spies for Japan."
    )
    assert all(on_topic(reader(ours)))
    theirs = "In 1937 Japan took Nanking. Many were arrested. Many were shot. The war went on."
    assert not any(on_topic(reader(theirs)))
