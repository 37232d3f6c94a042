"""The look in use: colours by what they mean, one palette and one style sheet made from them.

A widget asks ``current().colour("text.2")`` when it paints and never names a colour itself.
``follow`` keeps what cannot be asked for at paint time (icons, fonts) in step with the theme.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ocgdesk import resources
from ocgdesk.errors import NotFound
from ocgdesk.ui import fonts

NAMES: Final = ("light", "dark", "high-contrast")
STRANDS: Final = ("pursue", "prevent", "protect", "prepare")
TONES: Final = ("overdue", "due", "ok", "info", "restricted", "victim", "synthetic")

_TOKEN = re.compile(r"\$\{([^}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One set of colours. Every colour has a dotted name; see ``colour``."""

    name: str
    dark: bool
    outlined: bool
    colours: Mapping[str, str]
    hatches: Mapping[str, str]

    def colour(self, role: str) -> str:
        """Return a colour as ``#RRGGBB`` (veils: ``#AARRGGBB``).

        Roles: those of ``[roles]`` and ``[veils]`` as they stand; ``overdue`` and its like, with
        ``overdue.tint``; ``kind.nominal``; ``strand.pursue`` and ``strand.pursue.fill``;
        ``banner.official`` and ``banner.official.ground``. Raises NotFound for any other.
        """
        try:
            return self.colours[role]
        except KeyError:
            raise NotFound(f"the theme has no colour “{role}”") from None

    def qcolour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return the colour of this role for painting, thinned to ``alpha`` (0 to 1)."""
        made = QColor(self.colour(role))
        if alpha < 1.0:
            made.setAlphaF(alpha)
        return made

    def tone(self, name: str) -> tuple[str, str]:
        """Return ink and ground of a tone; ``neutral`` is grey, ``accent`` the selection."""
        match name:
            case "neutral" | "outline":
                return self.colour("text.2"), self.colour("hover")
            case "accent":
                return self.colour("accent.text"), self.colour("selected")
        return self.colour(name), self.colour(f"{name}.tint")

    def kind(self, kind: str) -> str:
        """Return the colour of an entity kind such as ``county-line``."""
        return self.colour(f"kind.{kind}")

    def strand(self, strand: str) -> str:
        """Return the ink of a strand: pursue, prevent, protect or prepare."""
        return self.colour(f"strand.{strand}")

    def hatch(self, strand: str) -> str:
        """Return the hatch of a strand in figures, in matplotlib's letters; empty is solid."""
        return self.hatches[strand]


def _flat(read: dict[str, Any]) -> dict[str, str]:
    colours: dict[str, str] = {**read["roles"], **read["veils"]}
    for tone, pair in read["semantic"].items():
        colours |= {tone: pair["ink"], f"{tone}.tint": pair["tint"]}
    colours |= {f"kind.{kind}": ink for kind, ink in read["kinds"].items()}
    colours |= {f"rule.{step}": ink for step, ink in read["rules"].items()}
    for strand, look in read["strands"].items():
        colours |= {f"strand.{strand}": look["ink"], f"strand.{strand}.fill": look["fill"]}
    for mark, look in read["banners"].items():
        colours |= {f"banner.{mark}": look["ink"], f"banner.{mark}.ground": look["ground"]}
    return colours


@cache
def load(name: str) -> Theme:
    """Return a theme that ships with the program: one of ``NAMES``; else raises NotFound."""
    if name not in NAMES:
        raise NotFound(f"there is no theme “{name}”; choose one of {', '.join(NAMES)}")
    read = resources.toml("themes", f"{name}.toml")
    return Theme(
        name=read["name"],
        dark=read["dark"],
        outlined=read["outlined"],
        colours=_flat(read),
        hatches={strand: look["hatch"] for strand, look in read["strands"].items()},
    )


class _News(QObject):
    """Tells widgets that the theme or the text scale has changed; lives as long as the program."""

    changed = Signal()


class _Current:
    """The theme in use."""

    theme: Theme | None = None


@cache
def _news() -> _News:
    return _News()


def current() -> Theme:
    """Return the theme in use; light until one is applied."""
    return _Current.theme or load("light")


def follow(owner: QWidget, dress: Callable[[], None]) -> None:
    """Call ``dress`` (a bound method of ``owner``) now and whenever the theme changes."""
    if getattr(dress, "__self__", None) is not owner:
        raise TypeError("only a method of the widget itself is forgotten together with it")
    dress()
    _news().changed.connect(dress)


def _set(palette: QPalette, group: QPalette.ColorGroup, inks: dict[str, str], theme: Theme) -> None:
    for role, colour in inks.items():
        palette.setColor(group, QPalette.ColorRole[role], theme.qcolour(colour))


def palette(theme: Theme) -> QPalette:
    """Return the palette for what Qt paints by itself."""
    made = QPalette()
    live = {
        "Window": "surface", "WindowText": "text", "Base": "surface", "AlternateBase": "sunken",
        "Text": "text", "Button": "surface", "ButtonText": "text", "BrightText": "accent.on",
        "ToolTipBase": "raised", "ToolTipText": "text", "PlaceholderText": "text.3",
        "Highlight": "selected", "HighlightedText": "text", "Link": "accent.text",
        "LinkVisited": "accent.text", "Light": "raised", "Midlight": "hover", "Mid": "line.2",
        "Dark": "control", "Shadow": "line", "Accent": "accent",
    }  # fmt: skip
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        _set(made, group, live, theme)
    off = dict.fromkeys(("WindowText", "Text", "ButtonText", "HighlightedText"), "disabled")
    _set(made, QPalette.ColorGroup.Disabled, live | off, theme)
    return made


def _token(theme: Theme, name: str) -> str:
    """Return what stands for ``${name}``: a scaled length (``px 28``), a family or a colour."""
    words = name.split()
    if words[0] == "px":
        return f"{fonts.px(float(words[1]))}px"
    families = {"sans": fonts.SANS, "mono": fonts.MONO}
    return families[name] if name in families else theme.colour(name)


def style_sheet(theme: Theme) -> str:
    """Return the style sheet: the numbered parts in ``resources/themes/qss``, filled in."""
    parts = sorted(resources.path("themes", "qss").glob("*.qss"))
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return _TOKEN.sub(lambda found: _token(theme, found[1].strip()), text)


def apply(app: QApplication, theme: Theme, *, text_scale: float = 1.0) -> None:
    """Dress the whole application, now and while it runs; text 1.0 to 2.0 times its size.

    What it wears already is not put on again: every widget there is would be dressed anew.
    """
    fonts.register()
    fonts.use_scale(text_scale)
    _Current.theme = theme
    font, colours, sheet = fonts.body(), palette(theme), style_sheet(theme)
    if (app.font(), app.palette(), app.styleSheet()) == (font, colours, sheet):
        return
    if not app.styleSheet():  # once there is one, the style below it is ours and has no name
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font)
    app.setPalette(colours)
    app.setStyleSheet(sheet)
    _news().changed.emit()
