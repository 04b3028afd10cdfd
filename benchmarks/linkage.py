"""How well and how fast records become people, beside stock Splink on the same lists.

    python benchmarks/synthetic_lists.py FOLDER --people 300000 --seed 1
    python benchmarks/linkage.py lists FOLDER          # the four synthetic lists
    python benchmarks/linkage.py febrl                 # FEBRL 3, and 4a with 4b
    python benchmarks/linkage.py historical            # historical_50k
      [--tools stock ours] [--no-candidates] [--work FOLDER]

The peer is Splink 5 as a good user would set it up: for the lists with cleaned columns, term
frequencies and several blocking rules; for the public benchmarks with comparisons, blocking and
training rules of its own documentation (docs/demos/examples/duckdb: febrl3, febrl4,
deduplicate_50k_synthetic). Its clusters are cut at 0.95, chosen without a look at the truth; ours
as ``link`` cuts them. Each tool runs in a process of its own; seconds and peak memory are
of linking alone (for ours: ``Archive.link`` on an archive that holds the lists already; for
Splink: training, prediction and clustering).
Pairs and blocking recall of ours come from a second run that keeps its candidates.

The public benchmarks are read from SHARED/linkage; without it the command says so and stops.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
THRESHOLD = 0.95
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
DATE_ERRORS = ("year_off", "year_missing", "day_month", "month_only")


@dataclass(frozen=True, slots=True)
class Task:
    """Lists to link, and the table (source, locator, person, error) of who is who."""

    name: str
    kind: str
    files: tuple[Path, ...]
    truth: Path


@dataclass(frozen=True, slots=True)
class Score:
    """What one tool made of one task."""

    tool: str
    precision: float
    recall: float
    blocking: float | None
    pairs: int | None
    seconds: float
    peak_mb: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


# --- the lists -------------------------------------------------------------------------------
def lists_task(folder: Path, work: Path) -> list[Task]:
    """Return the task of a folder that ``synthetic_lists.py`` wrote."""
    if not (folder / "truth.csv").exists():
        raise SystemExit(f"No truth.csv in {folder}: write the lists with synthetic_lists.py.")
    truth = work / "truth.csv"
    duckdb.sql(
        f"COPY (SELECT * FROM read_csv('{folder}/truth.csv', all_varchar=true) AS t"
        f" JOIN read_csv('{folder}/errors.csv', all_varchar=true) AS e USING (source, locator))"
        f" TO '{truth}' (HEADER)"
    )
    return [Task(folder.name, "lists", tuple(sorted(folder.glob("list_*.csv"))), truth)]


def _shared(name: str) -> Path:
    path = SHARED / "linkage" / name
    if not path.exists():
        raise SystemExit(f"This benchmark reads {path}, which is not here.")
    return path


_ISO = """CASE WHEN regexp_full_match({0}, '\\d{{8}}')
    THEN {0}[1:4] || '-' || {0}[5:6] || '-' || {0}[7:8] ELSE {0} END"""


def febrl_tasks(work: Path) -> list[Task]:
    """Return FEBRL 3 (one list with duplicates) and 4 (two lists)."""
    return [
        _public("febrl3", "febrl3", {"febrl_3": _febrl("febrl_dataset3.csv")}, work),
        _public(
            "febrl4",
            "febrl4",
            {f"febrl_4{part}": _febrl(f"febrl_dataset4{part}.csv") for part in "ab"},
            work,
        ),
    ]


def _febrl(name: str) -> str:
    born = _ISO.format("trim(date_of_birth)")
    return f"""SELECT regexp_extract(rec_id, 'rec-(\\d+)', 1) AS person,
        trim(given_name) AS given, trim(surname) AS surname, {born} AS birth_date,
        trim(street_number) AS street_number, trim(address_1) AS address_1,
        trim(address_2) AS address_2, trim(suburb) AS suburb, trim(postcode) AS postcode,
        trim(state) AS state, trim(soc_sec_id) AS soc_sec_id
        FROM read_csv('{_shared(name)}', all_varchar=true, normalize_names=true)"""


def historical_task(work: Path) -> list[Task]:
    """Return historical_50k: names, birth, place, occupation and a made-up postcode."""
    query = f"""SELECT cluster AS person, first_name AS given, surname, dob AS birth_date,
        birth_place, gender AS sex, occupation, postcode_fake
        FROM '{_shared("historical_50k.parquet")}'"""
    return [_public("historical_50k", "historical", {"historical": query}, work)]


def _public(name: str, kind: str, queries: dict[str, str], work: Path) -> Task:
    """Write each table as a list whose locator is the number of the row, and the truth apart."""
    files, truths = [], []
    with duckdb.connect() as con:
        for source, query in queries.items():
            path = work / f"{source}.csv"
            con.execute(f"CREATE TABLE raw_{source} AS {query}")
            con.execute(  # in an order that tells nothing, of equal rows neither
                f"CREATE TABLE {source} AS SELECT row_number() OVER (ORDER BY hash(rowid))"
                f" AS id, * FROM raw_{source}"
            )
            con.execute(f"COPY (SELECT * EXCLUDE (person) FROM {source}) TO '{path}' (HEADER)")
            files.append(path)
            truths.append(
                f"SELECT '{source}' AS source, id AS locator, person, '' AS error FROM {source}"
            )
        truth = work / f"truth_{name}.csv"
        con.execute(f"COPY ({' UNION ALL '.join(truths)}) TO '{truth}' (HEADER)")
    return Task(name, kind, tuple(files), truth)


# --- the peer: stock Splink, in a process of its own -------------------------------------------
def stock(kind: str, out: Path, files: Sequence[Path]) -> None:
    """Link with Splink; leave members, candidates and links as Parquet, and what it took."""
    from splink import DuckDBAPI, Linker

    con = duckdb.connect()
    frames = FRAMES[kind](con, files)
    started = time.perf_counter()
    api = DuckDBAPI(con)
    tables = [api.register(frame, dataset_display_name=f"in_{frame}") for frame in frames]
    linker = Linker(tables, MODELS[kind](con, frames))
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    train(linker, kind, con)
    scored = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        scored, threshold_match_probability=THRESHOLD
    )
    took = {"seconds": time.perf_counter() - started, "peak_mb": peak_mb()}
    _export(con, out, (clusters.physical_name, blocked.physical_name, scored.physical_name))
    (out / "took.json").write_text(json.dumps(took))


def _export(con: duckdb.DuckDBPyConnection, out: Path, tables: tuple[str, str, str]) -> None:
    clusters, blocked, scored = tables
    queries = {
        "members": "SELECT unique_id AS id, source, locator, cluster_id AS cluster"
        f" FROM {clusters}",
        "candidates": "SELECT regexp_extract(join_key_l::VARCHAR, '\\d+$')::BIGINT AS l,"
        f" regexp_extract(join_key_r::VARCHAR, '\\d+$')::BIGINT AS r FROM {blocked}",
        "links": "SELECT unique_id_l AS l, unique_id_r AS r, match_probability AS probability"
        f" FROM {scored}",
    }
    for name, query in queries.items():
        con.execute(f"COPY ({query}) TO '{out}/{name}.parquet'")


def peak_mb() -> float:
    """Return the most memory this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
        if found:
            return int(found[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def lists_frame(con: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> list[str]:
    """Put the lists under each other, cleaned as a careful user would."""
    paths = ", ".join(f"'{path}'" for path in files)
    con.execute(f"""CREATE TABLE frame AS
        WITH rows AS (
            SELECT * FROM read_csv([{paths}], all_varchar=true, union_by_name=true)),
        wide AS (SELECT *, {_column(con, paths, "birth_place")} AS born_at,
            {_column(con, paths, "residence")} AS lived_at,
            {_column(con, paths, "execution_date")} AS shot FROM rows)
        SELECT row_number() OVER () AS unique_id, source, id AS locator,
            nullif(lower(trim(regexp_replace(surname, '\\(.*\\)', ''))), '') AS surname,
            nullif(lower(given), '') AS given, nullif(lower(patronymic), '') AS patronymic,
            TRY_CAST(right(birth_date, 4) AS INTEGER) AS birth_year,
            CASE WHEN length(birth_date) = 10 THEN birth_date END AS birth_day,
            nullif(regexp_extract(coalesce(born_at, lived_at),
                '([А-Я][а-я]+ск)(?:ая|ой|ий|ого|ое) (?:обл|губ|край|края|АССР|ССР|воев|пров)', 1),
                '') AS region,
            nationality, nullif(shot, '') AS execution_date
        FROM wide""")
    return ["frame"]


def _column(con: duckdb.DuckDBPyConnection, paths: str, name: str) -> str:
    """Return the column, or NULL where no list has it."""
    query = f"SELECT * FROM read_csv([{paths}], all_varchar=true, union_by_name=true)"
    columns = [row[0] for row in con.execute(f"DESCRIBE {query}").fetchall()]
    return name if name in columns else "NULL::VARCHAR"


def public_frames(con: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> list[str]:
    """Return one table a list, as they are."""
    for part, path in enumerate(files):
        con.execute(f"""CREATE TABLE frame{part} AS
            SELECT (id::BIGINT + {part * 10_000_000}) AS unique_id, '{path.stem}' AS source,
                id AS locator, given || ' ' || surname AS full_name, * EXCLUDE (id)
            FROM read_csv('{path}', all_varchar=true, nullstr='')""")
    return [f"frame{part}" for part in range(len(files))]


FRAMES = {
    "lists": lists_frame,
    "febrl3": public_frames,
    "febrl4": public_frames,
    "historical": public_frames,
}


def executions(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the lists say when anybody was shot."""
    return bool(_row(con, "SELECT count(execution_date) FROM frame")[0])


def lists_model(con: duckdb.DuckDBPyConnection, _frames: Sequence[str]) -> Any:
    """Return the settings for lists of victims."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    dated = executions(con)
    birth = cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.CustomLevel("birth_year_l IS NULL OR birth_year_r IS NULL").configure(
                is_null_level=True
            ),
            cll.CustomLevel("birth_day_l = birth_day_r", "same day"),
            cll.CustomLevel("birth_year_l = birth_year_r", "same year"),
            cll.CustomLevel("abs(birth_year_l - birth_year_r) = 1", "one year off"),
            cll.CustomLevel("abs(birth_year_l - birth_year_r) <= 3", "a few years off"),
            cll.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _named(cl.JaroWinklerAtThresholds("surname", [0.92, 0.85])),
            _named(cl.JaroWinklerAtThresholds("given", [0.92, 0.8])),
            _named(cl.JaroWinklerAtThresholds("patronymic", [0.92, 0.8])),
            birth,
            _named(cl.ExactMatch("region")),
            _named(cl.ExactMatch("nationality")),
            *([_named(cl.ExactMatch("execution_date"))] if dated else []),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("surname", "given"),
            block_on("surname", "birth_year"),
            block_on("given", "patronymic", "birth_year"),
            *([block_on("given", "execution_date", "birth_year")] if dated else []),
        ],
        additional_columns_to_retain=["source", "locator"],
    )


def _named(comparison: Any) -> Any:
    return comparison.configure(term_frequency_adjustments=True)


FEBRL_BLOCKS: dict[bool, tuple[tuple[str, ...], ...]] = {
    False: (("soc_sec_id",), ("given",), ("surname",), ("birth_date",), ("postcode",)),
    True: (("given", "surname"), ("birth_date",), ("soc_sec_id",), ("state", "address_1"),
           ("street_number", "address_1"), ("postcode",)),
}  # fmt: skip
"""Whether two lists are linked -> the blocks of Splink's example."""
SWITCHED = "l.given = r.surname AND l.surname = r.given"


def febrl_model(_con: duckdb.DuckDBPyConnection, frames: Sequence[str]) -> Any:
    """Return the settings of Splink's examples febrl3 and febrl4 (its detailed model)."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule

    two = len(frames) > 1
    names = [cl.NameComparison("given"), cl.NameComparison("surname")]
    postcode = cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])
    return SettingsCreator(
        link_type="link_only" if two else "dedupe_only",
        comparisons=[
            *(map(_named, names) if two else names),
            cl.DateOfBirthComparison("birth_date", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2] if two else [2]),
            _named(cl.ExactMatch("street_number")),
            _named(postcode if two else cl.ExactMatch("postcode")),
        ],
        blocking_rules_to_generate_predictions=[
            *(block_on(*columns) for columns in FEBRL_BLOCKS[two]),
            *([CustomRule(SWITCHED)] if two else []),
        ],
        additional_columns_to_retain=["source", "locator"],
    )


def historical_model(_con: duckdb.DuckDBPyConnection, _frames: Sequence[str]) -> Any:
    """Return the settings of Splink's example deduplicate_50k_synthetic."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ForenameSurnameComparison(
                "given", "surname", forename_surname_concat_col_name="full_name"
            ),
            cl.DateOfBirthComparison("birth_date", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            _named(cl.ExactMatch("birth_place")),
            _named(cl.ExactMatch("occupation")),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("substr(given, 1, 3)", "substr(surname, 1, 4)"),
            block_on("surname", "birth_date"),
            block_on("given", "birth_date"),
            block_on("postcode_fake", "given"),
            block_on("postcode_fake", "surname"),
            block_on("birth_date", "birth_place"),
            block_on("substr(postcode_fake, 1, 3)", "birth_date"),
            block_on("substr(postcode_fake, 1, 3)", "given"),
            block_on("substr(postcode_fake, 1, 3)", "surname"),
            block_on("substr(given, 1, 2)", "substr(surname, 1, 2)", "substr(birth_date, 1, 4)"),
        ],
        additional_columns_to_retain=["source", "locator"],
    )


MODELS = {
    "lists": lists_model,
    "febrl3": febrl_model,
    "febrl4": febrl_model,
    "historical": historical_model,
}
PRIORS: dict[str, tuple[list[str | tuple[str, ...]], float]] = {
    "lists": ([("surname", "given", "patronymic", "birth_year")], 0.45),
    "febrl3": ([("soc_sec_id",), ("given", "surname", "birth_date"),
                f"{SWITCHED} AND l.birth_date = r.birth_date"], 0.9),
    "febrl4": ([("soc_sec_id",), ("given", "surname", "birth_date")], 0.8),
    "historical": ([("given", "surname", "birth_date"),
                    ("substr(given, 1, 2)", "surname", "substr(postcode_fake, 1, 2)"),
                    ("birth_date", "postcode_fake")], 0.6),
}  # fmt: skip
"""Kind -> rules that find true pairs only, and the share of the true pairs they find."""
TRAINED_ON = {
    "lists": (("execution_date", "birth_year"), ("surname", "given", "patronymic")),
    "lean": (("surname", "birth_year", "region"), ("given", "patronymic", "birth_year", "region"),
             ("surname", "given", "patronymic")),
    "febrl3": (("birth_date",), ("postcode",)),
    "febrl4": (("birth_date",), ("postcode",)),
    "historical": (("given", "surname"), ("birth_date",)),
}  # fmt: skip
"""Kind -> the blocks in which EM learns, one after the other."""


def train(linker: Any, kind: str, con: duckdb.DuckDBPyConnection) -> None:
    """Learn the parameters without labels."""
    from splink import block_on

    rules, recall = PRIORS[kind]
    linker.training.estimate_probability_two_random_records_match(
        [rule if isinstance(rule, str) else block_on(*rule) for rule in rules], recall=recall
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    blocks = "lean" if kind == "lists" and not executions(con) else kind
    for columns in TRAINED_ON[blocks]:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), max_pairs=2e6, estimate_without_term_frequencies=True
        )


# --- ours, in processes of its own ---------------------------------------------------------------
def ours_add(archive: Path, files: Sequence[Path]) -> None:
    from byname import Archive

    with Archive(archive) as opened:
        opened.add(*files)


def ours_link(archive: Path, out: Path, keep: bool) -> None:
    """Link; with ``keep`` the candidates stay in the archive for the blocking recall."""
    from byname import Archive

    with Archive(archive) as opened:
        opened.sql("SELECT 1")
        link: Any = opened.link
        started = time.perf_counter()
        link(keep_candidates=True) if keep else link()
        took = {"seconds": time.perf_counter() - started, "peak_mb": peak_mb()}
    (out / "took.json").write_text(json.dumps(took))


OURS = {
    "members": "SELECT e.id, s.title AS source, e.locator, m.person AS cluster"
    " FROM made.members m JOIN made.entries e ON e.id = m.record"
    " JOIN made.sources s ON s.id = e.source",
    "links": "SELECT left_record AS l, right_record AS r, probability FROM made.links",
    "candidates": "SELECT left_record AS l, right_record AS r FROM made.candidates",
}


# --- running and scoring -------------------------------------------------------------------------
class ChildError(Exception):
    """A step failed; its last words."""


def child(*arguments: object) -> None:
    """Run a step of this file in a process of its own, whose words matter only if it fails."""
    command = [sys.executable, __file__, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ChildError(f"{arguments[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def run_stock(task: Task, work: Path) -> tuple[Score, list[str]]:
    out = work / f"stock_{task.name}"
    out.mkdir(exist_ok=True)
    child("child-stock", task.kind, out, *task.files)
    with _scoring(task) as con:
        for table in OURS:
            con.execute(f"CREATE VIEW {table} AS FROM '{out}/{table}.parquet'")
        return score(con, "stock", out, True), details(con, False)


def run_ours(task: Task, work: Path, candidates: bool) -> tuple[Score, list[str]]:
    out = work / f"ours_{task.name}"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    child("child-add", out / "plain.duckdb", *task.files)
    if candidates:
        shutil.copy(out / "plain.duckdb", out / "kept.duckdb")
        (out / "kept").mkdir()
        child("child-link", out / "kept.duckdb", out / "kept", "keep")
    child("child-link", out / "plain.duckdb", out)
    with _scoring(task) as con:
        con.execute(f"ATTACH '{out}/plain.duckdb' AS made (READ_ONLY)")
        for table in ("members", "links"):
            con.execute(f"CREATE TABLE {table} AS {OURS[table]}")
        if candidates:
            con.execute("DETACH made")
            con.execute(f"ATTACH '{out}/kept.duckdb' AS made (READ_ONLY)")
            con.execute(f"CREATE VIEW candidates AS {OURS['candidates']}")
        return score(con, "ours", out, candidates), details(con, True)


def _scoring(task: Task) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(f"CREATE TABLE truth AS FROM read_csv('{task.truth}', all_varchar=true)")
    return con


def score(con: duckdb.DuckDBPyConnection, tool: str, out: Path, candidates: bool) -> Score:
    """Compare clusters with the truth, pair by pair."""
    con.execute("""CREATE TABLE known AS
        SELECT coalesce(m.id, -row_number() OVER ()) AS id, t.person,
            coalesce(m.cluster::VARCHAR, 'alone ' || row_number() OVER ()) AS cluster,
            coalesce(t.error, '') AS error
        FROM truth t LEFT JOIN members m USING (source, locator)""")
    _same_rows(con)
    con.execute("""CREATE TABLE true_pairs AS
        SELECT l.id AS l, r.id AS r, l.cluster = r.cluster AS found,
            l.error || '+' || r.error AS errors
        FROM known l JOIN known r ON l.person = r.person AND l.id < r.id""")
    wanted, found = _row(con, "SELECT count(*), count(*) FILTER (found) FROM true_pairs")
    (made,) = _row(con, """SELECT coalesce(sum(n * (n - 1) // 2), 0)
        FROM (SELECT count(*) AS n FROM known GROUP BY cluster)""")  # fmt: skip
    pairs, kept = None, None
    if candidates:
        con.execute("""CREATE TABLE kept AS
            SELECT DISTINCT least(c.l, c.r) AS l, greatest(c.l, c.r) AS r FROM candidates c
            SEMI JOIN true_pairs t ON t.l = least(c.l, c.r) AND t.r = greatest(c.l, c.r)""")
        (pairs,) = _row(con, "SELECT count(*) FROM candidates")
        (kept,) = _row(con, "SELECT count(*) FROM kept")
    took = json.loads((out / "took.json").read_text())
    return Score(tool, found / max(made, 1), found / max(wanted, 1),
                 None if kept is None else kept / max(wanted, 1), pairs,
                 took["seconds"], took["peak_mb"])  # fmt: skip


def _row(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    return con.execute(query).fetchall()[0]


def _same_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Count the rows that the tool does not know, each as a person of its own; refuse many."""
    rows, unknown = _row(con, "SELECT count(*), count(*) FILTER (id < 0) FROM known")
    if unknown:
        print(f"  {unknown} of {rows} rows are unknown to the tool (held to be alone)")
    if unknown > rows / 100:
        raise SystemExit("The truth and the tool speak of different rows.")


def details(con: duckdb.DuckDBPyConnection, reliability: bool) -> list[str]:
    """Return recall by class of error and, for ours, whether probabilities mean what they say."""
    blocked = "NULL"
    if con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'kept'").fetchall():
        blocked = "avg((SELECT count(*) FROM kept k WHERE k.l = p.l AND k.r = p.r))"
    rows = con.execute(f"""
        WITH classed AS (
            SELECT p.*, list_distinct(list_filter(string_split(errors, '+'), lambda x: x <> ''))
                AS classes FROM true_pairs p),
        unnested AS (
            SELECT *, unnest(classes) AS class FROM classed
            UNION ALL SELECT *, 'no error in the name' FROM classed
            WHERE list_has_all({list(DATE_ERRORS)}, classes))
        SELECT class, count(*), avg(found::INTEGER), {blocked} FROM unnested p
        GROUP BY class ORDER BY 2 DESC""").fetchall()
    lines = [f"  {'class of error in the pair':<24}{'pairs':>10}{'recall':>9}{'blocking':>10}"]
    lines += [
        f"  {name:<24}{count:>10}{found:>9.3f}" + (f"{kept:>10.3f}" if kept is not None else "")
        for name, count, found, kept in rows
    ]
    return lines + (_reliability(con) if reliability else [])


def _reliability(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(f"""
        WITH scored AS (
            SELECT probability, a.person = b.person AS same,
                list_count(list_filter({list(BINS[1:-1])}, lambda x: x <= probability)) AS bin
            FROM links k JOIN known a ON a.id = k.l JOIN known b ON b.id = k.r)
        SELECT bin, count(*), avg(probability), avg(same::INTEGER) FROM scored
        GROUP BY bin ORDER BY bin""").fetchall()
    lines = [f"  {'probability':<16}{'links':>10}{'mean':>8}{'true':>8}"]
    return lines + [
        f"  {f'{BINS[bin_]:g} to {BINS[bin_ + 1]:g}':<16}{count:>10}{mean:>8.3f}{same:>8.3f}"
        for bin_, count, mean, same in rows
    ]


def table(scores: Sequence[Score]) -> list[str]:
    """Return the scores side by side, with the ratio of the last to the first."""
    head = ("tool", "precision", "recall", "F1", "blocking", "pairs", "seconds", "peak MB")
    rows = [
        (s.tool, f"{s.precision:.4f}", f"{s.recall:.4f}", f"{s.f1:.4f}",
         "-" if s.blocking is None else f"{s.blocking:.4f}",
         "-" if s.pairs is None else f"{s.pairs:,}", f"{s.seconds:.1f}", f"{s.peak_mb:,.0f}")
        for s in scores
    ]  # fmt: skip
    if len(scores) == 2:
        a, b = (
            (s.precision, s.recall, s.f1, s.blocking, s.pairs, s.seconds, s.peak_mb) for s in scores
        )
        ratios = [
            f"x {y / x:.2f}" if x and y is not None else "-" for x, y in zip(a, b, strict=True)
        ]
        rows.append(("ratio", *ratios))  # type: ignore[arg-type]
    return ["".join(f"{cell:>13}" for cell in row) for row in (head, *rows)]


def report(task: Task, work: Path, tools: Sequence[str], candidates: bool) -> bool:
    """Run the tools on one task and print what came of it; False when one failed."""
    print(f"\n{task.name}: {', '.join(path.name for path in task.files)}", flush=True)
    runs = {"stock": lambda: run_stock(task, work),
            "ours": lambda: run_ours(task, work, candidates)}  # fmt: skip
    results = []
    for tool in tools:
        try:
            made = runs[tool]()
        except ChildError as error:
            print(f"{tool}: {error}")
        else:
            results.append(made)
    print("\n".join(table([made[0] for made in results])))
    for made_score, lines in results:
        if task.kind == "lists" or made_score.tool == "ours":
            print(f"{made_score.tool}:\n" + "\n".join(lines), flush=True)
    return len(results) == len(tools)


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1].startswith("child-"):
        _child(sys.argv[1], sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("lists", "febrl", "historical"))
    parser.add_argument("folder", type=Path, nargs="?", help="of synthetic_lists.py")
    parser.add_argument("--tools", nargs="+", choices=("stock", "ours"), default=["stock", "ours"])
    parser.add_argument("--no-candidates", action="store_true", help="spare ours the second run")
    parser.add_argument("--work", type=Path, help="keep archives and results in this folder")
    args = parser.parse_args()
    if args.what == "lists" and args.folder is None:
        parser.error("lists: give the folder that synthetic_lists.py wrote")
    with tempfile.TemporaryDirectory() as temporary:
        work = args.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        makers = {"febrl": febrl_tasks, "historical": historical_task}
        tasks = lists_task(args.folder, work) if args.what == "lists" else makers[args.what](work)
        done = [report(task, work, args.tools, not args.no_candidates) for task in tasks]
    if not all(done):
        raise SystemExit(1)


def _child(step: str, rest: Sequence[str]) -> None:
    if step == "child-stock":
        stock(rest[0], Path(rest[1]), [Path(path) for path in rest[2:]])
    elif step == "child-add":
        ours_add(Path(rest[0]), [Path(path) for path in rest[1:]])
    else:
        ours_link(Path(rest[0]), Path(rest[1]), rest[2:] == ["keep"])


if __name__ == "__main__":
    main()
