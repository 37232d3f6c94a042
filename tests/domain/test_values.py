"""Kinds, fields, changes and their plain form: what would hold on paper."""

import dataclasses
from dataclasses import replace
from datetime import date
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import a_link, a_membership, a_nominal, a_plan, a_user, an_action, an_ocg

from ocgdesk.domain.changes import Change, ChangeSet, differ
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import LINKS, REFERENCE_LETTERS, SUBJECTS, Base, Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.people import RIGHTS, Right, Role
from ocgdesk.domain.plans import Strand, strand_counts
from ocgdesk.domain.references import prefix, reference
from ocgdesk.domain.registry import CLASSES, class_of, kinds_of
from ocgdesk.domain.values import Alias, Answer, External, Ground, Identifier
from ocgdesk.domain.wire import ENDS, from_wire, to_wire
from ocgdesk.errors import Refused

words = st.text(max_size=12)
ids = st.uuids()
VALUES = {
    FieldType.TEXT: words,
    FieldType.LONG_TEXT: words,
    FieldType.CODE: words,
    FieldType.GRADE: words,
    FieldType.FLAG: st.booleans(),
    FieldType.INTEGER: st.none() | st.integers(-(2**31), 2**31),
    FieldType.NUMBER: st.none() | st.floats(allow_nan=False, allow_infinity=False),
    FieldType.DAY: st.none() | st.dates(),
    FieldType.PARTIAL_DATE: st.none() | st.builds(PartialDate, st.integers(1000, 9999)),
    FieldType.INSTANT: st.none() | st.datetimes(timezones=st.timezones()),
    FieldType.ENTITY: st.none() | ids,
    FieldType.CODES: st.lists(words).map(tuple),
    FieldType.TEXTS: st.lists(words).map(tuple),
    FieldType.ENTITIES: st.lists(ids).map(tuple),
    FieldType.ALIASES: st.lists(st.builds(Alias, words, words)).map(tuple),
    FieldType.IDENTIFIERS: st.lists(st.builds(Identifier, words, words)).map(tuple),
    FieldType.EXTERNALS: st.lists(st.builds(External, words, words)).map(tuple),
    FieldType.GROUNDS: st.lists(st.builds(Ground, words, words, words, words, words)).map(tuple),
    FieldType.ANSWERS: st.lists(st.builds(Answer, words, words, words)).map(tuple),
}


@st.composite
def things(draw):
    cls = class_of(draw(st.sampled_from(Kind)))
    values = {field.name: draw(VALUES[field.type]) for field in described_fields(cls)}
    values |= {end: draw(ids) for end in ENDS[cls.base]}
    if cls.base in {Base.ENTITY, Base.LINK}:
        values["restricted_to"] = draw(st.none() | st.frozensets(ids, max_size=3))
        values["marking"] = draw(st.sampled_from(Marking))
    return cls(version=draw(st.integers(0, 9)), **values)


@given(things())
def test_every_thing_comes_back_from_its_plain_form_through_msgpack_and_json(thing):
    packed = msgspec.msgpack.decode(
        msgspec.msgpack.Encoder(uuid_format="bytes").encode(to_wire(thing))
    )
    assert from_wire(packed) == thing
    assert from_wire(msgspec.json.decode(msgspec.json.encode(to_wire(thing)))) == thing


def test_the_plain_form_leaves_out_what_is_as_always_and_drops_what_is_unknown():
    wire = to_wire(a_nominal("A"))
    assert set(wire) == {"kind", "id", "version", "marking", "ref", "name"}
    assert from_wire(wire | {"field_of_a_later_version": 1}).label == "A"


def test_every_kind_has_a_class_a_label_and_its_place():
    assert set(CLASSES) == set(Kind)
    assert sorted(kind for base in Base for kind in kinds_of(base)) == sorted(Kind)
    assert set(kinds_of(Base.LINK)) == set(LINKS)
    assert set(SUBJECTS) | set(REFERENCE_LETTERS) <= set(kinds_of(Base.ENTITY))
    for kind in kinds_of(Base.ENTITY):
        labels = [field for field in described_fields(class_of(kind)) if field.is_label]
        assert len(labels) == 1, kind


def test_every_field_is_described_once_and_its_default_is_of_its_type():
    known = {"id", "version", "marking", "restricted_to", "ref", "owner"}
    for cls in CLASSES.values():
        described = {field.name for field in described_fields(cls)}
        named = {field.name for field in dataclasses.fields(cls)} - known - set(ENDS[cls.base])
        assert described == named, cls
        for field in described_fields(cls):
            coded = field.type in {FieldType.CODE, FieldType.CODES}
            assert coded == bool(field.codes), (cls, field.name)


def test_a_change_is_first_before_and_last_after():
    first = a_nominal("A")
    second, third = replace(first, name="B", version=1), replace(first, name="C", version=2)
    folded = ChangeSet.of(
        "Edit", [Change(None, first), Change(first, second), Change(second, third)]
    )
    assert folded.changes == (Change(None, third),)
    assert folded.inverse().changes == (Change(third, None),)
    back = ChangeSet.of("Edit", [Change(first, second), Change(second, replace(first, version=5))])
    assert not back
    assert ChangeSet.of("Edit", [Change(None, first), Change(first, None)]).changes == ()


def test_a_version_alone_is_no_difference():
    thing = a_nominal()
    assert not differ(thing, replace(thing, version=9))
    assert differ(thing, replace(thing, name="B"))
    assert differ(None, thing)
    assert not differ(None, None)


def test_a_change_set_knows_what_it_touches():
    changes = ChangeSet.of("Add", [Change(None, an_ocg())])
    assert changes.touches(Kind.OCG)
    assert not changes.touches(Kind.NOMINAL, Kind.LINK)


def test_references_are_built_from_agency_code_kind_and_year():
    assert reference(prefix("wmp", "a1"), Kind.OCG, 2026, 42) == "WMPA1-OCG-2026-0042"
    assert reference("WMPA1", Kind.NOMINAL, 2026, 123_456) == "WMPA1-NOM-2026-123456"
    assert reference("WMPA1", Kind.CHART, 2026, 1) == ""
    for agency, code in (("W", "A1"), ("WMP", ""), ("W1", "A"), ("WMP", "ABCDE"), ("WMP", "é")):
        with pytest.raises(Refused):
            prefix(agency, code)


@pytest.mark.parametrize("text", ["2CP", "2-C-P", "2·C·P", " 2cp "])
def test_a_grading_is_read_as_written(text):
    assert Grading.parse(text) == Grading("2", "C", "P")
    assert Grading.parse(text).shown() == "2·C·P"
    assert Grading.parse(text).is_untested


def test_a_legacy_grading_stays_what_it_was():
    grading = Grading.parse("B24")
    assert (grading.scheme, str(grading), grading.is_untested) == ("5x5x5", "B24", False)
    for text in ("", "4CP", "2FP", "2CX", "B26", "2CPP"):
        with pytest.raises(Refused):
            Grading.parse(text)


def test_a_product_is_marked_as_high_as_its_contents():
    assert highest([]) is Marking.OFFICIAL
    assert highest([Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE]) is Marking.OFFICIAL_SENSITIVE
    assert Marking.parse("OFFICIAL: SENSITIVE") is Marking.OFFICIAL_SENSITIVE
    assert Marking.parse("Official-Sensitive").banner == "OFFICIAL-SENSITIVE"
    for text in ("secret", "TOP SECRET", "", "restricted"):
        with pytest.raises(Refused):
            Marking.parse(text)


def test_an_administrator_has_no_right_to_records_and_an_auditor_only_the_journal():
    admin, auditor = a_user("a", Role.ADMINISTRATOR), a_user("b", Role.AUDITOR)
    assert admin.rights == {Right.ADMINISTER, Right.RETURNS}
    assert auditor.rights == {Right.AUDIT}
    both = a_user("c", Role.ADMINISTRATOR, Role.READER)
    assert both.rights == {Right.ADMINISTER, Right.RETURNS, Right.READ}
    with pytest.raises(Refused, match="analyst"):
        admin.need(Right.EDIT)
    assert set(RIGHTS) == set(Role)


def test_strengths_rank_and_loops_are_seen():
    assert [strength.rank for strength in Strength] == [2, 1, 0]
    nominal, ocg = a_nominal(), an_ocg()
    assert a_link(nominal, nominal).is_loop
    member = a_membership(nominal, ocg, start=PartialDate(2024), end=PartialDate(2025))
    assert member.holds_on(date(2025, 12, 31))
    assert not member.holds_on(date(2026, 1, 1))


def test_a_plan_counts_its_strands_and_shows_which_is_empty():
    plan, today = a_plan(an_ocg()), date(2026, 11, 21)
    actions = [
        an_action(plan, strand="pursue", due=date(2026, 11, 20)),
        an_action(plan, strand="pursue", due=date(2026, 11, 22)),
        an_action(plan, strand="protect", due=date(2026, 1, 1), status="complete"),
        an_action(plan, strand="prevent", due=date(2026, 1, 1), status="cancelled"),
    ]
    counts = {c.strand: (c.live, c.done, c.late) for c in strand_counts(actions, today)}
    assert counts == {
        Strand.PURSUE: (2, 0, 1),
        Strand.PREVENT: (0, 0, 0),
        Strand.PROTECT: (0, 1, 0),
        Strand.PREPARE: (0, 0, 0),
    }
    assert [c.strand for c in strand_counts(actions, today) if c.is_empty] == list(Strand)[1:]
    assert actions[0].days_over(today) == 1


def test_things_are_values_and_ids_are_their_own():
    one, two = a_nominal(), a_nominal()
    assert one.id != two.id
    assert isinstance(one.id, UUID)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "B"
