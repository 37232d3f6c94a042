"""Versions, cover and freezing of a chart in the window; printing; one that is damaged."""

from datetime import date

import pytest
from chart_pages import CTRL, drag, labels, last_entry, places, settled, stored
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton

from ocgdesk.casework import chart_looks, chart_versions, charts, records
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.domain.chart_filters import without_kind
from ocgdesk.domain.chart_windows import Window
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right
from ocgdesk.settings import Settings
from ocgdesk.store import networks
from ocgdesk.store import records as queries
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.chart_export_dialog import ChartExportDialog
from ocgdesk.ui.dialogs.cover_dialog import CoverDialog
from ocgdesk.ui.dialogs.disclosure_dialog import Purpose
from ocgdesk.ui.dialogs.paper_fields import Paper
from ocgdesk.ui.dialogs.print_dialogs import PreviewDialog, PrintDialog
from ocgdesk.ui.dialogs.version_dialog import VersionDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_printing import Ready, printer_for
from ocgdesk.ui.pages.versions_page import VersionsPage


def dialog_of(qtbot, page, cls):
    qtbot.waitUntil(lambda: page.findChild(cls) is not None)
    return page.findChild(cls)


def keep(desk: Desk, page, title: str) -> None:
    act = lambda work: chart_versions.keep(work, page.chart.id, title)  # noqa: E731
    assert desk.do("Keep chart version", act, right=Right.CHART)


@pytest.fixture
def versions(qtbot, desk):
    def open_(page, number: str = "") -> VersionsPage:
        made = VersionsPage(desk, Target(page=PageKind.VERSIONS, id=page.chart.id, text=number))
        qtbot.addWidget(made)
        made.resize(1200, 760)
        made.show()
        qtbot.waitUntil(made.ready)
        return made

    return open_


def choose(page, words: str) -> None:
    buttons = page.mode.findChildren(QAbstractButton)
    next(button for button in buttons if button.accessibleName() == words).click()


def shown(canvas) -> set[str]:
    return {item.label for item in canvas.arrangement.scene.items}


def test_a_version_is_kept_from_the_menu_and_listed(qtbot, kept, desk, versions) -> None:
    kept._on_act("keep:version", ())
    dialog = dialog_of(qtbot, kept, VersionDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.name.wrong
    dialog.name.editor.setText("November TTCG")
    dialog.note.editor.setPlainText("Sent round")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    page = versions(kept)
    assert [page.model.item(n).text().splitlines()[0] for n in range(page.model.rowCount())] == [
        "1 · November TTCG"
    ]
    assert "Sent round" in page.model.item(0).text()
    assert last_entry(desk).label == "Keep chart version"


def test_a_version_stands_beside_what_the_chart_is_now(qtbot, kept, desk, chain, versions) -> None:
    keep(desk, kept, "Before")
    desk.do("Rename", lambda work: records.edit(work, chain[1].id, {"name": "Bobby"}))
    page = versions(kept)
    assert "Bob" in shown(page.canvas)
    assert not page.beside.isVisible()
    choose(page, "Beside now")
    qtbot.waitUntil(page.ready)
    assert page.beside.isVisible()
    assert "Bobby" in shown(page.other)
    choose(page, "Changes since")
    qtbot.waitUntil(page.ready)
    assert not page.beside.isVisible()
    assert "1 changed" in page.words.text()
    assert "compared with now: 0 added, 0 removed, 1 changed" in page.as_asked().filters


def test_a_version_is_seen_by_the_filters_and_days_it_was_kept_with(
    qtbot, kept, desk, chain, versions
) -> None:
    held = Window(first=date(2024, 2, 1), last=date(2024, 3, 31))
    looks = Looks(filters=(without_kind("handle"),), window=held)
    kept.keeper.edit("Narrow", **chart_looks.kept(looks))
    with desk.workspace.reading() as reader:
        link = networks.links_among(reader, [reader.number(t.id) for t in chain[1:3]])[0]
    values = {"start": PartialDate.stored("2026-01-01")}
    desk.do("Date", lambda work: records.edit_link(work, link.id, values))
    keep(desk, kept, "Narrowed")
    kept.keeper.edit("Widen", **chart_looks.kept(Looks()))
    page = versions(kept)
    words = ("without handle", "what held between 1 Feb 2024 and 31 Mar 2024")
    assert shown(page.canvas) == {"Ann", "Bob"}
    assert page.as_asked().filters[1:] == words
    assert all(one in page.words.text() for one in words)
    choose(page, "Beside now")
    qtbot.waitUntil(page.ready)
    assert shown(page.other) == {"Ann", "Bob", "Cat"}


def test_another_version_is_chosen_with_the_keyboard(qtbot, kept, desk, chain, versions) -> None:
    keep(desk, kept, "First")
    desk.do("Rename", lambda work: records.edit(work, chain[1].id, {"name": "Bobby"}))
    keep(desk, kept, "Second")
    page = versions(kept)
    assert "Bobby" in shown(page.canvas)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.ready() and "Bob" in shown(page.canvas))
    assert page.words.text().startswith("Version 1, First, as at")


def test_a_chart_without_versions_says_so(kept, versions) -> None:
    page = versions(kept)
    assert page.stack.currentWidget() is page.empty
    assert not page.export_button.isEnabled()


def test_the_cover_is_edited_as_one_act_and_never_marked_lower(qtbot, kept, desk) -> None:
    kept._on_act("keep:cover", ())
    dialog = dialog_of(qtbot, kept, CoverDialog)
    dialog.name.editor.clear()
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    assert dialog.name.wrong
    dialog.name.editor.setText("Chain of five")
    dialog.case.editor.setText("Op Example")
    dialog.marking.editor.choose("official-sensitive")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept.chart.title == "Chain of five" and kept.ready())
    assert (kept.chart.case, kept.chart.marking) == ("Op Example", Marking.OFFICIAL_SENSITIVE)
    assert kept.bar.title.text() == "Chain of five"
    desk.undo()
    qtbot.waitUntil(lambda: kept.chart.title == "Chain" and kept.ready())


def test_a_frozen_chart_does_not_move_and_says_why(qtbot, kept, desk, chain) -> None:
    told = []
    desk.refused.connect(told.append)
    kept._on_act("keep:freeze", ())
    qtbot.waitUntil(lambda: kept.chart.frozen is not None and kept.ready())
    before = stored(desk, kept)
    assert "Frozen: what was recorded on" in kept.arrangement.scene.cut
    drag(qtbot, kept, chain[1].id, QPoint(40, 40))
    qtbot.waitUntil(lambda: bool(told) and kept.ready())
    assert "takes notes only" in str(told[0])
    assert stored(desk, kept) == before
    qtbot.waitUntil(lambda: places(kept)[chain[1].id] == before[chain[1].id])
    desk.do("Rename", lambda work: records.edit(work, chain[1].id, {"name": "Bobby"}))
    settled(qtbot, kept)
    assert "Bob" in labels(kept)
    kept._on_act("keep:freeze", ())
    qtbot.waitUntil(lambda: kept.ready() and "Bobby" in labels(kept))


def test_a_chart_that_is_not_kept_has_no_versions_and_says_how_to(qtbot, show, chain) -> None:
    page = show(chain[0])
    with qtbot.waitSignal(page.said) as said:
        page._on_act("keep:versions", ())
    assert said.args == ["Save the chart first, with Ctrl+S: then it has versions and a cover"]


def test_two_windows_on_one_chart_the_later_is_told_and_nothing_is_lost(
    qtbot, kept, desk, workspace, chain
) -> None:
    other = Desk(workspace, Settings())
    told = []
    desk.refused.connect(told.append)
    stale = kept.chart
    other.do("Edit chart cover", lambda w: records.edit(w, stale.id, {"title": "From next door"}))
    kept.acts._cover(stale, {"title": "Mine"})
    assert len(told) == 1
    with desk.workspace.reading() as reader:
        assert reader.get(Chart, stale.id).title == "From next door"
    assert stored(desk, kept).keys() >= {chain[0].id}
    other.close()


def test_a_damaged_chart_opens_from_the_journal_and_is_saved_as_a_new_one(
    qtbot, show, kept, desk, workspace
) -> None:
    with workspace.connection() as connection:
        raw = connection.connection.driver_connection
        raw.execute(
            "UPDATE chart SET frozen = 'not a day' WHERE no = (SELECT no FROM entity"
            " WHERE kind = 'chart')"
        )
        raw.commit()
    page = show(id=kept.chart.id)
    assert labels(page) == {"Ann", "Bob", "Cat"}
    assert "This saved chart is damaged" in page.arrangement.scene.cut
    assert page.bar.save_button.isEnabled()
    page.save_as("Chain again")
    settled(qtbot, page)
    assert page.chart is not None
    assert page.chart.id != kept.chart.id
    with desk.workspace.reading() as reader:
        _chart, arrangement = charts.open_chart(reader, page.chart.id)
    assert {item.label for item in arrangement.scene.items} == {"Ann", "Bob", "Cat"}


# ---- Paper -------------------------------------------------------------------------------------


def test_print_asks_then_shows_the_sheets_and_journals_nothing_before(qtbot, kept, desk) -> None:
    before = last_entry(desk)
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_P, CTRL)
    dialog = dialog_of(qtbot, kept, PrintDialog)
    dialog.recipient.editor.setText("TTCG")
    dialog.reason.editor.setText("November meeting")
    dialog.fields_of_paper.sheet.editor.choose("a3")
    dialog.fields_of_paper.tiles.editor.choose("a4")
    with qtbot.waitSignal(kept.prints.previewed, timeout=20_000) as shown_:
        qtbot.keyClick(dialog.recipient.editor, Qt.Key.Key_Return)
    preview = shown_.args[0]
    assert isinstance(preview, PreviewDialog)
    assert [page.accessibleName() for page in preview.pages] == [
        f"Sheet {n} of 1" for n in range(1, 2)
    ]
    assert last_entry(desk).seq <= before.seq + 1  # what was looked at, nothing disclosed
    preview.reject()


def test_what_is_printed_is_journalled_with_whom_and_why(qtbot, kept, desk, tmp_path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    image.save(str(tmp_path / "sheet.png"))
    data = (tmp_path / "sheet.png").read_bytes()
    paper = Paper(size="a1", tiles="a3")
    printer = printer_for(paper)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    purpose = Purpose(recipient="TTCG", reason="November meeting")
    ready = Ready((data, data), (), paper, purpose, ())
    with qtbot.waitSignal(kept.prints.told) as told:
        kept.prints.print_on(printer, ready)
    assert told.args == ["Printed: 2 sheets"]
    made = (tmp_path / "out.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") == 2
    entry = last_entry(desk)
    assert (entry.label, entry.reason, entry.detail["recipient"], entry.detail["sheets"]) == (
        "Print chart",
        "November meeting",
        "TTCG",
        2,
    )


def test_the_export_dialog_offers_only_what_means_something(qtbot, kept) -> None:
    qtbot.keyClick(kept.canvas, Qt.Key.Key_E, CTRL)
    dialog = dialog_of(qtbot, kept, ChartExportDialog)
    fields = dialog.fields_of_paper
    for form, size, dpi, tiles in (
        ("png", "a4", True, False),
        ("pdf", "a4", False, True),
        ("pptx", "slide", False, False),
        ("svg", "a4", False, False),
    ):
        dialog.format.editor.choose(form)
        dialog.format.changed.emit()
        assert (dialog.paper.size, fields.dpi.isVisible(), fields.tiles.isVisible()) == (
            size,
            dpi,
            tiles,
        )
    dialog.reject()


def test_versions_are_records_that_lists_show(kept, desk) -> None:
    keep(desk, kept, "Before")
    with desk.workspace.reading() as reader:
        (one,) = queries.owned(reader, kept.chart.id, Kind.CHART_VERSION)
    assert one.label == "Before"
