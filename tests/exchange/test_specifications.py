"""Specifications: several records of a row, the links between them, found again by headers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.values import Alias, Identifier
from ocgdesk.errors import Refused
from ocgdesk.exchange import cell_ways, intake, spec_fit, specifications
from ocgdesk.exchange.guessing import guessed
from ocgdesk.exchange.spec_draft import draft_by
from ocgdesk.exchange.specifications import EntityPart, FieldFrom, LinkPart, Specification
from ocgdesk.exchange.table import read

HANDLES = """Handle,Platform,Nominal,DOB,PNC ID,OCG,Role,Confidence
quiet-otter,EncroChat,"CORS, Aled",14/02/1991,03/123456A,Harbour Row,Courier,Probable
quiet-otter,EncroChat,Bet Dunmoor,03/09/1988,,Harbour Row,Second-in-command,possible
tall-heron,SKY,"CORS, Aled",14/02/1991,03/123456A,Kiln Lane,Associate,
,,"PRICE, Nia",2/1/1990,,Kiln Lane,Boss,
"""


def draft(text, spec=None, name="list.csv"):
    table = read(text.encode(), name)
    spec = spec or guessed(table, "list")
    return draft_by([table], [spec], today=date(2026, 11, 21))


def people(*links, key=(), **more):
    person = EntityPart(
        name="person", kind=Kind.NOMINAL, key=key, fields=(FieldFrom(field="name", column="Name"),)
    )
    return Specification(name="people", parts=(person,), links=links, **more)


def by_kind(found, kind):
    return {record.label: record.values for record in found.records if record.kind is kind}


def ends(found):
    labels = {record.full_key: record.label for record in found.records}
    return [(link.kind, labels[link.source_key], labels[link.target_key]) for link in found.links]


def test_a_row_of_handle_nominal_ocg_and_role_makes_three_records_and_two_links():
    found = draft(HANDLES)
    assert [r.label for r in found.records] == [
        *("quiet-otter", "Aled Cors", "Harbour Row", "Bet Dunmoor"),
        *("tall-heron", "Kiln Lane", "Nia Price"),
    ]
    assert ends(found)[:2] == [
        (Kind.ATTRIBUTION, "quiet-otter", "Aled Cors"),
        (Kind.MEMBERSHIP, "Aled Cors", "Harbour Row"),
    ]
    assert len(found.links) == 7
    assert [link.values.get("role") for link in found.links if link.kind is Kind.MEMBERSHIP] == [
        *("courier", "lieutenant", "associate", "principal")
    ]
    assert not found.problems


def test_each_column_goes_to_the_record_it_speaks_of():
    found = draft(HANDLES)
    assert by_kind(found, Kind.HANDLE)["quiet-otter"]["platform"] == "encrochat"
    aled = by_kind(found, Kind.NOMINAL)["Aled Cors"]
    assert str(aled["born"]) == "1991-02-14"
    assert aled["identifiers"] == (Identifier("pnc", "03/123456A"),)
    assert found.links[0].values == {"confidence": "probable"}


def test_a_table_of_one_kind_is_no_matter_for_several():
    assert guessed(read(b"Name,DOB,PNC ID\nA,1/1/1990,1\n", "x.csv"), "x") is None
    assert guessed(read(b"source,target,weight\na,b,1\n", "x.csv"), "x") is None


def test_rows_that_say_otherwise_of_one_record_are_told_and_the_first_stays():
    spec = people(key=("Id",))
    part = spec.parts[0]
    fields = (*part.fields, FieldFrom(field="gender", column="Sex"))
    spec = Specification(
        name="x", parts=(EntityPart(name="p", kind=Kind.NOMINAL, key=("Id",), fields=fields),)
    )
    found = draft("Id,Name,Sex\n1,Aled,Male\n1,Aled,Female\n1,Aled,\n", spec)
    assert len(found.records) == 1
    assert found.records[0].values["gender"] == "male"
    assert [(p.row, p.column) for p in found.problems] == [(3, "Sex")]
    assert "Row 2 says otherwise of the gender" in found.problems[0].text


def test_lists_and_texts_of_several_rows_come_together():
    part = EntityPart(
        name="p",
        kind=Kind.NOMINAL,
        key=("Id",),
        fields=(
            FieldFrom(field="name", column="Name"),
            FieldFrom(field="aliases", column="Alias", scheme="nickname"),
            FieldFrom(field="summary", column="Note", lead="Note: "),
        ),
    )
    spec = Specification(name="x", parts=(part,))
    found = draft("Id,Name,Alias,Note\n1,Aled,Fox,tall\n1,Aled,Rook,\n1,Aled,Fox,thin\n", spec)
    values = found.records[0].values
    assert values["aliases"] == (Alias("Fox", "nickname"), Alias("Rook", "nickname"))
    assert values["summary"] == "Note: tall\nNote: thin"


def test_words_of_the_file_stand_for_codes_and_a_constant_for_what_is_not_said():
    part = EntityPart(
        name="o",
        kind=Kind.OCG,
        fields=(
            FieldFrom(field="name", column="Group", constant="Nameless"),
            FieldFrom(field="tier", column="Band", words={"gold": "t1", "silver": "t2"}),
            FieldFrom(field="marking", constant="OFFICIAL"),
        ),
    )
    found = draft("Group,Band\nHarbour,Gold\n,silver\n", Specification(name="x", parts=(part,)))
    assert [r.values["tier"] for r in found.records] == ["t1", "t2"]
    assert [r.label for r in found.records] == ["Harbour", "Nameless"]
    assert found.records[0].values["marking"] is Marking.OFFICIAL


def one_to_other(**more):
    ends_ = (
        EntityPart(name="one", kind=Kind.NOMINAL, key=("A",), scheme="s",
                   fields=(FieldFrom(field="name", column="A"),)),
        EntityPart(name="other", kind=Kind.NOMINAL, key=("B",), scheme="s",
                   fields=(FieldFrom(field="name", column="B"),)),
    )  # fmt: skip
    link = LinkPart(source="one", target="other", **more)
    return Specification(name="x", parts=ends_, links=(link,))


def test_rows_for_one_pair_are_counted_with_the_first_and_last_day():
    spec = one_to_other(type="contact", folds=True, fields=(FieldFrom(field="start", column="On"),))
    found = draft("A,B,On\nx,y,3/4/2026\ny,x,1/4/2026\nx,y,9/4/2026\n", spec)
    assert len(found.links) == 1
    link = found.links[0]
    assert (link.weight, str(link.values["start"]), str(link.values["end"])) == (
        *(3.0, "2026-04-01"),
        "2026-04-09",
    )


def test_one_pair_in_two_roles_keeps_both_and_a_repeat_is_only_noted():
    spec = one_to_other(fields=(FieldFrom(field="type", column="As"),))
    found = draft("A,B,As\nx,y,Suspect\nx,y,Victim\nx,y,Victim\n", spec)
    assert [link.type for link in found.links] == ["suspect-in", "victim-in"]
    assert "1 row says of a link what an earlier one said." in found.notes


def test_a_record_that_rows_only_name_is_looked_for_in_the_register():
    ocg = EntityPart(name="ocg", kind=Kind.OCG, key=("OCG no",), scheme="force")
    person = people().parts[0]
    spec = Specification(
        name="x",
        parts=(person, ocg),
        links=(LinkPart(kind=Kind.MEMBERSHIP, source="person", target="ocg"),),
    )
    found = draft("Name,OCG no\nAled,7\nBet,7\n", spec)
    assert [(one.kind, one.key, one.row) for one in found.outside] == [(Kind.OCG, "7", 2)]
    assert len(found.links) == 2


def test_a_file_without_a_needed_column_is_refused_by_its_name():
    with pytest.raises(Refused, match="is not for people: it has no column Name"):
        draft("Nom\nAled\n", people())


def test_rows_the_specification_is_not_for_are_told():
    spec = people(values={"Kind": "Person"})
    found = draft("Name,Kind\nAled,Person\nVan,Vehicle\n", spec)
    assert [r.label for r in found.records] == ["Aled"]
    assert [p.row for p in found.problems] == [3]


def test_the_best_fitting_specification_comes_first_and_says_why():
    table = read(b"Name,DOB,Note\nAled,1/1/1990,x\n", "list.csv")
    exact = people(ignores=("DOB", "Note"))
    some = Specification(name="some", parts=people().parts)
    none = Specification(name="none", parts=people(key=("Custody no",)).parts)
    found = spec_fit.ranked([none, some, exact], table)
    assert [fit.spec.name for fit in found] == ["people", "some"]
    assert found[0].is_sure
    assert found[0].reason == "It has the very columns the specification was made for."
    assert found[1].reason == "1 of 3 columns are known; it would leave out DOB, Note."
    assert not found[1].is_sure
    assert spec_fit.fit(none, table).reason == "It has no column Custody no."


def test_a_specification_comes_back_from_what_is_kept_of_it():
    spec = guessed(read(HANDLES.encode(), "x.csv"), "handles")
    assert specifications.decoded(specifications.encoded(spec)) == spec


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": "x"}', '{"name":"x","parts":[]}'])
def test_what_is_no_specification_is_refused_in_one_sentence(text):
    with pytest.raises(Refused):
        specifications.decoded(text)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (EntityPart(name="p", kind=Kind.PLAN, key=("a",)), "No record of this kind"),
        (EntityPart(name="p", kind=Kind.NOMINAL), "Nothing tells which record"),
        (
            EntityPart(name="p", kind=Kind.NOMINAL, key=("a",), fields=(FieldFrom(field="x"),)),
            "no field x",
        ),
        (
            EntityPart(
                name="p",
                kind=Kind.NOMINAL,
                fields=(FieldFrom(field="name", column="a", ways=("up",)),),
            ),
            "no way of reading called up",
        ),
    ],
)
def test_a_specification_that_makes_no_sense_is_refused(part, words):
    with pytest.raises(Refused, match=words):
        specifications.check(Specification(name="x", parts=(part,)))


def test_a_membership_joins_a_nominal_to_an_ocg_and_nothing_else():
    with pytest.raises(Refused, match="goes from nominal to ocg"):
        specifications.check(one_to_other(kind=Kind.MEMBERSHIP))


def test_every_shipped_specification_holds_and_has_a_name_of_its_own():
    found = specifications.shipped()
    assert len({spec.name for spec in found}) == len(found) > 20
    assert all(spec.about for spec in found)


@pytest.mark.parametrize(
    ("way", "text", "made"),
    [
        ("surname-first", "CORS, Aled Rhys", "Aled Rhys Cors"),
        ("surname-first", "O'NEILL-BRAY, Sinéad", "Sinéad O'Neill-Bray"),
        ("surname-first", "ap Rhys, Dafydd", "Dafydd ap Rhys"),
        ("surname-first", "Aled Cors", "Aled Cors"),
        ("quiet", "HARBOUR ROW", "Harbour Row"),
        ("american-date", "10/31/2026", "31/10/2026"),
        ("unix-time", "1793000000000", "2026-10-26"),
        ("phone-number", "+44 (0)7700 900-123", "+4407700900123"),
        ("no-brackets", "Aled (Fox)", "Aled"),
        ("first-number", "Tier 2 of 4", "2"),
        ("first-word", "Aled Cors", "Aled"),
        ("other-words", "Aled Rhys Cors", "Rhys Cors"),
        ("by-comma", "a, b,c", "a\nb\nc"),
        ("second", "14\n2", "2"),
        ("third", "14\n2", ""),
    ],
)
def test_each_way_makes_of_a_cell_what_it_says(way, text, made):
    assert cell_ways.made(text, (way,)) == made


@given(st.text(max_size=60), st.sampled_from(sorted(cell_ways.WAYS)))
def test_no_way_breaks_on_any_text(text, way):
    assert isinstance(cell_ways.made(text, (way,)), str)


_cells = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)


@given(st.lists(st.tuples(*[_cells] * 8), min_size=1, max_size=12))
def test_any_cells_under_the_usual_headers_are_a_draft(rows):
    table = read(HANDLES.encode(), "x.csv")
    table = replace(table, rows=tuple(rows), numbers=tuple(range(2, len(rows) + 2)))
    found = intake.draft_from([table], [])
    keys = {record.full_key for record in found.records}
    assert all({link.source_key, link.target_key} <= keys for link in found.links)
