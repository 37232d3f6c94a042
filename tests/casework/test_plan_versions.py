"""Signing plans: what stands in the way, what is kept, what differs, what cannot be undone."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from makers import a_nominal, a_plan, an_action, an_objective, an_ocg

from ocgdesk.casework import plan_checks, plan_reviews, plan_versions, plans, records
from ocgdesk.casework.plan_reviews import Held
from ocgdesk.casework.plan_versions import Signing
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import StrandNote
from ocgdesk.domain.plans import Plan, Strand
from ocgdesk.errors import NotFound, Refused

TODAY = date(2026, 11, 18)


def act(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


@pytest.fixture
def plan(given):
    ocg = given(an_ocg(status="active", tier="t2"))[0]
    plan = given(a_plan(ocg))[0]
    given(
        *(an_objective(plan, strand=strand.value) for strand in Strand),
        *(
            an_action(plan, f"Do {strand.value}", strand=strand.value, due=date(2026, 12, 1))
            for strand in Strand
        ),
    )
    return plan


def found(workspace, plan):
    with workspace.reading() as reader:
        now = reader.get(Plan, plan.id)
        return {one.code: one.blocks for one in plan_checks.checks(reader, now, today=TODAY)}


def signed(workspace, plan, **said):
    return act(workspace, plan_versions.sign, plan.id, Signing(**said), today=TODAY)


def actions(workspace, plan):
    with workspace.reading() as reader:
        return plan_checks.content_of(reader, reader.get(Plan, plan.id)).of(Kind.ACTION)


def test_a_whole_plan_is_signed_with_who_when_and_its_hash(workspace, plan, ann):
    version = signed(workspace, plan, note="At the OCG management meeting")
    assert (version.number, version.signed_by, version.user) == (1, ann.display, ann.id)
    assert plan_versions.is_whole(version)
    assert not plan_versions.is_whole(replace(version, content=version.content + " "))
    with workspace.reading() as reader:
        assert reader.get(Plan, plan.id).status == "signed"


def test_an_empty_p_holds_the_signature_back_until_a_reason_is_given(workspace, plan):
    prepare = next(a for a in actions(workspace, plan) if a.strand == "prepare")
    act(workspace, records.remove, [prepare.id])
    assert found(workspace, plan)["empty-strand"]
    with pytest.raises(Refused, match="Prepare is empty: add an action, or say why"):
        signed(workspace, plan)
    note = StrandNote(
        owner=plan.id, strand="prepare", note_type="not-applicable", text="Covered by the CSP plan"
    )
    act(workspace, records.create, note)
    assert signed(workspace, plan).number == 1


def test_a_reason_that_has_run_out_is_asked_for_again(workspace, plan):
    prepare = next(a for a in actions(workspace, plan) if a.strand == "prepare")
    act(workspace, records.remove, [prepare.id])
    old = StrandNote(
        owner=plan.id,
        strand="prepare",
        note_type="not-applicable",
        text="Then",
        until=date(2026, 11, 17),
    )
    act(workspace, records.create, old)
    assert found(workspace, plan)["empty-strand"]


def test_a_completed_action_without_an_outcome_holds_it_back(workspace, plan):
    pursue = next(a for a in actions(workspace, plan) if a.strand == "pursue")
    act(workspace, records.edit, pursue.id, {"status": "complete", "done": TODAY})
    codes = found(workspace, plan)
    assert codes["no-outcome"]
    act(workspace, records.edit, pursue.id, {"outcome": "Two charged"})
    assert "no-outcome" not in found(workspace, plan)


def test_a_closed_ocg_with_live_actions_holds_it_back(workspace, plan, put):
    with workspace.reading() as reader:
        ocg = reader.find(plan.owner)
    put(ocg, status="archived")
    assert found(workspace, plan)["closed-with-actions"]


def test_an_owner_whose_account_is_closed_is_told_and_holds_nothing_back(
    workspace, plan, another_user
):
    pursue = next(a for a in actions(workspace, plan) if a.strand == "pursue")
    act(workspace, records.edit, pursue.id, {"user": uuid4()})
    assert found(workspace, plan)["owner-left"] is False
    act(workspace, records.edit, pursue.id, {"user": another_user.id})
    assert "owner-left" not in found(workspace, plan)


def test_a_signed_version_cannot_be_altered_removed_or_undone(workspace, plan):
    version = signed(workspace, plan)
    with pytest.raises(Refused, match="never changed"):
        act(workspace, records.edit, version.id, {"note": "x"})
    with pytest.raises(Refused, match="never changed or removed"):
        act(workspace, records.remove, [version.id])
    step = workspace.undo_step()
    assert step is None or step.label == "Given"


def test_an_edit_makes_the_next_version_a_draft_and_the_difference_is_told(workspace, plan):
    signed(workspace, plan)
    pursue = next(a for a in actions(workspace, plan) if a.strand == "pursue")
    act(workspace, plans.edit_action, pursue.id, {"due": date(2026, 12, 24)})
    act(
        workspace,
        plans.add_action,
        plan.id,
        {"title": "Visit the tenant", "strand": "protect"},
        today=TODAY,
    )
    with workspace.reading() as reader:
        now = reader.get(Plan, plan.id)
        changed = plan_versions.unsigned(reader, now)
    assert (now.status, now.number) == ("draft", 2)
    assert [(one.what, one.label) for one in changed] == [
        ("changed", "Do pursue"),
        ("added", "Visit the tenant"),
    ]
    assert changed[0].fields == (("due", "2026-12-01", "2026-12-24"),)
    second = signed(workspace, plan)
    assert second.number == 2
    with workspace.reading() as reader:
        assert len(plan_versions.between(reader, plan.id, 1, 2)) == 2
        assert plan_versions.unsigned(reader, reader.get(Plan, plan.id)) == ()
        with pytest.raises(NotFound, match="no version 7"):
            plan_versions.between(reader, plan.id, 1, 7)


def test_setting_the_next_review_leaves_a_signed_plan_signed(workspace, plan):
    signed(workspace, plan)
    act(workspace, plans.set_review, plan.id, date(2027, 1, 5))
    with workspace.reading() as reader:
        assert reader.get(Plan, plan.id).status == "signed"


def test_a_plan_that_changed_since_it_was_looked_at_is_not_signed_unseen(workspace, plan):
    with workspace.reading() as reader:
        seen = plan_reviews.agenda(reader, reader.get(Plan, plan.id), today=TODAY).digest
    pursue = next(a for a in actions(workspace, plan) if a.strand == "pursue")
    act(workspace, plans.edit_action, pursue.id, {"officer": "DC Hale"})
    with pytest.raises(Refused, match="changed since you looked"):
        signed(workspace, plan, expecting=seen)


def test_the_agenda_is_what_changed_what_is_late_and_what_stands_in_the_way(workspace, plan):
    signed(workspace, plan)
    pursue = next(a for a in actions(workspace, plan) if a.strand == "pursue")
    act(workspace, plans.edit_action, pursue.id, {"due": date(2026, 11, 1), "raised": None})
    with workspace.reading() as reader:
        made = plan_reviews.agenda(reader, reader.get(Plan, plan.id), today=TODAY)
    assert [one.label for one in made.changed] == ["Do pursue"]
    assert [one.title for one in made.late] == ["Do pursue"]
    assert made.blockers == ()
    assert (made.next_due - TODAY).days == 42


def test_a_review_is_recorded_with_its_decisions_and_sets_the_next_day(workspace, plan):
    said = Held(
        meeting="OCG management meeting",
        held=date(2026, 11, 17),
        attendance=("Insp Rowe", "DI Hale"),
        is_joint=True,
        decisions=(("Keep Tier 2", "The line is active again"),),
    )
    review = act(workspace, plan_reviews.hold, plan.id, said)
    assert review.next_due == date(2026, 12, 29)
    with workspace.reading() as reader:
        assert reader.get(Plan, plan.id).review_due == review.next_due
        assert plan_reviews.reviews(reader, plan.id)[0].id == review.id


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"held": date(2030, 1, 1)}, "is ahead"),
        ({"next_due": date(2026, 11, 1)}, "after this one"),
        ({"attendance": ("Insp Rowe",)}, "LRO and SIO"),
    ],
)
def test_a_review_that_cannot_be_is_refused(changed, words, workspace, plan):
    said = Held(meeting="Joint", held=date(2026, 11, 17), attendance=("a", "b"), is_joint=True)
    with pytest.raises(Refused, match=words):
        act(workspace, plan_reviews.hold, plan.id, replace(said, **changed))


def test_what_a_signed_version_rests_on_is_kept_with_it(workspace, plan, given):
    person = given(a_nominal())[0]
    pursue = next(a for a in actions(workspace, plan) if a.strand == "pursue")
    act(workspace, plans.edit_action, pursue.id, {"touches": (person.id,)})
    assert signed(workspace, plan).records == (person.id,)
