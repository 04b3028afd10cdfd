"""Articles in the words of a charge against ``cases/articles.tsv``."""

import pytest
from tests.tables import rows

from byname.records.articles import find_articles


@pytest.mark.parametrize("row", rows("articles"), ids=lambda row: row[0])
def test_articles(row):
    words, articles = row
    found = find_articles(words, 0, len(words))
    assert (words[found[0] : found[1]] if found else "-") == articles
