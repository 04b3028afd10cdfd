"""What is compared and in which degrees: the comparisons and levels of the linkage model.

A level is tried from the top; the first that holds is the pair's. Its words are what
``byname show`` says. Levels are SQL over the columns of ``compared`` with ``_l`` and ``_r``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byname.people.extras import Extra
from byname.people.near import BANDS, band_sql


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement.

    Attributes:
        words: what it says about the pair, for people.
        sql: the condition; "ELSE" for what is left.
        frequency: column whose value's frequency weighs the agreement (a rare name that
            agrees says more than a common one), or None.
        m, u: share of pairs at this level among those of one person and among those of two;
            where EM starts from, and what is used where there is too little to learn from.
        against: bits for one person that a pair of two lists, and one of one list, must reach in
            all, this included; short of them the two are held to be different people, whoever
            else may be linked with both.

    """

    words: str
    sql: str
    m: float
    u: float
    frequency: str | None = None
    against: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field of two records: where it is ``missing``, it says nothing either way."""

    name: str
    missing: str
    levels: tuple[Level, ...]


# What ``Level.against`` is, by what contradicts: death or sex, patronymic, other names, birth.
GRAVE = (25.0, 30.0)
_FATHERS = (12.0, 25.0)
_WEIGHTY = (6.0, 25.0)
_NAMED = (4.0, 25.0)


def _either_null(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _shared(column: str) -> str:
    return f"list_has_any({column}_l, {column}_r)"


def _exchanged(column: str) -> str:
    """Return the SQL for two days of one year with day and month exchanged."""
    left, right = f"{column}_l", f"{column}_r"
    return (
        f"substr({left}, 1, 4) = substr({right}, 1, 4) "
        f"AND substr({left}, 6, 2) = substr({right}, 9, 2) "
        f"AND substr({left}, 9, 2) = substr({right}, 6, 2)"
    )


def _near(column: str, words: str, m: Sequence[float], u: Sequence[float]) -> list[Level]:
    degrees = ("in spelling only", "a little", "somewhat")
    return [
        Level(f"{words} differs {degree}", band_sql(column, band), m[band - 1], u[band - 1])
        for band, degree in enumerate(degrees[: len(BANDS)], 1)
    ]


SURNAME = Comparison(
    "surname",
    _either_null("surname_id"),
    (
        Level("surname is the same", "surname_id_l = surname_id_r", 0.75, 4e-4, "surname_id"),
        *_near("surname", "surname", (0.12, 0.04, 0.02), (2e-5, 5e-5, 5e-4)),
        Level(
            "another reading or another recorded surname is the same",
            _shared("surnames"),
            0.02,
            1e-5,
        ),
        Level("surname is another", "ELSE", 0.05, 0.999, against=_WEIGHTY),
    ),
)

_SWAPPED = (
    "(misplaced_l OR misplaced_r OR (born_l = born_r AND died_l = died_r)) AND ("
    "(given_l = father_r AND (father_l = given_r OR father_l IS NULL OR given_r IS NULL)) "
    "OR (father_l = given_r AND (given_l IS NULL OR father_r IS NULL)))"
)
"""Only where a word stands in the other's place, or birth and death agree: otherwise Иван
Михайлович and Михаил Иванович are father and son."""


def _name_part(
    column: str, words: str, missing: str, *first: Level, against: tuple[float, float]
) -> Comparison:
    short = f"({column}_short_l OR {column}_short_r)"
    initials = _shared(f"{column}_initials")
    shipped = 0.04 if first else 0.86
    return Comparison(
        column,
        missing,
        (
            *first,
            Level(
                f"{words} is the same",
                f"{column}_id_l = {column}_id_r",
                shipped,
                0.02,
                f"{column}_id",
            ),
            *_near(column, words, (0.03, 0.02, 0.01), (5e-4, 1e-3, 3e-3)),
            Level(f"{words} agrees with the initial", f"{short} AND {initials}", 0.05, 0.01),
            Level(f"{words} does not agree with the initial", short, 0.002, 0.1),
            Level("given name and patronymic have changed places", _SWAPPED, 0.01, 1e-3),
            Level(f"{words} is another", "ELSE", 0.02, 0.86, against=against),
        ),
    )


GIVEN = _name_part(
    "given",
    "given name",
    "given_initials_l IS NULL OR given_initials_r IS NULL",
    against=_WEIGHTY,
)
FATHER = _name_part(
    "father",
    "patronymic",
    "father_initials_l IS NULL OR father_initials_r IS NULL",
    Level("patronymic is the same too", "names_id_l = names_id_r", 0.8, 8e-4, "names_id"),
    against=_FATHERS,
)

SEX = Comparison(
    "sex",
    _either_null("sex"),
    (
        Level("sex is the same", "sex_l = sex_r", 0.998, 0.75),
        Level("sex differs", "ELSE", 0.002, 0.25, against=GRAVE),
    ),
)

_BOTH_DAYS = "birth_l IS NOT NULL AND birth_r IS NOT NULL"
_SAME_YEAR = "birth_low_l <= birth_high_r AND birth_low_r <= birth_high_l"
_OFF = "greatest(birth_low_l - birth_high_r, birth_low_r - birth_high_l)"

BIRTH = Comparison(
    "birth",
    _either_null("birth_low"),
    (
        Level("born on the same day", "birth_l = birth_r", 0.3, 3e-5),
        Level(
            "born in the same year, day and month exchanged",
            f"{_BOTH_DAYS} AND {_exchanged('birth')}",
            0.01, 3e-5,
        ),
        Level(
            "born on the same day of another year", "birth_md_l = birth_md_r", 0.02, 3e-4,
        ),
        Level(
            "born in the same year and month or on the same day of another month",
            f"{_BOTH_DAYS} AND substr(birth_l, 1, 4) = substr(birth_r, 1, 4) "
            "AND (substr(birth_l, 6, 2) = substr(birth_r, 6, 2) "
            "OR substr(birth_l, 9, 2) = substr(birth_r, 9, 2))", 0.03, 5e-4,
        ),
        Level("born in the same year", f"({_SAME_YEAR}) AND NOT ({_BOTH_DAYS})", 0.5, 0.02),
        Level("born in the same year, on another day", _SAME_YEAR, 0.01, 0.01),
        Level("born a year apart", f"{_OFF} = 1", 0.07, 0.05),
        Level("born two years apart", f"{_OFF} = 2", 0.03, 0.05),
        Level("born ten years apart", f"{_OFF} = 10", 0.01, 0.03),
        Level("born in another year", "ELSE", 0.02, 0.84, against=_NAMED),
    ),
)  # fmt: skip


def _event(name: str, words: str, m: tuple[float, ...], told: str = "") -> Comparison:
    """Compare lists of dates, as a person may have been arrested or sentenced twice.

    ``told`` says when the dates tell nothing new: who was shot on one day was as a rule
    sentenced on one day, so agreeing in both proves little more than agreeing in one.
    """
    return Comparison(
        name,
        f"{_either_null(name[:-1] + '_years')}{told}",
        (
            Level(f"{words} on the same day", f"coalesce({_shared(name)}, false)", m[0], 2e-3),
            Level(f"{words} in the same year", _shared(f"{name[:-1]}_years"), m[1], 0.25),
            Level(f"{words} in another year", "ELSE", m[2], 0.75),
        ),
    )


ENDED = Comparison(
    "ended",
    _either_null("ended_low"),
    (
        Level(
            "died on the same day", "nationality_ended_l = nationality_ended_r", 0.5, 1e-3,
            "nationality_ended",
        ),
        Level("died on the same day", "ended_l = ended_r", 0.35, 1e-3, "ended"),
        Level(
            "died within a few days",
            "abs(datediff('day', ended_l::DATE, ended_r::DATE)) <= 3", 0.03, 8e-3,
        ),
        Level(
            "died in the same year, day and month exchanged",
            _exchanged("ended"), 0.005, 1e-3,
        ),
        Level("died in the same month", "ended_month_l = ended_month_r", 0.03, 0.05),
        Level(
            "died in the same year, as far as stated",
            "ended_low_l <= ended_high_r AND ended_low_r <= ended_high_l "
            "AND (ended_l IS NULL OR ended_r IS NULL)", 0.03, 0.2,
        ),
        Level(
            "died on another day of the same year", "ended_low_l = ended_low_r", 0.02, 0.3,
            against=GRAVE,
        ),
        Level("died in another year", "ELSE", 0.035, 0.5, against=GRAVE),
    ),
)  # fmt: skip


def _cross(frequency: str) -> str:
    """Return the SQL for a word that stands in any place of both records."""
    left, right = (
        f"list_concat(birth_place_{frequency}_{side}, home_{frequency}_{side})" for side in "lr"
    )
    return f"coalesce(list_has_any({left}, {right}), false)"


PLACE = Comparison(
    "place",
    "(birth_place_rare_l IS NULL AND home_rare_l IS NULL) "
    "OR (birth_place_rare_r IS NULL AND home_rare_r IS NULL) "
    f"OR (minority_l AND nationality_l = nationality_r AND NOT {_cross('rare')})",
    (
        Level(
            "birthplace and residence share a rare word",
            f"{_shared('birth_place_rare')} AND {_shared('home_rare')}",
            0.1,
            5e-4,
        ),
        Level("birthplaces share a rare word", _shared("birth_place_rare"), 0.3, 3e-3),
        Level("residences share a rare word", _shared("home_rare"), 0.1, 3e-3),
        Level("a birthplace and a residence share a rare word", _cross("rare"), 0.1, 3e-3),
        Level("birthplaces share a common word", _shared("birth_place_common"), 0.2, 0.08),
        Level("residences share a common word", _shared("home_common"), 0.08, 0.06),
        Level("a birthplace and a residence share a common word", _cross("common"), 0.06, 0.08),
        Level("places share no word", "ELSE", 0.06, 0.75),
    ),
)
"""Birthplace and residence together: they go together, and lists give now one, now the other.

That two Latvians come from Courland says nothing new: a region shared by people of one small
nation is passed over, their village is not.
"""

JOB = Comparison(
    "job",
    "job_rare_l IS NULL OR job_rare_r IS NULL",
    (
        Level("occupations share a rare word", _shared("job_rare"), 0.3, 0.01),
        Level("occupations share a common word", _shared("job_common"), 0.25, 0.2),
        Level("occupations share no word", "ELSE", 0.45, 0.79),
    ),
)

NATIONALITY = Comparison(
    "nationality",
    _either_null("nationality"),
    (
        Level(
            "nationality is the same",
            "nationality_given_l = nationality_given_r",
            0.85,
            0.01,
            "nationality_given",
        ),
        Level("nationality is the same", "nationality_l = nationality_r", 0.1, 0.4, "nationality"),
        Level("nationality differs", "ELSE", 0.05, 0.6),
    ),
)


def _extra(extra: Extra) -> Comparison:
    column = extra.column
    return Comparison(
        column,
        _either_null(column),
        (
            Level(f"{extra.name} is the same", f"{column}_l = {column}_r", 0.8, 0.01, column),
            Level(
                f"{extra.name} differs in a letter",
                f"length({column}_l) > 3 AND damerau_levenshtein({column}_l, {column}_r) = 1",
                0.08, 0.005,
            ),
            Level(
                f"{extra.name} is alike",
                f"jaro_winkler_similarity({column}_l, {column}_r) > 0.88", 0.04, 0.02,
            ),
            Level(f"{extra.name} is another", "ELSE", 0.08, 0.965),
        ),
    )  # fmt: skip


def comparisons(extras: Sequence[Extra]) -> list[Comparison]:
    """Return all comparisons for lists that have the further columns ``extras``."""
    return [
        SURNAME, GIVEN, FATHER, SEX, BIRTH, ENDED,
        _event("arrests", "arrested", (0.75, 0.15, 0.1)),
        _event("sentences", "sentenced", (0.8, 0.12, 0.08), " OR ended_l = ended_r"),
        PLACE, JOB, NATIONALITY, *map(_extra, extras),
    ]  # fmt: skip
