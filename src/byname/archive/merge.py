"""Part files -> archive, in set-based SQL within one transaction.

Each statement is one step of a sentence: which entries won, which of them the archive knows,
what became of them, and then the writing.
"""

from __future__ import annotations

import duckdb

from byname.archive.facts import write_facts, write_people
from byname.archive.grouping import unlink
from byname.archive.lists import AddReport
from byname.archive.matching import POSITIONAL, match
from byname.archive.parts import parts
from byname.archive.rows import KEY_COLUMNS, RECORD_COLUMNS, TEXT_COLUMNS
from byname.archive.schema import TEXT_FIELDS
from byname.archive.staging import Staged
from byname.records import CASE_FIELDS


class Merge:
    """One run of ``add`` written into the archive; ``connection`` is in a transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, staged: Staged, run: int) -> None:
        self._db = connection
        self._staged = staged
        self._run = run
        self._texts = parts(staged.folder, "texts", TEXT_COLUMNS)
        self._records = parts(staged.folder, "records", RECORD_COLUMNS)

    def write(self) -> AddReport:
        """Carry out the merge and return what happened."""
        if not self._staged.batches:
            return AddReport(superseded=self._staged.superseded)
        self._load_keys()
        self._choose_winners()
        match(self._db, self._texts)
        self._plan()
        self._write_entries()
        self._write_records()
        write_facts(self._db, self.changed_records())
        write_people(self._db, "SELECT id FROM touched")
        self._write_absence()
        self._write_rejected()
        return self._report()

    def changed_records(self) -> str:
        """Return the SQL for the ids whose record is new or read again."""
        return "SELECT id FROM plan WHERE state IN ('added', 'updated') OR reread"

    def _count(self, sql: str) -> int:
        row = self._db.execute(sql).fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    def _load_keys(self) -> None:
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE files (file INTEGER, title VARCHAR, format VARCHAR, "
            "name VARCHAR, sha256 VARCHAR, encoding VARCHAR, publisher VARCHAR, "
            "licence VARCHAR, citation VARCHAR)"
        )
        for file in self._staged.files:
            wanted = file.list
            self._db.execute(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    file.number, wanted.source_title, file.format, wanted.path.name, file.sha256,
                    file.encoding, wanted.publisher, wanted.licence, wanted.citation,
                ],
            )  # fmt: skip
        self._db.execute(f"""
            CREATE OR REPLACE TEMP TABLE keys AS
            SELECT k.* EXCLUDE (list), coalesce(nullif(k.list, ''), f.title) AS source_title,
                   f.name AS file_name
            FROM {parts(self._staged.folder, "keys", KEY_COLUMNS)} k JOIN files f USING (file)
        """)
        self._write_sources()

    def _write_sources(self) -> None:
        self._db.execute("""
            CREATE OR REPLACE TEMP TABLE lists AS
            SELECT source_title AS title, min(seq) AS first_seq, max(file) AS file,
                   count(DISTINCT file) AS files
            FROM keys GROUP BY source_title
        """)
        self._db.execute(
            """
            INSERT INTO sources
            SELECT (SELECT coalesce(max(id), 0) FROM sources)
                       + row_number() OVER (ORDER BY l.first_seq),
                   l.title, f.format, f.name, f.sha256, f.encoding,
                   f.publisher, f.licence, f.citation, $run, $run
            FROM lists l JOIN files f USING (file)
            WHERE l.title NOT IN (SELECT title FROM sources)
            ORDER BY l.first_seq
            """,
            {"run": self._run},
        )
        self._db.execute("""
            UPDATE sources SET format = f.format, file = f.name, sha256 = f.sha256,
                encoding = f.encoding, publisher = coalesce(f.publisher, sources.publisher),
                licence = coalesce(f.licence, sources.licence),
                citation = coalesce(f.citation, sources.citation)
            FROM lists l JOIN files f USING (file) WHERE sources.title = l.title
        """)

    def _choose_winners(self) -> None:
        """Of several revisions the highest; of equal locators without revision, all of them."""
        self._db.execute(f"""
            CREATE OR REPLACE TEMP TABLE winners AS
            WITH placed AS (
                SELECT k.seq, s.id AS source, k.revision, k.kind, k.hash, k.reader,
                       k.reason, k.line,
                       regexp_matches(k.locator, '{POSITIONAL}') AS by_place,
                       CASE WHEN by_place AND l.files > 1
                            THEN k.file_name || ', ' || k.locator ELSE k.locator END AS place
                FROM keys k JOIN sources s ON s.title = k.source_title
                            JOIN lists l ON l.title = k.source_title
            ), ranked AS (
                SELECT *, row_number() OVER (
                    PARTITION BY source, place ORDER BY revision DESC, seq) AS nth
                FROM placed
            )
            SELECT seq, source, revision, kind, hash, reader, reason, line, by_place,
                   CASE WHEN nth = 1 THEN place ELSE place || ' (' || nth || ')' END AS locator
            FROM ranked WHERE nth = 1 OR revision = 0
        """)

    def _plan(self) -> None:
        """Give every winner its id and its state; an older revision than ours changes nothing."""
        self._db.execute("""
            CREATE OR REPLACE TEMP TABLE plan AS
            WITH known AS (
                SELECT w.*, m.id AS old_id, e.locator AS old_locator, e.position AS old_position,
                       CASE WHEN e.id IS NULL THEN 'added'
                            WHEN e.hash = w.hash OR w.revision < e.revision THEN 'unchanged'
                            ELSE 'updated' END AS state,
                       e.hash = w.hash AND r.reader IS DISTINCT FROM w.reader AS reread
                FROM winners w LEFT JOIN matched m USING (seq)
                               LEFT JOIN entries e ON e.id = m.id
                               LEFT JOIN records r ON r.id = m.id
                WHERE w.reason IS NULL
            )
            SELECT * EXCLUDE (old_id, reread), coalesce(reread, false) AS reread,
                   coalesce(old_id, (SELECT coalesce(max(id), 0) FROM entries) + row_number()
                       OVER (PARTITION BY old_id IS NULL ORDER BY seq)) AS id,
                   row_number() OVER (PARTITION BY source ORDER BY seq) AS position
            FROM known
        """)

    def _write_entries(self) -> None:
        self._db.execute(
            """
            INSERT INTO entry_history
            SELECT e.id, e.title, e.raw, e.extra, e.hash, e.revision, e.changed_run, $run
            FROM entries e JOIN plan p USING (id) WHERE p.state = 'updated'
            """,
            {"run": self._run},
        )
        self._db.execute(
            f"""
            UPDATE entries SET kind = n.kind, title = n.title, raw = n.raw, extra = n.extra,
                hash = n.hash, revision = n.revision, changed_run = $run
            FROM (SELECT p.id, p.kind, t.title, t.raw, t.extra, p.hash, p.revision
                  FROM plan p JOIN {self._texts} t USING (seq) WHERE p.state = 'updated') n
            WHERE entries.id = n.id
            """,
            {"run": self._run},
        )
        self._db.execute("""
            UPDATE entries SET locator = p.locator, position = p.position, line = p.line
            FROM plan p WHERE entries.id = p.id AND p.state <> 'added'
                AND (entries.locator <> p.locator OR entries.line IS DISTINCT FROM p.line
                     OR (p.by_place AND entries.position <> p.position))
        """)
        self._db.execute(
            f"""
            INSERT INTO entries
            SELECT p.id, p.source, p.locator, p.position, p.line, p.kind, t.title, t.raw, t.extra,
                   p.hash, p.revision, $run, $run, NULL
            FROM {self._texts} t JOIN plan p USING (seq) WHERE p.state = 'added'
            """,
            {"run": self._run},
        )

    def _write_records(self) -> None:
        self._db.execute(f"DELETE FROM records WHERE id IN ({self.changed_records()})")
        self._db.execute(f"DELETE FROM cases WHERE record IN ({self.changed_records()})")
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE touched AS {self.changed_records()} UNION "
            "SELECT record FROM members WHERE person IN (SELECT person FROM members "
            f"WHERE record IN ({self.changed_records()}))"
        )
        unlink(self._db, self.changed_records())
        fields = ", ".join(f"r.{name}" for name in TEXT_FIELDS)
        years = r"regexp_extract_all(r.birth_date, '\d{4}')"
        self._db.execute(f"""
            INSERT INTO records
            SELECT p.id, r.kind, {fields}, coalesce(r.other_names, []),
                   try_cast(list_min({years}) AS INTEGER), try_cast(list_max({years}) AS INTEGER),
                   r.fate, coalesce(r.inferred, []), r.coded, r.doubts, r.spans, r.reader
            FROM {self._records} r JOIN plan p USING (seq)
            WHERE p.state IN ('added', 'updated') OR p.reread
        """)
        columns = ", ".join(f"c.{name}" for name in CASE_FIELDS)
        self._db.execute(f"""
            INSERT INTO cases
            SELECT id, c.n, {columns}, c.coded
            FROM (SELECT p.id, unnest(r.cases) AS c
                  FROM {self._records} r JOIN plan p USING (seq)
                  WHERE (p.state IN ('added', 'updated') OR p.reread) AND r.cases IS NOT NULL)
        """)

    def _write_absence(self) -> None:
        self._db.execute(
            """
            UPDATE entries SET absent_run = $run
            WHERE absent_run IS NULL AND source IN (SELECT source FROM winners)
                AND id NOT IN (SELECT id FROM plan)
            """,
            {"run": self._run},
        )
        self._db.execute("""
            UPDATE entries SET absent_run = NULL
            WHERE absent_run IS NOT NULL AND id IN (SELECT id FROM plan)
        """)

    def _write_rejected(self) -> None:
        self._db.execute(f"""
            CREATE OR REPLACE TEMP TABLE refused AS
            SELECT w.source, w.locator, t.raw, w.reason, w.seq
            FROM winners w JOIN {self._texts} t USING (seq) WHERE w.reason IS NOT NULL
        """)
        self._db.execute(
            """
            UPDATE rejected SET absent_run = $run
            WHERE absent_run IS NULL AND source IN (SELECT source FROM winners)
                AND (source, locator, raw, reason) NOT IN
                    (SELECT (source, locator, raw, reason) FROM refused)
            """,
            {"run": self._run},
        )
        self._db.execute(
            """
            INSERT INTO rejected
            SELECT source, locator, raw, reason, $run, NULL FROM refused
            WHERE (source, locator, raw, reason) NOT IN
                (SELECT (source, locator, raw, reason) FROM rejected WHERE absent_run IS NULL)
            ORDER BY seq
            """,
            {"run": self._run},
        )

    def _report(self) -> AddReport:
        report = AddReport()
        rows = self._db.execute(
            "SELECT state, count(*), count(*) FILTER (reread), "
            "count(*) FILTER (state <> 'added' AND locator <> old_locator) "
            "FROM plan GROUP BY state"
        ).fetchall()
        for state, count, reread, moved in rows:
            setattr(report, state, count)
            report.reread += reread
            report.moved += moved
        report.reasons = dict(
            self._db.execute(
                "SELECT reason, count(*) FROM refused GROUP BY reason ORDER BY 2 DESC, 1 LIMIT 10"
            ).fetchall()
        )
        report.rejected = self._count("SELECT count(*) FROM refused")
        report.read = self._count("SELECT count(*) FROM winners")
        report.superseded = max(self._staged.superseded, self._staged.items - report.read)
        report.absent = self._count(
            "SELECT count(*) FROM entries WHERE absent_run IS NOT NULL "
            "AND source IN (SELECT source FROM winners)"
        )
        if report.added + report.updated + report.reread:
            self._db.execute(
                "UPDATE sources SET last_run = ? WHERE id IN (SELECT source FROM plan "
                "WHERE state IN ('added', 'updated') OR reread)",
                [self._run],
            )
        return report
