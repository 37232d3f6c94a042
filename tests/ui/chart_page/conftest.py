"""A chart page over a few people, shown, and kept."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from chart_pages import settled
from makers import a_link, a_nominal, a_phone, an_ocg

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
