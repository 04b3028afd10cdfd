"""What somebody may be typing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.archive.helpers import TITLE, write_list

from byname import Archive
from byname.errors import UsageError

PEOPLE = (
    "Алсубовский Михаил Николаевич, род. 1893.",
    "Алсубовский Михаил Петрович, род. 1894.",
    "Алсубовский Николай Петрович, род. 1895.",
    "Алсубов Иван Иванович, род. 1896.",
    "Алсубов Пётр Иванович, род. 1897.",
    "Алсубов Фёдор Иванович, род. 1898.",
    "Ли Чер-Сан, род. 1900, кореец.",
    "Ли Чун-Хва, род. 1901, кореец.",
    "Липсаров Иван Ильич, род. 1902.",
    "Липсаров Пётр Ильич, род. 1902.",
    "Липсаров Яков Ильич, род. 1902.",
    "Ким Чер-Сан, род. 1904, кореец.",
    "Кимдаров Иван Ильич, род. 1905.",
    "Жудоренко Семён Андреевич, род. 1880.",
    "Бервадин М. Н., род. 1901.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suggest")
    path = write_list(folder / "list.txt", list(PEOPLE))
    with Archive(folder / "a.duckdb") as opened:
        opened.add(path, source=TITLE, format="paragraphs")
    with Archive(folder / "a.duckdb", read_only=True) as opened:
        yield opened


TYPED = [
    ("А", "Алсубов 3, Алсубовский 3"),
    ("алсу", "Алсубов 3, Алсубовский 3"),
    ("Алсубов", "Алсубов 3, Алсубовский 3"),
    ("Алсубовс", "Алсубовский 3"),
    ("Alsub", "Алсубов 3, Алсубовский 3"),
    ("Ли", "Ли 2, Липсаров 3"),
    ("Ким", "Ким 1, Кимдаров 1"),
    ("Schudor", "Жудоренко 1"),
    ("Алсубовский ", "Алсубовский Михаил 2, Алсубовский Николай 1"),
    ("Алсубовский М", "Алсубовский Михаил 2"),
    ("Alsubovsky Ni", "Алсубовский Николай 1"),
    ("Алсубовский Михаил П", "Алсубовский Михаил Петрович 1"),
    ("Алсубовский Михаил ", "Алсубовский Михаил Николаевич 1, Алсубовский Михаил Петрович 1"),
    ("Ли Ч", "Ли Чер-Сан 1, Ли Чун-Хва 1"),
    ("Бервадин М", "Бервадин М. 1"),
    ("Алсубофски", "Алсубовский 3"),  # nobody begins so: the nearest
    ("Щх", ""),
    ("Щхю Иван", ""),
    ("", ""),
    ("1893", ""),
    ("😀 ';--", ""),
    ("а" * 500, ""),
]


@pytest.mark.parametrize(("typed", "names"), TYPED)
def test_names_that_go_on(archive, typed, names):
    found = archive.suggest(typed)
    assert ", ".join(f"{one.text} {one.records}" for one in found) == names


def test_the_limit(archive):
    assert len(archive.suggest("А", limit=1)) == 1
    assert archive.suggest("А", limit=0) == []


@settings(
    max_examples=200, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.text(max_size=60) | st.text("алсубовкимжт *?.-'’ 18ABCsch", max_size=40))
def test_any_text_is_answered(archive, text):
    archive.suggest(text)
    try:
        found = archive.find(text, limit=3)
    except UsageError:
        return
    assert all(0.0 < one.score <= 1.0 and one.reasons and one.match for one in found.people)
    scores = [one.score for one in found.people]
    assert scores == sorted(scores, reverse=True)
