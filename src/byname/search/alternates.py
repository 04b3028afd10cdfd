"""Names recorded beside the first one, read into rows of their own.

Lists give an alternate as a surname alone, as a given name or patronymic alone, or whole; what
it leaves unsaid is as in the record's own name.
"""

from __future__ import annotations

import duckdb

from byname.names.families import given_family, is_known_family
from byname.names.loose import loose
from byname.names.parts import looks_like_patronymic, split_name
from byname.names.syllables import syllables

Name = tuple[str, str, str]


def join_syllables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make one given name of two syllables that a list has as given name and patronymic.

    "Ли Чер Сан" and "Ли Чер-Сан" are then found alike.
    """
    pairs = connection.execute(
        "SELECT DISTINCT given, patronymic FROM named "
        "WHERE given <> '' AND length(patronymic) BETWEEN 1 AND 6 AND length(given) <= 6"
    ).fetchall()
    joined = [pair for pair in pairs if all(len(syllables(loose(part))) == 1 for part in pair)]
    if joined:
        givens, seconds = zip(*joined, strict=True)
        connection.execute(
            """
            UPDATE named SET given = named.given || ' ' || named.patronymic, patronymic = ''
            FROM (SELECT unnest(?::VARCHAR[]) AS given, unnest(?::VARCHAR[]) AS patronymic) p
            WHERE named.given = p.given AND named.patronymic = p.patronymic
            """,
            [list(givens), list(seconds)],
        )


def add_alternates(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to the table ``named`` a row for each alternate name of a record."""
    found = connection.execute("""
        SELECT n.id, n.surname, n.given, n.patronymic, r.other_names
        FROM named n JOIN records r USING (id) WHERE len(r.other_names) > 0
        UNION ALL
        SELECT id, '', '', '', other_names FROM records
        WHERE len(other_names) > 0 AND surname IS NULL AND given IS NULL AND patronymic IS NULL
    """).fetchall()
    rows = [
        (number, *name)
        for number, *own, others in found
        for name in dict.fromkeys(alternate((own[0], own[1], own[2]), one) for one in others)
        if name != tuple(own)
    ]
    if rows:
        ids, surnames, givens, patronymics = zip(*rows, strict=True)
        connection.execute(
            """
            INSERT INTO named
            SELECT a.id, true, a.surname, a.given, a.patronymic, coalesce(n.year, 0),
                   coalesce(n.birth, '')
            FROM (SELECT unnest(?::BIGINT[]) AS id, unnest(?::VARCHAR[]) AS surname,
                         unnest(?::VARCHAR[]) AS given, unnest(?::VARCHAR[]) AS patronymic) a
            LEFT JOIN named n ON n.id = a.id AND NOT n.other
            """,
            [list(ids), list(surnames), list(givens), list(patronymics)],
        )


def alternate(own: Name, other: str) -> Name:
    """Return the whole name that an alternate stands for.

    >>> alternate(("Гутань", "Карл", "Янович"), "Зазубрин")
    ('Зазубрин', 'Карл', 'Янович')
    >>> alternate(("Гутань", "Карл", "Янович"), "Кароль")
    ('Гутань', 'Кароль', 'Янович')
    """
    words = other.split()
    if len(words) == 1:
        if looks_like_patronymic(words[0]) and own[2]:
            return (own[0], own[1], words[0])
        if own[0] and is_known_family(given_family(words[0])):
            return (own[0], words[0], own[2])
        return (words[0], own[1], own[2])
    parts = split_name(other)
    surname, given, patronymic = (
        part.value if part else "" for part in (parts.surname, parts.given, parts.patronymic)
    )
    return (surname or own[0], given or own[1], patronymic or own[2])
