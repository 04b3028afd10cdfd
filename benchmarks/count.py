"""How fast people are counted by month and region, beside DuckDB and Polars over a plain file.

    python benchmarks/count.py FOLDER [--rows 3300000] [--seed 1]

The records are generated: a day, month or year of execution, a place in one of 80 regions spelt in
four ways, one to three records a person. They are written straight into the tables of an archive
(reading and linking lists have benchmarks of their own); what ``add`` and ``link`` spend on making
them countable is timed by itself. The peers are given a file in which the region is already one
word and the month is cut out, so what they need not do is in their favour; they count records,
for who is one person they cannot know. Their month and region must equal ours, record by record.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from byname import Archive
from byname.archive.facts import write_facts, write_people
from byname.archive.schema import create
from byname.version import VERSION

REGIONS = 80
RUNS = 5
_PLACES = """
CREATE TEMP TABLE spelt AS
SELECT i AS region, k AS way,
    'Проб' || chr((1072 + i // 10)::INTEGER) || chr((1072 + i % 10)::INTEGER) || CASE k
    WHEN 0 THEN 'ская область' WHEN 1 THEN 'ской обл.' WHEN 2 THEN 'СКАЯ ОБЛ.'
    ELSE 'ская обл.' END AS words
FROM range({regions}) a(i), range(4) b(k)
"""
_PEOPLE = """
CREATE TEMP TABLE made AS
SELECT i + 1 AS id, (i // 3 * 3 + CASE WHEN i % 3 = 1 AND hash(i, {seed}) % 2 = 0 THEN 1
                                       WHEN i % 3 = 2 THEN 2 ELSE 0 END) + 1 AS person,
       hash(i // 3, {seed} + 1) % {regions} AS region, hash(i, {seed} + 2) % 4 AS way,
       DATE '1937-08-05' + (hash(i // 3, {seed} + 3) % 470)::INTEGER AS day,
       hash(i, {seed} + 4) % 10 AS rough
FROM range({rows}) t(i)
"""
_TABLES = (
    "INSERT INTO sources (id, title) VALUES (1, 'Generated (synthetic) list of the benchmark')",
    "INSERT INTO entries (id, source, raw) SELECT id, 1, '' FROM made",
    "INSERT INTO records (id, fate, residence) SELECT m.id, 'executed', s.words || ', Н-ский р-н, "
    "д. ' || m.id % 20000 FROM made m JOIN spelt s USING (region, way) ORDER BY m.id",
    "INSERT INTO cases (record, n, execution_date) SELECT id, 1, CASE rough WHEN 0 THEN "
    "strftime(day, '%Y') WHEN 1 THEN strftime(day, '%Y-%m') ELSE strftime(day, '%Y-%m-%d') END "
    "FROM made ORDER BY id",
    "INSERT INTO members SELECT id, person FROM made ORDER BY id",
)
_FILE = """
COPY (SELECT id, CASE WHEN rough > 0 THEN strftime(day, '%Y-%m') END AS month,
             regexp_extract(words, '^Проб..') AS region
      FROM made JOIN spelt USING (region, way) ORDER BY id) TO '{out}' (HEADER)
"""


def generate(folder: Path, rows: int, seed: int) -> tuple[Path, Path]:
    """Write the archive and the file of the peers; say what made the records countable cost."""
    archive, plain = folder / f"count-{rows}.duckdb", folder / f"count-{rows}.csv"
    archive.unlink(missing_ok=True)
    with duckdb.connect(str(archive)) as connection:
        create(connection, VERSION)
        connection.execute("SET memory_limit = '1GB'")
        connection.execute(_PLACES.format(regions=REGIONS))
        connection.execute(_PEOPLE.format(regions=REGIONS, rows=rows, seed=seed))
        connection.execute(_FILE.format(out=plain))
        for sql in _TABLES:
            connection.execute(sql)
        for what, write in (("add", write_facts), ("link", write_people)):
            clock = time.perf_counter()
            write(connection)
            print(f"what `{what}` spends on it: {time.perf_counter() - clock:.1f} s")
    return archive, plain


def timed(count: Callable[[], Any]) -> tuple[list[float], Any]:
    """Return the seconds of each run, the first (cold) one first, and the last answer."""
    seconds, answer = [], None
    for _ in range(RUNS):
        clock = time.perf_counter()
        answer = count()
        seconds.append(time.perf_counter() - clock)
    return seconds, answer


def by_duckdb(plain: Path) -> dict[tuple[str, str], int]:
    """Count by month and region over the file."""
    rows = duckdb.execute(
        f"SELECT month, region, count(*) FROM read_csv('{plain}', all_varchar = true) "
        "WHERE month IS NOT NULL GROUP BY ALL"
    ).fetchall()
    return {(month, region): number for month, region, number in rows}


def by_polars(plain: Path) -> dict[tuple[str, str], int]:
    """Count by month and region over the file."""
    import polars as pl  # type: ignore[import-not-found, unused-ignore]

    found = (
        pl.scan_csv(plain, infer_schema=False).filter(pl.col("month").is_not_null())
        .group_by("month", "region").len().collect()
    )  # fmt: skip
    return {(month, region): number for month, region, number in found.rows()}


def shown(name: str, seconds: list[float], least: float, note: str = "") -> None:
    """Print a row of the table."""
    warm = sorted(seconds[1:])[len(seconds[1:]) // 2]
    print(f"| {name} | {seconds[0]:.3f} | {warm:.3f} | {warm / least:.1f} | {note} |")


def main() -> None:
    """Generate, count, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=3_300_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    archive, plain = generate(options.folder, options.rows, options.seed)
    clock = time.perf_counter()
    with Archive(archive, read_only=True) as opened:
        opening = time.perf_counter() - clock
        people, tally = timed(lambda: opened.count(by=("month", "region")))
        records, ours = timed(lambda: opened.count(by=("month", "region"), records=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    least = sorted(people[1:])[len(people[1:]) // 2]
    peers = [("DuckDB over the file", by_duckdb)]
    if find_spec("polars"):
        peers.append(("Polars over the file", by_polars))
    print(f"{options.rows:,} records, {tally.total:,} people; opening {opening:.2f} s; "
          f"{memory} MB at most, with generating\n")  # fmt: skip
    print("| | first, s | warm, s | ratio | |\n| --- | --- | --- | --- | --- |")
    shown("By Name, people", people, least, f"{tally.undated:,} without a month told")
    shown("By Name, records", records, least, f"{ours.undated:,} without a month told")
    counted = {(month, region[:6]): row.count for row in ours.rows for month, region in [row.keys]}
    for name, count in peers:
        seconds, theirs = timed(partial(count, plain))
        same = {(m, r): n for (m, r), n in theirs.items()} == counted
        shown(name, seconds, least, "the same numbers" if same else "OTHER NUMBERS")


if __name__ == "__main__":
    main()
