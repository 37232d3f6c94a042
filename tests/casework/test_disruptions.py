"""The disruption ledger: claims, their rules, moderation by somebody else, outcomes once."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from makers import a_nominal, an_ocg

from ocgdesk.casework import claim_rules, disruption_ledger, disruptions, records
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.errors import Refused
from ocgdesk.store import history

TODAY = date(2026, 11, 18)


def a_claim(*subjects, **more):
    return Disruption(
        **{
            "title": "Cuckooed flat closed",
            "on": date(2026, 11, 2),
            "subjects": tuple(one.id for one in subjects),
            "strand": "protect",
            "level": "moderate",
            "agency": "WMC",
            "narrative": "The tenant was moved and the flat boarded up.",
            "evidence": ("Statement of 3 November",),
        }
        | more
    )


@pytest.fixture
def ocg(given):
    return given(an_ocg())[0]


@pytest.fixture
def claim(workspace, ocg):
    with workspace.work("Record disruption") as done:
        return records.create(done.work, a_claim(ocg))


@pytest.fixture
def moderator(add_user, opened_by):
    return opened_by(add_user("cora", Role.COORDINATOR))


def lacking(workspace, claim):
    with workspace.reading() as reader:
        return {one.rule for one in claim_rules.findings(reader, claim, today=TODAY)}


def act(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


def submitted(workspace, claim):
    return act(workspace, disruptions.submit, claim.id, today=TODAY)


def accepted(moderator, claim):
    act(moderator, disruptions.moderate, claim.id, to="moderated", today=TODAY)
    return act(moderator, disruptions.moderate, claim.id, to="accepted", today=TODAY)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"narrative": " "}, "narrative"),
        ({"evidence": ()}, "evidence"),
        ({"level": ""}, "level"),
        ({"strand": ""}, "strand"),
        ({"subjects": ()}, "subject"),
        ({"on": None}, "day"),
        ({"on": date(2027, 1, 1)}, "day"),
        ({"part": "support"}, "support-justified"),
        ({"against": "threat"}, "force-ocg-only"),
        ({"against": "threat", "agency": ""}, "agency"),
        ({"part": ""}, "agency"),
    ],
)
def test_each_rule_is_told(changed, rule, workspace, ocg):
    assert lacking(workspace, a_claim(ocg)) == set()
    assert rule in lacking(workspace, a_claim(ocg, **changed))


def test_a_rocu_may_claim_against_a_threat(workspace, ocg):
    assert lacking(workspace, a_claim(ocg, against="threat", agency="RWM")) == set()


def test_what_a_claim_lacks_holds_it_back_in_one_sentence(workspace, ocg):
    with workspace.work("Record disruption") as done:
        bare = records.create(done.work, a_claim(ocg, narrative="", evidence=()))
    with pytest.raises(Refused, match="has a narrative; A claim names its evidence"):
        submitted(workspace, bare)


def test_a_missing_strand_is_told_and_holds_nothing_back(workspace, ocg):
    with workspace.work("Record disruption") as done:
        bare = records.create(done.work, a_claim(ocg, strand=""))
    assert submitted(workspace, bare).status == "submitted"


def test_one_event_claimed_by_two_agencies_is_found(workspace, claim, ocg):
    other = a_claim(ocg, agency="RWM", on=date(2026, 11, 4))
    with workspace.reading() as reader:
        found = claim_rules.findings(reader, other, today=TODAY)
    assert [(one.rule, one.refuses, one.others) for one in found] == [
        ("claimed-twice", False, (claim.id,))
    ]
    assert claim.ref in found[0].words
    assert lacking(workspace, a_claim(ocg, on=date(2026, 10, 2))) == set()


def test_a_claim_is_accepted_by_somebody_else_and_then_stays(workspace, claim, moderator):
    submitted(workspace, claim)
    with pytest.raises(Refused, match="must first be Moderated"):
        act(moderator, disruptions.moderate, claim.id, to="accepted", today=TODAY)
    taken = accepted(moderator, claim)
    assert (taken.status, taken.moderated) == ("accepted", TODAY)
    with pytest.raises(Refused, match="stays as it was claimed"):
        act(workspace, records.edit, claim.id, {"level": "major"})
    with pytest.raises(Refused, match=r"stays|undone|undo"):
        moderator.undo()


def test_nobody_moderates_their_own_claim(workspace, ocg, moderator):
    with moderator.work("Record disruption") as done:
        own = records.create(done.work, a_claim(ocg))
    act(moderator, disruptions.submit, own.id, today=TODAY)
    with pytest.raises(Refused, match="somebody else has to moderate"):
        act(moderator, disruptions.moderate, own.id, to="accepted", today=TODAY)


def test_nobody_moderates_what_they_recorded_and_another_submitted(workspace, ocg, moderator):
    with moderator.work("Record disruption") as done:
        own = records.create(done.work, a_claim(ocg))
    act(workspace, disruptions.submit, own.id, today=TODAY)
    with pytest.raises(Refused, match="You recorded this claim yourself"):
        act(moderator, disruptions.moderate, own.id, to="accepted", today=TODAY)


def test_nobody_moderates_a_claim_whose_outcomes_they_entered(workspace, claim, moderator):
    act(moderator, disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=900))
    submitted(workspace, claim)
    with pytest.raises(Refused, match="You entered what came of it yourself"):
        act(moderator, disruptions.moderate, claim.id, to="moderated", today=TODAY)


def test_what_was_submitted_is_not_taken_out_and_loses_no_outcome(workspace, claim, moderator):
    line = act(
        workspace, disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=900)
    )
    submitted(workspace, claim)
    for gone in (claim.id, line.id):
        with pytest.raises(Refused, match="stays as it was claimed"):
            act(workspace, records.remove, [gone])
    act(moderator, disruptions.moderate, claim.id, to="returned", note="Say more", today=TODAY)
    act(workspace, records.remove, [line.id, claim.id])


def test_a_claim_against_an_ocg_names_one(workspace, given):
    dean = given(a_nominal())[0]
    assert "subject" in lacking(workspace, a_claim(dean, against="ocg"))
    assert "subject" not in lacking(workspace, a_claim(dean, against="individual", agency="RWM"))


def test_who_recorded_a_claim_does_not_accept_what_another_moderated(
    workspace, ocg, moderator, add_user, opened_by
):
    with moderator.work("Record disruption") as done:
        own = records.create(done.work, a_claim(ocg))
    submitted(workspace, own)
    dora = opened_by(add_user("dora", Role.COORDINATOR))
    act(dora, disruptions.moderate, own.id, to="moderated", note="Sound", today=TODAY)
    with pytest.raises(Refused, match="You recorded this claim yourself"):
        act(moderator, disruptions.moderate, own.id, to="accepted", today=TODAY)
    taken = act(dora, disruptions.moderate, own.id, to="accepted", note="Agreed", today=TODAY)
    assert (taken.moderated_by, taken.moderation) == (dora.user.id, "Sound\nAgreed")
    with dora.reading() as reader:
        way = disruption_ledger.look(reader, own.id, today=TODAY).way
    assert [(one.status, one.who) for one in way] == [
        ("draft", moderator.user.display),
        ("submitted", workspace.user.display),
        ("moderated", dora.user.display),
        ("accepted", dora.user.display),
    ]


def test_an_analyst_does_not_moderate(workspace, claim):
    submitted(workspace, claim)
    with pytest.raises(Refused, match="moderate disruptions"):
        act(workspace, disruptions.moderate, claim.id, to="accepted", today=TODAY)


def test_a_claim_is_returned_with_a_reason_and_can_be_mended(workspace, claim, moderator):
    submitted(workspace, claim)
    with pytest.raises(Refused, match="a reason"):
        act(moderator, disruptions.moderate, claim.id, to="returned", today=TODAY)
    back = act(
        moderator, disruptions.moderate, claim.id, to="returned", note="Say how long", today=TODAY
    )
    assert back.moderation == "Say how long"
    act(workspace, records.edit, claim.id, {"lasts": "3-12"})
    assert submitted(workspace, claim).status == "submitted"


def test_its_status_changes_by_its_moves_alone(workspace, claim, moderator):
    for said in ({"submitted": TODAY}, {"moderated_by": moderator.user.id}):
        with pytest.raises(Refused, match="changes by its moves"):
            act(workspace, records.create, a_claim(**said))
    with pytest.raises(Refused, match="changes by its moves"):
        act(workspace, records.edit, claim.id, {"status": "accepted"})
    with pytest.raises(Refused, match="changes by its moves"):
        act(workspace, records.create, a_claim(status="accepted"))


def test_an_outcome_takes_unit_day_and_part_from_its_measure_and_claim(workspace, claim):
    line = act(
        workspace, disruptions.add_outcome, Outcome(owner=claim.id, measure="cocaine", value=2.5)
    )
    assert (line.unit, line.on, line.part, line.agency) == ("kg", claim.on, "lead", "WMC")


@pytest.fixture
def steps(given):
    person = given(a_nominal())[0]
    return given(
        CourtStep(owner=person.id, step="arrested", on=date(2026, 11, 2)),
        CourtStep(
            owner=person.id, step="sentenced", on=date(2026, 11, 9), amount=30, unit="months"
        ),
    )


def test_arrests_are_counted_and_sentences_added_up_from_their_steps(workspace, claim, steps):
    arrest, sentence = steps
    arrested = Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,))
    years = Outcome(owner=claim.id, measure="years-sentenced", steps=(sentence.id,))
    assert act(workspace, disruptions.add_outcome, arrested).value == 1
    assert act(workspace, disruptions.add_outcome, years).value == 2.5


def test_a_step_counts_as_what_it_is_and_its_outcome_is_worth_no_more(workspace, claim, steps):
    arrest, sentence = steps
    wrong = Outcome(owner=claim.id, measure="arrested", steps=(sentence.id,))
    with pytest.raises(Refused, match="does not count steps of this kind"):
        act(workspace, disruptions.add_outcome, wrong)
    right = Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,))
    line = act(workspace, disruptions.add_outcome, right)
    with pytest.raises(Refused, match="what its criminal-justice steps come to"):
        act(workspace, records.edit, line.id, {"value": 55.0})
    less = Outcome(owner=claim.id, measure="cocaine", value=-2.5)
    with pytest.raises(Refused, match="not less than nothing"):
        act(workspace, disruptions.add_outcome, less)


def test_one_step_named_twice_in_one_outcome_is_refused(workspace, claim, steps):
    twice = Outcome(owner=claim.id, measure="arrested", steps=(steps[0].id, steps[0].id))
    with pytest.raises(Refused, match="named twice here: one arrest counts once"):
        act(workspace, disruptions.add_outcome, twice)


def test_a_fine_is_no_years_and_a_sentence_without_a_unit_is_not_counted(workspace, claim, given):
    person = given(a_nominal())[0]
    said = ((2, "years"), (7, "months"), (500, "gbp"))
    steps = given(
        *(CourtStep(owner=person.id, step="sentenced", amount=n, unit=unit) for n, unit in said),
        CourtStep(owner=person.id, step="sentenced", amount=3),
    )
    years = Outcome(owner=claim.id, measure="years-sentenced", steps=(steps[-1].id,))
    with pytest.raises(Refused, match="in years, months or pounds"):
        act(workspace, disruptions.add_outcome, years)
    three = replace(years, steps=tuple(one.id for one in steps[:3]))
    assert act(workspace, disruptions.add_outcome, three).value == pytest.approx(31 / 12)


def test_nobody_seizes_half_a_firearm(workspace, claim):
    half = Outcome(owner=claim.id, measure="firearms", value=2.5)
    with pytest.raises(Refused, match="Firearms is counted in whole numbers"):
        act(workspace, disruptions.add_outcome, half)


@pytest.mark.parametrize("measure", ["cash", "arrested"])
def test_what_came_of_a_claim_is_not_of_a_day_ahead(workspace, claim, given, measure):
    person = given(a_nominal())[0]
    step = given(CourtStep(owner=person.id, step="arrested", on=date(2031, 1, 1)))[0]
    line = Outcome(owner=claim.id, measure=measure, value=9, on=date(2031, 1, 1))
    if measure == "arrested":
        line = replace(line, value=None, on=None, steps=(step.id,))
    act(workspace, disruptions.add_outcome, line)
    with pytest.raises(Refused, match="came of it is ahead"):
        submitted(workspace, claim)


def test_one_arrest_cannot_be_claimed_twice_by_whichever_agency(workspace, claim, steps, ocg):
    arrest = steps[0]
    act(
        workspace,
        disruptions.add_outcome,
        Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,)),
    )
    with workspace.work("Record disruption") as done:
        other = records.create(done.work, a_claim(ocg, agency="RWM"))
    with pytest.raises(Refused, match="one arrest counts once"):
        act(
            workspace,
            disruptions.add_outcome,
            Outcome(owner=other.id, measure="arrested", steps=(arrest.id,)),
        )


def test_the_outcomes_of_a_submitted_claim_stay(workspace, claim):
    line = act(
        workspace, disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=900)
    )
    submitted(workspace, claim)
    with pytest.raises(Refused, match="stay as they were claimed"):
        act(workspace, records.edit, line.id, {"value": 9000})
    with pytest.raises(Refused, match="stay as they were claimed"):
        act(workspace, disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=1))


def test_only_an_accepted_claim_gets_its_apmis_reference(workspace, claim, moderator):
    with pytest.raises(Refused, match="Only an accepted"):
        act(workspace, disruptions.enter_on_apmis, claim.id, "AP-1", on=TODAY)
    submitted(workspace, claim)
    accepted(moderator, claim)
    saved = act(workspace, disruptions.enter_on_apmis, claim.id, " AP-1 ", on=TODAY)
    assert (saved.apmis, saved.apmis_on) == ("AP-1", TODAY)


def test_what_was_accepted_wrongly_is_returned_by_a_moderator_with_the_reason(
    workspace, claim, moderator
):
    line = act(
        workspace, disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=900)
    )
    submitted(workspace, claim)
    accepted(moderator, claim)
    with pytest.raises(Refused, match="needs a reason"):
        act(moderator, disruptions.moderate, claim.id, to="returned", today=TODAY)
    back = act(
        moderator, disruptions.moderate, claim.id, to="returned", note="Claimed twice", today=TODAY
    )
    assert (back.status, back.moderation) == ("returned", "Claimed twice")
    assert act(workspace, records.edit, line.id, {"value": 90.0}).value == 90


def test_an_apmis_reference_is_of_one_claim_and_can_be_put_right(workspace, claim, ocg, moderator):
    other = act(workspace, records.create, a_claim(ocg, agency="RWM"))
    for one in (claim, other):
        submitted(workspace, one)
        accepted(moderator, one)
    act(workspace, disruptions.enter_on_apmis, claim.id, "AP-1", on=TODAY)
    for way in (
        partial(disruptions.enter_on_apmis, id_=other.id, reference=" ap-1", on=TODAY),
        partial(records.edit, id_=other.id, values={"apmis": "AP-1"}),
        partial(records.create, entity=a_claim(ocg, apmis="AP-1")),
    ):
        with pytest.raises(Refused, match=f"{claim.ref} has the APMIS reference"):
            act(workspace, way)
    act(workspace, disruptions.enter_on_apmis, claim.id, "", on=TODAY)
    assert act(workspace, disruptions.enter_on_apmis, other.id, "AP-1", on=TODAY).apmis == "AP-1"
    with workspace.reading() as reader:
        told = [e.change.after.apmis for e in history.of(reader, reader.number(claim.id))]
    assert told[-2:] == ["AP-1", ""]


def test_a_draft_gets_no_apmis_reference_by_an_edit(workspace, claim):
    with pytest.raises(Refused, match="Only an accepted"):
        act(workspace, records.edit, claim.id, {"apmis": "AP-1"})


def test_a_claim_is_withdrawn_with_a_reason_until_it_is_accepted(workspace, claim, moderator):
    with pytest.raises(Refused, match="a reason"):
        act(workspace, disruptions.withdraw, claim.id, reason="")
    assert act(workspace, disruptions.withdraw, claim.id, reason="Double").status == "withdrawn"
