"""How fast and how well entries are read, beside the rules of the newest public reader.

    python benchmarks/reading.py [SHARED]

Speed: Memorial's bodies on one core. Quality: the labelled Open List pages, against a reader
written here by rules MEMOru is known to use (the title split at blanks, five forms of a date,
parameters taken as they are): a floor to stand above, not that program itself.
SHARED is the folder of the real lists; without it the benchmark says so and stops.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from byname.records import as_dict, read
from byname.sources import Entry, open_list

DATED = {"birth.date", "arrest_date", "sentence_date", "execution_date", "rehabilitation_date"}
MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр",
          "ноябр", "декабр")  # fmt: skip
PARAMETERS = {
    "birth.date": "дата рождения", "birth.place": "место рождения", "nationality": "национальность",
    "education": "образование", "party": "партийность", "residence": "место проживания",
    "occupation": "профессия / место работы", "arrest_date": "дата ареста 1",
    "sentence_date": "осуждение 1", "sentencing_body": "осудивший орган 1",
    "articles": "статья 1", "sentence": "приговор 1", "execution_date": "расстрел",
    "rehabilitation_date": "дата реабилитации 1", "source_book": "источники данных",
}  # fmt: skip


def peer(raw: str, title: str) -> dict[str, str]:
    """Read a page by MEMOru's rules: first word surname, second given name, rest patronymic."""
    words = re.sub(r"\s*\(.*\)\s*$", "", title).split(" ")
    found = {"surname": words[0], "given": " ".join(words[1:2]), "patronymic": " ".join(words[2:])}
    values = dict(re.findall(r"^\|([^=\n]+)=(.*)$", raw, re.MULTILINE))
    for name, parameter in PARAMETERS.items():
        value = values.get(parameter, "").strip()
        if name in DATED:
            value = peer_date(value)
        found[name] = value
    return {name: value for name, value in found.items() if value}


def peer_date(value: str) -> str:
    """Read d.m.yyyy, d month yyyy, m.yyyy, month yyyy or yyyy; anything else is nothing."""
    for number, month in enumerate(MONTHS, 1):
        value = re.sub(rf"\s*\b{month}\w*\s+", f".{number}.", value.lower()).lstrip(".")
    day = re.fullmatch(r"(?:(?:(\d\d?)\.)?(\d\d?)\.)?(\d{4})(?:\s*г\.)?", value)
    return "-".join(f"{int(part):02d}" for part in day.groups()[::-1] if part) if day else ""


def normal(value: Any) -> str:
    """Return a value as the yardstick compares it."""
    return re.sub(r"\s+", " ", str(value or "").lower().replace("ё", "е")).strip(" .,;:")


def cell(record: dict[str, Any], path: str) -> Any:
    """Return the value at a path such as "birth.date"."""
    outer, _, inner = path.partition(".")
    return (record.get(outer) or {}).get(inner) if inner else record.get(outer)


def quality(shared: Path) -> None:
    """Print recall and precision of both on the labelled Open List pages."""
    lines = (shared / "data" / "entries_dev.jsonl").read_text(encoding="utf-8").splitlines()
    pages = [entry for line in lines if (entry := json.loads(line))["kind"] == "c"]
    paths = ["surname", "given", "patronymic", *PARAMETERS]
    print(f"\nOpen List, {len(pages)} labelled pages, {len(paths)} fields: recall, precision")
    for name in ("peer rules", "By Name"):
        tally: Counter[str] = Counter()
        for page in pages:
            if name == "By Name":
                entry = Entry(page["raw"], page["id"], "openlist", title=page["title"])
                record = as_dict(read(entry))
            else:
                record = peer(page["raw"], page["title"])
            for path in paths:
                found = cell(record, path) if name == "By Name" else record.get(path)
                want = [cell(page["expected"], path), *page.get("accept", {}).get(path, [])]
                tally["given"] += bool(found)
                tally["wanted"] += bool(want[0])
                tally["right"] += bool(found) and normal(found) in map(normal, want)
        recall, precision = tally["right"] / tally["wanted"], tally["right"] / tally["given"]
        print(f"  {name:12}{recall:8.3f}{precision:8.3f}")


def speed(shared: Path) -> None:
    """Print how many of Memorial's bodies one core reads in a second."""
    with open_list(shared / "data" / "memorial" / "texts.txt") as bodies:
        entries = [body for body in bodies if isinstance(body, Entry)]
    start = time.perf_counter()
    for entry in entries:
        read(entry)
    seconds = time.perf_counter() - start
    print(f"Memorial's bodies, one core: {len(entries):,} in {seconds:.1f} s, "
          f"{seconds / len(entries) * 1e5:.0f} s per 100,000")  # fmt: skip


def main() -> None:
    """Run both on the real lists."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    if not (shared / "data").is_dir():
        sys.exit(f"The real lists are not in {shared}: name their folder.")
    speed(shared)
    quality(shared)


if __name__ == "__main__":
    main()
