"""How well and how fast ``find`` finds, beside tantivy and PostgreSQL on the same list.

    python benchmarks/find.py [FOLDER] [--people 300000] [--queries 2000] [--seed 1]
      [--tools ours tantivy postgres] [--shared SHARED] [--keep] [--misses N]
      [--csv FILE] [--archive FILE]      # a list there is already, and an archive of it

The list is of INVENTED people with real name frequencies (see ``synthetic_lists.py``); each query
asks for one of its rows in one of fifteen ways (see ``find_queries.py``). An answer is right when
the row found, as the list itself has it, has the parts the query tells: a namesake is right too.
@1 and @10 tell how often the first answer, and one of the first ten, is right.

Each tool is built in one process and asked in another, one query at a time. Latin queries are
put to the peers twice: as typed, and in Cyrillic letters after our transliteration. Where nobody
fits, ours names the nearest, and these count; else it gives those who fit only, while a peer
fills ten places with whoever comes next ("answers" is how many were given): @10 favours peers.

The recorded variants of the Khabarovsk book, real ones, are asked for where SHARED has them.
A folder that is given keeps the list and the archive for the next run; ``--keep`` keeps all.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import find_peers, find_queries
from benchmarks import synthetic_lists as lists
from benchmarks.find_queries import Asked, Target

from byname.names.translit import is_latin, likely_reading

HEAD = ("locator", "surname", "given", "patronymic", "birth_date", "birth_place", "nationality",
        "source")  # fmt: skip
TITLE = "Синтетический список для поиска (By Name)"
_RECORDED = ("фамилия", "имя", "отчество")
READ = ", transliterated"
"""What the class of a Latin query is called after our transliteration."""
TOOLS = {
    "ours": ("ours",),
    "tantivy": ("tantivy 3-grams", "tantivy fuzzy"),
    "postgres": ("postgres pg_trgm",),
}


class Answer(NamedTuple):
    """Whether the first answer, and one of all, was right; how many there were; how long."""

    first: bool
    any: bool
    given: int
    took: float


class Tally(list[Answer]):
    """What the queries of one class came to."""

    def mean(self, what: str) -> float:
        return float(sum(getattr(one, what) for one in self)) / max(len(self), 1)

    def quantile(self, share: float) -> float:
        ordered = sorted(one.took for one in self)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def cells(self) -> str:
        means = f"{self.mean('first'):>8.3f}{self.mean('any'):>8.3f}{self.mean('given'):>9.1f}"
        return f"{len(self):>7}{means}{self.quantile(0.5):>9.1f}{self.quantile(0.99):>9.1f}"


@dataclass(slots=True)
class Result:
    """What one tool made of one list."""

    tool: str
    built: dict[str, float]
    first: float
    peak: float
    classes: dict[str, Tally] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def over_all(self, read: bool = False) -> Tally:
        """Return all classes as one, the Latin ones as typed or transliterated."""
        total = Tally()
        for kind, tally in self.classes.items():
            if not kind.endswith(READ):
                total.extend(self.classes.get(kind + READ, tally) if read else tally)
        return total

    def totals(self) -> dict[str, float]:
        """Return the numbers that are compared, by what they are called."""
        typed, read = self.over_all(), self.over_all(True)
        return {
            "@1, as typed": typed.mean("first"), "@10, as typed": typed.mean("any"),
            "@1, transliterated": read.mean("first"), "@10, transliterated": read.mean("any"),
            "answers": read.mean("given"),
            # As typed, a Latin query costs a peer nothing, for it finds nothing.
            "p50 ms": read.quantile(0.5), "p99 ms": read.quantile(0.99),
            "build s": self.built["seconds"], "index MB": self.built["mb"],
            "first answer s": self.first, "peak MB": self.peak,
        }  # fmt: skip


def write_list(path: Path, people: int, seed: int, shared: Path) -> None:
    """Write the list, one row a person, without keeping the people."""
    if not (shared / "data" / "khabarovsk" / "names.csv").exists():
        raise SystemExit(f"The name frequencies are not in {shared}: give --shared, or --csv.")
    rng = random.Random(seed)
    world = lists.World(rng, lists.read_peoples(shared / "data", 1.0, rng), lists.make_regions(rng))
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number, person in enumerate(world.everybody(people), 1):
            year = person.born.year if rng.random() < 0.95 else ""
            nationality = lists.PEOPLES[person.people][3 if person.woman else 2]
            place = person.region.now
            writer.writerow([f"S{number}", *person.name, year, place, nationality, TITLE])
    unfinished.rename(path)


def survey(path: Path, size: int, rng: random.Random) -> list[Target]:
    """Print what the list holds; return ``size`` of its rows drawn by lot (a reservoir)."""
    surnames, drawn, count = set(), list[Target](), 0
    with path.open(encoding="utf-8", newline="") as file:
        for count, row in enumerate(csv.DictReader(file), 1):
            surnames.add(row["surname"])
            at = count - 1 if count <= size else rng.randrange(count)
            if at < size:
                drawn[at : at + 1] = [_target(row)]
    print(f"{path.name}: {count:,} rows, {len(surnames):,} distinct surnames", flush=True)
    return drawn


def _target(row: dict[str, Any]) -> Target:
    surname, given, father = (row[part] or "" for part in find_queries.FULL)
    year = str(row.get("birth_date") or "")
    return Target(surname, given, father, int(year) if year.isdigit() else None)


def look_up(path: Path, locators: set[str]) -> dict[str, Target]:
    """Return the rows of the list that bear these locators."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = (row for row in csv.DictReader(file) if row["locator"] in locators)
        return {row["locator"]: _target(row) for row in rows}


def child(step: str, tool: str, folder: Path, path: Path) -> Any:
    """Run a step of ``find_peers.py`` in a process of its own."""
    command = [sys.executable, find_peers.__file__, step, tool, str(folder), str(path)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def in_cyrillic(asked: Asked) -> Asked:
    """Return a Latin query as a class of its own, after our transliteration."""
    words = [likely_reading(word) if is_latin(word) else word for word in asked.text.split()]
    return replace(asked, kind=asked.kind + READ, text=" ".join(words))


def measure(
    tools: Sequence[str], folder: Path, table: Path, asked: Sequence[Asked]
) -> list[Result]:
    """Run the tools one after the other; score what they found by the rows of the list."""
    results, answers = [], []
    folder.mkdir(parents=True, exist_ok=True)
    texts = folder / "texts.json"
    for tool in tools:
        put = list(asked)
        if tool != "ours":
            put += [in_cyrillic(one) for one in asked if is_latin(one.text)]
        texts.write_text(json.dumps([one.text for one in put]), encoding="utf-8")
        try:
            built = child("build", tool, folder, table)
            said = child("ask", tool, folder, texts)
        except subprocess.CalledProcessError as error:
            print(f"{tool} failed:\n{(error.stderr or error.stdout)[-2000:]}", flush=True)
            continue
        results.append(Result(tool, built, said["first"], said["peak"]))
        answers.append(list(zip(put, said["found"], said["ms"], strict=True)))
    every = itertools.chain.from_iterable(answers)
    known = look_up(table, {locator for _, found, _ in every for locator in found})
    for result, answered in zip(results, answers, strict=True):
        for one, found, took in answered:
            score(result, one, [known[locator] for locator in found], took)
    return results


def score(result: Result, asked: Asked, found: list[Target], took: float) -> None:
    """Count one answer."""
    right = [asked.right(row) for row in found]
    answer = Answer(any(right[:1]), any(right), len(right), took)
    result.classes.setdefault(asked.kind, Tally()).append(answer)
    if not any(right):
        first = f"{' '.join(found[0][:3])} {found[0].year or ''}" if found else "nobody"
        whole = f"{' '.join(asked.target[:3])} {asked.target.year or ''}"
        result.missed.append(f"{asked.kind}: {asked.text} -> {first.strip()}, not {whole.strip()}")


def table_of(result: Result) -> list[str]:
    """Return the classes of one tool, and what it took to build and to open."""
    classes = dict(sorted(result.classes.items(), key=lambda pair: pair[0].endswith(READ)))
    classes["all, as typed"] = result.over_all()
    if result.tool != "ours":
        classes["all" + READ] = result.over_all(True)
    built = result.built
    return [
        f"\n{result.tool}",
        f"{'':32}{'n':>7}{'@1':>8}{'@10':>8}{'answers':>9}{'p50 ms':>9}{'p99 ms':>9}",
        *(f"{kind:32}{tally.cells()}" for kind, tally in classes.items()),
        f"built in {built['seconds']:.1f} s, {built['mb']:.1f} MB; first answer after"
        f" {result.first:.2f} s; peak {result.peak:.0f} MB",
    ]


def side_by_side(results: Sequence[Result]) -> Iterator[str]:
    """Yield @1, @10 and p50 of each class and tool, the totals, and these as times ours."""
    yield "\nside by side: @1, @10, p50 ms (ours reads Latin letters as typed)"
    yield _line("", (result.tool for result in results))
    kinds = dict.fromkeys(kind for result in results for kind in result.classes)
    for kind in sorted(kinds, key=lambda kind: kind.endswith(READ)):
        # Ours has no class of what was transliterated for it.
        tallies = [one.classes.get(kind) or one.classes[kind.removesuffix(READ)] for one in results]
        yield _line(kind, (
            f"{t.mean('first'):.3f} {t.mean('any'):.3f}{t.quantile(0.5):9.1f}" for t in tallies
        ))  # fmt: skip
    columns = [result.totals() for result in results]
    for name in columns[0]:
        yield _line(name, (f"{column[name]:,.3f}" for column in columns))
    if results[0].tool == "ours" and results[1:]:
        yield "\ntimes ours"
        for name, own in columns[0].items():
            yield _line(name, (f"x {column[name] / (own or 1):.2f}" for column in columns))


def _line(name: str, cells: Iterable[str]) -> str:
    return f"{name:32}" + "".join(f"{cell:>24}" for cell in cells)


def variants(shared: Path, folder: Path, tools: Sequence[str]) -> None:
    """Ask for the recorded variants of the Khabarovsk book among its main names."""
    source = shared / "data" / "khabarovsk" / "names.csv"
    if not source.exists():
        print(f"\nThe recorded variants were skipped: {shared} does not hold the Khabarovsk book.")
        return
    with source.open(encoding="utf-8", newline="") as file:
        rows = [(row["основное"] == "True", row["id"], _recorded(row))
                for row in csv.DictReader(file)]  # fmt: skip
    people = {number: name for is_main, number, name in rows if is_main}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "main.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*HEAD[:4], "source"))
        writer.writerows((number, *name[:3], "Хабаровск") for number, name in people.items())
    asked = [
        Asked(_kind(name), " ".join(filter(None, name[:3])), people[number], find_queries.FULL)
        for is_main, number, name in rows
        if not is_main and number in people
    ]
    print(f"\n{len(asked)} recorded variants among {len(people)} main names of Khabarovsk")
    for result in measure(tools, folder, path, asked):
        print("\n".join(table_of(result)), flush=True)


def _kind(name: Target) -> str:
    if is_latin(find_queries.full(name)):
        return "in Latin letters"
    return "with a patronymic" if name.patronymic else "without a patronymic"


def _recorded(row: dict[str, str]) -> Target:
    surname, given, father = (" ".join(row[part].split()) for part in _RECORDED)
    return Target(surname, given, father, None)


def usable(tools: Sequence[str]) -> list[str]:
    """Return what can be run of the tools asked for, ours first; say what cannot, and why."""
    lacks = {
        "tantivy": "" if find_spec("tantivy") else "the package tantivy is not installed",
        "postgres": find_peers.postgres_lacks(),
    }
    lacks = {tool: why for tool, why in lacks.items() if why and tool in tools}
    for tool, why in lacks.items():
        print(f"{tool} was left out: {why}.")
    return [name for tool in TOOLS if tool in tools and tool not in lacks for name in TOOLS[tool]]


def compare(asked: argparse.Namespace, folder: Path) -> None:
    """Make the list and the queries, run the tools, print the tables."""
    tools = usable(asked.tools)
    folder = folder / (asked.csv.stem if asked.csv else f"{asked.people}_{asked.seed}")
    folder.mkdir(parents=True, exist_ok=True)
    table = asked.csv or folder / "list.csv"
    if not table.exists():
        write_list(table, asked.people, asked.seed, asked.shared)
    if asked.archive and not (folder / "list.duckdb").exists():
        shutil.copy(asked.archive, folder / "list.duckdb")  # its index is made anew beside it
    rng = random.Random(asked.seed)
    drawn = survey(table, 3 * asked.queries, rng)
    results = measure(tools, folder, table, find_queries.queries(drawn, asked.queries, rng))
    for result in results:
        print("\n".join(table_of(result)), flush=True)
        if result.tool == "ours":
            added = result.built.get("add")
            print(f"add: {added:.1f} s" if added else "add: the archive was there already")
            print(*sorted(set(result.missed))[: asked.misses], sep="\n")
    if results:
        print("\n".join(side_by_side(results)), flush=True)
    variants(asked.shared, folder / "khabarovsk", [name for name in tools if "pg_" not in name])
    if not asked.keep:
        for path in folder.rglob("tantivy_*"):
            shutil.rmtree(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--shared", type=Path, default=os.environ.get("BYNAME_SHARED", beside))
    parser.add_argument("--keep", action="store_true", help="keep what the tools built")
    parser.add_argument("--csv", type=Path, help="a list there is already, with the same columns")
    parser.add_argument("--archive", type=Path, help="an archive of it, which is copied")
    parser.add_argument("--misses", type=int, default=0, help="print so many queries not found")
    asked = parser.parse_args()
    if asked.folder or asked.keep:
        compare(asked, asked.folder or Path(tempfile.mkdtemp(prefix="byname_find_")))
        return
    with tempfile.TemporaryDirectory() as temporary:
        compare(asked, Path(temporary))


if __name__ == "__main__":
    main()
