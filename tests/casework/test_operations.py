"""Operations: phases with their days, steps claimed once, warnings, referrals, the policy log."""

from datetime import date

import pytest
from makers import a_link, a_nominal, an_ocg

from ocgdesk.casework import operations, records
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.subrecords import CourtStep, Decision, GainReferral, ThreatWarning
from ocgdesk.errors import Refused
from ocgdesk.store import cases

TODAY = date(2026, 11, 21)
EARLIER = date(2026, 9, 1)


@pytest.fixture
def act(workspace):
    """Do one verb as an act of its own."""

    def do(verb, *args, **more):
        with workspace.work("Act") as done:
            return verb(done.work, *args, **more)

    return do


@pytest.fixture
def operation(given):
    opened = PartialDate.of(date(2026, 3, 1))
    return given(Operation(name="Operation Fell", phase="proactive", opened=opened))[0]


@pytest.fixture
def person(given):
    return given(a_nominal())[0]


def arrested(operation, on=EARLIER, **more):
    return CourtStep(step="arrested", operation=operation.id if operation else None, on=on, **more)


# ---- Phases -------------------------------------------------------------------------------------


def test_a_move_sets_the_day_of_its_phase(act, operation):
    moved = act(operations.move_phase, operation.id, "pre-charge", EARLIER, today=TODAY)
    assert (moved.phase, moved.pre_charge) == ("pre-charge", PartialDate.of(EARLIER))
    assert moved.opened == operation.opened


def test_a_phase_cannot_begin_before_the_one_before_it(act, operation):
    with pytest.raises(Refused, match="Proactive only began on 1 Mar 2026"):
        act(operations.move_phase, operation.id, "pre-charge", date(2026, 2, 1), today=TODAY)


def test_a_phase_is_entered_once_it_has_begun(act, operation):
    with pytest.raises(Refused, match="still to come"):
        act(operations.move_phase, operation.id, "pre-charge", date(2026, 12, 1), today=TODAY)


def test_going_back_needs_a_reason_and_empties_the_later_days(act, operation):
    act(operations.move_phase, operation.id, "post-charge", EARLIER, today=TODAY)
    with pytest.raises(Refused, match="Say why it goes back"):
        act(operations.move_phase, operation.id, "pre-charge", TODAY, today=TODAY)
    moved = act(
        operations.move_phase, operation.id, "pre-charge", TODAY, today=TODAY, reason="Retrial"
    )
    assert moved.post_charge is None
    assert moved.pre_charge == PartialDate.of(TODAY)


def test_no_operation_is_closed_while_arrests_are_expected(act, put, operation):
    put(operation, arrests_expected=3)
    with pytest.raises(Refused, match="3 arrests are still expected: set that to 0"):
        act(operations.move_phase, operation.id, "closed", TODAY, today=TODAY)


def test_a_form_cannot_move_a_phase_without_its_day(act, operation):
    with pytest.raises(Refused, match="enter “Overt from” first"):
        act(records.edit, operation.id, {"phase": "pre-charge"})
    day = PartialDate.of(EARLIER)
    edited = act(records.edit, operation.id, {"phase": "pre-charge", "pre_charge": day})
    assert edited.phase == "pre-charge"


# ---- Steps --------------------------------------------------------------------------------------


def test_one_arrest_cannot_be_entered_twice(act, operation, person):
    first = act(operations.add_step, person.id, arrested(operation), today=TODAY)
    with pytest.raises(Refused, match=f"already \\({first.ref}\\); change that entry instead"):
        act(operations.add_step, person.id, arrested(operation), today=TODAY)


def test_nor_by_any_other_way_in(act, operation, person):
    act(operations.add_step, person.id, arrested(operation), today=TODAY)
    with pytest.raises(Refused, match="on record for this person in this operation"):
        act(records.create, arrested(operation, owner=person.id))


def test_an_edit_cannot_make_two_of_one(act, operation, person):
    act(operations.add_step, person.id, arrested(operation), today=TODAY)
    other = act(operations.add_step, person.id, arrested(operation, TODAY), today=TODAY)
    with pytest.raises(Refused, match="on record"):
        act(records.edit, other.id, {"on": EARLIER})
    act(records.edit, other.id, {"court": "Fell Magistrates"})


def test_another_day_or_another_person_is_another_arrest(act, given, operation, person):
    act(operations.add_step, person.id, arrested(operation), today=TODAY)
    act(operations.add_step, person.id, arrested(operation, TODAY), today=TODAY)
    act(operations.add_step, given(a_nominal("Bet Cors"))[0].id, arrested(operation), today=TODAY)


def test_the_same_arrest_in_another_operation_is_warned_of(
    act, workspace, given, operation, person
):
    act(operations.add_step, person.id, arrested(operation), today=TODAY)
    other = given(Operation(name="Operation Moor"))[0]
    with workspace.reading() as reader:
        doubts = operations.step_doubts(reader, person.id, arrested(other))
    assert "on record in Operation Fell" in doubts[0]
    act(operations.add_step, person.id, arrested(other), today=TODAY)


def test_two_orders_of_one_day_are_two_if_they_say_different_things(act, operation, person):
    def order(result):
        return CourtStep(step="order", operation=operation.id, on=EARLIER, result=result)

    act(operations.add_step, person.id, order("SCPO"), today=TODAY)
    act(operations.add_step, person.id, order("Travel restriction"), today=TODAY)
    with pytest.raises(Refused, match="on record"):
        act(operations.add_step, person.id, order("SCPO"), today=TODAY)


def test_a_trial_may_be_planned_but_an_arrest_may_not(act, operation, person):
    ahead = date(2027, 2, 1)
    trial = CourtStep(step="trial", operation=operation.id, on=ahead)
    assert act(operations.add_step, person.id, trial, today=TODAY).on == ahead
    with pytest.raises(Refused, match="Arrested is entered once it has happened"):
        act(operations.add_step, person.id, arrested(operation, ahead), today=TODAY)


def test_somebody_recorded_as_exploited_calls_for_care(workspace, given, operation):
    victim = given(a_nominal("YP-03", exploited=True))[0]
    with workspace.reading() as reader:
        doubts = operations.step_doubts(reader, victim.id, arrested(operation))
    assert any("Modern Slavery Act 2015, s.45" in doubt for doubt in doubts)


def test_the_figures_are_counts_of_records(act, workspace, given, operation, person):
    other = given(a_nominal("Bet Cors"))[0]
    for who, step, on, amount, unit in (
        (person, "arrested", EARLIER, None, ""),
        (person, "arrested", TODAY, None, ""),
        (other, "arrested", EARLIER, None, ""),
        (person, "charged", TODAY, None, ""),
        (person, "convicted", TODAY, None, ""),
        (person, "sentenced", TODAY, 6.5, ""),
        (other, "sentenced", TODAY, 18, "months"),
    ):
        new = CourtStep(step=step, operation=operation.id, on=on, amount=amount, unit=unit)
        act(operations.add_step, who.id, new, today=TODAY)
    with workspace.reading() as reader:
        found = operations.look(reader, operation.id).counts
    assert (found.arrested, found.people, found.charged, found.convicted) == (3, 2, 1, 1)
    assert (found.sentenced, found.years) == (2, 8.0)


def test_a_step_of_another_operation_is_not_in_the_case(act, workspace, given, operation, person):
    other = given(Operation(name="Operation Moor"))[0]
    act(operations.add_step, person.id, arrested(other), today=TODAY)
    with workspace.reading() as reader:
        assert operations.look(reader, operation.id).steps == ()
        assert len(operations.look(reader, other.id).steps) == 1


# ---- Warnings, referrals, log -------------------------------------------------------------------


def test_a_warning_needs_a_day_to_look_at_it_again(act, person):
    with pytest.raises(Refused, match="looked at again"):
        act(operations.give_warning, person.id, ThreatWarning(given=EARLIER))


def test_a_warning_is_due_until_it_is_put_off_or_closed(act, workspace, operation, person):
    new = ThreatWarning(given=EARLIER, review_due=date(2026, 11, 10), operation=operation.id)
    made = act(operations.give_warning, person.id, new)

    def due():
        with workspace.reading() as reader:
            found = operations.look(reader, operation.id).due(TODAY)
            prompts = cases.warnings_due(reader, TODAY)
        assert len(found) == len(prompts)
        return len(found)

    assert due() == 1
    act(operations.review_warning, made.id, next_due=date(2026, 12, 1))
    assert due() == 0
    act(operations.review_warning, made.id, closed=TODAY)
    with pytest.raises(Refused, match="was closed on 21 Nov 2026"):
        act(operations.review_warning, made.id, next_due=date(2026, 12, 2))


def test_a_referral_waits_until_it_is_answered(act, workspace, given, operation):
    ocg = given(an_ocg())[0]
    given(a_link(operation, ocg, type="investigates", directed=True))
    asked = act(operations.refer, ocg.id, GainReferral(partner="HMRC", referred=EARLIER))
    with workspace.reading() as reader:
        assert [p.of.label for p in cases.referrals_waiting(reader)] == ["Tarnbrook"]
        assert len(operations.look(reader, operation.id).waiting) == 1
    with pytest.raises(Refused, match="has not answered yet"):
        act(operations.refer, ocg.id, GainReferral(partner="HMRC", referred=TODAY))
    with pytest.raises(Refused, match="older than the referral"):
        act(operations.answer, asked.id, "hit", date(2026, 8, 1))
    act(operations.answer, asked.id, "Hit", TODAY, note="Two businesses")
    with workspace.reading() as reader:
        assert cases.referrals_waiting(reader) == []
        referred = operations.look(reader, operation.id).referrals[0].referral
    assert (referred.answer, referred.answered, referred.note) == ("hit", TODAY, "Two businesses")


def test_the_policy_log_keeps_reasons_and_only_grows(act, workspace, operation):
    with pytest.raises(Refused, match="Say why"):
        act(operations.enter_in_log, operation.id, Decision(title="Arrest phase"), today=TODAY)
    entry = Decision(title="Arrest phase", rationale="Evidence is complete")
    made = act(operations.enter_in_log, operation.id, entry, today=TODAY)
    assert (made.decided, made.decided_by) == (TODAY, "Ann")
    with pytest.raises(Refused, match="never changed"):
        act(records.edit, made.id, {"title": "Another"})
    with workspace.reading() as reader:
        assert [d.title for d in operations.look(reader, operation.id).log] == ["Arrest phase"]


def test_an_operation_nobody_may_know_of_gives_away_no_steps(
    workspace, given, opened_by, another_user
):
    only = frozenset({workspace.user.id})
    secret, person = given(Operation(name="Operation Deep", restricted_to=only), a_nominal())
    given(CourtStep(owner=person.id, step="arrested", operation=secret.id, on=EARLIER))
    with opened_by(another_user).reading() as reader:
        assert cases.steps_in(reader, secret.id) == []
        (step,) = operations.case_rules.steps_of(reader, person.id)
        assert step.operation is None
