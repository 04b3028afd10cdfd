"""How fast an Open List export is streamed, beside xml.etree.iterparse on the same bytes.

    python benchmarks/openlist_import.py write FOLDER --pages 300000 --blocks 1600000 --pack bz2 7z
    python benchmarks/openlist_import.py time FOLDER/openlist-300000.xml
    python benchmarks/openlist_import.py compare FOLDER/openlist-10000.xml
    python benchmarks/openlist_import.py all --pages 20000 --blocks 100000

The export is synthetic and says so on every page. Its shape is that of the real dump: each
revision a ``<page>`` block of its own, newest first, scattered over the whole file.
"""

from __future__ import annotations

import argparse
import bz2
import itertools
import random
import resource
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from byname.sources import Entry, open_list

SOURCE = "Синтетический список (By Name)"
SURNAMES = ("Алсуб", "Бервад", "Вомир", "Гутань", "Дорвек", "Елмас", "Жудор", "Зимгал", "Икреб",
            "Кортул", "Лумав", "Мерзул", "Нолбак", "Опрет", "Пудрен", "Рилмат", "Сторвин",
            "Тулмар", "Узгоб", "Фербул", "Хомрад", "Чудрил", "Шолмек", "Юрвин")  # fmt: skip
ENDINGS = (("ов", "ова"), ("ин", "ина"), ("ский", "ская"), ("енко", "енко"), ("ян", "ян"))
MEN = ("Иван", "Петр", "Николай", "Василий", "Михаил", "Федор", "Ибрагим", "Карл", "Ян", "Моисей")
WOMEN = ("Мария", "Анна", "Евдокия", "Прасковья", "Фатима", "Эмма", "Ольга", "Елена")
FATHERS = ("Иванов", "Петров", "Николаев", "Васильев", "Федоров", "Карлов", "Ильдаров", "Яковлев")
PLACES = ("Рязанская обл., дер. Синтетическая", "г. Примерск", "Мордовия, с. Пробное",
          "Алтайский кр., пос. Образцовый", "Ленинградская обл., хут. Учебный")  # fmt: skip
PARTIES = ("б/п", "член ВКП(б)", "кандидат в члены ВКП(б)")
COURTS = ("тройка при УНКВД", "ВК ВС СССР", "Особое совещание при НКВД СССР", "облсуд")
SENTENCES = ("ВМН", "10 лет ИТЛ", "5 лет ссылки", "дело прекращено", "3 года лишения свободы")
EMPTY = ("фото", "варианты ФИО", "год рождения", "возраст", "гражданство (подданство)",
         "социальное происхождение", "образование", "расстрел", "дата смерти", "год смерти",
         "место смерти", "реабилитирующий орган", "основания реабилитации",
         "архивное дело")  # fmt: skip
OPENING = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="ru">\n'
    "  <siteinfo>\n    <sitename>Синтетическая вики (By Name)</sitename>\n  </siteinfo>\n"
)


def person(page: int) -> tuple[str, str]:
    """Return the title and the wikitext of a page about an invented person."""
    rng = random.Random(page)
    woman = rng.random() < 0.2
    stem, pair = rng.choice(SURNAMES), rng.choice(ENDINGS)
    given = rng.choice(WOMEN if woman else MEN)
    father = rng.choice(FATHERS) + ("на" if woman else "ич")
    born = rng.randint(1870, 1918)
    title = f"{stem}{pair[woman]} {given} {father} ({born}) [{page}]"
    values = {
        "дата рождения": str(born),
        "место рождения": rng.choice(PLACES),
        "пол": "женщина" if woman else "мужчина",
        "партийность": rng.choice(PARTIES),
        "профессия / место работы": "рабочий",
        "место проживания": rng.choice(PLACES),
    }
    for case in range(1, rng.choice((1, 1, 1, 1, 2, 2, 3)) + 1):
        year = 1929 + 4 * case + rng.randint(0, 3)
        values[f"дата ареста {case}"] = f"{rng.randint(1, 28):02}.{rng.randint(1, 6):02}.{year}"
        values[f"осуждение {case}"] = f"{rng.randint(1, 28):02}.{rng.randint(7, 12):02}.{year}"
        values[f"осудивший орган {case}"] = rng.choice(COURTS)
        values[f"статья {case}"] = rng.choice(("58-10", "58-6, 58-11", "58-1а"))
        values[f"приговор {case}"] = rng.choice(SENTENCES)
    values["источники данных"] = SOURCE
    old = rng.random() < 0.4
    if old:
        for name in EMPTY:
            values.setdefault(name, "")
        for case, name in itertools.product((1, 2, 3), ("мера пресечения", "место отбывания")):
            values[f"{name} {case}"] = ""
    note = f"Синтетическая запись & проверка <{page}>. " * rng.randint(1, 12)
    body = "".join(f"|{name}={value}\n" for name, value in values.items())
    return (
        title,
        f"{{{{Шаблон:Формуляр\n{body}}}}}\n\n[[Категория:{SOURCE}]]\n\n==Биография==\n{note}",
    )


def page_text(page: int) -> tuple[str, int, str]:
    """Return title, namespace and wikitext; a few pages are not about people."""
    kind = page % 50
    if kind == 7:
        return f"Перенаправление {page}", 0, f"#ПЕРЕНАПРАВЛЕНИЕ [[Страница {page - 1}]] {SOURCE}"
    if kind == 13:
        return f"Обсуждение:Страница {page}", 1, f"Обсуждение. {SOURCE}"
    if kind == 29:
        return f"Страница {page}", 0, f"Без формуляра. {SOURCE}"
    title, text = person(page)
    return title, 0, text


def block(page: int, revision: int, version: int) -> str:
    """Return a ``<page>`` element with one revision, as in the dump."""
    title, namespace, text = page_text(page)
    redirect = '    <redirect title="Страница" />\n' if page % 50 == 7 else ""
    return (
        f"  <page>\n    <title>{escape(title)}</title>\n    <ns>{namespace}</ns>\n"
        f"    <id>{page}</id>\n{redirect}    <revision>\n      <id>{revision}</id>\n"
        f"      <timestamp>2017-03-01T09:24:20Z</timestamp>\n      <contributor>\n"
        f"        <username>Synthetic</username>\n        <id>1</id>\n      </contributor>\n"
        f'      <text xml:space="preserve">{escape(text)}\n&lt;!-- версия {version} --&gt;</text>\n'
        f"    </revision>\n  </page>\n"
    )


def plan(pages: int, blocks: int, seed: int) -> Iterator[tuple[int, int, int]]:
    """Yield (page, revision, version), the newest of a page first, all scattered."""
    rng = random.Random(seed)
    owners = list(range(1, pages + 1)) + [rng.randint(1, pages) for _ in range(blocks - pages)]
    rng.shuffle(owners)
    seen: dict[int, int] = {}
    for position, page in enumerate(owners):
        seen[page] = seen.get(page, 0) + 1
        yield page, 10_000_000 + blocks - position, seen[page]


def write(folder: Path, pages: int, blocks: int, pack: list[str], seed: int = 1) -> Path:
    """Write the export to ``folder``; return the path of its XML."""
    path = folder / f"openlist-{pages}.xml"
    with path.open("w", encoding="utf-8") as out:
        out.write(OPENING)
        for page, revision, version in plan(pages, blocks, seed):
            out.write(block(page, revision, version))
        out.write("</mediawiki>\n")
    if "bz2" in pack:
        with path.open("rb") as data, bz2.open(f"{path}.bz2", "wb", 5) as packed:
            while chunk := data.read(1 << 22):
                packed.write(chunk)
    if "7z" in pack:
        import py7zr

        filters = [{"id": py7zr.FILTER_LZMA2, "preset": 1}]
        with py7zr.SevenZipFile(f"{path}.7z", "w", filters=filters) as archive:
            archive.write(path, path.name)
    return path


def peak_memory() -> float:
    """Return the most megabytes this process ever held."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def stream(path: Path) -> dict[str, float]:
    """Read the export to its end and say what it took."""
    began, spent = time.perf_counter(), time.process_time()
    entries = other = 0
    with open_list(path) as reader:
        for item in reader:
            if isinstance(item, Entry):
                entries += 1
            else:
                other += 1
        stats = dict(reader.stats)
    return {
        "seconds": time.perf_counter() - began, "cpu": time.process_time() - spent,
        "entries": entries, "rejected": other, "megabytes": path.stat().st_size / 1e6,
        "rss": peak_memory(),
        **stats,
    }  # fmt: skip


def peer(path: Path) -> tuple[float, int]:
    """Read the export with iterparse, keeping the highest revision of each page id."""
    began = time.perf_counter()
    best: dict[str, tuple[int, str]] = {}
    for _, element in ET.iterparse(path):
        if element.tag.rpartition("}")[2] != "page":
            continue
        space = element.tag.rpartition("}")[0] + "}"
        page = element.findtext(f"{space}id") or ""
        for revision in element.iter(f"{space}revision"):
            number = int(revision.findtext(f"{space}id") or 0)
            if number > best.get(page, (-1, ""))[0]:
                best[page] = number, revision.findtext(f"{space}text") or ""
        element.clear()
    return time.perf_counter() - began, len(best)


def report(path: Path) -> None:
    """Print one row of the table."""
    took = stream(path)
    rate = took["revisions"] / took["seconds"]
    print(
        f"{path.name:32} {took['megabytes']:8.0f} MB  {took['revisions']:9,.0f} blocks  "
        f"{took['entries']:8,.0f} entries  {took['rejected']:7,.0f} rejected  "
        f"{took['seconds']:7.1f} s  {took['cpu']:7.1f} s cpu  {rate:9,.0f} blocks/s  "
        f"{took['rss']:5.0f} MB"
    )


def compare(path: Path) -> None:
    """Print our time beside the peer's on the same file."""
    report(path)
    seconds, found = peer(path)
    ours = stream(path)["seconds"]
    times = seconds / ours
    print(f"{'xml.etree.iterparse':32} {found:9,} pages  {seconds:7.1f} s  = {times:.1f} x ours")


def everything(pages: int, blocks: int) -> None:
    """Write an export in all three packings, time each in a process of its own, compare."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), pages, blocks, ["bz2", "7z"])
        for suffix in ("", ".bz2", ".7z"):
            subprocess.run([sys.executable, __file__, "time", f"{path}{suffix}"], check=True)
        compare(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("write", "time", "compare", "all"))
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--blocks", type=int, default=100_000)
    parser.add_argument("--pack", nargs="*", default=[])
    given = parser.parse_args()
    if given.what == "all":
        everything(given.pages, given.blocks)
    elif given.path is None:
        parser.error("give a path")
    elif given.what == "write":
        print(write(given.path, given.pages, given.blocks, given.pack))
    else:
        {"time": report, "compare": compare}[given.what](given.path)


if __name__ == "__main__":
    main()
