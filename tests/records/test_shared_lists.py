"""The readers on the real lists, where they are at hand."""

import collections
import csv
import json
import re

from tests.shared import shared_file

from byname.records import as_dict, read
from byname.sources.entry import Entry, Kind

KINDS: dict[str, Kind] = {"a": "paragraph", "b": "certificate", "c": "openlist", "d": "memorial"}


def normal(value):
    if isinstance(value, list):
        return sorted(filter(None, map(normal, value))) or None
    text = re.sub(r"\s+", " ", str(value or "").lower().replace("ё", "е")).strip()
    text = re.sub(r"[«»“”]", '"', text)
    return re.sub(r"^(в|во|на|к) (?=\S)", "", text).strip(" .,;:") or None


def cell(record, path):
    outer, _, inner = path.partition(".")
    return (record.get(outer) or {}).get(inner) if inner else record.get(outer)


def test_labelled_entries():
    right: collections.Counter[str] = collections.Counter()
    wrong = []
    for line in shared_file("data/entries_dev.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        kind = KINDS[entry["kind"][0]]
        record = as_dict(read(Entry(entry["raw"], entry["id"], kind, title=entry.get("title"))))
        flat = dict(entry["expected"]) | {
            f"birth.{part}": entry["expected"]["birth"].get(part) for part in ("date", "place")
        }
        for path in flat.keys() - {"birth", "cases"}:
            accepted = [flat[path], *entry.get("accept", {}).get(path, [])]
            if path == "death_date":
                accepted.append(flat["execution_date"])
            if normal(cell(record, path)) in [normal(value) for value in accepted]:
                right[path] += 1
            else:
                wrong.append((entry["id"], path, cell(record, path), flat[path]))
    assert sum(right.values()) > 1000
    assert wrong == []


def test_moscow_entries_are_read_whole():
    with shared_file("data/moscow/shot_in_moscow.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    missing: collections.Counter[str] = collections.Counter()
    for row in rows:
        record = read(Entry(row["Record"], "line", "paragraph"))
        day, month, year = row["Date"].split(".")
        assert record.fate == "executed"
        assert record.cases[0].values["execution_date"] == f"{year}-{int(month):02d}-{int(day):02d}"
        for name in ("surname", "given", "sex", "birth_date", "birth_place", "residence",
                     "burial_place", "nationality", "party", "occupation"):  # fmt: skip
            missing[name] += name not in record.values
        missing["unplaced"] += bool(record.uncertain)
    assert missing["surname"] == missing["birth_date"] == missing["sex"] == 0
    assert missing["birth_place"] <= 5
    assert missing["unplaced"] <= 60
    assert missing["nationality"] <= 40


def test_memorial_bodies_leave_few_words():
    text = shared_file("data/memorial/texts.txt").read_text(encoding="utf-8")
    total = covered = 0
    for body in text.split("\n---\n")[::10]:
        record = read(Entry(body, "record", "memorial"))
        marks = bytearray(len(body))
        for span in [span for _, span in record.all_spans()] + record.covered:
            marks[span.start : span.end] = b"\1" * (span.end - span.start)
        letters = [at for at, letter in enumerate(body) if letter.isalnum()]
        total += len(letters)
        covered += sum(marks[at] for at in letters)
    assert covered / total >= 0.985
