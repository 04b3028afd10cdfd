"""The linkage model: Fellegi-Sunter with parameters learnt without labels, by Splink.

Splink 5 gets the comparisons, learns m by expectation maximisation (Fellegi & Sunter 1969;
Winkler 1988) and scores the candidate pairs. What it is given rather than left to find: u of
every level, counted on a deterministic sample of pairs of records (``chances``), since the
nearness of names is known for pairs that were looked at only; and the candidate pairs.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from byname.people.comparisons import Comparison, comparisons
from byname.people.extras import Extra
from byname.people.features import CONDITIONAL, conditional_frequencies
from byname.people.sql import number

if TYPE_CHECKING:
    from splink import Linker

FEWEST_TO_LEARN = 3_000
"""Records below which the parameters shipped with the program are used as they are."""
FEWEST_PAIRS = 300
_MOST_PAIRS = 2_000_000
_KEPT_FROM = 6.0
"""Bits of evidence below which a pair is not kept: far below any prior's odds."""
_RAREST = 2e-6
_SHIPPED_SHARE = 0.02

_TRAINING_RULES: tuple[tuple[str, ...], ...] = (
    ("surname_id", "surname_rare", "given_id"),
    ("given_id", "father_id", "names_rare", "birth_low"),
    ("surname_id", "surname_rare", "birth_low"),
    ("birth", "surname_id"),
    ("ended", "surname_id"),
)
"""What pairs share from which m is learnt: rare things, so that most of them are one person.

Where the shared thing is common, EM takes namesakes for the matches it looks for."""
_TRAINING_PRIOR = 1e-6


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: Splink's settings with m and u, the further columns, the priors.

    ``within`` and ``across`` are the chances that two records taken at random, of one list
    or of two, speak of one person; ``strict`` that a list names a person once as a rule.
    """

    settings: dict[str, Any]
    extras: tuple[Extra, ...]
    within: float = 1e-7
    across: float = 1e-6
    strict: bool = True
    records: int = 0

    def as_json(self) -> str:
        """Return the model as the text that an archive keeps."""
        return json.dumps(
            {
                "settings": self.settings,
                "extras": [[extra.name, extra.column] for extra in self.extras],
                "within": self.within,
                "across": self.across,
                "strict": self.strict,
                "records": self.records,
            },
            ensure_ascii=False,
        )


def from_json(text: str) -> Model:
    """Return the model that ``Model.as_json`` wrote."""
    found = json.loads(text)
    extras = tuple(Extra(name, column) for name, column in found.pop("extras"))
    return Model(extras=extras, **found)


def untrained(extras: Sequence[Extra], chances: dict[str, list[float]]) -> dict[str, Any]:
    """Return Splink's settings before EM; ``chances`` are the u of a comparison's levels."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 0.5,
        "comparisons": [_comparison(one, chances.get(one.name)) for one in comparisons(extras)],
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "em_convergence": 0.001,
        "max_iterations": 15,
    }


def _comparison(comparison: Comparison, chances: list[float] | None) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": comparison.missing,
            "label_for_charts": "not stated",
            "is_null_level": True,
        }
    ]
    for place, level in enumerate(comparison.levels):
        levels.append(
            {
                "sql_condition": level.sql,
                "label_for_charts": level.words,
                "m_probability": level.m,
                "u_probability": chances[place] if chances else level.u,
                "fix_u_probability": True,
            }
            | (
                {"tf_adjustment_column": level.frequency, "tf_minimum_u_value": _RAREST}
                if level.frequency
                else {}
            )
        )
    return {"output_column_name": f"c_{comparison.name}", "comparison_levels": levels}


def linker_over(connection: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> Linker:
    """Return Splink's linker over the table ``compared``."""
    from splink import DuckDBAPI, Linker  # noqa: PLC0415 - heavy, and only where people are linked

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection)
    table = api.register("compared", dataset_display_name="compared")
    linker = Linker(table, settings, log_level=logging.ERROR)
    for column in CONDITIONAL:
        found = conditional_frequencies(connection, column)
        frequencies = api.register(found, dataset_display_name=found)
        linker.table_management.register_term_frequency_lookup(frequencies, column)
    return linker


def learn(connection: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> dict[str, Any]:
    """Return ``settings`` with m learnt by EM over several blocking rules."""
    linker = linker_over(
        connection, settings | {"probability_two_random_records_match": _TRAINING_PRIOR}
    )
    for rule in _TRAINING_RULES:
        if not FEWEST_PAIRS <= _pairs(connection, rule) <= _MOST_PAIRS:
            continue
        good = linker.misc.save_model_to_json()
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                " AND ".join(f"l.{column} = r.{column}" for column in rule),
            )
        except ValueError:
            # Splink gives up where an m comes to nothing, and leaves the linker half changed.
            linker = linker_over(connection, good)
    return _with_m(settings, linker.misc.save_model_to_json())


def _with_m(settings: dict[str, Any], learnt: dict[str, Any]) -> dict[str, Any]:
    """Return ``settings`` with the m that EM found; a little of the shipped m stays in each.

    So a level that no training pair stood at keeps a weight, and no weight is infinite.
    """
    made = []
    for before, after in zip(settings["comparisons"], learnt["comparisons"], strict=True):
        pairs = list(zip(before["comparison_levels"], after["comparison_levels"], strict=True))[1:]
        found = [_learnt_m(*pair) for pair in pairs]
        total = sum(found)
        assumed = sum(level["m_probability"] for level, _ in pairs)
        share = _SHIPPED_SHARE if total > 0 else 1.0
        levels = [before["comparison_levels"][0]]
        for (level, _), m in zip(pairs, found, strict=True):
            shipped = level["m_probability"] / assumed
            mixed = share * shipped + (1 - share) * (m / total if total else 0.0)
            levels.append(level | {"m_probability": mixed})
        made.append(before | {"comparison_levels": levels})
    return settings | {"comparisons": made}


def _learnt_m(before: dict[str, Any], after: dict[str, Any]) -> float:
    """Return the m of a level, 0 where no training pair stood at it: Splink leaves it as it was."""
    m = after.get("m_probability")
    return m if isinstance(m, float) and m != before["m_probability"] else 0.0


def _pairs(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> int:
    keys = ", ".join(columns)
    stated = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    return number(
        connection,
        "SELECT sum(n * (n - 1) // 2) FROM "
        f"(SELECT count(*) AS n FROM compared WHERE {stated} GROUP BY {keys})",
    )


def score(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the table ``scored``: candidate pairs with their evidence, in bits, field by field.

    Splink's prior is even odds here, so its match weight is the sum of the evidence.
    """
    linker = linker_over(connection, _told_apart(model.settings))
    connection.execute(
        "CREATE OR REPLACE TABLE blocked AS SELECT left_record AS join_key_l, "
        "right_record AS join_key_r, '0' AS match_key FROM candidates"
    )
    pairs = linker._db_api.register("blocked", dataset_display_name="blocked")
    linker.table_management.register_blocked_pairs_for_predict(pairs)
    found = linker.inference.predict(threshold_match_weight=_KEPT_FROM, warning_mode="never")
    connection.execute(f"""
        CREATE OR REPLACE TABLE scored AS
        SELECT p.unique_id_l AS left_record, p.unique_id_r AS right_record,
               l.source = r.source AS same_list, p.match_weight AS evidence,
               {_parts(model)}
        FROM {found.physical_name} p JOIN features l ON l.unique_id = p.unique_id_l
             JOIN features r ON r.unique_id = p.unique_id_r
    """)


def _parts(model: Model) -> str:
    """Return the SQL of a pair's levels and bits, one a comparison, in their order.

    Splink gives the bits of the level and those of the value's frequency, and a level is
    known by its bits.
    """
    levels, bits = [], []
    for one in _told_apart(model.settings)["comparisons"]:
        name = one["output_column_name"]
        known = one["comparison_levels"][1:]
        cases = " ".join(
            f"WHEN abs(mw_{name} - {_weight(level)!r}) < 1e-7 THEN {place}"
            for place, level in enumerate(known)
        )
        levels.append(f"CASE {cases} ELSE -1 END")
        rare = any("tf_adjustment_column" in level for level in known)
        bits.append(f"mw_{name}" + (f" + mw_tf_adj_{name}" if rare else ""))
    return f"[{', '.join(levels)}]::TINYINT[] AS levels, [{', '.join(bits)}]::FLOAT[] AS bits"


def _told_apart(settings: dict[str, Any]) -> dict[str, Any]:
    """Return ``settings`` with no two levels of a comparison weighing the same, and none nothing.

    The differences are a millionth of a bit; a level is known by its bits (see ``_parts``).
    """
    made = []
    for one in settings["comparisons"]:
        missing, *known = one["comparison_levels"]
        levels = [
            level | {"m_probability": level["m_probability"] * (1 - 1e-6 * number)}
            for number, level in enumerate(known, 1)
        ]
        made.append(one | {"comparison_levels": [missing, *levels]})
    return settings | {"comparisons": made}


def _weight(level: dict[str, Any]) -> float:
    return math.log2(level["m_probability"] / level["u_probability"])
