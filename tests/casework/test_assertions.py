"""What sources say of a field: stated beside one another, one of them chosen, with a reason."""

from datetime import date
from functools import partial

import pytest
from makers import a_nominal, a_report, an_assertion, an_ocg

from ocgdesk.casework import assertions as sayings
from ocgdesk.casework import records
from ocgdesk.domain import assertions
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Basis
from ocgdesk.domain.values import Alias
from ocgdesk.errors import Refused
from ocgdesk.store import journal
from ocgdesk.store import records as queries


def do(workspace, act, label="State"):
    with workspace.work(label) as done:
        return act(done.work)


def now(workspace, thing):
    with workspace.reading() as reader:
        return reader.find(thing.id, thing.base)


def backing(workspace, thing, name):
    with workspace.reading() as reader:
        said = queries.assertions_of(reader, thing.id)
        return assertions.backings(reader.find(thing.id), said).get(name)


def test_what_a_source_says_stands_beside_the_value_shown(workspace, given) -> None:
    nominal, report = given(a_nominal(gender="male"), a_report())
    act = partial(
        sayings.add, subject=nominal.id, field="gender", value="female", reports=(report.id,)
    )
    do(workspace, act)
    found = backing(workspace, nominal, "gender")
    assert (len(found.agreeing), found.other_values) == (0, 1)
    assert found.others[0].reports == (report.id,)
    assert now(workspace, nominal).gender == "male"


def test_choosing_another_value_needs_a_reason_and_shows_it_on_the_record(workspace, given) -> None:
    nominal, said = given(a_nominal(gender="male"))[0], None
    add = partial(sayings.add, subject=nominal.id, field="gender", value="male", choose=True)
    first = do(workspace, add)
    said = do(workspace, partial(sayings.add, subject=nominal.id, field="gender", value="female"))
    with pytest.raises(Refused, match="Say why"):
        do(workspace, partial(sayings.choose, id_=said.id))
    do(workspace, partial(sayings.choose, id_=said.id, reason="Custody record"), "Choose value")
    assert now(workspace, nominal).gender == "female"
    assert now(workspace, said).chosen
    assert now(workspace, said).reason == "Custody record"
    assert not now(workspace, first).chosen
    with workspace.reading() as reader:
        newest = journal.entry(reader.connection, workspace.head()[0])
    assert (newest.label, newest.reason) == ("Choose value", "Custody record")


def test_undo_brings_back_the_value_and_the_choice_together(workspace, given) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    first = do(
        workspace,
        partial(sayings.add, subject=nominal.id, field="gender", value="male", choose=True),
    )
    add = partial(sayings.add, subject=nominal.id, field="gender", value="female", choose=True)
    do(workspace, partial(add, reason="Seen"), "State")
    assert now(workspace, nominal).gender == "female"
    workspace.undo()
    assert now(workspace, nominal).gender == "male"
    assert now(workspace, first).chosen
    assert backing(workspace, nominal, "gender").other_values == 0


def test_an_empty_field_is_filled_without_a_reason(workspace, given) -> None:
    (nominal,) = given(a_nominal())
    born = PartialDate.parse("about 1996", today=date(2026, 11, 21))
    do(workspace, partial(sayings.add, subject=nominal.id, field="born", value=born, choose=True))
    assert now(workspace, nominal).born == born
    assert len(backing(workspace, nominal, "born").agreeing) == 1


def test_an_edit_leaves_what_was_chosen_before_among_the_other_values(
    workspace, given, put
) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    do(
        workspace,
        partial(sayings.add, subject=nominal.id, field="gender", value="male", choose=True),
    )
    put(nominal, gender="female")
    found = backing(workspace, nominal, "gender")
    assert (len(found.agreeing), found.other_values) == (0, 1)


def test_a_statement_taken_out_leaves_the_value_shown(workspace, given) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    said = do(
        workspace,
        partial(sayings.add, subject=nominal.id, field="gender", value="male", choose=True),
    )
    do(workspace, partial(sayings.remove, ids=[said.id]))
    assert backing(workspace, nominal, "gender") is None
    assert now(workspace, nominal).gender == "male"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("shoe_size", "9", "no field 'shoe_size'"),
        ("gender", "green", "not in the list"),
        ("name", " ", "is needed"),
    ],
)
def test_what_cannot_be_is_refused(workspace, given, field, value, said) -> None:
    (nominal,) = given(a_nominal())
    with pytest.raises(Refused, match=said):
        do(workspace, partial(sayings.add, subject=nominal.id, field=field, value=value))


def test_a_statement_rests_on_reports_only(workspace, given) -> None:
    nominal, ocg = given(a_nominal(), an_ocg())
    act = partial(sayings.add, subject=nominal.id, field="gender", value="male", reports=[ocg.id])
    with pytest.raises(Refused, match="reports only"):
        do(workspace, act)


def test_an_assessment_is_kept_as_one(workspace, given) -> None:
    (nominal,) = given(a_nominal())
    act = partial(
        sayings.add, subject=nominal.id, field="gender", value="male", basis=Basis.ASSESSMENT
    )
    assert now(workspace, do(workspace, act)).basis == "assessment"


def test_removing_a_record_takes_what_is_stated_of_it_along(workspace, given) -> None:
    (nominal,) = given(a_nominal())
    said = do(workspace, partial(sayings.add, subject=nominal.id, field="gender", value="male"))
    do(workspace, partial(records.remove, ids=[nominal.id]))
    with workspace.reading() as reader:
        assert not reader.numbers([said.id], Base.ASSERTION)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("aliases", (Alias("Ghost", "nickname"), Alias("Bobby"))),
        ("exploited", True),
        ("born", None),
        ("categories", ()),
    ],
)
def test_a_value_of_any_type_reads_back_as_it_was_stated(name, value) -> None:
    nominal = a_nominal()
    field = assertions.field_of(nominal, name)
    said = an_assertion(nominal, name, assertions.written(field, value))
    assert assertions.stated(field, said) == value


def test_a_text_that_is_no_value_of_the_field_cannot_be_chosen(workspace, given) -> None:
    (nominal,) = given(a_nominal())
    (said,) = given(an_assertion(nominal, "born", "some time ago"))
    with pytest.raises(Refused, match="does not fit born"):
        do(workspace, partial(sayings.choose, id_=said.id))
