"""Four synthetic lists of victims whose truth is known: which entries are one person.

    python benchmarks/synthetic_lists.py FOLDER --people 300000 --seed 1 [--namesakes 2] [--lean]

Every person is INVENTED, and every row says so in its ``source``. Only frequencies are real:
given names with patronymics, and surnames by nationality, are drawn as the Khabarovsk book of
memory has them (SHARED/khabarovsk, main rows); rare surnames are put together from real stems
and endings, since 29,581 people have too few for 300,000. Errors are made by the small tables
here and by nothing of ``byname.names``, so that nobody is examined with his own answers.

FOLDER gets ``list_a.csv`` .. ``list_d.csv``, ``truth.csv`` (source, locator, person) and
``errors.csv`` (source, locator, error: classes joined by "+", or empty). The lists:

    a  a book of memory: birth date or year, birthplace, arrest, sentence, execution
    b  a card index: birth year, nationality, residence
    c  an execution list: full birth date, birthplace, execution, burial place
    d  a register of convicts: birth year, region, occupation, sentence
       (c and d: nationality on three rows of five)
    --lean: name, birth date or year, region and nationality alone, on all four

With ``--namesakes 2`` two people share a full name twice as often. Fields depend on each other
as they do in life (a Tatar name, nationality and birthplace go together), which costs a model
of independent fields precision. Errors in the name stand on ``NAME_ERRORS`` of the rows, those
in the birth date come besides.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LISTS = {
    "a": "Синтетический список А: книга памяти (By Name)",
    "b": "Синтетический список Б: картотека (By Name)",
    "c": "Синтетический список В: казнённые (By Name)",
    "d": "Синтетический список Г: осуждённые (By Name)",
}
NAME_ERRORS = 0.29
SECOND_ERROR = 0.15
"""Share of the rows with one error in the name that have another."""
COMMON_WITH_COMMON = 0.12
"""Share of the people with a common surname who get the commoner of two other names."""
BROTHERS = 0.03
"""Share of the people whose brother or sister is there too."""
ALIASES = 0.06
"""Share of the people who are known by another surname too."""
DOUBLE = 0.005
"""Share of the entries that their list has twice."""
ON_LISTS = (0.552, 0.311, 0.124, 0.013)
"""Share of the people on one list, two, three, four."""
SURNAME_COLLISIONS = 386e-6
"""Share of the pairs of people with one surname, as in the Khabarovsk book.

That book has 930 pairs with one full name in 10^9 and 684,000 with one given name and
patronymic; 300,000 people here have some 710 and 780,000, and 440,000 with one surname.
"""

# --- peoples ---------------------------------------------------------------------------------
# key: (label in the Khabarovsk book, share, printed for a man, for a woman, endings of surnames)
PEOPLES: dict[str, tuple[str, float, str, str, str]] = {
    "russian": ("Русские", 0.58, "русский", "русская",
                "ов ев ин ский ников кин иков ушкин ищев цев анов овский ихин еев ыгин атов"),
    "ukrainian": ("Украинцы", 0.12, "украинец", "украинка",
                  "енко ук юк чук ко ский ец ак як ченко иенко айло ун овский ёвский ич"),
    "belarusian": ("Белорусы", 0.04, "белорус", "белоруска",
                   "евич ович ский ёнок ко ик еня чик онак овец ук ев"),
    "jewish": ("Евреи", 0.055, "еврей", "еврейка",
               "ман штейн берг зон ович ер кин блат блюм фельд бойм ский шиц ис ин"),
    "pole": ("Поляки", 0.05, "поляк", "полька",
             "ский евич ович ак ик цкий овский инский ка як чик"),
    "german": ("Немцы", 0.05, "немец", "немка",
               "ер ман берг гардт нер бах ке ль ц лер инг рих ель т вальд"),
    "tatar": ("Татары", 0.035, "татарин", "татарка",
              "ов ев ин уллин утдинов баев беков мухаметов галиев ханов ишев"),
    "latvian": ("Латыши", 0.015, "латыш", "латышка", "с ис инь ит ерс ынь ман калн сон"),
    "estonian": ("Эстонцы", 0.008, "эстонец", "эстонка", "ер ман сон ик ст ли маа сепп"),
    "lithuanian": ("Литовцы", 0.006, "литовец", "литовка", "айтис ас ис ович юс унас инскас"),
    "mordvin": ("Мордва", 0.012, "мордвин", "мордовка", "ов ев ин кин айкин аськин"),
    "chuvash": ("Чуваши", 0.008, "чуваш", "чувашка", "ов ев ин кин еев"),
    "armenian": ("Армяне", 0.01, "армянин", "армянка", "ян янц ов унц"),
    "georgian": ("Грузины", 0.009, "грузин", "грузинка", "швили дзе ия ава ури"),
    "korean": ("Корейцы", 0.012, "кореец", "кореянка", ""),
    "chinese": ("Китайцы", 0.01, "китаец", "китаянка", ""),
}  # fmt: skip
MISTAKEN_FOR = {"russian": "ukrainian belarusian", "jewish": "russian pole german",
                "belarusian": "pole russian", "chinese": "korean", "korean": "chinese",
                "latvian": "german lithuanian", "pole": "belarusian ukrainian"}  # fmt: skip
ASIAN = {"korean", "chinese"}
_ENDING = re.compile(r"(ников|овский|евский|инский|енко|ченко|ский|цкий|ович|евич|штейн|берг|ушкин"
                     r"|иков|ман|швили|дзе|ов|ев|ин|ын|ук|юк|ко|ак|як|ик|ец|ян|ер|ис|ий|ый|ой|а|с"
                     r")$")  # fmt: skip
_SANE = re.compile(r"^(?!.*([бвгджзклмнпрстфхцчшщ]{4}|[аеиоуыэюя]{3}|(.)\2\2|[гкхжшщч]ы|ь[аоуьы]|"
                   r"й[а-я]?[йьыао])).*$")  # fmt: skip


def _words(text: str) -> list[str]:
    return text.split()


def _table(text: str) -> dict[str, str]:
    """Return the table written as "from:to from:to"."""
    return dict(pair.split(":") for pair in text.split())


class Name(NamedTuple):
    """A name in its three parts, as a row prints it."""

    surname: str
    given: str
    patronymic: str


@dataclass(slots=True)
class Weighted:
    """Values and how often each is drawn."""

    values: list[str]
    cumulative: list[float]

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self.values, cum_weights=self.cumulative)[0]


@dataclass(slots=True)
class People:
    """One nationality: how its men and women are called."""

    key: str
    men: list[tuple[str, str]]
    women: list[tuple[str, str]]
    common: Weighted
    rare: Weighted
    rarity: float
    """Share of the people whose surname is a rare one."""
    often: Counter[tuple[str, str]]

    def name(self, rng: random.Random, woman: bool) -> Name:
        """Return a name; who has a common surname has common other names more often."""
        rare = rng.random() < self.rarity
        given, patronymic = self._forename(rng, woman)
        if not rare and rng.random() < COMMON_WITH_COMMON:
            others = self._forename(rng, woman), (given, patronymic)
            given, patronymic = max(others, key=self.often.__getitem__)
        return Name(self._surname(rng, woman, rare), given, patronymic)

    def alias(self, rng: random.Random, woman: bool) -> str:
        return self._surname(rng, woman, rng.random() < self.rarity)

    def _surname(self, rng: random.Random, woman: bool, rare: bool) -> str:
        drawn = (self.rare if rare else self.common).draw(rng)
        return feminine(drawn) if woman and self.key not in ASIAN else drawn

    def _forename(self, rng: random.Random, woman: bool) -> tuple[str, str]:
        """Return given name and patronymic: together as in the book, unless met there once."""
        pool = self.women if woman else self.men
        pair = rng.choice(pool)
        if self.key in ASIAN and not pair[1]:
            return _syllables(rng, pool), ""
        if self.often[pair] > 1 and len(pool) > 1000:
            return pair
        return pair[0], rng.choice(pool)[1]


def _syllables(rng: random.Random, pool: Sequence[tuple[str, str]]) -> str:
    """Return a Chinese or Korean given name of the syllables of two others."""
    first, second = (rng.choice(pool) for _ in range(2))
    while first[1] or second[1]:
        first, second = (rng.choice(pool) for _ in range(2))
    hyphen = "-" if rng.random() < 0.5 else " "
    return hyphen.join((re.split("[- ]", first[0])[0], re.split("[- ]", second[0])[-1]))


def feminine(surname: str) -> str:
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    return surname[:-2] + "ая" if surname.endswith(("ий", "ый", "ой")) else surname


def womans_patronymic(patronymic: str) -> str:
    if patronymic.endswith(("ович", "евич")):
        return patronymic[:-2] + "на"
    return patronymic[:-2] + "ична" if patronymic.endswith("ич") else patronymic


def read_peoples(shared: Path, namesakes: float, rng: random.Random) -> list[People]:
    """Return the peoples with the name frequencies of the Khabarovsk book."""
    folder = shared / "khabarovsk"
    nationality = _column(folder / "nationality.csv", "национальность")
    sexes = _column(folder / "gender.csv", "пол")
    rows: dict[str, list[tuple[Name, bool]]] = defaultdict(list)
    with (folder / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = Name(row["фамилия"], row["имя"], row["отчество"])
            if row["основное"] == "True" and name.given and name.surname:
                woman = sexes.get(row["id"]) == "женщина"
                rows[nationality.get(row["id"], "")].append((name, woman))
    russian_women = [(n.given, n.patronymic) for n, woman in rows["Русские"] if woman]
    counts = {
        key: Counter(n.surname for n, woman in rows[label] if not woman)
        for key, (label, *_) in PEOPLES.items()
    }
    power = _power(
        counts, 1.3 * SURNAME_COLLISIONS * namesakes**1.2
    )  # fewer when a woman's differs
    return [
        _people(key, rows[PEOPLES[key][0]], counts, power, (russian_women, rng)) for key in PEOPLES
    ]


def _column(path: Path, name: str) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row[name] for row in csv.DictReader(file)}


def _rarity(key: str, count: Counter[str]) -> float:
    """Return the share of people with a surname that the book has once (Good and Turing).

    Of a few hundred people, two with one surname are mostly of one family.
    """
    once = sum(1 for k in count.values() if k == 1) / max(sum(count.values()), 1)
    return max(once, 0.92) if sum(count.values()) < 600 and key not in ASIAN else once


def _power(counts: dict[str, Counter[str]], wanted: float) -> float:
    """Return the power of the frequencies that gives the wanted share of one-surname pairs."""
    low, high = 0.2, 4.0
    while high - low > 0.002:
        power = (low + high) / 2
        shares: dict[str, float] = defaultdict(float)
        for key, count in counts.items():
            common = {s: k**power for s, k in count.items() if k > 1}
            mass = PEOPLES[key][1] * (1 - _rarity(key, count)) / max(sum(common.values()), 1)
            for surname, weight in common.items():
                shares[surname] += mass * weight
        low, high = (power, high) if sum(p * p for p in shares.values()) < wanted else (low, power)
    return (low + high) / 2


def _people(
    key: str,
    rows: Sequence[tuple[Name, bool]],
    counts: dict[str, Counter[str]],
    power: float,
    others: tuple[list[tuple[str, str]], random.Random],
) -> People:
    russian_women, rng = others
    count = counts[key]
    men = [(n.given, n.patronymic) for n, woman in rows if not woman and "нет" not in n.patronymic]
    if key not in ASIAN:
        men = [pair for pair in men if pair[1].endswith("ич") or key == "tatar"]
    women = [(n.given, n.patronymic) for n, woman in rows if woman]
    if len(women) < 50:
        fathers = [patronymic for _, patronymic in men]
        women = [(given, womans_patronymic(rng.choice(fathers))) for given, _ in russian_women]
    common = {s: k**power for s, k in count.items() if k > 1} or dict.fromkeys(count, 1.0)
    rare = _rare(key, count, counts["russian"], rng)
    return People(
        key, men, women, _weighted(common),
        _weighted({s: 1 / (rank + 8) ** 0.45 for rank, s in enumerate(rare)}), _rarity(key, count),
        Counter(men + women),
    )  # fmt: skip


def _weighted(weights: dict[str, float]) -> Weighted:
    return Weighted(list(weights), list(itertools.accumulate(weights.values())))


def _rare(key: str, count: Counter[str], russian: Counter[str], rng: random.Random) -> list[str]:
    """Return surnames for the long tail: those met once, and stems with other endings."""
    once = [s for s, k in count.items() if k == 1]
    endings = PEOPLES[key][4].split()
    source = count if len(count) > 2000 or key in {"jewish", "german"} else count + russian
    stems = sorted({_ENDING.sub("", s.lower()) for s in source if s.isalpha()})
    built = [
        (stem + ending).capitalize()
        for stem in stems
        if 2 < len(stem) < 9
        for ending in endings
        if _SANE.match(stem + ending)
    ]
    rng.shuffle(built)
    return once + built[: int(160_000 * PEOPLES[key][1]) + 500] if built else once


# --- places and days -------------------------------------------------------------------------
# as in 1937 : as before 1917 : town : for whom it is home
REGIONS = [
    tuple(line.split(":"))
    for line in """Ленинградская обл.:Петербургская губ.:Ленинград:finn estonian
Московская обл.:Московская губ.:Москва:
Рязанская обл.:Рязанская губ.:Рязань:
Тульская обл.:Тульская губ.:Тула:
Калининская обл.:Тверская губ.:Калинин:
Горьковская обл.:Нижегородская губ.:Горький:mordvin
Куйбышевская обл.:Самарская губ.:Куйбышев:tatar mordvin chuvash german
Саратовская обл.:Саратовская губ.:Саратов:german
Свердловская обл.:Пермская губ.:Свердловск:
Челябинская обл.:Оренбургская губ.:Челябинск:tatar
Кировская обл.:Вятская губ.:Киров:
Западная обл.:Смоленская губ.:Смоленск:belarusian latvian
Воронежская обл.:Воронежская губ.:Воронеж:ukrainian
Курская обл.:Курская губ.:Курск:ukrainian
Тамбовская обл.:Тамбовская губ.:Тамбов:mordvin
Пензенская обл.:Пензенская губ.:Пенза:mordvin tatar
Орловская обл.:Орловская губ.:Орел:
Ярославская обл.:Ярославская губ.:Ярославль:
Ивановская обл.:Владимирская губ.:Иваново:
Вологодская обл.:Вологодская губ.:Вологда:
Архангельская обл.:Архангельская губ.:Архангельск:
Новосибирская обл.:Томская губ.:Новосибирск:estonian german latvian
Омская обл.:Тобольская губ.:Омск:german
Иркутская обл.:Иркутская губ.:Иркутск:
Красноярский край:Енисейская губ.:Красноярск:
Алтайский край:Алтайская губ.:Барнаул:german
Ростовская обл.:Донская обл.:Ростов:ukrainian armenian
Орджоникидзевский край:Ставропольская губ.:Ставрополь:armenian
Краснодарский край:Кубанская обл.:Краснодар:ukrainian armenian
Киевская обл.:Киевская губ.:Киев:ukrainian jewish pole
Житомирская обл.:Волынская губ.:Житомир:ukrainian pole jewish german
Винницкая обл.:Подольская губ.:Винница:ukrainian pole jewish
Одесская обл.:Херсонская губ.:Одесса:ukrainian german jewish
Харьковская обл.:Харьковская губ.:Харьков:ukrainian
Полтавская обл.:Полтавская губ.:Полтава:ukrainian jewish
Черниговская обл.:Черниговская губ.:Чернигов:ukrainian jewish
Днепропетровская обл.:Екатеринославская губ.:Днепропетровск:ukrainian german
Минская обл.:Минская губ.:Минск:belarusian pole jewish lithuanian
Витебская обл.:Витебская губ.:Витебск:belarusian latvian jewish
Могилевская обл.:Могилевская губ.:Могилев:belarusian jewish
Гомельская обл.:Гомельская губ.:Гомель:belarusian jewish
Варшавское воев.:Варшавская губ.:Варшава:pole jewish
Виленское воев.:Виленская губ.:Вильно:pole lithuanian jewish
Татарская АССР:Казанская губ.:Казань:tatar chuvash
Башкирская АССР:Уфимская губ.:Уфа:tatar
Грузинская ССР:Тифлисская губ.:Тифлис:georgian armenian
Армянская ССР:Эриванская губ.:Ереван:armenian
Приморская обл.:Приморская обл.:Владивосток:korean chinese
Шаньдунская пров., Китай:Шаньдунская пров.:Чифу:chinese""".splitlines()
]
_ROOTS = _words("Никольск Покровск Михайловск Троицк Успенск Богородск Воскресенск Знаменск Иванов "
          "Петров Семенов Алексеев Андреев Яковлев Борисов Каменск Берез Дубров Сосновк Красн "
          "Песчан Ольх Липов Осинов Рябин Зелен Черн Бел Высок Глинищ Луг Заречн Озерк Ключев "
          "Студен Медвед Волч Лисич Журавл Соколов Ворон Гусев Лебед Кузнецов Мельнич Гончар "
          "Степан Василь Гаврилов Данилов Ефремов Захар Ильинск Климов Лаврент Макар Назар "
          "Пантелеев Романов Савель Тимох Федоров Харит Царев Шум Юрьев")  # fmt: skip
_VILLAGE_ENDINGS = ("ка", "ино", "ово", "ская", "ичи", "ец", "ки", "ное")
_KINDS = ("с.", "дер.", "с.", "хут.", "ст.")
OCCUPATIONS = [
    tuple(line.split("|"))
    for line in """колхозник|колхозник, член сельхозартели|крестьянин
единоличник|крестьянин-единоличник
рабочий|чернорабочий|рабочий завода
слесарь|слесарь депо
токарь|токарь, механический цех
плотник|плотник стройконторы
бухгалтер|счетовод|бухгалтер сельпо
учитель|преподаватель школы|учитель начальной школы
священник|служитель культа
псаломщик|служитель церкви
кузнец|кузнец колхоза
сторож|сторож склада
кладовщик|заведующий складом
машинист|машинист паровоза
стрелочник|стрелочник станции
шахтер|забойщик шахты
инженер|инженер-механик|инженер завода
агроном|агроном МТС
председатель колхоза|пред. колхоза
портной|портной артели
сапожник|сапожник-кустарь
врач|врач больницы
военнослужащий|командир РККА
служащий|работник райисполкома
без определенных занятий|БОЗ
домохозяйка|домашняя хозяйка
студент|студент института
шофер|водитель
конюх|конюх колхоза
грузчик|грузчик пристани
директор|директор завода
торговец|бывший торговец
лесоруб|рабочий леспромхоза
рыбак|рыбак артели
пекарь|пекарь хлебозавода""".splitlines()
]
_SHOT = ("ВМН", "ВМН", "ВМН - расстрел", "расстрел", "высшая мера наказания")
_CAMP = ("10 лет ИТЛ", "10 лет ИТЛ", "8 лет ИТЛ", "5 лет ИТЛ", "3 года ИТЛ", "5 лет ссылки",
         "3 года ссылки", "10 лет лишения свободы", "дело прекращено")  # fmt: skip
_TERROR = [0.35, 1.0, 1.35, 1.6, 1.75, 1.9, 0.7, 1.0, 1.25, 0.8, 0.45, 0.35, 0.35, 0.6, 1.0, 1.25,
           0.7]  # fmt: skip
"""How many were shot, by month from July 1937 to November 1938."""


class Region(NamedTuple):
    """One region: its two names, its town, villages, and the days when people were shot there."""

    now: str
    before: str
    town: str
    home: tuple[str, ...]
    villages: list[str]
    districts: list[str]
    days: list[date]
    cumulative: list[float]


def make_regions(rng: random.Random) -> list[Region]:
    villages = [
        root + end
        for root in _ROOTS
        for end in (("ое", "ая", "ий Посад") if root.endswith("ск") else _VILLAGE_ENDINGS)
    ]
    districts = [root.removesuffix("ск") + "ский" for root in _ROOTS]
    regions = []
    for now, before, town, home in REGIONS:
        days = [date(1937, 7, 30) + timedelta(n) for n in range(476)]
        days = [day for day in days if rng.random() < 0.45]
        weights = [
            _TERROR[(day.year - 1937) * 12 + day.month - 7] * math.exp(rng.gauss(0, 1.3))
            for day in days
        ]
        regions.append(
            Region(now, before, town, tuple(home.split()), rng.sample(villages, 140),
                   rng.sample(districts, 20), days, list(itertools.accumulate(weights)))
        )  # fmt: skip
    return regions


# --- people ----------------------------------------------------------------------------------
@dataclass(slots=True)
class Person:
    """One invented person and what is true of him."""

    number: int
    people: str
    woman: bool
    name: Name
    alias: str
    born: date
    region: Region
    village: str
    town: bool
    home: Region
    work: tuple[str, ...]
    sentenced: date
    arrested: date
    shot: date | None
    camp: str


@dataclass(slots=True)
class World:
    """All that people are drawn from."""

    rng: random.Random
    peoples: list[People]
    regions: list[Region]
    shares: list[float] = field(init=False)
    homes: dict[str, list[float]] = field(init=False)
    years: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.shares = list(itertools.accumulate(PEOPLES[p.key][1] for p in self.peoples))
        self.homes = {p.key: list(itertools.accumulate(self._home(p.key))) for p in self.peoples}
        self.years = list(
            itertools.accumulate(
                math.exp(-(((year - 1898) / 11) ** 2) / 2) + 0.03 for year in range(1870, 1921)
            )
        )

    def everybody(self, count: int) -> Iterator[Person]:
        """Yield the people, among them brothers and sisters from one village."""
        person = self.person(1)
        for number in range(1, count + 1):
            yield person
            other = self.person(number + 1)
            person = self._sibling(person, other) if self.rng.random() < BROTHERS else other

    def _sibling(self, person: Person, other: Person) -> Person:
        same = (person.people, person.woman) == (other.people, other.woman)
        years = other.born.year - person.born.year
        if not same or abs(years) > 12 or other.name.given == person.name.given:
            return other
        name = person.name._replace(given=other.name.given)
        return replace(other, name=name, region=person.region, village=person.village,
                       town=person.town, home=person.home)  # fmt: skip

    def _home(self, people: str) -> Iterator[float]:
        for rank, region in enumerate(self.regions):
            foreign = 0.0 if "Китай" in region.now and people != "chinese" else 1.0
            yield foreign / (rank + 8) ** 0.5 * (6 if people in region.home else 1)

    def person(self, number: int) -> Person:
        rng = self.rng
        people = rng.choices(self.peoples, cum_weights=self.shares)[0]
        woman = rng.random() < 0.07
        region = rng.choices(self.regions, cum_weights=self.homes[people.key])[0]
        home = region if rng.random() < 0.8 else rng.choice(self.regions[:41])
        year = rng.choices(range(1870, 1921), cum_weights=self.years)[0]
        sentenced, shot = self._fate(home)
        return Person(
            number, people.key, woman, people.name(rng, woman),
            people.alias(rng, woman) if rng.random() < ALIASES else "",
            date(year, 1, 1) + timedelta(rng.randrange(365)), region, rng.choice(region.villages),
            rng.random() < 0.15, home, rng.choice(OCCUPATIONS), sentenced,
            sentenced - timedelta(4 + int(rng.expovariate(1 / 60))), shot, rng.choice(_CAMP),
        )  # fmt: skip

    def _fate(self, home: Region) -> tuple[date, date | None]:
        """Return the day of the sentence, and that of the execution if there was one."""
        rng = self.rng
        if rng.random() < 0.5:
            shot = rng.choices(home.days, cum_weights=home.cumulative)[0]
            return shot - timedelta(rng.choice((0, 1, 3, 5, 8, 12, 20, 30))), shot
        if rng.random() < 0.6:
            return rng.choices(home.days, cum_weights=home.cumulative)[0], None
        return date(1929, 6, 1) + timedelta(rng.randrange(8400)), None


# --- errors of the name ----------------------------------------------------------------------
_VOWELS = {"а": "оояе", "о": "аау", "е": "ииэя", "и": "ееы", "у": "ою", "ы": "ие", "я": "еа",
           "э": "е", "ю": "у", "ё": "ео"}  # fmt: skip
_READ = {"ф": "пв", "п": "нфб", "н": "пик", "и": "нш", "к": "нхг", "т": "дшм", "д": "тбг",
         "б": "пд", "г": "хкч", "х": "гк", "в": "фбь", "з": "сэ", "с": "зе", "ж": "шз", "ш": "щжт",
         "щ": "шч", "л": "мр", "м": "лт", "р": "гл", "ч": "щгт", "ц": "чс"}  # fmt: skip
_ENDS = (("ий", "ой"), ("ой", "ый"), ("ов", "ев"), ("ев", "ов"), ("ин", "ын"), ("енко", "енков"),
         ("ский", "цкий"), ("ук", "юк"), ("ович", "евич"), ("ман", "манн"), ("ер", "ар"),
         ("ова", "ева"), ("ская", "цкая"), ("ёв", "ев"), ("ьев", "ев"), ("ков", "кин"))  # fmt: skip
_SYLLABLES = (("ин", "ын"), ("ын", "ин"), ("ен", "ын"), ("ань", "ан"), ("ан", "ань"), ("цз", "дз"),
              ("чж", "дж"), ("чж", "ч"), ("чжа", "жа"), ("ь", ""), ("сю", "шу"), ("ся", "ша"),
              ("юй", "ю"), ("э", "е"), ("е", "э"), ("дэ", "де"), ("гу", "ку"), ("ян", "ан"),
              ("цо", "цхо"), ("ук", "ок"), ("чу", "цу"), ("ки", "ги"), ("хен", "хён"), ("оу", "у"),
              ("яо", "ао"), ("хуа", "хва"), ("-", " "), (" ", "-"), ("ён", "ен"))  # fmt: skip
_EVERYBODY = """Егор Георгий Юрий, Иосиф Осип, Иван Иоанн, Даниил Данил Данила, Филипп Филип,
Михаил Михайло, Николай Никола, Кирилл Кирил Кирила, Гавриил Гаврил Гаврила, Афанасий Афонасий,
Никита Микита, Дмитрий Димитрий, Алексей Алексий, Сергей Сергий, Петр Пётр, Семен Семён Симеон,
Моисей Мойсей, Абрам Авраам, Исаак Исак, Самуил Самойло, Матвей Матфей, Станислав Станислаус,
Казимир Козимир, Антон Антоний, Игнатий Игнат, Авксентий Аксентий Аксен, Емельян Емилиан,
Ефрем Ефроим, Еремей Иеремия Ерема, Захар Захарий, Илларион Ларион, Иннокентий Инокентий,
Ипполит Полит, Константин Костянтин, Лаврентий Лаврен, Мухамед Магомед Мухамет Мухаммед,
Ахмед Ахмет, Назар Назарий, Никифор Ничипор, Пантелей Пантелеймон, Порфирий Перфил,
Прокофий Прокопий, Родион Иродион, Савелий Савва, Степан Стефан, Тимофей Тимофий, Трифон Трефил,
Федор Фёдор, Ферапонт Фарафонт, Эдуард Едуард, Сидор Исидор, Артем Артемий, Аким Иоаким,
Ульян Юлиан, Евстафий Остап Астафий, Севастьян Савостьян, Евдоким Авдоким, Яков Иаков,
Терентий Терешко, Власий Влас, Елисей Алисей, Ефим Евфимий, Устин Иустин, Наум Наумий,
Евдокия Авдотья, Мария Марья, Наталья Наталия, Ксения Аксинья, Прасковья Параскева,
Татьяна Татиана, Софья София, Екатерина Катерина, Елена Алена Олена, Аграфена Агриппина,
Матрена Матрона, Пелагея Палагея, Елизавета Лизавета, Анастасия Настасья, Ирина Арина,
Анна Ганна, Фекла Текля, Акулина Акилина, Александра Олександра, Евгения Евгенья"""
_OF_JEWS = """Яков Янкель, Моисей Мошко Мовша, Исаак Ицко Ицхок, Самуил Шмуль, Борис Берко Бер,
Лазарь Лейзер, Лев Лейба, Соломон Шлема Шлёма, Ефим Хаим, Григорий Герш Гирш, Матвей Мотель,
Арон Аарон, Израиль Сруль, Иосиф Йосель, Давид Довид, Вульф Вольф, Меер Мейер, Михаил Мехель,
Семен Симон, Мария Мириам, Софья Сура, Раиса Рася, Ревекка Рива"""
_OF_WEST = """Иван Ян Иоганн, Иосиф Юзеф, Яков Якоб, Петр Питер Петер, Павел Пауль, Федор Теодор,
Франц Франтишек, Егор Георг, Карл Кароль, Андрей Андреас Анджей, Михаил Михаэль Михал,
Викентий Винцент, Людвиг Людовик, Фридрих Фредерик, Генрих Гейнрих Хенрик, Христиан Кристиан,
Иван Ганс, Юрий Юрис, Николай Николаус, Анна Анета, Мария Марианна, Елена Хелена"""
_WEST = {"pole", "german", "latvian", "lithuanian", "estonian", "belarusian"}


def _others(families: str) -> dict[str, list[str]]:
    """Return form -> the other forms of its families."""
    others: dict[str, list[str]] = defaultdict(list)
    for family in families.split(","):
        for one in family.split():
            others[one] += [other for other in family.split() if other != one]
    return others


def patronymic_of(given: str) -> str:
    """Return the patronymic that a father's given name makes."""
    special = {"Павел": "Павлович", "Лев": "Львович", "Петр": "Петрович", "Пётр": "Петрович",
               "Яков": "Яковлевич", "Михаил": "Михайлович", "Михайло": "Михайлович",
               "Самойло": "Самойлович"}  # fmt: skip
    if given in special:
        return special[given]
    if given.endswith(("ий", "ия")):
        return given[:-2] + "ьевич"
    if given.endswith(("й", "ь")):
        return given[:-1] + "евич"
    return given[:-1] + "ич" if given[-1] in "аяо" else given + "ович"


def _fathers(others: dict[str, list[str]]) -> dict[str, list[str]]:
    return {patronymic_of(one): list(map(patronymic_of, forms)) for one, forms in others.items()}


_FORMS = {
    people: _others(families)
    for people, families in (
        ("", _EVERYBODY),
        ("jewish", f"{_EVERYBODY}, {_OF_JEWS}"),
        *((people, f"{_EVERYBODY}, {_OF_WEST}") for people in sorted(_WEST)),
    )
}
_FATHERS = {people: _fathers(others) for people, others in _FORMS.items()}


def respelt(word: str, rng: random.Random) -> str:
    """Return a word as another ear, hand or eye would have it."""
    roll = rng.random()
    if roll < 0.13:
        for old, new in rng.sample(_ENDS, len(_ENDS)):
            if word.endswith(old):
                return word[: -len(old)] + new
    at = rng.randrange(len(word)) if rng.random() < 0.08 else rng.randrange(1, max(len(word), 2))
    at = min(at, len(word) - 1)
    letter = word[at].lower()
    if roll < 0.40 and letter not in _VOWELS:
        at = next((n for n in range(1, len(word)) if word[n] in _VOWELS), at)
        letter = word[at].lower()
    if roll < 0.72:
        other = rng.choice(_VOWELS.get(letter) or _READ.get(letter) or letter)
        made = word[:at] + other + word[at + 1 :]
    elif roll < 0.82:
        twice = word[at - 1 : at] == letter
        made = word[:at] + ("" if twice else letter * 2) + word[at + 1 :]
    elif roll < 0.92 and len(word) > 4:
        made = word[:at] + word[at + 1 :]
    elif roll < 0.96:
        made = word[: at + 1] + rng.choice("ьеинлр") + word[at + 1 :]
    else:
        made = word[:at] + word[at + 1 : at + 2] + letter + word[at + 2 :]
    return made[:1].upper() + made[1:]


def _asian(word: str, rng: random.Random) -> str:
    """Return another transcription of a Chinese or Korean name."""
    low = word.lower()
    fitting = [pair for pair in _SYLLABLES if pair[0] in low]
    if not fitting:
        return respelt(word, rng)
    old, new = rng.choice(fitting)
    made = low.replace(old, new, 1)
    return re.sub(r"(^|[ -])(.)", lambda m: m[1] + m[2].upper(), made)


def surname_respelt(person: Person, name: Name, rng: random.Random) -> Name:
    change = _asian if person.people in ASIAN else respelt
    made = change(name.surname, rng)
    return name._replace(surname=change(made, rng) if rng.random() < 0.25 else made)


def given_respelt(person: Person, name: Name, rng: random.Random) -> Name:
    if person.people in ASIAN:
        return name._replace(given=_asian(name.given, rng))
    family = _FORMS.get(person.people, _FORMS[""]).get(name.given)
    if family and rng.random() < 0.6:
        return name._replace(given=rng.choice(family))
    return name._replace(given=respelt(name.given, rng))


def patronymic_respelt(person: Person, name: Name, rng: random.Random) -> Name:
    patronymic = name.patronymic
    if len(patronymic) < 5:
        return name
    male = patronymic[:-2] + "ич" if patronymic.endswith("на") else patronymic
    family = _FATHERS.get(person.people, _FATHERS[""]).get(male)
    if family and rng.random() < 0.5:
        other = rng.choice(family)
        return name._replace(patronymic=womans_patronymic(other) if person.woman else other)
    end = 4 if patronymic.endswith(("вич", "вна")) else 2
    return name._replace(patronymic=respelt(patronymic[:-end], rng) + patronymic[-end:])


def initials(person: Person, name: Name, rng: random.Random) -> Name:
    if person.people in ASIAN or not name.patronymic:
        return name
    dot = "." if rng.random() < 0.85 else ""
    if rng.random() < 0.15:
        return name._replace(patronymic=name.patronymic[0] + dot)
    return name._replace(given=name.given[0] + dot, patronymic=name.patronymic[0] + dot)


def no_patronymic(person: Person, name: Name, rng: random.Random) -> Name:
    return name._replace(patronymic="")


def swapped(person: Person, name: Name, rng: random.Random) -> Name:
    if person.people in ASIAN:
        return Name(name.given, name.surname, name.patronymic)
    if rng.random() < 0.2:
        return Name(name.given, name.surname, name.patronymic)
    return Name(name.surname, name.patronymic, name.given) if name.patronymic else name


def other_surname(person: Person, name: Name, rng: random.Random) -> Name:
    if not person.alias:
        return name
    recorded = rng.random() < 0.4
    return name._replace(surname=f"{person.alias} ({name.surname})" if recorded else person.alias)


# --- other languages and scripts -------------------------------------------------------------
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_TRADITIONS = {
    tradition: dict(zip(_CYRILLIC, letters.replace("_", "").split(" "), strict=True))
    for tradition, letters in {
        "bgn": "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
        "german": "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju "
        "ja",
        "french": "a b v g d e io j z i i k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
        "polish": "a b w g d e io ż z i j k l m n o p r s t u f ch c cz sz szcz _ y _ e ju ja",
    }.items()
}
_LAST = {
    "bgn": (("iy", "y"), ("yy", "y"), ("skiy", "sky")),
    "german": (("ij", "i"), ("yj", "y")),
    "french": (("ov", "off"), ("ev", "eff"), ("in", "ine"), ("ii", "i"), ("yi", "y")),
    "polish": (("skij", "ski"), ("ckij", "cki"), ("skaja", "ska"), ("ckaja", "cka"), ("ij", "i"),
               ("ewicz", "iewicz")),
}  # fmt: skip
_POLISH = _table(
    """Иван:Jan Ян:Jan Иосиф:Józef Осип:Józef Станислав:Stanisław Антон:Antoni
Петр:Piotr Павел:Paweł Франц:Franciszek Михаил:Michał Казимир:Kazimierz Адам:Adam Андрей:Andrzej
Владислав:Władysław Болеслав:Bolesław Александр:Aleksander Яков:Jakub Николай:Mikołaj
Григорий:Grzegorz Степан:Szczepan Василий:Bazyli Викентий:Wincenty Людвиг:Ludwik Федор:Teodor
Константин:Konstanty Карл:Karol Юлиан:Julian Мария:Maria Анна:Anna Елена:Helena
Екатерина:Katarzyna Елизавета:Elżbieta Софья:Zofia Иосифович:Józefowicz Иванович:Janowicz
Станиславович:Stanisławowicz Михайлович:Michałowicz Павлович:Pawłowicz
Андреевич:Andrzejewicz"""
)
_GERMAN = _table(
    """Иван:Johann Яков:Jakob Петр:Peter Андрей:Heinrich Генрих:Heinrich Карл:Karl
Федор:Friedrich Фридрих:Friedrich Егор:Georg Георг:Georg Филипп:Philipp Готлиб:Gottlieb
Христиан:Christian Вильгельм:Wilhelm Готфрид:Gottfried Людвиг:Ludwig Давид:David Адам:Adam
Александр:Alexander Мария:Maria Екатерина:Katharina Елизавета:Elisabeth"""
)
_UKRAINIAN = _table(
    """Николай:Микола Иван:Іван Петр:Петро Григорий:Григорій Афанасий:Панас
Иосиф:Йосип Осип:Йосип Василий:Василь Павел:Павло Андрей:Андрій Алексей:Олексій
Александр:Олександр Михаил:Михайло Даниил:Данило Данил:Данило Федор:Федір Филипп:Пилип
Ефим:Юхим Евдокия:Явдоха Анна:Ганна Мария:Марія Елена:Олена Дмитрий:Дмитро Владимир:Володимир
Кирилл:Кирило Яков:Яків Тимофей:Тимофій Никита:Микита Сергей:Сергій Евгений:Євген Исаак:Ісак
Игнат:Гнат Игнатий:Гнат Никифор:Ничипір Прокофий:Прокіп Антон:Антін Егор:Єгор Георгий:Георгій
Гавриил:Гаврило Самуил:Самійло Моисей:Мойсей Семен:Семен Матвей:Матвій Илья:Ілля Игорь:Ігор
Лаврентий:Лаврентій Евгения:Євгенія Екатерина:Катерина Татьяна:Тетяна Ирина:Ірина
Николаевич:Миколайович Иванович:Іванович Григорьевич:Григорович Афанасьевич:Панасович
Иосифович:Йосипович Осипович:Йосипович Васильевич:Васильович Андреевич:Андрійович
Алексеевич:Олексійович Александрович:Олександрович Филиппович:Пилипович Ефимович:Юхимович
Дмитриевич:Дмитрович Владимирович:Володимирович Яковлевич:Якович Тимофеевич:Тимофійович
Никитович:Микитович Сергеевич:Сергійович Евгеньевич:Євгенович Игнатьевич:Гнатович
Никифорович:Ничипорович Матвеевич:Матвійович Моисеевич:Мойсейович Ильич:Ілліч
Прокофьевич:Прокопович Дмитриевна:Дмитрівна Ивановна:Іванівна Петровна:Петрівна
Григорьевна:Григорівна Николаевна:Миколаївна Васильевна:Василівна Андреевна:Андріївна
Алексеевна:Олексіївна Михайловна:Михайлівна Яковлевна:Яківна"""
)
_TO_UKRAINIAN = str.maketrans({"и": "і", "ы": "и", "э": "е", "ъ": "'", "И": "І", "Э": "Е"})


def _roman(word: str, tradition: str) -> str:
    table = _TRADITIONS[tradition]
    made = "".join(table.get(letter, letter) for letter in word.lower())
    for old, new in _LAST[tradition]:
        if made.endswith(old):
            made = made[: -len(old)] + new
            break
    return re.sub(r"(^|[ -])(\w)", lambda m: m[1] + m[2].upper(), made)


def latin(person: Person, name: Name, rng: random.Random) -> Name:
    tradition = rng.choices(("bgn", "german", "french", "polish"), (45, 25, 12, 18))[0]
    tradition = "german" if person.people == "german" and rng.random() < 0.6 else tradition
    made = [_roman(part, tradition) for part in name]
    if person.people == "german" and tradition == "german":
        made[1] = _GERMAN.get(name.given, made[1])
    return Name(*made)


def polish(person: Person, name: Name, rng: random.Random) -> Name:
    if person.people in ASIAN:
        return name
    made = [_POLISH.get(part, _roman(part, "polish")) for part in name]
    made[0] = re.sub("l(?=[aouykw]|$)", "ł", made[0])
    return Name(made[0], made[1], "" if rng.random() < 0.3 else made[2])


def ukrainian(person: Person, name: Name, rng: random.Random) -> Name:
    if person.people in ASIAN:
        return name
    return Name(*(_UKRAINIAN.get(part) or _in_ukrainian(part, rng) for part in name))


def _in_ukrainian(word: str, rng: random.Random) -> str:
    """Return a word in Ukrainian letters; the и of a root stays about as often as not."""
    letters = _TO_UKRAINIAN | {ord("и"): rng.choice("иі")}
    ends = (("ский", "ський"), ("цкий", "цький"), ("ская", "ська"), ("цкая", "цька"),
            ("ьевич", "ійович"), ("евич", "ійович"), ("ий", "ій"), ("ев", "єв"), ("ич", "ич"),
            ("ик", "ик"), ("овна", "івна"), ("евна", "ївна"), ("ин", "ін"),
            ("ец", "ець"))  # fmt: skip
    for old, new in ends:
        if word.endswith(old) and len(word) > len(old):
            return word[: -len(old)].translate(letters) + new
    return word.translate(letters)


Maker = Callable[[Person, Name, random.Random], Name]
NAME_CLASSES: dict[str, tuple[Maker, float]] = {
    "surname_respelt": (surname_respelt, 0.27),
    "given_respelt": (given_respelt, 0.10),
    "patronymic_respelt": (patronymic_respelt, 0.08),
    "latin": (latin, 0.09),
    "polish": (polish, 0.03),
    "ukrainian": (ukrainian, 0.13),
    "initials": (initials, 0.10),
    "no_patronymic": (no_patronymic, 0.11),
    "swapped": (swapped, 0.03),
    "other_surname": (other_surname, 0.06),
}
"""Class -> what makes it, and its share of the errors in names."""
_CLASSES = list(NAME_CLASSES)
_CLASS_SHARES = list(itertools.accumulate(share for _, share in NAME_CLASSES.values()))


def misname(person: Person, rng: random.Random) -> tuple[Name, list[str]]:
    """Return the name as a row has it, and the classes of its errors."""
    if person.alias and rng.random() < 0.45:
        return other_surname(person, person.name, rng), ["other_surname"]
    if rng.random() > NAME_ERRORS - 0.024:
        return person.name, []
    name, kinds = person.name, list[str]()
    wanted = 2 if rng.random() < SECOND_ERROR else 1
    for _ in range(8):
        kind = rng.choices(_CLASSES, cum_weights=_CLASS_SHARES)[0]
        if kinds and (kind in kinds or kinds[0] in {"latin", "polish", "ukrainian", "initials"}):
            break
        made = NAME_CLASSES[kind][0](person, name, rng)
        if made != name and made.surname and made.given:
            name = made
            kinds.append(kind)
        if len(kinds) == wanted:
            break
    return name, kinds


# --- rows ------------------------------------------------------------------------------------
def birth(person: Person, full: bool, rng: random.Random) -> tuple[str, list[str]]:
    """Return the birth date as a row has it, and the class of its error."""
    day, roll = person.born, rng.random()
    if roll < 0.035:
        return "", ["year_missing"]
    if roll < 0.09:
        by = rng.choice((-10, -2, -2, -1, -1, -1, -1, 1, 1, 1, 1, 2, 2, 10))
        return _day(day.replace(year=day.year + by, day=min(day.day, 28)), full), ["year_off"]
    if full and roll < 0.14 and day.day <= 12 and day.day != day.month:
        return _day(date(day.year, day.day, day.month), full), ["day_month"]
    if full and roll < 0.165:
        return f"{day:%m.%Y}", ["month_only"]
    return _day(day, full), []


def _day(day: date | None, full: bool = True) -> str:
    if day is None:
        return ""
    return f"{day:%d.%m.%Y}" if full else str(day.year)


def place(region: Region, village: str, town: bool, rng: random.Random) -> str:
    """Return a place as one of the many hands writes it."""
    roll = rng.random()
    if town:
        return f"г. {region.town}" if roll < 0.5 else f"{region.now}, г. {region.town}"
    kind = _KINDS[len(village) % len(_KINDS)]
    district = region.districts[(len(village) + ord(village[0])) % len(region.districts)]
    if roll < 0.42:
        return f"{region.now}, {district} р-н, {kind} {village}"
    if roll < 0.65:
        return f"{region.now}, {kind} {village}"
    if roll < 0.78:
        return f"{region.before}, {district} уезд, {kind} {village}"
    if roll < 0.86:
        return f"{kind} {village} {_of(region.now)}"
    return region.now if roll < 0.95 else region.before


def _of(region: str) -> str:
    """Return a region in the genitive."""
    return region.replace("ская ", "ской ").replace("ский ", "ского ")


def _nationality(person: Person, rng: random.Random) -> str:
    people = rng.choice(MISTAKEN_FOR.get(person.people, "russian").split())
    _, _, man, woman, _ = PEOPLES[people if rng.random() < 0.05 else person.people]
    return woman if person.woman else man


def _sentence(person: Person, rng: random.Random) -> str:
    return rng.choice(_SHOT) if person.shot else person.camp


def _rarely(value: str, share: float, rng: random.Random) -> str:
    """Return the value, or nothing in that share of the rows."""
    return "" if rng.random() < share else value


def _shifted(day: date | None, rng: random.Random) -> date | None:
    """Return the day, in a few rows that of the day before or after."""
    return day + timedelta(rng.choice((-1, 1))) if day and rng.random() < 0.02 else day


Row = tuple[dict[str, str], list[str]]


def row_a(person: Person, rng: random.Random) -> Row:
    born, errors = birth(person, rng.random() < 0.4, rng)
    return {
        "birth_date": born,
        "birth_place": _rarely(place(person.region, person.village, person.town, rng), 0.04, rng),
        "nationality": _rarely(_nationality(person, rng), 0.15, rng),
        "sex": "ж" if person.woman else "м",
        "occupation": _rarely(rng.choice(person.work), 0.2, rng),
        "residence": _rarely(f"г. {person.home.town}" if person.town else person.home.now, 0.3,
                             rng),
        "arrest_date": _rarely(_day(_shifted(person.arrested, rng)), 0.1, rng),
        "sentence_date": _rarely(_day(_shifted(person.sentenced, rng)), 0.1, rng),
        "sentence": _sentence(person, rng),
        "execution_date": _rarely(_day(_shifted(person.shot, rng)), 0.12, rng),
    }, errors  # fmt: skip


def row_b(person: Person, rng: random.Random) -> Row:
    born, errors = birth(person, False, rng)
    return {
        "birth_date": born,
        "nationality": _nationality(person, rng),
        "residence": _rarely(place(person.home, person.village, person.town, rng), 0.05, rng),
    }, errors


def row_c(person: Person, rng: random.Random) -> Row:
    born, errors = birth(person, rng.random() < 0.9, rng)
    return {
        "birth_date": born,
        "birth_place": _rarely(place(person.region, person.village, person.town, rng), 0.15, rng),
        "nationality": _rarely(_nationality(person, rng), 0.4, rng),
        "execution_date": _day(_shifted(person.shot, rng)),
        "burial_place": f"{person.home.now}, г. {person.home.town}",
    }, errors


def row_d(person: Person, rng: random.Random) -> Row:
    born, errors = birth(person, False, rng)
    return {
        "birth_date": born,
        "birth_place": _rarely(person.region.now, 0.1, rng),
        "nationality": _rarely(_nationality(person, rng), 0.4, rng),
        "occupation": rng.choice(person.work),
        "sentence_date": _rarely(_day(_shifted(person.sentenced, rng)), 0.25, rng),
        "sentence": _sentence(person, rng),
    }, errors


def row_lean(person: Person, rng: random.Random) -> Row:
    born, errors = birth(person, rng.random() < 0.35, rng)
    region = person.region.before if rng.random() < 0.1 else person.region.now
    return {
        "birth_date": born,
        "birth_place": _rarely(region, 0.12, rng),
        "nationality": _rarely(_nationality(person, rng), 0.12, rng),
    }, errors


ROWS: dict[str, Callable[[Person, random.Random], Row]] = {
    "a": row_a, "b": row_b, "c": row_c, "d": row_d,
}  # fmt: skip


def lists_of(person: Person, rng: random.Random) -> Iterator[str]:
    """Yield the lists that name a person; a list may name him twice."""
    weights = {"a": 0.6, "b": 0.4, "c": 0.5, "d": 0.3} if person.shot else {"a": 0.5, "b": 0.4,
                                                                           "d": 0.4}  # fmt: skip
    for _ in range(rng.choices((1, 2, 3, 4), ON_LISTS)[0]):
        if not weights:
            return
        key = rng.choices(list(weights), list(weights.values()))[0]
        del weights[key]
        yield from [key] * (2 if rng.random() < DOUBLE else 1)


@dataclass(slots=True)
class Statistics:
    """What was generated."""

    people: int = 0
    records: Counter[str] = field(default_factory=Counter)
    names: Counter[Name] = field(default_factory=Counter)
    misnamed: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        total = sum(self.records.values())
        yield f"{self.people} people, {total} records: {dict(sorted(self.records.items()))}"
        yield f"errors in the name: {self.misnamed / max(total, 1):.1%} of the records"
        yield from (f"  {kind}: {k / total:.2%}" for kind, k in self.errors.most_common())
        for label, parts in (("full name", (0, 1, 2)), ("given and patronymic", (1, 2)),
                             ("surname", (0,))):  # fmt: skip
            count: Counter[tuple[str, ...]] = Counter()
            for name, k in self.names.items():
                count[tuple(name[part] for part in parts)] += k
            pairs = sum(k * (k - 1) for k in count.values()) / self.people / (self.people - 1)
            yield f"{label}: {len(count)} distinct, {pairs * 1e9:.0f} collisions in 10^9 pairs"


def generate(
    folder: Path, people: int, seed: int, namesakes: float = 1.0, lean: bool = False
) -> Statistics:
    """Write the lists, their truth and their errors into a folder."""
    rng = random.Random(seed)
    world = World(rng, read_peoples(SHARED, namesakes, rng), make_regions(rng))
    rows: dict[str, list[tuple[bytes, int, str]]] = {key: [] for key in LISTS}
    heads: dict[str, list[str]] = {}
    seen = Statistics(people)
    for person in world.everybody(people):
        seen.names[person.name] += 1
        for key in lists_of(person, rng):
            name, kinds = misname(person, rng)
            values, errors = (row_lean if lean else ROWS[key])(person, rng)
            heads.setdefault(key, list(values))
            kinds_all = "+".join(kinds + errors)
            rows[key].append((_csv([*name, *values.values()]), person.number, kinds_all))
            seen.records[key] += 1
            seen.misnamed += bool(kinds)
            seen.errors.update(kinds + errors)
    _write(folder, rows, heads, rng)
    return seen


def _csv(cells: Iterable[object]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode()


def _write(
    folder: Path,
    rows: dict[str, list[tuple[bytes, int, str]]],
    heads: dict[str, list[str]],
    rng: random.Random,
) -> None:
    """Write all files, each list in an order that tells nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.csv").open("wb") as truth, (folder / "errors.csv").open("wb") as errors:
        truth.write(_csv(["source", "locator", "person"]))
        errors.write(_csv(["source", "locator", "error"]))
        for key, title in LISTS.items():
            rng.shuffle(rows[key])
            with (folder / f"list_{key}.csv").open("wb") as file:
                head = ["id", "source", "surname", "given", "patronymic", *heads.get(key, [])]
                file.write(_csv(head))
                for number, (row, person, error) in enumerate(rows[key], 1):
                    locator = f"{key}{number}"
                    file.write(_csv([locator, title]).rstrip(b"\n") + b"," + row)
                    truth.write(_csv([title, locator, person]))
                    errors.write(_csv([title, locator, error]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--namesakes", type=float, default=1.0, help="2 = twice as many")
    parser.add_argument("--lean", action="store_true", help="name, birth, region, nationality")
    args = parser.parse_args()
    if not (SHARED / "khabarovsk").is_dir():
        raise SystemExit(f"The name frequencies are missing: no folder {SHARED / 'khabarovsk'}.")
    seen = generate(args.folder, args.people, args.seed, args.namesakes, args.lean)
    print("\n".join(seen.lines()))


if __name__ == "__main__":
    main()
