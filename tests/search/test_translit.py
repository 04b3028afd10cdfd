"""Latin spellings of all traditions lead back to the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byname.names.forms import fold, masculine, sound_key
from byname.names.translit import is_latin, likely_reading, read_latin, readings

SPELLINGS = {
    "Тухачевский": (
        "Tukhachevsky", "Tukhachevskiy", "Tuhachevskii", "Tuchatschewski", "Tuchaczewski",
        "Toukhatchevski", "Tuhačevskij", "Tukhachevskii",
    ),
    "Жуков": ("Zhukov", "Schukow", "Shukow", "Żukow", "Joukov", "Žukov"),
    "Гиттис": ("Gittis", "Hittis"),
    "Михайлович": (
        "Mikhailovich", "Mihajlowitsch", "Michajłowicz", "Mikhaïlovitch", "Mihajlovič",
        "Michailowitsch", "Mikhaylovich",
    ),
    "Бухарин": ("Bukharin", "Bucharin", "Boukharine", "Buharin"),
    "Зиновьев": ("Zinoviev", "Sinowjew", "Zinowiew", "Zinov'ev", "Zinovyev"),
    "Ежов": ("Yezhov", "Jeschow", "Jeżow", "Iejov", "Ežov", "Ezhov"),
    "Щербаков": ("Shcherbakov", "Schtscherbakow", "Szczerbakow", "Chtcherbakov"),
    "Цветаева": ("Tsvetaeva", "Zwetajewa", "Cwietajewa", "Tsvetayeva"),
    "Хрущёв": ("Khrushchev", "Chruschtschow", "Chruszczow", "Khrouchtchev"),
    "Яков": ("Yakov", "Jakow", "Iakov", "Jakov"),
    "Мейерхольд": ("Meyerhold", "Meierhold", "Mejerchold"),
    "Чернышевский": ("Chernyshevsky", "Tschernyschewski", "Czernyszewski", "Tchernychevski"),
    "Юрий": ("Yuri", "Juri", "Iouri", "Jurij", "Yury"),
    "Троцкий": ("Trotsky", "Trotzki", "Trocki", "Trotski", "Trockij"),
}  # fmt: skip
PAIRS = [(name, latin) for name, spellings in SPELLINGS.items() for latin in spellings]


@pytest.mark.parametrize(("name", "latin"), PAIRS)
def test_a_reading_sounds_like_the_name(name, latin):
    assert sound_key(name) in {sound_key(reading) for reading in readings(latin)}


ALIKE = [
    ("Семёнов", "Семенов"), ("Андрей", "Андреи"), ("Ѳедоровъ", "Федоров"),
    ("Тухачевська", "Тухачевский"),
    ("Иванова", "Иванов"), ("Чайковская", "Чайковский"), ("Белая", "Белый"), ("Гиттис", "Гитис"),
    ("Олександр", "Александр"), ("Городецкий", "Городетский"), ("Туполев", "Туполеф"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_one_name_sound_alike(one, other):
    assert sound_key(one) == sound_key(other)


DIFFERENT = [("Иванов", "Петров"), ("Бухарин", "Бударин"), ("Ким", "Пак"), ("Рыков", "Рыбаков")]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_names_do_not(one, other):
    assert sound_key(one) != sound_key(other)


def test_short_names_keep_their_ending():
    assert masculine("анна") == "анна"
    assert masculine("иванова") == "иванов"


def test_scripts():
    assert is_latin("Żukow")
    assert not is_latin("Жуков")
    assert not is_latin("Hиколай")
    assert read_latin("Joukov", "French") == "жуков"
    assert likely_reading("Tuchatschewski") == "тухачевски"


@given(st.text(max_size=40))
def test_no_text_breaks_the_keys(text):
    key = sound_key(text)
    assert key.isascii()
    assert fold(fold(text)) == fold(text) or not text.isascii()
    for reading in readings(text):
        assert isinstance(sound_key(reading), str)
