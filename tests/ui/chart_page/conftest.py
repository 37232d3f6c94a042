"""A chart page over a few people, shown, and kept."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from chart_hands import EMPTY, button, sketched, type_words
from chart_pages import LEFT, settled
from makers import a_link, a_nominal, a_phone, an_ocg
from PySide6.QtCore import Qt

from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.chart.tools import Does
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage


@pytest.fixture
def chain(given):
    """Five people in a line, each linked to the next, and a handle at the first."""
    people = given(*(a_nominal(name) for name in ("Ann", "Bob", "Cat", "Dan", "Eve")))
    given(*(a_link(one, two) for one, two in pairwise(people)))
    return people


@pytest.fixture
def show(qtbot, desk: Desk) -> Callable[..., ChartPage]:
    def open_(*focus, at: Desk | None = None, to_close: bool = False, **more) -> ChartPage:
        target = Target(page=PageKind.CHART, focus=tuple(t.id for t in focus), **more)
        page = ChartPage(at or desk, target)
        if not to_close:
            qtbot.addWidget(page)
        page.resize(1100, 740)
        page.show()
        qtbot.waitExposed(page)
        return settled(qtbot, page)

    return open_


@pytest.fixture
def kept(qtbot, show, chain) -> ChartPage:
    """A chart of Ann, Bob and Cat, kept as "Chain"."""
    page = show(chain[0], hops=2)
    page.save_as("Chain")
    settled(qtbot, page)
    assert page.chart is not None
    return page


@pytest.fixture
def hub(given):
    """An OCG with 510 phones, and one of them with 130 more."""
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(510)))
    given(*(a_link(hub, phone) for phone in phones))
    return hub


@pytest.fixture
def note(qtbot, kept, chain):
    """A note about Bob on the kept chart."""
    kept.canvas.setFocus()
    kept.canvas.select([chain[1].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_T)
    type_words(qtbot, kept, "Seen twice", lines=True)
    settled(qtbot, kept)
    return kept.arrangement.scene.notes[0]


@pytest.fixture
def sketch(qtbot, kept):
    """A nominal sketched on the kept chart."""
    kept.palette_bar.sketch_button.click()
    button(kept, Does.ITEM, Kind.NOMINAL).click()
    qtbot.mouseClick(kept.canvas, LEFT, pos=EMPTY)
    type_words(qtbot, kept, "Supplier")
    settled(qtbot, kept)
    kept.palette_bar.sketch_button.click()
    return sketched(kept)[0]
