"""Buttons: one filled primary a page with its key printed on it; all else outline or text."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.widgets import marks

Look = Literal["primary", "outline", "text", "quiet", "danger"]
Height = Literal["bar", "header", "tall"]

_HEIGHTS: Final = {"bar": 28, "header": 30, "tall": 36}
_ICON: Final = 16
_GAP: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Colours:
    """What one state of a button is painted with; an empty name paints nothing."""

    fill: str
    border: str
    ink: str
    hint: str


def _resting(look: Look) -> _Colours:
    match look:
        case "primary":
            return _Colours(fill="accent", border="", ink="accent.on", hint="accent.on")
        case "danger":
            return _Colours(fill="", border="overdue", ink="overdue", hint="text.3")
        case "outline":
            return _Colours(fill="surface", border="control", ink="text", hint="text.3")
        case "text":
            return _Colours(fill="", border="", ink="accent.text", hint="text.3")
    return _Colours(fill="", border="", ink="text.2", hint="text.3")


def _disabled(look: Look) -> _Colours:
    border = "line.2" if look in {"primary", "outline", "danger"} else ""
    fill = "hover" if look == "primary" else ""
    return _Colours(fill=fill, border=border, ink="disabled", hint="disabled")


class Button(QPushButton):
    """A button painted by itself. ``key`` is only printed: whoever owns the action binds it."""

    def __init__(
        self,
        text: str,
        *,
        look: Look = "outline",
        icon: str = "",
        key: str = "",
        height: Height = "header",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.look: Look = look
        self.meaning = icon
        self.key = key
        self.height_name: Height = height
        self._hint = ""
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self.setAccessibleDescription(key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.follow(self, self._grow)

    def set_label(self, text: str, *, icon: str | None = None, key: str | None = None) -> None:
        """Show other words, and another icon or key if given."""
        self.meaning = self.meaning if icon is None else icon
        self.key = self.key if key is None else key
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def explain(self, hint: str) -> None:
        """Show this while the pointer rests on the button."""
        self._hint = hint
        self.setToolTip(hint)

    def refuse(self, reason: str) -> None:
        """Disable the button and say why in its tooltip."""
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def allow(self) -> None:
        """Enable the button again, with the tooltip it had."""
        self.setEnabled(True)
        self.setToolTip(self._hint)
        self.setAccessibleDescription(self.key)

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(self._height(), self._height())
        return QSize(round(self._padding() * 2 + self._content_width()), self._height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole button is drawn
        painter = QPainter(self)
        colours = self._colours()
        box = QRectF(self.rect())
        fill = theme.current().qcolour(colours.fill) if colours.fill else None
        border = theme.current().qcolour(colours.border) if colours.border else None
        marks.round_box(painter, box, fill, border)
        self._paint_content(painter, box, colours)
        painter.end()

    def _grow(self) -> None:
        self.setFont(self._font())
        self.setMinimumHeight(self._height())
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return fonts.body(MEDIUM)

    def _height(self) -> int:
        return px(_HEIGHTS[self.height_name])

    def _padding(self) -> int:
        if self.look in {"text", "quiet"}:
            return px(8)
        return px({"bar": 10, "header": 12, "tall": 20}[self.height_name])

    def _content_width(self, key: str | None = None) -> float:
        width = marks.text_width(self.text(), self._font())
        if self.meaning:
            width += px(_ICON) + _GAP
        if hint := self.key if key is None else key:
            width += px(10) + marks.text_width(hint, fonts.caption())
        if self.menu() is not None:
            width += px(14) + 6
        return width

    def _colours(self) -> _Colours:
        if not self.isEnabled():
            return _disabled(self.look)
        rest = _resting(self.look)
        if self.isChecked():
            return _Colours(
                fill="selected", border="accent.text", ink="accent.text", hint="accent.text"
            )
        if self.underMouse() or self.isDown():
            fill = "accent.hover" if self.look == "primary" else "hover"
            return _Colours(fill=fill, border=rest.border, ink=rest.ink, hint=rest.hint)
        return rest

    def _paint_content(self, painter: QPainter, box: QRectF, colours: _Colours) -> None:
        if not self.text():
            icons.paint(painter, self.meaning, colours.ink, box, _ICON)
            return
        fits = self._content_width() + self._padding() <= box.width()
        key = self.key if fits else ""  # words come first
        left = max(self._padding(), (box.width() - self._content_width(key)) / 2)
        if self.meaning:
            mark = QRectF(left, 0, px(_ICON), box.height())
            icons.paint(painter, self.meaning, colours.ink, mark, _ICON)
            left += px(_ICON) + _GAP
        inside = QRectF(left, 0, box.width() - left - 2, box.height())
        left += marks.text(painter, inside, self.text(), self._font(), colours.ink)
        if key:
            hint = QRectF(left + px(10), 0, box.width(), box.height())
            marks.text(painter, hint, key, fonts.caption(), colours.hint)
        if self.menu() is not None:
            chevron = QRectF(box.right() - px(10) - px(14), 0, px(14), box.height())
            icons.paint(painter, "action.expand", colours.hint, chevron, 14)


def primary(text: str, *, icon: str = "", key: str = "", height: Height = "header") -> Button:
    """Return the one filled button of a page."""
    return Button(text, look="primary", icon=icon, key=key, height=height)


def outline(text: str, *, icon: str = "", key: str = "", height: Height = "header") -> Button:
    """Return a button with a border."""
    return Button(text, look="outline", icon=icon, key=key, height=height)


def text_button(text: str, *, icon: str = "", key: str = "", height: Height = "bar") -> Button:
    """Return a button that is only words in the accent colour."""
    return Button(text, look="text", icon=icon, key=key, height=height)


def icon_button(
    meaning: str, name: str, *, look: Look = "quiet", key: str = "", height: Height = "bar"
) -> Button:
    """Return a square button with only an icon; its name is its tooltip and its accessible name."""
    made = Button("", look=look, icon=meaning, height=height)
    made.explain(f"{name} ({key})" if key else name)
    made.setAccessibleName(name)
    made.setAccessibleDescription(key)
    return made


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice of a segmented control."""

    key: str
    title: str
    icon: str = ""


class _SegmentButton(QPushButton):
    """One segment; the control paints the frame round all of them."""

    def __init__(self, segment: Segment, frame: QWidget) -> None:
        super().__init__(frame)
        self.segment = segment
        self.bare = False
        """Whether its icon alone is shown; its words are in the tooltip then."""
        self._frame = frame
        self.setCheckable(True)
        self.setAccessibleName(segment.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRadius", 6)

    def sizeHint(self) -> QSize:
        if self.bare:
            return QSize(px(20) + px(_ICON), px(30))
        width = px(28) + marks.text_width(self.segment.title, fonts.body(MEDIUM))
        if self.segment.icon:
            width += px(_ICON) + _GAP
        return QSize(round(width), px(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        box = QRectF(self.rect())
        ink = "accent.text" if self.isChecked() else "text.2"
        left = px(10) if self.bare else px(14)
        if self.segment.icon:
            mark = QRectF(left, 0, px(_ICON), box.height())
            icons.paint(painter, self.segment.icon, ink, mark, _ICON)
            left += px(_ICON) + _GAP
        if not self.bare:
            inside = QRectF(left, 0, box.width() - left, box.height())
            marks.text(painter, inside, self.segment.title, fonts.body(MEDIUM), ink)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._frame.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._frame.update()


class SegmentedControl(QWidget):
    """A few choices of which one holds; emits its key when the user chooses another."""

    chosen = Signal(str)

    def __init__(
        self, segments: tuple[Segment, ...], current: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _SegmentButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for segment in segments:
            button = _SegmentButton(segment, self)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self._buttons[segment.key] = button
            row.addWidget(button)
        self.choose(current or segments[0].key)
        theme.follow(self, self._grow)

    @property
    def current(self) -> str:
        """The key of the choice that holds."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Set the choice without telling anybody; raises KeyError for one that is not there."""
        self._buttons[key].setChecked(True)
        self.update()

    def rename(self, key: str, title: str) -> None:
        """Show another title on a choice, such as one with a count."""
        button = self._buttons[key]
        button.segment = Segment(key, title, button.segment.icon)
        button.setAccessibleName(title)
        button.updateGeometry()
        button.update()

    def show_bare(self, *, bare: bool) -> None:
        """Show icons alone where there is no room for words; each must have one."""
        for button in self._buttons.values():
            button.bare = bare
            button.setToolTip(button.segment.title if bare else "")
        self._grow()

    def offer(self, keys: Collection[str]) -> None:
        """Show only these choices; one that holds and is no more offered gives way to the first."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)
        if self.current not in keys:
            self.choose(next(key for key in self._buttons if key in keys))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        marks.round_box(painter, box, look.qcolour("surface"))
        buttons = [button for button in self._buttons.values() if not button.isHidden()]
        for button in buttons:
            self._paint_ground(painter, button)
        for button in buttons[1:]:
            line = QRectF(button.x(), 1, 1, box.height() - 2)
            painter.fillRect(line, look.qcolour("line.2"))
        marks.round_box(painter, box, None, look.qcolour("control"))
        painter.end()

    def _paint_ground(self, painter: QPainter, button: _SegmentButton) -> None:
        look, box = theme.current(), QRectF(button.geometry()).adjusted(1, 1, 0, -1)
        if button.isChecked():
            painter.save()
            painter.setClipRect(box)
            marks.round_box(painter, QRectF(self.rect()), look.qcolour("selected"))
            painter.setClipRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2))
            marks.round_box(painter, QRectF(self.rect()), look.qcolour("accent"))
            painter.restore()
        elif button.underMouse():
            marks.round_box(painter, box, look.qcolour("hover"), None, 5)

    def _on_clicked(self) -> None:
        self.update()
        self.chosen.emit(self.current)

    def _grow(self) -> None:
        self.setFixedHeight(px(30))
        for button in self._buttons.values():
            button.updateGeometry()
        self.update()
