"""Several records of a row: matched by what identifies, read by specifications that are kept."""

import json
from datetime import date

import pytest
from makers import a_nominal, an_ocg

from ocgdesk.casework import import_drafts, import_lines, import_specs, imports
from ocgdesk.casework.import_proposal import Standing
from ocgdesk.casework.import_repairs import Cell, Repairs
from ocgdesk.casework.import_rows import State
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Attribution, Membership
from ocgdesk.domain.people import Right
from ocgdesk.domain.values import Identifier
from ocgdesk.errors import Cancelled, NotFound, Refused
from ocgdesk.exchange import intake
from ocgdesk.exchange.specifications import EntityPart, FieldFrom, LinkPart, Specification
from ocgdesk.store import listing, origins, records
from ocgdesk.store.listing import ListQuery

HANDLES = """Handle,Platform,Nominal,DOB,PNC ID,OCG,Role,Confidence
quiet-otter,EncroChat,Aled Cors,14/02/1991,03/123456A,Harbour Row,Courier,Probable
tall-heron,SKY,Bet Dunmoor,03/09/1988,,Harbour Row,Second-in-command,confirmed
"""


@pytest.fixture
def proposed(workspace, tmp_path):
    def propose(text, file="list.csv", **how):
        path = tmp_path / file
        path.write_text(text, encoding="utf-8")
        tables = intake.read_all([path])
        with workspace.reading() as reader:
            draft = import_drafts.drafted(reader, tables, [path], today=date(2026, 11, 21), **how)
            return imports.propose(reader, draft)

    return propose


@pytest.fixture
def things(workspace):
    def of(kind, base=Base.ENTITY):
        with workspace.reading() as reader:
            nos = listing.order(reader, ListQuery(kind=kind))
            return reader.load(nos, base)

    return of


def row_of(proposal, label):
    found = (row for row in proposal.rows if getattr(row.draft, "label", "") == label)
    return next(found)


def test_a_list_of_handles_makes_its_records_and_links_in_one_step(workspace, proposed, things):
    imports.take_in(workspace, proposed(HANDLES))
    assert [h.handle for h in things(Kind.HANDLE)] == ["quiet-otter", "tall-heron"]
    assert [o.name for o in things(Kind.OCG)] == ["Harbour Row"]
    memberships = things(Kind.MEMBERSHIP, Base.LINK)
    assert sorted(m.role for m in memberships if isinstance(m, Membership)) == [
        "courier",
        "lieutenant",
    ]
    workspace.undo()
    assert not things(Kind.HANDLE)
    assert not things(Kind.MEMBERSHIP, Base.LINK)


def test_an_import_confirms_no_attribution(workspace, proposed, things):
    imports.take_in(workspace, proposed(HANDLES))
    found = [a for a in things(Kind.ATTRIBUTION, Base.LINK) if isinstance(a, Attribution)]
    assert {a.status for a in found} == {"in-development"}
    assert sorted(a.confidence for a in found) == ["possible", "probable"]
    assert {a.analyst for a in found} == {workspace.user.id}


def test_the_same_list_again_changes_nothing(workspace, proposed):
    imports.take_in(workspace, proposed(HANDLES))
    again = proposed(HANDLES)
    assert again.is_empty
    assert again.counts()["same_records"] == 5
    assert again.counts()["same_links"] == 4


def test_a_row_that_says_more_changes_only_that(workspace, proposed):
    imports.take_in(workspace, proposed(HANDLES))
    changed = proposed(HANDLES.replace("EncroChat", "ANOM").replace("Courier", "Enforcer"))
    rows = [row for row in changed.rows if row.standing is Standing.CHANGED]
    assert [row.changed_fields for row in rows] == [("platform",), ("role",)]


def test_a_pnc_id_tells_who_it_is_whatever_the_name(workspace, given, proposed):
    known = a_nominal("Aled Corse", identifiers=(Identifier("pnc", "03/123456A"),))
    given(known)
    row = row_of(proposed(HANDLES), "Aled Cors")
    assert row.before is not None
    assert row.before.id == known.id
    assert row.how == "the same PNC ID"
    assert "name" in row.changed_fields


def test_a_number_is_not_believed_against_another_name_and_birth(workspace, given, proposed):
    given(
        a_nominal(
            "Carys Hume",
            born=PartialDate.parse("1/1/1950"),
            identifiers=(Identifier("pnc", "03/123456A"),),
        )
    )
    row = row_of(proposed(HANDLES), "Aled Cors")
    assert row.standing is Standing.NEW
    assert [(one.label, one.reason) for one in row.alike] == [("Carys Hume", "the same PNC ID")]


def test_name_and_day_of_birth_tell_where_only_one_has_them(workspace, given, proposed):
    born = PartialDate.parse("3/9/1988")
    first = a_nominal("Bet Dunmoor", born=born)
    given(first)
    assert row_of(proposed(HANDLES), "Bet Dunmoor").before.id == first.id
    given(a_nominal("Bet Dunmoor", born=born))
    row = row_of(proposed(HANDLES), "Bet Dunmoor")
    assert row.standing is Standing.NEW
    assert len(row.alike) == 2
    assert proposed(HANDLES).counts()["possible_duplicates"] == 1


def test_a_namesake_is_shown_as_a_possible_duplicate_and_taken_for_nobody(given, proposed):
    given(a_nominal("Bet Dunmoor"), a_nominal("Aled Cors", born=PartialDate.parse("1/1/1950")))
    assert [one.label for one in row_of(proposed(HANDLES), "Bet Dunmoor").alike] == ["Bet Dunmoor"]
    assert row_of(proposed(HANDLES), "Aled Cors").alike == ()


def test_an_ocg_is_known_by_its_reference_or_its_name(workspace, given, proposed, things):
    given(an_ocg("Harbour Row"))
    known = next(iter(things(Kind.OCG)))
    assert isinstance(known, Ocg)
    assert row_of(proposed(HANDLES), "Harbour Row").before.id == known.id
    by_ref = row_of(proposed(HANDLES.replace("Harbour Row", known.ref)), known.ref)
    assert by_ref.before.id == known.id
    assert by_ref.standing is Standing.SAME


def test_a_link_typed_by_hand_is_not_doubled(workspace, given, proposed):
    person = a_nominal("Aled Cors", born=PartialDate.parse("14/2/1991"))
    group = an_ocg("Harbour Row")
    given(person, group, Membership(source=person.id, target=group.id, role="courier"))
    counts = proposed(HANDLES).counts()
    assert counts["same_links"] == 1
    assert counts["new_links"] == 3


def test_a_restricted_record_is_found_by_no_import(
    workspace, given, opened_by, another_user, tmp_path
):
    closed = a_nominal(
        "Aled Cors",
        identifiers=(Identifier("pnc", "03/123456A"),),
        restricted_to=frozenset({workspace.user.id}),
    )
    given(closed)
    path = tmp_path / "list.csv"
    path.write_text(HANDLES, encoding="utf-8")
    with opened_by(another_user).reading() as reader:
        draft = import_drafts.drafted(reader, intake.read_all([path]), [path])
        row = row_of(imports.propose(reader, draft), "Aled Cors")
    assert (row.standing, row.alike) == (Standing.NEW, ())


def test_every_record_knows_its_file_hash_row_and_specification(workspace, proposed):
    proposal = proposed(HANDLES)
    imports.take_in(workspace, proposal)
    with workspace.reading() as reader:
        for row in proposal.rows:
            base = Base.LINK if row.draft.__class__.__name__ == "DraftLink" else Base.ENTITY
            (origin,) = origins.of(reader, row.after.id, base)
            assert (origin.name, origin.row) == ("list.csv", row.draft.row)
            assert origin.sha256 == proposal.draft.files[0].sha256
            assert origin.specification.endswith("/list") or origin.specification == "list"


# ---- Specifications that are kept --------------------------------------------------------------


def keep(workspace, spec):
    with workspace.work("Save", right=Right.IMPORT) as done:
        import_specs.save(done.work, spec)


def custody(name="custody list"):
    person = EntityPart(
        name="person",
        kind=Kind.NOMINAL,
        fields=(
            FieldFrom(field="name", column="Detainee", ways=("surname-first",)),
            FieldFrom(field="born", column="When born"),
        ),
    )
    place = EntityPart(
        name="place", kind=Kind.LOCATION, fields=(FieldFrom(field="name", column="Lives"),)
    )
    home = LinkPart(source="person", target="place", type="resides")
    return Specification(name=name, parts=(person, place), links=(home,))


CUSTODY = 'Detainee,When born,Lives\n"CORS, Aled",14/02/1991,1 Mill Lane\n'


def test_a_specification_that_is_kept_is_used_for_the_next_file_with_its_headers(
    workspace, proposed
):
    keep(workspace, custody())
    proposal = proposed(CUSTODY, "november.csv")
    assert proposal.draft.specification == "custody list"
    assert [row.draft.label for row in proposal.rows[:2]] == ["Aled Cors", "1 Mill Lane"]


def test_a_specification_of_nearly_the_same_headers_is_used_only_where_it_is_asked_for(
    workspace, proposed
):
    keep(workspace, custody())
    more = CUSTODY.replace("Lives", "Lives,Cell").replace("Lane", "Lane,7")
    assert "custody list" not in proposed(more).draft.specification
    asked = proposed(more, name="custody list").draft
    assert asked.specification == "custody list"
    assert "One column is left out: Cell." in asked.notes


def test_a_saved_one_is_replaced_by_name_ranked_and_taken_out(workspace, tmp_path):
    keep(workspace, custody())
    keep(workspace, custody("Custody List"))
    path = tmp_path / "november.csv"
    path.write_text(CUSTODY, encoding="utf-8")
    table = intake.read_all([path])[0]
    with workspace.reading() as reader:
        assert [one.name for one in import_specs.kept(reader)] == ["Custody List"]
        best = import_specs.ranked(reader, table)[0]
        assert (best.spec.name, best.is_sure) == ("Custody List", True)
        assert import_specs.chosen(reader, [table], "custody list") == (best.spec,)
        with pytest.raises(Refused, match="no import specification called nothing"):
            import_specs.named(reader, "nothing")
    with workspace.work("Remove", right=Right.IMPORT) as done:
        import_specs.remove(done.work, "custody list")
    with workspace.reading() as reader:
        assert import_specs.kept(reader) == []
    with pytest.raises(NotFound), workspace.work("Remove", right=Right.IMPORT) as done:
        import_specs.remove(done.work, "custody list")


def test_a_file_the_named_specification_is_not_for_is_refused(workspace, tmp_path):
    keep(workspace, custody())
    path = tmp_path / "other.csv"
    path.write_text("Name\nAled\n", encoding="utf-8")
    tables = intake.read_all([path])
    with (
        workspace.reading() as reader,
        pytest.raises(Refused, match="is not for custody list: It has no column Detainee"),
    ):
        import_specs.chosen(reader, tables, "custody list")


def test_the_check_shows_a_row_of_the_file_once_with_all_it_makes(workspace, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(HANDLES + HANDLES.split("\n")[1] + "\n", encoding="utf-8")
    with workspace.reading() as reader:
        checked = import_lines.check(reader, [path])
    assert [line.state for line in checked.records.all] == [State.NEW, State.NEW, State.SAME]
    assert len(checked.records.all[0].rows) == 5
    assert [column.title for column in checked.columns][:3] == ["Handle", "Platform", "Nominal"]
    assert checked.wanted == 9


def test_a_record_laid_out_in_several_rows_is_put_right_in_all_of_them(workspace, tmp_path):
    path = tmp_path / "people.json"
    path.write_text(
        '[{"name": "Aled", "gender": "Mle", "seen": [["a"], ["b"]]}, {"name": "Bet"}]',
        encoding="utf-8",
    )
    table = intake.read_all([path])[0]
    repairs = Repairs(cells={Cell("people.json", 1, 1): "Male"})
    rows = repairs.applied(table, None).rows
    assert rows == (("Aled", "Male", "a"), ("Aled", "Male", "b"), ("Bet", "", ""))


# ---- GRIP --------------------------------------------------------------------------------------


@pytest.fixture
def grip(shared_data):
    folder = shared_data / "grip_moj"
    return [
        folder / name for name in ("dummy-ocgs.json", "dummy-nominals.json", "ocg-tensions.json")
    ]


def bring(workspace, paths):
    with workspace.reading() as reader:
        draft = import_drafts.drafted(reader, intake.read_all(paths), paths)
        return imports.propose(reader, draft)


def test_every_ocg_nominal_alias_affiliation_and_tension_of_grip_is_found_again(workspace, grip):
    imports.take_in(workspace, bring(workspace, grip))
    ocgs, people, tensions = (next(iter(json.loads(p.read_bytes()).values())) for p in grip)
    with workspace.reading() as reader:
        groups = records.with_external(reader, "grip/ocg", [str(o["index"]) for o in ocgs])
        nominals = records.with_external(reader, "grip/nominal", [str(p["index"]) for p in people])
        held_groups = {k: reader.load([no])[0] for k, no in groups.items()}
        held = {k: reader.load([no])[0] for k, no in nominals.items()}
        for ocg in ocgs:
            there = held_groups[str(ocg["index"])]
            assert there.name == ocg["name"]
            assert [alias.text for alias in there.aliases] == ocg["aliases"]
            assert all(words in there.summary for words in ocg["known_activities"])
            assert {e.value for e in there.externals} >= {ocg["ocgm_urn"], ocg["pnd_id"]}
        affiliations = 0
        for person in people:
            there = held[str(person["index"])]
            assert there.name == f"{person['given_names']} {person['family_name']}"
            assert [alias.text for alias in there.aliases] == person["aliases"]
            assert {i.value for i in there.identifiers} == {person["pnc_id"], person["nomis_id"]}
            dob = person["dob"]
            assert str(there.born) == f"{dob['year']}-{dob['month']:02}-{dob['day']:02}"
            links = records.links_of(reader, there.id)
            ends = {one.link.target for one in links if isinstance(one.link, Membership)}
            wanted = {held_groups[str(a[0])].id for a in person["affiliations"]}
            assert ends == wanted
            affiliations += len(wanted)
        assert affiliations == 122
        rivals = [t for t in _links(reader) if t.type == "rival"]
    pairs = sorted([*sorted((x.source.hex, x.target.hex)), x.weight] for x in rivals)
    levels = {"low": 1.0, "medium": 2.0, "high": 3.0}
    stated = sorted(
        [*sorted(held_groups[str(i)].id.hex for i in one["indices"]), levels[one["tensionLevel"]]]
        for one in tensions
    )
    assert pairs == stated


def _links(reader):
    nos = listing.order(reader, ListQuery(kind=Kind.LINK))
    return reader.load(nos, Base.LINK)


def test_grip_again_is_the_same_whole_or_file_by_file(workspace, grip):
    for path in grip:
        imports.take_in(workspace, bring(workspace, [path]))
    again = bring(workspace, grip)
    assert again.is_empty
    assert again.counts()["same_records"] == 120
    assert again.counts()["same_links"] == 137


def test_every_threat_assessment_of_grip_is_a_report_on_its_person_or_group(
    workspace, grip, shared_data
):
    kinds = ("nominal", "ocg")
    paths = [shared_data / "grip_moj" / f"dummy-{kind}-threat-assessments.json" for kind in kinds]
    imports.take_in(workspace, bring(workspace, [*grip, *paths]))
    told = [one for path in paths for one in next(iter(json.loads(path.read_bytes()).values()))]
    with workspace.reading() as reader:
        assert records.counts(reader, (Kind.REPORT,))[Kind.REPORT] == len(told) == 319
        for kind in kinds:
            some = [one for one in told if f"{kind}_index" in one]
            keys = [f"{one[f'{kind}_index']}|{one['timestamp']}" for one in some]
            nos = records.with_external(reader, f"grip/{kind}-assessment", keys)
            texts = {no: reader.load([no])[0].text for no in nos.values()}
            about = records.with_external(
                reader, f"grip/{kind}", [str(one[f"{kind}_index"]) for one in some]
            )
            for one, key in zip(some, keys, strict=True):
                assert one["assessed_by"] in texts[nos[key]]
                assert all(str(a) in texts[nos[key]] for a in one["assessment"].values())
                assert str(one[f"{kind}_index"]) in about


def test_affiliations_without_their_groups_are_told_and_can_be_made(workspace, grip):
    proposal = bring(workspace, grip[1:2])
    counts = proposal.counts()
    assert (counts["new_records"], counts["new_links"]) == (100, 0)
    assert len(proposal.draft.missing) == counts["problems"] == 19  # one group has nobody
    assert "bring its file first" in proposal.draft.problems[0].text
    with workspace.reading() as reader:
        whole = imports.propose(reader, proposal.draft.with_missing())
    assert whole.counts()["new_links"] == 122


def test_moreno_people_in_two_roles_in_one_crime_keep_both(workspace, shared_data):
    folder = shared_data / "networks" / "moreno_crime"
    proposal = bring(workspace, [folder / "nodes.csv", folder / "edges.csv"])
    counts = proposal.counts()
    assert (counts["new_records"], counts["new_links"], counts["problems"]) == (1380, 1517, 0)
    types = {}
    for row in proposal.rows:
        if hasattr(row.after, "target"):
            types.setdefault((row.after.source, row.after.target), set()).add(row.after.type)
    assert len(types) == 1476
    assert sum(len(roles) > 1 for roles in types.values()) == 41


# ---- POLE --------------------------------------------------------------------------------------


def test_part_of_pole_comes_in_file_by_file_and_answers_for_its_people(workspace, shared_data):
    folder = shared_data / "pole_manchester"
    names = (
        *("nodes.Person.csv", "nodes.Crime.linked_only.csv", "nodes.Officer.csv"),
        *("relationships.KNOWS.csv", "relationships.PARTY_TO.csv"),
    )
    for name in names:
        imports.take_in(workspace, bring(workspace, [folder / name]))
    with workspace.reading() as reader:
        kinds = records.counts(reader, (Kind.NOMINAL, Kind.OPERATION))
        assert kinds == {Kind.NOMINAL: 1369, Kind.OPERATION: 1010}
        people = records.with_external(reader, "nhs-number", ["838-45-9343"])
        deborah = reader.load(list(people.values()))[0]
        assert deborah.name == "Deborah Ford"
        knows = {}
        for link in _links(reader):
            if link.note == "KNOWS":
                knows.setdefault(link.source, set()).add(link.target)
                knows.setdefault(link.target, set()).add(link.source)
        around = knows[deborah.id]
        assert sum(len(knows[one] & around) for one in around) // 2 == 10
        drugs = [one for one in _links(reader) if one.type == "party-to"]
        assert len(drugs) == 55


# ---- Stopping ----------------------------------------------------------------------------------


class _Stop:
    """Says stop at a report: the first of a step whose words begin so."""

    def __init__(self, words):
        self.words = words

    def __call__(self, _done, _total, what):
        if what.startswith(self.words):
            raise Cancelled


@pytest.mark.parametrize("words", ["Reading", "Looking", "Comparing records", "Comparing links"])
def test_a_draft_can_be_stopped_at_every_step(workspace, tmp_path, words):
    path = tmp_path / "list.csv"
    path.write_text(HANDLES, encoding="utf-8")
    with workspace.reading() as reader, pytest.raises(Cancelled):
        import_lines.check(reader, [path], progress=_Stop(words))


@pytest.mark.parametrize("words", ["Preparing", "Writing"])
def test_writing_that_is_stopped_leaves_the_workspace_as_it_was(workspace, proposed, things, words):
    with pytest.raises(Cancelled):
        imports.take_in(workspace, proposed(HANDLES), progress=_Stop(words))
    assert not things(Kind.HANDLE)
    assert not things(Kind.MEMBERSHIP, Base.LINK)
    imports.take_in(workspace, proposed(HANDLES))
    assert len(things(Kind.HANDLE)) == 2
