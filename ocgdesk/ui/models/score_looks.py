"""How a score is shown: its band as steps and a word, its cell in the matrix, its trend."""

from typing import Final

from ocgdesk.casework import assessments
from ocgdesk.casework.assessments import Reckoned, Side
from ocgdesk.domain.score_trends import Direction, Trend
from ocgdesk.domain.scoring_sheets import Band, Sheet
from ocgdesk.i18n import _
from ocgdesk.store.threats import Kept
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets.scores import Line, Matrix
from ocgdesk.ui.widgets.values import Cell, Score, Spark, Status, Text, Tone

_TONES: Final[dict[str, Tone]] = {"very-high": "overdue", "high": "due"}
"""Bands that are seen before they are read; each travels with its steps and its word."""
_SPARK_TONES: Final[dict[Direction, Tone]] = {Direction.RISING: "overdue", Direction.FALLING: "ok"}
_TREND_ICONS: Final = {
    Direction.RISING: "status.rising",
    Direction.FALLING: "status.falling",
    Direction.LEVEL: "status.same",
}


def bands_of(sheet: Sheet) -> tuple[Band, ...]:
    """Return the bands of a sheet's result; none where it has a matrix."""
    return sheet.result.bands if sheet.result else ()


def steps(sheet: Sheet, band: str) -> int:
    """Return how many of four steps a band is; 0 where it is none of the sheet's."""
    codes = [one.code for one in bands_of(sheet)]
    return codes.index(band) + 1 if band in codes else 0


def score(sheet: Sheet, kept: Kept | None) -> Cell:
    """Return a kept score for a cell: steps and total, or the cell of the matrix in words."""
    if kept is None:
        return looks.NOTHING
    words = assessments.band_words(sheet.name, kept.band)
    if kept.total is not None and bands_of(sheet) and kept.source == "local":
        tone = _TONES.get(kept.band, "neutral")
        return Score(text=f"{kept.total:,.0f}", steps=steps(sheet, kept.band), tone=tone)
    if kept.source == "official":
        total = "" if kept.total is None else f"{kept.total:,.0f}"
        return Text(_("{score}, official").format(score=f"{total} {words}".strip()), "text.2")
    return Text(words, "text.2") if words else Text(_("No total"), "text.3")


def mark(sheet: Sheet, found: Reckoned) -> Score:
    """Return the band of a score with its steps."""
    band = found.score.band
    return Score(
        text=assessments.headline(found),
        band=assessments.band_words(sheet.name, band),
        steps=steps(sheet, band),
        tone=_TONES.get(band, "neutral"),
    )


def spark(points: tuple[float, ...], direction: Direction, words: str) -> Spark:
    """Return a small line of a score over time; rising is red, falling green, for scores alone."""
    return Spark(points, _SPARK_TONES.get(direction, "neutral"), words)


def trend_of(side: Side) -> Trend | None:
    """Return the first of a sheet's trends, if it was ever scored."""
    return side.trends[0] if side.trends else None


def direction(which: Direction, words: str) -> Cell:
    """Return which way a score went, as an arrow and a word."""
    icon = _TREND_ICONS.get(which)
    return Status(words, icon) if icon else looks.NOTHING


def matrix(sheet: Sheet, found: Reckoned | None) -> Matrix | None:
    """Return the matrix of a sheet with the cell of a score; None where the sheet has none."""
    if sheet.matrix is None:
        return None
    rows, columns = (next(b for b in sheet.blocks if b.code == code) for code in sheet.matrix)
    cell = found.score.cell if found else None
    return Matrix(
        rows=tuple(_(band.label) for band in rows.bands),
        columns=tuple(_(band.label) for band in columns.bands),
        row=_place(rows.bands, cell[0] if cell else ""),
        column=_place(columns.bands, cell[1] if cell else ""),
        words=assessments.headline(found) if found else _("Not assessed"),
        row_title=_(rows.label),
        column_title=_(columns.label),
    )


def _place(bands: tuple[Band, ...], code: str) -> int:
    return next((n for n, band in enumerate(bands) if band.code == code), -1)


def lines(side: Side) -> tuple[Line, ...]:
    """Return the measures of a sheet over time, the first solid, the second dashed."""
    return tuple(
        Line(
            title=_title(side.sheet, trend.measure),
            points=trend.points,
            most=_most(side.sheet, trend.measure),
            dashed=number > 0,
        )
        for number, trend in enumerate(side.trends)
    )


def _title(sheet: Sheet, measure: str) -> str:
    if sheet.result and measure == sheet.result.code:
        return _(sheet.result.label)
    block = next((one for one in sheet.blocks if one.code == measure), None)
    return _(block.label) if block else _("Total")


def _most(sheet: Sheet, measure: str) -> int:
    """Return the highest a measure can be; 0 where the sheet does not say."""
    if sheet.result and measure == sheet.result.code:
        product = 1
        for code in sheet.result.multiply:
            product *= sheet.most(code)
        return product
    return sheet.most(measure) if any(b.code == measure for b in sheet.blocks) else 0
