"""The notes of slides: what each slide shows rests on, as far as its audience may know."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from makers import a_link, a_membership, a_nominal, a_plan, a_report, an_action, an_ocg
from pptx import Presentation

from ocgdesk.casework import briefs
from ocgdesk.casework.briefs import Briefing, Wish
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.reports.document import Document, Heading, Table
from ocgdesk.reports.paper_writers import WRITERS

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
SECTIONS = ("identity", "members", "disruptions", "plan", "return:crime-types")


@pytest.fixture
def world(given):
    ocg, boss, young = given(
        an_ocg("Tarnbrook", status="active"),
        a_nominal("Ewan Pryce"),
        a_nominal("Somebody Young", exploited=True),
    )
    report = given(a_report("Meeting at the yard"))[0]
    claim, plan = given(
        Disruption(title="Flat closed", on=NOW.date(), subjects=(ocg.id,), status="accepted"),
        a_plan(ocg),
    )
    outcome, action, *_links = given(
        Outcome(owner=claim.id, measure="cash", value=900, unit="gbp"),
        an_action(plan, "Visit the yard", strand="protect"),
        a_membership(boss, ocg, role="principal", reports=(report.id,)),
        a_link(ocg, young, type="exploits"),
    )
    return ocg, boss, young, report, claim, outcome, action


def made_for(workspace, subject, audience: str) -> Briefing:
    with workspace.reading() as reader:
        wish = Wish(product="ocg-profile", subject=subject.id, audience=audience, sections=SECTIONS)
        return briefs.make(reader, wish, now=NOW)


def noted(workspace, subject, audience: str) -> list[tuple[str, str]]:
    """Return each slide after the cover: its title and its notes."""
    made = made_for(workspace, subject, audience)
    file = Presentation(BytesIO(WRITERS["pptx"](made.document)))
    slides = list(file.slides)[1:]
    return [(s.shapes.title.text, s.notes_slide.notes_text_frame.text) for s in slides]


def test_every_slide_says_what_it_rests_on_and_as_at_when(workspace, world):
    found = noted(workspace, world[0], "internal")
    assert len(found) > 4
    for title, notes in found[:-1]:
        assert "18 Nov 2026, 09:00" in notes, title
    members = next(notes for title, notes in found if "Members" in (title, *notes.split("\n")))
    assert world[1].ref in members
    assert "It rests on" in members
    disruptions = next(
        notes for title, notes in found if "Disruptions" in (title, *notes.split("\n"))
    )
    assert world[4].ref in disruptions


def test_what_a_product_counts_or_cites_is_among_its_records_so_that_a_recall_finds_it(
    workspace, world
):
    _ocg, _boss, _young, report, claim, outcome, action = world
    records = made_for(workspace, world[0], "internal").records
    assert {report.id, claim.id, outcome.id, action.id} <= set(records)


def test_nobody_exploited_is_found_by_a_reference_in_the_notes(workspace, world):
    assert all(
        world[2].ref not in notes for _title, notes in noted(workspace, world[0], "internal")
    )


@pytest.mark.parametrize("audience", ["force", "partners", "board", "public"])
def test_who_does_not_see_everything_is_told_no_reference(workspace, world, audience):
    found = noted(workspace, world[0], audience)
    said = "\n".join(notes for _title, notes in found)
    assert world[1].ref not in said
    assert "not listed for this audience" in said


def test_the_rows_of_a_return_say_in_the_notes_what_is_counted(workspace, world):
    rows = [notes for _title, notes in noted(workspace, world[0], "internal") if "Tier" in notes]
    assert rows
    assert all("OCGs that are active" in notes for notes in rows)


def test_what_goes_on_on_the_next_slide_rests_on_the_same():
    table = Table(("Row",), tuple((f"Row {n}",) for n in range(60)))
    paper = Document(
        title="T",
        marking="OFFICIAL",
        day=NOW.date(),
        foot="Foot",
        blocks=(Heading("One", 1, "Of one."), table, Heading("Two", 1, "Of two."), table),
    )
    file = Presentation(BytesIO(WRITERS["pptx"](paper)))
    notes = [slide.notes_slide.notes_text_frame.text for slide in list(file.slides)[1:]]
    ones = [one for one in notes if "Of one." in one]
    assert len(ones) == len(notes) / 2
    assert all("Foot" in one for one in notes)
    assert not [one for one in ones if "Of two." in one]
