"""The tables of ``vocabulary/`` compile and mean what they say."""

import os
import subprocess
import sys

import pytest

from byname.errors import VocabularyError
from byname.vocabulary import key_of, nationalities, parties, pattern, table

TABLES = ["nationalities", "parties", "education", "origins", "ranks", "bodies", "sentences",
          "places", "articles", "leadins", "openlist"]  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_table_loads(name):
    assert table(name)


def test_a_broken_pattern_names_file_and_row():
    with pytest.raises(VocabularyError, match=r'leadins.yaml, row "arrest"'):
        pattern("leadins", "arrest", "(")


def test_a_missing_table_is_named():
    with pytest.raises(VocabularyError, match=r"missing\.yaml"):
        table("missing")


@pytest.mark.parametrize(
    ("words", "key"),
    [("ВМН", "death"), ("к расстрелу", "death"), ("расстрел с заменой на 10 лет ИТЛ", "commuted"),
     ("дело прекращено. из-под стражи освобожден", "closed"), ("10 лет ИТЛ", "camp"),
     ("5 л. л. с", "camp"), ("спецпоселение в Томской обл.", "special_settlement"),
     ("раскулачивание", "dekulakised"), ("лишен избирательных прав", "disenfranchised"),
     ("3 года ссылки в Казахстан", "exile"), ("освоб. 18.07.1945", "released")],
)  # fmt: skip
def test_what_a_sentence_is(words, key):
    assert key_of("sentences", words) == key


@pytest.mark.parametrize(
    ("words", "key"),
    [("Тройкой НКВД СОАССР", "troika"), ("ОСО при НКВД СССР", "special_board"),
     ("Особое совещание при НКВД СССР", "special_board"), ("ВК ВС СССР", "military_collegium"),
     ("Комиссия НКВД СССР и Прокурора СССР", "commission"), ("Алексеевский РИК", "local_soviet"),
     ("Коллегия ОГПУ", "ogpu_collegium"), ("Карагандинский облсуд", "regional_court"),
     ("особой тройкой УНКВД ЛО", "special_troika"), ("Військовою колегією", "military_collegium")],
)  # fmt: skip
def test_one_body_by_many_names(words, key):
    assert key_of("bodies", words) == key


@pytest.mark.parametrize(
    ("word", "key"), [("полька", "pole"), ("росіянин", "russian"), ("коми-зырянин", "komi")]
)
def test_nationality(word, key):
    assert nationalities()[word] == key


@pytest.mark.parametrize(
    ("words", "key"),
    [("б/п", "none"), ("член ВКП(б) с 1931", "communist"), ("кандидат в члены ВКП(б)", "candidate"),
     ("бывший член ВКП(б)", "former"), ("исключен из ВКП(б) в 1934 г.", "former"),
     ("член КП Германии", "foreign_communist"), ("член редакции", None),
     ("кандидат в члены ЦК ВКП(б)", None), ("член бюро КСК при СНК СССР", None)],
)  # fmt: skip
def test_party_membership_is_not_a_post(words, key):
    assert next((k for k, begin in parties() if begin.match(words)), None) == key


OWN = """
import byname.records as records
from byname.sources.entry import Entry
raw = "Примеров Иван Иванович, род. 1897, в с.Пробное, пробнец, б/п, токарь."
record = records.read(Entry(raw, "line 1", "paragraph"))
print(records.reader_version(), record.values.get("nationality"))
"""


def read_with(folder):
    env = os.environ | {"BYNAME_VOCABULARY": str(folder) if folder else ""}
    done = subprocess.run(
        [sys.executable, "-c", OWN], env=env, capture_output=True, text=True, check=False
    )
    return done.stdout.split(), done.stderr


def test_a_historian_adds_a_word_without_touching_the_package(tmp_path):
    (tmp_path / "nationalities.yaml").write_text(
        "sample: {en: Sample, ru: [пробнец]}", encoding="utf-8"
    )
    (before, nothing), _ = read_with(None)
    (after, found), _ = read_with(tmp_path)
    assert (nothing, found) == ("None", "пробнец")
    assert before != after  # archives know that they must read again


def test_a_folder_that_is_not_there_is_named(tmp_path):
    _, said = read_with(tmp_path / "nowhere")
    assert "BYNAME_VOCABULARY names" in said
