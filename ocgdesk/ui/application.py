"""The Qt application: fonts, theme and language as the settings have them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ocgdesk import __version__, i18n
from ocgdesk.settings import Settings
from ocgdesk.ui import fonts, theme


def make_app(kept: Settings, arguments: Sequence[str] = ()) -> QApplication:
    """Return the application with fonts, theme and language as the settings have them."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["ocgdesk", *arguments])
    app.setApplicationName("OCG Desk")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("OCG Desk")
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    i18n.use(kept.language)
    fonts.register()
    dress(app, kept)
    return app


def dress(app: QApplication, kept: Settings) -> None:
    """Give the application the theme and the size of text of the settings, also while it runs."""
    theme.apply(app, theme.load(_theme_name(app, kept)), text_scale=kept.text_scale)


def _theme_name(app: QApplication, kept: Settings) -> str:
    if kept.theme == "system":
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"
    return "high-contrast" if kept.theme == "contrast" else kept.theme
