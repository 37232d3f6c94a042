"""Colours by meaning: contrast floors, every role there, changed at run time."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from ocgdesk.errors import NotFound
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.widgets.labels import Label

SURFACES = ("bg", "surface", "sunken", "raised", "hover", "selected", "selected.hover")
RESTING = ("bg", "surface", "sunken", "raised")
KINDS = (
    "ocg",
    "nominal",
    "exploited",
    "handle",
    "county-line",
    "commodity",
    "phone",
    "location",
    "vehicle",
    "organisation",
    "account",
    "operation",
    "report",
)


def luminance(colour: str) -> float:
    """Return relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=theme.NAMES)
def look(request: pytest.FixtureRequest) -> theme.Theme:
    return theme.load(request.param)


def floor(look: theme.Theme, usual: float) -> float:
    return 7.0 if look.name == "high-contrast" else usual


def worst(look: theme.Theme, ink: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(look.colour(ink), look.colour(ground)) for ground in grounds)


def test_the_ratio_is_the_one_the_standard_gives() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert contrast("#161C26", "#FFFFFF") == pytest.approx(17.1, abs=0.05)


@pytest.mark.parametrize("ink", ["text", "text.2", "text.3", "accent.text"])
def test_text_can_be_read_on_every_surface(look: theme.Theme, ink: str) -> None:
    assert worst(look, ink, SURFACES) >= floor(look, 4.5)


@pytest.mark.parametrize("ink", ["control", "accent", "focus"])
def test_parts_stand_out_from_every_resting_surface(look: theme.Theme, ink: str) -> None:
    assert worst(look, ink, RESTING) >= floor(look, 3.0)


def test_what_is_disabled_can_still_be_made_out(look: theme.Theme) -> None:
    assert round(worst(look, "disabled", RESTING), 1) >= 3.0


@pytest.mark.parametrize("tone", theme.TONES)
def test_a_tone_can_be_read_on_its_tint_and_in_rows(look: theme.Theme, tone: str) -> None:
    grounds = (f"{tone}.tint", "surface", "sunken", "selected")
    assert worst(look, tone, grounds) >= floor(look, 4.5)


@pytest.mark.parametrize("kind", KINDS)
def test_the_icon_of_a_kind_can_be_seen_in_rows(look: theme.Theme, kind: str) -> None:
    assert worst(look, f"kind.{kind}", ("surface", "sunken", "selected")) >= floor(look, 4.5)


@pytest.mark.parametrize("strand", theme.STRANDS)
def test_a_strand_can_be_read_and_has_a_fill_for_figures(look: theme.Theme, strand: str) -> None:
    assert worst(look, f"strand.{strand}", ("surface", "sunken")) >= floor(look, 4.5)
    assert look.colour(f"strand.{strand}.fill").startswith("#")


def test_strands_in_figures_differ_without_colour() -> None:
    look = theme.load("light")
    assert len({look.hatch(strand) for strand in theme.STRANDS}) == 4
    shades = sorted(luminance(look.colour(f"strand.{s}.fill")) for s in theme.STRANDS)
    assert all(lighter / darker > 1.5 for darker, lighter in pairwise(shades))


@pytest.mark.parametrize("mark", ["official", "official-sensitive", "synthetic", "stripe"])
def test_the_marking_can_be_read(look: theme.Theme, mark: str) -> None:
    on = contrast(look.colour(f"banner.{mark}"), look.colour(f"banner.{mark}.ground"))
    assert on >= 7.0


def test_the_words_on_the_primary_button_can_be_read(look: theme.Theme) -> None:
    assert worst(look, "accent.on", ("accent", "accent.hover")) >= floor(look, 4.5)


def test_all_themes_have_the_same_roles() -> None:
    first, *others = (set(theme.load(name).colours) for name in theme.NAMES)
    assert all(roles == first for roles in others)


def test_an_unknown_theme_and_an_unknown_role_are_refused_by_name() -> None:
    with pytest.raises(NotFound, match="sepia"):
        theme.load("sepia")
    with pytest.raises(NotFound, match=r"text\.9"):
        theme.load("light").colour("text.9")


def test_changing_the_theme_re_tints_what_is_already_shown(qtbot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.load("light"))
    label = Label("16 days over", ink="overdue")
    qtbot.addWidget(label)
    label.show()
    before = label.palette().windowText().color().name()
    theme.apply(qapp, theme.load("dark"))
    assert before == theme.load("light").colour("overdue").lower()
    assert label.palette().windowText().color().name() == "#ff9389"
    assert qapp.palette().window().color() == QColor(theme.load("dark").colour("surface"))
    theme.apply(qapp, theme.load("light"))


def test_a_theme_that_is_worn_is_not_put_on_again(qtbot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.load("light"))
    told: list[str] = []
    watch = Watch(told)
    qtbot.addWidget(watch)
    theme.follow(watch, watch.dress)
    theme.apply(qapp, theme.load("light"))
    assert told == ["light"]
    theme.apply(qapp, theme.load("dark"))
    theme.apply(qapp, theme.load("light"))
    assert told == ["light", "dark", "light"]


class Watch(QWidget):
    """Notes the theme each time it is dressed."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def dress(self) -> None:
        self._told.append(theme.current().name)


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    folder = Path(theme.resources.path("themes", "qss"))
    for part in folder.glob("*.qss"):
        assert "#" not in part.read_text(encoding="utf-8"), part.name


def test_no_widget_names_a_colour() -> None:
    source = Path(theme.__file__).parent
    for folder in ("widgets", "delegates", "shell"):
        for module in (source / folder).glob("*.py"):
            text = module.read_text(encoding="utf-8")
            assert 'QColor("#' not in text, module.name
            assert "Qt.GlobalColor" not in text, module.name


def test_text_grows_to_twice_its_size_and_back(qapp: QApplication) -> None:
    theme.apply(qapp, theme.load("light"), text_scale=2.0)
    assert fonts.body().pixelSize() == 26
    assert fonts.px(32) == 64
    theme.apply(qapp, theme.load("light"), text_scale=9.0)
    assert fonts.scale() == 2.0
    theme.apply(qapp, theme.load("light"))
    assert fonts.body().pixelSize() == 13


def test_an_unknown_icon_is_refused_and_leaves_no_painter_behind(qapp: QApplication) -> None:
    for _again in range(3):
        with pytest.raises(NotFound, match="nowhere"):
            icons.pixmap("page.nowhere", "text", 16)


def test_our_own_typefaces_are_used_in_three_weights(qapp: QApplication) -> None:
    theme.apply(qapp, theme.load("light"))
    assert fonts.SANS in QFontDatabase.families()
    assert QFontInfo(fonts.body()).family() == fonts.SANS
    assert QFontInfo(fonts.mono()).family() == fonts.MONO
    widths = {
        QFontMetrics(fonts.body(weight)).horizontalAdvance("Handles")
        for weight in (fonts.REGULAR, fonts.MEDIUM, fonts.STRONG)
    }
    assert len(widths) >= 2


def test_figures_are_all_of_one_width(qapp: QApplication) -> None:
    theme.apply(qapp, theme.load("light"))
    metrics = QFontMetrics(fonts.body())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_an_icon_is_tinted_with_a_role_and_sharp_at_two_to_one(qapp: QApplication) -> None:
    theme.apply(qapp, theme.load("light"))
    drawn = icons.pixmap("mark.diamond", "overdue", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    middle = drawn.toImage().pixelColor(16, 16)
    assert middle.name() == theme.load("light").colour("overdue").lower()


def test_a_kinds_icon_has_its_kinds_colour_by_nature() -> None:
    assert icons.natural("entity.handle") == "kind.handle"
    assert icons.natural("strand.protect") == "strand.protect"
    assert icons.natural("page.home", "text") == "text"


def test_only_a_method_of_the_widget_itself_can_follow_the_theme(qtbot) -> None:
    label, other = Label("a"), Label("b")
    qtbot.addWidget(label)
    qtbot.addWidget(other)
    with pytest.raises(TypeError, match="itself"):
        theme.follow(label, other.update)
