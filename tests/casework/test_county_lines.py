"""County lines: closures with their evidence and check-backs, coming back, other names."""

from datetime import date

import pytest
from makers import a_line, a_link, a_nominal, a_phone, an_ocg

from ocgdesk.casework import assessments, county_lines, line_stories, records
from ocgdesk.casework.assessments import Scoring
from ocgdesk.casework.county_lines import Given, Tried
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Location
from ocgdesk.domain.subrecords import CheckBack, CourtStep, Safeguarding
from ocgdesk.errors import Refused
from ocgdesk.store import cases

TODAY = date(2026, 11, 21)
CLOSED = date(2026, 10, 21)
BACKS = (date(2026, 11, 20), date(2027, 1, 19))


@pytest.fixture
def act(workspace):
    """Do one verb as an act of its own."""

    def do(verb, *args, **more):
        with workspace.work("Act") as done:
            return verb(done.work, *args, **more)

    return do


@pytest.fixture
def look(workspace):
    """Return the story of a line as it is now."""

    def story(line):
        with workspace.reading() as reader:
            return line_stories.look(reader, line.id, today=TODAY)

    return story


@pytest.fixture
def line(given):
    return given(a_line("Tony", status="active", hub="Birmingham", towns=("Ludlow",)))[0]


def charge_of_a_holder(given, line, on=date(2026, 10, 20)):
    holder = given(a_nominal("Curtis Vale"))[0]
    given(a_link(holder, line, type="holds-line", directed=True))
    return given(CourtStep(owner=holder.id, step="charged", on=on))[0]


def closing(step, **more):
    said = {"on": CLOSED, "evidence": "Number is dead", "check_backs": BACKS, "charge": step.id}
    return Given(**(said | more))


# ---- Closing ------------------------------------------------------------------------------------


def test_type_1_rests_on_a_charge_and_plans_its_check_backs(act, given, look, line):
    charge = charge_of_a_holder(given, line)
    closed = act(county_lines.move, line.id, "closed-type-1", closing(charge), today=TODAY)
    assert (closed.status, closed.closure_type) == ("closed-type-1", "type-1")
    assert (closed.closed, closed.closure_evidence) == (PartialDate.of(CLOSED), "Number is dead")
    assert [back.due for back, _c in look(line).check_backs] == list(BACKS)
    assert [back.result for back, _c in look(line).due(TODAY)] == ["due"]


def test_the_days_of_the_check_backs_are_thirty_and_ninety_by_default():
    assert county_lines.planned_check_backs("type-1", CLOSED) == BACKS


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"charge": None}, "a line holder who was arrested and charged"),
        ({"evidence": " "}, "the evidence that it no longer supplies"),
        ({"check_backs": ()}, "dates for check-backs"),
    ],
)
def test_a_closure_says_what_is_missing(act, given, line, lacking, words):
    charge = charge_of_a_holder(given, line)
    with pytest.raises(Refused, match=words):
        act(
            county_lines.move,
            line.id,
            "closed-type-1",
            closing(charge, **lacking),
            today=TODAY,
        )


def test_the_charge_of_somebody_who_does_not_hold_the_line_will_not_do(act, given, line):
    stranger = given(a_nominal("Nobody Known"))[0]
    charge = given(CourtStep(owner=stranger.id, step="charged", on=CLOSED))[0]
    with pytest.raises(Refused, match="a charge of somebody who holds this line"):
        act(county_lines.move, line.id, "closed-type-1", closing(charge), today=TODAY)


def test_a_line_is_not_closed_by_a_charge_of_later(act, given, line):
    charge = charge_of_a_holder(given, line, on=date(2026, 11, 1))
    with pytest.raises(Refused, match="charged on 1 Nov 2026"):
        act(county_lines.move, line.id, "closed-type-1", closing(charge), today=TODAY)


def test_type_2_needs_no_charge(act, line):
    said = Given(on=CLOSED, evidence="SIM out of use", check_backs=BACKS)
    assert act(county_lines.move, line.id, "closed-type-2", said, today=TODAY).closure_type == (
        "type-2"
    )


def test_a_form_or_a_table_cannot_close_a_line_past_the_rules(act, line):
    with pytest.raises(Refused, match="do it on the line's page"):
        act(records.edit, line.id, {"status": "closed-type-2"})
    act(records.edit, line.id, {"status": "potentially-active"})


def test_undo_takes_a_closure_back_with_its_check_backs(act, given, look, line, workspace):
    charge = charge_of_a_holder(given, line)
    act(county_lines.move, line.id, "closed-type-1", closing(charge), today=TODAY)
    workspace.undo()
    assert look(line).line.status == "active"
    assert look(line).check_backs == ()


# ---- Check-backs --------------------------------------------------------------------------------


@pytest.fixture
def closed(act, given, line):
    charge = charge_of_a_holder(given, line)
    act(county_lines.move, line.id, "closed-type-1", closing(charge), today=TODAY)
    return line


def first_due(look, line) -> CheckBack:
    return look(line).due(date.max)[0][0]


def test_a_check_back_falls_due_and_is_off_the_list_once_made(act, look, closed, workspace):
    with workspace.reading() as reader:
        assert [p.of.label for p in cases.check_backs_due(reader, TODAY)] == ["Tony"]
    said = Tried(result="out-of-use", done=TODAY, note="Test call, dead")
    made = act(county_lines.record_check_back, first_due(look, closed).id, said, today=TODAY)
    assert (made.result, made.officer, made.done) == ("out-of-use", "Ann", TODAY)
    with workspace.reading() as reader:
        assert cases.check_backs_due(reader, TODAY) == []
    assert look(closed).line.status == "closed-type-1"
    with pytest.raises(Refused, match="entered already: out of use"):
        act(county_lines.record_check_back, made.id, said, today=TODAY)


def test_in_use_again_re_activates_the_line_in_the_same_act(act, look, closed, workspace):
    said = Tried(result="in-use", done=TODAY, note="Answered")
    act(county_lines.record_check_back, first_due(look, closed).id, said, today=TODAY)
    found = look(closed)
    assert found.line.status == "re-activated"
    assert found.line.last_active == PartialDate.of(TODAY)
    assert found.line.closure_type == "type-1"
    assert [back.result for back, _c in found.check_backs] == ["in-use", "not-needed"]
    workspace.undo()
    assert [back.result for back, _c in look(closed).check_backs] == ["due", "due"]
    assert look(closed).line.status == "closed-type-1"


def test_one_that_could_not_be_established_is_tried_again(act, look, closed):
    said = Tried(result="not-known", done=TODAY, again=date(2026, 12, 1))
    act(county_lines.record_check_back, first_due(look, closed).id, said, today=TODAY)
    assert first_due(look, closed).due == date(2026, 12, 1)


def test_a_line_that_runs_is_not_tried_again(act, line):
    with pytest.raises(Refused, match="this one is active"):
        act(county_lines.plan_check_back, line.id, TODAY)


def test_activity_must_be_told_before_a_line_is_active_again(act, closed):
    with pytest.raises(Refused, match="what was seen"):
        act(county_lines.move, closed.id, "re-activated", Given(on=TODAY), today=TODAY)


# ---- Another name -------------------------------------------------------------------------------


def test_a_line_that_comes_back_under_another_name_stays_one_story(act, look, closed, given):
    phone = given(a_phone("07700 900118"))[0]
    since = PartialDate.of(date(2025, 1, 1))
    given(a_link(closed, phone, type="uses", start=since))
    marlow = act(county_lines.come_back_as, closed.id, "Marlow", today=TODAY)
    act(county_lines.come_back_as, marlow.id, "Silver", today=TODAY)
    for one in (closed, marlow):
        told = look(one)
        assert {chapter.line.brand for chapter in told.chapters} == {"Tony", "Marlow", "Silver"}
    numbers = {c.line.brand: [n.phone.label for n in c.numbers] for c in look(marlow).chapters}
    assert numbers["Tony"] == ["07700 900118"]
    assert look(marlow).line.towns == ("Ludlow",)
    assert look(closed).line.status == "rebranded"
    assert [chapter.is_live for chapter in look(marlow).chapters].count(True) == 1


def test_a_chain_told_by_links_alone_is_one_story_too(given, look, line):
    other = given(a_line("Marlow"))[0]
    given(a_link(line, other, type="rebranded-to", directed=True))
    assert {c.line.brand for c in look(other).chapters} == {"Tony", "Marlow"}


def test_a_line_cannot_come_back_from_itself_or_from_what_came_after(act, given, line):
    other = given(a_line("Marlow", status="active"))[0]
    act(county_lines.rebrand, line.id, other.id, today=TODAY)
    with pytest.raises(Refused, match="cannot be rebranded to itself"):
        act(county_lines.rebrand, other.id, other.id, today=TODAY)
    with pytest.raises(Refused, match="cannot come back from itself"):
        act(county_lines.rebrand, other.id, line.id, today=TODAY)


def test_what_came_back_from_one_line_did_not_come_back_from_another(act, given, line):
    third, other = given(a_line("Silver", status="active"), a_line("Marlow", status="active"))
    act(county_lines.rebrand, line.id, other.id, today=TODAY)
    with pytest.raises(Refused, match=f"came back from {line.ref} already"):
        act(county_lines.rebrand, third.id, other.id, today=TODAY)


def test_the_two_names_are_linked_once(act, given, line, look):
    other = given(a_line("Marlow", status="active"))[0]
    act(county_lines.rebrand, line.id, other.id, today=TODAY)
    act(county_lines.rebrand, line.id, other.id, today=TODAY)
    assert len(look(line).chapters) == 2


# ---- Who is in it -------------------------------------------------------------------------------


def test_exploited_people_stand_apart_from_holders(given, look, line):
    victim, holder, ocg = given(
        a_nominal("YP-03", exploited=True, born=PartialDate(2011)),
        a_nominal("Kyle Penhallow"),
        an_ocg(),
    )
    home = given(Location(name="14 Bridge Court", cuckooed=True))[0]
    given(
        a_link(line, victim, type="exploits", directed=True),
        a_link(victim, home, type="resides", directed=True),
        a_link(line, home, type="cuckooed-at", directed=True),
        a_link(holder, line, type="holds-line", directed=True),
        a_link(ocg, line, type="controls", directed=True),
        Safeguarding(owner=victim.id, lead="K. Bevan", referral="NRM-1"),
    )
    told = look(line)
    (person,) = told.exploited
    assert (person.child, person.home, person.care.lead) == (True, "14 Bridge Court", "K. Bevan")
    assert [one.item.other.label for one in told.holders] == ["Kyle Penhallow"]
    assert [one.other.label for one in told.groups] == ["Tarnbrook"]
    assert [one.place.cuckooed for one in told.addresses] == [True]


def test_the_indicators_are_counted_and_no_score_of_anybody(act, look, line):
    said = {"rivals": "yes", "mapped-ocg": "yes", "robbed": "no", "collaboration": "unknown"}
    act(assessments.assess, line.id, line_stories.INDICATORS, said, Scoring(assessed=TODAY))
    found = look(line).indicators
    assert (found.yes, found.asked, found.unknown) == (2, 11, 8)


def test_a_restricted_name_is_no_chapter_for_who_may_not_know_of_it(
    workspace, given, opened_by, another_user, line
):
    only = frozenset({workspace.user.id})
    given(a_line("Deep", follows=line.id, restricted_to=only))
    with opened_by(another_user).reading() as reader:
        told = line_stories.look(reader, line.id, today=TODAY)
    assert [chapter.line.brand for chapter in told.chapters] == ["Tony"]
