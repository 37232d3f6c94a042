"""The plan on paper: what it says, that it is marked on every page, and what is not in it."""

import io
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from makers import a_plan, an_action, an_assignment, an_objective, an_ocg

from ocgdesk.domain.marking import Marking
from ocgdesk.reports import plan_paper
from ocgdesk.reports.document import Document, Facts, Heading, Paragraph, Table, Tone
from ocgdesk.reports.docx_writer import to_docx
from ocgdesk.reports.plan_paper import Issue

DAY = date(2026, 11, 21)
OCG = an_ocg("Tarnbrook", agency="WMP", ref="WMPA1-OCG-2026-0001")
PLAN = a_plan(OCG, "4P plan", ref="WMPA1-PLN-2026-0001")
LATE = an_action(PLAN, "Visit the hub", strand="prevent", due=date(2026, 11, 11), officer="A. Rowe")
DONE = an_action(PLAN, "Search", strand="pursue", status="complete", done=date(2026, 10, 1))


def paper(*actions: Any, **more: Any) -> Document:
    return plan_paper.build(
        OCG,
        more.pop("plan", PLAN),
        objectives=[an_objective(PLAN, "Fewer lines", strand="pursue", measure="lines closed")],
        actions=actions,
        posts=[an_assignment(OCG, "Insp A. Rowe")],
        review_due=date(2026, 12, 1),
        touched=more.pop("touched", {}),
        marking=Marking.OFFICIAL_SENSITIVE,
        issue=Issue(
            author="J. Mistry",
            agency="WMP",
            day=DAY,
            drawn="21 Nov 2026, 09:00",
            synthetic=True,
            head="1a2b-3c4d",
        ),
    )


def words(document: Document) -> str:
    return "\n".join(str(block) for block in document.blocks)


def test_the_four_ps_stand_in_their_order_each_with_what_is_wanted():
    headings = [block.text for block in paper(LATE).blocks if isinstance(block, Heading)]
    four = ["Pursue", "Prevent", "Protect", "Prepare"]
    assert [text for text in headings if text in four] == four
    assert "Fewer lines. Measured by: lines closed." in words(paper(LATE))


def test_what_is_overdue_and_which_p_is_empty_is_said_first():
    document = paper(LATE, DONE)
    warnings = [
        b.text for b in document.blocks if isinstance(b, Paragraph) and b.tone is Tone.WARNING
    ]
    assert warnings[0] == "Nothing is live under Pursue, Protect, Prepare."
    assert warnings[1] == "1 action is overdue."
    late = next(b for b in document.blocks if isinstance(b, Table) and "Over by" in b.titles)
    assert late.rows[0][3:] == ("11 Nov 2026", "10 days")


def test_an_ocg_without_a_plan_gets_a_paper_that_says_so():
    assert "There is no 4P plan for this OCG." in words(paper(plan=None))


def test_the_fixed_line_and_the_head_of_the_journal_close_it():
    assert [b.text for b in paper().blocks[-2:] if isinstance(b, Paragraph)] == [
        "Records restricted from this user are not included.",
        "Head of the journal: 1a2b-3c4d",
    ]


@pytest.fixture(scope="module")
def opened() -> Any:
    many = [an_action(PLAN, f"Action {n}", strand="protect") for n in range(60)]
    return docx.Document(io.BytesIO(to_docx(paper(LATE, DONE, *many))))


def test_word_opens_it_with_real_styles_and_all_actions(opened: Any):
    styles = {paragraph.text: paragraph.style.name for paragraph in opened.paragraphs}
    assert styles["4P plan: Tarnbrook"] == "Title"
    assert styles["Pursue"] == "Heading 1"
    cells = {
        cell.text.split("\n")[0] for t in opened.tables for row in t.rows for cell in row.cells
    }
    assert {"Visit the hub", "Search", "Action 0", "Action 59"} <= cells


def test_every_page_is_marked_above_and_below(opened: Any):
    section = opened.sections[0]
    banner = "OFFICIAL-SENSITIVE · SYNTHETIC DATA"
    assert [p.text for p in section.header.paragraphs] == [banner]
    assert section.footer.paragraphs[-1].text == banner
    assert "WMPA1-PLN-2026-0001" in section.footer.paragraphs[0].text


def test_the_titles_of_a_table_stand_again_on_each_page(opened: Any):
    titled = [t for t in opened.tables if t.rows[0].cells[0].text in {"Action", "Strand"}]
    assert titled
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in titled)


def test_nothing_of_the_machine_is_in_the_file(opened: Any):
    core = opened.core_properties
    assert (core.author, core.last_modified_by) == ("J. Mistry", "J. Mistry")
    assert (core.comments, core.created.date()) == ("", DAY)
    names = zipfile.ZipFile(io.BytesIO(to_docx(paper()))).namelist()
    assert not [name for name in names if "thumbnail" in name or name.endswith("app.xml")]


def test_the_same_paper_gives_the_same_bytes():
    assert to_docx(paper(LATE)) == to_docx(paper(LATE))


def test_letters_no_word_file_holds_are_left_out():
    document = Document(
        title="A\x00B",
        marking="OFFICIAL",
        day=DAY,
        blocks=(Facts((("x\x0b", "y"),)), Table(("a",), ()), Table((), ())),
    )
    assert docx.Document(io.BytesIO(to_docx(document))).paragraphs[0].text == "AB"
