"""The keys of the canvas, in one table: what is pressed and which method answers."""

from typing import Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

_NONE: Final = Qt.KeyboardModifier.NoModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
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
    (_NONE, _KEY.Key_P): "select_path",
    (_NONE, _KEY.Key_L): "take_link_tool",
    (_NONE, _KEY.Key_T): "take_note_tool",
    (_NONE, _KEY.Key_H): "hide_selected",
    (_SHIFT, _KEY.Key_H): "show_hidden",
    (_NONE, _KEY.Key_Delete): "request_removal",
    (_SHIFT, _KEY.Key_Delete): "request_deletion",
    (_NONE, _KEY.Key_F2): "request_wording",
    (_CTRL, _KEY.Key_C): "ask:copy",
    (_CTRL, _KEY.Key_X): "ask:cut",
    (_CTRL, _KEY.Key_V): "ask:paste",
    (_CTRL, _KEY.Key_D): "ask:duplicate",
    (_CTRL, _KEY.Key_F): "ask:find",
    (_NONE, _KEY.Key_G): "ask:legend",
    (_ALT, _KEY.Key_Return): "ask:properties",
    (_ALT, _KEY.Key_Enter): "ask:properties",
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
"""The arrows: they move what is selected, Shift ten steps; with Ctrl they go to the next item."""

TURNS: Final[dict[Press, str]] = {
    (_CTRL, _KEY.Key_Z): "ask:undo",
    (_CTRL, _KEY.Key_Y): "ask:redo",
    (_CTRL | _SHIFT, _KEY.Key_Z): "ask:redo",
}
"""Undo and redo of a chart that is not kept yet; of all else they are the window's."""


ASK: Final = "ask:"
"""How what is asked of the page begins, where no method of the canvas answers."""


def pressed(event: QKeyEvent) -> Press:
    """Return which key with which modifiers; the number pad counts as the main keys."""
    combination: QKeyCombination = event.keyCombination()
    modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return modifiers, combination.key()


def is_ours(event: QKeyEvent) -> bool:
    """Tell whether the canvas answers this key while it has the focus."""
    modifiers, key = pressed(event)
    arrow = key in STEPS and modifiers in {_NONE, _SHIFT, _CTRL}
    return arrow or (modifiers, key) in KEYS or (modifiers, key) == (_NONE, _KEY.Key_Space)
