"""A record as it was: every part as the workspace held it then, and nothing to be changed."""

from datetime import datetime

import pytest
from makers import (
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    a_report,
    an_action,
    an_assignment,
    an_ocg,
)
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.domain.dates import LONDON
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_linking import LOOKS
from ocgdesk.ui.pages.record_page import RecordPage

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def then_shown(desk: Desk, qtbot: QtBot):
    """Show a record as at a moment."""

    def make(thing, moment: datetime) -> RecordPage:
        made = RecordPage(desk, Target(page=PageKind.RECORD, kind=thing.kind, id=thing.id))
        qtbot.addWidget(made)
        made.resize(1200, 800)
        made.show()
        qtbot.waitUntil(made.ready)
        made.moment = moment
        made.refresh()
        qtbot.waitUntil(made.ready)
        return made

    return make


@pytest.fixture
def story(given, put, workspace):
    """An OCG with a member, a line, a report, a plan and an LRO; all of it changed since."""
    ocg, dean, line, report = given(
        an_ocg("Tarnbrook"), a_nominal("Dean"), a_line(), a_report(title="Seen", grade="1AP")
    )
    member, control = given(
        a_membership(dean, ocg, importance="principal", reports=(report.id,)),
        a_link(ocg, line, type="controls", strength="tentative"),
    )
    (plan,) = given(a_plan(ocg))
    action, post = given(
        an_action(plan, strand="pursue"), an_assignment(ocg, role="lro", officer="A. Rowe")
    )
    moment = datetime.now(LONDON)
    put(ocg, name="Renamed")
    put(dean, name="Dean Arkwright")
    put(control, strength="confirmed")
    put(report, title="Seen again")
    put(action, status="complete")
    with workspace.work("Remove") as done:
        done.work.remove(done.work.reader.find(member.id, member.base))
        done.work.remove(done.work.reader.find(post.id))
    return ocg, dean, report, moment


def test_members_links_and_reports_stand_as_they_did(story, then_shown) -> None:
    ocg, _dean, report, moment = story
    made = then_shown(ocg, moment)
    assert made.header.title.text() == "Tarnbrook"
    assert [made.tabs.tabs[key].count for key in ("members", "links", "intelligence")] == [
        "1", "1", "1",
    ]  # fmt: skip
    assert made.members.rows.index(0, 0).data() == "Dean"
    assert made.links.rows.rows[0].link.strength == "tentative"
    assert [row.title for row in made.reports.rows.rows] == ["Seen"]
    assert made.reports.rows.rows[0].id == report.id


def test_who_answered_and_how_the_plan_stood_are_those_of_then(story, then_shown) -> None:
    ocg, _dean, _report, moment = story
    made = then_shown(ocg, moment)
    facts = {fact.caption: fact.value for fact in made.facts.facts}
    assert (facts["LRO"], len(made.dossier.memberships)) == ("A. Rowe", 1)
    pursue = next(s for s in made.dossier.strands if s.strand.value == "pursue")
    assert (pursue.live, pursue.done) == (1, 0)


def test_nothing_can_be_changed_then_and_all_can_now(story, then_shown, qtbot: QtBot) -> None:
    ocg, _dean, _report, moment = story
    made = then_shown(ocg, moment)
    assert made.strip.words.text().startswith("As at ")
    for part in (made.members, made.links):
        changing = (button for key, button in part.buttons.items() if key not in LOOKS)
        assert not any(button.isEnabled() for button in changing)
        qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    assert not made.edit_button.isEnabled()
    assert made.plan_button.isHidden()
    assert made.tabs.tabs["plan"].isHidden()
    made.strip.left.emit()
    qtbot.waitUntil(made.ready)
    assert made.header.title.text() == "Renamed"
    assert made.tabs.tabs["members"].count == "0"
    assert made.links.rows.rows[0].link.strength == "confirmed"
    assert made.links.buttons["add"].isEnabled()
    assert not made.tabs.tabs["plan"].isHidden()


def test_a_report_lists_who_cited_it_then(story, then_shown, qtbot: QtBot) -> None:
    _ocg, _dean, report, moment = story
    made = then_shown(report, moment)
    assert {row.label for row in made.reports.rows.rows} == {"Dean", "Tarnbrook"}
    made.strip.left.emit()
    qtbot.waitUntil(made.ready)
    assert made.reports.rows.rows == ()


def test_a_part_first_opened_in_the_past_shows_the_past(story, then_shown, qtbot: QtBot) -> None:
    _ocg, dean, _report, moment = story
    made = then_shown(dean, moment)
    assert not made.stack.has_made("members")
    qtbot.keyClick(made, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert made.members.rows.rows[0].other.label == "Tarnbrook"
