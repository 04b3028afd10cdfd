"""What must hold beside the name, and the pages of an answer."""

from __future__ import annotations

import pytest
from tests.archive.helpers import TITLE, write_list

from byname import Archive
from byname.errors import UsageError
from byname.search import FoundPerson, path_of

FIRST = (
    "Алсубовский Иван Иванович, род. 1890, Калининская обл., дер. Пробная, русский. "
    "Расстрелян 1 марта 1938 г.",
    "Алсубовский Пётр Иванович, род. 1891, г. Тверь, поляк. Умер в лагере 3.02.1943.",
    "Алсубовский Николай Иванович, род. 1892, Тверская губ., дер. Пробная, немец. "
    "Расстрелян 02.03.1938.",
    "Алсубовский Василий Иванович, род. 1893, Вологодская обл., украинец.",
    "Алсубовская Анна Ивановна, род. 1894, г. Свердловск, русская. Умерла под следствием "
    "05.05.1938.",
    "Алсубовский Фёдор Иванович, Пермская губ., кореец.",
    "Алсубовский Карл Иванович, род. ок. 1895, проживал: г. Молотов. Расстрелян 9.09.1937.",
)
SECOND = (
    "Алсубовский Егор Карлович, род. 1888, Пензенская обл., немец.",
    "Алсубовский (Гутанский) Юрий Карлович, род. 1889, г. Пенза, немец.",
    "Бервадин Юрий Карлович, род. 1889, г. Пенза, немец.",
)
GIVEN = ("Андрей", "Борис", "Василий", "Григорий", "Дмитрий", "Ефим", "Захар", "Лев", "Марк")
FATHERS = ("Иванович", "Петрович", "Ильич", "Захарович", "Львович")
MANY = tuple(
    f"Жудоренко{' (Жудоров)' if n % 5 == 0 else ''} {GIVEN[n % 9]} {GIVEN[n % 4]}ович, "
    f"род. {1880 + n % 7}, дер. Пробная-{n}."
    for n in range(45)
)
NAMED = {
    "Иван": 1, "Пётр": 2, "Николай": 3, "Василий": 4, "Анна": 5, "Фёдор": 6, "Карл": 7,
    "Егор": 8, "Юрий": 9,
}  # fmt: skip
EVERYBODY = "Иван Пётр Николай Василий Анна Фёдор Карл Егор Юрий"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filters")
    lists = {"of the first region": FIRST, "of 2 regions": SECOND, "of many, 1938": MANY}
    with Archive(folder / "a.duckdb") as archive:
        for name, lines in lists.items():
            archive.add(
                write_list(folder / f"{name}.txt", list(lines)),
                source=f"{TITLE}, {name}",
                format="paragraphs",
            )
    return folder / "a.duckdb"


@pytest.fixture(scope="module")
def archive(path):
    with Archive(path, read_only=True) as opened:
        yield opened


def who(archive, **filters) -> set[int]:
    return {one.records[0].record for one in archive.find("Алсубовский", **filters).people}


def numbers(given: str) -> set[int]:
    return {NAMED[name] for name in given.split()}


def test_without_a_filter_everybody_answers(archive):
    assert who(archive) == numbers(EVERYBODY)


YEARS = [
    ((1890, 1890), "Иван"),
    ((1891, 1893), "Пётр Николай Василий"),
    ((1894, 1999), "Анна Карл"),
    ((1700, 1888), "Егор"),
    ((1600, 2000), "Иван Пётр Николай Василий Анна Карл Егор Юрий"),
]


@pytest.mark.parametrize(("years", "given"), YEARS)
def test_years_of_birth_leave_out_who_has_none(archive, years, given):
    assert who(archive, years=years) == numbers(given)


TVER = "Иван Пётр Николай"
REGIONS = [
    ("Тверская", TVER),
    ("тверская область", TVER),
    ("Тверская губ.", TVER),
    ("Тверь", TVER),
    ("Калининская", TVER),
    ("Tverskaya", TVER),
    ("Tver", TVER),
    ("Kalinin", TVER),
    ("Tver oblast", TVER),
    ("Perm", "Фёдор Карл"),
    ("Пермь", "Фёдор Карл"),
    ("Molotov", "Фёдор Карл"),
    ("Екатеринбург", "Анна"),
    ("Свердловская область", "Анна"),
    ("Вологодская", "Василий"),
    ("Vologodskaya", "Василий"),
    ("Вологда", "Василий"),
    ("Пенза", "Егор Юрий"),
    ("Пензенская", "Егор Юрий"),
    ("Penza", "Егор Юрий"),
    ("Тверская Пробная", "Иван Николай"),
]


@pytest.mark.parametrize(("region", "given"), REGIONS)
def test_a_region_under_any_name_it_bore(archive, region, given):
    assert who(archive, region=region) == numbers(given)


NATIONALITIES = [
    ("русский", "Иван Анна"),
    ("русская", "Иван Анна"),
    ("Русские", "Иван Анна"),
    ("Russian", "Иван Анна"),
    ("росіянин", "Иван Анна"),
    ("поляк", "Пётр"),
    ("полька", "Пётр"),
    ("Polish", "Пётр"),
    ("немец", "Николай Егор Юрий"),
    ("German", "Николай Егор Юрий"),
    (" german ", "Николай Егор Юрий"),
    ("українець", "Василий"),
    ("Korean", "Фёдор"),
]


@pytest.mark.parametrize(("nationality", "given"), NATIONALITIES)
def test_a_nationality_in_russian_ukrainian_and_english(archive, nationality, given):
    assert who(archive, nationality=nationality) == numbers(given)


FATES = [
    ("executed", "Иван Николай Карл"),
    ("Executed", "Иван Николай Карл"),
    ("died in custody", "Пётр"),
    ("died_in_custody", "Пётр"),
    ("died", "Анна"),
]


@pytest.mark.parametrize(("fate", "given"), FATES)
def test_a_fate(archive, fate, given):
    assert who(archive, fate=fate) == numbers(given)


SOURCES = [
    ("of the first region", "Иван Пётр Николай Василий Анна Фёдор Карл"),
    ("FIRST region", "Иван Пётр Николай Василий Анна Фёдор Карл"),
    ("1", "Иван Пётр Николай Василий Анна Фёдор Карл"),
    ("of 2 regions", "Егор Юрий"),
    ("2", "Егор Юрий"),
    (TITLE, EVERYBODY),
]


@pytest.mark.parametrize(("source", "given"), SOURCES)
def test_a_list_by_part_of_its_title_or_its_number(archive, source, given):
    assert who(archive, source=source) == numbers(given)


def test_the_number_of_a_list_is_no_part_of_a_title(archive):
    assert archive.find("Жудоренко", source="3").people
    assert archive.find("Жудоренко", source="1").people == []


def test_several_filters_must_all_hold(archive):
    assert who(archive, region="Тверская", fate="executed") == numbers("Иван Николай")
    assert who(archive, region="Тверская", fate="executed", years=(1891, 1999)) == {3}
    assert who(archive, nationality="German", source="2", years=(1889, 1889)) == {9}


def test_a_filter_holds_under_another_name_too(archive):
    found = archive.find("Гутанский", nationality="немец").people
    assert [one.name for one in found] == ["Алсубовский Юрий Карлович"]
    assert archive.find("Гутанский", nationality="поляк").people == []


def test_a_filter_holds_for_names_with_slips_and_for_the_nearest(archive):
    assert archive.find("Алсубовсикй Иван", fate="executed").people[0].name.split()[1] == "Иван"
    found = archive.find("Алсубовский Христофор Эдуардович", nationality="Polish")
    assert {one.records[0].record for one in (*found.people, *found.nearest)} <= {2}


NOBODY = [
    {"years": (1600, 1650)},
    {"region": "Маркшейдерия"},
    {"region": "Тверская Пензенская"},
    {"nationality": "марсианин"},
    {"nationality": "Martian"},
    {"nationality": "Chinese"},
    {"fate": "executed", "source": "2"},
]


@pytest.mark.parametrize("filters", NOBODY)
def test_what_nobody_passes_gives_nobody_and_no_error(archive, filters):
    found = archive.find("Алсубовский", **filters)
    assert (found.people, found.nearest, found.more) == ([], [], False)


REFUSED = [
    ({"fate": "vanished"}, r'"vanished".*executed.*died_in_custody'),
    ({"fate": ""}, "this archive has: "),
    ({"source": "of nobody"}, r'"of nobody"; `byname sources`'),
    ({"source": "77"}, "`byname sources` prints them"),
    ({"region": "область"}, "write its name, such as"),
    ({"region": ""}, "write its name, such as"),
    ({"region": "..."}, "write its name, such as"),
    ({"years": (1900, 1890)}, "write the earlier year first"),
    ({"limit": 0}, "ask for at least 1"),
    ({"limit": -3}, "ask for at least 1"),
    ({"limit": 1001}, "page as far as 1,000"),
    ({"offset": -1}, "leave out 0 people or more"),
    ({"limit": 10, "offset": 991}, "page as far as 1,000"),
]


@pytest.mark.parametrize(("options", "remedy"), REFUSED)
def test_what_cannot_be_is_refused_with_a_remedy(archive, options, remedy):
    with pytest.raises(UsageError, match=remedy):
        archive.find("Алсубовский", **options)


def test_the_furthest_page_is_allowed(archive):
    found = archive.find("Жудоренко", limit=10, offset=990)
    assert (found.people, found.nearest, found.more) == ([], [], False)


QUERIES = ["Жудоренко", "Жудоренко Борис", "Жудоренко 1883", "Жудренко", "Zhudorenko", "Жуд*"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("size", [1, 7, 20])
def test_pages_joined_are_the_long_page(archive, query, size):
    whole = archive.find(query, limit=100)
    assert not whole.more
    assert len(whole.people) >= 5
    joined: list[FoundPerson] = []
    more = True
    while more:
        page = archive.find(query, limit=size, offset=len(joined))
        assert len(page.people) == size or not page.more
        joined += page.people
        more = page.more
    assert joined == whole.people
    assert len({one.person for one in joined}) == len(joined)


@pytest.mark.parametrize("query", ["Жудоренко", "Жудоров Борис", "Жудор*"])
def test_who_is_found_under_two_names_is_named_once(archive, query):
    people = [one.person for one in archive.find(query, limit=100).people]
    assert len(people) == len(set(people))
    assert people


def test_pages_under_a_filter(archive):
    whole = archive.find("Жудоренко", limit=100, years=(1882, 1884)).people
    assert len(whole) == sum(1882 <= 1880 + n % 7 <= 1884 for n in range(45))
    pages = [
        archive.find("Жудоренко", limit=5, offset=at, years=(1882, 1884)).people
        for at in range(0, 20, 5)
    ]
    assert [one for page in pages for one in page] == whole


def test_the_order_stays_over_calls_archives_and_indexes(path, tmp_path):
    def answers(archive):
        return [archive.find(query, limit=100).people for query in (*QUERIES, "Алсубовский")]

    with Archive(path, read_only=True) as opened:
        before = answers(opened)
        assert answers(opened) == before
        opened.index(rebuild=True)
        assert answers(opened) == before
    path_of(path).unlink()
    with Archive(path, read_only=True) as opened:
        assert answers(opened) == before


def test_filters_in_an_archive_without_entries(tmp_path):
    with Archive(tmp_path / "a.duckdb") as empty:
        assert empty.find("Алсубовский", region="Тверская").people == []
        with pytest.raises(UsageError, match="this archive has: none"):
            empty.find("Алсубовский", fate="executed")
        with pytest.raises(UsageError, match="byname sources"):
            empty.find("Алсубовский", source="1")


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """Thirty people, each of them on six lists, and linked."""
    folder = tmp_path_factory.mktemp("linked")
    with Archive(folder / "a.duckdb") as archive:
        for number in range(6):
            lines = [
                f"Жудоренко {GIVEN[n % 9]} {FATHERS[n % 5]}, род. {10 + n % 18}.0{1 + n % 9}."
                f"{1880 + n % 7}, дер. Пробная-{n}, русский. Расстрелян {1 + n % 28}.03.1938."
                for n in range(30)
            ]
            path = write_list(folder / f"{number}.txt", lines)
            archive.add(path, source=f"{TITLE} {number}", format="paragraphs")
        archive.link()
    with Archive(folder / "a.duckdb", read_only=True) as opened:
        assert opened.sql("SELECT count(DISTINCT person) AS n FROM members") == [{"n": 30}]
        yield opened


def all_pages(archive, query, size):
    people: list[FoundPerson] = []
    more = True
    while more:
        page = archive.find(query, limit=size, offset=len(people))
        people += page.people
        more = page.more
    return [one.person for one in people]


@pytest.mark.parametrize("query", ["Жудоренко", "Жудоренко Борис", "Жудоренко 1883"])
def test_a_person_of_several_lists_is_named_once(linked, query):
    people = all_pages(linked, query, 7)
    assert people
    assert len(people) == len(set(people))


@pytest.mark.parametrize("size", [5, 10])
def test_the_pages_end_with_the_last_person(linked, size):
    people = all_pages(linked, "Жудоренко", size)
    assert len(people) == 30
    assert people == [one.person for one in linked.find("Жудоренко", limit=30).people]


@pytest.fixture(scope="module")
def common(tmp_path_factory):
    """A surname so common that only ranges of its rows are looked at."""
    folder = tmp_path_factory.mktemp("common")
    lines = [
        f"{('Иванов', 'Иванов', 'Иванцов')[n % 3]} {GIVEN[n // 3 % 9]} {FATHERS[n // 27 % 5]}"
        f"{f', род. {1870 + n % 31}' if n % 11 else ''}, дер. Пробная-{n}."
        for n in range(900)
    ]
    with Archive(folder / "a.duckdb") as archive:
        archive.add(write_list(folder / "list.txt", lines), source=TITLE, format="paragraphs")
    with Archive(folder / "a.duckdb", read_only=True) as opened:
        yield opened


COMMON = [
    ("Иванов Лев", "given = 'Лев'"),
    ("Иванов Лев Ильич", "given = 'Лев' AND patronymic = 'Ильич'"),
    ("Лев Ильич Иванов", "given = 'Лев' AND patronymic = 'Ильич'"),
    ("Иванов Ильич", "patronymic = 'Ильич'"),
    ("Иванов 1889", "birth_date = '1889'"),
    ("Иванов Марк 1889", "given = 'Марк' AND birth_date = '1889'"),
    ("Марк Львович Иванов", "given = 'Марк' AND patronymic = 'Львович'"),
]


@pytest.mark.parametrize(("query", "where"), COMMON)
@pytest.mark.parametrize("years", [None, (1875, 1890)])
def test_all_who_are_just_as_asked_come_first(common, query, where, years):
    between = f" AND birth_date BETWEEN '{years[0]}' AND '{years[1]}'" if years else ""
    sql = f"SELECT id FROM records WHERE surname = 'Иванов' AND {where}{between}"
    wanted = {row["id"] for row in common.sql(sql)}
    assert wanted
    people = common.find(query, limit=800, years=years).people
    first = [one for one in people if one.score == 1.0]
    assert {one.records[0].record for one in first} == wanted
    assert people[: len(first)] == first


@pytest.mark.parametrize("query", ["Иванов", "Иванов Лев", "Иванов 1889", "Иваноф Марк", "Ив*ов"])
def test_pages_of_a_common_name(common, query):
    whole = [one.person for one in common.find(query, limit=120).people]
    pages = [common.find(query, limit=40, offset=at).people for at in (0, 40, 80)]
    assert [one.person for page in pages for one in page] == whole
    assert len(set(whole)) == len(whole)
