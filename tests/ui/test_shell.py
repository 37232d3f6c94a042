"""The window round the pages: places, tabs, inspector, status, search, unlocking."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from ui import gallery

from ocgdesk.ui import theme
from ocgdesk.ui.shell.frame import Shell
from ocgdesk.ui.shell.palette import SearchPalette
from ocgdesk.ui.shell.unlock import UnlockPage
from ocgdesk.ui.shell.values import KnownUser, KnownWorkspace, StatusPart
from ocgdesk.ui.widgets.labels import Label

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def shell(qtbot, qapp: QApplication) -> Shell:
    theme.apply(qapp, theme.load("light"))
    made = gallery.shell("home")
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_the_marking_is_above_and_below_everything_else(shell: Shell) -> None:
    top, bottom = shell.banners
    assert top.mapTo(shell, QPoint(0, 0)).y() == 0
    assert bottom.mapTo(shell, QPoint(0, 0)).y() + bottom.height() == shell.height()


def test_a_place_in_the_rail_tells_its_key(qtbot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.rail_chosen) as told:
        qtbot.mouseClick(shell.rail.buttons["handle"], LEFT)
    assert told.args == ["handle"]
    assert shell.rail.buttons["home"].isChecked()


def test_alt_and_a_figure_goes_to_that_place(qtbot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.rail_chosen) as told:
        qtbot.keyClick(shell, Qt.Key.Key_2, ALT)
    assert told.args == ["ocg"]


def test_ctrl_b_folds_the_rail_to_icons_with_tooltips(qtbot, shell: Shell) -> None:
    assert shell.rail.width() == 200
    qtbot.keyClick(shell, Qt.Key.Key_B, CTRL)
    assert shell.rail.width() == 52
    assert shell.rail.buttons["nominal"].toolTip() == "Nominals"


def test_the_rail_is_folded_in_a_narrow_window_and_on_wide_pages(shell: Shell) -> None:
    shell.open_page("big", "Chart", "page.chart", QWidget, wide=True)
    assert shell.rail.folded
    shell.open_page("home", "Home", "page.home", QWidget)
    assert not shell.rail.folded
    shell.resize(1280, 720)
    assert shell.rail.folded


def test_counts_change_without_new_buttons(shell: Shell) -> None:
    before = shell.rail.buttons["ocg"]
    shell.show_places(gallery.PLACES, gallery.FOOT)
    assert shell.rail.buttons["ocg"] is before


def test_a_page_is_made_when_first_shown_and_only_once(shell: Shell) -> None:
    made: list[QWidget] = []

    def factory() -> QWidget:
        made.append(Label("page"))
        return made[-1]

    shell.open_page("new", "New", "entity.ocg", factory, select=False)
    assert made == []
    shell.open_page("new", "New", "entity.ocg", factory)
    shell.open_page("home", "Home", "page.home", factory)
    shell.open_page("new", "New", "entity.ocg", factory)
    assert len(made) == 1
    assert shell.page("new") is made[0]
    assert made[0].isVisible()


def test_the_page_shown_is_told(qtbot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.page_shown) as told:
        qtbot.keyClick(shell, Qt.Key.Key_Tab, CTRL)
    assert told.args == ["ocg"]
    assert shell.current_key() == "ocg"


def test_ctrl_w_closes_and_ctrl_shift_t_reopens(qtbot, shell: Shell) -> None:
    shell.open_page("ocg", "OCGs", "entity.ocg", QWidget)
    with qtbot.waitSignal(shell.page_closed) as told:
        qtbot.keyClick(shell, Qt.Key.Key_W, CTRL)
    assert told.args == ["ocg"]
    assert "ocg" not in shell.open_keys()
    qtbot.keyClick(shell, Qt.Key.Key_T, CTRL | SHIFT)
    assert shell.current_key() == "ocg"


def test_a_middle_click_and_the_cross_close_a_tab(qtbot, shell: Shell) -> None:
    tabs = shell.strip.tabs
    qtbot.mouseClick(tabs, MIDDLE, pos=tabs.tabRect(1).center())
    assert shell.open_keys() == ("home", "parts", "chart")
    box = tabs.tabRect(1)
    qtbot.mouseClick(tabs, LEFT, pos=QPoint(box.right() - 15, box.center().y()))
    assert shell.open_keys() == ("home", "chart")


def test_closing_every_page_says_that_there_is_none(shell: Shell) -> None:
    told: list[str] = []
    shell.page_shown.connect(told.append)
    for key in shell.open_keys():
        shell.close_page(key)
    assert shell.open_keys() == ()
    assert told[-1] == ""


def test_tabs_are_never_wider_than_236(shell: Shell) -> None:
    assert max(shell.strip.tabs.tabRect(at).width() for at in range(4)) <= 236


def test_a_renamed_page_has_its_new_title(shell: Shell) -> None:
    shell.rename_page("ocg", "Tarnbrook and others")
    assert "Tarnbrook and others" in [shell.strip.tabs.tabText(at) for at in range(4)]


def test_undo_names_the_act_and_is_refused_with_a_reason(qtbot, shell: Shell) -> None:
    assert "merge Ewan Price into Ewan Pryce" in shell.strip.undo_button.toolTip()
    assert not shell.strip.redo_button.isEnabled()
    assert shell.strip.redo_button.toolTip() == "Nothing of yours to redo"
    with qtbot.waitSignal(shell.undo_requested):
        qtbot.mouseClick(shell.strip.undo_button, LEFT)
    with qtbot.waitSignal(shell.undo_requested):
        qtbot.keyClick(shell, Qt.Key.Key_Z, CTRL)
    with qtbot.waitSignal(shell.redo_requested):
        qtbot.keyClick(shell, Qt.Key.Key_Y, CTRL)


def test_search_and_lock_have_their_keys(qtbot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.search_requested):
        qtbot.keyClick(shell, Qt.Key.Key_K, CTRL)
    with qtbot.waitSignal(shell.search_requested):
        qtbot.mouseClick(shell.strip.search_button, LEFT)
    with qtbot.waitSignal(shell.lock_requested):
        qtbot.keyClick(shell, Qt.Key.Key_L, CTRL)


def test_each_part_of_the_status_bar_is_a_button(qtbot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.status_chosen) as told:
        qtbot.mouseClick(shell.status.parts["filter"], LEFT)
    assert told.args == ["filter"]
    with qtbot.waitSignal(shell.lock_requested):
        qtbot.mouseClick(shell.status.parts["lock"], LEFT)


def test_a_job_shows_how_far_it_is_and_can_be_cancelled(qtbot, shell: Shell) -> None:
    job = StatusPart(key="job", words="Importing", percent=41, can_cancel=True)
    shell.show_status((), (job, *gallery.RIGHT))
    part = shell.status.parts["job"]
    qtbot.wait(10)
    assert part.accessibleName() == "Importing 41 %"
    with qtbot.waitSignal(shell.job_cancelled) as told:
        spot = QPoint(part.width() - 12, part.height() // 2)
        qtbot.mouseClick(part, LEFT, pos=spot)
    assert told.args == ["job"]


def test_the_inspector_stands_beside_the_page_or_over_it(qtbot, shell: Shell) -> None:
    inspector = shell.area.inspector
    inspector.show_content(Label("Kyle Penhallow"), caption="Membership", icon="entity.nominal")
    qtbot.keyClick(shell, Qt.Key.Key_I, CTRL)
    assert shell.inspector_shown
    assert inspector.width() == 320
    assert shell.area.pages.width() == shell.area.width() - 320
    shell.resize(1280, 720)
    assert inspector.width() == 280
    assert shell.area.pages.width() == shell.area.width()
    qtbot.keyClick(shell, Qt.Key.Key_I, CTRL)
    assert not shell.inspector_shown


def test_the_inspector_replaces_what_it_showed(shell: Shell) -> None:
    inspector = shell.area.inspector
    inspector.show_content(Label("one"), footer=Label("foot"))
    second = Label("two")
    inspector.show_content(second)
    assert inspector.content is second


def test_a_past_moment_is_said_under_the_tabs_with_a_way_back(shell: Shell) -> None:
    shell.show_as_at("1 Nov 2025, 00:00")
    assert shell.as_at.isVisible()
    assert shell.as_at.words.text() == "As at 1 Nov 2025, 00:00. Read only."
    shell.show_as_at("")
    assert not shell.as_at.isVisible()


def test_files_dropped_anywhere_are_told_by_path(qtbot, shell: Shell, tmp_path) -> None:
    file = tmp_path / "nodes.csv"
    file.write_text("id\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.invalid/x")])
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(shell.files_dropped) as told:
        shell.dropEvent(event)
    assert told.args == [[str(file)]]


def test_f6_goes_round_the_parts_of_the_window(qtbot, shell: Shell) -> None:
    seen = []
    for _ in range(4):
        qtbot.keyClick(shell, Qt.Key.Key_F6)
        now = shell.focusWidget()
        parts = (shell.strip, shell.area.pages, shell.status, shell.rail)
        seen.append(next(i for i, part in enumerate(parts) if part.isAncestorOf(now)))
    assert seen == [0, 1, 2, 3]


def test_the_toast_does_not_cover_the_rail_or_the_status_bar(shell: Shell) -> None:
    shell.show_toast("Merged 2 nominals.", "Undo")
    box = shell.toast.geometry()
    assert box.left() >= shell.rail.width()
    assert box.bottom() < shell.body.height() - shell.status.height()


@pytest.fixture
def palette(shell: Shell) -> SearchPalette:
    made = SearchPalette(shell.body)
    made.show_results(gallery.results())
    made.summon("pen kyle")
    return made


def chosen_title(palette: SearchPalette) -> str:
    return palette.model.row(palette.list.currentIndex().row()).title


def test_the_palette_leaves_the_marking_visible(shell: Shell, palette: SearchPalette) -> None:
    covered = palette.rect().translated(palette.mapTo(shell, QPoint(0, 0)))
    for banner in shell.banners:
        assert not covered.intersects(banner.geometry())
    assert palette.panel.width() == 720


def test_arrows_pass_over_captions_and_tab_goes_to_the_next_group(
    qtbot, palette: SearchPalette
) -> None:
    assert chosen_title(palette) == "Kyle Penhallow"
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    assert chosen_title(palette) == "Penrhos"
    qtbot.keyClick(palette.box, Qt.Key.Key_Tab)
    assert chosen_title(palette) == "openpenny"
    qtbot.keyClick(palette.box, Qt.Key.Key_Backtab)
    assert chosen_title(palette) == "Penrhos"
    qtbot.keyClick(palette.box, Qt.Key.Key_Up)
    qtbot.keyClick(palette.box, Qt.Key.Key_Up)
    qtbot.keyClick(palette.box, Qt.Key.Key_Up)
    assert chosen_title(palette) == "New chart round Kyle Penhallow"


@pytest.mark.parametrize(("key", "aside"), [(Qt.KeyboardModifier.NoModifier, False), (CTRL, True)])
def test_enter_opens_a_result_here_or_in_a_new_tab(
    qtbot, palette: SearchPalette, key: Qt.KeyboardModifier, *, aside: bool
) -> None:
    with qtbot.waitSignal(palette.chosen) as told:
        qtbot.keyClick(palette.box, Qt.Key.Key_Return, key)
    assert told.args == [1, aside]
    assert not palette.isVisible()


def test_escape_closes_the_palette(qtbot, palette: SearchPalette) -> None:
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_query_is_told_after_the_last_key_and_saved_with_ctrl_s(
    qtbot, palette: SearchPalette
) -> None:
    palette.box.clear()
    told: list[str] = []
    palette.query_changed.connect(told.append)
    with qtbot.waitSignal(palette.query_changed):
        qtbot.keyClicks(palette.box, "07*321")
    assert told == ["07*321"]
    with qtbot.waitSignal(palette.watch_requested) as watched:
        qtbot.keyClick(palette.box, Qt.Key.Key_S, CTRL)
    assert watched.args == ["07*321"]


def test_nothing_found_is_said_in_a_sentence(palette: SearchPalette) -> None:
    palette.show_results((), "Nothing found for “qxv”. Try fewer letters.")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()


@pytest.fixture
def unlock(qtbot, qapp: QApplication) -> UnlockPage:
    theme.apply(qapp, theme.load("light"))
    made = gallery.unlock()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_unlock_card_has_its_size_and_the_cursor_in_the_passphrase(unlock: UnlockPage) -> None:
    assert (unlock.card.width(), unlock.card.height()) == (860, 476)
    assert unlock.focusWidget() is unlock.card.passphrase


def test_enter_tells_path_user_and_passphrase(qtbot, unlock: UnlockPage) -> None:
    with qtbot.waitSignal(unlock.card.unlock_requested) as told:
        qtbot.keyClick(unlock.card.passphrase, Qt.Key.Key_Return)
    assert told.args == ["/w/a.ocgdesk", "a.rowe", "correct horse battery"]


def test_a_workspace_without_known_users_asks_for_a_name(qtbot, unlock: UnlockPage) -> None:
    with qtbot.waitSignal(unlock.card.workspace_chosen) as told:
        qtbot.mouseClick(unlock.card.rows[1], LEFT)
    assert told.args == ["/w/b.ocgdesk"]
    assert unlock.card.user_name.isVisible()
    unlock.card.user_name.setText(" j.mistry ")
    qtbot.keyClicks(unlock.card.passphrase, "secret words")
    with qtbot.waitSignal(unlock.card.unlock_requested) as asked:
        qtbot.mouseClick(unlock.card.unlock_button, LEFT)
    assert asked.args == ["/w/b.ocgdesk", "j.mistry", "secret words"]


def test_users_named_later_are_offered(unlock: UnlockPage) -> None:
    unlock.card.show_users((KnownUser(name="k", shown="K. Bevan"),))
    assert unlock.card.user.isVisible()
    assert unlock.card.user.current == "k"


def test_a_failed_try_is_said_and_the_passphrase_is_gone(unlock: UnlockPage) -> None:
    unlock.card.show_error("That did not unlock the workspace. Try again in 4 seconds.")
    assert unlock.card.error.isVisible()
    assert unlock.card.passphrase.text() == ""


def test_nothing_is_told_while_the_key_is_derived(qtbot, unlock: UnlockPage) -> None:
    unlock.card.show_busy(busy=True)
    with qtbot.assertNotEmitted(unlock.card.unlock_requested):
        qtbot.keyClick(unlock.card, Qt.Key.Key_Return)
    unlock.card.show_busy(busy=False)
    assert unlock.card.unlock_button.isEnabled()


def test_the_first_start_offers_to_make_or_open(qtbot, unlock: UnlockPage) -> None:
    unlock.card.show_workspaces(())
    assert not unlock.card.unlock_button.isEnabled()
    with qtbot.waitSignal(unlock.card.new_requested):
        qtbot.mouseClick(unlock.card.new_button, LEFT)
    with qtbot.waitSignal(unlock.card.open_file_requested):
        qtbot.mouseClick(unlock.card.open_button, LEFT)


def test_a_missing_workspace_is_not_the_one_offered(unlock: UnlockPage) -> None:
    gone = KnownWorkspace(path="/w/x.ocgdesk", name="Gone", missing=True)
    here = KnownWorkspace(path="/w/y.ocgdesk", name="Here")
    unlock.card.show_workspaces((gone, here))
    assert unlock.card.title.text() == "Unlock Here"


def test_the_unlock_page_is_shown_before_anything_heavy_is_imported() -> None:
    heavy = "{'sqlalchemy', 'pandas', 'matplotlib', 'igraph', 'networkx', 'numpy'}"
    code = f"import ocgdesk.ui.shell.unlock, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", theme.NAMES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_page_of_the_gallery_is_drawn(
    qtbot, qapp: QApplication, name: str, scale: float
) -> None:
    theme.apply(qapp, theme.load(name), text_scale=scale)
    for page in ("home", "ocg", "parts"):
        window = gallery.shell(page)
        qtbot.addWidget(window)
        window.resize(1280, 720)
        window.show()
        image = window.grab().toImage()
        assert image.pixelColor(5, 5).name() == theme.current().colour(
            "banner.official-sensitive.ground"
        ).lower()  # fmt: skip
        window.close()
    theme.apply(qapp, theme.load("light"))
