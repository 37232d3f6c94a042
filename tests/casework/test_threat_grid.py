"""The threat grid: ranked only where scores can be compared, blank where nothing is known."""

import json
from datetime import UTC, date, datetime, timedelta
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from makers import an_assignment, an_ocg

from ocgdesk.casework import threat_grid, threat_grid_papers, threat_grid_rows
from ocgdesk.casework.threat_grid import Wish
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role
from ocgdesk.domain.score_trends import Direction
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.errors import Refused
from ocgdesk.store.journal import Act, Entry

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def a_score(ocg, total, *, sheet="morile-style", day=date(2026, 11, 1), **more):
    return Assessment(owner=ocg.id, sheet=sheet, total=total, assessed=day, **more)


@pytest.fixture
def grid(workspace):
    def read(**wish):
        with workspace.reading() as reader:
            return threat_grid.read(reader, Wish(**wish), today=TODAY)

    return read


@pytest.fixture
def three(given):
    """Three OCGs: 60 rising from 48, 90, and one that was never scored."""
    low, high, none = given(
        an_ocg("Low Group", status="active", agency="WMP", tier="t3", review_due=date(2026, 11, 1)),
        an_ocg("High Group", status="active", agency="WMC"),
        an_ocg("Not Scored", status="under-assessment", agency="WMC"),
    )
    given(
        a_score(low, 48, day=date(2026, 5, 1), band="medium"),
        a_score(low, 60, band="medium"),
        a_score(high, 90, band="medium"),
        a_score(low, None, sheet="ocgm", band="high/low"),
        an_assignment(low, "Insp Now", role="lro", start=PartialDate(2026, 2, 1)),
        an_assignment(low, "Insp Then", role="lro", end=PartialDate(2026, 1, 31)),
        an_assignment(low, "DI One", role="sio"),
        an_assignment(low, "DI Two", role="sio"),
    )
    return low, high, none


def names(found):
    return [row.threat.ocg.label for row in found.rows]


def test_rows_are_ranked_by_risk_with_their_officers_scores_and_trend(grid, three):
    found = grid()
    assert names(found) == ["High Group", "Low Group", "Not Scored"]
    assert [row.rank for row in found.rows] == [1, 2, None]
    row = found.rows[1]
    assert (row.lro, row.sio) == ("Insp Now", "DI One, DI Two")
    assert (row.risk.total, row.attributes.band, row.trend) == (60, "high/low", Direction.RISING)
    assert row.points == (48, 60)
    assert found.apart == ()
    assert all("not the national scheme" in sentence for sentence in found.basis)


def test_a_disruption_that_was_not_recorded_is_blank_and_not_zero(grid, three):
    row = grid().rows[0]
    plain = threat_grid_rows.plain(row)
    assert plain["last_disruption"] is None
    assert (
        dict(zip(threat_grid_rows.HEADINGS, threat_grid_rows.cells(row), strict=True))[
            "Last disruption"
        ]
        is None
    )
    assert threat_grid_rows.plain(grid().rows[2])["morile_style"] is None


def test_rows_of_another_version_or_an_official_score_are_not_ranked_and_that_is_said(
    given, grid, three
):
    old, official = given(an_ocg("Old", status="active"), an_ocg("Typed", status="active"))
    given(a_score(old, 200, sheet_version=3), a_score(official, 95, score_source="official"))
    found = grid()
    assert names(found)[:2] == ["High Group", "Low Group"]
    assert {row.threat.ocg.label for row in found.rows if row.rank is None} == {
        *("Old", "Typed", "Not Scored"),
    }
    assert any("scored by version 3: not compared" in sentence for sentence in found.apart)
    assert any("official score: not ranked" in sentence for sentence in found.apart)


def test_a_trend_never_crosses_versions(given, grid):
    (ocg,) = given(an_ocg(status="active"))
    given(
        a_score(ocg, 10, day=date(2026, 1, 1)), a_score(ocg, 99, sheet_version=2),
        a_score(ocg, 40, day=date(2026, 3, 1), score_source="official"),
    )  # fmt: skip
    (row,) = grid().rows
    assert (row.risk.total, row.points, row.trend) == (99, (99,), Direction.UNKNOWN)


def test_equal_risks_share_a_rank(given, grid):
    groups = given(*(an_ocg(name, status="active") for name in ("A", "B", "C")))
    given(*(a_score(ocg, total) for ocg, total in zip(groups, (50, 50, 20), strict=True)))
    assert [row.rank for row in grid().rows] == [1, 1, 3]


def test_filters_leave_a_force_and_archived_ones_come_only_when_asked_for(given, grid, three):
    given(an_ocg("Archived", status="archived", agency="WMC"))
    assert names(grid(agencies=("WMP",))) == ["Low Group"]
    assert "Archived" not in names(grid())
    assert "Archived" in names(grid(everything=True))


def test_restricted_ocgs_are_absent_with_their_scores(
    workspace, ann, given, three, another_user, opened_by
):
    (secret,) = given(an_ocg("Zyxwell", status="active", restricted_to=frozenset({ann.id})))
    given(a_score(secret, 240))
    with opened_by(another_user).reading() as reader:
        found = threat_grid.read(reader, Wish(), today=TODAY)
    assert "Zyxwell" not in names(found)
    assert [row.rank for row in found.rows] == [1, 2, None]


def test_the_grid_as_at_a_moment_is_what_was_recorded_then(workspace, given, grid, three):
    moment = datetime.now(UTC)
    low, high, _none = three
    given(a_score(high, 5, day=TODAY), a_score(low, 200, day=TODAY))
    assert names(grid())[0] == "Low Group"
    then = grid(as_at=moment)
    assert names(then) == ["High Group", "Low Group", "Not Scored"]
    assert then.rows[1].lro == "Insp Now"
    assert [row.risk.total for row in then.rows[:2]] == [90, 60]
    before = grid(as_at=moment - timedelta(days=400))
    assert before.rows == ()


# ---- Out ----------------------------------------------------------------------------------------


def write(workspace, path, **more):
    return threat_grid_papers.to_file(workspace, Wish(), path, now=NOW, author="Ann", **more)


def test_every_form_carries_marking_and_basis_and_the_journal_keeps_what_left(
    workspace, three, tmp_path
):
    for ending in threat_grid_papers.FORMATS:
        made = write(
            workspace, tmp_path / f"grid.{ending}", recipient="TTCG", reason="November meeting"
        )
        assert (made.rows, made.marking) == (3, Marking.OFFICIAL_SENSITIVE)
    csv = (tmp_path / "grid.csv").read_text("utf-8-sig").splitlines()
    assert csv[0].count("OFFICIAL-SENSITIVE") == 1
    assert "not the national scheme" in csv[0]
    assert csv[2].split(",")[:2] == ["1", "High Group"]
    sheet = openpyxl.load_workbook(tmp_path / "grid.xlsx").worksheets[0]
    assert sheet["A1"].value == "OFFICIAL-SENSITIVE"
    assert [cell.value for cell in sheet[3]][:2] == [1, "High Group"]
    payload = json.loads((tmp_path / "grid.json").read_text("utf-8"))
    assert payload["items"][1]["morile_style"]["total"] == 60
    assert payload["withheld"] is None
    with workspace.connection() as connection:
        from ocgdesk.store import journal

        entry: Entry = journal.entry(connection, workspace.head()[0])
    assert (entry.act, entry.reason) == (Act.DISCLOSURE, "November meeting")
    assert entry.detail["recipient"] == "TTCG"


def test_on_paper_the_grid_lies_on_its_side_and_warns_of_overdue_reviews(
    workspace, three, tmp_path
):
    write(workspace, tmp_path / "grid.docx")
    paper = docx.Document(str(tmp_path / "grid.docx"))
    section = paper.sections[0]
    assert section.page_width > section.page_height
    assert "OFFICIAL-SENSITIVE" in section.header.paragraphs[0].text
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert "1 review is overdue." in said
    assert any("not the national scheme" in text for text in said)
    cells = [cell.text for cell in paper.tables[1].rows[2].cells]
    assert "60 Medium, rising" in cells[6]
    assert cells[9] == ""
    assert len(ZipFile(tmp_path / "grid.docx").namelist()) > 3


def test_the_same_grid_gives_the_same_bytes(workspace, three, tmp_path):
    with workspace.reading() as reader:
        found = threat_grid.read(reader, Wish(), today=TODAY)
    from ocgdesk.casework import exports

    said = exports.printed(workspace, NOW)
    for ending in threat_grid_papers.FORMATS:
        one, other = (threat_grid_papers.make(found, ending, said) for _n in range(2))
        assert one.data == other.data


def test_another_ending_is_refused_before_anything_is_read(workspace, tmp_path):
    with pytest.raises(Refused, match="xlsx, csv, docx"):
        write(workspace, tmp_path / "grid.odt")


def test_who_may_not_export_gets_no_file(workspace, add_user, opened_by, three, tmp_path):
    reader = opened_by(add_user("rae", Role.READER))
    with pytest.raises(Refused):
        write(reader, tmp_path / "grid.csv")
    assert not (tmp_path / "grid.csv").exists()
