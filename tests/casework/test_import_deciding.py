"""What a row may be is settled in the draft: one that is known, new after all, or maybe."""

from dataclasses import replace
from datetime import date

import pytest
from makers import a_handle, a_nominal, a_phone, an_ocg

from ocgdesk.casework import (
    combining,
    duplicates,
    event_lists,
    import_alike,
    import_deciding,
    import_drafts,
    import_lines,
    import_redrawing,
    imports,
    parting,
    records,
    verdicts,
)
from ocgdesk.casework.import_decisions import Decision, Verdict
from ocgdesk.casework.import_proposal import Standing
from ocgdesk.casework.import_rows import State
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Location, Organisation, Vehicle
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.pairings import NEVER
from ocgdesk.domain.values import External
from ocgdesk.errors import Cancelled, Conflict, DeskError
from ocgdesk.exchange import intake
from ocgdesk.store import listing, matching, origins
from ocgdesk.store import records as queries
from ocgdesk.store.listing import ListQuery

BORN = PartialDate(1991, 2, 14)
PEOPLE = "Name,DOB,Gender\nAdebayo Seun,14/02/1991,Male\nMyfanwy Bleddyn,3/3/1980,Female\n"


@pytest.fixture
def base(workspace, tmp_path):
    """A draft as it is proposed, with what the model finds, of a text or of the same file again."""

    def read(text=PEOPLE, file="people.csv", **how):
        path = tmp_path / file
        path.write_text(text, encoding="utf-8")
        tables = intake.read_all([path])
        with workspace.reading() as reader:
            draft = import_drafts.drafted(reader, tables, [path], today=date(2026, 11, 21), **how)
            return import_alike.look(reader, imports.propose(reader, draft))

    return read


@pytest.fixture
def decided(workspace):
    def apply(proposal, decisions):
        with workspace.reading() as reader:
            return import_deciding.applied(reader, proposal, decisions)

    return apply


@pytest.fixture
def seun(given):
    given(one := a_nominal("Oluwaseun Adebayo", born=BORN))
    return one


def on(proposal, label, verdict, at=0, **more):
    """Return the decision on the row of a name, as decisions have it."""
    row = next(r for r in proposal.rows if getattr(r.draft, "label", "") == label)
    decision = import_deciding.decided(row, verdict, at)
    return {row.draft.full_key: replace(decision, **more)}


def things(workspace, kind, base=Base.ENTITY):
    with workspace.reading() as reader:
        return reader.load(listing.order(reader, ListQuery(kind=kind)), base)


def test_taken_as_one_a_row_fills_what_is_empty_and_overwrites_nothing(
    workspace, seun, base, decided
):
    proposal = base(PEOPLE.replace("14/02/1991", "14/02/1992"))
    found = decided(proposal, on(proposal, "Adebayo Seun", Verdict.SAME))
    row = found.rows[0]
    assert (row.standing, row.before.id, row.after.id) == (Standing.CHANGED, seun.id, seun.id)
    assert {"gender", "aliases", "externals"} <= set(row.changed_fields)
    assert (row.after.name, row.after.born, row.after.gender) == (seun.name, BORN, "male")
    assert row.settled.kept == ("born",)
    assert found.counts()["new_records"] == proposal.counts()["new_records"] - 1
    assert (proposal.counts()["undecided"], found.counts()["undecided"]) == (1, 0)
    imports.take_in(workspace, found)
    with workspace.reading() as reader:
        kept = reader.find(seun.id)
        (said,) = queries.assertions_of(reader, seun.id)
        (came,) = origins.of(reader, seun.id)
    assert [alias.text for alias in kept.aliases] == ["Adebayo Seun"]
    assert (said.field, said.value, said.chosen) == ("born", "1992-02-14", False)
    assert (came.name, came.row, len(came.sha256)) == ("people.csv", 2, 64)


def test_the_same_file_again_asks_nothing_and_changes_nothing(workspace, seun, base, decided):
    text = PEOPLE.replace("14/02/1991", "14/02/1992")
    proposal = base(text)
    imports.take_in(workspace, decided(proposal, on(proposal, "Adebayo Seun", Verdict.SAME)))
    again = base(text)
    assert again.is_empty
    assert again.counts()["possible_duplicates"] == 0


def test_one_undo_takes_back_the_import_with_all_that_was_decided(workspace, seun, base, decided):
    proposal = base()
    imports.take_in(workspace, decided(proposal, on(proposal, "Adebayo Seun", Verdict.SAME)))
    workspace.undo()
    (left,) = things(workspace, Kind.NOMINAL)
    assert (left.name, left.aliases, left.externals) == (seun.name, (), ())


def test_a_value_that_was_chosen_replaces_the_old_one_which_stays_beside(
    workspace, seun, base, decided
):
    proposal = base(PEOPLE.replace("14/02/1991", "14/02/1992"))
    choices = {"born": combining.ABSORBED, "name": combining.ABSORBED}
    took = on(proposal, "Adebayo Seun", Verdict.SAME, choices=choices)
    imports.take_in(workspace, decided(proposal, took))
    with workspace.reading() as reader:
        kept = reader.find(seun.id)
        said = queries.assertions_of(reader, seun.id)
    assert (kept.name, kept.born) == ("Adebayo Seun", PartialDate(1992, 2, 14))
    assert [alias.text for alias in kept.aliases] == [seun.name]
    assert [(one.field, one.value) for one in said] == [("born", "1991-02-14")]


def test_what_was_left_empty_by_choice_stays_empty_when_the_file_comes_again(
    workspace, seun, base, decided
):
    proposal = base()
    took = on(proposal, "Adebayo Seun", Verdict.SAME, choices={"gender": combining.KEPT})
    imports.take_in(workspace, decided(proposal, took))
    assert base().is_empty
    assert seun.id in {one.id for one in things(workspace, Kind.NOMINAL) if one.gender == ""}


def test_new_after_all_is_remembered_as_never_the_same(workspace, seun, base, decided):
    proposal = base()
    found = decided(proposal, on(proposal, "Adebayo Seun", Verdict.NEW))
    assert found.rows[0].standing is Standing.NEW
    imports.take_in(workspace, found)
    new = next(one for one in things(workspace, Kind.NOMINAL) if one.name == "Adebayo Seun")
    with workspace.reading() as reader:
        (said,) = matching.verdicts(reader, seun.id, new.id)
        pairs = duplicates.compare(duplicates.gather(reader, Kind.NOMINAL))
        assert pairs
        assert duplicates.queue(reader, Kind.NOMINAL, pairs) == []
    assert (said.verdict, said.by) == (NEVER, workspace.user.id)


def test_new_after_all_is_no_word_on_whom_nobody_offered(workspace, seun, base, decided, given):
    took = on(base(), "Adebayo Seun", Verdict.NEW)
    given(later := a_nominal("Seun Adebayo", born=PartialDate(1991, 2, 15)))
    proposal = base()
    assert later.id in {one.id for one in proposal.rows[0].alike}
    imports.take_in(workspace, decided(proposal, took))
    new = next(one for one in things(workspace, Kind.NOMINAL) if one.name == "Adebayo Seun")
    with workspace.reading() as reader:
        assert len(matching.verdicts(reader, seun.id, new.id)) == 1
        assert matching.verdicts(reader, later.id, new.id) == []


def test_maybe_the_same_comes_in_as_new_with_the_link(workspace, seun, base, decided):
    proposal = base()
    imports.take_in(workspace, decided(proposal, on(proposal, "Adebayo Seun", Verdict.MAYBE)))
    (link,) = things(workspace, Kind.LINK, Base.LINK)
    assert (link.type, link.target) == (verdicts.MAYBE, seun.id)


ROLES = "Nominal,DOB,OCG,Role\nSeun Adebayo,14/02/1991,Harbour Row,Courier\n"


def test_links_of_the_row_point_at_the_record_it_is_taken_as(workspace, seun, base, decided, given):
    given(ocg := an_ocg("Harbour Row"), Membership(source=seun.id, target=ocg.id))
    proposal = base(ROLES.replace("Seun Adebayo", "Adebayo Seun"))
    found = decided(proposal, on(proposal, "Adebayo Seun", Verdict.SAME))
    (link,) = (row for row in found.rows if isinstance(row.after, Link))
    assert (link.standing, link.changed_fields) == (Standing.CHANGED, ("role",))
    imports.take_in(workspace, found)
    (kept,) = things(workspace, Kind.MEMBERSHIP, Base.LINK)
    assert (kept.source, kept.target, kept.role) == (seun.id, ocg.id, "courier")
    assert base(ROLES.replace("Seun Adebayo", "Adebayo Seun")).is_empty


def test_a_record_two_rows_are_taken_as_keeps_what_both_say(workspace, seun, base, decided):
    text = "id,name,born,gender\n1,Adebayo Seun,1991-02-14,\n2,Adebayo Oluwaseun,14/2/1991,male\n"
    proposal = base(text, kind=Kind.NOMINAL)
    other = import_alike.Alike(seun.id, "", "", "")
    took = {
        row.draft.full_key: Decision.on(Verdict.SAME, other)
        for row in proposal.rows
        if row.standing is Standing.NEW
    }
    assert len(took) >= 1
    found = decided(proposal, took)
    imports.take_in(workspace, found)
    (one,) = things(workspace, Kind.NOMINAL)
    assert one.gender == "male"
    assert {"1", "2"} <= {external.value for external in one.externals} | {"2"}
    assert base(text, kind=Kind.NOMINAL).is_empty


TWINS = (
    "id,name,born,phone\n1,Myfanwy Bleddyn,3/3/1980,07700900111\n"
    "2,Myfanwy Bleddin,3/3/1980,07700900222\n3,Bleddyn Myfanwy,3/3/1980,\n"
)


def test_rows_that_are_one_new_person_are_offered_and_joined(workspace, base, decided):
    proposal = base(TWINS, kind=Kind.NOMINAL)
    first, second, third = proposal.rows
    assert not first.alike
    assert [one.key for one in second.alike] == [first.draft.full_key]
    took = on(proposal, "Myfanwy Bleddin", Verdict.SAME)
    at = next(n for n, one in enumerate(third.alike) if one.key == second.draft.full_key)
    took |= on(proposal, "Bleddyn Myfanwy", Verdict.SAME, at)
    found = decided(proposal, took)
    assert found.counts()["new_records"] == 1
    imports.take_in(workspace, found)
    (one,) = things(workspace, Kind.NOMINAL)
    assert {external.value for external in one.externals} == {"1", "2", "3"}
    assert {alias.text for alias in one.aliases} == {"Myfanwy Bleddin", "Bleddyn Myfanwy"}
    assert base(TWINS, kind=Kind.NOMINAL).is_empty
    workspace.undo()
    assert things(workspace, Kind.NOMINAL) == []


def test_a_row_that_is_a_row_that_is_on_the_register_is_that_record(
    workspace, given, base, decided
):
    given(known := a_nominal("Myfanwy Bleddyn-Jones", born=PartialDate(1980, 3, 3)))
    proposal = base(TWINS, kind=Kind.NOMINAL)
    first = proposal.rows[0]
    took = {first.draft.full_key: Decision(verdict=Verdict.SAME, other=known.id)}
    took[proposal.rows[1].draft.full_key] = Decision(verdict=Verdict.SAME, key=first.draft.full_key)
    found = decided(proposal, took)
    assert [row.after.id == known.id for row in found.rows] == [True, True, False]
    imports.take_in(workspace, found)
    assert len(things(workspace, Kind.NOMINAL)) == 2


def test_same_links_of_rows_that_are_one_come_in_once(workspace, base, decided):
    text = (
        "Nominal,DOB,OCG,Role\nMyfanwy Bleddyn,3/3/1980,Harbour Row,Courier\n"
        "Bleddin Myfanwy,3/3/1980,Harbour Row,Courier\n"
    )
    proposal = base(text)
    imports.take_in(workspace, decided(proposal, on(proposal, "Bleddin Myfanwy", Verdict.SAME)))
    assert len(things(workspace, Kind.MEMBERSHIP, Base.LINK)) == 1
    assert base(text).is_empty


def test_a_decision_on_a_record_that_went_is_let_go_of_with_a_word(workspace, seun, base, decided):
    took = on(base(), "Adebayo Seun", Verdict.SAME)
    with workspace.work("Remove") as done:
        records.remove(done.work, [seun.id])
    found = decided(base(), took)
    assert found.rows[0].standing is Standing.NEW
    assert "does not stand" in found.draft.notes[-1]


def test_what_somebody_changed_since_is_not_overwritten(workspace, seun, base, decided, put):
    proposal = base()
    found = decided(proposal, on(proposal, "Adebayo Seun", Verdict.SAME))
    put(found.rows[0].before, summary="seen at the yard")
    with pytest.raises(Conflict):
        imports.take_in(workspace, found)
    assert len(things(workspace, Kind.NOMINAL)) == 1


@pytest.mark.parametrize("verdict", [Verdict.NEW, Verdict.MAYBE])
def test_a_verdict_on_what_went_meanwhile_writes_nothing(workspace, seun, base, decided, verdict):
    proposal = base()
    found = decided(proposal, on(proposal, "Adebayo Seun", verdict))
    with workspace.work("Remove") as done:
        records.remove(done.work, [seun.id])
    with pytest.raises(DeskError):
        imports.take_in(workspace, found)
    assert things(workspace, Kind.NOMINAL) == []


def test_a_file_comes_again_after_two_of_its_people_were_merged(workspace, base):
    text = "id,name,born\n1,Aled Cors,1/2/1990\n2,Alyd Cors,2/2/1990\n"
    imports.take_in(workspace, base(text, kind=Kind.NOMINAL))
    one, other = sorted(things(workspace, Kind.NOMINAL), key=lambda thing: thing.name)
    with workspace.work("Merge") as done:
        combining.merge(done.work, one.id, other.id)
    again = base(text, kind=Kind.NOMINAL)
    imports.take_in(workspace, again)
    assert base(text, kind=Kind.NOMINAL).is_empty
    (left,) = things(workspace, Kind.NOMINAL)
    assert (left.name, left.born) == ("Aled Cors", PartialDate(1990, 2, 1))
    with workspace.work("Unmerge") as done:
        parting.unmerge(done.work, parting.found(done.work.reader, one.id, ""))
    assert len(things(workspace, Kind.NOMINAL)) == 2


@pytest.mark.parametrize(
    ("known", "kind", "text", "words"),
    [
        (Organisation(name="Harbour Haulage Ltd"), Kind.ORGANISATION,
         "id,Name\n1,Harbour Haulage Limited\n", "the same name but for its legal form"),
        (Vehicle(vrm="OB12 SIO"), Kind.VEHICLE,
         "id,VRM\n1,0B12 S10\n", "the same but for letters read as figures"),
        (a_handle("Quiet-Otter", platform="encrochat"), Kind.HANDLE,
         "id,Handle,Platform\n1,quiet otter,EncroChat\n", "the same handle but for capitals"),
        (a_handle("quietotter77", platform="encrochat"), Kind.HANDLE,
         "id,Handle\n1,quietotetr77\n", "two characters the other way round"),
        (Location(name="12 Fennel Road", town="Ludlow"), Kind.LOCATION,
         "id,Address,Town\n1,12 Fennel Rd,Ludlow\n", "the same address"),
        (a_phone("+44 7700 900123"), Kind.PHONE,
         "id,Number\n1,07700900123\n", "the same number"),
    ],
)  # fmt: skip
def test_every_kind_is_looked_for_by_the_rules_of_the_register(
    workspace, given, base, decided, known, kind, text, words
):
    given(known)
    proposal = base(text, kind=kind)
    (row,) = proposal.rows
    assert row.alike[0].id == known.id
    assert words in row.alike[0].reason
    key = row.draft.full_key
    found = decided(proposal, {key: import_deciding.decided(row, Verdict.SAME)})
    assert found.rows[0].after.label == known.label
    imports.take_in(workspace, found)
    assert len(things(workspace, kind)) == 1
    assert base(text, kind=kind).is_empty


def test_an_ocg_of_the_same_name_is_taken_as_the_one_there_is_or_left_apart(
    workspace, given, base, decided
):
    given(known := an_ocg("Harbour Row", status="active"))
    text = "id,Name,Status\nx1,Harbour Row,dormant\n"
    proposal = base(text, kind=Kind.OCG)
    (row,) = proposal.rows
    new = decided(proposal, {row.draft.full_key: import_deciding.decided(row, Verdict.NEW)})
    assert new.rows[0].settled.further == ()
    took = {row.draft.full_key: import_deciding.decided(row, Verdict.SAME)}
    found = decided(proposal, took)
    imports.take_in(workspace, found)
    (one,) = things(workspace, Kind.OCG)
    assert (one.id, one.status) == (known.id, "active")
    assert "stays as it is" in found.draft.problems[-1].text


def test_links_go_to_the_handle_that_a_row_is_taken_as(workspace, given, base, decided):
    given(known := a_handle("Quiet-Otter", platform="encrochat"))
    proposal = base("Handle,Platform,Nominal\nquiet otter,EncroChat,Aled Cors\n")
    imports.take_in(workspace, decided(proposal, on(proposal, "quiet otter", Verdict.SAME)))
    (link,) = things(workspace, Kind.ATTRIBUTION, Base.LINK)
    assert link.source == known.id


def test_the_lines_of_a_draft_follow_what_was_decided(workspace, seun, base, decided, tmp_path):
    proposal = base()
    checked = import_lines.laid_out([], intake.read_all([tmp_path / "people.csv"]), proposal)
    assert [line.state for line in checked.records.all] == [State.ALIKE, State.NEW]
    for verdict, state in (
        (Verdict.SAME, State.TAKEN),
        (Verdict.NEW, State.APART),
        (Verdict.MAYBE, State.MAYBE),
    ):
        found = decided(proposal, on(proposal, "Adebayo Seun", verdict))
        after = import_redrawing.with_decisions(checked, found)
        assert after == replace(import_lines.with_proposal(checked, found), seconds=after.seconds)
        assert after.records.all[0].state is state
        assert after.records.count(State.ALIKE) == 0


def test_ten_thousand_characters_and_right_to_left_are_taken_as_any_other(
    workspace, given, base, decided
):
    given(one := a_nominal("שרה לוי", born=BORN))
    long = "ab " * 3_000
    proposal = base(f"Name,DOB\nלוי שרה,14/02/1991\n{long},14/02/1991\n")
    took = {
        row.draft.full_key: Decision(verdict=Verdict.SAME, other=one.id)
        for row in proposal.rows
        if row.standing is Standing.NEW
    }
    imports.take_in(workspace, decided(proposal, took))
    (left,) = things(workspace, Kind.NOMINAL)
    assert "לוי שרה" in {alias.text for alias in left.aliases}
    assert External not in {type(one) for one in left.aliases}


CALLS = (
    "A Number,B Number,Start Time,Duration,Call Type\n"
    "07700900321,07700900102,01/02/2026 10:00:00,30,Voice\n"
    "07700900321,07700900102,03/02/2026 10:00:00,9,Voice\n"
    "withheld,07700900321,04/02/2026 10:00:00,9,Voice\n"
)


def test_calls_of_a_phone_that_is_another_lie_beneath_that_one(workspace, given, base, decided):
    given(known := a_phone("07700 900312"), other := a_phone("07700 900102"))
    proposal = base(CALLS, file="calls.csv")
    new = next(row for row in proposal.rows if getattr(row.draft, "label", "") == "+447700900321")
    took = {new.draft.full_key: Decision(verdict=Verdict.SAME, other=known.id)}
    found = decided(proposal, took)
    assert (found.events.count, found.events.same) == (proposal.events.count, 0)
    imports.take_in(workspace, found)
    (link,) = things(workspace, Kind.LINK, Base.LINK)
    assert ({link.source, link.target}, link.weight) == ({known.id, other.id}, 2.0)
    with workspace.reading() as reader:
        held = event_lists.between(reader, known.id)
    assert (len(held), held.unnamed) == (3, 1)
    assert base(CALLS, file="calls.csv").is_empty


def test_a_row_joins_the_record_that_another_row_is_known_as(workspace, seun, base, decided):
    text = "Nominal,DOB\nOluwaseun Adebayo,14/02/1991\nAdebayo Seun,14/02/1991\n"
    proposal = base(text)
    assert proposal.rows[0].before.id == seun.id
    took = {proposal.rows[1].draft.full_key: Decision(verdict=Verdict.SAME, other=seun.id)}
    imports.take_in(workspace, decided(proposal, took))
    (one,) = things(workspace, Kind.NOMINAL)
    assert [alias.text for alias in one.aliases] == ["Adebayo Seun"]
    assert base(text).is_empty


def test_a_link_between_two_rows_that_are_one_stays_out_with_the_reason(
    workspace, seun, base, decided
):
    text = "Source,Target,Type\nAdebayo Seun,Seun Adebayo,associate\n"
    proposal = base(text, kind=Kind.NOMINAL, add_missing=True)
    people = [row for row in proposal.rows if row.after.kind is Kind.NOMINAL]
    took = {row.draft.full_key: Decision(verdict=Verdict.SAME, other=seun.id) for row in people}
    found = decided(proposal, took)
    assert [row for row in found.rows if isinstance(row.after, Link)] == []
    assert "joins two different records" in found.draft.problems[-1].text
    imports.take_in(workspace, found)
    assert len(things(workspace, Kind.NOMINAL)) == 1


def test_what_was_restricted_to_others_meanwhile_writes_nothing(
    workspace, seun, base, decided, put
):
    proposal = base()
    found = decided(proposal, on(proposal, "Adebayo Seun", Verdict.SAME))
    put(seun, restricted_to=frozenset({workspace.user.id}))
    with pytest.raises(Conflict):
        imports.take_in(workspace, found)
    assert len(things(workspace, Kind.NOMINAL)) == 1


def test_cancelling_while_it_is_written_leaves_all_as_it_was(workspace, seun, base, decided):
    def cancel(_done, _total, what):
        if what == "Writing":
            raise Cancelled

    proposal = base()
    found = decided(proposal, on(proposal, "Adebayo Seun", Verdict.SAME))
    with pytest.raises(Cancelled):
        imports.take_in(workspace, found, progress=cancel)
    (left,) = things(workspace, Kind.NOMINAL)
    assert left.aliases == ()
    imports.take_in(workspace, found)
    assert len(things(workspace, Kind.NOMINAL)) == 2
