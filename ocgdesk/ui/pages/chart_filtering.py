"""Beside the chart: its filters, each to be switched, named and taken away, and a histogram."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import chart_histogram
from ocgdesk.casework.chart_histogram import Histogram
from ocgdesk.domain.chart_fields import askable
from ocgdesk.domain.chart_filters import ChartFilter, named
from ocgdesk.domain.chart_tests import Op, Test
from ocgdesk.domain.charts import Scene
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.meta import About
from ocgdesk.ui.chart.bars import HistogramBars
from ocgdesk.ui.dialogs.chart_filter_dialog import ChartFilterDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.pages.chart_looking import ChartLooks
from ocgdesk.ui.widgets.buttons import icon_button, text_button
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import Label

_NOTHING: Final = ""


class FilterRow(QWidget):
    """One filter: an eye that switches it, its words, a pencil that names it, a cross."""

    def __init__(self, one: ChartFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        act = _("Switch off: {filter}") if one.on else _("Switch on: {filter}")
        icon = "action.show" if one.on else "action.hide"
        self.eye = icon_button(icon, act.format(filter=one.title))
        self.words = Label(one.title, ink="text" if one.on else "text.3", wrap=True)
        if one.name:
            self.words.setToolTip(one.words)
        self.pencil = icon_button("action.edit", _("Name this filter: {f}").format(f=one.title))
        self.cross = icon_button("action.close", _("Take away: {f}").format(f=one.title))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.eye)
        row.addWidget(self.words, 1)
        row.addWidget(self.pencil)
        row.addWidget(self.cross)


class FilterPanel(QWidget):
    """The filters of a chart and the field its histogram is of."""

    field_chosen = Signal(str)

    def __init__(self, looks: ChartLooks, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._about = about
        self.filters: tuple[ChartFilter, ...] = ()
        self._rows: list[FilterRow] = []
        self._scene = Scene()
        self.none = Label(_("Nothing is left out."), ink="text.3", wrap=True)
        self.clear = text_button(_("Take all away"))
        self.list = QVBoxLayout()
        self.list.setSpacing(2)
        self.fields = Select(name=_("Filter by a field"), icon="action.filter")
        self.write = text_button(_("Write a filter…"), icon="action.add")
        self.bars = HistogramBars()
        self.told = Label("", step="small", ink="text.3", wrap=True)
        self._arrange()
        self.clear.clicked.connect(self._on_clear)
        self.write.clicked.connect(self._on_write)
        self.fields.chosen.connect(self._on_field)
        self.bars.chosen.connect(self._on_bar)
        self.show_histogram(None)

    def renew(self) -> None:
        """List the filters there are now, in force or not."""
        if self._rows and self.filters == self._looks.looks.filters:
            return
        self.filters = self._looks.looks.filters
        for row in self._rows:
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(at, one) for at, one in enumerate(self.filters)]
        self.none.setVisible(not self.filters)
        self.clear.setVisible(len(self.filters) > 1)

    def show_scene(self, scene: Scene) -> None:
        """Offer the fields that something on this chart can have."""
        if scene.items == self._scene.items and scene.ties == self._scene.ties:
            return
        self._scene = scene
        fields = chart_histogram.fields(scene)
        options = tuple(Option(one.name, one.words) for one in fields)
        first = Option(_NOTHING, _("Filter by a field…"))
        self.fields.show_options((first, *options), self.fields.current)

    def show_histogram(self, found: Histogram | None) -> None:
        """Show how the field chosen is spread; none takes the bars away."""
        self.bars.setVisible(found is not None)
        self.told.setVisible(found is not None)
        if found is not None:
            in_force = (one.test for one in self.filters if one.on and one.keep)
            self.bars.show_histogram(found, frozenset(_each(in_force)))
            self.told.setText(_said(found))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.none)
        column.addLayout(self.list)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.fields)
        column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.bars)
        column.addWidget(self.told)

    def _row(self, at: int, one: ChartFilter) -> FilterRow:
        row = FilterRow(one)
        row.eye.clicked.connect(partial(self._on_eye, at))
        row.pencil.clicked.connect(partial(self._on_pencil, at))
        row.cross.clicked.connect(partial(self._looks.remove, at))
        self.list.addWidget(row)
        return row

    def _with(self, at: int, one: ChartFilter) -> tuple[ChartFilter, ...]:
        return (*self.filters[:at], one, *self.filters[at + 1 :])

    def _on_eye(self, at: int) -> None:
        self._looks.switch(at, on=not self.filters[at].on)

    def _on_pencil(self, at: int) -> None:
        one = self.filters[at]
        dialog = TitleDialog(_("Name filter"), one.title, about=self._about, parent=self)
        dialog.show_note(_("What it does is printed beside its name on everything that leaves."))
        dialog.named.connect(partial(self._on_named, at))
        dialog.open()

    def _on_named(self, at: int, name: str) -> None:
        one = self.filters[at]
        kept = "" if named(name) == one.words else named(name)
        self._looks.filter_by(_("Name filter"), self._with(at, replace(one, name=kept)))

    @Slot()
    def _on_clear(self) -> None:
        self._looks.filter_by(_("Take all filters away"), ())

    @Slot()
    def _on_write(self) -> None:
        fields = askable({item.kind.value for item in self._scene.items})
        dialog = ChartFilterDialog(fields, about=self._about, parent=self)
        dialog.made.connect(self._on_made)
        dialog.open()

    @Slot(object)
    def _on_made(self, one: ChartFilter) -> None:
        self._looks.filter_by(_("Filter chart"), (*self.filters, one))

    @Slot(str)
    def _on_field(self, name: str) -> None:
        self.show_histogram(None)
        self.field_chosen.emit(name)

    @Slot(object, bool)
    def _on_bar(self, test: Test, more: bool) -> None:  # noqa: FBT001 - a signal's
        """Show only what has this value; once more takes that filter away again."""
        at = self._same_field(test)
        if at is None:
            self._looks.filter_by(_("Filter chart"), (*self.filters, ChartFilter(test=test)))
            return
        one = self.filters[at]
        wanted = _toggled(one.test, test) if more else test
        if wanted is None or (wanted == one.test and one.on):
            self._looks.remove(at)
            return
        self._looks.filter_by(_("Filter chart"), self._with(at, replace(one, test=wanted, on=True)))

    def _same_field(self, test: Test) -> int | None:
        """Return the filter that bars of this field have set before."""
        for at, one in enumerate(self.filters):
            if one.keep and one.test.field == test.field and one.test.op is test.op:
                return at
        return None


def _toggled(old: Test, bar: Test) -> Test | None:
    """Return a test with one more bar, or one less; stretches are joined from end to end."""
    if bar.op is Op.BETWEEN:
        return replace(old, values=(_least(old, bar), _most(old, bar)))
    left = tuple(value for value in old.values if value not in bar.values)
    values = left if len(left) < len(old.values) else (*old.values, *bar.values)
    return replace(old, values=values) if values else None


def _least(old: Test, bar: Test) -> str:
    return min(old.values[0], bar.values[0], key=_sortable)


def _most(old: Test, bar: Test) -> str:
    return max(old.values[1], bar.values[1], key=_sortable)


def _sortable(value: str) -> tuple[float, str]:
    """Order numbers as numbers and days as days, which are written to sort as text."""
    return (0.0, value) if value.count("-") == 2 else (float(value), "")


def _each(tests: Iterable[Test]) -> list[Test]:
    """Return a test for each single value of some: what a bar of the histogram asks."""
    found: list[Test] = []
    for test in tests:
        if test.op is Op.IS:
            found += (replace(test, values=(value,)) for value in test.values)
        else:
            found.append(test)
    return found


def _said(found: Histogram) -> str:
    """Return what the bars do not show."""
    parts = []
    if not found.bars:
        parts.append(_("Nothing on this chart has one on record."))
    if found.rest:
        told = ngettext("{n} has a rarer value.", "{n} have rarer values.", found.rest)
        parts.append(told.format(n=f"{found.rest:,}"))
    if found.without and found.bars:
        told = ngettext("{n} has none recorded.", "{n} have none recorded.", found.without)
        parts.append(told.format(n=f"{found.without:,}"))
    if found.bars:
        parts.append(_("Click a bar to show only these; Shift takes more."))
    return " ".join(parts)
