"""A chart page that is closed while it works leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chart_pages import PURPOSE, labels, last_entry
from makers import a_link, a_phone, an_ocg
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from ocgdesk.casework import charts
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage


def at_rest(desk: Desk) -> bool:
    return [job for job in desk.jobs.running if job.title] == []


def close(page: ChartPage) -> None:
    """Close the page as the window closes a tab."""
    page.leave()
    page.hide()
    page.deleteLater()


class Begun(QObject):
    """Does something as soon as so many jobs that are shown to the user have begun."""

    def __init__(self, desk: Desk, many: int, then: Callable[[], None]) -> None:
        super().__init__(desk)
        self.titles: list[str] = []
        self.done = False
        self._many, self._then = many, then
        desk.jobs.started.connect(self._on_started)

    @Slot(object)
    def _on_started(self, job: Job) -> None:
        if job.title and not self.done:
            self.titles.append(job.title)
            if len(self.titles) == self._many:
                QTimer.singleShot(0, self._act)

    @Slot()
    def _act(self) -> None:
        self._then()
        self.done = True


def test_leaving_the_page_cancels_what_it_asked(qtbot, desk, chain) -> None:
    page = ChartPage(desk, Target(page=PageKind.CHART, focus=(chain[0].id,)))
    qtbot.addWidget(page)
    page.leave()
    qtbot.waitUntil(lambda: at_rest(desk))
    assert labels(page) == set()


def test_a_page_closed_while_it_is_laid_out_leaves_nothing_behind(qtbot, desk, chain) -> None:
    page = ChartPage(desk, Target(page=PageKind.CHART, focus=(chain[0].id,)))
    page.show()
    begun = Begun(desk, 2, lambda: close(page))
    qtbot.waitUntil(lambda: begun.done and not isValid(page) and at_rest(desk), timeout=20_000)
    assert begun.titles == ["Draw chart", "Lay out chart"]


def test_a_page_closed_while_it_is_drawn_leaves_nothing_behind(qtbot, desk, show, given) -> None:
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(200)))
    given(*(a_link(hub, phone) for phone in phones))
    page = show(hub, to_close=True)
    page.looks.show_kind("ocg", shown=False)
    assert not page.canvas.is_drawn
    close(page)
    qtbot.waitUntil(lambda: not isValid(page))
    assert at_rest(desk)
    qtbot.wait(50)


@pytest.mark.parametrize("way", ["file", "clipboard"])
@pytest.mark.parametrize("after", [1, 2])
def test_a_page_closed_while_it_exports_leaves_no_file_no_copy_and_no_entry(
    qtbot, show, chain, desk, tmp_path: Path, way, after
) -> None:
    page = show(chain[0], to_close=True)
    QGuiApplication.clipboard().setText("as it was")
    before = last_entry(desk)
    begun = Begun(desk, after, lambda: close(page))
    if way == "file":
        page.papers.export(tmp_path / "chart.png", page.as_asked(), PURPOSE)
    else:
        page.papers.copy(page.as_asked(), PURPOSE)
    qtbot.waitUntil(lambda: begun.done and not isValid(page) and at_rest(desk), timeout=20_000)
    assert last_entry(desk) == before
    assert list(tmp_path.glob("chart*")) == []
    assert QGuiApplication.clipboard().text() == "as it was"
    QGuiApplication.clipboard().clear()


def test_a_page_closed_while_a_large_chart_is_kept_lets_it_be_kept(
    qtbot, show, given, desk
) -> None:
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(250)))
    given(*(a_link(hub, phone) for phone in phones))
    page = show(hub, to_close=True)
    page.save_as("Large")
    close(page)
    qtbot.waitUntil(lambda: not isValid(page))
    qtbot.waitUntil(lambda: at_rest(desk), timeout=20_000)
    with desk.workspace.reading() as reader:
        (chart,) = reader.load(listing.order(reader, ListQuery(kind=Kind.CHART)))
        assert chart.title == "Large"
        assert len(charts.open_chart(reader, chart.id)[1].places) == 251
