"""Large charts: what was cut is said, and the window is never held up."""

from chart_pages import drag, labels, settled
from makers import a_link, a_phone
from PySide6.QtCore import QPoint

from ocgdesk.casework import chart_narrowing, charts, records
from ocgdesk.ui.navigation import PageKind, Target


def test_what_was_cut_is_still_said_when_a_kept_chart_is_opened_again(
    qtbot, show, hub, desk
) -> None:
    page = show(hub)
    said = page.view.error.sentence.text()
    assert said.startswith("500 items shown, 11 more left out: nearest first, then by strongest")
    page.save_as("Cut")
    qtbot.waitUntil(lambda: page.chart is not None, timeout=10_000)
    again = show(id=page.chart.id)
    assert again.view.error.sentence.text() == said
    assert not again.view.error.isHidden()
    assert again.as_asked().arrangement.scene.cut == said


def test_what_expanding_left_out_is_still_said_when_a_kept_chart_is_opened_again(
    qtbot, show, given, kept, desk, chain
) -> None:
    phones = given(*(a_phone(f"07700 9{n:05}") for n in range(130)))
    given(*(a_link(chain[2], phone) for phone in phones))
    settled(qtbot, kept)
    kept._on_expand(chain[2].id)
    qtbot.waitUntil(lambda: kept.ready() and len(labels(kept)) > 90, timeout=20_000)
    said = kept.view.error.sentence.text()
    assert said.startswith("100 items shown, 33 more left out")
    again = show(id=kept.chart.id)
    assert again.view.error.sentence.text() == said
    desk.undo()
    qtbot.waitUntil(lambda: again.ready() and len(labels(again)) == 3, timeout=20_000)
    assert again.expanded == ()
    assert again.view.error.isHidden()


def test_a_chart_of_500_items_never_holds_the_window_up(qtbot, show, hub, heartbeat) -> None:
    show(hub)  # what is imported and warmed once is not what is measured
    heartbeat.start()
    page = show(hub)
    qtbot.wait(200)
    assert len(page.arrangement.scene.items) == 500
    assert len(page.canvas.index.nodes) == 500
    assert heartbeat.busy_ms < 100


def test_acts_on_500_items_never_hold_the_window_up(qtbot, show, hub, heartbeat) -> None:
    page = show(hub)
    ids = [node.id for node in page.canvas.index.nodes]
    acts = (
        page.canvas.select_all,
        page.canvas.select_none,
        lambda: page.looks.show_kind("ocg", shown=False),
        lambda: page.looks.show_kind("ocg", shown=True),
        lambda: page.canvas.select(ids[10:60]),
        page.canvas.hide_selected,
        page.canvas.show_hidden,
        lambda: drag(qtbot, page, ids[3], QPoint(40, 30)),
    )
    for act in acts:
        heartbeat.start()
        act()
        qtbot.waitUntil(page.ready)
        qtbot.wait(100)
        assert heartbeat.busy_ms < 100


def test_too_many_items_lead_to_the_overview_or_to_those_linked_most(
    qtbot, show, chain, monkeypatch
) -> None:
    monkeypatch.setattr(charts, "MOST_OPENED", 3)
    page = show(items=tuple(person.id for person in chain))
    empty = page.view.empty
    assert empty.sentence.text() == (
        "5 items is too many to read: show the overview or those linked most."
    )
    with qtbot.waitSignal(page.opened) as opened:
        empty.button.click()
    assert opened.args[0] == Target(page=PageKind.CHART, overview="ocg-ocg")
    monkeypatch.setattr(chart_narrowing.most_linked, "__defaults__", (3,))
    with qtbot.waitSignal(page.opened) as opened:
        empty.other.click()
    assert {p.name for p in chain if p.id in opened.args[0].items} == {"Bob", "Cat", "Dan"}


def test_a_kept_chart_of_too_many_leads_to_two_hops_round_what_it_was_drawn_round(
    qtbot, show, kept, chain, monkeypatch
) -> None:
    monkeypatch.setattr(charts, "MOST_OPENED", 2)
    page = show(id=kept.chart.id)
    assert "narrow to 2 hops" in page.view.empty.sentence.text()
    assert page.view.empty.other.text() == "Narrow to 2 hops"
    with qtbot.waitSignal(page.opened) as opened:
        page.view.empty.other.click()
    assert opened.args[0] == Target(page=PageKind.CHART, focus=(chain[0].id,), hops=2)


def test_another_failure_offers_to_try_again_and_nothing_else(show, chain, desk) -> None:
    desk.do("Remove", lambda work: records.remove(work, [chain[0].id]))
    page = show(chain[0])
    assert page.view.empty.button.text() == "Try again"
    assert page.view.empty.other.isHidden()
