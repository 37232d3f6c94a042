"""Rows of a register on an open chart: dragged by their ticks, or copied and pasted."""

import pytest
from chart_pages import labels, last_entry, settled
from makers import a_link, a_nominal
from pages import put_up
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from ocgdesk.casework import chart_rows, records
from ocgdesk.casework.chart_pasting import MIME as ITEMS
from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import register_dragging
from ocgdesk.ui.pages.register_page import RegisterPage
from ocgdesk.ui.shell.tabs import TabBar

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def register(qtbot, desk, chain):
    return put_up(qtbot, RegisterPage(desk, Target(page=PageKind.REGISTER, kind=Kind.NOMINAL)))


def rows_of(desk, *things, kind=Kind.NOMINAL):
    with desk.workspace.reading() as reader:
        numbers = tuple(reader.number(thing.id) for thing in things)
    return register_dragging.mime(desk.workspace.about.id, kind, numbers)


SPOT = QPointF(300, 200)


def drop(page, mime, at=SPOT):
    copy, over = Qt.DropAction.CopyAction, page.view.views
    entered = QDragEnterEvent(at.toPoint(), copy, mime, LEFT, NONE)
    QApplication.sendEvent(over, entered)
    if entered.isAccepted():
        QApplication.sendEvent(over, QDropEvent(at, copy, mime, LEFT, NONE))
    return entered.isAccepted()


def said(page):
    heard = []
    page.said.connect(heard.append)
    return heard


def test_a_row_pulled_by_its_tick_drags_all_that_is_ticked(qtbot, register) -> None:
    begun = []
    register.drags[0].go = begun.append
    table = register.table
    register.model.tick([3], on=True)
    cell = table.visualRect(register.model.index(1, 0)).center()
    qtbot.mousePress(table.viewport(), LEFT, pos=cell)
    qtbot.mouseMove(table.viewport(), cell + QPoint(2, 0))
    assert not begun
    qtbot.mouseMove(table.viewport(), cell + QPoint(40, 10))
    (drag,) = begun
    taken = chart_rows.unpacked(
        bytes(drag.mimeData().data(chart_rows.MIME).data()), register.desk.workspace.about.id
    )
    assert set(taken.numbers) == set(register.model.records([1, 3]))
    assert drag.mimeData().formats() == [chart_rows.MIME], "nothing of the records goes along"


def test_cells_pulled_elsewhere_are_selected_as_before(qtbot, register) -> None:
    register.drags[0].go = lambda _drag: pytest.fail("no drag of rows")
    table = register.table
    cells = [table.visualRect(register.model.index(row, 2)).center() for row in (0, 2)]
    qtbot.mousePress(table.viewport(), LEFT, pos=cells[0])
    qtbot.mouseMove(table.viewport(), cells[1])
    qtbot.mouseRelease(table.viewport(), LEFT, pos=cells[1])
    assert table.is_wide()


def test_rows_dropped_on_a_kept_chart_are_one_step_and_what_was_there_is_counted(
    qtbot, desk, kept, chain
) -> None:
    heard, before = said(kept), dict(kept.arrangement.places)
    assert drop(kept, rows_of(desk, *chain[1:]))
    qtbot.waitUntil(lambda: "2 records put on the chart, 2 were on it already." in heard)
    qtbot.waitUntil(lambda: kept.ready() and labels(kept) == {"Ann", "Bob", "Cat", "Dan", "Eve"})
    assert set(kept.canvas.selection()) == {person.id for person in chain[1:]}
    assert {id_: kept.arrangement.places[id_] for id_ in before} == before
    assert last_entry(desk).label == "Put 2 records on chart"
    desk.undo()
    qtbot.waitUntil(lambda: kept.ready() and labels(kept) == {"Ann", "Bob", "Cat"})


def test_rows_dropped_on_a_chart_that_is_not_kept_stand_where_they_were_let_go(
    qtbot, desk, show, chain
) -> None:
    page = show(chain[0])
    heard = said(page)
    at = page.canvas.view.to_chart(QPointF(300, 200))
    assert drop(page, rows_of(desk, chain[4]))
    qtbot.waitUntil(lambda: page.ready() and "Eve" in labels(page))
    place = page.arrangement.places[chain[4].id]
    assert (place.x, place.y) == pytest.approx((at.x(), at.y()), abs=1)
    assert heard[-1] == "1 record put on the chart."
    drop(page, rows_of(desk, chain[4]))
    qtbot.waitUntil(lambda: heard[-1] == "1 was on it already.")


def test_rows_dropped_on_an_empty_chart_begin_it(qtbot, desk, show, chain) -> None:
    page = show()
    assert page.view.is_empty
    assert drop(page, rows_of(desk, *chain[:2]))
    qtbot.waitUntil(lambda: page.ready() and labels(page) == {"Ann", "Bob"})


def test_links_bring_both_their_ends(qtbot, desk, show, given, chain) -> None:
    (link,) = given(a_link(chain[0], chain[4]))
    with desk.workspace.reading() as reader:
        number = reader.number(link.id, link.base)
    mime = register_dragging.mime(desk.workspace.about.id, Kind.LINK, (number,))
    page = show()
    drop(page, mime)
    qtbot.waitUntil(lambda: page.ready() and labels(page) == {"Ann", "Eve"})


def test_rows_copied_in_a_register_are_pasted_on_a_chart(
    qtbot, desk, show, register, chain
) -> None:
    register.model.tick([0, 1], on=True)
    with qtbot.waitSignal(register.papers.copied):
        qtbot.keyClick(register.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasText()
    page = show(chain[4])
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.ready() and {"Ann", "Bob"} <= labels(page))
    assert settled(qtbot, page).canvas.selection()


def test_rows_of_another_workspace_damaged_ones_and_too_many_are_refused(
    qtbot, desk, kept, chain
) -> None:
    other = register_dragging.mime(chain[0].id, Kind.NOMINAL, (1,))
    many = register_dragging.mime(desk.workspace.about.id, Kind.NOMINAL, tuple(range(501)))
    bad = rows_of(desk, chain[0])
    bad.setData(chart_rows.MIME, b'{"numbers": "x"}')
    for mime, words in ((other, "another workspace"), (many, "too many"), (bad, "cannot be")):
        with qtbot.waitSignal(desk.refused) as refused:
            assert drop(kept, mime)
        assert words in str(refused.args[0])


def test_what_is_gone_by_then_is_said_and_items_of_charts_still_paste(
    qtbot, desk, kept, given
) -> None:
    (gone,) = given(a_nominal("Fay"))
    mime, heard = rows_of(desk, gone), said(kept)
    desk.do("Remove", lambda work: records.remove(work, [gone.id]))
    drop(kept, mime)
    qtbot.waitUntil(lambda: "Nothing of what was copied is there any more" in heard)
    settled(qtbot, kept)
    kept.canvas.select_all()
    kept.clips.copy()
    assert QGuiApplication.clipboard().mimeData().hasFormat(ITEMS)


def test_files_are_left_to_the_import_and_tabs_open_under_a_drag(qtbot, kept) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/nowhere.csv")])
    assert not drop(kept, mime)
    tabs = TabBar()
    qtbot.addWidget(tabs)
    assert tabs.changeCurrentOnDrag()


def test_sub_records_are_on_no_chart_and_cannot_be_dragged() -> None:
    assert register_dragging.mime(records_id(), Kind.ACTION, (1,)) is None


def records_id():
    return a_nominal("X").id
