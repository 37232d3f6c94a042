"""Where the device was: days as cells on the ledger of a handle, told to mouse, key and reader."""

import pytest
from makers import a_handle, a_link, a_nominal, a_phone
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Location
from ocgdesk.domain.links import Attribution
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.triage_page import TriagePage

pytestmark = pytest.mark.usefixtures("dressed", "own_settings")
MAY = {n: PartialDate(2020, 5, n) for n in range(1, 32)}


@pytest.fixture
def board(desk: Desk, qtbot: QtBot):
    made = []

    def open_() -> TriagePage:
        page = TriagePage(desk, Target(page=PageKind.TRIAGE))
        qtbot.addWidget(page)
        page.resize(1300, 900)
        page.show()
        QApplication.processEvents()
        qtbot.waitUntil(lambda: page.ready() and page.ledger is not None)
        made.append(page)
        return page

    yield open_
    for page in made:
        page.leave()


@pytest.fixture
def seen(given):
    handle, ann, bob = given(
        a_handle("falcon", first_seen=MAY[1], last_seen=MAY[20]), a_nominal("Ann"), a_nominal("Bob")
    )
    phone, cell = given(a_phone("07700 900001"), Location(name="Cell 101"))
    given(
        Attribution(source=handle.id, target=ann.id, status="reviewed"),
        Attribution(source=handle.id, target=bob.id),
        a_link(ann, phone, type="uses"),
        *(
            a_link(thing, cell, type="seen-at", start=MAY[n], end=MAY[n])
            for thing, n in ((handle, 3), (handle, 9), (phone, 3))
        ),
    )


def test_the_candidate_chosen_has_their_days_beside_the_handles(seen, board, qtbot: QtBot) -> None:
    page = board()
    days = page.sheet.days
    assert days.strip.isVisible()
    assert [track.title for track in days.strip.tracks] == ["Handle", "Phone"]
    assert days.said.text() == "A place on 2 days, phone at the same place on 1."
    page.sheet.step(1)
    assert [track.title for track in days.strip.tracks] == ["Handle"]


def test_a_day_is_told_to_keys_and_to_a_screen_reader(seen, board, qtbot: QtBot) -> None:
    strip = board().sheet.days.strip
    strip.setFocus()
    for _step in range(3):
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    said = strip.accessibleDescription()
    assert said.splitlines() == [
        "3 May 2020",
        "Handle: Cell 101, on record",
        "Phone: Cell 101, at the same place",
    ]
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.accessibleDescription().splitlines()[1] == "Handle: within a longer time on record"


def test_the_day_under_the_mouse_is_chosen_and_days_are_painted(
    seen, board, monkeypatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QToolTip, "showText", lambda *_said: None)  # offscreen cannot raise it
    strip = board().sheet.days.strip
    qtbot.waitUntil(lambda: _strong_day(strip) is not None)  # its place may still be laid out
    x = _strong_day(strip)
    qtbot.mouseMove(strip, QPoint(2, 10))  # a move to where it is already is none
    qtbot.mouseMove(strip, QPoint(x + 1, 10))
    qtbot.waitUntil(lambda: strip.day is not None)
    assert strip.day.day == 3


def _strong_day(strip: QWidget) -> int | None:
    """Return where both tracks show a day in strong colour."""
    picture = strip.grab().toImage()
    if picture.height() <= 30:
        return None
    places = range(150, picture.width())
    return next((x for x in places if all(_painted(picture, x, y) for y in (10, 30))), None)


def _painted(picture: QImage, x: int, y: int) -> bool:
    """Tell whether there is strong colour: empty cells are grey, those within a time pale."""
    return QColor(picture.pixel(x, y)).saturation() > 90


def test_without_sightings_it_says_what_would_be_needed(given, board, qtbot: QtBot) -> None:
    given(a_handle("owl"))
    days = board().sheet.days
    assert days.strip.isHidden()
    assert days.said.text().startswith("No place of this handle is on record by day.")
