"""What the keys of a tally are called, in the reader's language."""

from __future__ import annotations

from byname.counts.choices import labels
from byname.vocabulary import table

_RU = {
    "sex": {"male": "мужчины", "female": "женщины"},
    "party": {
        "none": "беспартийные",
        "communist": "члены ВКП(б)",
        "candidate": "кандидаты в члены ВКП(б)",
        "former": "исключённые и бывшие члены",
        "komsomol": "комсомольцы",
        "socialist_revolutionary": "эсеры",
        "social_democrat": "социал-демократы",
        "anarchist": "анархисты",
        "foreign_communist": "члены иностранных компартий",
        "other": "члены других партий",
    },
    "body": {
        "special_board": "Особое совещание",
        "commission": "Комиссия НКВД и Прокурора СССР",
        "special_troika": "Особая тройка",
        "troika": "Тройка",
        "military_collegium": "Военная коллегия Верховного суда СССР",
        "military_tribunal": "Военный трибунал",
        "ogpu_collegium": "Коллегия ОГПУ",
        "special_collegium": "Спецколлегия суда",
        "camp_court": "Лагерный суд",
        "supreme_court": "Верховный суд",
        "cheka": "ВЧК",
        "transport_court": "Линейный суд",
        "regional_court": "Областной суд",
        "peoples_court": "Народный суд",
        "local_soviet": "Совет или его исполком",
        "security_organs": "Органы ОГПУ",
        "procuracy": "Прокуратура",
        "court": "Суд",
    },
    "occupation": {
        "clergy": "духовенство и монашество",
        "nkvd": "НКВД, милиция, охрана лагерей",
        "none": "пенсионеры, домохозяйки, без занятий",
        "student": "студенты и учащиеся",
        "military": "военные",
        "railway": "железнодорожники",
        "arts": "писатели, художники, печать",
        "medicine": "врачи и медики",
        "teaching": "учителя и учёные",
        "engineer": "инженеры, техники, агрономы",
        "official": "партийные и советские работники",
        "trade": "торговля и снабжение",
        "peasant": "крестьяне и колхозники",
        "craft": "кустари и ремесленники",
        "service": "сторожа, возчики, обслуга",
        "worker": "рабочие",
        "manager": "руководители предприятий и учреждений",
        "employee": "служащие",
    },
    "fate": {
        "executed": "расстреляны",
        "died_in_custody": "умерли в заключении",
        "died": "умерли",
        "released": "освобождены или дело прекращено",
        "sentenced_to_death": "приговорены к расстрелу, о казни не сказано",
    },
}


def label(language: str, axis: str, key: str) -> str:
    """Return the name of a key; the key itself where it has no other."""
    if axis == "age":
        return _age(key) if language == "ru" else key.replace("-", "–")
    if axis == "region":
        return key  # named as in 1937-38, in Russian, where a translation would be a guess
    if language == "en":
        return labels(axis).get(key, key)
    if axis == "nationality":
        forms = table("nationalities").get(key, {}).get("ru")
        return str(forms[0]) if forms else key
    return _RU.get(axis, {}).get(key, key)


def _age(key: str) -> str:
    if key.startswith("under "):
        return f"до {key.removeprefix('under ')}"
    if key.endswith(" and over"):
        return f"{key.removesuffix(' and over')} и старше"
    return key.replace("-", "–")
