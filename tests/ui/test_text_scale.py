"""Tables and boxes at a text scale of 200 %, and back at 100 %."""

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.widgets.headers import FlowBar
from ocgdesk.ui.widgets.inputs import CheckBox, PassphraseBox, SearchBox


@pytest.mark.parametrize("density", list(Density))
def test_rows_are_as_high_again_as_before(qtbot: QtBot, dressed: QApplication, density: Density):
    table = RowTable(name="Rows", density=density)
    qtbot.addWidget(table)
    model = QStandardItemModel(20, 3)
    table.setModel(model)
    table.show()
    heights = []
    for scale in (1.0, 2.0, 1.0):
        theme.apply(dressed, theme.load("light"), text_scale=scale)
        heights.append({table.rowHeight(row) for row in range(model.rowCount())})
    assert heights == [{int(density)}, {2 * int(density)}, {int(density)}]


def test_the_icons_inside_boxes_grow_with_the_text(qtbot: QtBot, dressed: QApplication):
    search, phrase = SearchBox("Find"), PassphraseBox("Passphrase")
    for box in (search, phrase):
        qtbot.addWidget(box)
        box.show()
    icons = (search.leading, phrase.leading, phrase.trailing)
    sides = []
    for scale in (1.0, 2.0, 1.0):
        theme.apply(dressed, theme.load("light"), text_scale=scale)
        sides.append([icon.width() for icon in icons if icon is not None])
    assert sides == [[22] * 3, [44] * 3, [22] * 3]


def test_the_eye_shows_and_hides_a_passphrase(qtbot: QtBot, dressed: QApplication):
    box = PassphraseBox("Passphrase")
    qtbot.addWidget(box)
    box.setText("four quiet lanterns drift")
    assert box.trailing is not None
    assert box.trailing.accessibleName() == "Show the passphrase"
    assert box.displayText() != box.text()
    box.trailing.click()
    assert box.displayText() == box.text()
    assert box.trailing.toolTip() == "Hide the passphrase"
    theme.apply(dressed, theme.load("light"), text_scale=1.0)


def test_a_bar_of_controls_takes_as_many_rows_as_it_needs(qtbot, dressed) -> None:
    bar = FlowBar()
    qtbot.addWidget(bar)
    boxes = [CheckBox("Without untested sources") for _ in range(4)]
    bar.add(*boxes)
    bar.resize(700, 40)
    bar.show()
    rows = []
    for scale in (1.0, 2.0):
        theme.apply(dressed, theme.load("light"), text_scale=scale)
        bar.resize(700, bar.heightForWidth(700) if bar.hasHeightForWidth() else 40)
        bar.flow.seat()
        rows.append(len({box.y() for box in boxes}))
        assert all(box.width() >= box.sizeHint().width() for box in boxes)
        assert all(box.geometry().right() <= bar.flow.width() for box in boxes)
    theme.apply(dressed, theme.load("light"), text_scale=1.0)
    assert rows[0] < rows[1]
    boxes[0].hide()
    qtbot.waitUntil(lambda: boxes[1].x() == 0)
