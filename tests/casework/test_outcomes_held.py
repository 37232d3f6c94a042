"""Outcomes whichever way they come in: counted from steps, in a unit of their own, seized once."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from makers import a_nominal, an_ocg

from ocgdesk.casework import (
    claim_rules,
    disruption_ledger,
    disruptions,
    import_rules,
    records,
    reference_lists,
    seizures,
)
from ocgdesk.casework.bin import put_back
from ocgdesk.casework.import_rules import Came
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Commodity, Operation
from ocgdesk.domain.links import Membership
from ocgdesk.domain.people import Role
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.errors import Conflict, Refused
from ocgdesk.exchange.raw import Problem
from ocgdesk.store import history
from ocgdesk.store import records as queries

TODAY = date(2026, 11, 18)
DAY = date(2026, 11, 2)


def a_claim(*subjects, **more):
    return Disruption(
        **{
            "title": "Courier stopped",
            "on": DAY,
            "subjects": tuple(one.id for one in subjects),
            "strand": "pursue",
            "level": "moderate",
            "agency": "WMC",
            "narrative": "The courier was stopped on the way back.",
            "evidence": ("Log 4",),
        }
        | more
    )


@pytest.fixture
def act(workspace):
    def do(verb, *args, **more):
        with workspace.work("Act") as done:
            return verb(done.work, *args, **more)

    return do


@pytest.fixture
def ocg(given):
    return given(an_ocg())[0]


@pytest.fixture
def claim(given, ocg):
    return given(a_claim(ocg))[0]


@pytest.fixture
def arrest(given, ocg):
    person = given(a_nominal())[0]
    given(Membership(source=person.id, target=ocg.id))
    return given(CourtStep(owner=person.id, step="arrested", on=DAY))[0]


def without_rule(work, code, **values):
    known = code_list("claim-rules")
    items = [{**i, **values} if i["code"] == code else i for i in known.data["items"]]
    return reference_lists.save(
        work, "claim-rules", {**known.data, "items": items}, version=known.version
    )


@pytest.fixture
def rule(act):
    def change(code, **values):
        act(without_rule, code, **values)

    return change


# ---- Counts of criminal-justice steps -----------------------------------------------------------


def test_a_typed_count_of_arrests_waits_on_a_draft_and_holds_the_claim_back(act, workspace, claim):
    act(disruptions.add_outcome, Outcome(owner=claim.id, measure="arrested", value=50))
    with workspace.reading() as reader:
        found = claim_rules.findings(reader, claim, today=TODAY)
    assert [(one.rule, one.refuses) for one in found] == [("steps", True)]
    assert "still to be counted: Arrested 50" in found[0].words
    with pytest.raises(Refused, match="Arrested 50"):
        act(disruptions.submit, claim.id, today=TODAY)


def test_a_typed_count_on_no_claim_is_refused_whichever_way(act, workspace, given, ocg):
    operation = given(Operation(name="Bitternthorn"))[0]
    for owner in (operation, ocg):
        typed = Outcome(owner=owner.id, measure="charged", value=3)
        for verb in (disruptions.add_outcome, records.create):
            with pytest.raises(Refused, match="Charged is counted from criminal-justice steps"):
                act(verb, typed)
    new = Operation(name="Fresh")
    rows = (new, Outcome(owner=new.id, measure="charged", value=3))
    with workspace.reading() as reader:
        came = [Came(place=Problem("x.csv", n, "", ""), after=one) for n, one in enumerate(rows)]
        held = import_rules.hold(reader, came, TODAY)
    assert held.things == (new, None)
    assert "counted from criminal-justice steps" in held.broken[0].text


def test_a_figure_of_an_older_year_can_still_be_edited_elsewhere(act, given, ocg):
    old = given(Outcome(owner=ocg.id, measure="arrested", value=7, unit="people"))[0]
    assert act(records.edit, old.id, {"impact": "Before 2020"}).impact == "Before 2020"
    with pytest.raises(Refused, match="counted from criminal-justice steps"):
        act(records.edit, old.id, {"value": 8.0})


def test_the_rule_can_be_told_only_or_be_off(act, workspace, claim, ocg, rule):
    act(disruptions.add_outcome, Outcome(owner=claim.id, measure="arrested", value=50))
    rule("steps", refuses=False)
    with workspace.reading() as reader:
        found = claim_rules.findings(reader, claim, today=TODAY)
    assert [(one.rule, one.refuses) for one in found] == [("steps", False)]
    rule("steps", on=False)
    with workspace.reading() as reader:
        assert claim_rules.findings(reader, claim, today=TODAY) == ()
    act(disruptions.add_outcome, Outcome(owner=ocg.id, measure="arrested", value=2))
    assert act(disruptions.submit, claim.id, today=TODAY).status == "submitted"


def test_steps_back_the_figure_that_was_typed_and_are_not_added_to_it(
    act, workspace, claim, arrest
):
    typed = act(disruptions.add_outcome, Outcome(owner=claim.id, measure="arrested", value=50))
    counted = Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,))
    saved = act(disruptions.add_outcome, counted)
    assert (saved.id, saved.value, saved.steps) == (typed.id, 1.0, (arrest.id,))
    assert act(disruptions.submit, claim.id, today=TODAY).status == "submitted"


def test_the_members_of_an_ocg_are_offered_to_be_counted(workspace, claim, arrest):
    with workspace.reading() as reader:
        found = disruption_ledger.steps_to_claim(reader, claim.id)
    assert [one.step.id for one in found] == [arrest.id]


def test_a_step_that_is_counted_stays_what_it_is_and_where_it_is(act, claim, arrest):
    act(
        disruptions.add_outcome,
        Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,)),
    )
    for verb, args in (
        (records.edit, (arrest.id, {"step": "charged"})),
        (records.remove, ([arrest.id],)),
        (records.remove, ([arrest.owner],)),
    ):
        with pytest.raises(Refused, match=f"counted in Arrested of {claim.ref}"):
            act(verb, *args)


def test_a_withdrawn_claim_sets_its_steps_free(act, claim, arrest, ocg):
    counted = Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,))
    act(disruptions.add_outcome, counted)
    other = act(records.create, a_claim(ocg, agency="RWM"))
    act(disruptions.withdraw, claim.id, reason="Double")
    again = Outcome(owner=other.id, measure="arrested", steps=(arrest.id,))
    assert act(disruptions.add_outcome, again).value == 1


def test_a_sentence_that_was_put_right_is_told_on_the_draft(act, workspace, claim, given):
    person = given(a_nominal("Other"))[0]
    sentence = given(
        CourtStep(owner=person.id, step="sentenced", on=DAY, amount=4.0, unit="years")
    )[0]
    years = Outcome(owner=claim.id, measure="years-sentenced", steps=(sentence.id,))
    act(disruptions.add_outcome, years)
    act(records.edit, sentence.id, {"amount": 3.0})
    with workspace.reading() as reader:
        told = claim_rules.findings(reader, claim, today=TODAY)[0].words
    assert "Years sentenced 4" in told


def test_what_a_claim_was_submitted_with_is_not_undone_by_who_entered_it(
    act, workspace, claim, arrest, add_user, opened_by, cocaine, ocg
):
    seized = act(disruptions.add_outcome, Outcome(owner=claim.id, measure="cocaine", value=2))
    counted = Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,))
    act(disruptions.add_outcome, counted)
    bea = opened_by(add_user("bea", Role.ANALYST))
    with bea.work("Submit") as done:
        disruptions.submit(done.work, claim.id, today=TODAY)
    with pytest.raises(Conflict, match=f"{claim.ref} is submitted by now"):
        workspace.undo()
    with workspace.work("Accepted") as done:
        done.work.put(replace(done.work.get(Disruption, claim.id), status="accepted"))
    act(seizures.enter, seized.id, cocaine.id, ocg.id)
    workspace.undo()
    with workspace.reading() as reader:
        assert reader.get(Outcome, seized.id).dealing is None


def test_a_step_that_is_counted_is_not_undone_away(
    act, workspace, claim, given, opened_by, add_user
):
    person = given(a_nominal("Other"))[0]
    step = act(records.create, CourtStep(owner=person.id, step="arrested", on=DAY))
    bea = opened_by(add_user("bea", Role.ANALYST))
    with bea.work("Count") as done:
        line = Outcome(owner=claim.id, measure="arrested", steps=(step.id,))
        disruptions.add_outcome(done.work, line)
    with pytest.raises(Conflict, match="An outcome counts this"):
        workspace.undo()


def test_what_lies_in_the_bin_does_not_come_back_onto_a_claim_that_was_submitted(
    act, claim, arrest, ocg
):
    line = act(
        disruptions.add_outcome,
        Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,)),
    )
    act(records.remove, [line.id])
    other = act(records.create, a_claim(ocg, agency="RWM"))
    again = Outcome(owner=other.id, measure="arrested", steps=(arrest.id,))
    act(disruptions.add_outcome, again)
    with pytest.raises(Conflict, match="claimed elsewhere by now"):
        act(put_back, [line.id])
    act(disruptions.submit, claim.id, today=TODAY)
    with pytest.raises(Conflict, match="is submitted by now"):
        act(put_back, [line.id])


def test_a_file_says_a_step_and_a_reference_of_apmis_once(workspace, claim, arrest):
    line = Outcome(owner=claim.id, measure="arrested", steps=(arrest.id,))
    rows = (
        a_claim(apmis="AP-9"),
        a_claim(apmis="ap-9 "),
        line,
        replace(line, id=uuid4()),
    )
    with workspace.reading() as reader:
        came = [Came(place=Problem("x.csv", n, "", ""), after=one) for n, one in enumerate(rows)]
        held = import_rules.hold(reader, came, TODAY)
    assert [one is None for one in held.things] == [False, True, False, True]
    assert [one.text for one in held.broken] == [
        "This APMIS reference is said twice.",
        "One of these steps is claimed twice here.",
    ]


def test_a_bulk_edit_does_not_give_one_reference_to_two_claims(act, given, ocg):
    claims = given(*(a_claim(ocg, status="accepted", agency=code) for code in ("WMC", "RWM")))
    with pytest.raises(Refused, match="This APMIS reference is said twice"):
        act(records.edit_all, [(one, {"apmis": "AP-5"}) for one in claims])


# ---- Units --------------------------------------------------------------------------------------


def test_a_unit_that_is_not_of_the_measure_is_refused_naming_those_that_are(act, workspace, claim):
    cash = Outcome(owner=claim.id, measure="cash", value=900, unit="kg")
    told = "Cash seized is not counted in kilograms: it is in pounds sterling or euros"
    for verb in (disruptions.add_outcome, records.create):
        with pytest.raises(Refused, match=told):
            act(verb, cash)
    line = act(disruptions.add_outcome, replace(cash, unit=""))
    assert line.unit == "gbp"
    with pytest.raises(Refused, match=told):
        act(records.edit, line.id, {"unit": "kg"})
    assert act(records.edit, line.id, {"unit": "eur"}).unit == "eur"
    with workspace.reading() as reader:
        row = Came(place=Problem("x.csv", 2, "", ""), after=cash)
        held = import_rules.hold(reader, [row], TODAY)
    assert held.things == (None,)
    assert held.broken[0].text == f"{told}."


def test_what_is_added_or_imported_without_a_unit_takes_that_of_its_measure(act, workspace, claim):
    bare = Outcome(owner=claim.id, measure="heroin", value=0.4)
    assert act(records.create, bare).unit == "kg"
    with workspace.reading() as reader:
        row = Came(place=Problem("x.csv", 2, "", ""), after=bare)
        assert import_rules.hold(reader, [row], TODAY).things[0].unit == "kg"


def test_an_outcome_follows_its_claim_where_it_says_what_that_said(act, workspace, claim):
    plain = act(disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=900))
    own = act(
        disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=5, agency="RWM")
    )
    changed = {"part": "support", "agency": "STP", "on": date(2026, 11, 3)}
    act(records.edit, claim.id, changed)
    with workspace.reading() as reader:
        one, other = (reader.get(Outcome, line.id) for line in (plain, own))
    assert (one.part, one.agency, one.on) == ("support", "STP", date(2026, 11, 3))
    assert (other.part, other.agency) == ("support", "RWM")


# ---- The commodity ledger -----------------------------------------------------------------------


@pytest.fixture
def cocaine(given):
    return given(Commodity(name="Cocaine", commodity_type="cocaine", unit="kg"))[0]


@pytest.fixture
def seized(given):
    """Return the outcome of a measure on an accepted claim against an OCG."""

    def make(ocg, measure="cocaine", value=2.0, unit="kg", **more):
        claim = given(a_claim(ocg, status="accepted", **more))[0]
        line = Outcome(owner=claim.id, measure=measure, value=value, unit=unit, on=claim.on)
        return given(line)[0]

    return make


def test_only_a_commodity_is_entered_and_only_where_it_fits(act, given, ocg, cocaine, seized):
    pounds = given(Commodity(name="Cash", commodity_type="cash", unit="gbp"))[0]
    local = given(Commodity(name="Grey powder", unit="kg"))[0]
    part = given(Commodity(name="Block", part_of=cocaine.id))[0]
    drug = seized(ocg)
    for line, into, told in (
        (seized(ocg, "arrested", 2, "people"), cocaine, "Arrested is no commodity"),
        (drug, pounds, "Cash is of the type Cash: Cocaine is entered as Cocaine or Crack"),
        (drug, local, "Grey powder has no type of commodity"),
        (seized(ocg, "cash", 20, "gbp"), cocaine, "Cash seized is entered as Cash"),
        (seized(ocg, "cocaine", 20, "items"), cocaine, "not counted in items: it is in kilograms"),
    ):
        with pytest.raises(Refused, match=told):
            act(seizures.enter, line.id, into.id, ocg.id)
    grams = seized(ocg, value=400, unit="g", on=date(2026, 1, 5))
    assert act(seizures.enter, grams.id, part.id, ocg.id).unit == "g"


def test_a_seizure_waits_until_its_claim_is_accepted(act, given, ocg, cocaine, claim):
    line = act(disruptions.add_outcome, Outcome(owner=claim.id, measure="cocaine", value=2))
    with pytest.raises(Refused, match=f"{claim.ref} is draft: a seizure is entered once"):
        act(seizures.enter, line.id, cocaine.id, ocg.id)
    loose = act(disruptions.add_outcome, Outcome(owner=ocg.id, measure="cocaine", value=2, on=DAY))
    assert act(seizures.enter, loose.id, cocaine.id, ocg.id).weight == 2


def test_one_event_claimed_by_two_agencies_is_entered_once(act, workspace, ocg, cocaine, seized):
    first = seized(ocg)
    second = seized(ocg, agency="RWM", on=date(2026, 11, 4))
    act(seizures.enter, first.id, cocaine.id, ocg.id)
    with pytest.raises(Refused, match=r"Cocaine of .*DIS-.* may be the same seizure"):
        act(seizures.enter, second.id, cocaine.id, ocg.id)
    act(seizures.enter, second.id, cocaine.id, ocg.id, different="Found in another car")
    with workspace.reading() as reader:
        assert len(queries.links_of(reader, cocaine.id)) == 2
        entered = history.of(reader, reader.number(second.id))[-1].entry
    assert entered.reason == "Found in another car"


def test_a_seizure_entered_wrongly_is_taken_out_with_a_reason_and_entered_anew(
    act, workspace, ocg, cocaine, seized
):
    line = seized(ocg)
    act(seizures.enter, line.id, cocaine.id, ocg.id)
    with pytest.raises(Refused, match="entered in the commodity ledger from its claim"):
        act(records.edit, line.id, {"dealing": None})
    with pytest.raises(Refused, match="Say why"):
        act(seizures.take_out, line.id, reason=" ")
    assert act(seizures.take_out, line.id, reason="Wrong OCG").dealing is None
    with workspace.reading() as reader:
        assert not queries.links_of(reader, cocaine.id)
    act(seizures.enter, line.id, cocaine.id, ocg.id)


# ---- The rules as data --------------------------------------------------------------------------


def test_how_far_apart_two_claims_of_one_event_may_lie_is_data(workspace, claim, ocg, rule):
    other = a_claim(ocg, agency="RWM", on=date(2026, 11, 9))

    def told():
        with workspace.reading() as reader:
            found = claim_rules.findings(reader, other, today=TODAY)
        return [(one.rule, one.refuses) for one in found]

    assert told() == []
    rule("claimed-twice", days=7, refuses=True)
    assert told() == [("claimed-twice", True)]
    rule("claimed-twice", days=0)
    assert told() == []
