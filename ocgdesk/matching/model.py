"""How people are compared: the levels of each comparison, and what each is worth.

``m`` is how often a level is met by two records of one person, ``u`` how often by two of
different people; the weight of a level is the base-2 log of their ratio. The figures were set by
hand on ``febrl1`` and the made-up British set; nothing is trained on a register, so that two
workspaces answer alike. Frequent names weigh less: the frequency is the register's.
"""

from dataclasses import dataclass
from math import log2
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: its code, the condition, and how often it is met."""

    code: str
    sql: str
    m: float
    u: float
    by_frequency: bool = False

    @property
    def weight(self) -> float:
        """What it adds to the evidence, in bits."""
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared: levels the nearest first; ``null`` tells nothing."""

    name: str
    null: str
    levels: tuple[Level, ...]

    def level(self, gamma: int) -> Level | None:
        """Return the level a pair met; None where nothing could be compared."""
        return None if gamma < 0 else self.levels[len(self.levels) - 1 - gamma]


MACROS: Final = """
CREATE MACRO apart(a, b) AS damerau_levenshtein(a, b);
CREATE MACRO nearest(short, long) AS list_reverse_sort(list_transform(short,
    lambda x: list_max(list_transform(long, lambda y: jaro_winkler_similarity(x, y)))));
CREATE MACRO near(a, b) AS
    CASE WHEN len(a) <= len(b) THEN nearest(a, b) ELSE nearest(b, a) END;
CREATE MACRO closest(a, b) AS coalesce(nearest(a, b)[1], 0);
CREATE MACRO digits_apart(a, b) AS list_min(list_transform(a,
    lambda x: list_min(list_transform(b, lambda y: damerau_levenshtein(x, y)))));
CREATE MACRO turned(a) AS a[1:4] || a[7:8] || a[5:6];
CREATE MACRO two_alike(a, b, c, d) AS
    coalesce(near(a, d)[2], 0) >= 0.80 OR coalesce(near(b, c)[2], 0) >= 0.80;
CREATE MACRO born_apart(a, b) AS len(a) < 8 OR len(b) < 8 OR apart(a, b) > 2;
CREATE MACRO none_of(a, b) AS len(a) = 0 OR len(b) = 0;
"""
"""What the conditions below are written in; DuckDB's own functions do the work."""

_KIN: Final = "NOT two_alike(words_l, words_r, every_l, every_r) AND born_apart(born_l, born_r)"
"""Neither name nor birth agree: people of one household, to whom what they share comes easily."""

PEOPLE: Final = (
    Comparison(
        "name",
        "none_of(words_l, words_r)",
        (
            Level("name-same", "whole_l = whole_r", 0.50, 0.0004, by_frequency=True),
            Level(
                "name-alike",
                "least(len(words_l), len(words_r)) > 1 AND near(words_l, words_r)[-1] >= 0.88",
                0.30,
                0.0012,
            ),
            Level(
                "name-two",
                "two_alike(words_l, words_r, every_l, every_r)",
                0.10,
                0.005,
            ),
            Level("name-rare", "closest(rare_l, every_r) >= 0.92", 0.05, 0.012),
            Level("name-one", "closest(words_l, every_r) >= 0.90", 0.04, 0.05),
            Level("name-other", "true", 0.01, 0.93),
        ),
    ),
    Comparison(
        "born",
        "len(born_l) < 4 OR len(born_r) < 4",
        (
            Level("born-same", "len(born_l) = 8 AND born_l = born_r", 0.80, 0.00008),
            Level(
                "born-turned",
                "len(born_l) = 8 AND len(born_r) = 8 AND turned(born_l) = born_r",
                0.02,
                0.00008,
            ),
            Level(
                "born-digit",
                "len(born_l) = 8 AND len(born_r) = 8 AND apart(born_l, born_r) = 1",
                0.10,
                0.0012,
            ),
            Level(
                "born-year",
                "least(len(born_l), len(born_r)) < 8 AND (starts_with(born_l, born_r) "
                "OR starts_with(born_r, born_l))",
                0.03,
                0.02,
            ),
            Level("born-digits", "apart(born_l, born_r) = 2", 0.03, 0.012),
            Level("born-other", "true", 0.02, 0.965),
        ),
    ),
    Comparison(
        "number",
        "NOT list_has_any(schemes_l, schemes_r)",
        (
            Level("number-same", "list_has_any(numbers_l, numbers_r)", 0.90, 0.000002),
            Level("number-digit", "digits_apart(numbers_l, numbers_r) = 1", 0.06, 0.0001),
            Level("number-other", "true", 0.04, 0.999978),
        ),
    ),
    Comparison(
        "phone",
        "none_of(phones_l, phones_r)",
        (
            Level("phone-kin", f"list_has_any(phones_l, phones_r) AND {_KIN}", 0.05, 0.012),
            Level("phone-same", "list_has_any(phones_l, phones_r)", 0.25, 0.0006),
            Level("phone-other", "true", 0.75, 0.9994),
        ),
    ),
    Comparison(
        "street",
        "none_of(streets_l, streets_r)",
        (
            Level("street-kin", f"list_has_any(streets_l, streets_r) AND {_KIN}", 0.10, 0.02),
            Level("street-same", "list_has_any(streets_l, streets_r)", 0.50, 0.0002),
            Level("street-alike", "closest(streets_l, streets_r) >= 0.90", 0.22, 0.004),
            Level("street-other", "true", 0.28, 0.9958),
        ),
    ),
    Comparison(
        "area",
        "none_of(postcodes_l, postcodes_r) AND none_of(areas_l, areas_r)",
        (
            Level("postcode-kin", f"list_has_any(postcodes_l, postcodes_r) AND {_KIN}", 0.1, 0.05),
            Level("postcode-same", "list_has_any(postcodes_l, postcodes_r)", 0.70, 0.004),
            Level("area-alike", "closest(areas_l, areas_r) >= 0.90", 0.18, 0.01),
            Level("area-other", "true", 0.12, 0.986),
        ),
    ),
    Comparison(
        "gender",
        "gender_l = '' OR gender_r = ''",
        (
            Level("gender-same", "gender_l = gender_r", 0.98, 0.55),
            Level("gender-other", "true", 0.02, 0.45),
        ),
    ),
)
"""The one configuration for nominals."""


def settings(prior: float) -> dict[str, Any]:
    """Return the configuration as splink reads it; ``prior`` is the share of pairs that match."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "key",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": [_comparison(one) for one in PEOPLE],
        "retain_matching_columns": True,  # without them the levels met are not told
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": [],
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    null = {"sql_condition": one.null, "label_for_charts": "null", "is_null_level": True}
    return {
        "output_column_name": one.name,
        "comparison_levels": [null, *(_level(level) for level in one.levels)],
    }


def _level(level: Level) -> dict[str, Any]:
    frequency = {"tf_adjustment_column": "whole", "tf_minimum_u_value": 0.00001}
    return {
        "sql_condition": "ELSE" if level.sql == "true" else level.sql,
        "label_for_charts": level.code,
        "m_probability": level.m,
        "u_probability": level.u,
        **(frequency if level.by_frequency else {}),
    }
