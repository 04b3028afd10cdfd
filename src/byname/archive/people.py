"""Reading people back: who a person is, which records, why they are held together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import duckdb

from byname.archive import reading
from byname.archive.reading import Row, Shown
from byname.people.model import from_json
from byname.people.reasons import Reason, reasons


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pair of records that was compared, with the weight of each field.

    Attributes:
        left, right: ids of the records, the smaller first.
        weight: bits for one person, the prior included; None when the pair was not scored.
        probability: that they are one person; None as above.
        prior: bits before anything was compared.
        reasons: what each field says, the weightiest first.
        against: what contradicts one person so gravely that it outweighs the sum, or "".
        decision: what a human being decided about them, in words, or None.

    """

    left: int
    right: int
    weight: float | None
    probability: float | None
    prior: float | None
    reasons: list[Reason]
    against: str = ""
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person: the records held to speak of one human being, and why.

    Attributes:
        person: "p12", the id of the first record; stays through relinking.
        asked: the id that was asked for, where another person's records hold it now.
        name, birth: of the record that says most.
        records: all of them, side by side.
        evidence: the pairs among them that were compared.
        others: pairs with records of other people that may be the same, likeliest first.
        linked: whether the archive was linked since these records were added.

    """

    person: str
    asked: str | None
    name: str
    birth: str | None
    records: list[Shown]
    evidence: list[Evidence] = field(default_factory=list)
    others: list[Evidence] = field(default_factory=list)
    linked: bool = True

    def as_dict(self) -> Row:
        """Return everything as plain values for JSON."""
        return asdict(self)


_MOST_OTHERS = 5
_WORTH_NAMING = 0.02
"""Probability from which a record of another person is named as possibly the same."""


def members_of(connection: duckdb.DuckDBPyConnection, record: int) -> tuple[int, list[int]] | None:
    """Return the person that holds ``record`` and its records, None for a record not linked."""
    rows = connection.execute(
        "SELECT person, record FROM members WHERE person = "
        "(SELECT person FROM members WHERE record = ?) ORDER BY record",
        [record],
    ).fetchall()
    return (int(rows[0][0]), [int(row[1]) for row in rows]) if rows else None


def show(connection: duckdb.DuckDBPyConnection, number: int) -> ShownPerson | None:
    """Return the person that holds record ``number``, or None when there is no such record."""
    found = members_of(connection, number)
    person, ids = found or (number, [number])
    shown = [one for one in (reading.show(connection, record) for record in ids) if one]
    if not shown:
        return None
    fullest = max(shown, key=lambda one: (len(one.fields) + len(one.cases), -one.record))
    return ShownPerson(
        person=f"p{person}" if found else f"r{person}",
        asked=f"p{number}" if person != number else None,
        name=name_of(fullest),
        birth=fullest.fields.get("birth_date"),
        records=shown,
        evidence=_among(connection, ids),
        others=_others(connection, ids),
        linked=found is not None,
    )


def name_of(shown: Shown) -> str:
    """Return the name of a record, "" when it states none."""
    parts = (shown.fields.get(name) for name in ("surname", "given", "patronymic"))
    return " ".join(part for part in parts if part)


def evidence(connection: duckdb.DuckDBPyConnection, left: int, right: int) -> Evidence:
    """Return what is known about a pair of records."""
    left, right = min(left, right), max(left, right)
    found = _read(connection, "left_record = ? AND right_record = ?", [left, right])
    return found[0] if found else Evidence(left, right, None, None, None, [])


def _among(connection: duckdb.DuckDBPyConnection, ids: Sequence[int]) -> list[Evidence]:
    inside = "IN (SELECT unnest(?::BIGINT[]))"
    return _read(connection, f"left_record {inside} AND right_record {inside}", [ids, ids])


def _others(connection: duckdb.DuckDBPyConnection, ids: Sequence[int]) -> list[Evidence]:
    inside = "IN (SELECT unnest(?::BIGINT[]))"
    found = _read(
        connection,
        f"((left_record {inside}) <> (right_record {inside})) AND probability >= {_WORTH_NAMING}",
        [ids, ids],
    )
    return found[:_MOST_OTHERS]


def read(
    connection: duckdb.DuckDBPyConnection, where: str, values: Sequence[Any], order: str
) -> list[Evidence]:
    """Return the scored pairs that ``where`` selects, in ``order``."""
    row = connection.execute("SELECT model FROM models ORDER BY run DESC LIMIT 1").fetchone()
    if row is None:
        return []
    model = from_json(row[0])
    rows = reading.rows(connection, f"SELECT * FROM links WHERE {where} ORDER BY {order}", values)
    names = _names(connection, [row[side] for row in rows for side in _SIDES])
    decided = _decided(connection)
    return [
        Evidence(
            left=row["left_record"],
            right=row["right_record"],
            weight=row["weight"],
            probability=row["probability"],
            prior=row["prior"],
            reasons=reasons(model.extras, row["levels"], row["bits"], *_both(names, row)),
            against=row["against"],
            decision=decided.get((row["left_record"], row["right_record"])),
        )
        for row in rows
    ]


_SIDES = ("left_record", "right_record")


def _read(
    connection: duckdb.DuckDBPyConnection, where: str, values: Sequence[Any]
) -> list[Evidence]:
    return read(connection, where, values, "weight DESC, left_record, right_record")


def _both(names: dict[int, Row], row: Row) -> tuple[Row, Row]:
    return names[row["left_record"]], names[row["right_record"]]


def _names(connection: duckdb.DuckDBPyConnection, ids: Sequence[int]) -> dict[int, Row]:
    """Return the values of records that reasons quote."""
    found = reading.rows(
        connection,
        """
        SELECT r.id, surname, given, patronymic, birth_date, birth_place, residence, occupation,
               r.nationality, sex, death_date,
               (SELECT list(execution_date) FROM cases c WHERE c.record = r.id
                    AND execution_date IS NOT NULL) AS executions,
               (SELECT list(arrest_date) FROM cases c WHERE c.record = r.id
                    AND arrest_date IS NOT NULL) AS arrests,
               (SELECT list(sentence_date) FROM cases c WHERE c.record = r.id
                    AND sentence_date IS NOT NULL) AS sentences
        FROM records r WHERE r.id IN (SELECT unnest(?::BIGINT[]))
        """,
        [list(ids)],
    )
    return {row["id"]: row for row in found}


def _decided(connection: duckdb.DuckDBPyConnection) -> dict[tuple[int, int], str]:
    rows = connection.execute(
        "SELECT left_record, right_record, same, author, note FROM decisions WHERE undone IS NULL"
    ).fetchall()
    return {
        (left, right): f"{'one person' if same else 'different people'}, decided by {author}"
        + (f": {note}" if note else "")
        for left, right, same, author, note in rows
    }


def worth_asking(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Evidence]:
    """Return the undecided pairs whose answer changes most: near even odds, many records.

    An answer is worth its uncertainty in bits (Shannon 1948) times the number of records that
    would come together or part.
    """
    p = "greatest(least(l.probability, 0.999999), 0.000001)"
    return read(
        connection,
        """
        probability BETWEEN 0.01 AND 0.99 AND (left_record, right_record) NOT IN
            (SELECT (left_record, right_record) FROM decisions WHERE undone IS NULL)
        AND (left_record, right_record) IN (
            SELECT (l.left_record, l.right_record)
            FROM links l JOIN members a ON a.record = l.left_record
                 JOIN members b ON b.record = l.right_record
            WHERE l.probability BETWEEN 0.01 AND 0.99
            ORDER BY """
        f"-({p} * log2({p}) + (1 - {p}) * log2(1 - {p}))"
        """
                * (SELECT count(*) FROM members m WHERE m.person IN (a.person, b.person)) DESC,
                l.left_record, l.right_record
            LIMIT ?)
        """,
        [limit],
        "abs(probability - 0.5), left_record, right_record",
    )
