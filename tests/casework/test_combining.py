"""Merging two records, what a merge carries, and taking it apart again."""

import pytest
from makers import a_nominal, a_phone, an_ocg

from ocgdesk.casework import (
    combining,
    duplicates,
    import_alike,
    import_lines,
    parting,
    records,
    verdicts,
)
from ocgdesk.domain.charts import Chart, Placement
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Assertion, Link, Membership
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.pairings import PROPOSED, Pairing
from ocgdesk.domain.subrecords import Note
from ocgdesk.domain.values import Identifier
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import matching, merges
from ocgdesk.store import records as queries
from ocgdesk.store.workspace import Workspace

BORN = PartialDate(1991, 2, 14)


@pytest.fixture
def two(given):
    """Rhys as two records: each with an OCG, a phone, a note, a statement and a place."""
    one = a_nominal("Rhys Gruffydd", born=BORN, gender="male")
    other = a_nominal(
        "Rees Griffith", born=PartialDate(1991), identifiers=(Identifier("pnc", "01/99X"),)
    )
    ocg, phone, chart = an_ocg(), a_phone(), Chart(title="Meeting")
    return given(
        one,
        other,
        ocg,
        phone,
        chart,
        Membership(source=one.id, target=ocg.id),
        Membership(source=other.id, target=ocg.id, role="runner"),
        Link(source=other.id, target=phone.id, type="uses"),
        Link(source=one.id, target=other.id, type="maybe-same"),
        Note(owner=other.id, text="Seen at the yard"),
        Assertion(subject=other.id, field="born", value="1991", chosen=True),
        Placement(chart=chart.id, item=one.id),
        Placement(chart=chart.id, item=other.id),
    )


def merged(workspace, two, choices=None):
    with workspace.work("Merge nominals") as done:
        combining.merge(done.work, two[0].id, two[1].id, choices, "Same PNC")
    return done.changes


def state(workspace):
    """Return everything there is, by id, without versions."""
    from dataclasses import replace

    from sqlalchemy import select

    from ocgdesk.store import tables

    with workspace.reading() as reader:
        return {
            thing.id: replace(thing, version=0)
            for base in Base
            for thing in reader.load(
                [row.no for row in reader.rows(select(tables.BASES[base].c.no))], base
            )
        }


def test_a_merge_keeps_one_record_with_the_links_and_sub_records_of_both(workspace, two):
    merged(workspace, two)
    with workspace.reading() as reader:
        kept = reader.get(Nominal, two[0].id)
        links = queries.links_of(reader, kept.id)
        owned = queries.owned(reader, kept.id)
        said = queries.assertions_of(reader, kept.id)
        with pytest.raises(NotFound):
            reader.find(two[1].id)
    assert kept.name == "Rhys Gruffydd"
    assert "Rees Griffith" in {alias.text for alias in kept.aliases}
    assert kept.born == BORN
    assert kept.identifiers == (Identifier("pnc", "01/99X"),)
    assert sorted(item.link.type for item in links) == ["member-of", "member-of", "uses"]
    assert [type(thing) for thing in owned] == [Note]
    assert [item.chosen for item in said] == [False]


def test_the_old_reference_still_finds_the_record(workspace, two):
    merged(workspace, two)
    with workspace.reading() as reader:
        assert queries.resolve(reader, two[1].ref).id == two[0].id


def test_values_are_taken_as_chosen(workspace, two):
    merged(workspace, two, {"name": "absorbed", "born": "absorbed", "identifiers": "kept"})
    with workspace.reading() as reader:
        kept = reader.get(Nominal, two[0].id)
    assert (kept.name, str(kept.born), kept.identifiers) == ("Rees Griffith", "1991", ())
    assert "Rhys Gruffydd" in {alias.text for alias in kept.aliases}


def test_a_merge_is_one_step_to_undo(workspace, two):
    before = state(workspace)
    merged(workspace, two)
    workspace.undo()
    assert state(workspace) == before
    workspace.redo()
    with workspace.reading() as reader:
        assert [one.absorbed.id for one in merges.of(reader, two[0].id)] == [two[1].id]


def test_an_unmerge_brings_back_what_was_there(workspace, two):
    before = state(workspace)
    merged(workspace, two)
    with workspace.work("Unmerge") as done:
        merge = parting.found(done.work.reader, two[0].id)
        parting.unmerge(done.work, merge)
    assert state(workspace) == before


def test_an_unmerge_later_keeps_what_was_changed_since_and_offers_what_was_added(
    workspace, two, given
):
    merged(workspace, two)
    with workspace.work("Edit") as done:
        records.edit(done.work, two[0].id, {"gender": "female"})
        note = next(
            thing for thing in queries.owned(done.work.reader, two[0].id) if isinstance(thing, Note)
        )
        records.edit(done.work, note.id, {"text": "Seen at the quay"})
    phone = a_phone("07700 900999")
    new = Link(source=two[0].id, target=phone.id, type="uses")
    stays = Note(owner=two[0].id, text="Of the first")
    given(phone, new, stays)
    with workspace.work("Unmerge") as done:
        merge = parting.found(done.work.reader, two[0].id, two[1].ref)
        offered = {thing.id for thing in parting.added_since(done.work.reader, merge)}
        parting.unmerge(done.work, merge, also=[new.id])
    assert offered == {new.id, stays.id}
    with workspace.reading() as reader:
        first, second = reader.get(Nominal, two[0].id), reader.get(Nominal, two[1].id)
        assert (first.gender, first.aliases, first.identifiers) == ("female", (), ())
        assert second.ref == two[1].ref
        assert reader.find(new.id, Base.LINK).source == second.id
        texts = {thing.text for thing in queries.owned(reader, second.id)}
        assert texts == {"Seen at the quay"}
        assert [thing.text for thing in queries.owned(reader, first.id)] == ["Of the first"]


def test_an_unmerge_can_be_undone_and_the_merge_then_holds_again(workspace, two):
    merged(workspace, two)
    after = state(workspace)
    with workspace.work("Unmerge") as done:
        parting.unmerge(done.work, parting.found(done.work.reader, two[0].id))
    with workspace.reading() as reader:
        assert merges.of(reader, two[0].id) == []
    workspace.undo()
    assert state(workspace) == after
    with workspace.reading() as reader:
        assert len(merges.of(reader, two[0].id)) == 1


def test_never_the_same_is_kept_and_no_merge_gets_past_it(workspace, two):
    with workspace.work("Never") as done:
        verdicts.never(done.work, two[0].id, two[1].id, "Twins")
    with pytest.raises(Refused, match="never the same"):
        merged(workspace, two)
    with workspace.reading() as reader:
        assert list(matching.settled(reader, Kind.NOMINAL).values()) == ["never"]
        assert all(i.link.type != "maybe-same" for i in queries.links_of(reader, two[0].id))
    with workspace.work("Withdraw") as done:
        verdicts.withdraw(done.work, two[0].id, two[1].id)
    merged(workspace, two)


@pytest.mark.parametrize(
    "more", [{"exploited": True}, {"marking": Marking.OFFICIAL}, {"born": PartialDate(2012)}]
)
def test_across_safeguarding_or_marking_a_second_person_has_to_agree(
    workspace, two, put, another_user, opened_by, more
):
    put(two[1], **more)
    assert merged(workspace, two, {"gender": "kept"})
    with workspace.reading() as reader:
        said = matching.verdicts(reader, two[0].id, two[1].id)
    assert [one.verdict for one in said] == [PROPOSED]
    with pytest.raises(Refused, match="somebody else"):
        merged(workspace, two)
    with opened_by(another_user).work("Agree") as done:
        combining.merge(done.work, two[0].id, two[1].id)
    with workspace.reading() as reader:
        assert reader.get(Nominal, two[0].id).exploited is bool(more.get("exploited", False))
        assert not matching.verdicts(reader, two[0].id, two[0].id)


def test_two_restricted_to_different_people_are_not_merged(workspace, two, put):
    put(two[0], restricted_to=frozenset({workspace.user.id}))
    with pytest.raises(Refused, match="different people"):
        merged(workspace, two)


def test_records_of_two_kinds_are_not_merged(workspace, two):
    with pytest.raises(Refused, match="one kind"), workspace.work("Merge") as done:
        combining.merge(done.work, two[0].id, two[2].id)
    with pytest.raises(Refused, match="itself"), workspace.work("Merge") as done:
        combining.merge(done.work, two[0].id, two[0].id)


def test_the_queue_shows_the_pair_with_reasons_and_leaves_out_what_was_refused(workspace, given):
    one = a_nominal("Rhys ap Gruffydd", born=BORN, identifiers=(Identifier("pnc", "01/99X"),))
    given(one, other := a_nominal("Gruffydd Rees", born=BORN), a_nominal("Ngozi Eze"))
    with workspace.reading() as reader:
        found = duplicates.compare(duplicates.gather(reader, Kind.NOMINAL))
        pair = duplicates.queue(reader, Kind.NOMINAL, found)[0]
    assert {pair.one.id, pair.other.id} == {one.id, other.id}
    assert pair.probability > 0.9
    assert "the same date of birth" in pair.reasons_for
    with workspace.work("Never") as done:
        verdicts.never(done.work, one.id, other.id)
    with workspace.reading() as reader:
        assert duplicates.queue(reader, Kind.NOMINAL, found) == []


def test_what_is_on_the_stop_list_is_no_evidence(workspace, given):
    phone = a_phone()
    people = [a_nominal("Ann Carr"), a_nominal("Bob Dale")]
    links = [Link(source=one.id, target=phone.id, type="uses") for one in people]
    given(phone, *people, *links)
    with workspace.reading() as reader:
        assert len(matching.carried(reader, Kind.NOMINAL)) == 2
    with workspace.work("Stop") as done:
        said = verdicts.shared(done.work, phone.id, "Hotel reception")
    assert isinstance(said, Pairing)
    with workspace.reading() as reader:
        assert matching.carried(reader, Kind.NOMINAL) == {}


def test_a_draft_is_held_against_the_register_with_the_evidence_in_words(
    workspace, given, tmp_path
):
    given(one := a_nominal("Oluwaseun Adebayo", born=BORN), a_nominal("Yaw Mensah"))
    path = tmp_path / "people.csv"
    path.write_text(f"Name,DOB\nAdebayo Seun,{BORN}\nMyfanwy Bleddyn,\n", encoding="utf-8")
    with workspace.reading() as reader:
        found = import_alike.look(reader, import_lines.check(reader, [path]).proposal)
    like, other = found.rows
    assert [alike.id for alike in like.alike] == [one.id]
    assert "%" in like.alike[0].reason
    assert len(like.alike[0].reason.split(";")) >= 2
    assert other.alike == ()


def test_kinds_that_are_not_compared_are_refused(workspace: Workspace):
    with workspace.reading() as reader, pytest.raises(Refused, match="not looked for"):
        duplicates.gather(reader, Kind.REPORT)


def test_more_new_people_than_are_compared_are_told_of(workspace, monkeypatch, tmp_path):
    monkeypatch.setattr(import_alike, "MOST", 1)
    path = tmp_path / "people.csv"
    path.write_text("Name,DOB\nAled Cors,1/2/1990\nBet Tate,1/2/1991\n", encoding="utf-8")
    with workspace.reading() as reader:
        checked = import_lines.check(reader, [path])
        assert import_alike.gather(reader, checked.proposal) is None
    assert "looked up by name and number only" in checked.draft.notes[-1]
