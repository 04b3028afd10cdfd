"""What must hold of every record, whatever the entry."""

from hypothesis import given, settings
from hypothesis import strategies as st

from byname.names.letters import repair_lookalikes
from byname.records import DATE_FIELDS, as_dict, read
from byname.records.reading import read_strictly
from byname.sources.entry import Entry

WORDS = st.sampled_from(
    ["Родился", "в", "1897 г.,", "г. Москва,", "русский;", "б/п;", "Проживал:", "Арестован",
     "5 мая 1937 г.", "Приговорен:", "тройка", "обв.:", "ст. 58-10", "Приговор:", "ВМН", "к", "\n",
     "Расстрелян", "Реабилитирован", "(", ")", '"', "Иванов Иван", "Hиколай", "умер", "31.02.1937",
     "{{Формуляр", "|приговор 1=", "|дата рождения=", "[[а|б]]", "}}", "Источник:", "прож.", "–"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))
KINDS = st.sampled_from(["paragraph", "memorial", "certificate", "openlist"])


def letters(text: str) -> str:
    """The letters and digits of a text as the reader sees it: lookalikes repaired, no case."""
    return "".join(c for c in repair_lookalikes(text)[0].casefold() if c.isalnum())


@settings(max_examples=400, deadline=None)
@given(TEXTS, KINDS)
def test_every_value_stands_in_the_entry(raw, kind):
    record = read_strictly(Entry(raw, "line 1", kind, title="Примеров Иван Иванович (1897)"))
    texts = {"raw": raw, "title": "Примеров Иван Иванович (1897)"}
    for _, span in record.all_spans():
        assert 0 <= span.start < span.end <= len(texts[span.where])
    held = [(record.values, record.spans), *((case.values, case.spans) for case in record.cases)]
    for values, spans in held:
        for name in (values.keys() & spans.keys()) - DATE_FIELDS - {"sex"}:
            span = spans[name]
            words = iter(letters(texts[span.where][span.start : span.end]))
            assert values[name]
            assert all(letter in words for letter in letters(values[name])), (name, values[name])
    assert as_dict(record)["kind"] == kind


@settings(max_examples=200, deadline=None)
@given(TEXTS, KINDS)
def test_reading_twice_reads_the_same(raw, kind):
    entry = Entry(raw, "line 1", kind)
    assert read(entry) == read(entry)


@given(st.dictionaries(st.sampled_from(["surname", "birth_date", "sentence_2", "sex", "party"]),
                       st.text(min_size=1, max_size=20)))  # fmt: skip
def test_any_row_is_read(columns):
    raw = "\n".join(f"{name}: {cell}" for name, cell in columns.items())
    record = read_strictly(Entry(raw, "row 1", "table", columns=columns))
    for _, span in record.all_spans():
        assert 0 <= span.start < span.end <= len(raw)


def test_a_fault_of_ours_costs_no_entry(monkeypatch):
    def fails(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("byname.records.reading.read_prose", fails)
    record = read(Entry("Примеров Иван, род. 1897", "line 1", "paragraph"))
    assert [doubt.code for doubt in record.doubts] == ["reader_failed"]
    assert "please report it" in record.doubts[0].message


def test_what_is_no_person_is_doubted():
    record = read(Entry("???", "line 1", "paragraph"))
    assert "nothing_read" in [doubt.code for doubt in record.doubts]


def test_a_constant_of_a_mapping_is_read_without_words_to_point_at():
    columns = {"surname": "Примеров", "sex": "мужчина", "sentence_date": "05.11.1937"}
    entry = Entry("фамилия: Примеров", "1", "table", columns=columns, cells={"surname": (9, 17)})
    record = read_strictly(entry)
    assert record.values["sex"] == "male"
    assert record.cases[0].values["sentence_date"] == "1937-11-05"
    assert set(record.spans) == {"surname"}
