"""The rows of a register: order whole, cells in windows, all of it in SQL."""

import pytest
from makers import a_line, a_nominal, an_ocg
from pytestqt.qtbot import QtBot

from ocgdesk.domain.kinds import Kind
from ocgdesk.store.listing import Filter, Test
from ocgdesk.ui.delegates.roles import CellRole, HeadingRole
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.register_model import KEPT, WINDOW, RegisterModel
from ocgdesk.ui.widgets.values import Chip, Entity, Status

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def model(desk: Desk, qtbot: QtBot):
    made: list[RegisterModel] = []

    def make(kind: Kind = Kind.OCG) -> RegisterModel:
        made.append(RegisterModel(desk, kind))
        made[-1].refresh()
        settle(qtbot, made[-1])
        return made[-1]

    yield make
    for one in made:
        one.stop()


def settle(qtbot: QtBot, model: RegisterModel) -> None:
    qtbot.waitUntil(model.is_settled)


def labels(qtbot: QtBot, model: RegisterModel) -> list[str]:
    for row in range(model.rowCount()):
        model.index(row, 1).data()
    settle(qtbot, model)
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def column(model: RegisterModel, name: str) -> int:
    return next(n for n, spec in enumerate(model.specs, start=1) if spec.name == name)


def test_it_is_a_proper_model(given, model, qtbot: QtBot, qtmodeltester) -> None:
    given(an_ocg("Tarnbrook"), an_ocg("Castlefold"))
    made = model()
    labels(qtbot, made)
    qtmodeltester.check(made)


def test_cells_are_dots_until_they_come(given, model, qtbot: QtBot) -> None:
    given(an_ocg("Tarnbrook"))
    made = model()
    assert made.index(0, 1).data() == "…"
    settle(qtbot, made)
    assert made.index(0, 1).data() == "Tarnbrook"


def test_a_header_orders_up_then_down_then_not_at_all(given, model, qtbot: QtBot) -> None:
    given(an_ocg("Beta", tier="t1"), an_ocg("Alpha", tier="t2"), an_ocg("Gamma", tier="t1"))
    made = model()
    tier = column(made, "tier")
    made.turn(tier)
    settle(qtbot, made)
    assert labels(qtbot, made) == ["Beta", "Gamma", "Alpha"]
    assert made.headerData(tier, qt_horizontal(), HeadingRole).sort == 1
    made.turn(tier)
    settle(qtbot, made)
    assert labels(qtbot, made)[0] == "Alpha"
    made.turn(tier)
    settle(qtbot, made)
    assert labels(qtbot, made) == ["Alpha", "Beta", "Gamma"]
    assert made.headerData(tier, qt_horizontal(), HeadingRole).sort == 0


def qt_horizontal():
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


def test_a_second_order_ranks_after_the_first(given, model, qtbot: QtBot) -> None:
    given(an_ocg("Beta", tier="t1"), an_ocg("Alpha", tier="t2"), an_ocg("Gamma", tier="t1"))
    made = model()
    made.turn(column(made, "tier"))
    made.turn(column(made, "name"), add=True)
    made.turn(column(made, "name"), add=True)
    settle(qtbot, made)
    assert labels(qtbot, made) == ["Gamma", "Beta", "Alpha"]
    ranks = [
        made.headerData(column(made, name), qt_horizontal(), HeadingRole).rank
        for name in ("tier", "name")
    ]
    assert ranks == [1, 2]


def test_filters_and_words_narrow_and_the_whole_is_still_counted(
    given, model, qtbot: QtBot
) -> None:
    given(
        an_ocg("Tarnbrook", status="active"),
        an_ocg("Tarn Hows", status="dormant"),
        an_ocg("Castlefold", status="active"),
    )
    made = model()
    made.set_filters([Filter("status", Test.IS, ("active",))])
    made.set_text("tarn")
    settle(qtbot, made)
    assert labels(qtbot, made) == ["Tarnbrook"]
    assert (made.rowCount(), made.total) == (1, 3)


def test_ticks_stay_with_their_records_when_the_order_turns(given, model, qtbot: QtBot) -> None:
    given(an_ocg("Alpha"), an_ocg("Beta"), an_ocg("Gamma"))
    made = model()
    made.tick([0], on=True)
    for _again in range(2):
        made.turn(1)
        settle(qtbot, made)
    assert labels(qtbot, made)[0] == "Gamma"
    assert [made.is_ticked(row) for row in range(3)] == [False, False, True]


def test_an_exploited_person_has_their_own_icon(given, model, qtbot: QtBot) -> None:
    given(a_nominal("Ann Example", exploited=True), a_nominal("Bob Example"))
    made = model(Kind.NOMINAL)
    labels(qtbot, made)
    cells = [made.index(row, 1).data(CellRole) for row in range(2)]
    assert [cell.kind for cell in cells if isinstance(cell, Entity)] == ["exploited", "nominal"]


def test_states_and_clocks_carry_a_word_and_an_icon(given, desk, model, qtbot: QtBot) -> None:
    from datetime import timedelta

    over = desk.today() - timedelta(days=20)
    given(an_ocg("Tarnbrook", status="active", review_due=over))
    made = model()
    labels(qtbot, made)
    status = made.index(0, column(made, "status")).data(CellRole)
    assert status == Status("Active", "status.active", "ok")
    review = made.index(0, column(made, "review_due")).data(CellRole)
    assert isinstance(review, Chip)
    assert (review.tone, review.hint) == ("overdue", "20 days over")
    lro = made.index(0, column(made, "lro")).data(CellRole)
    assert isinstance(lro, Status)
    assert lro.word == "None"


def test_only_some_windows_are_held(given, model, qtbot: QtBot) -> None:
    given(*(a_line(f"Line {n:05}") for n in range(WINDOW * (KEPT + 6))))
    made = model(Kind.COUNTY_LINE)
    for window in range(KEPT + 6):
        made.index(window * WINDOW, 1).data()
        settle(qtbot, made)
    assert made.row(0) is None
    last = (KEPT + 5) * WINDOW
    assert made.index(last, 1).data() == f"Line {last:05}"
