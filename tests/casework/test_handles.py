"""Handles and their ledger: who may say what, what a move needs, what comes of the handle."""

from datetime import date

import pytest
from makers import a_handle, a_nominal, a_report, an_attribution

from ocgdesk.casework import attributions, handles, ledgers, records
from ocgdesk.casework.attributions import Candidate, Said
from ocgdesk.casework.handles import Asked
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import Custody, Decision
from ocgdesk.domain.values import Ground
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import handling, history
from ocgdesk.store import records as queries

TODAY = date(2026, 11, 21)
PHONE = Ground("colocation-phone", "+", "Moved with his phone on 43 of 62 days", "1A")
CUSTODY = Ground("custody", "-", "In custody on 2 of the days with traffic", "1A")


@pytest.fixture
def people(given):
    return given(a_handle(first_seen=PartialDate(2020, 3, 27)), a_nominal(), a_nominal("Bo Cane"))


@pytest.fixture
def act(workspace):
    """Do one act as ann."""
    return doing(workspace)


@pytest.fixture
def bea(another_user, opened_by):
    """Do one act as somebody else."""
    return doing(opened_by(another_user))


def doing(workspace):
    def do(verb, *arguments, **more):
        with workspace.work("Act") as done:
            return verb(done.work, *arguments, **more)

    return do


def put(act, handle, nominal, *grounds, **more):
    said = Candidate(grounds=grounds, **more)
    return act(attributions.put_forward, handle.id, nominal.id, said, today=TODAY)


def moved(act, item, status, note="", **more):
    return act(attributions.move, item.id, status, Said(note=note, **more), today=TODAY)


def confirmed(act, bea, handle, nominal, **more):
    item = moved(act, put(act, handle, nominal, PHONE, **more), "proposed")
    return moved(bea, moved(bea, item, "reviewed"), "confirmed")


def now(workspace, thing):
    with workspace.reading() as reader:
        return reader.find(thing.id, thing.base)


# ---- The ledger ---------------------------------------------------------------------------------


def test_somebody_put_forward_begins_in_development_named_after_their_analyst(act, people, ann):
    handle, nominal, _bo = people
    item = put(act, handle, nominal)
    assert (item.status, item.confidence, item.strength) == (
        "in-development",
        "possible",
        "tentative",
    )
    assert item.analyst == ann.id
    assert item.start == handle.first_seen


def test_a_proposal_needs_a_ground(act, people):
    item = put(act, *people[:2])
    with pytest.raises(Refused, match="at least one ground"):
        moved(act, item, "proposed")
    act(attributions.add_ground, item.id, PHONE)
    found = moved(act, item, "proposed")
    assert (found.status, found.proposed_on) == ("proposed", TODAY)


def test_whoever_proposed_it_cannot_review_it(act, people):
    item = moved(act, put(act, *people[:2], PHONE), "proposed")
    with pytest.raises(Refused, match="somebody else has to review it"):
        moved(act, item, "reviewed")


def test_nothing_is_confirmed_that_was_not_reviewed(act, bea, people):
    item = moved(act, put(act, *people[:2], PHONE), "proposed")
    with pytest.raises(Refused, match="must first be Reviewed"):
        moved(bea, item, "confirmed")


def test_a_confirmed_user_makes_the_handle_attributed(workspace, act, bea, people, another_user):
    item = confirmed(act, bea, *people[:2])
    assert (item.confidence, item.strength) == ("confirmed", "confirmed")
    assert (item.reviewer, item.reviewed_on) == (another_user.id, TODAY)
    assert now(workspace, people[0]).disposition == "attributed"


def test_a_ground_against_has_to_be_explained_before_it_is_confirmed(act, bea, people):
    item = moved(act, put(act, *people[:2], PHONE, CUSTODY), "proposed")
    item = moved(bea, item, "reviewed")
    with pytest.raises(Refused, match="how that is explained"):
        moved(bea, item, "confirmed")
    assert moved(bea, item, "confirmed", "A second user then").outcome == "A second user then"


def test_a_rejection_needs_a_reason_and_refutes(workspace, act, bea, people):
    item = moved(act, put(act, *people[:2], PHONE), "proposed")
    item = moved(bea, item, "reviewed")
    with pytest.raises(Refused, match="a reason"):
        moved(bea, item, "rejected")
    found = moved(bea, item, "rejected", "In prison throughout")
    assert (found.confidence, found.outcome) == ("refuted", "In prison throughout")
    assert now(workspace, people[0]).disposition == "in-development"


def test_taking_it_up_again_takes_the_handle_back_too(workspace, act, bea, people):
    item = confirmed(act, bea, *people[:2])
    found = moved(act, item, "in-development", "New custody record")
    assert (found.status, found.confidence, found.reviewer) == ("in-development", "possible", None)
    assert now(workspace, people[0]).disposition == "in-development"


def test_it_is_superseded_by_another_of_the_same_handle_alone(workspace, act, bea, people, given):
    handle, nominal, bo = people
    item = confirmed(act, bea, handle, nominal)
    elsewhere = put(act, given(a_handle("farfox"))[0], bo, PHONE)
    with pytest.raises(Refused, match="of the same handle"):
        moved(act, item, "superseded", "Wrong man", successor=elsewhere.id)
    with pytest.raises(Refused, match="the record it goes on as"):
        moved(act, item, "superseded", "Wrong man")
    other = put(act, handle, bo, PHONE)
    assert moved(act, item, "superseded", "Wrong man", successor=other.id).status == "superseded"


def test_every_step_is_in_the_history_and_a_review_is_not_undone(workspace, act, bea, people):
    item = confirmed(act, bea, *people[:2])
    with workspace.reading() as reader:
        events = history.of(reader, reader.number(item.id, item.base))
    assert [event.change.after.status for event in events] == [
        *("in-development", "proposed", "reviewed", "confirmed"),
    ]
    step = workspace.undo_step()
    assert step is None or step.seq <= events[1].entry.seq


def test_grounds_stay_as_they_were_reviewed(act, bea, people):
    item = moved(act, put(act, *people[:2], PHONE), "proposed")
    moved(bea, item, "reviewed")
    for verb, given_ in ((attributions.add_ground, CUSTODY), (attributions.drop_ground, 0)):
        with pytest.raises(Refused, match="take it up again"):
            act(verb, item.id, given_)


def test_a_ground_that_names_a_report_rests_on_it_and_takes_its_grade(act, people, given):
    report = given(a_report(grade="2BP"))[0]
    item = put(act, *people[:2])
    found = act(attributions.add_ground, item.id, Ground("ip", "+", "Home IP", "", report.ref))
    assert found.grounds[0].grade == "2BP"
    assert found.reports == (report.id,)
    found = act(attributions.add_ground, item.id, Ground("voice", "+", "", "1b", "MX/17"))
    assert (found.grounds[1].grade, found.grounds[1].ref) == ("1B", "MX/17")


@pytest.mark.parametrize(
    ("ground", "words"),
    [
        (Ground("guesswork"), "not in the list"),
        (Ground("ip", "?"), "for, - against"),
        (Ground("ip", grade="9Z"), "not a grading"),
    ],
)
def test_a_ground_that_is_none_is_refused(act, people, ground, words):
    item = put(act, *people[:2])
    with pytest.raises(Refused, match=words):
        act(attributions.add_ground, item.id, ground)


def test_a_ground_is_taken_out_by_its_place_but_never_the_last_of_a_proposal(act, people):
    item = put(act, *people[:2], PHONE, CUSTODY)
    assert act(attributions.drop_ground, item.id, 0).grounds == (CUSTODY,)
    with pytest.raises(NotFound):
        act(attributions.drop_ground, item.id, 4)
    moved(act, item, "proposed")
    with pytest.raises(Refused, match="send it back"):
        act(attributions.drop_ground, item.id, 0)


def test_the_same_person_is_put_forward_again_only_for_another_period(act, people):
    handle, nominal, _bo = people
    spring = {"start": PartialDate(2020, 3, 27), "end": PartialDate(2020, 4, 30)}
    put(act, handle, nominal, **spring)
    with pytest.raises(Refused, match="candidate for this period already"):
        put(act, handle, nominal, **spring)
    assert put(act, handle, nominal, start=PartialDate(2020, 5, 1), end=PartialDate(2020, 6, 8))


def test_only_a_review_says_confirmed(act, people):
    with pytest.raises(Refused, match="whoever reviews it"):
        put(act, *people[:2], confidence="confirmed")


def test_two_confirmed_users_at_once_are_told_of(workspace, act, bea, people):
    handle, nominal, bo = people
    until = {"start": PartialDate(2020, 3, 27), "end": PartialDate(2020, 5, 4)}
    since = {"start": PartialDate(2020, 5, 4), "end": PartialDate(2020, 6, 8)}
    confirmed(act, bea, handle, nominal, **until)
    confirmed(act, bea, handle, bo, **since)
    with workspace.reading() as reader:
        (clash,) = ledgers.read(reader, handle.id).clashes
    assert clash.day == date(2020, 5, 4)


def test_the_ledger_shows_custody_standing_and_who_is_furthest_first(
    workspace, act, bea, people, given
):
    handle, nominal, bo = people
    given(Custody(owner=bo.id, custody_type="remand", start=PartialDate(2020, 4, 1)))
    put(act, handle, nominal, PHONE)
    moved(act, put(act, handle, bo, PHONE, CUSTODY), "proposed")
    with workspace.reading() as reader:
        ledger = ledgers.read(reader, handle.id)
    assert [item.nominal.label for item in ledger.candidates] == ["Bo Cane", "Aled Cors"]
    assert ledger.first.custody == ((PartialDate(2020, 4, 1), None),)
    assert (ledger.first.signs("+"), ledger.first.signs("-", "!")) == (1, 1)


# ---- No way round -------------------------------------------------------------------------------


def test_a_plain_edit_gets_round_no_rule(act, people):
    handle, nominal, _bo = people
    item = put(act, handle, nominal, PHONE)
    for values in ({"status": "confirmed"}, {"confidence": "confirmed"}, {"reviewer": item.id}):
        with pytest.raises(Refused, match="review"):
            act(records.edit_link, item.id, values)
    with pytest.raises(Refused, match="restricted until"):
        act(records.edit, handle.id, {"privileged": True})


def test_no_link_begins_confirmed_and_one_without_grounds_is_not_proposed(act, people, ann):
    handle, nominal, _bo = people
    for more in ({"status": "confirmed"}, {"confidence": "confirmed"}):
        with pytest.raises(Refused, match="review"):
            act(records.link, an_attribution(handle, nominal, **more))
    found = act(records.link, an_attribution(handle, nominal))
    assert (found.status, found.analyst) == ("in-development", ann.id)


# ---- Disposition and hand-over ------------------------------------------------------------------


def test_attributed_needs_a_confirmed_user(act, people):
    with pytest.raises(Refused, match="needs a confirmed attribution"):
        act(handles.dispose, people[0].id, "attributed")
    assert act(handles.dispose, people[0].id, "not-suitable").disposition == "not-suitable"


def test_a_handle_with_a_confirmed_user_is_not_put_aside(act, bea, people):
    confirmed(act, bea, *people[:2])
    with pytest.raises(Refused, match="has a confirmed user"):
        act(handles.dispose, people[0].id, "ip-only")


def test_a_disposition_is_undone(workspace, act, people):
    act(handles.dispose, people[0].id, "ip-only")
    workspace.undo()
    assert now(workspace, people[0]).disposition == "in-development"


def test_a_hand_over_says_to_whom_when_and_with_what_and_is_a_decision(workspace, act, people):
    with pytest.raises(Refused, match="under which conditions"):
        act(handles.hand_over, people[0].id, "NCA", " ")
    with pytest.raises(Refused, match="which agency"):
        act(handles.hand_over, people[0].id, "", "Package 7")
    found = act(handles.hand_over, people[0].id, "NCA", "Package 7, no onward sharing")
    assert (found.disposition, found.handed_to) == ("other-agency", "NCA")
    assert found.handed_over is not None
    with workspace.reading() as reader:
        (decision,) = queries.owned(reader, found.id)
    assert isinstance(decision, Decision)
    assert decision.title.startswith("Handed over to")


# ---- Possibly privileged ------------------------------------------------------------------------


def test_flagged_material_is_known_only_to_those_named_until_somebody_else_reviewed_it(
    workspace, act, add_user, opened_by, people, ann
):
    handle = people[0]
    cyd, dee = (add_user(name, Role.ANALYST) for name in ("cyd", "dee"))
    act(handles.flag_privileged, handle.id, [cyd.id], "Speaks to a solicitor")
    with opened_by(dee).reading() as reader:
        assert handling.queue(reader) == []
        assert handles.count(reader, Asked()).identified == 0
        with pytest.raises(NotFound):
            ledgers.read(reader, handle.id)
    with pytest.raises(Refused, match="somebody else has to review it"):
        act(handles.review_privileged, handle.id, keep=False, reason="Fine")
    with workspace.reading() as reader:
        assert ledgers.read(reader, handle.id).flagged_by == ann.id
    as_cyd = doing(opened_by(cyd))
    as_cyd(handles.review_privileged, handle.id, keep=True, reason="Advice on a charge")
    assert now(workspace, handle).restricted_to == {ann.id, cyd.id}
    as_cyd(handles.review_privileged, handle.id, keep=False, reason="No lawyer after all")
    found = now(workspace, handle)
    assert (found.privileged, found.restricted_to) == (False, None)
    with workspace.reading() as reader:
        log = [item.title for item in ledgers.read(reader, handle.id).decisions]
    assert log == [
        "Flagged as possibly privileged",
        "Privilege review: stays restricted",
        "Privilege review: opened",
    ]


def test_flagging_needs_a_reason_and_a_reviewer(act, people, another_user):
    with pytest.raises(Refused, match="what makes it"):
        act(handles.flag_privileged, people[0].id, [another_user.id], " ")
    with pytest.raises(Refused, match="at least one other user"):
        act(handles.flag_privileged, people[0].id, [], "Speaks to a solicitor")


# ---- Counts and the queue -----------------------------------------------------------------------


def test_handles_are_counted_by_what_came_of_them(workspace, given, act):
    made = given(*(a_handle(f"fox{n}", platform="encrochat", agency="WMP") for n in range(4)))
    act(handles.dispose, made[0].id, "not-suitable")
    before = history.instant("2999-01-01")
    act(handles.dispose, made[1].id, "ip-only")
    with workspace.reading() as reader:
        found = handles.count(reader, Asked(platform="encrochat", agency="WMP"))
        assert handles.count(reader, Asked(platform="sky-ecc")).identified == 0
        assert handles.count(reader, Asked(as_at=before)) == found
    assert found.lines() == (
        ("identified", "Identified", 4),
        ("attributed", "Attributed", 0),
        ("other-agency", "Suitable for another agency", 0),
        ("not-suitable", "Not suitable", 1),
        ("ip-only", "IP data only", 1),
        ("in-development", "In development", 2),
    )
    assert found.decided == 2


def test_the_queue_tells_how_far_each_handle_has_come(workspace, act, people, given):
    handle, nominal, bo = people
    given(a_handle("idle"))
    item = put(act, handle, nominal, PHONE)
    moved(act, item, "proposed")
    put(act, handle, bo)
    with workspace.reading() as reader:
        first, second = handling.queue(reader)
        assert handling.queue(reader, [item.id]) == [first]
        assert handling.queue(reader, [handle.id]) == [first]
    assert (first.handle.label, first.candidates, first.stage) == ("quietfox", 2, "proposed")
    assert (second.candidates, second.stage) == (0, "")
    assert isinstance(now(workspace, handle), Handle)
    assert isinstance(now(workspace, item), Attribution)
