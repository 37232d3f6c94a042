"""Scores of two sheets: side by side, kept as they were made, compared only where they can be."""

from dataclasses import replace
from datetime import date

import pytest
from makers import a_nominal, an_ocg

from ocgdesk.casework import assessments, records
from ocgdesk.casework.assessments import Scoring
from ocgdesk.domain import scoring_sheets
from ocgdesk.domain.score_trends import Direction
from ocgdesk.domain.scoring import Source
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.errors import Refused

RISK = {
    **dict.fromkeys(("physical", "psychological", "financial", "community", "scope"), "3"),
    **dict.fromkeys(("vulnerability", "frequency", "intent"), "4"),
    "intelligence-quality": "high",
}
ALL_HIGH = {factor.code: "high" for factor in scoring_sheets.sheet("ocgm").factors}


def on(day: date, **more) -> Scoring:
    return Scoring(assessed=day, scorer="DC Vale", **more)


@pytest.fixture
def scored(workspace, given):
    """An OCG, and how it is scored: by a sheet, on a day."""
    (ocg,) = given(an_ocg(status="active"))

    def score(sheet, answers, day=date(2026, 11, 1), **more):
        with workspace.work("Assess") as done:
            return assessments.assess(
                done.work, more.pop("owner", ocg.id), sheet, answers, on(day), **more
            )

    score.ocg = ocg
    return score


def sides(workspace, ocg):
    with workspace.reading() as reader:
        return {s.sheet.name: s for s in assessments.sides(assessments.of(reader, ocg.id))}


def test_an_assessment_keeps_answers_reasons_scorer_day_and_version(workspace, scored):
    made = scored("morile-style", RISK, rationales={"Physical harm": "Two stabbings"})
    assert (made.total, made.band, made.confidence) == (180.0, "very-high", "high")
    assert (made.scorer, made.assessed, made.sheet_version) == ("DC Vale", date(2026, 11, 1), 1)
    answers = {answer.factor: answer for answer in made.answers}
    assert answers["physical"].rationale == "Two stabbings"
    assert answers["physical"].value == "3"


def test_both_scores_stand_side_by_side_and_neither_is_made_from_the_other(workspace, scored):
    scored("morile-style", RISK)
    found = sides(workspace, scored.ocg)
    assert found["morile-style"].newest.score.result == 180
    assert found["ocgm"].newest is None
    scored("ocgm", ALL_HIGH)
    found = sides(workspace, scored.ocg)
    assert found["ocgm"].newest.score.cell == ("high", "high")
    assert found["morile-style"].newest.score.result == 180
    assert assessments.headline(found["ocgm"].newest) == "High / High"
    assert assessments.headline(found["morile-style"].newest) == "180 Very high"


def test_with_more_than_four_unknown_no_total_and_no_cell_is_shown(workspace, scored):
    five = dict.fromkeys(list(ALL_HIGH)[:5], "unknown")
    made = scored("ocgm", ALL_HIGH | five)
    assert (made.total, made.band) == (None, "")
    newest = sides(workspace, scored.ocg)["ocgm"].newest
    assert newest.score.cell is None
    assert assessments.headline(newest) == "5 unknown"
    made = scored("ocgm", ALL_HIGH | dict.fromkeys(list(ALL_HIGH)[:4], "unknown"))
    assert made.band == "medium/high"


def test_a_factor_may_be_left_open_but_not_all_of_them(scored):
    partly = {"drugs": "high", "violence": ""}
    assert [answer.factor for answer in scored("ocgm", partly).answers] == ["drugs"]
    with pytest.raises(Refused, match="Answer at least one"):
        scored("ocgm", {"drugs": ""})


@pytest.mark.parametrize(
    ("sheet", "answers", "words"),
    [
        ("ocgm", {"courage": "high"}, "is not on version 1"),
        ("ocgm", {"drugs": "enormous"}, "is none of these"),
        ("national", {"drugs": "high"}, "There is no sheet"),
    ],
)
def test_what_the_sheet_does_not_have_is_refused(scored, sheet, answers, words):
    with pytest.raises(Refused, match=words):
        scored(sheet, answers)


def test_a_person_is_never_scored(given, scored):
    (person,) = given(a_nominal())
    with pytest.raises(Refused, match="never a person"):
        scored("ocgm", ALL_HIGH, owner=person.id)


def test_the_trend_follows_one_version_and_says_what_it_leaves_out(workspace, given, scored):
    given(
        Assessment(
            owner=scored.ocg.id,
            sheet="morile-style",
            sheet_version=7,
            assessed=date(2026, 1, 1),
            total=40.0,
            band="low",
        )
    )
    scored("morile-style", RISK | {"physical": "1"}, date(2026, 5, 1))
    scored("morile-style", RISK, date(2026, 11, 1))
    side = sides(workspace, scored.ocg)["morile-style"]
    (trend,) = side.trends
    assert (trend.direction, trend.left_out) == (Direction.RISING, 1)
    assert [value for _day, value in trend.points] == [156, 180]
    assert "1 score of another version or source is left out" in trend.words
    old = side.earlier[-1]
    assert (old.sheet, assessments.headline(old)) == (None, "40 Low")
    assert "version 7" in old.score.reasons[0]


def test_an_official_score_is_kept_as_given_and_never_compared_with_ours(workspace, scored):
    scored("morile-style", RISK, date(2026, 5, 1))
    with workspace.work("Assess") as done:
        made = assessments.type_in(
            done.work, scored.ocg.id, "morile-style", on(date(2026, 11, 1)), total=61, band="2b"
        )
    assert (made.answers, made.total, made.band) == ((), 61, "2b")
    side = sides(workspace, scored.ocg)["morile-style"]
    assert side.newest.score.source is Source.OFFICIAL
    assert assessments.headline(side.newest) == "61 2b"
    (trend,) = side.trends
    assert (trend.direction, trend.left_out) == (Direction.UNKNOWN, 1)
    with workspace.work("Assess") as done, pytest.raises(Refused, match="a total or a band"):
        assessments.type_in(
            done.work, scored.ocg.id, "ocgm", on(date(2026, 11, 1)), total=None, band=" "
        )


def test_a_score_may_set_the_next_review(workspace, scored):
    day = date(2027, 2, 1)
    with workspace.work("Assess") as done:
        said = on(date(2026, 11, 1), review_due=day)
        assessments.assess(done.work, scored.ocg.id, "morile-style", RISK, said)
    with workspace.reading() as reader:
        assert reader.find(scored.ocg.id).review_due == day


def test_an_assessment_stays_as_it_was_made(workspace, scored):
    made = scored("morile-style", RISK)
    with workspace.work("Edit") as done, pytest.raises(Refused, match="score again"):
        records.edit(done.work, made.id, {"total": 12.0})


def test_undo_takes_a_score_back(workspace, scored):
    scored("morile-style", RISK)
    workspace.undo()
    assert sides(workspace, scored.ocg)["morile-style"].newest is None


def test_of_two_scores_on_one_day_the_one_entered_last_counts(workspace, scored):
    scored("morile-style", RISK)
    scored("morile-style", RISK | {"physical": "0"})
    assert sides(workspace, scored.ocg)["morile-style"].newest.score.result == 144


def test_the_band_of_another_sheet_or_scheme_stands_for_itself():
    assert assessments.band_words("ocgm", "high/low") == "High / Low"
    assert assessments.band_words("morile-style", "very-high") == "Very high"
    assert assessments.band_words("official", "2b") == "2b"
    assert assessments.band_words("ocgm", "2b") == "2b"


def test_scores_of_other_sheets_are_listed_apart(workspace, scored):
    made = scored("line-indicators", _first_levels("line-indicators"))
    assert [one.assessment.id for one in assessments.others([made])] == [made.id]
    assert assessments.sides([replace(made)])[0].newest is None


def _first_levels(name: str) -> dict[str, str]:
    sheet = scoring_sheets.sheet(name)
    return {factor.code: factor.scale.levels[0].code for factor in sheet.factors}
