"""Write the lists of ``src/byname/sample`` from its table of facts.

Every value that stands in a list stands in ``facts.csv`` with the source it was taken from.
To correct one, change its row there and run ``python tools/build_sample.py``.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLE = Path(__file__).resolve().parents[1] / "src" / "byname" / "sample"
COMMITTEE = "central_committee_1934.csv"
COMMAND = "high_command_1935.tsv"
WRITERS = "writers_scholars_clergy.txt"
CERTIFICATES = "military_collegium_certificates.yaml"
WIKI = "open_list_style.xml"
FILE_OF = {"cc": COMMITTEE, "hc": COMMAND, "wr": WRITERS, "mc": CERTIFICATES, "ol": WIKI}
NAMES = ("fio", "surname", "given", "patronymic")


@dataclass(frozen=True, slots=True)
class Fact:
    """One value, the source it was taken from and the lists it stands in."""

    person: str
    field: str
    value: str
    source: str
    status: str
    lists: tuple[str, ...]
    note: str


@dataclass(slots=True)
class Row:
    """What one list says about one person."""

    person: str
    facts: dict[str, Fact] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return the value of a field, or an empty string."""
        fact = self.facts.get(name)
        return fact.value if fact else ""

    def name(self) -> str:
        """Return the name the row is sorted by."""
        return " ".join(self.get(part) for part in NAMES if self.get(part))

    def woman(self) -> bool:
        """Tell whether the name or the nationality is grammatically feminine."""
        words = self.name().split()
        return self.get("nationality").endswith("ка") or any(w.endswith("вна") for w in words)

    def confirmed(self) -> bool:
        """Tell whether every value of the row was seen in its source."""
        return all(fact.status == "confirmed" for fact in self.facts.values())


def read_facts(folder: Path = SAMPLE) -> list[Fact]:
    """Read ``facts.csv``."""
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as file:
        return [
            Fact(
                row["person"], row["field"], row["value"], row["source"], row["status"],
                tuple(row["lists"].split()), row["note"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def rows_of(facts: Iterable[Fact], code: str) -> list[Row]:
    """Return the rows of a list, by name.

    Raises:
        ValueError: a list would hold two values of one field for one person.

    """
    rows: dict[str, Row] = {}
    for fact in facts:
        if code in fact.lists:
            row = rows.setdefault(fact.person, Row(fact.person))
            if fact.field in row.facts:
                raise ValueError(f"{fact.person}: two values of {fact.field} in list {code}")
            row.facts[fact.field] = fact
    return sorted(rows.values(), key=lambda row: (row.name().replace("ё", "е"), row.person))


def russian_date(iso: str, *, padded: bool = True) -> str:
    """Return ``1937-06-12`` as the lists write it: 12.06.1937 (or 1.02.1937 unpadded)."""
    parts = iso.split("-")[::-1]
    if not padded and len(parts) == 3:
        parts[0] = str(int(parts[0]))
    return ".".join(parts)


def sources_of(row: Row) -> str:
    """Return the sources of a row, each once, in the order of its facts."""
    return " | ".join(dict.fromkeys(fact.source for fact in row.facts.values()))


def notes_of(row: Row) -> str:
    """Return the notes of a row with the names of the values nobody has confirmed yet."""
    notes = [f"{fact.field}: {fact.note}" for fact in row.facts.values() if fact.note]
    open_ = [fact.field for fact in row.facts.values() if fact.status != "confirmed"]
    return "; ".join(notes + ([f"не сверено: {', '.join(open_)}"] if open_ else []))


COMMITTEE_FIELDS = (
    "surname", "given", "patronymic", "birth_date", "occupation", "seat", "arrest_date",
    "sentence_date", "execution_date", "death_date", "rehabilitation_date",
)  # fmt: skip


def committee(rows: Sequence[Row]) -> tuple[str, list[str]]:
    """Return the table of the Central Committee and the locators of its rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", *COMMITTEE_FIELDS, "fate_note", "fact_source", "confirmed", "note"])
    locators = []
    for number, row in enumerate(rows, 1):
        locators.append(f"CC-{number:03d}")
        values = [row.get(name) for name in COMMITTEE_FIELDS]
        sure = "да" if row.confirmed() else "частично"
        writer.writerow(
            [locators[-1], *values, row.get("fate"), sources_of(row), sure, notes_of(row)]
        )
    return out.getvalue(), locators


COMMAND_COLUMNS = {
    "фамилия": "surname", "имя": "given", "отчество": "patronymic",
    "дата рождения": "birth_date", "звание": "rank", "должность": "occupation",
    "дата ареста": "arrest_date", "дата осуждения": "sentence_date",
    "дата расстрела": "execution_date", "дата смерти": "death_date",
    "реабилитирован": "rehabilitation_date",
}  # fmt: skip


def command(rows: Sequence[Row]) -> tuple[str, list[str]]:
    """Return the table of the high command and the locators of its rows."""
    lines = ["\t".join(["№", *COMMAND_COLUMNS, "источник сведений", "подтверждено"])]
    for number, row in enumerate(rows, 1):
        cells = [
            russian_date(row.get(name)) if name.endswith("_date") else row.get(name)
            for name in COMMAND_COLUMNS.values()
        ]
        sure = "да" if row.confirmed() else f"частично ({notes_of(row)})"
        lines.append("\t".join([str(number), *cells, sources_of(row), sure]))
    return "\n".join(lines) + "\n", [str(n) for n in range(1, len(rows) + 1)]


def verdict(row: Row, *, padded: bool) -> str:
    """Return "Приговор: ВК ВС СССР, 11.06.1937 – ВМН", as much of it as is known."""
    date = row.get("sentence_date")
    head = ", ".join(
        part
        for part in (row.get("sentencing_body"), date and russian_date(date, padded=padded))
        if part
    )
    if not row.get("sentence") and not row.get("sentencing_body"):
        return f"{'Осуждена' if row.woman() else 'Осужден'} {head}" if head else ""
    return "Приговор: " + " – ".join(part for part in (head, row.get("sentence")) if part)


def dated(row: Row, verb: str, name: str, *, padded: bool) -> str:
    """Return "Арестован 22.05.1937" in the person's gender, or an empty string."""
    value = row.get(name)
    if not value:
        return ""
    where = "в " if len(value) == 4 else ""
    ending = "а" if row.woman() else ""
    if verb == "Умер" and ending:
        verb, ending = "Умерла", ""
    return f"{verb}{ending} {where}{russian_date(value, padded=padded)}"


def sentences(parts: Iterable[str]) -> str:
    """Join the parts that are not empty, each closed with one full stop."""
    return " ".join(part if part.endswith(".") else part + "." for part in parts if part)


def paragraph(row: Row) -> str:
    """Return one person as a book of memory prints them."""
    life = [
        row.get("fio"),
        f"род. {russian_date(row.get('birth_date'), padded=False)}",
        row.get("birth_place"),
        row.get("nationality"),
        row.get("party"),
        row.get("occupation"),
    ]
    died = dated(row, "Умер", "death_date", padded=False)
    burial = row.get("burial_place")
    return sentences(
        [
            ", ".join(part for part in life if part),
            dated(row, "Арестован", "arrest_date", padded=False),
            verdict(row, padded=False),
            dated(row, "Расстрелян", "execution_date", padded=False),
            ", ".join(part for part in (died, row.get("death_place")) if part) if died else "",
            f"Место захоронения: {burial}" if burial else "",
            dated(row, "Реабилитирован", "rehabilitation_date", padded=False),
        ]
    )


def writers(rows: Sequence[Row]) -> tuple[str, list[str]]:
    """Return the paragraphs, one person a line, and their locators."""
    lines = [paragraph(row) for row in rows]
    return "\n".join(lines) + "\n", [f"line {n}" for n in range(1, len(lines) + 1)]


def certificate(row: Row) -> list[str]:
    """Return the lines of a certificate as the Stalin lists have them."""
    origin = [f"Род. в {row.get('birth_date')}", row.get("birth_place"), row.get("nationality")]
    if row.get("education"):
        origin.append(f"обр.: {row.get('education')}")
    origin.append(row.get("party"))
    home, post = row.get("residence"), row.get("occupation")
    lived = "Проживала" if row.woman() else "Проживал"
    place = row.get("death_place")
    end = dated(row, "Расстрелян", "execution_date", padded=True) or dated(
        row, "Умер", "death_date", padded=True
    )
    rehabilitated = dated(row, "Реабилитирован", "rehabilitation_date", padded=True)
    body = row.get("rehabilitation_body")
    if rehabilitated and body:
        rehabilitated = rehabilitated.replace(" ", f" {body} ", 1)
    lines = [
        sentences(
            [
                ", ".join(part for part in origin if part),
                f"{lived}: {home}" if home else "",
                post[:1].upper() + post[1:],
            ]
        ),
        sentences(
            [
                dated(row, "Арестован", "arrest_date", padded=True),
                verdict(row, padded=True),
                ", ".join(part for part in (end, place) if part),
            ]
        ),
        rehabilitated,
    ]
    return [line for line in lines if line]


def certificates(rows: Sequence[Row]) -> tuple[str, list[str]]:
    """Return the certificates as YAML and their locators (file#number)."""
    out, locators = [], []
    for number, row in enumerate(rows, 1):
        name = f"BN-{number:04d}"
        locators.append(f"{Path(CERTIFICATES).stem}#{name}")
        year = (row.get("execution_date") or row.get("death_date"))[:4]
        out += [
            f"- spravka_old_id: {name}",
            f"  repryear: {year}",
            f"  fio: {row.get('fio')}",
            "  source: Выборка By Name по опубликованным фактам",
            "  spravka: |-",
            *(f"    {line}" for line in certificate(row)),
        ]
    return "\n".join(out) + "\n", locators


PERSON_PARAMETERS = {
    "фото": "", "варианты ФИО": "other_names", "дата рождения": "birth_date",
    "год рождения": "", "место рождения": "birth_place", "пол": "", "возраст": "",
    "национальность": "nationality", "гражданство (подданство)": "",
    "социальное происхождение": "", "образование": "education",
    "профессия / место работы": "occupation", "место проживания": "residence",
    "партийность": "party",
}  # fmt: skip
CASE_PARAMETERS = {
    "где и кем арестован": "", "мера пресечения": "", "дата ареста": "arrest_date",
    "обвинение": "", "осуждение": "sentence_date", "осудивший орган": "sentencing_body",
    "статья": "articles", "приговор": "sentence", "место отбывания": "served_at",
}  # fmt: skip
END_PARAMETERS = {
    "расстрел": "execution_date", "дата смерти": "death_date", "год смерти": "",
    "место смерти": "death_place", "место захоронения": "burial_place",
}  # fmt: skip


def wiki_value(row: Row, name: str) -> str:
    """Return a value as the template writes it."""
    value = row.get(name) if name else ""
    return russian_date(value) if "_date" in name else value


def parameters(row: Row, *, old: bool) -> list[tuple[str, str]]:
    """Return the template's parameters: the old layout has all, the new only filled ones."""
    pairs = [(label, wiki_value(row, name)) for label, name in PERSON_PARAMETERS.items()]
    for number in (1, 2, 3):
        mark = "" if number == 1 else f"_{number}"
        for label, name in CASE_PARAMETERS.items():
            pairs.append((f"{label} {number}", wiki_value(row, name + mark) if name else ""))
    pairs += [(label, wiki_value(row, name)) for label, name in END_PARAMETERS.items()]
    second = wiki_value(row, "rehabilitation_date_2")
    first = wiki_value(row, "rehabilitation_date")
    one_case = old and not second
    pairs.append(("реабилитация", first if one_case else ""))
    pairs.append(("реабилитирующий орган", ""))
    pairs.append(("архивное дело", ""))
    pairs.append(("источники данных", "Выборка By Name по опубликованным фактам"))
    if not one_case:
        pairs += [("дата реабилитации 1", first), ("дата реабилитации 2", second)]
    return pairs if old else [(label, value) for label, value in pairs if value]


def wikitext(row: Row, *, old: bool) -> str:
    """Return a page in the template of the Open List."""
    lines = [f"|{label}={value}" for label, value in parameters(row, old=old)]
    body = "\n".join(["{{Шаблон:Формуляр", *lines, "}}"])
    return f"{body}\n\n[[Категория:Выборка By Name]]\n\n==Биография==\n"


def block(title: str, page: int, revision: int, text: str) -> str:
    """Return one ``<page>`` block with one revision."""
    redirect = ""
    if text.startswith("#"):
        target = text.split("[[")[1].split("]]", maxsplit=1)[0]
        redirect = f'    <redirect title="{escape(target)}" />\n'
    day = revision % 27 + 1
    return (
        f"  <page>\n    <title>{escape(title)}</title>\n    <ns>0</ns>\n    <id>{page}</id>\n"
        f"{redirect}    <revision>\n      <id>{revision}</id>\n"
        f"      <timestamp>2026-11-{day:02d}T00:00:00Z</timestamp>\n"
        "      <contributor><username>By Name</username><id>1</id></contributor>\n"
        "      <model>wikitext</model>\n      <format>text/x-wiki</format>\n"
        f'      <text xml:space="preserve">{escape(text)}</text>\n'
        "    </revision>\n  </page>\n"
    )


WIKI_HEAD = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" '
    'xml:lang="ru">\n  <siteinfo>\n    <sitename>Выборка By Name</sitename>\n'
    "    <dbname>byname_sample</dbname>\n    <case>first-letter</case>\n    <namespaces>\n"
    '      <namespace key="0" case="first-letter" />\n    </namespaces>\n  </siteinfo>\n'
)
REDIRECT_FROM = "Вогау Борис Андреевич"
REDIRECT_TO = "pilnyak_boris"


def earlier(row: Row, wrong: Mapping[str, Fact]) -> Row:
    """Return the row as its earlier revision had it, with the date since corrected."""
    gone = ("sentence_date", "execution_date")
    kept = {name: fact for name, fact in row.facts.items() if name not in gone}
    return Row(row.person, {**kept, **wrong})


def wiki(rows: Sequence[Row], before: Mapping[str, Row]) -> tuple[str, list[str]]:
    """Return the export, newest revision first, and the locators of its pages."""
    blocks: list[tuple[int, str]] = []
    pages = []
    for number, row in enumerate(rows, 1):
        page, old = 100 + number, number % 2 == 0
        pages.append(f"page id {page}")
        title = f"{row.get('fio')} ({row.get('birth_date')[:4]})"
        blocks.append((5000 + number, block(title, page, 5000 + number, wikitext(row, old=old))))
        if row.person in before:
            past = wikitext(earlier(row, before[row.person].facts), old=True)
            blocks.append((1000 + number, block(title, page, 1000 + number, past)))
        if row.person == REDIRECT_TO:
            alias = f"{REDIRECT_FROM} ({row.get('birth_date')[:4]})"
            text = f"#ПЕРЕНАПРАВЛЕНИЕ [[{title}]]"
            blocks.append((3000, block(alias, 100, 3000, text)))
    body = "".join(text for _, text in sorted(blocks, reverse=True))
    return f"{WIKI_HEAD}{body}</mediawiki>\n", pages


def build(facts: Sequence[Fact]) -> dict[str, str]:
    """Return every generated file of the sample: its name and its text."""
    before = {row.person: row for row in rows_of(facts, "ol-old")}
    makers: dict[str, Callable[[Sequence[Row]], tuple[str, list[str]]]] = {
        "cc": committee,
        "hc": command,
        "wr": writers,
        "mc": certificates,
        "ol": lambda rows: wiki(rows, before),
    }
    files: dict[str, str] = {}
    truth = ["list,locator,person"]
    for code, make in makers.items():
        rows = rows_of(facts, code)
        text, locators = make(rows)
        files[FILE_OF[code]] = text
        truth += [
            f"{FILE_OF[code]},{locator},{row.person}"
            for locator, row in zip(locators, rows, strict=True)
        ]
    files["truth.csv"] = "\n".join(truth) + "\n"
    return files


def main() -> int:
    """Write the files and say how much stands in them."""
    for name, text in build(read_facts()).items():
        (SAMPLE / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}: {text.count(chr(10))} lines\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
