"""The parts every page is built from: what they show, say and tell."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from ui.gallery import Register

from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.widgets import focus
from ocgdesk.ui.widgets import values as v
from ocgdesk.ui.widgets.banner import MarkingBanner
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, icon_button, primary
from ocgdesk.ui.widgets.chips import ChipLabel, Filter, FilterChip, GradingChip
from ocgdesk.ui.widgets.fields import Field, FieldRow
from ocgdesk.ui.widgets.headers import Act, FilterBar, PageHeader, SelectionBar
from ocgdesk.ui.widgets.inputs import CheckBox, Option, PassphraseBox, SearchBox, Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner, Toast
from ocgdesk.ui.widgets.tiles import Stat, StatRow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    theme.apply(qapp, theme.load("light"))


def shown(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def colours(widget: QWidget) -> set[str]:
    """Return every colour a widget is painted with."""
    image = widget.grab().toImage()
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in spots}


def test_the_marking_is_painted_in_its_colour_and_said(qtbot) -> None:
    banner = MarkingBanner("official-sensitive", synthetic=True)
    banner.resize(800, 22)
    shown(qtbot, banner)
    assert banner.height() == 22
    painted = colours(banner)
    assert {"#7a1230", "#4a4560"} <= painted
    assert "OFFICIAL-SENSITIVE" in banner.accessibleName()
    assert "synthetic" in banner.accessibleName()


def test_a_lower_marking_has_another_colour_and_no_slab(qtbot) -> None:
    banner = MarkingBanner("official")
    banner.resize(400, 22)
    shown(qtbot, banner)
    assert "#3b4656" in colours(banner)
    assert "#4a4560" not in colours(banner)


def test_a_refused_button_says_why_and_is_itself_again_when_allowed(qtbot) -> None:
    button = shown(qtbot, primary("Sign version 7", key="Ctrl+Enter"))
    button.explain("Sign and fix this version")
    button.refuse("Protect is empty: add an action or give a reason.")
    assert not button.isEnabled()
    assert "Protect is empty" in button.toolTip()
    assert theme.current().colour("accent").lower() not in colours(button)
    button.allow()
    assert button.toolTip() == "Sign and fix this version"
    assert theme.current().colour("accent").lower() in colours(button)


def test_an_icon_button_has_a_name_and_its_key_in_the_tooltip(qtbot) -> None:
    button = shown(qtbot, icon_button("action.undo", "Undo", key="Ctrl+Z"))
    assert button.accessibleName() == "Undo"
    assert button.toolTip() == "Undo (Ctrl+Z)"
    assert min(button.width(), button.height()) >= 24


def test_a_segmented_control_tells_the_choice_of_the_user_only(qtbot) -> None:
    control = SegmentedControl((Segment("mine", "Mine"), Segment("force", "Force")))
    shown(qtbot, control)
    told: list[str] = []
    control.chosen.connect(told.append)
    control.choose("force")
    assert (control.current, told) == ("force", [])
    qtbot.mouseClick(control, LEFT)
    qtbot.mouseClick(control.childAt(QPoint(10, 10)), LEFT)
    assert told == ["mine"]


def test_a_chip_says_its_word_and_grows_with_it(qtbot) -> None:
    short = shown(qtbot, ChipLabel(v.Chip("3 days", "due", "status.due")))
    long = shown(qtbot, ChipLabel(v.Chip("16 days over, not reviewed", "due", "status.due")))
    assert long.sizeHint().width() > short.sizeHint().width()
    assert short.accessibleName() == "3 days"


def test_chips_have_a_border_in_high_contrast_only(qtbot, qapp: QApplication) -> None:
    chip = shown(qtbot, ChipLabel(v.Chip("3 days", "due")))
    assert "#fcefdc" in colours(chip)
    theme.apply(qapp, theme.load("high-contrast"))
    edge = chip.grab().toImage().pixelColor(chip.width() // 3, 0)
    assert edge.name() == "#ffc266"


def test_a_grade_of_an_untested_source_is_drawn_differently(qtbot) -> None:
    tested = shown(qtbot, GradingChip(v.Grade("3·E·C", 1))).grab().toImage()
    untested = shown(qtbot, GradingChip(v.Grade("3·E·C", 3))).grab().toImage()
    assert tested != untested


def test_a_filter_is_opened_by_a_click_and_taken_away_by_its_cross_or_delete(qtbot) -> None:
    chip = shown(qtbot, FilterChip(Filter("status", "Status: active")))
    opened, removed = [], []
    chip.opened.connect(opened.append)
    chip.removed.connect(removed.append)
    qtbot.mouseClick(chip, LEFT, pos=QPoint(10, 10))
    qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 12, chip.height() // 2))
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert (opened, removed) == (["status"], ["status", "status"])


def test_a_count_filters_when_pressed_and_stops_when_pressed_again(qtbot) -> None:
    row = shown(qtbot, StatRow((
        Stat(key="late", count="6", title="Overdue", tone="overdue", icon="status.overdue"),
        Stat(key="due", count="7", title="Due"),
    )))  # fmt: skip
    told: list[str] = []
    row.chosen.connect(told.append)
    for tile in (row.tiles[0], row.tiles[1], row.tiles[1]):
        qtbot.mouseClick(tile, LEFT)
    assert told == ["late", "due", ""]
    assert row.tiles[0].accessibleName() == "Overdue: 6"


def test_counts_that_change_keep_their_tiles_and_the_choice(qtbot) -> None:
    row = shown(qtbot, StatRow((Stat(key="late", count="6", title="Overdue"),)))
    tile = row.tiles[0]
    qtbot.mouseClick(tile, LEFT)
    row.show_stats((Stat(key="late", count="5", title="Overdue"),))
    assert row.tiles[0] is tile
    assert (tile.stat.count, tile.isChecked()) == ("5", True)


def test_an_empty_page_has_one_sentence_and_one_action(qtbot) -> None:
    page = shown(qtbot, EmptyState("No OCG yet. Add one or import a list.", "New OCG"))
    with qtbot.waitSignal(page.acted):
        qtbot.mouseClick(page.button, LEFT)
    page.show_words("Nothing waits.")
    assert not page.button.isVisible()


def test_an_error_stands_where_it_happened_until_there_is_none(qtbot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    banner = ErrorBanner()
    column.addWidget(banner)
    shown(qtbot, page)
    assert not banner.isVisible()
    banner.say("The overdue list could not be read.", "Verify the workspace")
    assert banner.isVisible()
    assert banner.accessibleName() == "The overdue list could not be read."
    with qtbot.waitSignal(banner.acted):
        qtbot.mouseClick(banner.button, LEFT)
    banner.say("")
    assert not banner.isVisible()


def test_the_toast_offers_the_way_back_and_stays_while_hovered(qtbot) -> None:
    page = QWidget()
    page.resize(600, 400)
    toast = Toast(page)
    shown(qtbot, page)
    toast.say("Merged 2 nominals.", "Undo")
    assert toast.isVisible()
    assert toast.geometry().bottom() < 400
    assert 7000 < toast.timer.remainingTime() <= 8000
    spot = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(spot, spot, spot))
    assert not toast.timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.timer.isActive()
    with qtbot.waitSignal(toast.acted):
        qtbot.mouseClick(toast.button, LEFT)
    assert not toast.isVisible()


def test_a_search_waits_for_the_last_key(qtbot) -> None:
    box = shown(qtbot, SearchBox("Filter these rows"))
    told: list[str] = []
    box.searched.connect(told.append)
    with qtbot.waitSignal(box.searched):
        qtbot.keyClicks(box, "tarn")
    assert told == ["tarn"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_a_capital_without_shift_gives_caps_lock_away(qtbot) -> None:
    box = shown(qtbot, PassphraseBox("Passphrase"))
    told: list[bool] = []
    box.caps_lock.connect(told.append)
    qtbot.keyClick(box, "a")
    qtbot.keyClick(box, "A")  # typed with the shift modifier missing
    qtbot.keyClick(box, "A", Qt.KeyboardModifier.ShiftModifier)
    assert told[0] is False
    assert told[-1] is False


def test_a_passphrase_is_hidden_until_shown(qtbot) -> None:
    box = shown(qtbot, PassphraseBox("Passphrase"))
    assert box.echoMode() == box.EchoMode.Password
    box.toggle()
    assert box.echoMode() == box.EchoMode.Normal


def test_a_drop_down_gives_keys_not_words(qtbot) -> None:
    chooser = shown(qtbot, Select((Option("a", "All owners"), Option("l", "LRO")), name="Owner"))
    assert chooser.current == "a"
    chooser.choose("l")
    assert (chooser.current, chooser.currentText()) == ("l", "LRO")
    with qtbot.waitSignal(chooser.chosen) as told:
        qtbot.keyClick(chooser, Qt.Key.Key_Up)
    assert told.args == ["a"]


def test_the_words_of_a_check_box_belong_to_it(qtbot) -> None:
    box = shown(qtbot, CheckBox("Restricted records"))
    qtbot.mouseClick(box, LEFT, pos=QPoint(60, box.height() // 2))
    assert box.isChecked()


def field(qtbot, **more) -> FieldRow:
    made = {"key": "tier", "label": "Tier", "text": "T1"} | more
    return shown(qtbot, FieldRow(Field(**made)))


def test_a_field_is_read_until_f2_and_enter_tells_what_was_typed(qtbot) -> None:
    row = field(qtbot)
    assert row.editor is None
    qtbot.keyClick(row, Qt.Key.Key_F2)
    row.editor.setText("T2")
    with qtbot.waitSignal(row.committed) as told:
        qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    assert told.args == ["tier", "T2"]
    assert row.editor is None


def test_escape_restores_a_field(qtbot) -> None:
    row = field(qtbot)
    row.edit()
    row.editor.setText("T2")
    with qtbot.assertNotEmitted(row.committed):
        qtbot.keyClick(row.editor, Qt.Key.Key_Escape)
    assert row.value.text() == "T1"
    assert row.value.isVisible()


def test_a_field_left_as_it_was_is_not_saved(qtbot) -> None:
    row = field(qtbot)
    row.edit()
    with qtbot.assertNotEmitted(row.committed):
        qtbot.keyClick(row.editor, Qt.Key.Key_Return)


def test_a_field_with_a_list_is_edited_with_the_list(qtbot) -> None:
    options = (Option("active", "Active"), Option("dormant", "Dormant"))
    row = field(qtbot, text="Active", raw="active", options=options)
    row.edit()
    row.editor.choose("dormant")
    with qtbot.waitSignal(row.committed) as told:
        row.keep()
    assert told.args == ["tier", "dormant"]


def test_a_field_that_cannot_be_edited_says_why(qtbot) -> None:
    row = field(qtbot, refused="Only the coordinator sets the tier.")
    qtbot.mouseDClick(row, LEFT)
    assert row.editor is None
    assert "coordinator" in row.toolTip()


def test_a_warning_stands_under_the_field_and_the_value_stays(qtbot) -> None:
    row = field(qtbot, text="98/0000X")
    row.say("warning", "PNC ID fails its check letter; kept with a flag.")
    assert row.note.isVisible()
    assert row.value.text() == "98/0000X"
    row.say("")
    assert not row.note.isVisible()


def test_conflicting_values_and_sources_lead_on(qtbot) -> None:
    row = field(qtbot, others=2, sources="2 sources, best 1B")
    assert row.others_button.text() == "2 other values"
    assert row.source_button.text() == "2 sources, best 1B"
    with qtbot.waitSignal(row.others_requested):
        qtbot.mouseClick(row.others_button, LEFT)
    with qtbot.waitSignal(row.source_requested):
        qtbot.mouseClick(row.source_button, LEFT)


def test_filters_that_hold_can_be_cleared_in_one_place(qtbot) -> None:
    bar = shown(qtbot, FilterBar())
    assert not bar.clear_button.isVisible()
    bar.show_filters((Filter("status", "Status: active"), Filter("lro", "LRO: none")))
    assert bar.clear_button.isVisible()
    with qtbot.waitSignal(bar.cleared):
        qtbot.mouseClick(bar.clear_button, LEFT)


def test_the_selection_bar_counts_acts_and_hides_when_nothing_is_selected(qtbot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    bar = SelectionBar((Act("chart", "Chart these"), Act("x", "Export", refused="Not for readers")))
    column.addWidget(bar)
    shown(qtbot, page)
    bar.show_count(1377)
    assert bar.words.text() == "1,377 selected"
    chart, export = (b for b in bar.findChildren(type(primary(""))) if b.property("act"))
    with qtbot.waitSignal(bar.chosen) as told:
        qtbot.mouseClick(chart, LEFT)
    assert told.args == ["chart"]
    assert export.toolTip() == "Not for readers"
    bar.show_count(0)
    assert not bar.isVisible()


def test_a_header_puts_its_actions_below_the_title_when_there_is_no_room(qtbot) -> None:
    header = PageHeader("My OCGs", "six OCGs")
    button = primary("Start next review", key="Ctrl+R")
    header.add_action(button)
    header.resize(900, 80)
    shown(qtbot, header)
    beside = button.y()
    header.resize(380, 120)
    QApplication.processEvents()
    assert button.y() > beside


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (v.Entity(kind="ocg", label="Severn Quay", restricted=True), "Severn Quay, restricted"),
        (v.StrandCount(strand="protect", live=0), "Protect: empty"),
        (v.StrandCount(strand="pursue", live=6, done=0.45), "Pursue: 6 live, 45 % done"),
        (v.Score(text="156", band="Very high", steps=4), "156 Very high"),
        (v.Chip("9 days over", "overdue", "status.overdue"), "9 days over"),
        (v.Spark((1, 2), words="rose from 134 to 156"), "rose from 134 to 156"),
        (v.Line("tentative", "Possible"), "Possible"),
        (v.StrandName("prevent"), "Prevent"),
    ],
)
def test_every_cell_says_in_words_what_it_draws(cell: v.Cell, said: str) -> None:
    assert v.words(cell) == said


def table(qtbot) -> RowTable:
    view = RowTable(name="OCGs")
    view.setModel(Register())
    view.model().setParent(view)
    view.resize(1100, 400)
    return shown(qtbot, view)


def test_rows_are_32_pixels_and_the_current_one_has_a_bar_in_the_accent(qtbot) -> None:
    view = table(qtbot)
    view.setCurrentIndex(view.model().index(2, 1))
    assert view.rowHeight(0) == Density.STANDARD
    image = view.viewport().grab().toImage()
    accent = theme.current().colour("accent").lower()
    assert image.pixelColor(1, 2 * 32 + 16).name() == accent
    assert image.pixelColor(1, 3 * 32 + 16).name() != accent


def test_enter_opens_a_row_and_ctrl_enter_opens_it_aside(qtbot) -> None:
    view = table(qtbot)
    view.setCurrentIndex(view.model().index(2, 1))
    with qtbot.waitSignal(view.opened) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [2]
    with qtbot.waitSignal(view.opened_aside):
        qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_tick_is_set_by_a_click_in_its_cell(qtbot) -> None:
    view = table(qtbot)
    index = view.model().index(2, 0)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    assert Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked


def test_a_table_is_drawn_in_every_theme_and_at_every_density(qtbot, qapp: QApplication) -> None:
    view = table(qtbot)
    seen: list[QImage] = []
    for name in theme.NAMES:
        theme.apply(qapp, theme.load(name))
        for density in Density:
            view.set_density(density)
            image = view.grab().toImage()
            assert image not in seen
            seen.append(image)


def lines(page: QWidget) -> list[QWidget]:
    """Return the focus lines one can see."""
    return [w for w in page.children() if type(w).__name__ == "_Ring" and w.isVisible()]


def two_buttons(qtbot, qapp: QApplication) -> tuple[QWidget, QWidget, QWidget]:
    focus.install(qapp)
    page = QWidget()
    page.resize(300, 120)
    column = QVBoxLayout(page)
    first, second = primary("One"), primary("Two")
    column.addWidget(first)
    column.addWidget(second)
    shown(qtbot, page)
    with qtbot.waitActive(page):
        page.activateWindow()
    return page, first, second


def test_the_focus_line_goes_round_what_has_the_focus_and_follows_it(
    qtbot, qapp: QApplication
) -> None:
    page, first, _second = two_buttons(qtbot, qapp)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    (line,) = lines(page)
    assert line.geometry() == first.geometry().adjusted(-3, -3, 3, 3)
    page.resize(400, 200)
    qtbot.wait(10)
    assert line.geometry() == first.geometry().adjusted(-3, -3, 3, 3)


def test_there_is_one_focus_line_however_often_the_focus_moves(qtbot, qapp: QApplication) -> None:
    page, first, second = two_buttons(qtbot, qapp)
    for button in (first, second, first, second):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.wait(10)
        (line,) = lines(page)
        assert line.geometry().center() == button.geometry().center()


def test_a_widget_deleted_while_it_has_the_focus_leaves_no_line(qtbot, qapp: QApplication) -> None:
    page, first, second = two_buttons(qtbot, qapp)
    second.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    first.deleteLater()
    qtbot.wait(20)
    assert lines(page) == []
