"""Deconfliction: told when a new link joins OCGs that different people answer for."""

from dataclasses import replace
from datetime import date

import pytest
from makers import a_link, a_membership, a_nominal, a_phone, an_assignment, an_ocg

from ocgdesk.casework import deconfliction
from ocgdesk.domain.entities import Location
from ocgdesk.errors import Refused

TODAY = date(2026, 11, 21)


@pytest.fixture
def two(given, ann):
    """Two OCGs of different officers, a member each, and a phone the first one uses."""
    one, other = an_ocg("Tarnbrook", agency="WMP"), an_ocg("Fellgate", agency="WMP")
    a, b, phone = a_nominal("Aled"), a_nominal("Bryn"), a_phone()
    given(one, other, a, b, phone)
    given(
        an_assignment(one, "DI Hale", user=ann.id),
        an_assignment(other, "DI Moss"),
        *(a_membership(a, one), a_membership(b, other)),
        a_link(a, phone, type="uses"),
    )
    return one, other, a, b, phone


def alerts(workspace, after):
    with workspace.reading() as reader:
        return deconfliction.alerts(reader, today=TODAY, after=after)


def head(workspace):
    return workspace.head()[0]


def test_a_new_link_to_what_another_group_has_is_told(workspace, two, given):
    before = head(workspace)
    assert alerts(workspace, before) == ()
    given(a_link(two[3], two[4], type="uses"))
    found = alerts(workspace, before)
    assert len(found) == 1
    assert {found[0].one.ocg.label, found[0].two.ocg.label} == {"Tarnbrook", "Fellgate"}
    assert [brief.label for brief in found[0].through] == ["07700 900321"]
    assert "DI Hale" in found[0].words
    assert found[0].is_mine
    assert (found[0].seq, found[0].act) == (head_of_edit(workspace), "Given")
    assert alerts(workspace, head(workspace)) == ()


def head_of_edit(workspace):
    with workspace.reading() as reader:
        from ocgdesk.store import touched

        return max(link.seq for link in touched.links_made(reader, 0))


def test_a_member_who_joins_a_second_group_is_told(workspace, two, given):
    before = head(workspace)
    given(a_membership(two[2], two[1]))
    found = alerts(workspace, before)
    assert "Aled" in {brief.label for brief in found[0].through}


def test_groups_of_one_owner_are_no_alert(workspace, two, given):
    one, other, _a, b, phone = two
    with workspace.reading() as reader:
        from ocgdesk.store import records

        moss = next(thing for thing in records.owned(reader, other.id) if thing.label == "DI Moss")
    before = head(workspace)
    given(replace(moss, officer="DI Hale"), a_link(b, phone, type="uses"))
    assert alerts(workspace, before) == ()
    assert one.agency == other.agency


def test_a_prison_alerts_nobody(workspace, two, given):
    prison = Location(name="HMP Example", location_type="prison")
    given(prison)
    before = head(workspace)
    given(a_link(two[2], prison, type="linked-to"), a_link(two[3], prison, type="linked-to"))
    assert alerts(workspace, before) == ()


def test_a_restricted_group_alerts_only_those_inside(
    workspace, two, given, another_user, opened_by
):
    from ocgdesk.casework import records

    before = head(workspace)
    given(a_link(two[3], two[4], type="uses"))
    with workspace.work("Restrict") as done:
        records.restrict(done.work, two[0].id, [], "Source at risk")
    assert len(alerts(workspace, before)) == 1
    assert alerts(opened_by(another_user), before) == ()


def test_an_alert_dismissed_with_a_reason_is_not_told_until_something_new_links_them(
    workspace, two, given
):
    one, other, _a, b, phone = two
    before = head(workspace)
    given(a_link(b, phone, type="uses"))
    (alert,) = alerts(workspace, before)
    assert alert.is_own
    with workspace.work("Dismiss alert") as done, pytest.raises(Refused, match="Say why"):
        deconfliction.dismiss(done.work, alert.one.ocg.id, alert.two.ocg.id, "  ")
    with workspace.work("Dismiss alert") as done:
        said = deconfliction.dismiss(
            done.work, alert.one.ocg.id, alert.two.ocg.id, "Spoke to DI Moss"
        )
    assert (said.reason, said.owner in {one.id, other.id}) == ("Spoke to DI Moss", True)
    assert alerts(workspace, before) == ()
    given(a_membership(b, one))
    assert len(alerts(workspace, before)) == 1
    workspace.undo()
    assert alerts(workspace, before) == ()
