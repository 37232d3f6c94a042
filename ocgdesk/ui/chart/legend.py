"""The legend of a chart: only what is drawn, with counts; the eye filters, a click selects."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ocgdesk.domain.charts import Arrangement, Importance, Point, RuleKey
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.reports import chart_words
from ocgdesk.reports.chart_words import Legend
from ocgdesk.reports.drawing_looks import EXPLOITED, SILHOUETTES, icon_of, look, role_of
from ocgdesk.reports.drawing_parts import DASH_OF, Dash, Ink, Line
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.chart.painting import Brush
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.labels import Label

ROW: Final = 26
ICON: Final = 16
_CHOOSE: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_ADDING: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class _Chosen(QWidget):
    """A row with its count at the right: click or key select what it stands for."""

    chosen = Signal(bool)
    """Whether what is selected already is to stay so: Shift or Ctrl was held."""

    def __init__(self, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = count
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Click to select these; with Shift, besides what is selected"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(_adds(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSE:
            self.chosen.emit(_adds(event))
        else:
            super().keyPressEvent(event)

    def finish(self, painter: QPainter) -> None:
        """Draw the count and, where it has the focus, the frame round the row."""
        current = theme.current()
        painter.setFont(fonts.body())
        painter.setPen(current.qcolour("text.3"))
        count = QRectF(0, 0, self.width() - px(34), self.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(count, int(right), f"{self.count:,}")
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(current.qcolour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(-1, 1, 1, -1), 4, 4)


class _Row(_Chosen):
    """One kind: icon, name, count and an eye."""

    toggled = Signal(bool)

    def __init__(self, key: str, count: int, parent: QWidget) -> None:
        super().__init__(count, parent)
        self.key, self.shown = key, True
        self.eye = QToolButton(self)
        self.eye.setAutoRaise(True)
        self.eye.clicked.connect(self._on_eye)
        # People to safeguard are never filtered out of sight by a click.
        self.eye.setVisible(key != EXPLOITED)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.eye)
        theme.follow(self, self._dress)

    def show_as(self, *, shown: bool) -> None:
        """Draw the row as shown or as filtered out."""
        self.shown = shown
        self._dress()

    def _dress(self) -> None:
        name = chart_words.name_of(self.key)
        act = _("Leave out: {name}") if self.shown else _("Show: {name}")
        self.eye.setIcon(icons.icon("action.show" if self.shown else "action.hide", "text.3", 15))
        self.eye.setIconSize(icons.square(15))
        self.eye.setToolTip(act.format(name=name))
        self.eye.setAccessibleName(act.format(name=name))
        self.setAccessibleName(f"{name} {self.count:,}")
        self.setFixedHeight(px(ROW))
        self.update()

    def _on_eye(self) -> None:
        self.show_as(shown=not self.shown)
        self.toggled.emit(self.shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        current = theme.current()
        tone = role_of(self.key)
        box = QRectF(0, 0, px(ICON), self.height())
        icons.paint(painter, icon_of(self.key), tone if self.shown else "disabled", box, ICON)
        painter.setFont(fonts.body())
        painter.setPen(current.qcolour("text.2" if self.shown else "disabled"))
        words = QRectF(px(ICON) + 10, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, chart_words.name_of(self.key))
        self.finish(painter)
        painter.end()


class _RuleRow(_Chosen):
    """One rule of conditional formatting: as it draws, its name, how many."""

    def __init__(self, key: RuleKey, count: int, parent: QWidget) -> None:
        super().__init__(count, parent)
        self.key = key
        theme.follow(self, self._dress)

    def _dress(self) -> None:
        self.setAccessibleName(chart_words.rule_words(self.key, self.count))
        self.setFixedHeight(px(ROW))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, current = QPainter(self), theme.current()
        brush = Brush(painter, current.name, 1.0, self.devicePixelRatioF())
        self._sample(brush)
        painter.setPen(current.qcolour("text.2"))
        painter.setFont(fonts.body())
        left = px(ICON) + 10
        words = QRectF(left, 0, self.width() - left - px(60), self.height())
        marks.text(painter, words, chart_words.rule_name(self.key), fonts.body(), "text.2")
        self.finish(painter)
        painter.end()

    def _sample(self, brush: Brush) -> None:
        middle = self.height() / 2
        if self.key.of_links:
            ends = (Point(0, middle), Point(px(ICON), middle))
            ink, width = Ink(self.key.tone or "text.3"), 2.7 if self.key.wide else 1.5
            for _pause in brush.lines([Line(points=ends, ink=ink, width=width)]):
                pass
            return
        painter = brush.painter
        painter.save()
        painter.translate(px(ICON) / 2, middle)
        painter.scale(px(ICON) / 46, px(ICON) / 46)
        size = self.key.size or Importance.SIGNIFICANT
        for shape in look(Kind.NOMINAL.value, size, self.key.tone).shapes:
            brush.shape(shape)
        painter.restore()


def _adds(event: QKeyEvent | QMouseEvent) -> bool:
    return bool(event.modifiers() & _ADDING)


class _Samples(QWidget):
    """Line styles, and how importance is drawn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._legend = Legend()
        theme.follow(self, self.updateGeometry)

    def show_legend(self, legend: Legend) -> None:
        """Draw the samples of what this legend lists."""
        self._legend = legend
        words = [words for _dash, words in self._lined()]
        words += [_(chart_words.IMPORTANCES[importance]) for importance in legend.importances]
        self.setAccessibleName(", ".join(words))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        lines = -(-len(self._lined()) // 3) * px(48)
        return QSize(200, lines + bool(self._legend.importances) * px(26) + px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        brush = Brush(painter, theme.current().name, 1.0, self.devicePixelRatioF())
        painter.setFont(fonts.caption())
        self._lines(brush)
        top = -(-len(self._lined()) // 3) * px(48)
        self._importances(brush, self._legend.importances, top)
        painter.end()

    def _lined(self) -> list[tuple[Dash, str]]:
        """Return the styles of line there are, with their names: strengths, then sketched."""
        known = [(DASH_OF[s], _(chart_words.STRENGTHS[s])) for s in self._legend.strengths]
        return [*known, *([(Dash.SKETCHED, _("Sketched"))] if self._legend.sketched else [])]

    def _lines(self, brush: Brush) -> None:
        step = self.width() / 3
        for at, (dash, words) in enumerate(self._lined()):
            left, top = at % 3 * step, at // 3 * px(48)
            ends = (Point(left, top + px(16)), Point(left + px(34), top + px(16)))
            for _pause in brush.lines([Line(points=ends, dash=dash)]):
                pass
            self._word(brush, left, top + px(24), px(18), words)

    def _importances(self, brush: Brush, importances: tuple[Importance, ...], top: float) -> None:
        step = self.width() / 3
        for at, importance in enumerate(importances):
            painter = brush.painter
            painter.save()
            painter.translate(at * step + px(8), top + px(13))
            painter.scale(px(15) / 46, px(15) / 46)
            for shape in look(Kind.NOMINAL.value, importance).shapes:
                brush.shape(shape)
            painter.restore()
            words = _(chart_words.IMPORTANCES[importance])
            self._word(brush, at * step + px(20), top, px(26), words)

    @staticmethod
    def _word(brush: Brush, x: float, y: float, high: float, words: str) -> None:
        brush.painter.setPen(theme.current().qcolour("text.2"))
        place = QRectF(QPointF(x, y), QPointF(x + 400, y + high))
        brush.painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)


class LegendPanel(QWidget):
    """Lists the kinds, lines and importances that an arrangement shows."""

    kind_toggled = Signal(Kind, bool)
    """Whether this kind is to be shown."""
    kind_selected = Signal(object, bool)
    """A ``Kind``, or the text ``exploited``: what ``drawing_looks.key_of`` gives for an item. And
    whether it is to be added to what is selected."""
    ids_selected = Signal(object, bool)
    """What a rule is drawn on, and whether it is to be added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        self._off: set[str] = set()
        self._rule_rows: list[_RuleRow] = []
        self._listed: tuple[Legend, dict[str, int]] = (Legend(), {})
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._samples = _Samples(self)
        self._column.addWidget(self._samples)
        self.said = Label("", step="small", ink="text.3", wrap=True)
        self.said.hide()
        self._column.addWidget(self.said)
        self._column.addStretch(1)
        self.setAccessibleName(_("Legend"))

    def show_arrangement(
        self, arrangement: Arrangement, off: Mapping[str, int] | None = None
    ) -> None:
        """List what this arrangement shows; kinds that are switched off stay listed.

        ``off`` says which those are and how many they would be; left out, what the eyes say.
        """
        found = chart_words.legend(arrangement)
        if off is None:
            off = {key: self._rows[key].count for key in self._off & set(self._rows)}
        listing = found, dict(off)
        if listing == self._listed:  # a drag changes no legend, and making rows takes its time
            return
        self._listed, self._off = listing, set(off)
        for row in (*self._rows.values(), *self._rule_rows):
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        kinds = dict(off) | dict(found.kinds)
        order = list(SILHOUETTES)
        listed = sorted(kinds, key=lambda key: order.index(key) if key in order else len(order))
        self._rows = {key: self._row(at, key, kinds[key]) for at, key in enumerate(listed)}
        self._rule_rows = [self._rule_row(len(listed) + at, *pair) for at, pair in
                           enumerate(found.rules)]  # fmt: skip
        self._samples.show_legend(found)
        self.said.setText(" ".join(found.said))
        self.said.setVisible(bool(found.said))

    def rows(self) -> dict[str, int]:
        """Return what is listed: key and count, in order."""
        return {key: row.count for key, row in self._rows.items()}

    def toggle(self, key: str) -> None:
        """Do what a click on the eye of a key does."""
        self._rows[key].eye.click()

    def _row(self, at: int, key: str, count: int) -> _Row:
        row = _Row(key, count, self)
        row.show_as(shown=key not in self._off)
        row.toggled.connect(lambda shown, key=key: self._on_toggled(key, shown=shown))
        row.chosen.connect(lambda add, key=key: self.kind_selected.emit(_kind(key), add))
        self._column.insertWidget(at, row)
        return row

    def _rule_row(self, at: int, key: RuleKey, count: int) -> _RuleRow:
        row = _RuleRow(key, count, self)
        row.chosen.connect(lambda add, ids=key.ids: self.ids_selected.emit(ids, add))
        self._column.insertWidget(at, row)
        return row

    def rules(self) -> dict[str, int]:
        """Return the rules that are listed: name and count, in order."""
        return {row.key.words: row.count for row in self._rule_rows}

    def _on_toggled(self, key: str, *, shown: bool) -> None:
        self._off = self._off - {key} if shown else self._off | {key}
        self.kind_toggled.emit(_kind(key), shown)


def _kind(key: str) -> Kind | str:
    return Kind(key) if key in set(Kind) else key
