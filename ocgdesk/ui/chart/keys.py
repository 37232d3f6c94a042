"""The keys of the canvas, in one table: what is pressed and which method answers."""

from typing import Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

_NONE: Final = Qt.KeyboardModifier.NoModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_KEY: Final = Qt.Key

Press = tuple[Qt.KeyboardModifier, Qt.Key]

KEYS: Final[dict[Press, str]] = {
    (_CTRL, _KEY.Key_0): "fit",
    (_NONE, _KEY.Key_F): "fit",
    (_CTRL, _KEY.Key_9): "fit_selection",
    (_SHIFT, _KEY.Key_F): "fit_selection",
    (_CTRL, _KEY.Key_Plus): "zoom_in",
    (_CTRL, _KEY.Key_Equal): "zoom_in",
    (_CTRL | _SHIFT, _KEY.Key_Plus): "zoom_in",
    (_CTRL, _KEY.Key_Minus): "zoom_out",
    (_CTRL, _KEY.Key_A): "select_all",
    (_CTRL | _SHIFT, _KEY.Key_A): "select_none",
    (_CTRL, _KEY.Key_I): "select_inverse",
    (_NONE, _KEY.Key_N): "select_neighbours",
    (_NONE, _KEY.Key_H): "hide_selected",
    (_SHIFT, _KEY.Key_H): "show_hidden",
    (_NONE, _KEY.Key_Delete): "request_removal",
    (_NONE, _KEY.Key_E): "request_expansion",
    (_NONE, _KEY.Key_Return): "open_current",
    (_NONE, _KEY.Key_Enter): "open_current",
    (_NONE, _KEY.Key_Escape): "step_back",
    (_NONE, _KEY.Key_Menu): "request_menu",
    (_SHIFT, _KEY.Key_F10): "request_menu",
}

STEPS: Final = {
    _KEY.Key_Left: (-1.0, 0.0),
    _KEY.Key_Right: (1.0, 0.0),
    _KEY.Key_Up: (0.0, -1.0),
    _KEY.Key_Down: (0.0, 1.0),
}
"""The arrows; Shift takes ten steps."""


def pressed(event: QKeyEvent) -> Press:
    """Return which key with which modifiers; the number pad counts as the main keys."""
    combination: QKeyCombination = event.keyCombination()
    modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return modifiers, combination.key()


def is_ours(event: QKeyEvent) -> bool:
    """Tell whether the canvas answers this key while it has the focus."""
    modifiers, key = pressed(event)
    arrow = key in STEPS and modifiers in {_NONE, _SHIFT}
    return arrow or (modifiers, key) in KEYS or (modifiers, key) == (_NONE, _KEY.Key_Space)
