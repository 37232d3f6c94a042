"""Scores: what answers come to, what is hidden, and what may be compared with what."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk import resources
from ocgdesk.domain.score_trends import Dated, Direction, trend
from ocgdesk.domain.scoring import Score, Source, comparable, official, score
from ocgdesk.domain.scoring_sheets import SHEETS, Role, read_sheet, sheet
from ocgdesk.errors import Refused

OCGM, MORILE, LINES = (sheet(name) for name in SHEETS)
CRIMINALITY = [f.code for f in OCGM.factors_of("criminality")]
CAPABILITY = [f.code for f in OCGM.factors_of("capability")]
HARM = [f.code for f in MORILE.factors_of("harm")]
LIKELIHOOD = [f.code for f in MORILE.factors_of("likelihood")]
GRIP = Path(__file__).parents[2].parent / "shared/data/grip_moj"


def all_at(level: str) -> dict[str, str]:
    return dict.fromkeys([*CRIMINALITY, *CAPABILITY], level)


def risk_of(harm: str, likelihood: str, **more: str) -> Score:
    return score(MORILE, dict.fromkeys(HARM, harm) | dict.fromkeys(LIKELIHOOD, likelihood) | more)


def spread(factors: list[str], total: int) -> dict[str, str]:
    """Answer each factor as high as it goes until the total is used up."""
    answers = {}
    for factor in factors:
        answers[factor] = str(min(4, total))
        total -= min(4, total)
    return answers


def on_version(version: int) -> Score:
    data = resources.toml("reference", "sheet-morile-style.toml") | {"version": version}
    answers = dict.fromkeys(HARM + LIKELIHOOD, "2")
    return score(read_sheet("morile-style", data), answers)


def test_the_sixteen_attributes_are_eight_and_eight():
    assert (len(CRIMINALITY), len(CAPABILITY)) == (8, 8)
    assert (OCGM.most("criminality"), OCGM.most("capability")) == (24, 24)


@pytest.mark.parametrize(
    ("level", "total", "cell"),
    [
        ("High", 24, ("high", "high")),
        ("Med", 16, ("medium", "medium")),
        ("low", 8, ("low", "low")),
        ("None", 0, ("low", "low")),
    ],
)
def test_totals_are_cut_in_thirds_into_a_cell_of_the_matrix(level, total, cell):
    found = score(OCGM, all_at(level))
    assert found.measure("criminality") == found.measure("capability") == total
    assert found.cell == cell


@pytest.mark.parametrize(
    ("highs", "lows", "total", "band"),
    [(2, 2, 8, "low"), (3, 0, 9, "medium"), (5, 1, 16, "medium"), (5, 2, 17, "high")],
)
def test_a_third_begins_at_nine_and_seventeen(highs, lows, total, band):
    levels = ["high"] * highs + ["low"] * lows
    answers = all_at("none") | dict(zip(CRIMINALITY, levels, strict=False))
    part = score(OCGM, answers).part("criminality")
    assert part is not None
    assert (part.total, part.band) == (total, band)


def test_unknown_is_counted_and_shown_and_never_taken_as_nought():
    found = score(OCGM, all_at("high") | dict.fromkeys(CRIMINALITY[:4], "unknown"))
    part = found.part("criminality")
    assert part is not None
    assert (part.total, part.upper, part.unknown, part.unanswered) == (12, 24, 4, 0)
    assert "Criminality 12 of 24, Medium; up to 24" in part.words
    assert "(High)" in part.words
    assert any(words.startswith("Unknown: Violent criminal activity") for words in found.reasons)


def test_totals_and_cell_are_hidden_above_four_unknown_and_the_reason_is_given():
    found = score(OCGM, all_at("high") | dict.fromkeys(CRIMINALITY[:5], "unknown"))
    assert found.measure("criminality") is found.measure("capability") is found.cell is None
    assert "No totals: 5 factors are open, and at most 4 may be" in found.reasons


def test_unknowns_of_both_sides_count_together_and_unanswered_ones_with_them():
    answers = all_at("low") | {CRIMINALITY[0]: "unknown", CAPABILITY[0]: "unknown"}
    for code in CAPABILITY[1:3]:
        del answers[code]
    assert score(OCGM, answers).cell == ("low", "low")
    del answers[CAPABILITY[3]]
    found = score(OCGM, answers)
    assert found.cell is None
    assert any(words.startswith("Not answered: Multiple enterprises") for words in found.reasons)


@pytest.mark.parametrize("answers", [{}, {"drugs": ""}, {"drugs": "  "}])
def test_no_answers_at_all_is_not_assessed(answers):
    found = score(OCGM, answers)
    assert not found.is_assessed
    assert found.reasons == ("Not assessed",)
    assert found.measure("criminality") is None


def test_risk_is_harm_times_likelihood_and_says_so():
    found = risk_of("3", "2")
    assert (found.result, found.band) == (90, "medium")
    assert "Risk 90 = Total harm 15 × Total likelihood 6, Medium" in found.reasons
    assert risk_of("4", "4").result == 240


@pytest.mark.parametrize(
    ("harm", "likelihood", "risk", "band"),
    [
        (9, 5, 45, "low"),
        (16, 3, 48, "medium"),
        (19, 5, 95, "medium"),
        (12, 8, 96, "high"),
        (13, 11, 143, "high"),
        (12, 12, 144, "very-high"),
    ],
)
def test_bands_of_risk_begin_at_48_96_and_144(harm, likelihood, risk, band):
    found = score(MORILE, spread(HARM, harm) | spread(LIKELIHOOD, likelihood))
    assert (found.result, found.band) == (risk, band)


def test_confidence_is_a_label_and_never_multiplied():
    plain, sure = risk_of("2", "2"), risk_of("2", "2", **{"intelligence-quality": "High"})
    assert plain.result == sure.result
    part = sure.part("confidence")
    assert part is not None
    assert (part.total, part.words) == (None, "Confidence: High")


@pytest.mark.parametrize(
    ("gap", "more", "band"), [("1", "1", "green"), ("3", "0", "amber"), ("4", "2", "red")]
)
def test_organisational_position_has_its_own_grade_beside_the_risk(gap, more, band):
    found = risk_of("1", "1", **{"capacity-gap": gap, "capability-gap": more})
    part = found.part("position")
    assert part is not None
    assert part.band == band
    assert found.result == 15


def test_an_open_position_hides_only_itself():
    found = risk_of("1", "1", **{"capacity-gap": "4"})
    part = found.part("position")
    assert part is not None
    assert part.total is None
    assert found.result == 15


def test_flags_are_raised_and_leave_the_risk_alone():
    found = risk_of("1", "1", priority="yes", opportunity="no")
    part = found.part("flags")
    assert part is not None
    assert (part.chosen, part.words) == (("priority",), "Flags: Priority")
    assert found.result == 15


def test_a_risk_with_anything_open_is_not_reckoned():
    answers = dict.fromkeys(HARM + LIKELIHOOD, "4")
    del answers["physical"]
    found = score(MORILE, answers)
    assert (found.result, found.band, found.measure("harm")) == (None, "", None)
    assert "Not answered: Physical harm" in found.reasons
    assert "No totals while anything that counts is open" in found.reasons


def test_a_factor_or_level_that_the_sheet_does_not_have_is_refused():
    with pytest.raises(Refused, match="'charm' is not on version 1 of OCGM attributes"):
        score(OCGM, {"charm": "high"})
    with pytest.raises(Refused, match="'5' is none of these: None, Minor"):
        score(MORILE, {"physical": "5"})


def test_line_indicators_are_counted_and_hold_nothing_about_a_persons_vulnerability():
    found = score(LINES, {"mapped-ocg": "yes", "robbed": "no", "serious-violence": "Yes"})
    assert (found.measure("network"), found.measure("violence")) == (1, 1)
    part = found.part("network")
    assert part is not None
    assert part.unanswered == 6
    assert "vulnerab" not in " ".join(factor.label for factor in LINES.factors).lower()


def test_scores_of_different_versions_are_not_compared_and_the_sentence_says_what_to_do():
    words = comparable(on_version(1), on_version(2)) or ""
    assert "versions 1 and 2 of MoRiLE-style sheet cannot be compared" in words
    assert "score again by version 2" in words
    assert comparable(on_version(1), on_version(1)) is None


def test_sheets_sources_and_missing_assessments_are_not_compared_either():
    typed = official(MORILE, {"harm": 12}, result=120, band="Band B")
    assert "measure different things" in (comparable(on_version(1), score(OCGM, {})) or "")
    assert "official" in (comparable(on_version(1), typed) or "").lower()
    assert "not assessed" in (comparable(score(OCGM, {}), score(OCGM, all_at("low"))) or "")


def test_an_official_score_is_kept_as_typed():
    typed = official(MORILE, {"harm": 12}, result=999, band="Band B")
    assert typed.source is Source.OFFICIAL
    assert (typed.result, typed.band, typed.measure("harm")) == (999, "Band B", 12)


def test_a_trend_compares_the_last_two_scores_of_the_newest_version_and_counts_the_rest():
    old = on_version(2)
    points = [
        Dated(date(2025, 5, 1), old),
        Dated(date(2026, 5, 1), risk_of("3", "2")),
        Dated(date(2026, 2, 3), risk_of("2", "2")),
        Dated(date(2025, 9, 1), score(MORILE, {})),
    ]
    found = trend(points, "risk")
    assert found.direction is Direction.RISING
    assert [value for _, value in found.points] == [60, 90]
    assert found.left_out == 1
    assert found.words == (
        "Rising: 90, from 60 on 3 Feb 2026; 1 score of another version or source is left out"
    )


@pytest.mark.parametrize(
    ("levels", "direction", "words"),
    [
        (["3", "2"], Direction.FALLING, "Falling"),
        (["2", "2"], Direction.LEVEL, "Level"),
        (["2"], Direction.UNKNOWN, "nothing before"),
        ([], Direction.UNKNOWN, "Not assessed"),
    ],
)
def test_a_trend_falls_stays_or_cannot_be_told(levels, direction, words):
    dated = [Dated(date(2026, 1 + i, 1), risk_of(one, "2")) for i, one in enumerate(levels)]
    found = trend(dated, "risk")
    assert found.direction is direction
    assert words in found.words


def test_a_hidden_newest_total_leaves_the_trend_unknown():
    hidden = score(MORILE, {"physical": "4"})
    found = trend(
        [Dated(date(2026, 1, 1), risk_of("2", "2")), Dated(date(2026, 2, 1), hidden)], "risk"
    )
    assert (found.direction, found.words) == (
        Direction.UNKNOWN,
        "The newest score has no total",
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": "two"}, "cannot be read"),
        ({"scales": []}, "cannot be read"),
        ({"blocks": []}, "not there"),
        ({"result": {"code": "r", "label": "R", "multiply": ["flags"]}}, "no block that is summed"),
        ({"matrix": {"rows": "harm", "columns": "position"}}, "needs bands"),
    ],
)
def test_a_sheet_that_does_not_hold_together_is_refused_in_words(change, words):
    data = resources.toml("reference", "sheet-morile-style.toml") | change
    with pytest.raises(Refused, match=words):
        read_sheet("own", data)


def test_bands_that_do_not_rise_and_factors_given_twice_are_refused():
    data = resources.toml("reference", "sheet-ocgm.toml")
    with pytest.raises(Refused, match="has the factor violence twice"):
        read_sheet("own", data | {"items": [*data["items"], data["items"][0]]})
    data["blocks"][0]["bands"][1]["from"] = 30
    with pytest.raises(Refused, match="must begin at 0 and rise"):
        read_sheet("own", data)


@given(
    st.dictionaries(
        st.sampled_from([*CRIMINALITY, *CAPABILITY]),
        st.sampled_from(["high", "medium", "low", "none", "unknown"]),
        min_size=1,
    )
)
def test_a_total_lies_between_nought_and_what_it_could_reach(answers):
    found = score(OCGM, answers)
    for part in found.parts:
        assert part.role is Role.SUM
        if part.total is not None:
            assert part.upper is not None
            assert 0 <= part.total <= part.upper <= part.of
            assert part.upper - part.total == 3 * part.open
    is_open = 16 - sum(level != "unknown" for level in answers.values())
    assert (found.cell is None) == (is_open > 4)


@pytest.mark.skipif(not GRIP.is_dir(), reason="the shared sample data are not beside the project")
def test_attributes_as_the_public_prototype_writes_them_are_all_on_the_sheets():
    fields = json.loads((GRIP / "sources/ocg-assessment-fields.json").read_text("utf-8"))
    for name, levels in fields["ocgm"].items():
        for level in levels:
            assert OCGM.factor(name).scale.level(level).value
    for name in fields["drv"] | fields["gangNetworkThreat"]:
        assert LINES.factor(name)
