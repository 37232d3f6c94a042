"""What hangs on a record: added, ended, removed, and the record that keeps in step."""

from datetime import date, timedelta

import pytest
from makers import a_line, a_nominal, an_ocg

from ocgdesk.casework import filing, notes, records, subrecords
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal, Operation
from ocgdesk.domain.kinds import SUBRECORDS, Kind
from ocgdesk.domain.subrecords import (
    CheckBack,
    Custody,
    Decision,
    Involvement,
    Marker,
    Note,
    Order,
    RiskFactor,
    Safeguarding,
)
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.store.workspace import Workspace

TODAY = date.today()  # noqa: DTZ011 - what is in force goes by the day the act is done
LONG_AGO = PartialDate(2019, 5)


@pytest.fixture
def person(given) -> Nominal:
    (made,) = given(a_nominal())
    return made


@pytest.fixture
def hang(workspace: Workspace):
    """Hang sub-records on their owners, each as an act of its own; return the last as saved."""

    def add(*new):
        saved = None
        for one in new:
            with workspace.work("Add") as done:
                saved = filing.file(done.work, one, today=TODAY)
        return saved

    return add


@pytest.fixture
def now(workspace: Workspace):
    def read(thing):
        with workspace.reading() as reader:
            return reader.find(thing.id)

    return read


def do(workspace: Workspace, act, *arguments, **named):
    with workspace.work("Act") as done:
        return act(done.work, *arguments, **named)


# ---- Where things hang --------------------------------------------------------------------------


def test_what_hangs_on_a_record_is_read_by_kind_with_the_records_it_names(
    workspace, given, hang, person
) -> None:
    (operation,) = given(Operation(name="Bitternthorn"))
    hang(
        Marker(owner=person.id, code="FI"),
        Involvement(owner=person.id, category="suspect", matter=operation.id),
        Marker(owner=person.id, code="VI"),
    )
    with workspace.reading() as reader:
        found = subrecords.of(reader, person.id)
    assert [m.code for m in found.of(Kind.MARKER)] == ["FI", "VI"]
    assert found.of(Kind.ORDER) == ()
    assert found.named[operation.id].label == "Bitternthorn"


def test_a_sub_record_hangs_only_on_the_kinds_it_is_made_for(given, hang, person) -> None:
    (line,) = given(a_line())
    with pytest.raises(Refused, match="Check-back hangs on one of these: county line; not on nom"):
        hang(CheckBack(owner=person.id))
    with pytest.raises(Refused, match="needs an owner"):
        hang(Order(order_type="scpo"))
    assert hang(CheckBack(owner=line.id)).owner == line.id


def test_an_owner_that_is_closed_to_the_user_is_not_there(
    workspace, given, opened_by, another_user
) -> None:
    (hidden,) = given(a_nominal(restricted_to=frozenset({workspace.user.id})))
    other = opened_by(another_user)
    with pytest.raises(NotFound), other.work("Add") as done:
        filing.file(done.work, Marker(owner=hidden.id, code="FI"), today=TODAY)


def test_a_sub_record_cannot_be_moved_to_another_owner(workspace, given, hang, person) -> None:
    (other,) = given(a_nominal("Bob"))
    marker = hang(Marker(owner=person.id, code="FI"))
    with pytest.raises(Refused, match="no field 'owner'"):
        do(workspace, records.edit, marker.id, {"owner": other.id})


def test_every_kind_of_sub_record_says_on_what_it_hangs() -> None:
    assert all(subrecords.owners_of(kind) for kind in SUBRECORDS)
    assert Kind.MARKER in subrecords.kinds_on(Kind.NOMINAL)
    assert subrecords.kinds_on(Kind.REPORT) == (Kind.NOTE, Kind.ATTACHMENT)


# ---- In step ------------------------------------------------------------------------------------


def test_a_marker_in_force_stands_on_the_nominal_until_it_ends(
    workspace, hang, now, person
) -> None:
    marker = hang(Marker(owner=person.id, code="FI"))
    assert now(person).warnings == ("FI",)
    do(workspace, subrecords.end, marker.id, TODAY)
    assert now(person).warnings == ()
    workspace.undo()
    assert now(person).warnings == ("FI",)
    workspace.undo()
    assert now(person).warnings == ()


def test_the_nominal_changes_in_the_same_act_as_the_marker(workspace, hang, person) -> None:
    hang(Marker(owner=person.id, code="FI"))
    step = workspace.undo_step()
    assert (step.label, step.things) == ("Add", 2)


def test_a_code_without_a_marker_of_its_own_stands_as_it_was_typed(
    workspace, given, hang, now
) -> None:
    (typed,) = given(a_nominal(warnings=("DR",)))
    marker = hang(Marker(owner=typed.id, code="FI"))
    assert now(typed).warnings == ("DR", "FI")
    do(workspace, subrecords.remove, [marker.id], "Entered on the wrong person")
    assert now(typed).warnings == ("DR",)


def test_two_markers_of_one_code_hold_it_until_both_are_over(workspace, hang, now, person) -> None:
    first = hang(Marker(owner=person.id, code="FI", source="PNC"))
    second = hang(Marker(owner=person.id, code="FI", source="Custody record"))
    do(workspace, subrecords.end, first.id, TODAY)
    assert now(person).warnings == ("FI",)
    do(workspace, subrecords.end, second.id, TODAY)
    assert now(person).warnings == ()


def test_a_marker_in_force_is_not_wiped_off_the_nominal(workspace, hang, person) -> None:
    hang(Marker(owner=person.id, code="FI"))
    with pytest.raises(Refused, match="Firearms is a warning marker in force; end it among"):
        do(workspace, records.edit, person.id, {"warnings": ()})


def test_several_categories_hold_at_once_and_one_that_ended_does_not(hang, now, person) -> None:
    hang(
        Involvement(owner=person.id, category="victim", start=PartialDate(2024)),
        Involvement(owner=person.id, category="suspect", end=LONG_AGO),
        Involvement(owner=person.id, category="witness"),
    )
    assert now(person).categories == ("victim", "witness")


def test_the_first_category_takes_the_place_of_there_being_none(given, hang, now) -> None:
    (bare,) = given(a_nominal(categories=("not-yet-categorised",)))
    hang(Involvement(owner=bare.id, category="suspect"))
    assert now(bare).categories == ("suspect",)


def test_custody_and_release_decide_whether_somebody_is_in_custody(
    workspace, hang, now, person
) -> None:
    time_ = hang(Custody(owner=person.id, custody_type="remand", start=PartialDate(2026, 1)))
    assert now(person).in_custody
    with pytest.raises(Refused, match="Custody follows from the times in custody"):
        do(workspace, records.edit, person.id, {"in_custody": False})
    do(workspace, subrecords.end, time_.id, TODAY)
    assert not now(person).in_custody


def test_custody_that_begins_later_is_not_custody_yet(hang, now, person) -> None:
    later = PartialDate.of(TODAY + timedelta(days=30))
    hang(Custody(owner=person.id, custody_type="sentence", start=later))
    assert not now(person).in_custody


def test_a_nominal_is_removed_with_all_that_hangs_on_it_and_undo_brings_all_back(
    workspace, hang, now, person
) -> None:
    marker = hang(Marker(owner=person.id, code="FI"), Order(owner=person.id, order_type="scpo"))
    do(workspace, records.remove, [person.id])
    with pytest.raises(NotFound):
        now(marker)
    workspace.undo()
    assert now(marker) is not None
    assert now(person).warnings == ("FI",)


# ---- Ends ---------------------------------------------------------------------------------------


def test_what_is_over_cannot_end_again_nor_before_it_began(workspace, hang, person) -> None:
    order = hang(Order(owner=person.id, order_type="cbo", start=PartialDate(2025, 3)))
    with pytest.raises(Refused, match="It only began on Mar 2025"):
        do(workspace, subrecords.end, order.id, date(2024, 1, 1))
    do(workspace, subrecords.end, order.id, TODAY)
    with pytest.raises(Refused, match="over already"):
        do(workspace, subrecords.end, order.id, TODAY)


def test_an_order_that_expires_next_year_is_in_force_and_can_be_ended_early(hang, person) -> None:
    order = hang(Order(owner=person.id, order_type="scpo", end=PartialDate(TODAY.year + 1)))
    assert not subrecords.is_over(order, TODAY)
    assert subrecords.may_end(order, TODAY)
    gone = Order(owner=person.id, order_type="scpo", end=PartialDate(TODAY.year - 1))
    assert subrecords.is_over(gone, TODAY)


def test_kinds_that_do_not_end_say_so(workspace, hang, person) -> None:
    prompt = hang(RiskFactor(owner=person.id, factor="debt"))
    with pytest.raises(Refused, match="Risk prompt does not end"):
        do(workspace, subrecords.end, prompt.id, TODAY)


def test_a_removal_needs_a_reason_and_an_edit_the_version_it_read(workspace, hang, person) -> None:
    record = hang(Safeguarding(owner=person.id))
    with pytest.raises(Refused, match="Say why"):
        do(workspace, subrecords.remove, [record.id], " ")
    do(workspace, subrecords.edit, record.id, {"lead": "K. Bevan"}, version=record.version)
    with pytest.raises(Conflict):
        do(workspace, subrecords.edit, record.id, {"lead": "B"}, version=record.version)


# ---- The decision log ---------------------------------------------------------------------------


def test_a_decision_is_never_changed_removed_or_undone(workspace, given, hang) -> None:
    (ocg,) = given(an_ocg())
    entry = hang(Decision(owner=ocg.id, title="Adopt", rationale="Score and capacity"))
    assert (entry.decided, entry.decided_by) == (TODAY, "Ann")
    with pytest.raises(Refused, match="supersede it by a new one"):
        do(workspace, records.edit, entry.id, {"title": "Decline"})
    with pytest.raises(Refused, match="supersede it by a new one"):
        do(workspace, records.remove, [entry.id])
    assert workspace.undo_step().label == "Given"


def test_a_decision_added_by_the_plain_way_cannot_be_undone_either(workspace, given) -> None:
    (ocg,) = given(an_ocg())
    do(workspace, records.create, Decision(owner=ocg.id, title="Adopt"))
    assert workspace.undo_step().label == "Given"


def test_a_decision_is_superseded_once_and_both_stay(workspace, given, hang) -> None:
    (ocg,) = given(an_ocg())
    first = hang(Decision(owner=ocg.id, title="Adopt", rationale="Capacity"))
    new = Decision(owner=ocg.id, title="Hand back", rationale="No capacity")
    second = do(workspace, notes.supersede, first.id, new, today=TODAY)
    assert second.supersedes == first.id
    with pytest.raises(Refused, match="superseded already"):
        do(workspace, notes.supersede, first.id, new, today=TODAY)
    with workspace.reading() as reader:
        assert [d.title for d in notes.log(reader, ocg.id)] == ["Adopt", "Hand back"]


def test_a_decision_needs_its_rationale(given, hang) -> None:
    (ocg,) = given(an_ocg())
    with pytest.raises(Refused, match="what the decision rests on"):
        hang(Decision(owner=ocg.id, title="Adopt"))


def test_a_note_is_its_authors_of_today_and_undone_like_any_edit(workspace, given, hang) -> None:
    (ocg,) = given(an_ocg())
    note = hang(Note(owner=ocg.id, text="Ring the yard"))
    assert (note.author, note.written) == ("Ann", TODAY)
    workspace.undo()
    with workspace.reading() as reader:
        assert subrecords.of(reader, ocg.id).of(Kind.NOTE) == ()
