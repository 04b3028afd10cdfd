"""The words of the pages, English and Russian. What the evidence says stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "ru")

SIGNS = {
    "supported": "✓",
    "imprecise": "≈",
    "contested": "⇄",
    "contradicted": "✗",
    "uncheckable": "?",
}
"""A verdict at a glance, beside colour and line."""

ORDER = ("supported", "imprecise", "contested", "contradicted", "uncheckable")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: of the page, of the verdicts, and what the verdicts mean."""

    says: dict[str, str]
    verdicts: dict[str, str]
    explained: dict[str, str]


_EN = Words(
    says={
        "heading": "What this text says, claim by claim",
        "none": "Nothing was found in this text that the evidence base could speak to.",
        "count": "Statements found: {n}.",
        "text": "The text",
        "notes": "Notes",
        "legend": "How to read the verdicts",
        "computed": "Worked out",
        "suggestion": "Could be put",
        "evidence": "Evidence",
        "unconfirmed": "not yet confirmed",
        "unconfirmed_note": "“Not yet confirmed”: the row was entered from memory or from a copy; "
        "nobody has seen it in the work named yet. Look it up before you rely on it.",
        "back": "back to the text",
        "about": "About this page",
        "rests": "Checked with By Name {version} against its evidence base of {dated}: {rows} "
        "rows, {unconfirmed} of them not yet confirmed, fingerprint {fingerprint}.",
        "own": "Rows of one’s own were added from {own}.",
        "archive": "The lists of the archive {archive} were asked as well. Lists are partial: they "
        "bear witness to those they name and cannot show how many there were.",
        "offline": "Everything was done on one computer, without the internet and without a "
        "language model. The text was sent nowhere; the same text gives the same page.",
        "care": "A program compared numbers, dates, names and wordings. It does not weigh an "
        "argument, and it may have misread a sentence: where it matters, open the work it cites.",
    },
    verdicts={
        "supported": "supported",
        "imprecise": "imprecise",
        "contested": "contested",
        "contradicted": "contradicted",
        "uncheckable": "uncheckable",
    },
    explained={
        "supported": "A published source says the same of the same people, place and time.",
        "imprecise": "The right matter with a wrong detail: a day or a digit off, another span "
        "of time, a part taken for the whole. It can be put right.",
        "contested": "Specialists differ, or the number depends on what one counts. Say whose "
        "view it is.",
        "contradicted": "The published sources say otherwise: another number, day, person or "
        "course of events.",
        "uncheckable": "Nothing in the evidence base bears on it. That says neither that it is "
        "true nor that it is false.",
    },
)

_RU = Words(
    says={
        "heading": "Что утверждает этот текст: по пунктам",
        "none": "В этом тексте не нашлось ничего, о чём могла бы судить база сведений.",
        "count": "Найдено утверждений: {n}.",
        "text": "Текст",
        "notes": "Примечания",
        "legend": "Как понимать оценки",
        "computed": "Расчёт",
        "suggestion": "Можно написать",
        "evidence": "Основания",
        "unconfirmed": "ещё не сверено",
        "unconfirmed_note": "«Ещё не сверено»: строка внесена по памяти или по пересказу, в самом "
        "источнике её пока никто не видел. Прежде чем ссылаться, проверьте.",
        "back": "к тексту",
        "about": "Об этой странице",
        "rests": "Проверено программой By Name {version} по её базе сведений от {dated}: строк — "
        "{rows}, из них ещё не сверено — {unconfirmed}, отпечаток {fingerprint}.",
        "own": "Добавлены собственные строки из {own}.",
        "archive": "Учтены и списки архива {archive}. Списки неполны: они свидетельствуют о тех, "
        "кого называют, но не показывают, сколько людей было всего.",
        "offline": "Всё сделано на одном компьютере, без интернета и без языковой модели. Текст "
        "никуда не отправлялся; тот же текст даёт ту же страницу.",
        "care": "Программа сравнила числа, даты, имена и формулировки. Она не взвешивает доводы и "
        "могла неверно понять фразу: в важном случае откройте работу, на которую она ссылается. "
        "Пояснения и строки базы — на английском языке.",
    },
    verdicts={
        "supported": "подтверждается",
        "imprecise": "неточно",
        "contested": "спорно",
        "contradicted": "противоречит источникам",
        "uncheckable": "не проверить",
    },
    explained={
        "supported": "Опубликованный источник говорит то же о тех же людях, месте и времени.",
        "imprecise": "Речь о том самом, но с ошибкой в подробности: не тот день или цифра, другой "
        "отрезок времени, часть вместо целого. Это можно исправить.",
        "contested": "Специалисты расходятся, или число зависит от того, что считать. Назовите, "
        "чьё это мнение.",
        "contradicted": "Опубликованные источники говорят другое: иное число, день, лицо или ход "
        "событий.",
        "uncheckable": "В базе нет ничего об этом. Это не значит ни что это верно, ни что неверно.",
    },
)


def words_for(language: str) -> Words:
    """Return the words of a language, English for one that has none."""
    return _RU if language == "ru" else _EN


def language_of(text: str) -> str:
    """Return "ru" for a text mostly in Cyrillic letters, else "en"."""
    letters = [letter for letter in text if letter.isalpha()]
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    return "ru" if letters and cyrillic * 2 > len(letters) else "en"
