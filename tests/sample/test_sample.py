"""The sample is what its table of facts says, and nothing in it is without a source."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "byname" / "sample"
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
RUSSIAN_DATE = re.compile(r"(?<![\d.])(?:(?:\d{1,2}\.)?\d{2}\.)?\d{4}(?![\d.])")
OUR_WORDS = "Выборка By Name по опубликованным фактам"


@cache
def builder() -> ModuleType:
    path = ROOT / "tools" / "build_sample.py"
    spec = importlib.util.spec_from_file_location("build_sample", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_sample"] = module
    spec.loader.exec_module(module)
    return module


@cache
def facts() -> tuple[Any, ...]:
    return tuple(builder().read_facts(SAMPLE))


@cache
def manifest() -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = yaml.safe_load((SAMPLE / "manifest.yaml").read_text("utf-8"))
    return loaded


@cache
def truth() -> dict[tuple[str, str], str]:
    with (SAMPLE / "truth.csv").open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["locator"]): row["person"] for row in csv.DictReader(file)}


def table(name: str, delimiter: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, strict=True))


def backing(code: str) -> dict[str, set[str]]:
    known = defaultdict(set)
    for fact in facts():
        if code in fact.lists:
            known[fact.person].add(fact.value)
    return known


def iso(date: str) -> str:
    return "-".join(part.zfill(2) for part in reversed(date.split(".")))


def test_the_lists_are_what_the_builder_makes() -> None:
    for name, text in builder().build(facts()).items():
        assert (SAMPLE / name).read_text("utf-8") == text, f"run tools/build_sample.py: {name}"


def test_manifest_names_every_list_and_says_what_it_is() -> None:
    wanted = {"file", "title", "format", "publisher", "licence", "citation", "description"}
    assert {item["file"] for item in manifest()} == set(builder().FILE_OF.values())
    for item in manifest():
        assert wanted <= set(item) <= wanted | {"mapping"}
        assert all(isinstance(value, str) and value for value in item.values())
        assert (SAMPLE / item["file"]).is_file()
        assert item["title"].startswith("Выборка By Name: ")
        assert "compiled sample" in item["description"]
        assert item["licence"] == "CC0 1.0 (facts)"
        if "mapping" in item:
            assert (SAMPLE / item["mapping"]).is_file()
    assert len({item["title"] for item in manifest()}) == 5


def test_mapping_speaks_of_columns_that_are_there() -> None:
    item = next(item for item in manifest() if "mapping" in item)
    mapping = yaml.safe_load((SAMPLE / item["mapping"]).read_text("utf-8"))
    columns = set(table(item["file"], "\t")[0])
    assert set(mapping["columns"]) | {mapping["locator"]} <= columns
    assert mapping["constant"]["source"] == item["title"]


def test_enough_people_formats_and_overlaps() -> None:
    lists = defaultdict(set)
    for (name, _), person in truth().items():
        lists[person].add(name)
    assert len(lists) >= 220
    assert len({item["format"] for item in manifest()}) >= 3
    assert sum(len(names) >= 2 for names in lists.values()) >= 90
    assert sum(len(names) >= 3 for names in lists.values()) >= 25


def test_no_person_stands_twice_on_a_list() -> None:
    seen = Counter((name, person) for (name, _), person in truth().items())
    assert seen.most_common(1)[0][1] == 1


def test_every_table_cell_is_backed_by_a_fact() -> None:
    known = backing("cc")
    fields = (*builder().COMMITTEE_FIELDS, "fate_note")
    for row in table(builder().COMMITTEE, ","):
        person = truth()[builder().COMMITTEE, row["id"]]
        assert {row[field] for field in fields if row[field]} <= known[person]
    known = backing("hc")
    for row in table(builder().COMMAND, "\t"):
        person = truth()[builder().COMMAND, row["№"]]
        for column, field in builder().COMMAND_COLUMNS.items():
            value = row[column]
            value = iso(value) if value and field.endswith("_date") else value
            assert not value or value in known[person]


def assert_backed(text: str, values: set[str], person: str) -> None:
    """Everything but our own words must be the value of a fact about the person."""
    dates = sorted(RUSSIAN_DATE.findall(text), key=len, reverse=True)
    words = " ".join(values)
    for date in dates:
        assert iso(date) in values or date in words, f"{person}: {date}"
    rest = text
    for value in sorted(values, key=len, reverse=True):
        rest = re.sub(re.escape(value), " ", rest, flags=re.IGNORECASE)
    rest = RUSSIAN_DATE.sub(" ", rest)
    left = set(re.findall(r"[А-ЯЁа-яёA-Za-z]{2,}", rest))
    assert left <= OURS, f"{person}: {left - OURS}"


OURS = {
    *("род", "Род", "Приговор", "Арестован", "Арестована", "Осужден", "Осуждена", "обр"),
    *("Расстрелян", "Расстреляна", "Умер", "Умерла", "Реабилитирован", "Реабилитирована"),
    *("Место", "захоронения", "Проживал", "Проживала"),
}


def test_every_word_of_a_paragraph_is_backed_by_a_fact() -> None:
    known = backing("wr")
    for number, line in enumerate((SAMPLE / builder().WRITERS).read_text("utf-8").splitlines(), 1):
        person = truth()[builder().WRITERS, f"line {number}"]
        assert_backed(line, known[person], person)


def test_every_word_of_a_certificate_is_backed_by_a_fact() -> None:
    known = backing("mc")
    items = yaml.safe_load((SAMPLE / builder().CERTIFICATES).read_text("utf-8"))
    stem = Path(builder().CERTIFICATES).stem
    for item in items:
        person = truth()[builder().CERTIFICATES, f"{stem}#{item['spravka_old_id']}"]
        assert item["source"] == OUR_WORDS
        assert item["fio"] in known[person]
        ends = [v for v in known[person] if v.startswith(str(item["repryear"]))]
        assert ends
        assert_backed(item["spravka"], known[person], person)
    assert len({item["spravka_old_id"] for item in items}) == len(items)


@cache
def pages() -> list[dict[str, str]]:
    space = {"m": "http://www.mediawiki.org/xml/export-0.11/"}
    paths = {"title": "m:title", "page": "m:id", "revision": "m:revision/m:id"}
    paths["text"] = "m:revision/m:text"
    root = ET.parse(SAMPLE / "open_list_style.xml").getroot()
    return [
        {name: page.findtext(path, "", space) for name, path in paths.items()}
        for page in root.findall("m:page", space)
    ]


def test_every_parameter_of_a_page_is_backed_by_a_fact() -> None:
    known, before = backing("ol"), backing("ol-old")
    for page in pages():
        if page["text"].startswith("#"):
            continue
        person = truth()[builder().WIKI, f"page id {page['page']}"]
        values = known[person] | before[person]
        for label, value in re.findall(r"^\|([^=]+)=(.+)$", page["text"], re.MULTILINE):
            assert value in values or iso(value) in values or value == OUR_WORDS, (label, value)
        assert page["title"].rsplit(" (", 1)[0] in values


def test_export_has_what_a_real_one_has() -> None:
    revisions = [int(page["revision"]) for page in pages()]
    assert revisions == sorted(revisions, reverse=True), "newest first"
    assert len(set(revisions)) == len(revisions)
    twice = [page for page, n in Counter(page["page"] for page in pages()).items() if n == 2]
    assert twice
    texts = [page["text"] for page in pages()]
    assert sum(text.startswith("#ПЕРЕНАПРАВЛЕНИЕ [[") for text in texts) == 1
    assert any("|фото=\n" in text for text in texts), "old layout"
    assert any("|дата ареста 2=0" in text for text in texts), "several cases"
    assert any("|фото=" not in text and "{{" in text for text in texts), "new layout"


def test_truth_covers_every_row() -> None:
    counts = Counter(name for name, _ in truth())
    name = builder()
    assert counts[name.COMMITTEE] == len(table(name.COMMITTEE, ","))
    assert counts[name.COMMAND] == len(table(name.COMMAND, "\t"))
    assert counts[name.WRITERS] == len((SAMPLE / name.WRITERS).read_text("utf-8").splitlines())
    certificates = yaml.safe_load((SAMPLE / name.CERTIFICATES).read_text("utf-8"))
    assert counts[name.CERTIFICATES] == len(certificates)
    real = {page["page"] for page in pages() if not page["text"].startswith("#")}
    assert counts[name.WIKI] == len(real)


def test_every_fact_has_a_source_a_historian_can_follow() -> None:
    for fact in facts():
        assert fact.value
        assert fact.lists
        assert fact.status in {"confirmed", "unconfirmed"}
        if fact.status == "confirmed":
            assert re.search(r"https?://|mos\.memo\.ru|stalin\.memo\.ru", fact.source), fact
    share = sum(fact.status != "confirmed" for fact in facts()) / len(facts())
    assert share < 0.15


def test_what_is_from_memory_says_so() -> None:
    for fact in facts():
        if "не сверен" in fact.source:
            assert fact.status == "unconfirmed"
    files = [path.read_text("utf-8").lower() for path in SAMPLE.iterdir() if path.is_file()]
    for text in files:
        assert "from memory" not in text
        assert "shot_in_moscow" not in text
        assert "synthetic" not in text


@pytest.mark.parametrize("field", ["birth_date", "arrest_date", "sentence_date", "execution_date"])
def test_dates_are_dates(field: str) -> None:
    values = [fact.value for fact in facts() if fact.field.startswith(field)]
    assert values
    for value in values:
        assert DATE.fullmatch(value), value
        assert 1850 <= int(value[:4]) <= 1942
        assert all(
            1 <= int(part) <= top for part, top in zip(value.split("-")[1:], (12, 31), strict=False)
        )


def not_after(first: str, second: str) -> bool:
    """Compare as far as both dates go."""
    length = min(len(first), len(second))
    return first[:length] <= second[:length]


@pytest.mark.parametrize("code", ["cc", "hc", "wr", "mc", "ol"])
def test_a_life_is_in_order(code: str) -> None:
    for row in builder().rows_of(facts(), code):
        assert row.get("birth_date"), row.person
        end = row.get("execution_date") or row.get("death_date")
        assert end, row.person
        assert not (row.get("execution_date") and row.get("death_date"))
        steps = ["birth_date", "arrest_date", "sentence_date"]
        dates = [row.get(step) for step in steps if row.get(step)]
        if not row.get("arrest_date_2"):
            dates.append(end)
        for first, second in pairwise(dates):
            assert not_after(first, second), (row.person, first, second)
        assert 15 < int(end[:4]) - int(row.get("birth_date")[:4]) < 90
        freed = row.get("rehabilitation_date")
        assert not freed or freed > end


@pytest.mark.parametrize(
    ("person", "field", "date"),
    [
        ("tukhachevsky_mikhail", "execution_date", "1937-06-12"),
        ("bukharin_nikolai", "execution_date", "1938-03-15"),
        ("zinoviev_grigory", "execution_date", "1936-08-25"),
        ("vavilov_nikolai", "death_date", "1943-01-26"),
        ("mandelstam_osip", "death_date", "1938-12-27"),
        ("meyerhold_vsevolod", "execution_date", "1940-02-02"),
        ("babel_isaac", "execution_date", "1940-01-27"),
        ("koltsov_mikhail", "execution_date", "1940-02-02"),
        ("florensky_pavel", "execution_date", "1937-12-08"),
        ("kirov_sergei", "execution_date", None),
    ],
)
def test_dates_everybody_knows(person: str, field: str, date: str | None) -> None:
    found = {fact.value for fact in facts() if (fact.person, fact.field) == (person, field)}
    assert found == ({date} if date else set())


def test_the_same_human_being_is_spelt_and_dated_differently() -> None:
    names, births = defaultdict(set), defaultdict(set)
    for fact in facts():
        if fact.field == "fio":
            names[fact.person].add(fact.value)
        if fact.field == "birth_date":
            births[fact.person].add(fact.value)
    assert sum(len(spelt) > 1 for spelt in names.values()) >= 60
    assert sum(len(dated) > 1 for dated in births.values()) >= 60
    assert {"Кочкуров Николай Иванович", "Весёлый Артём"} <= names["vesyoly_artyom"]
    assert len({v for v in births["kosior_stanislav"] if len(v) == 10}) >= 1


def test_two_values_of_one_field_in_one_list_are_refused() -> None:
    fact = facts()[0]
    twin = builder().Fact(
        fact.person, fact.field, fact.value + "!", fact.source, fact.status, fact.lists, ""
    )
    with pytest.raises(ValueError, match="two values"):
        builder().rows_of([fact, twin], fact.lists[0])


def test_readme_tells_the_numbers() -> None:
    lists = defaultdict(set)
    for (name, _), person in truth().items():
        lists[person].add(name)
    open_ = Counter(fact.field for fact in facts() if fact.status != "confirmed")
    readme = (SAMPLE / "README.md").read_text("utf-8")
    said = [
        f"{len(lists)} people, {len(truth())} rows",
        f"{sum(len(names) >= 2 for names in lists.values())} stand on two lists or more",
        f"{sum(len(names) >= 3 for names in lists.values())} on three or more",
        f"{len(facts()):,} facts, {open_.total()} of them unconfirmed",
        *(f"| `{field}` | {count} |" for field, count in open_.items()),
        *(f"| `{name}` | {n} |" for name, n in Counter(name for name, _ in truth()).items()),
    ]
    assert [line for line in said if line not in readme] == []
