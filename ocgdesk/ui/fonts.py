"""The type scale: IBM Plex Sans and Mono, registered from our own files, in sizes of the interface.

Sizes are device-independent pixels at a text scale of 100 %; ``use_scale`` enlarges text, and
``px`` whatever has to grow with it, apart from the system's own scale.
"""

from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from ocgdesk import resources
from ocgdesk.errors import NotFound

SANS: Final = "IBM Plex Sans"
MONO: Final = "IBM Plex Mono"
REGULAR: Final = QFont.Weight.Normal
MEDIUM: Final = QFont.Weight.Medium
STRONG: Final = QFont.Weight.DemiBold

SIZES: Final = {
    "caption": 11,
    "small": 12,
    "body": 13,
    "section": 14,
    "title": 20,
    "figure": 24,
    "figure.large": 28,
}
"""Steps of the type scale in pixels."""


class _Scale:
    """How much larger than designed text is drawn: 1.0 to 2.0."""

    factor = 1.0


@cache
def register() -> tuple[str, ...]:
    """Make our typefaces known to Qt and return the families, those of the interface first.

    Raises NotFound when the installation lacks the faces the interface is drawn with.
    """
    families: dict[str, None] = {}
    for file in sorted(resources.path("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families |= dict.fromkeys(QFontDatabase.applicationFontFamilies(number))
    if missing := {SANS, MONO} - families.keys():
        raise NotFound(
            f"the typeface {', '.join(sorted(missing))} is missing from this installation"
        )
    fallbacks = [family for family in families if family not in {SANS, MONO}]
    QFont.insertSubstitutions(SANS, fallbacks)
    QFont.insertSubstitutions(MONO, fallbacks)
    return (SANS, MONO, *fallbacks)


def use_scale(factor: float) -> None:
    """Draw text this much larger from now on; limited to 1.0 to 2.0."""
    _Scale.factor = min(2.0, max(1.0, factor))
    _font.cache_clear()


def scale() -> float:
    """Return the text scale in use."""
    return _Scale.factor


def px(size: float) -> int:
    """Return a size designed for 100 % at the text scale in use, in pixels."""
    return round(size * _Scale.factor)


@cache
def _font(family: str, size: float, weight: QFont.Weight) -> QFont:
    made = QFont(family)
    made.setPixelSize(px(size))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def step(name: str, weight: QFont.Weight = REGULAR) -> QFont:
    """Return the interface font of a step of ``SIZES`` in this weight."""
    return QFont(_font(SANS, SIZES[name], weight))


def body(weight: QFont.Weight = REGULAR) -> QFont:
    """Return the font of tables, forms and buttons (13 px)."""
    return step("body", weight)


def small(weight: QFont.Weight = REGULAR) -> QFont:
    """Return the font of table headers, chips and second lines (12 px)."""
    return step("small", weight)


def caption(weight: QFont.Weight = REGULAR) -> QFont:
    """Return the font of captions and chart roles (11 px)."""
    return step("caption", weight)


def section() -> QFont:
    """Return the font of headings in a page (14 px semibold)."""
    return step("section", STRONG)


def title() -> QFont:
    """Return the font of the one title of a page (20 px semibold)."""
    return step("title", STRONG)


def figure(*, large: bool = False) -> QFont:
    """Return the font of scores and counts (24 px, or 28 px when large; semibold)."""
    return step("figure.large" if large else "figure", STRONG)


def mono(size: float = 12, weight: QFont.Weight = REGULAR) -> QFont:
    """Return the font of identifiers, handles, plates and grades, in pixels at 100 %."""
    return QFont(_font(MONO, size, weight))


def banner() -> QFont:
    """Return the font of the marking: 11 px semibold capitals, tracking 0.09 em."""
    made = caption(STRONG)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.09 * made.pixelSize())
    made.setCapitalization(QFont.Capitalization.AllUppercase)
    return made
