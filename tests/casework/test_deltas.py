"""What changed since the last meeting, OCG by OCG, in sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from makers import a_line, a_link, a_membership, a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import delta_papers, deltas, ocgs, records
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.ocgs import Given
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.reports.document import Table

TODAY = date(2026, 11, 18)


def act(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


@pytest.fixture
def ocg(given):
    return given(an_ocg(status="active", tier="t3", agency="WMC"))[0]


@pytest.fixture
def since(ocg, given):
    given(an_ocg("Quiet one", status="active", agency="WMC"))
    return datetime.now(UTC)


def read(workspace, since, *agencies):
    with workspace.reading() as reader:
        return deltas.read(reader, since, agencies, today=TODAY)


def words(workspace, since, ocg):
    return next(row.words for row in read(workspace, since).rows if row.ocg.id == ocg.id)


def test_nothing_changed_is_said_as_such(workspace, since):
    made = read(workspace, since)
    assert (made.rows, made.unchanged) == ((), 2)


def test_tier_status_and_score_are_told(workspace, ocg, since, given):
    act(workspace, ocgs.set_tier, ocg.id, "t1", Given(reason="Violence"), today=TODAY)
    act(workspace, ocgs.move, ocg.id, "dormant", Given(reason="Quiet"), today=TODAY)
    given(Assessment(owner=ocg.id, sheet="morile-style", assessed=TODAY, total=96, band="high"))
    said = words(workspace, since, ocg)
    assert said[:2] == ("Active to dormant", "Tier T3 to T1")
    assert "96, high" in said[2]


def test_members_lines_actions_and_disruptions_are_counted(workspace, ocg, since, given):
    person, other, line = given(a_nominal(), a_nominal("Bryn"), a_line())
    given(a_membership(person, ocg), a_membership(other, ocg), a_link(ocg, line, type="controls"))
    plan = given(a_plan(ocg))[0]
    given(an_action(plan), an_action(plan, status="complete"))
    given(Disruption(title="Cash seized", subjects=(ocg.id,), level="minor", status="accepted"))
    given(Disruption(title="Not yet", subjects=(ocg.id,), level="minor"))
    act(workspace, records.edit, line.id, {"last_active": None})
    assert words(workspace, since, ocg) == (
        "2 members added",
        "1 county line linked",
        "2 actions raised, 1 completed",
        "Disruption accepted: Cash seized, minor",
    )


def test_a_new_ocg_is_told_as_new_and_another_agencys_is_left_out(workspace, since, given):
    fresh = given(an_ocg("Fresh", status="nominated", agency="WMC"))[0]
    given(an_ocg("Elsewhere", status="nominated", agency="STP"))
    made = read(workspace, since, "WMC")
    assert [(row.ocg.id, row.is_new, row.words) for row in made.rows] == [
        (fresh.id, True, ("New: nominated",))
    ]


def test_what_was_before_the_meeting_is_not_told(workspace, ocg, since):
    act(workspace, ocgs.set_tier, ocg.id, "t2", Given(reason="x"), today=TODAY)
    assert read(workspace, datetime.now(UTC) + timedelta(seconds=1)).rows == ()


def test_the_pack_is_marked_as_high_as_what_it_names(workspace, ocg, since):
    act(workspace, ocgs.set_tier, ocg.id, "t2", Given(reason="x"), today=TODAY)
    made = read(workspace, since)
    said = Printed(synthetic=True, made="Exported by A", head="abc")
    paper = delta_papers.document(made, said, datetime(2026, 11, 18, 9, tzinfo=UTC))
    assert delta_papers.marking_of(made) is Marking.OFFICIAL_SENSITIVE
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert table.rows[0][0].startswith(ocg.name)
    assert "Tier T3 to T2" in table.rows[0][3]


def test_many_disruptions_are_counted_by_level_and_many_changes_run_on(
    workspace, ocg, since, given
):
    levels = ("minor", "minor", "major", "moderate", "minor", "minor")
    given(
        *(
            Disruption(
                title=f"Cash seized {at}", level=level, on=TODAY, subjects=(ocg.id,),
                status="accepted",
            )
            for at, level in enumerate(levels)
        )
    )  # fmt: skip
    said = words(workspace, since, ocg)
    assert said[-1] == "6 disruptions accepted: 1 major, 1 moderate, 4 minor"
    assert not [one for one in said if "Cash seized" in one]
    made = read(workspace, since)
    row = replace(made.rows[0], words=tuple(f"Change {n}" for n in range(9)))
    (table,) = [
        one for one in delta_papers.changes(replace(made, rows=(row,))) if isinstance(one, Table)
    ]
    assert table.rows[0][-1].startswith("Change 0; Change 1; ")
