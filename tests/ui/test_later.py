"""Parts made when first wanted, long parts built bit by bit, and small parts in rows."""

import time

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ocgdesk.ui import fonts, theme
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.later import SLICE_MS, LaterStack, Slices
from ocgdesk.ui.widgets.values import Chip

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def stack(qtbot: QtBot) -> LaterStack:
    made = LaterStack()
    qtbot.addWidget(made)
    for key in ("one", "two"):
        made.offer(key, lambda parent, key=key: QLabel(key, parent))
    made.show()
    return made


def test_a_part_is_made_when_it_is_first_shown_and_only_once(stack: LaterStack) -> None:
    made: list[str] = []
    stack.made.connect(made.append)
    assert (stack.offered, stack.current) == (("one", "two"), "")
    stack.go("two")
    stack.go("one")
    stack.go("two")
    assert made == ["two", "one"]
    assert stack.current == "two"
    assert stack.part("two").isVisible()


def test_asking_for_a_part_does_not_show_it(stack: LaterStack) -> None:
    stack.go("one")
    assert stack.part("two").text() == "two"
    assert stack.current == "one"
    assert stack.has_made("two")
    with pytest.raises(KeyError):
        stack.part("three")


def test_a_long_part_is_built_bit_by_bit(qtbot: QtBot, heartbeat) -> None:
    owner, done = QWidget(), list[int]()
    qtbot.addWidget(owner)

    def steps():
        for number in range(30):
            end = time.thread_time() + 0.005
            while time.thread_time() < end:
                pass
            done.append(number)
            yield

    heartbeat.start()
    slices = Slices(steps(), owner)
    with qtbot.waitSignal(slices.finished):
        pass
    heartbeat.stop()
    assert done == list(range(30))
    assert heartbeat.busy_ms < 5 * SLICE_MS
    assert not slices.isActive()


def test_building_ends_with_what_is_built(qtbot: QtBot) -> None:
    owner, done = QWidget(), list[int]()

    def steps():
        for number in range(10_000):
            time.sleep(0.005)
            done.append(number)
            yield

    Slices(steps(), owner)
    qtbot.waitUntil(lambda: len(done) > 0)
    owner.deleteLater()
    qtbot.wait(30)
    seen = len(done)
    qtbot.wait(60)
    assert len(done) == seen


def test_small_parts_stand_in_as_many_rows_as_they_need(qtbot: QtBot) -> None:
    flow = Flow()
    qtbot.addWidget(flow)
    parts = [ChipLabel(Chip(f"Report {n}", "outline")) for n in range(6)]
    flow.resize(2_000, 40)
    flow.show()
    flow.show_parts(list(parts))
    assert len({part.y() for part in parts}) == 1
    one = flow.heightForWidth(2_000)
    narrow = 2 * parts[0].sizeHint().width() + 20
    assert flow.heightForWidth(narrow) > 2 * one
    flow.resize(narrow, 200)
    assert len({part.y() for part in parts}) == 3
    assert all(part.geometry().right() < narrow for part in parts)
    flow.show_parts([])
    assert flow.heightForWidth(narrow) == 0


@pytest.fixture
def large_text(dressed):
    theme.apply(dressed, theme.load("light"), text_scale=2.0)
    yield
    theme.apply(dressed, theme.load("light"))
    assert fonts.px(10) == 10


def a_long_sheet(qtbot: QtBot, boxes: int) -> Sheet:
    sheet = Sheet("Long", "Save")
    qtbot.addWidget(sheet)
    for number in range(boxes):
        sheet.body.addWidget(TextBox(name=f"Box {number}"))
    sheet.show()
    qtbot.waitExposed(sheet)
    return sheet


@pytest.mark.usefixtures("large_text")
def test_a_dialog_too_high_for_the_screen_scrolls_and_keeps_its_buttons(qtbot: QtBot) -> None:
    sheet = a_long_sheet(qtbot, 30)
    screen = sheet.screen().availableGeometry().height()
    qtbot.waitUntil(lambda: sheet.height() <= screen)
    foot = sheet.accept_button.mapTo(sheet, sheet.accept_button.rect().bottomLeft()).y()
    assert foot < sheet.height() <= screen


def test_a_dialog_that_fits_does_not_scroll(qtbot: QtBot) -> None:
    sheet = a_long_sheet(qtbot, 4)
    box = sheet.findChildren(TextBox)[-1]
    at = box.mapTo(sheet, box.rect().bottomLeft()).y()
    assert at < sheet.accept_button.mapTo(sheet, sheet.accept_button.rect().topLeft()).y()
    assert sheet.height() >= 4 * px(28)
