"""The time bar by mouse and keys: a brush drawn, moved, resized, taken away."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF

from ocgdesk.ui import fonts
from ocgdesk.ui.chart.time_bar import TimeBar
from ocgdesk.ui.chart.time_strip import TimeStrip

LEFT = Qt.MouseButton.LeftButton
MONTHS = tuple((date(2025, month, 1), month) for month in range(1, 13))


@pytest.fixture
def bar(qtbot, dressed) -> TimeBar:
    made = TimeBar()
    qtbot.addWidget(made)
    made.resize(616, 60)
    made.show()
    qtbot.waitExposed(made)
    made.show_months(MONTHS)
    return made


def at(month: float) -> QPoint:
    """Return the middle of a month, 50 px each."""
    return QPoint(round(8 + (month - 0.5) * 50), 20)


def drag(qtbot, bar, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(bar, LEFT, pos=start)
    qtbot.mouseMove(bar, (start + end) / 2)
    qtbot.mouseMove(bar, end)
    qtbot.mouseRelease(bar, LEFT, pos=end)


def test_dragging_over_months_brushes_whole_months(qtbot, bar):
    with qtbot.waitSignal(bar.brushed):
        drag(qtbot, bar, at(3), at(5))
    assert bar.brush == (date(2025, 3, 1), date(2025, 5, 31))
    assert bar.words() == "Mar 2025 – May 2025"
    assert "Mar 2025" in bar.accessibleDescription()


def test_dragging_backwards_is_the_same_brush(qtbot, bar):
    drag(qtbot, bar, at(5), at(3))
    assert bar.brush == (date(2025, 3, 1), date(2025, 5, 31))


def test_the_middle_moves_the_brush_and_it_stays_on_the_bar(qtbot, bar):
    drag(qtbot, bar, at(3), at(5))
    drag(qtbot, bar, at(4), at(6))
    assert bar.brush == (date(2025, 5, 1), date(2025, 7, 31))
    drag(qtbot, bar, at(6), at(12))
    assert bar.brush == (date(2025, 10, 1), date(2025, 12, 31))


def test_an_edge_resizes_the_brush(qtbot, bar):
    drag(qtbot, bar, at(3), at(5))
    drag(qtbot, bar, QPoint(8 + 5 * 50, 20), at(8))
    assert bar.brush == (date(2025, 3, 1), date(2025, 8, 31))
    drag(qtbot, bar, QPoint(8 + 2 * 50, 20), at(6))
    assert bar.brush == (date(2025, 6, 1), date(2025, 8, 31))


def test_a_double_click_takes_the_brush_away(qtbot, bar):
    drag(qtbot, bar, at(3), at(5))
    qtbot.mouseDClick(bar, LEFT, pos=at(4))
    assert bar.brush is None


def test_keys_move_resize_and_clear(qtbot, bar):
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.brush == (date(2025, 12, 1), date(2025, 12, 31))
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    qtbot.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert bar.brush == (date(2025, 11, 1), date(2025, 12, 31))
    qtbot.keyClick(bar, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert bar.brush == (date(2025, 10, 1), date(2025, 12, 31))
    qtbot.keyClick(bar, Qt.Key.Key_Home)
    assert bar.brush == (date(2025, 1, 1), date(2025, 12, 31))
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.brush is None


def test_other_counts_keep_the_days_that_are_brushed(qtbot, bar):
    drag(qtbot, bar, at(3), at(5))
    bar.show_months(MONTHS[3:])
    assert bar.brush == (date(2025, 4, 1), date(2025, 5, 31))
    bar.show_months(())
    assert bar.brush is None


def test_the_strip_says_what_is_brushed_and_rests_before_it_tells(qtbot, dressed):
    strip = TimeStrip(dims=True)
    qtbot.addWidget(strip)
    strip.resize(1000, 60)
    strip.show()
    strip.show_months(MONTHS, "3 without a date")
    assert strip.words.text() == "All the time"
    assert not strip.dim.isVisible()
    with qtbot.waitSignal(strip.changed):
        strip.bar.set_brush(date(2025, 2, 1), date(2025, 2, 28))
    assert strip.words.text() == "Feb 2025"
    assert strip.dim.isVisible()
    with qtbot.waitSignal(strip.changed):
        strip.dim.click()
    assert strip.is_dimming
    with qtbot.waitSignal(strip.changed):
        strip.cross.click()
    assert strip.brush is None


@pytest.mark.parametrize("width", [120, 300, 431, 616, 1400])
@pytest.mark.parametrize("first", [(2025, 1), (2025, 9), (2024, 12)])
def test_what_stands_below_the_bars_never_lies_over_its_neighbour(bar, width, first):
    year, month = first
    bar.resize(width, 60)
    bar.show_months(
        [(date(year + (month + n - 1) // 12, (month + n - 1) % 12 + 1, 1), n) for n in range(14)]
    )
    measure = QFontMetricsF(fonts.caption())
    ends = [(x, x + measure.horizontalAdvance(words)) for x, words in bar.foot_words()]
    assert ends
    assert all(right < left for (_x, right), (left, _end) in pairwise(ends))
