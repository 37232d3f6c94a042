"""Exports and copies of a chart, and who may make them."""

from pathlib import Path

import pytest
from chart_pages import CTRL, PURPOSE, SHIFT, drag, labels, last_entry, places, stored
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from ocgdesk.casework import chart_versions
from ocgdesk.domain.people import Role
from ocgdesk.security import chain as chain_words
from ocgdesk.settings import Settings
from ocgdesk.store.journal import Act
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog, PurposeDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog


@pytest.fixture
def reader_desk(qtbot, add_user, opened_by, dressed):
    made = Desk(opened_by(add_user("rob", Role.READER)), Settings())
    yield made
    made.close()


def test_a_reader_may_look_and_arrange_but_not_keep_or_export(
    qtbot, show, chain, reader_desk
) -> None:
    page = show(chain[0], at=reader_desk)
    assert labels(page) == {"Ann", "Bob"}
    for button in (page.bar.save_button, page.bar.export_button, page.bar.copy_button):
        assert not button.isEnabled()
    assert "save charts" in page.bar.save_button.toolTip()
    assert "export records" in page.bar.export_button.toolTip()
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_S, CTRL)
    assert page.findChild(TitleDialog) is None


def test_what_a_reader_moves_on_a_kept_chart_is_theirs_alone(
    qtbot, show, kept, desk, chain, reader_desk
) -> None:
    before, told = stored(desk, kept), []
    reader_desk.refused.connect(told.append)
    page = show(id=kept.chart.id, at=reader_desk)
    drag(qtbot, page, chain[1].id, QPoint(40, 40))
    assert places(page)[chain[1].id] != before[chain[1].id]
    assert (stored(desk, kept), told) == (before, [])


def fill(dialog: PurposeDialog, **texts: str) -> None:
    for name, text in ({"recipient": "TTCG", "reason": "November meeting"} | texts).items():
        getattr(dialog, name).editor.setText(text)


@pytest.mark.parametrize(
    ("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")]
)
def test_an_export_is_a_marked_file_and_a_disclosure_with_its_subjects(
    qtbot, show, chain, desk, tmp_path: Path, kind, start
) -> None:
    page = show(chain[0])
    path = tmp_path / "out" / f"chart.{kind}"
    path.parent.mkdir()
    said = []
    page.said.connect(said.append)
    head = chain_words.short(desk.workspace.head()[1])
    with qtbot.waitSignal(page.papers.written, timeout=30_000):
        page.papers.export(path, page.as_asked(), PURPOSE)
    data = path.read_bytes()
    assert data.startswith(start)
    if kind == "svg":
        assert b"OFFICIAL-SENSITIVE" in data
        assert f"Head of the journal: {head}".encode() in data
    assert list(path.parent.iterdir()) == [path]
    assert said == [f"Written: chart.{kind}"]
    entry = last_entry(desk)
    assert (entry.act, entry.label, entry.reason) == (
        Act.DISCLOSURE,
        "Export chart",
        "November meeting",
    )
    assert entry.detail == {"format": kind, "recipient": "TTCG"}


def test_an_export_asks_for_whom_and_why_before_anything_leaves(
    qtbot, show, chain, desk, tmp_path: Path
) -> None:
    page = show(chain[0])
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_E, CTRL)
    dialog = page.findChild(DisclosureDialog)
    assert "Ann" not in dialog.path.text
    before = last_entry(desk)
    fill(dialog, recipient="", path=str(tmp_path / "mine.png"))
    dialog.format.editor.choose("svg")
    dialog.accept_button.click()
    assert dialog.recipient.wrong == "Say who it is for"
    assert last_entry(desk) == before
    fill(dialog)
    with qtbot.waitSignal(page.papers.written, timeout=30_000) as told:
        dialog.accept_button.click()
    assert told.args == [tmp_path / "mine.svg"]
    assert last_entry(desk).detail["recipient"] == "TTCG"


def test_a_format_that_is_not_known_is_refused_and_nothing_is_disclosed(
    qtbot, show, chain, desk, tmp_path: Path
) -> None:
    page = show(chain[0])
    told = []
    desk.refused.connect(told.append)
    before = last_entry(desk)
    page.papers.export(tmp_path / "chart.gif", page.as_asked(), PURPOSE)
    assert len(told) == 1
    assert str(told[0]).startswith("A chart is written as png, svg, pdf, pptx")
    assert last_entry(desk) == before


def test_a_folder_that_cannot_be_written_is_told(qtbot, show, chain, desk, tmp_path: Path) -> None:
    page = show(chain[0])
    told = []
    desk.refused.connect(told.append)
    page.papers.export(tmp_path / "gone" / "chart.svg", page.as_asked(), PURPOSE)
    qtbot.waitUntil(lambda: told != [], timeout=30_000)
    assert "chart.svg cannot be written" in str(told[0])


def test_a_copy_is_a_picture_a_drawing_and_a_table_and_a_disclosure(
    qtbot, show, chain, desk
) -> None:
    page = show(chain[0])
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_C, CTRL | SHIFT)
    dialog = page.findChild(PurposeDialog)
    dialog.accept_button.click()
    assert dialog.recipient.wrong
    fill(dialog)
    with qtbot.waitSignal(page.papers.copied, timeout=30_000):
        qtbot.keyClick(dialog.reason.editor, Qt.Key.Key_Return)
    mime = QGuiApplication.clipboard().mimeData()
    assert bytes(mime.data("image/png")).startswith(b"\x89PNG")
    assert bytes(mime.data("image/svg+xml")).startswith(b"<?xml")
    assert bytes(mime.data("application/pdf")).startswith(b"%PDF")
    assert "OFFICIAL-SENSITIVE" in mime.html()
    assert "<td>Ann</td>" in mime.html()
    assert "Head of the journal: " in mime.html()
    entry = last_entry(desk)
    assert (entry.label, entry.reason) == ("Copy chart", "November meeting")
    assert entry.detail == {"format": "clipboard", "recipient": "TTCG"}
    QGuiApplication.clipboard().clear()


def test_the_next_export_begins_with_whom_and_why_of_the_last(qtbot, show, chain, tmp_path) -> None:
    page = show(chain[0])
    page.copy()
    dialog = page.findChild(PurposeDialog)
    fill(dialog)
    with qtbot.waitSignal(page.papers.copied, timeout=30_000):
        dialog.accept_button.click()
    QGuiApplication.clipboard().clear()
    page.export()
    again = page.findChild(DisclosureDialog)
    assert (again.recipient.text, again.reason.text) == ("TTCG", "November meeting")
    assert again.purpose is None
    again.reject()


def test_a_frozen_chart_leaves_as_at_its_instant_and_one_that_is_not_as_at_now(
    show, kept, desk
) -> None:
    assert show(id=kept.chart.id).as_asked().at is None
    assert desk.do("Freeze", lambda work: chart_versions.freeze(work, kept.chart.id))
    page = show(id=kept.chart.id)
    assert page.chart is not None
    assert page.as_asked().at == page.chart.frozen is not None
