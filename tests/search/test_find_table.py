"""Who comes first for what is typed, row by row of ``tests/cases/find.tsv``."""

from __future__ import annotations

import pytest
from tests.archive.helpers import TITLE, write_list
from tests.tables import rows

from byname import Archive
from byname.search.explain import HOW_WELL

PEOPLE = (
    # Alike in surname, given name or patronymic, so that every part of a query decides.
    "Алсубовский Михаил Николаевич, род. 1893, дер. Пробная.",
    "Алсубовский Николай Михайлович, род. 1889, дер. Пробная.",
    "Алсубовская Мария Николаевна, род. 1899, дер. Пробная.",
    "Алсубов Михаил Николаевич, род. 1894, дер. Пробная.",
    "Алсубский Михаил Никитич, род. 1893, дер. Пробная.",
    "Жудоренко Семён Андреевич, род. 1880, г. Примерск.",
    "Жудоренко Прасковья Андреевна, род. 1884, г. Примерск.",
    "Жидоренко Семён Андреевич, род. 1881, г. Примерск.",
    "Щелмасова Мария Яковлевна, род. 1900, г. Примерск.",
    "Щелмасов Яков Иванович, род. 1875, г. Примерск.",
    "Щелмасов Яков Ильич, род. 1878, г. Примерск.",
    "Шелмасов Иван Яковлевич, род. 1879, г. Примерск.",
    # Recorded alternates, pseudonyms, maiden and double surnames.
    "Гутань (Зазубрин) Карл Янович, род. 1895, г. Примерск.",
    "Зазубов Карл Иванович, род. 1894, г. Примерск.",
    "Тарбеева (урожд. Кольмянова) Анна Сергеевна, род. 1896, г. Примерск.",
    "Тарбеева Анна Степановна, род. 1897, г. Примерск.",
    "Колмянов Сергей Петрович, род. 1870, г. Примерск.",
    "Вомир-Дальний Пётр Ильич, род. 1870, г. Примерск.",
    "Вомиров Пётр Ильич, род. 1871, г. Примерск.",
    "Дальнов Пётр Ильич, род. 1872, г. Примерск.",
    "Лурсина-Вешкова Ольга Игнатьевна, род. 1890, г. Примерск.",
    "Лурсинская Ольга Ивановна, род. 1891, г. Примерск.",
    "Шнейдварг Герш (Григорий) Лейбович, род. 1901, г. Примерск.",
    "Шнейдварг Гирш Абрамович, род. 1903, г. Примерск.",
    # Families of given names and patronymics.
    "Хомрадьев Юрий Цезаревич, род. 1888, г. Примерск.",
    "Хомрадьев Игорь Цезаревич, род. 1890, г. Примерск.",
    "Хомутьев Юрий Захарович, род. 1887, г. Примерск.",
    "Чурлаев Егор Осипович, род. 1890, дер. Пробная.",
    "Чурлаев Егор Иванович, род. 1891, дер. Пробная.",
    "Чурлаев Емельян Осипович, род. 1892, дер. Пробная.",
    "Чурлаева Евдокия Осиповна, род. 1893, дер. Пробная.",
    "Дембржицкий Юзеф Янович, род. 1886, поляк.",
    "Дембржицкий Станислав Юзефович, род. 1888, поляк.",
    "Дембницкий Иван Иосифович, род. 1886, поляк.",
    "Яскулькевич Ян Казимирович, род. 1884, поляк.",
    "Яскулькевич Казимир Янович, род. 1885, поляк.",
    # Particles and other words that belong to a name.
    "Фон-Реквальд Иоганн Карлович, род. 1868, немец.",
    "Реквадзе Иван Карлович, род. 1870, грузин.",
    "Де-Ларвиль Андрей Павлович, род. 1877, г. Примерск.",
    "Ларвин Андрей Петрович, род. 1878, г. Примерск.",
    "Гаджумов Мамед Али оглы, род. 1885, азербайджанец.",
    "Гаджумов Мамед Вели оглы, род. 1886, азербайджанец.",
    "Гаджумова Фатма Али кызы, род. 1889, азербайджанка.",
    # Short names.
    "Ли Чер Сан, род. 1901, кореец.",
    "Ли Чун Хва, род. 1902, кореец.",
    "Пак Чер Сан, род. 1903, кореец.",
    "Ким Чер-Сан, род. 1904, кореец.",
    "Ким Николай Петрович, род. 1905, кореец.",
    "Цой Ман Гын, род. 1900, кореец.",
    "У Дэ-Бын, род. 1898, китаец.",
    "Ю Гван Себ, род. 1899, кореец.",
    "Е Николай Петрович, род. 1906, кореец.",
    # German, Finnish, Baltic, Ukrainian, Belarusian.
    "Шмельтинг Генрих Готлибович, род. 1881, немец.",
    "Шмелинг Андрей Готлибович, род. 1882, немец.",
    "Вяхтинен Юхо Матвеевич, род. 1887, финн.",
    "Вихтанен Юхо Томасович, род. 1888, финн.",
    "Пундурсон Янис Петрович, род. 1889, латыш.",
    "Гриняшук Пётр Осипович, род. 1891, украинец.",
    "Гринящук Павел Осипович, род. 1892, украинец.",
    "Крижанюк Николай Григорьевич, род. 1893, украинец.",
    "Крижанюк Никита Григорьевич, род. 1894, украинец.",
    "Вербицкевич Николай Григорьевич, род. 1895, белорус.",
    "Вербицкий Николай Георгиевич, род. 1896, белорус.",
    # Doubled letters, ё and й, initials only, and names that many bear.
    "Федоскин Фёдор Фёдорович, род. 1883, г. Примерск.",
    "Федоскин Феодосий Фёдорович, род. 1884, г. Примерск.",
    "Кассимшин Филипп Саввич, род. 1885, г. Примерск.",
    "Касымов Филипп Савельевич, род. 1886, г. Примерск.",
    "Зайдёнов Алексей Кириллович, род. 1887, г. Примерск.",
    "Задонов Алексей Кириллович, род. 1888, г. Примерск.",
    "Бервадин М. Н., род. 1901, г. Примерск.",
    "Бервадин Н. М., род. 1902, г. Примерск.",
    "Иванов Иван Иванович, род. 1898, г. Примерск.",
    "Иванов Иван Петрович, род. 1899, г. Примерск.",
    "Иванов Пётр Иванович, род. 1897, г. Примерск.",
    "Иванова Анна Ивановна, род. 1896, г. Примерск.",
)
WORDS = [words for _, words in reversed(HOW_WELL)]
ROWS = [tuple(row) for row in rows("find")]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("find table")
    path = write_list(folder / "list.txt", list(PEOPLE))
    with Archive(folder / "a.duckdb") as opened:
        opened.add(path, source=TITLE, format="paragraphs")
    with Archive(folder / "a.duckdb", read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(("query", "name", "least", "reason"), ROWS)
def test_who_comes_first(archive, query, name, least, reason):
    found = archive.find(query)
    assert found.people, [(one.name, one.match) for one in found.nearest]
    person = found.people[0]
    assert person.name == name, [(one.name, one.score, one.reasons) for one in found.people[:4]]
    assert WORDS.index(person.match) >= WORDS.index(least), (person.score, person.reasons)
    assert reason in "; ".join(person.reasons)
    assert [one.name for one in found.people[1:2] if one.score == person.score] == []


def test_the_table_tells_people_apart(archive):
    """Nobody is named twice, everybody is found, and no name answers for most of the rows."""
    names = [row["name"] for row in archive.sql(
        "SELECT concat_ws(' ', surname, given, patronymic) AS name FROM records"
    )]  # fmt: skip
    assert len(names) == len(set(names)) == len(PEOPLE)
    asked = [name for _, name, _, _ in ROWS]
    assert set(asked) <= set(names)
    assert max(map(asked.count, asked)) <= len(asked) // 6
    assert len(asked) == len({query for query, *_ in ROWS}) >= 120
