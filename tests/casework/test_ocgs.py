"""An OCG's life: nominated, moved, tiered, handed over; each decision kept."""

from datetime import date

import pytest
from makers import a_membership, a_nominal, a_plan, an_action, an_assignment, an_ocg

from ocgdesk.casework import archiving, ocgs, plans, records
from ocgdesk.casework.ocgs import Given
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.planning import Review
from ocgdesk.domain.plans import ActionStatus
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.errors import Refused
from ocgdesk.store import records as queries

TODAY = date(2026, 11, 21)
ARCHIVE = Given(
    archive_reason="dismantled", decision_maker="Supt Hale", trigger="A new importer appears"
)


@pytest.fixture
def do(workspace):
    """Do something in a unit of work of its own, and return what came of it."""

    def run(act, *arguments, **more):
        with workspace.work("Act") as done:
            return act(done.work, *arguments, **more)

    return run


@pytest.fixture
def log(workspace):
    """Return the decision log of a record."""

    def read(ocg):
        with workspace.reading() as reader:
            return ocgs.decisions(reader, ocg.id)

    return read


def now(workspace, thing):
    with workspace.reading() as reader:
        return reader.find(thing.id)


# ---- Nomination ---------------------------------------------------------------------------------


def test_a_nomination_that_misses_the_definition_is_warned_about_and_kept(workspace, given, do):
    one, two = given(a_nominal("One Person"), a_nominal("Two Person"))
    made = do(ocgs.nominate, an_ocg(primary_crime="DRG"), [one.id, two.id])
    with workspace.reading() as reader:
        parts = {short.part for short in ocgs.check(reader, made, TODAY)}
        members = queries.links_of(reader, made.id)
    assert (made.status, parts) == ("nominated", {"persons", "gain"})
    assert {item.other.label for item in members} == {"One Person", "Two Person"}


def test_people_recorded_as_exploited_are_not_among_those_who_act_together(workspace, given):
    ocg = an_ocg(primary_crime="DRG", benefit="Cash")
    people = [a_nominal(), a_nominal(), a_nominal(exploited=True)]
    given(ocg, *people, *(a_membership(person, ocg) for person in people))
    with workspace.reading() as reader:
        (short,) = ocgs.check(reader, reader.get(Ocg, ocg.id), TODAY)
    assert short.part == "persons"
    assert "1 more is recorded as exploited" in short.words


@pytest.mark.parametrize(
    ("text", "gain"), [("", None), ("No.", False), ("none", False), ("Yes", True), ("Cash", True)]
)
def test_a_benefit_in_words_says_whether_there_is_a_gain(text, gain):
    assert ocgs.gain_of(text) is gain


def test_nothing_is_nominated_as_active(do):
    with pytest.raises(Refused, match="begins as nominated"):
        do(ocgs.nominate, an_ocg(status="active"))


# ---- Status -------------------------------------------------------------------------------------


def test_an_archive_keeps_reason_decision_maker_and_trigger_and_leaves_a_decision(
    workspace, given, do, log
):
    (ocg,) = given(an_ocg(status="active", review_due=date(2026, 12, 1)))
    do(ocgs.move, ocg.id, "archived", ARCHIVE, today=TODAY)
    saved = now(workspace, ocg)
    assert (saved.status, saved.archive_reason) == ("archived", "dismantled")
    assert (saved.decision_maker, saved.trigger) == ("Supt Hale", "A new importer appears")
    assert saved.review_due is None
    (entry,) = log(ocg)
    assert (entry.title, entry.decided_by, entry.decided) == ("Archive", "Supt Hale", TODAY)
    assert "Dismantled" in entry.rationale
    assert "Would be re-activated by: A new importer appears" in entry.rationale


def test_an_archive_asks_for_a_final_review_of_the_plan_and_says_where_there_is_none(
    workspace, given, do, log
):
    (ocg,) = given(an_ocg(status="active"))
    with workspace.reading() as reader:
        assert archiving.doubts(reader, ocg.id)[0].startswith("There is no 4P plan")
    (plan,) = given(a_plan(ocg))
    done = {"status": ActionStatus.COMPLETE, "done": date(2026, 11, 1), "outcome": "Held"}
    given(an_action(plan, **done), Review(owner=plan.id, meeting="TTCG", held=date(2026, 10, 1)))
    with workspace.reading() as reader:
        assert archiving.doubts(reader, ocg.id) == (
            f"The plan {plan.ref} has no final review on record.",
        )
    do(ocgs.move, ocg.id, "archived", ARCHIVE, today=TODAY)
    assert f"The plan {plan.ref} has no final review" in log(ocg)[0].rationale
    given(Review(owner=plan.id, meeting="TTCG", held=date(2026, 11, 1)))
    with workspace.reading() as reader:
        assert archiving.doubts(reader, ocg.id) == ()


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (Given(), "a reason from the list of archive reasons, the name of the decision-maker and"),
        (Given(archive_reason="dismantled", decision_maker="X"), "what would re-activate it"),
    ],
)
def test_an_archive_says_what_it_still_needs(given, do, given_, words):
    (ocg,) = given(an_ocg(status="active"))
    with pytest.raises(Refused, match=words):
        do(ocgs.move, ocg.id, "archived", given_, today=TODAY)


def test_an_archive_is_refused_while_actions_are_live_and_names_them(workspace, given, do):
    (ocg,) = given(an_ocg(status="active"))
    (plan,) = given(a_plan(ocg))
    (action,) = given(an_action(plan))
    with pytest.raises(Refused, match=f"1 action .* still live .{action.ref}.; complete or cancel"):
        do(ocgs.move, ocg.id, "archived", ARCHIVE, today=TODAY)
    assert now(workspace, ocg).status == "active"
    do(plans.set_status, action.id, ActionStatus.CANCELLED, today=TODAY)
    assert do(ocgs.move, ocg.id, "archived", ARCHIVE, today=TODAY).status == "archived"


def test_a_move_the_status_does_not_allow_says_the_way(given, do):
    (ocg,) = given(an_ocg(status="nominated"))
    with pytest.raises(Refused, match="must first be Under assessment, then Active"):
        do(ocgs.move, ocg.id, "archived", ARCHIVE, today=TODAY)
    with pytest.raises(Refused, match="is Nominated already"):
        do(ocgs.move, ocg.id, "nominated", Given(), today=TODAY)


def test_a_merge_names_where_it_goes_on_and_can_be_taken_back_by_another_decision(
    workspace, given, do, log
):
    one, two, gone = given(
        an_ocg("One", status="dormant"), an_ocg("Two", status="active"), an_ocg(status="archived")
    )
    for into, words in ((one, "into itself"), (gone, "is Archived")):
        said = Given(reason="Same people", successor=into.id)
        with pytest.raises(Refused, match=words):
            do(ocgs.move, one.id, "merged", said, today=TODAY)
    said = Given(reason="Same people", successor=two.id)
    do(ocgs.move, one.id, "merged", said, today=TODAY)
    assert now(workspace, one).merged_into == two.id
    do(ocgs.take_back_merge, one.id, Given(reason="They were not"), today=TODAY)
    saved = now(workspace, one)
    assert (saved.status, saved.merged_into) == ("dormant", None)
    merge, back = log(one)
    assert f"Goes on as {two.ref}" in merge.rationale
    assert back.supersedes == merge.id


def test_a_move_cannot_be_undone_for_its_decision_stays(workspace, given, do):
    (ocg,) = given(an_ocg(status="active"))
    do(ocgs.move, ocg.id, "dormant", Given(reason="Quiet for a year"), today=TODAY)
    step = workspace.undo_step()
    assert step is None or step.label == "Given"


def test_a_plain_edit_does_not_get_round_the_moves(given, do):
    (ocg,) = given(an_ocg(status="active"))
    with pytest.raises(Refused, match="changes by its moves"):
        do(records.edit, ocg.id, {"status": "archived"})


def test_a_restricted_ocgs_decision_is_as_restricted_as_it_is(
    workspace, ann, given, do, another_user, opened_by, log
):
    (ocg,) = given(an_ocg(status="active", restricted_to=frozenset({ann.id})))
    do(ocgs.move, ocg.id, "dormant", Given(reason="Quiet"), today=TODAY)
    (entry,) = log(ocg)
    with opened_by(another_user).reading() as reader:
        assert reader.numbers([entry.id, ocg.id]) == {}


# ---- Tier ---------------------------------------------------------------------------------------


def test_a_tier_has_a_reason_a_meeting_and_proposes_the_next_review(workspace, given, do, log):
    (ocg,) = given(an_ocg(status="active"))
    given(Assessment(owner=ocg.id, sheet="ocgm", assessed=date(2026, 10, 5)))
    with pytest.raises(Refused, match="Say why"):
        do(ocgs.set_tier, ocg.id, "t2", Given(), today=TODAY)
    said = Given(reason="ROCU support", meeting="Regional TTCG")
    do(ocgs.set_tier, ocg.id, "t2", said, today=TODAY)
    saved = now(workspace, ocg)
    assert (saved.tier, saved.tier_reason, saved.tier_meeting) == (
        *("t2", "ROCU support", "Regional TTCG"),
    )
    assert (saved.tier_decided, saved.review_due) == (TODAY, date(2027, 1, 5))
    (entry,) = log(ocg)
    assert (entry.title, entry.decision_type, entry.meeting) == (
        *("Tier T2", "tasking", "Regional TTCG"),
    )


def test_a_review_that_is_given_is_not_replaced_by_a_proposed_one(given, do):
    (ocg,) = given(an_ocg(status="active"))
    day = date(2026, 12, 24)
    saved = do(ocgs.set_tier, ocg.id, "t4", Given(reason="Local"), today=TODAY, review_due=day)
    assert saved.review_due == day


# ---- Who answers for it -------------------------------------------------------------------------


def test_a_new_lro_takes_over_and_the_one_before_hands_over_the_day_before(workspace, given, do):
    (ocg,) = given(an_ocg(status="active"))
    given(an_assignment(ocg, "Insp Old", role="lro", start=PartialDate(2026, 1, 1)))
    new = Assignment(role="lro", officer="Insp New", start=PartialDate(2026, 11, 21))
    do(ocgs.assign, ocg.id, new, handover="Plan and policy log")
    with workspace.reading() as reader:
        old, made = ocgs.assignments(reader, ocg.id)
    assert (str(old.end), old.handover) == ("2026-11-20", "Plan and policy log")
    assert (made.officer, made.end, made.owner) == ("Insp New", None, ocg.id)


def test_a_second_sio_may_stand_beside_the_first_but_no_second_lro(workspace, given, do):
    (ocg,) = given(an_ocg(status="active"))
    given(an_assignment(ocg, "DI One", role="sio"), an_assignment(ocg, "Insp One", role="lro"))
    do(ocgs.assign, ocg.id, Assignment(role="sio", officer="DI Two"), beside=True)
    with pytest.raises(Refused, match="one Lead Responsible Officer at a time"):
        do(ocgs.assign, ocg.id, Assignment(role="lro", officer="Insp Two"), beside=True)
    with workspace.reading() as reader:
        open_ = [p.officer for p in ocgs.assignments(reader, ocg.id) if p.end is None]
    assert open_ == ["DI One", "Insp One", "DI Two"]


def test_nobody_hands_over_before_they_began(given, do):
    (ocg,) = given(an_ocg(status="active"))
    given(an_assignment(ocg, "Insp Old", role="lro", start=PartialDate(2026, 11, 10)))
    new = Assignment(role="lro", officer="Insp New", start=PartialDate(2026, 11, 1))
    with pytest.raises(Refused, match="only began on 10 Nov 2026"):
        do(ocgs.assign, ocg.id, new)


def test_an_assignment_ends_once(given, do):
    (ocg,) = given(an_ocg(status="active"))
    (post,) = given(an_assignment(ocg, "Insp Old", role="lro"))
    assert str(do(ocgs.end_assignment, post.id, TODAY, "Everything").end) == "2026-11-21"
    with pytest.raises(Refused, match="ended already"):
        do(ocgs.end_assignment, post.id, TODAY)
