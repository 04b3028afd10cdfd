"""The tools that ``find.py`` compares, each built and asked in a process of its own.

``find.py`` runs this file: ``build TOOL FOLDER CSV`` and ``ask TOOL FOLDER TEXTS``, where the
answer is JSON on stdout. It imports little, so that the memory measured is the tool's.

The peers are set up as a good user would for names: the name in lower case with ё as е, the
year and the initials as terms of their own, the best ``KEPT`` put in order by ``closeness``.
"""

from __future__ import annotations

import atexit
import csv
import importlib
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

KEPT = 200
"""How many candidates of a peer are put in order by ``closeness``."""
ANSWERS = 10
YEAR_BONUS = 5.0
"""What the asked year is worth beside a similarity of 100 at most."""
PARTS = ("surname", "given", "patronymic")
_LOCATOR = re.compile(r"^locator: (.+)$", re.MULTILINE)
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"[12]\d{3}")


class Row(NamedTuple):
    """A row of the list, folded."""

    locator: str
    surname: str
    given: str
    patronymic: str
    year: str

    @property
    def name(self) -> str:
        return " ".join(filter(None, self[1:4]))


class Wanted(NamedTuple):
    """What a peer is asked: the words of the name, and a year or nothing."""

    words: list[str]
    year: str


def fold(text: str) -> str:
    return " ".join(_WORD.findall(text.lower().replace("ё", "е")))


def rows(table: Path) -> Iterator[Row]:
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            surname, given, father = (fold(row[part] or "") for part in PARTS)
            year = _YEAR.search(row.get("birth_date") or "")
            yield Row(row["locator"], surname, given, father, year[0] if year else "")


def wanted(text: str) -> Wanted:
    words = fold(text).split()
    years = [word for word in words if _YEAR.fullmatch(word)]
    return Wanted([word for word in words if word not in years], "".join(years[:1]))


def closeness(asked: Wanted, row: Row) -> float:
    """Return how like the name is, from 0 to 100, with the bonus for the year.

    A name is cut to what was asked for (initials, no patronymic). Its words are compared as they
    stand, for a slip may change how they sort, and sorted, for the asker may put them otherwise.
    """
    text, has = " ".join(asked.words), row.name
    if any(len(word) == 1 for word in asked.words):
        has = f"{row.surname} {row.given[:1]} {row.patronymic[:1]}"
    elif len(asked.words) < 3:
        has = " ".join(has.split()[: len(asked.words)])
    like = max(fuzz.ratio(text, has), fuzz.token_sort_ratio(text, has))
    return like + (YEAR_BONUS if asked.year and asked.year == row.year else 0.0)


def best(asked: Wanted, found: list[Row]) -> list[str]:
    found.sort(key=lambda row: -closeness(asked, row))
    return [row.locator for row in found[:ANSWERS]]


class Ours:
    """This package; the archive is made first where the folder has none."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "list.duckdb"
        self.module = importlib.import_module("byname")
        self.archive: Any = None

    def build(self, table: Path) -> dict[str, float]:
        made, part = {}, self.path.with_suffix(".part")
        if not self.path.exists():
            started = time.perf_counter()
            with self.module.Archive(part) as archive:
                archive.add(table)
            made["add"] = time.perf_counter() - started
            part.rename(self.path)  # so that half an archive is never taken for one
            Path(f"{part}.names").unlink(missing_ok=True)
        with self.module.Archive(self.path) as archive:
            report = archive.index(rebuild=True)
        return made | {"seconds": report.seconds, "mb": report.bytes / 1e6}

    def open(self) -> None:
        self.archive = self.module.Archive(self.path, read_only=True)

    def ask(self, text: str) -> list[str]:
        """Return the people, or the nearest where nobody fits: the user is shown either."""
        try:
            found = self.archive.find(text, limit=ANSWERS)
        except self.module.ByNameError:
            return []
        rows = [person.records[0].raw for person in found.people or found.nearest]
        # The archive calls a row by its line: the list's column "locator" is none it knows.
        return [match[1] for match in map(_LOCATOR.search, rows) if match]


class Tantivy:
    """A search engine: any of the 3-grams of the name, or each of its words with slips."""

    def __init__(self, folder: Path, grams: bool) -> None:
        self.path = folder / ("tantivy_grams" if grams else "tantivy_fuzzy")
        self.grams = grams
        self.module = importlib.import_module("tantivy")
        builder = self.module.SchemaBuilder()
        builder.add_text_field("name", tokenizer_name="name", index_option="freq")
        builder.add_text_field("hints", tokenizer_name="hints", index_option="freq")
        builder.add_bytes_field("row", stored=True)
        self.schema = builder.build()
        self.index: Any = None
        self.searcher: Any = None

    def _load(self) -> None:
        made = self.module.Tokenizer
        whitespace = self.module.TextAnalyzerBuilder(made.whitespace()).build()
        grams = self.module.TextAnalyzerBuilder(made.ngram(3, 3, False)).build()
        self.index = self.module.Index(self.schema, path=str(self.path))
        self.index.register_tokenizer("name", grams if self.grams else whitespace)
        self.index.register_tokenizer("hints", whitespace)

    def build(self, table: Path) -> dict[str, float]:
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        started = time.perf_counter()
        self._load()
        writer = self.index.writer(heap_size=512_000_000)
        for row in rows(table):
            document = self.module.Document()
            document.add_text("name", f" {row.name} ")
            document.add_text("hints", f"{row.given[:1]} {row.patronymic[:1]} {row.year}")
            document.add_bytes("row", "\t".join(row).encode())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        seconds = time.perf_counter() - started
        # The stored rows are no index: ours does not count its archive either.
        files = [file for file in self.path.iterdir() if file.suffix != ".store"]
        return {"seconds": seconds, "mb": sum(file.stat().st_size for file in files) / 1e6}

    def open(self) -> None:
        self._load()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, text: str) -> list[str]:
        asked = wanted(text)
        should = self._any_gram(asked) if self.grams else self._each_word(asked)
        hints = [*(word for word in asked.words if len(word) == 1), asked.year]
        should += [self._term("hints", hint) for hint in hints if hint]
        any_of = [(self.module.Occur.Should, part) for part in should]
        # Counting all that match would keep the engine from leaving out the hopeless.
        query = self.module.Query.boolean_query(any_of)
        hits = self.searcher.search(query, KEPT, count=False).hits
        texts = [self.searcher.doc(address).get_first("row") for _, address in hits]
        return best(asked, [Row(*bytes(text).decode().split("\t")) for text in texts])

    def _term(self, field: str, word: str) -> Any:
        return self.module.Query.term_query(self.schema, field, word)

    def _any_gram(self, asked: Wanted) -> list[Any]:
        text = f" {' '.join(asked.words)} "
        grams = {text[at : at + 3] for at in range(len(text) - 2)}
        return [self._term("name", gram) for gram in sorted(grams)]

    def _each_word(self, asked: Wanted) -> list[Any]:
        """Ask for each word with slips, and as it is: a word with slips scores 1, however near."""
        fuzzy = self.module.Query.fuzzy_term_query
        long = [word for word in asked.words if len(word) > 2]
        slips = [fuzzy(self.schema, "name", word, 2 if len(word) > 4 else 1, True) for word in long]
        return slips + [self._term("name", word) for word in asked.words if len(word) > 1]


_TABLE = """CREATE UNLOGGED TABLE people (locator text, surname text, given text,
    patronymic text, year text, name text)"""
_PREPARE = """PREPARE {}(text, text) AS SELECT locator, surname, given, patronymic, year
FROM people WHERE $1 {} name
ORDER BY {}($1, name) + CASE WHEN year = $2 THEN 0.1 ELSE 0 END DESC LIMIT {};"""
_WHOLE, _PART = ("whole", "%", "similarity"), ("part", "<%", "word_similarity")
"""A surname alone is too unlike a whole name for %, however right: it is asked for as a part."""
_SETTINGS = """-c fsync=off -c shared_buffers=1GB -c work_mem=256MB -c maintenance_work_mem=1GB
-c jit=off -c autovacuum=off -c listen_addresses="""


def postgres_lacks() -> str:
    """Return why PostgreSQL cannot be asked here, or nothing."""
    if not (_server("initdb") and shutil.which("psql")):
        return "no server (initdb) or no psql was found"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "it refuses to run as root, and there is no setpriv to run it as somebody else"
    shared = _run([_server("pg_config"), "--sharedir"])
    has = (Path(shared) / "extension" / "pg_trgm.control").exists()
    return "" if has else "its extension pg_trgm is not installed"


def _server(program: str) -> str:
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(newest[-1]) if newest else shutil.which(program) or ""


def _account() -> str:
    return next((one.pw_name for one in pwd.getpwall() if one.pw_name == "postgres"), "nobody")


def _run(command: list[str], lines: Iterable[str] = ()) -> str:
    """Run a command on these lines; return what it says, without waiting for servers it left."""
    pipe = subprocess.PIPE
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        with subprocess.Popen(command, text=True, stdin=pipe, stdout=said, stderr=said) as running:
            assert running.stdin
            running.stdin.writelines(lines)
        said.seek(0)
        text = said.read().strip()
    if running.returncode:
        raise SystemExit(f"{command[0]} failed: {text[-500:]}")
    return text


class Postgres:
    """PostgreSQL with pg_trgm: a private server on a socket in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.note = folder / "postgres.txt"
        self.home = self.note.read_text() if self.note.exists() else ""
        self.psql: Any = None

    def _as_server(self, program: str, *words: str) -> None:
        other = ["setpriv", f"--reuid={_account()}", "--clear-groups"] * (os.geteuid() == 0)
        _run([*other, _server(program), "-D", f"{self.home}/data", *words])

    def _start(self) -> None:
        options = f"-k {self.home} {_SETTINGS}"
        self._as_server("pg_ctl", "start", "-w", "-l", f"{self.home}/log", "-o", options)
        atexit.register(self._as_server, "pg_ctl", "stop", "-m", "fast")

    def _client(self, *words: str) -> list[str]:
        return ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-F", "\t", "-h", self.home,
                "-U", "byname", "-d", "postgres", *words]  # fmt: skip

    def build(self, table: Path) -> dict[str, float]:
        self.home = tempfile.mkdtemp(prefix="byname_pg_")  # ours may be closed to its account
        if os.geteuid() == 0:
            shutil.chown(self.home, _account())
        self.note.write_text(self.home)
        self._as_server("initdb", "-U", "byname", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._start()
        started = time.perf_counter()
        _run(self._client("-c", "CREATE EXTENSION pg_trgm", "-c", _TABLE))
        lines = ("\t".join((*row, row.name)) + "\n" for row in rows(table))
        _run(self._client("-c", "COPY people FROM STDIN"), lines)
        _run(self._client("-c", "CREATE INDEX by_name ON people USING gin (name gin_trgm_ops)",
                          "-c", "VACUUM ANALYZE people"))  # fmt: skip
        seconds = time.perf_counter() - started
        size = _run(self._client("-c", "SELECT pg_relation_size('by_name')"))
        return {"seconds": seconds, "mb": int(size) / 1e6}

    def open(self) -> None:
        atexit.register(shutil.rmtree, self.home)  # what is registered last is done first
        self._start()
        self.psql = subprocess.Popen(self._client(), text=True, stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE)  # fmt: skip
        self._lines(_PREPARE.format(*_WHOLE, KEPT) + _PREPARE.format(*_PART, KEPT))
        self.process = self._lines("SELECT pg_backend_pid();")[0]

    def _lines(self, statement: str) -> list[str]:
        """Return what the server answers, up to the word that psql says after it."""
        self.psql.stdin.write(f"{statement}\n\\echo .\n")
        self.psql.stdin.flush()
        lines = list[str]()
        for line in self.psql.stdout:
            if line == ".\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise SystemExit("psql ended")

    def ask(self, text: str) -> list[str]:
        asked = wanted(text)  # of letters and digits only, so nothing need be quoted
        name, (how, *_) = " ".join(asked.words), _WHOLE if len(asked.words) > 2 else _PART
        lines = self._lines(f"EXECUTE {how}('{name}', '{asked.year}');")
        return best(asked, [Row(*line.split("\t")) for line in lines])


def peak_mb(process: str) -> float:
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def ask(asked: Any, texts: list[str]) -> dict[str, Any]:
    """Ask one query at a time; the first answer of the process is timed apart."""
    clock = time.perf_counter
    started = clock()
    asked.open()
    asked.ask(texts[0])
    first, took, found = clock() - started, [], []
    for text in texts:
        started = clock()
        found.append(asked.ask(text))
        took.append(round((clock() - started) * 1000, 3))
    peak = peak_mb(getattr(asked, "process", "self"))  # PostgreSQL answers from another one
    return {"first": first, "ms": took, "found": found, "peak": peak}


def main() -> None:
    step, name, folder, path = sys.argv[1:]
    made = {"ours": Ours, "postgres pg_trgm": Postgres}
    used: Any = made[name](Path(folder)) if name in made else Tantivy(Path(folder), "grams" in name)
    texts = Path(path)
    done = used.build(texts) if step == "build" else ask(used, json.loads(texts.read_text()))
    print(json.dumps(done))


if __name__ == "__main__":
    main()
